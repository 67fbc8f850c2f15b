//! What the operator exports at the end of a race, and what must hold of it.

use std::collections::{BTreeMap, BTreeSet};
use std::net::Ipv4Addr;

use serde_json::{Value, json};

use crate::support::Client;
use crate::{KEPT, POOL, World, last};

/// The database, as the operator exports it.
pub struct State {
    /// Rows by id: kind, parent, document.
    rows: BTreeMap<String, (String, Option<String>, Value)>,
    edges: Vec<(String, String)>,
    /// Space, key, owner.
    claims: Vec<(String, String, String)>,
    /// Number by scope and kind.
    tallies: BTreeMap<(String, String), i64>,
}

impl State {
    pub fn of(export: &Value) -> State {
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

    pub fn each<'s>(&'s self, kind: &'s str) -> impl Iterator<Item = (&'s String, &'s Value)> {
        let of_kind = self.rows.iter().filter(move |(_, row)| row.0 == kind);
        of_kind.map(|(id, row)| (id, &row.2))
    }

    pub fn space<'s>(&'s self, name: &'s str) -> impl Iterator<Item = (&'s str, &'s str)> {
        let inside = self.claims.iter().filter(move |claim| claim.0 == name);
        inside.map(|(_, key, owner)| (key.as_str(), owner.as_str()))
    }

    /// How many addresses a space has free.
    pub fn free(&self, space: &str) -> u64 {
        let name = format!("free/{space}");
        self.space(&name)
            .map(|(first, last)| u64::from(address(last)) - u64::from(address(first)) + 1)
            .sum()
    }

    /// What was acknowledged is there, what was deleted is not, and nobody made anything else.
    pub fn is_what_was_told(&self, world: &World) {
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
    pub fn hangs_together(&self) {
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
    pub fn holds_each_address_once(&self) {
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
    pub fn tallies_are_counts(&self) {
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
        for (_, port) in self.each("port") {
            for group in port["security_groups"].as_array().into_iter().flatten() {
                let judged = (group.as_str().unwrap().to_owned(), "judged_port".to_owned());
                *counted.entry(judged).or_default() += 1;
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
    pub fn binds_both_ways(&self) {
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
pub fn free_addresses_add_up(client: &mut Client, state: &State) {
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
