//! Fault to row for route tables, the older routes, and peerings.

use vpcd_dialect::Refusal;
use vpcd_domain::condition::Backend;
use vpcd_domain::fault::RouteRefusal;
use vpcd_domain::{Fault, Kind, peering};

use crate::generated::errors as row;

/// Whether this module answers for a group.
pub fn knows(group: &str) -> bool {
    matches!(group, "route_table" | "vpc_route" | "peering")
}

/// The refusal for a fault of an operation of these groups.
pub fn rendered(group: &str, fault: Fault) -> Refusal {
    match fault {
        Fault::NotFound {
            kind: Kind::Vpc, ..
        } => row::COMMON_0003.into(),
        Fault::NotFound { id, .. } => missing(group, &id),
        Fault::WrongState {
            kind: Kind::Peering,
            id,
            ..
        } => Refusal::new(row::PEERING_1406).with([id]),
        // Whoever was not asked learns no more than a stranger.
        Fault::Peering {
            refusal: peering::Refusal::NotAsked,
            id,
        } => missing(group, &id),
        Fault::Peering { id, .. } | Fault::Order { id, .. } => {
            Refusal::new(row::PEERING_1406).with([id])
        }
        Fault::WrongState { .. } => row::COMMON_0004.into(),
        Fault::InUse { id, .. } => Refusal::new(row::ROUTE_TABLE_2806).with([id]),
        Fault::WrongParent { id, .. }
        | Fault::Unsuitable {
            kind: Kind::Subnet,
            id,
            ..
        } => Refusal::new(row::ROUTE_TABLE_2807).with([id]),
        Fault::Unsuitable { .. } => invalid(group, "accept_vpc_info"),
        Fault::Duplicate { id, .. } => Refusal::new(row::PEERING_1405).with([id]),
        Fault::Route {
            refusal,
            destination,
        } => refused(group, refusal).with([destination.to_string()]),
        Fault::QuotaExceeded { quota, .. } => exceeded(group, quota),
        Fault::Invalid { field, .. } | Fault::Unsupported { field } => invalid(group, field),
        Fault::Standing(standing) => super::stood(standing),
        Fault::Store(_)
        | Fault::Backend(_)
        | Fault::Neighbour { .. }
        | Fault::Deadline
        | Fault::NotReady { .. } => super::broken(group, Backend::Unreachable),
        _ => invalid(group, "request"),
    }
}

/// The refusal for a value that breaks a rule of the wire.
pub fn invalid(group: &str, field: &str) -> Refusal {
    let row = match group {
        "route_table" => row::ROUTE_TABLE_2801,
        "vpc_route" => row::VPC_ROUTE_2801,
        _ => row::PEERING_1401,
    };
    Refusal::new(row).with([field])
}

fn missing(group: &str, id: &str) -> Refusal {
    match group {
        "route_table" => row::ROUTE_TABLE_2808.into(),
        "vpc_route" => Refusal::new(row::VPC_ROUTE_2803).with([id]),
        _ => Refusal::new(row::PEERING_1404).with([id]),
    }
}

fn refused(group: &str, refusal: RouteRefusal) -> Refusal {
    let table = group == "route_table";
    let row = match refusal {
        RouteRefusal::Local if table => row::ROUTE_TABLE_2809,
        RouteRefusal::Local => row::VPC_ROUTE_2809,
        RouteRefusal::Taken if table => row::ROUTE_TABLE_2812,
        RouteRefusal::Taken => row::VPC_ROUTE_2812,
        RouteRefusal::NextHop if table => row::ROUTE_TABLE_2804,
        RouteRefusal::NextHop => row::VPC_ROUTE_2804,
        RouteRefusal::Missing if table => row::ROUTE_TABLE_2803,
        RouteRefusal::Missing => row::VPC_ROUTE_2803,
        RouteRefusal::Quota => return exceeded(group, "route"),
    };
    row.into()
}

fn exceeded(group: &str, quota: &'static str) -> Refusal {
    let word = match quota {
        "vpcContainRoutetable" => "routetable",
        "routetableContainRoutes" => "route",
        other => other,
    };
    match group {
        "route_table" => Refusal::new(row::ROUTE_TABLE_2802).with([word]),
        "vpc_route" => Refusal::new(row::VPC_ROUTE_2802).with([word]),
        _ => row::PEERING_1402.into(),
    }
}
