//! Public addresses as tenants of the native API know them: taken from the one external network, moved from port to
//! port at will, gone with their binding.

use std::net::Ipv4Addr;

use crate::bandwidth::NewBandwidth;
use crate::condition;
use crate::context::Context;
use crate::fault::Fault;
use crate::pool::{self, Pool};
use crate::port::Port;
use crate::publicip::{self, Binding, NewPublicIp, PublicIp};
use crate::resource::Kind;
use crate::tx::{Tx, Way};

/// Size of the bandwidth that comes with a floating address, in Mbit/s.
const SIZE: u32 = 1000;

/// How many addresses are looked at in one go for those of version 6.
const STEP: usize = 256;

/// Validated input of [`create`].
#[derive(Clone, Debug)]
pub struct NewFloating {
    /// What the external network is called, on which all pools are one.
    pub network: String,
    /// Whether clients of IPv6 shall reach it, too.
    pub translated: bool,
    /// This very address.
    pub address: Option<Ipv4Addr>,
    /// Port to bind to at once.
    pub port: Option<String>,
    /// The address of the port that is meant.
    pub fixed: Option<Ipv4Addr>,
}

/// A public address with what the native API tells of where it leads.
#[derive(Clone, Debug, PartialEq)]
pub struct Floating {
    /// The address.
    pub address: PublicIp,
    /// The private address that it leads to.
    pub fixed: Option<Ipv4Addr>,
    /// The network of tenants that it leads into.
    pub router: Option<String>,
}

/// Takes a public address from the external network.
pub fn create(tx: &mut Tx<'_>, cx: &mut Context<'_>, new: NewFloating) -> Result<Floating, Fault> {
    if new.translated {
        condition::ipv6(tx, cx)?;
    }
    let pool = match new.address {
        Some(address) => pool_of(tx, cx, &new.network, address)?,
        None => pool_with_room(tx, cx, &new.network)?,
    };
    has_fixed(tx, cx, new.port.as_deref(), new.fixed)?;
    let mut it = publicip::create(
        tx,
        cx,
        NewPublicIp {
            pool: pool.name,
            address: new.address.map(|address| address.to_string()),
            alias: String::new(),
            port: new.port,
            bandwidth: NewBandwidth::Dedicated {
                name: "floatingip".to_owned(),
                size: SIZE,
                charge_mode: "traffic".to_owned(),
            },
            enterprise_project: "0".to_owned(),
        },
    )?;
    if new.translated {
        it.nat64 = true;
        tx.update(cx, &mut it)?;
    }
    view(tx, it)
}

/// The address of that id; one that is wanted for version 6 must be reached by its clients.
pub fn find(
    tx: &mut Tx<'_>,
    cx: &Context<'_>,
    id: &str,
    translated: bool,
) -> Result<PublicIp, Fault> {
    let it: PublicIp = tx.get(&cx.caller.project, id)?;
    match translated && !it.nat64 {
        true => Err(Fault::NotFound {
            kind: Kind::PublicIp,
            id: id.to_owned(),
        }),
        false => Ok(it),
    }
}

/// Up to `limit` addresses along a way that clients of version 6 reach.
pub fn walk_translated(
    tx: &mut Tx<'_>,
    cx: &Context<'_>,
    way: Way<'_>,
    limit: usize,
) -> Result<Vec<PublicIp>, Fault> {
    let mut found: Vec<PublicIp> = Vec::new();
    let mut from = way.from.map(str::to_owned);
    while found.len() < limit {
        let way = Way {
            from: from.as_deref(),
            back: way.back,
        };
        let page: Vec<PublicIp> = tx.walk(&cx.caller.project, None, way, STEP)?;
        let over = page.len() < STEP;
        from = page.last().map(|it| it.head.id.clone());
        found.extend(page.into_iter().filter(|it| it.nat64));
        if over {
            break;
        }
    }
    found.truncate(limit);
    Ok(found)
}

/// Binds the address to another port, or to none; `None` changes nothing.
pub fn update(
    tx: &mut Tx<'_>,
    cx: &mut Context<'_>,
    id: &str,
    port: Option<&Option<String>>,
    fixed: Option<Ipv4Addr>,
) -> Result<Floating, Fault> {
    let mut it: PublicIp = tx.get(&cx.caller.project, id)?;
    if let Some(port) = port {
        publicip::must_be_changeable(tx, cx, id)?;
        // Where it is already, it stays.
        if it.bound.is_some() && (port.is_none() || it.port() != port.as_deref()) {
            not_a_gateways(&it)?;
            it = publicip::unbind(tx, cx, id)?;
        }
        if let Some(port) = port {
            has_fixed(tx, cx, Some(port), fixed)?;
            // An address that was just unbound is on its way, which must not keep it from going on.
            it = publicip::bind_to(tx, cx, it, port, false)?;
        }
    }
    view(tx, it)
}

/// Gives the address back, with its binding to a port.
pub fn delete(tx: &mut Tx<'_>, cx: &mut Context<'_>, id: &str) -> Result<(), Fault> {
    let it: PublicIp = tx.get(&cx.caller.project, id)?;
    publicip::must_be_dispensable(tx, cx, &it)?;
    match it.port() {
        Some(_) => {
            let free = publicip::unbind(tx, cx, id)?;
            publicip::release(tx, cx, free)
        }
        None => publicip::delete(tx, cx, id),
    }
}

/// The address with what the native API tells of where it leads.
pub fn view(tx: &mut Tx<'_>, it: PublicIp) -> Result<Floating, Fault> {
    let view = publicip::view(tx, it)?;
    Ok(Floating {
        fixed: view.port.as_ref().map(|port| port.address),
        router: view.vpc.filter(|_| view.port.is_some()),
        address: view.it,
    })
}

fn pool_of(
    tx: &mut Tx<'_>,
    cx: &Context<'_>,
    network: &str,
    address: Ipv4Addr,
) -> Result<Pool, Fault> {
    let mut pools = pool::serving(tx, cx)?.into_iter();
    pools
        .find(|pool| pool.has(address))
        .ok_or_else(|| Fault::AddressOutside {
            address: address.into(),
            space: network.to_owned(),
        })
}

fn pool_with_room(tx: &mut Tx<'_>, cx: &Context<'_>, network: &str) -> Result<Pool, Fault> {
    for pool in pool::serving(tx, cx)? {
        if pool.space().has_room(tx)? {
            return Ok(pool);
        }
    }
    Err(Fault::AddressesExhausted {
        space: format!("pool/{network}"),
        free: 0,
        need: 1,
    })
}

/// The port must have the address that is meant, where one is.
fn has_fixed(
    tx: &mut Tx<'_>,
    cx: &Context<'_>,
    port: Option<&str>,
    fixed: Option<Ipv4Addr>,
) -> Result<(), Fault> {
    let (Some(id), Some(fixed)) = (port, fixed) else {
        return Ok(());
    };
    let port: Port = tx.get(&cx.caller.project, id)?;
    match port.address == fixed {
        true => Ok(()),
        false => Err(Fault::AddressOutside {
            address: fixed.into(),
            space: id.to_owned(),
        }),
    }
}

fn not_a_gateways(it: &PublicIp) -> Result<(), Fault> {
    match &it.bound {
        Some(Binding::Port { .. }) | None => Ok(()),
        Some(_) => Err(Fault::AddressBound {
            id: it.head.id.clone(),
        }),
    }
}
