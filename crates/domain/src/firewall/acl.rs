//! The list of a subnet: rules by position, in a firewall of the subnet's own, and one for each direction behind them.
//!
//! A subnet without a firewall lets everything pass. The first rule makes a firewall for it that forgets connections
//! and that ends with rules which say the same; the last rule takes it away.

use vpcd_net::{Family, Ports};

use super::own::{discard, own_policy};
use super::policy::{self, FirewallPolicy};
use super::rule::{self, FirewallRule, NewRule, Peer, RuleChange};
use super::subnets::{bind, of_subnet};
use super::{Direction, Firewall, policy_of};
use crate::condition;
use crate::context::Context;
use crate::fault::Fault;
use crate::quota;
use crate::resource::{Head, Kind};
use crate::subnet::Subnet;
use crate::tx::Tx;

/// The position of what comes behind all others.
pub const BEHIND: u32 = 32769;

/// Name of the quota on the rules of a subnet in one direction.
const QUOTA: &str = "aclRule";

const BOTH: [Direction; 2] = [Direction::Ingress, Direction::Egress];

/// One line of a list.
#[derive(Clone, Debug)]
pub struct Entry {
    /// Which packets it judges.
    pub direction: Direction,
    /// Its position: the lower number decides first.
    pub position: u32,
    /// The rule; none for what comes behind all others.
    pub rule: Option<FirewallRule>,
    /// Whether it lets packets pass.
    pub allow: bool,
}

/// A line as it is asked for.
#[derive(Clone, Debug)]
pub struct NewEntry {
    /// The subnet, by UUID.
    pub subnet: String,
    /// Which packets it judges.
    pub direction: Direction,
    /// Its position.
    pub position: u32,
    /// The rule.
    pub rule: NewRule,
}

/// The list of a subnet: what enters, what leaves, each by position, and what comes behind all others.
pub fn view(tx: &mut Tx<'_>, subnet: &str) -> Result<Vec<Entry>, Fault> {
    let firewall = of_subnet(tx, subnet)?;
    let (mut entries, mut behind) = (Vec::new(), Vec::new());
    for direction in BOTH {
        let mut last = firewall.is_none();
        if let Some(firewall) = firewall.as_ref().filter(|it| it.enabled) {
            for (rule, position) in placed(tx, firewall, direction)? {
                if is_behind(&rule) {
                    last |= rule.family == Family::V4 && rule.allow;
                } else if rule.enabled {
                    entries.push(Entry {
                        direction,
                        position,
                        allow: rule.allow,
                        rule: Some(rule),
                    });
                }
            }
        }
        behind.push(Entry {
            direction,
            position: BEHIND,
            rule: None,
            allow: last,
        });
    }
    entries.extend(behind);
    Ok(entries)
}

/// Adds lines, all or none.
pub fn add(tx: &mut Tx<'_>, cx: &mut Context<'_>, new: Vec<NewEntry>) -> Result<(), Fault> {
    condition::standing(tx, cx, false)?;
    condition::backend_writes(tx, cx)?;
    for entry in new {
        let subnet: Subnet = tx.get(&cx.caller.project, &entry.subnet)?;
        let firewall = own(tx, cx, &subnet)?;
        refuse_same(tx, &firewall, entry.position, None)?;
        let mut listed = placed(tx, &firewall, entry.direction)?;
        listed.retain(|(rule, _)| !is_behind(rule));
        let limit = quota::limit(tx, cx, &cx.caller.project, QUOTA)?;
        if let Some(limit) = limit.filter(|limit| listed.len() as u64 >= *limit) {
            let quota = QUOTA;
            return Err(Fault::QuotaExceeded { quota, limit });
        }
        let mut policy = own_policy(tx, cx, &firewall.head.id, entry.direction)?;
        let new = NewRule {
            position: Some(entry.position),
            ..entry.rule
        };
        let rule = rule::create(tx, cx, Some(&policy.head.id), new)?;
        let at = listed.iter().take_while(|(_, at)| *at < entry.position);
        policy.rules.insert(at.count(), rule.head.id);
        policy::store(tx, cx, &mut policy, false)?;
    }
    Ok(())
}

/// Changes a line, which the short id of its rule names.
pub fn update(
    tx: &mut Tx<'_>,
    cx: &mut Context<'_>,
    id: &str,
    change: RuleChange,
) -> Result<(), Fault> {
    let (firewall, mut policy, rule) = find(tx, cx, id)?;
    if let Some(position) = change.position {
        refuse_same(tx, &firewall, position, Some(&rule.head.id))?;
    }
    let moves = change.position.is_some();
    let rule = rule::update(tx, cx, &rule.head.id, change)?;
    if !moves {
        return Ok(());
    }
    policy.rules.retain(|it| *it != rule.head.id);
    let others = numbered(policy::rules(tx, &policy)?);
    let ahead = others
        .iter()
        .take_while(|(_, at)| rule.position.is_some_and(|mine| *at < mine));
    policy.rules.insert(ahead.count(), rule.head.id);
    // What has just touched the policy stored it with the old order.
    policy.head = tx
        .get::<FirewallPolicy>(&cx.caller.project, &policy.head.id)?
        .head;
    policy::store(tx, cx, &mut policy, false)
}

/// Takes a line away; with the last one goes the firewall that was made for the list.
pub fn remove(tx: &mut Tx<'_>, cx: &mut Context<'_>, id: &str) -> Result<(), Fault> {
    let (firewall, mut policy, rule) = find(tx, cx, id)?;
    condition::backend_writes(tx, cx)?;
    policy::remove(tx, cx, &mut policy, &[rule.head.id])?;
    if firewall.made_for.is_none() {
        return Ok(());
    }
    for direction in BOTH {
        let left = placed(tx, &firewall, direction)?;
        let as_made = left.iter().all(|(rule, _)| is_behind(rule) && rule.allow);
        if !as_made || left.is_empty() {
            return Ok(());
        }
    }
    discard(tx, &firewall)
}

/// The rule of that short id with its policy and its firewall, when they are one subnet's own.
fn find(
    tx: &mut Tx<'_>,
    cx: &Context<'_>,
    id: &str,
) -> Result<(Firewall, FirewallPolicy, FirewallRule), Fault> {
    let missing = || Fault::NotFound {
        kind: Kind::FirewallRule,
        id: id.to_owned(),
    };
    let rule: FirewallRule = tx.by_alias(&cx.caller.project, id)?;
    if is_behind(&rule) {
        return Err(missing());
    }
    let policy = rule.head.parent.as_deref().unwrap_or_default();
    let policy = tx
        .any::<FirewallPolicy>(policy)?
        .ok_or_else(|| shared(id))?;
    // The other cloud takes rules out of policies that still have them elsewhere.
    if !policy.rules.contains(&rule.head.id) {
        return Err(shared(id));
    }
    let firewall = policy.head.parent.as_deref().unwrap_or_default();
    let firewall = tx.any::<Firewall>(firewall)?.ok_or_else(|| shared(id))?;
    must_be_own(tx, &firewall)?;
    Ok((firewall, policy, rule))
}

/// The firewall that holds the list of a subnet; one is made where there is none.
fn own(tx: &mut Tx<'_>, cx: &mut Context<'_>, subnet: &Subnet) -> Result<Firewall, Fault> {
    let id = subnet.head.id.clone();
    if let Some(firewall) = of_subnet(tx, &id)? {
        must_be_own(tx, &firewall)?;
        return Ok(firewall);
    }
    let mut head = Head::new::<Firewall>(cx, None);
    head.target = format!("firewall/{}", head.id);
    let mut firewall = Firewall {
        head,
        name: format!("acl-{}", subnet.name),
        description: String::new(),
        enterprise_project: "0".to_owned(),
        tags: Vec::new(),
        enabled: true,
        ingress: None,
        egress: None,
        subnets: Vec::new(),
        made_for: Some(id.clone()),
        stateless: true,
    };
    tx.insert(&firewall)?;
    bind(tx, &mut firewall, vec![id])?;
    tx.store(&mut firewall)?;
    for direction in BOTH {
        let mut policy = own_policy(tx, cx, &firewall.head.id, direction)?;
        for family in [Family::V4, Family::V6] {
            let rule = rule::create(tx, cx, Some(&policy.head.id), everything(family))?;
            policy.rules.push(rule.head.id);
        }
        policy::store(tx, cx, &mut policy, false)?;
    }
    tx.get(&cx.caller.project, &firewall.head.id)
}

/// What comes behind all others: everything passes.
fn everything(family: Family) -> NewRule {
    NewRule {
        name: String::new(),
        description: String::new(),
        family,
        protocol: None,
        allow: true,
        capitals: false,
        source: Peer::Any,
        destination: Peer::Any,
        source_port: Ports::default(),
        destination_port: Ports::default(),
        enabled: true,
        position: Some(BEHIND),
    }
}

/// Refuses to change a list that is not one subnet's alone: that would change what others go by.
fn must_be_own(tx: &mut Tx<'_>, firewall: &Firewall) -> Result<(), Fault> {
    let id = &firewall.head.id;
    if firewall.subnets.len() != 1 || !firewall.enabled {
        return Err(shared(id));
    }
    for direction in BOTH {
        let Some(policy) = policy_of(tx, firewall, direction)? else {
            continue;
        };
        let own = policy.head.parent.as_ref() == Some(id);
        if !own || tx.holders(&policy.head.id, 2)?.len() > 1 {
            return Err(shared(id));
        }
    }
    Ok(())
}

/// Refuses a position that the list has, in either direction: clients find their rules by it alone.
fn refuse_same(
    tx: &mut Tx<'_>,
    firewall: &Firewall,
    position: u32,
    but: Option<&str>,
) -> Result<(), Fault> {
    for direction in BOTH {
        let placed = placed(tx, firewall, direction)?;
        let mut others = placed
            .iter()
            .filter(|(it, _)| Some(it.head.id.as_str()) != but);
        if let Some((rule, _)) = others.find(|(_, at)| *at == position) {
            return Err(Fault::Duplicate {
                kind: Kind::FirewallRule,
                id: rule.head.id.clone(),
            });
        }
    }
    Ok(())
}

/// The rules of a direction with their positions.
fn placed(
    tx: &mut Tx<'_>,
    firewall: &Firewall,
    direction: Direction,
) -> Result<Vec<(FirewallRule, u32)>, Fault> {
    Ok(numbered(super::rules(tx, firewall, direction)?))
}

/// Rules in their order with their positions. One that was given none follows the one before it, and so does one that
/// the other cloud has moved behind a higher number: the first that fits decides, whatever number it was given.
fn numbered(rules: Vec<FirewallRule>) -> Vec<(FirewallRule, u32)> {
    let mut before = 0;
    let placed = rules.into_iter().map(|rule| {
        let next = before + 1;
        before = rule.position.map_or(next, |position| position.max(next));
        (rule, before)
    });
    placed.collect()
}

fn is_behind(rule: &FirewallRule) -> bool {
    rule.position == Some(BEHIND)
}

fn shared(id: &str) -> Fault {
    Fault::Unsuitable {
        kind: Kind::Firewall,
        id: id.to_owned(),
        reason: "it is not the list of one subnet alone",
    }
}
