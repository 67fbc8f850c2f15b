//! VPN connections: one address of a gateway with one customer gateway.

mod create;
mod rules;

use std::net::Ipv4Addr;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use vpcd_net::{Family, Prefix};

use crate::condition;
use crate::context::Context;
use crate::fault::Fault;
use crate::resource::{Head, Kind, Resource, Tag};
use crate::state::{Lifecycle, State};
use crate::tx::Tx;
use crate::vpn::customer_gateway::CustomerGateway;
use crate::vpn::gateway::Gateway;
use crate::vpn::proposal::{Ike, IkeChange, Ipsec, IpsecChange};
use crate::vpn::tunnel::{self, Tunnel, Wanted};
use crate::vpn::{Secret, address, data_plane, journal, monitor, planned, route};

pub(super) use create::onto;
pub use create::{NewConnection, create};

/// A VPN connection.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Connection {
    /// Head; the parent is the gateway, and so is the target.
    pub head: Head,
    /// Name.
    pub name: String,
    /// The gateway's address, as its slot calls it.
    pub gateway_ip: String,
    /// The customer gateway.
    pub customer_gateway: String,
    /// How traffic finds the tunnel.
    pub style: Style,
    /// Blocks at the far end.
    pub peer_subnets: Vec<Prefix>,
    /// Addresses inside the tunnel.
    pub tunnel: Tunnel,
    /// Whether the tunnel is probed; for static routes only.
    pub link_detection: bool,
    /// Whether routes of one far end are told to the others; for BGP only.
    pub hub: bool,
    /// What may pass, for policies only.
    pub rules: Vec<Rule>,
    /// IKE policy.
    pub ike: Ike,
    /// IPsec policy.
    pub ipsec: Ipsec,
    /// Whether it is the one in use or the one in reserve.
    pub role: Role,
    /// The sealed pre-shared key, by credential id.
    pub key: Option<String>,
    /// How often the ends were told to begin anew.
    pub resets: u32,
    /// Enterprise project, the gateway's.
    pub enterprise_project: String,
    /// Labels.
    pub tags: Vec<Tag>,
}

/// How traffic finds the tunnel.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Style {
    /// By rules of source and destination.
    Policy,
    /// By static routes.
    Static,
    /// By routes that the ends tell each other.
    Bgp,
}

/// Whether a connection is in use or in reserve.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Role {
    /// In use.
    Master,
    /// In reserve.
    Slave,
}

/// What may pass a policy connection.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Rule {
    /// From this block.
    pub source: Prefix,
    /// To one of these.
    pub destinations: Vec<Prefix>,
}

/// Validated input of [`update`]; absent fields stay.
#[derive(Clone, Debug, Default)]
pub struct ConnectionChange {
    /// New name.
    pub name: Option<String>,
    /// New customer gateway.
    pub customer_gateway: Option<String>,
    /// New blocks at the far end.
    pub peer_subnets: Option<Vec<Prefix>>,
    /// New addresses inside the tunnel.
    pub tunnel: Wanted,
    /// New switch for telling routes.
    pub hub: Option<bool>,
    /// New rules.
    pub rules: Option<Vec<Rule>>,
    /// Changes to the IKE policy.
    pub ike: IkeChange,
    /// Changes to the IPsec policy.
    pub ipsec: IpsecChange,
    /// New pre-shared key.
    pub psk: Option<Secret>,
}

/// A connection with what is derived for those who look at it.
#[derive(Clone, Debug)]
pub struct View {
    /// The connection.
    pub connection: Connection,
    /// The gateway's address.
    pub local: Option<Ipv4Addr>,
    /// The customer gateway's address or name.
    pub peer: String,
    /// The customer gateway's autonomous system.
    pub peer_asn: Option<u32>,
    /// Whether the far end answers.
    pub up: bool,
    /// Its monitor.
    pub monitor: Option<String>,
    /// What its gateway carries.
    pub carries: Family,
    /// Since when the far end answers, or does not.
    pub since: Option<Timestamp>,
}

impl Rule {
    /// All its blocks.
    pub fn blocks(&self) -> impl Iterator<Item = &Prefix> {
        std::iter::once(&self.source).chain(&self.destinations)
    }
}

impl Resource for Connection {
    const KIND: Kind = Kind::VpnConnection;

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
        vec![
            ("gateway", self.gateway().to_owned()),
            ("customer_gateway", self.customer_gateway.clone()),
        ]
    }
}

impl Connection {
    /// The gateway's id.
    pub fn gateway(&self) -> &str {
        self.head.parent.as_deref().unwrap_or_default()
    }

    pub(super) fn wrong(&self, state: State) -> Fault {
        Fault::WrongState {
            kind: Kind::VpnConnection,
            id: self.head.id.clone(),
            state,
        }
    }
}

/// Changes a connection.
pub fn update(
    tx: &mut Tx<'_>,
    cx: &mut Context<'_>,
    id: &str,
    change: ConnectionChange,
) -> Result<Connection, Fault> {
    let (mut it, gateway) = changeable(tx, cx, id)?;
    if change.hub == Some(true) && it.style != Style::Bgp {
        return Err(Fault::Unsupported {
            field: "enable_hub",
        });
    }
    if let Some(name) = change.name {
        it.name = name;
    }
    it.hub = change.hub.unwrap_or(it.hub);
    let peer = match change.customer_gateway {
        Some(customer) if customer != it.customer_gateway => {
            rules::group_room(tx, &gateway, &customer, Some(id))?;
            let pair = (it.gateway_ip.as_str(), it.customer_gateway.as_str());
            tunnel::release_pair(tx, it.gateway(), pair)?;
            it.customer_gateway = customer;
            let peer = tx.get(&cx.caller.project, &it.customer_gateway)?;
            rules::take_pair(tx, &gateway, &it, &peer)?;
            peer
        }
        _ => tx.get(&cx.caller.project, &it.customer_gateway)?,
    };
    if let Some(subnets) = change.peer_subnets {
        route::release(tx, &gateway, &it)?;
        it.peer_subnets = subnets;
        route::take(tx, &gateway, &it.peer_subnets)?;
    }
    if !change.tunnel.is_empty() {
        tunnel::release(tx, it.gateway(), it.tunnel)?;
        it.tunnel = tunnel::take(tx, it.gateway(), id, change.tunnel)?;
    }
    it.rules = change.rules.unwrap_or(it.rules);
    it.ike.apply(change.ike);
    it.ipsec.apply(change.ipsec);
    rules::check(&it, &gateway, &peer)?;
    rules::proof(tx, &it, &gateway, &peer)?;
    if let Some(psk) = change.psk {
        rules::forget_key(tx, &mut it)?;
        it.key = Some(rules::keep_key(tx, cx, id, &psk)?);
    }
    data_plane(tx, Some(&gateway.head.id), false)?;
    // What the fabric refused may have been the old words: it is asked again.
    it.head.lifecycle = Lifecycle::Live;
    tx.change(cx, &mut it)?;
    journal::write(tx, id, cx.now, ["configuration changed".to_owned()])?;
    Ok(it)
}

/// Tells both ends to begin anew.
pub fn reset(tx: &mut Tx<'_>, cx: &mut Context<'_>, id: &str) -> Result<(), Fault> {
    let (mut it, gateway) = changeable(tx, cx, id)?;
    data_plane(tx, Some(&gateway.head.id), true)?;
    it.resets += 1;
    let line = "reset: IKE_SA deleted, initiating a new one".to_owned();
    journal::write(tx, id, cx.now, [line])?;
    it.head.lifecycle = Lifecycle::Live;
    tx.change(cx, &mut it)
}

/// Starts the deletion of a connection.
pub fn delete(tx: &mut Tx<'_>, cx: &mut Context<'_>, id: &str) -> Result<(), Fault> {
    let mut it: Connection = tx.get(&cx.caller.project, id)?;
    let state = it.head.state();
    if matches!(state, State::Deleting | State::Frozen) {
        return Err(it.wrong(state));
    }
    let gateway: Gateway = tx.get(&cx.caller.project, it.gateway())?;
    gateway.must_be_active()?;
    data_plane(tx, Some(&gateway.head.id), false)?;
    tx.begin_delete(cx, &mut it)
}

/// The connection with what is derived.
pub fn view(tx: &mut Tx<'_>, mut connection: Connection) -> Result<View, Fault> {
    let up = condition::switch(tx, "peer.reachable", &[&connection.head.id], false)?;
    let gateway = tx.any::<Gateway>(connection.gateway())?;
    let customer = tx.any::<CustomerGateway>(&connection.customer_gateway)?;
    let monitor = monitor::of(tx, &connection.head.id)?;
    if let Some(template) = gateway.as_ref().and_then(|it| it.template.as_ref()) {
        template.rule(&mut connection.ike, &mut connection.ipsec);
    }
    let carries = gateway.as_ref().map_or(Family::V4, |it| it.carries);
    let slots = gateway.into_iter().flat_map(|it| it.slots).flatten();
    let slot = slots
        .into_iter()
        .find(|slot| slot.key() == connection.gateway_ip);
    Ok(View {
        local: slot.map(|slot| slot.address),
        peer_asn: customer.as_ref().and_then(|it| it.bgp_asn),
        peer: customer.map(|it| it.identity.text()).unwrap_or_default(),
        up,
        monitor,
        carries,
        since: journal::since(tx, &connection.head.id)?,
        connection,
    })
}

/// What the device at the far end must know: the connection and its gateway, unless they are going (VPN.0009).
pub fn for_peer(tx: &mut Tx<'_>, cx: &Context<'_>, id: &str) -> Result<(View, Gateway), Fault> {
    let it: Connection = tx.get(&cx.caller.project, id)?;
    if it.head.state() == State::Deleting {
        return Err(it.wrong(State::Deleting));
    }
    let gateway = tx.get(&cx.caller.project, it.gateway())?;
    Ok((view(tx, it)?, gateway))
}

/// What the fabric shall hold for the connection: nothing while it is stopped, or the public address that it ends at.
pub fn planned(tx: &mut Tx<'_>, id: &str) -> Result<Option<Value>, Fault> {
    match tx.any::<Connection>(id)?.filter(|it| !it.head.frozen) {
        Some(it) if !address::is_stopped(tx, &it)? => {
            view(tx, it).map(|view| Some(planned::connection(&view)))
        }
        _ => Ok(None),
    }
}

/// The fabric has let go of the connection: its routes, addresses and key go with it.
pub fn gone(tx: &mut Tx<'_>, cx: &mut Context<'_>, id: &str) -> Result<(), Fault> {
    let Some(mut it) = tx.any::<Connection>(id)? else {
        return Ok(());
    };
    if let Some(gateway) = tx.any::<Gateway>(it.gateway())? {
        route::release(tx, &gateway, &it)?;
    }
    rules::forget_key(tx, &mut it)?;
    monitor::forget(tx, id)?;
    journal::forget(tx, id)?;
    condition::set(tx, "peer.reachable", id, None)?;
    crate::route_table::forget(tx, cx, id)?;
    tx.remove(&it)
}

/// The connection and its gateway, when both may be changed (VPN.0009, 0001, 0306, 0016).
fn changeable(tx: &mut Tx<'_>, cx: &Context<'_>, id: &str) -> Result<(Connection, Gateway), Fault> {
    let it: Connection = tx.get(&cx.caller.project, id)?;
    match it.head.state() {
        State::Active | State::Failed => {}
        state => return Err(it.wrong(state)),
    }
    let gateway: Gateway = tx.get(&cx.caller.project, it.gateway())?;
    gateway.must_be_active()?;
    Ok((it, gateway))
}
