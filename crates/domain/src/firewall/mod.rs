//! Firewalls (network ACLs): ordered rules that judge what enters and leaves subnets.
//!
//! There is one model for both views that clouds have of it: a firewall with its own lists of rules is one whose
//! policies were made for it, and a subnet is bound by itself or by the port of its gateway.

pub mod acl;
mod own;
pub mod policy;
pub mod rule;
pub mod subnets;

use std::net::Ipv4Addr;

use serde::{Deserialize, Serialize};
use serde_json::Value;
use vpcd_store::claim;

use crate::condition;
use crate::context::Context;
use crate::fault::{Fault, Holder};
use crate::plan::{self, of, row};
use crate::quota;
use crate::resource::{Head, Kind, Resource, Tag};
use crate::tx::Tx;

pub use subnets::{associate, disassociate, forget_subnet, of_subnet, ports};

use own::{discard, own_policy};
use policy::{FirewallPolicy, Spot};
use rule::{FirewallRule, NewRule, RuleChange};
use subnets::{behind, bind, unbind};

/// A firewall.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Firewall {
    /// Head; no parent.
    pub head: Head,
    /// Name, may be empty.
    pub name: String,
    /// Free text.
    pub description: String,
    /// Enterprise project, `0` for the default one.
    pub enterprise_project: String,
    /// Labels.
    #[serde(default)]
    pub tags: Vec<Tag>,
    /// Whether its rules count; without them it drops everything.
    pub enabled: bool,
    /// The policy for what enters; everything is dropped when absent.
    pub ingress: Option<String>,
    /// The policy for what leaves.
    pub egress: Option<String>,
    /// The subnets that it judges, in the order in which they came; a subnet has one firewall.
    pub subnets: Vec<String>,
    /// The subnet whose list it was made to hold, and goes with.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub made_for: Option<String>,
    /// Whether it judges answers like any other packet.
    #[serde(default)]
    pub stateless: bool,
}

/// Which way packets go, as seen from the subnet.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Direction {
    /// Into it.
    Ingress,
    /// Out of it.
    Egress,
}

/// Validated input of [`create`].
#[derive(Clone, Debug)]
pub struct NewFirewall {
    /// Name.
    pub name: String,
    /// Free text.
    pub description: String,
    /// Enterprise project.
    pub enterprise_project: String,
    /// Labels.
    pub tags: Vec<Tag>,
    /// Whether its rules count.
    pub enabled: bool,
    /// Policy for what enters.
    pub ingress: Option<String>,
    /// Policy for what leaves.
    pub egress: Option<String>,
    /// Ports of gateways whose subnets it judges.
    pub ports: Vec<String>,
}

/// Validated input of [`update`]; absent fields stay.
#[derive(Clone, Debug, Default)]
pub struct FirewallChange {
    /// New name.
    pub name: Option<String>,
    /// New description.
    pub description: Option<String>,
    /// New switch.
    pub enabled: Option<bool>,
    /// New policy for what enters; `Some(None)` takes it away.
    pub ingress: Option<Option<String>>,
    /// New policy for what leaves.
    pub egress: Option<Option<String>>,
    /// New set of gateways' ports.
    pub ports: Option<Vec<String>>,
}

impl Resource for Firewall {
    const KIND: Kind = Kind::Firewall;

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
        [
            ("ingress_policy", &self.ingress),
            ("egress_policy", &self.egress),
        ]
        .into_iter()
        .filter_map(|(role, policy)| Some((role, policy.clone()?)))
        .collect()
    }
}

impl Firewall {
    /// Whether it judges anything by its rules.
    pub fn is_active(&self) -> bool {
        self.enabled && !self.subnets.is_empty()
    }

    /// The policy of a direction.
    pub fn policy(&self, direction: Direction) -> Option<&str> {
        match direction {
            Direction::Ingress => self.ingress.as_deref(),
            Direction::Egress => self.egress.as_deref(),
        }
    }
}

/// Creates a firewall.
pub fn create(tx: &mut Tx<'_>, cx: &mut Context<'_>, new: NewFirewall) -> Result<Firewall, Fault> {
    condition::standing(tx, cx, false)?;
    condition::tags(tx, cx, &new.tags)?;
    policies_exist(tx, cx, [&new.ingress, &new.egress])?;
    let subnets = behind(tx, cx, &new.ports)?;
    quota::take::<Firewall>(tx, cx, "firewall")?;
    condition::backend_writes(tx, cx)?;
    let mut head = Head::new::<Firewall>(cx, None);
    head.target = format!("firewall/{}", head.id);
    let mut firewall = Firewall {
        head,
        name: new.name,
        description: new.description,
        enterprise_project: new.enterprise_project,
        tags: new.tags,
        enabled: new.enabled,
        ingress: new.ingress,
        egress: new.egress,
        subnets: Vec::new(),
        made_for: None,
        stateless: false,
    };
    tx.insert(&firewall)?;
    if !subnets.is_empty() {
        bind(tx, &mut firewall, subnets)?;
        tx.store(&mut firewall)?;
    }
    Ok(firewall)
}

/// Changes a firewall.
pub fn update(
    tx: &mut Tx<'_>,
    cx: &mut Context<'_>,
    id: &str,
    change: FirewallChange,
) -> Result<Firewall, Fault> {
    condition::backend_writes(tx, cx)?;
    let mut firewall: Firewall = tx.get(&cx.caller.project, id)?;
    let (ingress, egress) = (change.ingress, change.egress);
    policies_exist(
        tx,
        cx,
        [&ingress, &egress].map(|it| it.as_ref().unwrap_or(&None)),
    )?;
    if let Some(ports) = change.ports {
        let wanted = behind(tx, cx, &ports)?;
        let leaving = firewall.subnets.iter().filter(|it| !wanted.contains(it));
        let leaving: Vec<String> = leaving.cloned().collect();
        unbind(tx, &mut firewall, &leaving)?;
        bind(tx, &mut firewall, wanted)?;
    }
    firewall.name = change.name.unwrap_or(firewall.name);
    firewall.description = change.description.unwrap_or(firewall.description);
    firewall.enabled = change.enabled.unwrap_or(firewall.enabled);
    firewall.ingress = ingress.unwrap_or(firewall.ingress);
    firewall.egress = egress.unwrap_or(firewall.egress);
    tx.change(cx, &mut firewall)?;
    Ok(firewall)
}

/// Deletes a firewall that judges no subnet, with the policies that were made for it.
pub fn delete(tx: &mut Tx<'_>, cx: &mut Context<'_>, id: &str) -> Result<(), Fault> {
    let firewall: Firewall = tx.get(&cx.caller.project, id)?;
    if !firewall.subnets.is_empty() {
        return Err(Fault::InUse {
            kind: Kind::Firewall,
            id: id.to_owned(),
            by: Holder::Subnet,
        });
    }
    condition::backend_writes(tx, cx)?;
    discard(tx, &firewall)
}

/// Takes a firewall off its subnets and deletes it.
pub fn release(tx: &mut Tx<'_>, cx: &mut Context<'_>, id: &str) -> Result<(), Fault> {
    let firewall: Firewall = tx.get(&cx.caller.project, id)?;
    condition::backend_writes(tx, cx)?;
    discard(tx, &firewall)
}

/// Makes rules in both directions, each list in its order from the spot on.
pub fn insert_rules(
    tx: &mut Tx<'_>,
    cx: &mut Context<'_>,
    id: &str,
    rules: Vec<(Direction, Vec<NewRule>)>,
    spot: &Spot,
) -> Result<Firewall, Fault> {
    condition::backend_writes(tx, cx)?;
    let firewall: Firewall = tx.get(&cx.caller.project, id)?;
    for (direction, rules) in rules {
        let mut policy = own_policy(tx, cx, &firewall.head.id, direction)?;
        policy::make(tx, cx, &mut policy, rules, spot)?;
    }
    tx.get(&cx.caller.project, id)
}

/// Changes rules in both directions.
pub fn update_rules(
    tx: &mut Tx<'_>,
    cx: &mut Context<'_>,
    id: &str,
    rules: Vec<(Direction, Vec<(String, RuleChange)>)>,
) -> Result<Firewall, Fault> {
    condition::backend_writes(tx, cx)?;
    let firewall: Firewall = tx.get(&cx.caller.project, id)?;
    for (direction, rules) in rules {
        let policy = policy_of(tx, &firewall, direction)?;
        for (rule, change) in rules {
            must_have(policy.as_ref(), &rule)?;
            rule::update(tx, cx, &rule, change)?;
        }
    }
    tx.get(&cx.caller.project, id)
}

/// Takes rules out of both directions.
pub fn remove_rules(
    tx: &mut Tx<'_>,
    cx: &mut Context<'_>,
    id: &str,
    rules: Vec<(Direction, Vec<String>)>,
) -> Result<Firewall, Fault> {
    condition::backend_writes(tx, cx)?;
    let firewall: Firewall = tx.get(&cx.caller.project, id)?;
    for (direction, ids) in rules {
        let mut policy = policy_of(tx, &firewall, direction)?;
        for rule in &ids {
            must_have(policy.as_ref(), rule)?;
        }
        if let Some(policy) = &mut policy {
            policy::remove(tx, cx, policy, &ids)?;
        }
    }
    tx.get(&cx.caller.project, id)
}

/// The rules of a direction in their order; what none of them fits is dropped.
pub fn rules(
    tx: &mut Tx<'_>,
    firewall: &Firewall,
    direction: Direction,
) -> Result<Vec<FirewallRule>, Fault> {
    match policy_of(tx, firewall, direction)? {
        Some(policy) => policy::rules(tx, &policy),
        None => Ok(Vec::new()),
    }
}

/// Whether a rule of the project names exactly this address.
pub fn names_address(tx: &mut Tx<'_>, project: &str, address: Ipv4Addr) -> Result<bool, Fault> {
    // Several rules may name one address, so the key ends with the rule's id.
    let prefix = format!("{address}/");
    let next = claim::ceiling(tx.rows(), &address_space(project), &prefix)?;
    Ok(next.is_some_and(|claim| claim.key.starts_with(&prefix)))
}

/// What the fabric holds for a firewall: its rules, whichever policies they are in.
pub fn planned(tx: &mut Tx<'_>, id: &str) -> Result<Option<Value>, Fault> {
    let Some(it) = tx.any::<Firewall>(id)? else {
        return Ok(None);
    };
    let mut row = row::Firewall {
        subnets: it.subnets.clone(),
        stateless: it.stateless,
        ingress: Vec::new(),
        egress: Vec::new(),
    };
    // Switched off, it drops everything: no rule of it counts.
    if it.enabled {
        let ingress = rules(tx, &it, Direction::Ingress)?;
        row.ingress = ingress.iter().filter_map(of::firewall_rule).collect();
        let egress = rules(tx, &it, Direction::Egress)?;
        row.egress = egress.iter().filter_map(of::firewall_rule).collect();
    }
    plan::value(row).map(Some)
}

fn address_space(project: &str) -> String {
    format!("firewall-address/{project}")
}

fn policies_exist(
    tx: &mut Tx<'_>,
    cx: &Context<'_>,
    policies: [&Option<String>; 2],
) -> Result<(), Fault> {
    for id in policies.into_iter().flatten() {
        tx.get::<FirewallPolicy>(&cx.caller.project, id)?;
    }
    Ok(())
}

fn policy_of(
    tx: &mut Tx<'_>,
    firewall: &Firewall,
    direction: Direction,
) -> Result<Option<FirewallPolicy>, Fault> {
    match firewall.policy(direction) {
        Some(id) => tx.any(id),
        None => Ok(None),
    }
}

fn must_have(policy: Option<&FirewallPolicy>, rule: &str) -> Result<(), Fault> {
    match policy {
        Some(policy) => policy.must_have(rule).map(drop),
        None => Err(Fault::WrongParent {
            kind: Kind::FirewallRule,
            id: rule.to_owned(),
        }),
    }
}
