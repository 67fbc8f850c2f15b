//! Security groups: sets of rules that judge the packets of ports.

use serde::{Deserialize, Serialize};
use vpcd_net::Family;
use vpcd_store::claim;

use crate::condition::{self, Backend};
use crate::context::Context;
use crate::fault::{Fault, Holder};
use crate::port::{self, Port, PortChange};
use crate::quota;
use crate::resource::{Head, Kind, Resource, Tag};
use crate::security_rule::{self, Direction, NewRule, Remote, SecurityRule};
use crate::tx::{After, Tx};

/// The name that only the default group of a project has.
pub const DEFAULT: &str = "default";

/// A set of rules that judges packets of ports.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct SecurityGroup {
    /// Head; no parent.
    pub head: Head,
    /// Name.
    pub name: String,
    /// Free text.
    #[serde(default)]
    pub description: String,
    /// Enterprise project, `0` for the default one.
    #[serde(default = "default_enterprise_project")]
    pub enterprise_project: String,
    /// Labels.
    #[serde(default)]
    pub tags: Vec<Tag>,
}

/// Validated input of [`create`].
#[derive(Clone, Debug, Default)]
pub struct NewSecurityGroup {
    /// Name.
    pub name: String,
    /// Free text.
    pub description: String,
    /// Enterprise project.
    pub enterprise_project: String,
    /// Labels.
    pub tags: Vec<Tag>,
}

/// Validated input of [`update`]; absent fields stay.
#[derive(Clone, Debug, Default)]
pub struct SecurityGroupChange {
    /// New name.
    pub name: Option<String>,
    /// New description.
    pub description: Option<String>,
}

fn default_enterprise_project() -> String {
    "0".to_owned()
}

impl Resource for SecurityGroup {
    const KIND: Kind = Kind::SecurityGroup;

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

impl SecurityGroup {
    /// Whether it is the one that its project came with; no other has its name.
    pub fn is_default(&self) -> bool {
        self.name == DEFAULT
    }
}

/// Creates a group with the rules that every new group has.
pub fn create(
    tx: &mut Tx<'_>,
    cx: &mut Context<'_>,
    new: NewSecurityGroup,
) -> Result<SecurityGroup, Fault> {
    condition::standing(tx, cx, false)?;
    if new.name == DEFAULT {
        return Err(reserved());
    }
    condition::tags(tx, cx, &new.tags)?;
    quota::take::<SecurityGroup>(tx, cx, "securityGroup")?;
    condition::backend_writes(tx, cx)?;
    insert(tx, cx, new)
}

/// The project's default group, created when it is first needed.
pub fn default_of(tx: &mut Tx<'_>, cx: &mut Context<'_>) -> Result<SecurityGroup, Fault> {
    let project = cx.caller.project.clone();
    if let Some(id) = default_id(tx, &project)? {
        return tx.get(&project, &id);
    }
    let new = NewSecurityGroup {
        name: DEFAULT.to_owned(),
        description: "Default security group".to_owned(),
        enterprise_project: default_enterprise_project(),
        tags: Vec::new(),
    };
    let group = insert(tx, cx, new)?;
    claim::take(tx.rows(), &default_space(&project), DEFAULT, &group.head.id)?;
    Ok(group)
}

/// The id of the project's default group, once it has been needed.
pub fn default_id(tx: &mut Tx<'_>, project: &str) -> Result<Option<String>, Fault> {
    Ok(claim::holder(tx.rows(), &default_space(project), DEFAULT)?)
}

/// Whether the project has a group besides the default one.
pub fn any_other(tx: &mut Tx<'_>, project: &str) -> Result<bool, Fault> {
    let default = u64::from(default_id(tx, project)?.is_some());
    Ok(tx.count::<SecurityGroup>(project)? > default)
}

/// The group of that id.
pub fn show(tx: &mut Tx<'_>, cx: &mut Context<'_>, id: &str) -> Result<SecurityGroup, Fault> {
    // VPC.0602: the backend fails before any record is found; VPC.0612: it fails, or has lost it, afterwards.
    if condition::backend(tx, cx)? == Backend::Unreachable {
        return Err(Fault::Backend(Backend::Unreachable));
    }
    let group = tx.get(&cx.caller.project, id)?;
    condition::backend_reads(tx, cx)?;
    Ok(group)
}

/// Up to `limit` groups of a project with this name, in the order of their ids.
pub fn named(
    tx: &mut Tx<'_>,
    project: &str,
    name: &str,
    after: After<'_>,
    limit: usize,
) -> Result<Vec<SecurityGroup>, Fault> {
    let limit = i64::try_from(limit).unwrap_or(i64::MAX);
    let claims = claim::list(tx.rows(), &name_space(project, name), after, limit)?;
    claims
        .iter()
        .map(|claim| tx.get(project, &claim.key))
        .collect()
}

/// Changes a group.
pub fn update(
    tx: &mut Tx<'_>,
    cx: &mut Context<'_>,
    id: &str,
    change: SecurityGroupChange,
) -> Result<SecurityGroup, Fault> {
    let mut group: SecurityGroup = tx.get(&cx.caller.project, id)?;
    if let Some(name) = change.name
        && name != group.name
    {
        if group.is_default() {
            return Err(Fault::Unsuitable {
                kind: Kind::SecurityGroup,
                id: id.to_owned(),
                reason: "the default group keeps its name",
            });
        }
        if name == DEFAULT {
            return Err(reserved());
        }
        claim::release(tx.rows(), &name_space(&group.head.project, &group.name), id)?;
        group.name = name;
        claim_name(tx, &group)?;
    }
    condition::backend_writes(tx, cx)?;
    if let Some(description) = change.description {
        group.description = description;
    }
    tx.update(cx, &mut group)?;
    Ok(group)
}

/// Deletes a group that judges no port and that no other group's rule names; the default one stays.
pub fn delete(tx: &mut Tx<'_>, cx: &mut Context<'_>, id: &str) -> Result<(), Fault> {
    let group: SecurityGroup = tx.get(&cx.caller.project, id)?;
    let in_use = |by| Fault::InUse {
        kind: Kind::SecurityGroup,
        id: id.to_owned(),
        by,
    };
    if group.is_default() {
        return Err(in_use(Holder::Network));
    }
    discard_rules(tx, &group)?;
    if let Some((_, role)) = tx.holders(id, 1)?.first() {
        return Err(in_use(match role.as_str() {
            "remote_group" => Holder::Rule,
            _ => Holder::Port,
        }));
    }
    condition::backend_writes(tx, cx)?;
    tx.remove(&group)
}

/// Removes the groups of a project that goes, the default one included.
pub fn discard_all(tx: &mut Tx<'_>, project: &str) -> Result<(), Fault> {
    let groups = tx.list::<SecurityGroup>(project, None, usize::MAX)?;
    for group in &groups {
        discard_rules(tx, group)?;
    }
    groups.iter().try_for_each(|group| tx.remove(group))
}

/// The ids, each once, when each names a group of the caller's project.
pub fn all_exist(
    tx: &mut Tx<'_>,
    cx: &Context<'_>,
    ids: Vec<String>,
) -> Result<Vec<String>, Fault> {
    let mut known = Vec::with_capacity(ids.len());
    for id in ids {
        tx.get::<SecurityGroup>(&cx.caller.project, &id)?;
        if !known.contains(&id) {
            known.push(id);
        }
    }
    Ok(known)
}

/// Puts a port into groups, before the one at `index` or after its last; where it is already it stays.
pub fn join(
    tx: &mut Tx<'_>,
    cx: &mut Context<'_>,
    port: &str,
    groups: &[String],
    index: Option<usize>,
) -> Result<Port, Fault> {
    let known: Port = tx.get(&cx.caller.project, port)?;
    let mut all = known.security_groups;
    let mut at = index.unwrap_or(all.len()).min(all.len());
    for group in groups {
        if !all.contains(group) {
            all.insert(at, group.clone());
            at += 1;
        }
    }
    place(tx, cx, port, all)
}

/// Takes a port out of groups that it is in.
pub fn leave(
    tx: &mut Tx<'_>,
    cx: &mut Context<'_>,
    port: &str,
    groups: &[String],
) -> Result<Port, Fault> {
    let known: Port = tx.get(&cx.caller.project, port)?;
    let mut left = known.security_groups;
    for group in groups {
        tx.get::<SecurityGroup>(&cx.caller.project, group)?;
        if !left.contains(group) {
            return Err(Fault::Unsuitable {
                kind: Kind::SecurityGroup,
                id: group.clone(),
                reason: "the port is not in it",
            });
        }
    }
    left.retain(|group| !groups.contains(group));
    place(tx, cx, port, left)
}

fn place(
    tx: &mut Tx<'_>,
    cx: &mut Context<'_>,
    port: &str,
    groups: Vec<String>,
) -> Result<Port, Fault> {
    let change = PortChange {
        security_groups: Some(groups),
        ..PortChange::default()
    };
    port::update(tx, cx, port, change)
}

/// The rules that every new group has: its own ports reach each other, and all of them reach everything.
fn insert(
    tx: &mut Tx<'_>,
    cx: &mut Context<'_>,
    new: NewSecurityGroup,
) -> Result<SecurityGroup, Fault> {
    let mut head = Head::new::<SecurityGroup>(cx, None);
    head.target = format!("group/{}", head.id);
    let group = SecurityGroup {
        head,
        name: new.name,
        description: new.description,
        enterprise_project: new.enterprise_project,
        tags: new.tags,
    };
    tx.insert(&group)?;
    claim_name(tx, &group)?;
    for family in [Family::V4, Family::V6] {
        let own = Remote::Group(group.head.id.clone());
        let inside = NewRule::allow(Direction::Ingress, family, own);
        security_rule::insert(tx, cx, &group, inside)?;
        let outside = NewRule::allow(Direction::Egress, family, Remote::Any);
        security_rule::insert(tx, cx, &group, outside)?;
    }
    Ok(group)
}

fn discard_rules(tx: &mut Tx<'_>, group: &SecurityGroup) -> Result<(), Fault> {
    for rule in tx.children::<SecurityRule>(&group.head.id)? {
        tx.remove(&rule)?;
    }
    Ok(())
}

fn reserved() -> Fault {
    Fault::NameTaken {
        kind: Kind::SecurityGroup,
        name: DEFAULT.to_owned(),
    }
}

fn claim_name(tx: &mut Tx<'_>, group: &SecurityGroup) -> Result<(), Fault> {
    let space = name_space(&group.head.project, &group.name);
    claim::take(tx.rows(), &space, &group.head.id, &group.head.id)?;
    Ok(())
}

/// The groups of a project that have the same name.
fn name_space(project: &str, name: &str) -> String {
    format!("security-group-name/{project}/{name}")
}

fn default_space(project: &str) -> String {
    format!("default-group/{project}")
}
