//! What becomes of a peering while it lasts: its size, its term, its protection, the names that cross it.

use super::{Peering, Refusal, Side, get, remove};
use crate::condition;
use crate::context::Context;
use crate::fault::Fault;
use crate::order::{self, Term};
use crate::route_table::{RouteTable, Via};
use crate::tx::Tx;

/// Validated input of [`rename`]; absent fields stay.
#[derive(Clone, Debug, Default)]
pub struct Rename {
    /// New name of the interface.
    pub label: Option<String>,
    /// New description.
    pub description: Option<String>,
}

/// Changes the name of one's own interface, which is named by its short id, and the description.
pub fn rename(
    tx: &mut Tx<'_>,
    cx: &mut Context<'_>,
    id: &str,
    interface: &str,
    change: Rename,
) -> Result<(), Fault> {
    let mut it = get(tx, cx, id)?;
    condition::backend_writes(tx, cx)?;
    let project = cx.caller.project.as_str();
    let is_it =
        |side: &Side| side.project == project && side.interface.as_deref() == Some(interface);
    // The peering's own description is that of who asked for it: nobody writes into what is somebody else's.
    match (is_it(&it.requester), is_it(&it.accepter)) {
        (true, _) => it.description = change.description.unwrap_or(it.description),
        (_, true) => it.accepter.remark = change.description.or(it.accepter.remark),
        _ => return Err(Fault::invalid("interface", "not one of the caller's")),
    };
    let side = match is_it(&it.requester) {
        true => &mut it.requester,
        false => &mut it.accepter,
    };
    side.label = change.label.unwrap_or(std::mem::take(&mut side.label));
    tx.update(cx, &mut it)
}

/// Orders another bandwidth, in Mbit/s; what is paid in advance only grows.
pub fn resize(
    tx: &mut Tx<'_>,
    cx: &mut Context<'_>,
    id: &str,
    bandwidth: u32,
) -> Result<(), Fault> {
    let mut it = own(tx, cx, id)?;
    active(&it)?;
    let grows = it.bandwidth.is_some_and(|now| now <= bandwidth);
    order::must_grow(id, it.charge.as_ref(), grows)?;
    condition::backend_writes(tx, cx)?;
    order::resize(tx, cx, id, it.charge.as_ref())?;
    it.bandwidth = Some(bandwidth);
    tx.change(cx, &mut it)
}

/// Orders more time for a peering that is paid in advance.
pub fn renew(tx: &mut Tx<'_>, cx: &mut Context<'_>, id: &str, term: Term) -> Result<(), Fault> {
    let mut it = own(tx, cx, id)?;
    condition::backend_writes(tx, cx)?;
    it.charge = Some(order::renew(tx, cx, id, it.charge.as_ref(), term)?);
    tx.update(cx, &mut it)
}

/// Gives a peering that is paid in advance back before its time, and deletes it.
pub fn refund(tx: &mut Tx<'_>, cx: &mut Context<'_>, id: &str) -> Result<(), Fault> {
    let it = own(tx, cx, id)?;
    if it.charge.is_none() {
        return Err(order::Refusal::Postpaid.of(id));
    }
    if it.protected {
        return Err(Refusal::Protected.of(id));
    }
    order::must_be_done(tx, cx, id)?;
    remove(tx, cx, &it)
}

/// Protects a peering from being deleted, or no longer does.
pub fn protect(tx: &mut Tx<'_>, cx: &mut Context<'_>, id: &str, on: bool) -> Result<(), Fault> {
    let mut it = own(tx, cx, id)?;
    condition::backend_writes(tx, cx)?;
    it.protected = on;
    tx.update(cx, &mut it)
}

/// Has one end know the names of the other, or no longer; only once the change before has arrived.
pub fn sync_names(
    tx: &mut Tx<'_>,
    cx: &mut Context<'_>,
    id: &str,
    of_requester: bool,
    on: bool,
) -> Result<(), Fault> {
    let mut it = get(tx, cx, id)?;
    active(&it)?;
    let (observed, generation) = (it.head.observed, it.head.generation + 1);
    let side = match of_requester {
        true => &mut it.requester,
        false => &mut it.accepter,
    };
    if side.project != cx.caller.project {
        return Err(Refusal::NotRequester.of(id));
    }
    if side.is_busy(observed) {
        return Err(Refusal::NotReady.of(id));
    }
    condition::backend_writes(tx, cx)?;
    side.names = on;
    side.names_since = generation;
    tx.change(cx, &mut it)
}

impl Side {
    /// Whether what was asked of its names has not arrived, where the fabric bears out that generation.
    pub fn is_busy(&self, observed: u64) -> bool {
        observed < self.names_since
    }
}

/// A peering that the caller asked for.
fn own(tx: &mut Tx<'_>, cx: &Context<'_>, id: &str) -> Result<Peering, Fault> {
    let it = get(tx, cx, id)?;
    match it.requester.project == cx.caller.project {
        true => Ok(it),
        false => Err(Refusal::NotRequester.of(id)),
    }
}

fn active(it: &Peering) -> Result<(), Fault> {
    match it.is_active() && !it.head.is_stopped() {
        true => Ok(()),
        false => Err(Refusal::NotReady.of(&it.head.id)),
    }
}

/// Whether routes of the caller's lead to it. Those of the other end do not hold it: they are somebody else's.
pub(super) fn is_led_to(tx: &mut Tx<'_>, cx: &Context<'_>, it: &Peering) -> Result<bool, Fault> {
    for side in [&it.requester, &it.accepter] {
        if side.project != cx.caller.project {
            continue;
        }
        // A network has few tables, and a table few routes: there are quotas.
        for table in tx.children::<RouteTable>(&side.vpc)? {
            let mut routes = table.routes.iter();
            if routes.any(|to| to.via == Via::Peering && to.next_hop == it.head.id) {
                return Ok(true);
            }
        }
    }
    Ok(false)
}
