//! Clients that are connected to a gateway.

use serde_json::{Value, json};
use vpcd_dialect::{Call, Refusal, Reply};
use vpcd_domain::vpn::p2c::session::{self, Session};

use super::super::parse::{invalid, reply, time};
use super::faults::refuse;

/// Most sessions of a page, and as many as a page has when the request does not say.
const PAGE: usize = 1000;

/// `GET /v5/{project_id}/p2c-vpn-gateways/{p2c_vgw_id}/connections`
pub fn list(call: &Call<'_>) -> Result<Reply, Refusal> {
    let id = call.param("p2c_vgw_id").to_owned();
    let limit = number(call, "limit", PAGE)?;
    let offset = number(call, "offset", 0)?;
    if limit > PAGE {
        return Err(invalid(format!("limit must be between 0 and {PAGE}")));
    }
    let (sessions, total, now) = call
        .read(move |tx, cx| {
            let (sessions, total) = session::list(tx, cx, &id, offset, limit)?;
            Ok((sessions, total, cx.now))
        })
        .map_err(|fault| refuse(call, fault))?;
    let rows: Vec<Value> = sessions.iter().map(|it| shown(it, now)).collect();
    Ok(reply(
        call,
        json!({"connections": rows, "total_count": total}),
    ))
}

/// `POST /v5/{project_id}/p2c-vpn-gateways/{p2c_vgw_id}/connections/{connection_id}/disconnect`
pub fn disconnect(call: &Call<'_>) -> Result<Reply, Refusal> {
    let gateway = call.param("p2c_vgw_id").to_owned();
    let id = call.param("connection_id").to_owned();
    call.write(move |tx, cx| session::disconnect(tx, cx, &gateway, &id))
        .map_err(|fault| refuse(call, fault))?;
    Ok(reply(call, json!({})))
}

fn shown(it: &Session, now: jiff::Timestamp) -> Value {
    json!({
        "connection_id": it.head.id,
        "client_virtual_ip": it.address,
        "client_ip": it.client,
        "client_user_name": it.user,
        "inbound_packets": it.traffic.inbound_packets,
        "outbound_packets": it.traffic.outbound_packets,
        "inbound_bytes": it.traffic.inbound_bytes,
        "outbound_bytes": it.traffic.outbound_bytes,
        "connection_established_time": time(it.head.created),
        "timestamp": time(now),
    })
}

fn number(call: &Call<'_>, name: &str, usual: usize) -> Result<usize, Refusal> {
    call.query.get(name).map_or(Ok(usual), |text| {
        text.parse()
            .map_err(|_| invalid(format!("{name} is not a number")))
    })
}
