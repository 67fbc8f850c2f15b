//! Where the log of a gateway's connections goes.

use serde::Deserialize;
use serde_json::{Value, json};
use vpcd_dialect::{Call, Refusal, Reply};
use vpcd_domain::vpn::p2c::gateway::{self, LogStream};

use super::super::parse::{self, invalid, needed, reply};
use super::faults::refuse;

#[derive(Deserialize)]
struct Body {
    log_config: Wire,
}

#[derive(Deserialize)]
struct Wire {
    log_group_id: Option<String>,
    log_stream_id: Option<String>,
}

/// `PUT /v5/{project_id}/p2c-vpn-gateways/{p2c_vgw_id}/log-config`
pub fn update(call: &Call<'_>) -> Result<Reply, Refusal> {
    let id = call.param("p2c_vgw_id").to_owned();
    let Body { log_config: wire } = parse::body::<Body>(call)?;
    let stream = LogStream {
        group: named("log_group_id", wire.log_group_id)?,
        stream: named("log_stream_id", wire.log_stream_id)?,
    };
    let body = shown(&stream);
    call.write(move |tx, cx| gateway::set_log(tx, cx, &id, Some(stream.clone())))
        .map_err(|fault| refuse(call, fault))?;
    Ok(reply(call, body))
}

/// `GET /v5/{project_id}/p2c-vpn-gateways/{p2c_vgw_id}/log-config`
pub fn show(call: &Call<'_>) -> Result<Reply, Refusal> {
    let id = call.param("p2c_vgw_id").to_owned();
    let stream = call
        .read(move |tx, cx| gateway::log(tx, cx, &id))
        .map_err(|fault| refuse(call, fault))?;
    Ok(reply(call, shown(&stream)))
}

/// `DELETE /v5/{project_id}/p2c-vpn-gateways/{p2c_vgw_id}/log-config`
pub fn delete(call: &Call<'_>) -> Result<Reply, Refusal> {
    let id = call.param("p2c_vgw_id").to_owned();
    call.write(move |tx, cx| gateway::set_log(tx, cx, &id, None))
        .map_err(|fault| refuse(call, fault))?;
    Ok(Reply::empty(call.success))
}

fn shown(stream: &LogStream) -> Value {
    json!({"log_config": {"log_group_id": stream.group, "log_stream_id": stream.stream}})
}

/// An id of the log service, which this server does not ask.
fn named(field: &str, id: Option<String>) -> Result<String, Refusal> {
    let id = id.ok_or_else(|| needed(field))?;
    let legal = (1..=64).contains(&id.len())
        && id
            .bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || byte == b'-');
    match legal {
        true => Ok(id),
        false => Err(invalid(format!("{field} is not an id of the log service"))),
    }
}
