//! Public addresses into shared bandwidths and out again, v3.

use serde::Deserialize;
use serde_json::{Value, json};
use vpcd_dialect::{Call, Refusal, Reply};
use vpcd_domain::bandwidth::{self, Own};
use vpcd_domain::publicip::{self, PublicIp, View};
use vpcd_domain::{Context, Fault, Kind, Tx};

use super::bandwidth::legal_size;
use super::publicip_wire::base;
use super::selection::path_id;
use crate::faults::{self, invalid, refuse};
use crate::generated::errors;
use crate::wire::{is_name, is_uuid};

/// Most addresses of one batch.
const BATCH: usize = 100;

#[derive(Deserialize)]
struct One<T> {
    publicip: Option<T>,
}

#[derive(Deserialize)]
struct Many<T> {
    publicips: Option<Vec<T>>,
}

#[derive(Deserialize)]
struct AttachWire {
    publicip_id: Option<String>,
    bandwidth_id: Option<String>,
}

#[derive(Deserialize)]
struct DetachWire {
    publicip_id: Option<String>,
    bandwidth: Option<OwnWire>,
}

#[derive(Deserialize)]
struct OwnWire {
    name: Option<String>,
    #[serde(default, deserialize_with = "vpcd_dialect::decode::integer")]
    size: Option<i64>,
    charge_mode: Option<String>,
}

/// `POST /v3/{project_id}/eip/publicips/{publicip_id}/attach-share-bandwidth`
pub fn attach(call: &Call<'_>) -> Result<Reply, Refusal> {
    let id = path_id(call, "publicip_id")?;
    let body = call
        .body::<One<AttachWire>>()
        .map_err(|fault| faults::body(call, &fault))?;
    let wire = body
        .publicip
        .ok_or_else(|| invalid(call.group, "publicip"))?;
    let bandwidth = uuid(call, "bandwidth_id", wire.bandwidth_id)?;
    Ok(answered(call, &attached(call, id, bandwidth)?))
}

/// `POST /v3/{project_id}/eip/publicips/attach-share-bandwidth`
pub fn attach_batch(call: &Call<'_>) -> Result<Reply, Refusal> {
    batch(
        call,
        |wire: AttachWire| {
            let id = uuid(call, "publicip_id", wire.publicip_id)?;
            let bandwidth = uuid(call, "bandwidth_id", wire.bandwidth_id)?;
            Ok((id, bandwidth))
        },
        |(id, bandwidth)| (id.clone(), attached(call, id, bandwidth)),
    )
}

/// `POST /v3/{project_id}/eip/publicips/{publicip_id}/detach-share-bandwidth`
pub fn detach(call: &Call<'_>) -> Result<Reply, Refusal> {
    let id = path_id(call, "publicip_id")?;
    let body = call
        .body::<One<DetachWire>>()
        .map_err(|fault| faults::body(call, &fault))?;
    let wire = body
        .publicip
        .ok_or_else(|| invalid(call.group, "publicip"))?;
    let own = own(call, wire.bandwidth)?;
    Ok(answered(call, &detached(call, id, own)?))
}

/// `POST /v3/{project_id}/eip/publicips/detach-share-bandwidth`
pub fn detach_batch(call: &Call<'_>) -> Result<Reply, Refusal> {
    batch(
        call,
        |wire: DetachWire| {
            let id = uuid(call, "publicip_id", wire.publicip_id)?;
            Ok((id, own(call, wire.bandwidth)?))
        },
        |(id, own)| (id.clone(), detached(call, id, own)),
    )
}

/// Does one after the other, each for itself: one that is refused does not keep the others back.
fn batch<W, T>(
    call: &Call<'_>,
    parse: impl Fn(W) -> Result<T, Refusal>,
    run: impl Fn(T) -> (String, Result<View, Refusal>),
) -> Result<Reply, Refusal>
where
    W: serde::de::DeserializeOwned,
{
    let body = call
        .body::<Many<W>>()
        .map_err(|fault| faults::body(call, &fault))?;
    let wire = body.publicips.unwrap_or_default();
    if !(1..=BATCH).contains(&wire.len()) {
        return Err(invalid(call.group, "publicips"));
    }
    // Every item is well formed before the first one is touched.
    let parsed: Result<Vec<T>, Refusal> = wire.into_iter().map(parse).collect();
    let rows: Vec<Value> = parsed?
        .into_iter()
        .map(|item| match run(item) {
            (_, Ok(view)) => json!({"statusCode": 200, "publicip": base(call.region, &view)}),
            (id, Err(refusal)) => json!({"statusCode": refusal.status, "publicip": {"id": id}}),
        })
        .collect();
    let body = json!({"request_id": call.request.id, "publicips": rows});
    Ok(Reply::json(call.success, body))
}

fn attached(call: &Call<'_>, id: String, bandwidth: String) -> Result<View, Refusal> {
    let shown = call.write(move |tx, cx| {
        bandwidth::insert(tx, cx, &bandwidth, std::slice::from_ref(&id))?;
        shown(tx, cx, &id)
    });
    shown.map_err(|fault| refuse(call, fault))
}

fn detached(call: &Call<'_>, id: String, own: Own) -> Result<View, Refusal> {
    let shown = call.write(move |tx, cx| {
        let it: PublicIp = tx.get(&cx.caller.project, &id)?;
        bandwidth::remove(tx, cx, &it.bandwidth, std::slice::from_ref(&id), &own)?;
        shown(tx, cx, &id)
    });
    shown.map_err(|fault| match fault {
        // Clients take this very answer for "detached already".
        Fault::Unsuitable {
            kind: Kind::Bandwidth,
            ..
        } => Refusal::new(errors::EIP_7902_400).because(fault.to_string()),
        fault => refuse(call, fault),
    })
}

fn shown(tx: &mut Tx<'_>, cx: &Context<'_>, id: &str) -> Result<View, Fault> {
    let it: PublicIp = tx.get(&cx.caller.project, id)?;
    publicip::view(tx, it)
}

fn answered(call: &Call<'_>, view: &View) -> Reply {
    let body = json!({"request_id": call.request.id, "publicip": base(call.region, view)});
    Reply::json(call.success, body)
}

fn uuid(call: &Call<'_>, field: &'static str, id: Option<String>) -> Result<String, Refusal> {
    id.filter(|id| is_uuid(id))
        .ok_or_else(|| invalid(call.group, field))
}

/// The bandwidth of its own that an address gets; a blank name counts as absent.
fn own(call: &Call<'_>, wire: Option<OwnWire>) -> Result<Own, Refusal> {
    let wrong = |field: &str| invalid(call.group, field);
    let wire = wire.ok_or_else(|| wrong("bandwidth"))?;
    let name = wire.name.filter(|name| !name.is_empty());
    if name.as_deref().is_some_and(|name| !is_name(name, 1)) {
        return Err(wrong("name"));
    }
    let charge_mode = wire.charge_mode.unwrap_or_default();
    if !matches!(charge_mode.as_str(), "bandwidth" | "traffic") {
        return Err(wrong("charge_mode"));
    }
    Ok(Own {
        name,
        size: wire
            .size
            .and_then(legal_size)
            .ok_or_else(|| wrong("size"))?,
        charge_mode,
    })
}
