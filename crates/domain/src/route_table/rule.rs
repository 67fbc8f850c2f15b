//! Single routes of a table by their short ids: made, changed, switched, taken away one by one.

use std::net::IpAddr;

use vpcd_net::{Family, Prefix};
use vpcd_store::claim;

use super::route::{self, Line, NewRoute, Route, Via};
use super::{RouteTable, room};
use crate::condition;
use crate::context::Context;
use crate::fault::{Fault, RouteRefusal};
use crate::ipv6_gateway::Ipv6Gateway;
use crate::nat::NatGateway;
use crate::peering::Peering;
use crate::port::{Port, VIRTUAL};
use crate::registration::Registration;
use crate::resource::Kind;
use crate::tx::Tx;

/// Validated input of [`update`]; absent fields stay.
#[derive(Clone, Debug, Default)]
pub struct RuleChange {
    /// Where packets must come from; `Some(None)` means from anywhere.
    pub source: Option<Option<Prefix>>,
    /// Where packets want to go.
    pub destination: Option<Prefix>,
    /// The next hop, in the words of [`named`].
    pub next_hop: Option<String>,
    /// Free text.
    pub description: Option<String>,
}

/// The table that has the route of that short id, and where in it.
pub fn find(tx: &mut Tx<'_>, cx: &Context<'_>, id: &str) -> Result<(RouteTable, usize), Fault> {
    let missing = || Fault::NotFound {
        kind: Kind::RouteTable,
        id: id.to_owned(),
    };
    let table: RouteTable = tx.with_alias(&cx.caller.project, id)?.ok_or_else(missing)?;
    let mut routes = table.routes.iter();
    let at = routes.position(|it| it.alias.as_deref() == Some(id));
    at.map(|at| (table, at)).ok_or_else(missing)
}

/// Writes routes into a table, all or none; their next hops are in the words of [`named`].
pub fn create(
    tx: &mut Tx<'_>,
    cx: &mut Context<'_>,
    mut table: RouteTable,
    new: Vec<NewRoute>,
) -> Result<Vec<Route>, Fault> {
    condition::standing(tx, cx, false)?;
    condition::backend_writes(tx, cx)?;
    let first = table.routes.len();
    for mut new in new {
        if !new.line.is_only() && new.via != Via::Line {
            return Err(Fault::invalid(
                "next_hop",
                "only leased lines come in several",
            ));
        }
        new.next_hop = named(tx, &table, &new)?;
        room(tx, cx, &table)?;
        route::add(tx, cx, &mut table, new)?;
    }
    tx.change(cx, &mut table)?;
    Ok(table.routes.split_off(first))
}

/// Changes a route; of those that come in several none can be changed.
pub fn update(
    tx: &mut Tx<'_>,
    cx: &mut Context<'_>,
    id: &str,
    change: RuleChange,
) -> Result<(), Fault> {
    let (mut table, at) = find(tx, cx, id)?;
    condition::backend_writes(tx, cx)?;
    let old = table.routes[at].clone();
    if !old.line.is_only() {
        return Err(unsuitable(id, "it is one of several lines"));
    }
    let mut new = NewRoute {
        source: change.source.unwrap_or(old.source),
        destination: change.destination.unwrap_or(old.destination),
        via: old.via,
        next_hop: old.next_hop.clone(),
        description: change.description,
        strict: true,
        line: old.line,
    };
    if let Some(next_hop) = change.next_hop
        && next_hop != name_of(tx, &table, &old)?
    {
        new.next_hop = next_hop;
        new.next_hop = named(tx, &table, &new)?;
    }
    let said = (new.source, new.destination, &new.next_hop);
    if said == (old.source, old.destination, &old.next_hop) {
        // A text can be changed wherever the route leads, and whether that is still there.
        table.routes[at].description = new.description.unwrap_or(old.description);
        return tx.update(cx, &mut table);
    }
    new.description = new.description.or(Some(old.description));
    route::rewrite(tx, cx, &mut table, at, new)?;
    tx.change(cx, &mut table)
}

/// Takes a route away.
pub fn delete(tx: &mut Tx<'_>, cx: &mut Context<'_>, id: &str) -> Result<(), Fault> {
    let (mut table, at) = find(tx, cx, id)?;
    condition::backend_writes(tx, cx)?;
    route::remove_at(tx, &mut table, at)?;
    tx.change(cx, &mut table)
}

/// Has the line in reserve take over from the one in use, which that id names.
pub fn switch(tx: &mut Tx<'_>, cx: &mut Context<'_>, id: &str) -> Result<(), Fault> {
    let (mut table, at) = find(tx, cx, id)?;
    condition::backend_writes(tx, cx)?;
    let active = table.routes[at].clone();
    let reserve = table.routes.iter().position(|it| {
        (it.destination, it.source) == (active.destination, active.source)
            && it.line == Line::Standby
    });
    let (Line::Active, Some(reserve)) = (active.line, reserve) else {
        return Err(unsuitable(id, "it is not the line in use of two"));
    };
    table.routes[at].line = Line::Standby;
    table.routes[reserve].line = Line::Active;
    tx.change(cx, &mut table)
}

/// The next hop of a new route as routes keep it: what a short id names. A peering is named by its interface in the
/// network of the table, a virtual address by its port.
pub fn named(tx: &mut Tx<'_>, table: &RouteTable, new: &NewRoute) -> Result<String, Fault> {
    let name = match new.via {
        // The network itself needs no name.
        Via::Local => return Ok(String::new()),
        _ => new.next_hop.as_str(),
    };
    let missing = || Fault::Route {
        refusal: RouteRefusal::NextHop,
        destination: new.destination,
    };
    if name.is_empty() {
        return Err(missing());
    }
    let known = claim::holder(tx.rows(), "alias", name)?;
    let project = table.head.project.as_str();
    match new.via {
        Via::Peering => {
            let id = known.ok_or_else(missing)?;
            let peering = tx.any::<Peering>(&id)?.ok_or_else(missing)?;
            let end = peering.end(table.vpc()).ok_or_else(missing)?;
            match end.interface.as_deref() == Some(name) {
                true => Ok(id),
                false => Err(missing()),
            }
        }
        Via::Address if name.parse::<IpAddr>().is_err() => {
            let port = tx.find::<Port>(project, &known.unwrap_or_default())?;
            let port = port.filter(|port| port.device_owner == VIRTUAL);
            address_of(&port.ok_or_else(missing)?, new.destination.family())
        }
        // Whose they are is judged with the route.
        Via::Instance | Via::Port | Via::Nat | Via::Ipv6Gateway => {
            Ok(known.unwrap_or_else(|| name.to_owned()))
        }
        // What is not known here is kept as it was told: the long id of what somebody else has under that name is not.
        _ => Ok(name.to_owned()),
    }
}

/// The next hop of a route in the words of [`named`]; its id where it has no short one.
pub fn name_of(tx: &mut Tx<'_>, table: &RouteTable, route: &Route) -> Result<String, Fault> {
    let short = match route.via {
        Via::Peering => {
            let peering = tx.any::<Peering>(&route.next_hop)?;
            peering.and_then(|it| it.end(table.vpc())?.interface.clone())
        }
        Via::Port | Via::Address => {
            let port = tx.any::<Port>(route.holds.as_deref().unwrap_or_default())?;
            port.and_then(|port| port.head.alias)
        }
        Via::Instance => {
            let server = tx.any::<Registration>(&route.next_hop)?;
            server.and_then(|server| server.head.alias)
        }
        Via::Nat => {
            let gateway = tx.any::<NatGateway>(&route.next_hop)?;
            gateway.and_then(|gateway| gateway.head.alias)
        }
        Via::Ipv6Gateway => {
            let gateway = tx.any::<Ipv6Gateway>(&route.next_hop)?;
            gateway.and_then(|gateway| gateway.head.alias)
        }
        _ => None,
    };
    Ok(short.unwrap_or_else(|| route.next_hop.clone()))
}

/// The address of a virtual one's port in a family.
fn address_of(port: &Port, family: Family) -> Result<String, Fault> {
    let address = match family {
        Family::V4 => Some(port.address.to_string()),
        Family::V6 => port.ipv6.first().map(ToString::to_string),
    };
    address.ok_or_else(|| Fault::invalid("nexthop", "it has no address of the family"))
}

fn unsuitable(id: &str, reason: &'static str) -> Fault {
    Fault::Unsuitable {
        kind: Kind::RouteTable,
        id: id.to_owned(),
        reason,
    }
}
