//! Single routes: where a destination leads, and whether that can be.

use serde::{Deserialize, Serialize};
use vpcd_net::{Family, Prefix};
use vpcd_store::claim;

use crate::context::Context;
use crate::fault::{Fault, RouteRefusal};
use crate::resource::Kind;
use crate::route_table::RouteTable;
use crate::route_table::hop::next_hop;
use crate::route_table::local;
use crate::tx::Tx;
use crate::vpc::Vpc;

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
    /// The IPv6 gateway of the network.
    Ipv6Gateway,
    /// The network itself: as where no route is written.
    Local,
}

/// Which of the next hops of its destination a route is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Line {
    /// The only one.
    #[default]
    Only,
    /// One of several leased lines that share the packets.
    Shared,
    /// The leased line in use, of two.
    Active,
    /// The leased line in reserve.
    Standby,
}

impl Line {
    /// Whether it is the only one.
    pub fn is_only(&self) -> bool {
        *self == Line::Only
    }
}

/// One route.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Route {
    /// UUID, for APIs that know single routes.
    pub id: String,
    /// Short id, for a cloud whose ids are short.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub alias: Option<String>,
    /// Where packets must come from; from anywhere when absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub source: Option<Prefix>,
    /// Where packets want to go.
    pub destination: Prefix,
    /// What the next hop is.
    pub via: Via,
    /// Id of the next hop; of a [`Via::Address`], the address.
    pub next_hop: String,
    /// What must stay while the route leads there, when it lives here: for an address its port, or its subnet.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub holds: Option<String>,
    /// The subnet that the source is in.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub start: Option<String>,
    /// Free text.
    #[serde(default)]
    pub description: String,
    /// Which of several next hops it is.
    #[serde(default, skip_serializing_if = "Line::is_only")]
    pub line: Line,
}

/// A route as it is asked for.
#[derive(Clone, Debug)]
pub struct NewRoute {
    /// Where packets want to go.
    pub destination: Prefix,
    /// What the next hop is.
    pub via: Via,
    /// Id or address of the next hop.
    pub next_hop: String,
    /// Free text; one that exists stays when absent.
    pub description: Option<String>,
    /// Whether an address must be that of a port.
    pub strict: bool,
    /// Where packets must come from; from anywhere when absent.
    pub source: Option<Prefix>,
    /// Which of several next hops it is.
    pub line: Line,
}

/// What short ids of routes begin with.
pub(crate) const ALIAS: &str = "rr-";

/// Writes a route into a table that has no other next hop for the packets.
pub(super) fn add(
    tx: &mut Tx<'_>,
    cx: &mut Context<'_>,
    table: &mut RouteTable,
    new: NewRoute,
) -> Result<(), Fault> {
    let ids = (cx.ids.uuid(), Some(cx.ids.short(ALIAS)));
    let at = table.routes.len();
    write(tx, cx, table, new, ids, at)
}

/// Writes a route anew, under the ids and in the place of what it was.
pub(super) fn rewrite(
    tx: &mut Tx<'_>,
    cx: &Context<'_>,
    table: &mut RouteTable,
    at: usize,
    new: NewRoute,
) -> Result<(), Fault> {
    let old = remove_at(tx, table, at)?;
    write(tx, cx, table, new, (old.id, old.alias), at)
}

fn write(
    tx: &mut Tx<'_>,
    cx: &Context<'_>,
    table: &mut RouteTable,
    new: NewRoute,
    (id, alias): (String, Option<String>),
    at: usize,
) -> Result<(), Fault> {
    let destination = new.destination;
    six_must_be_there(tx, cx, table.vpc(), destination.family())?;
    if local::is_local(tx, cx, table.vpc(), destination)? {
        return Err(refused(RouteRefusal::Local, destination));
    }
    let start = start(tx, table.vpc(), &new)?;
    if table.routes.iter().any(|it| clash(it, &new)) {
        return Err(refused(RouteRefusal::Taken, destination));
    }
    let holds = next_hop(tx, cx, table.vpc(), &new)?;
    let route = Route {
        id,
        alias,
        source: new.source,
        destination,
        via: new.via,
        next_hop: new.next_hop,
        holds,
        start,
        description: new.description.unwrap_or_default(),
        line: new.line,
    };
    reserve(tx, table, &route)?;
    file(tx, table, &route)?;
    if let Some(alias) = &route.alias {
        claim::take(tx.rows(), "alias", alias, &table.head.id)?;
    }
    table.routes.insert(at, route);
    Ok(())
}

/// Where a network has IPv6 of its own, there are no routes of IPv6 before it has.
fn six_must_be_there(
    tx: &mut Tx<'_>,
    cx: &Context<'_>,
    vpc: &str,
    family: Family,
) -> Result<(), Fault> {
    if family == Family::V4 || !cx.policy.ipv6_by_network {
        return Ok(());
    }
    match tx.any::<Vpc>(vpc)? {
        Some(vpc) if vpc.ipv6.is_none() => Err(Fault::Unsuitable {
            kind: Kind::Vpc,
            id: vpc.head.id,
            reason: "it has no IPv6",
        }),
        _ => Ok(()),
    }
}

/// The subnet that the source of a new route is in.
fn start(tx: &mut Tx<'_>, vpc: &str, new: &NewRoute) -> Result<Option<String>, Fault> {
    let Some(source) = new.source else {
        return Ok(None);
    };
    if source.family() != new.destination.family() {
        return Err(Fault::invalid("source", "not of the destination's family"));
    }
    match local::subnet_with(tx, vpc, source)? {
        Some(subnet) => Ok(Some(subnet.head.id)),
        None => Err(Fault::invalid("source", "in no subnet of the network")),
    }
}

/// Whether a route that exists already leads the packets of the new one, and not as another line beside it.
fn clash(known: &Route, new: &NewRoute) -> bool {
    let beside = matches!(
        (known.line, new.line),
        (Line::Shared, Line::Shared)
            | (Line::Active, Line::Standby)
            | (Line::Standby, Line::Active)
    );
    let hop = (known.via, known.next_hop.as_str()) == (new.via, new.next_hop.as_str());
    (known.destination, known.source) == (new.destination, new.source) && (hop || !beside)
}

/// Claims the destination. Connections of VPN gateways write into the default table, under the same claims.
fn reserve(tx: &mut Tx<'_>, table: &RouteTable, route: &Route) -> Result<(), Fault> {
    if !table.is_default {
        return Ok(());
    }
    let space = space(table.vpc());
    let plain = claim::holder(tx.rows(), &space, &route.destination.to_string())?;
    let foreign = plain.is_some_and(|owner| owner != table.head.id);
    if (foreign && route.source.is_none())
        || !claim::take(tx.rows(), &space, &key(route), &table.head.id)?
    {
        return Err(refused(RouteRefusal::Taken, route.destination));
    }
    Ok(())
}

/// The key of the claim on the destination: only a route for everybody's packets by one next hop takes it whole.
fn key(route: &Route) -> String {
    let mut key = route.destination.to_string();
    if let Some(source) = route.source {
        key = format!("{key} from {source}");
    }
    if !route.line.is_only() {
        key = format!("{key} by {}", route.next_hop);
    }
    key
}

/// Leads an existing route elsewhere.
pub(super) fn modify(
    tx: &mut Tx<'_>,
    cx: &Context<'_>,
    table: &mut RouteTable,
    new: NewRoute,
) -> Result<(), Fault> {
    let at = place(table, new.destination)?;
    let old = table.routes[at].clone();
    let new = NewRoute {
        description: new.description.or(Some(old.description)),
        source: old.source,
        // Only leased lines come in several.
        line: match new.via {
            Via::Line => old.line,
            _ => Line::Only,
        },
        ..new
    };
    let holds = next_hop(tx, cx, table.vpc(), &new)?;
    let old = remove_at(tx, table, at)?;
    if table.routes.iter().any(|it| clash(it, &new)) {
        return Err(refused(RouteRefusal::Taken, new.destination));
    }
    let route = Route {
        via: new.via,
        next_hop: new.next_hop,
        holds,
        description: new.description.unwrap_or_default(),
        line: new.line,
        ..old
    };
    reserve(tx, table, &route)?;
    file(tx, table, &route)?;
    if let Some(alias) = &route.alias {
        claim::take(tx.rows(), "alias", alias, &table.head.id)?;
    }
    table.routes.insert(at, route);
    Ok(())
}

/// Takes a route out of a table.
pub(super) fn remove(
    tx: &mut Tx<'_>,
    table: &mut RouteTable,
    destination: Prefix,
) -> Result<(), Fault> {
    let at = place(table, destination)?;
    remove_at(tx, table, at).map(drop)
}

/// Takes the route at that place out of a table.
pub(super) fn remove_at(
    tx: &mut Tx<'_>,
    table: &mut RouteTable,
    at: usize,
) -> Result<Route, Fault> {
    let route = table.routes.remove(at);
    withdraw(tx, table, &route)?;
    if table.is_default {
        claim::release(tx.rows(), &space(table.vpc()), &key(&route))?;
    }
    if let Some(alias) = &route.alias {
        claim::release(tx.rows(), "alias", alias)?;
    }
    Ok(route)
}

/// The destinations that connections of VPN gateways have written, with their gateways.
pub(super) fn learned(tx: &mut Tx<'_>, table: &RouteTable) -> Result<Vec<(Prefix, String)>, Fault> {
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

pub(super) fn refused(refusal: RouteRefusal, destination: Prefix) -> Fault {
    Fault::Route {
        refusal,
        destination,
    }
}

fn place(table: &RouteTable, destination: Prefix) -> Result<usize, Fault> {
    // Who names a route by its destination alone means the one for everybody's packets first.
    let of = |it: &Route| it.destination == destination;
    let routes = &table.routes;
    let plain = routes.iter().position(|it| of(it) && it.source.is_none());
    let at = plain.or_else(|| routes.iter().position(of));
    at.ok_or_else(|| refused(RouteRefusal::Missing, destination))
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
