//! What must hold of any input: the fuzz targets try new ones, and the suite `inputs` tries all that are kept.

use std::cell::RefCell;
use std::fmt::Display;
use std::str::FromStr;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use jiff::Timestamp;
use serde_json::Value;
use vpcd::cloud::Cloud;
use vpcd_auth::{Signed, baidu, huawei};
use vpcd_dialect::{Query, decode};
use vpcd_domain::vpn::p2c::{certificate, revocation};
use vpcd_domain::vpn::x509;
use vpcd_net::{Cidr, Ports, Prefix, Span};

use crate::world::{Ask, Side, World};

/// One property by the name of its fuzz target.
pub type Property = (&'static str, fn(&[u8]));

/// Every property.
pub const ALL: [Property; 9] = [
    ("body", body),
    ("certificate_der", certificate_der),
    ("certificate_pem", |input| text(input, certificate_pem)),
    ("crl_der", crl_der),
    ("crl_pem", |input| text(input, crl_pem)),
    ("net", |input| text(input, net)),
    ("private_key", |input| text(input, private_key)),
    ("request", |input| text(input, request)),
    ("signature", |input| text(input, signature)),
];

const ROOT: &str = include_str!("../../fuzz/corpus/certificate_pem/p256");
const LEAF: &[u8] = include_bytes!("../../fuzz/corpus/certificate_der/leaf");
const LIST: &[u8] = include_bytes!("../../fuzz/corpus/crl_der/list");
/// A day on which the certificates above count: 2026-09-21.
const NOW: i64 = 1_790_000_000;
/// Requests that one cloud sees before the next one takes its place: what a request finds must not grow for ever.
const REQUESTS: u32 = 2000;
const UNKNOWN: &str = "11111111-2222-4333-8444-555555555555";

fn text(input: &[u8], property: fn(&str)) {
    if let Ok(text) = std::str::from_utf8(input) {
        property(text);
    }
}

fn now() -> Timestamp {
    Timestamp::from_second(NOW).unwrap_or_default()
}

/// In the frame that uploads have.
fn framed(label: &str, der: &[u8]) -> String {
    let body = STANDARD.encode(der);
    format!("-----BEGIN {label}-----\n{body}\n-----END {label}-----\n")
}

/// Certificates in PEM, by both of their readers: what one judge takes, the reader takes too.
fn certificate_pem(text: &str) {
    let now = now();
    let read = certificate::read(text).is_ok();
    assert!(read || certificate::authority(text, now).is_err());
    assert!(read || certificate::server(text, now).is_err());
    let one = x509::card("certificate", text, now);
    let all = x509::cards("certificate", text, now);
    if one.is_ok() {
        assert_eq!(all.map(|all| all.len()).ok(), Some(1));
    }
    certificate::is_signed_by(text, ROOT);
    certificate::is_signed_by(ROOT, text);
}

/// Certificates in DER: of one that has been signed, no byte can be changed.
fn certificate_der(der: &[u8]) {
    let now = now();
    let text = framed("CERTIFICATE", der);
    let read = certificate::read(&text).is_ok();
    assert!(read || certificate::authority(&text, now).is_err());
    assert!(read || certificate::server(&text, now).is_err());
    let _ = x509::card("certificate", &text, now);
    if certificate::is_signed_by(&text, ROOT) && der.len() == LEAF.len() {
        let strays = der.iter().zip(LEAF).filter(|(a, b)| a != b).count();
        assert_eq!(strays, 0, "a changed certificate counts as signed");
    }
}

/// Private keys in PEM: nothing but to refuse them.
fn private_key(text: &str) {
    let _ = x509::private_key("private_key", text);
}

/// Lists of revoked certificates in PEM: without an authority none counts.
fn crl_pem(text: &str) {
    let now = now();
    let _ = revocation::judge("list", text, now, &[ROOT]);
    assert!(revocation::judge("list", text, now, &[]).is_err());
}

/// Lists of revoked certificates in DER: of one that has been signed, no byte can be changed.
fn crl_der(der: &[u8]) {
    let now = now();
    let text = framed("X509 CRL", der);
    let judged = revocation::judge("list", &text, now, &[ROOT]);
    if judged.is_ok() && der.len() == LIST.len() {
        assert_eq!(der, LIST, "a changed list counts as signed");
    }
}

/// Blocks, ranges, ports and addresses: whatever is read is written in one way, and that way reads the same.
fn net(text: &str) {
    let parts: Vec<&str> = text.splitn(2, ' ').collect();
    let first = again::<Cidr>(parts[0]);
    let second = parts.get(1).and_then(|text| again::<Cidr>(text));
    if let (Some(a), Some(b)) = (first, second) {
        blocks(a, b);
    }
    again::<Prefix>(parts[0]);
    again::<Span>(parts[0]);
    again::<Ports>(text);
}

fn again<T: FromStr + Display + PartialEq>(text: &str) -> Option<T> {
    let it: T = text.parse().ok()?;
    let written = it.to_string();
    let read = written.parse::<T>().ok();
    assert!(read.is_some_and(|read| read == it), "{text:?}: {written}");
    Some(it)
}

fn blocks(a: Cidr, b: Cidr) {
    assert_eq!(a.overlaps(b), b.overlaps(a));
    assert_eq!(a.overlaps(b), a.holds(b) || b.holds(a));
    assert_eq!(
        a.holds(b),
        a.has(b.base()) && a.has(b.last()) && a.size() >= b.size()
    );
    assert_eq!(a.range().size(), a.size());
    assert_eq!(a.nth(0), Some(a.base()));
    assert_eq!(a.nth_back(0), Some(a.last()));
    let range = a.range();
    if a.has(b.base()) {
        let (before, after) = range.without(b.base());
        let left = before.map_or(0, |it| it.size()) + after.map_or(0, |it| it.size());
        assert_eq!(left + 1, range.size());
    }
}

/// Authorization headers of both clouds over any request: no signature is right by chance.
fn signature(text: &str) {
    let now = Timestamp::from_second(1_767_225_600).unwrap_or_default();
    let mut lines = text.split('\n');
    let line = lines.next().unwrap_or_default();
    let path = lines.next().unwrap_or_default();
    let query = lines.next().unwrap_or_default();
    let body = lines.next().unwrap_or_default();
    let headers: Vec<(String, String)> = lines
        .filter_map(|line| line.split_once(':'))
        .map(|(name, value)| (name.to_owned(), value.to_owned()))
        .collect();
    let request = Signed {
        method: "POST",
        path,
        query,
        headers: &headers,
        body: body.as_bytes(),
    };
    // The secret is nobody's to know.
    let secret = "0f3a5b-a-secret-that-no-input-was-signed-with";
    if let Ok(authorization) = huawei::parse(line) {
        assert!(huawei::verify(&request, &authorization, secret, now).is_err());
    }
    if let Ok(authorization) = baidu::parse(line) {
        assert!(baidu::verify(&request, &authorization, secret, now).is_err());
    }
}

/// Bodies and queries before any operation sees them.
fn body(bytes: &[u8]) {
    if let Ok(body) = decode::body::<Value>(bytes) {
        assert!(body.is_object() && !holds_zero(&body));
    }
    if let Ok(text) = std::str::from_utf8(bytes) {
        for plus in [false, true] {
            if let Some(query) = Query::parse(text, plus) {
                assert!(query.pairs().all(|(key, _)| query.has(key)));
            }
        }
    }
}

fn holds_zero(value: &Value) -> bool {
    match value {
        Value::String(text) => text.contains('\0'),
        Value::Array(items) => items.iter().any(holds_zero),
        Value::Object(fields) => fields
            .iter()
            .any(|(name, field)| name.contains('\0') || holds_zero(field)),
        Value::Null | Value::Bool(_) | Value::Number(_) => false,
    }
}

/// Signed requests of both clouds with any body, on any operation: no 5xx for a client's mistake.
fn request(input: &str) {
    WORLD.with_borrow_mut(|slot| {
        let fresh = || {
            Cloud::ephemeral_for_tests(5)
                .ok()
                .map(|it| (World::new(it), 0))
        };
        if slot.as_ref().is_none_or(|(_, count)| *count >= REQUESTS) {
            *slot = fresh();
        }
        if let Some((world, count)) = slot {
            *count += 1;
            let status = ask(world, input);
            assert!(
                status.is_none_or(|status| status < 500),
                "{status:?}: {input}"
            );
        }
    });
}

thread_local! {
    static WORLD: RefCell<Option<(World, u32)>> = const { RefCell::new(None) };
}

type Place = (Side, &'static str, &'static str);

/// The operation that the first line of an input names; of any other line its bytes choose.
fn place(line: &str) -> Option<Place> {
    let huawei = vpcd_huawei::generated::operations::OPERATIONS.iter();
    let baidu = vpcd_baidu::generated::operations::OPERATIONS.iter();
    let huawei = huawei.map(|it| ("huawei.", it.name, (Side::Huawei, it.method, it.path)));
    let baidu = baidu.map(|it| ("baidu.", it.name, (Side::Baidu, it.method, it.path)));
    let all: Vec<_> = huawei.chain(baidu).collect();
    let named = all
        .iter()
        .find(|(cloud, name, _)| line.strip_prefix(cloud) == Some(*name));
    let sum = line.bytes().fold(0, |sum: usize, byte| {
        sum.wrapping_mul(31).wrapping_add(usize::from(byte))
    });
    named.or(all.get(sum % all.len())).map(|it| it.2)
}

fn ask(world: &mut World, input: &str) -> Option<u16> {
    let (line, body) = input.split_once('\n')?;
    let (side, method, template) = place(line)?;
    let me = world.me.clone();
    let mut path = template.replace("{project_id}", &me.project);
    while let (Some(open), Some(close)) = (path.find('{'), path.find('}')) {
        path.replace_range(open..=close, UNKNOWN);
    }
    let ask = Ask {
        method: method.to_owned(),
        path,
        body: body.to_owned(),
        ..Ask::default()
    };
    Some(world.send(side, Some(&me), &ask).status)
}

/// Checks the property of that name.
pub fn check(name: &str, input: &[u8]) {
    if let Some((_, property)) = ALL.iter().find(|(known, _)| *known == name) {
        property(input);
    }
}
