//! The filters: source check, security groups, firewalls.

use std::net::{IpAddr, Ipv4Addr};

use vpcd_net::{Cidr, Family};

use crate::plan::row::{FirewallRule, Port, SecurityRule};
use crate::reach::packet::Flow;
use crate::reach::snapshot::Snapshot;
use crate::reach::verdict::Hop;
use crate::security_rule::{Action, Direction, Remote};

/// A packet at one place: addresses change on its way, what it carries does not.
#[derive(Clone, Copy, Debug)]
pub(super) struct Seen {
    pub(super) source: IpAddr,
    pub(super) destination: IpAddr,
    pub(super) flow: Flow,
}

impl Seen {
    /// The family of its addresses.
    pub(super) fn family(self) -> Family {
        Family::of(self.destination)
    }
}

/// The platform's blocks and addresses that no firewall keeps from anybody.
const PLATFORM: [(Ipv4Addr, u8); 3] = [
    (Ipv4Addr::new(224, 0, 0, 0), 24),
    (Ipv4Addr::new(100, 125, 0, 0), 16),
    (Ipv4Addr::BROADCAST, 32),
];
/// Where instances learn about themselves, by TCP.
pub(super) const METADATA: Ipv4Addr = Ipv4Addr::new(169, 254, 169, 254);
const METADATA_PORT: u16 = 80;

/// Whether packets with that address may leave or enter the port.
pub(super) fn owns(port: &Port, address: IpAddr) -> bool {
    port.addresses().any(|own| own == address)
        || !port.judged
        || port.allowed.iter().any(|span| span.has(address))
}

/// Asks the security groups of a port: the rule that let the packet pass, the refusal, or nothing where none judges.
pub(super) fn groups(
    world: &Snapshot,
    port_id: &str,
    port: &Port,
    direction: Direction,
    seen: Seen,
) -> Option<Hop> {
    if !port.judged {
        return None;
    }
    let (local, remote) = match direction {
        Direction::Ingress => (seen.destination, seen.source),
        Direction::Egress => (seen.source, seen.destination),
    };
    for groups in turns(world, &port.security_groups) {
        let rules = groups.iter().flat_map(|group| world.rules_of(group));
        let about = rules.filter(|(_, rule)| {
            rule.direction == direction
                && rule.family == seen.family()
                && seen.flow.meets(rule.protocol, &rule.ports, rule.icmp)
                && seen.flow.leaves_from(&rule.source_ports)
                && rule.local.is_none_or(|own| own.has(local))
                && concerns(world, &rule.remote, remote)
        });
        if let Some((id, rule)) = about.min_by_key(order) {
            return Some(Hop::SecurityRule {
                port: port_id.to_owned(),
                direction,
                group: rule.group.clone(),
                rule: id.clone(),
                action: rule.action,
            });
        }
    }
    Some(Hop::NoSecurityRule {
        port: port_id.to_owned(),
        direction,
    })
}

/// The groups of a port in the order in which they are asked: each in its turn, the joint ones with the first of them.
fn turns<'a>(world: &Snapshot, groups: &'a [String]) -> Vec<Vec<&'a String>> {
    let joint = |id: &&String| world.groups.get(*id).is_some_and(|group| group.joint);
    let mut turns: Vec<Vec<&String>> = Vec::with_capacity(groups.len());
    for group in groups {
        let together = turns.iter_mut().find(|turn| turn.iter().any(joint));
        match together.filter(|_| joint(&group)) {
            Some(turn) => turn.push(group),
            None => turns.push(vec![group]),
        }
    }
    turns
}

/// The smallest priority first, deny before allow; among equals the id, so that one snapshot has one answer.
fn order<'a>((id, rule): &(&'a String, &'a SecurityRule)) -> (u16, bool, &'a String) {
    (rule.priority, rule.action == Action::Allow, *id)
}

/// Asks the firewall of a subnet about a packet that crosses its edge.
pub(super) fn firewall(
    world: &Snapshot,
    subnet: &str,
    direction: Direction,
    seen: Seen,
) -> Option<Hop> {
    let (id, firewall) = world.firewall_of(subnet)?;
    if preset(seen) {
        return None;
    }
    let rules = match direction {
        Direction::Ingress => &firewall.ingress,
        Direction::Egress => &firewall.egress,
    };
    let about = |rule: &FirewallRule| {
        rule.family == seen.family()
            && seen.flow.meets(rule.protocol, &rule.ports, None)
            && seen.flow.leaves_from(&rule.source_ports)
            && concerns(world, &rule.source, seen.source)
            && concerns(world, &rule.destination, seen.destination)
    };
    Some(match rules.iter().find(|rule| about(rule)) {
        Some(rule) => Hop::FirewallRule {
            subnet: subnet.to_owned(),
            direction,
            firewall: id.clone(),
            rule: rule.id.clone(),
            action: rule.action,
        },
        None => Hop::NoFirewallRule {
            subnet: subnet.to_owned(),
            direction,
            firewall: id.clone(),
        },
    })
}

/// What every firewall lets through before its rules.
fn preset(seen: Seen) -> bool {
    let to = |(base, prefix)| Cidr::new(base, prefix).is_ok_and(|it| it.has_ip(seen.destination));
    let asks = matches!(seen.flow, Flow::Tcp { destination, .. } if destination == METADATA_PORT);
    PLATFORM.into_iter().any(to) || (seen.destination == IpAddr::V4(METADATA) && asks)
}

fn concerns(world: &Snapshot, remote: &Remote, address: IpAddr) -> bool {
    match remote {
        Remote::Any => true,
        Remote::Prefix(prefix) => prefix.has(address),
        Remote::Group(id) => world.is_member(id, address),
        Remote::AddressGroup(id) => lists(world, id, address),
        Remote::AddressBundle(id) => world
            .address_bundles
            .get(id)
            .is_some_and(|it| it.groups.iter().any(|id| lists(world, id, address))),
    }
}

/// Whether an address is in an address group.
fn lists(world: &Snapshot, group: &str, address: IpAddr) -> bool {
    let group = world.address_groups.get(group);
    group.is_some_and(|group| group.spans.iter().any(|span| span.has(address)))
}
