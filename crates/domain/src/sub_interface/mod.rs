//! Supplementary interfaces: ports that another port carries, each in a VLAN of its own.
//!
//! One is a port in everything else: its address, its groups, its public address and its packets are those of ports.

mod vlan;

use std::net::Ipv4Addr;

use serde::{Deserialize, Serialize};
use vpcd_store::{claim, tally};

use crate::condition;
use crate::context::Context;
use crate::fault::{Fault, Holder};
use crate::port::{self, NewPort, Port, Six};
use crate::resource::{Kind, Tag};
use crate::security_group;
use crate::subnet::Subnet;
use crate::tags::{self, Found, Keys, Labels, Search};
use crate::tx::{After, Tx};

/// What carries a supplementary interface.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Carried {
    /// The port; none while it is detached.
    pub by: Option<String>,
    /// Its VLAN, 1..=4094, or the last one while it is detached.
    pub vlan: u16,
    /// Whether security groups judge its packets.
    pub secured: bool,
}

/// Validated input of [`create`].
#[derive(Clone, Debug)]
pub struct NewSubInterface {
    /// The subnet, by UUID.
    pub subnet: String,
    /// The port that carries it.
    pub parent: String,
    /// VLAN; a free one when absent.
    pub vlan: Option<u16>,
    /// Address; any free one when absent.
    pub address: Option<Ipv4Addr>,
    /// Which addresses of IPv6.
    pub ipv6: Six,
    /// Free text.
    pub description: String,
    /// Security groups; the project's default one when absent.
    pub security_groups: Option<Vec<String>>,
    /// Further addresses that may leave it.
    pub allowed_pairs: Vec<(String, Option<String>)>,
}

/// Validated input of [`update`]; absent fields stay.
#[derive(Clone, Debug, Default)]
pub struct SubInterfaceChange {
    /// New description.
    pub description: Option<String>,
    /// New security groups.
    pub security_groups: Option<Vec<String>>,
    /// New further addresses.
    pub allowed_pairs: Option<Vec<(String, Option<String>)>>,
}

/// Validated input of [`attach`].
#[derive(Clone, Debug, Default)]
pub struct Attachment {
    /// The port that shall carry it.
    pub parent: String,
    /// New security groups.
    pub security_groups: Option<Vec<String>>,
    /// Whether they judge its packets.
    pub secured: Option<bool>,
}

/// Owner word of the ports.
pub const OWNER: &str = "compute:subeni";

pub use vlan::LAST_VLAN;

/// Creates a supplementary interface.
pub fn create(tx: &mut Tx<'_>, cx: &mut Context<'_>, new: NewSubInterface) -> Result<Port, Fault> {
    let subnet: Subnet = tx.get(&cx.caller.project, &new.subnet)?;
    must_carry(tx, cx, &new.parent, &subnet)?;
    let mut port = port::create(
        tx,
        cx,
        NewPort {
            subnet: new.subnet,
            address: new.address,
            ipv6: new.ipv6,
            device_owner: OWNER.to_owned(),
            device_id: new.parent.clone(),
            security_groups: new.security_groups,
            allowed_pairs: new.allowed_pairs,
            ..NewPort::default()
        },
    )?;
    port.description = new.description;
    port.carried = Some(Carried {
        vlan: vlan::take(tx, &new.parent, new.vlan, &port.head.id)?,
        by: Some(new.parent),
        secured: true,
    });
    let (id, project) = (&port.head.id, &port.head.project);
    claim::take(tx.rows(), &space(project), id, id)?;
    tally::add(tx.rows(), project, Kind::SubInterface.word(), 1)?;
    tx.store(&mut port)?;
    Ok(port)
}

/// The supplementary interface of that id.
pub fn get(tx: &mut Tx<'_>, project: &str, id: &str) -> Result<Port, Fault> {
    tx.find::<Port>(project, id)?
        .filter(|port| port.carried.is_some())
        .ok_or_else(|| Fault::NotFound {
            kind: Kind::SubInterface,
            id: id.to_owned(),
        })
}

/// Up to `limit` of a project in the order of their ids.
pub fn list(
    tx: &mut Tx<'_>,
    project: &str,
    after: After<'_>,
    limit: usize,
) -> Result<Vec<Port>, Fault> {
    let limit = i64::try_from(limit).unwrap_or(i64::MAX);
    let mut ports = Vec::new();
    for claim in claim::list(tx.rows(), &space(project), after, limit)? {
        ports.extend(tx.any::<Port>(&claim.owner)?);
    }
    Ok(ports)
}

/// Those that a port carries, in the order of their VLANs; there are at most 4094.
pub fn carried_by(tx: &mut Tx<'_>, parent: &str) -> Result<Vec<Port>, Fault> {
    let mut ports = Vec::new();
    for claim in claim::list(tx.rows(), &vlan::space(parent), None, i64::MAX)? {
        ports.extend(tx.any::<Port>(&claim.owner)?);
    }
    Ok(ports)
}

/// How many a project has.
pub fn count(tx: &mut Tx<'_>, project: &str) -> Result<u64, Fault> {
    let count = tally::get(tx.rows(), project, Kind::SubInterface.word())?;
    Ok(u64::try_from(count).unwrap_or(0))
}

/// Counts them anew.
pub(crate) fn recount(tx: &mut Tx<'_>) -> Result<(), Fault> {
    let mut after: Option<String> = None;
    loop {
        let page: Vec<Port> = tx.everything(after.as_deref(), 1000)?;
        let Some(last) = page.last() else {
            return Ok(());
        };
        after = Some(last.head.id.clone());
        for port in page.iter().filter(|port| port.carried.is_some()) {
            tally::add(tx.rows(), &port.head.project, Kind::SubInterface.word(), 1)?;
        }
    }
}

/// Changes a supplementary interface.
pub fn update(
    tx: &mut Tx<'_>,
    cx: &mut Context<'_>,
    id: &str,
    change: SubInterfaceChange,
) -> Result<Port, Fault> {
    let mut port = get(tx, &cx.caller.project, id)?;
    condition::backend_writes(tx, cx)?;
    if let Some(description) = change.description {
        port.description = description;
    }
    if let Some(groups) = change.security_groups {
        port.security_groups = security_group::all_fit(tx, cx, port.subnet(), groups)?;
    }
    if let Some(pairs) = change.allowed_pairs {
        port.allowed_pairs = pairs;
    }
    port::refuse_judged(port.unguarded, &port.security_groups)?;
    tx.change(cx, &mut port)?;
    Ok(port)
}

/// Deletes a supplementary interface that no public address is bound to.
pub fn delete(tx: &mut Tx<'_>, cx: &mut Context<'_>, id: &str) -> Result<(), Fault> {
    let port = get(tx, &cx.caller.project, id)?;
    if !tx.holders(id, 1)?.is_empty() {
        return Err(Fault::InUse {
            kind: Kind::SubInterface,
            id: id.to_owned(),
            by: match port.public_ip {
                Some(_) => Holder::PublicIp,
                None => Holder::Service,
            },
        });
    }
    condition::backend_writes(tx, cx)?;
    tally::add(tx.rows(), &port.head.project, Kind::SubInterface.word(), -1)?;
    port::discard(tx, &port)
}

/// Lets a port carry a supplementary interface that none does; it keeps its VLAN where that is free.
pub fn attach(
    tx: &mut Tx<'_>,
    cx: &mut Context<'_>,
    id: &str,
    to: Attachment,
) -> Result<Port, Fault> {
    let mut port = get(tx, &cx.caller.project, id)?;
    if port.carried.as_ref().is_some_and(|it| it.by.is_some()) {
        return Err(Fault::InUse {
            kind: Kind::SubInterface,
            id: id.to_owned(),
            by: Holder::Port,
        });
    }
    condition::backend_writes(tx, cx)?;
    if let Some(groups) = to.security_groups {
        port.security_groups = security_group::all_fit(tx, cx, port.subnet(), groups)?;
    }
    port::refuse_judged(port.unguarded, &port.security_groups)?;
    if let (Some(secured), Some(carried)) = (to.secured, &mut port.carried) {
        carried.secured = secured;
    }
    put(tx, cx, &mut port, &to.parent)?;
    tx.change(cx, &mut port)?;
    Ok(port)
}

/// Takes a supplementary interface off the port that carries it; one that is off already stays so.
pub fn detach(tx: &mut Tx<'_>, cx: &mut Context<'_>, id: &str) -> Result<Port, Fault> {
    let mut port = get(tx, &cx.caller.project, id)?;
    condition::backend_writes(tx, cx)?;
    if take_off(tx, &mut port)? {
        tx.change(cx, &mut port)?;
    }
    Ok(port)
}

/// Moves supplementary interfaces to another port.
pub fn migrate(
    tx: &mut Tx<'_>,
    cx: &mut Context<'_>,
    ids: &[String],
    parent: &str,
) -> Result<Vec<Port>, Fault> {
    condition::backend_writes(tx, cx)?;
    let mut moved = Vec::with_capacity(ids.len());
    for id in ids {
        let mut port = get(tx, &cx.caller.project, id)?;
        take_off(tx, &mut port)?;
        put(tx, cx, &mut port, parent)?;
        tx.change(cx, &mut port)?;
        moved.push(port);
    }
    Ok(moved)
}

/// The rules of labels for supplementary interfaces only.
pub fn labels() -> Labels {
    Labels {
        show: |tx, cx, id| Ok(get(tx, &cx.caller.project, id)?.tags),
        set: |tx, cx, id, labels: &[Tag], most| {
            get(tx, &cx.caller.project, id)?;
            tags::set::<Port>(tx, cx, id, labels, most)
        },
        remove: |tx, cx, id, keys| {
            get(tx, &cx.caller.project, id)?;
            tags::remove::<Port>(tx, cx, id, keys)
        },
        of_project,
        search,
    }
}

fn of_project(tx: &mut Tx<'_>, cx: &mut Context<'_>) -> Result<Keys, Fault> {
    let mut keys = Keys::new();
    each(tx, cx, |port| tags::gather(&mut keys, &port))?;
    Ok(keys)
}

fn search(
    tx: &mut Tx<'_>,
    cx: &mut Context<'_>,
    search: &Search,
    offset: u64,
    limit: u64,
) -> Result<Found, Fault> {
    let page = offset..offset.saturating_add(limit);
    let mut found = Found::default();
    each(tx, cx, |port| found.meet(search, &page, &port))?;
    Ok(found)
}

fn each(tx: &mut Tx<'_>, cx: &Context<'_>, mut visit: impl FnMut(Port)) -> Result<(), Fault> {
    let mut after: Option<String> = None;
    loop {
        let page = list(tx, &cx.caller.project, after.as_deref(), 256)?;
        let Some(last) = page.last() else {
            return Ok(());
        };
        after = Some(last.head.id.clone());
        page.into_iter().for_each(&mut visit);
    }
}

/// Refuses a port that cannot carry others: only those of servers, and those of nobody, in the same network can.
fn must_carry(tx: &mut Tx<'_>, cx: &Context<'_>, id: &str, beside: &Subnet) -> Result<(), Fault> {
    let port: Port = tx.get(&cx.caller.project, id)?;
    let unsuitable = |reason| Fault::Unsuitable {
        kind: Kind::Port,
        id: id.to_owned(),
        reason,
    };
    let plain = port.device_owner.is_empty() || port.device_owner.starts_with("compute:");
    if !plain || port.carried.is_some() {
        return Err(unsuitable("it is not the interface of a server"));
    }
    // A subnet that is in no network is one by itself.
    let subnet = tx.any::<Subnet>(port.subnet())?;
    match subnet.is_some_and(|subnet| subnet.head.target == beside.head.target) {
        true => Ok(()),
        false => Err(unsuitable("it is in another network")),
    }
}

fn put(tx: &mut Tx<'_>, cx: &Context<'_>, port: &mut Port, parent: &str) -> Result<(), Fault> {
    let subnet: Subnet = tx.get(&cx.caller.project, port.subnet())?;
    must_carry(tx, cx, parent, &subnet)?;
    let Some(carried) = &mut port.carried else {
        return Ok(());
    };
    let free = claim::holder(tx.rows(), &vlan::space(parent), &vlan::key(carried.vlan))?.is_none();
    let wanted = free.then_some(carried.vlan);
    carried.vlan = vlan::take(tx, parent, wanted, &port.head.id)?;
    carried.by = Some(parent.to_owned());
    parent.clone_into(&mut port.device_id);
    Ok(())
}

fn take_off(tx: &mut Tx<'_>, port: &mut Port) -> Result<bool, Fault> {
    let Some(carried) = &mut port.carried else {
        return Ok(false);
    };
    let Some(parent) = carried.by.take() else {
        return Ok(false);
    };
    claim::release(tx.rows(), &vlan::space(&parent), &vlan::key(carried.vlan))?;
    port.device_id.clear();
    Ok(true)
}

/// Claims of a project's supplementary interfaces, by which they are listed.
fn space(project: &str) -> String {
    format!("sub-interface/{project}")
}
