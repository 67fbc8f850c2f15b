//! Single routes: where a destination leads, and whether that can be.

use std::net::Ipv4Addr;

use serde::{Deserialize, Serialize};
use vpcd_net::Cidr;
use vpcd_store::claim;

use crate::context::Context;
use crate::fault::{Fault, RouteRefusal};
use crate::internet_gateway::InternetGateway;
use crate::nat::NatGateway;
use crate::peering::{self, Peering};
use crate::port::Port;
use crate::registration::{Registration, Service};
use crate::route_table::RouteTable;
use crate::subnet::{self, Subnet};
use crate::tx::Tx;
use crate::vpn::gateway::Gateway;

/// Blocks that the platform itself uses in every network: no route leads elsewhere from there.
pub const PLATFORM: [&str; 3] = ["198.19.128.0/20", "127.0.0.0/8", "100.64.0.0/10"];

/// What a next hop is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Via {
    /// A server.
    Instance,
    /// A port.
    Port,
    /// A port of one of the caller's interfaces that share another's.
    SubInterface,
    /// An address, the virtual one of a port or any other of a subnet.
    Address,
    /// A NAT gateway.
    Nat,
    /// A peering.
    Peering,
    /// A VPN gateway.
    Vpn,
    /// A leased line.
    Line,
    /// A connection between regions.
    Region,
    /// A gateway to endpoints of services.
    Endpoint,
    /// A router between networks.
    Router,
    /// The internet gateway of the network.
    Internet,
}

/// One route.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Route {
    /// UUID, for APIs that know single routes.
    pub id: String,
    /// Where packets want to go.
    pub destination: Cidr,
    /// What the next hop is.
    pub via: Via,
    /// Id of the next hop; of a [`Via::Address`], the address.
    pub next_hop: String,
    /// The port, or the subnet of an address without one, that must stay while the route leads there.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub holds: Option<String>,
    /// Free text.
    #[serde(default)]
    pub description: String,
}

/// A route as it is asked for.
#[derive(Clone, Debug)]
pub struct NewRoute {
    /// Where packets want to go.
    pub destination: Cidr,
    /// What the next hop is.
    pub via: Via,
    /// Id or address of the next hop.
    pub next_hop: String,
    /// Free text; one that exists stays when absent.
    pub description: Option<String>,
    /// Whether an address must be that of a port.
    pub strict: bool,
}

/// Writes a route into a table that has none to that destination.
pub(super) fn add(
    tx: &mut Tx<'_>,
    cx: &mut Context<'_>,
    table: &mut RouteTable,
    new: NewRoute,
) -> Result<(), Fault> {
    let destination = new.destination;
    if is_local(tx, table.vpc(), destination)? {
        return Err(refused(RouteRefusal::Local, destination));
    }
    if table.routes.iter().any(|it| it.destination == destination) {
        return Err(refused(RouteRefusal::Taken, destination));
    }
    let holds = next_hop(tx, cx, table.vpc(), &new)?;
    let route = Route {
        id: cx.ids.uuid(),
        destination,
        via: new.via,
        next_hop: new.next_hop,
        holds,
        description: new.description.unwrap_or_default(),
    };
    let space = space(table.vpc());
    // Connections of VPN gateways write into the default table, under the same claims.
    if table.is_default
        && !claim::take(tx.rows(), &space, &destination.to_string(), &table.head.id)?
    {
        return Err(refused(RouteRefusal::Taken, destination));
    }
    file(tx, table, &route)?;
    table.routes.push(route);
    Ok(())
}

/// Leads an existing route elsewhere.
pub(super) fn modify(
    tx: &mut Tx<'_>,
    cx: &Context<'_>,
    table: &mut RouteTable,
    new: NewRoute,
) -> Result<(), Fault> {
    let at = place(table, new.destination)?;
    let holds = next_hop(tx, cx, table.vpc(), &new)?;
    withdraw(tx, table, &table.routes[at].clone())?;
    let route = &mut table.routes[at];
    route.via = new.via;
    route.next_hop = new.next_hop;
    route.holds = holds;
    if let Some(description) = new.description {
        route.description = description;
    }
    let route = route.clone();
    file(tx, table, &route)
}

/// Takes a route out of a table.
pub(super) fn remove(
    tx: &mut Tx<'_>,
    table: &mut RouteTable,
    destination: Cidr,
) -> Result<(), Fault> {
    let at = place(table, destination)?;
    let route = table.routes.remove(at);
    withdraw(tx, table, &route)?;
    if table.is_default {
        claim::release(tx.rows(), &space(table.vpc()), &destination.to_string())?;
    }
    Ok(())
}

/// The destinations that connections of VPN gateways have written, with their gateways.
pub(super) fn learned(tx: &mut Tx<'_>, table: &RouteTable) -> Result<Vec<(Cidr, String)>, Fault> {
    if !table.is_default {
        return Ok(Vec::new());
    }
    let claims = claim::list(tx.rows(), &space(table.vpc()), None, i64::MAX)?.into_iter();
    Ok(claims
        .filter(|claim| claim.owner != table.head.id)
        .filter_map(|claim| Some((claim.key.parse().ok()?, claim.owner)))
        .collect())
}

/// The claims on destinations of the default table of a network.
pub fn space(vpc: &str) -> String {
    format!("route/{vpc}")
}

/// The claims under which the single routes of a project are found; the owner is the table.
pub(super) fn filed(project: &str) -> String {
    format!("routes/{project}")
}

fn refused(refusal: RouteRefusal, destination: Cidr) -> Fault {
    Fault::Route {
        refusal,
        destination,
    }
}

fn place(table: &RouteTable, destination: Cidr) -> Result<usize, Fault> {
    let at = table
        .routes
        .iter()
        .position(|it| it.destination == destination);
    at.ok_or_else(|| refused(RouteRefusal::Missing, destination))
}

/// Whether packets to there never leave the network or the platform.
fn is_local(tx: &mut Tx<'_>, vpc: &str, destination: Cidr) -> Result<bool, Fault> {
    let platform = PLATFORM
        .iter()
        .filter_map(|block| block.parse::<Cidr>().ok())
        .any(|block| block.holds(destination));
    let subnet = subnet::at(tx, vpc, destination.base())?;
    Ok(platform || subnet.is_some_and(|subnet| subnet.cidr.holds(destination)))
}

/// Refuses a next hop that is not there; the answer is what has to stay for it.
fn next_hop(
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

/// Makes a route of the default table to a peering findable by its id: only those are known singly.
fn file(tx: &mut Tx<'_>, table: &RouteTable, route: &Route) -> Result<(), Fault> {
    if table.is_default && route.via == Via::Peering {
        let space = filed(&table.head.project);
        claim::take(tx.rows(), &space, &route.id, &table.head.id)?;
    }
    Ok(())
}

fn withdraw(tx: &mut Tx<'_>, table: &RouteTable, route: &Route) -> Result<(), Fault> {
    claim::release(tx.rows(), &filed(&table.head.project), &route.id)?;
    Ok(())
}
