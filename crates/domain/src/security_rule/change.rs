//! Changes of rules, and the rule that says what somebody describes.

use vpcd_net::{Ports, Prefix};

use super::{Action, NewRule, Remote, SecurityRule, check, claims, renew};
use crate::condition;
use crate::context::Context;
use crate::fault::Fault;
use crate::protocol;
use crate::resource::Kind;
use crate::tx::Tx;

/// Validated input of [`update`]; absent fields stay.
#[derive(Clone, Debug, Default)]
pub struct RuleChange {
    /// New protocol; `Some(None)` means any.
    pub protocol: Option<Option<String>>,
    /// New destination ports.
    pub ports: Option<Ports>,
    /// New source ports.
    pub source_ports: Option<Ports>,
    /// New far end.
    pub remote: Option<Remote>,
    /// New addresses of the port itself; `Some(None)` means all.
    pub local: Option<Option<Prefix>>,
    /// What it shall do.
    pub action: Option<Action>,
    /// New priority.
    pub priority: Option<u16>,
    /// New text.
    pub description: Option<String>,
}

/// The protocols that have ports, between which a rule may change.
const WITH_PORTS: [u8; 2] = [6, 17];

impl SecurityRule {
    /// What it says.
    pub(super) fn said(&self) -> NewRule {
        NewRule {
            direction: self.direction,
            family: self.family,
            protocol: self.protocol.clone(),
            ports: self.ports.clone(),
            icmp: self.icmp,
            remote: self.remote.clone(),
            source_ports: self.source_ports.clone(),
            local: self.local,
            action: self.action,
            priority: self.priority,
            enabled: self.enabled,
            description: self.description.clone(),
        }
    }

    fn apply(&mut self, change: RuleChange) {
        if let Some(protocol) = change.protocol {
            self.protocol = protocol;
        }
        if let Some(ports) = change.ports {
            self.ports = ports;
        }
        if let Some(ports) = change.source_ports {
            self.source_ports = ports;
        }
        if let Some(remote) = change.remote {
            self.remote = remote;
        }
        if let Some(local) = change.local {
            self.local = local;
        }
        if let Some(action) = change.action {
            self.action = action;
        }
        if let Some(priority) = change.priority {
            self.priority = priority;
        }
        if let Some(description) = change.description {
            self.description = description;
        }
    }
}

/// Changes a rule; direction and family stay, and what speaks of ports does not become ICMP.
pub fn update(
    tx: &mut Tx<'_>,
    cx: &mut Context<'_>,
    id: &str,
    change: RuleChange,
) -> Result<SecurityRule, Fault> {
    let mut rule: SecurityRule = tx.get(&cx.caller.project, id)?;
    let before = rule.clone();
    rule.apply(change);
    let had_ports = before
        .protocol_number()
        .is_some_and(|it| WITH_PORTS.contains(&it));
    if had_ports && rule.protocol_number().is_some_and(protocol::is_icmp) {
        return Err(Fault::invalid(
            "protocol",
            "a rule of ports is none of ICMP",
        ));
    }
    let bare = rule.ports.is_all() && rule.source_ports.is_all();
    if !bare && !rule.protocol_number().is_some_and(protocol::has_ports) {
        return Err(Fault::invalid("ports", "the protocol has none"));
    }
    let said = rule.said();
    check(tx, cx, &said)?;
    let other = claims::equal(tx, cx, rule.group(), &said)?;
    if let Some(id) = other.filter(|other| other != id) {
        return Err(Fault::Duplicate {
            kind: Kind::SecurityRule,
            id,
        });
    }
    condition::backend_writes(tx, cx)?;
    claims::release(tx, &before)?;
    claims::take(tx, &rule)?;
    claims::hand_on(tx, &before)?;
    tx.change(cx, &mut rule)?;
    renew(tx, rule.group())?;
    Ok(rule)
}

/// The rule of a group that says this; one without a text means whichever text it has.
pub fn equal(
    tx: &mut Tx<'_>,
    cx: &Context<'_>,
    group: &str,
    said: &NewRule,
) -> Result<SecurityRule, Fault> {
    let missing = || Fault::NotFound {
        kind: Kind::SecurityRule,
        id: String::new(),
    };
    let mut id = claims::equal(tx, cx, group, said)?;
    if id.is_none() && said.description.is_empty() {
        id = claims::alike(tx, group, said)?;
    }
    let id = id.ok_or_else(missing)?;
    tx.get(&cx.caller.project, &id)
}
