//! Fault to row for VPC and EIP: one exhaustive match per question, keyed by the group of the operation.
//!
//! One code can mean different things in different operations (seed 003), so every answer asks for the group first.

pub mod flow_log;
pub mod neutron;
pub mod private_ip;
pub mod route;
pub mod security;
pub mod v3;

use vpcd_dialect::decode::BodyFault;
use vpcd_dialect::{Call, Refusal, Row};
use vpcd_domain::condition::{Backend, Standing};
use vpcd_domain::fault::Holder;
use vpcd_domain::{Fault, Kind, State};

use crate::generated::errors as row;

/// The refusal for a fault of a VPC or EIP operation.
pub fn refuse(call: &Call<'_>, fault: Fault) -> Refusal {
    let detail = fault.to_string();
    let refusal = match call.group {
        "neutron" => neutron::rendered(fault),
        "v3" => v3::rendered(fault),
        "eip_v3" => v3::of_eip(fault),
        group if flow_log::GROUPS.contains(&group) => flow_log::rendered(call, fault),
        group if private_ip::GROUPS.contains(&group) => private_ip::rendered(group, fault),
        group if route::knows(group) => route::rendered(group, fault),
        group if security::knows(group) => security::rendered(group, fault),
        group => rendered(group, fault),
    };
    refusal.because(detail)
}

/// The refusal for a body that does not decode.
pub fn body(call: &Call<'_>, fault: &BodyFault) -> Refusal {
    // What is wrong with the whole body has no name of its own.
    let field = Some(fault.field()).filter(|field| !field.is_empty());
    invalid(call.group, field.unwrap_or("body")).because(format!("{fault:?}"))
}

/// The refusal for a value that breaks a rule of the wire.
pub fn invalid(group: &str, field: &str) -> Refusal {
    let row = match group {
        "create_vpc" => row::CREATE_VPC_0101,
        "show_vpc" => row::SHOW_VPC_0101,
        "list_vpcs" => row::LIST_VPCS_0101,
        "delete_vpc" => row::DELETE_VPC_0101,
        "update_vpc" => row::UPDATE_VPC_0101,
        "create_subnet" => row::CREATE_SUBNET_0201,
        "show_subnet" => row::SHOW_SUBNET_0201,
        "list_subnets" => row::LIST_SUBNETS_0201,
        "delete_subnet" => row::DELETE_SUBNET_0201,
        "update_subnet" => row::UPDATE_SUBNET_0201,
        "create_publicip" => row::CREATE_PUBLICIP_0501,
        "show_publicip" => row::SHOW_PUBLICIP_0501,
        "list_publicips" => row::LIST_PUBLICIPS_0501,
        "delete_publicip" => row::DELETE_PUBLICIP_0501,
        "update_publicip" => row::UPDATE_PUBLICIP_0501,
        "show_bandwidth" => row::SHOW_BANDWIDTH_0301,
        "list_bandwidths" => row::LIST_BANDWIDTHS_0301,
        "update_bandwidth" => row::UPDATE_BANDWIDTH_0301,
        "show_quotas" => row::SHOW_QUOTAS_1207,
        "create_shared_bandwidth" => row::CREATE_SHARED_BANDWIDTH_0301,
        "insert_or_remove_shared_bandwidth_publicip" => {
            row::INSERT_OR_REMOVE_SHARED_BANDWIDTH_PUBLICIP_0301
        }
        "bandwidth_v2" => row::BANDWIDTH_V2_0301,
        "publicip_v2" => row::PUBLICIP_V2_0501,
        "port" => row::PORT_0702,
        "tags" => row::TAGS_1801,
        "neutron" => return neutron::invalid(field),
        group if route::knows(group) => return route::invalid(group, field),
        "v3" => return v3::invalid(field),
        "eip_v3" => return v3::invalid_eip(field),
        group if flow_log::GROUPS.contains(&group) => return flow_log::invalid(group, field),
        group if private_ip::GROUPS.contains(&group) => return private_ip::invalid(group, field),
        group if security::knows(group) => return security::invalid(group, field),
        _ => row::APIGW_0602,
    };
    Refusal::new(row).with([field])
}

/// The refusal for a fault before any operation is known to blame: the gateway's own rows.
pub fn gateway(fault: &Fault) -> Refusal {
    Refusal::new(row::APIGW_0601).because(fault.to_string())
}

/// The refusal for a fault of an operation of that group of the v1 and v2 APIs.
pub fn rendered(group: &str, fault: Fault) -> Refusal {
    match fault {
        Fault::Store(_) => stored(group),
        Fault::Backend(backend) => broken(group, backend),
        Fault::Deadline | Fault::NotReady { .. } => broken(group, Backend::Unreachable),
        Fault::Neighbour { .. } => pick(
            group,
            &[("delete_vpc", row::DELETE_VPC_0119)],
            row::APIGW_0601,
        ),
        Fault::Standing(standing) => stood(standing),
        Fault::NotFound { kind, id } => missing(group, kind, &id),
        Fault::Invalid { field, .. } => worded(group, field),
        Fault::Unsupported { field } => invalid(group, field),
        Fault::TagDenied { key } if group == "tags" => {
            let message = format!("The tag policy does not allow the value of key {key}.");
            invalid(group, &message)
        }
        Fault::TagDenied { key } => invalid(group, &key),
        Fault::FeatureOff { .. } => row::COMMON_0005.into(),
        Fault::NameTaken { .. } => pick(
            group,
            &[("update_vpc", row::UPDATE_VPC_0115)],
            row::CREATE_VPC_0115,
        ),
        Fault::Duplicate { .. } => row::APIGW_0602.into(),
        Fault::Unsuitable { reason, .. } => unsuitable(group, reason),
        Fault::Order { refusal, .. } => unsuitable(group, refusal.reason()),
        Fault::QuotaExceeded { quota, limit } => exceeded(group, quota, limit),
        Fault::CidrOutsideParent { .. } => row::CREATE_SUBNET_0203.into(),
        Fault::CidrOverlap { .. } => pick(
            group,
            &[("update_vpc", row::UPDATE_VPC_0117)],
            row::CREATE_SUBNET_0204,
        ),
        Fault::CidrDropsChild { .. } | Fault::CidrAbsent { .. } => row::UPDATE_VPC_0117.into(),
        Fault::WrongParent { .. } => pick(
            group,
            &[("delete_subnet", row::DELETE_SUBNET_0207)],
            row::UPDATE_SUBNET_0207,
        ),
        Fault::WrongState { state, .. } => unstable(group, state),
        Fault::InUse { by, .. } => held(group, by),
        Fault::AddressOutside { .. } | Fault::AddressReserved { .. } => pick(
            group,
            &[("create_publicip", row::CREATE_PUBLICIP_0522)],
            row::PORT_0705,
        ),
        Fault::AddressTaken { .. } => pick(
            group,
            &[("create_publicip", row::CREATE_PUBLICIP_0522)],
            row::PORT_0701,
        ),
        Fault::AddressesExhausted { space, .. } => match group {
            "create_publicip" => row::CREATE_PUBLICIP_0532.into(),
            // No block of IPv6 is left.
            "create_subnet" | "update_subnet" => row::CREATE_SUBNET_0202_409.into(),
            _ => Refusal::new(row::PORT_0703).with([space.trim_start_matches("subnet/")]),
        },
        Fault::PoolMissing { .. } => pick(
            group,
            &[("delete_publicip", row::DELETE_PUBLICIP_0513)],
            row::CREATE_PUBLICIP_0501,
        ),
        Fault::AddressBound { .. } => pick(
            group,
            &[("create_publicip", row::CREATE_PUBLICIP_0510)],
            row::UPDATE_PUBLICIP_0510,
        ),
        Fault::PortBound { .. } => pick(
            group,
            &[("create_publicip", row::CREATE_PUBLICIP_0511)],
            row::UPDATE_PUBLICIP_0511,
        ),
        Fault::BothBound { .. } => row::UPDATE_PUBLICIP_0509.into(),
        Fault::BandwidthState { .. } | Fault::BandwidthSize { .. } => invalid(group, "bandwidth"),
        // Only the routes of a network itself get here (VPC.0101).
        Fault::Route { .. } => invalid(group, "routes"),
        // The port of a public address is one that takes none, or takes none now (VPC.0501).
        Fault::Interface(_) => invalid(group, "port_id"),
        // Peerings have their own module.
        Fault::Peering { .. }
        | Fault::Flavor { .. }
        | Fault::Nat(_)
        | Fault::P2c(_)
        | Fault::Stale
        | Fault::TokenReused => row::APIGW_0602.into(),
    }
}

fn pick(group: &str, exceptions: &[(&str, &'static Row)], usual: &'static Row) -> Refusal {
    exceptions
        .iter()
        .find(|(known, _)| *known == group)
        .map_or(usual, |(_, row)| row)
        .into()
}

/// What is there but cannot be used for this.
fn unsuitable(group: &str, reason: &str) -> Refusal {
    match group {
        "insert_or_remove_shared_bandwidth_publicip" => {
            row::INSERT_OR_REMOVE_SHARED_BANDWIDTH_PUBLICIP_0323.into()
        }
        "create_publicip" => row::CREATE_PUBLICIP_0501.into(),
        "delete_publicip" => row::DELETE_PUBLICIP_0512.into(),
        // VPC.0512 and 0301: like what is frozen or on its way.
        "update_publicip" => row::UPDATE_PUBLICIP_0512.into(),
        "update_bandwidth" => row::UPDATE_BANDWIDTH_0301.into(),
        "bandwidth_v2" => Refusal::new(row::BANDWIDTH_V2_0304).with([reason]),
        "publicip_v2" => Refusal::new(row::PUBLICIP_V2_0501).with([reason]),
        _ => row::APIGW_0602.into(),
    }
}

/// A value judged by the domain that has a code of its own.
fn worded(group: &str, field: &str) -> Refusal {
    match (group, field) {
        ("create_subnet", "cidr") => row::CREATE_SUBNET_0212.into(),
        _ => invalid(group, field),
    }
}

/// The store failed: the service's own 5xx where the seed has one.
fn stored(group: &str) -> Refusal {
    match group {
        "delete_vpc" => row::DELETE_VPC_0111.into(),
        "update_bandwidth" => row::UPDATE_BANDWIDTH_0305.into(),
        _ => broken(group, Backend::Unreachable),
    }
}

fn broken(group: &str, backend: Backend) -> Refusal {
    let lost = backend == Backend::Inconsistent;
    let either = |row: &'static Row| Refusal::new(row).status(if lost { 404 } else { 500 });
    match group {
        "show_vpc" if backend == Backend::Empty => row::SHOW_VPC_0106.into(),
        "show_vpc" => either(row::SHOW_VPC_0105),
        "list_vpcs" if backend == Backend::Empty => row::LIST_VPCS_0106.into(),
        "list_vpcs" => row::LIST_VPCS_0105.into(),
        "delete_vpc" if backend == Backend::Refusing => row::DELETE_VPC_0102.into(),
        "delete_vpc" => either(row::DELETE_VPC_0105),
        "update_vpc" => either(row::UPDATE_VPC_0105),
        "create_subnet" => row::CREATE_SUBNET_0202.into(),
        "show_subnet" => either(row::SHOW_SUBNET_0202),
        "list_subnets" => row::LIST_SUBNETS_0202.into(),
        "delete_subnet" => either(row::DELETE_SUBNET_0202),
        "update_subnet" => either(row::UPDATE_SUBNET_0202),
        "create_publicip" if backend == Backend::Empty => row::CREATE_PUBLICIP_0504.into(),
        "create_publicip" => row::CREATE_PUBLICIP_0503.into(),
        "show_publicip" => row::SHOW_PUBLICIP_0514.into(),
        "update_publicip" => either(row::UPDATE_PUBLICIP_0514),
        "show_bandwidth" => row::SHOW_BANDWIDTH_0302.into(),
        "list_bandwidths" => row::LIST_BANDWIDTHS_0302.into(),
        "update_bandwidth" if backend == Backend::Refusing => row::UPDATE_BANDWIDTH_0305.into(),
        "update_bandwidth" => row::UPDATE_BANDWIDTH_0302.into(),
        "create_shared_bandwidth" => row::CREATE_SHARED_BANDWIDTH_0304.into(),
        "insert_or_remove_shared_bandwidth_publicip" => {
            row::INSERT_OR_REMOVE_SHARED_BANDWIDTH_PUBLICIP_0302.into()
        }
        "bandwidth_v2" => row::BANDWIDTH_V2_0302.into(),
        "publicip_v2" => row::PUBLICIP_V2_0514.into(),
        _ => row::APIGW_0601.into(),
    }
}

fn stood(standing: Standing) -> Refusal {
    match standing {
        Standing::Normal | Standing::Frozen | Standing::Unsubscribed => row::COMMON_2701.into(),
        Standing::Restricted => row::COMMON_0005.into(),
        Standing::OpRestricted => row::CREATE_PUBLICIP_0502.into(),
        Standing::Unverified => row::COMMON_0009.into(),
    }
}

fn missing(group: &str, kind: Kind, id: &str) -> Refusal {
    match (group, kind) {
        ("show_vpc", _) => Refusal::new(row::SHOW_VPC_0105).status(404),
        // No service row for the id: 0101; a row that the backend lost: 0105.
        ("delete_vpc", _) => Refusal::new(row::DELETE_VPC_0101).status(404).with([id]),
        ("update_vpc", _) => Refusal::new(row::UPDATE_VPC_0105).status(404),
        ("show_subnet", _) => Refusal::new(row::SHOW_SUBNET_0202).status(404),
        ("delete_subnet", _) => Refusal::new(row::DELETE_SUBNET_0202).status(404),
        ("update_subnet", _) => Refusal::new(row::UPDATE_SUBNET_0202).status(404),
        ("create_publicip", Kind::Port) => row::CREATE_PUBLICIP_0508.into(),
        ("create_publicip", _) => row::CREATE_PUBLICIP_0501.into(),
        ("show_publicip", _) => row::SHOW_PUBLICIP_0504.into(),
        ("delete_publicip", _) => row::DELETE_PUBLICIP_0504.into(),
        ("update_publicip", Kind::Port) => Refusal::new(row::UPDATE_PUBLICIP_0514).status(404),
        ("update_publicip", _) => row::UPDATE_PUBLICIP_0504.into(),
        ("show_bandwidth", _) => row::SHOW_BANDWIDTH_0306.into(),
        ("list_bandwidths", _) => row::LIST_BANDWIDTHS_0306.into(),
        ("update_bandwidth", _) => row::UPDATE_BANDWIDTH_0306.into(),
        ("insert_or_remove_shared_bandwidth_publicip", Kind::Bandwidth) => {
            row::INSERT_OR_REMOVE_SHARED_BANDWIDTH_PUBLICIP_0306.into()
        }
        ("insert_or_remove_shared_bandwidth_publicip", _) => invalid(group, "publicip_id"),
        ("bandwidth_v2", _) => row::BANDWIDTH_V2_0306.into(),
        ("publicip_v2", Kind::Job) => row::PUBLICIP_V2_2204.into(),
        ("publicip_v2", _) => row::PUBLICIP_V2_0504.into(),
        ("port", _) => row::PORT_2204.into(),
        ("tags", _) => row::TAGS_2204.into(),
        (_, Kind::Vpc) => row::COMMON_0003.into(),
        _ => row::APIGW_0601.into(),
    }
}

fn exceeded(group: &str, quota: &str, limit: u64) -> Refusal {
    match quota {
        "shareBandwidthIP" => pick(
            group,
            &[("create_publicip", row::CREATE_PUBLICIP_0304)],
            row::INSERT_OR_REMOVE_SHARED_BANDWIDTH_PUBLICIP_0323,
        ),
        "tags" => invalid(
            quota,
            &format!("number of tags exceeds max num of {limit}."),
        ),
        "vpc" => row::CREATE_VPC_0114.into(),
        "subnet" => row::CREATE_SUBNET_0202_409.into(),
        "publicIp" => row::CREATE_PUBLICIP_0521.into(),
        "shareBandwidth" => row::CREATE_SHARED_BANDWIDTH_0310.into(),
        _ => row::APIGW_0601.into(),
    }
}

fn unstable(group: &str, state: State) -> Refusal {
    match group {
        "delete_vpc" if state == State::Creating => row::DELETE_VPC_0103.into(),
        "delete_vpc" => row::DELETE_VPC_0110.into(),
        "update_vpc" => row::UPDATE_VPC_0113.into(),
        "update_subnet" => row::UPDATE_SUBNET_0205.into(),
        "delete_publicip" => row::DELETE_PUBLICIP_0512.into(),
        "update_publicip" => row::UPDATE_PUBLICIP_0512.into(),
        "update_bandwidth" => row::UPDATE_BANDWIDTH_0301.into(),
        "insert_or_remove_shared_bandwidth_publicip" => {
            row::INSERT_OR_REMOVE_SHARED_BANDWIDTH_PUBLICIP_0323.into()
        }
        "create_publicip" => row::CREATE_PUBLICIP_0501.into(),
        "bandwidth_v2" => Refusal::new(row::BANDWIDTH_V2_0304).with(["it is frozen"]),
        "publicip_v2" => row::PUBLICIP_V2_0512.into(),
        _ => row::COMMON_0004.into(),
    }
}

fn held(group: &str, by: Holder) -> Refusal {
    let vpc = |by| match by {
        Holder::Subnet => row::DELETE_VPC_0104,
        Holder::Route => row::DELETE_VPC_0120,
        Holder::LoadBalancer => row::DELETE_VPC_0118,
        Holder::Firewall => row::DELETE_VPC_0107,
        Holder::SecurityGroup => row::DELETE_VPC_0112,
        _ => row::DELETE_VPC_0108,
    };
    let subnet = |by| match by {
        Holder::PrivateIp => row::DELETE_SUBNET_0208,
        Holder::LoadBalancer => row::DELETE_SUBNET_0211,
        Holder::Route => row::DELETE_SUBNET_0210,
        _ => row::DELETE_SUBNET_0209,
    };
    let address = |by| match by {
        Holder::LoadBalancer => row::DELETE_PUBLICIP_0516,
        Holder::Firewall => row::DELETE_PUBLICIP_0518,
        _ => row::DELETE_PUBLICIP_0517,
    };
    match group {
        "delete_vpc" => vpc(by).into(),
        "delete_subnet" => subnet(by).into(),
        "delete_publicip" => address(by).into(),
        "bandwidth_v2" => Refusal::new(row::BANDWIDTH_V2_0304).with(["it holds public addresses"]),
        "update_publicip" => row::UPDATE_PUBLICIP_0512.into(),
        // IPv6 is not switched off under the ports that use it.
        "update_subnet" => invalid(group, "ipv6_enable"),
        _ => row::PORT_0707.into(),
    }
}
