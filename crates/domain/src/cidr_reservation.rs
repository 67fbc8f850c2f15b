//! Reserved blocks of a subnet, which hand out no addresses by themselves.

use serde::{Deserialize, Serialize};
use vpcd_net::{Cidr, Cidr6, Prefix};

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
    /// The block, of either family.
    pub cidr: Prefix,
}

/// Which block to reserve.
#[derive(Clone, Copy, Debug)]
pub enum Wanted {
    /// This one, of either family.
    Block(Prefix),
    /// Any free one of IPv4 of this prefix.
    Prefix(u8),
    /// Any free one of IPv6 of this prefix.
    Prefix6(u8),
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
    let cidr = wanted(tx, cx, &subnet, new.wanted)?;
    quota::take_below::<CidrReservation>(tx, cx, "cidr_reservation", &subnet.head.id)?;
    condition::backend_writes(tx, cx)?;
    keep(tx, &subnet, cidr)?;
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
        match (it.cidr.v4(), it.cidr.v6(), subnet.space6()) {
            (Some(cidr), ..) => subnet.space().let_go(tx, cidr.range())?,
            (None, Some(cidr), Some(space)) => space.let_go(tx, cidr)?,
            (None, ..) => {}
        }
    }
    tx.remove(&it)
}

/// The block that is asked for.
fn wanted(
    tx: &mut Tx<'_>,
    cx: &mut Context<'_>,
    subnet: &Subnet,
    wanted: Wanted,
) -> Result<Prefix, Fault> {
    let six = subnet.ipv6.as_ref().map(|it| it.cidr);
    let larger = || Fault::invalid("mask", "larger than the subnet");
    match wanted {
        Wanted::Block(block) => {
            let four = block.v4().is_some_and(|cidr| subnet.cidr.holds(cidr));
            let inside = match (block.v6(), six) {
                (Some(block), Some(six)) => six.holds(block),
                _ => four,
            };
            match inside {
                true => Ok(block),
                false => Err(Fault::CidrOutsideParent { child: block }),
            }
        }
        Wanted::Prefix(prefix) if prefix < subnet.cidr.prefix() || prefix > 32 => Err(larger()),
        Wanted::Prefix(prefix) => Ok(any(tx, subnet, prefix)?.into()),
        Wanted::Prefix6(prefix) => match six {
            Some(six) if prefix < six.prefix() || prefix > 128 => Err(larger()),
            Some(_) => Ok(any6(tx, cx, subnet, prefix)?.into()),
            None => Err(Fault::invalid("ip_version", "the subnet has no IPv6")),
        },
    }
}

/// Keeps the block back, unless it overlaps one that is kept back already.
fn keep(tx: &mut Tx<'_>, subnet: &Subnet, block: Prefix) -> Result<(), Fault> {
    let other: Option<Prefix> = match (block.v4(), block.v6(), subnet.space6()) {
        (Some(cidr), ..) => {
            let other = subnet.space().keep(tx, cidr.range())?;
            other.map(|other| of_range(other).unwrap_or(cidr).into())
        }
        (None, Some(cidr), Some(space)) => space.keep(tx, cidr)?.map(Prefix::from),
        (None, ..) => None,
    };
    match other {
        Some(theirs) => Err(Fault::CidrOverlap {
            mine: block,
            theirs,
        }),
        None => Ok(()),
    }
}

/// A block of IPv6 of that prefix with nothing in it.
fn any6(
    tx: &mut Tx<'_>,
    cx: &mut Context<'_>,
    subnet: &Subnet,
    prefix: u8,
) -> Result<Cidr6, Fault> {
    let found = match subnet.space6() {
        Some(space) => space.room(tx, &mut cx.ids, prefix)?,
        None => None,
    };
    found.ok_or(Fault::AddressesExhausted {
        space: subnet.head.id.clone(),
        free: 0,
        need: 1,
    })
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
