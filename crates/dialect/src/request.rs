//! A request as it came off the wire, and the answer to it.

use serde_json::Value;

/// A request; path and query are raw.
#[derive(Clone, Debug, Default)]
pub struct Request {
    /// Id of this request, a UUID.
    pub id: String,
    /// Method, upper case.
    pub method: String,
    /// Path, still percent-encoded.
    pub path: String,
    /// Query without the question mark, still percent-encoded.
    pub query: String,
    /// Headers in the order of arrival.
    pub headers: Vec<(String, String)>,
    /// Body, complete.
    pub body: Vec<u8>,
    /// Address of the client, without its port; empty when there is no network between.
    pub peer: String,
}

impl Request {
    /// The first value of a header, whatever its case.
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers
            .iter()
            .find(|(known, _)| known.eq_ignore_ascii_case(name))
            .map(|(_, value)| value.as_str())
    }

    /// The request as signature verification sees it.
    pub fn signed(&self) -> vpcd_auth::Signed<'_> {
        vpcd_auth::Signed {
            method: &self.method,
            path: &self.path,
            query: &self.query,
            headers: &self.headers,
            body: &self.body,
        }
    }

    /// The endpoint as the client wrote it, such as `http://127.0.0.1:8080`.
    pub fn endpoint(&self) -> String {
        let scheme = self.header("x-forwarded-proto").unwrap_or("http");
        format!("{scheme}://{}", self.header("host").unwrap_or("127.0.0.1"))
    }
}

/// What a handler answers.
#[derive(Clone, Debug, PartialEq)]
pub struct Reply {
    /// HTTP status.
    pub status: u16,
    /// Further headers.
    pub headers: Vec<(&'static str, String)>,
    /// JSON body, or none.
    pub body: Option<Value>,
}

impl Reply {
    /// A body with a status.
    pub fn json(status: u16, body: Value) -> Reply {
        Reply {
            status,
            headers: Vec::new(),
            body: Some(body),
        }
    }

    /// A status without a body.
    pub fn empty(status: u16) -> Reply {
        Reply {
            status,
            headers: Vec::new(),
            body: None,
        }
    }

    /// The reply with one more header.
    #[must_use]
    pub fn header(mut self, name: &'static str, value: String) -> Reply {
        self.headers.push((name, value));
        self
    }
}

/// A reply together with what metrics and logs want to know of it.
#[derive(Clone, Debug)]
pub struct Answer {
    /// What goes over the wire.
    pub reply: Reply,
    /// The operation, or `unknown`.
    pub operation: &'static str,
    /// The catalogue row that was answered, when it was a refusal.
    pub row: Option<&'static str>,
    /// Words for the operator that the client does not see.
    pub detail: Option<String>,
}
