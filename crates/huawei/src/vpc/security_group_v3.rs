//! Security groups, v3, and the security groups of ports.

use serde::Deserialize;
use serde_json::{Value, json};
use vpcd_dialect::{Call, Refusal, Reply};
use vpcd_domain::security_group::{self, NewSecurityGroup, SecurityGroup, SecurityGroupChange};
use vpcd_domain::{Tag, condition};

use super::port_v3;
use super::security_group::{Shown, with_default, with_rules};
use super::security_rule_v3;
use crate::faults::{self, invalid, refuse};
use crate::generated::limits;
use crate::wire::{
    self, TagWire, among, is_description, is_enterprise_project, is_name, is_uuid, time_z, values,
};

#[derive(Deserialize)]
struct Body<T> {
    security_group: T,
    dry_run: Option<bool>,
}

#[derive(Deserialize)]
struct CreateWire {
    name: Option<String>,
    description: Option<String>,
    enterprise_project_id: Option<String>,
    tags: Option<Vec<TagWire>>,
}

#[derive(Deserialize)]
struct UpdateWire {
    name: Option<String>,
    description: Option<String>,
}

#[derive(Deserialize)]
struct PortBody {
    port: PortWire,
    dry_run: Option<bool>,
}

#[derive(Deserialize)]
struct PortWire {
    security_groups: Option<Vec<String>>,
    #[serde(default, deserialize_with = "vpcd_dialect::decode::integer")]
    index: Option<i64>,
}

/// `POST /v3/{project_id}/vpc/security-groups`
pub fn create(call: &Call<'_>) -> Result<Reply, Refusal> {
    let body = call
        .body::<Body<CreateWire>>()
        .map_err(|fault| faults::body(call, &fault))?;
    let wire = body.security_group;
    let wrong = |field| invalid(call.group, field);
    let project = wire.enterprise_project_id.filter(|id| !id.is_empty());
    let project = project.unwrap_or_else(|| "0".to_owned());
    if !is_enterprise_project(&project) {
        return Err(wrong("enterprise_project_id"));
    }
    let name = wire.name.filter(|name| is_name(name, 1));
    let description = wire.description.unwrap_or_default();
    if !is_description(&description) {
        return Err(wrong("description"));
    }
    let new = NewSecurityGroup {
        name: name.ok_or_else(|| wrong("name"))?,
        description,
        enterprise_project: project,
        tags: tags(wire.tags.unwrap_or_default()).ok_or_else(|| wrong("tags"))?,
        ..NewSecurityGroup::default()
    };
    let shown = wire::attempt(call, body.dry_run, move |tx, cx| {
        let group = security_group::create(tx, cx, new.clone())?;
        with_rules(tx, group)
    })
    .map_err(|fault| refuse(call, fault))?;
    Ok(answer(call, shown.as_ref()))
}

/// `GET /v3/{project_id}/vpc/security-groups/{security_group_id}`
pub fn show(call: &Call<'_>) -> Result<Reply, Refusal> {
    let id = call.param("security_group_id").to_owned();
    let shown = call
        .read(move |tx, cx| {
            let group = security_group::show(tx, cx, &id)?;
            with_rules(tx, group)
        })
        .map_err(|fault| refuse(call, fault))?;
    Ok(answer(call, Some(&shown)))
}

/// `GET /v3/{project_id}/vpc/security-groups`
pub fn list(call: &Call<'_>) -> Result<Reply, Refusal> {
    let page = wire::page(call).map_err(|field| invalid(call.group, field))?;
    let project = wire::enterprise_project(call).map_err(|field| invalid(call.group, field))?;
    let (ids, names) = (values(call, "id"), values(call, "name"));
    // A description may hold commas, which separate values elsewhere.
    let description = call.query.get("description").map(str::to_owned);
    let descriptions = values(call, "description").into_iter().chain(description);
    let descriptions: Vec<String> = descriptions.collect();
    let limit = page.limit;
    with_default(call);
    let mut groups = call
        .read(move |tx, cx| {
            condition::backend_reads(tx, cx)?;
            let wanted = |group: &SecurityGroup| {
                let mine = &group.enterprise_project;
                project.as_deref().is_none_or(|project| mine == project)
                    && among(&ids, &group.head.id)
                    && among(&names, &group.name)
                    && among(&descriptions, &group.description)
            };
            let of = &cx.caller.project;
            wire::filtered(
                limit + 1,
                page.marker.clone(),
                wanted,
                |after, limit| match (ids.is_empty(), names.as_slice()) {
                    (false, _) => wire::of_ids(tx, of, &ids, after, limit),
                    (true, [name]) => security_group::named(tx, of, name, after, limit),
                    (true, _) => tx.list(of, after, limit),
                },
            )
        })
        .map_err(|fault| refuse(call, fault))?;
    let more = groups.len() > limit;
    groups.truncate(limit);
    let info = wire::page_info(groups.iter().map(|group| group.head.id.as_str()), more);
    let groups: Vec<Value> = groups.iter().map(render).collect();
    let body = json!({"request_id": call.request.id, "security_groups": groups, "page_info": info});
    Ok(Reply::json(call.success, body))
}

/// `PUT /v3/{project_id}/vpc/security-groups/{security_group_id}`
pub fn update(call: &Call<'_>) -> Result<Reply, Refusal> {
    let id = call.param("security_group_id").to_owned();
    let body = call
        .body::<Body<UpdateWire>>()
        .map_err(|fault| faults::body(call, &fault))?;
    let UpdateWire { name, description } = body.security_group;
    if name.as_deref().is_some_and(|name| !is_name(name, 1)) {
        return Err(invalid(call.group, "name"));
    }
    if description.as_deref().is_some_and(|it| !is_description(it)) {
        return Err(invalid(call.group, "description"));
    }
    let change = SecurityGroupChange { name, description };
    let shown = wire::attempt(call, body.dry_run, move |tx, cx| {
        let group = security_group::update(tx, cx, &id, change.clone())?;
        with_rules(tx, group)
    })
    .map_err(|fault| refuse(call, fault))?;
    Ok(answer(call, shown.as_ref()))
}

/// `DELETE /v3/{project_id}/vpc/security-groups/{security_group_id}`
pub fn delete(call: &Call<'_>) -> Result<Reply, Refusal> {
    let id = call.param("security_group_id").to_owned();
    call.write(move |tx, cx| security_group::delete(tx, cx, &id))
        .map_err(|fault| refuse(call, fault))?;
    Ok(Reply::empty(call.success))
}

/// `PUT /v3/{project_id}/ports/{port_id}/insert-security-groups`
pub fn join(call: &Call<'_>) -> Result<Reply, Refusal> {
    let port = call.param("port_id").to_owned();
    let (groups, index, dry_run) = port_body(call)?;
    let shown = wire::attempt(call, dry_run, move |tx, cx| {
        let port = security_group::join(tx, cx, &port, &groups, index)?;
        port_v3::shown(tx, port)
    })
    .map_err(|fault| refuse(call, fault))?;
    Ok(port_answer(call, shown.as_ref()))
}

/// `PUT /v3/{project_id}/ports/{port_id}/remove-security-groups`
pub fn leave(call: &Call<'_>) -> Result<Reply, Refusal> {
    let port = call.param("port_id").to_owned();
    let (groups, _, dry_run) = port_body(call)?;
    let shown = wire::attempt(call, dry_run, move |tx, cx| {
        let port = security_group::leave(tx, cx, &port, &groups)?;
        port_v3::shown(tx, port)
    })
    .map_err(|fault| refuse(call, fault))?;
    Ok(port_answer(call, shown.as_ref()))
}

type PortAsk = (Vec<String>, Option<usize>, Option<bool>);

fn port_body(call: &Call<'_>) -> Result<PortAsk, Refusal> {
    let PortBody { port, dry_run } = call
        .body::<PortBody>()
        .map_err(|fault| faults::body(call, &fault))?;
    let groups = port.security_groups.unwrap_or_default();
    if groups.is_empty() || !groups.iter().all(|id| is_uuid(id)) {
        return Err(invalid(call.group, "security_groups"));
    }
    let index = port.index.map(usize::try_from).transpose();
    let index = index.map_err(|_| invalid(call.group, "index"))?;
    Ok((groups, index, dry_run))
}

fn port_answer(call: &Call<'_>, shown: Option<&port_v3::Shown>) -> Reply {
    match shown {
        Some(shown) => {
            let body = json!({"request_id": call.request.id, "port": port_v3::render(shown)});
            Reply::json(call.success, body)
        }
        None => wire::passed_dry_run(call),
    }
}

/// Tags of a create: each key once, of legal lengths, and no more than a resource carries.
fn tags(wire: Vec<TagWire>) -> Option<Vec<Tag>> {
    let mut tags: Vec<Tag> = Vec::with_capacity(wire.len());
    for tag in wire.into_iter().map(Tag::from) {
        let fits = (1..=128).contains(&tag.key.chars().count()) && tag.value.chars().count() <= 255;
        if !fits || tags.iter().any(|other| other.key == tag.key) {
            return None;
        }
        tags.push(tag);
    }
    u64::try_from(tags.len())
        .is_ok_and(|count| count <= limits::TAG_PER_RESOURCE)
        .then_some(tags)
}

fn answer(call: &Call<'_>, shown: Option<&Shown>) -> Reply {
    let Some((group, rules)) = shown else {
        return wire::passed_dry_run(call);
    };
    let rules: Vec<Value> = rules.iter().map(security_rule_v3::render).collect();
    let group = wire::merged(render(group), json!({"security_group_rules": rules}));
    let body = json!({"request_id": call.request.id, "security_group": group});
    Reply::json(call.success, body)
}

fn render(group: &SecurityGroup) -> Value {
    json!({
        "id": group.head.id,
        "name": group.name,
        "description": group.description,
        "project_id": group.head.project,
        "created_at": time_z(group.head.created),
        "updated_at": time_z(group.head.updated),
        "enterprise_project_id": group.enterprise_project,
        "tags": group.tags,
    })
}
