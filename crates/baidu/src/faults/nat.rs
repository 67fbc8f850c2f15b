//! Fault to row for NAT gateways: their family has a table of its own, and falls back on the one of the VPC.

use vpcd_dialect::{Refusal, Row};
use vpcd_domain::order;
use vpcd_domain::{Fault, Kind, nat};

use crate::generated::errors as row;

/// The refusal for a fault of an operation on NAT gateways or their rules.
pub fn refuse(fault: Fault) -> Refusal {
    match row_of(&fault) {
        Some(row) => Refusal::new(row).because(fault.to_string()),
        None => super::refuse(fault),
    }
}

/// The refusal for a value that breaks a rule of the wire and has no row of its own.
pub fn invalid(field: &str) -> Refusal {
    Refusal::new(row::NAT_BAD_REQUEST).because(field)
}

fn row_of(fault: &Fault) -> Option<&'static Row> {
    Some(match fault {
        Fault::NotFound { kind, .. } => match kind {
            Kind::NatGateway => row::NAT_NO_SUCH_NAT,
            Kind::PublicIp => row::NAT_NO_SUCH_EIP,
            Kind::SnatRule => row::NAT_RULE_ID_NOT_EXIST,
            Kind::DnatRule => row::NAT_DNAT_RULE_ID_EXCEPTION,
            _ => return None,
        },
        // An address that is bound, on its way, or not to be had with the others.
        Fault::AddressBound { .. }
        | Fault::WrongState {
            kind: Kind::PublicIp,
            ..
        }
        | Fault::Unsuitable {
            kind: Kind::PublicIp,
            ..
        } => row::NAT_REQUEST_EIP_INVALID,
        Fault::Invalid { .. } => row::NAT_BAD_REQUEST,
        Fault::QuotaExceeded { .. } => row::NAT_LIMIT_EXCEEDED,
        Fault::Order { refusal, .. } => match refusal {
            order::Refusal::Payment => row::NAT_CREATE_ORDER_ERROR,
            order::Refusal::Postpaid => row::NAT_NAT_POSTPAID,
            order::Refusal::Open | order::Refusal::Unexpired | order::Refusal::Shrinks => {
                return None;
            }
        },
        Fault::Nat(refusal) => ruled(*refusal),
        _ => return None,
    })
}

/// The row for what only NAT gateways refuse.
fn ruled(refusal: nat::Refusal) -> &'static Row {
    match refusal {
        nat::Refusal::NoSubnet => row::NAT_SUBNAT_EMPTY,
        nat::Refusal::Generation => row::NAT_SPEC_INVALID,
        nat::Refusal::SourceOutside => row::NAT_SNAT_RULE_SOURCE_ADDRESS_INVALID,
        nat::Refusal::SourceTaken => row::NAT_SNAT_RULE_SOURCE_ADDRESS_CONFLICT,
        nat::Refusal::SourceAddress => row::NAT_SNAT_RULE_EIPS_INVALID,
        nat::Refusal::NoDestination => row::NAT_DNAT_EIP_EMPTY,
        nat::Refusal::DestinationAddress => row::NAT_DNAT_RULE_EIP_INVALID,
        nat::Refusal::DestinationTaken => row::NAT_DNAT_RULE_CONFLICT_EXCEPTION,
        nat::Refusal::PrivateAddress => row::NAT_DNAT_RULE_INTERNAL_IP_INVALID,
        nat::Refusal::PublicPorts => row::NAT_DNAT_RULE_PUBLIC_PORT_INVALID,
        nat::Refusal::PrivatePorts => row::NAT_DNAT_RULE_INTERNAL_PORT_INVALID,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_not_nats_own_has_the_row_of_the_vpc() {
        let missing = |kind| {
            let id = String::new();
            refuse(Fault::NotFound { kind, id }).row.code
        };
        assert_eq!(missing(Kind::NatGateway), "NoSuchNat");
        assert_eq!(missing(Kind::Vpc), "NoSuchObject");
        assert_eq!(refuse(Fault::Stale).row.code, "PreconditionFailed");
    }
}
