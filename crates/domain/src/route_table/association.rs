//! Which table routes which subnet.

use super::{ROUTED, RouteTable, default_of};
use crate::condition;
use crate::context::Context;
use crate::fault::Fault;
use crate::resource::Kind;
use crate::subnet::Subnet;
use crate::tx::Tx;

/// The table that routes a subnet.
pub fn of_subnet(tx: &mut Tx<'_>, subnet: &Subnet) -> Result<RouteTable, Fault> {
    match &subnet.route_table {
        Some(id) => tx.get(&subnet.head.project, id),
        None => default_of(tx, subnet.vpc()),
    }
}

/// Has the table route these subnets of its network; whichever did so before no longer does.
pub fn associate(
    tx: &mut Tx<'_>,
    cx: &mut Context<'_>,
    id: &str,
    subnets: &[String],
) -> Result<RouteTable, Fault> {
    let table: RouteTable = tx.get(&cx.caller.project, id)?;
    condition::backend_writes(tx, cx)?;
    for subnet in subnets {
        let mut subnet = neighbour(tx, cx, &table, subnet)?;
        subnet.route_table = (!table.is_default).then(|| table.head.id.clone());
        tx.change(cx, &mut subnet)?;
    }
    Ok(table)
}

/// Gives these subnets, which the table routes, back to the default table.
pub fn dissociate(
    tx: &mut Tx<'_>,
    cx: &mut Context<'_>,
    id: &str,
    subnets: &[String],
) -> Result<RouteTable, Fault> {
    let table: RouteTable = tx.get(&cx.caller.project, id)?;
    condition::backend_writes(tx, cx)?;
    for subnet in subnets {
        let mut subnet = neighbour(tx, cx, &table, subnet)?;
        if subnet.route_table.as_deref() != Some(id) {
            return Err(Fault::Unsuitable {
                kind: Kind::Subnet,
                id: subnet.head.id,
                reason: "another table routes it",
            });
        }
        subnet.route_table = None;
        tx.change(cx, &mut subnet)?;
    }
    Ok(table)
}

/// The subnets that a table routes, by their ids.
pub fn subnets(tx: &mut Tx<'_>, table: &RouteTable) -> Result<Vec<String>, Fault> {
    let all = match table.is_default {
        true => tx.children::<Subnet>(table.vpc())?,
        false => Vec::new(),
    };
    routed(tx, table, &all)
}

/// Of all subnets of the network (which only the default table needs) those that the table routes.
pub(super) fn routed(
    tx: &mut Tx<'_>,
    table: &RouteTable,
    all: &[Subnet],
) -> Result<Vec<String>, Fault> {
    if table.is_default {
        let mine = all.iter().filter(|it| it.route_table.is_none());
        return Ok(mine.map(|it| it.head.id.clone()).collect());
    }
    let holders = tx.holders(&table.head.id, usize::MAX)?.into_iter();
    Ok(holders
        .filter(|(_, role)| role == ROUTED)
        .map(|(subnet, _)| subnet)
        .collect())
}

/// A subnet of the table's network.
fn neighbour(
    tx: &mut Tx<'_>,
    cx: &Context<'_>,
    table: &RouteTable,
    id: &str,
) -> Result<Subnet, Fault> {
    match tx.find::<Subnet>(&cx.caller.project, id)? {
        Some(subnet) if subnet.vpc() == table.vpc() => Ok(subnet),
        _ => Err(Fault::WrongParent {
            kind: Kind::Subnet,
            id: id.to_owned(),
        }),
    }
}
