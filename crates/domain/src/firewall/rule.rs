//! Rules of firewalls: what they say, and the addresses and groups that they name.

use serde::{Deserialize, Serialize};
use vpcd_net::{Family, Ports, Prefix};
use vpcd_store::claim;

use super::{address_space, policy};
use crate::address_group::AddressGroup;
use crate::condition;
use crate::context::Context;
use crate::fault::{Fault, Holder};
use crate::protocol;
use crate::resource::{Head, Kind, Resource};
use crate::tx::Tx;

/// What a rule says about packets that fit it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct FirewallRule {
    /// Head; the parent is the policy that it was made in and goes with, if any.
    pub head: Head,
    /// Name, may be empty.
    pub name: String,
    /// Free text.
    pub description: String,
    /// Which addresses.
    pub family: Family,
    /// Word or number of the protocol, spelt as its maker did; absent means any.
    pub protocol: Option<String>,
    /// Whether it lets packets pass; else it drops them.
    pub allow: bool,
    /// Whether its maker wrote the action in capitals, and reads it so.
    #[serde(default)]
    pub capitals: bool,
    /// Where packets come from.
    pub source: Peer,
    /// Where they go.
    pub destination: Peer,
    /// Source ports.
    pub source_port: Ports,
    /// Destination ports.
    pub destination_port: Ports,
    /// Whether it counts.
    pub enabled: bool,
    /// Where it stands in the list of a subnet, where those go by numbers.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub position: Option<u32>,
}

/// One side of a rule.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Peer {
    /// Everybody.
    #[default]
    Any,
    /// An address or a block, spelt as its maker did.
    Block(String),
    /// An address group, by id.
    Group(String),
}

/// Input of [`create`], judged there.
#[derive(Clone, Debug)]
pub struct NewRule {
    /// Name.
    pub name: String,
    /// Free text.
    pub description: String,
    /// Which addresses.
    pub family: Family,
    /// Word or number of the protocol; absent means any.
    pub protocol: Option<String>,
    /// Whether packets pass.
    pub allow: bool,
    /// Whether the action was written in capitals.
    pub capitals: bool,
    /// Where packets come from.
    pub source: Peer,
    /// Where they go.
    pub destination: Peer,
    /// Source ports.
    pub source_port: Ports,
    /// Destination ports.
    pub destination_port: Ports,
    /// Whether it counts.
    pub enabled: bool,
    /// Where it stands in the list of a subnet, where those go by numbers.
    pub position: Option<u32>,
}

/// Input of [`update`]; absent fields stay.
#[derive(Clone, Debug, Default)]
pub struct RuleChange {
    /// New name.
    pub name: Option<String>,
    /// New description.
    pub description: Option<String>,
    /// New family.
    pub family: Option<Family>,
    /// New protocol; `Some(None)` means any.
    pub protocol: Option<Option<String>>,
    /// New action, and whether it was written in capitals.
    pub action: Option<(bool, bool)>,
    /// New source.
    pub source: Option<Peer>,
    /// New destination.
    pub destination: Option<Peer>,
    /// New source ports.
    pub source_port: Option<Ports>,
    /// New destination ports.
    pub destination_port: Option<Ports>,
    /// New switch.
    pub enabled: Option<bool>,
    /// New place.
    pub position: Option<u32>,
}

impl Resource for FirewallRule {
    const KIND: Kind = Kind::FirewallRule;
    const ALIAS: Option<&'static str> = Some("ar-");

    fn head(&self) -> &Head {
        &self.head
    }

    fn head_mut(&mut self) -> &mut Head {
        &mut self.head
    }

    fn edges(&self) -> Vec<(&'static str, String)> {
        [("source", &self.source), ("destination", &self.destination)]
            .into_iter()
            .filter_map(|(role, peer)| Some((role, peer.group()?.to_owned())))
            .collect()
    }
}

impl FirewallRule {
    /// The number of its protocol; nothing means any.
    pub fn protocol_number(&self) -> Option<u8> {
        protocol::number(&self.protocol.as_deref()?.to_ascii_lowercase(), self.family)
    }
}

impl Peer {
    /// The address group.
    pub fn group(&self) -> Option<&str> {
        match self {
            Peer::Group(id) => Some(id),
            _ => None,
        }
    }

    /// The address or block.
    pub fn block(&self) -> Option<&str> {
        match self {
            Peer::Block(text) => Some(text),
            _ => None,
        }
    }
}

/// Creates a rule; with a policy it goes when it leaves that policy.
pub fn create(
    tx: &mut Tx<'_>,
    cx: &mut Context<'_>,
    policy: Option<&str>,
    new: NewRule,
) -> Result<FirewallRule, Fault> {
    condition::standing(tx, cx, false)?;
    condition::backend_writes(tx, cx)?;
    let rule = FirewallRule {
        head: Head::new::<FirewallRule>(cx, policy).settled(),
        name: new.name,
        description: new.description,
        family: new.family,
        protocol: new.protocol,
        allow: new.allow,
        capitals: new.capitals,
        source: new.source,
        destination: new.destination,
        source_port: new.source_port,
        destination_port: new.destination_port,
        enabled: new.enabled,
        position: new.position,
    };
    judge(tx, cx, &rule)?;
    tx.insert(&rule)?;
    claim_addresses(tx, &rule)?;
    Ok(rule)
}

/// Changes a rule, and with it every firewall that goes by it.
pub fn update(
    tx: &mut Tx<'_>,
    cx: &mut Context<'_>,
    id: &str,
    change: RuleChange,
) -> Result<FirewallRule, Fault> {
    condition::backend_writes(tx, cx)?;
    let before: FirewallRule = tx.get(&cx.caller.project, id)?;
    let mut rule = before.clone();
    apply(&mut rule, change);
    judge(tx, cx, &rule)?;
    release_addresses(tx, &before)?;
    tx.update(cx, &mut rule)?;
    claim_addresses(tx, &rule)?;
    policy::touch_holders(tx, cx, id)?;
    Ok(rule)
}

/// Deletes a rule that no policy has.
pub fn delete(tx: &mut Tx<'_>, cx: &mut Context<'_>, id: &str) -> Result<(), Fault> {
    let rule: FirewallRule = tx.get(&cx.caller.project, id)?;
    if !tx.holders(id, 1)?.is_empty() {
        return Err(Fault::InUse {
            kind: Kind::FirewallRule,
            id: id.to_owned(),
            by: Holder::Firewall,
        });
    }
    condition::backend_writes(tx, cx)?;
    tx.remove(&rule)
}

/// Deletes a rule with its places in policies.
pub fn purge(tx: &mut Tx<'_>, cx: &Context<'_>, rule: &FirewallRule) -> Result<(), Fault> {
    policy::forget(tx, cx, &rule.head.id)?;
    tx.remove(rule)
}

fn apply(rule: &mut FirewallRule, change: RuleChange) {
    if let Some((allow, capitals)) = change.action {
        (rule.allow, rule.capitals) = (allow, capitals);
    }
    set(&mut rule.name, change.name);
    set(&mut rule.description, change.description);
    set(&mut rule.family, change.family);
    set(&mut rule.protocol, change.protocol);
    set(&mut rule.source, change.source);
    set(&mut rule.destination, change.destination);
    set(&mut rule.source_port, change.source_port);
    set(&mut rule.destination_port, change.destination_port);
    set(&mut rule.enabled, change.enabled);
    rule.position = change.position.or(rule.position);
}

fn set<T>(field: &mut T, new: Option<T>) {
    if let Some(new) = new {
        *field = new;
    }
}

/// Whether the parts of a rule are legal and go together.
fn judge(tx: &mut Tx<'_>, cx: &Context<'_>, rule: &FirewallRule) -> Result<(), Fault> {
    let number = rule.protocol_number();
    let of_v6 = rule
        .protocol
        .as_deref()
        .is_some_and(|word| word.eq_ignore_ascii_case("icmpv6"));
    if rule.protocol.is_some() && number.is_none() || of_v6 && rule.family == Family::V4 {
        return Err(Fault::invalid("protocol", "no protocol of the family"));
    }
    for (field, ports) in [
        ("source_port", &rule.source_port),
        ("destination_port", &rule.destination_port),
    ] {
        if !ports.is_all() && !number.is_some_and(protocol::has_ports) {
            return Err(Fault::invalid(field, "the protocol has no ports"));
        }
    }
    for (field, side) in [
        ("source_ip_address", &rule.source),
        ("destination_ip_address", &rule.destination),
    ] {
        match side {
            Peer::Any => {}
            Peer::Block(text) => {
                let block = text.parse::<Prefix>();
                if block.is_ok_and(|block| block.family() == rule.family) {
                    continue;
                }
                return Err(Fault::invalid(field, "not a block of the family"));
            }
            Peer::Group(id) => {
                let group: AddressGroup = tx.get(&cx.caller.project, id)?;
                if group.family != rule.family {
                    return Err(Fault::Unsuitable {
                        kind: Kind::AddressGroup,
                        id: id.clone(),
                        reason: "its addresses are not of the rule's ip_version",
                    });
                }
            }
        }
    }
    Ok(())
}

/// The keys under which the addresses that the rule names are claimed: an address that is named is not given back.
fn address_keys(rule: &FirewallRule) -> Vec<String> {
    let only = |side: &Peer| {
        let block: Prefix = side.block()?.parse().ok()?;
        block.is_one().then(|| block.span().first())
    };
    [&rule.source, &rule.destination]
        .into_iter()
        .filter_map(only)
        .map(|address| format!("{address}/{}", rule.head.id))
        .collect()
}

fn claim_addresses(tx: &mut Tx<'_>, rule: &FirewallRule) -> Result<(), Fault> {
    let space = address_space(&rule.head.project);
    for key in address_keys(rule) {
        claim::take(tx.rows(), &space, &key, &rule.head.id)?;
    }
    Ok(())
}

fn release_addresses(tx: &mut Tx<'_>, rule: &FirewallRule) -> Result<(), Fault> {
    let space = address_space(&rule.head.project);
    for key in address_keys(rule) {
        claim::release(tx.rows(), &space, &key)?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A rule that lets TCP of a block to some ports pass.
    pub fn rule(name: &str, source: &str, ports: &str) -> FirewallRule {
        let head = serde_json::json!({
            "id": name, "project": "p", "parent": null, "target": "", "generation": 1, "observed": 1,
            "lifecycle": "live", "version": 1, "created": "2026-01-01T00:00:00Z", "updated": "2026-01-01T00:00:00Z",
        });
        FirewallRule {
            head: serde_json::from_value(head).unwrap(),
            name: name.to_owned(),
            description: String::new(),
            family: Family::V4,
            protocol: Some("tcp".to_owned()),
            allow: true,
            capitals: false,
            source: Peer::Block(source.to_owned()),
            destination: Peer::Any,
            source_port: Ports::default(),
            destination_port: ports.parse().unwrap(),
            enabled: true,
            position: None,
        }
    }

    #[test]
    fn single_addresses_are_claimed_once_per_rule() {
        let mut it = rule("r", "1.2.3.4", "");
        it.destination = Peer::Block("5.6.7.8/32".to_owned());
        assert_eq!(address_keys(&it), ["1.2.3.4/r", "5.6.7.8/r"]);
        it.source = Peer::Block("1.2.3.0/24".to_owned());
        it.destination = Peer::Any;
        assert!(address_keys(&it).is_empty());
    }
}
