//! Security groups, v1.

use serde::Deserialize;
use serde_json::{Value, json};
use vpcd_dialect::{Call, Refusal, Reply};
use vpcd_domain::security_group::{self, NewSecurityGroup, SecurityGroup};
use vpcd_domain::security_rule::SecurityRule;
use vpcd_domain::{Fault, Tx, condition};

use super::security_rule;
use crate::faults::{self, invalid, refuse};
use crate::wire::{self, is_enterprise_project, is_name, is_uuid};

#[derive(Deserialize)]
struct Body {
    security_group: CreateWire,
}

#[derive(Deserialize)]
struct CreateWire {
    name: Option<String>,
    vpc_id: Option<String>,
    enterprise_project_id: Option<String>,
}

/// A group with its rules.
pub type Shown = (SecurityGroup, Vec<SecurityRule>);

/// `POST /v1/{project_id}/security-groups`
pub fn create(call: &Call<'_>) -> Result<Reply, Refusal> {
    let body = call
        .body::<Body>()
        .map_err(|fault| faults::body(call, &fault))?;
    let wire = body.security_group;
    let wrong = |field| invalid(call.group, field);
    let name = wire.name.filter(|name| is_name(name, 1));
    // The network is only a hint: a group belongs to the project.
    if wire
        .vpc_id
        .is_some_and(|id| !id.is_empty() && !is_uuid(&id))
    {
        return Err(wrong("vpc_id"));
    }
    let project = wire.enterprise_project_id.filter(|id| !id.is_empty());
    let project = project.unwrap_or_else(|| "0".to_owned());
    if !is_enterprise_project(&project) {
        return Err(wrong("enterprise_project_id"));
    }
    let new = NewSecurityGroup {
        name: name.ok_or_else(|| wrong("name"))?,
        enterprise_project: project,
        ..NewSecurityGroup::default()
    };
    let shown = call
        .write(move |tx, cx| {
            let group = security_group::create(tx, cx, new.clone())?;
            with_rules(tx, group)
        })
        .map_err(|fault| refuse(call, fault))?;
    Ok(reply(call, &shown))
}

/// `GET /v1/{project_id}/security-groups/{security_group_id}`
pub fn show(call: &Call<'_>) -> Result<Reply, Refusal> {
    let id = id(call)?;
    let shown = call
        .read(move |tx, cx| {
            let group = security_group::show(tx, cx, &id)?;
            with_rules(tx, group)
        })
        .map_err(|fault| refuse(call, fault))?;
    Ok(reply(call, &shown))
}

/// `GET /v1/{project_id}/security-groups`
pub fn list(call: &Call<'_>) -> Result<Reply, Refusal> {
    let page = wire::page(call).map_err(|field| invalid(call.group, field))?;
    let project = wire::enterprise_project(call).map_err(|field| invalid(call.group, field))?;
    if call.query.get("vpc_id").is_some_and(|id| !is_uuid(id)) {
        return Err(invalid(call.group, "vpcId"));
    }
    with_default(call);
    let shown = call
        .read(move |tx, cx| {
            condition::backend_reads(tx, cx)?;
            let wanted = |group: &SecurityGroup| {
                let mine = &group.enterprise_project;
                project.as_deref().is_none_or(|project| mine == project)
            };
            let groups =
                wire::filtered(page.limit, page.marker.clone(), wanted, |after, limit| {
                    tx.list(&cx.caller.project, after, limit)
                })?;
            groups
                .into_iter()
                .map(|group| with_rules(tx, group))
                .collect::<Result<Vec<_>, _>>()
        })
        .map_err(|fault| refuse(call, fault))?;
    let groups: Vec<Value> = shown.iter().map(render).collect();
    Ok(Reply::json(
        call.success,
        json!({"security_groups": groups}),
    ))
}

/// `DELETE /v1/{project_id}/security-groups/{security_group_id}`
pub fn delete(call: &Call<'_>) -> Result<Reply, Refusal> {
    let id = id(call)?;
    call.write(move |tx, cx| security_group::delete(tx, cx, &id))
        .map_err(|fault| refuse(call, fault))?;
    Ok(Reply::empty(call.success))
}

/// Makes the project's default group before the first list of its groups, which shows it.
///
/// A list is answered whether or not this can be done: the store may be read only.
pub fn with_default(call: &Call<'_>) {
    let known = call.read(|tx, cx| {
        let up = condition::backend(tx, cx)? == condition::Backend::Up;
        Ok(!up || security_group::default_id(tx, &cx.caller.project)?.is_some())
    });
    if let Ok(false) = known {
        let made = call.write(|tx, cx| security_group::default_of(tx, cx).map(drop));
        drop(made);
    }
}

/// A group with its rules.
pub fn with_rules(tx: &mut Tx<'_>, group: SecurityGroup) -> Result<Shown, Fault> {
    let rules = tx.children(&group.head.id)?;
    Ok((group, rules))
}

fn id(call: &Call<'_>) -> Result<String, Refusal> {
    let id = call.param("security_group_id");
    match is_uuid(id) {
        true => Ok(id.to_owned()),
        false => Err(invalid(call.group, "security_group_id")),
    }
}

fn reply(call: &Call<'_>, shown: &Shown) -> Reply {
    Reply::json(call.success, json!({"security_group": render(shown)}))
}

fn render((group, rules): &Shown) -> Value {
    let rules: Vec<Value> = rules.iter().map(security_rule::render).collect();
    json!({
        "id": group.head.id,
        "name": group.name,
        "description": group.description,
        "enterprise_project_id": group.enterprise_project,
        "security_group_rules": rules,
    })
}
