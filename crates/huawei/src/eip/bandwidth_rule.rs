//! Rules that divide a shared bandwidth, v3.

use serde::Deserialize;
use serde_json::{Value, json};
use vpcd_dialect::{Call, Refusal, Reply};
use vpcd_domain::bandwidth::Bandwidth;
use vpcd_domain::bandwidth_rule::{self, BandwidthRule, NewBandwidthRule};
use vpcd_domain::publicip::PublicIp;

use super::selection::path_id;
use crate::faults::{self, invalid, refuse};
use crate::wire::{is_description, is_name, is_uuid};

#[derive(Deserialize)]
struct Body {
    bandwidth_rule: CreateWire,
}

#[derive(Deserialize)]
struct CreateWire {
    name: Option<String>,
    description: Option<String>,
    #[serde(default, deserialize_with = "vpcd_dialect::decode::integer")]
    egress_size: Option<i64>,
    #[serde(default, deserialize_with = "vpcd_dialect::decode::integer")]
    egress_guarented_size: Option<i64>,
    publicip_info: Option<Vec<AddressWire>>,
}

#[derive(Deserialize)]
struct AddressWire {
    publicip_id: Option<String>,
}

/// `POST /v3/{project_id}/eip/bandwidths/{bandwidth_id}/bandwidth-rules`
pub fn create(call: &Call<'_>) -> Result<Reply, Refusal> {
    let id = path_id(call, "bandwidth_id")?;
    let Body {
        bandwidth_rule: wire,
    } = call
        .body::<Body>()
        .map_err(|fault| faults::body(call, &fault))?;
    let new = parse(call, wire)?;
    let rule = call
        .write(move |tx, cx| bandwidth_rule::create(tx, cx, &id, new.clone()))
        .map_err(|fault| refuse(call, fault))?;
    let addresses: Vec<Value> = rule
        .addresses
        .iter()
        .map(|id| json!({"publicip_id": id}))
        .collect();
    let shown = json!({
        "id": rule.id,
        "name": rule.name,
        "description": rule.description,
        "admin_state_up": true,
        "egress_size": rule.egress,
        "egress_guarented_size": rule.guaranteed,
        "publicip_info": addresses,
    });
    let body = json!({"request_id": call.request.id, "bandwidth_rule": shown});
    Ok(Reply::json(call.success, body))
}

/// What a bandwidth with these addresses shows of its rules.
pub fn of(bandwidth: &Bandwidth, addresses: &[PublicIp]) -> Value {
    let render = |rule: &BandwidthRule| {
        let inside = addresses
            .iter()
            .filter(|it| rule.addresses.contains(&it.head.id));
        json!({
            "id": rule.id,
            "name": rule.name,
            "admin_state_up": true,
            "egress_size": rule.egress,
            "egress_guarented_size": rule.guaranteed,
            "publicip_info": inside.map(address).collect::<Vec<_>>(),
        })
    };
    json!({
        "enable_bandwidth_rules": !bandwidth.rules.is_empty(),
        "rule_quota": 0,
        "bandwidth_rules": bandwidth.rules.iter().map(render).collect::<Vec<_>>(),
    })
}

/// What bandwidths and their rules show of an address.
pub fn address(it: &PublicIp) -> Value {
    json!({
        "publicip_id": it.head.id,
        "publicip_address": it.address,
        "publicip_type": it.pool,
        "publicipv6_address": it.ipv6(),
        "ip_version": if it.nat64 { 6 } else { 4 },
    })
}

fn parse(call: &Call<'_>, wire: CreateWire) -> Result<NewBandwidthRule, Refusal> {
    let wrong = |field: &str| invalid(call.group, field);
    let size = |size: Option<i64>, field| {
        size.and_then(|size| u32::try_from(size).ok())
            .ok_or_else(|| wrong(field))
    };
    let description = wire.description.unwrap_or_default();
    if !is_description(&description) {
        return Err(wrong("description"));
    }
    let mut addresses = Vec::new();
    for address in wire.publicip_info.unwrap_or_default() {
        let id = address.publicip_id.filter(|id| is_uuid(id));
        addresses.push(id.ok_or_else(|| wrong("publicip_id"))?);
    }
    if addresses.is_empty() {
        return Err(wrong("publicip_info"));
    }
    Ok(NewBandwidthRule {
        name: wire
            .name
            .filter(|name| is_name(name, 1))
            .ok_or_else(|| wrong("name"))?,
        description,
        egress: size(wire.egress_size, "egress_size")?,
        guaranteed: size(wire.egress_guarented_size, "egress_guarented_size")?,
        addresses,
    })
}
