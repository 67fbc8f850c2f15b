//! Quotas of the v3 API of VPC: limits only, by the API's own names.

use serde_json::{Map, Value, json};
use vpcd_dialect::{Call, Refusal, Reply};
use vpcd_domain::quota;

use crate::faults::refuse;

/// Where a limit comes from.
enum Limit {
    /// A quota of the project.
    Quota(&'static str),
    /// The same for everybody.
    Fixed(u64),
}

use Limit::{Fixed, Quota};

/// Every name of the contract. What is not counted here is -1, no limit.
const NAMES: &[(&str, Option<Limit>)] = &[
    ("acl_policy_contain_rules", Some(Fixed(100))),
    ("address_group", Some(Quota("address_group"))),
    ("address_group_contain_ipset", Some(Fixed(20))),
    ("clouddcn_acl_policy_contain_rules", None),
    ("clouddcn_firewall_group", None),
    ("edge_gateway", None),
    ("eni_contain_secgroup", Some(Fixed(5))),
    ("firewall_policy_contain_ipv4_composite_rules", None),
    ("firewall_policy_contain_ipv6_composite_rules", None),
    ("forward_policy", None),
    ("forward_policy_contain_ports", None),
    ("forward_rule", None),
    ("peering", Some(Quota("vpcPeer"))),
    ("roce_cluster_contain_networks", None),
    ("rtb_allow_sys_cidr_routes", None),
    ("secgroup_contain_rules", None),
    ("secgroup_referred_by_nic", None),
    ("security_group", Some(Quota("securityGroup"))),
    ("security_group_contain_egress_ipv4_composite_rules", None),
    ("security_group_contain_egress_ipv6_composite_rules", None),
    ("security_group_contain_ingress_ipv4_composite_rules", None),
    ("security_group_contain_ingress_ipv6_composite_rules", None),
    ("security_group_rule", Some(Quota("securityGroupRule"))),
    ("shared_bandwidth", Some(Quota("shareBandwidth"))),
    (
        "shared_bandwidth_contain_publicip",
        Some(Quota("shareBandwidthIP")),
    ),
    ("subnet_contain_eni", None),
    ("traffic_mirror_filter", None),
    ("traffic_mirror_filter_contain_rules_each_direction", None),
    ("traffic_mirror_filter_referred_by_session", None),
    ("traffic_mirror_session", None),
    ("traffic_mirror_session_contain_sources", None),
    ("traffic_mirror_source_referred_by_session", None),
    ("traffic_mirror_target_elb_referred_by_session", None),
    ("traffic_mirror_target_eni_referred_by_session", None),
    ("vip", None),
    ("virsubnet", Some(Quota("subnet"))),
    (
        "virsubnet_contain_ipv4_cidr_reservations",
        Some(Quota("cidr_reservation")),
    ),
    ("virsubnet_contain_ipv6_cidr_reservations", Some(Fixed(0))),
    ("vpc", Some(Quota("vpc"))),
    ("vpc_contain_eni", None),
    ("vpc_contain_vip", None),
    ("vpc_contain_virsubnet", None),
];

/// `GET /v3/{project_id}/vpc/quotas`
pub fn show(call: &Call<'_>) -> Result<Reply, Refusal> {
    let quota = call
        .read(|tx, cx| {
            let mut quota = Map::new();
            for (name, limit) in NAMES {
                let limit = match limit {
                    Some(Quota(known)) => quota::limit(tx, cx, &cx.caller.project, known)?,
                    Some(Fixed(limit)) => Some(*limit),
                    None => None,
                };
                let shown = limit.map_or(json!(-1), |limit| json!(limit));
                quota.insert((*name).to_owned(), shown);
            }
            Ok(Value::Object(quota))
        })
        .map_err(|fault| refuse(call, fault))?;
    let body = json!({"quota": quota, "request_id": call.request.id});
    Ok(Reply::json(call.success, body))
}
