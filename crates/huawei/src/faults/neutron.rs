//! Fault to row for the native API: Neutron's exception types, by kind.

use vpcd_dialect::{Refusal, Row};
use vpcd_domain::condition::Standing;
use vpcd_domain::fault::Holder;
use vpcd_domain::fault::RouteRefusal;
use vpcd_domain::{Fault, Kind};

use crate::generated::errors as row;

/// The refusal for a fault of an operation of the native API.
pub fn rendered(fault: Fault) -> Refusal {
    match fault {
        Fault::NotFound { kind, id } => Refusal::new(missing(kind)).with([id.as_str()]),
        // Neutron knows no floating address in use; what uses one is part of its state.
        Fault::InUse {
            kind: kind @ Kind::PublicIp,
            id,
            ..
        } => Refusal::new(row::NEUTRON_STATE_CONFLICT).with([noun(kind), id.as_str()]),
        Fault::InUse {
            kind: Kind::SecurityGroup,
            by: Holder::Network,
            ..
        } => row::NEUTRON_SECURITY_GROUP_CANNOT_REMOVE_DEFAULT.into(),
        Fault::InUse { kind, id, .. } => Refusal::new(used(kind)).with([id.as_str()]),
        Fault::Invalid { field, .. } | Fault::Unsupported { field } => invalid(field),
        Fault::Duplicate {
            kind: Kind::SecurityRule,
            id,
        } => Refusal::new(row::NEUTRON_SECURITY_GROUP_RULE_EXISTS).with([id.as_str()]),
        Fault::Duplicate { kind, id } => {
            Refusal::new(row::NEUTRON_CONFLICT).with([noun(kind), id.as_str()])
        }
        Fault::NameTaken {
            kind: Kind::SecurityGroup,
            ..
        } => row::NEUTRON_SECURITY_GROUP_DEFAULT_ALREADY_EXISTS.into(),
        Fault::NameTaken { kind, name } => {
            Refusal::new(row::NEUTRON_CONFLICT).with([noun(kind), name.as_str()])
        }
        Fault::QuotaExceeded { quota, .. } => {
            Refusal::new(row::NEUTRON_OVER_QUOTA).with([resource(quota)])
        }
        Fault::WrongState { kind, id, .. } => {
            Refusal::new(row::NEUTRON_STATE_CONFLICT).with([noun(kind), id.as_str()])
        }
        Fault::WrongParent { kind, id } => Refusal::new(missing(kind)).with([id.as_str()]),
        Fault::Unsuitable {
            kind: Kind::SecurityGroup,
            ..
        } => row::NEUTRON_SECURITY_GROUP_CANNOT_UPDATE_DEFAULT.into(),
        Fault::Unsuitable { reason, .. } => invalid(reason),
        Fault::AddressTaken { address } => {
            Refusal::new(row::NEUTRON_IP_ADDRESS_ALREADY_ALLOCATED).with([address.to_string()])
        }
        Fault::AddressOutside { address, .. } | Fault::AddressReserved { address } => {
            Refusal::new(row::NEUTRON_INVALID_IP_FOR_SUBNET).with([address.to_string()])
        }
        Fault::AddressesExhausted { space, .. } => exhausted(&space),
        Fault::PoolMissing { pool } => {
            Refusal::new(row::NEUTRON_NETWORK_NOT_FOUND).with([pool.as_str()])
        }
        Fault::AddressBound { .. } | Fault::PortBound { .. } | Fault::BothBound { .. } => {
            row::NEUTRON_FLOATING_IP_PORT_ALREADY_ASSOCIATED.into()
        }
        Fault::CidrOutsideParent { .. } => invalid("cidr is not in the range of the router"),
        Fault::CidrOverlap { .. } => invalid("cidr overlaps another one"),
        Fault::CidrAbsent { .. } => invalid("cidr is not one of the router"),
        Fault::CidrDropsChild { .. } => invalid("cidr leaves a subnet outside"),
        Fault::Standing(standing) => stood(standing),
        Fault::TagDenied { key } => invalid(&key),
        Fault::FeatureOff { feature } => {
            Refusal::new(row::NEUTRON_POLICY_NOT_AUTHORIZED).with([format!("rule:{feature}")])
        }
        Fault::BandwidthState { .. } | Fault::BandwidthSize { .. } => invalid("bandwidth"),
        Fault::Route { refusal, .. } => unrouted(refusal),
        Fault::Interface(_) => invalid("port_id"),
        Fault::Order { .. }
        | Fault::Peering { .. }
        | Fault::Flavor { .. }
        | Fault::Nat(_)
        | Fault::P2c(_)
        | Fault::Stale
        | Fault::TokenReused => invalid("request"),
        Fault::Store(_)
        | Fault::Backend(_)
        | Fault::Neighbour { .. }
        | Fault::Deadline
        | Fault::NotReady { .. } => row::NEUTRON_HTTP_INTERNAL_SERVER_ERROR.into(),
    }
}

/// The refusal for a value that breaks a rule of the wire.
pub fn invalid(what: &str) -> Refusal {
    Refusal::new(row::NEUTRON_INVALID_INPUT).with([what])
}

/// Neutron's words for the routes of a router.
fn unrouted(refusal: RouteRefusal) -> Refusal {
    match refusal {
        RouteRefusal::Quota => Refusal::new(row::NEUTRON_OVER_QUOTA).with(["route"]),
        RouteRefusal::NextHop => invalid("routes, the nexthop is not connected with router"),
        RouteRefusal::Local => invalid("routes, the destination is inside the router"),
        RouteRefusal::Taken => invalid("routes, the destination is there already"),
        RouteRefusal::Missing => invalid("routes, the destination is not there"),
    }
}

fn exhausted(space: &str) -> Refusal {
    match space.strip_prefix("pool/") {
        Some(pool) => Refusal::new(row::NEUTRON_EXTERNAL_IP_ADDRESS_EXHAUSTED).with([pool]),
        None => Refusal::new(row::NEUTRON_IP_ADDRESS_GENERATION_FAILURE)
            .with([space.trim_start_matches("subnet/")]),
    }
}

fn stood(standing: Standing) -> Refusal {
    let rule = match standing {
        Standing::Normal => "normal",
        Standing::Frozen => "frozen",
        Standing::Unsubscribed => "unsubscribed",
        Standing::Restricted => "restricted",
        Standing::OpRestricted => "op_restricted",
        Standing::Unverified => "unverified",
    };
    Refusal::new(row::NEUTRON_POLICY_NOT_AUTHORIZED).with([format!("rule:{rule}")])
}

fn missing(kind: Kind) -> &'static Row {
    match kind {
        Kind::Vpc => row::NEUTRON_ROUTER_NOT_FOUND,
        Kind::Network => row::NEUTRON_NETWORK_NOT_FOUND,
        Kind::Subnet => row::NEUTRON_SUBNET_NOT_FOUND,
        Kind::SecurityGroup => row::NEUTRON_SECURITY_GROUP_NOT_FOUND,
        Kind::SecurityRule => row::NEUTRON_SECURITY_GROUP_RULE_NOT_FOUND,
        Kind::AddressGroup => row::NEUTRON_ADDRESS_GROUP_NOT_FOUND,
        Kind::PublicIp => row::NEUTRON_FLOATING_IP_NOT_FOUND,
        Kind::Firewall => row::NEUTRON_FIREWALL_GROUP_NOT_FOUND,
        Kind::FirewallPolicy => row::NEUTRON_FIREWALL_POLICY_NOT_FOUND,
        Kind::FirewallRule => row::NEUTRON_FIREWALL_RULE_NOT_FOUND,
        Kind::SubnetPool => row::NEUTRON_SUBNET_POOL_NOT_FOUND,
        _ => row::NEUTRON_PORT_NOT_FOUND,
    }
}

fn used(kind: Kind) -> &'static Row {
    match kind {
        Kind::Vpc => row::NEUTRON_ROUTER_IN_USE,
        Kind::Network => row::NEUTRON_NETWORK_IN_USE,
        Kind::Subnet => row::NEUTRON_SUBNET_IN_USE,
        Kind::SecurityGroup => row::NEUTRON_SECURITY_GROUP_IN_USE,
        Kind::Firewall => row::NEUTRON_FIREWALL_GROUP_IN_USE,
        Kind::FirewallPolicy => row::NEUTRON_FIREWALL_POLICY_IN_USE,
        Kind::FirewallRule => row::NEUTRON_FIREWALL_RULE_IN_USE,
        Kind::SubnetPool => row::NEUTRON_SUBNET_POOL_IN_USE,
        _ => row::NEUTRON_PORT_IN_USE,
    }
}

fn noun(kind: Kind) -> &'static str {
    match kind {
        Kind::Vpc => "Router",
        Kind::Network => "Network",
        Kind::Subnet => "Subnet",
        Kind::SecurityGroup => "Security group",
        Kind::PublicIp => "Floating IP",
        Kind::Port => "Port",
        other => other.word(),
    }
}

/// A quota's name as Neutron says it.
fn resource(quota: &'static str) -> &'static str {
    match quota {
        "vpc" => "router",
        "publicIp" => "floatingip",
        "securityGroup" => "security_group",
        "securityGroupRule" => "security_group_rule",
        "firewall" => "firewall_group",
        "firewallPolicyRule" => "firewall_rule",
        other => other,
    }
}
