//! What rules of ACLs are refused for: rows of their own, where they have one.

use vpcd_dialect::Refusal;
use vpcd_domain::{Fault, Kind};

use crate::generated::errors as row;

/// The refusal for a fault of the domain.
pub fn refuse(fault: Fault) -> Refusal {
    let row = match &fault {
        Fault::Duplicate {
            kind: Kind::FirewallRule,
            ..
        } => row::ACL_DUPLICATE_POSITION,
        Fault::Invalid { field, .. } if field.ends_with("_port") => row::ACL_INVALID_PORT,
        Fault::Invalid {
            field: "protocol", ..
        } => row::ACL_INVALID_PROTOCOL,
        _ => return super::refuse(fault),
    };
    Refusal::new(row).because(fault.to_string())
}
