//! Bandwidths: what limits the traffic of one public address, or of several that share it.

mod share;

use serde::{Deserialize, Serialize};

use crate::bandwidth_rule::{self, BandwidthRule};
use crate::condition::{self, Backend};
use crate::context::Context;
use crate::fault::Fault;
use crate::order::{self, Prepaid};
use crate::publicip::{self, PublicIp};
use crate::resource::{Head, Kind, Resource};
use crate::state::State;
use crate::tx::Tx;

use share::room;
pub use share::{
    NewShared, Own, create_shared, delete, insert, list_shared, of_types, remove, shared,
};

/// A bandwidth.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Bandwidth {
    /// Head; shared ones have a parent of their own, so that they are listed by themselves.
    pub head: Head,
    /// Name.
    pub name: String,
    /// Size in Mbit/s.
    pub size: u32,
    /// Billed by `bandwidth`, `traffic` or `95peak_plus`.
    pub charge_mode: String,
    /// Whether several addresses share it.
    pub shared: bool,
    /// Enterprise project.
    pub enterprise_project: String,
    /// Where its addresses are announced.
    pub border_group: String,
    /// How it is divided, when it is shared.
    #[serde(default)]
    pub rules: Vec<BandwidthRule>,
    /// The order that pays for it in advance.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub charge: Option<Prepaid>,
}

/// Validated input for the bandwidth of a new public address.
#[derive(Clone, Debug)]
pub enum NewBandwidth {
    /// One of its own.
    Dedicated {
        /// Name.
        name: String,
        /// Size in Mbit/s.
        size: u32,
        /// Billing.
        charge_mode: String,
    },
    /// An existing shared one, by id.
    Shared(String),
}

/// Validated input of [`update`]; absent fields stay.
#[derive(Clone, Debug, Default)]
pub struct BandwidthChange {
    /// New name.
    pub name: Option<String>,
    /// New size in Mbit/s.
    pub size: Option<u32>,
    /// New billing.
    pub charge_mode: Option<String>,
}

impl Resource for Bandwidth {
    const KIND: Kind = Kind::Bandwidth;

    fn head(&self) -> &Head {
        &self.head
    }

    fn head_mut(&mut self) -> &mut Head {
        &mut self.head
    }

    fn charge(&self) -> Option<&Prepaid> {
        self.charge.as_ref()
    }

    /// Only shared ones have a quota; the others come and go with their address.
    fn counted(&self) -> bool {
        self.shared
    }
}

impl Bandwidth {
    /// Refuses a bandwidth that the operator has frozen.
    pub fn must_take_changes(&self) -> Result<(), Fault> {
        match self.head.state() {
            State::Frozen => Err(Fault::WrongState {
                kind: Kind::Bandwidth,
                id: self.head.id.clone(),
                state: State::Frozen,
            }),
            _ => Ok(()),
        }
    }

    /// Refuses to let go of one that the operator has frozen. Whoever wants no more of one whose time is over is not kept.
    fn must_let_go(&self) -> Result<(), Fault> {
        match self.head.frozen {
            true => self.must_take_changes(),
            false => Ok(()),
        }
    }

    fn unsuitable(&self, reason: &'static str) -> Fault {
        Fault::Unsuitable {
            kind: Kind::Bandwidth,
            id: self.head.id.clone(),
            reason,
        }
    }
}

/// Smallest size of a shared bandwidth, in Mbit/s.
const LEAST_SHARED: u32 = 5;

/// The bandwidth for a new address: a new one, or the shared one that was named.
pub fn obtain(
    tx: &mut Tx<'_>,
    cx: &mut Context<'_>,
    new: NewBandwidth,
    enterprise_project: &str,
    border_group: &str,
) -> Result<Bandwidth, Fault> {
    match new {
        NewBandwidth::Shared(id) => {
            let bandwidth = shared(tx, cx, &id)?;
            bandwidth.must_take_changes()?;
            if bandwidth.border_group != border_group {
                return Err(bandwidth.unsuitable("it is announced elsewhere"));
            }
            room(tx, cx, &bandwidth, 1)?;
            Ok(bandwidth)
        }
        NewBandwidth::Dedicated {
            name,
            size,
            charge_mode,
        } => {
            let bandwidth = Bandwidth {
                head: Head::new::<Bandwidth>(cx, None).settled(),
                name,
                size,
                charge_mode,
                shared: false,
                enterprise_project: enterprise_project.to_owned(),
                border_group: border_group.to_owned(),
                rules: Vec::new(),
                charge: None,
            };
            tx.insert(&bandwidth)?;
            Ok(bandwidth)
        }
    }
}

/// Removes a bandwidth that nothing uses, with what was ordered for it.
pub(crate) fn discard(tx: &mut Tx<'_>, bandwidth: &Bandwidth) -> Result<(), Fault> {
    order::forget(tx, &bandwidth.head.project, &bandwidth.head.id)?;
    tx.remove(bandwidth)
}

/// The bandwidth of that id with the addresses in it.
pub fn show(
    tx: &mut Tx<'_>,
    cx: &mut Context<'_>,
    id: &str,
) -> Result<(Bandwidth, Vec<PublicIp>), Fault> {
    condition::backend_reads(tx, cx)?;
    let bandwidth: Bandwidth = tx.get(&cx.caller.project, id)?;
    let addresses = addresses(tx, &bandwidth)?;
    Ok((bandwidth, addresses))
}

/// The public addresses that use a bandwidth.
pub fn addresses(tx: &mut Tx<'_>, bandwidth: &Bandwidth) -> Result<Vec<PublicIp>, Fault> {
    let mut found = Vec::new();
    for (from, _) in tx.holders(&bandwidth.head.id, usize::MAX)? {
        found.extend(tx.find::<PublicIp>(&bandwidth.head.project, &from)?);
    }
    Ok(found)
}

/// A bandwidth stopped, or goes again: the fabric follows with the addresses that use it.
pub(crate) fn turned(tx: &mut Tx<'_>, id: &str) -> Result<(), Fault> {
    let Some(bandwidth) = tx.any::<Bandwidth>(id)? else {
        return Ok(());
    };
    let addresses = addresses(tx, &bandwidth)?;
    addresses
        .iter()
        .try_for_each(|it| publicip::turned(tx, &it.head.id))
}

/// Changes a bandwidth that is not frozen.
pub fn update(
    tx: &mut Tx<'_>,
    cx: &mut Context<'_>,
    id: &str,
    change: BandwidthChange,
) -> Result<(Bandwidth, Vec<PublicIp>), Fault> {
    condition::backend_reads(tx, cx)?;
    let mut bandwidth: Bandwidth = tx.get(&cx.caller.project, id)?;
    bandwidth.must_take_changes()?;
    // VPC.0305: the read was answered, the change is not applied.
    if condition::backend(tx, cx)? == Backend::Refusing {
        return Err(Fault::Backend(Backend::Refusing));
    }
    if let Some(name) = change.name {
        bandwidth.name = name;
    }
    let resized = change.size.is_some_and(|size| size != bandwidth.size);
    if let Some(size) = change.size.filter(|_| resized) {
        must_be_ordered(tx, cx, &bandwidth)?;
        bandwidth.size = size;
    }
    if let Some(charge_mode) = change.charge_mode {
        bandwidth.charge_mode = charge_mode;
    }
    fits(bandwidth.shared, bandwidth.size, &bandwidth.charge_mode)?;
    bandwidth_rule::must_fit(&bandwidth)?;
    // What is counted afterwards cannot be paid in advance.
    if bandwidth.charge.is_some() && bandwidth.charge_mode == "traffic" {
        return Err(Fault::invalid("charge_mode", "it is paid in advance"));
    }
    tx.update(cx, &mut bandwidth)?;
    let mut addresses = addresses(tx, &bandwidth)?;
    for address in addresses.iter_mut().filter(|_| resized) {
        address.head.generation += 1;
        address.resized = address.head.generation;
        tx.store(address)?;
        tx.mark_dirty(&address.head)?;
    }
    Ok((bandwidth, addresses))
}

/// Refuses another size while an order is in progress, be it for the bandwidth or for the one address that has it.
fn must_be_ordered(tx: &mut Tx<'_>, cx: &Context<'_>, bandwidth: &Bandwidth) -> Result<(), Fault> {
    order::must_be_done(tx, cx, &bandwidth.head.id)?;
    if bandwidth.shared {
        return Ok(());
    }
    let holders = tx.holders(&bandwidth.head.id, 1)?;
    match holders.first() {
        Some((address, _)) => order::must_be_done(tx, cx, address),
        None => Ok(()),
    }
}

/// Refuses what only the other kind of bandwidth may be: traffic is counted per address, peaks over many.
fn fits(shared: bool, size: u32, charge_mode: &str) -> Result<(), Fault> {
    let wrong = |field| Err(Fault::invalid(field, "not for this kind of bandwidth"));
    match (shared, charge_mode) {
        (true, "traffic") | (false, "95peak_plus") => wrong("charge_mode"),
        (true, _) if size < LEAST_SHARED => wrong("size"),
        _ => Ok(()),
    }
}
