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
use crate::vpn::p2c::place;
use crate::vpn::p2c::server::Server;
use crate::vpn::p2c::user::{self, User};

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
    let address = place(tx, &server, &new.user, new.address)?;
    let it = Session {
        head,
        user: new.user,
        client: new.client,
        address,
        traffic: new.traffic,
    };
    let key = ipam::key(address);
    claim::take(tx.rows(), &space(it.gateway()), &key, &it.head.id)?;
    claim_user(tx, &it)?;
    tx.insert(&it)?;
    Ok(it)
}

/// Takes what the sessions of a user are found by, unless it is taken.
pub(crate) fn claim_user(tx: &mut Tx<'_>, it: &Session) -> Result<(), Fault> {
    let user = space_of(it.gateway(), &it.user);
    claim::take(tx.rows(), &user, &it.head.id, &it.head.id)?;
    Ok(())
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

/// Removes a session with its claims; its address is free again.
pub fn discard(tx: &mut Tx<'_>, it: &Session) -> Result<(), Fault> {
    tx.remove(it)
}

/// The address of a new session: the wanted one, the user's own, or the first that is nobody's.
fn place(
    tx: &mut Tx<'_>,
    server: &Server,
    who: &str,
    wanted: Option<Ipv4Addr>,
) -> Result<Ipv4Addr, Fault> {
    let (gateway, clients) = (server.gateway(), server.client_cidr);
    let user = user::by_name(tx, &server.head.id, who)?;
    if let Some(address) = wanted.or(user.as_ref().and_then(|it| it.address)) {
        if !place::is_clients(clients, address) {
            return Err(Fault::AddressOutside {
                address: address.into(),
                space: format!("the first hosts of the blocks of four in {clients}"),
            });
        }
        return match is_free(tx, server, address, user.as_ref())? {
            true => Ok(address),
            false => Err(Fault::AddressTaken {
                address: address.into(),
            }),
        };
    }
    for address in place::all(clients) {
        if is_free(tx, server, address, user.as_ref())? {
            return Ok(address);
        }
    }
    Err(Fault::AddressesExhausted {
        space: space(gateway),
        free: 0,
        need: 1,
    })
}

/// Whether no session has the address, and no other user keeps it.
fn is_free(
    tx: &mut Tx<'_>,
    server: &Server,
    address: Ipv4Addr,
    user: Option<&User>,
) -> Result<bool, Fault> {
    let held = claim::holder(tx.rows(), &space(server.gateway()), &ipam::key(address))?;
    Ok(held.is_none() && !user::is_anothers(tx, &server.head.id, address, user)?)
}

/// Ends the sessions of a user of a gateway that goes.
pub(super) fn end(tx: &mut Tx<'_>, gateway: &str, user: &str) -> Result<(), Fault> {
    for place in claim::list(tx.rows(), &space_of(gateway, user), None, i64::MAX)? {
        close(tx, &place.owner)?;
    }
    Ok(())
}

/// Ends the sessions whose addresses clients of the block cannot have any more.
pub(super) fn end_strays(tx: &mut Tx<'_>, gateway: &str, clients: Cidr) -> Result<(), Fault> {
    while let Some(address) = place::stray(tx, &space(gateway), clients)? {
        let Some(id) = claim::holder(tx.rows(), &space(gateway), &ipam::key(address))? else {
            break;
        };
        close(tx, &id)?;
    }
    Ok(())
}

fn space(gateway: &str) -> String {
    format!("session/{gateway}")
}

/// The sessions of one user, by their ids.
fn space_of(gateway: &str, user: &str) -> String {
    format!("sessions/{gateway}/{user}")
}
