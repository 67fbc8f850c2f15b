//! Servers of gateways: what clients get, how they are known, and what they reach.

mod create;
mod rules;

use std::net::Ipv4Addr;

use serde::{Deserialize, Serialize};
use vpcd_net::Cidr;
use vpcd_store::{credential, resource};

use crate::context::Context;
use crate::fault::Fault;
use crate::resource::{Head, Kind, Resource};
use crate::state::State;
use crate::tx::Tx;
use crate::vpn::data_plane;
use crate::vpn::p2c::authority::{self, Authority};
use crate::vpn::p2c::certificate::Card;
use crate::vpn::p2c::gateway::{self, Gateway};
use crate::vpn::p2c::group::Group;
use crate::vpn::p2c::policy::AccessPolicy;
use crate::vpn::p2c::revocation::{self, Revocations};
use crate::vpn::p2c::store::StoredCertificate;
use crate::vpn::p2c::user::{self, User};
use crate::vpn::p2c::{Limits, Refusal, no_order};

pub(crate) use create::keep_key;
pub use create::{NewCertificate, NewServer, create};
pub(crate) use rules::NOBODYS;

/// A server.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Server {
    /// Head; the parent is the gateway.
    pub head: Head,
    /// Block that clients get addresses from, four each.
    pub client_cidr: Cidr,
    /// Blocks that clients reach.
    pub local_subnets: Vec<Cidr>,
    /// How clients are known.
    pub auth: Auth,
    /// What it shows its clients.
    pub certificate: ServerCertificate,
    /// How clients talk to it.
    pub tunnel: Tunnel,
    /// Name servers that clients are told.
    pub dns: Vec<Ipv4Addr>,
}

/// How clients are known.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Auth {
    /// By a certificate that one of the server's authorities signed.
    Certificate,
    /// By a password that the server keeps.
    Password,
    /// By the cloud's identity service.
    Identity,
    /// By somebody else's identity service.
    Federated {
        /// Name of the provider.
        provider: String,
    },
}

/// The certificate of a server.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ServerCertificate {
    /// Its id in the store of certificates; none when the server made it itself.
    pub stored: Option<String>,
    /// Name.
    pub name: String,
    /// What it says.
    pub card: Card,
    /// The certificate, in PEM.
    pub certificate: String,
    /// What clients check it against, in PEM.
    pub authority: String,
    /// The sealed private key, by credential id.
    pub key: Option<String>,
}

/// How clients talk to a server.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Tunnel {
    /// Port.
    pub port: u16,
    /// Cipher, such as `AES-128-GCM`.
    pub cipher: String,
    /// Whether packets are compressed.
    pub compressed: bool,
}

/// Validated input of [`update`]; absent fields stay.
#[derive(Clone, Debug, Default)]
pub struct ServerChange {
    /// New block of the clients.
    pub client_cidr: Option<Cidr>,
    /// New blocks that clients reach.
    pub local_subnets: Option<Vec<Cidr>>,
    /// New way to know clients.
    pub auth: Option<Auth>,
    /// New provider of a server that knows clients by one, where the way stays.
    pub provider: Option<String>,
    /// Another certificate of the store.
    pub certificate: Option<String>,
    /// New port.
    pub port: Option<u16>,
    /// New cipher.
    pub cipher: Option<String>,
    /// New name servers.
    pub dns: Option<Vec<Ipv4Addr>>,
}

/// A server with what is derived for those who look at it.
#[derive(Clone, Debug)]
pub struct View {
    /// The server.
    pub server: Server,
    /// Its authorities.
    pub authorities: Vec<Authority>,
    /// Whether its certificate is still in the store.
    pub stored: bool,
}

impl Resource for Server {
    const KIND: Kind = Kind::VpnServer;

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

impl Server {
    /// The gateway's id.
    pub fn gateway(&self) -> &str {
        self.head.parent.as_deref().unwrap_or_default()
    }

    /// Refuses anything but an active server (VPN.1113, 1114, 1117).
    pub fn must_be_active(&self) -> Result<(), Fault> {
        match self.head.state() {
            State::Active => Ok(()),
            state => Err(Fault::WrongState {
                kind: Kind::VpnServer,
                id: self.head.id.clone(),
                state,
            }),
        }
    }
}

/// The server of that id with its gateway, for those who want to change it or what is below it.
pub fn ready(tx: &mut Tx<'_>, cx: &Context<'_>, id: &str) -> Result<(Server, Gateway), Fault> {
    let server: Server = tx.get(&cx.caller.project, id)?;
    no_order(tx, cx, server.gateway())?;
    let gateway: Gateway = tx.get(&cx.caller.project, server.gateway())?;
    gateway.must_be_active()?;
    server.must_be_active()?;
    Ok((server, gateway))
}

/// Changes a server.
pub fn update(
    tx: &mut Tx<'_>,
    cx: &mut Context<'_>,
    id: &str,
    change: ServerChange,
    limits: &Limits,
) -> Result<Server, Fault> {
    let (mut server, gateway) = ready(tx, cx, id)?;
    data_plane(tx, Some(&gateway.head.id), true)?;
    let blocks = change.client_cidr.is_some() || change.local_subnets.is_some();
    if let Some(cidr) = change.client_cidr {
        server.client_cidr = cidr;
    }
    if let Some(subnets) = change.local_subnets {
        server.local_subnets = subnets;
    }
    if blocks {
        rules::blocks(
            tx,
            &gateway,
            server.client_cidr,
            &server.local_subnets,
            limits,
        )?;
        rules::still_clients(tx, &server)?;
    }
    if let Some(auth) = change.auth
        && auth != server.auth
    {
        rules::known_by(&gateway, &auth)?;
        rules::nothing_left(tx, &server, &auth)?;
        server.auth = auth;
    }
    if let (Some(new), Auth::Federated { provider }) = (change.provider, &mut server.auth) {
        *provider = new;
    }
    if let Some(dns) = change.dns {
        if !dns.is_empty() {
            gateway.must_know("dns_servers")?;
        }
        server.dns = dns;
    }
    if let Some(id) = change.certificate
        && server.certificate.stored.as_ref() != Some(&id)
    {
        let of_store = create::stored(tx, cx, &id)?;
        forget_key(tx, &server)?;
        server.certificate = of_store;
    }
    if let Some(port) = change.port {
        server.tunnel.port = port;
    }
    if let Some(cipher) = change.cipher {
        server.tunnel.cipher = cipher;
    }
    tx.change(cx, &mut server)?;
    Ok(server)
}

/// The servers of a gateway.
pub fn of_gateway(tx: &mut Tx<'_>, cx: &mut Context<'_>, id: &str) -> Result<Vec<View>, Fault> {
    let gateway: Gateway = tx.get(&cx.caller.project, id)?;
    let servers = tx.children::<Server>(&gateway.head.id)?;
    servers.into_iter().map(|it| view(tx, it)).collect()
}

/// The server with what is derived.
pub fn view(tx: &mut Tx<'_>, server: Server) -> Result<View, Fault> {
    let stored = match &server.certificate.stored {
        Some(id) => tx.any::<StoredCertificate>(id)?.is_some(),
        None => false,
    };
    Ok(View {
        authorities: tx.children(&server.head.id)?,
        stored,
        server,
    })
}

/// The gateway of a server has gone: the server goes with everything below it.
pub fn gone(tx: &mut Tx<'_>, server: &Server) -> Result<(), Fault> {
    for it in tx.children::<Authority>(&server.head.id)? {
        authority::discard(tx, &it)?;
    }
    for it in tx.children::<Revocations>(&server.head.id)? {
        revocation::discard(tx, &it)?;
    }
    for it in tx.children::<AccessPolicy>(&server.head.id)? {
        tx.remove(&it)?;
    }
    for it in tx.children::<User>(&server.head.id)? {
        user::discard(tx, it)?;
    }
    for it in tx.children::<Group>(&server.head.id)? {
        tx.remove(&it)?;
    }
    forget_key(tx, server)?;
    tx.remove(server)
}

/// The private key of a server, for the fabric alone.
pub fn key(tx: &mut Tx<'_>, cx: &Context<'_>, server: &Server) -> Result<Option<Vec<u8>>, Fault> {
    let Some(id) = &server.certificate.key else {
        return Ok(None);
    };
    let sealed = credential::get(tx.rows(), id)?;
    Ok(sealed.and_then(|it| cx.vault.open(&it.owner, &it.sealed)))
}

/// A key that the server made goes with its certificate; one of the store stays there.
fn forget_key(tx: &mut Tx<'_>, server: &Server) -> Result<(), Fault> {
    if server.certificate.stored.is_none()
        && let Some(key) = &server.certificate.key
    {
        credential::delete(tx.rows(), key)?;
    }
    Ok(())
}

/// Whether more than `own` of a kind are below the server.
fn more_than(tx: &mut Tx<'_>, server: &Server, kind: Kind, own: usize) -> Result<bool, Fault> {
    let limit = i64::try_from(own + 1).unwrap_or(i64::MAX);
    let rows = resource::children(tx.rows(), kind.word(), &server.head.id, None, limit)?;
    Ok(rows.len() > own)
}

/// The address that clients dial (VPN.1121).
pub fn dialled(gateway: &Gateway) -> Result<Ipv4Addr, Fault> {
    let slot = gateway.slot.as_ref().ok_or(Refusal::NoAddress)?;
    Ok(slot.address)
}

/// The server with its gateway and where clients dial it, for the file that a client needs.
pub fn export(
    tx: &mut Tx<'_>,
    cx: &mut Context<'_>,
    id: &str,
) -> Result<(Server, Ipv4Addr), Fault> {
    let server: Server = tx.get(&cx.caller.project, id)?;
    let gateway: Gateway = tx.get(&cx.caller.project, server.gateway())?;
    match server.head.state() {
        State::Active | State::Updating => {}
        _ => server.must_be_active()?,
    }
    Ok((server, dialled(&gateway)?))
}

/// The gateway of a new server, when it can have one.
fn host(tx: &mut Tx<'_>, cx: &Context<'_>, id: &str) -> Result<Gateway, Fault> {
    let gateway = gateway::ready(tx, cx, id)?;
    data_plane(tx, Some(id), true)?;
    if tx.has_children::<Server>(id)? {
        return Err(Refusal::HasServer.into());
    }
    Ok(gateway)
}
