//! Ports, v1.

use std::net::IpAddr;

use serde::Deserialize;
use serde_json::{Value, json};
use vpcd_dialect::{Call, Refusal, Reply};
use vpcd_domain::port::{self, Fixed, NewPort, Port, PortChange, list};
use vpcd_domain::subnet::Subnet;
use vpcd_domain::{Fault, State, Tx, condition};

use super::fixed::{self, Layers};
use super::port_v3;
use crate::faults::{self, invalid, refuse};
use crate::wire::{self, is_uuid};

#[derive(Deserialize)]
struct Body<T> {
    port: T,
}

#[derive(Deserialize)]
struct FixedIpWire {
    subnet_id: Option<String>,
    ip_address: Option<String>,
}

/// An address, and the hardware address if it is not the port's, that may leave a port.
#[derive(Deserialize)]
pub struct PairWire {
    ip_address: String,
    mac_address: Option<String>,
}

/// A DHCP option.
#[derive(Deserialize)]
pub(crate) struct OptionWire {
    opt_name: String,
    opt_value: Option<String>,
}

#[derive(Deserialize)]
struct CreateWire {
    name: Option<String>,
    network_id: Option<String>,
    fixed_ips: Option<Vec<FixedIpWire>>,
    device_owner: Option<String>,
    security_groups: Option<Vec<String>>,
    admin_state_up: Option<bool>,
    allowed_address_pairs: Option<Vec<PairWire>>,
    extra_dhcp_opts: Option<Vec<OptionWire>>,
}

#[derive(Deserialize)]
struct UpdateWire {
    name: Option<String>,
    security_groups: Option<Vec<String>>,
    allowed_address_pairs: Option<Vec<PairWire>>,
    extra_dhcp_opts: Option<Vec<OptionWire>>,
}

/// A port with the ids of the address layers of its subnet.
type Shown = (Port, Layers);

/// `POST /v1/{project_id}/ports`
pub fn create(call: &Call<'_>) -> Result<Reply, Refusal> {
    let Body { port: wire } = call
        .body::<Body<CreateWire>>()
        .map_err(|fault| faults::body(call, &fault))?;
    let (new, wanted) = parse(call, wire)?;
    let shown = call
        .write(move |tx, cx| {
            let mut new = new.clone();
            if let Some(subnet) = tx.find::<Subnet>(&cx.caller.project, &new.subnet)? {
                new.fix(&subnet, &wanted).map_err(unfit)?;
            }
            let port = port::create(tx, cx, new)?;
            with_layer(tx, port)
        })
        .map_err(|fault| refuse(call, fault))?;
    Ok(Reply::json(call.success, json!({"port": render(&shown)})))
}

/// `GET /v1/{project_id}/ports/{port_id}`
pub fn show(call: &Call<'_>) -> Result<Reply, Refusal> {
    let id = id(call)?;
    let shown = call.read(move |tx, cx| {
        condition::backend_reads(tx, cx)?;
        let port = tx.get::<Port>(&cx.caller.project, &id)?;
        with_layer(tx, port)
    });
    let shown = shown.map_err(|fault| refuse(call, fault))?;
    Ok(Reply::json(call.success, json!({"port": render(&shown)})))
}

/// `GET /v1/{project_id}/ports`
pub fn list(call: &Call<'_>) -> Result<Reply, Refusal> {
    let page = wire::page(call).map_err(|field| invalid(call.group, field))?;
    let filter = Filter::of(call)?;
    let shown = call
        .read(move |tx, cx| {
            condition::backend_reads(tx, cx)?;
            let project = cx.caller.project.clone();
            let also = |port: &Port| filter.status.as_deref().is_none_or(|it| it == status(port));
            let marker = page.marker.as_deref();
            let ports = list::page(tx, &project, &filter.ports, also, marker, page.limit)?;
            ports
                .into_iter()
                .map(|port| with_layer(tx, port))
                .collect::<Result<Vec<_>, _>>()
        })
        .map_err(|fault| refuse(call, fault))?;
    Ok(Reply::json(
        call.success,
        json!({"ports": shown.iter().map(render).collect::<Vec<_>>()}),
    ))
}

/// `PUT /v1/{project_id}/ports/{port_id}`
pub fn update(call: &Call<'_>) -> Result<Reply, Refusal> {
    let id = id(call)?;
    let Body { port: wire } = call
        .body::<Body<UpdateWire>>()
        .map_err(|fault| faults::body(call, &fault))?;
    let change = PortChange {
        name: wire.name.map(|name| legal_name(call, name)).transpose()?,
        security_groups: wire.security_groups,
        allowed_pairs: wire
            .allowed_address_pairs
            .map(|wire| pairs(call, wire))
            .transpose()?,
        dhcp_options: wire.extra_dhcp_opts.map(options),
        ..PortChange::default()
    };
    let shown = call
        .write(move |tx, cx| {
            let port = port::update(tx, cx, &id, change.clone())?;
            with_layer(tx, port)
        })
        .map_err(|fault| refuse(call, fault))?;
    Ok(Reply::json(call.success, json!({"port": render(&shown)})))
}

/// `DELETE /v1/{project_id}/ports/{port_id}`
pub fn delete(call: &Call<'_>) -> Result<Reply, Refusal> {
    let id = id(call)?;
    call.write(move |tx, cx| port::delete(tx, cx, &id))
        .map_err(|fault| refuse(call, fault))?;
    Ok(Reply::empty(call.success))
}

/// The filters of a list.
struct Filter {
    ports: list::Filter,
    status: Option<String>,
}

impl Filter {
    fn of(call: &Call<'_>) -> Result<Filter, Refusal> {
        wire::enterprise_project(call).map_err(|field| invalid(call.group, field))?;
        // What may hold commas is one value.
        let one = |key| call.query.get(key).into_iter().map(str::to_owned).collect();
        let all = |key| call.query.all(key).into_iter().map(str::to_owned).collect();
        // fixed_ips=ip_address=10.0.0.5, as Neutron writes it.
        let fixed = call.query.all("fixed_ips").into_iter();
        Ok(Filter {
            ports: list::Filter {
                ids: all("id"),
                subnets: one("network_id"),
                names: one("name"),
                macs: one("mac_address"),
                addresses: fixed
                    .map(|text| text.trim_start_matches("ip_address=").to_owned())
                    .collect(),
                devices: one("device_id"),
                owners: one("device_owner"),
                groups: all("security_groups"),
            },
            status: call.query.get("status").map(str::to_owned),
        })
    }
}

fn parse(call: &Call<'_>, wire: CreateWire) -> Result<(NewPort, Vec<Fixed>), Refusal> {
    let wrong = |field: &str| invalid(call.group, field);
    let subnet = wire
        .network_id
        .filter(|id| is_uuid(id))
        .ok_or_else(|| wrong("network_id"))?;
    let device_owner = wire.device_owner.unwrap_or_default();
    if !matches!(device_owner.as_str(), "" | port::VIRTUAL) {
        return Err(wrong("device_owner"));
    }
    if wire.admin_state_up == Some(false) {
        return Err(wrong("admin_state_up"));
    }
    let fixed = wire.fixed_ips.unwrap_or_default().into_iter();
    // "One port can only set one ipaddress", as the live service says; it counts each family by itself.
    let fixed = fixed
        .map(|it| {
            let text = it.ip_address.filter(|text| !text.is_empty());
            let address = text.map(|text| text.parse::<IpAddr>()).transpose();
            Ok(Fixed {
                layer: it.subnet_id.filter(|id| !id.is_empty()),
                address: address.map_err(|_| wrong("ip_address"))?,
            })
        })
        .collect::<Result<Vec<_>, Refusal>>()?;
    let new = NewPort {
        subnet,
        name: legal_name(call, wire.name.unwrap_or_default())?,
        device_owner,
        device_id: String::new(),
        security_groups: wire.security_groups,
        allowed_pairs: pairs(call, wire.allowed_address_pairs.unwrap_or_default())?,
        dhcp_options: options(wire.extra_dhcp_opts.unwrap_or_default()),
        ..NewPort::default()
    };
    Ok((new, fixed))
}

/// An address that the port cannot have is a wrong value here.
fn unfit(fault: Fault) -> Fault {
    match fault {
        Fault::Unsuitable { reason, .. } => Fault::invalid("fixed_ips", reason),
        other => other,
    }
}

fn legal_name(call: &Call<'_>, name: String) -> Result<String, Refusal> {
    if name.chars().count() > 255 {
        Err(invalid(call.group, "name"))
    } else {
        Ok(name)
    }
}

/// Addresses that may leave a port besides its own.
pub fn pairs(
    call: &Call<'_>,
    wire: Vec<PairWire>,
) -> Result<Vec<(String, Option<String>)>, Refusal> {
    let hardware = |text: &str| {
        let mut octets = text.split([':', '-']);
        octets.clone().count() == 6
            && octets.all(|octet| octet.len() == 2 && u8::from_str_radix(octet, 16).is_ok())
    };
    let legal = |pair: &PairWire| {
        // Host bits may be set, as in the `1.1.1.1/0` that stands for every source.
        let block = pair.ip_address.parse::<vpcd_net::Prefix>().is_ok();
        block && pair.mac_address.as_deref().is_none_or(hardware)
    };
    match wire.iter().all(legal) {
        true => Ok(wire
            .into_iter()
            .map(|pair| (pair.ip_address, pair.mac_address))
            .collect()),
        false => Err(invalid(call.group, "allowed_address_pairs")),
    }
}

/// DHCP options as the domain has them.
pub(crate) fn options(wire: Vec<OptionWire>) -> Vec<(String, Option<String>)> {
    wire.into_iter()
        .map(|option| (option.opt_name, option.opt_value))
        .collect()
}

fn id(call: &Call<'_>) -> Result<String, Refusal> {
    let id = call.param("port_id");
    if is_uuid(id) {
        Ok(id.to_owned())
    } else {
        Err(invalid(call.group, "port_id"))
    }
}

fn with_layer(tx: &mut Tx<'_>, port: Port) -> Result<Shown, Fault> {
    let layers = Layers::of(tx.any::<Subnet>(port.subnet())?.as_ref());
    Ok((port, layers))
}

fn render((port, layers): &Shown) -> Value {
    let pairs: Vec<Value> = port
        .allowed_pairs
        .iter()
        .map(|(address, mac)| json!({"ip_address": address, "mac_address": mac.as_deref().unwrap_or(&port.mac)}))
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
        .map(|(address, layer)| json!({"ip_address": address, "subnet_id": layer}));
    let names = addresses.iter().map(
        |(address, _)| json!({"hostname": host, "ip_address": address, "fqdn": format!("{host}.")}),
    );
    let (instance, instance_type) = port_v3::instance(port);
    json!({
        "id": port.head.id,
        "name": port.name,
        "network_id": port.subnet(),
        "admin_state_up": true,
        "mac_address": port.mac,
        "fixed_ips": fixed_ips.collect::<Value>(),
        "device_id": port.device_id,
        "device_owner": port.device_owner,
        "tenant_id": port.head.project,
        "status": status(port),
        "security_groups": port.security_groups,
        "allowed_address_pairs": pairs,
        "extra_dhcp_opts": options,
        "binding:vnic_type": vnic_type(port),
        "binding:vif_details": {},
        "binding:profile": profile(port),
        "dns_assignment": names.collect::<Value>(),
        "dns_name": host,
        "instance_id": instance,
        "instance_type": instance_type,
        "port_security_enabled": port.is_guarded(),
        "zone_id": port.zone(),
        "enable_efi": false,
        "ipv6_bandwidth_id": "",
    })
}

/// How it is plugged in.
pub(crate) fn vnic_type(port: &Port) -> &str {
    match port.vnic_type.as_str() {
        "" => "normal",
        word => word,
    }
}

/// What its device keeps with it.
pub(crate) fn profile(port: &Port) -> Value {
    port.profile.clone().unwrap_or_else(|| json!({}))
}

/// The word for its state.
pub(crate) fn status(port: &Port) -> &'static str {
    match port.head.state() {
        State::Creating => "BUILD",
        _ if port.device_id.is_empty() && !port.is_system() => "DOWN",
        _ => "ACTIVE",
    }
}
