//! Reserved blocks of subnets, v3.

use serde::Deserialize;
use serde_json::{Value, json};
use vpcd_dialect::decode::integer;
use vpcd_dialect::{Call, Refusal, Reply};
use vpcd_domain::cidr_reservation::{
    self, CidrReservation, NewReservation, ReservationChange, Wanted,
};
use vpcd_domain::condition;
use vpcd_net::{Cidr, Cidr6, Family, Prefix};

use crate::faults::{self, invalid, refuse};
use crate::generated::errors;
use crate::wire::{self, among, is_description, is_name, time_z, values};

#[derive(Deserialize)]
struct Body<T> {
    dry_run: Option<bool>,
    virsubnet_cidr_reservation: T,
}

#[derive(Deserialize)]
struct CreateWire {
    virsubnet_id: String,
    #[serde(default, deserialize_with = "integer")]
    ip_version: Option<i64>,
    cidr: Option<String>,
    #[serde(default, deserialize_with = "integer")]
    mask: Option<i64>,
    name: Option<String>,
    description: Option<String>,
}

#[derive(Deserialize)]
struct UpdateWire {
    name: Option<String>,
    description: Option<String>,
}

/// `POST /v3/{project_id}/vpc/virsubnet-cidr-reservations`
pub fn create(call: &Call<'_>) -> Result<Reply, Refusal> {
    let body: Body<CreateWire> = call.body().map_err(|fault| faults::body(call, &fault))?;
    let wire = body.virsubnet_cidr_reservation;
    let family = match wire.ip_version {
        Some(4) => Family::V4,
        Some(6) => Family::V6,
        _ => return Err(invalid(call.group, "ip_version")),
    };
    let cidr = wire.cidr.filter(|text| !text.is_empty());
    let wanted = match (cidr, wire.mask) {
        (Some(text), _) => {
            let block = block(&text, family).ok_or_else(|| Refusal::new(errors::V3_9911))?;
            Wanted::Block(block)
        }
        (None, Some(mask)) => {
            let mask = u8::try_from(mask).map_err(|_| invalid(call.group, "mask"))?;
            match family {
                Family::V4 => Wanted::Prefix(mask),
                Family::V6 => Wanted::Prefix6(mask),
            }
        }
        (None, None) => return Err(invalid(call.group, "cidr")),
    };
    let new = NewReservation {
        subnet: wire.virsubnet_id,
        name: name(call, wire.name)?.unwrap_or_default(),
        description: description(call, wire.description)?.unwrap_or_default(),
        wanted,
    };
    let made = wire::attempt(call, body.dry_run, move |tx, cx| {
        cidr_reservation::create(tx, cx, new.clone())
    });
    let made = made.map_err(|fault| refuse(call, fault))?;
    Ok(made.map_or_else(|| wire::passed_dry_run(call), |it| one(call, &it)))
}

/// `GET /v3/{project_id}/vpc/virsubnet-cidr-reservations/{virsubnet_cidr_reservation_id}`
pub fn show(call: &Call<'_>) -> Result<Reply, Refusal> {
    let id = id(call);
    let it = call
        .read(move |tx, cx| {
            condition::backend_reads(tx, cx)?;
            tx.get(&cx.caller.project, &id)
        })
        .map_err(|fault| refuse(call, fault))?;
    Ok(one(call, &it))
}

/// `GET /v3/{project_id}/vpc/virsubnet-cidr-reservations`
pub fn list(call: &Call<'_>) -> Result<Reply, Refusal> {
    let page = wire::page(call).map_err(|field| invalid(call.group, field))?;
    wire::enterprise_project(call).map_err(|field| invalid(call.group, field))?;
    let filter = Filter::of(call);
    let limit = page.limit;
    let mut found = call
        .read(move |tx, cx| {
            condition::backend_reads(tx, cx)?;
            let project = cx.caller.project.clone();
            let wanted = |it: &CidrReservation| it.head.project == project && filter.wants(it);
            let subnet = match filter.subnets.as_slice() {
                [one] => Some(one.as_str()),
                _ => None,
            };
            wire::filtered(
                limit + 1,
                page.marker.clone(),
                wanted,
                |after, limit| match subnet {
                    Some(subnet) => tx.children_page(subnet, after, limit),
                    None => tx.list(&project, after, limit),
                },
            )
        })
        .map_err(|fault| refuse(call, fault))?;
    let more = found.len() > limit;
    found.truncate(limit);
    let info = wire::page_info(found.iter().map(|it| it.head.id.as_str()), more);
    let all: Vec<Value> = found.iter().map(render).collect();
    let body = json!({
        "request_id": call.request.id, "virsubnet_cidr_reservations": all, "page_info": info,
    });
    Ok(Reply::json(call.success, body))
}

/// `PUT /v3/{project_id}/vpc/virsubnet-cidr-reservations/{virsubnet_cidr_reservation_id}`
pub fn update(call: &Call<'_>) -> Result<Reply, Refusal> {
    let id = id(call);
    let body: Body<UpdateWire> = call.body().map_err(|fault| faults::body(call, &fault))?;
    let wire = body.virsubnet_cidr_reservation;
    let change = ReservationChange {
        name: name(call, wire.name)?,
        description: description(call, wire.description)?,
    };
    let made = wire::attempt(call, body.dry_run, move |tx, cx| {
        cidr_reservation::update(tx, cx, &id, change.clone())
    });
    let made = made.map_err(|fault| refuse(call, fault))?;
    Ok(made.map_or_else(|| wire::passed_dry_run(call), |it| one(call, &it)))
}

/// `DELETE /v3/{project_id}/vpc/virsubnet-cidr-reservations/{virsubnet_cidr_reservation_id}`
pub fn delete(call: &Call<'_>) -> Result<Reply, Refusal> {
    let id = id(call);
    call.write(move |tx, cx| cidr_reservation::delete(tx, cx, &id))
        .map_err(|fault| refuse(call, fault))?;
    Ok(Reply::empty(call.success))
}

/// The filters of a list.
struct Filter {
    ids: Vec<String>,
    subnets: Vec<String>,
    blocks: Vec<String>,
    versions: Vec<String>,
    names: Vec<String>,
    descriptions: Vec<String>,
}

impl Filter {
    fn of(call: &Call<'_>) -> Filter {
        Filter {
            ids: values(call, "id"),
            subnets: values(call, "virsubnet_id"),
            blocks: values(call, "cidr"),
            versions: values(call, "ip_version"),
            names: values(call, "name"),
            descriptions: values(call, "description"),
        }
    }

    fn wants(&self, it: &CidrReservation) -> bool {
        among(&self.ids, &it.head.id)
            && among(&self.subnets, it.subnet())
            && among(&self.blocks, &it.cidr.to_string())
            && among(&self.versions, &it.cidr.family().version().to_string())
            && among(&self.names, &it.name)
            && among(&self.descriptions, &it.description)
    }
}

/// A block of that family, written without host bits.
fn block(text: &str, family: Family) -> Option<Prefix> {
    match family {
        Family::V4 => text.parse::<Cidr>().ok().map(Prefix::from),
        Family::V6 => text.parse::<Cidr6>().ok().map(Prefix::from),
    }
}

fn id(call: &Call<'_>) -> String {
    call.param("virsubnet_cidr_reservation_id").to_owned()
}

fn name(call: &Call<'_>, name: Option<String>) -> Result<Option<String>, Refusal> {
    match name {
        Some(name) if !is_name(&name, 1) => Err(invalid(call.group, "name")),
        name => Ok(name),
    }
}

fn description(call: &Call<'_>, text: Option<String>) -> Result<Option<String>, Refusal> {
    match text {
        Some(text) if !is_description(&text) => Err(invalid(call.group, "description")),
        text => Ok(text),
    }
}

fn one(call: &Call<'_>, it: &CidrReservation) -> Reply {
    let body = json!({"request_id": call.request.id, "virsubnet_cidr_reservation": render(it)});
    Reply::json(call.success, body)
}

fn render(it: &CidrReservation) -> Value {
    json!({
        "id": it.head.id,
        "virsubnet_id": it.subnet(),
        "vpc_id": it.vpc,
        "ip_version": it.cidr.family().version(),
        "cidr": it.cidr,
        "name": it.name,
        "description": it.description,
        "project_id": it.head.project,
        "created_at": time_z(it.head.created),
        "updated_at": time_z(it.head.updated),
    })
}
