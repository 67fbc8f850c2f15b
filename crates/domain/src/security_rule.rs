//! Rules of security groups: what they let in and out.

use serde::{Deserialize, Serialize};
use vpcd_net::{Family, Ports, Prefix};

use crate::condition;
use crate::context::Context;
use crate::fault::Fault;
use crate::protocol;
use crate::resource::{Counted, Head, Kind, Resource};
use crate::security_group::SecurityGroup;
use crate::tx::Tx;

mod change;
mod check;
mod claims;

pub use change::{RuleChange, equal, update};
use check::{check, take_quota};
pub(crate) use claims::take as claim_words;
pub use claims::with_remote;

/// Which way the packets go that a rule judges, seen from the port.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Direction {
    /// To the port.
    Ingress,
    /// From the port.
    Egress,
}

/// What a rule does with the packets it matches.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Action {
    /// Lets them pass.
    Allow,
    /// Drops them.
    Deny,
}

/// Messages of ICMP that a rule means: of one type, and of one code where it says so.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Icmp {
    /// Type.
    pub kind: u8,
    /// Code; absent means any.
    pub code: Option<u8>,
}

/// The far end of the connections that a rule judges.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Remote {
    /// Everybody.
    Any,
    /// A block.
    Prefix(Prefix),
    /// The ports of a security group, by its id.
    Group(String),
    /// The addresses of an address group, by its id.
    AddressGroup(String),
    /// The addresses of the address groups of a bundle, by its id.
    AddressBundle(String),
}

/// One rule of a security group.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct SecurityRule {
    /// Head; the parent is the security group.
    pub head: Head,
    /// Which way.
    pub direction: Direction,
    /// Which addresses.
    pub family: Family,
    /// Word or number of the protocol, as it was written; absent means any.
    pub protocol: Option<String>,
    /// Destination ports.
    pub ports: Ports,
    /// Messages, where the protocol is ICMP; absent means all.
    pub icmp: Option<Icmp>,
    /// The far end.
    pub remote: Remote,
    /// Source ports.
    #[serde(default)]
    pub source_ports: Ports,
    /// The addresses of the port itself that it is about; all when absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub local: Option<Prefix>,
    /// What it does.
    pub action: Action,
    /// From 1; the lower number decides first.
    pub priority: u16,
    /// A rule that is off judges nothing.
    pub enabled: bool,
    /// Free text.
    pub description: String,
}

/// Validated input of [`create`].
#[derive(Clone, Debug)]
pub struct NewRule {
    /// Which way.
    pub direction: Direction,
    /// Which addresses.
    pub family: Family,
    /// Protocol; [`protocol::number`] knows it.
    pub protocol: Option<String>,
    /// Destination ports.
    pub ports: Ports,
    /// Messages of ICMP.
    pub icmp: Option<Icmp>,
    /// The far end.
    pub remote: Remote,
    /// Source ports.
    pub source_ports: Ports,
    /// The addresses of the port itself that it is about.
    pub local: Option<Prefix>,
    /// What it does.
    pub action: Action,
    /// From 1.
    pub priority: u16,
    /// On or off.
    pub enabled: bool,
    /// Free text.
    pub description: String,
}

impl NewRule {
    /// A rule of the highest priority that lets everything of a family pass.
    pub fn allow(direction: Direction, family: Family, remote: Remote) -> NewRule {
        NewRule {
            direction,
            family,
            protocol: None,
            ports: Ports::default(),
            icmp: None,
            remote,
            source_ports: Ports::default(),
            local: None,
            action: Action::Allow,
            priority: 1,
            enabled: true,
            description: String::new(),
        }
    }

    /// What makes it the same rule as another of its group: everything but its text and whether it is on.
    fn canonical(&self) -> String {
        let protocol = self.protocol.as_deref();
        let protocol = protocol.and_then(|word| protocol::number(word, self.family));
        let number = |n: Option<u8>| n.map(|n| n.to_string()).unwrap_or_default();
        format!(
            "{:?}/{:?}/{}/{}/{}.{}/{:?}/{}/{}{}",
            self.direction,
            self.family,
            number(protocol),
            self.ports.normal(),
            number(self.icmp.map(|icmp| icmp.kind)),
            number(self.icmp.and_then(|icmp| icmp.code)),
            self.action,
            self.priority,
            self.remote.key().unwrap_or_default(),
            self.narrowed(),
        )
    }

    /// What else narrows it, where it says so: few rules do.
    fn narrowed(&self) -> String {
        match (self.source_ports.is_all(), self.local) {
            (true, None) => String::new(),
            (_, local) => {
                let local = local.map(|it| it.to_string()).unwrap_or_default();
                format!("/{}/{local}", self.source_ports.normal())
            }
        }
    }
}

impl Remote {
    /// Its text, when it is not everybody: an id or a block.
    pub fn key(&self) -> Option<String> {
        match self {
            Remote::Any => None,
            Remote::Prefix(prefix) => Some(prefix.to_string()),
            Remote::Group(id) | Remote::AddressGroup(id) | Remote::AddressBundle(id) => {
                Some(id.clone())
            }
        }
    }
}

impl Resource for SecurityRule {
    const KIND: Kind = Kind::SecurityRule;
    const ALIAS: Option<&'static str> = Some("r-");

    fn head(&self) -> &Head {
        &self.head
    }

    fn head_mut(&mut self) -> &mut Head {
        &mut self.head
    }

    fn counted(&self) -> bool {
        true
    }

    fn counted_at(&self) -> Vec<Counted> {
        let named = match &self.remote {
            Remote::AddressGroup(id) | Remote::AddressBundle(id) => Some(id.clone()),
            Remote::Any | Remote::Prefix(_) | Remote::Group(_) => None,
        };
        let counted = named.map(|scope| Counted {
            word: NAMING,
            scope,
            by: self.head.parent.clone(),
        });
        counted.into_iter().collect()
    }

    fn edges(&self) -> Vec<(&'static str, String)> {
        match &self.remote {
            Remote::Group(id) => vec![("remote_group", id.clone())],
            Remote::AddressGroup(id) => vec![("address_group", id.clone())],
            Remote::AddressBundle(id) => vec![("address_bundle", id.clone())],
            Remote::Any | Remote::Prefix(_) => Vec::new(),
        }
    }
}

impl SecurityRule {
    /// The security group's id.
    pub fn group(&self) -> &str {
        self.head.parent.as_deref().unwrap_or_default()
    }

    /// The number of its protocol; nothing means any.
    pub fn protocol_number(&self) -> Option<u8> {
        protocol::number(self.protocol.as_deref()?, self.family)
    }
}

/// The tally of the security groups that name an address group or a bundle.
const NAMING: &str = "naming_group";

/// How many security groups have a rule that names an address group or a bundle.
pub fn naming(tx: &mut Tx<'_>, named: &str) -> Result<u64, Fault> {
    tx.counted_at(named, NAMING)
}

/// Prefix of the short ids of rules whose group belongs to a whole project.
pub(crate) const PROJECT_ALIAS: &str = "esgr-";

/// Adds a rule to a group.
///
/// The order of checks: the group and what the rule names, then an equal rule, then the quota (notes, section 9.1).
pub fn create(
    tx: &mut Tx<'_>,
    cx: &mut Context<'_>,
    group: &str,
    new: NewRule,
) -> Result<SecurityRule, Fault> {
    condition::standing(tx, cx, false)?;
    let mut group: SecurityGroup = tx.get(&cx.caller.project, group)?;
    let rule = add(tx, cx, &group, new)?;
    tx.store(&mut group)?;
    Ok(rule)
}

/// Adds a rule to a group that is at hand; the group's version stays.
pub(crate) fn add(
    tx: &mut Tx<'_>,
    cx: &mut Context<'_>,
    group: &SecurityGroup,
    new: NewRule,
) -> Result<SecurityRule, Fault> {
    check(tx, cx, &new)?;
    if let Some(id) = claims::equal(tx, cx, &group.head.id, &new)? {
        return Err(Fault::Duplicate {
            kind: Kind::SecurityRule,
            id,
        });
    }
    take_quota(tx, cx, group, new.direction)?;
    // The winner of the race wrote to the backend past this server, so its id is not known here.
    if condition::switch(tx, "security_rule.raced", &[&group.head.id, "*"], false)? {
        return Err(Fault::Duplicate {
            kind: Kind::SecurityRule,
            id: String::new(),
        });
    }
    condition::backend_writes(tx, cx)?;
    insert(tx, cx, group, new)
}

/// Adds rules to a group, all or none; with `ignore_duplicate` those that it has already are left out.
pub fn create_many(
    tx: &mut Tx<'_>,
    cx: &mut Context<'_>,
    group: &str,
    new: Vec<NewRule>,
    ignore_duplicate: bool,
) -> Result<Vec<SecurityRule>, Fault> {
    condition::standing(tx, cx, false)?;
    let mut group: SecurityGroup = tx.get(&cx.caller.project, group)?;
    let mut made = Vec::with_capacity(new.len());
    for new in new {
        match add(tx, cx, &group, new) {
            Ok(rule) => made.push(rule),
            Err(Fault::Duplicate { .. }) if ignore_duplicate => {}
            Err(fault) => return Err(fault),
        }
    }
    tx.store(&mut group)?;
    Ok(made)
}

/// Stores a rule that nothing has to be asked for any more.
pub fn insert(
    tx: &mut Tx<'_>,
    cx: &mut Context<'_>,
    group: &SecurityGroup,
    new: NewRule,
) -> Result<SecurityRule, Fault> {
    let mut head = Head::new::<SecurityRule>(cx, Some(&group.head.id));
    head.target = group.head.target.clone();
    if group.network().is_none() {
        head.alias = Some(cx.ids.short(PROJECT_ALIAS));
    }
    let rule = SecurityRule {
        head,
        direction: new.direction,
        family: new.family,
        protocol: new.protocol,
        ports: new.ports,
        icmp: new.icmp,
        remote: new.remote,
        source_ports: new.source_ports,
        local: new.local,
        action: new.action,
        priority: new.priority,
        enabled: new.enabled,
        description: new.description,
    };
    tx.insert(&rule)?;
    claims::take(tx, &rule)?;
    Ok(rule)
}

/// The rule of that id.
pub fn show(tx: &mut Tx<'_>, cx: &mut Context<'_>, id: &str) -> Result<SecurityRule, Fault> {
    condition::backend_reads(tx, cx)?;
    tx.get(&cx.caller.project, id)
}

/// Deletes a rule.
pub fn delete(tx: &mut Tx<'_>, cx: &mut Context<'_>, id: &str) -> Result<(), Fault> {
    let rule: SecurityRule = tx.get(&cx.caller.project, id)?;
    condition::backend_writes(tx, cx)?;
    tx.remove(&rule)?;
    claims::hand_on(tx, &rule)?;
    renew(tx, rule.group())
}

/// Counts a change of its rules in a group's version.
fn renew(tx: &mut Tx<'_>, group: &str) -> Result<(), Fault> {
    match tx.any::<SecurityGroup>(group)? {
        Some(mut group) => tx.store(&mut group),
        None => Ok(()),
    }
}

#[cfg(test)]
mod tests;
