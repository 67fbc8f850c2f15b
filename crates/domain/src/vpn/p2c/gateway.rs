//! Gateways that single clients dial into.

mod create;

use serde::{Deserialize, Serialize};

use crate::bandwidth::Bandwidth;
use crate::context::Context;
use crate::fault::Fault;
use crate::order::{self, Prepaid};
use crate::port::{self, Port};
use crate::publicip::{self, PublicIp};
use crate::resource::{Head, Kind, Resource, Tag};
use crate::state::State;
use crate::tx::Tx;
use crate::vpn::address::{self, Slot};
use crate::vpn::data_plane;
use crate::vpn::job::{self, Action, Family, Job, Stage};
use crate::vpn::p2c::server::{self, Server};
use crate::vpn::p2c::session::{self, Session};
use crate::vpn::p2c::{Limits, NEWEST, Refusal, no_order};

pub use create::{NewGateway, create};

/// A gateway for single clients.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Gateway {
    /// Head; the parent is the network.
    pub head: Head,
    /// Name.
    pub name: String,
    /// Where its packets enter the network.
    pub subnet: String,
    /// Name of its flavor.
    pub flavor: String,
    /// Availability zones.
    pub zones: Vec<String>,
    /// The address that clients dial; none while it is unbound.
    pub slot: Option<Slot>,
    /// Its ports in the subnet.
    pub ports: Vec<String>,
    /// Most clients at a time.
    pub connections: u32,
    /// Version of what it runs.
    pub version: u32,
    /// Where the log of its connections goes.
    #[serde(default)]
    pub log: Option<LogStream>,
    /// Enterprise project.
    pub enterprise_project: String,
    /// The order that pays for it in advance.
    #[serde(default)]
    pub charge: Option<Prepaid>,
    /// Labels.
    pub tags: Vec<Tag>,
}

/// Where a log goes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct LogStream {
    /// Group of streams.
    pub group: String,
    /// Stream.
    pub stream: String,
}

/// Validated input of [`update`]; absent fields stay.
#[derive(Clone, Debug, Default)]
pub struct GatewayChange {
    /// New name.
    pub name: Option<String>,
    /// An existing public address for a gateway without one, by id.
    pub public: Option<String>,
}

/// A gateway with what is derived for those who look at it.
#[derive(Clone, Debug)]
pub struct View {
    /// The gateway.
    pub gateway: Gateway,
    /// Its public address with its bandwidth.
    pub public: Option<(PublicIp, Bandwidth)>,
    /// Clients that are connected.
    pub sessions: u64,
    /// How far its last upgrade is.
    pub upgrade: Option<Stage>,
}

impl Resource for Gateway {
    const KIND: Kind = Kind::P2cGateway;

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
            ("attached_to", self.vpc().to_owned()),
            ("connects_in", self.subnet.clone()),
        ]
    }
}

impl Gateway {
    /// The network's id.
    pub fn vpc(&self) -> &str {
        self.head.parent.as_deref().unwrap_or_default()
    }

    /// Refuses anything but an active gateway (VPN.0506, 0507, 0508, 0510).
    pub fn must_be_active(&self) -> Result<(), Fault> {
        match self.head.state() {
            State::Active => Ok(()),
            state => Err(self.wrong(state)),
        }
    }

    /// Refuses what gateways of an older version cannot do (VPN.0562).
    pub fn must_know(&self, feature: &'static str) -> Result<(), Fault> {
        match self.version >= NEWEST {
            true => Ok(()),
            false => Err(Refusal::TooOld { feature }.into()),
        }
    }

    fn wrong(&self, state: State) -> Fault {
        Fault::WrongState {
            kind: Kind::P2cGateway,
            id: self.head.id.clone(),
            state,
        }
    }
}

/// The gateway of that id, when it can do something now.
pub fn ready(tx: &mut Tx<'_>, cx: &Context<'_>, id: &str) -> Result<Gateway, Fault> {
    let gateway: Gateway = tx.get(&cx.caller.project, id)?;
    no_order(tx, cx, id)?;
    gateway.must_be_active()?;
    let upgrade = job::last(tx, id)?.map(|job| job.stage());
    match upgrade {
        // VPN.0507: while the software changes nothing else does.
        Some(Stage::Upgrading | Stage::RollingBack) => Err(gateway.wrong(State::Updating)),
        _ => Ok(gateway),
    }
}

/// Changes a gateway.
pub fn update(
    tx: &mut Tx<'_>,
    cx: &mut Context<'_>,
    id: &str,
    change: GatewayChange,
) -> Result<Gateway, Fault> {
    let mut gateway = ready(tx, cx, id)?;
    if let Some(name) = change.name {
        gateway.name = name;
    }
    let mut bound = None;
    if let Some(wanted) = change.public {
        match &gateway.slot {
            // VPN.0512: clients send the present address along with a new name.
            Some(slot) if slot.key() == wanted => {}
            Some(_) => {
                tx.get::<PublicIp>(&cx.caller.project, &wanted)?;
                return Err(Refusal::HasAddress.into());
            }
            None => {
                let slot = create::existing(tx, cx, &gateway.flavor, &wanted)?;
                gateway.slot = Some(slot.clone());
                bound = Some(slot);
            }
        }
    }
    data_plane(tx, Some(id), false)?;
    tx.change(cx, &mut gateway)?;
    if let Some(slot) = &bound {
        address::bind(tx, cx, slot, id)?;
    }
    Ok(gateway)
}

/// Upgrades an active gateway, stays with that, or goes back.
pub fn upgrade(
    tx: &mut Tx<'_>,
    cx: &mut Context<'_>,
    id: &str,
    action: Action,
) -> Result<Job, Fault> {
    let mut gateway: Gateway = tx.get(&cx.caller.project, id)?;
    no_order(tx, cx, id)?;
    gateway.must_be_active()?;
    data_plane(tx, Some(id), false)?;
    let job = job::act(tx, cx, Family::Client, &gateway.head, action)?;
    if action == Action::Finish {
        gateway.version = NEWEST;
        tx.update(cx, &mut gateway)?;
    }
    Ok(job)
}

/// Says where the log of the gateway's connections goes; `None` stops it.
pub fn set_log(
    tx: &mut Tx<'_>,
    cx: &mut Context<'_>,
    id: &str,
    log: Option<LogStream>,
) -> Result<Gateway, Fault> {
    let mut gateway = ready(tx, cx, id)?;
    gateway.must_know("log-config")?;
    if log.is_none() && gateway.log.is_none() {
        return Err(Refusal::NoLog.into());
    }
    gateway.log = log;
    tx.update(cx, &mut gateway)?;
    Ok(gateway)
}

/// Where the log of the gateway's connections goes.
pub fn log(tx: &mut Tx<'_>, cx: &mut Context<'_>, id: &str) -> Result<LogStream, Fault> {
    let gateway: Gateway = tx.get(&cx.caller.project, id)?;
    gateway.must_know("log-config")?;
    gateway.log.ok_or_else(|| Refusal::NoLog.into())
}

/// Starts the deletion of a gateway; its server goes with it.
pub fn delete(tx: &mut Tx<'_>, cx: &mut Context<'_>, id: &str) -> Result<(), Fault> {
    let mut gateway: Gateway = tx.get(&cx.caller.project, id)?;
    no_order(tx, cx, id)?;
    match gateway.head.state() {
        State::Active | State::Frozen | State::Failed => {}
        state => return Err(gateway.wrong(state)),
    }
    data_plane(tx, Some(id), false)?;
    tx.begin_delete(cx, &mut gateway)
}

/// The gateway with what is derived.
pub fn view(tx: &mut Tx<'_>, gateway: Gateway) -> Result<View, Fault> {
    Ok(View {
        public: address::shown(tx, gateway.slot.as_ref())?,
        upgrade: job::last(tx, &gateway.head.id)?.map(|job| job.stage()),
        sessions: tx.count_children::<Session>(&gateway.head.id)?,
        gateway,
    })
}

/// Puts a free public address with a bandwidth of its own that the gateway can take to the gateway, which has none.
pub fn attach(tx: &mut Tx<'_>, cx: &mut Context<'_>, it: &Gateway, id: &str) -> Result<(), Fault> {
    let unsuitable = |reason| Fault::Unsuitable {
        kind: Kind::P2cGateway,
        id: it.head.id.clone(),
        reason,
    };
    if it.slot.is_some() {
        return Err(unsuitable("it has a public address"));
    }
    let change = GatewayChange {
        public: Some(id.to_owned()),
        ..GatewayChange::default()
    };
    match update(tx, cx, &it.head.id, change) {
        // What keeps gateways of this sort from an address has rows of its own, which the API of addresses has not.
        Err(Fault::P2c(_) | Fault::BandwidthSize { .. }) => {
            Err(unsuitable("it cannot take this public address"))
        }
        done => done.map(drop),
    }
}

/// Takes the public address off the gateway.
pub fn unbind(tx: &mut Tx<'_>, cx: &Context<'_>, mut gateway: Gateway) -> Result<(), Fault> {
    gateway.slot = None;
    tx.follow(cx, &mut gateway)
}

/// The fabric has let go of the gateway: everything below it goes, and what it held is free again.
pub fn gone(tx: &mut Tx<'_>, cx: &mut Context<'_>, id: &str) -> Result<(), Fault> {
    let Some(gateway) = tx.any::<Gateway>(id)? else {
        return Ok(());
    };
    for it in tx.children::<Session>(id)? {
        session::discard(tx, &it)?;
    }
    for it in tx.children::<Server>(id)? {
        server::gone(tx, &it)?;
    }
    job::forget(tx, id)?;
    for port in &gateway.ports {
        if let Some(port) = tx.any::<Port>(port)? {
            port::discard(tx, &port)?;
        }
    }
    if let Some(slot) = &gateway.slot
        && let Some(public) = &slot.public_ip
        && let Some(mut it) = tx.any::<PublicIp>(public)?
    {
        publicip::unbind_gateway(tx, cx, &mut it)?;
        // One that was protected since stays with its owner.
        if slot.own && !it.protected {
            publicip::discard(tx, &it)?;
        }
    }
    order::forget(tx, &gateway.head.project, id)?;
    tx.remove(&gateway)
}

/// Refuses more connections than the flavor carries (VPN.0504).
fn fitting(connections: u32, limits: &Limits) -> Result<u32, Fault> {
    match connections <= limits.connections {
        true => Ok(connections),
        false => Err(Refusal::Connections.into()),
    }
}
