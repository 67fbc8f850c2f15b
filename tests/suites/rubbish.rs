//! Rubbish on every front: no panic, no 5xx for a client's mistake, no code outside the catalogue.

#[path = "rubbish/mutants.rs"]
mod mutants;
#[path = "rubbish/walk.rs"]
mod walk;

use proptest::prelude::*;
use serde_json::Value;
use vpcd::cloud::Cloud;
use vpcd_dialect::Request;
use vpcd_tests::world::{Ask, Side, World};

/// Whether the code of an answer is one of the catalogue's, with the status it has there.
fn in_catalogue(side: Side, status: u16, body: &Value) -> bool {
    let code = ["error_code", "code"]
        .iter()
        .find_map(|key| body[key].as_str())
        .or_else(|| body["NeutronError"]["type"].as_str());
    let keystone = body["error"]["code"].as_u64();
    let rows = match side {
        Side::Huawei => &vpcd_huawei::generated::errors::ROWS[..],
        _ => &vpcd_baidu::generated::errors::ROWS[..],
    };
    match (code, keystone) {
        (Some(code), _) => rows
            .iter()
            .any(|row| row.code == code && row.status.contains(&status)),
        (None, Some(code)) => code == u64::from(status),
        (None, None) => false,
    }
}

fn judge(side: Side, ask: &Ask, status: u16, body: Option<&Value>) -> Result<(), TestCaseError> {
    prop_assert!(status < 500, "{ask:?}: {status} {body:?}");
    // The answer to HEAD has no body to carry a code.
    if status >= 400 && ask.method != "HEAD" {
        let body = body.cloned().unwrap_or(Value::Null);
        prop_assert!(
            in_catalogue(side, status, &body),
            "{ask:?}: {status} {body}"
        );
    }
    Ok(())
}

fn json() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        any::<f64>().prop_map(Value::from),
        ".{0,12}".prop_map(Value::from),
        Just(Value::from("10.0.0.0/8")),
        Just(Value::from("zero\0byte")),
        Just(Value::from("11111111-2222-4333-8444-555555555555")),
    ];
    let key = prop::sample::select(vec![
        "vpc",
        "subnet",
        "publicip",
        "bandwidth",
        "port",
        "vpn_gateway",
        "customer_gateway",
        "vpn_connection",
        "name",
        "cidr",
        "vpc_id",
        "gateway_ip",
        "size",
        "share_type",
        "type",
        "eip1",
        "eip2",
        "local_subnets",
        "tags",
        "tag",
        "action",
        "key",
        "values",
        "matches",
        "psk",
        "ikepolicy",
        "ipsecpolicy",
        "peer_subnets",
        "vpcId",
        "zoneName",
        "secondaryCidr",
        "auth",
        "identity",
        "scope",
    ]);
    leaf.prop_recursive(4, 48, 8, move |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..5).prop_map(Value::from),
            prop::collection::vec((key.clone(), inner), 0..6).prop_map(|pairs| Value::Object(
                pairs.into_iter().map(|(k, v)| (k.to_owned(), v)).collect()
            )),
        ]
    })
}

fn paths(side: Side) -> Vec<(&'static str, &'static str)> {
    match side {
        Side::Huawei => vpcd_huawei::generated::operations::OPERATIONS
            .iter()
            .map(|op| (op.method, op.path))
            .collect(),
        _ => vpcd_baidu::generated::operations::OPERATIONS
            .iter()
            .map(|op| (op.method, op.path))
            .collect(),
    }
}

#[test]
fn any_body_on_any_operation_gets_a_row() {
    let mut runner = proptest::test_runner::TestRunner::new(ProptestConfig {
        cases: 1500,
        ..ProptestConfig::default()
    });
    let world = std::cell::RefCell::new(World::new(Cloud::ephemeral_for_tests(3).unwrap()));
    let side = prop_oneof![Just(Side::Huawei), Just(Side::Baidu)];
    let input = (
        side,
        any::<prop::sample::Index>(),
        json(),
        prop_oneof!["[a-z0-9%/-]{0,20}", "[a-z]{0,3}%00[a-z]{0,3}"],
        prop_oneof!["[ -~]{0,30}", "(name|marker|vpc_id|vpcId)=a?%00"],
        any::<bool>(),
    );
    runner
        .run(&input, |(side, at, body, id, query, known)| {
            let mut world = world.borrow_mut();
            let all = paths(side);
            let (method, template) = all[at.index(all.len())];
            let me = world.me.clone();
            let mut path = template.replace("{project_id}", &me.project);
            while let (Some(open), Some(close)) = (path.find('{'), path.find('}')) {
                let id = if known {
                    "11111111-2222-4333-8444-555555555555"
                } else {
                    id.trim_matches('/')
                };
                path.replace_range(open..=close, id);
            }
            let query: String = query.chars().filter(|c| !" #".contains(*c)).collect();
            let ask = Ask {
                method: method.to_owned(),
                path: format!("{path}?{query}"),
                body: body.to_string(),
                ..Ask::default()
            };
            let reply = world.send(side, Some(&me), &ask);
            judge(side, &ask, reply.status, reply.body.as_ref())
        })
        .unwrap();
}

#[test]
fn any_request_without_a_valid_signature_gets_a_row() {
    let mut runner = proptest::test_runner::TestRunner::new(ProptestConfig {
        cases: 1500,
        ..ProptestConfig::default()
    });
    let world = std::cell::RefCell::new(World::new(Cloud::ephemeral_for_tests(4).unwrap()));
    let line = prop_oneof![
        ".{0,60}",
        "SDK-HMAC-SHA256 (Access|Credential)=[A-Z0-9/]{0,20}, SignedHeaders=[a-z;-]{0,20}, Signature=[0-9a-f]{0,64}",
        "bce-auth-v1/[A-Z0-9]{0,20}/2026-01-01T00:00:00Z/[0-9]{0,5}/[a-z;-]{0,20}/[0-9a-f]{0,64}",
        "Bearer [a-zA-Z0-9._-]{0,40}",
    ];
    let input = (
        "[A-Z]{1,7}",
        "/[ -~]{0,40}",
        line,
        prop::collection::vec(any::<u8>(), 0..64),
        any::<bool>(),
    );
    runner
        .run(&input, |(method, path, line, body, huawei)| {
            let world = world.borrow();
            let (path, query) = path.split_once('?').unwrap_or((&path, ""));
            let request = Request {
                id: "00000000-0000-4000-8000-000000000001".into(),
                method,
                path: path.to_owned(),
                query: query.to_owned(),
                headers: vec![
                    ("Host".into(), "x".into()),
                    ("Authorization".into(), line),
                    ("X-Sdk-Date".into(), "20260101T000000Z".into()),
                    ("X-Auth-Token".into(), "rubbish".into()),
                ],
                body,
                peer: String::new(),
            };
            let side = if huawei { Side::Huawei } else { Side::Baidu };
            let answer = if huawei {
                world.cloud.huawei.serve(&request)
            } else {
                world.cloud.baidu.serve(&request)
            };
            let ask = Ask {
                path: format!("{request:?}"),
                ..Ask::default()
            };
            judge(side, &ask, answer.reply.status, answer.reply.body.as_ref())
        })
        .unwrap();
}
