//! VPCs, v1.

use std::net::Ipv4Addr;

use serde::Deserialize;
use serde_json::{Value, json};
use vpcd_dialect::{Call, Refusal, Reply};
use vpcd_domain::vpc::{self, NewVpc, Vpc, VpcChange};
use vpcd_domain::{Fault, State, Tx, condition, route_table};
use vpcd_net::Cidr;

use crate::faults::{self, invalid, refuse};
use crate::wire::{self, is_description, is_enterprise_project, is_name, is_uuid, time_v1};

#[derive(Deserialize)]
struct Body<T> {
    vpc: T,
}

#[derive(Deserialize)]
struct CreateWire {
    name: Option<String>,
    description: Option<String>,
    cidr: Option<String>,
    enterprise_project_id: Option<String>,
    tags: Option<Vec<String>>,
}

#[derive(Deserialize)]
struct UpdateWire {
    name: Option<String>,
    description: Option<String>,
    cidr: Option<String>,
    routes: Option<Vec<RouteWire>>,
}

#[derive(Deserialize)]
struct RouteWire {
    destination: String,
    nexthop: String,
}

/// A network with the destinations and addresses of the routes that are kept with it.
type Shown = (Vpc, Vec<(Cidr, String)>);

/// `POST /v1/{project_id}/vpcs`
pub fn create(call: &Call<'_>) -> Result<Reply, Refusal> {
    let Body { vpc: wire } = call
        .body::<Body<CreateWire>>()
        .map_err(|fault| faults::body(call, &fault))?;
    let new = NewVpc {
        name: checked(call, "name", wire.name, |name| is_name(name, 0))?.unwrap_or_default(),
        description: checked(call, "description", wire.description, is_description)?
            .unwrap_or_default(),
        cidr: block(call, wire.cidr)?.flatten(),
        ipv6: false,
        enterprise_project: checked(
            call,
            "enterprise_project_id",
            wire.enterprise_project_id,
            is_enterprise_project,
        )?
        .unwrap_or_else(|| "0".to_owned()),
        tags: wire::starred_tags(&wire.tags.unwrap_or_default())
            .ok_or_else(|| invalid(call.group, "tags"))?,
    };
    let vpc = call
        .write(move |tx, cx| {
            let vpc = vpc::create(tx, cx, new.clone())?;
            with_routes(tx, vpc)
        })
        .map_err(|fault| refuse(call, fault))?;
    Ok(Reply::json(call.success, json!({"vpc": render(&vpc)})))
}

/// `GET /v1/{project_id}/vpcs/{vpc_id}`
pub fn show(call: &Call<'_>) -> Result<Reply, Refusal> {
    let id = id(call)?;
    let vpc = call
        .read(move |tx, cx| {
            let vpc = vpc::show(tx, cx, &id)?;
            with_routes(tx, vpc)
        })
        .map_err(|fault| refuse(call, fault))?;
    Ok(Reply::json(call.success, json!({"vpc": render(&vpc)})))
}

/// `GET /v1/{project_id}/vpcs`
pub fn list(call: &Call<'_>) -> Result<Reply, Refusal> {
    let page = wire::page(call).map_err(|field| invalid(call.group, field))?;
    let project = wire::enterprise_project(call).map_err(|field| invalid(call.group, field))?;
    let only = call.query.get("id").map(str::to_owned);
    if only.as_deref().is_some_and(|id| !is_uuid(id)) {
        return Err(invalid(call.group, "id"));
    }
    let vpcs = call
        .read(move |tx, cx| {
            condition::backend_reads(tx, cx)?;
            let wanted = |vpc: &Vpc| {
                project
                    .as_deref()
                    .is_none_or(|project| vpc.enterprise_project == project)
            };
            let project = &cx.caller.project;
            let found = match &only {
                Some(id) => tx.find(project, id)?.into_iter().filter(wanted).collect(),
                None => wire::filtered(page.limit, page.marker.clone(), wanted, |after, limit| {
                    tx.list::<Vpc>(project, after, limit)
                })?,
            };
            let found = found.into_iter().map(|vpc| with_routes(tx, vpc));
            found.collect::<Result<Vec<_>, Fault>>()
        })
        .map_err(|fault| refuse(call, fault))?;
    Ok(Reply::json(
        call.success,
        json!({"vpcs": vpcs.iter().map(render).collect::<Vec<_>>()}),
    ))
}

/// `PUT /v1/{project_id}/vpcs/{vpc_id}`
pub fn update(call: &Call<'_>) -> Result<Reply, Refusal> {
    let id = id(call)?;
    let Body { vpc: wire } = call
        .body::<Body<UpdateWire>>()
        .map_err(|fault| faults::body(call, &fault))?;
    let change = VpcChange {
        name: checked(call, "name", wire.name, |name| is_name(name, 0))?,
        description: checked(call, "description", wire.description, is_description)?,
        cidr: block(call, wire.cidr)?,
        ..VpcChange::default()
    };
    let routes = routes(call, wire.routes)?;
    let vpc = call
        .write(move |tx, cx| {
            let vpc = vpc::update(tx, cx, &id, change.clone())?;
            if let Some(routes) = &routes {
                route_table::set_extra(tx, cx, &id, routes)?;
            }
            with_routes(tx, vpc)
        })
        .map_err(|fault| refuse(call, fault))?;
    // The update of a network is answered as done: v1 knows no state between (notes, section 4.1).
    let shown = json!({"status": "OK"});
    Ok(Reply::json(
        call.success,
        json!({"vpc": wire::merged(render(&vpc), shown)}),
    ))
}

/// `DELETE /v1/{project_id}/vpcs/{vpc_id}`
pub fn delete(call: &Call<'_>) -> Result<Reply, Refusal> {
    let id = id(call)?;
    call.write(move |tx, cx| vpc::delete(tx, cx, &id))
        .map_err(|fault| refuse(call, fault))?;
    Ok(Reply::empty(call.success))
}

fn id(call: &Call<'_>) -> Result<String, Refusal> {
    let id = call.param("vpc_id");
    match is_uuid(id) {
        true => Ok(id.to_owned()),
        // VPC.0101 of delete and update name what is invalid.
        false => Err(invalid(
            call.group,
            if call.group == "delete_vpc" {
                id
            } else {
                "vpcId"
            },
        )),
    }
}

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

/// Whether a block may be a network's first: inside the private ranges with a prefix up to 24.
pub(super) fn is_private(cidr: Cidr) -> bool {
    let ranges = ["10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16"];
    let inside = |range: &str| range.parse::<Cidr>().is_ok_and(|range| range.holds(cidr));
    cidr.prefix() <= 24 && ranges.into_iter().any(inside)
}

/// The block of a network: absent, blank (`Some(None)`), or a private one.
fn block(call: &Call<'_>, text: Option<String>) -> Result<Option<Option<Cidr>>, Refusal> {
    let Some(text) = text else { return Ok(None) };
    if text.is_empty() {
        return Ok(Some(None));
    }
    let legal = text.parse().ok().filter(|cidr| is_private(*cidr));
    legal
        .map(|cidr| Some(Some(cidr)))
        .ok_or_else(|| invalid(call.group, "cidr"))
}

fn routes(
    call: &Call<'_>,
    wire: Option<Vec<RouteWire>>,
) -> Result<Option<Vec<(Cidr, Ipv4Addr)>>, Refusal> {
    let Some(wire) = wire else { return Ok(None) };
    let route = |it: &RouteWire| Some((it.destination.parse().ok()?, it.nexthop.parse().ok()?));
    let routes: Option<Vec<_>> = wire.iter().map(route).collect();
    routes
        .map(Some)
        .ok_or_else(|| invalid(call.group, "routes"))
}

/// A network with the routes that are kept with it.
fn with_routes(tx: &mut Tx<'_>, vpc: Vpc) -> Result<Shown, Fault> {
    let table = route_table::default_of(tx, &vpc.head.id)?;
    Ok((vpc, route_table::extra(&table)))
}

fn render((vpc, routes): &Shown) -> Value {
    let routes = routes.iter();
    let routes: Vec<Value> = routes
        .map(|(to, by)| json!({"destination": to, "nexthop": by}))
        .collect();
    json!({
        "id": vpc.head.id,
        "name": vpc.name,
        "description": vpc.description,
        "cidr": vpc.cidr.map(|cidr| cidr.to_string()).unwrap_or_default(),
        "status": status(vpc.head.state()),
        "enterprise_project_id": vpc.enterprise_project,
        "routes": routes,
        "enable_shared_snat": false,
        "tenant_id": vpc.head.project,
        "created_at": time_v1(vpc.head.created),
        "updated_at": time_v1(vpc.head.updated),
        "block_service_endpoint_states": "off",
        "enable_network_address_usage_metrics": false,
    })
}

fn status(state: State) -> &'static str {
    match state {
        State::Creating => "CREATING",
        State::Active | State::Updating => "OK",
        State::Deleting => "PENDING_DELETE",
        State::Failed | State::Frozen => "ERROR",
    }
}
