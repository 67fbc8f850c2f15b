//! Public addresses and bandwidths in batches, v2, and what is counted of them.

use serde::Deserialize;
use serde_json::{Value, json};
use vpcd_dialect::{Call, Refusal, Reply};
use vpcd_domain::bandwidth::{self, BandwidthChange};
use vpcd_domain::job::{self, Failure, Work};
use vpcd_domain::publicip::{self, PublicIp};
use vpcd_domain::{Fault, pool};

use super::bandwidth::UpdateWire;
use super::publicip::{BandwidthWire, CreateWire, bandwidth, parse};
use crate::faults::{self, invalid, refuse, rendered};
use crate::wire::{is_uuid, starred_tags};

/// Most things of one batch.
const BATCH: i64 = 100;

#[derive(Deserialize)]
struct CreateBody {
    bandwidth: Option<BandwidthWire>,
    publicip: Option<BatchWire>,
    #[serde(default, deserialize_with = "vpcd_dialect::decode::integer")]
    publicip_number: Option<i64>,
    enterprise_project_id: Option<String>,
}

#[derive(Deserialize)]
struct BatchWire {
    #[serde(rename = "type")]
    pool: Option<String>,
    ip_version: Option<Value>,
    enterprise_project_id: Option<String>,
    tags: Option<Vec<String>>,
}

#[derive(Deserialize)]
struct IdsBody {
    publicip_ids: Option<Vec<String>>,
}

#[derive(Deserialize)]
struct ModifyBody {
    bandwidths: Option<Vec<ModifyWire>>,
}

#[derive(Deserialize)]
struct ModifyWire {
    id: Option<String>,
    #[serde(flatten)]
    change: UpdateWire,
}

/// `POST /v2/{project_id}/batchpublicips`
pub fn create(call: &Call<'_>) -> Result<Reply, Refusal> {
    let body = call
        .body::<CreateBody>()
        .map_err(|fault| faults::body(call, &fault))?;
    let wrong = |field: &str| invalid(call.group, field);
    let bandwidth = bandwidth(body.bandwidth)?;
    let wire = body.publicip.ok_or_else(|| wrong("publicip"))?;
    match wire.ip_version.as_ref().map(Value::to_string).as_deref() {
        None | Some("null" | "4" | "\"4\"" | "\"ipv4\"") => {}
        Some(_) => return Err(wrong("ip_version")),
    }
    let tags = starred_tags(&wire.tags.unwrap_or_default()).ok_or_else(|| wrong("tags"))?;
    let count = body.publicip_number.filter(|n| (1..=BATCH).contains(n));
    let count = count.and_then(|count| u32::try_from(count).ok());
    let count = count.ok_or_else(|| wrong("publicip_number"))?;
    let enterprise_project = body.enterprise_project_id.or(wire.enterprise_project_id);
    let new = parse(
        call,
        Some(CreateWire::of(wire.pool)),
        bandwidth,
        enterprise_project,
    )?;
    let job = call
        .write(move |tx, cx| job::create(tx, cx, &new, &tags, count))
        .map_err(|fault| refuse(call, fault))?;
    Ok(Reply::json(call.success, json!({"job_id": job.head.id})))
}

/// `DELETE /v2/{project_id}/batchpublicips`
pub fn delete(call: &Call<'_>) -> Result<Reply, Refusal> {
    each(call, Work::Delete, "delete_publicip")
}

/// `PATCH /v2/{project_id}/batchpublicips`
pub fn disassociate(call: &Call<'_>) -> Result<Reply, Refusal> {
    each(call, Work::Unbind, "update_publicip")
}

/// `PUT /v2/{project_id}/batch-bandwidths/modify`
pub fn modify_bandwidths(call: &Call<'_>) -> Result<Reply, Refusal> {
    let ModifyBody { bandwidths: wire } = call
        .body::<ModifyBody>()
        .map_err(|fault| faults::body(call, &fault))?;
    let wire = wire.unwrap_or_default();
    if wire.is_empty() || i64::try_from(wire.len()).is_ok_and(|count| count > BATCH) {
        return Err(invalid(call.group, "bandwidths"));
    }
    let parsed = |it: ModifyWire| {
        let id = it.id.filter(|id| is_uuid(id));
        let id = id.ok_or_else(|| invalid(call.group, "bandwidth id"))?;
        let change = it.change.change();
        Ok::<_, Refusal>((id, change.map_err(|field| invalid(call.group, field))?))
    };
    let changes: Vec<(String, BandwidthChange)> =
        wire.into_iter().map(parsed).collect::<Result<_, _>>()?;
    let done = call
        .write(move |tx, cx| {
            let mut done = Vec::with_capacity(changes.len());
            for (id, change) in &changes {
                let failure = match bandwidth::update(tx, cx, id, change.clone()) {
                    Ok(_) => None,
                    Err(fault @ (Fault::Store(_) | Fault::Backend(_))) => return Err(fault),
                    Err(fault) => Some(worded("update_bandwidth", fault)),
                };
                done.push((id.clone(), failure));
            }
            Ok(done)
        })
        .map_err(|fault| refuse(call, fault))?;
    let (mut changed, mut failed) = (Vec::new(), Vec::new());
    for (id, failure) in done {
        match failure {
            None => changed.push(json!({"id": id})),
            Some(it) => failed.push(json!({"id": id, "code": it.code, "message": it.reason})),
        }
    }
    Ok(Reply::json(
        call.success,
        json!({"success_resources": changed, "failure_resources": failed}),
    ))
}

/// `GET /v2/{project_id}/elasticips`
pub fn count(call: &Call<'_>) -> Result<Reply, Refusal> {
    let count = call
        .read(|tx, cx| tx.count::<PublicIp>(&cx.caller.project))
        .map_err(|fault| refuse(call, fault))?;
    Ok(Reply::json(call.success, json!({"elasticip_size": count})))
}

/// `GET /v2/{project_id}/publicip/instances`
pub fn count_instances(call: &Call<'_>) -> Result<Reply, Refusal> {
    let count = call
        .read(|tx, cx| publicip::bound_count(tx, cx))
        .map_err(|fault| refuse(call, fault))?;
    Ok(Reply::json(call.success, json!({"instance_num": count})))
}

/// `GET /v2/{project_id}/publicip_types`
pub fn types(call: &Call<'_>) -> Result<Reply, Refusal> {
    let pools = call
        .read(|tx, cx| pool::serving(tx, cx))
        .map_err(|fault| refuse(call, fault))?;
    let types: Vec<Value> = pools
        .iter()
        .map(|pool| json!({"id": pool.id(), "type": pool.title()}))
        .collect();
    Ok(Reply::json(call.success, json!({"publicip_types": types})))
}

/// One job for each address; a refusal is worded as the operation on a single address words it.
fn each(call: &Call<'_>, work: Work, group: &'static str) -> Result<Reply, Refusal> {
    let IdsBody { publicip_ids } = call
        .body::<IdsBody>()
        .map_err(|fault| faults::body(call, &fault))?;
    let wrong = || invalid(call.group, "publicip_ids");
    let ids = publicip_ids
        .filter(|ids| !ids.is_empty())
        .ok_or_else(wrong)?;
    let many = i64::try_from(ids.len()).is_ok_and(|count| count > BATCH);
    let twice = |(at, id): (usize, &String)| ids[..at].contains(id);
    if many || !ids.iter().all(|id| is_uuid(id)) || ids.iter().enumerate().any(twice) {
        return Err(wrong());
    }
    let jobs = call
        .write(move |tx, cx| job::each(tx, cx, work, &ids, |fault| worded(group, fault)))
        .map_err(|fault| refuse(call, fault))?;
    let ids: Vec<String> = jobs.into_iter().map(|job| job.head.id).collect();
    Ok(Reply::json(call.success, json!({"job_ids": ids})))
}

fn worded(group: &str, fault: Fault) -> Failure {
    let refusal = rendered(group, fault);
    Failure {
        code: refusal.row.code.to_owned(),
        reason: refusal.message(),
    }
}
