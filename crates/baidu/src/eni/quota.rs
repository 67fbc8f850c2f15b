//! How many interfaces a server takes, or how many addresses an interface.

use serde_json::{Value, json};
use vpcd_dialect::{Call, Refusal, Reply};
use vpcd_domain::{condition, interface, registration};

use super::by_alias;
use crate::faults::eni::refuse;
use crate::faults::invalid;

/// `GET /v1/eni/quota`
pub fn show(call: &Call<'_>) -> Result<Reply, Refusal> {
    let text = |key: &str| call.query.get(key).map(str::to_owned);
    let (eni, server) = (text("eniId"), text("instanceId"));
    if eni.is_none() && server.is_none() {
        return Err(invalid("instanceId"));
    }
    let body = call.read(move |tx, cx| {
        condition::backend_reads(tx, cx)?;
        if let Some(id) = &eni {
            let port = by_alias(tx, cx, id)?;
            let most = interface::room(tx, cx, &port)?;
            return Ok(left(most, port.addresses().count() as u64));
        }
        let id = server.as_deref().unwrap_or_default();
        let server = registration::instance(tx, &cx.caller.project, id)?;
        let (most, inside) = interface::server_room(tx, &server)?;
        Ok(left(most, inside))
    });
    Ok(Reply::json(call.success, body.map_err(refuse)?))
}

fn left(most: u64, taken: u64) -> Value {
    json!({
        "totalQuantity": most,
        "availableQuantity": most.saturating_sub(taken),
    })
}
