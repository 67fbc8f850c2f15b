//! The vectors of the contract, their mutations, and rubbish.

use proptest::prelude::*;
use serde_json::Value;

use super::*;

const VECTORS: &str = include_str!("../../../../contracts/huawei/signing_vectors.json");
const WHEN: &str = "2024-02-29T12:34:56Z";

/// A vector with everything owned.
struct Case {
    name: String,
    method: String,
    path: String,
    query: String,
    headers: Vec<(String, String)>,
    body: Vec<u8>,
    facts: Value,
}

impl Case {
    fn request(&self) -> Signed<'_> {
        Signed {
            method: &self.method,
            path: &self.path,
            query: &self.query,
            headers: &self.headers,
            body: &self.body,
        }
    }

    fn fact(&self, name: &str) -> &str {
        self.facts[name].as_str().unwrap_or_default()
    }

    fn verify(&self, secret: &str) -> Result<(), AuthFault> {
        verify(
            &self.request(),
            &parse(self.fact("authorization"))?,
            secret,
            now(),
        )
    }
}

fn now() -> Timestamp {
    WHEN.parse().unwrap()
}

fn document() -> Value {
    serde_json::from_str(VECTORS).unwrap()
}

fn secret() -> String {
    document()["sk"].as_str().unwrap().to_owned()
}

fn case(facts: &Value) -> Case {
    let text = |name: &str| facts[name].as_str().unwrap_or_default().to_owned();
    let url = text("url");
    let (_, rest) = url.split_once("://").unwrap();
    let target = &rest[rest.find('/').unwrap()..];
    let (path, query) = target.split_once('?').unwrap_or((target, ""));
    let headers = ["headers", "unsigned_headers_added_after_signing"]
        .iter()
        .filter_map(|group| facts[group].as_object())
        .flatten()
        .map(|(name, value)| (name.clone(), value.as_str().unwrap().to_owned()))
        .collect();
    Case {
        name: text("name"),
        method: text("method"),
        path: path.to_owned(),
        query: query.to_owned(),
        headers,
        body: text("body").into_bytes(),
        facts: facts.clone(),
    }
}

fn cases() -> Vec<Case> {
    document()["vectors"]
        .as_array()
        .unwrap()
        .iter()
        .map(case)
        .collect()
}

fn numbered(number: &str) -> Case {
    cases()
        .into_iter()
        .find(|case| case.name.split(' ').next() == Some(number))
        .unwrap()
}

#[test]
fn every_vector() {
    let cases = cases();
    assert_eq!(cases.len(), 17);
    for case in &cases {
        let canonical_text = case.fact("canonical_request");
        assert_eq!(
            sha256_hex(canonical_text.as_bytes()),
            case.fact("canonical_sha256"),
            "{}",
            case.name
        );
        if case.fact("authorization").starts_with("V11-") {
            assert_eq!(parse(case.fact("authorization")), Err(AuthFault::Algorithm));
            continue;
        }
        let authorization = parse(case.fact("authorization")).unwrap();
        assert_eq!(authorization.access_key, document()["ak"].as_str().unwrap());
        let scope = authorization.scope.as_ref();
        let forms = canonical(
            &case.request(),
            &authorization.signed_headers,
            scope.is_some(),
        );
        assert!(
            forms.iter().any(|form| form == canonical_text),
            "{}: {forms:#?}",
            case.name
        );
        let to_sign = string_to_sign(case.request().header(DATE).unwrap(), scope, canonical_text);
        assert_eq!(to_sign, case.fact("string_to_sign"), "{}", case.name);
        let key = key(&secret(), scope);
        if scope.is_some() {
            assert_eq!(hex(&key), case.fact("signing_key"), "{}", case.name);
        }
        assert_eq!(hex(&hmac(&key, to_sign.as_bytes())), case.fact("signature"));
        assert_eq!(case.verify(&secret()), Ok(()), "{}", case.name);
        assert!(matches!(
            case.verify("wrong"),
            Err(AuthFault::Signature { .. })
        ));
    }
}

#[test]
fn sign_gives_what_the_clients_gave() {
    for number in [
        "1", "2", "3", "4", "5", "6", "7", "8", "9", "9b", "12", "13",
    ] {
        let case = numbered(number);
        let authorization = parse(case.fact("authorization")).unwrap();
        let names: Vec<&str> = authorization
            .signed_headers
            .iter()
            .map(String::as_str)
            .collect();
        let signed = sign(
            &case.request(),
            &authorization.access_key,
            &secret(),
            &names,
        );
        assert_eq!(signed, case.fact("authorization"), "{number}");
    }
}

#[test]
fn official_go_unit_tests() {
    let headers = [("X-Sdk-Date".to_owned(), "20060102T150405Z".to_owned())];
    let get = Signed {
        method: "GET",
        path: "/path",
        query: "limit=1",
        headers: &headers,
        body: b"",
    };
    let post = Signed {
        method: "POST",
        query: "key=value",
        body: b"{\"Name\":\"test\",\"Id\":1}\n",
        ..get
    };
    let signature = |request: &Signed<'_>| sign(request, "AK", "SecretKey", &["x-sdk-date"]);
    assert!(
        signature(&get).ends_with(
            "Signature=5a2ce64c865e0e6046321c6f3d5a77ba8413eeaf355c3166c03d58d02ac79624"
        )
    );
    assert!(
        signature(&post).ends_with(
            "Signature=cecc2af119b18ab70b4d094c0750f3b42c02f254903179a0fc2cc72fc9db4f59"
        )
    );
}

#[test]
fn refusal_shows_the_canonical_request_on_one_line() {
    let case = numbered("1");
    let canonical = case.fact("canonical_request").replace('\n', "|");
    assert_eq!(
        case.verify("wrong"),
        Err(AuthFault::Signature { canonical })
    );
}

#[test]
fn every_signed_part_counts() {
    for number in ["2", "4", "15"] {
        let changes: [fn(&mut Case); 5] = [
            |case| case.method = "PATCH".to_owned(),
            |case| case.path.push('x'),
            |case| case.query.push_str("&more=1"),
            |case| case.body.push(b' '),
            |case| {
                for (name, value) in &mut case.headers {
                    if name == "User-Agent" {
                        value.push('x');
                    }
                }
            },
        ];
        for change in changes {
            let mut case = numbered(number);
            change(&mut case);
            let verdict = case.verify(&secret());
            assert!(
                matches!(verdict, Err(AuthFault::Signature { .. })),
                "{number}"
            );
        }
    }
}

#[test]
fn scheme_b_signs_only_the_first_value_of_a_key() {
    let mut case = numbered("14");
    case.query = "marker=&limit=10&limit=20".to_owned();
    assert_eq!(case.verify(&secret()), Ok(()));
    case.query = "marker=&limit=20&limit=10".to_owned();
    assert!(matches!(
        case.verify(&secret()),
        Err(AuthFault::Signature { .. })
    ));
}

#[test]
fn a_stated_hash_of_another_body_does_not_count() {
    let mut case = numbered("4");
    let hash = sha256_hex(&case.body);
    case.headers.push(("X-Sdk-Content-Sha256".to_owned(), hash));
    assert_eq!(case.verify(&secret()), Ok(()));
    case.body = b"{}".to_vec();
    assert!(matches!(
        case.verify(&secret()),
        Err(AuthFault::Signature { .. })
    ));
}

#[test]
fn an_empty_body_may_be_signed_as_unsigned_payload() {
    // The Go SDK takes the header at its word where Python hashes the empty body (vector 9b).
    let case = numbered("9b");
    let authorization = parse(case.fact("authorization")).unwrap();
    let forms = canonical(&case.request(), &authorization.signed_headers, false);
    let go = forms
        .iter()
        .find(|form| form.ends_with(UNSIGNED_PAYLOAD))
        .unwrap();
    let date = case.request().header(DATE).unwrap();
    let signature = hex(&hmac(
        secret().as_bytes(),
        string_to_sign(date, None, go).as_bytes(),
    ));
    let authorization = Authorization {
        signature,
        ..authorization
    };
    assert_eq!(
        verify(&case.request(), &authorization, &secret(), now()),
        Ok(())
    );
}

#[test]
fn dates() {
    let case = numbered("1");
    let authorization = parse(case.fact("authorization")).unwrap();
    let at = |text: &str| {
        verify(
            &case.request(),
            &authorization,
            &secret(),
            text.parse().unwrap(),
        )
    };
    assert_eq!(at("2024-02-29T12:49:56Z"), Ok(()));
    assert_eq!(at("2024-02-29T12:19:56Z"), Ok(()));
    assert_eq!(at("2024-02-29T12:49:56.001Z"), Err(AuthFault::Skew));
    assert_eq!(at("2024-02-29T12:19:55.999Z"), Err(AuthFault::Skew));
    for (date, fault) in [
        (Some("20240229T123456"), AuthFault::Malformed),
        (Some("20240231T123456Z"), AuthFault::Malformed),
        (Some("2024-02-29T12:34"), AuthFault::Malformed),
        (None, AuthFault::Header(DATE.to_owned())),
    ] {
        let mut case = numbered("1");
        case.headers.retain(|(name, _)| name != "X-Sdk-Date");
        let date = date.map(|date| ("X-Sdk-Date".to_owned(), date.to_owned()));
        case.headers.extend(date);
        assert_eq!(case.verify(&secret()), Err(fault));
    }
}

#[test]
fn listed_headers_must_be_there_and_list_the_date() {
    let mut case = numbered("1");
    case.headers.retain(|(name, _)| name != "User-Agent");
    assert_eq!(
        case.verify(&secret()),
        Err(AuthFault::Header("user-agent".to_owned()))
    );
    let unlisted = parse("SDK-HMAC-SHA256 Access=a, SignedHeaders=host, Signature=b").unwrap();
    let verdict = verify(&case.request(), &unlisted, &secret(), now());
    assert_eq!(verdict, Err(AuthFault::Malformed));
}

#[test]
fn headers_that_do_not_parse() {
    assert_eq!(parse(""), Err(AuthFault::Missing));
    assert_eq!(parse("  "), Err(AuthFault::Missing));
    assert_eq!(parse("Bearer abc"), Err(AuthFault::Algorithm));
    assert_eq!(parse("SDK-HMAC-SM3 Access=a"), Err(AuthFault::Algorithm));
    for fields in [
        "",
        "Access=a, SignedHeaders=b",
        "Access=, SignedHeaders=b, Signature=c",
        "Access=a, SignedHeaders=, Signature=c",
        "Access=a, SignedHeaders=b, Signature=",
        "Access=a, SignedHeaders=b;B, Signature=c",
        "Access=a, Access=a, SignedHeaders=b, Signature=c",
        "Access=a, SignedHeaders=b, Signature=c, X=y",
        "Credential=a/20240229//sdk_request, SignedHeaders=b, Signature=c",
        "Credential=a/2024022x///sdk_request, SignedHeaders=b, Signature=c",
    ] {
        let header = format!("{ALGORITHM} {fields}");
        assert_eq!(parse(&header), Err(AuthFault::Malformed), "{header}");
    }
}

proptest! {
    #[test]
    fn what_is_signed_verifies(
        path in "(/\\PC{0,8}){0,4}", query in "\\PC{0,40}", value in "\\PC{0,20}", body: Vec<u8>, secret in "\\PC{1,80}",
    ) {
        let headers = [
            ("X-Sdk-Date".to_owned(), "20240229T123456Z".to_owned()),
            ("X-Thing".to_owned(), value),
        ];
        let request = Signed { method: "PUT", path: &path, query: &query, headers: &headers, body: &body };
        let header = sign(&request, "AK", &secret, &["X-Thing", "X-Sdk-Date"]);
        let authorization = parse(&header).unwrap();
        prop_assert_eq!(verify(&request, &authorization, &secret, now()), Ok(()));
        let encoded = recode_path(&path);
        let request = Signed { path: &encoded, ..request };
        prop_assert_eq!(verify(&request, &authorization, &secret, now()), Ok(()));
        let other = format!("{secret}x");
        let refused = matches!(verify(&request, &authorization, &other, now()), Err(AuthFault::Signature { .. }));
        prop_assert!(refused);
    }

    #[test]
    fn rubbish_never_panics(
        header in "(SDK-HMAC-SHA256 )?(\\PC|[=,;/ ]|Access=|Credential=|SignedHeaders=|Signature=|20240229){0,30}",
        bytes: Vec<u8>, path in "(/|%|[0-9a-fA-F]|\\PC){0,30}", query in "(%|[0-9a-f&=+]|\\PC){0,30}", date in "\\PC{0,16}",
        derived: bool,
    ) {
        let lossy = String::from_utf8_lossy(&bytes);
        let _ = parse(&lossy);
        let _ = parse(&format!("{ALGORITHM} {lossy}"));
        let headers = [("x-sdk-date".to_owned(), date), ("x-sdk-content-sha256".to_owned(), lossy.to_string())];
        let request = Signed { method: &lossy, path: &path, query: &query, headers: &headers, body: &bytes };
        let good = [("x-sdk-date".to_owned(), "20240229T123456Z".to_owned()), headers[1].clone()];
        let dated = Signed { headers: &good, ..request };
        let given = if derived { "Credential=a/20240229///sdk_request" } else { "Access=a" };
        let fixed = format!("{ALGORITHM} {given}, SignedHeaders=x-sdk-date, Signature=c");
        for text in [&header, &fixed] {
            if let Ok(authorization) = parse(text) {
                prop_assert!(verify(&request, &authorization, "s", now()).is_err());
                prop_assert!(verify(&dated, &authorization, "s", now()).is_err());
            }
        }
    }
}
