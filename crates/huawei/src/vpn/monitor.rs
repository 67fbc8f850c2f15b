//! Connection monitors.

use serde::Deserialize;
use serde_json::{Value, json};
use vpcd_dialect::{Call, Refusal, Reply};
use vpcd_domain::State;
use vpcd_domain::vpn::monitor::{self, Monitor};

use super::faults::refuse;
use super::parse::{self, needed_uuid, reply};
use crate::wire;

#[derive(Deserialize)]
struct Body {
    connection_monitor: CreateWire,
}

#[derive(Deserialize)]
struct CreateWire {
    vpn_connection_id: Option<String>,
}

/// `POST /v5/{project_id}/connection-monitors`
pub fn create(call: &Call<'_>) -> Result<Reply, Refusal> {
    let wire = parse::body::<Body>(call)?.connection_monitor;
    let connection = needed_uuid("vpn_connection_id", wire.vpn_connection_id)?;
    let it = call
        .write(move |tx, cx| monitor::create(tx, cx, &connection))
        .map_err(|fault| refuse(call, fault))?;
    Ok(reply(call, json!({"connection_monitor": common(&it)})))
}

/// `GET /v5/{project_id}/connection-monitors/{connection_monitor_id}`
pub fn show(call: &Call<'_>) -> Result<Reply, Refusal> {
    let id = id(call);
    let it: Monitor = call
        .read(move |tx, cx| tx.get(&cx.caller.project, &id))
        .map_err(|fault| refuse(call, fault))?;
    Ok(reply(call, json!({"connection_monitor": full(&it)})))
}

/// `GET /v5/{project_id}/connection-monitors`: all at once, as the contract has it.
pub fn list(call: &Call<'_>) -> Result<Reply, Refusal> {
    let connection = call.query.get("vpn_connection_id").map(str::to_owned);
    let projects = parse::enterprise_projects(call);
    let found = call
        .read(move |tx, cx| {
            let project = cx.caller.project.clone();
            let mut found: Vec<Monitor> = match &connection {
                None => tx.created_after(&project, None, usize::MAX)?,
                Some(connection) => match monitor::of(tx, connection)? {
                    Some(id) => tx.find(&project, &id)?.into_iter().collect(),
                    None => Vec::new(),
                },
            };
            found.retain(|it| projects.is_empty() || projects.contains(&it.enterprise_project));
            Ok(found)
        })
        .map_err(|fault| refuse(call, fault))?;
    let shown: Vec<Value> = found.iter().map(full).collect();
    Ok(reply(call, json!({"connection_monitors": shown})))
}

/// `DELETE /v5/{project_id}/connection-monitors/{connection_monitor_id}`
pub fn delete(call: &Call<'_>) -> Result<Reply, Refusal> {
    let id = id(call);
    call.write(move |tx, cx| monitor::delete(tx, cx, &id))
        .map_err(|fault| refuse(call, fault))?;
    Ok(Reply::empty(call.success))
}

fn id(call: &Call<'_>) -> String {
    call.param("connection_monitor_id").to_owned()
}

fn common(it: &Monitor) -> Value {
    json!({
        "id": it.head.id,
        "vpn_connection_id": it.connection(),
        "type": "gateway",
        "source_ip": it.source,
        "destination_ip": it.destination,
        "proto_type": "icmp",
    })
}

/// The contract has no word for one that has failed: it is still being created.
fn full(it: &Monitor) -> Value {
    let status = match it.head.state() {
        State::Active | State::Frozen => "ACTIVE",
        State::Creating | State::Updating | State::Failed => "PENDING_CREATE",
        State::Deleting => "PENDING_DELETE",
    };
    wire::merged(common(it), json!({"status": status}))
}
