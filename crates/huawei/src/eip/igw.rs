//! Internet gateways for global public addresses, v3, and what those are bound to.

use serde::Deserialize;
use serde_json::{Value, json};
use vpcd_dialect::{Call, Refusal, Reply};
use vpcd_domain::condition;
use vpcd_domain::internet_gateway::{
    self, InternetGateway, InternetGatewayChange, NewInternetGateway,
};

use super::selection::{Fields, Rules, Selection, is, path_id};
use crate::faults::{self, invalid, refuse};
use crate::wire::{is_name, is_uuid, time_z};

static RULES: Rules = Rules {
    filters: &[is("id"), is("vpc_id"), is("name")],
    sort_keys: &["id", "name", "vpc_id", "created_at", "updated_at"],
    hidden: &[],
};

/// The list of bindings has many filters; with no global address there is nothing that they could select.
static BINDINGS: Rules = Rules {
    filters: &[],
    sort_keys: &[
        "geip_id",
        "geip_ip_address",
        "public_border_group",
        "instance_type",
        "instance_id",
        "created_at",
        "updated_at",
    ],
    hidden: &[],
};

#[derive(Deserialize)]
struct Body<T> {
    vpc_igw: T,
}

#[derive(Deserialize)]
struct CreateWire {
    vpc_id: Option<String>,
    network_id: Option<String>,
    add_route: Option<bool>,
    enable_ipv6: Option<bool>,
    name: Option<String>,
}

#[derive(Deserialize)]
struct UpdateWire {
    name: Option<String>,
    enable_ipv6: Option<bool>,
}

/// `POST /v3/{project_id}/geip/vpc-igws`
pub fn create(call: &Call<'_>) -> Result<Reply, Refusal> {
    let Body { vpc_igw: wire } = call
        .body::<Body<CreateWire>>()
        .map_err(|fault| faults::body(call, &fault))?;
    let wrong = |field: &str| invalid(call.group, field);
    let subnet = wire.network_id.filter(|id| !id.is_empty());
    if subnet.as_deref().is_some_and(|id| !is_uuid(id)) {
        return Err(wrong("network_id"));
    }
    let new = NewInternetGateway {
        vpc: wire
            .vpc_id
            .filter(|id| is_uuid(id))
            .ok_or_else(|| wrong("vpc_id"))?,
        name: name(call, wire.name)?.unwrap_or_default(),
        subnet,
        ipv6: wire.enable_ipv6.unwrap_or(false),
        default_route: wire.add_route.unwrap_or(false),
    };
    let it = call
        .write(move |tx, cx| internet_gateway::create(tx, cx, new.clone()))
        .map_err(|fault| refuse(call, fault))?;
    Ok(answered(call, &it))
}

/// `GET /v3/{project_id}/geip/vpc-igws/{vpc_igw_id}`
pub fn show(call: &Call<'_>) -> Result<Reply, Refusal> {
    let id = path_id(call, "vpc_igw_id")?;
    let it = call
        .read(move |tx, cx| {
            condition::backend_reads(tx, cx)?;
            tx.get::<InternetGateway>(&cx.caller.project, &id)
        })
        .map_err(|fault| refuse(call, fault))?;
    Ok(answered(call, &it))
}

/// `GET /v3/{project_id}/geip/vpc-igws`
pub fn list(call: &Call<'_>) -> Result<Reply, Refusal> {
    let selection = Selection::of(call, &RULES)?;
    let (ids, vpcs) = (selection.wanted("id"), selection.wanted("vpc_id"));
    let listed = call
        .read(move |tx, cx| {
            condition::backend_reads(tx, cx)?;
            let mut keyed: Vec<InternetGateway> = Vec::new();
            for id in &ids {
                keyed.extend(tx.find(&cx.caller.project, id)?);
            }
            if ids.is_empty() {
                for vpc in &vpcs {
                    keyed.extend(tx.children_page(vpc, None, 1)?);
                }
                keyed.retain(|it| it.head.project == cx.caller.project);
            }
            let keyed = (!ids.is_empty() || !vpcs.is_empty()).then_some(keyed);
            selection.of_kind(tx, cx, keyed, |_, it| Ok(render(&it)))
        })
        .map_err(|fault| refuse(call, fault))?;
    Ok(listed.reply(call, "vpc_igws"))
}

/// `PUT /v3/{project_id}/geip/vpc-igws/{vpc_igw_id}`
pub fn update(call: &Call<'_>) -> Result<Reply, Refusal> {
    let id = path_id(call, "vpc_igw_id")?;
    let Body { vpc_igw: wire } = call
        .body::<Body<UpdateWire>>()
        .map_err(|fault| faults::body(call, &fault))?;
    let change = InternetGatewayChange {
        name: name(call, wire.name)?,
        ipv6: wire.enable_ipv6,
    };
    let it = call
        .write(move |tx, cx| internet_gateway::update(tx, cx, &id, change.clone()))
        .map_err(|fault| refuse(call, fault))?;
    Ok(answered(call, &it))
}

/// `DELETE /v3/{project_id}/geip/vpc-igws/{vpc_igw_id}`
pub fn delete(call: &Call<'_>) -> Result<Reply, Refusal> {
    let id = path_id(call, "vpc_igw_id")?;
    call.write(move |tx, cx| internet_gateway::delete(tx, cx, &id))
        .map_err(|fault| refuse(call, fault))?;
    Ok(Reply::empty(call.success))
}

/// `GET /v3/{project_id}/geip/bindings`: global public addresses are not of this region, so none is bound in it.
pub fn bindings(call: &Call<'_>) -> Result<Reply, Refusal> {
    Selection::of(call, &BINDINGS)?;
    call.read(|tx, cx| condition::backend_reads(tx, cx))
        .map_err(|fault| refuse(call, fault))?;
    let body = json!({"request_id": call.request.id, "geip_bindings": []});
    Ok(Reply::json(call.success, body))
}

fn name(call: &Call<'_>, name: Option<String>) -> Result<Option<String>, Refusal> {
    match name {
        Some(name) if !is_name(&name, 0) => Err(invalid(call.group, "name")),
        name => Ok(name),
    }
}

fn answered(call: &Call<'_>, it: &InternetGateway) -> Reply {
    let shown = Fields::of(call, &[]).cut(render(it));
    let body = json!({"request_id": call.request.id, "vpc_igw": shown});
    Reply::json(call.success, body)
}

fn render(it: &InternetGateway) -> Value {
    json!({
        "id": it.head.id,
        "project_id": it.head.project,
        "vpc_id": it.vpc(),
        "name": it.name,
        "network_id": it.subnet.as_deref().unwrap_or_default(),
        "enable_ipv6": it.ipv6,
        "created_at": time_z(it.head.created),
        "updated_at": time_z(it.head.updated),
    })
}
