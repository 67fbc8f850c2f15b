//! Route tables: where packets of a network's subnets go.

mod association;
mod hop;
pub mod route;
pub mod rule;

use std::net::Ipv4Addr;

use serde::{Deserialize, Serialize};
use vpcd_net::Cidr;
use vpcd_store::claim;

use crate::condition;
use crate::context::Context;
use crate::fault::{Fault, Holder};
use crate::quota;
use crate::resource::{Head, Kind, Resource};
use crate::subnet::Subnet;
use crate::tx::{After, Tx};
use crate::vpc::Vpc;

pub use association::{associate, dissociate, of_subnet, subnets};
pub use route::{Line, NewRoute, Route, Via};

/// Role of the edges from a subnet to the table that routes it.
pub(crate) const ROUTED: &str = "routed_by";
/// Role of the edges from a table to what its routes lead to.
pub(crate) const NEXT_HOP: &str = "next_hop";

/// A route table.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct RouteTable {
    /// Head; the parent is the network.
    pub head: Head,
    /// Name.
    pub name: String,
    /// Free text.
    #[serde(default)]
    pub description: String,
    /// Whether it came with the network; it routes every subnet that has no other table.
    pub is_default: bool,
    /// Routes in the order in which they were written, destinations unique.
    #[serde(default)]
    pub routes: Vec<Route>,
}

/// Validated input of [`create`].
#[derive(Clone, Debug, Default)]
pub struct NewTable {
    /// The network, by UUID.
    pub vpc: String,
    /// Name, may be empty.
    pub name: String,
    /// Free text.
    pub description: String,
    /// First routes.
    pub routes: Vec<NewRoute>,
}

/// Validated input of [`update`]; absent fields stay. Routes are removed, then modified, then added.
#[derive(Clone, Debug, Default)]
pub struct TableChange {
    /// New name.
    pub name: Option<String>,
    /// New description.
    pub description: Option<String>,
    /// Routes to add.
    pub add: Vec<NewRoute>,
    /// Routes to lead elsewhere.
    pub modify: Vec<NewRoute>,
    /// Destinations to forget.
    pub remove: Vec<Cidr>,
}

/// A table with what is derived for those who look at it.
#[derive(Clone, Debug)]
pub struct View {
    /// The table.
    pub table: RouteTable,
    /// The subnets that it routes.
    pub subnets: Vec<String>,
    /// Blocks that never leave the network: its subnets', then the platform's.
    pub local: Vec<Cidr>,
    /// Destinations behind connections of VPN gateways, with the gateways.
    pub learned: Vec<(Cidr, String)>,
}

impl Resource for RouteTable {
    const KIND: Kind = Kind::RouteTable;
    const ALIAS: Option<&'static str> = Some("rt-");

    fn head(&self) -> &Head {
        &self.head
    }

    fn head_mut(&mut self) -> &mut Head {
        &mut self.head
    }

    fn counted(&self) -> bool {
        true
    }

    fn edges(&self) -> Vec<(&'static str, String)> {
        let held = self.routes.iter().filter_map(|route| route.holds.clone());
        held.map(|id| (NEXT_HOP, id)).collect()
    }
}

impl RouteTable {
    /// The network's id.
    pub fn vpc(&self) -> &str {
        self.head.parent.as_deref().unwrap_or_default()
    }
}

/// Whether a route leads to this address of a port.
pub(crate) fn leads_to(tx: &mut Tx<'_>, port: &str, address: Ipv4Addr) -> Result<bool, Fault> {
    let hop = address.to_string();
    for (table, role) in tx.holders(port, usize::MAX)? {
        if role == NEXT_HOP
            && let Some(table) = tx.any::<RouteTable>(&table)?
            && table
                .routes
                .iter()
                .any(|it| it.via == Via::Address && it.next_hop == hop)
        {
            return Ok(true);
        }
    }
    Ok(false)
}

/// Creates the table that comes with a network.
pub fn create_default(
    tx: &mut Tx<'_>,
    cx: &mut Context<'_>,
    vpc: &Vpc,
) -> Result<RouteTable, Fault> {
    let new = NewTable {
        name: format!("rtb-{}", vpc.name),
        ..NewTable::default()
    };
    let mut table = build(cx, vpc, new);
    table.is_default = true;
    tx.insert(&table)?;
    Ok(table)
}

/// Removes the table that came with a network, the last of its tables.
pub fn remove_default(tx: &mut Tx<'_>, vpc: &Vpc) -> Result<(), Fault> {
    for table in tx.children::<RouteTable>(&vpc.head.id)? {
        tx.remove(&table)?;
    }
    Ok(())
}

/// The table that came with a network.
pub fn default_of(tx: &mut Tx<'_>, vpc: &str) -> Result<RouteTable, Fault> {
    // A network has few tables of its own: there is a quota.
    let tables = tx.children::<RouteTable>(vpc)?;
    tables
        .into_iter()
        .find(|table| table.is_default)
        .ok_or_else(|| Fault::NotFound {
            kind: Kind::Vpc,
            id: vpc.to_owned(),
        })
}

/// Creates a table beside the default one.
pub fn create(tx: &mut Tx<'_>, cx: &mut Context<'_>, new: NewTable) -> Result<RouteTable, Fault> {
    condition::standing(tx, cx, false)?;
    let vpc: Vpc = tx.get(&cx.caller.project, &new.vpc)?;
    vpc.head.must_take_changes(cx, Kind::Vpc)?;
    let quota = "vpcContainRoutetable";
    let limit = quota::limit(tx, cx, &cx.caller.project, quota)?;
    // The default table does not count.
    if let Some(limit) = limit
        && tx.count_children::<RouteTable>(&vpc.head.id)? > limit
    {
        return Err(Fault::QuotaExceeded { quota, limit });
    }
    condition::backend_writes(tx, cx)?;
    let routes = new.routes.clone();
    let mut table = build(cx, &vpc, new);
    for route in routes {
        room(tx, cx, &table)?;
        route::add(tx, cx, &mut table, route)?;
    }
    tx.insert(&table)?;
    Ok(table)
}

/// Changes a table.
pub fn update(
    tx: &mut Tx<'_>,
    cx: &mut Context<'_>,
    id: &str,
    change: TableChange,
) -> Result<RouteTable, Fault> {
    let mut table: RouteTable = tx.get(&cx.caller.project, id)?;
    condition::backend_writes(tx, cx)?;
    if let Some(name) = change.name {
        table.name = name;
    }
    if let Some(description) = change.description {
        table.description = description;
    }
    let before = table.routes.clone();
    for destination in change.remove {
        route::remove(tx, &mut table, destination)?;
    }
    for route in change.modify {
        route::modify(tx, cx, &mut table, route)?;
    }
    for route in change.add {
        room(tx, cx, &table)?;
        route::add(tx, cx, &mut table, route)?;
    }
    match before == table.routes {
        true => tx.update(cx, &mut table)?,
        false => tx.change(cx, &mut table)?,
    }
    Ok(table)
}

/// Deletes a table that routes no subnet; the default one stays.
pub fn delete(tx: &mut Tx<'_>, cx: &mut Context<'_>, id: &str) -> Result<(), Fault> {
    let table: RouteTable = tx.get(&cx.caller.project, id)?;
    let used = match table.is_default {
        true => Some(Holder::Network),
        false => (!tx.holders(id, 1)?.is_empty()).then_some(Holder::Subnet),
    };
    if let Some(by) = used {
        return Err(Fault::InUse {
            kind: Kind::RouteTable,
            id: id.to_owned(),
            by,
        });
    }
    condition::backend_writes(tx, cx)?;
    tx.remove(&table)
}

/// A table as it is looked at.
pub fn view(tx: &mut Tx<'_>, table: RouteTable) -> Result<View, Fault> {
    let all = tx.children::<Subnet>(table.vpc())?;
    let platform = route::PLATFORM.iter().filter_map(|it| it.parse().ok());
    Ok(View {
        local: all.iter().map(|it| it.cidr).chain(platform).collect(),
        learned: route::learned(tx, &table)?,
        subnets: association::routed(tx, &table, &all)?,
        table,
    })
}

/// The destinations that connections of VPN gateways have written into a table, with their gateways.
pub fn learned(tx: &mut Tx<'_>, table: &RouteTable) -> Result<Vec<(Cidr, String)>, Fault> {
    route::learned(tx, table)
}

/// The routes to addresses in the default table of a network: the network's own, where an API keeps them with it.
pub fn extra(table: &RouteTable) -> Vec<(Cidr, String)> {
    let routes = table
        .routes
        .iter()
        .filter(|it| it.via == Via::Address && it.source.is_none());
    routes
        .map(|it| (it.destination, it.next_hop.clone()))
        .collect()
}

/// Replaces the routes to addresses in the default table of a network.
pub fn set_extra(
    tx: &mut Tx<'_>,
    cx: &mut Context<'_>,
    vpc: &str,
    routes: &[(Cidr, Ipv4Addr)],
) -> Result<RouteTable, Fault> {
    let table = default_of(tx, vpc)?;
    let wanted = |it: &(Cidr, String)| {
        routes
            .iter()
            .any(|(to, by)| (*to, by.to_string()) == (it.0, it.1.clone()))
    };
    let known = extra(&table);
    let fresh = |it: &&(Cidr, Ipv4Addr)| !known.contains(&(it.0, it.1.to_string()));
    let change = TableChange {
        remove: known
            .iter()
            .filter(|it| !wanted(it))
            .map(|it| it.0)
            .collect(),
        add: routes
            .iter()
            .filter(fresh)
            .map(|(destination, address)| NewRoute {
                destination: *destination,
                via: Via::Address,
                next_hop: address.to_string(),
                description: None,
                strict: false,
                source: None,
                line: Line::Only,
            })
            .collect(),
        ..TableChange::default()
    };
    update(tx, cx, &table.head.id.clone(), change)
}

/// The single routes to peerings of a project, with their tables, by their ids.
pub fn to_peerings(
    tx: &mut Tx<'_>,
    project: &str,
    after: After<'_>,
    limit: usize,
) -> Result<Vec<(RouteTable, Route)>, Fault> {
    let limit = i64::try_from(limit).unwrap_or(i64::MAX);
    let claims = claim::list(tx.rows(), &route::filed(project), after, limit)?;
    let mut found = Vec::new();
    for claim in claims {
        found.extend(single(tx, project, &claim.key, &claim.owner)?);
    }
    Ok(found)
}

/// The single route to a peering of that id, with its table.
pub fn to_peering(tx: &mut Tx<'_>, project: &str, id: &str) -> Result<(RouteTable, Route), Fault> {
    let table = claim::holder(tx.rows(), &route::filed(project), id)?;
    let found = match table {
        Some(table) => single(tx, project, id, &table)?,
        None => None,
    };
    found.ok_or_else(|| Fault::NotFound {
        kind: Kind::RouteTable,
        id: id.to_owned(),
    })
}

/// Takes the single route to a peering of that id away, whatever else leads to where it does.
pub fn remove_to_peering(tx: &mut Tx<'_>, cx: &mut Context<'_>, id: &str) -> Result<(), Fault> {
    let (mut table, route) = to_peering(tx, &cx.caller.project, id)?;
    condition::backend_writes(tx, cx)?;
    let at = table.routes.iter().position(|it| it.id == route.id);
    if let Some(at) = at {
        route::remove_at(tx, &mut table, at)?;
    }
    tx.change(cx, &mut table)
}

fn single(
    tx: &mut Tx<'_>,
    project: &str,
    id: &str,
    table: &str,
) -> Result<Option<(RouteTable, Route)>, Fault> {
    let Some(table) = tx.find::<RouteTable>(project, table)? else {
        return Ok(None);
    };
    let route = table.routes.iter().find(|it| it.id == id).cloned();
    Ok(route.map(|route| (table, route)))
}

/// Refuses one more route in a table that is full.
fn room(tx: &mut Tx<'_>, cx: &Context<'_>, table: &RouteTable) -> Result<(), Fault> {
    let quota = "routetableContainRoutes";
    let scopes = [table.vpc(), "*"];
    let limit = match condition::read::<u64>(tx, "routes.limit", &scopes)? {
        Some(limit) => Some(limit),
        None => quota::limit(tx, cx, &table.head.project, quota)?,
    };
    let used = match table.is_default {
        true => u64::try_from(claim::count(tx.rows(), &route::space(table.vpc()))?).unwrap_or(0),
        false => table.routes.len() as u64,
    };
    match limit {
        Some(limit) if used >= limit => Err(Fault::QuotaExceeded { quota, limit }),
        _ => Ok(()),
    }
}

fn build(cx: &mut Context<'_>, vpc: &Vpc, new: NewTable) -> RouteTable {
    let mut head = Head::new::<RouteTable>(cx, Some(&vpc.head.id));
    head.target = vpc.head.target.clone();
    RouteTable {
        head,
        name: new.name,
        description: new.description,
        is_default: false,
        routes: Vec::new(),
    }
}

#[cfg(test)]
mod tests;
