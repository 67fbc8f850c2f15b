//! Destination rules: what comes in to whom.

use std::net::Ipv4Addr;

use serde::{Deserialize, Serialize};
use vpcd_net::Cidr;

use super::address::{self, BY_RULE};
use super::{NatGateway, Refusal, network};
use crate::condition;
use crate::context::Context;
use crate::fault::Fault;
use crate::plan::row;
use crate::publicip::PublicIp;
use crate::quota;
use crate::resource::{Head, Kind, Resource};
use crate::tx::Tx;

/// A destination rule.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct DnatRule {
    /// Head; the parent is the gateway.
    pub head: Head,
    /// Name.
    pub name: String,
    /// The public address, by id.
    pub address: String,
    /// Who receives it.
    pub private: Ipv4Addr,
    /// What it is about.
    pub protocol: Protocol,
    /// Which ports; of all protocols none.
    pub ports: Option<Mapping>,
}

/// What a destination rule is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Protocol {
    /// TCP.
    Tcp,
    /// UDP.
    Udp,
    /// Whatever comes.
    All,
}

impl Protocol {
    /// Its number; none for all of them.
    pub fn number(self) -> Option<u8> {
        match self {
            Protocol::Tcp => Some(6),
            Protocol::Udp => Some(17),
            Protocol::All => None,
        }
    }
}

/// Ports, first and last, and whether they were written as a range.
pub type Span = ((u16, u16), bool);

/// The ports of a destination rule; as many on either side.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Mapping {
    /// Those that packets are sent to.
    pub public: Span,
    /// Those that they arrive at.
    pub private: Span,
}

/// Validated input of [`create`] and [`update`], where absent fields stay.
#[derive(Clone, Debug, Default)]
pub struct DnatInput {
    /// Name.
    pub name: Option<String>,
    /// The public address.
    pub address: Option<Ipv4Addr>,
    /// Who receives it.
    pub private: Option<Ipv4Addr>,
    /// What it is about.
    pub protocol: Option<Protocol>,
    /// The ports that packets are sent to.
    pub public_ports: Option<Span>,
    /// The ports that they arrive at.
    pub private_ports: Option<Span>,
}

impl Resource for DnatRule {
    const KIND: Kind = Kind::DnatRule;
    const ALIAS: Option<&'static str> = Some("rule-");

    fn head(&self) -> &Head {
        &self.head
    }

    fn head_mut(&mut self) -> &mut Head {
        &mut self.head
    }

    fn counted(&self) -> bool {
        true
    }

    fn edges(&self) -> Vec<(&'static str, String)> {
        vec![(BY_RULE, self.address.clone())]
    }
}

impl DnatRule {
    /// The gateway's id.
    pub fn gateway(&self) -> &str {
        self.head.parent.as_deref().unwrap_or_default()
    }

    /// Whether some packet is for both.
    fn meets(&self, other: &DnatRule) -> bool {
        let (mine, theirs) = (self.protocol.number(), other.protocol.number());
        if self.address != other.address || (mine.is_some() && theirs.is_some() && mine != theirs) {
            return false;
        }
        match (self.ports, other.ports) {
            (Some(mine), Some(theirs)) => {
                let ((first, last), (low, high)) = (mine.public.0, theirs.public.0);
                first <= high && low <= last
            }
            _ => true,
        }
    }
}

/// Adds a destination rule to a gateway; `input` has all that such a rule needs.
pub fn create(
    tx: &mut Tx<'_>,
    cx: &mut Context<'_>,
    gateway: &str,
    input: DnatInput,
) -> Result<DnatRule, Fault> {
    let gateway: NatGateway = tx.get(&cx.caller.project, gateway)?;
    gateway.must_take_changes()?;
    let private = inside(tx, &gateway, input.private)?;
    let protocol = input.protocol.unwrap_or(Protocol::All);
    let ports = mapping(protocol, input.public_ports, input.private_ports)?;
    let address = usable(tx, &gateway, input.address)?;
    let mut head = Head::new::<DnatRule>(cx, Some(&gateway.head.id));
    head.target = gateway.head.target.clone();
    let it = DnatRule {
        head,
        name: input.name.unwrap_or_default(),
        address,
        private,
        protocol,
        ports,
    };
    must_be_free(tx, &it)?;
    quota::take_below::<DnatRule>(tx, cx, "dnatRule", &gateway.head.id)?;
    condition::backend_writes(tx, cx)?;
    tx.insert(&it)?;
    Ok(it)
}

/// Changes a destination rule of a gateway.
pub fn update(
    tx: &mut Tx<'_>,
    cx: &mut Context<'_>,
    mut it: DnatRule,
    change: DnatInput,
) -> Result<DnatRule, Fault> {
    let gateway: NatGateway = tx.get(&cx.caller.project, it.gateway())?;
    gateway.must_take_changes()?;
    if change.private.is_some() {
        it.private = inside(tx, &gateway, change.private)?;
    }
    if let Some(name) = change.name {
        it.name = name;
    }
    it.protocol = change.protocol.unwrap_or(it.protocol);
    let known = it.ports;
    let public = change.public_ports.or(known.map(|ports| ports.public));
    let private = change.private_ports.or(known.map(|ports| ports.private));
    it.ports = mapping(it.protocol, public, private)?;
    if change.address.is_some() {
        it.address = usable(tx, &gateway, change.address)?;
    }
    must_be_free(tx, &it)?;
    condition::backend_writes(tx, cx)?;
    tx.change(cx, &mut it)?;
    Ok(it)
}

/// Removes a destination rule from its gateway.
pub fn delete(tx: &mut Tx<'_>, cx: &mut Context<'_>, it: &DnatRule) -> Result<(), Fault> {
    let gateway: NatGateway = tx.get(&cx.caller.project, it.gateway())?;
    gateway.must_take_changes()?;
    condition::backend_writes(tx, cx)?;
    tx.remove(it)
}

/// The public address of a rule.
pub fn address(tx: &mut Tx<'_>, it: &DnatRule) -> Result<Option<Ipv4Addr>, Fault> {
    Ok(tx.any::<PublicIp>(&it.address)?.map(|it| it.address))
}

/// The id of a public address that the gateway receives at.
fn usable(
    tx: &mut Tx<'_>,
    gateway: &NatGateway,
    wanted: Option<Ipv4Addr>,
) -> Result<String, Fault> {
    let mut held = address::of(tx, &gateway.head.id)?;
    held.retain(|(_, side)| side.receives());
    if held.is_empty() {
        return Err(Refusal::NoDestination.into());
    }
    let found = held.into_iter().find(|(it, _)| Some(it.address) == wanted);
    let (it, _) = found.ok_or(Refusal::DestinationAddress)?;
    Ok(it.head.id)
}

fn inside(
    tx: &mut Tx<'_>,
    gateway: &NatGateway,
    private: Option<Ipv4Addr>,
) -> Result<Ipv4Addr, Fault> {
    let address = private.ok_or(Refusal::PrivateAddress)?;
    let vpc = network(tx, gateway)?;
    let single = Cidr::new(address, 32);
    match single.is_ok_and(|it| vpc.holds(it)) {
        true => Ok(address),
        false => Err(Refusal::PrivateAddress.into()),
    }
}

/// Refuses a rule that lacks ports, or has not as many on either side: what can be said without its gateway.
pub fn must_map(input: &DnatInput) -> Result<(), Fault> {
    let protocol = input.protocol.unwrap_or(Protocol::All);
    mapping(protocol, input.public_ports, input.private_ports).map(drop)
}

/// The ports of a rule; all protocols have none.
fn mapping(
    protocol: Protocol,
    public: Option<Span>,
    private: Option<Span>,
) -> Result<Option<Mapping>, Fault> {
    if protocol == Protocol::All {
        return Ok(None);
    }
    let public = public.ok_or(Refusal::PublicPorts)?;
    let private = private.ok_or(Refusal::PrivatePorts)?;
    let many = |((first, last), _): Span| last - first;
    match many(public) == many(private) {
        true => Ok(Some(Mapping { public, private })),
        false => Err(Refusal::PrivatePorts.into()),
    }
}

/// Refuses a rule beside another one for the same packets: only those of its public address can be.
fn must_be_free(tx: &mut Tx<'_>, it: &DnatRule) -> Result<(), Fault> {
    for (from, role) in tx.holders(&it.address, usize::MAX)? {
        if role != BY_RULE || from == it.head.id {
            continue;
        }
        if let Some(other) = tx.any::<DnatRule>(&from)?
            && it.meets(&other)
        {
            return Err(Refusal::DestinationTaken.into());
        }
    }
    Ok(())
}

/// What of a rule goes into its row.
pub(crate) fn planned(it: &DnatRule) -> Option<row::DnatRule> {
    Some(row::DnatRule {
        gateway: it.gateway().to_owned(),
        address: it.address.clone(),
        private: it.private,
        protocol: it.protocol.number(),
        ports: it.ports.map(|ports| (ports.public.0, ports.private.0)),
    })
}
