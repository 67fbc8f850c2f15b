//! Fault to row for flow logs: 3001 and 3002 change status and meaning with the operation.

use vpcd_dialect::{Call, Refusal};
use vpcd_domain::{Fault, Kind};

use crate::generated::errors as row;

/// The groups that this file answers for.
pub const GROUPS: [&str; 5] = [
    "create_flow_log",
    "list_flow_logs",
    "show_flow_log",
    "update_flow_log",
    "delete_flow_log",
];

/// The refusal for a fault of one of these groups. A duplicate is worded by the operation, which knows the content.
pub fn rendered(call: &Call<'_>, fault: Fault) -> Refusal {
    match (call.group, fault) {
        ("create_flow_log", Fault::NotFound { kind, id }) => {
            let noun = match kind {
                Kind::Port => "Port",
                Kind::Subnet => "Network",
                _ => "Vpc",
            };
            Refusal::new(row::CREATE_FLOW_LOG_3002_404).with([noun, id.as_str()])
        }
        ("create_flow_log", Fault::Unsuitable { id, .. }) => {
            Refusal::new(row::CREATE_FLOW_LOG_3002_400).with([id])
        }
        ("create_flow_log", Fault::QuotaExceeded { .. }) => row::CREATE_FLOW_LOG_3002_409.into(),
        ("show_flow_log", Fault::NotFound { id, .. }) => {
            Refusal::new(row::SHOW_FLOW_LOG_3002).with([id])
        }
        ("update_flow_log", Fault::NotFound { id, .. }) => {
            Refusal::new(row::UPDATE_FLOW_LOG_3005).with([id])
        }
        ("delete_flow_log", Fault::NotFound { id, .. }) => {
            Refusal::new(row::DELETE_FLOW_LOG_3005).with([id])
        }
        (_, Fault::Backend(_) | Fault::Neighbour { .. } | Fault::Store(_)) => failed(call),
        (group, other) => super::rendered(group, other),
    }
}

/// The log service, the backend or the store did not do its part.
fn failed(call: &Call<'_>) -> Refusal {
    let row = match call.group {
        "create_flow_log" => row::CREATE_FLOW_LOG_3002_500,
        "update_flow_log" => row::UPDATE_FLOW_LOG_3002,
        "delete_flow_log" => row::DELETE_FLOW_LOG_3002,
        "list_flow_logs" => row::LIST_FLOW_LOGS_3002,
        _ => row::APIGW_0601,
    };
    Refusal::new(row).with([call.caller.project.as_str()])
}

/// The refusal for a value that breaks a rule of the wire.
pub fn invalid(group: &str, field: &str) -> Refusal {
    let row = match (group, field) {
        ("create_flow_log", _) => row::CREATE_FLOW_LOG_3001,
        ("list_flow_logs", _) => row::LIST_FLOW_LOGS_3001,
        ("show_flow_log", _) => row::SHOW_FLOW_LOG_3001,
        ("update_flow_log", "flowlog_id") => row::UPDATE_FLOW_LOG_3001,
        ("update_flow_log", _) => row::UPDATE_FLOW_LOG_3001_400,
        _ => row::DELETE_FLOW_LOG_3001,
    };
    Refusal::new(row).with([field])
}
