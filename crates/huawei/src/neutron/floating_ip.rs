//! Floating addresses, native v2.0: the public addresses of the project, each with a bandwidth of its own.

use std::net::Ipv4Addr;

use serde::Deserialize;
use serde_json::{Value, json};
use vpcd_dialect::{Call, Refusal, Reply};
use vpcd_domain::floating::{self, Floating, NewFloating};
use vpcd_domain::publicip::{self, Keys, PublicIp};
use vpcd_domain::{Context, Fault, Kind, State, Tx, Way, condition};

use super::network::EXTERNAL;
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
    Ok(wire::one(call, "floatingip", base(&taken(call, false)?)))
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
            let page = match known(tx, cx, &listing, way)? {
                Some(known) => known,
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
    Ok(wire::one(call, "floatingip", base(&moved(call, false)?)))
}

/// `DELETE /v2.0/floatingips/{floatingip_id}`
pub fn delete(call: &Call<'_>) -> Result<Reply, Refusal> {
    gone(call, false)
}

/// `POST /v2.0/eip/floatingips_v6`: a public address that clients of version 6 reach by translation (NAT64).
pub fn create_v6(call: &Call<'_>) -> Result<Reply, Refusal> {
    Ok(wire::one(call, "floatingip", base_v6(&taken(call, true)?)))
}

/// `GET /v2.0/eip/floatingips_v6`
pub fn list_v6(call: &Call<'_>) -> Result<Reply, Refusal> {
    let listing = Listing::of(call)?;
    wire::list(
        call,
        "floatingips",
        &listing,
        |tx, cx, id| {
            let it = tx.find::<PublicIp>(&cx.caller.project, id)?;
            let it = it.filter(|it| it.nat64);
            it.map(|it| shown_v6(tx, it)).transpose()
        },
        |tx, cx, way, limit| {
            let page = match known(tx, cx, &listing, way)? {
                Some(known) => known.into_iter().filter(|it| it.nat64).collect(),
                None => floating::walk_translated(tx, cx, way, limit)?,
            };
            page.into_iter().map(|it| shown_v6(tx, it)).collect()
        },
    )
}

/// `GET /v2.0/eip/floatingips_v6/{floatingip_id}`
pub fn show_v6(call: &Call<'_>) -> Result<Reply, Refusal> {
    let id = call.param("floatingip_id").to_owned();
    let item = call
        .read(move |tx, cx| {
            condition::backend_reads(tx, cx)?;
            let it = floating::find(tx, cx, &id, true)?;
            shown_v6(tx, it)
        })
        .map_err(|fault| refuse(call, fault))?;
    Ok(wire::one(call, "floatingip", item))
}

/// `PUT /v2.0/eip/floatingips_v6/{floatingip_id}`
pub fn update_v6(call: &Call<'_>) -> Result<Reply, Refusal> {
    Ok(wire::one(call, "floatingip", base_v6(&moved(call, true)?)))
}

/// `DELETE /v2.0/eip/floatingips_v6/{floatingip_id}`
pub fn delete_v6(call: &Call<'_>) -> Result<Reply, Refusal> {
    gone(call, true)
}

/// Takes an address; the native API of version 6 lets the network be left out.
fn taken(call: &Call<'_>, translated: bool) -> Result<Floating, Refusal> {
    let CreateBody { floatingip: wire } =
        call.body().map_err(|fault| faults::body(call, &fault))?;
    match wire.floating_network_id.filter(|id| !id.is_empty()) {
        None if !translated => return Err(invalid("floating_network_id is required")),
        Some(id) if id != EXTERNAL => {
            let kind = Kind::Network;
            return Err(refuse(call, Fault::NotFound { kind, id }));
        }
        _ => {}
    }
    let wanted = wire.floating_ip_address.filter(|_| !translated);
    let new = NewFloating {
        network: EXTERNAL.to_owned(),
        translated,
        address: address("floating_ip_address", wanted)?,
        port: port(wire.port_id)?,
        fixed: address("fixed_ip_address", wire.fixed_ip_address)?,
    };
    call.write(move |tx, cx| floating::create(tx, cx, new.clone()))
        .map_err(|fault| refuse(call, fault))
}

/// The addresses that a filter names by what there is an index for, as far as they lie on the way.
fn known(
    tx: &mut Tx<'_>,
    cx: &Context<'_>,
    listing: &Listing,
    way: Way<'_>,
) -> Result<Option<Vec<PublicIp>>, Fault> {
    let only = |key| listing.only(key).map(str::to_owned).into_iter().collect();
    // An address of version 6 is no key.
    let v4 = |text: &String| text.parse::<Ipv4Addr>().is_ok() || !text.contains(':');
    let addresses: Vec<String> = only("floating_ip_address");
    let keys = Keys {
        addresses: addresses.into_iter().filter(v4).collect(),
        ports: only("port_id"),
        ..Keys::default()
    };
    let found = publicip::among(tx, cx, &keys)?;
    Ok(found.map(|mut found| {
        found.retain(|it| way.leads_to(&it.head.id));
        found
    }))
}

fn moved(call: &Call<'_>, translated: bool) -> Result<Floating, Refusal> {
    let id = call.param("floatingip_id").to_owned();
    let UpdateBody { floatingip: wire } =
        call.body().map_err(|fault| faults::body(call, &fault))?;
    let change = match wire.port_id {
        None => None,
        Some(port_id) => Some(port(port_id)?),
    };
    let fixed = address("fixed_ip_address", wire.fixed_ip_address)?;
    call.write(move |tx, cx| {
        floating::find(tx, cx, &id, translated)?;
        floating::update(tx, cx, &id, change.as_ref(), fixed)
    })
    .map_err(|fault| refuse(call, fault))
}

fn gone(call: &Call<'_>, translated: bool) -> Result<Reply, Refusal> {
    let id = call.param("floatingip_id").to_owned();
    call.write(move |tx, cx| {
        floating::find(tx, cx, &id, translated)?;
        floating::delete(tx, cx, &id)
    })
    .map_err(|fault| refuse(call, fault))?;
    Ok(Reply::empty(call.success))
}

fn port(text: Option<String>) -> Result<Option<String>, Refusal> {
    match text.filter(|text| !text.is_empty()) {
        Some(port) if !is_uuid(&port) => Err(invalid("port_id is not a UUID")),
        port => Ok(port),
    }
}

fn address(field: &str, text: Option<String>) -> Result<Option<Ipv4Addr>, Refusal> {
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

fn shown_v6(tx: &mut Tx<'_>, it: PublicIp) -> Result<Value, Fault> {
    Ok(base_v6(&floating::view(tx, it)?))
}

/// An address as clients of version 6 know it.
fn base_v6(it: &Floating) -> Value {
    let mut item = base(it);
    item["floating_ip_address"] = json!(it.address.ipv6());
    if let Some(item) = item.as_object_mut() {
        item.retain(|name, _| !name.starts_with("dns_"));
    }
    item
}

/// What a create and an update answer too.
fn base(it: &Floating) -> Value {
    let address = &it.address;
    json!({
        "id": address.head.id,
        "floating_ip_address": address.address,
        "floating_network_id": EXTERNAL,
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
