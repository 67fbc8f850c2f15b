//! Reserved blocks of a subnet, which hand out no addresses by themselves.

use serde::{Deserialize, Serialize};
use vpcd_net::Cidr;

use crate::condition;
use crate::context::Context;
use crate::fault::Fault;
use crate::quota;
use crate::resource::{Head, Kind, Resource};
use crate::subnet::Subnet;
use crate::tx::Tx;

/// A block of a subnet whose addresses go only to who asks for them by name.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct CidrReservation {
    /// Head; the parent is the subnet.
    pub head: Head,
    /// The subnet's network.
    pub vpc: String,
    /// Name.
    pub name: String,
    /// Free text.
    pub description: String,
    /// The block.
    pub cidr: Cidr,
}

/// Which block to reserve.
#[derive(Clone, Copy, Debug)]
pub enum Wanted {
    /// This one.
    Block(Cidr),
    /// Any free one of this prefix.
    Prefix(u8),
}

/// Validated input of [`create`].
#[derive(Clone, Debug)]
pub struct NewReservation {
    /// The subnet.
    pub subnet: String,
    /// Name.
    pub name: String,
    /// Free text.
    pub description: String,
    /// Which block.
    pub wanted: Wanted,
}

/// Validated input of [`update`]; absent fields stay.
#[derive(Clone, Debug, Default)]
pub struct ReservationChange {
    /// New name.
    pub name: Option<String>,
    /// New description.
    pub description: Option<String>,
}

impl Resource for CidrReservation {
    const KIND: Kind = Kind::CidrReservation;
    const ALIAS: Option<&'static str> = Some("ipr-");

    fn head(&self) -> &Head {
        &self.head
    }

    fn head_mut(&mut self) -> &mut Head {
        &mut self.head
    }

    fn counted(&self) -> bool {
        true
    }
}

impl CidrReservation {
    /// The subnet's id.
    pub fn subnet(&self) -> &str {
        self.head.parent.as_deref().unwrap_or_default()
    }
}

/// Reserves a block of a subnet that overlaps no other reserved one; addresses in use may be in it.
pub fn create(
    tx: &mut Tx<'_>,
    cx: &mut Context<'_>,
    new: NewReservation,
) -> Result<CidrReservation, Fault> {
    condition::standing(tx, cx, false)?;
    let subnet: Subnet = tx.get(&cx.caller.project, &new.subnet)?;
    subnet.head.must_take_changes(cx, Kind::Subnet)?;
    let cidr = match new.wanted {
        Wanted::Block(cidr) if !subnet.cidr.holds(cidr) => {
            return Err(Fault::CidrOutsideParent { child: cidr });
        }
        Wanted::Block(cidr) => cidr,
        Wanted::Prefix(prefix) if prefix < subnet.cidr.prefix() || prefix > 32 => {
            return Err(Fault::invalid("mask", "larger than the subnet"));
        }
        Wanted::Prefix(prefix) => any(tx, &subnet, prefix)?,
    };
    quota::take_below::<CidrReservation>(tx, cx, "cidr_reservation", &subnet.head.id)?;
    condition::backend_writes(tx, cx)?;
    if let Some(other) = subnet.space().keep(tx, cidr.range())? {
        return Err(Fault::CidrOverlap {
            mine: cidr,
            theirs: of_range(other).unwrap_or(cidr),
        });
    }
    let it = CidrReservation {
        head: Head::new::<CidrReservation>(cx, Some(&subnet.head.id)).settled(),
        vpc: subnet.vpc().to_owned(),
        name: new.name,
        description: new.description,
        cidr,
    };
    tx.insert(&it)?;
    Ok(it)
}

/// Changes name and description.
pub fn update(
    tx: &mut Tx<'_>,
    cx: &mut Context<'_>,
    id: &str,
    change: ReservationChange,
) -> Result<CidrReservation, Fault> {
    let mut it: CidrReservation = tx.get(&cx.caller.project, id)?;
    condition::backend_writes(tx, cx)?;
    if let Some(name) = change.name {
        it.name = name;
    }
    if let Some(description) = change.description {
        it.description = description;
    }
    tx.update(cx, &mut it)?;
    Ok(it)
}

/// Gives the block back to everybody; addresses in use in it stay in use.
pub fn delete(tx: &mut Tx<'_>, cx: &mut Context<'_>, id: &str) -> Result<(), Fault> {
    let it: CidrReservation = tx.get(&cx.caller.project, id)?;
    condition::backend_writes(tx, cx)?;
    if let Some(subnet) = tx.any::<Subnet>(it.subnet())? {
        subnet.space().let_go(tx, it.cidr.range())?;
    }
    tx.remove(&it)
}

/// A block of that prefix with nothing in it.
fn any(tx: &mut Tx<'_>, subnet: &Subnet, prefix: u8) -> Result<Cidr, Fault> {
    let space = subnet.space();
    let found = space.room(tx, subnet.cidr, prefix)?;
    found.ok_or(Fault::AddressesExhausted {
        space: subnet.head.id.clone(),
        free: space.free(tx)?,
        need: 1 << (32 - u32::from(prefix)),
    })
}

fn of_range(range: vpcd_net::Range) -> Option<Cidr> {
    let prefix = 32 - range.size().checked_ilog2()?;
    Cidr::new(range.first, u8::try_from(prefix).ok()?).ok()
}
