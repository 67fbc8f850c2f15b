//! Ports, native.

use std::collections::BTreeMap;
use std::net::IpAddr;

use serde::Deserialize;
use serde_json::{Map, Value, json};
use vpcd_dialect::{Call, Refusal, Reply};
use vpcd_domain::network::{self, Network};
use vpcd_domain::port::{self, Fixed, NewPort, Port, PortChange};
use vpcd_domain::subnet::{self, Subnet};
use vpcd_domain::{Context, Fault, Tx, Way, condition};

use super::wire::{self, Listing};
use crate::faults::neutron::invalid;
use crate::faults::{self, refuse};
use crate::vpc::fixed::{self, Layers};
use crate::vpc::port::{OptionWire, PairWire, options, pairs, profile, status, vnic_type};
use crate::wire::time_v1;

#[derive(Deserialize)]
struct Body<T> {
    port: T,
}

#[derive(Deserialize)]
struct FixedIpWire {
    subnet_id: Option<String>,
    ip_address: Option<IpAddr>,
}

#[derive(Deserialize)]
struct CreateWire {
    network_id: String,
    fixed_ips: Option<Vec<FixedIpWire>>,
    device_owner: Option<String>,
    #[serde(flatten)]
    common: CommonWire,
}

/// What create and update share.
#[derive(Deserialize)]
struct CommonWire {
    name: Option<String>,
    admin_state_up: Option<bool>,
    security_groups: Option<Vec<String>>,
    allowed_address_pairs: Option<Vec<PairWire>>,
    extra_dhcp_opts: Option<Vec<OptionWire>>,
    port_security_enabled: Option<bool>,
    #[serde(rename = "binding:vnic_type")]
    vnic_type: Option<String>,
    #[serde(rename = "binding:profile")]
    profile: Option<Map<String, Value>>,
}

/// Where a new port gets its addresses.
#[derive(Clone)]
struct Place {
    network: String,
    fixed: Vec<Fixed>,
}

/// Ids of address layers by subnet, as far as they are known.
type Known = BTreeMap<String, Layers>;

/// `POST /v2.0/ports`
pub fn create(call: &Call<'_>) -> Result<Reply, Refusal> {
    let Body { port: wire } = call
        .body::<Body<CreateWire>>()
        .map_err(|fault| faults::body(call, &fault))?;
    let (place, new) = parse(call, wire)?;
    let made = call
        .write(move |tx, cx| {
            let subnet = placed(tx, cx, &place)?;
            let mut new = new.clone();
            new.fix(&subnet, &place.fixed)?;
            new.subnet = subnet.head.id;
            let port = port::create(tx, cx, new)?;
            shown(tx, &mut Known::new(), &port)
        })
        .map_err(|fault| refuse(call, fault))?;
    Ok(wire::one(call, "port", made))
}

/// `GET /v2.0/ports/{port_id}`
pub fn show(call: &Call<'_>) -> Result<Reply, Refusal> {
    let id = call.param("port_id").to_owned();
    let found = call
        .read(move |tx, cx| {
            condition::backend_reads(tx, cx)?;
            let port: Port = tx.get(&cx.caller.project, &id)?;
            shown(tx, &mut Known::new(), &port)
        })
        .map_err(|fault| refuse(call, fault))?;
    Ok(wire::one(call, "port", found))
}

/// `GET /v2.0/ports`
pub fn list(call: &Call<'_>) -> Result<Reply, Refusal> {
    let listing = Listing::of(call)?;
    let find = |tx: &mut Tx<'_>, cx: &mut Context<'_>, id: &str| {
        let found = tx.find::<Port>(&cx.caller.project, id)?;
        found
            .map(|port| shown(tx, &mut Known::new(), &port))
            .transpose()
    };
    wire::list(call, "ports", &listing, find, |tx, cx, way, limit| {
        let ports = page(tx, cx, &listing, way, limit)?;
        let mut known = Known::new();
        ports
            .iter()
            .map(|port| shown(tx, &mut known, port))
            .collect()
    })
}

/// `PUT /v2.0/ports/{port_id}`
pub fn update(call: &Call<'_>) -> Result<Reply, Refusal> {
    let id = call.param("port_id").to_owned();
    let Body { port: wire } = call
        .body::<Body<CommonWire>>()
        .map_err(|fault| faults::body(call, &fault))?;
    wire::always("admin_state_up", wire.admin_state_up)?;
    let further = wire.allowed_address_pairs;
    let change = PortChange {
        name: wire.name.map(wire::name).transpose()?,
        security_groups: wire.security_groups,
        allowed_pairs: further.map(|wire| pairs(call, wire)).transpose()?,
        dhcp_options: wire.extra_dhcp_opts.map(options),
        unguarded: wire.port_security_enabled.map(|guarded| !guarded),
        vnic_type: wire.vnic_type.map(plugged).transpose()?,
        profile: wire.profile.map(Value::Object),
    };
    let changed = call
        .write(move |tx, cx| {
            let port = port::update(tx, cx, &id, change.clone())?;
            shown(tx, &mut Known::new(), &port)
        })
        .map_err(|fault| refuse(call, fault))?;
    Ok(wire::one(call, "port", changed))
}

/// `DELETE /v2.0/ports/{port_id}`
pub fn delete(call: &Call<'_>) -> Result<Reply, Refusal> {
    let id = call.param("port_id").to_owned();
    call.write(move |tx, cx| port::delete(tx, cx, &id))
        .map_err(|fault| refuse(call, fault))?;
    Ok(Reply::empty(call.success))
}

fn parse(call: &Call<'_>, wire: CreateWire) -> Result<(Place, NewPort), Refusal> {
    let common = wire.common;
    wire::always("admin_state_up", common.admin_state_up)?;
    let device_owner = wire.device_owner.unwrap_or_default();
    if !matches!(device_owner.as_str(), "" | port::VIRTUAL) {
        return Err(invalid("'device_owner' can only be neutron:VIP_PORT"));
    }
    let fixed = wire.fixed_ips.unwrap_or_default().into_iter();
    let place = Place {
        network: wire.network_id,
        fixed: fixed
            .map(|it| Fixed {
                layer: it.subnet_id,
                address: it.ip_address,
            })
            .collect(),
    };
    let new = NewPort {
        subnet: String::new(),
        name: wire::name(common.name.unwrap_or_default())?,
        device_owner,
        device_id: String::new(),
        security_groups: common.security_groups,
        allowed_pairs: pairs(call, common.allowed_address_pairs.unwrap_or_default())?,
        dhcp_options: options(common.extra_dhcp_opts.unwrap_or_default()),
        unguarded: common.port_security_enabled.map(|guarded| !guarded),
        vnic_type: plugged(common.vnic_type.unwrap_or_default())?,
        profile: common.profile.map(Value::Object),
        ..NewPort::default()
    };
    Ok((place, new))
}

/// How a port is plugged in; the usual way is kept as no word at all.
fn plugged(text: String) -> Result<String, Refusal> {
    match text.as_str() {
        "" | "normal" => Ok(String::new()),
        "direct" | "macvtap" | "baremetal" | "direct-physical" | "virtio-forwarder" => Ok(text),
        _ => Err(invalid("'binding:vnic_type' is not known")),
    }
}

/// The subnet in which a port shall be.
fn placed(tx: &mut Tx<'_>, cx: &Context<'_>, place: &Place) -> Result<Subnet, Fault> {
    let network = network::get(tx, &cx.caller.project, &place.network)?;
    match network {
        Network::Held(subnet) => Ok(*subnet),
        Network::Bare(_) => Err(Fault::AddressesExhausted {
            space: format!("subnet/{}", place.network),
            free: 0,
            need: 1,
        }),
    }
}

/// The ports to choose from, by the narrowest index that the filters allow.
fn page(
    tx: &mut Tx<'_>,
    cx: &Context<'_>,
    listing: &Listing,
    way: Way<'_>,
    limit: usize,
) -> Result<Vec<Port>, Fault> {
    let project = &cx.caller.project;
    let narrow = [
        ("mac", listing.only("mac_address")),
        ("address", listing.inner("fixed_ips", "ip_address")),
        ("device", listing.only("device_id")),
        ("name", listing.only("name")),
        ("group", listing.only("security_groups")),
    ];
    for (attribute, value) in narrow {
        if let Some(value) = value {
            return tx.found_along(project, attribute, value, way, limit);
        }
    }
    let subnet = match (
        listing.inner("fixed_ips", "subnet_id"),
        listing.only("network_id"),
    ) {
        (Some(layer), _) => subnet::of_any_layer(tx, project, layer)?.map(|(subnet, _)| subnet),
        (None, Some(network)) => tx.find::<Subnet>(project, network)?,
        (None, None) => {
            return match listing.only("device_owner") {
                Some(owner) => tx.found_along(project, "owner", owner, way, limit),
                None => tx.walk(project, None, way, limit),
            };
        }
    };
    match subnet {
        Some(subnet) => tx.walk(project, Some(&subnet.head.id), way, limit),
        None => Ok(Vec::new()),
    }
}

/// A port on the wire; the address layer of its subnet is looked up once.
fn shown(tx: &mut Tx<'_>, known: &mut Known, port: &Port) -> Result<Value, Fault> {
    if !known.contains_key(port.subnet()) {
        let subnet = tx.any::<Subnet>(port.subnet())?;
        known.insert(port.subnet().to_owned(), Layers::of(subnet.as_ref()));
    }
    Ok(render(port, &known[port.subnet()]))
}

fn render(port: &Port, layers: &Layers) -> Value {
    let pairs: Vec<Value> = port
        .allowed_pairs
        .iter()
        .map(|(address, mac)| {
            let mac = mac.as_deref().unwrap_or(&port.mac);
            json!({"ip_address": address, "mac_address": mac})
        })
        .collect();
    let options: Vec<Value> = port
        .dhcp_options
        .iter()
        .map(|(name, value)| json!({"opt_name": name, "opt_value": value}))
        .collect();
    let host = fixed::host(port);
    let addresses = layers.addresses(port);
    let fixed_ips = addresses
        .iter()
        .map(|(address, layer)| json!({"subnet_id": layer, "ip_address": address}));
    let names = addresses.iter().map(
        |(address, _)| json!({"hostname": host, "ip_address": address, "fqdn": format!("{host}.")}),
    );
    json!({
        "id": port.head.id,
        "name": port.name,
        "status": status(port),
        "admin_state_up": true,
        "network_id": port.subnet(),
        "mac_address": port.mac,
        "fixed_ips": fixed_ips.collect::<Value>(),
        "device_id": port.device_id,
        "device_owner": port.device_owner,
        "security_groups": port.security_groups,
        "allowed_address_pairs": pairs,
        "extra_dhcp_opts": options,
        "port_security_enabled": port.is_guarded(),
        "binding:vnic_type": vnic_type(port),
        "binding:vif_details": {},
        "binding:profile": profile(port),
        "dns_name": host,
        "dns_assignment": names.collect::<Value>(),
        "tenant_id": port.head.project,
        "project_id": port.head.project,
        "created_at": time_v1(port.head.created),
        "updated_at": time_v1(port.head.updated),
    })
}
