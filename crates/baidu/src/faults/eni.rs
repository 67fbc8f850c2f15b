//! What interfaces are refused for: rows of their own, where they have one.

use vpcd_dialect::Refusal;
use vpcd_domain::interface::Refusal as Cause;
use vpcd_domain::{Fault, Kind};

use crate::generated::errors as row;

/// The refusal for a fault of the domain.
pub fn refuse(fault: Fault) -> Refusal {
    let detail = fault.to_string();
    let refusal: Refusal = match fault {
        Fault::NotFound {
            kind: Kind::Port, ..
        } => row::ENI_ENI_ID_EXCEPTION.into(),
        Fault::NotFound { id, .. } => {
            Refusal::new(row::ENI_RESOURCE_NOT_EXIST_EXCEPTION).with([id])
        }
        Fault::AddressesExhausted { .. } => row::ENI_SUBNET_HAS_NO_MORE_IP_EXCEPTION.into(),
        // What the platform keeps is in use by it.
        Fault::AddressTaken { .. } | Fault::AddressReserved { .. } => {
            row::ENI_PRIVATE_IP_IN_USE_EXCEPTION.into()
        }
        Fault::AddressOutside { .. } => row::ENI_PRIVATE_IP_NOT_IN_CIDR_EXCEPTION.into(),
        Fault::Interface(cause) => broken(cause).into(),
        fault => return super::refuse(fault),
    };
    refusal.because(detail)
}

fn broken(cause: Cause) -> &'static vpcd_dialect::Row {
    match cause {
        Cause::Status(_) => row::ENI_ENI_STATUS_EXCEPTION,
        Cause::OtherServer => row::ENI_DEVICE_INVALID_EXCEPTION,
        Cause::Power => row::ENI_VM_STATUS_EXCEPTION,
        Cause::Elsewhere => row::ENI_ENI_AND_DEVICE_NOT_IN_SAME_AZ_EXCEPTION,
        Cause::Memory { .. } => row::ENI_VM_MEMORY_CAN_NOT_ATTACH_MORE_IP_EXCEPTION,
        Cause::Address(_) => row::ENI_PRIMARY_IP_EXCEPTION,
        Cause::Machines => row::ENI_SUBNET_TYPE_INVALID_EXCEPTION,
        Cause::BehindNat => row::ENI_NAT_SUBNET_CAN_NOT_BIND_EIP,
    }
}
