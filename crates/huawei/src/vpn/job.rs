//! Jobs of gateways of both families, as their upgrades make them.

use serde_json::{Value, json};
use vpcd_dialect::{Call, Refusal, Reply};
use vpcd_domain::vpn::job::{self, Family, Job, Phase, Stage};

use super::faults::refuse;
use super::page::{self, Listed};
use super::parse::{reply, time};

/// Most jobs of one page.
const PAGE_MAX: u64 = 200;
/// How long an upgrade is expected to take, and each of its three parts, in seconds.
const EXPECTED: (u32, u32) = (1800, 600);

/// `GET /v5/{project_id}/vpn-gateways/jobs`
pub fn list(call: &Call<'_>) -> Result<Reply, Refusal> {
    of(call, Family::Site)
}

/// `GET /v5/{project_id}/p2c-vpn-gateways/jobs`
pub fn list_p2c(call: &Call<'_>) -> Result<Reply, Refusal> {
    of(call, Family::Client)
}

/// `DELETE /v5/{project_id}/vpn-gateways/jobs/{job_id}`
pub fn delete(call: &Call<'_>) -> Result<Reply, Refusal> {
    strike(call, Family::Site)
}

/// `DELETE /v5/{project_id}/p2c-vpn-gateways/jobs/{job_id}`
pub fn delete_p2c(call: &Call<'_>) -> Result<Reply, Refusal> {
    strike(call, Family::Client)
}

fn of(call: &Call<'_>, family: Family) -> Result<Reply, Refusal> {
    let page = page::page(call, PAGE_MAX)?;
    let gateway = call.query.get("resource_id").map(str::to_owned);
    let Listed { items, total } = call
        .read(move |tx, cx| {
            let gateway = gateway.clone();
            let wanted = move |it: &Job| {
                it.family == family && gateway.as_deref().is_none_or(|id| it.gateway() == id)
            };
            page::list(tx, &cx.caller.project, page, Some(wanted))
        })
        .map_err(|fault| refuse(call, fault))?;
    let shown: Vec<Value> = items.iter().map(render).collect();
    let info = page::info(shown.len(), items.last().map(|it| it.head.created));
    Ok(reply(
        call,
        json!({"jobs": shown, "total_count": total, "page_info": info}),
    ))
}

fn strike(call: &Call<'_>, family: Family) -> Result<Reply, Refusal> {
    let id = call.param("job_id").to_owned();
    call.write(move |tx, cx| job::delete(tx, cx, family, &id))
        .map_err(|fault| refuse(call, fault))?;
    Ok(Reply::empty(call.success))
}

fn render(it: &Job) -> Value {
    let stage = it.stage();
    let (status, part) = match stage {
        Stage::Upgrading => ("upgrading", "upgrading"),
        Stage::Unconfirmed => ("pending_upgrade_confirm", "success"),
        Stage::Confirmed => ("success", "success"),
        Stage::RollingBack => ("rolling_back", "upgrading"),
        Stage::RolledBack => ("rollback_success", "success"),
        Stage::Failed => ("fail", "fail"),
    };
    let refused = (stage == Stage::Failed).then_some("the data plane refused the change");
    let finished = match stage {
        Stage::Confirmed | Stage::RolledBack => it.finished,
        Stage::Failed => Some(it.head.updated),
        Stage::Upgrading | Stage::Unconfirmed | Stage::RollingBack => None,
    };
    let parts = ["prepare_resource", "upgrade_worker_1", "upgrade_worker_2"];
    let ended = !matches!(stage, Stage::Upgrading | Stage::RollingBack);
    let parts = parts.iter().zip(&it.parts).map(|(kind, id)| {
        json!({
            "id": id,
            "job_type": kind,
            "status": part,
            "expected_time_seconds": EXPECTED.1,
            "created_at": time(it.head.created),
            "finished_at": ended.then(|| time(it.head.updated)),
            "error_message": refused,
        })
    });
    json!({
        "id": it.head.id,
        "resource_id": it.gateway(),
        "job_type": if it.phase == Phase::Rollback { "rollback" } else { "upgrade" },
        "status": status,
        "created_at": time(it.head.created),
        "expected_time_seconds": EXPECTED.0,
        "finished_at": finished.map(time),
        "error_message": refused,
        "sub_jobs": parts.collect::<Vec<_>>(),
    })
}
