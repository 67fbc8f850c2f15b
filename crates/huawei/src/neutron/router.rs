//! Routers, native: each is a VPC, and its interfaces are the subnets in it.

use std::net::Ipv4Addr;

use serde::Deserialize;
use serde_json::{Value, json};
use vpcd_dialect::decode::nullable;
use vpcd_dialect::{Call, Refusal, Reply};
use vpcd_domain::attachment::{self, Attachment, By};
use vpcd_domain::fault::Holder;
use vpcd_domain::vpc::{self, NewVpc, Vpc, VpcChange};
use vpcd_domain::{Context, Fault, Kind, Tx, pool, route_table};
use vpcd_net::Cidr;

use super::network::{EXTERNAL, status};
use super::wire::{self, Listing};
use crate::faults::neutron::invalid;
use crate::faults::{self, refuse};
use crate::generated::errors;
use crate::wire::{is_name, time_v1};

#[derive(Deserialize)]
struct Body<T> {
    router: T,
}

#[derive(Deserialize)]
struct GatewayWire {
    network_id: Option<String>,
}

#[derive(Deserialize)]
struct RouteWire {
    destination: Cidr,
    nexthop: Ipv4Addr,
}

#[derive(Deserialize)]
struct RouterWire {
    name: Option<String>,
    #[serde(default, deserialize_with = "nullable")]
    routes: Option<Option<Vec<RouteWire>>>,
    admin_state_up: Option<bool>,
    #[serde(default, deserialize_with = "nullable")]
    external_gateway_info: Option<Option<GatewayWire>>,
}

#[derive(Deserialize)]
struct InterfaceWire {
    subnet_id: Option<String>,
    port_id: Option<String>,
}

/// A router with whether it leads outside, and its own routes.
struct Shown {
    vpc: Vpc,
    outside: bool,
    routes: Vec<(Cidr, String)>,
}

/// What a router shall be.
#[derive(Clone)]
struct Wanted {
    name: Option<String>,
    routes: Option<Vec<(Cidr, Ipv4Addr)>>,
}

/// `POST /v2.0/routers`
pub fn create(call: &Call<'_>) -> Result<Reply, Refusal> {
    let Body { router: wire } = call
        .body::<Body<RouterWire>>()
        .map_err(|fault| faults::body(call, &fault))?;
    let wanted = parse(wire)?;
    let made = call
        .write(move |tx, cx| {
            let new = NewVpc {
                name: wanted.name.clone().unwrap_or_default(),
                enterprise_project: "0".to_owned(),
                ..NewVpc::default()
            };
            let vpc = vpc::create(tx, cx, new)?;
            shown(tx, vpc)
        })
        .map_err(|fault| refuse(call, fault))?;
    Ok(wire::one(call, "router", render(&made)))
}

/// `GET /v2.0/routers/{router_id}`
pub fn show(call: &Call<'_>) -> Result<Reply, Refusal> {
    let id = call.param("router_id").to_owned();
    let found = call
        .read(move |tx, cx| {
            let vpc = vpc::show(tx, cx, &id)?;
            shown(tx, vpc)
        })
        .map_err(|fault| refuse(call, fault))?;
    Ok(wire::one(call, "router", render(&found)))
}

/// `GET /v2.0/routers`
pub fn list(call: &Call<'_>) -> Result<Reply, Refusal> {
    let listing = Listing::of(call)?;
    wire::list(call, "routers", &listing, find, |tx, cx, way, limit| {
        let outside = leads_outside(tx)?;
        let page = tx.walk::<Vpc>(&cx.caller.project, None, way, limit)?;
        page.into_iter()
            .map(|vpc| Ok(render(&routed(tx, vpc, outside)?)))
            .collect()
    })
}

/// `PUT /v2.0/routers/{router_id}`
pub fn update(call: &Call<'_>) -> Result<Reply, Refusal> {
    let id = call.param("router_id").to_owned();
    let Body { router: wire } = call
        .body::<Body<RouterWire>>()
        .map_err(|fault| faults::body(call, &fault))?;
    let Wanted { name, routes } = parse(wire)?;
    let change = VpcChange {
        name,
        ..VpcChange::default()
    };
    let changed = call
        .write(move |tx, cx| {
            let vpc = vpc::update(tx, cx, &id, change.clone())?;
            if let Some(routes) = &routes {
                route_table::set_extra(tx, cx, &id, routes)?;
            }
            shown(tx, vpc)
        })
        .map_err(|fault| refuse(call, fault))?;
    Ok(wire::one(call, "router", render(&changed)))
}

/// `DELETE /v2.0/routers/{router_id}`
pub fn delete(call: &Call<'_>) -> Result<Reply, Refusal> {
    let id = call.param("router_id").to_owned();
    call.write(move |tx, cx| vpc::delete(tx, cx, &id))
        .map_err(|fault| refuse(call, fault))?;
    Ok(Reply::empty(call.success))
}

/// `PUT /v2.0/routers/{router_id}/add_router_interface`
pub fn add_interface(call: &Call<'_>) -> Result<Reply, Refusal> {
    let (router, by) = interface(call)?;
    let id = router.clone();
    let made = call
        .write(move |tx, cx| attachment::attach(tx, cx, &id, &by))
        .map_err(|fault| refuse(call, fault))?;
    Ok(Reply::json(call.success, attached(call, &router, &made)))
}

/// `PUT /v2.0/routers/{router_id}/remove_router_interface`
pub fn remove_interface(call: &Call<'_>) -> Result<Reply, Refusal> {
    let (router, by) = interface(call)?;
    let id = router.clone();
    let gone = call
        .write(move |tx, cx| attachment::detach(tx, cx, &id, &by))
        .map_err(|fault| kept(call, &router, fault))?;
    Ok(Reply::json(call.success, attached(call, &router, &gone)))
}

/// What an interface is named by: its subnet or its port, not both.
fn interface(call: &Call<'_>) -> Result<(String, By), Refusal> {
    let wire: InterfaceWire = call.body().map_err(|fault| faults::body(call, &fault))?;
    let given = |id: Option<String>| id.filter(|id| !id.is_empty());
    let by = match (given(wire.subnet_id), given(wire.port_id)) {
        (Some(subnet), None) => By::Layer(subnet),
        (None, Some(port)) => By::Port(port),
        (Some(_), Some(_)) => return Err(invalid("Cannot specify both subnet-id and port-id")),
        (None, None) => return Err(invalid("Either subnet_id or port_id must be specified")),
    };
    Ok((call.param("router_id").to_owned(), by))
}

/// Why an interface stays: Neutron has a word for each of these.
fn kept(call: &Call<'_>, router: &str, fault: Fault) -> Refusal {
    let detail = fault.to_string();
    let named = |row, id: &str| Refusal::new(row).with([router, id]);
    match &fault {
        Fault::WrongParent {
            kind: Kind::Subnet,
            id,
        } => named(errors::NEUTRON_ROUTER_INTERFACE_NOT_FOUND_FOR_SUBNET, id).because(detail),
        Fault::InUse {
            kind: Kind::Subnet,
            id,
            by: Holder::PublicIp,
        } => named(errors::NEUTRON_ROUTER_INTERFACE_IN_USE_BY_FLOATING_IP, id).because(detail),
        Fault::InUse {
            kind: Kind::Subnet,
            id,
            ..
        } => named(errors::NEUTRON_ROUTER_INTERFACE_IN_USE_BY_ROUTE, id).because(detail),
        _ => refuse(call, fault),
    }
}

/// What is asked for, once all of it is legal. Every router leads to the external network, and to no other.
fn parse(wire: RouterWire) -> Result<Wanted, Refusal> {
    wire::always("admin_state_up", wire.admin_state_up)?;
    let gateway = wire.external_gateway_info.flatten();
    let outside = gateway.and_then(|gateway| gateway.network_id);
    if let Some(id) = outside.filter(|id| !id.is_empty() && id != EXTERNAL) {
        return Err(Refusal::new(errors::NEUTRON_NETWORK_NOT_FOUND).with([id]));
    }
    if wire.name.as_deref().is_some_and(|name| !is_name(name, 0)) {
        return Err(invalid("'name' is not a legal name"));
    }
    // As in Neutron null is the empty list: clients send it to take the last route away.
    let routes = wire.routes.map(|routes| {
        let pair = |route: RouteWire| (route.destination, route.nexthop);
        routes.into_iter().flatten().map(pair).collect()
    });
    Ok(Wanted {
        name: wire.name,
        routes,
    })
}

fn find(tx: &mut Tx<'_>, cx: &mut Context<'_>, id: &str) -> Result<Option<Value>, Fault> {
    match tx.find::<Vpc>(&cx.caller.project, id)? {
        Some(vpc) => Ok(Some(render(&shown(tx, vpc)?))),
        None => Ok(None),
    }
}

fn shown(tx: &mut Tx<'_>, vpc: Vpc) -> Result<Shown, Fault> {
    let outside = leads_outside(tx)?;
    routed(tx, vpc, outside)
}

fn routed(tx: &mut Tx<'_>, vpc: Vpc, outside: bool) -> Result<Shown, Fault> {
    let table = route_table::default_of(tx, &vpc.head.id)?;
    Ok(Shown {
        outside,
        routes: route_table::extra(&table),
        vpc,
    })
}

fn leads_outside(tx: &mut Tx<'_>) -> Result<bool, Fault> {
    Ok(!pool::list(tx)?.is_empty())
}

fn attached(call: &Call<'_>, router: &str, it: &Attachment) -> Value {
    json!({
        "id": router,
        "subnet_id": it.subnet.layer_id,
        "port_id": it.port,
        "tenant_id": call.caller.project,
        "project_id": call.caller.project,
    })
}

fn render(shown: &Shown) -> Value {
    let vpc = &shown.vpc;
    let route = |it: &(Cidr, String)| json!({"destination": it.0, "nexthop": it.1});
    let routes: Vec<Value> = shown.routes.iter().map(route).collect();
    let gateway = shown
        .outside
        .then(|| json!({"network_id": EXTERNAL, "enable_snat": false}));
    json!({
        "id": vpc.head.id,
        "name": vpc.name,
        "status": status(vpc.head.state()),
        "admin_state_up": true,
        "external_gateway_info": gateway,
        "routes": routes,
        "tenant_id": vpc.head.project,
        "project_id": vpc.head.project,
        "created_at": time_v1(vpc.head.created),
        "updated_at": time_v1(vpc.head.updated),
    })
}
