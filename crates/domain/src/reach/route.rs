//! Where a packet goes next.

use std::net::{IpAddr, Ipv4Addr};

use vpcd_net::{Cidr, Prefix};

use crate::plan::row::{Route, RouteTable, VpnConnection, VpnGateway};
use crate::reach::filter::METADATA;
use crate::reach::snapshot::Snapshot;
use crate::route_table::{Line, Via};
use crate::vpn::connection::{Role, Style};

/// Where a packet goes next.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Next<'a> {
    /// To a subnet of the same network.
    Local(&'a str),
    /// To the platform's services.
    System,
    /// By a route of a table.
    Table(&'a str, &'a Route),
    /// By the route that a VPN connection brought.
    Connection(Tunnel<'a>, Prefix),
    /// By the sender's own public address.
    Address(&'a str),
    /// By the network's IPv6 gateway.
    Ipv6(&'a str),
}

/// A connection of a gateway.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Tunnel<'a> {
    pub(super) gateway: &'a str,
    pub(super) connection: &'a str,
}

/// Blocks of the platform's services.
const SERVICES: [(Ipv4Addr, u8); 3] = [
    (Ipv4Addr::new(100, 64, 0, 0), 10),
    (Ipv4Addr::new(198, 19, 128, 0), 20),
    (METADATA, 32),
];

/// Where a packet from and for these goes from a subnet; `address` is the public address of who sends it.
pub(super) fn lookup<'a>(
    world: &'a Snapshot,
    network: &str,
    table: Option<(&'a String, &'a RouteTable)>,
    address: Option<&'a str>,
    from: IpAddr,
    to: IpAddr,
) -> Option<Next<'a>> {
    if let Some(subnet) = world.subnet_with(network, to) {
        return Some(Next::Local(subnet));
    }
    if SERVICES
        .into_iter()
        .any(|(base, prefix)| Cidr::new(base, prefix).is_ok_and(|it| it.has_ip(to)))
    {
        return Some(Next::System);
    }
    // What has no meaning beyond one machine or one wire is routed nowhere.
    let broadcast = to == IpAddr::V4(Ipv4Addr::BROADCAST);
    if to.is_loopback() || to.is_multicast() || broadcast || to.is_unspecified() {
        return None;
    }
    let best = best_of(world, network, table, from, to);
    let own = way_out(world, network, table, address, to);
    match best {
        // The network itself: as where no route is written.
        Some((Next::Table(_, route), _)) if route.via == Via::Local => {
            own.or_else(|| ipv6(world, network, to))
        }
        // The sender's own public address comes before the way to everywhere.
        Some((next, block)) if block.length() > 0 || address.is_none() => Some(next),
        _ => own,
    }
}

/// The best of what a table holds and what VPN connections brought into the network's own, with its destination.
fn best_of<'a>(
    world: &'a Snapshot,
    network: &str,
    table: Option<(&'a String, &'a RouteTable)>,
    from: IpAddr,
    to: IpAddr,
) -> Option<(Next<'a>, Prefix)> {
    let written = table.and_then(|(id, table)| Some((id, longest(&table.routes, from, to)?)));
    // In IPv6 a network without any table has what its connections brought.
    let default = table.map_or(to.is_ipv6(), |(_, table)| table.is_default);
    let brought = default.then(|| brought(world, network, to)).flatten();
    match (written, brought) {
        (Some((_, route)), Some((tunnel, block)))
            if block.length() > route.destination.length() =>
        {
            Some((Next::Connection(tunnel, block), block))
        }
        (Some((id, route)), _) => Some((Next::Table(id, route), route.destination)),
        (None, Some((tunnel, block))) => Some((Next::Connection(tunnel, block), block)),
        (None, None) => None,
    }
}

/// The way out of a network where no route leads: the sender's public address, and for IPv6 the network's gateway, unless
/// the table says itself what goes there.
fn way_out<'a>(
    world: &'a Snapshot,
    network: &str,
    table: Option<(&'a String, &'a RouteTable)>,
    address: Option<&'a str>,
    to: IpAddr,
) -> Option<Next<'a>> {
    let mut written = table.iter().flat_map(|(_, table)| &table.routes);
    let told = written.any(|route| route.via == Via::Ipv6Gateway);
    match address {
        Some(address) => Some(Next::Address(address)),
        None if told => None,
        None => ipv6(world, network, to),
    }
}

/// By the network's IPv6 gateway, where the packet is one of IPv6.
fn ipv6<'a>(world: &'a Snapshot, network: &str, to: IpAddr) -> Option<Next<'a>> {
    let (id, _) = world.ipv6_gateway_of(network).filter(|_| to.is_ipv6())?;
    Some(Next::Ipv6(id))
}

/// The route with the longest destination; among equals with the longest source, and the one in reserve last. Of lines
/// that share the packets the first written stands for all.
pub(super) fn longest(routes: &[Route], from: IpAddr, to: IpAddr) -> Option<&Route> {
    let takes = |route: &Route| {
        route.destination.has(to) && route.source.is_none_or(|source| source.has(from))
    };
    let about = routes.iter().rev().filter(|route| takes(route));
    about.max_by_key(|route| {
        let source = route.source.map(Prefix::length);
        (
            route.destination.length(),
            source,
            route.line != Line::Standby,
        )
    })
}

/// The longest route that a VPN connection of the network brought.
fn brought<'a>(world: &'a Snapshot, network: &str, to: IpAddr) -> Option<(Tunnel<'a>, Prefix)> {
    let all = world
        .gateways_of(network)
        .flat_map(|(gateway, _)| blocks_of(world, gateway, to));
    best(world, all)
}

/// The connection through which a packet leaves: of a gateway by its id, or a certain one by its own.
pub(super) fn tunnel<'a>(
    world: &'a Snapshot,
    network: &str,
    id: &str,
    source: IpAddr,
    to: IpAddr,
) -> Option<Tunnel<'a>> {
    let gateway = match world.connections.get(id) {
        Some(connection) => connection.gateway.as_str(),
        None => id,
    };
    let (gateway, row) = world
        .gateways_of(network)
        .find(|(known, _)| *known == gateway)?;
    if !serves(row, source) {
        return None;
    }
    let takes = |tunnel: &Tunnel<'_>| {
        let wanted = id == tunnel.gateway || id == tunnel.connection;
        let connection = world.connections.get(tunnel.connection);
        wanted && connection.is_some_and(|it| agrees(it, source, to))
    };
    let known = blocks_of(world, gateway, to).filter(|(tunnel, _)| takes(tunnel));
    let told = told_of(world, gateway).filter(takes);
    best(world, known)
        .map(|(tunnel, _)| tunnel)
        .or_else(|| told.min_by_key(|tunnel| rank(world, tunnel)))
}

/// The connection through which a packet from outside reaches the network.
pub(super) fn entrance<'a>(
    world: &'a Snapshot,
    network: &str,
    source: IpAddr,
    to: IpAddr,
) -> Option<Tunnel<'a>> {
    let serving = world
        .gateways_of(network)
        .filter(|(_, row)| serves(row, to));
    let all = serving.flat_map(|(gateway, _)| blocks_of(world, gateway, source));
    best(
        world,
        all.filter(|(tunnel, _)| {
            let connection = world.connections.get(tunnel.connection);
            connection.is_some_and(|it| agrees(it, to, source))
        }),
    )
    .map(|(tunnel, _)| tunnel)
}

/// Whether the gateway takes packets of that address of its own side.
fn serves(gateway: &VpnGateway, address: IpAddr) -> bool {
    let mut blocks = gateway.local_subnets.iter();
    gateway.local_subnets.is_empty() || blocks.any(|it| it.has(address))
}

/// Whether the connection's policy, when it has one, names the pair.
fn agrees(connection: &VpnConnection, near: IpAddr, far: IpAddr) -> bool {
    connection.style != Style::Policy
        || connection.rules.is_empty()
        || connection
            .rules
            .iter()
            .any(|rule| rule.source.has(near) && rule.destinations.iter().any(|it| it.has(far)))
}

/// The connections of a gateway with the blocks of their far ends that hold the address.
fn blocks_of<'a>(
    world: &'a Snapshot,
    gateway: &'a str,
    far: IpAddr,
) -> impl Iterator<Item = (Tunnel<'a>, Prefix)> {
    let of = world
        .connections
        .iter()
        .filter(move |(_, it)| it.gateway == gateway);
    of.flat_map(move |(connection, it)| {
        let blocks = it.peer_subnets.iter().filter(move |block| block.has(far));
        blocks.map(move |block| {
            (
                Tunnel {
                    gateway,
                    connection,
                },
                *block,
            )
        })
    })
}

/// The connections of a gateway whose far ends tell their blocks themselves.
fn told_of<'a>(world: &'a Snapshot, gateway: &'a str) -> impl Iterator<Item = Tunnel<'a>> {
    let told = |it: &VpnConnection| it.style == Style::Bgp && it.peer_subnets.is_empty();
    let of = world
        .connections
        .iter()
        .filter(move |(_, it)| it.gateway == gateway && told(it));
    of.map(move |(connection, _)| Tunnel {
        gateway,
        connection,
    })
}

/// The longest block; among equals the connection in use before the one in reserve.
fn best<'a>(
    world: &Snapshot,
    all: impl Iterator<Item = (Tunnel<'a>, Prefix)>,
) -> Option<(Tunnel<'a>, Prefix)> {
    all.max_by(|(a, one), (b, other)| {
        let length = one.length().cmp(&other.length());
        length.then_with(|| rank(world, b).cmp(&rank(world, a)))
    })
}

fn rank<'a>(world: &Snapshot, tunnel: &Tunnel<'a>) -> (bool, &'a str) {
    let row = world.connections.get(tunnel.connection);
    let reserve = row.is_some_and(|it| it.role == Role::Slave);
    (reserve, tunnel.connection)
}
