//! The public addresses of a NAT gateway: each is bound to it, for one direction or for both.

use std::net::Ipv4Addr;

use serde::{Deserialize, Serialize};

use super::{NatGateway, Size};
use crate::bandwidth::Bandwidth;
use crate::condition;
use crate::context::Context;
use crate::fault::{Fault, Holder};
use crate::publicip::{self, Binding, PublicIp};
use crate::quota;
use crate::resource::Kind;
use crate::tx::Tx;

/// Role of the edge from a rule to its public addresses.
pub(super) const BY_RULE: &str = "translated_by";

/// What a gateway uses a public address for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Side {
    /// For what goes out.
    Source,
    /// For what comes in.
    Destination,
    /// For either.
    #[default]
    Both,
}

impl Side {
    /// Whether packets leave by it.
    pub fn sends(self) -> bool {
        self != Side::Destination
    }

    /// Whether packets come in by it.
    pub fn receives(self) -> bool {
        self != Side::Source
    }
}

impl Size {
    /// The quota on public addresses of a gateway of that size, by name.
    fn quota(self) -> &'static str {
        match self {
            Size::Small => "natAddressSmall",
            Size::Medium => "natAddressMedium",
            Size::Large => "natAddressLarge",
            Size::Units(_) => "natAddressUnits",
        }
    }

    /// What an address is for when the caller does not say.
    fn usual(self) -> Side {
        match self {
            Size::Units(_) => Side::Both,
            Size::Small | Size::Medium | Size::Large => Side::Source,
        }
    }

    /// Whether addresses of a gateway of that size are used so.
    fn has(self, side: Side) -> bool {
        matches!(self, Size::Units(_)) == (side == Side::Both)
    }
}

/// The caller's public addresses of these values, each once.
pub fn known(
    tx: &mut Tx<'_>,
    cx: &Context<'_>,
    addresses: &[Ipv4Addr],
) -> Result<Vec<PublicIp>, Fault> {
    let mut found: Vec<PublicIp> = Vec::new();
    for address in addresses {
        let it = publicip::at(tx, cx, *address)?;
        if found.iter().any(|other| other.head.id == it.head.id) {
            return Err(unsuitable(&it, "it is named twice"));
        }
        found.push(it);
    }
    Ok(found)
}

/// The caller's public addresses of several directions, each once: one is for one direction.
pub(super) fn all_known(
    tx: &mut Tx<'_>,
    cx: &Context<'_>,
    wanted: &[(Side, Vec<Ipv4Addr>)],
) -> Result<Vec<(Side, Vec<PublicIp>)>, Fault> {
    let all: Vec<Ipv4Addr> = wanted.iter().flat_map(|(_, all)| all.clone()).collect();
    let mut found = known(tx, cx, &all)?.into_iter();
    let of =
        |(side, all): &(Side, Vec<Ipv4Addr>)| (*side, found.by_ref().take(all.len()).collect());
    Ok(wanted.iter().map(of).collect())
}

/// The public addresses of a gateway with what they are for, in their order.
pub fn of(tx: &mut Tx<'_>, gateway: &str) -> Result<Vec<(PublicIp, Side)>, Fault> {
    let mut found = Vec::new();
    for (from, role) in tx.holders(gateway, usize::MAX)? {
        if role != publicip::BOUND_TO {
            continue;
        }
        if let Some(it) = tx.any::<PublicIp>(&from)?
            && let Some(Binding::NatGateway { side, .. }) = &it.bound
        {
            let side = *side;
            found.push((it, side));
        }
    }
    found.sort_by_key(|(it, _)| it.address);
    Ok(found)
}

/// Binds free public addresses to a gateway.
pub fn bind(
    tx: &mut Tx<'_>,
    cx: &mut Context<'_>,
    gateway: &str,
    side: Side,
    addresses: &[Ipv4Addr],
) -> Result<(), Fault> {
    let mut gateway: NatGateway = tx.get(&cx.caller.project, gateway)?;
    let wanted = known(tx, cx, addresses)?;
    gateway.must_take_changes()?;
    condition::backend_writes(tx, cx)?;
    put(tx, cx, &gateway, side, wanted)?;
    tx.change(cx, &mut gateway)
}

/// Unbinds public addresses that no rule needs from the gateway that they are bound to.
pub fn unbind(
    tx: &mut Tx<'_>,
    cx: &mut Context<'_>,
    gateway: &str,
    side: Side,
    addresses: &[Ipv4Addr],
) -> Result<(), Fault> {
    let mut gateway: NatGateway = tx.get(&cx.caller.project, gateway)?;
    let wanted = known(tx, cx, addresses)?;
    gateway.must_take_changes()?;
    let here = Binding::NatGateway {
        id: gateway.head.id.clone(),
        side,
    };
    if let Some(other) = wanted.iter().find(|it| it.bound.as_ref() != Some(&here)) {
        return Err(unsuitable(other, "it is not bound so"));
    }
    for it in &wanted {
        // What is frozen stays where it is, whichever side is asked.
        publicip::must_let_go(tx, cx, &it.head.id)?;
        must_be_idle(tx, it)?;
    }
    condition::backend_writes(tx, cx)?;
    for mut it in wanted {
        it.bound = None;
        tx.change(cx, &mut it)?;
    }
    tx.change(cx, &mut gateway)
}

/// Binds one public address, which is free, to a gateway for what it is usually for.
pub(crate) fn join(
    tx: &mut Tx<'_>,
    cx: &Context<'_>,
    mut gateway: NatGateway,
    it: PublicIp,
) -> Result<(), Fault> {
    gateway.must_take_changes()?;
    put(tx, cx, &gateway, gateway.size.usual(), vec![it])?;
    tx.change(cx, &mut gateway)
}

/// A public address, which the caller unbinds and stores, leaves its gateway; one of a registered gateway just goes.
pub(crate) fn leave(
    tx: &mut Tx<'_>,
    cx: &Context<'_>,
    it: &PublicIp,
    gateway: &str,
) -> Result<(), Fault> {
    let Some(mut gateway) = tx.find::<NatGateway>(&cx.caller.project, gateway)? else {
        return Ok(());
    };
    gateway.must_take_changes()?;
    must_be_idle(tx, it)?;
    tx.change(cx, &mut gateway)
}

/// Binds free public addresses to a gateway, which the caller stores.
fn put(
    tx: &mut Tx<'_>,
    cx: &Context<'_>,
    gateway: &NatGateway,
    side: Side,
    addresses: Vec<PublicIp>,
) -> Result<(), Fault> {
    must_suit(tx, cx, gateway, side, &addresses)?;
    room(tx, cx, &gateway.head.id, gateway.size, addresses.len())?;
    give(tx, cx, gateway, side, addresses)
}

/// Refuses public addresses that are not free, not in order, or not for such a gateway.
pub(super) fn must_suit(
    tx: &mut Tx<'_>,
    cx: &Context<'_>,
    gateway: &NatGateway,
    side: Side,
    addresses: &[PublicIp],
) -> Result<(), Fault> {
    for it in addresses {
        if it.bound.is_some() {
            return Err(Fault::AddressBound {
                id: it.head.id.clone(),
            });
        }
        publicip::must_be_changeable(tx, cx, &it.head.id)?;
        if !gateway.size.has(side) {
            return Err(unsuitable(it, "the gateway has no such addresses"));
        }
    }
    must_fit(tx, gateway, side, addresses)
}

/// Binds public addresses that suit a gateway to it.
pub(super) fn give(
    tx: &mut Tx<'_>,
    cx: &Context<'_>,
    gateway: &NatGateway,
    side: Side,
    addresses: Vec<PublicIp>,
) -> Result<(), Fault> {
    for mut it in addresses {
        it.bound = Some(Binding::NatGateway {
            id: gateway.head.id.clone(),
            side,
        });
        tx.change(cx, &mut it)?;
    }
    Ok(())
}

/// Refuses when a gateway of that size has no room for so many more public addresses.
pub(super) fn room(
    tx: &mut Tx<'_>,
    cx: &Context<'_>,
    gateway: &str,
    size: Size,
    more: usize,
) -> Result<(), Fault> {
    let quota = size.quota();
    let Some(limit) = quota::limit(tx, cx, &cx.caller.project, quota)? else {
        return Ok(());
    };
    let held = of(tx, gateway)?.len().saturating_add(more);
    match u64::try_from(held).is_ok_and(|held| held <= limit) {
        true => Ok(()),
        false => Err(Fault::QuotaExceeded { quota, limit }),
    }
}

/// Several addresses for one direction are all of one shared bandwidth; where they are for both, or none is.
fn must_fit(
    tx: &mut Tx<'_>,
    gateway: &NatGateway,
    side: Side,
    more: &[PublicIp],
) -> Result<(), Fault> {
    let held = of(tx, &gateway.head.id)?.into_iter();
    let held = held.filter(|(_, other)| *other == side).map(|(it, _)| it);
    let all: Vec<PublicIp> = held.chain(more.iter().cloned()).collect();
    let [first, .., last] = all.as_slice() else {
        return Ok(());
    };
    let mut shared = Vec::new();
    for it in &all {
        let bandwidth: Bandwidth = tx.get(&it.head.project, &it.bandwidth)?;
        shared.push(bandwidth.shared.then_some(bandwidth.head.id));
    }
    let alike = shared.iter().all(|one| *one == shared[0]);
    let fit = match shared.first() {
        Some(Some(_)) => alike,
        _ => alike && side == Side::Both,
    };
    match fit {
        true => Ok(()),
        false => Err(unsuitable(
            if more.is_empty() { first } else { last },
            "it does not share a bandwidth with the others",
        )),
    }
}

/// Refuses to let go of an address that a rule names.
fn must_be_idle(tx: &mut Tx<'_>, it: &PublicIp) -> Result<(), Fault> {
    let id = it.head.id.as_str();
    let holders = tx.holders(id, usize::MAX)?;
    match holders.iter().any(|(_, role)| role == BY_RULE) {
        true => Err(Fault::InUse {
            kind: Kind::PublicIp,
            id: id.to_owned(),
            by: Holder::Rule,
        }),
        false => Ok(()),
    }
}

fn unsuitable(it: &PublicIp, reason: &'static str) -> Fault {
    Fault::Unsuitable {
        kind: Kind::PublicIp,
        id: it.head.id.clone(),
        reason,
    }
}
