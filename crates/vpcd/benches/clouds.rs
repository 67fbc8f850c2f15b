//! The same operations through both clouds, against one running server: what Baidu's words cost beside Huawei's.
//! Calls alternate, so that whatever else the machine does meets both; read the ratios:
//! `cargo bench -p vpcd --bench clouds`. A number is how many networks and subnets are stored meanwhile.

#![expect(clippy::expect_used, reason = "a benchmark that cannot go on panics")]

#[path = "../tests/support/mod.rs"]
mod support;

use std::time::{Duration, Instant};

use serde_json::{Value, json};
use support::{Client, Server};

const SAMPLES: usize = 300;

/// One cloud's words for a resource.
struct Words {
    call: fn(&mut Client, &str, &str, Option<Value>) -> Option<support::Got>,
    collection: &'static str,
    /// How one is shown, behind which the id stands.
    show: &'static str,
    /// Twenty of them, those after `{id}` where a marker is an id.
    page: &'static str,
    /// Where a created one's id stands in the answer.
    id: &'static str,
    body: fn(usize, &str) -> Value,
    /// How it is deleted, below which path; `{v}` is the network.
    delete: &'static str,
}

/// One resource in both clouds' words.
struct Pair {
    what: &'static str,
    huawei: Words,
    baidu: Words,
}

const PAIRS: [Pair; 3] = [
    Pair {
        what: "vpc",
        huawei: Words {
            call: Client::huawei,
            collection: "/v1/{p}/vpcs",
            show: "/v1/{p}/vpcs/",
            page: "/v1/{p}/vpcs?limit=20&marker={id}",
            id: "/vpc/id",
            body: |n, _| json!({"vpc": {"name": format!("h{n}"), "cidr": "10.0.0.0/16"}}),
            delete: "/v1/{p}/vpcs",
        },
        baidu: Words {
            call: Client::baidu,
            collection: "/v1/vpc",
            show: "/v1/vpc/",
            page: "/v1/vpc?maxKeys=20&marker={id}",
            id: "/vpcId",
            body: |n, _| json!({"name": format!("b{n}"), "cidr": "10.0.0.0/16"}),
            delete: "/v1/vpc",
        },
    },
    Pair {
        what: "subnet",
        huawei: Words {
            call: Client::huawei,
            collection: "/v1/{p}/subnets",
            show: "/v1/{p}/subnets/",
            page: "/v1/{p}/subnets?limit=20&marker={id}",
            id: "/subnet/id",
            body: |n, vpc| {
                let block = block(n);
                let gateway = block.replace(".0/28", ".1");
                json!({"subnet": {"name": format!("h{n}"), "vpc_id": vpc, "cidr": block, "gateway_ip": gateway}})
            },
            delete: "/v1/{p}/vpcs/{v}/subnets",
        },
        baidu: Words {
            call: Client::baidu,
            collection: "/v1/subnet",
            show: "/v1/subnet/",
            page: "/v1/subnet?maxKeys=20&marker={id}",
            id: "/subnetId",
            body: |n, vpc| json!({"name": format!("b{n}"), "zoneName": "cn-bj-a", "cidr": block(n), "vpcId": vpc}),
            delete: "/v1/subnet",
        },
    },
    Pair {
        what: "eip",
        huawei: Words {
            call: Client::huawei,
            collection: "/v1/{p}/publicips",
            show: "/v1/{p}/publicips/",
            page: "/v1/{p}/publicips?limit=20",
            id: "/publicip/id",
            body: |_, _| json!({"publicip": {"type": "5_bgp"}, "bandwidth": {"name": "bench", "size": 5, "share_type": "PER"}}),
            delete: "/v1/{p}/publicips",
        },
        baidu: Words {
            call: Client::baidu,
            collection: "/v1/eip",
            show: "/v1/eip?eip=",
            page: "/v1/eip?maxKeys=20",
            id: "/eip",
            body: |_, _| json!({"bandwidthInMbps": 5}),
            delete: "/v1/eip",
        },
    },
];

/// The n-th block of a subnet; one per third octet keeps the gateway's address plain.
fn block(n: usize) -> String {
    format!("10.{}.{}.0/28", n / 256, n % 256)
}

fn main() {
    let stored: usize = std::env::args()
        .filter_map(|word| word.parse().ok())
        .next()
        .unwrap_or(1_000);
    let folder = std::env::temp_dir().join(format!("vpcd-clouds-{}", std::process::id()));
    let data = folder.join("data");
    std::fs::create_dir_all(&data).expect("a temporary folder");
    let server = Server::start(&["--data", &data.display().to_string()], &folder);
    let mut client = server.client();
    for quota in ["vpc", "subnet", "publicIp", "securityGroup"] {
        let unlimited = Some(json!({"limit": 100_000_000}));
        let path = format!("/admin/v1/quotas/*/{quota}");
        client.admin("PUT", &path, unlimited).expect("an answer");
    }
    // Through either cloud it is one network: each names it in its own way.
    let place = json!({"vpc": {"name": "place", "cidr": "10.0.0.0/8"}});
    let got = client.huawei("POST", "/v1/{p}/vpcs", Some(place));
    let huawei = text(&got.expect("an answer").body, "/vpc/id");
    let got = client.baidu("GET", "/v1/vpc", None).expect("an answer");
    let baidu = text(&got.body, "/vpcs/0/vpcId");
    println!("requests per second of one client, {stored} stored: Huawei, Baidu, Baidu / Huawei");
    for pair in &PAIRS {
        measure(pair, &mut client, [&huawei, &baidu], stored);
    }
    with_group(&mut client);
    let _ = std::fs::remove_dir_all(&folder);
}

/// Fills, then measures creates, shows, pages and deletes of both clouds in turn.
fn measure(pair: &Pair, client: &mut Client, places: [&str; 2], stored: usize) {
    let sides = [&pair.huawei, &pair.baidu];
    let mut made: [Vec<String>; 2] = [Vec::new(), Vec::new()];
    for n in 0..stored {
        let side = n % 2;
        made[side].push(create(sides[side], client, n, places[side]));
    }
    let mut fresh: [Vec<String>; 2] = [Vec::new(), Vec::new()];
    report(pair.what, "create", |n, side| {
        let number = stored + 2 * n + side;
        fresh[side].push(create(sides[side], client, number, places[side]));
    });
    report(pair.what, "show", |n, side| {
        let id = &made[side][n * 7919 % made[side].len()];
        let path = format!("{}{id}", sides[side].show);
        expect(sides[side], client, "GET", &path);
    });
    report(pair.what, "page of 20", |n, side| {
        let id = &made[side][n * 7919 % made[side].len()];
        let path = sides[side].page.replace("{id}", id);
        expect(sides[side], client, "GET", &path);
    });
    report(pair.what, "delete", |n, side| {
        let folder = sides[side].delete.replace("{v}", places[side]);
        expect(
            sides[side],
            client,
            "DELETE",
            &format!("{folder}/{}", fresh[side][n]),
        );
    });
}

/// A VPC of Baidu's comes with a security group of its own and four rules, which Huawei's has to be asked for: the same
/// things in two calls there, in one here.
fn with_group(client: &mut Client) {
    let [huawei, baidu] = [&PAIRS[0].huawei, &PAIRS[0].baidu];
    report("vpc and group", "create", |n, side| {
        create([huawei, baidu][side], client, 1_000_000 + n, "");
        if side == 0 {
            let group = json!({"security_group": {"name": format!("g{n}")}});
            let got = client.huawei("POST", "/v1/{p}/security-groups", Some(group));
            assert!(got.expect("an answer").status < 300);
        }
    });
}

/// Calls each side in turn, and prints both rates and their ratio.
fn report(what: &str, operation: &str, mut call: impl FnMut(usize, usize)) {
    let mut spent = [Duration::ZERO; 2];
    for n in 0..SAMPLES {
        for (side, spent) in spent.iter_mut().enumerate() {
            let begin = Instant::now();
            call(n, side);
            *spent += begin.elapsed();
        }
    }
    let [huawei, baidu] = spent.map(|spent| SAMPLES as f64 / spent.as_secs_f64());
    println!(
        "{what} {operation}: {huawei:.0}/s, {baidu:.0}/s, ratio {:.2}",
        baidu / huawei
    );
}

fn create(words: &Words, client: &mut Client, n: usize, place: &str) -> String {
    let got = (words.call)(
        client,
        "POST",
        words.collection,
        Some((words.body)(n, place)),
    );
    let got = got.expect("an answer");
    assert!(got.status < 300, "POST {}: {got:?}", words.collection);
    text(&got.body, words.id)
}

fn expect(words: &Words, client: &mut Client, method: &str, path: &str) {
    let got = (words.call)(client, method, path, None).expect("an answer");
    assert!(got.status < 300, "{method} {path}: {got:?}");
}

fn text(body: &Value, pointer: &str) -> String {
    let found = body.pointer(pointer).and_then(Value::as_str);
    found.unwrap_or_else(|| panic!("{body}")).to_owned()
}
