//! bce-auth-v1 of Baidu AI Cloud.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use jiff::Timestamp;
use md5::{Digest, Md5};

use crate::text::{decode, encode, hex, hmac, join_pairs, raw_pairs, recode_path};
use crate::{AuthFault, Signed, mismatch, same};

const VERSION: &str = "bce-auth-v1";
const DATE: &str = "x-bce-date";
const PREFIX: &str = "x-bce-";
const DEFAULT: [&str; 4] = ["host", "content-length", "content-type", "content-md5"];
const SKEW_SECONDS: i64 = 900;

/// The fields of an Authorization header.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Authorization {
    /// Access key.
    pub access_key: String,
    /// When the client signed.
    pub timestamp: Timestamp,
    /// The same as sent, `YYYY-MM-DDThh:mm:ssZ`.
    pub timestamp_text: String,
    /// For how long after `timestamp` the signature is good.
    pub expires_seconds: i64,
    /// Names of the signed headers, lower case; empty means the default set.
    pub signed_headers: Vec<String>,
    /// Signature as sent.
    pub signature: String,
}

/// Reads the value of an Authorization header; any version but bce-auth-v1 is [`AuthFault::Algorithm`].
pub fn parse(header: &str) -> Result<Authorization, AuthFault> {
    let header = header.trim();
    if header.is_empty() {
        return Err(AuthFault::Missing);
    }
    let parts: Vec<&str> = header.split('/').collect();
    if parts[0] != VERSION {
        return Err(AuthFault::Algorithm);
    }
    let [_, access_key, date, expires, names, signature] = parts[..] else {
        return Err(AuthFault::Malformed);
    };
    let timestamp = timestamp(date).ok_or(AuthFault::Malformed)?;
    let expires_seconds: i64 = expires.parse().map_err(|_| AuthFault::Malformed)?;
    // The text itself is signed: only the one way to write a number may stand here.
    if access_key.is_empty() || expires_seconds <= 0 || expires_seconds.to_string() != expires {
        return Err(AuthFault::Malformed);
    }
    let signed_headers: Vec<String> = match names {
        "" => Vec::new(),
        names => names.split(';').map(str::to_ascii_lowercase).collect(),
    };
    if signed_headers.iter().any(String::is_empty) {
        return Err(AuthFault::Malformed);
    }
    Ok(Authorization {
        access_key: access_key.to_owned(),
        timestamp,
        timestamp_text: date.to_owned(),
        expires_seconds,
        signed_headers,
        signature: signature.to_owned(),
    })
}

/// Checks signature, then times, then Content-MD5: the body itself is not signed.
pub fn verify(
    request: &Signed<'_>,
    authorization: &Authorization,
    secret: &str,
    now: Timestamp,
) -> Result<(), AuthFault> {
    let sent = request.header(DATE).map(str::trim);
    let dated = match sent {
        Some(text) => Some(timestamp(text).ok_or(AuthFault::Malformed)?),
        None => None,
    };
    let Authorization {
        access_key,
        timestamp_text,
        expires_seconds,
        signed_headers,
        ..
    } = authorization;
    let names: Vec<&str> = signed_headers.iter().map(String::as_str).collect();
    let canonical = canonical(request, &names);
    let key = signing_key(
        secret,
        &prefix(access_key, timestamp_text, *expires_seconds),
    );
    let signature = hex(&hmac(key.as_bytes(), canonical.as_bytes()));
    if !same(&signature, &authorization.signature) {
        return Err(mismatch(&canonical));
    }
    let then = authorization.timestamp.as_second();
    let now = now.as_second();
    let off = dated.is_some_and(|date| (now - date.as_second()).abs() > SKEW_SECONDS);
    if now > then.saturating_add(*expires_seconds) || then > now + SKEW_SECONDS || off {
        return Err(AuthFault::Expired {
            date: sent.unwrap_or(timestamp_text).to_owned(),
        });
    }
    match request.header("content-md5").map(str::trim) {
        Some(text) if !text.is_empty() && !is_md5(text, request.body) => Err(AuthFault::Digest),
        _ => Ok(()),
    }
}

/// Signs and returns the value of the Authorization header; an empty list signs the default set of headers.
pub fn sign(
    request: &Signed<'_>,
    access_key: &str,
    secret: &str,
    timestamp: Timestamp,
    expires_seconds: i64,
    signed_headers: &[&str],
) -> String {
    let mut names: Vec<String> = signed_headers
        .iter()
        .map(|name| name.to_ascii_lowercase())
        .collect();
    names.sort();
    let names: Vec<&str> = names.iter().map(String::as_str).collect();
    let date = timestamp.strftime("%Y-%m-%dT%H:%M:%SZ").to_string();
    let prefix = prefix(access_key, &date, expires_seconds);
    let key = signing_key(secret, &prefix);
    let signature = hex(&hmac(key.as_bytes(), canonical(request, &names).as_bytes()));
    format!("{prefix}/{}/{signature}", names.join(";"))
}

fn prefix(access_key: &str, date: &str, expires_seconds: i64) -> String {
    format!("{VERSION}/{access_key}/{date}/{expires_seconds}")
}

/// The hex text, not the bytes that it stands for, is the key of the second step.
fn signing_key(secret: &str, prefix: &str) -> String {
    hex(&hmac(secret.as_bytes(), prefix.as_bytes()))
}

/// Reads `YYYY-MM-DDThh:mm:ssZ`.
fn timestamp(text: &str) -> Option<Timestamp> {
    let shape = |(at, byte): (usize, u8)| match at {
        4 | 7 => byte == b'-',
        10 => byte == b'T',
        13 | 16 => byte == b':',
        19 => byte == b'Z',
        _ => byte.is_ascii_digit(),
    };
    if text.len() != 20 || !text.bytes().enumerate().all(shape) {
        return None;
    }
    text.parse().ok()
}

fn canonical(request: &Signed<'_>, names: &[&str]) -> String {
    let method = request.method.to_ascii_uppercase();
    let path = match recode_path(request.path) {
        path if path.is_empty() => "/".to_owned(),
        path => path,
    };
    let query = query(request.query);
    let mut headers: Vec<String> = request
        .headers
        .iter()
        .map(|(name, value)| (name.to_ascii_lowercase(), value.trim()))
        .filter(|(name, value)| !value.is_empty() && is_signed(name, names))
        .map(|(name, value)| format!("{}:{}", encode(name.as_bytes()), encode(value.as_bytes())))
        .collect();
    headers.sort();
    format!("{method}\n{path}\n{query}\n{}", headers.join("\n"))
}

fn is_signed(name: &str, names: &[&str]) -> bool {
    if name == "authorization" {
        false
    } else if names.is_empty() {
        DEFAULT.contains(&name) || name.starts_with(PREFIX)
    } else {
        names.contains(&name)
    }
}

/// A `+` is a plus here, never a space.
fn query(raw: &str) -> String {
    let mut pairs: Vec<(String, String)> = raw_pairs(raw)
        .map(|(key, value)| (encode(&decode(key)), encode(&decode(value))))
        .filter(|(key, _)| !key.eq_ignore_ascii_case("authorization"))
        .collect();
    // Items sort as whole strings, so that `=` takes part: `a-b=` comes before `a=`.
    pairs.sort_by_cached_key(|(key, value)| format!("{key}={value}"));
    join_pairs(&pairs)
}

fn is_md5(text: &str, body: &[u8]) -> bool {
    STANDARD
        .decode(text)
        .is_ok_and(|digest| digest[..] == Md5::digest(body)[..])
}

#[cfg(test)]
mod tests;
