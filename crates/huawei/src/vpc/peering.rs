//! Peerings, v2.0: without a project in the path; accept and reject answer the peering itself.

use serde::Deserialize;
use serde_json::{Value, json};
use vpcd_dialect::{Call, Refusal, Reply};
use vpcd_domain::peering::{self, NewPeering, Peering, PeeringChange, Side, Status};
use vpcd_domain::{Fault, condition};

use crate::faults::{self, invalid, refuse};
use crate::wire::{self, is_description, is_uuid, time_v1};

#[derive(Deserialize)]
struct Body<T> {
    peering: T,
}

#[derive(Deserialize)]
struct SideWire {
    vpc_id: String,
    tenant_id: Option<String>,
}

#[derive(Deserialize)]
struct CreateWire {
    name: String,
    description: Option<String>,
    request_vpc_info: SideWire,
    accept_vpc_info: SideWire,
}

#[derive(Deserialize)]
struct UpdateWire {
    name: Option<String>,
    description: Option<String>,
}

/// `POST /v2.0/vpc/peerings`
pub fn create(call: &Call<'_>) -> Result<Reply, Refusal> {
    let Body::<CreateWire> { peering: wire } =
        call.body().map_err(|fault| faults::body(call, &fault))?;
    let (mine, theirs) = (wire.request_vpc_info, wire.accept_vpc_info);
    for (side, field) in [(&mine, "request_vpc_info"), (&theirs, "accept_vpc_info")] {
        if !is_uuid(&side.vpc_id) {
            return Err(invalid(call.group, field));
        }
    }
    let new = NewPeering {
        name: name(call, Some(wire.name))?.unwrap_or_default(),
        description: description(call, wire.description)?.unwrap_or_default(),
        vpc: mine.vpc_id,
        peer_vpc: theirs.vpc_id,
        peer_project: theirs.tenant_id.filter(|project| !project.is_empty()),
        ..NewPeering::default()
    };
    let it = call
        .write(move |tx, cx| peering::create(tx, cx, new.clone()))
        .map_err(|fault| refuse(call, fault))?;
    Ok(Reply::json(call.success, json!({"peering": render(&it)})))
}

/// `GET /v2.0/vpc/peerings/{peering_id}`
pub fn show(call: &Call<'_>) -> Result<Reply, Refusal> {
    let id = id(call);
    let it = call
        .read(move |tx, cx| {
            condition::backend_reads(tx, cx)?;
            peering::get(tx, cx, &id)
        })
        .map_err(|fault| refuse(call, fault))?;
    Ok(Reply::json(call.success, json!({"peering": render(&it)})))
}

/// `GET /v2.0/vpc/peerings`
pub fn list(call: &Call<'_>) -> Result<Reply, Refusal> {
    let page = wire::page(call).map_err(|field| invalid(call.group, field))?;
    let filter = Filter::of(call);
    let limit = page.limit;
    let mut found = call
        .read(move |tx, cx| {
            condition::backend_reads(tx, cx)?;
            // An unknown marker is refused here, as in the native API.
            if let Some(marker) = &page.marker
                && peering::find(tx, cx, marker)?.is_none()
            {
                return Err(Fault::invalid("marker", "names nothing"));
            }
            if let Some(id) = &filter.id {
                let it = peering::find(tx, cx, id)?;
                return Ok(it.into_iter().filter(|it| filter.wants(it)).collect());
            }
            let wanted = |it: &Peering| {
                filter.wants(it)
                    && [&it.requester, &it.accepter]
                        .iter()
                        .any(|side| side.project == cx.caller.project)
            };
            wire::filtered(limit + 1, page.marker.clone(), wanted, |after, limit| {
                peering::list(tx, cx, filter.vpc.as_deref(), after, limit)
            })
        })
        .map_err(|fault| refuse(call, fault))?;
    let more = found.len() > limit;
    found.truncate(limit);
    let links = wire::page_links(call, found.iter().map(|it| it.head.id.as_str()), more);
    let peerings: Vec<Value> = found.iter().map(render).collect();
    let mut body = json!({"peerings": peerings});
    if let Some(links) = links {
        body["peerings_links"] = links;
    }
    Ok(Reply::json(call.success, body))
}

/// `PUT /v2.0/vpc/peerings/{peering_id}`
pub fn update(call: &Call<'_>) -> Result<Reply, Refusal> {
    let id = id(call);
    let Body::<UpdateWire> { peering: wire } =
        call.body().map_err(|fault| faults::body(call, &fault))?;
    let change = PeeringChange {
        name: name(call, wire.name)?,
        description: description(call, wire.description)?,
    };
    let it = call
        .write(move |tx, cx| peering::update(tx, cx, &id, change.clone()))
        .map_err(|fault| refuse(call, fault))?;
    Ok(Reply::json(call.success, json!({"peering": render(&it)})))
}

/// `PUT /v2.0/vpc/peerings/{peering_id}/accept`
pub fn accept(call: &Call<'_>) -> Result<Reply, Refusal> {
    answer(call, true)
}

/// `PUT /v2.0/vpc/peerings/{peering_id}/reject`
pub fn reject(call: &Call<'_>) -> Result<Reply, Refusal> {
    answer(call, false)
}

/// `DELETE /v2.0/vpc/peerings/{peering_id}`
pub fn delete(call: &Call<'_>) -> Result<Reply, Refusal> {
    let id = id(call);
    call.write(move |tx, cx| peering::delete(tx, cx, &id))
        .map_err(|fault| refuse(call, fault))?;
    Ok(Reply::empty(call.success))
}

fn answer(call: &Call<'_>, accept: bool) -> Result<Reply, Refusal> {
    let id = id(call);
    let it = call
        .write(move |tx, cx| peering::answer(tx, cx, &id, accept))
        .map_err(|fault| refuse(call, fault))?;
    Ok(Reply::json(call.success, render(&it)))
}

/// The filters of a list.
struct Filter {
    id: Option<String>,
    name: Option<String>,
    status: Option<String>,
    project: Option<String>,
    vpc: Option<String>,
}

impl Filter {
    fn of(call: &Call<'_>) -> Filter {
        let text = |key| call.query.get(key).map(str::to_owned);
        Filter {
            id: text("id"),
            name: text("name"),
            status: text("status"),
            project: text("tenant_id"),
            vpc: text("vpc_id"),
        }
    }

    fn wants(&self, it: &Peering) -> bool {
        let same = |wanted: &Option<String>, value: &str| {
            wanted.as_deref().is_none_or(|wanted| wanted == value)
        };
        let projects = [&it.requester.project, &it.accepter.project];
        same(&self.id, &it.head.id)
            && same(&self.name, &it.name)
            && same(&self.status, status(it.status))
            && projects.iter().any(|project| same(&self.project, project))
            && self.vpc.as_deref().is_none_or(|vpc| it.joins(vpc))
    }
}

fn id(call: &Call<'_>) -> String {
    call.param("peering_id").to_owned()
}

fn name(call: &Call<'_>, name: Option<String>) -> Result<Option<String>, Refusal> {
    match name {
        Some(name) if !(1..=64).contains(&name.chars().count()) => Err(invalid(call.group, "name")),
        name => Ok(name),
    }
}

fn description(call: &Call<'_>, text: Option<String>) -> Result<Option<String>, Refusal> {
    match text {
        Some(text) if !is_description(&text) => Err(invalid(call.group, "description")),
        text => Ok(text),
    }
}

fn render(it: &Peering) -> Value {
    let side = |side: &Side| json!({"vpc_id": side.vpc, "tenant_id": side.project});
    json!({
        "id": it.head.id,
        "name": it.name,
        "status": status(it.status),
        "request_vpc_info": side(&it.requester),
        "accept_vpc_info": side(&it.accepter),
        "description": it.description,
        "created_at": time_v1(it.head.created),
        "updated_at": time_v1(it.head.updated),
    })
}

fn status(status: Status) -> &'static str {
    match status {
        Status::Pending => "PENDING_ACCEPTANCE",
        Status::Active => "ACTIVE",
        Status::Rejected => "REJECTED",
        Status::Lapsed => "EXPIRED",
    }
}
