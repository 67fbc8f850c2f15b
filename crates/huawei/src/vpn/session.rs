//! What goes on in a connection: its log, and what it has agreed to carry.

use serde_json::{Value, json};
use vpcd_dialect::{Call, Refusal, Reply};
use vpcd_domain::vpn::{journal, sa};

use super::faults::refuse;
use super::parse::{reply, time};

/// `GET /v5/{project_id}/vpn-connection/{vpn_connection_id}/log`
pub fn log(call: &Call<'_>) -> Result<Reply, Refusal> {
    let id = call.param("vpn_connection_id").to_owned();
    let entries = call
        .read(move |tx, cx| journal::read(tx, cx, &id))
        .map_err(|fault| refuse(call, fault))?;
    let logs: Vec<Value> = entries
        .iter()
        .map(|it| json!({"time": it.at, "raw_message": it.text}))
        .collect();
    Ok(reply(call, json!({"logs": logs})))
}

/// `GET /v5/{project_id}/vpn-connection/{vpn_connection_id}/ipsec-sa`
pub fn associations(call: &Call<'_>) -> Result<Reply, Refusal> {
    let id = call.param("vpn_connection_id").to_owned();
    let (found, now) = call
        .read({
            let id = id.clone();
            move |tx, cx| Ok((sa::list(tx, cx, &id)?, cx.now))
        })
        .map_err(|fault| refuse(call, fault))?;
    let shown: Vec<Value> = found
        .iter()
        .map(|it| {
            json!({
                "id": format!("{id}-{}", it.number),
                "source_ip_cidr": it.source,
                "dest_ip_cidr": it.destination,
                "packets_sent": 0.0,
                "packets_recv": 0.0,
                "traffic_sent": 0.0,
                "traffic_recv": 0.0,
                "collected_at": time(now),
            })
        })
        .collect();
    Ok(reply(call, json!({"sa_infos": shown})))
}
