//! The routes of a network's own, where an API keeps them with it: those of its default table to addresses.

use std::net::Ipv4Addr;

use vpcd_net::Cidr;

use super::{Line, NewRoute, RouteTable, TableChange, Via, default_of, update};
use crate::context::Context;
use crate::fault::Fault;
use crate::tx::Tx;

/// The routes of IPv4 to addresses in the default table of a network: the network's own, where an API keeps them with it.
pub fn extra(table: &RouteTable) -> Vec<(Cidr, String)> {
    let routes = table
        .routes
        .iter()
        .filter(|it| it.via == Via::Address && it.source.is_none());
    routes
        .filter_map(|it| Some((it.destination.v4()?, it.next_hop.clone())))
        .collect()
}

/// Replaces the routes of IPv4 to addresses in the default table of a network.
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
            .map(|it| it.0.into())
            .collect(),
        add: routes
            .iter()
            .filter(fresh)
            .map(|(destination, address)| NewRoute {
                destination: (*destination).into(),
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
