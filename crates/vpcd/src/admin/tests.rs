//! Tests of the operator's API over a cloud in memory.

mod catalogue;
mod identity;
mod inventory;
mod network;
mod rubbish;
mod state;
mod time;
mod trace;
mod vpn;

use serde_json::{Value, json};
use vpcd_dialect::Request;

use super::serve;
use crate::cloud::Cloud;

fn cloud() -> Cloud {
    Cloud::ephemeral_for_tests(7).unwrap()
}

fn request(cloud: &Cloud, method: &str, path: &str, body: &str) -> Request {
    let (path, query) = path.split_once('?').unwrap_or((path, ""));
    Request {
        id: "11111111-1111-4111-8111-111111111111".to_owned(),
        method: method.to_owned(),
        path: format!("/admin/v1/{path}"),
        query: query.to_owned(),
        headers: vec![(
            "Authorization".to_owned(),
            format!("Bearer {}", cloud.admin_token),
        )],
        body: body.as_bytes().to_vec(),
        peer: String::new(),
    }
}

/// Status and body of an answer.
fn ask(cloud: &Cloud, method: &str, path: &str, body: Value) -> (u16, Value) {
    let body = if body.is_null() {
        String::new()
    } else {
        body.to_string()
    };
    let reply = serve(cloud, &request(cloud, method, path, &body)).reply;
    (reply.status, reply.body.unwrap_or_default())
}

/// The body of an answer that has to be a success.
fn done(cloud: &Cloud, method: &str, path: &str, body: Value) -> Value {
    let (status, answer) = ask(cloud, method, path, body);
    assert!(status < 300, "{method} {path}: {status} {answer}");
    answer
}

/// The status of an answer that has to be a refusal in words.
fn refused(cloud: &Cloud, method: &str, path: &str, body: Value) -> u16 {
    let (status, answer) = ask(cloud, method, path, body);
    assert!(
        status >= 400 && answer["error"].is_string(),
        "{method} {path}: {status} {answer}"
    );
    status
}

fn text(value: &Value) -> String {
    value.as_str().unwrap_or_default().to_owned()
}

#[test]
fn nobody_enters_without_the_token() {
    let mut cloud = cloud();
    for header in [
        None,
        Some("Bearer wrong"),
        Some("Bearer"),
        Some("Basic x"),
        Some("Bearer "),
    ] {
        let mut request = request(&cloud, "GET", "accounts", "");
        request.headers = header
            .map(|line| ("authorization".to_owned(), line.to_owned()))
            .into_iter()
            .collect();
        for path in ["/admin/v1/accounts", "/admin/v1/nothing", "/"] {
            request.path = path.to_owned();
            let answer = serve(&cloud, &request);
            assert_eq!(
                (answer.reply.status, answer.operation),
                (401, "admin.unauthorized"),
                "{header:?}"
            );
        }
    }
    cloud.admin_token = String::new();
    assert_eq!(
        ask(&cloud, "GET", "accounts", Value::Null).0,
        401,
        "an empty token"
    );
}

#[test]
fn paths_methods_queries_and_bodies_are_checked() {
    let cloud = cloud();
    assert_eq!(refused(&cloud, "GET", "nothing", Value::Null), 404);
    assert_eq!(refused(&cloud, "GET", "accounts?limit=3", Value::Null), 400);
    assert_eq!(
        refused(&cloud, "POST", "accounts", json!({"name": "a", "more": 1})),
        400
    );
    assert_eq!(
        refused(&cloud, "POST", "accounts", json!({"name": "a\u{0}"})),
        400
    );
    assert_eq!(
        refused(
            &cloud,
            "POST",
            "accounts",
            json!({"name": "x".repeat(2_000_000)})
        ),
        413
    );
    let patch = serve(&cloud, &request(&cloud, "PATCH", "clock", "")).reply;
    assert_eq!(
        (patch.status, &patch.headers[0]),
        (405, &("Allow", "GET, PUT, DELETE".to_owned()))
    );
    let broken = serve(&cloud, &request(&cloud, "POST", "accounts", "{\"name\":")).reply;
    assert_eq!(broken.status, 400);
}
