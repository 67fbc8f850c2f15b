//! Sessions: clients that are connected to a gateway.

use std::net::Ipv4Addr;

use serde::{Deserialize, Serialize};
use vpcd_net::Cidr;
use vpcd_store::claim;

use crate::context::Context;
use crate::fault::Fault;
use crate::ipam;
use crate::resource::{Head, Kind, Resource};
use crate::tx::Tx;
use crate::vpn::data_plane;
use crate::vpn::p2c::gateway::{self, Gateway};
use crate::vpn::p2c::server::Server;

/// A client that is connected.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Session {
    /// Head; the parent is the gateway.
    pub head: Head,
    /// Who it is.
    pub user: String,
    /// Where it dials from.
    pub client: Ipv4Addr,
    /// The address that it has behind the gateway.
    pub address: Ipv4Addr,
    /// What it has sent and got.
    pub traffic: Traffic,
}

/// Counters of a session.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Traffic {
    /// Packets from the client.
    pub inbound_packets: u64,
    /// Packets to the client.
    pub outbound_packets: u64,
    /// Bytes from the client.
    pub inbound_bytes: u64,
    /// Bytes to the client.
    pub outbound_bytes: u64,
}

/// A session that the operator opens, where no fabric brings clients.
#[derive(Clone, Debug)]
pub struct NewSession {
    /// The gateway, whoever owns it.
    pub gateway: String,
    /// Who connects.
    pub user: String,
    /// Where from.
    pub client: Ipv4Addr,
    /// The wanted address; the first free one otherwise.
    pub address: Option<Ipv4Addr>,
    /// Counters.
    pub traffic: Traffic,
}

impl Resource for Session {
    const KIND: Kind = Kind::VpnSession;

    fn head(&self) -> &Head {
        &self.head
    }

    fn head_mut(&mut self) -> &mut Head {
        &mut self.head
    }

    fn counted(&self) -> bool {
        true
    }
}

impl Session {
    /// The gateway's id.
    pub fn gateway(&self) -> &str {
        self.head.parent.as_deref().unwrap_or_default()
    }
}

/// Connects a client, as the operator says.
pub fn open(tx: &mut Tx<'_>, cx: &mut Context<'_>, new: NewSession) -> Result<Session, Fault> {
    let missing = || Fault::NotFound {
        kind: Kind::P2cGateway,
        id: new.gateway.clone(),
    };
    let gateway: Gateway = tx.any(&new.gateway)?.ok_or_else(missing)?;
    gateway.must_be_active()?;
    let Some(server) = tx.children::<Server>(&gateway.head.id)?.pop() else {
        return Err(Fault::invalid("gateway", "it has no server"));
    };
    server.must_be_active()?;
    if tx.count_children::<Session>(&gateway.head.id)? >= u64::from(gateway.connections) {
        return Err(Fault::QuotaExceeded {
            quota: "max_connection_number",
            limit: u64::from(gateway.connections),
        });
    }
    let mut head = Head::new::<Session>(cx, Some(&gateway.head.id)).settled();
    head.project = gateway.head.project;
    let address = place(tx, &gateway.head.id, server.client_cidr, new.address)?;
    let it = Session {
        head,
        user: new.user,
        client: new.client,
        address,
        traffic: new.traffic,
    };
    let key = ipam::key(address);
    claim::take(tx.rows(), &space(it.gateway()), &key, &it.head.id)?;
    tx.insert(&it)?;
    Ok(it)
}

/// The sessions of a gateway: those of a page, and how many there are.
pub fn list(
    tx: &mut Tx<'_>,
    cx: &mut Context<'_>,
    gateway: &str,
    offset: usize,
    limit: usize,
) -> Result<(Vec<Session>, u64), Fault> {
    let gateway: Gateway = tx.get(&cx.caller.project, gateway)?;
    gateway.must_be_active()?;
    data_plane(tx, Some(&gateway.head.id), true)?;
    // A gateway has at most as many sessions as its flavor carries: some hundreds.
    let end = offset.saturating_add(limit);
    let upto = tx.children_page::<Session>(&gateway.head.id, None, end)?;
    let total = tx.count_children::<Session>(&gateway.head.id)?;
    Ok((upto.into_iter().skip(offset).collect(), total))
}

/// Cuts a client off (VPN.0563).
pub fn disconnect(
    tx: &mut Tx<'_>,
    cx: &mut Context<'_>,
    gateway: &str,
    id: &str,
) -> Result<(), Fault> {
    let gateway = gateway::ready(tx, cx, gateway)?;
    gateway.must_know("disconnect")?;
    data_plane(tx, Some(&gateway.head.id), true)?;
    let it: Session = tx.get(&cx.caller.project, id)?;
    match it.gateway() == gateway.head.id {
        true => discard(tx, &it),
        false => Err(Fault::NotFound {
            kind: Kind::VpnSession,
            id: id.to_owned(),
        }),
    }
}

/// Ends a session that the operator opened.
pub fn close(tx: &mut Tx<'_>, id: &str) -> Result<(), Fault> {
    match tx.any::<Session>(id)? {
        Some(it) => discard(tx, &it),
        None => Err(Fault::NotFound {
            kind: Kind::VpnSession,
            id: id.to_owned(),
        }),
    }
}

/// Removes a session; its address is free again.
pub fn discard(tx: &mut Tx<'_>, it: &Session) -> Result<(), Fault> {
    claim::release(tx.rows(), &space(it.gateway()), &ipam::key(it.address))?;
    tx.remove(it)
}

/// The address of a new session: the second host of a block of four, as the server gives them out.
fn place(
    tx: &mut Tx<'_>,
    gateway: &str,
    clients: Cidr,
    wanted: Option<Ipv4Addr>,
) -> Result<Ipv4Addr, Fault> {
    let space = space(gateway);
    if let Some(address) = wanted {
        if !clients.has(address) {
            return Err(Fault::AddressOutside {
                address: address.into(),
                space: clients.to_string(),
            });
        }
        return match claim::holder(tx.rows(), &space, &ipam::key(address))? {
            Some(_) => Err(Fault::AddressTaken {
                address: address.into(),
            }),
            None => Ok(address),
        };
    }
    let base = u32::from(clients.base());
    let blocks = u32::try_from(clients.size() / 4).unwrap_or(u32::MAX);
    // The first block is the server's own.
    for block in 1..blocks {
        let address = Ipv4Addr::from(base + 4 * block + 2);
        if claim::holder(tx.rows(), &space, &ipam::key(address))?.is_none() {
            return Ok(address);
        }
    }
    Err(Fault::AddressesExhausted {
        space,
        free: 0,
        need: 1,
    })
}

fn space(gateway: &str) -> String {
    format!("session/{gateway}")
}
