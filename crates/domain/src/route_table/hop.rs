//! Next hops: whether they are there, and what has to stay for them.

use std::net::Ipv4Addr;

use super::route::{NewRoute, Via, refused};
use crate::context::Context;
use crate::fault::{Fault, RouteRefusal};
use crate::internet_gateway::InternetGateway;
use crate::nat::NatGateway;
use crate::peering::{self, Peering};
use crate::port::Port;
use crate::registration::{Registration, Service};
use crate::subnet::{self, Subnet};
use crate::tx::Tx;
use crate::vpn::gateway::Gateway;

/// Refuses a next hop that is not there; the answer is what has to stay for it.
pub(super) fn next_hop(
    tx: &mut Tx<'_>,
    cx: &Context<'_>,
    vpc: &str,
    new: &NewRoute,
) -> Result<Option<String>, Fault> {
    let missing = || refused(RouteRefusal::NextHop, new.destination);
    let (project, id) = (cx.caller.project.as_str(), new.next_hop.as_str());
    match new.via {
        Via::Port => {
            let port = tx.find::<Port>(project, id)?.ok_or_else(missing)?;
            let subnet = tx.any::<Subnet>(port.subnet())?;
            let here = subnet.is_some_and(|subnet| subnet.vpc() == vpc);
            match here && !port.is_platforms() {
                true => Ok(Some(port.head.id)),
                false => Err(missing()),
            }
        }
        Via::Address => {
            let address: Ipv4Addr = id.parse().map_err(|_| missing())?;
            let subnet = subnet::at(tx, vpc, address)?.ok_or_else(missing)?;
            let holder = subnet.space().holder(tx, address)?;
            let port = match holder {
                Some(id) => tx.any::<Port>(&id)?.filter(|port| !port.is_platforms()),
                None => None,
            };
            match port {
                Some(port) => Ok(Some(port.head.id)),
                None if new.strict => Err(missing()),
                None => Ok(Some(subnet.head.id)),
            }
        }
        Via::Peering => {
            let peering: Option<Peering> = peering::find(tx, cx, id)?;
            match peering {
                Some(peering) if peering.is_active() && peering.joins(vpc) => Ok(None),
                _ => Err(missing()),
            }
        }
        Via::Instance => neighbour(tx, project, vpc, id, Service::Instance)?
            .then_some(None)
            .ok_or_else(missing),
        Via::Nat => match tx.find::<NatGateway>(project, id)? {
            Some(gateway) => match gateway.vpc() == vpc && !gateway.head.is_going() {
                true => Ok(Some(gateway.head.id)),
                false => Err(missing()),
            },
            None => neighbour(tx, project, vpc, id, Service::NatGateway)?
                .then_some(None)
                .ok_or_else(missing),
        },
        // A gateway of ours must be this network's; others are of a kind that is not modelled.
        Via::Vpn => match tx.find::<Gateway>(project, id)? {
            Some(gateway) if gateway.vpc() != Some(vpc) => Err(missing()),
            _ => Ok(None),
        },
        Via::Internet => match tx.find::<InternetGateway>(project, id)? {
            Some(gateway) if gateway.vpc() == vpc => Ok(None),
            _ => Err(missing()),
        },
        Via::SubInterface | Via::Line | Via::Region | Via::Endpoint | Via::Router => Ok(None),
    }
}

/// Whether the operator has registered such a thing in the network.
fn neighbour(
    tx: &mut Tx<'_>,
    project: &str,
    vpc: &str,
    id: &str,
    service: Service,
) -> Result<bool, Fault> {
    let Some(it) = tx.find::<Registration>(project, id)? else {
        return Ok(false);
    };
    let parent = it.head.parent.as_deref().unwrap_or_default();
    let subnet = tx.any::<Subnet>(parent)?;
    let here = parent == vpc || subnet.is_some_and(|subnet| subnet.vpc() == vpc);
    Ok(it.service == service && here)
}
