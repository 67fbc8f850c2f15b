//! What of each resource goes into its row.

use vpcd_net::Prefix;

use crate::address_bundle::AddressBundle;
use crate::address_group::AddressGroup;
use crate::firewall::rule::{FirewallRule, Peer};
use crate::peering::Peering;
use crate::plan::row;
use crate::port::{Port, VIRTUAL};
use crate::publicip::{Binding, PublicIp};
use crate::route_table::RouteTable;
use crate::security_group::SecurityGroup;
use crate::security_rule::{Action, Remote, SecurityRule};
use crate::subnet::Subnet;
use crate::vpc::Vpc;

/// Owners of ports that no security group judges: the platform's own, and load balancers.
const UNJUDGED: [&str; 2] = ["network:", "neutron:LOADBALANCER"];

pub(super) fn network(it: &Vpc) -> Option<row::Network> {
    Some(row::Network {
        cidr: it.cidr,
        secondary_cidrs: it.secondary_cidrs.clone(),
        ipv6: it.ipv6,
        relay: it.relay,
    })
}

pub(super) fn subnet(it: &Subnet) -> Option<row::Subnet> {
    Some(row::Subnet {
        network: it.head.parent.clone(),
        cidr: it.cidr,
        gateway: it.gateway,
        ipv6: it.ipv6.as_ref().map(|six| six.cidr),
        ipv6_gateway: it.ipv6.as_ref().map(|six| six.gateway),
        dhcp: it.dhcp,
        dns: it.dns.clone(),
        route_table: it.route_table.clone(),
        host_routes: it.host_routes.clone(),
    })
}

pub(super) fn port(it: &Port) -> Option<row::Port> {
    let platforms = |owner: &&str| it.device_owner.starts_with(*owner);
    let pairs = it.allowed_pairs.iter();
    Some(row::Port {
        subnet: it.subnet().to_owned(),
        address: it.address,
        ipv6: it.ipv6.clone(),
        further: it.further.iter().map(|it| it.address).collect(),
        mac: it.mac.clone(),
        device_owner: it.device_owner.clone(),
        device_id: it.device_id.clone(),
        security_groups: it.security_groups.clone(),
        allowed: pairs.filter_map(|(text, _)| text.parse().ok()).collect(),
        judged: it.is_guarded() && !UNJUDGED.iter().any(platforms),
        is_virtual: it.device_owner == VIRTUAL,
    })
}

pub(super) fn route_table(it: &RouteTable) -> Option<row::RouteTable> {
    let routes = it.routes.iter().map(|route| row::Route {
        destination: route.destination,
        source: route.source,
        line: route.line,
        via: route.via,
        next_hop: route.next_hop.clone(),
    });
    Some(row::RouteTable {
        network: it.vpc().to_owned(),
        is_default: it.is_default,
        routes: routes.collect(),
    })
}

/// A peering carries nothing before the other side agreed, and nothing while it is stopped.
pub(super) fn peering(it: &Peering) -> Option<row::Peering> {
    let carries = it.is_active() && !it.head.is_stopped();
    carries.then(|| row::Peering {
        networks: [it.requester.vpc.clone(), it.accepter.vpc.clone()],
    })
}

pub(super) fn security_group(it: &SecurityGroup) -> Option<row::SecurityGroup> {
    Some(row::SecurityGroup {
        name: it.name.clone(),
        joint: it.joint,
    })
}

pub(super) fn security_rule(it: &SecurityRule) -> Option<row::SecurityRule> {
    it.enabled.then(|| row::SecurityRule {
        group: it.group().to_owned(),
        direction: it.direction,
        family: it.family,
        protocol: it.protocol_number(),
        ports: it.ports.normal(),
        icmp: it.icmp,
        remote: it.remote.clone(),
        source_ports: it.source_ports.normal(),
        local: it.local,
        action: it.action,
        priority: it.priority,
    })
}

pub(super) fn address_group(it: &AddressGroup) -> Option<row::AddressGroup> {
    Some(row::AddressGroup {
        family: it.family,
        spans: it.spans().collect(),
    })
}

pub(super) fn address_bundle(it: &AddressBundle) -> Option<row::AddressBundle> {
    Some(row::AddressBundle {
        groups: it.groups.clone(),
    })
}

/// A rule that is switched off is in no list, and neither is one that names no addresses that can be read.
pub(crate) fn firewall_rule(it: &FirewallRule) -> Option<row::FirewallRule> {
    it.enabled.then_some(())?;
    Some(row::FirewallRule {
        id: it.head.id.clone(),
        family: it.family,
        protocol: it.protocol_number(),
        source: remote(&it.source)?,
        destination: remote(&it.destination)?,
        source_ports: it.source_port.normal(),
        ports: it.destination_port.normal(),
        action: match it.allow {
            true => Action::Allow,
            false => Action::Deny,
        },
    })
}

fn remote(peer: &Peer) -> Option<Remote> {
    Some(match peer {
        Peer::Any => Remote::Any,
        Peer::Block(text) => Remote::Prefix(text.parse::<Prefix>().ok()?),
        Peer::Group(id) => Remote::AddressGroup(id.clone()),
    })
}

/// An address that is stopped is planned as a free one: it leads nowhere, and still nobody else has it.
pub(crate) fn public_address(it: &PublicIp, mbits: Option<u32>) -> row::PublicAddress {
    let bound = it.bound.as_ref().filter(|_| !it.head.is_stopped());
    row::PublicAddress {
        public: it.address,
        bound: bound.map(|bound| match bound {
            Binding::Port { id, .. } => row::Bound::Port(id.clone()),
            Binding::Gateway { id } => row::Bound::VpnGateway(id.clone()),
            Binding::NatGateway { id, .. } => row::Bound::NatGateway(id.clone()),
        }),
        private: bound.and_then(|bound| match bound {
            Binding::Port { address, .. } => Some(*address),
            _ => None,
        }),
        bandwidth: it.bandwidth.clone(),
        mbits,
    }
}
