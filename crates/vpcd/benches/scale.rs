//! What a create, a show, a page and a delete cost with few and with many stored: each kind is filled to 10, 100,
//! 1,000, … and measured at each level over HTTP, on a durable database. A cost that does not grow keeps its ratio to
//! the first level: `cargo bench -p vpcd --bench scale [-- LARGEST [KIND]]`.

#![expect(clippy::expect_used, reason = "a benchmark that cannot go on panics")]

#[path = "../tests/support/mod.rs"]
mod support;

use std::sync::Mutex;
use std::time::Instant;

use serde_json::{Value, json};
use support::{Client, Server};

/// Clients that fill a level together.
const FILLERS: usize = 16;
/// Calls of each sort at each level.
const SAMPLES: usize = 200;

/// A kind of resource: how one is made, and where it is found.
struct Kind {
    name: &'static str,
    collection: &'static str,
    singular: &'static str,
    body: fn(usize, &Place) -> Value,
    /// Path of one, for a delete.
    delete: fn(&str, &Place) -> String,
}

/// Where the others live.
struct Place {
    vpc: String,
    subnet: String,
    group: String,
}

const KINDS: [Kind; 5] = [
    Kind {
        name: "network",
        collection: "/v1/{p}/vpcs",
        singular: "vpc",
        body: |n, _| json!({"vpc": {"name": format!("n{n}"), "cidr": "10.0.0.0/8"}}),
        delete: |id, _| format!("/v1/{{p}}/vpcs/{id}"),
    },
    Kind {
        name: "subnet",
        collection: "/v1/{p}/subnets",
        singular: "subnet",
        body: |n, place| {
            let (a, b, c) = (128 + n / 4096, n / 16 % 256, n % 16 * 16);
            json!({"subnet": {"name": "s", "vpc_id": place.vpc, "cidr": format!("10.{a}.{b}.{c}/28"),
                "gateway_ip": format!("10.{a}.{b}.{}", c + 1)}})
        },
        delete: |id, place| format!("/v1/{{p}}/vpcs/{}/subnets/{id}", place.vpc),
    },
    Kind {
        name: "port",
        collection: "/v1/{p}/ports",
        singular: "port",
        body: |_, place| json!({"port": {"network_id": place.subnet}}),
        delete: |id, _| format!("/v1/{{p}}/ports/{id}"),
    },
    Kind {
        name: "public address",
        collection: "/v1/{p}/publicips",
        singular: "publicip",
        body: |_, _| json!({"publicip": {"type": "5_bgp"}, "bandwidth": {"name": "b", "size": 5, "share_type": "PER"}}),
        delete: |id, _| format!("/v1/{{p}}/publicips/{id}"),
    },
    Kind {
        name: "security rule",
        collection: "/v1/{p}/security-group-rules",
        singular: "security_group_rule",
        body: |n, place| {
            let (a, b, c) = (n >> 16 & 255, n >> 8 & 255, n & 255);
            json!({"security_group_rule": {"security_group_id": place.group, "direction": "ingress",
                "protocol": "tcp", "remote_ip_prefix": format!("100.{a}.{b}.{c}/32")}})
        },
        delete: |id, _| format!("/v1/{{p}}/security-group-rules/{id}"),
    },
];

fn main() {
    let words: Vec<String> = std::env::args()
        .skip(1)
        .filter(|it| it != "--bench")
        .collect();
    let largest = words
        .iter()
        .find_map(|it| it.parse().ok())
        .unwrap_or(100_000);
    let folder = std::env::temp_dir().join(format!("vpcd-scale-{}", std::process::id()));
    for kind in KINDS.iter().filter(|kind| {
        let named = words.iter().filter(|it| it.parse::<usize>().is_err());
        let named: Vec<_> = named.collect();
        named.is_empty() || named.iter().any(|it| kind.name.contains(it.as_str()))
    }) {
        let data = folder.join("data");
        std::fs::create_dir_all(&data).expect("a temporary folder");
        let server = Server::start(&["--data", &data.display().to_string()], &folder);
        measure(kind, &server, largest);
        drop(server);
        std::fs::remove_dir_all(&folder).expect("a temporary folder");
    }
}

/// Fills level after level and prints what the four calls cost at each.
fn measure(kind: &Kind, server: &Server, largest: usize) {
    let place = prepare(&mut server.client());
    println!("{}: calls per second (ratio to the first level)", kind.name);
    println!(
        "{:>9} {:>16} {:>16} {:>16} {:>16}",
        "stored", "create", "show", "page of 20", "delete"
    );
    let ids = Mutex::new(Vec::new());
    let mut next = 0;
    let mut first: Option<[f64; 4]> = None;
    let mut level = 10;
    while level <= largest {
        let stored = ids.lock().expect("no panic").len();
        fill(kind, server, &place, next..next + level - stored, &ids);
        next += level - stored;
        let rates = sample(
            kind,
            &mut server.client(),
            &place,
            next,
            &ids.lock().expect("no panic"),
        );
        next += SAMPLES;
        let base = *first.get_or_insert(rates);
        let shown = rates
            .iter()
            .zip(base)
            .map(|(rate, base)| format!("{rate:>8.0} ({:.2})", rate / base));
        let shown: Vec<String> = shown.map(|it| format!("{it:>16}")).collect();
        println!("{level:>9} {}", shown.join(" "));
        level *= 10;
    }
}

/// A network, a subnet of 64k addresses and a security group; no quota stands in the way.
fn prepare(client: &mut Client) -> Place {
    for name in ["vpc", "subnet", "publicIp", "securityGroupRule"] {
        let unlimited = Some(json!({"limit": 10_000_000}));
        let path = format!("/admin/v1/quotas/*/{name}");
        client.admin("PUT", &path, unlimited).expect("an answer");
    }
    let pool = Some(json!({"cidrs": ["100.64.0.0/12"]}));
    client
        .admin("PUT", "/admin/v1/pools/5_bgp", pool)
        .expect("an answer");
    let vpc = json!({"vpc": {"name": "place", "cidr": "10.0.0.0/8"}});
    let vpc = make(client, "/v1/{p}/vpcs", "vpc", vpc);
    let subnet = json!({"subnet": {"name": "s", "vpc_id": vpc, "cidr": "10.0.0.0/14", "gateway_ip": "10.0.0.1"}});
    let subnet = make(client, "/v1/{p}/subnets", "subnet", subnet);
    let group = json!({"security_group": {"name": "g"}});
    let group = make(client, "/v1/{p}/security-groups", "security_group", group);
    Place { vpc, subnet, group }
}

fn make(client: &mut Client, path: &str, singular: &str, body: Value) -> String {
    let got = client.huawei("POST", path, Some(body)).expect("an answer");
    let id = got.body[singular]["id"].as_str();
    id.unwrap_or_else(|| panic!("{got:?}")).to_owned()
}

fn fill(
    kind: &Kind,
    server: &Server,
    place: &Place,
    numbers: std::ops::Range<usize>,
    ids: &Mutex<Vec<String>>,
) {
    std::thread::scope(|scope| {
        for filler in 0..FILLERS {
            let mut client = server.client();
            let numbers = numbers.clone().skip(filler).step_by(FILLERS);
            scope.spawn(move || {
                for n in numbers {
                    let body = (kind.body)(n, place);
                    let id = make(&mut client, kind.collection, kind.singular, body);
                    ids.lock().expect("no panic").push(id);
                }
            });
        }
    });
}

/// Creates, shows, pages and deletes per second by one client, with `ids` stored.
fn sample(
    kind: &Kind,
    client: &mut Client,
    place: &Place,
    next: usize,
    ids: &[String],
) -> [f64; 4] {
    let mut made = Vec::new();
    let create = rate(|n| {
        let body = (kind.body)(next + n, place);
        made.push(make(client, kind.collection, kind.singular, body));
    });
    let some = |n: usize| &ids[n * 7919 % ids.len()];
    let show = rate(|n| expect(client, "GET", &format!("{}/{}", kind.collection, some(n))));
    let page = rate(|n| {
        let path = format!("{}?limit=20&marker={}", kind.collection, some(n));
        expect(client, "GET", &path);
    });
    let delete = rate(|n| expect(client, "DELETE", &(kind.delete)(&made[n], place)));
    [create, show, page, delete]
}

fn expect(client: &mut Client, method: &str, path: &str) {
    let got = client.huawei(method, path, None).expect("an answer");
    assert!(got.status < 300, "{method} {path}: {got:?}");
}

fn rate(mut call: impl FnMut(usize)) -> f64 {
    let begin = Instant::now();
    (0..SAMPLES).for_each(&mut call);
    SAMPLES as f64 / begin.elapsed().as_secs_f64()
}
