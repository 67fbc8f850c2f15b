//! Rules of a mirror filter, in the order of their priorities.

use serde::{Deserialize, Serialize};
use vpcd_store::claim;

use crate::condition;
use crate::context::Context;
use crate::fault::Fault;
use crate::mirror::MirrorFilter;
use crate::resource::{Head, Kind, Resource};
use crate::tx::Tx;

/// Which way packets go, as the mirrored port sees it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Direction {
    /// Into the port.
    Ingress,
    /// Out of the port.
    Egress,
}

/// A rule of a filter.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct MirrorRule {
    /// Head; the parent is the filter.
    pub head: Head,
    /// Which way the packets go.
    pub direction: Direction,
    /// What it picks, and what happens then.
    pub spec: Spec,
}

/// What a rule picks; an empty text means any.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Spec {
    /// Free text.
    pub description: String,
    /// Place among the rules of the filter for this direction, the lowest first; unique there.
    pub priority: u16,
    /// Whether packets are copied; otherwise they are not, and no later rule is asked.
    pub accept: bool,
    /// IPv6 rather than IPv4.
    pub ipv6: bool,
    /// Protocol, as it was written: TCP, UDP, ICMP, ICMPV6 or ALL in letters of any case.
    pub protocol: String,
    /// Block of the sender.
    pub source: String,
    /// Block of the receiver.
    pub destination: String,
    /// Ports of the sender, such as `80-200`.
    pub source_ports: String,
    /// Ports of the receiver.
    pub destination_ports: String,
}

impl Resource for MirrorRule {
    const KIND: Kind = Kind::MirrorRule;

    fn head(&self) -> &Head {
        &self.head
    }

    fn head_mut(&mut self) -> &mut Head {
        &mut self.head
    }
}

impl MirrorRule {
    /// The filter's id.
    pub fn filter(&self) -> &str {
        self.head.parent.as_deref().unwrap_or_default()
    }

    fn place(&self) -> (String, String) {
        (
            places(self.filter(), self.direction),
            format!("{:05}", self.spec.priority),
        )
    }
}

impl Spec {
    /// Whether its protocol has ports.
    pub fn has_ports(&self) -> bool {
        let is = |word: &str| self.protocol.eq_ignore_ascii_case(word);
        is("tcp") || is("udp")
    }

    /// Refuses a protocol of the other family.
    fn must_agree(&self) -> Result<(), Fault> {
        let is = |word: &str| self.protocol.eq_ignore_ascii_case(word);
        match (is("icmp") && self.ipv6) || (is("icmpv6") && !self.ipv6) {
            true => Err(Fault::invalid(
                "ethertype",
                "the protocol is of the other family",
            )),
            false => Ok(()),
        }
    }
}

/// Adds a rule to a filter.
pub fn create(
    tx: &mut Tx<'_>,
    cx: &mut Context<'_>,
    filter: &str,
    direction: Direction,
    spec: Spec,
) -> Result<MirrorRule, Fault> {
    condition::standing(tx, cx, false)?;
    spec.must_agree()?;
    tx.get::<MirrorFilter>(&cx.caller.project, filter)?;
    condition::backend_writes(tx, cx)?;
    let rule = MirrorRule {
        head: Head::new::<MirrorRule>(cx, Some(filter)).settled(),
        direction,
        spec,
    };
    take_place(tx, &rule)?;
    tx.insert(&rule)?;
    Ok(rule)
}

/// Changes a rule: `change` turns what it is into what it shall be.
pub fn update(
    tx: &mut Tx<'_>,
    cx: &mut Context<'_>,
    id: &str,
    change: impl Fn(Spec) -> Result<Spec, Fault>,
) -> Result<MirrorRule, Fault> {
    let mut rule: MirrorRule = tx.get(&cx.caller.project, id)?;
    condition::backend_writes(tx, cx)?;
    let spec = change(rule.spec.clone())?;
    spec.must_agree()?;
    let (space, key) = rule.place();
    let moved = spec.priority != rule.spec.priority;
    rule.spec = spec;
    if moved {
        claim::release(tx.rows(), &space, &key)?;
        take_place(tx, &rule)?;
    }
    tx.update(cx, &mut rule)?;
    Ok(rule)
}

/// Takes a rule out of its filter.
pub fn delete(tx: &mut Tx<'_>, cx: &mut Context<'_>, id: &str) -> Result<(), Fault> {
    let rule: MirrorRule = tx.get(&cx.caller.project, id)?;
    condition::backend_writes(tx, cx)?;
    tx.remove(&rule)
}

/// The rules of a filter for one direction, in the order in which they are asked.
pub fn ordered(
    tx: &mut Tx<'_>,
    filter: &str,
    direction: Direction,
) -> Result<Vec<MirrorRule>, Fault> {
    let rows = claim::list(tx.rows(), &places(filter, direction), None, i64::MAX)?;
    let rules = rows.iter().map(|row| tx.any::<MirrorRule>(&row.owner));
    rules.filter_map(Result::transpose).collect()
}

fn take_place(tx: &mut Tx<'_>, rule: &MirrorRule) -> Result<(), Fault> {
    let (space, key) = rule.place();
    if let Some(id) = claim::holder(tx.rows(), &space, &key)? {
        return Err(Fault::Duplicate {
            kind: Kind::MirrorRule,
            id,
        });
    }
    claim::take(tx.rows(), &space, &key, &rule.head.id)?;
    Ok(())
}

fn places(filter: &str, direction: Direction) -> String {
    let word = match direction {
        Direction::Ingress => "ingress",
        Direction::Egress => "egress",
    };
    format!("mirror/{filter}/{word}")
}
