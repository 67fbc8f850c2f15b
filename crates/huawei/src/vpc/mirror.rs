//! Traffic mirrors, v3: the filters here, their rules and the sessions in files of their own.

pub mod rule;
pub mod session;

use serde::Deserialize;
use serde_json::{Value, json};
use vpcd_dialect::{Call, Refusal, Reply};
use vpcd_domain::index::{self, Narrow};
use vpcd_domain::mirror::rule::{self as rules, Direction, MirrorRule};
use vpcd_domain::mirror::{self, MirrorFilter};
use vpcd_domain::{Fault, Tx, condition};

use crate::faults::{self, invalid, refuse};
use crate::wire::{self, among, is_description, is_name, time_z};

#[derive(Deserialize)]
struct Body<T> {
    traffic_mirror_filter: T,
}

#[derive(Deserialize)]
struct FilterWire {
    name: Option<String>,
    description: Option<String>,
}

/// A filter with its rules in and out.
struct Shown {
    filter: MirrorFilter,
    ingress: Vec<MirrorRule>,
    egress: Vec<MirrorRule>,
}

/// `POST /v3/{project_id}/vpc/traffic-mirror-filters`
pub fn create(call: &Call<'_>) -> Result<Reply, Refusal> {
    let (name, description) = parse(call)?;
    let name = name.ok_or_else(|| invalid(call.group, "name"))?;
    let description = description.unwrap_or_default();
    let shown = call
        .write(move |tx, cx| {
            let filter = mirror::create(tx, cx, name.clone(), description.clone())?;
            with_rules(tx, filter)
        })
        .map_err(|fault| refuse(call, fault))?;
    Ok(answer(call, &shown))
}

/// `GET /v3/{project_id}/vpc/traffic-mirror-filters/{traffic_mirror_filter_id}`
pub fn show(call: &Call<'_>) -> Result<Reply, Refusal> {
    let id = id(call);
    let shown = call
        .read(move |tx, cx| {
            condition::backend_reads(tx, cx)?;
            let filter = tx.get(&cx.caller.project, &id)?;
            with_rules(tx, filter)
        })
        .map_err(|fault| refuse(call, fault))?;
    Ok(answer(call, &shown))
}

/// `GET /v3/{project_id}/vpc/traffic-mirror-filters`
pub fn list(call: &Call<'_>) -> Result<Reply, Refusal> {
    let page = wire::page(call).map_err(|field| invalid(call.group, field))?;
    let (ids, names) = (wire::values(call, "id"), wire::values(call, "name"));
    let descriptions = wire::values(call, "description");
    let limit = page.limit;
    let mut shown = call
        .read(move |tx, cx| {
            condition::backend_reads(tx, cx)?;
            let wanted = |it: &MirrorFilter| {
                among(&ids, &it.head.id)
                    && among(&names, &it.name)
                    && among(&descriptions, &it.description)
            };
            let narrow = Narrow {
                ids: &ids,
                by: &[("name", &names)],
            };
            let (project, marker) = (&cx.caller.project, page.marker.as_deref());
            // One more than the page holds tells whether there is a next one.
            let found = index::page(tx, project, narrow, wanted, marker, limit + 1)?;
            let shown = found.into_iter().map(|filter| with_rules(tx, filter));
            shown.collect::<Result<Vec<_>, _>>()
        })
        .map_err(|fault| refuse(call, fault))?;
    let more = shown.len() > limit;
    shown.truncate(limit);
    let info = wire::page_info(shown.iter().map(|it| it.filter.head.id.as_str()), more);
    let rendered: Vec<Value> = shown.iter().map(render).collect();
    Ok(listed(call, "traffic_mirror_filters", rendered, info))
}

/// `PUT /v3/{project_id}/vpc/traffic-mirror-filters/{traffic_mirror_filter_id}`
pub fn update(call: &Call<'_>) -> Result<Reply, Refusal> {
    let id = id(call);
    let (name, description) = parse(call)?;
    let shown = call
        .write(move |tx, cx| {
            let filter = mirror::update(tx, cx, &id, name.clone(), description.clone())?;
            with_rules(tx, filter)
        })
        .map_err(|fault| refuse(call, fault))?;
    Ok(answer(call, &shown))
}

/// `DELETE /v3/{project_id}/vpc/traffic-mirror-filters/{traffic_mirror_filter_id}`
pub fn delete(call: &Call<'_>) -> Result<Reply, Refusal> {
    let id = id(call);
    call.write(move |tx, cx| mirror::delete(tx, cx, &id))
        .map_err(|fault| refuse(call, fault))?;
    Ok(Reply::empty(call.success))
}

/// Name and description, when they are given and legal.
fn parse(call: &Call<'_>) -> Result<(Option<String>, Option<String>), Refusal> {
    let Body {
        traffic_mirror_filter: wire,
    } = call
        .body::<Body<FilterWire>>()
        .map_err(|fault| faults::body(call, &fault))?;
    let name = checked(call, "name", wire.name, |name| is_name(name, 1))?;
    let description = checked(call, "description", wire.description, is_description)?;
    Ok((name, description))
}

/// The value, unless it is given and breaks its rule.
fn checked(
    call: &Call<'_>,
    field: &'static str,
    value: Option<String>,
    rule: impl Fn(&str) -> bool,
) -> Result<Option<String>, Refusal> {
    match value {
        Some(text) if !rule(&text) => Err(invalid(call.group, field)),
        value => Ok(value),
    }
}

fn id(call: &Call<'_>) -> String {
    call.param("traffic_mirror_filter_id").to_owned()
}

fn with_rules(tx: &mut Tx<'_>, filter: MirrorFilter) -> Result<Shown, Fault> {
    Ok(Shown {
        ingress: rules::ordered(tx, &filter.head.id, Direction::Ingress)?,
        egress: rules::ordered(tx, &filter.head.id, Direction::Egress)?,
        filter,
    })
}

/// A page of a list.
fn listed(call: &Call<'_>, plural: &str, items: Vec<Value>, info: Value) -> Reply {
    let mut body = json!({"request_id": call.request.id, "page_info": info});
    body[plural] = items.into();
    Reply::json(call.success, body)
}

fn answer(call: &Call<'_>, shown: &Shown) -> Reply {
    let body = json!({"request_id": call.request.id, "traffic_mirror_filter": render(shown)});
    Reply::json(call.success, body)
}

fn render(shown: &Shown) -> Value {
    let filter = &shown.filter;
    let all = |rules: &[MirrorRule]| rules.iter().map(rule::render).collect::<Vec<_>>();
    json!({
        "id": filter.head.id,
        "project_id": filter.head.project,
        "name": filter.name,
        "description": filter.description,
        "ingress_rules": all(&shown.ingress),
        "egress_rules": all(&shown.egress),
        "type": "eni",
        "created_at": time_z(filter.head.created),
        "updated_at": time_z(filter.head.updated),
    })
}
