//! What the connections of one gateway must not share: a pair of ends, and the addresses inside the tunnel.

use std::net::Ipv4Addr;

use serde::{Deserialize, Serialize};
use vpcd_store::claim;

use crate::fault::Fault;
use crate::tx::Tx;

/// The addresses inside a tunnel: the two hosts of one block of four.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Tunnel {
    /// This end.
    pub local: Ipv4Addr,
    /// The far end.
    pub peer: Ipv4Addr,
}

/// The addresses that a caller wants inside a tunnel; what is absent is found.
#[derive(Clone, Copy, Debug, Default)]
pub struct Wanted {
    /// This end.
    pub local: Option<Ipv4Addr>,
    /// The far end.
    pub peer: Option<Ipv4Addr>,
}

impl Wanted {
    /// Whether nothing is wanted.
    pub fn is_empty(self) -> bool {
        self.local.is_none() && self.peer.is_none()
    }
}

/// Takes the tunnel addresses of a connection (VPN.0012 when another connection of the gateway has them).
pub fn take(
    tx: &mut Tx<'_>,
    gateway: &str,
    connection: &str,
    wanted: Wanted,
) -> Result<Tunnel, Fault> {
    let space = tunnels(gateway);
    let tunnel = match wanted {
        Wanted {
            local: None,
            peer: None,
        } => free(tx, &space)?,
        Wanted { local, peer } => chosen(local, peer)?,
    };
    match claim::take(tx.rows(), &space, &block(tunnel.local), connection)? {
        true => Ok(tunnel),
        false => Err(Fault::AddressTaken {
            address: wanted.local.or(wanted.peer).unwrap_or(tunnel.local).into(),
        }),
    }
}

/// Gives the tunnel addresses back.
pub fn release(tx: &mut Tx<'_>, gateway: &str, tunnel: Tunnel) -> Result<(), Fault> {
    claim::release(tx.rows(), &tunnels(gateway), &block(tunnel.local))?;
    Ok(())
}

/// Takes the pair of an address of the gateway and a customer gateway: one connection each. False when it is taken.
pub fn take_pair(
    tx: &mut Tx<'_>,
    gateway: &str,
    (address, customer): (&str, &str),
    connection: &str,
) -> Result<bool, Fault> {
    let key = format!("{address}/{customer}");
    Ok(claim::take(tx.rows(), &pairs(gateway), &key, connection)?)
}

/// Gives a pair back.
pub fn release_pair(
    tx: &mut Tx<'_>,
    gateway: &str,
    (address, customer): (&str, &str),
) -> Result<(), Fault> {
    let key = format!("{address}/{customer}");
    claim::release(tx.rows(), &pairs(gateway), &key)?;
    Ok(())
}

fn tunnels(gateway: &str) -> String {
    format!("tunnel/{gateway}")
}

fn pairs(gateway: &str) -> String {
    format!("pair/{gateway}")
}

/// The block that an address is in, as a key.
fn block(address: Ipv4Addr) -> String {
    crate::ipam::key(Ipv4Addr::from(u32::from(address) & !3))
}

/// The pair of addresses that were asked for; one of them names the other.
fn chosen(local: Option<Ipv4Addr>, peer: Option<Ipv4Addr>) -> Result<Tunnel, Fault> {
    let field = match local {
        Some(_) => "tunnel_local_address",
        None => "tunnel_peer_address",
    };
    let Some(given) = local.or(peer) else {
        return Err(Fault::invalid(field, "absent"));
    };
    let other = other_host(given).ok_or_else(|| {
        let reason = "must be a host address of a /30 in 169.254.0.0/16, outside 169.254.195.0/24";
        Fault::invalid(field, reason)
    })?;
    let tunnel = Tunnel {
        local: local.unwrap_or(other),
        peer: peer.unwrap_or(other),
    };
    match local.is_none() || tunnel.peer == other {
        true => Ok(tunnel),
        false => Err(Fault::invalid(
            "tunnel_peer_address",
            "must be the other host address of the same /30",
        )),
    }
}

/// The other host in the address's block of four, when tunnels may use it.
fn other_host(address: Ipv4Addr) -> Option<Ipv4Addr> {
    let [a, b, c, d] = address.octets();
    let usable = (a, b) == (169, 254) && c != 195;
    match d % 4 {
        1 if usable => Some(Ipv4Addr::new(a, b, c, d + 1)),
        2 if usable => Some(Ipv4Addr::new(a, b, c, d - 1)),
        _ => None,
    }
}

/// The first free pair. 169.254.195.0/24 is forbidden, 169.254.169.0/24 has the address that instances ask for their
/// metadata, and the first and last 256 addresses of the range are reserved (RFC 3927).
fn free(tx: &mut Tx<'_>, space: &str) -> Result<Tunnel, Fault> {
    let held = claim::list(tx.rows(), space, None, i64::MAX)?;
    let thirds = (1..=254u8).filter(|third| !matches!(third, 169 | 195));
    let hosts = thirds.flat_map(|third| (0..64u8).map(move |at| (third, at * 4 + 1)));
    hosts
        .map(|(third, fourth)| Tunnel {
            local: Ipv4Addr::new(169, 254, third, fourth),
            peer: Ipv4Addr::new(169, 254, third, fourth + 1),
        })
        .find(|tunnel| !held.iter().any(|row| row.key == block(tunnel.local)))
        .ok_or_else(|| Fault::AddressesExhausted {
            space: space.to_owned(),
            free: 0,
            need: 1,
        })
}
