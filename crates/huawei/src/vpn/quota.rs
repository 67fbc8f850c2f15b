//! Quotas of the VPN service.

use serde_json::json;
use vpcd_dialect::{Call, Refusal, Reply};
use vpcd_domain::quota;
use vpcd_domain::vpn::connection::Connection;
use vpcd_domain::vpn::customer_gateway::CustomerGateway;
use vpcd_domain::vpn::gateway::Gateway;

use super::faults::refuse;
use super::parse::reply;

/// `GET /v5/{project_id}/vpn/quotas`
pub fn show(call: &Call<'_>) -> Result<Reply, Refusal> {
    let resources = call.read(|tx, cx| {
        let project = cx.caller.project.clone();
        let used = [
            ("customer_gateway", tx.count::<CustomerGateway>(&project)?),
            ("vpn_connection", tx.count::<Connection>(&project)?),
            ("vpn_gateway", tx.count::<Gateway>(&project)?),
        ];
        let mut rows = Vec::new();
        for (name, used) in used {
            let limit = quota::limit(tx, cx, &project, name)?;
            let limit = limit.map_or(-1, |limit| i64::try_from(limit).unwrap_or(i64::MAX));
            rows.push(json!({"type": name, "quota": limit, "used": used}));
        }
        Ok(rows)
    });
    let resources = resources.map_err(|fault| refuse(call, fault))?;
    Ok(reply(call, json!({"quotas": {"resources": resources}})))
}
