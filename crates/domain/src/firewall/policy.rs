//! Policies: rules in their order. A firewall goes by one for what enters and one for what leaves.

use serde::{Deserialize, Serialize};

use super::Firewall;
use super::rule::{self, FirewallRule, NewRule};
use crate::condition;
use crate::context::Context;
use crate::fault::{Fault, Holder};
use crate::resource::{Head, Kind, Resource};
use crate::tx::Tx;

/// Rules in their order.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct FirewallPolicy {
    /// Head; the parent is the firewall that it was made for and goes with, if any.
    pub head: Head,
    /// Name, may be empty.
    pub name: String,
    /// Free text.
    pub description: String,
    /// Whether somebody has looked through it since it last changed.
    pub audited: bool,
    /// Rules by id; the first that fits a packet decides.
    pub rules: Vec<String>,
}

/// Validated input of [`create`].
#[derive(Clone, Debug, Default)]
pub struct NewPolicy {
    /// Name.
    pub name: String,
    /// Free text.
    pub description: String,
    /// Whether it has been looked through.
    pub audited: bool,
    /// Rules by id.
    pub rules: Vec<String>,
}

/// Validated input of [`update`]; absent fields stay.
#[derive(Clone, Debug, Default)]
pub struct PolicyChange {
    /// New name.
    pub name: Option<String>,
    /// New description.
    pub description: Option<String>,
    /// Whether it has been looked through.
    pub audited: Option<bool>,
    /// New rules.
    pub rules: Option<Vec<String>>,
}

/// Where in a policy a rule goes.
#[derive(Clone, Debug, Default)]
pub enum Spot {
    /// Before all others.
    #[default]
    First,
    /// Right before that rule.
    Before(String),
    /// Right after that rule.
    After(String),
}

/// Most rules of one policy.
pub const MOST_RULES: usize = 100;

impl Resource for FirewallPolicy {
    const KIND: Kind = Kind::FirewallPolicy;

    fn head(&self) -> &Head {
        &self.head
    }

    fn head_mut(&mut self) -> &mut Head {
        &mut self.head
    }

    fn edges(&self) -> Vec<(&'static str, String)> {
        self.rules.iter().map(|id| ("rule", id.clone())).collect()
    }
}

/// Creates a policy of rules that exist.
pub fn create(
    tx: &mut Tx<'_>,
    cx: &mut Context<'_>,
    new: NewPolicy,
) -> Result<FirewallPolicy, Fault> {
    condition::standing(tx, cx, false)?;
    condition::backend_writes(tx, cx)?;
    all_exist(tx, cx, &new.rules)?;
    must_fit(&new.rules)?;
    let policy = FirewallPolicy {
        head: Head::new::<FirewallPolicy>(cx, None).settled(),
        name: new.name,
        description: new.description,
        audited: new.audited,
        rules: new.rules,
    };
    tx.insert(&policy)?;
    Ok(policy)
}

/// Changes a policy, and with it every firewall that goes by it.
pub fn update(
    tx: &mut Tx<'_>,
    cx: &mut Context<'_>,
    id: &str,
    change: PolicyChange,
) -> Result<FirewallPolicy, Fault> {
    condition::backend_writes(tx, cx)?;
    let mut policy: FirewallPolicy = tx.get(&cx.caller.project, id)?;
    if let Some(name) = change.name {
        policy.name = name;
    }
    if let Some(description) = change.description {
        policy.description = description;
    }
    let other_rules = change.rules.filter(|rules| *rules != policy.rules);
    match other_rules {
        Some(rules) => {
            all_exist(tx, cx, &rules)?;
            must_fit(&rules)?;
            policy.rules = rules;
            store(tx, cx, &mut policy, change.audited.unwrap_or(false))?;
        }
        None => {
            policy.audited = change.audited.unwrap_or(policy.audited);
            tx.update(cx, &mut policy)?;
        }
    }
    Ok(policy)
}

/// Deletes a policy that no firewall goes by; its rules stay, but for those that were made in it.
pub fn delete(tx: &mut Tx<'_>, cx: &mut Context<'_>, id: &str) -> Result<(), Fault> {
    let policy: FirewallPolicy = tx.get(&cx.caller.project, id)?;
    if !tx.holders(id, 1)?.is_empty() {
        return Err(Fault::InUse {
            kind: Kind::FirewallPolicy,
            id: id.to_owned(),
            by: Holder::Firewall,
        });
    }
    condition::backend_writes(tx, cx)?;
    discard(tx, &policy)
}

/// Puts a rule that exists into a policy.
pub fn insert(
    tx: &mut Tx<'_>,
    cx: &mut Context<'_>,
    id: &str,
    rule: &str,
    spot: &Spot,
) -> Result<FirewallPolicy, Fault> {
    condition::backend_writes(tx, cx)?;
    let mut policy: FirewallPolicy = tx.get(&cx.caller.project, id)?;
    tx.get::<FirewallRule>(&cx.caller.project, rule)?;
    if policy.rules.iter().any(|known| known == rule) {
        return Err(Fault::Duplicate {
            kind: Kind::FirewallRule,
            id: rule.to_owned(),
        });
    }
    let at = policy.place(spot)?;
    policy.rules.insert(at, rule.to_owned());
    must_fit(&policy.rules)?;
    store(tx, cx, &mut policy, false)?;
    Ok(policy)
}

/// Takes a rule out of a policy; it stays, unless it was made in this one.
pub fn take_out(
    tx: &mut Tx<'_>,
    cx: &mut Context<'_>,
    id: &str,
    rule: &str,
) -> Result<FirewallPolicy, Fault> {
    condition::backend_writes(tx, cx)?;
    let mut policy: FirewallPolicy = tx.get(&cx.caller.project, id)?;
    let found: FirewallRule = tx.get(&cx.caller.project, rule)?;
    remove(tx, cx, &mut policy, std::slice::from_ref(&found.head.id))?;
    Ok(policy)
}

/// Makes rules in a policy, in their order, from that spot on.
pub(super) fn make(
    tx: &mut Tx<'_>,
    cx: &mut Context<'_>,
    policy: &mut FirewallPolicy,
    rules: Vec<NewRule>,
    spot: &Spot,
) -> Result<(), Fault> {
    let at = policy.place(spot)?;
    let parent = policy.head.id.clone();
    let mut made = Vec::with_capacity(rules.len());
    for new in rules {
        made.push(rule::create(tx, cx, Some(&parent), new)?.head.id);
    }
    policy.rules.splice(at..at, made);
    must_fit(&policy.rules)?;
    store(tx, cx, policy, false)
}

/// Takes rules out of a policy; those that were made in it are deleted.
pub(super) fn remove(
    tx: &mut Tx<'_>,
    cx: &mut Context<'_>,
    policy: &mut FirewallPolicy,
    ids: &[String],
) -> Result<(), Fault> {
    for id in ids {
        policy.must_have(id)?;
    }
    policy.rules.retain(|rule| !ids.contains(rule));
    store(tx, cx, policy, false)?;
    for id in ids {
        remove_own(tx, policy, id)?;
    }
    Ok(())
}

/// Removes a policy that no firewall goes by, with the rules that were made in it.
pub(super) fn discard(tx: &mut Tx<'_>, policy: &FirewallPolicy) -> Result<(), Fault> {
    tx.remove(policy)?;
    for rule in tx.children::<FirewallRule>(&policy.head.id)? {
        remove_own(tx, policy, &rule.head.id)?;
    }
    Ok(())
}

/// Tells every firewall that goes by this rule that it is another one now.
pub(super) fn touch_holders(tx: &mut Tx<'_>, cx: &Context<'_>, rule: &str) -> Result<(), Fault> {
    for (holder, _) in tx.holders(rule, usize::MAX)? {
        if let Some(mut policy) = tx.any::<FirewallPolicy>(&holder)? {
            store(tx, cx, &mut policy, false)?;
        }
    }
    Ok(())
}

/// Takes a rule that goes out of every policy.
pub(super) fn forget(tx: &mut Tx<'_>, cx: &Context<'_>, rule: &str) -> Result<(), Fault> {
    for (holder, _) in tx.holders(rule, usize::MAX)? {
        if let Some(mut policy) = tx.any::<FirewallPolicy>(&holder)? {
            policy.rules.retain(|known| known != rule);
            store(tx, cx, &mut policy, false)?;
        }
    }
    Ok(())
}

/// The rules of a policy in their order.
pub fn rules(tx: &mut Tx<'_>, policy: &FirewallPolicy) -> Result<Vec<FirewallRule>, Fault> {
    let mut rules = Vec::with_capacity(policy.rules.len());
    for id in &policy.rules {
        rules.extend(tx.any::<FirewallRule>(id)?);
    }
    Ok(rules)
}

impl FirewallPolicy {
    /// Refuses a rule that is not in the policy.
    pub(super) fn must_have(&self, rule: &str) -> Result<usize, Fault> {
        self.rules
            .iter()
            .position(|known| known == rule)
            .ok_or_else(|| Fault::WrongParent {
                kind: Kind::FirewallRule,
                id: rule.to_owned(),
            })
    }

    fn place(&self, spot: &Spot) -> Result<usize, Fault> {
        match spot {
            Spot::First => Ok(0),
            Spot::Before(rule) => self.must_have(rule),
            Spot::After(rule) => Ok(self.must_have(rule)? + 1),
        }
    }
}

/// Stores a policy whose rules are others now; whoever looked through it before has to do so again.
pub(super) fn store(
    tx: &mut Tx<'_>,
    cx: &Context<'_>,
    policy: &mut FirewallPolicy,
    audited: bool,
) -> Result<(), Fault> {
    policy.audited = audited;
    tx.update(cx, policy)?;
    for (holder, _) in tx.holders(&policy.head.id, usize::MAX)? {
        if let Some(mut firewall) = tx.any::<Firewall>(&holder)? {
            tx.change(cx, &mut firewall)?;
        }
    }
    Ok(())
}

/// Deletes a rule that was made in the policy, unless another policy has it too.
fn remove_own(tx: &mut Tx<'_>, policy: &FirewallPolicy, id: &str) -> Result<(), Fault> {
    let Some(rule) = tx.any::<FirewallRule>(id)? else {
        return Ok(());
    };
    match rule.head.parent.as_deref() == Some(&policy.head.id) && tx.holders(id, 1)?.is_empty() {
        true => tx.remove(&rule),
        false => Ok(()),
    }
}

/// Refuses more rules than a policy holds.
fn must_fit(rules: &[String]) -> Result<(), Fault> {
    match rules.len() > MOST_RULES {
        true => Err(Fault::QuotaExceeded {
            quota: "firewallPolicyRule",
            limit: MOST_RULES as u64,
        }),
        false => Ok(()),
    }
}

fn all_exist(tx: &mut Tx<'_>, cx: &Context<'_>, rules: &[String]) -> Result<(), Fault> {
    for (at, id) in rules.iter().enumerate() {
        tx.get::<FirewallRule>(&cx.caller.project, id)?;
        if rules[..at].contains(id) {
            return Err(Fault::Duplicate {
                kind: Kind::FirewallRule,
                id: id.clone(),
            });
        }
    }
    Ok(())
}
