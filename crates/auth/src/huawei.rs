//! SDK-HMAC-SHA256 of Huawei Cloud and Open Telekom Cloud.
//!
//! Scheme A (`Access=`) signs with the secret itself: every current SDK. Scheme B (`Credential=`) derives a key from a
//! scope: gophertelekomcloud, the opentelekomcloud Terraform provider, the old Java SDK.

use jiff::Timestamp;

use crate::text::{decode, encode, hex, hmac, join_pairs, raw_pairs, recode_path, sha256_hex};
use crate::{AuthFault, Signed, mismatch, same};

const ALGORITHM: &str = "SDK-HMAC-SHA256";
const DATE: &str = "x-sdk-date";
const CONTENT_HASH: &str = "x-sdk-content-sha256";
const UNSIGNED_PAYLOAD: &str = "UNSIGNED-PAYLOAD";
const SCOPE_END: &str = "sdk_request";
const SKEW_MILLISECONDS: i64 = 15 * 60 * 1000;

/// The fields of an Authorization header.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Authorization {
    /// Access key.
    pub access_key: String,
    /// Names of the signed headers in the order signed, lower case, each once.
    pub signed_headers: Vec<String>,
    /// Signature as sent.
    pub signature: String,
    /// Scope of the derived key; present in scheme B only.
    pub scope: Option<Scope>,
}

/// What a scheme B key is derived for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Scope {
    /// `yyyymmdd`.
    pub date: String,
    /// Region, often empty.
    pub region: String,
    /// Service, often empty.
    pub service: String,
}

impl std::fmt::Display for Scope {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let Scope {
            date,
            region,
            service,
        } = self;
        write!(f, "{date}/{region}/{service}/{SCOPE_END}")
    }
}

/// Reads the value of an Authorization header; any algorithm but SDK-HMAC-SHA256 is [`AuthFault::Algorithm`].
pub fn parse(header: &str) -> Result<Authorization, AuthFault> {
    let header = header.trim();
    if header.is_empty() {
        return Err(AuthFault::Missing);
    }
    let (algorithm, fields) = header.split_once(' ').unwrap_or((header, ""));
    if algorithm != ALGORITHM {
        return Err(AuthFault::Algorithm);
    }
    let (mut access, mut names, mut signature) = (None, None, None);
    for field in fields.split(',') {
        let (name, value) = field.trim().split_once('=').ok_or(AuthFault::Malformed)?;
        match name {
            "Access" => once(&mut access, (value.to_owned(), None))?,
            "Credential" => once(&mut access, credential(value)?)?,
            "SignedHeaders" => once(&mut names, signed_headers(value)?)?,
            "Signature" => once(&mut signature, value.to_owned())?,
            _ => return Err(AuthFault::Malformed),
        }
    }
    let (Some((access_key, scope)), Some(signed_headers), Some(signature)) =
        (access, names, signature)
    else {
        return Err(AuthFault::Malformed);
    };
    if access_key.is_empty() || signature.is_empty() {
        return Err(AuthFault::Malformed);
    }
    Ok(Authorization {
        access_key,
        signed_headers,
        signature,
        scope,
    })
}

/// Checks date, listed headers and signature, in this order.
///
/// A request has up to four canonical forms, since clients disagree about the order of the query and about the payload
/// hash; each form covers the same facts, so any of them may match.
pub fn verify(
    request: &Signed<'_>,
    authorization: &Authorization,
    secret: &str,
    now: Timestamp,
) -> Result<(), AuthFault> {
    let absent = |name: &str| AuthFault::Header(name.to_owned());
    let date = request.header(DATE).ok_or_else(|| absent(DATE))?.trim();
    let then = timestamp(date).ok_or(AuthFault::Malformed)?;
    if (now.as_millisecond() - then.as_millisecond()).abs() > SKEW_MILLISECONDS {
        return Err(AuthFault::Skew);
    }
    let names = &authorization.signed_headers;
    if !names.iter().any(|name| name == DATE) {
        return Err(AuthFault::Malformed);
    }
    if let Some(name) = names.iter().find(|name| request.header(name).is_none()) {
        return Err(absent(name));
    }
    let scope = authorization.scope.as_ref();
    // The day that the key was derived for is the day of the request.
    if scope.is_some_and(|scope| !date.starts_with(&scope.date)) {
        return Err(AuthFault::Malformed);
    }
    let key = key(secret, scope);
    let forms = canonical(request, names, scope.is_some());
    for form in &forms {
        let signature = hex(&hmac(&key, string_to_sign(date, scope, form).as_bytes()));
        if same(&signature, &authorization.signature) {
            return Ok(());
        }
    }
    Err(mismatch(forms.first().map_or("", String::as_str)))
}

/// Signs with scheme A and returns the value of the Authorization header; `X-Sdk-Date` must be among the headers.
pub fn sign(
    request: &Signed<'_>,
    access_key: &str,
    secret: &str,
    signed_headers: &[&str],
) -> String {
    let mut names: Vec<String> = signed_headers
        .iter()
        .map(|name| name.to_ascii_lowercase())
        .collect();
    names.sort();
    names.dedup();
    let date = request.header(DATE).unwrap_or_default().trim();
    let forms = canonical(request, &names, false);
    let form = forms.first().map_or("", String::as_str);
    let signature = hex(&hmac(
        &key(secret, None),
        string_to_sign(date, None, form).as_bytes(),
    ));
    let names = names.join(";");
    format!("{ALGORITHM} Access={access_key}, SignedHeaders={names}, Signature={signature}")
}

fn once<T>(slot: &mut Option<T>, value: T) -> Result<(), AuthFault> {
    match slot.replace(value) {
        None => Ok(()),
        Some(_) => Err(AuthFault::Malformed),
    }
}

/// Reads `AK/yyyymmdd/region/service/sdk_request`.
fn credential(text: &str) -> Result<(String, Option<Scope>), AuthFault> {
    let parts: Vec<&str> = text.split('/').collect();
    let [access_key, date, region, service, SCOPE_END] = parts[..] else {
        return Err(AuthFault::Malformed);
    };
    if date.len() != 8 || !date.bytes().all(|byte| byte.is_ascii_digit()) {
        return Err(AuthFault::Malformed);
    }
    let scope = Scope {
        date: date.to_owned(),
        region: region.to_owned(),
        service: service.to_owned(),
    };
    Ok((access_key.to_owned(), Some(scope)))
}

/// Reads `a;b;c`. A name given twice is refused: it would let a short request grow into a huge canonical text.
fn signed_headers(text: &str) -> Result<Vec<String>, AuthFault> {
    let names: Vec<String> = text.split(';').map(str::to_ascii_lowercase).collect();
    let mut sorted: Vec<&String> = names.iter().collect();
    sorted.sort();
    let twice = sorted.windows(2).any(|pair| pair[0] == pair[1]);
    if twice || names.iter().any(String::is_empty) {
        return Err(AuthFault::Malformed);
    }
    Ok(names)
}

/// Reads `yyyymmddThhmmssZ`.
fn timestamp(text: &str) -> Option<Timestamp> {
    let shape = |(at, byte): (usize, u8)| match at {
        8 => byte == b'T',
        15 => byte == b'Z',
        _ => byte.is_ascii_digit(),
    };
    if text.len() != 16 || !text.bytes().enumerate().all(shape) {
        return None;
    }
    text.parse().ok()
}

fn key(secret: &str, scope: Option<&Scope>) -> Vec<u8> {
    let Some(Scope {
        date,
        region,
        service,
    }) = scope
    else {
        return secret.as_bytes().to_vec();
    };
    [date, region, service, SCOPE_END]
        .iter()
        .fold(format!("SDK{secret}").into_bytes(), |key, part| {
            hmac(&key, part.as_bytes()).to_vec()
        })
}

fn string_to_sign(date: &str, scope: Option<&Scope>, canonical: &str) -> String {
    let hash = sha256_hex(canonical.as_bytes());
    match scope {
        None => format!("{ALGORITHM}\n{date}\n{hash}"),
        Some(scope) => format!("{ALGORITHM}\n{date}\n{scope}\n{hash}"),
    }
}

/// Every canonical request that a client may have signed for this request, the usual one first.
fn canonical(request: &Signed<'_>, names: &[String], derived: bool) -> Vec<String> {
    let method = request.method.to_ascii_uppercase();
    let mut path = recode_path(request.path);
    if !path.ends_with('/') {
        path.push('/');
    }
    let mut headers = String::new();
    for name in names {
        let mut values: Vec<String> = request
            .values(name)
            .map(|value| trim(value, derived))
            .collect();
        values.sort();
        for value in values {
            headers.push_str(&format!("{name}:{value}\n"));
        }
    }
    let names = names.join(";");
    query_and_payload(request, derived)
        .iter()
        .map(|(query, payload)| format!("{method}\n{path}\n{query}\n{headers}\n{names}\n{payload}"))
        .collect()
}

/// Scheme B collapses every run of white space inside a value too.
fn trim(value: &str, derived: bool) -> String {
    if derived {
        value.split_whitespace().collect::<Vec<_>>().join(" ")
    } else {
        value.trim().to_owned()
    }
}

fn query_and_payload(request: &Signed<'_>, derived: bool) -> Vec<(String, String)> {
    let wire = pairs(request.query);
    let mut sorted = wire.clone();
    let mut queries = Vec::new();
    if derived {
        sorted.sort_by_cached_key(|(key, _)| key.to_ascii_lowercase());
        // The sort is stable: of the values of one key the first on the wire stays.
        let mut seen = std::collections::BTreeSet::new();
        sorted.retain(|(key, _)| seen.insert(key.clone()));
        queries.push(join_pairs(&sorted));
    } else {
        sorted.sort();
        queries.push(join_pairs(&sorted));
        // The Python SDK sorts a list of integers by number before it signs and sends it.
        let wire = join_pairs(&wire);
        if wire != queries[0] {
            queries.push(wire);
        }
    }
    let payloads = payloads(request);
    let mut forms = Vec::new();
    if derived
        && request.method.eq_ignore_ascii_case("POST")
        && request.body.is_empty()
        && !wire.is_empty()
    {
        // gophertelekomcloud moves the query of a POST without body into the payload hash.
        forms.push((String::new(), sha256_hex(form(wire).as_bytes())));
    }
    for query in queries {
        forms.extend(
            payloads
                .iter()
                .map(|payload| (query.clone(), payload.clone())),
        );
    }
    forms
}

/// Encoded pairs in wire order; Go clients mean a space by `+`, Python never sends one.
fn pairs(query: &str) -> Vec<(String, String)> {
    let recode = |raw: &str| encode(&decode(&raw.replace('+', " ")));
    raw_pairs(query)
        .map(|(key, value)| (recode(key), recode(value)))
        .collect()
}

/// Go's `url.Values.Encode`: sorted by key, a space as `+`.
fn form(mut pairs: Vec<(String, String)>) -> String {
    let decoded = |key: &str| decode(key).into_owned();
    pairs.sort_by_cached_key(|(key, _)| decoded(key));
    join_pairs(&pairs).replace("%20", "+")
}

/// The payload hashes that the client may have signed.
///
/// The header replaces the hash only where it says that the payload is unsigned, or where it tells the truth: a hash of
/// another body in an unsigned header would let anyone exchange the body. With an empty body Python ignores the header
/// and Go does not.
fn payloads(request: &Signed<'_>) -> Vec<String> {
    let hash = sha256_hex(request.body);
    let stated = request
        .header(CONTENT_HASH)
        .map(str::trim)
        .unwrap_or_default();
    let honest = stated == UNSIGNED_PAYLOAD || stated.eq_ignore_ascii_case(&hash);
    if !honest || stated == hash {
        return vec![hash];
    }
    if request.body.is_empty() {
        vec![hash, stated.to_owned()]
    } else {
        vec![stated.to_owned(), hash]
    }
}

#[cfg(test)]
mod tests;
