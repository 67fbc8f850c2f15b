//! Route tables: where packets of a network's subnets go.

mod association;
mod extra;
mod hop;
mod local;
pub mod route;
pub mod rule;
mod single;
mod stay;

use serde::{Deserialize, Serialize};
use vpcd_net::Prefix;
use vpcd_store::claim;

use crate::condition;
use crate::context::Context;
use crate::fault::{Fault, Holder};
use crate::quota;
use crate::resource::{Head, Kind, Resource};
use crate::subnet::Subnet;
use crate::tx::Tx;
use crate::vpc::Vpc;

pub use association::{associate, dissociate, of_subnet, subnets};
pub use extra::{extra, set_extra};
pub use route::{Line, NewRoute, Route, Via};
pub use single::{remove_to_peering, to_peering, to_peerings};
pub(crate) use stay::{any_of, begins_in, forget, keep, leads_to};

/// Role of the edges from a subnet to the table that routes it.
pub(crate) const ROUTED: &str = "routed_by";
/// Role of the edges from a table to what its routes lead to.
pub(crate) const NEXT_HOP: &str = "next_hop";
/// Role of the edges from a table to the subnets whose packets its routes are for.
pub(crate) const SOURCE: &str = "route_source";

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
    pub remove: Vec<Prefix>,
}

/// A table with what is derived for those who look at it.
#[derive(Clone, Debug)]
pub struct View {
    /// The table.
    pub table: RouteTable,
    /// The subnets that it routes.
    pub subnets: Vec<String>,
    /// Blocks that never leave the network: its subnets', then the platform's.
    pub local: Vec<Prefix>,
    /// Destinations behind connections of VPN gateways, with the gateways.
    pub learned: Vec<(Prefix, String)>,
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
        let starts = self.routes.iter().filter_map(|route| route.start.clone());
        let held = held.map(|id| (NEXT_HOP, id));
        held.chain(starts.map(|id| (SOURCE, id))).collect()
    }
}

impl RouteTable {
    /// The network's id.
    pub fn vpc(&self) -> &str {
        self.head.parent.as_deref().unwrap_or_default()
    }
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
    Ok(View {
        local: all
            .iter()
            .flat_map(Subnet::blocks)
            .chain(local::platform())
            .collect(),
        learned: route::learned(tx, &table)?,
        subnets: association::routed(tx, &table, &all)?,
        table,
    })
}

/// The destinations that connections of VPN gateways have written into a table, with their gateways.
pub fn learned(tx: &mut Tx<'_>, table: &RouteTable) -> Result<Vec<(Prefix, String)>, Fault> {
    route::learned(tx, table)
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
