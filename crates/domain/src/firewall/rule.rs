//! Rules of firewalls: what they say, and the addresses and groups that they name.

use serde::{Deserialize, Serialize};
use vpcd_store::claim;

use super::packet::{self, Block};
use super::{address_space, policy};
use crate::condition;
use crate::context::Context;
use crate::fault::{Fault, Holder};
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
    /// Family of addresses: 4 or 6.
    pub ip_version: u8,
    /// `any`, `tcp`, `udp`, `icmp`, `icmpv6` or a number, spelt as its maker did.
    pub protocol: String,
    /// Whether it lets packets pass; else it drops them.
    pub allow: bool,
    /// Whether its maker wrote the action in capitals, and reads it so.
    #[serde(default)]
    pub capitals: bool,
    /// Where packets come from.
    pub source: Peer,
    /// Where they go.
    pub destination: Peer,
    /// Source ports such as `22,80-90`; empty for all.
    pub source_port: String,
    /// Destination ports; empty for all.
    pub destination_port: String,
    /// Whether it counts.
    pub enabled: bool,
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
    /// 4 or 6.
    pub ip_version: i64,
    /// `any`, a name or a number.
    pub protocol: String,
    /// Whether packets pass.
    pub allow: bool,
    /// Whether the action was written in capitals.
    pub capitals: bool,
    /// Where packets come from.
    pub source: Peer,
    /// Where they go.
    pub destination: Peer,
    /// Source ports.
    pub source_port: String,
    /// Destination ports.
    pub destination_port: String,
    /// Whether it counts.
    pub enabled: bool,
}

/// Input of [`update`]; absent fields stay.
#[derive(Clone, Debug, Default)]
pub struct RuleChange {
    /// New name.
    pub name: Option<String>,
    /// New description.
    pub description: Option<String>,
    /// New family.
    pub ip_version: Option<i64>,
    /// New protocol.
    pub protocol: Option<String>,
    /// New action, and whether it was written in capitals.
    pub action: Option<(bool, bool)>,
    /// New source.
    pub source: Option<Peer>,
    /// New destination.
    pub destination: Option<Peer>,
    /// New source ports.
    pub source_port: Option<String>,
    /// New destination ports.
    pub destination_port: Option<String>,
    /// New switch.
    pub enabled: Option<bool>,
}

/// Most port ranges of one side of a rule.
const PORT_RANGES: usize = 20;

impl Resource for FirewallRule {
    const KIND: Kind = Kind::FirewallRule;

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
        ip_version: family(new.ip_version)?,
        protocol: new.protocol,
        allow: new.allow,
        capitals: new.capitals,
        source: new.source,
        destination: new.destination,
        source_port: new.source_port,
        destination_port: new.destination_port,
        enabled: new.enabled,
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
    apply(&mut rule, change)?;
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

fn apply(rule: &mut FirewallRule, change: RuleChange) -> Result<(), Fault> {
    if let Some(version) = change.ip_version {
        rule.ip_version = family(version)?;
    }
    if let Some((allow, capitals)) = change.action {
        (rule.allow, rule.capitals) = (allow, capitals);
    }
    rule.enabled = change.enabled.unwrap_or(rule.enabled);
    for (field, new) in [
        (&mut rule.name, change.name),
        (&mut rule.description, change.description),
        (&mut rule.protocol, change.protocol),
        (&mut rule.source_port, change.source_port),
        (&mut rule.destination_port, change.destination_port),
    ] {
        if let Some(new) = new {
            *field = new;
        }
    }
    for (side, new) in [
        (&mut rule.source, change.source),
        (&mut rule.destination, change.destination),
    ] {
        if let Some(new) = new {
            *side = new;
        }
    }
    Ok(())
}

fn family(version: i64) -> Result<u8, Fault> {
    match version {
        4 => Ok(4),
        6 => Ok(6),
        _ => Err(Fault::invalid("ip_version", "neither 4 nor 6")),
    }
}

/// Whether the parts of a rule are legal and go together.
fn judge(tx: &mut Tx<'_>, cx: &Context<'_>, rule: &FirewallRule) -> Result<(), Fault> {
    let number =
        packet::protocol(&rule.protocol).map_err(|()| Fault::invalid("protocol", "no protocol"))?;
    let other_family = match rule.ip_version {
        4 => packet::ICMPV6,
        _ => packet::ICMP,
    };
    if number == Some(other_family) {
        return Err(Fault::invalid("protocol", "of the other family"));
    }
    let has_ports = matches!(number, Some(packet::TCP | packet::UDP));
    for (field, text) in [
        ("source_port", &rule.source_port),
        ("destination_port", &rule.destination_port),
    ] {
        let ranges =
            packet::ports(text).ok_or_else(|| Fault::invalid(field, "not a list of ports"))?;
        if ranges.len() > PORT_RANGES || (!ranges.is_empty() && !has_ports) {
            return Err(Fault::invalid(field, "too many, or not of tcp or udp"));
        }
    }
    for (field, side) in [
        ("source_ip_address", &rule.source),
        ("destination_ip_address", &rule.destination),
    ] {
        match side {
            Peer::Any => {}
            Peer::Block(text) => {
                let version = Block::parse(text).map(Block::version);
                if version != Some(rule.ip_version) {
                    return Err(Fault::invalid(field, "not a block of the family"));
                }
            }
            Peer::Group(id) => group_exists(tx, cx, id)?,
        }
    }
    Ok(())
}

fn group_exists(tx: &mut Tx<'_>, cx: &Context<'_>, id: &str) -> Result<(), Fault> {
    let row = vpcd_store::resource::get(tx.rows(), Kind::AddressGroup.word(), id)?;
    match row.is_some_and(|row| row.project == cx.caller.project) {
        true => Ok(()),
        false => Err(Fault::NotFound {
            kind: Kind::AddressGroup,
            id: id.to_owned(),
        }),
    }
}

/// The keys under which the addresses that the rule names are claimed: an address that is named is not given back.
fn address_keys(rule: &FirewallRule) -> Vec<String> {
    [&rule.source, &rule.destination]
        .into_iter()
        .filter_map(|side| Block::parse(side.block()?)?.only())
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
pub(super) mod tests {
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
            ip_version: if source.contains(':') { 6 } else { 4 },
            protocol: "tcp".to_owned(),
            allow: true,
            capitals: false,
            source: Peer::Block(source.to_owned()),
            destination: Peer::Any,
            source_port: String::new(),
            destination_port: ports.to_owned(),
            enabled: true,
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
