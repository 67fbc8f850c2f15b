//! What is around an end that is here: filters before its address, and the routes of its network.

use std::net::Ipv4Addr;

use vpcd_net::Prefix;

use super::compare::PORTS;
use super::{Side, Trouble};
use crate::fault::Fault;
use crate::port::Port;
use crate::reach::{self, Flow, Hop};
use crate::route_table::{self, RouteTable, Via};
use crate::subnet::Subnet;
use crate::tx::Tx;
use crate::vpn::connection::Connection;
use crate::vpn::gateway::Gateway;

/// Ports that a filter closes to the far end: the firewall of the subnet for a private address of a gateway, the
/// security groups and the firewall of whatever has the public address otherwise.
pub(super) fn closed(
    tx: &mut Tx<'_>,
    from: Option<Ipv4Addr>,
    to: Option<Ipv4Addr>,
    gateway: Option<&Gateway>,
) -> Result<Vec<Trouble>, Fault> {
    let (Some(from), Some(to)) = (from, to) else {
        return Ok(Vec::new());
    };
    let mut inside = None;
    for id in gateway.map_or(&[][..], |it| it.ports.as_slice()) {
        let port = tx.any::<Port>(id)?;
        inside = inside.or(port.filter(|it| it.address == to));
    }
    let mut troubles = Vec::new();
    for port in PORTS {
        let flow = Flow::Udp {
            source: port,
            destination: port,
        };
        if let Some(hop) = reach::kept_out(tx, from, to, flow, inside.as_ref())? {
            troubles.push(Trouble {
                field: "open_ports",
                found: format!("UDP {port} is closed to {from}"),
                advice: format!("let UDP port {port} in from {from}: {}", closed_by(&hop)),
            });
        }
    }
    Ok(troubles)
}

fn closed_by(hop: &Hop) -> String {
    match hop {
        Hop::SecurityRule { group, rule, .. } => {
            format!("rule {rule} of security group {group} refuses it")
        }
        Hop::NoSecurityRule { port, .. } => {
            format!("no rule of the security groups of port {port} allows it")
        }
        Hop::FirewallRule { firewall, rule, .. } => {
            format!("rule {rule} of firewall {firewall} refuses it")
        }
        Hop::NoFirewallRule { firewall, .. } => format!("no rule of firewall {firewall} allows it"),
        _ => "it is refused".to_owned(),
    }
}

/// Routes of the gateway's network that lead packets for the far end elsewhere, and tables that know no way to it.
pub(super) fn detours(
    tx: &mut Tx<'_>,
    gateway: &Gateway,
    connection: &Connection,
    wanted: &[Prefix],
) -> Result<Vec<Trouble>, Fault> {
    let Some(vpc) = gateway.vpc() else {
        return Ok(Vec::new());
    };
    let mut served = Vec::new();
    for subnet in tx.children::<Subnet>(vpc)? {
        if gateway
            .local_subnets
            .iter()
            .any(|it| it.overlaps(subnet.cidr.into()))
        {
            served.push(subnet.head.id);
        }
    }
    let mut troubles = Vec::new();
    for table in tx.children::<RouteTable>(vpc)? {
        let view = route_table::view(tx, table)?;
        if !view.subnets.iter().any(|it| served.contains(it)) {
            continue;
        }
        let own = |id: &str| id == gateway.head.id || id == connection.head.id;
        for peer in wanted {
            let trouble = |found: String, advice: String| Trouble {
                field: "routes",
                found,
                advice,
            };
            let id = &view.table.head.id;
            if let Some(local) = view.local.iter().find(|it| it.overlaps(*peer)) {
                troubles.push(trouble(
                    format!("{local} is local"),
                    format!("{peer} overlaps {local}, which never leaves the network: renumber one of them"),
                ));
            }
            let written = &view.table.routes;
            let to_vpn = |via: Via, hop: &str| via == Via::Vpn && own(hop);
            for stray in written
                .iter()
                .filter(|it| peer.holds(it.destination) && !to_vpn(it.via, &it.next_hop))
            {
                troubles.push(trouble(
                    format!("{} leads to {}", stray.destination, stray.next_hop),
                    format!(
                        "take the route to {} out of table {id}, or lead it to the gateway",
                        stray.destination
                    ),
                ));
            }
            let leads = written
                .iter()
                .any(|it| it.destination.holds(*peer) && to_vpn(it.via, &it.next_hop));
            if !view.table.is_default && !leads {
                troubles.push(trouble(
                    format!("no route to {peer}"),
                    format!(
                        "add a route to {peer} through gateway {} to table {id}",
                        gateway.head.id
                    ),
                ));
            }
        }
    }
    Ok(troubles)
}

/// What is seen around the far end when only its address is known: an instance here may have it.
pub(super) fn around(tx: &mut Tx<'_>, here: &Side, there: &mut Side) -> Result<(), Fault> {
    let address = there.address.or(here.peer_address);
    if there.open_ports.is_none() && there.troubles.is_empty() {
        there.troubles = closed(tx, here.address, address, None)?;
    }
    Ok(())
}
