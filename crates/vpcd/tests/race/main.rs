//! Sixteen clients that want the same blocks, addresses, ports and gateways at the same time, on both databases: no
//! answer that no rule explains, nothing deleted twice, no address lost, no row without what it hangs on.
//!
//! `VPCD_RACE_SECONDS` (default 6, for each database) and `VPCD_RACE_SEED` choose another run.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on panics")]

mod state;
#[path = "../support/mod.rs"]
mod support;

use std::collections::{BTreeMap, BTreeSet};
use std::io::Write;
use std::path::Path;
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use serde_json::{Value, json};
use state::{State, free_addresses_add_up};
use support::{Client, Got, Server, pause};

const CLIENTS: u64 = 16;
/// How many of a kind there are before one is deleted for each new one: few, so that clients meet.
const CROWD: usize = 8;
/// The first and the last address, the two before the last, and the gateway.
const KEPT: u64 = 5;
/// Addresses of the pool that a new server has, 198.18.0.0/16 without its ends.
const POOL: u64 = 65_534;

#[test]
fn sqlite() {
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path().join("data");
    race(&["--data", data.to_str().unwrap()], folder.path());
}

#[test]
fn postgres() {
    let Ok(server) = std::env::var("VPCD_TEST_POSTGRES") else {
        // The test harness swallows what the macros print.
        let said = "\nSKIPPED: races on PostgreSQL (VPCD_TEST_POSTGRES not set)\n";
        std::io::stderr().write_all(said.as_bytes()).unwrap();
        return;
    };
    let name = format!("race{}", std::process::id());
    let sql = |sql: String| {
        let mut client = postgres::Client::connect(&server, postgres::NoTls).unwrap();
        client.batch_execute(&sql).unwrap();
    };
    sql(format!("CREATE SCHEMA {name}"));
    let and = if server.contains('?') { '&' } else { '?' };
    let url = format!("{server}{and}options=-csearch_path%3D{name}");
    let folder = tempfile::tempdir().unwrap();
    let key = folder.path().join("key");
    race(
        &["--database", &url, "--key-file", key.to_str().unwrap()],
        folder.path(),
    );
    sql(format!("DROP SCHEMA {name} CASCADE"));
}

/// What all clients know.
#[derive(Default)]
struct World {
    /// The network with a subnet for ports and one for gateways, and the network whose blocks are fought over.
    net: String,
    ports: String,
    gateways: String,
    blocks: String,
    /// Paths of what is there as far as anybody was told, by collection.
    there: Mutex<BTreeMap<&'static str, Vec<String>>>,
    /// Paths whose creation, and whose deletion, was acknowledged.
    made: Mutex<BTreeSet<String>>,
    gone: Mutex<BTreeSet<String>>,
    /// How often each outcome was seen.
    seen: Mutex<BTreeMap<String, usize>>,
}

impl World {
    /// Whether of some kind nothing was deleted yet.
    fn is_young(&self) -> bool {
        let gone = self.gone.lock().unwrap();
        ["vpcs", "subnets", "ports", "publicips", "vpn-gateways"]
            .iter()
            .any(|kind| !gone.iter().any(|path| path.contains(kind)))
    }
}

/// One client.
struct Racer {
    client: Client,
    world: Arc<World>,
    random: u64,
}

fn number(name: &str, default: u64) -> u64 {
    let text = std::env::var(name).ok();
    text.and_then(|text| text.parse().ok()).unwrap_or(default)
}

fn race(args: &[&str], folder: &Path) {
    let server = Server::start(args, folder);
    let world = Arc::new(prepare(&mut server.client()));
    let end = Instant::now() + Duration::from_secs(number("VPCD_RACE_SECONDS", 6));
    // On a slow machine it takes longer until enough has happened to prove anything.
    let late = end + Duration::from_secs(10);
    let racers: Vec<_> = (0..CLIENTS)
        .map(|n| {
            let mut racer = Racer {
                client: server.client(),
                world: world.clone(),
                random: number("VPCD_RACE_SEED", 1) * CLIENTS + n,
            };
            std::thread::spawn(move || {
                while Instant::now() < end || Instant::now() < late && racer.world.is_young() {
                    racer.step();
                }
            })
        })
        .collect();
    let cut: Vec<_> = racers.into_iter().map(|it| it.join()).collect();
    println!("{:#?}", world.seen.lock().unwrap());
    assert!(
        cut.iter().all(Result::is_ok),
        "a client met what no rule explains"
    );
    let mut client = server.client();
    converge(&mut client);
    let state = client.admin("GET", "/admin/v1/export", None).unwrap().body;
    let state = State::of(&state);
    state.is_what_was_told(&world);
    state.hangs_together();
    state.holds_each_address_once();
    state.binds_both_ways();
    state.tallies_are_counts();
    free_addresses_add_up(&mut client, &state);
    assert!(!world.is_young(), "too light to prove anything");
}

fn prepare(client: &mut Client) -> World {
    for name in ["vpc", "subnet", "publicIp", "vpn_gateway"] {
        let path = format!("/admin/v1/quotas/*/{name}");
        let got = client.admin("PUT", &path, Some(json!({"limit": 1_000_000})));
        assert_eq!(got.unwrap().status, 200, "{name}");
    }
    let mut vpc = |name: &str, cidr: &str| {
        let body = json!({"vpc": {"name": name, "cidr": cidr}});
        id(
            &client.huawei("POST", "/v1/{p}/vpcs", Some(body)).unwrap(),
            "vpc",
        )
    };
    let (net, blocks) = (vpc("net", "10.0.0.0/16"), vpc("blocks", "10.1.0.0/16"));
    let mut subnet = |third: u8| {
        let body = json!({"subnet": {"name": "s", "vpc_id": net, "cidr": format!("10.0.{third}.0/24"),
            "gateway_ip": format!("10.0.{third}.1")}});
        let got = client
            .huawei("POST", "/v1/{p}/subnets", Some(body))
            .unwrap();
        id(&got, "subnet")
    };
    let (ports, gateways) = (subnet(1), subnet(2));
    let there = ["/v1/{p}/vpcs", "/v1/{p}/subnets"].into_iter();
    let told = [&net, &blocks, &ports, &gateways].into_iter();
    let made = there.flat_map(|at| [at, at]).zip(told);
    World {
        made: Mutex::new(made.map(|(at, id)| format!("{at}/{id}")).collect()),
        net,
        ports,
        gateways,
        blocks,
        ..World::default()
    }
}

fn id(got: &Got, kind: &str) -> String {
    let id = got.body[kind]["id"].as_str();
    id.unwrap_or_else(|| panic!("{got:?}")).to_owned()
}

impl Racer {
    fn below(&mut self, n: u64) -> u64 {
        self.random = self
            .random
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        (self.random >> 33) % n
    }

    fn step(&mut self) {
        match self.below(14) {
            0 => self.vpc(),
            1 | 2 => self.block(),
            3 | 4 => self.subnet_of_a_vpc_that_goes(),
            5 | 6 => self.port(),
            7 | 8 => self.public_ip(),
            9 => self.bind(),
            10 | 11 => self.unbind(),
            _ => self.gateway(),
        }
    }

    fn vpc(&mut self) {
        let at = "/v1/{p}/vpcs";
        match self.doomed(at) {
            // It has gone, or somebody made a subnet in it.
            Some(path) => self.delete(at, &path, &["404 VPC.0101", "409 VPC.0104"]),
            None => {
                let body = json!({"vpc": {"name": "", "cidr": "10.2.0.0/16"}});
                self.create(at, "vpc", body, &[]);
            }
        }
    }

    /// Blocks that overlap: a /24 and whatever larger block it lies in.
    fn block(&mut self) {
        let prefix = 21 + u8::try_from(self.below(4)).unwrap();
        let third = u8::try_from(self.below(16)).unwrap() & (0xff_u8 << (24 - prefix));
        let vpc = self.world.blocks.clone();
        self.subnet(&vpc, &format!("10.1.{third}"), prefix, &["400 VPC.0204"]);
    }

    fn subnet_of_a_vpc_that_goes(&mut self) {
        let Some(vpc) = self.any("/v1/{p}/vpcs") else {
            return;
        };
        let third = self.below(4);
        let refused = ["400 VPC.0204", "404 VPC.0003"];
        self.subnet(last(&vpc), &format!("10.2.{third}"), 24, &refused);
    }

    fn subnet(&mut self, vpc: &str, net: &str, prefix: u8, refused: &[&str]) {
        let at = "/v1/{p}/subnets";
        let Some(path) = self.doomed(at) else {
            let body = json!({"subnet": {"name": "s", "vpc_id": vpc, "cidr": format!("{net}.0/{prefix}"),
                "gateway_ip": format!("{net}.1")}});
            return self.create(at, "subnet", body, refused);
        };
        let gone = ["404 VPC.0202"];
        let shown = self.call("GET", &path, None, &gone);
        if let Some(vpc) = shown.body["subnet"]["vpc_id"].as_str() {
            let under = path.replace("/subnets/", &format!("/vpcs/{vpc}/subnets/"));
            let got = self.call("DELETE", &under, None, &gone);
            self.deleted(at, &path, &got);
        }
    }

    fn port(&mut self) {
        let at = "/v1/{p}/ports";
        if let Some(path) = self.doomed(at) {
            // It has gone, or has a public address.
            return self.delete(at, &path, &["404 VPC.2204", "409 VPC.0707"]);
        }
        let mut body = json!({"port": {"network_id": self.world.ports}});
        if self.below(3) > 0 {
            let address = format!("10.0.1.{}", 10 + self.below(4));
            body["port"]["fixed_ips"] = json!([{"ip_address": address}]);
        }
        self.create(at, "port", body, &["500 VPC.0701"]);
    }

    fn public_ip(&mut self) {
        let at = "/v1/{p}/publicips";
        if let Some(path) = self.doomed(at) {
            // It has gone, or is bound.
            return self.delete(at, &path, &["404 VPC.0504", "409 VPC.0517"]);
        }
        let body = json!({"publicip": {"type": "5_bgp"},
            "bandwidth": {"name": "b", "size": 5, "share_type": "PER"}});
        self.create(at, "publicip", body, &[]);
    }

    fn bind(&mut self) {
        let address = self.any("/v1/{p}/publicips");
        let (Some(address), Some(port)) = (address, self.any("/v1/{p}/ports")) else {
            return;
        };
        let body = json!({"publicip": {"port_id": last(&port)}});
        let gone = ["404 VPC.0504", "404 VPC.0514"];
        let bound = ["500 VPC.0509", "409 VPC.0510", "409 VPC.0511"];
        self.call("PUT", &address, Some(body), &[&gone[..], &bound].concat());
    }

    /// From a port, or from under a gateway.
    fn unbind(&mut self) {
        let Some(address) = self.any("/v1/{p}/publicips") else {
            return;
        };
        let body = json!({"publicip": {"port_id": null}});
        self.call("PUT", &address, Some(body), &["404 VPC.0504"]);
    }

    /// A gateway with two public addresses that others want too, for other gateways and for ports.
    fn gateway(&mut self) {
        let at = "/v5/{p}/vpn-gateways";
        if let Some(path) = self.doomed(at) {
            // It is on its way here or there, changes, or has gone.
            let busy = [
                "400 VPN.0506",
                "400 VPN.0507",
                "400 VPN.0508",
                "404 VPN.0509",
            ];
            return self.delete(at, &path, &busy);
        }
        let addresses = "/v1/{p}/publicips";
        let (Some(first), Some(second)) = (self.any(addresses), self.any(addresses)) else {
            return;
        };
        let body = json!({"vpn_gateway": {
            "vpc_id": self.world.net, "connect_subnet": self.world.gateways,
            "local_subnets": ["10.0.0.0/16"], "eip1": {"id": last(&first)}, "eip2": {"id": last(&second)},
        }});
        // An address has gone, or is bound.
        self.create(at, "vpn_gateway", body, &["400 VPN.0001", "400 VPN.0112"]);
    }

    fn create(&mut self, at: &'static str, kind: &str, body: Value, refused: &[&str]) {
        let got = self.call("POST", at, Some(body), refused);
        if got.status < 300 {
            let path = format!("{at}/{}", id(&got, kind));
            self.world.made.lock().unwrap().insert(path.clone());
            let mut there = self.world.there.lock().unwrap();
            there.entry(at).or_default().push(path);
        }
    }

    fn delete(&mut self, at: &'static str, path: &str, refused: &[&str]) {
        let got = self.call("DELETE", path, None, refused);
        self.deleted(at, path, &got);
    }

    fn deleted(&mut self, at: &'static str, path: &str, got: &Got) {
        if got.status < 300 {
            let first = self.world.gone.lock().unwrap().insert(path.to_owned());
            assert!(first, "{path} was deleted twice");
            let mut there = self.world.there.lock().unwrap();
            there.entry(at).or_default().retain(|it| it != path);
        }
    }

    /// A call that succeeds or is refused with one of these statuses and codes.
    fn call(&mut self, method: &str, path: &str, body: Option<Value>, refused: &[&str]) -> Got {
        let got = self.client.huawei(method, path, body.clone()).unwrap();
        let code = got.body["code"]
            .as_str()
            .or(got.body["error_code"].as_str());
        let outcome = format!("{} {}", got.status, code.unwrap_or_default());
        let known = got.status < 300 || refused.contains(&outcome.as_str());
        assert!(known, "{method} {path} {body:?}: {got:?}");
        let what = path
            .rsplit('/')
            .find(|it| it.ends_with('s'))
            .unwrap_or_default();
        let mut seen = self.world.seen.lock().unwrap();
        *seen
            .entry(format!("{method} {what} {outcome}"))
            .or_default() += 1;
        got
    }

    /// One to delete, now and then, and always when there are many.
    fn doomed(&mut self, at: &'static str) -> Option<String> {
        let there = self.world.there.lock().unwrap().get(at).map_or(0, Vec::len);
        match there >= CROWD || self.below(3) == 0 {
            true => self.any(at),
            false => None,
        }
    }

    fn any(&mut self, at: &'static str) -> Option<String> {
        let there = self.world.there.lock().unwrap().get(at)?.clone();
        let n = self.below(there.len().max(1) as u64);
        there.get(usize::try_from(n).unwrap()).cloned()
    }
}

/// The id at the end of a path.
fn last(path: &str) -> &str {
    path.rsplit('/').next().unwrap_or_default()
}

/// Waits until the reconciler has nothing left to do.
fn converge(client: &mut Client) {
    let deadline = Instant::now() + Duration::from_secs(20);
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
