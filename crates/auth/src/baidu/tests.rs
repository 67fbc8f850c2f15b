//! The vectors of the contract, their mutations, and rubbish.

use proptest::prelude::*;
use serde::Deserialize;

use super::*;

const VECTORS: &str = include_str!("../../../../contracts/baidu/signing_vectors.json");
const TOKEN: &str = "2015-04-26T09:46:11Z";

#[derive(Deserialize)]
struct Document {
    access_key: String,
    secret_key: String,
    timestamp: Timestamp,
    vectors: Vec<Vector>,
    mutations: Vec<Mutation>,
}

#[derive(Clone, Deserialize)]
struct Vector {
    name: String,
    method: String,
    path: String,
    query: String,
    headers: Vec<(String, String)>,
    #[serde(default)]
    body: String,
    signing_key: String,
    canonical_request: String,
    authorization: String,
}

#[derive(Deserialize)]
struct Mutation {
    vector: String,
    what: String,
    result: String,
    method: Option<String>,
    path: Option<String>,
    query: Option<String>,
    body: Option<String>,
    secret: Option<String>,
    #[serde(default)]
    add: Vec<(String, String)>,
    #[serde(default)]
    drop: Vec<String>,
    #[serde(default)]
    upper: bool,
    #[serde(default)]
    pad: bool,
}

impl Vector {
    fn request(&self) -> Signed<'_> {
        Signed {
            method: &self.method,
            path: &self.path,
            query: &self.query,
            headers: &self.headers,
            body: self.body.as_bytes(),
        }
    }

    fn verify(&self, secret: &str, now: Timestamp) -> Result<(), AuthFault> {
        verify(&self.request(), &parse(&self.authorization)?, secret, now)
    }
}

impl Mutation {
    fn apply(&self, vector: &mut Vector) {
        let replace = |part: &mut String, by: &Option<String>| {
            if let Some(by) = by {
                by.clone_into(part);
            }
        };
        replace(&mut vector.method, &self.method);
        replace(&mut vector.path, &self.path);
        replace(&mut vector.query, &self.query);
        replace(&mut vector.body, &self.body);
        vector.headers.retain(|(name, _)| !self.drop.contains(name));
        vector.headers.extend(self.add.iter().cloned());
        for (name, value) in &mut vector.headers {
            if self.upper {
                *name = name.to_uppercase();
            }
            if self.pad {
                *value = format!("  {value} ");
            }
        }
    }
}

fn document() -> Document {
    serde_json::from_str(VECTORS).unwrap()
}

fn named(name: &str) -> Vector {
    document()
        .vectors
        .into_iter()
        .find(|vector| vector.name == name)
        .unwrap()
}

fn verdict(result: &Result<(), AuthFault>) -> &'static str {
    match result {
        Ok(()) => "accept",
        Err(AuthFault::Signature { .. }) => "signature",
        Err(AuthFault::Digest) => "digest",
        Err(_) => "other",
    }
}

#[test]
fn every_vector() {
    let document = document();
    assert_eq!(document.vectors.len(), 7);
    for vector in &document.vectors {
        let authorization = parse(&vector.authorization).unwrap();
        assert_eq!(authorization.access_key, document.access_key);
        assert_eq!(authorization.timestamp, document.timestamp);
        let names: Vec<&str> = authorization
            .signed_headers
            .iter()
            .map(String::as_str)
            .collect();
        assert_eq!(
            canonical(&vector.request(), &names),
            vector.canonical_request,
            "{}",
            vector.name
        );
        let prefix = prefix(
            &authorization.access_key,
            &authorization.timestamp_text,
            authorization.expires_seconds,
        );
        assert_eq!(
            signing_key(&document.secret_key, &prefix),
            vector.signing_key
        );
        let signed = sign(
            &vector.request(),
            &document.access_key,
            &document.secret_key,
            document.timestamp,
            authorization.expires_seconds,
            &names,
        );
        assert_eq!(signed, vector.authorization, "{}", vector.name);
        // The body of V4 is known by its digest only: a digest fault proves that its signature was right.
        let expected = if vector.name == "V4" {
            "digest"
        } else {
            "accept"
        };
        let result = vector.verify(&document.secret_key, document.timestamp);
        assert_eq!(verdict(&result), expected, "{}", vector.name);
    }
}

#[test]
fn every_mutation() {
    let document = document();
    assert_eq!(document.mutations.len(), 18);
    for mutation in &document.mutations {
        let mut vector = named(&mutation.vector);
        mutation.apply(&mut vector);
        let secret = mutation.secret.as_ref().unwrap_or(&document.secret_key);
        let result = vector.verify(secret, document.timestamp);
        assert_eq!(
            verdict(&result),
            mutation.result,
            "{} {}",
            mutation.vector,
            mutation.what
        );
    }
}

#[test]
fn content_md5_is_checked_against_the_body() {
    let headers = [
        ("Host".to_owned(), "h".to_owned()),
        (
            "Content-MD5".to_owned(),
            STANDARD.encode(Md5::digest(b"{}")),
        ),
    ];
    let request = Signed {
        method: "POST",
        path: "",
        query: "",
        headers: &headers,
        body: b"{}",
    };
    let now: Timestamp = TOKEN.parse().unwrap();
    let authorization = parse(&sign(&request, "AK", "SK", now, 1800, &[])).unwrap();
    assert_eq!(verify(&request, &authorization, "SK", now), Ok(()));
    let changed = Signed {
        body: b"[]",
        ..request
    };
    assert_eq!(
        verify(&changed, &authorization, "SK", now),
        Err(AuthFault::Digest)
    );
}

#[test]
fn times() {
    let document = document();
    let at = |vector: &Vector, seconds: i64| {
        let now = Timestamp::from_second(document.timestamp.as_second() + seconds).unwrap();
        vector.verify(&document.secret_key, now)
    };
    let expired = Err(AuthFault::Expired {
        date: TOKEN.to_owned(),
    });
    // V5 signs x-bce-date: a clock off by more than 900 s is refused before the 1800 s of the signature are over.
    let dated = named("V5");
    assert_eq!(at(&dated, 900), Ok(()));
    assert_eq!(at(&dated, 901), expired);
    assert_eq!(at(&dated, -900), Ok(()));
    assert_eq!(at(&dated, -901), expired);
    let mut undated = named("V5");
    undated.headers.retain(|(name, _)| name == "host");
    let request = undated.request();
    let signed = sign(
        &request,
        "AK",
        &document.secret_key,
        document.timestamp,
        1800,
        &["Host"],
    );
    undated.authorization = signed;
    assert_eq!(at(&undated, 1800), Ok(()));
    assert_eq!(at(&undated, 1801), expired);
    assert_eq!(at(&undated, -901), expired);
    undated
        .headers
        .push(("X-Bce-Date".to_owned(), "yesterday".to_owned()));
    assert_eq!(at(&undated, 0), Err(AuthFault::Malformed));
}

#[test]
fn an_endless_expiry_does_not_overflow() {
    let headers = [("host".to_owned(), "h".to_owned())];
    let request = Signed {
        method: "GET",
        path: "/",
        query: "",
        headers: &headers,
        body: b"",
    };
    let now: Timestamp = TOKEN.parse().unwrap();
    let authorization = parse(&sign(&request, "AK", "SK", now, i64::MAX, &["host"])).unwrap();
    assert_eq!(verify(&request, &authorization, "SK", now), Ok(()));
}

#[test]
fn headers_that_do_not_parse() {
    let signature = "0".repeat(64);
    for (header, fault) in [
        ("", AuthFault::Missing),
        (" ", AuthFault::Missing),
        ("Bearer abc", AuthFault::Algorithm),
        (
            "bce-auth-v2/ak/2015-04-26T09:46:11Z/1800//x",
            AuthFault::Algorithm,
        ),
        ("bce-auth-v1", AuthFault::Malformed),
        (
            "bce-auth-v1/ak/2015-04-26T09:46:11Z/1800/x",
            AuthFault::Malformed,
        ),
        (
            "bce-auth-v1/ak/2015-04-26T09:46:11Z/1800//x/y",
            AuthFault::Malformed,
        ),
        (
            "bce-auth-v1//2015-04-26T09:46:11Z/1800//x",
            AuthFault::Malformed,
        ),
        (
            "bce-auth-v1/ak/2015-04-26 09:46:11Z/1800//x",
            AuthFault::Malformed,
        ),
        (
            "bce-auth-v1/ak/2015-02-31T09:46:11Z/1800//x",
            AuthFault::Malformed,
        ),
        (
            "bce-auth-v1/ak/2015-04-26T09:46:11Z/0//x",
            AuthFault::Malformed,
        ),
        (
            "bce-auth-v1/ak/2015-04-26T09:46:11Z/-1//x",
            AuthFault::Malformed,
        ),
        (
            "bce-auth-v1/ak/2015-04-26T09:46:11Z/+1800//x",
            AuthFault::Malformed,
        ),
        (
            "bce-auth-v1/ak/2015-04-26T09:46:11Z/01800//x",
            AuthFault::Malformed,
        ),
        (
            "bce-auth-v1/ak/2015-04-26T09:46:11Z/99999999999999999999//x",
            AuthFault::Malformed,
        ),
        (
            "bce-auth-v1/ak/2015-04-26T09:46:11Z/1800/host;;x/x",
            AuthFault::Malformed,
        ),
    ] {
        assert_eq!(parse(header), Err(fault), "{header}");
    }
    let header = format!("bce-auth-v1/ak/2015-04-26T09:46:11Z/1800/Host;x-bce-date/{signature}");
    assert_eq!(
        parse(&header).unwrap().signed_headers,
        ["host", "x-bce-date"]
    );
}

#[test]
fn a_listed_header_that_is_absent_is_skipped() {
    let headers = [("host".to_owned(), "h".to_owned())];
    let request = Signed {
        method: "GET",
        path: "/",
        query: "Authorization=x&a=1",
        headers: &headers,
        body: b"",
    };
    let now: Timestamp = TOKEN.parse().unwrap();
    let header = sign(&request, "AK", "SK", now, 1800, &["host", "content-md5"]);
    let authorization = parse(&header).unwrap();
    let bare = Signed {
        query: "a=1",
        ..request
    };
    assert_eq!(verify(&bare, &authorization, "SK", now), Ok(()));
}

proptest! {
    #[test]
    fn what_is_signed_verifies(
        path in "(/\\PC{0,8}){0,4}", query in "\\PC{0,40}", value in "\\PC{0,20}", body: Vec<u8>, secret in "\\PC{1,80}",
        listed: bool,
    ) {
        let now: Timestamp = TOKEN.parse().unwrap();
        let headers = [("Host".to_owned(), "h:1".to_owned()), ("x-bce-thing".to_owned(), value)];
        let request = Signed { method: "PUT", path: &path, query: &query, headers: &headers, body: &body };
        let names: &[&str] = if listed { &["x-bce-thing", "Host"] } else { &[] };
        let authorization = parse(&sign(&request, "AK", &secret, now, 1800, names)).unwrap();
        prop_assert_eq!(verify(&request, &authorization, &secret, now), Ok(()));
        let encoded = recode_path(&path);
        let request = Signed { path: &encoded, ..request };
        prop_assert_eq!(verify(&request, &authorization, &secret, now), Ok(()));
        let other = format!("{secret}x");
        let refused = matches!(verify(&request, &authorization, &other, now), Err(AuthFault::Signature { .. }));
        prop_assert!(refused);
    }

    #[test]
    fn rubbish_never_panics(
        header in "(bce-auth-v1/)?(\\PC|[/;]|2015-04-26T09:46:11Z|1800){0,30}",
        bytes: Vec<u8>, path in "(/|%|[0-9a-fA-F]|\\PC){0,30}", query in "(%|[0-9a-f&=+]|\\PC){0,30}", date in "\\PC{0,20}",
    ) {
        let now: Timestamp = TOKEN.parse().unwrap();
        let lossy = String::from_utf8_lossy(&bytes);
        let _ = parse(&lossy);
        let _ = parse(&format!("{VERSION}/{lossy}"));
        let headers = [("x-bce-date".to_owned(), date), ("content-md5".to_owned(), lossy.to_string())];
        let dated = Signed { method: &lossy, path: &path, query: &query, headers: &headers, body: &bytes };
        let undated = Signed { headers: &headers[1..], ..dated };
        for text in [header, format!("{VERSION}/ak/{TOKEN}/1800//x")] {
            if let Ok(authorization) = parse(&text) {
                prop_assert!(verify(&dated, &authorization, "s", now).is_err());
                prop_assert!(verify(&undated, &authorization, "s", now).is_err());
            }
        }
    }
}
