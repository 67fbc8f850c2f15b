//! Public addresses and bandwidths that are paid in advance.

use crate::bandwidth::{self, Bandwidth, BandwidthChange};
use crate::context::Context;
use crate::fault::Fault;
use crate::order::{self, Order, Prepaid, Purpose, Term, Terms};
use crate::pool;
use crate::publicip::{self, NewPublicIp, PublicIp};
use crate::resource::{Kind, Tag};
use crate::tx::Tx;

/// Pays for shared bandwidths in advance; answers the order.
pub fn bandwidths(
    tx: &mut Tx<'_>,
    cx: &mut Context<'_>,
    ids: &[String],
    term: Term,
) -> Result<Order, Fault> {
    let mut all = Vec::new();
    for (at, id) in ids.iter().enumerate() {
        let bandwidth: Bandwidth = tx.get(&cx.caller.project, id)?;
        bandwidth.must_take_changes()?;
        if !bandwidth.shared {
            return Err(unsuitable(Kind::Bandwidth, id, "it is not shared"));
        }
        let paid = bandwidth.charge.is_some() || ids[..at].contains(id);
        must_be_unpaid(paid, Kind::Bandwidth, id)?;
        all.push(bandwidth);
    }
    let order = order::place(tx, cx, Purpose::Convert, ids, Terms::Prepaid(term))?;
    for mut bandwidth in all {
        bandwidth.charge = order.prepaid(cx.now);
        tx.update(cx, &mut bandwidth)?;
    }
    Ok(order)
}

/// Pays for public addresses in advance; answers the order.
pub fn addresses(
    tx: &mut Tx<'_>,
    cx: &mut Context<'_>,
    ids: &[String],
    term: Term,
) -> Result<Order, Fault> {
    let mut all = Vec::new();
    for (at, id) in ids.iter().enumerate() {
        let it = publicip::must_be_changeable(tx, cx, id)?;
        all.push(payable(tx, cx, it, ids[..at].contains(id))?);
    }
    let order = order::place(tx, cx, Purpose::Convert, ids, Terms::Prepaid(term))?;
    for (it, bandwidth) in &mut all {
        pay(tx, cx, it, bandwidth, order.prepaid(cx.now))?;
    }
    Ok(order)
}

/// Pays for an address that was just taken, and not yet seen by anybody; answers the order.
pub fn address(
    tx: &mut Tx<'_>,
    cx: &mut Context<'_>,
    it: &mut PublicIp,
    terms: Terms,
) -> Result<Order, Fault> {
    let ids = [it.head.id.clone()];
    if terms == Terms::Postpaid {
        return order::place(tx, cx, Purpose::Create, &ids, terms);
    }
    let (mut paid, mut bandwidth) = payable(tx, cx, it.clone(), false)?;
    let order = order::place(tx, cx, Purpose::Create, &ids, terms)?;
    pay(tx, cx, &mut paid, &mut bandwidth, order.prepaid(cx.now))?;
    *it = paid;
    Ok(order)
}

/// What a new address is beside what it is taken with.
#[derive(Clone, Debug)]
pub struct Sold {
    /// Labels.
    pub tags: Vec<Tag>,
    /// Whether it must not be given back.
    pub protected: bool,
    /// When it is paid.
    pub terms: Terms,
}

/// Sells that many addresses, in a row where `run` says so.
pub fn sell(
    tx: &mut Tx<'_>,
    cx: &mut Context<'_>,
    new: &NewPublicIp,
    sold: &Sold,
    many: u32,
    run: bool,
) -> Result<Vec<PublicIp>, Fault> {
    let mut next = match run {
        true => {
            let pool = pool::offered(tx, cx, &new.pool)?.ok_or(Fault::PoolMissing {
                pool: new.pool.clone(),
            })?;
            Some(pool.space().run(tx, u64::from(many))?)
        }
        false => None,
    };
    let mut made = Vec::new();
    for _ in 0..many {
        let mut new = new.clone();
        if let Some(address) = next {
            new.address = Some(address.to_string());
            next = vpcd_net::range::after(address);
        }
        if new.alias.is_empty() {
            new.alias = cx.ids.short("eip-");
        }
        let mut it = publicip::create(tx, cx, new)?;
        if sold.protected || !sold.tags.is_empty() {
            (it.tags, it.protected) = (sold.tags.clone(), sold.protected);
            tx.update(cx, &mut it)?;
        }
        address(tx, cx, &mut it, sold.terms)?;
        made.push(it);
    }
    Ok(made)
}

/// Gives an address with a bandwidth of its own another size, which is an order whenever it is paid.
pub fn resize_address(
    tx: &mut Tx<'_>,
    cx: &mut Context<'_>,
    id: &str,
    size: u32,
) -> Result<PublicIp, Fault> {
    let it = publicip::must_be_changeable(tx, cx, id)?;
    let bandwidth: Bandwidth = tx.get(&cx.caller.project, &it.bandwidth)?;
    if bandwidth.shared {
        return Err(unsuitable(Kind::PublicIp, id, "it shares its bandwidth"));
    }
    if bandwidth.size != size {
        let change = BandwidthChange {
            size: Some(size),
            ..BandwidthChange::default()
        };
        bandwidth::update(tx, cx, &it.bandwidth, change)?;
        order::resize(tx, cx, id, it.charge.as_ref())?;
    }
    Ok(it)
}

/// Orders more time for an address that is paid in advance, with the bandwidth of its own.
pub fn renew_address(
    tx: &mut Tx<'_>,
    cx: &mut Context<'_>,
    id: &str,
    term: Term,
) -> Result<PublicIp, Fault> {
    let it: PublicIp = tx.get(&cx.caller.project, id)?;
    let charge = order::renew(tx, cx, id, it.charge.as_ref(), term)?;
    let (mut it, mut bandwidth) = publicip::with_bandwidth(tx, it)?;
    pay(tx, cx, &mut it, &mut bandwidth, Some(charge))?;
    Ok(it)
}

/// A bandwidth with the addresses in it, and the order that its change made.
pub type Changed = ((Bandwidth, Vec<PublicIp>), Option<String>);

/// Changes a bandwidth; another size of one that is paid in advance is an order of its own.
pub fn update_bandwidth(
    tx: &mut Tx<'_>,
    cx: &mut Context<'_>,
    id: &str,
    change: BandwidthChange,
) -> Result<Changed, Fault> {
    let before = tx.find::<Bandwidth>(&cx.caller.project, id)?;
    let changed = bandwidth::update(tx, cx, id, change)?;
    let size = changed.0.size;
    let order = match before {
        Some(it) if it.charge.is_some() && it.size != size => {
            let order = order::resize(tx, cx, id, it.charge.as_ref())?;
            Some(order.number)
        }
        _ => None,
    };
    Ok((changed, order))
}

/// An address that can be paid in advance, with the bandwidth of its own.
fn payable(
    tx: &mut Tx<'_>,
    cx: &Context<'_>,
    it: PublicIp,
    paid: bool,
) -> Result<(PublicIp, Bandwidth), Fault> {
    let id = it.head.id.as_str();
    let bandwidth: Bandwidth = tx.get(&cx.caller.project, &it.bandwidth)?;
    // What is shared or counted afterwards cannot be paid in advance with one address.
    if bandwidth.shared || bandwidth.charge_mode == "traffic" {
        let reason = "it is not billed by a bandwidth of its own";
        return Err(unsuitable(Kind::PublicIp, id, reason));
    }
    must_be_unpaid(paid || it.charge.is_some(), Kind::PublicIp, id)?;
    Ok((it, bandwidth))
}

fn pay(
    tx: &mut Tx<'_>,
    cx: &Context<'_>,
    it: &mut PublicIp,
    bandwidth: &mut Bandwidth,
    charge: Option<Prepaid>,
) -> Result<(), Fault> {
    it.charge = charge.clone();
    tx.update(cx, it)?;
    bandwidth.charge = charge;
    tx.update(cx, bandwidth)?;
    publicip::turned(tx, &it.head.id)
}

fn must_be_unpaid(paid: bool, kind: Kind, id: &str) -> Result<(), Fault> {
    match paid {
        true => Err(unsuitable(kind, id, "it is paid in advance already")),
        false => Ok(()),
    }
}

fn unsuitable(kind: Kind, id: &str, reason: &'static str) -> Fault {
    Fault::Unsuitable {
        kind,
        id: id.to_owned(),
        reason,
    }
}
