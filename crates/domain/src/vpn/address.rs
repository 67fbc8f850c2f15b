//! The addresses of a gateway: the public ones in its two slots, and those it takes from its subnets.

use std::net::Ipv4Addr;

use serde::{Deserialize, Serialize};

use crate::bandwidth::{Bandwidth, NewBandwidth};
use crate::context::Context;
use crate::fault::{Fault, Holder};
use crate::operator::Flavor;
use crate::port::{self, NewPort, Port};
use crate::publicip::{self, NewPublicIp, PublicIp};
use crate::resource::Kind;
use crate::state::State;
use crate::subnet::Subnet;
use crate::tx::Tx;
use crate::vpn::Name;
use crate::vpn::connection::Connection;
use crate::vpn::gateway::{self, Attachment, Gateway, GatewayChange, Network};
use crate::vpn::p2c;

/// Owner word of the ports that a gateway has in its subnets.
pub const PORT: &str = "network:vpn_gateway";

/// One of the two addresses that connections end at.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Slot {
    /// The address.
    pub address: Ipv4Addr,
    /// The public address it is, by id; none when it is one of the access subnet.
    pub public_ip: Option<String>,
    /// Whether the gateway created the public address, so that it goes with the gateway.
    #[serde(default)]
    pub own: bool,
}

impl Slot {
    /// What connections call it: the id of the public address, or the private address itself.
    pub fn key(&self) -> String {
        match &self.public_ip {
            Some(id) => id.clone(),
            None => self.address.to_string(),
        }
    }
}

/// The public address that a new gateway gets in a slot.
#[derive(Clone, Debug)]
pub enum NewSlot {
    /// One that exists, by id.
    Existing(String),
    /// A new one with a bandwidth of its own.
    Dedicated {
        /// Pool, such as `5_bgp`.
        pool: String,
        /// Name of the bandwidth.
        name: Name,
        /// Size in Mbit/s, as the caller wrote it.
        size: i64,
        /// Billing.
        charge_mode: String,
    },
    /// A new one in a shared bandwidth, by id.
    Shared {
        /// Pool, such as `5_bgp`.
        pool: String,
        /// The bandwidth.
        bandwidth: String,
    },
}

/// Finds or creates the public addresses of a gateway; [`bind`] them once the gateway is stored.
pub fn obtain(
    tx: &mut Tx<'_>,
    cx: &mut Context<'_>,
    flavor: &Flavor,
    enterprise_project: &str,
    wanted: Vec<NewSlot>,
) -> Result<Vec<Slot>, Fault> {
    let mut slots: Vec<Slot> = Vec::new();
    for new in wanted {
        let slot = match new {
            NewSlot::Existing(id) => existing(tx, cx, &id)?,
            NewSlot::Dedicated {
                pool,
                name,
                size,
                charge_mode,
            } => {
                let size = fitting(size, flavor.bandwidth)?;
                let bandwidth = NewBandwidth::Dedicated {
                    name: name.text(cx),
                    size,
                    charge_mode,
                };
                create(tx, cx, pool, bandwidth, enterprise_project)?
            }
            NewSlot::Shared { pool, bandwidth } => {
                let bandwidth = NewBandwidth::Shared(bandwidth);
                create(tx, cx, pool, bandwidth, enterprise_project)?
            }
        };
        // VPN.0112: the second slot cannot have the address of the first.
        if slots.contains(&slot) {
            return Err(Fault::AddressBound { id: slot.key() });
        }
        slots.push(slot);
    }
    Ok(slots)
}

/// The slot for an existing public address that is free and in order (VPN.0112, 0103, 0102).
pub fn existing(tx: &mut Tx<'_>, cx: &Context<'_>, id: &str) -> Result<Slot, Fault> {
    let it: PublicIp = tx.get(&cx.caller.project, id)?;
    if it.bound.is_some() {
        return Err(Fault::AddressBound { id: id.to_owned() });
    }
    if it.head.state() != State::Active {
        return Err(Fault::WrongState {
            kind: Kind::PublicIp,
            id: id.to_owned(),
            state: it.head.state(),
        });
    }
    let (it, bandwidth) = publicip::with_bandwidth(tx, it)?;
    if bandwidth.head.state() != State::Active {
        return Err(Fault::BandwidthState {
            address: id.to_owned(),
            state: bandwidth.head.state(),
        });
    }
    Ok(Slot {
        address: it.address,
        public_ip: Some(it.head.id),
        own: false,
    })
}

/// Whether the public address that a connection ends at is stopped, or has no bandwidth that is not.
pub fn is_stopped(tx: &mut Tx<'_>, it: &Connection) -> Result<bool, Fault> {
    let gateway = tx.any::<Gateway>(it.gateway())?;
    let mut slots = gateway.iter().flat_map(|it| it.slots.iter().flatten());
    let slot = slots.find(|slot| slot.key() == it.gateway_ip);
    match slot.and_then(|slot| slot.public_ip.as_deref()) {
        Some(id) => publicip::is_stopped(tx, id),
        None => Ok(false),
    }
}

/// Binds the public address of a slot to the stored gateway.
pub fn bind(tx: &mut Tx<'_>, cx: &Context<'_>, slot: &Slot, gateway: &str) -> Result<(), Fault> {
    let Some(id) = &slot.public_ip else {
        return Ok(());
    };
    let mut it: PublicIp = tx.get(&cx.caller.project, id)?;
    publicip::bind_gateway(tx, cx, &mut it, gateway)
}

/// Puts a free public address into the first empty slot of the caller's gateway.
pub fn attach(tx: &mut Tx<'_>, cx: &mut Context<'_>, gateway: &str, id: &str) -> Result<(), Fault> {
    if let Some(known) = tx.find::<p2c::gateway::Gateway>(&cx.caller.project, gateway)? {
        return p2c::gateway::attach(tx, cx, &known, id);
    }
    let known: Gateway = tx.get(&cx.caller.project, gateway)?;
    let empty = known.slots.iter().position(Option::is_none);
    let Some(at) = empty.filter(|_| known.network == Network::Public) else {
        return Err(Fault::Unsuitable {
            kind: Kind::VpnGateway,
            id: gateway.to_owned(),
            reason: "none of its slots waits for a public address",
        });
    };
    let mut change = GatewayChange::default();
    change.public[at] = Some(id.to_owned());
    gateway::update(tx, cx, gateway, change).map(drop)
}

/// Takes the address out of a gateway's slot, unless a connection ends at it.
pub fn unbind(tx: &mut Tx<'_>, cx: &Context<'_>, gateway: &str, id: &str) -> Result<(), Fault> {
    if let Some(gateway) = tx.any::<p2c::gateway::Gateway>(gateway)? {
        return p2c::gateway::unbind(tx, cx, gateway);
    }
    let Some(mut gateway) = tx.any::<Gateway>(gateway)? else {
        return Ok(());
    };
    let used = tx.children::<Connection>(&gateway.head.id)?;
    if used.iter().any(|connection| connection.gateway_ip == id) {
        return Err(Fault::InUse {
            kind: Kind::PublicIp,
            id: id.to_owned(),
            by: Holder::VpnConnection,
        });
    }
    for slot in &mut gateway.slots {
        if slot.as_ref().is_some_and(|slot| slot.key() == id) {
            *slot = None;
        }
    }
    // Not an update of the gateway: clients that keep the addresses unbind them and delete it at once.
    tx.follow(cx, &mut gateway)
}

/// The public address and the bandwidth of a slot.
pub fn shown(tx: &mut Tx<'_>, slot: Option<&Slot>) -> Result<Option<(PublicIp, Bandwidth)>, Fault> {
    let Some(id) = slot.and_then(|slot| slot.public_ip.as_ref()) else {
        return Ok(None);
    };
    match tx.any::<PublicIp>(id)? {
        Some(it) => publicip::with_bandwidth(tx, it).map(Some),
        None => Ok(None),
    }
}

/// Takes the addresses that the gateway needs from its subnets, the wanted ones of the access subnet first.
/// The answer is the addresses in the access subnet.
pub fn take(
    tx: &mut Tx<'_>,
    cx: &mut Context<'_>,
    gateway: &mut Gateway,
    wanted: &[Ipv4Addr],
) -> Result<Vec<Ipv4Addr>, Fault> {
    let access = gateway.access.as_ref().map(|access| access.subnet.clone());
    let connect = match &gateway.attachment {
        Attachment::Vpc { subnet, .. } => Some(subnet.clone()),
        Attachment::Router { .. } => None,
    };
    // VPN.0285: two at a router; else four in one subnet or two in each of two.
    let needs: Vec<(String, u64)> = match (access, connect) {
        (Some(access), Some(connect)) if access == connect => vec![(access, 4)],
        (access, connect) => access
            .into_iter()
            .chain(connect)
            .map(|subnet| (subnet, 2))
            .collect(),
    };
    let mut addresses = Vec::new();
    for (id, need) in needs {
        let access = gateway.access.as_ref().is_some_and(|it| it.subnet == id);
        let wanted = if access { wanted } else { &[] };
        for port in room(tx, cx, &id, need, wanted, &gateway.head.id)? {
            gateway.ports.push(port.head.id);
            if access {
                addresses.push(port.address);
            }
        }
    }
    Ok(addresses)
}

/// Takes so many addresses from a subnet for a gateway, the wanted ones first.
pub fn room(
    tx: &mut Tx<'_>,
    cx: &mut Context<'_>,
    subnet: &str,
    need: u64,
    wanted: &[Ipv4Addr],
    gateway: &str,
) -> Result<Vec<Port>, Fault> {
    let free = tx
        .get::<Subnet>(&cx.caller.project, subnet)?
        .space()
        .free(tx)?;
    if free < need {
        return Err(Fault::AddressesExhausted {
            space: subnet.to_owned(),
            free,
            need,
        });
    }
    let mut ports = Vec::new();
    for at in 0..need {
        let address = usize::try_from(at).ok().and_then(|at| wanted.get(at));
        let new = NewPort {
            subnet: subnet.to_owned(),
            address: address.copied(),
            device_owner: PORT.to_owned(),
            device_id: gateway.to_owned(),
            security_groups: Some(Vec::new()),
            ..NewPort::default()
        };
        ports.push(port::create(tx, cx, new)?);
    }
    Ok(ports)
}

/// Gives everything back that a gateway holds: the addresses of its subnets, and its public addresses. Those that it
/// created go with it, those that were only bound stay.
pub fn release(tx: &mut Tx<'_>, cx: &Context<'_>, gateway: &Gateway) -> Result<(), Fault> {
    for id in &gateway.ports {
        if let Some(port) = tx.any::<Port>(id)? {
            port::discard(tx, &port)?;
        }
    }
    for slot in gateway.slots.iter().flatten() {
        let Some(id) = &slot.public_ip else { continue };
        let Some(mut it) = tx.any::<PublicIp>(id)? else {
            continue;
        };
        publicip::unbind_gateway(tx, cx, &mut it)?;
        // One that was protected since stays with its owner.
        if slot.own && !it.protected {
            publicip::discard(tx, &it)?;
        }
    }
    Ok(())
}

/// Refuses public addresses where the network type has none, and the other way round (VPN.0013).
pub fn suit(network: Network, public: &[NewSlot], private: &[Ipv4Addr]) -> Result<(), Fault> {
    match network {
        Network::Private if !public.is_empty() => Err(Fault::Unsupported { field: "eip1" }),
        Network::Public if !private.is_empty() => Err(Fault::Unsupported {
            field: "access_private_ip_1",
        }),
        Network::Public if public.len() != 2 => Err(Fault::invalid(
            "eip1",
            "a public gateway needs eip1 and eip2",
        )),
        _ => Ok(()),
    }
}

fn create(
    tx: &mut Tx<'_>,
    cx: &mut Context<'_>,
    pool: String,
    bandwidth: NewBandwidth,
    enterprise_project: &str,
) -> Result<Slot, Fault> {
    let new = NewPublicIp {
        pool,
        address: None,
        alias: String::new(),
        port: None,
        bandwidth,
        enterprise_project: enterprise_project.to_owned(),
    };
    let it = publicip::create(tx, cx, new)?;
    Ok(Slot {
        address: it.address,
        public_ip: Some(it.head.id),
        own: true,
    })
}

/// A size that the flavor carries (VPN.0101).
fn fitting(size: i64, most: u32) -> Result<u32, Fault> {
    u32::try_from(size)
        .ok()
        .filter(|size| (1..=most).contains(size))
        .ok_or(Fault::BandwidthSize { size })
}
