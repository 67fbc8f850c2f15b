//! Request signatures of both clouds: pure functions of (request as sent, secret, now), and the sealing of secrets at rest.
//!
//! Nothing here looks up a credential, reads a clock or knows a route: the caller finds the secret of the access key that
//! `parse` returns, then asks `verify`.

use subtle::ConstantTimeEq;

pub mod baidu;
pub mod huawei;
pub mod seal;
mod text;

pub use text::encode;

/// A request as it came off the wire: `path` and `query` still percent-encoded, header names in any case.
#[derive(Clone, Copy, Debug)]
pub struct Signed<'a> {
    /// Method as sent.
    pub method: &'a str,
    /// Raw path, without the query.
    pub path: &'a str,
    /// Raw query, without the question mark; empty if there is none.
    pub query: &'a str,
    /// Headers in the order in which they came.
    pub headers: &'a [(String, String)],
    /// Body bytes, before any decoding.
    pub body: &'a [u8],
}

impl<'a> Signed<'a> {
    /// First value of a header; the name is compared without case.
    pub fn header(&self, name: &str) -> Option<&'a str> {
        self.values(name).next()
    }

    fn values(&self, name: &str) -> impl Iterator<Item = &'a str> {
        self.headers
            .iter()
            .filter(move |(key, _)| key.eq_ignore_ascii_case(name))
            .map(|(_, value)| value.as_str())
    }
}

/// Why a request is not authenticated; each dialect turns it into its own code.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum AuthFault {
    /// No credential at all.
    #[error("no credential")]
    Missing,
    /// The authorization header or a date has the wrong form.
    #[error("malformed authorization")]
    Malformed,
    /// A signature algorithm that is not served.
    #[error("unsupported signature algorithm")]
    Algorithm,
    /// The client's clock differs too much from ours.
    #[error("request time differs too much from server time")]
    Skew,
    /// The signature was valid, for another time.
    #[error("request has expired: {date}")]
    Expired {
        /// The date that the request carries, as sent.
        date: String,
    },
    /// The signature is not the one that the secret gives.
    #[error("signature does not match: {canonical}")]
    Signature {
        /// The canonical request that we computed, newlines shown as `|`: lets a client find the difference.
        canonical: String,
    },
    /// The body is not the one that Content-MD5 announces.
    #[error("body digest does not match")]
    Digest,
    /// A header that must take part in the signature is absent.
    #[error("header {0} is absent")]
    Header(String),
}

/// Compares two strings in a time that depends only on their lengths.
pub fn same(a: &str, b: &str) -> bool {
    a.as_bytes().ct_eq(b.as_bytes()).into()
}

/// The canonical request helps to find out what was signed; a token in it helps nobody but a thief.
fn mismatch(canonical: &str) -> AuthFault {
    let shown = |line| match line {
        line if str::starts_with(line, "x-security-token:") => "x-security-token:***",
        line if str::starts_with(line, "x-auth-token:") => "x-auth-token:***",
        line if str::starts_with(line, "x-bce-security-token:") => "x-bce-security-token:***",
        line => line,
    };
    AuthFault::Signature {
        canonical: canonical
            .split('\n')
            .map(shown)
            .collect::<Vec<_>>()
            .join("|"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tokens_are_not_shown() {
        let AuthFault::Signature { canonical } =
            mismatch("GET\nhost:x\nx-security-token:secret\nx-bce-security-token:secret\n")
        else {
            panic!("a mismatch is a signature fault");
        };
        assert!(canonical.starts_with("GET|host:x|x-security-token:***|"));
        assert!(!canonical.contains("secret"));
    }

    #[test]
    fn same_compares_whole_strings() {
        assert!(same("", ""));
        assert!(same("abc", "abc"));
        assert!(!same("abc", "abd"));
        assert!(!same("abc", "ab"));
    }

    #[test]
    fn header_names_ignore_case_and_the_first_value_wins() {
        let headers = [
            ("X-A".to_owned(), "1".to_owned()),
            ("x-a".to_owned(), "2".to_owned()),
        ];
        let request = Signed {
            method: "GET",
            path: "/",
            query: "",
            headers: &headers,
            body: b"",
        };
        assert_eq!(request.header("x-A"), Some("1"));
        assert_eq!(request.header("x-b"), None);
    }
}
