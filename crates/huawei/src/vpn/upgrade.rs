//! Upgrades of gateways: one word for both families.

use serde::Deserialize;
use serde_json::json;
use vpcd_dialect::{Call, Refusal, Reply};
use vpcd_domain::vpn::gateway;
use vpcd_domain::vpn::job::Action;

use super::faults::refuse;
use super::parse::{self, needed, reply, word};

#[derive(Deserialize)]
struct UpgradeWire {
    action: Option<String>,
}

/// What the body of an upgrade says.
pub fn action(call: &Call<'_>) -> Result<Action, Refusal> {
    let wire: UpgradeWire = parse::body(call)?;
    match word("action", wire.action, &["start", "finish", "rollback"])?.as_deref() {
        Some("start") => Ok(Action::Start),
        Some("finish") => Ok(Action::Finish),
        Some(_) => Ok(Action::Rollback),
        None => Err(needed("action")),
    }
}

/// The answer to an upgrade: the job that shows how far it is.
pub fn accepted(call: &Call<'_>, job: &str) -> Reply {
    reply(call, json!({"job_id": job}))
}

/// `POST /v5/{project_id}/vpn-gateways/{vgw_id}/upgrade`
pub fn upgrade(call: &Call<'_>) -> Result<Reply, Refusal> {
    let (id, action) = (call.param("vgw_id").to_owned(), action(call)?);
    let job = call
        .write(move |tx, cx| gateway::upgrade(tx, cx, &id, action))
        .map_err(|fault| refuse(call, fault))?;
    Ok(accepted(call, &job.head.id))
}
