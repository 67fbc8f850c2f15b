//! How a public address is given back to its pool, and what keeps it.

use vpcd_store::claim;

use super::{Binding, PublicIp};
use crate::bandwidth::{self, Bandwidth};
use crate::bandwidth_rule;
use crate::condition;
use crate::context::Context;
use crate::fault::{Fault, Holder};
use crate::firewall;
use crate::ipam;
use crate::order;
use crate::pool;
use crate::resource::Kind;
use crate::state::State;
use crate::tx::Tx;

/// Gives an address back to its pool.
///
/// The order of checks is the one of VPC.0504, 0512, 0516, 0517, 0518, 0513.
pub fn delete(tx: &mut Tx<'_>, cx: &mut Context<'_>, id: &str) -> Result<(), Fault> {
    let it: PublicIp = tx.get(&cx.caller.project, id)?;
    must_be_dispensable(tx, cx, &it)?;
    match it.head.state() {
        State::Active | State::Frozen | State::Failed => release(tx, cx, it),
        state => Err(Fault::WrongState {
            kind: Kind::PublicIp,
            id: id.to_owned(),
            state,
        }),
    }
}

/// Refuses to give back what is protected, paid in advance, or has an order in progress.
pub(crate) fn must_be_dispensable(
    tx: &mut Tx<'_>,
    cx: &Context<'_>,
    it: &PublicIp,
) -> Result<(), Fault> {
    let id = it.head.id.as_str();
    if it.protected {
        return Err(Fault::Unsuitable {
            kind: Kind::PublicIp,
            id: id.to_owned(),
            reason: "it is protected from being given back",
        });
    }
    if cx.policy.prepaid_stays {
        order::must_be_over(cx, id, it.charge.as_ref())?;
    }
    order::must_be_done(tx, cx, id)
}

/// Gives an address back to its pool, whatever its state, unless something uses it.
pub(crate) fn release(tx: &mut Tx<'_>, cx: &Context<'_>, it: PublicIp) -> Result<(), Fault> {
    let in_use = |by| Fault::InUse {
        kind: Kind::PublicIp,
        id: it.head.id.clone(),
        by,
    };
    match &it.bound {
        Some(Binding::Port {
            load_balancer: true,
            ..
        }) => return Err(in_use(Holder::LoadBalancer)),
        Some(Binding::Port { .. }) => return Err(in_use(Holder::Port)),
        Some(Binding::Gateway { .. }) => return Err(in_use(Holder::VpnGateway)),
        Some(Binding::NatGateway { .. }) => return Err(in_use(Holder::Service)),
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
    order::forget(tx, &it.head.project, &it.head.id)?;
    tx.remove(it)?;
    let Some(mut bandwidth) = tx.find::<Bandwidth>(&it.head.project, &it.bandwidth)? else {
        return Ok(());
    };
    if !bandwidth.shared {
        return bandwidth::discard(tx, &bandwidth);
    }
    match bandwidth_rule::forget(&mut bandwidth, std::slice::from_ref(&it.head.id)) {
        true => tx.store(&mut bandwidth),
        false => Ok(()),
    }
}
