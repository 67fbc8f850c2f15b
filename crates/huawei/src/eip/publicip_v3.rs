//! Public addresses, v3.

use serde::Deserialize;
use serde_json::{Value, json};
use vpcd_dialect::{Call, Refusal, Reply, decode};
use vpcd_domain::publicip::{self, Doing, Instance, InstanceKind, Keys, PublicIp};
use vpcd_domain::{Context, Fault, Tx, condition};

use super::publicip_wire::{HIDDEN, RULES, base, full};
use super::selection::{Fields, Selection, path_id};
use crate::faults::{self, invalid, refuse};
use crate::wire::{is_name, is_uuid};

#[derive(Deserialize)]
struct Body<T> {
    publicip: T,
}

#[derive(Deserialize)]
struct AssociateWire {
    associate_instance_type: Option<String>,
    associate_instance_id: Option<String>,
}

#[derive(Deserialize)]
struct UpdateWire {
    alias: Option<String>,
    description: Option<String>,
    #[serde(default, deserialize_with = "decode::nullable")]
    associate_instance_type: Option<Option<String>>,
    #[serde(default, deserialize_with = "decode::nullable")]
    associate_instance_id: Option<Option<String>>,
}

/// `GET /v3/{project_id}/eip/publicips/{publicip_id}`
pub fn show(call: &Call<'_>) -> Result<Reply, Refusal> {
    let id = path_id(call, "publicip_id")?;
    let shown = call
        .read(move |tx, cx| {
            let (it, _) = publicip::show(tx, cx, &id)?;
            publicip::view(tx, it)
        })
        .map_err(|fault| refuse(call, fault))?;
    let shown = Fields::of(call, HIDDEN).cut(full(call.region, &shown));
    Ok(answered(call, shown))
}

/// `GET /v3/{project_id}/eip/publicips`
pub fn list(call: &Call<'_>) -> Result<Reply, Refusal> {
    let selection = Selection::of(call, &RULES)?;
    let keys = Keys {
        ids: selection.wanted("id"),
        addresses: selection.wanted("public_ip_address"),
        ports: selection.wanted("vnic.port_id"),
        instances: selection.wanted("associate_instance_id"),
        bandwidths: selection.wanted("bandwidth.id"),
        private: selection.wanted("vnic.private_ip_address"),
        names: selection.wanted("alias"),
        doing: doing(&selection.wanted("status")),
    };
    let region = call.region;
    let (listed, total) = call
        .read(move |tx, cx| {
            condition::backend_reads(tx, cx)?;
            let keyed = publicip::among(tx, cx, &keys)?;
            let show = |tx: &mut Tx<'_>, it: PublicIp| Ok(full(region, &publicip::view(tx, it)?));
            let listed = selection.of_kind(tx, cx, keyed, show)?;
            let total = match listed.total {
                Some(total) => total,
                None => tx.count::<PublicIp>(&cx.caller.project)?,
            };
            Ok((listed, total))
        })
        .map_err(|fault| refuse(call, fault))?;
    let mut reply = listed.reply(call, "publicips");
    if let Some(body) = &mut reply.body {
        body["total_count"] = json!(total);
    }
    Ok(reply)
}

/// What addresses of these states are doing.
fn doing(states: &[String]) -> Vec<Doing> {
    let known = states.iter().filter_map(|word| match word.as_str() {
        "DOWN" => Some(Doing::Free),
        "ACTIVE" => Some(Doing::Bound),
        "FREEZED" => Some(Doing::Stopped),
        "ERROR" => Some(Doing::Pending),
        _ => None,
    });
    known.collect()
}

/// `PUT /v3/{project_id}/eip/publicips/{publicip_id}`: names, or an instance to bind to, or `null` to unbind.
pub fn update(call: &Call<'_>) -> Result<Reply, Refusal> {
    let id = path_id(call, "publicip_id")?;
    let Body { publicip: wire } = call
        .body::<Body<UpdateWire>>()
        .map_err(|fault| faults::body(call, &fault))?;
    let wrong = |field: &str| invalid(call.group, field);
    let legal_alias = |alias: &str| alias.is_empty() || is_name(alias, 1);
    if wire
        .alias
        .as_deref()
        .is_some_and(|alias| !legal_alias(alias))
    {
        return Err(wrong("alias"));
    }
    let legal = |text: &str| text.chars().count() <= 256 && !text.contains(['<', '>']);
    if wire.description.as_deref().is_some_and(|text| !legal(text)) {
        return Err(wrong("description"));
    }
    let wanted = match (wire.associate_instance_type, wire.associate_instance_id) {
        (None, None) => None,
        (Some(None), Some(None)) => Some(None),
        (Some(Some(kind)), Some(Some(id))) => Some(Some(instance(call, &kind, id)?)),
        (_, Some(Some(_))) => return Err(wrong("associate_instance_type")),
        _ => return Err(wrong("associate_instance_id")),
    };
    let (alias, description) = (wire.alias, wire.description);
    changed(call, move |tx, cx| {
        let it = publicip::describe(tx, cx, &id, alias.clone(), description.clone())?;
        match &wanted {
            None => Ok(it),
            Some(None) => publicip::unbind(tx, cx, &id),
            Some(Some(instance)) => publicip::associate(tx, cx, &id, instance),
        }
    })
}

/// `POST /v3/{project_id}/eip/publicips/{publicip_id}/associate-instance`
pub fn associate(call: &Call<'_>) -> Result<Reply, Refusal> {
    let id = path_id(call, "publicip_id")?;
    let Body { publicip: wire } = call
        .body::<Body<AssociateWire>>()
        .map_err(|fault| faults::body(call, &fault))?;
    let wrong = |field: &str| invalid(call.group, field);
    let kind = wire
        .associate_instance_type
        .ok_or_else(|| wrong("associate_instance_type"))?;
    let instance_id = wire
        .associate_instance_id
        .ok_or_else(|| wrong("associate_instance_id"))?;
    let instance = instance(call, &kind, instance_id)?;
    changed(call, move |tx, cx| {
        publicip::associate(tx, cx, &id, &instance)
    })
}

/// `POST /v3/{project_id}/eip/publicips/{publicip_id}/disassociate-instance`
pub fn disassociate(call: &Call<'_>) -> Result<Reply, Refusal> {
    let id = path_id(call, "publicip_id")?;
    changed(call, move |tx, cx| publicip::disassociate(tx, cx, &id))
}

/// `POST /v3/{project_id}/eip/publicips/{publicip_id}/enable-nat64`
pub fn enable_nat64(call: &Call<'_>) -> Result<Reply, Refusal> {
    translate(call, true)
}

/// `POST /v3/{project_id}/eip/publicips/{publicip_id}/disable-nat64`
pub fn disable_nat64(call: &Call<'_>) -> Result<Reply, Refusal> {
    translate(call, false)
}

fn translate(call: &Call<'_>, nat64: bool) -> Result<Reply, Refusal> {
    let id = path_id(call, "publicip_id")?;
    changed(call, move |tx, cx| publicip::translate(tx, cx, &id, nat64))
}

/// Runs a rule that changes an address, and shows the address.
fn changed<F>(call: &Call<'_>, rule: F) -> Result<Reply, Refusal>
where
    F: Fn(&mut Tx<'_>, &mut Context<'_>) -> Result<PublicIp, Fault> + Send + 'static,
{
    let shown = call
        .write(move |tx, cx| {
            let it = rule(tx, cx)?;
            publicip::view(tx, it)
        })
        .map_err(|fault| refuse(call, fault))?;
    Ok(answered(call, base(call.region, &shown)))
}

fn answered(call: &Call<'_>, shown: Value) -> Reply {
    let body = json!({"request_id": call.request.id, "publicip": shown});
    Reply::json(call.success, body)
}

fn instance(call: &Call<'_>, kind: &str, id: String) -> Result<Instance, Refusal> {
    let kind = match kind {
        "PORT" => InstanceKind::Port,
        "NATGW" => InstanceKind::NatGateway,
        "ELB" => InstanceKind::LoadBalancer,
        "ELBV1" => InstanceKind::ClassicLoadBalancer,
        "VPN" => InstanceKind::VpnGateway,
        _ => return Err(invalid(call.group, "associate_instance_type")),
    };
    match is_uuid(&id) {
        true => Ok(Instance { kind, id }),
        false => Err(invalid(call.group, "associate_instance_id")),
    }
}
