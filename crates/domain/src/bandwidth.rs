//! Bandwidths: what limits the traffic of one public address, or of several that share it.

use serde::{Deserialize, Serialize};

use crate::bandwidth_rule::BandwidthRule;
use crate::condition::{self, Backend};
use crate::context::Context;
use crate::fault::Fault;
use crate::publicip::PublicIp;
use crate::resource::{Head, Kind, Resource};
use crate::state::State;
use crate::tx::Tx;

/// A bandwidth.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Bandwidth {
    /// Head; no parent.
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
}

/// The bandwidth for a new address: a new one, or the shared one that was named.
pub fn obtain(
    tx: &mut Tx<'_>,
    cx: &mut Context<'_>,
    new: NewBandwidth,
    enterprise_project: &str,
    border_group: &str,
) -> Result<Bandwidth, Fault> {
    match new {
        NewBandwidth::Shared(id) => shared(tx, cx, &id),
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
            };
            tx.insert(&bandwidth)?;
            Ok(bandwidth)
        }
    }
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

/// Changes a bandwidth that is not frozen.
pub fn update(
    tx: &mut Tx<'_>,
    cx: &mut Context<'_>,
    id: &str,
    change: BandwidthChange,
) -> Result<(Bandwidth, Vec<PublicIp>), Fault> {
    condition::backend_reads(tx, cx)?;
    let mut bandwidth: Bandwidth = tx.get(&cx.caller.project, id)?;
    if bandwidth.head.state() == State::Frozen {
        return Err(Fault::WrongState {
            kind: Kind::Bandwidth,
            id: id.to_owned(),
            state: State::Frozen,
        });
    }
    // VPC.0305: the read was answered, the change is not applied.
    if condition::backend(tx, cx)? == Backend::Refusing {
        return Err(Fault::Backend(Backend::Refusing));
    }
    if let Some(name) = change.name {
        bandwidth.name = name;
    }
    if let Some(size) = change.size {
        bandwidth.size = size;
    }
    if let Some(charge_mode) = change.charge_mode {
        bandwidth.charge_mode = charge_mode;
    }
    tx.update(cx, &mut bandwidth)?;
    let addresses = addresses(tx, &bandwidth)?;
    for address in &addresses {
        tx.mark_dirty(&address.head)?;
    }
    Ok((bandwidth, addresses))
}
