//! What peering connections are refused for: rows of their own, where they have one.

use vpcd_dialect::Refusal;
use vpcd_domain::{Fault, Kind, order, peering};

use crate::generated::errors as row;

/// The refusal for a fault of the domain.
pub fn refuse(fault: Fault) -> Refusal {
    let row = match &fault {
        Fault::Invalid { .. } | Fault::Unsupported { .. } | Fault::TagDenied { .. } => {
            row::PEERING_BAD_REQUEST
        }
        Fault::Duplicate { .. }
        | Fault::Unsuitable {
            kind: Kind::Vpc, ..
        } => row::PEERING_BAD_REQUEST,
        Fault::Peering {
            refusal: peering::Refusal::ForeignLabel,
            ..
        } => row::PEERING_PEER_IF_NAME_EXCEPTION,
        Fault::Order {
            refusal: order::Refusal::Shrinks,
            ..
        } => row::PEERING_RESIZE_EXCEPTION,
        Fault::Order {
            refusal: order::Refusal::Payment | order::Refusal::Open,
            ..
        } => return super::refuse(fault),
        Fault::Peering { .. }
        | Fault::Order { .. }
        | Fault::WrongState { .. }
        | Fault::InUse {
            kind: Kind::Peering,
            ..
        } => row::PEERING_UNSUPPORTED_PEER_CONN_OPERATION,
        _ => return super::refuse(fault),
    };
    Refusal::new(row).because(fault.to_string())
}

/// The refusal for a value that breaks a rule of the wire.
pub fn invalid(field: &str) -> Refusal {
    Refusal::new(row::PEERING_BAD_REQUEST).because(field)
}
