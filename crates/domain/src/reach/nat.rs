//! What crosses a NAT gateway: out by a source rule, in by a destination rule.

use crate::plan::row::{Bound, DnatRule, Route};
use crate::reach::packet::Flow;
use crate::reach::snapshot::Snapshot;
use crate::reach::verdict::{End, Hop};
use crate::reach::walk::{Step, Walk, refuse};
use crate::route_table::Via;

/// A destination rule with its id.
type Inward<'a> = (&'a str, &'a DnatRule);

impl<'a> Walk<'a> {
    /// Out through a gateway of the network by the source rule with the longest block.
    pub(super) fn sent_out(&mut self, network: &str, id: &str) -> Step<End> {
        let here = self.world.nats.get(id);
        if here.is_none_or(|row| row.network != network) {
            return dropped(id, "it is in another network");
        }
        let source = self.seen.source;
        let rules = self.world.snat.iter();
        let about = rules.filter(|(_, row)| row.gateway == id && row.source.has_ip(source));
        let Some((rule, row)) = about.max_by_key(|(_, row)| row.source.prefix()) else {
            return dropped(id, "none of its rules is about the source");
        };
        let usable = |public_ip: &&String| {
            let bound = self.world.addresses.get(*public_ip);
            bound.is_some_and(|it| it.bound.is_some())
        };
        let Some(public_ip) = row.addresses.iter().find(usable) else {
            return dropped(id, "the rule has no public address that is in order");
        };
        self.translate(id, rule.clone());
        self.outwards(public_ip)
    }

    /// In to whom a destination rule names; the packet came to that public address.
    pub(super) fn let_in(&mut self, public_ip: &str, id: &str) -> Step<End> {
        let Some(gateway) = self.world.nats.get(id) else {
            return dropped(id, "it lets nothing in that it did not let out");
        };
        let Some((rule, row)) = receiving(self.world, id, public_ip, self.seen.flow) else {
            return dropped(id, "none of its rules is about the packet");
        };
        self.translate(id, rule.to_owned());
        self.path.push(Hop::DestinationTranslated {
            public_ip: public_ip.to_owned(),
            from: self.seen.destination,
            to: row.private.into(),
        });
        if let Some(((first, _), (low, _))) = row.ports {
            self.seen.flow = to_port(self.seen.flow, first, low);
        }
        self.seen.destination = row.private.into();
        self.in_by = Some(public_ip.to_owned());
        match self.world.subnet_with(&gateway.network, row.private.into()) {
            Some(subnet) => self.arrive(&gateway.network, subnet, None),
            None => self.nobody(),
        }
    }

    /// Whether the route leads back through the gateway that let a packet to the public address in.
    pub(super) fn leads_back(&self, route: &Route, public_ip: &str) -> bool {
        let bound = (self.world.addresses.get(public_ip)).and_then(|it| it.bound.as_ref());
        let by_it = matches!(bound, Some(Bound::NatGateway(id)) if *id == route.next_hop);
        route.via == Via::Nat && by_it && self.world.nats.contains_key(&route.next_hop)
    }

    fn translate(&mut self, gateway: &str, rule: String) {
        self.path.push(Hop::NatRule {
            gateway: gateway.to_owned(),
            rule,
        });
    }
}

fn dropped<T>(gateway: &str, reason: &str) -> Step<T> {
    refuse(Hop::Blackhole {
        hop: "nat".to_owned(),
        to: gateway.to_owned(),
        reason: reason.to_owned(),
    })
}

/// The rule that a packet to the public address comes in by: of those about it the one with ports.
fn receiving<'a>(
    world: &'a Snapshot,
    gateway: &str,
    public_ip: &str,
    flow: Flow,
) -> Option<Inward<'a>> {
    let port = flow.ports().map(|(_, port)| port);
    find(world, |row| {
        row.gateway == gateway
            && row.address == public_ip
            && speaks(row, flow)
            && (row.ports).is_none_or(|(public, _)| within(port, public))
    })
}

fn find(world: &Snapshot, about: impl Fn(&DnatRule) -> bool) -> Option<Inward<'_>> {
    let rules = world.dnat.iter().filter(|(_, row)| about(row));
    let best = rules.max_by_key(|(_, row)| row.ports.is_some());
    best.map(|(id, row)| (id.as_str(), row))
}

fn speaks(row: &DnatRule, flow: Flow) -> bool {
    row.protocol.is_none_or(|number| number == flow.protocol())
}

fn within(port: Option<u16>, (first, last): (u16, u16)) -> bool {
    port.is_some_and(|port| (first..=last).contains(&port))
}

/// The flow with its destination port moved from one range to the other.
fn to_port(flow: Flow, first: u16, low: u16) -> Flow {
    match flow.ports() {
        Some((source, port)) => {
            let moved = low.saturating_add(port.saturating_sub(first));
            Flow::new(flow.protocol(), source, moved)
        }
        None => flow,
    }
}
