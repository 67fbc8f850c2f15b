//! Servers and the interfaces in them.

use serde::Deserialize;
use serde_json::Value;
use vpcd_dialect::{Call, Refusal, Reply};
use vpcd_domain::interface;

use super::{change, id_of};
use crate::faults::invalid;
use crate::generated::errors as row;
use crate::wire;

/// What an interface can be in; the first is the default.
const TYPES: [&str; 2] = ["server", "hpas"];

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct ServerWire {
    instance_id: Option<String>,
    instance_type: Option<String>,
}

/// `PUT /v1/eni/{eniId}?attach`
pub fn attach(call: &Call<'_>) -> Result<Reply, Refusal> {
    let (id, server) = (id_of(call)?, server(call)?);
    change(call, id, move |tx, cx, port| {
        interface::attach(tx, cx, &port.head.id, &server)?;
        Ok(Value::Null)
    })
}

/// `PUT /v1/eni/{eniId}?detach`
pub fn detach(call: &Call<'_>) -> Result<Reply, Refusal> {
    let (id, server) = (id_of(call)?, server(call)?);
    change(call, id, move |tx, cx, port| {
        interface::detach(tx, cx, &port.head.id, &server)?;
        Ok(Value::Null)
    })
}

fn server(call: &Call<'_>) -> Result<String, Refusal> {
    let wire: ServerWire = wire::body(call)?;
    let kind = wire.instance_type.unwrap_or_default();
    if !kind.is_empty() && !TYPES.contains(&kind.to_ascii_lowercase().as_str()) {
        return Err(invalid("instanceType"));
    }
    match wire.instance_id {
        Some(id) if !id.trim().is_empty() => Ok(id),
        _ => Err(row::ENI_INSTANCE_ID_BLANK_EXCEPTION.into()),
    }
}
