//! Requests per second of a running server over HTTP: durable creates by one client and by many, shows, pages, with
//! few and with many stored resources. Ratios within one run are what to read: `cargo bench -p vpcd --bench load`.

#![expect(clippy::expect_used, reason = "a benchmark that cannot go on panics")]

#[path = "../tests/support/mod.rs"]
mod support;

use std::time::Instant;

use serde_json::json;
use support::{Client, Server};

const MANY: usize = 32;

fn main() {
    // Cargo passes --bench; anything else is the number of stored networks to compare with.
    let stored: usize = std::env::args()
        .filter_map(|word| word.parse().ok())
        .next()
        .unwrap_or(5_000);
    let folder = std::env::temp_dir().join(format!("vpcd-load-{}", std::process::id()));
    let data = folder.join("data");
    std::fs::create_dir_all(&data).expect("a temporary folder");
    let server = Server::start(&["--data", &data.display().to_string()], &folder);
    let unlimited = Some(json!({"limit": 100_000_000}));
    server
        .client()
        .admin("PUT", "/admin/v1/quotas/*/vpc", unlimited)
        .expect("an answer");

    let one = creates(&server, 1, 200);
    let many = creates(&server, MANY, 3_000);
    println!(
        "durable creates: 1 client {one:.0}/s, {MANY} clients {many:.0}/s, ratio {:.1}",
        many / one
    );
    let few = reads(&server);
    creates(&server, MANY, stored);
    let full = reads(&server);
    for ((what, before), (_, after)) in few.iter().zip(&full) {
        println!(
            "{what}: {before:.0}/s, with {stored} more networks {after:.0}/s, ratio {:.2}",
            after / before
        );
    }
    let _ = std::fs::remove_dir_all(&folder);
}

/// Creates in all by so many clients; per second.
fn creates(server: &Server, clients: usize, count: usize) -> f64 {
    let begin = Instant::now();
    std::thread::scope(|scope| {
        for client in 0..clients {
            let mut connection = server.client();
            scope.spawn(move || {
                for n in 0..count / clients {
                    create(&mut connection, &format!("n{clients}-{count}-{client}-{n}"));
                }
            });
        }
    });
    count as f64 / begin.elapsed().as_secs_f64()
}

fn create(client: &mut Client, name: &str) -> String {
    let body = json!({"vpc": {"name": name, "cidr": "10.0.0.0/8"}});
    let got = client
        .huawei("POST", "/v1/{p}/vpcs", Some(body))
        .expect("an answer");
    got.body["vpc"]["id"]
        .as_str()
        .unwrap_or_else(|| panic!("{got:?}"))
        .to_owned()
}

fn reads(server: &Server) -> Vec<(&'static str, f64)> {
    let mut client = server.client();
    let id = create(
        &mut client,
        &format!("probe-{:?}", Instant::now())
            .replace([' ', '{', '}', ':', ','], "")
            .chars()
            .take(60)
            .collect::<String>(),
    );
    let show = format!("/v1/{{p}}/vpcs/{id}");
    let mut rate = |what: &'static str, method: &str, path: &str| {
        let begin = Instant::now();
        for _ in 0..400 {
            client.huawei(method, path, None).expect("an answer");
        }
        (what, 400.0 / begin.elapsed().as_secs_f64())
    };
    vec![
        rate("show", "GET", &show),
        rate("page of 20", "GET", "/v1/{p}/vpcs?limit=20"),
    ]
}
