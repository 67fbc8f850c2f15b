//! Shared bandwidths, v2.0.

use serde::Deserialize;
use serde_json::{Value, json};
use vpcd_dialect::{Call, Refusal, Reply};
use vpcd_domain::bandwidth::{self, NewShared, Own};

use super::bandwidth::{legal_size, render};
use crate::faults::{self, invalid, refuse};
use crate::wire::{is_enterprise_project, is_name, is_uuid};

/// Most bandwidths of one batch: no quota that is usual allows more.
const BATCH: i64 = 100;

#[derive(Deserialize)]
struct CreateBody {
    bandwidth: CreateWire,
}

#[derive(Deserialize)]
struct CreateWire {
    name: Option<String>,
    #[serde(default, deserialize_with = "vpcd_dialect::decode::integer")]
    size: Option<i64>,
    #[serde(default, deserialize_with = "vpcd_dialect::decode::integer")]
    count: Option<i64>,
    charge_mode: Option<String>,
    enterprise_project_id: Option<String>,
    public_border_group: Option<String>,
    bandwidth_type: Option<String>,
}

#[derive(Deserialize)]
struct MoveBody {
    bandwidth: MoveWire,
}

#[derive(Deserialize)]
struct MoveWire {
    publicip_info: Option<Vec<MemberWire>>,
    charge_mode: Option<String>,
    #[serde(default, deserialize_with = "vpcd_dialect::decode::integer")]
    size: Option<i64>,
}

#[derive(Deserialize)]
struct MemberWire {
    publicip_id: Option<String>,
    publicip_type: Option<String>,
}

/// Ids of addresses, each with the type that the caller takes it for.
type Members = Vec<(String, Option<String>)>;

/// `POST /v2.0/{project_id}/bandwidths`
pub fn create(call: &Call<'_>) -> Result<Reply, Refusal> {
    let CreateBody { bandwidth: wire } = body(call)?;
    let shown = made(call, parse(call, wire)?, 1)?;
    Ok(Reply::json(
        call.success,
        json!({"bandwidth": shown.first()}),
    ))
}

/// `POST /v2.0/{project_id}/batch-bandwidths`
pub fn create_batch(call: &Call<'_>) -> Result<Reply, Refusal> {
    let CreateBody { bandwidth: wire } = body(call)?;
    let count = wire.count.filter(|count| (1..=BATCH).contains(count));
    let count = count.and_then(|count| u32::try_from(count).ok());
    let count = count.ok_or_else(|| invalid(call.group, "count"))?;
    let shown = made(call, parse(call, wire)?, count)?;
    let later = ["created_at", "updated_at", "enterprise_project_id"];
    let rules = ["enable_bandwidth_rules", "rule_quota", "bandwidth_rules"];
    let shown = shown
        .into_iter()
        .map(|it| without(without(it, &later), &rules));
    Ok(Reply::json(
        call.success,
        json!({"bandwidths": shown.collect::<Vec<_>>()}),
    ))
}

/// `DELETE /v2.0/{project_id}/bandwidths/{bandwidth_id}`
pub fn delete(call: &Call<'_>) -> Result<Reply, Refusal> {
    let id = call.param("bandwidth_id").to_owned();
    if !is_uuid(&id) {
        return Err(invalid(call.group, "bandwidth id"));
    }
    call.write(move |tx, cx| bandwidth::delete(tx, cx, &id))
        .map_err(|fault| refuse(call, fault))?;
    Ok(Reply::empty(call.success))
}

/// `POST /v2.0/{project_id}/bandwidths/{bandwidth_id}/insert`
pub fn insert(call: &Call<'_>) -> Result<Reply, Refusal> {
    let id = call.param("bandwidth_id").to_owned();
    let MoveBody { bandwidth: wire } = body(call)?;
    let members = members(call, wire.publicip_info)?;
    let shown = call
        .write(move |tx, cx| {
            let ids = bandwidth::of_types(tx, cx, &members)?;
            let it = bandwidth::insert(tx, cx, &id, &ids)?;
            let addresses = bandwidth::addresses(tx, &it)?;
            Ok((it, addresses))
        })
        .map_err(|fault| refuse(call, fault))?;
    let later = ["created_at", "updated_at", "public_border_group"];
    Ok(Reply::json(
        call.success,
        json!({"bandwidth": without(render(call.region, &shown), &later)}),
    ))
}

/// `POST /v2.0/{project_id}/bandwidths/{bandwidth_id}/remove`
pub fn remove(call: &Call<'_>) -> Result<Reply, Refusal> {
    let id = call.param("bandwidth_id").to_owned();
    let MoveBody { bandwidth: wire } = body(call)?;
    let wrong = |field| invalid(call.group, field);
    let members = members(call, wire.publicip_info)?;
    let modes = ["bandwidth", "traffic"];
    let own = Own {
        name: None,
        size: wire
            .size
            .and_then(legal_size)
            .ok_or_else(|| wrong("size"))?,
        charge_mode: wire
            .charge_mode
            .filter(|mode| modes.contains(&mode.as_str()))
            .ok_or_else(|| wrong("charge_mode"))?,
    };
    call.write(move |tx, cx| {
        let ids = bandwidth::of_types(tx, cx, &members)?;
        bandwidth::remove(tx, cx, &id, &ids, &own)
    })
    .map_err(|fault| refuse(call, fault))?;
    Ok(Reply::empty(call.success))
}

fn body<T: serde::de::DeserializeOwned>(call: &Call<'_>) -> Result<T, Refusal> {
    call.body().map_err(|fault| match call.group {
        // VPC.0301 of the moves speaks of the ids whatever is wrong with the list.
        "insert_or_remove_shared_bandwidth_publicip" => {
            invalid(call.group, "publicip_id").because(format!("{fault:?}"))
        }
        _ => faults::body(call, &fault),
    })
}

fn made(call: &Call<'_>, new: NewShared, count: u32) -> Result<Vec<Value>, Refusal> {
    let made = call
        .write(move |tx, cx| bandwidth::create_shared(tx, cx, &new, count))
        .map_err(|fault| refuse(call, fault))?;
    let shown = made
        .into_iter()
        .map(|it| render(call.region, &(it, Vec::new())));
    Ok(shown.collect())
}

fn parse(call: &Call<'_>, wire: CreateWire) -> Result<NewShared, Refusal> {
    let wrong = |field| invalid(call.group, field);
    let given = |text: Option<String>| text.filter(|text| !text.is_empty());
    let charge_mode = given(wire.charge_mode).unwrap_or_else(|| "bandwidth".to_owned());
    if !matches!(charge_mode.as_str(), "bandwidth" | "95peak_plus") {
        return Err(wrong("charge_mode"));
    }
    let enterprise_project = given(wire.enterprise_project_id).unwrap_or_else(|| "0".to_owned());
    if !is_enterprise_project(&enterprise_project) {
        return Err(wrong("enterprise_project_id"));
    }
    // The only type of shared bandwidth that there is.
    if given(wire.bandwidth_type).is_some_and(|kind| kind != "share") {
        return Err(wrong("bandwidth_type"));
    }
    Ok(NewShared {
        name: wire
            .name
            .filter(|name| is_name(name, 1))
            .ok_or_else(|| wrong("name"))?,
        size: wire
            .size
            .and_then(legal_size)
            .ok_or_else(|| wrong("size"))?,
        charge_mode,
        enterprise_project,
        border_group: given(wire.public_border_group).unwrap_or_else(|| "center".to_owned()),
    })
}

fn members(call: &Call<'_>, wire: Option<Vec<MemberWire>>) -> Result<Members, Refusal> {
    let wrong = || invalid(call.group, "publicip_id");
    let wire = wire.filter(|wire| !wire.is_empty()).ok_or_else(wrong)?;
    let member = |it: MemberWire| {
        let id = it.publicip_id.filter(|id| is_uuid(id)).ok_or_else(wrong)?;
        Ok((id, it.publicip_type.filter(|kind| !kind.is_empty())))
    };
    wire.into_iter().map(member).collect()
}

fn without(mut object: Value, fields: &[&str]) -> Value {
    if let Some(object) = object.as_object_mut() {
        for field in fields {
            object.remove(*field);
        }
    }
    object
}
