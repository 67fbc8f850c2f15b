//! Public (elastic) addresses: taken from a pool, bound to a port or a gateway, given back.

use std::net::Ipv4Addr;

use serde::{Deserialize, Serialize};
use vpcd_store::claim;

use crate::bandwidth::{self, Bandwidth, NewBandwidth};
use crate::condition;
use crate::context::Context;
use crate::fault::{Fault, Holder};
use crate::firewall;
use crate::ipam;
use crate::pool::{self, Pool};
use crate::port::Port;
use crate::quota;
use crate::resource::{Head, Kind, Resource, Tag};
use crate::state::State;
use crate::tx::Tx;
use crate::vpn;

/// A public address.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct PublicIp {
    /// Head; no parent.
    pub head: Head,
    /// The address.
    pub address: Ipv4Addr,
    /// Pool it came from, such as `5_bgp`.
    pub pool: String,
    /// Name, may be empty.
    pub alias: String,
    /// What it is bound to.
    #[serde(default)]
    pub bound: Option<Binding>,
    /// Its bandwidth.
    pub bandwidth: String,
    /// Enterprise project.
    pub enterprise_project: String,
    /// Where it is announced.
    pub border_group: String,
    /// Labels.
    #[serde(default)]
    pub tags: Vec<Tag>,
}

/// What a public address is bound to.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Binding {
    /// A port, by id, and its private address.
    Port {
        /// Port id.
        id: String,
        /// Private address.
        address: Ipv4Addr,
        /// Whether the port is a load balancer's.
        load_balancer: bool,
    },
    /// A VPN gateway, by id.
    Gateway {
        /// Gateway id.
        id: String,
    },
}

/// Validated input of [`create`].
#[derive(Clone, Debug)]
pub struct NewPublicIp {
    /// Pool, such as `5_bgp`.
    pub pool: String,
    /// This very address, as the caller wrote it.
    pub address: Option<String>,
    /// Name.
    pub alias: String,
    /// Port to bind to at once.
    pub port: Option<String>,
    /// Its bandwidth.
    pub bandwidth: NewBandwidth,
    /// Enterprise project.
    pub enterprise_project: String,
}

impl Resource for PublicIp {
    const KIND: Kind = Kind::PublicIp;

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
        let bound = match &self.bound {
            Some(Binding::Port { id, .. } | Binding::Gateway { id }) => {
                Some(("bound_to", id.clone()))
            }
            None => None,
        };
        std::iter::once(("bandwidth", self.bandwidth.clone()))
            .chain(bound)
            .collect()
    }
}

impl PublicIp {
    /// The port it is bound to.
    pub fn port(&self) -> Option<&str> {
        match &self.bound {
            Some(Binding::Port { id, .. }) => Some(id),
            _ => None,
        }
    }
}

/// Takes an address from a pool.
///
/// The order of checks makes each of VPC.0502, 0521, 0508, 0511, 0510, 0522, 0532, 0503 reachable.
pub fn create(tx: &mut Tx<'_>, cx: &mut Context<'_>, new: NewPublicIp) -> Result<PublicIp, Fault> {
    condition::standing(tx, cx, true)?;
    if let NewBandwidth::Shared(id) = &new.bandwidth {
        bandwidth::shared(tx, cx, id)?;
    }
    let pool = pool::find(tx, &new.pool)?.ok_or(Fault::PoolMissing {
        pool: new.pool.clone(),
    })?;
    quota::take::<PublicIp>(tx, cx, "publicIp")?;
    let port = match &new.port {
        Some(id) => Some(free_port(tx, cx, id)?),
        None => None,
    };
    condition::backend_writes(tx, cx)?;
    let mut head = Head::new::<PublicIp>(cx, None);
    head.target = format!("address/{}", head.id);
    let address = take(tx, cx, &pool, new.address.as_deref(), &head.id)?;
    let bandwidth = bandwidth::obtain(
        tx,
        cx,
        new.bandwidth,
        &new.enterprise_project,
        &pool.border_group,
    )?;
    let mut it = PublicIp {
        head,
        address,
        pool: pool.name,
        alias: new.alias,
        bound: None,
        bandwidth: bandwidth.head.id,
        enterprise_project: new.enterprise_project,
        border_group: pool.border_group,
        tags: Vec::new(),
    };
    if let Some(mut port) = port {
        bind_port(tx, cx, &mut it, &mut port)?;
    }
    tx.insert(&it)?;
    Ok(it)
}

/// The address of that id with its bandwidth.
pub fn show(
    tx: &mut Tx<'_>,
    cx: &mut Context<'_>,
    id: &str,
) -> Result<(PublicIp, Bandwidth), Fault> {
    condition::backend_reads(tx, cx)?;
    let it: PublicIp = tx.get(&cx.caller.project, id)?;
    with_bandwidth(tx, it)
}

/// An address together with its bandwidth.
pub fn with_bandwidth(tx: &mut Tx<'_>, it: PublicIp) -> Result<(PublicIp, Bandwidth), Fault> {
    let bandwidth = tx.get(&it.head.project, &it.bandwidth)?;
    Ok((it, bandwidth))
}

/// Gives the address a name.
pub fn rename(
    tx: &mut Tx<'_>,
    cx: &mut Context<'_>,
    id: &str,
    alias: String,
) -> Result<PublicIp, Fault> {
    let mut it = must_be_changeable(tx, cx, id)?;
    it.alias = alias;
    tx.update(cx, &mut it)?;
    Ok(it)
}

/// Binds the address to a port; binding it to the port it has is no change.
pub fn bind(
    tx: &mut Tx<'_>,
    cx: &mut Context<'_>,
    id: &str,
    port: &str,
) -> Result<PublicIp, Fault> {
    let mut it = must_be_changeable(tx, cx, id)?;
    condition::backend_writes(tx, cx)?;
    let mut target = tenants_port(tx, cx, port)?;
    if it.port() == Some(port) {
        return Ok(it);
    }
    match (it.bound.is_some(), target.public_ip.is_some()) {
        (true, true) => {
            return Err(Fault::BothBound {
                address: id.to_owned(),
                port: port.to_owned(),
            });
        }
        (true, false) => return Err(Fault::AddressBound { id: id.to_owned() }),
        (false, true) => {
            return Err(Fault::PortBound {
                id: port.to_owned(),
            });
        }
        (false, false) => {}
    }
    bind_port(tx, cx, &mut it, &mut target)?;
    tx.change(cx, &mut it)?;
    Ok(it)
}

/// Unbinds the address from its port or its gateway; a free address stays free.
pub fn unbind(tx: &mut Tx<'_>, cx: &mut Context<'_>, id: &str) -> Result<PublicIp, Fault> {
    let mut it = must_be_changeable(tx, cx, id)?;
    condition::backend_writes(tx, cx)?;
    match it.bound.take() {
        None => return Ok(it),
        Some(Binding::Gateway { id: gateway }) => vpn::address::unbind(tx, cx, &gateway, id)?,
        Some(Binding::Port { id: port, .. }) => {
            if let Some(mut port) = tx.find::<Port>(&it.head.project, &port)? {
                port.public_ip = None;
                tx.update(cx, &mut port)?;
            }
        }
    }
    tx.change(cx, &mut it)?;
    Ok(it)
}

/// Binds a free address to a VPN gateway.
pub fn bind_gateway(
    tx: &mut Tx<'_>,
    cx: &Context<'_>,
    it: &mut PublicIp,
    gateway: &str,
) -> Result<(), Fault> {
    it.bound = Some(Binding::Gateway {
        id: gateway.to_owned(),
    });
    tx.change(cx, it)
}

/// Takes an address off a VPN gateway that goes.
pub fn unbind_gateway(tx: &mut Tx<'_>, cx: &Context<'_>, it: &mut PublicIp) -> Result<(), Fault> {
    it.bound = None;
    tx.change(cx, it)
}

/// Gives an address back to its pool.
///
/// The order of checks is the one of VPC.0504, 0512, 0516, 0517, 0518, 0513.
pub fn delete(tx: &mut Tx<'_>, cx: &mut Context<'_>, id: &str) -> Result<(), Fault> {
    let it: PublicIp = tx.get(&cx.caller.project, id)?;
    match it.head.state() {
        State::Active | State::Frozen | State::Failed => {}
        state => {
            return Err(Fault::WrongState {
                kind: Kind::PublicIp,
                id: id.to_owned(),
                state,
            });
        }
    }
    let in_use = |by| Fault::InUse {
        kind: Kind::PublicIp,
        id: id.to_owned(),
        by,
    };
    match &it.bound {
        Some(Binding::Port {
            load_balancer: true,
            ..
        }) => return Err(in_use(Holder::LoadBalancer)),
        Some(Binding::Port { .. }) => return Err(in_use(Holder::Port)),
        Some(Binding::Gateway { .. }) => return Err(in_use(Holder::VpnGateway)),
        None => {}
    }
    if firewall::names_address(tx, &it.head.project, it.address)? {
        return Err(in_use(Holder::Firewall));
    }
    if pool::find(tx, &it.pool)?.is_none() {
        return Err(Fault::PoolMissing { pool: it.pool });
    }
    condition::backend_writes(tx, cx)?;
    discard(tx, &it)
}

/// Removes an unbound address, with the bandwidth that was its own, and gives it back to its pool.
pub fn discard(tx: &mut Tx<'_>, it: &PublicIp) -> Result<(), Fault> {
    match pool::find(tx, &it.pool)?.filter(|pool| pool.has(it.address)) {
        Some(pool) => pool.space().release(tx, it.address)?,
        None => {
            claim::release(tx.rows(), "ip/public", &ipam::key(it.address))?;
        }
    }
    tx.remove(it)?;
    if let Some(bandwidth) = tx.find::<Bandwidth>(&it.head.project, &it.bandwidth)?
        && !bandwidth.shared
    {
        tx.remove(&bandwidth)?;
    }
    Ok(())
}

/// Refuses an address that is on its way, frozen or broken (VPC.0512).
pub fn must_be_changeable(tx: &mut Tx<'_>, cx: &Context<'_>, id: &str) -> Result<PublicIp, Fault> {
    let it: PublicIp = tx.get(&cx.caller.project, id)?;
    match it.head.state() {
        State::Active => Ok(it),
        state => Err(Fault::WrongState {
            kind: Kind::PublicIp,
            id: id.to_owned(),
            state,
        }),
    }
}

/// A port that a tenant may bind to: the platform's own are as if they were not there.
fn tenants_port(tx: &mut Tx<'_>, cx: &Context<'_>, id: &str) -> Result<Port, Fault> {
    let port: Port = tx.get(&cx.caller.project, id)?;
    match port.is_platforms() {
        true => Err(Fault::NotFound {
            kind: Kind::Port,
            id: id.to_owned(),
        }),
        false => Ok(port),
    }
}

fn free_port(tx: &mut Tx<'_>, cx: &Context<'_>, id: &str) -> Result<Port, Fault> {
    let port = tenants_port(tx, cx, id)?;
    match port.public_ip {
        Some(_) => Err(Fault::PortBound { id: id.to_owned() }),
        None => Ok(port),
    }
}

fn bind_port(
    tx: &mut Tx<'_>,
    cx: &Context<'_>,
    it: &mut PublicIp,
    port: &mut Port,
) -> Result<(), Fault> {
    it.bound = Some(Binding::Port {
        id: port.head.id.clone(),
        address: port.address,
        load_balancer: port.holds_subnet() == Some(Holder::LoadBalancer),
    });
    port.public_ip = Some(it.head.id.clone());
    tx.update(cx, port)
}

fn take(
    tx: &mut Tx<'_>,
    cx: &Context<'_>,
    pool: &Pool,
    wanted: Option<&str>,
    owner: &str,
) -> Result<Ipv4Addr, Fault> {
    let Some(text) = wanted else {
        return pool.space().take_any(tx, owner);
    };
    // VPC.0522 for what cannot be had, VPC.0510 when it is the caller's own and bound.
    let unspecified = Fault::AddressTaken {
        address: Ipv4Addr::UNSPECIFIED,
    };
    let address: Ipv4Addr = text.parse().map_err(|_| unspecified)?;
    if let Some(holder) = pool.space().holder(tx, address)?
        && let Some(mine) = tx.find::<PublicIp>(&cx.caller.project, &holder)?
        && mine.bound.is_some()
    {
        return Err(Fault::AddressBound { id: holder });
    }
    pool.space().take(tx, address, owner)?;
    Ok(address)
}
