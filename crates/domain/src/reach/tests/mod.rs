//! Tests of the packet function: worlds of a few rows, and what becomes of packets in them.

mod address;
mod filters;
mod interface;
mod joint;
mod property;
mod routes;
mod six;
mod stored;
mod vpn;

use serde::Serialize;
use vpcd_net::{Family, Ports};

use super::*;
use crate::plan::Plan;
use crate::plan::row::{
    Bound, Firewall, FirewallRule, Network, Peering, Port, PublicAddress, Route, RouteTable,
    SecurityGroup, SecurityRule, Subnet,
};
use crate::route_table::Line;
use crate::security_rule::{Action, Direction, Remote};

/// A world to be: rows of a plan under short names.
#[derive(Clone, Default)]
pub(super) struct World(pub(super) Plan);

pub(super) fn ip<T: std::str::FromStr>(text: &str) -> T {
    text.parse().ok().unwrap()
}

/// A rule that lets everything pass that way, to be changed.
pub(super) fn allow(group: &str, direction: Direction) -> SecurityRule {
    SecurityRule {
        group: group.to_owned(),
        direction,
        family: Family::V4,
        protocol: None,
        ports: Ports::default(),
        icmp: None,
        remote: Remote::Any,
        action: Action::Allow,
        priority: 1,
        source_ports: Ports::default(),
        local: None,
    }
}

/// A rule of a firewall for TCP to that port, from and to everybody.
pub(super) fn wall(id: &str, ports: &str, action: Action) -> FirewallRule {
    FirewallRule {
        id: id.to_owned(),
        family: Family::V4,
        protocol: Some(6),
        source: Remote::Any,
        destination: Remote::Any,
        source_ports: Ports::default(),
        ports: ports.parse().unwrap(),
        action,
    }
}

pub(super) fn route(destination: &str, via: &str, next_hop: &str) -> Route {
    Route {
        destination: destination.parse().unwrap(),
        source: None,
        line: Line::Only,
        via: serde_json::from_value(via.into()).unwrap(),
        next_hop: next_hop.to_owned(),
    }
}

impl World {
    pub(super) fn put(mut self, name: &str, row: &impl Serialize) -> World {
        let row = serde_json::to_value(row).unwrap();
        self.0.rows.insert(name.to_owned(), row);
        self
    }

    /// A network with a default table of these routes.
    pub(super) fn network(self, id: &str, routes: Vec<Route>) -> World {
        let table = RouteTable {
            network: id.to_owned(),
            is_default: true,
            routes,
        };
        self.put(&format!("vpc/{id}"), &Network::default())
            .put(&format!("route_table/{id}-table"), &table)
    }

    pub(super) fn subnet(self, network: &str, id: &str, cidr: &str) -> World {
        self.subnet_by(network, id, cidr, None)
    }

    pub(super) fn subnet_by(self, network: &str, id: &str, cidr: &str, by: Option<&str>) -> World {
        let cidr: vpcd_net::Cidr = cidr.parse().unwrap();
        let row = Subnet {
            network: Some(network.to_owned()),
            cidr,
            gateway: cidr.nth(1).unwrap(),
            ipv6: None,
            ipv6_gateway: None,
            dhcp: true,
            dns: Vec::new(),
            route_table: by.map(str::to_owned),
            host_routes: Vec::new(),
        };
        self.put(&format!("subnet/{id}"), &row)
    }

    /// A port of a server in these groups.
    pub(super) fn port(self, subnet: &str, id: &str, address: &str, groups: &[&str]) -> World {
        self.port_with(id, port(subnet, address, groups))
    }

    pub(super) fn port_with(self, id: &str, row: Port) -> World {
        self.put(&format!("port/{id}"), &row)
    }

    pub(super) fn group(self, id: &str, rules: Vec<SecurityRule>) -> World {
        let group = SecurityGroup {
            name: id.to_owned(),
            joint: false,
        };
        let world = self.put(&format!("security_group/{id}"), &group);
        rules.iter().enumerate().fold(world, |world, (at, rule)| {
            world.put(&format!("security_rule/{id}-{at}"), rule)
        })
    }

    /// A group that lets everything pass.
    pub(super) fn open(self, id: &str) -> World {
        let rules = vec![allow(id, Direction::Ingress), allow(id, Direction::Egress)];
        self.group(id, rules)
    }

    pub(super) fn firewall(
        self,
        id: &str,
        subnet: &str,
        ingress: Vec<FirewallRule>,
        egress: Vec<FirewallRule>,
    ) -> World {
        let row = Firewall {
            subnets: vec![subnet.to_owned()],
            stateless: false,
            ingress,
            egress,
        };
        self.put(&format!("firewall/{id}"), &row)
    }

    pub(super) fn peering(self, id: &str, one: &str, other: &str) -> World {
        let row = Peering {
            networks: [one.to_owned(), other.to_owned()],
        };
        self.put(&format!("peering/{id}"), &row)
    }

    pub(super) fn public(self, id: &str, public: &str, bound: Option<Bound>) -> World {
        let row = PublicAddress {
            private: None,
            public: ip(public),
            bound,
            bandwidth: "b".to_owned(),
            mbits: None,
        };
        self.put(&format!("public_ip/{id}"), &row)
    }

    pub(super) fn snapshot(&self) -> Snapshot {
        Snapshot::from_plans([&self.0]).unwrap()
    }

    pub(super) fn judge(&self, packet: &Packet) -> Verdict {
        judge(&self.snapshot(), packet)
    }

    pub(super) fn reply(&self, packet: &Packet) -> Verdict {
        judge_reply(&self.snapshot(), packet)
    }

    /// Both ways pass.
    pub(super) fn must_pass(&self, packet: &Packet) -> Verdict {
        let there = self.judge(packet);
        assert!(there.passes, "{packet:?}: {there:#?}");
        let back = self.reply(packet);
        assert!(back.passes, "the answer to {packet:?}: {back:#?}");
        there
    }

    /// The hop that refuses the packet.
    pub(super) fn refusal(&self, packet: &Packet) -> Hop {
        let there = self.judge(packet);
        assert!(!there.passes, "{packet:?}: {there:#?}");
        assert_eq!(there.path.last(), Some(&there.decided_by));
        there.decided_by
    }
}

pub(super) fn port(subnet: &str, address: &str, groups: &[&str]) -> Port {
    Port {
        further: Vec::new(),
        subnet: subnet.to_owned(),
        address: ip(address),
        ipv6: Vec::new(),
        mac: String::new(),
        device_owner: "compute:az1".to_owned(),
        device_id: String::new(),
        security_groups: groups.iter().map(|it| (*it).to_owned()).collect(),
        allowed: Vec::new(),
        judged: true,
        is_virtual: false,
    }
}

/// TCP from a port to an address.
pub(super) fn tcp(from: &str, to: &str, destination: u16) -> Packet {
    Packet {
        from: Source::Port {
            id: from.to_owned(),
            claims: None,
        },
        to: Target::Address(ip(to)),
        flow: Flow::Tcp {
            source: 40_000,
            destination,
        },
    }
}

/// TCP from an address outside.
pub(super) fn tcp_in(from: &str, to: &str, destination: u16) -> Packet {
    Packet {
        from: Source::Address(ip(from)),
        ..tcp("", to, destination)
    }
}

/// Two servers, one open group, two subnets of one network.
pub(super) fn pair() -> World {
    World::default()
        .network("n", Vec::new())
        .subnet("n", "s", "10.0.0.0/24")
        .subnet("n", "t", "10.0.1.0/24")
        .open("g")
        .port("s", "a", "10.0.0.2", &["g"])
        .port("t", "b", "10.0.1.2", &["g"])
}
