//! Quotas of the VPC and EIP services.

use serde_json::json;
use vpcd_dialect::{Call, Refusal, Reply};
use vpcd_domain::address_group::AddressGroup;
use vpcd_domain::bandwidth::Bandwidth;
use vpcd_domain::firewall::Firewall;
use vpcd_domain::flow_log::FlowLog;
use vpcd_domain::peering::Peering;
use vpcd_domain::publicip::PublicIp;
use vpcd_domain::security_group::SecurityGroup;
use vpcd_domain::security_rule::SecurityRule;
use vpcd_domain::subnet::Subnet;
use vpcd_domain::vpc::Vpc;
use vpcd_domain::vpn::gateway::Gateway;
use vpcd_domain::{Context, Fault, Tx, quota};

use crate::faults::{invalid, refuse};

/// Types in the order of the contract.
const TYPES: &[&str] = &[
    "vpc",
    "subnet",
    "securityGroup",
    "securityGroupRule",
    "publicIp",
    "vpn",
    "vpngw",
    "vpcPeer",
    "firewall",
    "shareBandwidth",
    "shareBandwidthIP",
    "loadbalancer",
    "listener",
    "physicalConnect",
    "virtualInterface",
    "address_group",
    "flow_log",
    "vpcContainRoutetable",
    "routetableContainRoutes",
];

/// `GET /v1/{project_id}/quotas`
pub fn show(call: &Call<'_>) -> Result<Reply, Refusal> {
    let only = call.query.get("type").map(str::to_owned);
    if only.as_deref().is_some_and(|only| !TYPES.contains(&only)) {
        return Err(invalid(call.group, "type"));
    }
    let rows = call
        .read(move |tx, cx| {
            let wanted = |name: &&&str| only.as_deref().is_none_or(|only| only == **name);
            TYPES
                .iter()
                .filter(wanted)
                .map(|name| row(tx, cx, name))
                .collect::<Result<Vec<_>, _>>()
        })
        .map_err(|fault| refuse(call, fault))?;
    Ok(Reply::json(
        call.success,
        json!({"quotas": {"resources": rows}}),
    ))
}

fn row(tx: &mut Tx<'_>, cx: &Context<'_>, name: &str) -> Result<serde_json::Value, Fault> {
    let project = cx.caller.project.clone();
    let limit = quota::limit(tx, cx, &project, name)?;
    let quota = limit.map_or(json!(-1), |limit| json!(limit));
    Ok(json!({"type": name, "used": used(tx, &project, name)?, "quota": quota, "min": 0}))
}

fn used(tx: &mut Tx<'_>, project: &str, name: &str) -> Result<u64, Fault> {
    match name {
        "vpc" => tx.count::<Vpc>(project),
        "subnet" => tx.count::<Subnet>(project),
        "securityGroup" => tx.count::<SecurityGroup>(project),
        "securityGroupRule" => tx.count::<SecurityRule>(project),
        "address_group" => tx.count::<AddressGroup>(project),
        "publicIp" => tx.count::<PublicIp>(project),
        "flow_log" => tx.count::<FlowLog>(project),
        "vpngw" => tx.count::<Gateway>(project),
        "vpcPeer" => tx.count::<Peering>(project),
        "firewall" => tx.count::<Firewall>(project),
        "shareBandwidth" => tx.count::<Bandwidth>(project),
        // What other services own: load balancers, direct connections.
        _ => Ok(0),
    }
}
