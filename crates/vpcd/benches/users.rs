//! What users of a point-to-cloud server cost with few and with many in it, over HTTP on a durable database: a batch, a
//! page, a change, a password. Ratios within one run are what to read: `cargo bench -p vpcd --bench users [-- USERS]`.

#![expect(clippy::expect_used, reason = "a benchmark that cannot go on panics")]

#[path = "../tests/support/mod.rs"]
mod support;

use std::time::{Duration, Instant};

use serde_json::{Value, json};
use support::{Client, Server};

/// Users of one batch.
const BATCH: usize = 100;
/// Calls of each sort at each level.
const SAMPLES: u32 = 50;

fn main() {
    // Cargo passes --bench; anything else is the number of users to compare with.
    let most: usize = std::env::args()
        .filter_map(|word| word.parse().ok())
        .next()
        .unwrap_or(10_000);
    let folder = std::env::temp_dir().join(format!("vpcd-users-{}", std::process::id()));
    let data = folder.join("data");
    std::fs::create_dir_all(&data).expect("a temporary folder");
    let server = Server::start(&["--data", &data.display().to_string()], &folder);
    let mut client = server.client();
    let unlimited = Some(json!({"limit": 100_000_000}));
    client
        .admin("PUT", "/admin/v1/quotas/*/vpn_user", unlimited)
        .expect("an answer");
    let users = format!("{}/users", place(&mut client));

    let first = fill(&mut client, &users, 0, BATCH);
    let few = measure(&mut client, &users);
    let rest = fill(&mut client, &users, BATCH, most);
    let many = measure(&mut client, &users);
    let per_user = |time: Duration, users: usize| time.as_secs_f64() * 1e3 / users.max(1) as f64;
    let (before, after) = (per_user(first, BATCH), per_user(rest, most - BATCH));
    println!(
        "batch: {before:.2} ms a user, up to {most} users {after:.2} ms, ratio {:.2}",
        after / before
    );
    for ((what, before), (_, after)) in few.iter().zip(&many) {
        let ratio = after.as_secs_f64() / before.as_secs_f64();
        println!("{what}: {before:.2?}, with {most} users {after:.2?}, ratio {ratio:.2}");
    }
    let _ = std::fs::remove_dir_all(&folder);
}

/// The path of a new server.
fn place(client: &mut Client) -> String {
    let vpc = json!({"vpc": {"name": "vpc", "cidr": "10.0.0.0/8"}});
    let vpc = id(send(client, "POST", "/v1/{p}/vpcs", vpc), "vpc");
    let subnet = json!({"subnet": {"name": "s", "cidr": "10.0.1.0/24", "gateway_ip": "10.0.1.1", "vpc_id": vpc}});
    let subnet = id(send(client, "POST", "/v1/{p}/subnets", subnet), "subnet");
    let eip = json!({"type": "5_bgp", "charge_mode": "traffic", "bandwidth_size": 10});
    let gateway = json!({"p2c_vpn_gateway": {"vpc_id": vpc, "connect_subnet": subnet, "eip": eip}});
    let gateway = send(client, "POST", "/v5/{p}/p2c-vpn-gateways", gateway);
    let gateway = id(gateway, "p2c_vpn_gateway");
    let path = format!("/v5/{{p}}/p2c-vpn-gateways/{gateway}");
    until(|| {
        let shown = send(client, "GET", &path, Value::Null);
        shown["p2c_vpn_gateway"]["status"] == "ACTIVE"
    });
    let path = format!("{path}/vpn-servers");
    let server = json!({"vpn_server": {"client_cidr": "172.16.0.0/20", "local_subnets": ["10.0.1.0/24"],
        "server_certificate": {"source": "SERVICE_SIGN"}}});
    let server = id(send(client, "POST", &path, server), "vpn_server");
    until(|| send(client, "GET", &path, Value::Null)["vpn_servers"][0]["status"] == "ACTIVE");
    format!("/v5/{{p}}/p2c-vpn-gateways/vpn-servers/{server}")
}

/// Creates the users of these numbers by batches; how long that takes.
fn fill(client: &mut Client, users: &str, from: usize, to: usize) -> Duration {
    let begin = Instant::now();
    for first in (from..to).step_by(BATCH) {
        let batch: Vec<Value> = (first..first + BATCH)
            .map(|n| json!({"name": format!("user{n}"), "password": "Secret-123"}))
            .collect();
        let path = format!("{users}/batch-create");
        let made = send(client, "POST", &path, json!({"users": batch}));
        assert_eq!(made["invalid_users"], json!([]), "{made}");
    }
    begin.elapsed()
}

fn measure(client: &mut Client, users: &str) -> Vec<(&'static str, Duration)> {
    let page = format!("{users}?limit=50");
    let first = send(client, "GET", &page, Value::Null);
    let user = first["users"][0]["id"].as_str().expect("a user").to_owned();
    let one = format!("{users}/{user}");
    let mut time = |what, method: &str, path: &str, body: Value| {
        let begin = Instant::now();
        for _ in 0..SAMPLES {
            send(client, method, path, body.clone());
        }
        (what, begin.elapsed() / SAMPLES)
    };
    vec![
        time("page of 50", "GET", &page, Value::Null),
        time("show", "GET", &one, Value::Null),
        time(
            "change",
            "PUT",
            &one,
            json!({"user": {"description": "changed"}}),
        ),
    ]
}

fn until(mut reached: impl FnMut() -> bool) {
    let begin = Instant::now();
    while !reached() {
        assert!(
            begin.elapsed() < Duration::from_secs(30),
            "it never settles"
        );
    }
}

fn send(client: &mut Client, method: &str, path: &str, body: Value) -> Value {
    let body = Some(body).filter(|body| !body.is_null());
    let got = client.huawei(method, path, body).expect("an answer");
    assert!(got.status < 300, "{method} {path}: {got:?}");
    got.body
}

fn id(body: Value, what: &str) -> String {
    body[what]["id"].as_str().expect("an id").to_owned()
}
