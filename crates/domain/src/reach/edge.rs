//! What a filter says to packets for things that are no ports of instances: gateways, and public addresses.

use std::net::Ipv4Addr;

use crate::fault::Fault;
use crate::port::Port;
use crate::reach::filter::{self, Seen};
use crate::reach::judge;
use crate::reach::packet::{Flow, Packet, Source, Target};
use crate::reach::snapshot::Snapshot;
use crate::reach::verdict::Hop;
use crate::security_rule::{Action, Direction};
use crate::tx::Tx;

/// The filter that refuses such a packet for the address: for one inside a network (`port` has it) the firewall of its
/// subnet; for a public one whatever is behind it. Nothing when no filter does, whatever else may happen to the packet.
pub fn kept_out(
    tx: &mut Tx<'_>,
    from: Ipv4Addr,
    to: Ipv4Addr,
    flow: Flow,
    port: Option<&Port>,
) -> Result<Option<Hop>, Fault> {
    let (from, to) = (from.into(), to.into());
    let packet = Packet {
        from: Source::Address(from),
        to: port.map_or(Target::Address(to), |it| Target::Port(it.head.id.clone())),
        flow,
    };
    let world = Snapshot::of(tx, &packet)?;
    let hop = match port {
        Some(port) => {
            let seen = Seen {
                source: from,
                destination: to,
                flow,
            };
            filter::firewall(&world, port.subnet(), Direction::Ingress, seen)
        }
        None => Some(judge(&world, &packet))
            .filter(|it| !it.passes)
            .map(|it| it.decided_by),
    };
    Ok(hop.filter(refuses))
}

fn refuses(hop: &Hop) -> bool {
    match hop {
        Hop::SecurityRule { action, .. } | Hop::FirewallRule { action, .. } => {
            *action == Action::Deny
        }
        Hop::NoSecurityRule { .. } | Hop::NoFirewallRule { .. } => true,
        _ => false,
    }
}
