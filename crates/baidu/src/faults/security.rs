//! The rows that security groups have besides those of the whole service.

use vpcd_dialect::Refusal;
use vpcd_domain::fault::Holder;
use vpcd_domain::{Fault, Kind};

use crate::generated::errors as row;

/// The refusal for a fault in an operation on regular groups.
pub fn regular(fault: Fault) -> Refusal {
    match &fault {
        Fault::InUse {
            kind: Kind::SecurityGroup,
            by: Holder::Port,
            ..
        } => Refusal::new(row::SECURITYGROUP_INSTANCESASSOCIATEDSECURITYGROUPCANNOTBEDELETED)
            .because(fault.to_string()),
        Fault::Invalid {
            field: "remote_ip_prefix",
            ..
        } => Refusal::new(row::SECURITYGROUP_RULECIDRADDRESSERROR).because(fault.to_string()),
        _ => super::refuse(fault),
    }
}

/// The refusal for a fault in an operation on enterprise groups.
pub fn enterprise(fault: Fault) -> Refusal {
    match &fault {
        Fault::NotFound {
            kind: Kind::SecurityGroup,
            ..
        } => Refusal::new(row::ESG_ESGRESOURCENOTEXIST).because(fault.to_string()),
        _ => super::refuse(fault),
    }
}
