//! Rules that divide a shared bandwidth among groups of its addresses.

use serde::{Deserialize, Serialize};

use crate::bandwidth::{self, Bandwidth};
use crate::condition;
use crate::context::Context;
use crate::fault::Fault;
use crate::resource::Kind;
use crate::tx::Tx;

/// A rule of a shared bandwidth.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct BandwidthRule {
    /// UUID.
    pub id: String,
    /// Name.
    pub name: String,
    /// Free text.
    #[serde(default)]
    pub description: String,
    /// Most that its addresses send together, in Mbit/s; 0 for all that the bandwidth has.
    pub egress: u32,
    /// What they get in any case, in Mbit/s.
    pub guaranteed: u32,
    /// Its public addresses, by id; none is in two rules.
    pub addresses: Vec<String>,
}

/// Validated input of [`create`].
#[derive(Clone, Debug)]
pub struct NewBandwidthRule {
    /// Name.
    pub name: String,
    /// Free text.
    pub description: String,
    /// Most that its addresses send together, in Mbit/s; 0 for all that the bandwidth has.
    pub egress: u32,
    /// What they get in any case, in Mbit/s.
    pub guaranteed: u32,
    /// Its public addresses, by id.
    pub addresses: Vec<String>,
}

/// Adds a rule to a shared bandwidth.
pub fn create(
    tx: &mut Tx<'_>,
    cx: &mut Context<'_>,
    id: &str,
    new: NewBandwidthRule,
) -> Result<BandwidthRule, Fault> {
    let mut bandwidth: Bandwidth = tx.get(&cx.caller.project, id)?;
    let unsuitable = |reason| Fault::Unsuitable {
        kind: Kind::Bandwidth,
        id: id.to_owned(),
        reason,
    };
    if !bandwidth.shared {
        return Err(unsuitable("it belongs to one address"));
    }
    bandwidth.must_take_changes()?;
    refuse_sizes(&bandwidth, &new)?;
    refuse_addresses(tx, &bandwidth, &new)?;
    condition::backend_writes(tx, cx)?;
    let rule = BandwidthRule {
        id: cx.ids.uuid(),
        name: new.name,
        description: new.description,
        egress: new.egress,
        guaranteed: new.guaranteed,
        addresses: new.addresses,
    };
    bandwidth.rules.push(rule.clone());
    tx.update(cx, &mut bandwidth)?;
    for address in bandwidth::addresses(tx, &bandwidth)? {
        tx.mark_dirty(&address.head)?;
    }
    Ok(rule)
}

/// Takes addresses that leave the bandwidth out of its rules, with the rules that are left empty; whether there were any.
pub fn forget(bandwidth: &mut Bandwidth, addresses: &[String]) -> bool {
    let held = |rule: &BandwidthRule| rule.addresses.iter().any(|id| addresses.contains(id));
    let any = bandwidth.rules.iter().any(held);
    for rule in &mut bandwidth.rules {
        rule.addresses.retain(|id| !addresses.contains(id));
    }
    bandwidth.rules.retain(|rule| !rule.addresses.is_empty());
    any
}

/// Refuses a size that its rules no longer fit into.
pub fn must_fit(bandwidth: &Bandwidth) -> Result<(), Fault> {
    let sent = bandwidth.rules.iter().map(|rule| rule.egress).max();
    let most = sent.unwrap_or(0).max(promised(bandwidth));
    match most > bandwidth.size {
        true => Err(Fault::invalid("size", "less than its rules have")),
        false => Ok(()),
    }
}

/// What the rules of a bandwidth are guaranteed together.
fn promised(bandwidth: &Bandwidth) -> u32 {
    let rules = bandwidth.rules.iter();
    rules.fold(0, |sum, rule| sum.saturating_add(rule.guaranteed))
}

/// A rule sends no more than the bandwidth, and all rules together are guaranteed no more than it.
fn refuse_sizes(bandwidth: &Bandwidth, new: &NewBandwidthRule) -> Result<(), Fault> {
    if new.egress > bandwidth.size {
        return Err(Fault::invalid("egress_size", "more than the bandwidth has"));
    }
    let most = match new.egress {
        0 => bandwidth.size,
        egress => egress,
    };
    if new.guaranteed > most.min(bandwidth.size.saturating_sub(promised(bandwidth))) {
        let reason = "more than the rule sends, or than the bandwidth has left to promise";
        return Err(Fault::invalid("egress_guarented_size", reason));
    }
    Ok(())
}

fn refuse_addresses(
    tx: &mut Tx<'_>,
    bandwidth: &Bandwidth,
    new: &NewBandwidthRule,
) -> Result<(), Fault> {
    let inside = bandwidth::addresses(tx, bandwidth)?;
    let mut taken: Vec<&String> = bandwidth
        .rules
        .iter()
        .flat_map(|it| &it.addresses)
        .collect();
    for id in &new.addresses {
        if !inside.iter().any(|it| it.head.id == *id) {
            return Err(Fault::NotFound {
                kind: Kind::PublicIp,
                id: id.clone(),
            });
        }
        if taken.contains(&id) {
            return Err(Fault::Duplicate {
                kind: Kind::PublicIp,
                id: id.clone(),
            });
        }
        taken.push(id);
    }
    Ok(())
}
