//! Fault to row for the v3 APIs of VPC and EIP.

use vpcd_dialect::Refusal;
use vpcd_domain::condition::Standing;
use vpcd_domain::{Fault, Kind};

use crate::generated::errors as row;

/// The refusal for a fault of an operation of the v3 API of VPC.
pub fn rendered(fault: Fault) -> Refusal {
    match fault {
        Fault::NotFound { kind, id } | Fault::WrongParent { kind, id } => {
            Refusal::new(row::V3_9904).with([noun(kind), id.as_str()])
        }
        Fault::InUse {
            kind: Kind::AddressGroup,
            id,
            ..
        } => Refusal::new(row::ADDRESS_GROUP_9907).with([id]),
        Fault::InUse { kind, id, .. } => Refusal::new(row::V3_9902).with([noun(kind), id.as_str()]),
        Fault::Invalid {
            field: "ip_set",
            reason,
        } => Refusal::new(row::ADDRESS_GROUP_9901).with([reason]),
        Fault::Invalid { field, .. } | Fault::Unsupported { field } => invalid(field),
        Fault::Duplicate {
            kind: Kind::SecurityRule,
            id,
        } => Refusal::new(row::SECURITY_GROUP_V3_9902).with([id]),
        Fault::Duplicate {
            kind: Kind::AddressGroup,
            id,
        } => Refusal::new(row::ADDRESS_GROUP_9901_DUPLICATE).with([id]),
        Fault::Duplicate { kind, id } => Refusal::new(row::V3_9906).with([noun(kind), id.as_str()]),
        Fault::NameTaken { kind, name } => {
            Refusal::new(row::V3_9906).with([noun(kind), name.as_str()])
        }
        Fault::QuotaExceeded {
            quota: "extend_cidrs",
            ..
        } => row::V3_9912.into(),
        Fault::QuotaExceeded { quota, .. } => Refusal::new(row::V3_9905).with([resource(quota)]),
        Fault::WrongState { kind, id, .. } => {
            Refusal::new(row::V3_9908).with([noun(kind), id.as_str()])
        }
        Fault::Unsuitable { kind, id, reason } => {
            Refusal::new(row::V3_9909).with([noun(kind), id.as_str(), reason])
        }
        Fault::AddressTaken { .. }
        | Fault::AddressOutside { .. }
        | Fault::AddressReserved { .. } => invalid("ip_address"),
        Fault::AddressesExhausted { .. } => Refusal::new(row::V3_9905).with(["ip_address"]),
        Fault::PoolMissing { .. } => invalid("type"),
        Fault::AddressBound { id } | Fault::BothBound { address: id, .. } => {
            Refusal::new(row::V3_9908).with([noun(Kind::PublicIp), id.as_str()])
        }
        Fault::PortBound { id } => Refusal::new(row::V3_9908).with([noun(Kind::Port), id.as_str()]),
        Fault::CidrOutsideParent { .. } => invalid("cidr"),
        Fault::CidrOverlap { mine, theirs } => {
            Refusal::new(row::V3_9914).with([mine.to_string(), theirs.to_string()])
        }
        Fault::CidrAbsent { cidr } => Refusal::new(row::V3_9915).with([cidr.to_string()]),
        Fault::CidrDropsChild { child, .. } => {
            Refusal::new(row::V3_9902).with(["Virsubnet".to_owned(), child.to_string()])
        }
        Fault::Standing(standing) => stood(standing),
        Fault::TagDenied { key } => invalid(&key),
        Fault::FeatureOff { .. } => row::COMMON_0005.into(),
        Fault::BandwidthState { .. } | Fault::BandwidthSize { .. } => invalid("bandwidth"),
        Fault::Route { .. } => invalid("routes"),
        Fault::Order { .. }
        | Fault::Peering { .. }
        | Fault::Flavor { .. }
        | Fault::Interface(_)
        | Fault::Nat(_)
        | Fault::P2c(_)
        | Fault::Stale
        | Fault::TokenReused => invalid("request"),
        Fault::Store(_)
        | Fault::Backend(_)
        | Fault::Neighbour { .. }
        | Fault::Deadline
        | Fault::NotReady { .. } => row::V3_9910.into(),
    }
}

/// The refusal for a value that breaks a rule of the wire.
pub fn invalid(field: &str) -> Refusal {
    Refusal::new(row::V3_9901).with([field])
}

fn stood(standing: Standing) -> Refusal {
    match standing {
        Standing::Normal | Standing::Frozen | Standing::Unsubscribed => row::COMMON_2701.into(),
        Standing::Restricted | Standing::OpRestricted => row::COMMON_0005.into(),
        Standing::Unverified => row::COMMON_0009.into(),
    }
}

/// The refusal for a fault of an operation of the v3 API of EIP.
pub fn of_eip(fault: Fault) -> Refusal {
    match fault {
        Fault::NotFound { kind, id } | Fault::WrongParent { kind, id } => {
            Refusal::new(row::EIP_7903).with([noun(kind), id.as_str()])
        }
        Fault::Invalid { field, .. } | Fault::Unsupported { field } => invalid_eip(field),
        Fault::Order { refusal, .. } => invalid_eip(refusal.reason()),
        Fault::Duplicate { kind, id }
        | Fault::InUse { kind, id, .. }
        | Fault::WrongState { kind, id, .. }
        | Fault::Unsuitable { kind, id, .. } => {
            Refusal::new(row::EIP_7902).with([noun(kind), id.as_str()])
        }
        Fault::AddressBound { id } | Fault::BothBound { address: id, .. } => {
            Refusal::new(row::EIP_7902).with([noun(Kind::PublicIp), id.as_str()])
        }
        Fault::PortBound { id } => {
            Refusal::new(row::EIP_7902).with([noun(Kind::Port), id.as_str()])
        }
        Fault::NameTaken { .. } => invalid_eip("name"),
        Fault::QuotaExceeded { quota, .. } => Refusal::new(row::EIP_7905).with([resource(quota)]),
        Fault::PoolMissing { pool } => Refusal::new(row::EIP_7904).with([pool.as_str()]),
        Fault::AddressesExhausted { space, .. } => {
            Refusal::new(row::EIP_7904).with([space.trim_start_matches("pool/")])
        }
        Fault::AddressTaken { .. }
        | Fault::AddressOutside { .. }
        | Fault::AddressReserved { .. } => invalid_eip("ip_address"),
        Fault::CidrOutsideParent { .. }
        | Fault::CidrAbsent { .. }
        | Fault::CidrOverlap { .. }
        | Fault::CidrDropsChild { .. } => invalid_eip("cidr"),
        Fault::Standing(standing) => stood(standing),
        Fault::TagDenied { key } => invalid_eip(&key),
        Fault::Route { destination, .. } => {
            Refusal::new(row::EIP_7902).with(["Route", destination.to_string().as_str()])
        }
        Fault::FeatureOff { .. } => row::COMMON_0005.into(),
        Fault::BandwidthState { .. } | Fault::BandwidthSize { .. } => invalid_eip("bandwidth"),
        Fault::Interface(_) => invalid_eip("associate_instance_id"),
        Fault::Peering { .. }
        | Fault::Flavor { .. }
        | Fault::Nat(_)
        | Fault::P2c(_)
        | Fault::Stale
        | Fault::TokenReused => invalid_eip("request"),
        Fault::Store(_)
        | Fault::Backend(_)
        | Fault::Neighbour { .. }
        | Fault::Deadline
        | Fault::NotReady { .. } => row::EIP_7906.into(),
    }
}

/// The refusal for a value that breaks a rule of the wire of the v3 API of EIP.
pub fn invalid_eip(field: &str) -> Refusal {
    // A body without the object that it is about lacks a field that no path leads to.
    let field = if field.is_empty() { "body" } else { field };
    Refusal::new(row::EIP_7901).with([field])
}

/// A kind in the words of the v3 API.
fn noun(kind: Kind) -> &'static str {
    match kind {
        Kind::Vpc => "Vpc",
        Kind::Subnet => "Virsubnet",
        Kind::CidrReservation => "Virsubnet_cidr_reservation",
        Kind::Port => "Port",
        Kind::SecurityGroup => "Security group",
        Kind::SecurityRule => "Security_group_rule",
        Kind::AddressGroup => "Address_group",
        Kind::Firewall => "Firewall",
        Kind::FirewallRule => "Firewall rule",
        Kind::SubInterface => "Sub_network_interface",
        Kind::PublicIp => "Publicip",
        Kind::Bandwidth => "Bandwidth",
        Kind::MirrorFilter => "Traffic mirror filter",
        Kind::MirrorRule => "Traffic mirror filter rule",
        Kind::MirrorSession => "Traffic mirror session",
        Kind::Registration => "Instance",
        Kind::VpnGateway => "Vpn gateway",
        Kind::InternetGateway => "Vpc_igw",
        other => other.word(),
    }
}

/// A quota's name as the v3 API says it.
fn resource(quota: &'static str) -> &'static str {
    match quota {
        "vpc" => "router",
        "securityGroup" => "security_group",
        "securityGroupRule" => "security_group_rule",
        "publicIp" => "publicip",
        "firewallPolicyRule" => "acl_policy_contain_rules",
        other => other,
    }
}
