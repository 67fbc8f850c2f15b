//! What a public address is bound to, and how it gets there and away.

use std::net::Ipv4Addr;

use serde::{Deserialize, Serialize};

use super::{PublicIp, must_be_changeable, must_let_go};
use crate::condition;
use crate::context::Context;
use crate::fault::{Fault, Holder};
use crate::interface;
use crate::nat::{self, NatGateway, Side};
use crate::port::Port;
use crate::registration::{Registration, Service};
use crate::resource::Kind;
use crate::subnet::Subnet;
use crate::tx::Tx;
use crate::vpn;

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
        /// Whether the caller named that load balancer as one of the first generation.
        #[serde(default)]
        classic: bool,
    },
    /// A VPN gateway, by id.
    Gateway {
        /// Gateway id.
        id: String,
    },
    /// A NAT gateway, ours or one that is registered; many addresses may be bound to one.
    NatGateway {
        /// Its id, or that of its registration.
        id: String,
        /// What the gateway uses it for.
        #[serde(default)]
        side: Side,
    },
}

impl Binding {
    /// The id of the port or the gateway.
    pub fn id(&self) -> &str {
        match self {
            Binding::Port { id, .. } | Binding::Gateway { id } | Binding::NatGateway { id, .. } => {
                id
            }
        }
    }
}

/// The kinds of things that an address can be bound to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum InstanceKind {
    /// A port.
    Port,
    /// A NAT gateway.
    NatGateway,
    /// A load balancer.
    LoadBalancer,
    /// A load balancer of the first generation.
    ClassicLoadBalancer,
    /// A VPN gateway.
    VpnGateway,
}

/// A thing that an address can be bound to, as callers name it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Instance {
    /// Its kind.
    pub kind: InstanceKind,
    /// Its id.
    pub id: String,
}

/// Binds the address to an instance; binding it to the one it has is no change.
pub fn associate(
    tx: &mut Tx<'_>,
    cx: &mut Context<'_>,
    id: &str,
    instance: &Instance,
) -> Result<PublicIp, Fault> {
    let it = must_be_changeable(tx, cx, id)?;
    match instance.kind {
        InstanceKind::Port => bind_to(tx, cx, it, &instance.id, false),
        InstanceKind::LoadBalancer | InstanceKind::ClassicLoadBalancer => {
            let balancer = registered(tx, cx, Service::LoadBalancer, &instance.id)?;
            let port = balancer.port.ok_or_else(|| Fault::Unsuitable {
                kind: Kind::Registration,
                id: instance.id.clone(),
                reason: "the load balancer has no address in a subnet",
            })?;
            let classic = instance.kind == InstanceKind::ClassicLoadBalancer;
            bind_to(tx, cx, it, &port, classic)
        }
        InstanceKind::NatGateway => bind_nat(tx, cx, it, &instance.id),
        InstanceKind::VpnGateway => bind_vpn(tx, cx, it, &instance.id),
    }
}

/// Binds the address, which has to be free, to an instance.
pub fn bind_free(
    tx: &mut Tx<'_>,
    cx: &mut Context<'_>,
    id: &str,
    instance: &Instance,
) -> Result<PublicIp, Fault> {
    let it = must_be_changeable(tx, cx, id)?;
    match it.bound {
        Some(_) => Err(Fault::AddressBound { id: it.head.id }),
        None => associate(tx, cx, id, instance),
    }
}

/// Binds the address, which has to be free, to one of the addresses of a port.
pub fn bind_free_at(
    tx: &mut Tx<'_>,
    cx: &mut Context<'_>,
    id: &str,
    port: &str,
    address: Ipv4Addr,
) -> Result<PublicIp, Fault> {
    let it = must_be_changeable(tx, cx, id)?;
    let target = tenants_port(tx, cx, port)?;
    if target.public_ip_at(address).is_none() {
        return Err(Fault::AddressOutside {
            address: address.into(),
            space: port.to_owned(),
        });
    }
    condition::backend_writes(tx, cx)?;
    bind_at(tx, cx, it, target, address, false)
}

/// Unbinds the address from what it is bound to; a free one is refused.
pub fn disassociate(tx: &mut Tx<'_>, cx: &mut Context<'_>, id: &str) -> Result<PublicIp, Fault> {
    match must_let_go(tx, cx, id)?.bound {
        Some(_) => unbind(tx, cx, id),
        None => Err(Fault::Unsuitable {
            kind: Kind::PublicIp,
            id: id.to_owned(),
            reason: "it is not bound",
        }),
    }
}

/// Binds the address to a port; binding it to the port it has is no change.
pub fn bind(
    tx: &mut Tx<'_>,
    cx: &mut Context<'_>,
    id: &str,
    port: &str,
) -> Result<PublicIp, Fault> {
    let it = must_be_changeable(tx, cx, id)?;
    bind_to(tx, cx, it, port, false)
}

/// Binds an address, whose state was judged before, to a port.
pub(crate) fn bind_to(
    tx: &mut Tx<'_>,
    cx: &mut Context<'_>,
    it: PublicIp,
    port: &str,
    classic: bool,
) -> Result<PublicIp, Fault> {
    condition::backend_writes(tx, cx)?;
    let target = tenants_port(tx, cx, port)?;
    if it.port() == Some(port) {
        return Ok(it);
    }
    let address = target.address;
    bind_at(tx, cx, it, target, address, classic)
}

/// Binds an address, whose state was judged before, to one of the addresses of a port.
pub(crate) fn bind_at(
    tx: &mut Tx<'_>,
    cx: &mut Context<'_>,
    mut it: PublicIp,
    mut target: Port,
    address: Ipv4Addr,
    classic: bool,
) -> Result<PublicIp, Fault> {
    let (id, port) = (it.head.id.clone(), target.head.id.as_str());
    let taken = target.public_ip_at(address).is_some_and(Option::is_some);
    match (it.bound.is_some(), taken) {
        (true, true) => {
            return Err(Fault::BothBound {
                address: id,
                port: port.to_owned(),
            });
        }
        (true, false) => return Err(Fault::AddressBound { id }),
        (false, true) => {
            return Err(Fault::PortBound {
                id: port.to_owned(),
            });
        }
        (false, false) => {}
    }
    bind_port(tx, cx, &mut it, &mut target, address, classic)?;
    tx.change(cx, &mut it)?;
    Ok(it)
}

fn bind_nat(
    tx: &mut Tx<'_>,
    cx: &mut Context<'_>,
    mut it: PublicIp,
    id: &str,
) -> Result<PublicIp, Fault> {
    condition::backend_writes(tx, cx)?;
    if let Some(gateway) = tx.find::<NatGateway>(&cx.caller.project, id)? {
        return match &it.bound {
            Some(Binding::NatGateway { id: bound, .. }) if bound == id => Ok(it),
            Some(_) => Err(Fault::AddressBound { id: it.head.id }),
            None => {
                let address = it.head.id.clone();
                nat::address::join(tx, cx, gateway, it)?;
                tx.get(&cx.caller.project, &address)
            }
        };
    }
    let wanted = Binding::NatGateway {
        id: registered(tx, cx, Service::NatGateway, id)?.head.id,
        side: Side::Both,
    };
    match &it.bound {
        Some(bound) if *bound == wanted => return Ok(it),
        Some(_) => return Err(Fault::AddressBound { id: it.head.id }),
        None => it.bound = Some(wanted),
    }
    tx.change(cx, &mut it)?;
    Ok(it)
}

fn bind_vpn(
    tx: &mut Tx<'_>,
    cx: &mut Context<'_>,
    it: PublicIp,
    id: &str,
) -> Result<PublicIp, Fault> {
    condition::backend_writes(tx, cx)?;
    let wanted = Binding::Gateway { id: id.to_owned() };
    if it.bound.as_ref() == Some(&wanted) {
        return Ok(it);
    }
    vpn::address::attach(tx, cx, id, &it.head.id)?;
    tx.get(&cx.caller.project, &it.head.id)
}

/// Unbinds the address from its port or its gateway; a free address stays free.
pub fn unbind(tx: &mut Tx<'_>, cx: &mut Context<'_>, id: &str) -> Result<PublicIp, Fault> {
    let mut it = must_let_go(tx, cx, id)?;
    condition::backend_writes(tx, cx)?;
    match it.bound.take() {
        None => return Ok(it),
        Some(Binding::Gateway { id: gateway }) => vpn::address::unbind(tx, cx, &gateway, id)?,
        Some(Binding::Port {
            id: port, address, ..
        }) => free(tx, cx, &it, &port, address)?,
        Some(Binding::NatGateway { id: gateway, .. }) => {
            nat::address::leave(tx, cx, &it, &gateway)?;
        }
    }
    tx.change(cx, &mut it)?;
    Ok(it)
}

/// Unbinds every address from an instance that goes: a port, or what is registered.
pub fn let_go(tx: &mut Tx<'_>, cx: &Context<'_>, instance: &str) -> Result<(), Fault> {
    for (from, role) in tx.holders(instance, usize::MAX)? {
        if role != super::BOUND_TO {
            continue;
        }
        if let Some(mut it) = tx.any::<PublicIp>(&from)? {
            it.bound = None;
            tx.change(cx, &mut it)?;
        }
    }
    Ok(())
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

/// A port of the caller's without a public address.
pub(super) fn free_port(tx: &mut Tx<'_>, cx: &Context<'_>, id: &str) -> Result<Port, Fault> {
    let port = tenants_port(tx, cx, id)?;
    match port.public_ip {
        Some(_) => Err(Fault::PortBound { id: id.to_owned() }),
        None => Ok(port),
    }
}

/// Binds the address, which the caller stores, to a port.
pub(super) fn bind_port(
    tx: &mut Tx<'_>,
    cx: &Context<'_>,
    it: &mut PublicIp,
    port: &mut Port,
    address: Ipv4Addr,
    classic: bool,
) -> Result<(), Fault> {
    let subnet = tx.any::<Subnet>(port.subnet())?;
    if subnet.is_some_and(|it| it.is_behind_nat()) {
        return Err(Fault::Interface(interface::Refusal::BehindNat));
    }
    it.bound = Some(Binding::Port {
        id: port.head.id.clone(),
        address,
        load_balancer: port.holds_subnet() == Some(Holder::LoadBalancer),
        classic,
    });
    port.set_public_ip(address, Some(it.head.id.clone()));
    tx.update(cx, port)
}

fn free(
    tx: &mut Tx<'_>,
    cx: &Context<'_>,
    it: &PublicIp,
    port: &str,
    address: Ipv4Addr,
) -> Result<(), Fault> {
    if let Some(mut port) = tx.find::<Port>(&it.head.project, port)? {
        port.set_public_ip(address, None);
        tx.update(cx, &mut port)?;
    }
    Ok(())
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

/// A registered instance of that service; one of another service is none.
fn registered(
    tx: &mut Tx<'_>,
    cx: &Context<'_>,
    service: Service,
    id: &str,
) -> Result<Registration, Fault> {
    let it: Registration = tx.get(&cx.caller.project, id)?;
    match it.service == service {
        true => Ok(it),
        false => Err(Fault::NotFound {
            kind: Kind::Registration,
            id: id.to_owned(),
        }),
    }
}
