//! Single routes: where a destination leads, and whether that can be.

use serde::{Deserialize, Serialize};
use vpcd_net::Cidr;
use vpcd_store::claim;

use crate::context::Context;
use crate::fault::{Fault, RouteRefusal};
use crate::route_table::RouteTable;
use crate::route_table::hop::next_hop;
use crate::subnet;
use crate::tx::Tx;
use crate::vpc::Vpc;

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
    pub source: Option<Cidr>,
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
    /// Which of several next hops it is.
    #[serde(default, skip_serializing_if = "Line::is_only")]
    pub line: Line,
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
    /// Where packets must come from; from anywhere when absent.
    pub source: Option<Cidr>,
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
    if is_local(tx, cx, table.vpc(), destination)? {
        return Err(refused(RouteRefusal::Local, destination));
    }
    if let Some(source) = new.source {
        let subnet = subnet::at(tx, table.vpc(), source.base())?;
        if !subnet.is_some_and(|subnet| subnet.cidr.holds(source)) {
            return Err(Fault::invalid("source", "in no subnet of the network"));
        }
    }
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
    destination: Cidr,
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

pub(super) fn refused(refusal: RouteRefusal, destination: Cidr) -> Fault {
    Fault::Route {
        refusal,
        destination: destination.into(),
    }
}

fn place(table: &RouteTable, destination: Cidr) -> Result<usize, Fault> {
    // Who names a route by its destination alone means the one for everybody's packets first.
    let of = |it: &Route| it.destination == destination;
    let routes = &table.routes;
    let plain = routes.iter().position(|it| of(it) && it.source.is_none());
    let at = plain.or_else(|| routes.iter().position(of));
    at.ok_or_else(|| refused(RouteRefusal::Missing, destination))
}

/// Whether packets to there never leave the network or the platform.
fn is_local(
    tx: &mut Tx<'_>,
    cx: &Context<'_>,
    vpc: &str,
    destination: Cidr,
) -> Result<bool, Fault> {
    if cx.policy.routes_beside_network
        && destination.prefix() > 0
        && let Some(vpc) = tx.any::<Vpc>(vpc)?
    {
        let mut blocks = vpc.cidr.iter().chain(&vpc.secondary_cidrs);
        if blocks.any(|block| block.prefix() > 0 && block.overlaps(destination)) {
            return Ok(true);
        }
    }
    let platform = PLATFORM
        .iter()
        .filter_map(|block| block.parse::<Cidr>().ok())
        .any(|block| block.holds(destination));
    let subnet = subnet::at(tx, vpc, destination.base())?;
    Ok(platform || subnet.is_some_and(|subnet| subnet.cidr.holds(destination)))
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
