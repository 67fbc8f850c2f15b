//! Private IPs, v1: ports seen as the addresses that they hold.

use std::net::Ipv4Addr;

use serde::Deserialize;
use serde_json::{Value, json};
use vpcd_dialect::{Call, Refusal, Reply};
use vpcd_domain::Fault;
use vpcd_domain::port::{self, NewPort, Port};
use vpcd_domain::subnet::Subnet;

use crate::faults::{self, invalid, refuse};
use crate::generated::limits;
use crate::wire::{self, is_uuid};

#[derive(Deserialize)]
struct CreateWire {
    privateips: Vec<OptionWire>,
}

#[derive(Deserialize)]
struct OptionWire {
    subnet_id: Option<String>,
    ip_address: Option<String>,
}

/// `POST /v1/{project_id}/privateips`
pub fn create(call: &Call<'_>) -> Result<Reply, Refusal> {
    let CreateWire { privateips: wire } =
        call.body().map_err(|fault| faults::body(call, &fault))?;
    let most = usize::try_from(limits::PRIVATEIP_PER_CREATE).unwrap_or(usize::MAX);
    if wire.is_empty() || wire.len() > most {
        return Err(invalid(call.group, "privateips"));
    }
    let parsed = wire.into_iter().map(|wire| parse(call, wire));
    let new = parsed.collect::<Result<Vec<_>, _>>()?;
    let made = call
        .write(move |tx, cx| {
            let made = new.iter().map(|new| port::create(tx, cx, new.clone()));
            made.collect::<Result<Vec<_>, Fault>>()
        })
        .map_err(|fault| refuse(call, fault))?;
    Ok(listed(call, &made))
}

/// `GET /v1/{project_id}/privateips/{privateip_id}`
pub fn show(call: &Call<'_>) -> Result<Reply, Refusal> {
    let id = uuid(call, "privateip_id")?;
    let port = call
        .read(move |tx, cx| tx.get::<Port>(&cx.caller.project, &id))
        .map_err(|fault| refuse(call, fault))?;
    Ok(Reply::json(
        call.success,
        json!({"privateip": render(&port)}),
    ))
}

/// `GET /v1/{project_id}/subnets/{subnet_id}/privateips`
pub fn list(call: &Call<'_>) -> Result<Reply, Refusal> {
    let id = uuid(call, "subnet_id")?;
    let page = wire::page(call).map_err(|field| invalid(call.group, field))?;
    let ports = call
        .read(move |tx, cx| {
            tx.get::<Subnet>(&cx.caller.project, &id)?;
            tx.children_page::<Port>(&id, page.marker.as_deref(), page.limit)
        })
        .map_err(|fault| refuse(call, fault))?;
    Ok(listed(call, &ports))
}

/// `DELETE /v1/{project_id}/privateips/{privateip_id}`
pub fn delete(call: &Call<'_>) -> Result<Reply, Refusal> {
    let id = uuid(call, "privateip_id")?;
    call.write(move |tx, cx| port::delete(tx, cx, &id))
        .map_err(|fault| refuse(call, fault))?;
    Ok(Reply::empty(call.success))
}

fn parse(call: &Call<'_>, wire: OptionWire) -> Result<NewPort, Refusal> {
    let subnet = wire.subnet_id.filter(|id| is_uuid(id));
    let address = wire.ip_address.filter(|text| !text.is_empty());
    let address = address.map(|text| text.parse::<Ipv4Addr>()).transpose();
    Ok(NewPort {
        subnet: subnet.ok_or_else(|| invalid(call.group, "subnet_id"))?,
        address: address.map_err(|_| invalid(call.group, "ip_address"))?,
        ..NewPort::default()
    })
}

fn uuid(call: &Call<'_>, name: &'static str) -> Result<String, Refusal> {
    match call.param(name) {
        id if is_uuid(id) => Ok(id.to_owned()),
        _ => Err(invalid(call.group, name)),
    }
}

fn listed(call: &Call<'_>, ports: &[Port]) -> Reply {
    let rendered: Vec<Value> = ports.iter().map(render).collect();
    Reply::json(call.success, json!({"privateips": rendered}))
}

fn render(port: &Port) -> Value {
    let bound = port.is_system() || !port.device_id.is_empty();
    json!({
        "id": port.head.id,
        "status": if bound { "ACTIVE" } else { "DOWN" },
        "subnet_id": port.subnet(),
        "tenant_id": port.head.project,
        "device_owner": port.device_owner,
        "ip_address": port.address,
    })
}
