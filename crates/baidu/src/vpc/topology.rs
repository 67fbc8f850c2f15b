//! Where the hosts of servers stand.

use serde_json::json;
use vpcd_dialect::{Call, Refusal, Reply};
use vpcd_domain::{condition, registration};

use crate::faults::{invalid, refuse};

/// `GET /v1/vpc/topology`: of a host that the query names; its address wins over its id.
pub fn show(call: &Call<'_>) -> Result<Reply, Refusal> {
    let text = |key: &str| call.query.get(key).map(str::to_owned);
    let (address, id) = (text("hostIp"), text("hostId"));
    if address.is_none() && id.is_none() {
        return Err(invalid("hostIp"));
    }
    let found = call.read(move |tx, cx| {
        condition::backend_reads(tx, cx)?;
        let project = cx.caller.project.as_str();
        registration::host(tx, project, address.as_deref(), id.as_deref())
    });
    let host = found.map_err(refuse)?.map(|host| {
        json!({
            "clusterName": host.cluster,
            "hostId": host.id,
            "switchId": host.switch,
            "hostIp": host.address,
            "podName": host.pod,
        })
    });
    let all: Vec<_> = host.into_iter().collect();
    Ok(Reply::json(call.success, json!({"networkTopologies": all})))
}
