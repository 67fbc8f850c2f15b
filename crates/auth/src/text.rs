//! Encodings and digests that both signature schemes use.

use std::borrow::Cow;

use hmac::{Hmac, Mac};
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, percent_decode, percent_encode};
use sha2::{Digest, Sha256};

const UNRESERVED: &AsciiSet = &NON_ALPHANUMERIC
    .remove(b'-')
    .remove(b'_')
    .remove(b'.')
    .remove(b'~');
const UNRESERVED_AND_SLASH: &AsciiSet = &UNRESERVED.remove(b'/');
const BLOCK: usize = 64;

/// Percent-encodes every byte outside `A-Za-z0-9-_.~`, upper-case hex.
pub fn encode(bytes: &[u8]) -> String {
    percent_encode(bytes, UNRESERVED).to_string()
}

/// Decodes a raw path once and encodes it again, slashes kept; a malformed escape stands for itself.
pub(crate) fn recode_path(raw: &str) -> String {
    percent_encode(&decode(raw), UNRESERVED_AND_SLASH).to_string()
}

/// Percent-decodes; a malformed escape stands for itself.
pub(crate) fn decode(raw: &str) -> Cow<'_, [u8]> {
    percent_decode(raw.as_bytes()).into()
}

/// Keys and values of a raw query in wire order, still encoded; a key without `=` has an empty value.
pub(crate) fn raw_pairs(query: &str) -> impl Iterator<Item = (&str, &str)> {
    query
        .split('&')
        .filter(|item| !item.is_empty())
        .map(|item| item.split_once('=').unwrap_or((item, "")))
}

/// Joins pairs to `k=v&k=v`.
pub(crate) fn join_pairs(pairs: &[(String, String)]) -> String {
    let items: Vec<String> = pairs
        .iter()
        .map(|(key, value)| format!("{key}={value}"))
        .collect();
    items.join("&")
}

/// Lower-case hex.
pub(crate) fn hex(bytes: &[u8]) -> String {
    const DIGITS: &[u8; 16] = b"0123456789abcdef";
    bytes
        .iter()
        .flat_map(|byte| [byte >> 4, byte & 15])
        .map(|nibble| char::from(DIGITS[usize::from(nibble)]))
        .collect()
}

/// Lower-case hex of the SHA-256 of the bytes.
pub(crate) fn sha256_hex(bytes: &[u8]) -> String {
    hex(&Sha256::digest(bytes))
}

/// HMAC-SHA256.
pub(crate) fn hmac(key: &[u8], message: &[u8]) -> [u8; 32] {
    // The key is brought to one block here, as RFC 2104 says: the constructor from a block cannot fail.
    let mut block = [0_u8; BLOCK];
    if key.len() > BLOCK {
        block[..32].copy_from_slice(&Sha256::digest(key));
    } else {
        block[..key.len()].copy_from_slice(key);
    }
    let mut mac = <Hmac<Sha256> as Mac>::new(&block.into());
    mac.update(message);
    mac.finalize().into_bytes().into()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hmac_of_rfc_4231() {
        assert_eq!(
            hex(&hmac(b"Jefe", b"what do ya want for nothing?")),
            "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843"
        );
        let long = [0xaa_u8; 131];
        assert_eq!(
            hex(&hmac(
                &long,
                b"Test Using Larger Than Block-Size Key - Hash Key First"
            )),
            "60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54"
        );
    }

    #[test]
    fn malformed_escapes_stand_for_themselves() {
        assert_eq!(recode_path("/a%zz%4/%41%"), "/a%25zz%254/A%25");
        assert_eq!(recode_path("/%ff%2f%c3%28"), "/%FF/%C3%28");
    }

    #[test]
    fn pairs_split_on_the_first_equals_sign() {
        let pairs: Vec<_> = raw_pairs("&a=b=c&&d&=e").collect();
        assert_eq!(pairs, [("a", "b=c"), ("d", ""), ("", "e")]);
        assert_eq!(raw_pairs("").count(), 0);
    }
}
