//! Kill -9 under load of both clouds at random moments, many rounds, on both databases: every acknowledged write is
//! there afterwards, nothing is held by nobody or by two, every pending lifecycle completes.
//!
//! `VPCD_KILL_ROUNDS` (default 5, for each database) and `VPCD_KILL_SEED` choose another run.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on panics")]

#[path = "kill/policy.rs"]
mod policy;
#[path = "kill/second.rs"]
mod second;
mod support;

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use serde_json::{Value, json};
use support::{Client, Got, Server, pause};

const WRITERS: usize = 4;

/// What clients were told.
#[derive(Default)]
struct Told {
    /// Path of each resource whose creation was acknowledged, with the address it was given, if any.
    there: BTreeMap<String, Option<String>>,
    /// Paths whose deletion was acknowledged.
    gone: BTreeSet<String>,
    /// Paths whose deletion was asked for and not answered: both outcomes are right.
    unknown: BTreeSet<String>,
    /// First position of each pair of rules that was acknowledged.
    pairs: BTreeSet<u64>,
    /// The last position that was asked for.
    positions: u64,
}

struct Random(u64);

impl Random {
    fn below(&mut self, n: u64) -> u64 {
        self.0 = self
            .0
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % n
    }
}

/// The network and the subnet that all writers share, in each cloud.
#[derive(Clone)]
struct Shared {
    first: (String, String),
    second: (String, String),
}

#[test]
fn nothing_acknowledged_is_lost() {
    support::on_sqlite(play);
}

#[test]
fn nothing_acknowledged_is_lost_on_postgres() {
    support::on_postgres("killed", play);
}

fn play(args: &[&str], folder: &Path) {
    let number = |name: &str, default| {
        std::env::var(name)
            .ok()
            .and_then(|text| text.parse().ok())
            .unwrap_or(default)
    };
    let (rounds, seed) = (number("VPCD_KILL_ROUNDS", 5), number("VPCD_KILL_SEED", 1));
    let told = Arc::new(Mutex::new(Told::default()));
    let mut random = Random(seed);
    let mut server = Server::start(args, folder);
    lift_quotas(&mut server.client());
    switch_on_ipv6(&mut server.client());
    let shared = Shared {
        first: prepare(&mut server.client(), &told),
        second: second::prepare(&mut server.client(), &told),
    };
    for round in 0..rounds {
        let writers: Vec<_> = (0..WRITERS)
            .map(|writer| {
                let (client, told, shared) = (server.client(), told.clone(), shared.clone());
                let seed = random.below(u64::MAX >> 1) + writer as u64;
                std::thread::spawn(move || write_until_cut(client, &told, &shared, seed))
            })
            .collect();
        pause(100 + random.below(500));
        server.kill();
        writers
            .into_iter()
            .for_each(|writer| writer.join().unwrap());
        server = Server::start(args, folder);
        check(&mut server.client(), &told.lock().unwrap(), &shared, round);
    }
    assert!(
        told.lock().unwrap().there.len() > 20,
        "the load was too light to prove anything"
    );
    let ended = server.terminate();
    assert!(
        ended.success(),
        "SIGTERM drains and exits with 0, not {ended}"
    );
}

fn lift_quotas(client: &mut Client) {
    for name in [
        "vpc",
        "subnet",
        "publicIp",
        "vpn_gateway",
        "customer_gateway",
        "natGateway",
        "vpcPeer",
        "vpcSecurityGroup",
        "interface",
        "interface_address",
        "aclRule",
    ] {
        let got = client.admin(
            "PUT",
            &format!("/admin/v1/quotas/*/{name}"),
            Some(json!({"limit": 1_000_000})),
        );
        assert_eq!(got.unwrap().status, 200, "{name}");
    }
}

fn switch_on_ipv6(client: &mut Client) {
    let body = json!({"scope": format!("project/{}", client.project()), "value": true});
    let got = client.admin("PUT", "/admin/v1/conditions/feature.ipv6", Some(body));
    assert_eq!(got.unwrap().status, 200);
}

/// A network and a subnet that all writers share.
fn prepare(client: &mut Client, told: &Mutex<Told>) -> (String, String) {
    let vpc = create(
        client,
        told,
        "/v1/{p}/vpcs",
        "vpc",
        json!({"vpc": {"name": "shared", "cidr": "10.0.0.0/8"}}),
    );
    let vpc = vpc.unwrap();
    let subnet = json!({"subnet": {"name": "s", "cidr": "10.0.0.0/16", "gateway_ip": "10.0.0.1", "vpc_id": vpc}});
    let subnet = create(client, told, "/v1/{p}/subnets", "subnet", subnet).unwrap();
    (vpc, subnet)
}

/// Creates; records what was acknowledged; `None` once the connection is cut.
fn create(
    client: &mut Client,
    told: &Mutex<Told>,
    path: &str,
    kind: &str,
    body: Value,
) -> Option<String> {
    let got = client.huawei("POST", path, Some(body))?;
    assert!(got.status < 300, "{path}: {got:?}");
    let it = &got.body[kind];
    let id = it["id"].as_str().unwrap().to_owned();
    let address = it["public_ip_address"]
        .as_str()
        .or(it["fixed_ips"][0]["ip_address"].as_str());
    told.lock()
        .unwrap()
        .there
        .insert(format!("{path}/{id}"), address.map(str::to_owned));
    Some(id)
}

fn write_until_cut(mut client: Client, told: &Mutex<Told>, shared: &Shared, seed: u64) {
    let mut random = Random(seed);
    let (mut mine, mut beside): (Vec<String>, Vec<String>) = Default::default();
    loop {
        let done = match random.below(12) {
            0 => {
                let name = format!("v{seed}-{}", random.below(1 << 30));
                let body = json!({"vpc": {"name": name, "cidr": "192.168.0.0/16"}});
                create(&mut client, told, "/v1/{p}/vpcs", "vpc", body)
                    .map(|id| mine.push(format!("/v1/{{p}}/vpcs/{id}")))
            }
            1 | 2 => {
                let body = json!({"port": {"network_id": shared.first.1}});
                let id = create(&mut client, told, "/v1/{p}/ports", "port", body);
                id.map(|id| mine.push(format!("/v1/{{p}}/ports/{id}")))
            }
            3 => {
                let body = json!({"publicip": {"type": "5_bgp"},
                    "bandwidth": {"name": "b", "size": 5, "share_type": "PER"}});
                let id = create(&mut client, told, "/v1/{p}/publicips", "publicip", body);
                id.map(|id| mine.push(format!("/v1/{{p}}/publicips/{id}")))
            }
            4 => gateway(&mut client, told, &shared.first, &mut random).map(|id| {
                mine.push(format!("/v5/{{p}}/vpn-gateways/{id}"));
            }),
            5 if mine.is_empty() => Some(()),
            5 => {
                let at = random.below(mine.len() as u64);
                remove(
                    &mut client,
                    told,
                    mine.swap_remove(usize::try_from(at).unwrap()),
                )
            }
            _ => second::step(&mut client, told, &shared.second, &mut beside, &mut random),
        };
        if done.is_none() {
            return;
        }
    }
}

fn gateway(
    client: &mut Client,
    told: &Mutex<Told>,
    shared: &(String, String),
    random: &mut Random,
) -> Option<String> {
    let eip = json!({"type": "5_bgp", "bandwidth_size": 10, "bandwidth_name": "g", "charge_mode": "bandwidth"});
    let body = json!({"vpn_gateway": {
        "name": format!("g{}", random.below(1 << 30)), "vpc_id": shared.0, "connect_subnet": shared.1,
        "local_subnets": ["10.0.0.0/16"], "eip1": eip, "eip2": eip,
    }});
    create(client, told, "/v5/{p}/vpn-gateways", "vpn_gateway", body)
}

fn remove(client: &mut Client, told: &Mutex<Told>, path: String) -> Option<()> {
    told.lock().unwrap().unknown.insert(path.clone());
    let got = call(client, "DELETE", &path)?;
    let mut told = told.lock().unwrap();
    told.unknown.remove(&path);
    match got.status {
        200 | 204 => {
            told.gone.insert(path);
        }
        // A gateway that is still being created cannot go yet; it stays.
        400 | 403 | 409 => {}
        _ => panic!("DELETE {path}: {got:?}"),
    }
    Some(())
}

/// A call without a body, of the cloud whose path it is.
fn call(client: &mut Client, method: &str, path: &str) -> Option<Got> {
    match path.contains("{p}") {
        true => client.huawei(method, path, None),
        false => client.baidu(method, &policy::asked(method, path), None),
    }
}

fn check(client: &mut Client, told: &Told, shared: &Shared, round: u64) {
    converge(client);
    let mut public: BTreeMap<String, String> = BTreeMap::new();
    for (path, address) in &told.there {
        let got = call(client, "GET", path).unwrap();
        if told.gone.contains(path) {
            // The other cloud's word for an interface that is not there is a bad request.
            let gone = got.status == 404
                || got.status == 400 && path.starts_with("/v1/eni/")
                || policy::is_listed(path, &got) == Some(false);
            assert!(
                gone,
                "round {round}: {path} was deleted, says an answer: {got:?}"
            );
            continue;
        }
        let absent =
            matches!(got.status, 400 | 404) || policy::is_listed(path, &got) == Some(false);
        let either = told.unknown.contains(path) && absent;
        let there = match path.contains("{p}") {
            true => got.status == 200,
            false => second::is_there(path, &got, round),
        };
        assert!(
            there || either,
            "round {round}: {path} was acknowledged and is lost: {got:?}"
        );
        if let Some(address) = address
            .as_ref()
            .filter(|_| there && (path.contains("publicips") || path.contains("eip?")))
        {
            let twice = public.insert(address.clone(), path.clone());
            assert_eq!(twice, None, "round {round}: {address} is held twice");
        }
        if path.contains("vpn-gateways") && got.status == 200 {
            assert_eq!(
                got.body["vpn_gateway"]["status"], "ACTIVE",
                "round {round}: {path} never completed"
            );
        }
    }
    addresses_add_up(client, &shared.first, round);
    second::addresses_add_up(client, &shared.second, round);
    policy::pairs_are_whole(client, told, &shared.second.1, round);
    second::hangs_together(client, round);
}

/// Waits until the reconciler has nothing left to do.
fn converge(client: &mut Client) {
    let deadline = Instant::now() + Duration::from_secs(30);
    loop {
        let got = client.admin("GET", "/admin/v1/targets", None).unwrap();
        if got.body["targets"].as_array().is_some_and(Vec::is_empty) {
            return;
        }
        assert!(
            Instant::now() < deadline,
            "targets stay dirty: {}",
            got.body
        );
        pause(20);
    }
}

/// Every address of the shared subnet is either free or held by exactly one port.
fn addresses_add_up(client: &mut Client, shared: &(String, String), round: u64) {
    let subnet = client
        .huawei("GET", &format!("/v1/{{p}}/subnets/{}", shared.1), None)
        .unwrap();
    let free = subnet.body["subnet"]["available_ip_address_count"]
        .as_u64()
        .unwrap();
    let mut held = BTreeSet::new();
    let mut marker = String::new();
    loop {
        let path = format!("/v1/{{p}}/ports?network_id={}&limit=1000{marker}", shared.1);
        let page = client.huawei("GET", &path, None).unwrap();
        let ports = page.body["ports"].as_array().unwrap().clone();
        for port in &ports {
            let address = port["fixed_ips"][0]["ip_address"]
                .as_str()
                .unwrap()
                .to_owned();
            assert!(
                held.insert(address.clone()),
                "round {round}: {address} is held by two ports"
            );
        }
        match ports.last() {
            Some(last) if ports.len() == 1000 => {
                marker = format!("&marker={}", last["id"].as_str().unwrap())
            }
            _ => break,
        }
    }
    // 65536 less the network address and three at the top; the gateway's and the DHCP port stand on kept addresses.
    let usable = 65_536 - 5;
    assert_eq!(
        free + held.len() as u64 - 2,
        usable,
        "round {round}: an address is held by nobody"
    );
}
