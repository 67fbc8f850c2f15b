//! What clients probe before they sign in.

use serde_json::{Value, json};
use vpcd_dialect::{Call, Refusal, Reply};

use crate::vpc;

/// `GET /v3`
pub fn show(call: &Call<'_>) -> Result<Reply, Refusal> {
    Ok(Reply::json(call.success, json!({"version": version(call)})))
}

/// `GET /`: on the listener that all services share, who shows a credential has signed in and asks for VPC's.
pub fn list(call: &Call<'_>) -> Result<Reply, Refusal> {
    let header = |name| call.request.header(name).is_some();
    if header("authorization") || header("x-auth-token") {
        return vpc::version::list(call);
    }
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
