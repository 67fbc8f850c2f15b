//! Sixteen clients that want the same blocks, addresses, ports and gateways at the same time, on both databases: no
//! answer that no rule explains, nothing deleted twice, no address lost, no row without what it hangs on.
//!
//! `VPCD_RACE_SECONDS` (default 6, for each database) and `VPCD_RACE_SEED` choose another run.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on panics")]

mod support;

use std::collections::{BTreeMap, BTreeSet};
use std::io::Write;
use std::net::Ipv4Addr;
use std::path::Path;
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use serde_json::{Value, json};
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

/// The database, as the operator exports it.
struct State {
    /// Rows by id: kind, parent, document.
    rows: BTreeMap<String, (String, Option<String>, Value)>,
    edges: Vec<(String, String)>,
    /// Space, key, owner.
    claims: Vec<(String, String, String)>,
    /// Number by scope and kind.
    tallies: BTreeMap<(String, String), i64>,
}

impl State {
    fn of(export: &Value) -> State {
        let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
        let table = |name: &str| export[name].as_array().unwrap().clone();
        let row = |row: &Value| {
            let settled = row["observed"] == row["generation"] && row["lifecycle"] == "live";
            assert!(settled, "never completed: {row}");
            let doc = serde_json::from_str(row["doc"].as_str().unwrap()).unwrap();
            let parent = row["parent"].as_str().map(str::to_owned);
            (text(&row["id"]), (text(&row["kind"]), parent, doc))
        };
        let claim = |row: &Value| (text(&row["space"]), text(&row["key"]), text(&row["owner"]));
        let tally = |row: &Value| ((text(&row[0]), text(&row[1])), row[2].as_i64().unwrap());
        State {
            rows: table("resource").iter().map(row).collect(),
            edges: table("edge")
                .iter()
                .map(|it| (text(&it[0]), text(&it[2])))
                .collect(),
            claims: table("claim").iter().map(claim).collect(),
            tallies: table("tally").iter().map(tally).collect(),
        }
    }

    fn each<'s>(&'s self, kind: &'s str) -> impl Iterator<Item = (&'s String, &'s Value)> {
        let of_kind = self.rows.iter().filter(move |(_, row)| row.0 == kind);
        of_kind.map(|(id, row)| (id, &row.2))
    }

    fn space<'s>(&'s self, name: &'s str) -> impl Iterator<Item = (&'s str, &'s str)> {
        let inside = self.claims.iter().filter(move |claim| claim.0 == name);
        inside.map(|(_, key, owner)| (key.as_str(), owner.as_str()))
    }

    /// How many addresses a space has free.
    fn free(&self, space: &str) -> u64 {
        let name = format!("free/{space}");
        self.space(&name)
            .map(|(first, last)| u64::from(address(last)) - u64::from(address(first)) + 1)
            .sum()
    }

    /// What was acknowledged is there, what was deleted is not, and nobody made anything else.
    fn is_what_was_told(&self, world: &World) {
        let (made, gone) = (world.made.lock().unwrap(), world.gone.lock().unwrap());
        let id = |path: &String| last(path).to_owned();
        let told: BTreeSet<String> = made.difference(&gone).map(id).collect();
        let kinds = ["vpc", "subnet", "public_ip", "vpn_gateway"];
        let stored = kinds
            .iter()
            .flat_map(|kind| self.each(kind))
            .map(|(id, _)| id.clone());
        let ports = self
            .each("port")
            .filter(|(_, port)| port["device_owner"] == "");
        let stored: BTreeSet<String> = stored.chain(ports.map(|(id, _)| id.clone())).collect();
        assert_eq!(stored, told, "stored and told differ");
    }

    /// Parents, ends of edges and owners of claims exist.
    fn hangs_together(&self) {
        for (id, (kind, parent, _)) in &self.rows {
            let orphan = parent
                .as_ref()
                .is_some_and(|it| !self.rows.contains_key(it));
            assert!(!orphan, "{kind} {id} is an orphan of {parent:?}");
        }
        for (from, to) in &self.edges {
            let both = self.rows.contains_key(from) && self.rows.contains_key(to);
            assert!(both, "edge {from} to {to}");
        }
        for (space, key, owner) in &self.claims {
            let (of, name) = space.split_once('/').unwrap_or((space, ""));
            // Free ranges are owned by their ends and belong to a subnet or a pool.
            let owned = match (of, name.split_once('/')) {
                ("free", Some(("subnet", subnet))) => self.rows.contains_key(subnet),
                ("free", _) => true,
                _ => self.rows.contains_key(owner),
            };
            assert!(owned, "nobody owns {space} {key} of {owner}");
        }
    }

    /// Blocks are disjoint, every address is held by the one that shows it, and free or held once.
    fn holds_each_address_once(&self) {
        for (id, subnet) in self.each("subnet") {
            let (first, last) = ends(&subnet["cidr"]);
            for (other, it) in self.each("subnet") {
                let (low, high) = ends(&it["cidr"]);
                let beside = subnet["head"]["parent"] == it["head"]["parent"] && id < other;
                assert!(
                    !beside || last < low || high < first,
                    "{subnet} overlaps {it}"
                );
            }
            let ports = self
                .each("port")
                .filter(|(_, port)| port["head"]["parent"] == **id);
            let held: BTreeMap<u32, &str> = ports
                .filter(|(_, port)| !is_system(port))
                .map(|(port, it)| (shown(&it["address"]), port.as_str()))
                .collect();
            let space = format!("ip/subnet/{id}");
            let claimed = self.space(&space).map(|(key, owner)| (address(key), owner));
            assert_eq!(held, claimed.collect(), "addresses of {subnet}");
            let usable = u64::from(last - first) + 1 - KEPT;
            let free = self.free(&format!("subnet/{id}"));
            assert_eq!(free + held.len() as u64, usable, "addresses of {subnet}");
        }
        let held: BTreeMap<u32, &str> = self
            .each("public_ip")
            .map(|(id, it)| (shown(&it["address"]), id.as_str()))
            .collect();
        let claimed = self
            .space("ip/public")
            .map(|(key, owner)| (address(key), owner));
        assert_eq!(held, claimed.collect(), "public addresses");
        let free = self.free("pool/5_bgp");
        assert_eq!(free + held.len() as u64, POOL, "public addresses");
    }

    /// Every kind that is tallied has as many rows, in its project and below its parent, as its tally says.
    fn tallies_are_counts(&self) {
        let kinds: BTreeSet<&String> = self.tallies.keys().map(|(_, kind)| kind).collect();
        assert!(kinds.len() >= 4, "{kinds:?}");
        let mut counted: BTreeMap<(String, String), i64> = BTreeMap::new();
        for (kind, parent, doc) in self.rows.values().filter(|row| kinds.contains(&row.0)) {
            let project = doc["head"]["project"].as_str().unwrap().to_owned();
            if kind == "public_ip" && doc["bound"].is_object() {
                let bound = (project.clone(), "bound_public_ip".to_owned());
                *counted.entry(bound).or_default() += 1;
            }
            for scope in std::iter::once(project).chain(parent.clone()) {
                *counted.entry((scope, kind.clone())).or_default() += 1;
            }
        }
        let (free, owned): (BTreeMap<_, _>, BTreeMap<_, _>) = self
            .tallies
            .clone()
            .into_iter()
            .partition(|((_, kind), _)| kind == "free_address");
        assert_eq!(counted, owned);
        for ((space, _), n) in free {
            let ranges = self.free(space.trim_start_matches("free/"));
            assert_eq!(ranges, n as u64, "{space}");
        }
    }

    /// A public address and what it is bound to name each other; a bandwidth of one's own has its one address.
    fn binds_both_ways(&self) {
        let (mut ports, mut slots, mut bandwidths) = (BTreeSet::new(), BTreeSet::new(), 0);
        for (id, it) in self.each("public_ip") {
            if let Some(port) = it["bound"]["port"]["id"].as_str() {
                ports.insert((port.to_owned(), id.clone()));
            }
            if let Some(gateway) = it["bound"]["gateway"]["id"].as_str() {
                slots.insert((gateway.to_owned(), id.clone()));
            }
            bandwidths += usize::from(self.rows.contains_key(it["bandwidth"].as_str().unwrap()));
        }
        let named = |it: &Value| it.as_str().map(str::to_owned);
        let port = |(id, it): (&String, &Value)| Some((id.clone(), named(&it["public_ip"])?));
        assert_eq!(ports, self.each("port").filter_map(port).collect());
        let slot = |(id, it): (&String, &Value)| {
            let slots = it["slots"].as_array().unwrap().clone();
            let bound = slots.into_iter().filter_map(|it| named(&it["public_ip"]));
            bound
                .map(|address| (id.clone(), address))
                .collect::<Vec<_>>()
        };
        assert_eq!(slots, self.each("vpn_gateway").flat_map(slot).collect());
        assert_eq!(bandwidths, self.each("public_ip").count());
        assert_eq!(bandwidths, self.each("bandwidth").count(), "bandwidths");
        for (id, port) in self
            .each("port")
            .filter(|it| it.1["device_owner"] == "network:vpn_gateway")
        {
            let gateway = &self.rows.get(port["device_id"].as_str().unwrap());
            let mine =
                gateway.is_some_and(|it| it.2["ports"].as_array().unwrap().contains(&json!(id)));
            assert!(mine, "a port of no gateway: {port}");
        }
    }
}

/// The same sums over what tenants see.
fn free_addresses_add_up(client: &mut Client, state: &State) {
    for (id, subnet) in state.each("subnet") {
        let mut get = |path: String| client.huawei("GET", &path, None).unwrap().body;
        let shown = get(format!("/v1/{{p}}/subnets/{id}"));
        let free = shown["subnet"]["available_ip_address_count"]
            .as_u64()
            .unwrap();
        let ports = get(format!("/v1/{{p}}/ports?network_id={id}"));
        let ports = ports["ports"].as_array().unwrap();
        let held = ports.iter().filter(|port| !is_system(port)).count() as u64;
        let (first, last) = ends(&subnet["cidr"]);
        assert_eq!(free + held, u64::from(last - first) + 1 - KEPT, "{shown}");
    }
}

/// The gateway's and the DHCP port stand on addresses that the platform keeps.
fn is_system(port: &Value) -> bool {
    let owner = port["device_owner"].as_str().unwrap();
    owner == "network:dhcp" || owner.starts_with("network:router_interface")
}

fn ends(cidr: &Value) -> (u32, u32) {
    let (base, prefix) = cidr.as_str().unwrap().split_once('/').unwrap();
    let first = shown(&json!(base));
    (first, first + (u32::MAX >> prefix.parse::<u32>().unwrap()))
}

fn shown(text: &Value) -> u32 {
    text.as_str().unwrap().parse::<Ipv4Addr>().unwrap().into()
}

/// The address of a claim's key.
fn address(key: &str) -> u32 {
    u32::from_str_radix(key, 16).unwrap()
}
