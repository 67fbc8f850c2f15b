//! Floating addresses, native v2.0: the public addresses of the project, each with a bandwidth of its own.

use serde::Deserialize;
use serde_json::{Value, json};
use vpcd_dialect::{Call, Refusal, Reply};
use vpcd_domain::floating::{self, Floating, NewFloating};
use vpcd_domain::publicip::{self, Keys, PublicIp};
use vpcd_domain::{Fault, Kind, State, Tx};

use super::wire::{self, Listing};
use crate::faults::neutron::invalid;
use crate::faults::{self, refuse};
use crate::wire::{is_uuid, time_v1};

#[derive(Deserialize)]
struct CreateBody {
    floatingip: CreateWire,
}

#[derive(Deserialize)]
struct CreateWire {
    floating_network_id: Option<String>,
    floating_ip_address: Option<String>,
    port_id: Option<String>,
    fixed_ip_address: Option<String>,
}

#[derive(Deserialize)]
struct UpdateBody {
    floatingip: UpdateWire,
}

#[derive(Deserialize)]
struct UpdateWire {
    #[serde(default, deserialize_with = "vpcd_dialect::decode::nullable")]
    port_id: Option<Option<String>>,
    fixed_ip_address: Option<String>,
}

/// `POST /v2.0/floatingips`
pub fn create(call: &Call<'_>) -> Result<Reply, Refusal> {
    let CreateBody { floatingip: wire } =
        call.body().map_err(|fault| faults::body(call, &fault))?;
    let network = wire
        .floating_network_id
        .ok_or_else(|| invalid("floating_network_id is required"))?;
    let new = NewFloating {
        network,
        address: address("floating_ip_address", wire.floating_ip_address)?,
        port: port(wire.port_id)?,
        fixed: address("fixed_ip_address", wire.fixed_ip_address)?,
    };
    let shown = call
        .write(move |tx, cx| floating::create(tx, cx, new.clone()))
        .map_err(|fault| refuse(call, fault))?;
    Ok(wire::one(call, "floatingip", base(&shown)))
}

/// `GET /v2.0/floatingips`
pub fn list(call: &Call<'_>) -> Result<Reply, Refusal> {
    let listing = Listing::of(call)?;
    wire::list(
        call,
        "floatingips",
        &listing,
        |tx, cx, id| {
            let it = tx.find::<PublicIp>(&cx.caller.project, id)?;
            it.map(|it| shown(tx, it)).transpose()
        },
        |tx, cx, way, limit| {
            let one = |key| listing.only(key).map(str::to_owned).into_iter().collect();
            let known = Keys {
                addresses: one("floating_ip_address"),
                ports: one("port_id"),
                ..Keys::default()
            };
            let page = match publicip::among(tx, cx, &known)? {
                Some(found) => found
                    .into_iter()
                    .filter(|it| way.leads_to(&it.head.id))
                    .collect(),
                None => tx.walk::<PublicIp>(&cx.caller.project, None, way, limit)?,
            };
            page.into_iter().map(|it| shown(tx, it)).collect()
        },
    )
}

/// `GET /v2.0/floatingips/{floatingip_id}`
pub fn show(call: &Call<'_>) -> Result<Reply, Refusal> {
    let id = call.param("floatingip_id").to_owned();
    let item = call
        .read(move |tx, cx| {
            let (it, _) = publicip::show(tx, cx, &id)?;
            shown(tx, it)
        })
        .map_err(|fault| refuse(call, fault))?;
    Ok(wire::one(call, "floatingip", item))
}

/// `PUT /v2.0/floatingips/{floatingip_id}`: to another port, or to none.
pub fn update(call: &Call<'_>) -> Result<Reply, Refusal> {
    let id = call.param("floatingip_id").to_owned();
    let UpdateBody { floatingip: wire } =
        call.body().map_err(|fault| faults::body(call, &fault))?;
    let change = match wire.port_id {
        None => None,
        Some(port_id) => Some(port(port_id)?),
    };
    let fixed = address("fixed_ip_address", wire.fixed_ip_address)?;
    let shown = call
        .write(move |tx, cx| floating::update(tx, cx, &id, change.as_ref(), fixed))
        .map_err(|fault| refuse(call, fault))?;
    Ok(wire::one(call, "floatingip", base(&shown)))
}

/// `DELETE /v2.0/floatingips/{floatingip_id}`
pub fn delete(call: &Call<'_>) -> Result<Reply, Refusal> {
    let id = call.param("floatingip_id").to_owned();
    call.write(move |tx, cx| floating::delete(tx, cx, &id))
        .map_err(|fault| refuse(call, fault))?;
    Ok(Reply::empty(call.success))
}

/// `POST /v2.0/eip/floatingips_v6`: no network gives out addresses of version 6.
pub fn create_v6(call: &Call<'_>) -> Result<Reply, Refusal> {
    let CreateBody { floatingip: wire } =
        call.body().map_err(|fault| faults::body(call, &fault))?;
    port(wire.port_id)?;
    let fault = match wire.floating_network_id {
        Some(id) => Fault::NotFound {
            kind: Kind::Network,
            id,
        },
        None => Fault::AddressesExhausted {
            space: "pool/ipv6".to_owned(),
            free: 0,
            need: 1,
        },
    };
    Err(refuse(call, fault))
}

/// `GET /v2.0/eip/floatingips_v6`
pub fn list_v6(call: &Call<'_>) -> Result<Reply, Refusal> {
    let listing = Listing::of(call)?;
    let none = "floatingips";
    wire::list(
        call,
        none,
        &listing,
        |_, _, _| Ok(None),
        |_, _, _, _| Ok(Vec::new()),
    )
}

/// `GET /v2.0/eip/floatingips_v6/{floatingip_id}`
pub fn show_v6(call: &Call<'_>) -> Result<Reply, Refusal> {
    Err(no_v6(call))
}

/// `PUT /v2.0/eip/floatingips_v6/{floatingip_id}`
pub fn update_v6(call: &Call<'_>) -> Result<Reply, Refusal> {
    call.body::<UpdateBody>()
        .map_err(|fault| faults::body(call, &fault))?;
    Err(no_v6(call))
}

/// `DELETE /v2.0/eip/floatingips_v6/{floatingip_id}`
pub fn delete_v6(call: &Call<'_>) -> Result<Reply, Refusal> {
    Err(no_v6(call))
}

fn no_v6(call: &Call<'_>) -> Refusal {
    let id = call.param("floatingip_id").to_owned();
    let kind = Kind::PublicIp;
    refuse(call, Fault::NotFound { kind, id })
}

fn port(text: Option<String>) -> Result<Option<String>, Refusal> {
    match text.filter(|text| !text.is_empty()) {
        Some(port) if !is_uuid(&port) => Err(invalid("port_id is not a UUID")),
        port => Ok(port),
    }
}

fn address(field: &str, text: Option<String>) -> Result<Option<std::net::Ipv4Addr>, Refusal> {
    let text = text.filter(|text| !text.is_empty());
    let parsed = text.map(|text| text.parse()).transpose();
    parsed.map_err(|_| invalid(&format!("{field} is not an IP address")))
}

/// What a read shows.
fn shown(tx: &mut Tx<'_>, it: PublicIp) -> Result<Value, Fault> {
    let it = floating::view(tx, it)?;
    let head = &it.address.head;
    let more = json!({
        "project_id": head.project,
        "created_at": time_v1(head.created),
        "updated_at": time_v1(head.updated),
    });
    Ok(crate::wire::merged(base(&it), more))
}

/// What a create and an update answer too.
fn base(it: &Floating) -> Value {
    let address = &it.address;
    json!({
        "id": address.head.id,
        "floating_ip_address": address.address,
        "floating_network_id": it.network,
        "fixed_ip_address": it.fixed,
        "port_id": address.port(),
        "router_id": it.router,
        "status": match (address.head.state(), &address.bound) {
            (State::Failed | State::Frozen, _) => "ERROR",
            (_, Some(_)) => "ACTIVE",
            (_, None) => "DOWN",
        },
        "tenant_id": address.head.project,
        "dns_name": dns_name(address),
        "dns_domain": "",
    })
}

/// The name that the address resolves to: made of its octets.
fn dns_name(it: &PublicIp) -> String {
    format!("ecs-{}", it.address.to_string().replace('.', "-"))
}
