//! Address groups: named sets of blocks that rules refer to.

use std::net::IpAddr;

use serde::{Deserialize, Serialize};
use vpcd_net::{Family, Span};
use vpcd_store::claim;

use crate::address_bundle::{self, AddressBundle};
use crate::condition;
use crate::context::Context;
use crate::fault::{Fault, Holder};
use crate::firewall::rule::{self, FirewallRule};
use crate::quota;
use crate::resource::{Head, Kind, Resource, Tag};
use crate::security_rule::{self, SecurityRule};
use crate::tx::{After, Tx};

/// A named set of addresses.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct AddressGroup {
    /// Head; no parent.
    pub head: Head,
    /// Name.
    pub name: String,
    /// Free text.
    pub description: String,
    /// Which addresses.
    pub family: Family,
    /// Most entries.
    pub capacity: u32,
    /// Its entries, in the order in which they were given.
    pub entries: Vec<Entry>,
    /// Enterprise project, `0` for the default one.
    pub enterprise_project: String,
    /// Labels.
    #[serde(default)]
    pub tags: Vec<Tag>,
}

/// One entry of a group.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Entry {
    /// An address, a block, or two addresses with a dash between them, as it was written.
    pub text: String,
    /// What the owner notes about it.
    pub remarks: String,
}

/// Validated input of [`create`].
#[derive(Clone, Debug)]
pub struct NewAddressGroup {
    /// Name.
    pub name: String,
    /// Free text.
    pub description: String,
    /// Which addresses.
    pub family: Family,
    /// Most entries.
    pub capacity: u32,
    /// Entries.
    pub entries: Vec<Entry>,
    /// Enterprise project.
    pub enterprise_project: String,
}

/// Validated input of [`update`]; absent fields stay.
#[derive(Clone, Debug, Default)]
pub struct AddressGroupChange {
    /// New name.
    pub name: Option<String>,
    /// New description.
    pub description: Option<String>,
    /// New capacity.
    pub capacity: Option<u32>,
    /// New entries in place of the old ones.
    pub entries: Option<Vec<Entry>>,
}

impl Resource for AddressGroup {
    const KIND: Kind = Kind::AddressGroup;
    const ALIAS: Option<&'static str> = Some("ips-");

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

impl AddressGroup {
    /// The addresses of its entries.
    pub fn spans(&self) -> impl Iterator<Item = Span> {
        self.entries
            .iter()
            .filter_map(|entry| entry.text.parse().ok())
    }

    /// Whether an address is in one of its entries.
    pub fn has(&self, address: IpAddr) -> bool {
        self.spans().any(|span| span.has(address))
    }
}

/// Creates an address group.
pub fn create(
    tx: &mut Tx<'_>,
    cx: &mut Context<'_>,
    new: NewAddressGroup,
) -> Result<AddressGroup, Fault> {
    condition::standing(tx, cx, false)?;
    check(&new.entries, new.family, new.capacity)?;
    quota::take::<AddressGroup>(tx, cx, "address_group")?;
    condition::backend_writes(tx, cx)?;
    let mut head = Head::new::<AddressGroup>(cx, None);
    head.target = format!("group/{}", head.id);
    let group = AddressGroup {
        head,
        name: new.name,
        description: new.description,
        family: new.family,
        capacity: new.capacity,
        entries: new.entries,
        enterprise_project: new.enterprise_project,
        tags: Vec::new(),
    };
    tx.insert(&group)?;
    claim_name(tx, &group)?;
    Ok(group)
}

/// The address group of that id.
pub fn show(tx: &mut Tx<'_>, cx: &mut Context<'_>, id: &str) -> Result<AddressGroup, Fault> {
    condition::backend_reads(tx, cx)?;
    tx.get(&cx.caller.project, id)
}

/// Up to `limit` groups of a project with this name, in the order of their ids.
pub fn named(
    tx: &mut Tx<'_>,
    project: &str,
    name: &str,
    after: After<'_>,
    limit: usize,
) -> Result<Vec<AddressGroup>, Fault> {
    tx.keyed(project, &name_space(project, name), after, limit)
}

/// Changes an address group.
pub fn update(
    tx: &mut Tx<'_>,
    cx: &mut Context<'_>,
    id: &str,
    change: AddressGroupChange,
) -> Result<AddressGroup, Fault> {
    let mut group: AddressGroup = tx.get(&cx.caller.project, id)?;
    condition::backend_writes(tx, cx)?;
    if let Some(name) = change.name {
        claim::release(tx.rows(), &name_space(&group.head.project, &group.name), id)?;
        group.name = name;
        claim_name(tx, &group)?;
    }
    if let Some(description) = change.description {
        group.description = description;
    }
    let sets_entries = change.entries.is_some();
    if let Some(capacity) = change.capacity {
        group.capacity = capacity;
    }
    if let Some(entries) = change.entries {
        group.entries = entries;
    }
    check(&group.entries, group.family, group.capacity)?;
    match sets_entries {
        true => tx.change(cx, &mut group)?,
        false => tx.update(cx, &mut group)?,
    }
    Ok(group)
}

/// Adds entries to those of an address group.
pub fn extend(
    tx: &mut Tx<'_>,
    cx: &mut Context<'_>,
    id: &str,
    more: Vec<Entry>,
) -> Result<AddressGroup, Fault> {
    let group: AddressGroup = tx.get(&cx.caller.project, id)?;
    let entries = Some([group.entries, more].concat());
    let change = AddressGroupChange {
        entries,
        ..AddressGroupChange::default()
    };
    update(tx, cx, id, change)
}

/// Takes entries away from an address group, which has each of them.
pub fn shrink(
    tx: &mut Tx<'_>,
    cx: &mut Context<'_>,
    id: &str,
    less: &[Span],
) -> Result<AddressGroup, Fault> {
    let mut entries = tx.get::<AddressGroup>(&cx.caller.project, id)?.entries;
    for gone in less {
        let is = |entry: &Entry| entry.text.parse() == Ok(*gone);
        let at = entries.iter().position(is);
        entries.remove(at.ok_or_else(|| Fault::NotFound {
            kind: Kind::AddressGroup,
            id: gone.to_string(),
        })?);
    }
    let change = AddressGroupChange {
        entries: Some(entries),
        ..AddressGroupChange::default()
    };
    update(tx, cx, id, change)
}

/// Deletes an address group that no rule and no bundle names.
pub fn delete(tx: &mut Tx<'_>, cx: &mut Context<'_>, id: &str) -> Result<(), Fault> {
    let group: AddressGroup = tx.get(&cx.caller.project, id)?;
    if !tx.holders(id, 1)?.is_empty() {
        return Err(held(id));
    }
    condition::backend_writes(tx, cx)?;
    tx.remove(&group)
}

/// Deletes an address group with the rules that name it; the bundles that it is in go on without it.
pub fn delete_with_rules(tx: &mut Tx<'_>, cx: &mut Context<'_>, id: &str) -> Result<(), Fault> {
    let group: AddressGroup = tx.get(&cx.caller.project, id)?;
    condition::backend_writes(tx, cx)?;
    for (holder, _) in tx.holders(id, usize::MAX)? {
        if let Some(rule) = tx.any::<SecurityRule>(&holder)? {
            // Like any other change of its rules this one counts in the version of the security group.
            security_rule::delete(tx, cx, &rule.head.id)?;
        } else if let Some(rule) = tx.any::<FirewallRule>(&holder)? {
            rule::purge(tx, cx, &rule)?;
        } else if let Some(bundle) = tx.any::<AddressBundle>(&holder)? {
            address_bundle::shrink(tx, cx, &bundle.head.id, &[id.to_owned()])?;
        }
    }
    tx.remove(&group)
}

/// The security groups with a rule that names an address group or a bundle, each once, in the order of their ids.
pub fn security_groups(tx: &mut Tx<'_>, named: &str) -> Result<Vec<String>, Fault> {
    let mut groups = std::collections::BTreeSet::new();
    for (holder, _) in tx.holders(named, usize::MAX)? {
        let rule: Option<SecurityRule> = tx.any(&holder)?;
        groups.extend(rule.map(|rule| rule.group().to_owned()));
    }
    Ok(groups.into_iter().collect())
}

fn held(id: &str) -> Fault {
    Fault::InUse {
        kind: Kind::AddressGroup,
        id: id.to_owned(),
        by: Holder::Rule,
    }
}

/// Entries must be addresses of the family, each once, and no more than there is room for.
fn check(entries: &[Entry], family: Family, capacity: u32) -> Result<(), Fault> {
    let mut seen = std::collections::BTreeSet::new();
    for entry in entries {
        let span = entry.text.parse::<Span>().ok();
        match span.filter(|span| span.family() == family) {
            None => return Err(Fault::invalid("ip_set", entry.text.clone())),
            Some(span) if !seen.insert(span) => {
                return Err(Fault::Duplicate {
                    kind: Kind::AddressGroup,
                    id: entry.text.clone(),
                });
            }
            Some(_) => {}
        }
    }
    let limit = u64::from(capacity);
    match u64::try_from(entries.len()).is_ok_and(|count| count <= limit) {
        true => Ok(()),
        false => Err(Fault::QuotaExceeded {
            quota: "address_group_contain_ipset",
            limit,
        }),
    }
}

fn claim_name(tx: &mut Tx<'_>, group: &AddressGroup) -> Result<(), Fault> {
    let space = name_space(&group.head.project, &group.name);
    claim::take(tx.rows(), &space, &group.head.id, &group.head.id)?;
    Ok(())
}

/// The groups of a project that have the same name.
fn name_space(project: &str, name: &str) -> String {
    format!("address-group-name/{project}/{name}")
}
