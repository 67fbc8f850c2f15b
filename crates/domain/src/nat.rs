//! NAT gateways: what lets a network's private addresses out under public ones, and lets in what rules name.
//!
//! A gateway has public addresses, each of which is bound to it and to nothing else. Source rules say who goes out by
//! which of them; destination rules say what comes in to whom. Gateways converge through the reconciler.

pub mod address;
pub mod dnat;
pub mod snat;

use std::net::Ipv4Addr;

use serde::{Deserialize, Serialize};

use crate::condition;
use crate::context::Context;
use crate::fault::{Fault, Holder};
use crate::order::{self, Prepaid, Term, Terms};
use crate::plan::row;
use crate::publicip;
use crate::quota;
use crate::resource::{Head, Kind, Resource, Tag};
use crate::route_table;
use crate::state::State;
use crate::subnet::Subnet;
use crate::tx::Tx;
use crate::vpc::Vpc;

pub use address::Side;
pub use dnat::DnatRule;
pub use snat::SnatRule;

/// A NAT gateway.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct NatGateway {
    /// Head; the parent is the network.
    pub head: Head,
    /// Name.
    pub name: String,
    /// How much it carries.
    pub size: Size,
    /// How long it remembers connections, where its owner says so.
    #[serde(default)]
    pub timeouts: Timeouts,
    /// Whether it must not be deleted.
    #[serde(default)]
    pub protected: bool,
    /// What pays for it in advance.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub charge: Option<Prepaid>,
    /// Labels.
    #[serde(default)]
    pub tags: Vec<Tag>,
}

/// How much a gateway carries: a size of the first generation, or units of the second.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Size {
    /// A few public addresses.
    Small,
    /// More of them.
    Medium,
    /// Most of them.
    Large,
    /// Units of capacity, any public address for both directions.
    Units(u32),
}

/// How long a gateway remembers connections, in seconds.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Timeouts {
    /// Of ICMP.
    pub icmp: Option<u32>,
    /// Of UDP.
    pub udp: Option<u32>,
    /// Of TCP.
    pub tcp: Option<u32>,
}

/// Validated input of [`create`].
#[derive(Clone, Debug)]
pub struct NewNatGateway {
    /// The network, by id.
    pub vpc: String,
    /// Name.
    pub name: String,
    /// How much it carries.
    pub size: Size,
    /// Public addresses that it gets at once, and for which direction.
    pub addresses: Vec<(Side, Vec<Ipv4Addr>)>,
    /// How long it remembers connections.
    pub timeouts: Timeouts,
    /// Whether it must not be deleted.
    pub protected: bool,
    /// When it is paid.
    pub terms: Terms,
    /// Labels.
    pub tags: Vec<Tag>,
}

/// Validated input of [`update`]; absent fields stay.
#[derive(Clone, Debug, Default)]
pub struct NatChange {
    /// New name.
    pub name: Option<String>,
    /// Whether it must not be deleted.
    pub protected: Option<bool>,
}

/// What only NAT gateways refuse.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Refusal {
    /// The network has no subnet whose addresses could be translated.
    NoSubnet,
    /// A gateway of one generation does not become one of the other.
    Generation,
    /// The source of a rule is outside the network.
    SourceOutside,
    /// Another rule has that source.
    SourceTaken,
    /// A source rule names no public address, or one that the gateway does not send from.
    SourceAddress,
    /// The gateway has no public address to receive at.
    NoDestination,
    /// The public address of a destination rule is not one that the gateway receives at.
    DestinationAddress,
    /// Another rule has that public address, protocol and port.
    DestinationTaken,
    /// The private address of a destination rule is outside the network.
    PrivateAddress,
    /// A destination rule lacks its public ports.
    PublicPorts,
    /// A destination rule lacks its private ports, or they are not as many as the public ones.
    PrivatePorts,
}

impl From<Refusal> for Fault {
    fn from(refusal: Refusal) -> Fault {
        Fault::Nat(refusal)
    }
}

impl Resource for NatGateway {
    const KIND: Kind = Kind::NatGateway;
    const ALIAS: Option<&'static str> = Some("nat-");

    fn head(&self) -> &Head {
        &self.head
    }

    fn head_mut(&mut self) -> &mut Head {
        &mut self.head
    }

    fn charge(&self) -> Option<&Prepaid> {
        self.charge.as_ref()
    }

    fn counted(&self) -> bool {
        true
    }

    fn edges(&self) -> Vec<(&'static str, String)> {
        vec![("translates_for", self.vpc().to_owned())]
    }
}

impl NatGateway {
    /// The network's id.
    pub fn vpc(&self) -> &str {
        self.head.parent.as_deref().unwrap_or_default()
    }

    /// Refuses changes before it is there and once it goes.
    fn must_take_changes(&self) -> Result<(), Fault> {
        match self.head.state() {
            State::Active | State::Updating => Ok(()),
            state => Err(Fault::WrongState {
                kind: Kind::NatGateway,
                id: self.head.id.clone(),
                state,
            }),
        }
    }
}

/// Creates the gateway of a network that has a subnet.
pub fn create(
    tx: &mut Tx<'_>,
    cx: &mut Context<'_>,
    new: NewNatGateway,
) -> Result<NatGateway, Fault> {
    condition::standing(tx, cx, true)?;
    let vpc: Vpc = tx.get(&cx.caller.project, &new.vpc)?;
    vpc.head.must_take_changes(cx, Kind::Vpc)?;
    let wanted = address::all_known(tx, cx, &new.addresses)?;
    if !tx.has_children::<Subnet>(&vpc.head.id)? {
        return Err(Refusal::NoSubnet.into());
    }
    let mut head = Head::new::<NatGateway>(cx, Some(&vpc.head.id));
    head.target = format!("gateway/{}", head.id);
    let mut it = NatGateway {
        head,
        name: new.name,
        size: new.size,
        timeouts: new.timeouts,
        protected: new.protected,
        charge: None,
        tags: new.tags,
    };
    for (side, addresses) in &wanted {
        address::must_suit(tx, cx, &it, *side, addresses)?;
    }
    quota::take_below::<NatGateway>(tx, cx, "natGateway", &vpc.head.id)?;
    let many = wanted.iter().map(|(_, addresses)| addresses.len()).sum();
    address::room(tx, cx, &it.head.id, it.size, many)?;
    condition::backend_writes(tx, cx)?;
    it.charge = order::buy(tx, cx, &it.head.id, new.terms)?;
    tx.insert(&it)?;
    for (side, addresses) in wanted {
        address::give(tx, cx, &it, side, addresses)?;
    }
    Ok(it)
}

/// Changes what a gateway is called and whether it may go.
pub fn update(
    tx: &mut Tx<'_>,
    cx: &mut Context<'_>,
    id: &str,
    change: NatChange,
) -> Result<NatGateway, Fault> {
    let mut it: NatGateway = tx.get(&cx.caller.project, id)?;
    must_stay(&it)?;
    condition::backend_writes(tx, cx)?;
    if let Some(name) = change.name {
        it.name = name;
    }
    if let Some(protected) = change.protected {
        it.protected = protected;
    }
    tx.update(cx, &mut it)?;
    Ok(it)
}

/// Gives a gateway another size of its generation.
pub fn resize(
    tx: &mut Tx<'_>,
    cx: &mut Context<'_>,
    id: &str,
    size: Size,
) -> Result<NatGateway, Fault> {
    let mut it: NatGateway = tx.get(&cx.caller.project, id)?;
    if matches!(size, Size::Units(_)) != matches!(it.size, Size::Units(_)) {
        return Err(Refusal::Generation.into());
    }
    it.must_take_changes()?;
    order::must_be_done(tx, cx, id)?;
    if it.size == size {
        return Ok(it);
    }
    address::room(tx, cx, id, size, 0)?;
    condition::backend_writes(tx, cx)?;
    order::resize(tx, cx, id, it.charge.as_ref())?;
    it.size = size;
    tx.change(cx, &mut it)?;
    Ok(it)
}

/// Orders more time for a gateway that is paid in advance.
pub fn renew(
    tx: &mut Tx<'_>,
    cx: &mut Context<'_>,
    id: &str,
    term: Term,
) -> Result<NatGateway, Fault> {
    let mut it: NatGateway = tx.get(&cx.caller.project, id)?;
    must_stay(&it)?;
    condition::backend_writes(tx, cx)?;
    it.charge = Some(order::renew(tx, cx, id, it.charge.as_ref(), term)?);
    tx.update(cx, &mut it)?;
    Ok(it)
}

/// Starts the deletion of a gateway: its rules go with it, its public addresses are free.
pub fn delete(tx: &mut Tx<'_>, cx: &mut Context<'_>, id: &str) -> Result<(), Fault> {
    let mut it: NatGateway = tx.get(&cx.caller.project, id)?;
    if matches!(it.head.state(), State::Creating | State::Deleting) {
        it.must_take_changes()?;
    }
    if it.protected {
        return Err(Fault::Unsuitable {
            kind: Kind::NatGateway,
            id: id.to_owned(),
            reason: "it is protected from being deleted",
        });
    }
    order::must_be_over(cx, id, it.charge.as_ref())?;
    order::must_be_done(tx, cx, id)?;
    let holders = tx.holders(id, usize::MAX)?;
    if holders
        .iter()
        .any(|(_, role)| role == route_table::NEXT_HOP)
    {
        return Err(Fault::InUse {
            kind: Kind::NatGateway,
            id: id.to_owned(),
            by: Holder::Route,
        });
    }
    condition::backend_writes(tx, cx)?;
    clear(tx, id)?;
    publicip::let_go(tx, cx, id)?;
    tx.begin_delete(cx, &mut it)
}

/// The fabric has let go of the gateway.
pub fn gone(tx: &mut Tx<'_>, id: &str) -> Result<(), Fault> {
    let Some(it) = tx.any::<NatGateway>(id)? else {
        return Ok(());
    };
    clear(tx, id)?;
    order::forget(tx, &it.head.project, id)?;
    tx.remove(&it)
}

/// Removes the rules of a gateway.
fn clear(tx: &mut Tx<'_>, id: &str) -> Result<(), Fault> {
    for rule in tx.children::<SnatRule>(id)? {
        tx.remove(&rule)?;
    }
    for rule in tx.children::<DnatRule>(id)? {
        tx.remove(&rule)?;
    }
    Ok(())
}

/// Refuses what is on its way out.
fn must_stay(it: &NatGateway) -> Result<(), Fault> {
    match it.head.state() {
        State::Deleting => it.must_take_changes(),
        _ => Ok(()),
    }
}

/// The network of a gateway's, to see what lies in it.
fn network(tx: &mut Tx<'_>, gateway: &NatGateway) -> Result<Vpc, Fault> {
    tx.get(&gateway.head.project, gateway.vpc())
}

/// What of a gateway goes into its row; one that is stopped carries nothing.
pub(crate) fn planned(it: &NatGateway) -> Option<row::NatGateway> {
    (!it.head.is_stopped()).then(|| row::NatGateway {
        network: it.vpc().to_owned(),
        timeouts: it.timeouts,
    })
}
