//! Firewall policies of the native API: rules in their order.

use serde::Deserialize;
use serde_json::{Value, json};
use vpcd_dialect::{Call, Refusal, Reply};
use vpcd_domain::firewall::policy::{self, FirewallPolicy, NewPolicy, PolicyChange, Spot};
use vpcd_domain::{Context, Fault, Kind, Tx, condition};

use super::firewall::legal;
use super::wire;
use crate::faults::{self, refuse};
use crate::generated::errors as row;

#[derive(Deserialize)]
struct Body {
    firewall_policy: PolicyWire,
}

#[derive(Deserialize)]
struct PolicyWire {
    name: Option<String>,
    description: Option<String>,
    audited: Option<bool>,
    firewall_rules: Option<Vec<String>>,
}

#[derive(Deserialize)]
struct PlaceWire {
    firewall_rule_id: String,
    insert_after: Option<String>,
    insert_before: Option<String>,
}

/// `POST /v2.0/fwaas/firewall_policies`
pub fn create(call: &Call<'_>) -> Result<Reply, Refusal> {
    let wire = policy(call)?;
    let new = NewPolicy {
        name: wire.name.unwrap_or_default(),
        description: wire.description.unwrap_or_default(),
        audited: wire.audited.unwrap_or(false),
        rules: wire.firewall_rules.unwrap_or_default(),
    };
    let made = call
        .write(move |tx, cx| policy::create(tx, cx, new.clone()))
        .map_err(|fault| refuse(call, fault))?;
    Ok(wire::one(call, "firewall_policy", render(&made)))
}

/// `GET /v2.0/fwaas/firewall_policies/{firewall_policy_id}`
pub fn show(call: &Call<'_>) -> Result<Reply, Refusal> {
    let id = id(call);
    let found = call.read(move |tx, cx| {
        condition::backend_reads(tx, cx)?;
        tx.get::<FirewallPolicy>(&cx.caller.project, &id)
    });
    let found = found.map_err(|fault| refuse(call, fault))?;
    Ok(wire::one(call, "firewall_policy", render(&found)))
}

/// `GET /v2.0/fwaas/firewall_policies`
pub fn list(call: &Call<'_>) -> Result<Reply, Refusal> {
    let listing = wire::Listing::of(call)?;
    let find = |tx: &mut Tx<'_>, cx: &mut Context<'_>, id: &str| {
        let found = tx.find::<FirewallPolicy>(&cx.caller.project, id)?;
        Ok(found.as_ref().map(render))
    };
    wire::list(
        call,
        "firewall_policies",
        &listing,
        find,
        |tx, cx, way, n| {
            let policies = tx.walk::<FirewallPolicy>(&cx.caller.project, None, way, n)?;
            Ok(policies.iter().map(render).collect())
        },
    )
}

/// `PUT /v2.0/fwaas/firewall_policies/{firewall_policy_id}`
pub fn update(call: &Call<'_>) -> Result<Reply, Refusal> {
    let id = id(call);
    let wire = policy(call)?;
    let change = PolicyChange {
        name: wire.name,
        description: wire.description,
        audited: wire.audited,
        rules: wire.firewall_rules,
    };
    let changed = call
        .write(move |tx, cx| policy::update(tx, cx, &id, change.clone()))
        .map_err(|fault| refuse(call, fault))?;
    Ok(wire::one(call, "firewall_policy", render(&changed)))
}

/// `DELETE /v2.0/fwaas/firewall_policies/{firewall_policy_id}`
pub fn delete(call: &Call<'_>) -> Result<Reply, Refusal> {
    let id = id(call);
    call.write(move |tx, cx| policy::delete(tx, cx, &id))
        .map_err(|fault| refuse(call, fault))?;
    Ok(Reply::empty(call.success))
}

/// `PUT /v2.0/fwaas/firewall_policies/{firewall_policy_id}/insert_rule`: the policy without a wrapper.
pub fn insert(call: &Call<'_>) -> Result<Reply, Refusal> {
    let id = id(call);
    let wire = place(call)?;
    let named = |it: Option<String>| it.filter(|it| !it.is_empty());
    // Of the two places the one before wins.
    let spot = match (named(wire.insert_before), named(wire.insert_after)) {
        (Some(rule), _) => Spot::Before(rule),
        (None, Some(rule)) => Spot::After(rule),
        (None, None) => Spot::First,
    };
    let rule = wire.firewall_rule_id;
    let changed = call
        .write(move |tx, cx| policy::insert(tx, cx, &id, &rule, &spot))
        .map_err(|fault| refused(call, fault))?;
    Ok(Reply::json(call.success, render(&changed)))
}

/// `PUT /v2.0/fwaas/firewall_policies/{firewall_policy_id}/remove_rule`: the policy without a wrapper.
pub fn take_out(call: &Call<'_>) -> Result<Reply, Refusal> {
    let id = id(call);
    let rule = place(call)?.firewall_rule_id;
    let changed = call
        .write(move |tx, cx| policy::take_out(tx, cx, &id, &rule))
        .map_err(|fault| refused(call, fault))?;
    Ok(Reply::json(call.success, render(&changed)))
}

fn policy(call: &Call<'_>) -> Result<PolicyWire, Refusal> {
    let Body {
        firewall_policy: mut wire,
    } = call.body().map_err(|fault| faults::body(call, &fault))?;
    wire.name = legal("name", wire.name)?;
    wire.description = legal("description", wire.description)?;
    Ok(wire)
}

fn place(call: &Call<'_>) -> Result<PlaceWire, Refusal> {
    call.body().map_err(|fault| faults::body(call, &fault))
}

fn id(call: &Call<'_>) -> String {
    call.param("firewall_policy_id").to_owned()
}

fn refused(call: &Call<'_>, fault: Fault) -> Refusal {
    let (row, rule) = match &fault {
        Fault::WrongParent {
            kind: Kind::FirewallRule,
            id,
        } => (row::NEUTRON_FIREWALL_RULE_NOT_ASSOCIATED_WITH_POLICY, id),
        Fault::Duplicate {
            kind: Kind::FirewallRule,
            id,
        } => (row::NEUTRON_FIREWALL_RULE_ALREADY_ASSOCIATED, id),
        _ => return refuse(call, fault),
    };
    Refusal::new(row)
        .with([rule.clone(), id(call)])
        .because(fault.to_string())
}

fn render(it: &FirewallPolicy) -> Value {
    json!({
        "id": it.head.id,
        "name": it.name,
        "description": it.description,
        "audited": it.audited,
        "public": false,
        "firewall_rules": it.rules,
        "tenant_id": it.head.project,
        "project_id": it.head.project,
    })
}
