//! Sixty-four clients at once, as `terraform apply -parallelism=64` is, on both databases: what each was told of a
//! quota, of single addresses and of a pool must be what one caller after another could have been told.
//!
//! `VPCD_HISTORY_SECONDS` (default 5, for each database) makes another run.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on panics")]

mod support;

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::time::{Duration, Instant};

use serde_json::json;
use support::linear::{Call, explains};
use support::{Client, Got, Server};

/// Networks that the project may have; two are there from the start.
const NETWORKS: usize = 8;
/// Addresses of the pool that can be handed out.
const POOL: usize = 6;

/// What one call asked for and was told.
#[derive(Clone, Debug)]
enum Op {
    /// One was made; its name, where it has one.
    Took(String),
    /// None was left, or it was taken.
    Refused,
    /// One was given back.
    Gave(String),
}

/// A thing that clients fight for, and how its answers read.
#[derive(Clone, Copy)]
enum Contest {
    Quota,
    Address(u8),
    Pool,
}

#[test]
fn sqlite() {
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path().join("data");
    play(&["--data", data.to_str().unwrap()], folder.path());
}

#[test]
fn postgres() {
    let folder = tempfile::tempdir().unwrap();
    let Some(url) = support::fresh_database("history") else {
        return;
    };
    let key = folder.path().join("key");
    play(
        &["--database", &url, "--key-file", key.to_str().unwrap()],
        folder.path(),
    );
}

fn play(args: &[&str], folder: &Path) {
    let server = Server::start(args, folder);
    let subnet = prepare(&mut server.client());
    let begin = Instant::now();
    let seconds = std::env::var("VPCD_HISTORY_SECONDS").ok();
    let seconds = seconds.and_then(|text| text.parse().ok()).unwrap_or(5);
    let end = begin + Duration::from_secs(seconds);
    let contests = |n: usize| match n % 8 {
        0..=2 => Contest::Quota,
        3 => Contest::Address(10),
        4 => Contest::Address(11),
        _ => Contest::Pool,
    };
    let racers: Vec<_> = (0..64)
        .map(|n| {
            let (mut client, subnet) = (server.client(), subnet.clone());
            let contest = contests(n);
            std::thread::spawn(move || {
                let mut calls = Vec::new();
                while Instant::now() < end {
                    turn(&mut client, contest, &subnet, begin, &mut calls);
                }
                (contest, calls)
            })
        })
        .collect();
    let mut histories: BTreeMap<&str, Vec<Call<Op>>> = BTreeMap::new();
    for racer in racers {
        let (contest, calls) = racer.join().unwrap();
        let name = match contest {
            Contest::Quota => "quota",
            Contest::Address(10) => "address 10",
            Contest::Address(_) => "address 11",
            Contest::Pool => "pool",
        };
        histories.entry(name).or_default().extend(calls);
    }
    for (name, calls) in histories {
        let refused = calls.iter().filter(|it| matches!(it.op, Op::Refused));
        let (all, refused) = (calls.len(), refused.count());
        println!("{name}: {all} calls, {refused} refused");
        assert!(refused > 0 && refused < all, "{name}: nobody had to yield");
        let limit = match name {
            "quota" => NETWORKS - 1,
            "pool" => POOL,
            _ => 1,
        };
        let explained = explains(&calls, BTreeSet::new(), |held, op| step(held, op, limit));
        assert!(explained, "{name}: no order explains what was told");
    }
}

/// The sequential rule of all three: at most `limit` are held, each by one.
fn step(held: &BTreeSet<String>, op: &Op, limit: usize) -> Option<BTreeSet<String>> {
    let mut next = held.clone();
    let possible = match op {
        Op::Took(name) => held.len() < limit && next.insert(name.clone()),
        Op::Refused => held.len() == limit,
        Op::Gave(name) => next.remove(name),
    };
    possible.then_some(next)
}

/// A subnet to take addresses from, a quota that is soon used up, and a pool of few addresses.
fn prepare(client: &mut Client) -> String {
    let body = json!({"vpc": {"name": "base", "cidr": "10.0.0.0/16"}});
    let vpc = id(
        &client.huawei("POST", "/v1/{p}/vpcs", Some(body)).unwrap(),
        "vpc",
    );
    let body = json!({"subnet": {"name": "s", "vpc_id": vpc, "cidr": "10.0.1.0/24", "gateway_ip": "10.0.1.1"}});
    let subnet = client
        .huawei("POST", "/v1/{p}/subnets", Some(body))
        .unwrap();
    for (name, limit) in [("vpc", NETWORKS), ("publicIp", 1_000)] {
        let path = format!("/admin/v1/quotas/*/{name}");
        client
            .admin("PUT", &path, Some(json!({"limit": limit})))
            .unwrap();
    }
    // A /29 without its two ends.
    let pool = Some(json!({"cidrs": ["100.127.0.8/29"]}));
    assert_eq!(
        client
            .admin("PUT", "/admin/v1/pools/5_bgp", pool)
            .unwrap()
            .status,
        200
    );
    id(&subnet, "subnet")
}

/// Takes one and, when it got one, gives it back.
fn turn(
    client: &mut Client,
    contest: Contest,
    subnet: &str,
    begin: Instant,
    calls: &mut Vec<Call<Op>>,
) {
    let at = || u64::try_from(begin.elapsed().as_nanos()).unwrap();
    let (collection, kind, refusal, body) = match contest {
        Contest::Quota => (
            "/v1/{p}/vpcs",
            "vpc",
            "409 VPC.0114",
            json!({"vpc": {"name": "", "cidr": "10.0.0.0/16"}}),
        ),
        Contest::Address(last) => (
            "/v1/{p}/ports",
            "port",
            "500 VPC.0701",
            json!({"port": {"network_id": subnet, "fixed_ips": [{"ip_address": format!("10.0.1.{last}")}]}}),
        ),
        Contest::Pool => (
            "/v1/{p}/publicips",
            "publicip",
            "409 VPC.0532",
            json!({"publicip": {"type": "5_bgp"}, "bandwidth": {"name": "b", "size": 5, "share_type": "PER"}}),
        ),
    };
    let sent = at();
    let got = client.huawei("POST", collection, Some(body)).unwrap();
    let outcome = format!(
        "{} {}",
        got.status,
        got.body["code"].as_str().unwrap_or_default()
    );
    if outcome == refusal {
        let op = Op::Refused;
        calls.push(Call {
            begin: sent,
            end: at(),
            op,
        });
        return;
    }
    assert_eq!(got.status, 200, "{collection}: {got:?}");
    let id = id(&got, kind);
    let name = match contest {
        Contest::Quota => id.clone(),
        Contest::Address(last) => last.to_string(),
        Contest::Pool => got.body[kind]["public_ip_address"]
            .as_str()
            .unwrap()
            .to_owned(),
    };
    calls.push(Call {
        begin: sent,
        end: at(),
        op: Op::Took(name.clone()),
    });
    let sent = at();
    let got = client
        .huawei("DELETE", &format!("{collection}/{id}"), None)
        .unwrap();
    assert_eq!(got.status, 204, "{collection}/{id}: {got:?}");
    calls.push(Call {
        begin: sent,
        end: at(),
        op: Op::Gave(name),
    });
}

fn id(got: &Got, kind: &str) -> String {
    let id = got.body[kind]["id"].as_str();
    id.unwrap_or_else(|| panic!("{got:?}")).to_owned()
}
