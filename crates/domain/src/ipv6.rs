//! IPv6 of networks and subnets: the platform allots the blocks, out of one pool that the operator may choose.
//!
//! A network has a /56 of the pool, each of its subnets a /64 of that, and a port an address of that. Nobody chooses a
//! block, so no two overlap, in whichever networks they are.

use std::net::Ipv6Addr;

use serde::{Deserialize, Serialize};
use vpcd_net::{Cidr6, Prefix};
use vpcd_store::setting;

use crate::condition;
use crate::context::Context;
use crate::fault::{Fault, Holder};
use crate::ipam::{Blocks, Space6};
use crate::port;
use crate::resource::Kind;
use crate::route_table;
use crate::subnet::{self, Subnet};
use crate::tx::Tx;
use crate::vpc::Vpc;

/// The IPv6 half of a subnet.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Layer {
    /// The id of its address layer, where a cloud shows one.
    pub id: String,
    /// Its block.
    pub cidr: Cidr6,
    /// Address of the gateway.
    pub gateway: Ipv6Addr,
}

/// Prefix length of a network's block.
pub const NETWORK_PREFIX: u8 = 56;
/// Prefix length of a subnet's block.
pub const SUBNET_PREFIX: u8 = 64;
/// Shortest prefix of the pool, so that its parts can be numbered.
const POOL_PREFIX: u8 = 24;
/// The pool where the operator chose none: addresses for documentation (RFC 3849), which nobody routes.
const POOL: Ipv6Addr = Ipv6Addr::new(0x2001, 0xdb8, 0, 0, 0, 0, 0, 0);
const POOL_BITS: u8 = 32;
/// Where the operator's choice is kept.
const SETTING: &str = "ipv6/pool";

/// The block that networks get theirs from.
pub fn pool(tx: &mut Tx<'_>) -> Result<Cidr6, Fault> {
    let chosen = setting::get(tx.rows(), SETTING)?.and_then(|text| text.parse().ok());
    match chosen.or_else(|| Cidr6::new(POOL, POOL_BITS).ok()) {
        Some(pool) => Ok(pool),
        None => Err(Fault::invalid("pool", "no block")),
    }
}

/// How many networks the pool has blocks left for.
pub fn free(tx: &mut Tx<'_>) -> Result<u64, Fault> {
    let pool = pool(tx)?;
    match setting::get(tx.rows(), SETTING)? {
        Some(_) => parts(pool).free(tx),
        // Nobody asked for a block yet.
        None => Ok(1 << NETWORK_PREFIX.saturating_sub(pool.prefix())),
    }
}

/// Chooses the block that networks get theirs from. While any has one it stays: blocks would be handed out twice.
pub fn define(tx: &mut Tx<'_>, pool: Cidr6) -> Result<(), Fault> {
    if !(POOL_PREFIX..=NETWORK_PREFIX).contains(&pool.prefix()) {
        return Err(Fault::invalid("cidr", "its prefix is not in 24..=56"));
    }
    let old = parts_of_pool(tx)?;
    if old.is_used(tx)? && self::pool(tx)? != pool {
        return Err(Fault::InUse {
            kind: Kind::Vpc,
            id: "ipv6".to_owned(),
            by: Holder::Network,
        });
    }
    if !old.is_used(tx)? {
        old.drop(tx)?;
        parts(pool).offer(tx)?;
    }
    Ok(setting::put(tx.rows(), SETTING, &pool.to_string())?)
}

/// Gives a network its block, unless it has one; the network has to be stored after it.
pub fn give_network(tx: &mut Tx<'_>, vpc: &mut Vpc) -> Result<Cidr6, Fault> {
    if let Some(cidr) = vpc.ipv6 {
        return Ok(cidr);
    }
    let cidr = parts_of_pool(tx)?.take(tx, &vpc.head.id)?;
    vpc.ipv6 = Some(cidr);
    of_network(vpc, cidr).offer(tx)?;
    Ok(cidr)
}

/// Takes a network's block back; none of its subnets may have a part of it. The network has to be stored after it.
pub fn take_from_network(tx: &mut Tx<'_>, vpc: &mut Vpc) -> Result<(), Fault> {
    let Some(cidr) = vpc.ipv6 else {
        return Ok(());
    };
    let own = of_network(vpc, cidr);
    if own.is_used(tx)? {
        return Err(Fault::InUse {
            kind: Kind::Vpc,
            id: vpc.head.id.clone(),
            by: Holder::Subnet,
        });
    }
    own.drop(tx)?;
    parts_of_pool(tx)?.release(tx, cidr)?;
    vpc.ipv6 = None;
    Ok(())
}

/// Gives a subnet its block, unless it has one; the subnet has to be stored after it.
pub fn give_subnet(
    tx: &mut Tx<'_>,
    cx: &mut Context<'_>,
    subnet: &mut Subnet,
) -> Result<(), Fault> {
    if subnet.ipv6.is_some() {
        return Ok(());
    }
    let unsuitable = |reason| Fault::Unsuitable {
        kind: Kind::Subnet,
        id: subnet.head.id.clone(),
        reason,
    };
    let Some(mut vpc) = tx.any::<Vpc>(subnet.vpc())? else {
        return Err(unsuitable("it is in no network"));
    };
    if vpc.ipv6.is_none() {
        if cx.policy.ipv6_by_network {
            return Err(unsuitable("its network has no IPv6"));
        }
        give_network(tx, &mut vpc)?;
        tx.change(cx, &mut vpc)?;
    }
    let Some(whole) = vpc.ipv6 else {
        return Err(unsuitable("its network has no IPv6"));
    };
    let cidr = of_network(&vpc, whole).take(tx, &subnet.head.id)?;
    let layer = Layer {
        id: cx.ids.uuid(),
        cidr,
        gateway: cidr.with_host(1),
    };
    subnet::claim_ipv6(tx, subnet, &layer)?;
    subnet.ipv6 = Some(layer);
    Ok(())
}

/// Takes a subnet's block back; no port may have an address of it, and nothing of it be reserved. The subnet has to be stored after it.
pub fn take_from_subnet(tx: &mut Tx<'_>, subnet: &mut Subnet) -> Result<(), Fault> {
    let (Some(layer), Some(space)) = (subnet.ipv6.clone(), subnet.space6()) else {
        return Ok(());
    };
    if space.is_used(tx)? {
        return Err(Fault::InUse {
            kind: Kind::Subnet,
            id: subnet.head.id.clone(),
            by: Holder::PrivateIp,
        });
    }
    if route_table::begins_in(tx, &subnet.head.id, layer.cidr.into())? {
        return Err(Fault::InUse {
            kind: Kind::Subnet,
            id: subnet.head.id.clone(),
            by: Holder::Route,
        });
    }
    space.drop(tx)?;
    if let Some(vpc) = tx.any::<Vpc>(subnet.vpc())?
        && let Some(whole) = vpc.ipv6
    {
        of_network(&vpc, whole).release(tx, layer.cidr)?;
    }
    subnet::release_ipv6(tx, subnet, &layer)?;
    subnet.ipv6 = None;
    Ok(())
}

/// Switches the IPv6 of a stored subnet on or off, with the address of its gateway's port; whether that changed it.
pub fn switch(
    tx: &mut Tx<'_>,
    cx: &mut Context<'_>,
    subnet: &mut Subnet,
    on: bool,
) -> Result<bool, Fault> {
    if on == subnet.ipv6.is_some() {
        return Ok(false);
    }
    match on {
        true => {
            condition::ipv6(tx, cx)?;
            give_subnet(tx, cx, subnet)?;
        }
        false => take_from_subnet(tx, subnet)?,
    }
    port::follow_gateway(tx, cx, subnet)?;
    Ok(true)
}

impl Subnet {
    /// Its blocks, of both families.
    pub fn blocks(&self) -> impl Iterator<Item = Prefix> + use<> {
        let six = self.ipv6.as_ref().map(|layer| layer.cidr.into());
        std::iter::once(self.cidr.into()).chain(six)
    }

    /// Where its IPv6 addresses come from, when it has any.
    pub fn space6(&self) -> Option<Space6> {
        let layer = self.ipv6.as_ref()?;
        let name = format!("subnet/{}", self.head.id);
        Some(Space6::new(&name, layer.cidr))
    }
}

/// Counts the free blocks anew, of the pool and of a network.
pub(crate) fn recount_pool(tx: &mut Tx<'_>) -> Result<(), Fault> {
    let pool = pool(tx)?;
    parts(pool).recount(tx)
}

/// Counts the free parts of a network's block anew.
pub(crate) fn recount(tx: &mut Tx<'_>, vpc: &Vpc) -> Result<(), Fault> {
    match vpc.ipv6 {
        Some(cidr) => of_network(vpc, cidr).recount(tx),
        None => Ok(()),
    }
}

fn parts(pool: Cidr6) -> Blocks {
    Blocks::new("ipv6", pool, NETWORK_PREFIX)
}

/// The parts of the pool, which is there from its first use on.
fn parts_of_pool(tx: &mut Tx<'_>) -> Result<Blocks, Fault> {
    let pool = pool(tx)?;
    let parts = parts(pool);
    if setting::get(tx.rows(), SETTING)?.is_none() {
        setting::put(tx.rows(), SETTING, &pool.to_string())?;
        parts.offer(tx)?;
    }
    Ok(parts)
}

fn of_network(vpc: &Vpc, cidr: Cidr6) -> Blocks {
    let name = format!("ipv6/{}", vpc.head.id);
    Blocks::new(&name, cidr, SUBNET_PREFIX)
}
