//! The life of a bandwidth that several addresses share.

use super::{Bandwidth, NewBandwidth, fits, obtain};
use crate::bandwidth_rule;
use crate::condition;
use crate::context::{Context, tail};
use crate::fault::{Fault, Holder};
use crate::pool;
use crate::publicip::{self, Binding, PublicIp};
use crate::quota;
use crate::resource::{Head, Kind};
use crate::tx::{After, Tx};

/// Validated input of [`create_shared`].
#[derive(Clone, Debug)]
pub struct NewShared {
    /// Name.
    pub name: String,
    /// Size in Mbit/s.
    pub size: u32,
    /// Billing.
    pub charge_mode: String,
    /// Enterprise project.
    pub enterprise_project: String,
    /// Where its addresses are announced.
    pub border_group: String,
}

/// The bandwidth of its own that an address gets when it leaves a shared one.
#[derive(Clone, Debug)]
pub struct Own {
    /// Name; made from the address's id when absent.
    pub name: Option<String>,
    /// Size in Mbit/s.
    pub size: u32,
    /// Billing.
    pub charge_mode: String,
}

/// The shared bandwidth of that id; a dedicated one is none.
pub fn shared(tx: &mut Tx<'_>, cx: &Context<'_>, id: &str) -> Result<Bandwidth, Fault> {
    let bandwidth: Bandwidth = tx.get(&cx.caller.project, id)?;
    match bandwidth.shared {
        true => Ok(bandwidth),
        false => Err(Fault::NotFound {
            kind: Kind::Bandwidth,
            id: id.to_owned(),
        }),
    }
}

/// Creates `count` shared bandwidths that hold no address yet.
pub fn create_shared(
    tx: &mut Tx<'_>,
    cx: &mut Context<'_>,
    new: &NewShared,
    count: u32,
) -> Result<Vec<Bandwidth>, Fault> {
    condition::standing(tx, cx, true)?;
    fits(true, new.size, &new.charge_mode)?;
    if !pool::announced(tx, &new.border_group)? {
        return Err(Fault::invalid("public_border_group", "no pool is there"));
    }
    quota::take_many::<Bandwidth>(tx, cx, "shareBandwidth", u64::from(count))?;
    condition::backend_writes(tx, cx)?;
    let shelf = shelf(&cx.caller.project);
    let mut made = Vec::new();
    for _ in 0..count {
        let bandwidth = Bandwidth {
            head: Head::new::<Bandwidth>(cx, Some(&shelf)).settled(),
            name: new.name.clone(),
            size: new.size,
            charge_mode: new.charge_mode.clone(),
            shared: true,
            enterprise_project: new.enterprise_project.clone(),
            border_group: new.border_group.clone(),
            rules: Vec::new(),
            charge: None,
        };
        tx.insert(&bandwidth)?;
        made.push(bandwidth);
    }
    Ok(made)
}

/// A page of a project's shared bandwidths, without reading those of single addresses.
pub fn list_shared(
    tx: &mut Tx<'_>,
    cx: &Context<'_>,
    after: After<'_>,
    limit: usize,
) -> Result<Vec<Bandwidth>, Fault> {
    tx.children_page(&shelf(&cx.caller.project), after, limit)
}

/// What a project's shared bandwidths are the children of.
fn shelf(project: &str) -> String {
    format!("shared/{project}")
}

/// Deletes a shared bandwidth that holds no address; the one of a single address goes with its address.
pub fn delete(tx: &mut Tx<'_>, cx: &mut Context<'_>, id: &str) -> Result<(), Fault> {
    let bandwidth: Bandwidth = tx.get(&cx.caller.project, id)?;
    if !bandwidth.shared {
        return Err(bandwidth.unsuitable("it belongs to one public address"));
    }
    if !tx.holders(id, 1)?.is_empty() {
        return Err(Fault::InUse {
            kind: Kind::Bandwidth,
            id: id.to_owned(),
            by: Holder::PublicIp,
        });
    }
    bandwidth.must_let_go()?;
    condition::backend_writes(tx, cx)?;
    super::discard(tx, &bandwidth)
}

/// Puts addresses into a shared bandwidth; the bandwidth that was each one's own is gone.
pub fn insert(
    tx: &mut Tx<'_>,
    cx: &mut Context<'_>,
    id: &str,
    addresses: &[String],
) -> Result<Bandwidth, Fault> {
    let bandwidth: Bandwidth = tx.get(&cx.caller.project, id)?;
    // Ids first: VPC.0301 for an id that names nothing, whatever the bandwidth is like.
    for address in addresses {
        tx.get::<PublicIp>(&cx.caller.project, address)?;
    }
    if !bandwidth.shared {
        return Err(bandwidth.unsuitable("it is not shared"));
    }
    bandwidth.must_take_changes()?;
    let more = u64::try_from(addresses.len()).unwrap_or(u64::MAX);
    room(tx, cx, &bandwidth, more)?;
    condition::backend_writes(tx, cx)?;
    for address in addresses {
        let mut it = movable(tx, cx, address)?;
        let own: Bandwidth = tx.get(&cx.caller.project, &it.bandwidth)?;
        let reason = if own.shared {
            Some("it is in a shared bandwidth")
        } else if it.border_group != bandwidth.border_group {
            Some("it is announced elsewhere")
        } else if it.charge.is_some() {
            Some("it is paid in advance")
        } else {
            None
        };
        if let Some(reason) = reason {
            return Err(unsuitable_address(address, reason));
        }
        own.must_take_changes()?;
        it.bandwidth = bandwidth.head.id.clone();
        tx.change(cx, &mut it)?;
        super::discard(tx, &own)?;
    }
    Ok(bandwidth)
}

/// Takes addresses out of a shared bandwidth; each gets one of its own.
pub fn remove(
    tx: &mut Tx<'_>,
    cx: &mut Context<'_>,
    id: &str,
    addresses: &[String],
    own: &Own,
) -> Result<Bandwidth, Fault> {
    let mut bandwidth: Bandwidth = tx.get(&cx.caller.project, id)?;
    for address in addresses {
        tx.get::<PublicIp>(&cx.caller.project, address)?;
    }
    if !bandwidth.shared {
        return Err(bandwidth.unsuitable("it is not shared"));
    }
    bandwidth.must_let_go()?;
    fits(false, own.size, &own.charge_mode)?;
    condition::backend_writes(tx, cx)?;
    for address in addresses {
        let mut it = movable(tx, cx, address)?;
        if it.bandwidth != bandwidth.head.id {
            return Err(unsuitable_address(address, "it is not in this bandwidth"));
        }
        let new = NewBandwidth::Dedicated {
            name: own
                .name
                .clone()
                .unwrap_or(format!("bandwidth-{}", tail(address))),
            size: own.size,
            charge_mode: own.charge_mode.clone(),
        };
        let (project, group) = (it.enterprise_project.clone(), it.border_group.clone());
        it.bandwidth = obtain(tx, cx, new, &project, &group)?.head.id;
        tx.change(cx, &mut it)?;
    }
    if bandwidth_rule::forget(&mut bandwidth, addresses) {
        tx.update(cx, &mut bandwidth)?;
    }
    Ok(bandwidth)
}

/// The ids of addresses, unless the caller takes one for an address of another type than it is.
pub fn of_types(
    tx: &mut Tx<'_>,
    cx: &Context<'_>,
    members: &[(String, Option<String>)],
) -> Result<Vec<String>, Fault> {
    let mut ids = Vec::with_capacity(members.len());
    for (id, pool) in members {
        let it: PublicIp = tx.get(&cx.caller.project, id)?;
        if pool.as_deref().is_some_and(|pool| pool != it.pool) {
            return Err(unsuitable_address(id, "it is of another type"));
        }
        ids.push(id.clone());
    }
    Ok(ids)
}

/// An address that may change its bandwidth: free, on a port or a load balancer, not on a VPN gateway.
fn movable(tx: &mut Tx<'_>, cx: &Context<'_>, id: &str) -> Result<PublicIp, Fault> {
    let it = publicip::must_be_changeable(tx, cx, id)?;
    match &it.bound {
        Some(Binding::Gateway { .. }) => Err(unsuitable_address(id, "it is on a VPN gateway")),
        _ => Ok(it),
    }
}

fn unsuitable_address(id: &str, reason: &'static str) -> Fault {
    Fault::Unsuitable {
        kind: Kind::PublicIp,
        id: id.to_owned(),
        reason,
    }
}

/// Refuses when `more` addresses are more than a shared bandwidth may hold.
pub(super) fn room(
    tx: &mut Tx<'_>,
    cx: &Context<'_>,
    bandwidth: &Bandwidth,
    more: u64,
) -> Result<(), Fault> {
    let quota = "shareBandwidthIP";
    let Some(limit) = quota::limit(tx, cx, &cx.caller.project, quota)? else {
        return Ok(());
    };
    let most = usize::try_from(limit).unwrap_or(usize::MAX);
    let held = u64::try_from(tx.holders(&bandwidth.head.id, most)?.len()).unwrap_or(u64::MAX);
    match held.saturating_add(more) > limit {
        true => Err(Fault::QuotaExceeded { quota, limit }),
        false => Ok(()),
    }
}
