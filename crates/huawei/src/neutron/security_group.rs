//! Security groups, natively.

use serde::Deserialize;
use serde_json::{Value, json};
use vpcd_dialect::{Call, Refusal, Reply};
use vpcd_domain::security_group::{self, NewSecurityGroup, SecurityGroup, SecurityGroupChange};

use super::security_rule;
use super::wire::{self as native, Listing};
use crate::faults::neutron::invalid;
use crate::faults::{self, refuse};
use crate::vpc::security_group::{Shown, with_default, with_rules};
use crate::wire::time_v1;

#[derive(Deserialize)]
struct Body {
    security_group: GroupWire,
}

#[derive(Deserialize)]
struct GroupWire {
    name: Option<String>,
    description: Option<String>,
}

/// `POST /v2.0/security-groups`
pub fn create(call: &Call<'_>) -> Result<Reply, Refusal> {
    let GroupWire { name, description } = body(call)?;
    let new = NewSecurityGroup {
        name: name.unwrap_or_default(),
        description: description.unwrap_or_default(),
        enterprise_project: "0".to_owned(),
        ..NewSecurityGroup::default()
    };
    let shown = call
        .write(move |tx, cx| {
            let group = security_group::create(tx, cx, new.clone())?;
            with_rules(tx, group)
        })
        .map_err(|fault| refuse(call, fault))?;
    Ok(native::one(call, "security_group", render(&shown)))
}

/// `GET /v2.0/security-groups/{security_group_id}`
pub fn show(call: &Call<'_>) -> Result<Reply, Refusal> {
    let id = id(call);
    let shown = call
        .read(move |tx, cx| {
            let group = security_group::show(tx, cx, &id)?;
            with_rules(tx, group)
        })
        .map_err(|fault| refuse(call, fault))?;
    Ok(native::one(call, "security_group", render(&shown)))
}

/// `GET /v2.0/security-groups`
pub fn list(call: &Call<'_>) -> Result<Reply, Refusal> {
    let listing = Listing::of(call)?;
    let name = listing.only("name").map(str::to_owned);
    with_default(call);
    native::list(
        call,
        "security_groups",
        &listing,
        |tx, cx, id| {
            let group = tx.find::<SecurityGroup>(&cx.caller.project, id)?;
            let shown = group.map(|group| with_rules(tx, group)).transpose()?;
            Ok(shown.as_ref().map(render))
        },
        |tx, cx, way, limit| {
            let project = &cx.caller.project;
            let groups = match &name {
                Some(name) if !way.back => {
                    security_group::named(tx, project, name, way.from, limit)?
                }
                _ => tx.walk(project, None, way, limit)?,
            };
            let shown = |group| Ok(render(&with_rules(tx, group)?));
            groups.into_iter().map(shown).collect()
        },
    )
}

/// `PUT /v2.0/security-groups/{security_group_id}`
pub fn update(call: &Call<'_>) -> Result<Reply, Refusal> {
    let id = id(call);
    let GroupWire { name, description } = body(call)?;
    let change = SecurityGroupChange { name, description };
    let shown = call
        .write(move |tx, cx| {
            let group = security_group::update(tx, cx, &id, change.clone())?;
            with_rules(tx, group)
        })
        .map_err(|fault| refuse(call, fault))?;
    Ok(native::one(call, "security_group", render(&shown)))
}

/// `DELETE /v2.0/security-groups/{security_group_id}`
pub fn delete(call: &Call<'_>) -> Result<Reply, Refusal> {
    let id = id(call);
    call.write(move |tx, cx| security_group::delete(tx, cx, &id))
        .map_err(|fault| refuse(call, fault))?;
    Ok(Reply::empty(call.success))
}

fn id(call: &Call<'_>) -> String {
    call.param("security_group_id").to_owned()
}

fn body(call: &Call<'_>) -> Result<GroupWire, Refusal> {
    let body = call
        .body::<Body>()
        .map_err(|fault| faults::body(call, &fault))?;
    let wire = body.security_group;
    let long = |text: &Option<String>| text.as_ref().is_some_and(|it| it.chars().count() > 255);
    if long(&wire.name) {
        return Err(invalid("name is longer than 255 characters"));
    }
    if long(&wire.description) {
        return Err(invalid("description is longer than 255 characters"));
    }
    Ok(wire)
}

fn render((group, rules): &Shown) -> Value {
    let rules: Vec<Value> = rules.iter().map(security_rule::render).collect();
    json!({
        "id": group.head.id,
        "name": group.name,
        "description": group.description,
        "security_group_rules": rules,
        "tenant_id": group.head.project,
        "project_id": group.head.project,
        "created_at": time_v1(group.head.created),
        "updated_at": time_v1(group.head.updated),
    })
}
