//! Sixty-four clients at once, as `terraform apply -parallelism=64` is, on both databases: what each was told of a
//! quota, of single addresses and of a pool must be what one caller after another could have been told.
//!
//! `VPCD_HISTORY_SECONDS` (default 5, for each database) makes another run.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on panics")]

mod support;

use std::collections::BTreeMap;
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
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Contest {
    Quota,
    Address(u8),
    Pool,
}

#[test]
fn sqlite() {
    support::on_sqlite(play);
}

#[test]
fn postgres() {
    support::on_postgres("history", play);
}

fn play(args: &[&str], folder: &Path) {
    let server = Server::start(args, folder);
    let subnet = prepare(&mut server.client());
    let seconds = std::env::var("VPCD_HISTORY_SECONDS").ok();
    let seconds = seconds.and_then(|text| text.parse().ok()).unwrap_or(5);
    let begin = Instant::now();
    let end = begin + Duration::from_secs(seconds);
    let mut clients: Vec<Client> = (0..64).map(|_| server.client()).collect();
    let mut seen: BTreeMap<Contest, (usize, usize)> = BTreeMap::new();
    while Instant::now() < end {
        for (contest, calls) in round(&mut clients, &subnet, begin) {
            let refused = calls.iter().filter(|it| matches!(it.op, Op::Refused));
            let sums = seen.entry(contest).or_default();
            *sums = (sums.0 + calls.len(), sums.1 + refused.count());
            // Whoever took one gave it back, so each round begins with nothing held.
            let limit = contest.limit();
            let explained = explains(&calls, BTreeMap::new(), |held, op| step(held, op, limit));
            assert!(explained, "{contest:?}: no order explains {calls:#?}");
        }
    }
    println!("calls, of which refused: {seen:?}");
    for (contest, (calls, refused)) in seen {
        assert!(
            refused > 0 && refused < calls,
            "{contest:?}: nobody had to yield"
        );
    }
}

/// A fifth of a second of everybody's calls, by what they were about.
fn round(clients: &mut [Client], subnet: &str, begin: Instant) -> BTreeMap<Contest, Vec<Call<Op>>> {
    let end = Instant::now() + Duration::from_millis(200);
    let mut histories: BTreeMap<Contest, Vec<Call<Op>>> = BTreeMap::new();
    std::thread::scope(|scope| {
        let racers: Vec<_> = clients
            .iter_mut()
            .enumerate()
            .map(|(n, client)| {
                let contest = Contest::of(n);
                let race = scope.spawn(move || {
                    let mut calls = Vec::new();
                    while Instant::now() < end {
                        turn(client, contest, subnet, begin, &mut calls);
                    }
                    calls
                });
                (contest, race)
            })
            .collect();
        for (contest, race) in racers {
            let calls = race.join().unwrap();
            histories.entry(contest).or_default().extend(calls);
        }
    });
    histories
}

impl Contest {
    /// What a client fights for, by its number.
    fn of(client: usize) -> Contest {
        match client % 8 {
            0..=2 => Contest::Quota,
            3 => Contest::Address(10),
            4 => Contest::Address(11),
            _ => Contest::Pool,
        }
    }

    /// How many there are.
    fn limit(self) -> usize {
        match self {
            Contest::Quota => NETWORKS - 1,
            Contest::Address(_) => 1,
            Contest::Pool => POOL,
        }
    }
}

/// The sequential rule of all three: at most `limit` are held; what has a name is held once.
fn step(held: &BTreeMap<String, usize>, op: &Op, limit: usize) -> Option<BTreeMap<String, usize>> {
    let mut next = held.clone();
    let full = held.values().sum::<usize>() == limit;
    let possible = match op {
        Op::Took(name) => {
            *next.entry(name.clone()).or_default() += 1;
            !full && (name.is_empty() || !held.contains_key(name))
        }
        Op::Refused => full,
        Op::Gave(name) => match next.remove(name) {
            Some(1) => true,
            Some(n) => next.insert(name.clone(), n - 1).is_none(),
            None => false,
        },
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
        // One network is as good as another: only their number counts.
        Contest::Quota => String::new(),
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
