//! Security groups: sets of rules that judge the packets of ports.

use serde::{Deserialize, Serialize};
use vpcd_net::Family;
use vpcd_store::claim;

use crate::condition::{self, Backend};
use crate::context::Context;
use crate::fault::{Fault, Holder};
use crate::quota;
use crate::resource::{Head, Kind, Resource, Tag};
use crate::security_rule::{self, Direction, NewRule, Remote, SecurityRule};
use crate::tx::{After, Tx};
use crate::vpc::Vpc;

mod member;
mod network;

pub use member::{all_fit, join, judged, leave};
pub use network::{any_of_network, default_for, default_of_network, remove_default};

/// The name that only the default groups of a project and of its networks have.
pub const DEFAULT: &str = "default";

/// A set of rules that judges packets of ports.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct SecurityGroup {
    /// Head; the parent is the network that it belongs to, unless it belongs to the whole project.
    pub head: Head,
    /// Name.
    pub name: String,
    /// Free text.
    #[serde(default)]
    pub description: String,
    /// Enterprise project, `0` for the default one.
    #[serde(default = "default_enterprise_project")]
    pub enterprise_project: String,
    /// Whether its rules are judged together with those of a port's other groups, and not in their turn.
    #[serde(default)]
    pub joint: bool,
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
    /// The network that it shall belong to; the whole project when absent.
    pub network: Option<String>,
    /// Its first rules; the usual ones when absent.
    pub rules: Option<Vec<NewRule>>,
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
    const ALIAS: Option<&'static str> = Some("g-");

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
    /// Whether it is the one that its project or its network came with; no other has its name.
    pub fn is_default(&self) -> bool {
        self.name == DEFAULT
    }

    /// The network that it belongs to; none when it belongs to the whole project.
    pub fn network(&self) -> Option<&str> {
        self.head.parent.as_deref()
    }
}

/// Prefix of the short ids of groups of a whole project.
pub(crate) const PROJECT_ALIAS: &str = "esg-";

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
    match &new.network {
        Some(network) => {
            let vpc: Vpc = tx.get(&cx.caller.project, network)?;
            network::take_quota(tx, cx, &vpc)?;
        }
        None => quota::take::<SecurityGroup>(tx, cx, "securityGroup")?,
    }
    condition::backend_writes(tx, cx)?;
    let rules = new.rules.clone();
    let group = insert(tx, cx, new)?;
    match rules {
        None => usual_rules(tx, cx, &group)?,
        Some(rules) => {
            for rule in rules {
                security_rule::add(tx, cx, &group, rule)?;
            }
        }
    }
    Ok(group)
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
        ..NewSecurityGroup::default()
    };
    let group = insert(tx, cx, new)?;
    usual_rules(tx, cx, &group)?;
    claim::take(tx.rows(), &default_space(&project), DEFAULT, &group.head.id)?;
    Ok(group)
}

/// The id of the project's default group, once it has been needed.
pub fn default_id(tx: &mut Tx<'_>, project: &str) -> Result<Option<String>, Fault> {
    Ok(claim::holder(tx.rows(), &default_space(project), DEFAULT)?)
}

/// Whether the project, whose only network is this one, has a group besides the default ones.
pub fn any_other(tx: &mut Tx<'_>, project: &str, network: &str) -> Result<bool, Fault> {
    let mut defaults = u64::from(default_id(tx, project)?.is_some());
    defaults += u64::from(network::default_id(tx, project, network)?.is_some());
    Ok(tx.count::<SecurityGroup>(project)? > defaults)
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
    tx.keyed(project, &name_space(project, name), after, limit)
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
    tx.remove_children::<SecurityRule>(&group.head.id)?;
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
        tx.remove_children::<SecurityRule>(&group.head.id)?;
    }
    groups.iter().try_for_each(|group| tx.remove(group))
}

/// Stores a group without rules.
fn insert(
    tx: &mut Tx<'_>,
    cx: &mut Context<'_>,
    new: NewSecurityGroup,
) -> Result<SecurityGroup, Fault> {
    let mut head = Head::new::<SecurityGroup>(cx, new.network.as_deref());
    head.target = format!("group/{}", head.id);
    if new.network.is_none() {
        head.alias = Some(cx.ids.short(PROJECT_ALIAS));
    }
    let group = SecurityGroup {
        head,
        name: new.name,
        description: new.description,
        enterprise_project: new.enterprise_project,
        joint: cx.policy.groups_of_networks,
        tags: new.tags,
    };
    tx.insert(&group)?;
    claim_name(tx, &group)?;
    Ok(group)
}

/// The rules that a new group has: its own ports reach each other, and all of them reach everything.
fn usual_rules(tx: &mut Tx<'_>, cx: &mut Context<'_>, group: &SecurityGroup) -> Result<(), Fault> {
    for family in [Family::V4, Family::V6] {
        let own = Remote::Group(group.head.id.clone());
        let inside = NewRule::allow(Direction::Ingress, family, own);
        security_rule::insert(tx, cx, group, inside)?;
        let outside = NewRule::allow(Direction::Egress, family, Remote::Any);
        security_rule::insert(tx, cx, group, outside)?;
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
