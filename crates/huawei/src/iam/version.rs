//! What clients probe before they sign in.

use serde_json::{Value, json};
use vpcd_dialect::{Call, Refusal, Reply};

/// `GET /v3`
pub fn show(call: &Call<'_>) -> Result<Reply, Refusal> {
    Ok(Reply::json(call.success, json!({"version": version(call)})))
}

/// `GET /`
pub fn list(call: &Call<'_>) -> Result<Reply, Refusal> {
    Ok(Reply::json(
        call.success,
        json!({"versions": {"values": [version(call)]}}),
    ))
}

fn version(call: &Call<'_>) -> Value {
    json!({
        "id": "v3.6",
        "status": "stable",
        "updated": "2016-04-04T00:00:00Z",
        "media-types": [{"base": "application/json", "type": "application/vnd.openstack.identity-v3+json"}],
        "links": [{"rel": "self", "href": format!("{}/v3/", call.request.endpoint())}],
    })
}
