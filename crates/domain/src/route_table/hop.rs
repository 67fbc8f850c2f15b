//! Next hops: whether they are there and take packets of a family, and what has to stay for them.

use std::net::IpAddr;

use vpcd_net::Family;

use super::local;
use super::route::{NewRoute, Via, refused};
use crate::context::Context;
use crate::fault::{Fault, RouteRefusal};
use crate::internet_gateway::InternetGateway;
use crate::ipv6_gateway::Ipv6Gateway;
use crate::nat::NatGateway;
use crate::peering::{self, Peering};
use crate::port::Port;
use crate::registration::{Registration, Service};
use crate::resource::Resource;
use crate::subnet::Subnet;
use crate::tx::Tx;
use crate::vpn::connection::Connection;
use crate::vpn::gateway::Gateway;

/// Refuses a next hop that is not there, or takes no packets of the family; the answer is what has to stay for it.
pub(super) fn next_hop(
    tx: &mut Tx<'_>,
    cx: &Context<'_>,
    vpc: &str,
    new: &NewRoute,
) -> Result<Option<String>, Fault> {
    let missing = || refused(RouteRefusal::NextHop, new.destination);
    let (project, id) = (cx.caller.project.as_str(), new.next_hop.as_str());
    let family = new.destination.family();
    match (new.via, family) {
        (Via::Nat, Family::V6) => return Err(unfit("a NAT gateway carries IPv4 alone")),
        (Via::Ipv6Gateway, Family::V4) => return Err(unfit("an IPv6 gateway carries IPv6 alone")),
        _ => {}
    }
    match new.via {
        Via::Address => address(tx, vpc, new).map(Some),
        Via::Peering => match peering::find(tx, cx, id)? {
            Some(it @ Peering { .. }) if it.is_active() && it.joins(vpc) => Ok(None),
            _ => Err(missing()),
        },
        Via::Vpn => match known(tx, project, vpc, new.via, id)? {
            // A gateway of ours must be this network's; others are of a kind that is not modelled.
            None if is_ours(tx, project, id)? => Err(missing()),
            held => Ok(held),
        },
        Via::Port | Via::Instance | Via::Nat | Via::Internet | Via::Ipv6Gateway => {
            let held = known(tx, project, vpc, new.via, id)?.ok_or_else(missing)?;
            if family == Family::V6 && !carries_six(tx, new.via, &held)? {
                return Err(unfit("the next hop has no IPv6"));
            }
            Ok(Some(held))
        }
        Via::SubInterface | Via::Line | Via::Region | Via::Endpoint | Via::Router | Via::Local => {
            Ok(None)
        }
    }
}

/// What has to stay for a next hop of that id which lives in the network; nothing where none does.
pub(super) fn known(
    tx: &mut Tx<'_>,
    project: &str,
    vpc: &str,
    via: Via,
    id: &str,
) -> Result<Option<String>, Fault> {
    let here = match via {
        Via::Port => match tx.find::<Port>(project, id)? {
            Some(port) if !port.is_platforms() => {
                let subnet = tx.any::<Subnet>(port.subnet())?;
                subnet.is_some_and(|subnet| subnet.vpc() == vpc)
            }
            _ => false,
        },
        Via::Instance => return registered(tx, project, vpc, id, Service::Instance),
        Via::Nat => match tx.find::<NatGateway>(project, id)? {
            Some(it) => is_in(&it, vpc),
            None => return registered(tx, project, vpc, id, Service::NatGateway),
        },
        Via::Vpn => {
            let (gateway, going) = match tx.find::<Connection>(project, id)? {
                Some(it) => (it.gateway().to_owned(), it.head.is_going()),
                None => (id.to_owned(), false),
            };
            let gateway = tx.find::<Gateway>(project, &gateway)?;
            gateway.is_some_and(|it| it.vpc() == Some(vpc) && !it.head.is_going() && !going)
        }
        Via::Internet => {
            let gateway = tx.find::<InternetGateway>(project, id)?;
            gateway.is_some_and(|it| is_in(&it, vpc))
        }
        Via::Ipv6Gateway => {
            let gateway = tx.find::<Ipv6Gateway>(project, id)?;
            gateway.is_some_and(|it| is_in(&it, vpc))
        }
        _ => false,
    };
    Ok(here.then(|| id.to_owned()))
}

/// The port of a new route's address, which is of the destination's family; without one, its subnet.
fn address(tx: &mut Tx<'_>, vpc: &str, new: &NewRoute) -> Result<String, Fault> {
    let missing = || refused(RouteRefusal::NextHop, new.destination);
    let address: IpAddr = new.next_hop.parse().map_err(|_| missing())?;
    if Family::of(address) != new.destination.family() {
        return Err(unfit("the next hop is not of the destination's family"));
    }
    let subnet = local::subnet_with(tx, vpc, address.into())?.ok_or_else(missing)?;
    let holder = match address {
        IpAddr::V4(address) => subnet.space().holder(tx, address)?,
        IpAddr::V6(address) => match subnet.space6() {
            Some(space) => space.holder(tx, address)?,
            None => None,
        },
    };
    let port = match holder {
        Some(id) => tx.any::<Port>(&id)?.filter(|port| !port.is_platforms()),
        None => None,
    };
    match port {
        Some(port) => Ok(port.head.id),
        None if new.strict => Err(missing()),
        None => Ok(subnet.head.id),
    }
}

fn is_in<T: Resource>(it: &T, vpc: &str) -> bool {
    it.head().parent.as_deref() == Some(vpc) && !it.head().is_going()
}

fn is_ours(tx: &mut Tx<'_>, project: &str, id: &str) -> Result<bool, Fault> {
    Ok(tx.find::<Gateway>(project, id)?.is_some() || tx.find::<Connection>(project, id)?.is_some())
}

/// Whether a next hop that stays for a route takes packets of IPv6.
fn carries_six(tx: &mut Tx<'_>, via: Via, held: &str) -> Result<bool, Fault> {
    Ok(match via {
        Via::Ipv6Gateway => true,
        Via::Internet => tx.any::<InternetGateway>(held)?.is_some_and(|it| it.ipv6),
        _ => tx
            .any::<Port>(held)?
            .is_some_and(|port| !port.ipv6.is_empty()),
    })
}

fn unfit(reason: &'static str) -> Fault {
    Fault::invalid("nexthop", reason)
}

/// What the operator has registered in the network under that id: its port, when it has one there.
fn registered(
    tx: &mut Tx<'_>,
    project: &str,
    vpc: &str,
    id: &str,
    service: Service,
) -> Result<Option<String>, Fault> {
    let Some(it) = tx.find::<Registration>(project, id)? else {
        return Ok(None);
    };
    let here = it.service == service && it.network(tx)?.as_deref() == Some(vpc);
    Ok(here.then(|| it.port.unwrap_or(it.head.id)))
}
