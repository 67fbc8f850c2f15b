//! Error bodies: one row, five shapes.

use serde_json::json;
use vpcd_dialect::{Refusal, Reply, Style};

/// The body of a refusal in the style of the operation; gateway rows always have the gateway's own shape.
pub fn refusal(style: Style, request_id: &str, refusal: &Refusal) -> Reply {
    let (code, message) = (refusal.row.code, refusal.message());
    let style = if refusal.row.service == "gateway" {
        Style::V3
    } else {
        style
    };
    let body = match style {
        Style::V1 | Style::Bce => json!({"code": code, "message": message}),
        Style::Neutron => json!({"NeutronError": {"type": code, "message": message, "detail": ""}}),
        Style::V3 => json!({"request_id": request_id, "error_code": code, "error_msg": message}),
        // The error pages say code and message, the operation pages the other pair; clients read either.
        Style::Vpn => json!({
            "code": code, "message": message,
            "error_code": code, "error_msg": message, "request_id": request_id,
        }),
        Style::Iam => {
            json!({"error": {"code": refusal.status, "message": message, "title": title(refusal.status)}})
        }
    };
    Reply::json(refusal.status, body)
}

fn title(status: u16) -> &'static str {
    match status {
        400 => "Bad Request",
        401 => "Unauthorized",
        403 => "Forbidden",
        404 => "Not Found",
        409 => "Conflict",
        429 => "Too Many Requests",
        _ => "Internal Server Error",
    }
}
