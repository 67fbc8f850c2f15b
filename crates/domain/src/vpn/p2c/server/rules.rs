//! What the blocks of a server and its way of knowing clients must be.

use vpcd_net::{Cidr, Prefix};

use super::{Auth, Server, more_than};
use crate::fault::Fault;
use crate::resource::Kind;
use crate::route_table;
use crate::tx::Tx;
use crate::vpn::p2c::gateway::Gateway;
use crate::vpn::p2c::{Limits, Refusal, session, user};

/// Blocks that nobody can have (VPN.1104).
pub(crate) const NOBODYS: [&str; 4] = ["0.0.0.0/8", "127.0.0.0/8", "224.0.0.0/4", "240.0.0.0/4"];
/// A block that clients cannot have besides.
const LINK_LOCAL: &str = "169.254.0.0/16";
/// Addresses that one connection takes (VPN.1108).
const PER_CONNECTION: u64 = 4;

/// Judges the blocks of a server in the order of VPN.1118, 1105, 1106, 1104, 1107, 1108, 1119, 1109.
pub fn blocks(
    tx: &mut Tx<'_>,
    gateway: &Gateway,
    client: Cidr,
    local: &[Cidr],
    limits: &Limits,
) -> Result<(), Fault> {
    if local.is_empty() {
        return Err(Refusal::LocalEmpty.into());
    }
    if local.len() > limits.local_subnets {
        return Err(Refusal::LocalCount.into());
    }
    for (at, cidr) in local.iter().enumerate() {
        if local[..at].contains(cidr) {
            return Err(Refusal::LocalTwice { cidr: *cidr }.into());
        }
    }
    let denied = |cidr: Cidr, more: &[&str]| {
        let mut blocks = NOBODYS.iter().chain(more);
        blocks.any(|text| text.parse().is_ok_and(|block: Cidr| block.overlaps(cidr)))
    };
    if let Some(cidr) = local.iter().find(|cidr| denied(**cidr, &[])) {
        return Err(Refusal::BlockUnavailable { cidr: *cidr }.into());
    }
    if denied(client, &[LINK_LOCAL]) {
        return Err(Refusal::BlockUnavailable { cidr: client }.into());
    }
    let (shortest, longest) = limits.client_prefix;
    if !(shortest..=longest).contains(&client.prefix()) {
        return Err(Refusal::ClientPrefix.into());
    }
    if client.size() <= PER_CONNECTION * u64::from(gateway.connections) {
        return Err(Refusal::ClientSize.into());
    }
    if let Some(local) = local.iter().find(|local| local.overlaps(client)) {
        return Err(Refusal::ClientLocal { local: *local }.into());
    }
    let table = route_table::default_of(tx, gateway.vpc())?;
    let view = route_table::view(tx, table)?;
    let written = view.table.routes.iter().map(|route| route.destination);
    let learned = view.learned.iter().map(|(block, _)| *block);
    let routes = view.local.iter().copied().chain(written).chain(learned);
    let mut routes = routes.filter_map(Prefix::v4);
    match routes.find(|route| route.overlaps(client) && !is_default(*route)) {
        Some(route) => Err(Refusal::ClientRoute { route }.into()),
        None => Ok(()),
    }
}

/// Addresses that users keep must be clients' in the new block too; sessions elsewhere end, and dial in again.
pub fn still_clients(tx: &mut Tx<'_>, server: &Server) -> Result<(), Fault> {
    let clients = server.client_cidr;
    if let Some(address) = user::stray(tx, server, clients)? {
        let reason = format!("a user keeps {address}, which {clients} has not for clients");
        return Err(Fault::invalid("client_cidr", reason));
    }
    session::end_strays(tx, server.gateway(), clients)
}

/// The way to everywhere else is no conflict.
fn is_default(route: Cidr) -> bool {
    route.prefix() == 0
}

/// Other people's identity services need a newer gateway (VPN.0562).
pub fn known_by(gateway: &Gateway, auth: &Auth) -> Result<(), Fault> {
    match auth {
        Auth::Certificate | Auth::Password => Ok(()),
        Auth::Identity => gateway.must_know("IAM authentication"),
        Auth::Federated { .. } => gateway.must_know("federated authentication"),
    }
}

/// Nothing is left of what only the present way of knowing clients needs (VPN.1122 to 1125).
pub fn nothing_left(tx: &mut Tx<'_>, server: &Server, next: &Auth) -> Result<(), Fault> {
    let leftovers: &[(Kind, usize)] = match server.auth {
        Auth::Certificate => &[(Kind::ClientAuthority, 0)],
        // One group and one policy come with the server.
        Auth::Password => &[
            (Kind::VpnUser, 0),
            (Kind::VpnUserGroup, 1),
            (Kind::VpnAccessPolicy, 1),
        ],
        Auth::Identity | Auth::Federated { .. } => &[],
    };
    if matches!((&server.auth, next), (Auth::Password, Auth::Password)) {
        return Ok(());
    }
    for (kind, own) in leftovers {
        if more_than(tx, server, *kind, *own)? {
            return Err(Refusal::Leftover { kind: *kind }.into());
        }
    }
    Ok(())
}
