//! Fault to row for security groups and their rules, v1.

use vpcd_dialect::Refusal;
use vpcd_domain::condition::Backend;
use vpcd_domain::{Fault, Kind};

use super::stood;
use crate::generated::errors as row;

/// Whether the operations of this group are about security groups.
pub fn knows(group: &str) -> bool {
    matches!(
        group,
        "create_security_group"
            | "show_security_group"
            | "list_security_groups"
            | "delete_security_group"
            | "create_security_group_rule"
            | "security_group_rule"
            | "security_group_ports"
    )
}

/// The refusal for a fault.
pub fn rendered(group: &str, fault: Fault) -> Refusal {
    match fault {
        Fault::NotFound { kind, .. } | Fault::WrongParent { kind, .. } => missing(group, kind),
        // The live service puts the answer of its backend into the message as it came.
        Fault::InUse { id, .. } => Refusal::new(row::DELETE_SECURITY_GROUP_0602).with([format!(
            r#"{{"NeutronError":{{"message":"Security Group {id} in use.","type":"SecurityGroupInUse","detail":""}}}}"#
        )]),
        // VPC.0602 of a rule: one row of three sentences, the matching one without its number.
        Fault::Duplicate { id, .. } => rule_exists(match id.is_empty() {
            true => {
                "Failed to create the security group rule concurrently. The rule already exists."
            }
            false => "Security group rule already exists.",
        }),
        Fault::QuotaExceeded { .. } if group == "create_security_group_rule" => {
            rule_exists("Quota exceeded for resources: ['security_group_rule'].")
        }
        Fault::QuotaExceeded { .. } => row::CREATE_SECURITY_GROUP_0604.into(),
        // The backend, which has the default group already, refuses the reserved name.
        Fault::NameTaken { .. } => row::CREATE_SECURITY_GROUP_0602.into(),
        Fault::Invalid { field, .. } | Fault::Unsupported { field } => invalid(group, field),
        Fault::Unsuitable { .. } => invalid(group, "remote_address_group_id"),
        Fault::Standing(standing) => stood(standing),
        Fault::TagDenied { key } => invalid(group, &key),
        Fault::FeatureOff { .. } => row::COMMON_0005.into(),
        Fault::Backend(backend) => broken(group, backend),
        Fault::Store(_) | Fault::Neighbour { .. } | Fault::Deadline | Fault::NotReady { .. } => {
            broken(group, Backend::Unreachable)
        }
        Fault::CidrOutsideParent { .. }
        | Fault::CidrAbsent { .. }
        | Fault::CidrOverlap { .. }
        | Fault::CidrDropsChild { .. }
        | Fault::WrongState { .. }
        | Fault::AddressOutside { .. }
        | Fault::AddressReserved { .. }
        | Fault::AddressTaken { .. }
        | Fault::AddressesExhausted { .. }
        | Fault::PoolMissing { .. }
        | Fault::AddressBound { .. }
        | Fault::PortBound { .. }
        | Fault::BothBound { .. }
        | Fault::BandwidthState { .. }
        | Fault::BandwidthSize { .. }
        | Fault::Flavor { .. }
        | Fault::Route { .. }
        | Fault::Order { .. }
        | Fault::Peering { .. }
        | Fault::Nat(_)
        | Fault::Interface(_)
        | Fault::P2c(_)
        | Fault::Stale
        | Fault::TokenReused => invalid(group, "request"),
    }
}

/// The refusal for a value that breaks a rule of the wire.
pub fn invalid(group: &str, field: &str) -> Refusal {
    match group {
        "create_security_group" => row::CREATE_SECURITY_GROUP_0601.into(),
        "show_security_group" => row::SHOW_SECURITY_GROUP_0601.into(),
        "delete_security_group" => row::DELETE_SECURITY_GROUP_0601.into(),
        "list_security_groups" => Refusal::new(row::LIST_SECURITY_GROUPS_0601).with([field]),
        "create_security_group_rule" => {
            Refusal::new(row::CREATE_SECURITY_GROUP_RULE_0601).with([field])
        }
        "security_group_ports" => {
            Refusal::new(row::SECURITY_GROUP_PORTS_0606).with(["Request is invalid"])
        }
        _ => Refusal::new(row::SECURITY_GROUP_RULE_0601).with([field]),
    }
}

fn rule_exists(sentence: &str) -> Refusal {
    Refusal::new(row::CREATE_SECURITY_GROUP_RULE_0602).with([sentence])
}

fn missing(group: &str, kind: Kind) -> Refusal {
    match (group, kind) {
        ("show_security_group", _) => row::SHOW_SECURITY_GROUP_0603.into(),
        ("delete_security_group", _) => row::DELETE_SECURITY_GROUP_0603.into(),
        ("create_security_group_rule", Kind::AddressGroup) => {
            invalid(group, "remote_address_group_id")
        }
        ("create_security_group_rule", _) => row::CREATE_SECURITY_GROUP_RULE_0603.into(),
        ("security_group_ports", _) => row::SECURITY_GROUP_PORTS_0603.into(),
        _ => row::SECURITY_GROUP_RULE_0603.into(),
    }
}

fn broken(group: &str, backend: Backend) -> Refusal {
    match (group, backend) {
        ("create_security_group", _) => row::CREATE_SECURITY_GROUP_0602.into(),
        ("show_security_group", Backend::Inconsistent) => {
            Refusal::new(row::SHOW_SECURITY_GROUP_0612).status(404)
        }
        ("show_security_group", Backend::Empty) => {
            Refusal::new(row::SHOW_SECURITY_GROUP_0612).status(500)
        }
        ("show_security_group", _) => row::SHOW_SECURITY_GROUP_0602.into(),
        ("list_security_groups", _) => row::LIST_SECURITY_GROUPS_0602.into(),
        ("delete_security_group", _) => row::DELETE_SECURITY_GROUP_0602_500.into(),
        ("create_security_group_rule", _) => row::CREATE_SECURITY_GROUP_RULE_0602_500.into(),
        ("security_group_ports", _) => row::SECURITY_GROUP_PORTS_0608_500.into(),
        _ => row::SECURITY_GROUP_RULE_0602.into(),
    }
}
