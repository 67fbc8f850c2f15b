//! Fault to row: one exhaustive match, so that a new fault of the domain does not compile until it has an answer here.

pub mod acl;
pub mod eni;
pub mod nat;
pub mod peering;
pub mod security;

use vpcd_dialect::decode::BodyFault;
use vpcd_dialect::{Refusal, Row};
use vpcd_domain::condition::Standing;
use vpcd_domain::fault::RouteRefusal;
use vpcd_domain::{Fault, Kind, interface};

use crate::generated::errors as row;

/// The refusal for a fault of the domain.
pub fn refuse(fault: Fault) -> Refusal {
    Refusal::new(row_of(&fault)).because(fault.to_string())
}

/// The refusal for a body that does not decode.
pub fn body(fault: &BodyFault) -> Refusal {
    let row = match fault {
        BodyFault::Encoding => row::GLOBAL_INVALID_HTTP_REQUEST,
        BodyFault::Syntax(_) => row::GLOBAL_MALFORMED_JSON,
        BodyFault::Shape { .. } => row::GLOBAL_INAPPROPRIATE_JSON,
    };
    Refusal::new(row).because(format!("{fault:?}"))
}

/// The refusal for a value that breaks a rule of the wire.
pub fn invalid(field: &str) -> Refusal {
    Refusal::new(row::VPC_BAD_REQUEST).because(field)
}

/// The refusal for what every operation of a group takes.
pub fn invalid_in(group: &str, field: &str) -> Refusal {
    match group {
        "nat" => nat::invalid(field),
        "peering" => peering::invalid(field),
        _ => invalid(field),
    }
}

fn row_of(fault: &Fault) -> &'static Row {
    match fault {
        Fault::Store(_) => row::GLOBAL_INTERNAL_ERROR,
        Fault::Backend(_) | Fault::Neighbour { .. } | Fault::NotReady { .. } | Fault::Deadline => {
            row::VPC_SERVICE_INTERNAL_ERROR
        }
        Fault::Standing(standing) => stood(*standing),
        Fault::NotFound { .. } | Fault::WrongParent { .. } => row::VPC_NO_SUCH_OBJECT,
        Fault::Invalid { .. }
        | Fault::Unsupported { .. }
        | Fault::TagDenied { .. }
        | Fault::NameTaken { .. }
        | Fault::CidrOutsideParent { .. }
        | Fault::CidrAbsent { .. }
        | Fault::AddressOutside { .. }
        | Fault::AddressReserved { .. }
        | Fault::AddressTaken { .. }
        | Fault::BandwidthSize { .. }
        | Fault::Flavor { .. }
        | Fault::Interface(interface::Refusal::Address(_))
        | Fault::P2c(_) => row::VPC_BAD_REQUEST,
        Fault::QuotaExceeded { .. } | Fault::AddressesExhausted { .. } => row::VPC_LIMIT_EXCEEDED,
        Fault::CidrOverlap { .. } => row::VPC_CIDR_CONFLICT,
        Fault::InUse { kind, .. } => match kind {
            Kind::Vpc | Kind::Subnet => row::VPC_RESOURCE_NEED_RELEASE,
            _ => row::VPC_OPERATION_DENIED,
        },
        Fault::FeatureOff { .. }
        | Fault::Duplicate { .. }
        | Fault::Unsuitable { .. }
        | Fault::Order { .. }
        | Fault::Peering { .. }
        | Fault::Nat(_)
        | Fault::CidrDropsChild { .. }
        | Fault::WrongState { .. }
        | Fault::PoolMissing { .. }
        | Fault::AddressBound { .. }
        | Fault::PortBound { .. }
        | Fault::BothBound { .. }
        | Fault::Interface(_)
        | Fault::BandwidthState { .. } => row::VPC_OPERATION_DENIED,
        Fault::Route { refusal, .. } => match refusal {
            RouteRefusal::Quota => row::VPC_LIMIT_EXCEEDED,
            RouteRefusal::Local => row::VPC_BAD_REQUEST,
            RouteRefusal::Taken => row::VPC_ROUTE_RULE_REPEATED,
            RouteRefusal::NextHop | RouteRefusal::Missing => row::VPC_NO_SUCH_OBJECT,
        },
        Fault::Stale => row::GLOBAL_PRECONDITION_FAILED,
        Fault::TokenReused => row::GLOBAL_IDEMPOTENT_PARAMETER_MISMATCH,
    }
}

fn stood(standing: Standing) -> &'static Row {
    match standing {
        Standing::Unverified => row::GLOBAL_QUALIFY_NOT_PASS,
        Standing::Unsubscribed => row::GLOBAL_OPT_IN_REQUIRED,
        Standing::Normal | Standing::Restricted | Standing::OpRestricted | Standing::Frozen => {
            row::GLOBAL_ACCESS_DENIED
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_holds_a_network_must_be_released_and_what_holds_an_address_denies() {
        let held = |kind| {
            let (id, by) = (String::new(), vpcd_domain::fault::Holder::Service);
            row_of(&Fault::InUse { kind, id, by }).code
        };
        assert_eq!(held(Kind::Vpc), "ResourceNeedRelease");
        assert_eq!(held(Kind::PublicIp), "OperationDenied");
    }
}
