//! Fault to row for private IPs and for how many addresses of a network are used.

use vpcd_dialect::Refusal;
use vpcd_domain::{Fault, Kind};

use crate::generated::errors as row;

/// The groups that this file answers for.
pub const GROUPS: [&str; 5] = [
    "create_privateip",
    "show_privateip",
    "list_privateips",
    "delete_privateip",
    "show_network_ip_availabilities",
];

/// The refusal for a fault of one of these groups.
pub fn rendered(group: &str, fault: Fault) -> Refusal {
    match (group, fault) {
        ("create_privateip", Fault::AddressTaken { .. }) => row::CREATE_PRIVATEIP_0701.into(),
        ("create_privateip", Fault::AddressOutside { .. } | Fault::AddressReserved { .. }) => {
            row::CREATE_PRIVATEIP_0705.into()
        }
        ("create_privateip", Fault::AddressesExhausted { space, .. }) => {
            Refusal::new(row::CREATE_PRIVATEIP_0703).with([space.trim_start_matches("subnet/")])
        }
        ("create_privateip", Fault::NotFound { .. }) => row::CREATE_PRIVATEIP_2204.into(),
        ("show_privateip", Fault::NotFound { .. }) => row::SHOW_PRIVATEIP_0704.into(),
        ("list_privateips", Fault::NotFound { .. }) => row::LIST_PRIVATEIPS_0702.into(),
        ("delete_privateip", Fault::NotFound { .. }) => row::DELETE_PRIVATEIP_0704.into(),
        ("delete_privateip", Fault::InUse { .. }) => row::DELETE_PRIVATEIP_0707.into(),
        ("delete_privateip", Fault::Backend(_) | Fault::Store(_)) => {
            row::DELETE_PRIVATEIP_0706.into()
        }
        (
            "show_network_ip_availabilities",
            Fault::NotFound {
                kind: Kind::Subnet,
                id,
            },
        ) => Refusal::new(row::SHOW_NETWORK_IP_AVAILABILITIES_2302).with([id]),
        (group, other) => super::rendered(group, other),
    }
}

/// The refusal for a value that breaks a rule of the wire.
pub fn invalid(group: &str, field: &str) -> Refusal {
    match (group, field) {
        ("create_privateip", "ip_address") => row::CREATE_PRIVATEIP_0705.into(),
        ("create_privateip", "subnet_id") => row::CREATE_PRIVATEIP_2204.into(),
        ("create_privateip", _) => row::CREATE_PRIVATEIP_0702.into(),
        ("show_privateip", _) => row::SHOW_PRIVATEIP_0704.into(),
        ("list_privateips", _) => row::LIST_PRIVATEIPS_0702.into(),
        ("delete_privateip", _) => row::DELETE_PRIVATEIP_0704.into(),
        _ => row::SHOW_NETWORK_IP_AVAILABILITIES_2301.into(),
    }
}
