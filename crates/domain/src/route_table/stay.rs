//! What has to stay for routes: where they lead, and the subnets whose packets they are for.
//!
//! Nothing goes while a route needs it. Only what its owner may let go of at any time takes its routes along: gateways of
//! VPNs and of the Internet, and connections.

use std::net::IpAddr;

use vpcd_net::{Family, Prefix};
use vpcd_store::edge;

use super::{NEXT_HOP, RouteTable, SOURCE, Via, hop, local, route};
use crate::context::Context;
use crate::fault::Fault;
use crate::resource::Resource;
use crate::tx::Tx;

/// Whether a route leads to this address of a port; to the last one of its family leads what leads to the port.
pub(crate) fn leads_to(
    tx: &mut Tx<'_>,
    port: &str,
    address: impl Into<IpAddr>,
    last: bool,
) -> Result<bool, Fault> {
    let address = address.into();
    let (hop, family) = (address.to_string(), Family::of(address));
    for table in tables(tx, port, NEXT_HOP)? {
        let mut routes = table.routes.iter();
        if routes.any(|it| match it.via {
            Via::Address => it.next_hop == hop,
            _ => last && it.destination.family() == family,
        }) {
            return Ok(true);
        }
    }
    Ok(false)
}

/// Whether a route is for packets from a block of a subnet.
pub(crate) fn begins_in(tx: &mut Tx<'_>, subnet: &str, block: Prefix) -> Result<bool, Fault> {
    for table in tables(tx, subnet, SOURCE)? {
        let mut sources = table.routes.iter().filter_map(|it| it.source);
        if sources.any(|source| block.holds(source)) {
            return Ok(true);
        }
    }
    Ok(false)
}

/// Whether a network has routes of a family. It has few tables, and a table few routes: there are quotas.
pub(crate) fn any_of(tx: &mut Tx<'_>, vpc: &str, family: Family) -> Result<bool, Fault> {
    let tables = tx.children::<RouteTable>(vpc)?;
    let mut routes = tables.iter().flat_map(|table| &table.routes);
    Ok(routes.any(|it| it.destination.family() == family))
}

/// Takes the routes away that lead to something that goes.
pub(crate) fn forget(tx: &mut Tx<'_>, cx: &Context<'_>, id: &str) -> Result<(), Fault> {
    for mut table in tables(tx, id, NEXT_HOP)? {
        let leads = |it: &route::Route| it.holds.as_deref() == Some(id);
        while let Some(at) = table.routes.iter().position(leads) {
            route::remove_at(tx, &mut table, at)?;
        }
        tx.change(cx, &mut table)?;
    }
    Ok(())
}

/// Notes what the routes of a table need, where a release before this one did not; whether anything was missing.
pub(crate) fn keep(tx: &mut Tx<'_>, table: &mut RouteTable) -> Result<bool, Fault> {
    let before = table.edges();
    let (vpc, project) = (table.vpc().to_owned(), table.head.project.clone());
    for at in 0..table.routes.len() {
        let route = table.routes[at].clone();
        if route.holds.is_none() {
            table.routes[at].holds = hop::known(tx, &project, &vpc, route.via, &route.next_hop)?;
        }
        if let (Some(source), None) = (route.source, route.start) {
            let subnet = local::subnet_with(tx, &vpc, source)?;
            table.routes[at].start = subnet.map(|it| it.head.id);
        }
    }
    let after = table.edges();
    for (role, to) in after.iter().filter(|it| !before.contains(it)) {
        edge::put(tx.rows(), &table.head.id, role, to)?;
    }
    Ok(before != after)
}

/// The tables with an edge of that role to something.
fn tables(tx: &mut Tx<'_>, to: &str, wanted: &str) -> Result<Vec<RouteTable>, Fault> {
    let mut found = Vec::new();
    for (table, role) in tx.holders(to, usize::MAX)? {
        if role == wanted {
            found.extend(tx.any::<RouteTable>(&table)?);
        }
    }
    Ok(found)
}
