//! What every answer carries, and the one shape of error bodies.

use serde_json::json;
use vpcd_dialect::{Refusal, Reply, Request};

/// The reply with the headers that every answer of this cloud has.
pub fn dressed(reply: Reply, request: &Request) -> Reply {
    reply
        .header("x-bce-request-id", request.id.clone())
        .header("Server", "BWS".to_owned())
        .header("Content-Type", "application/json;charset=UTF-8".to_owned())
}

/// A refusal on the wire; one of the SDKs fails on a body that lacks any of the three keys.
pub fn refusal(request: &Request, refusal: &Refusal) -> Reply {
    let body = json!({
        "code": refusal.row.code,
        "message": refusal.message(),
        "requestId": request.id,
    });
    dressed(Reply::json(refusal.status, body), request)
}
