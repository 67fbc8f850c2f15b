//! Versions of the API, and what each of them has.

use serde_json::{Value, json};
use vpcd_dialect::{Call, Refusal, Reply};

use crate::generated::errors;

/// The versions, each with its kinds of resources as (singular, plural).
const VERSIONS: [(&str, &[(&str, &str)]); 2] = [
    (
        "v1",
        &[
            ("vpc", "vpcs"),
            ("subnet", "subnets"),
            ("port", "ports"),
            ("privateip", "privateips"),
            ("security_group", "security-groups"),
            ("security_group_rule", "security-group-rules"),
            ("routetable", "routetables"),
            ("flow_log", "fl/flow_logs"),
            ("publicip", "publicips"),
            ("bandwidth", "bandwidths"),
            ("quota", "quotas"),
        ],
    ),
    (
        "v2.0",
        &[
            ("network", "networks"),
            ("subnet", "subnets"),
            ("port", "ports"),
            ("router", "routers"),
            ("floatingip", "floatingips"),
            ("security_group", "security-groups"),
            ("security_group_rule", "security-group-rules"),
            ("peering", "vpc/peerings"),
            ("route", "vpc/routes"),
        ],
    ),
];

/// `GET /`: on the listener that all services share, IAM answers who shows no credential.
pub fn list(call: &Call<'_>) -> Result<Reply, Refusal> {
    let endpoint = call.request.endpoint();
    let version = |id: &str| {
        json!({
            "id": id,
            "status": "CURRENT",
            "links": [{"href": format!("{endpoint}/{id}"), "rel": "self"}],
        })
    };
    let versions: Vec<Value> = ["v1", "v2.0", "v3"].into_iter().map(version).collect();
    Ok(Reply::json(call.success, json!({"versions": versions})))
}

/// `GET /{api_version}`
pub fn show(call: &Call<'_>) -> Result<Reply, Refusal> {
    let wanted = call.param("api_version");
    let Some((version, kinds)) = VERSIONS.iter().find(|(id, _)| *id == wanted) else {
        return Err(errors::APIGW_0101.into());
    };
    let endpoint = call.request.endpoint();
    let kind = |(name, plural): &(&str, &str)| {
        json!({
            "name": name,
            "collection": plural.rsplit('/').next(),
            "links": [{"href": format!("{endpoint}/{version}/{plural}"), "rel": "self"}],
        })
    };
    let resources: Vec<Value> = kinds.iter().map(kind).collect();
    Ok(Reply::json(call.success, json!({"resources": resources})))
}
