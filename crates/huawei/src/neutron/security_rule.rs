//! Rules of security groups, natively.

use serde::Deserialize;
use serde_json::{Value, json};
use vpcd_dialect::{Call, Refusal, Reply};
use vpcd_domain::security_group::SecurityGroup;
use vpcd_domain::security_rule::{self, SecurityRule, with_remote};

use super::wire::{self as native, Listing};
use crate::faults::neutron::invalid;
use crate::faults::{self, refuse};
use crate::vpc::security_rule::{RangeWire, render_range};
use crate::wire::{merged, time_v1};

#[derive(Deserialize)]
struct Body {
    security_group_rule: RangeWire,
}

/// `POST /v2.0/security-group-rules`
pub fn create(call: &Call<'_>) -> Result<Reply, Refusal> {
    let body = call
        .body::<Body>()
        .map_err(|fault| faults::body(call, &fault))?;
    let (group, new) = body
        .security_group_rule
        .rule()
        .map_err(|field| invalid(&format!("{field} is invalid")))?;
    let rule = call
        .write(move |tx, cx| security_rule::create(tx, cx, &group, new.clone()))
        .map_err(|fault| refuse(call, fault))?;
    Ok(native::one(call, "security_group_rule", render(&rule)))
}

/// `GET /v2.0/security-group-rules/{security_group_rule_id}`
pub fn show(call: &Call<'_>) -> Result<Reply, Refusal> {
    let id = call.param("security_group_rule_id").to_owned();
    let rule = call
        .read(move |tx, cx| security_rule::show(tx, cx, &id))
        .map_err(|fault| refuse(call, fault))?;
    Ok(native::one(call, "security_group_rule", render(&rule)))
}

/// `GET /v2.0/security-group-rules`
pub fn list(call: &Call<'_>) -> Result<Reply, Refusal> {
    let listing = Listing::of(call)?;
    let only = |attribute| listing.only(attribute).map(str::to_owned);
    let group = only("security_group_id");
    let remote = only("remote_group_id").or_else(|| only("remote_address_group_id"));
    native::list(
        call,
        "security_group_rules",
        &listing,
        |tx, cx, id| {
            let rule = tx.find::<SecurityRule>(&cx.caller.project, id)?;
            Ok(rule.as_ref().map(render))
        },
        |tx, cx, way, limit| {
            let project = &cx.caller.project;
            let rules: Vec<SecurityRule> = match (&group, &remote) {
                (Some(group), _) => match tx.find::<SecurityGroup>(project, group)? {
                    Some(_) => tx.walk(project, Some(group), way, limit)?,
                    None => Vec::new(),
                },
                (None, Some(remote)) if !way.back => {
                    with_remote(tx, project, remote, way.from, limit)?
                }
                _ => tx.walk(project, None, way, limit)?,
            };
            Ok(rules.iter().map(render).collect())
        },
    )
}

/// `DELETE /v2.0/security-group-rules/{security_group_rule_id}`
pub fn delete(call: &Call<'_>) -> Result<Reply, Refusal> {
    let id = call.param("security_group_rule_id").to_owned();
    call.write(move |tx, cx| security_rule::delete(tx, cx, &id))
        .map_err(|fault| refuse(call, fault))?;
    Ok(Reply::empty(call.success))
}

/// A rule as the native API shows it.
pub fn render(rule: &SecurityRule) -> Value {
    let more = json!({
        "project_id": rule.head.project,
        "created_at": time_v1(rule.head.created),
        "updated_at": time_v1(rule.head.updated),
    });
    merged(render_range(rule), more)
}
