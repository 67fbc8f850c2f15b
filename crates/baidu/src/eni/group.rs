//! Security groups of interfaces.

use serde::Deserialize;
use serde_json::Value;
use vpcd_dialect::{Call, Refusal, Reply};
use vpcd_domain::security_group::SecurityGroup;
use vpcd_domain::{Context, Fault, Kind, Tx, interface};

use super::{change, id_of};
use crate::generated::errors as row;
use crate::wire;

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct GroupsWire {
    security_group_ids: Option<Vec<String>>,
    enterprise_security_group_ids: Option<Vec<String>>,
}

/// `PUT /v1/eni/{eniId}?bindSg`
pub fn bind(call: &Call<'_>) -> Result<Reply, Refusal> {
    let (id, wire) = (id_of(call)?, wire::body::<GroupsWire>(call)?);
    judge(call, id, wire.security_group_ids, false)
}

/// `PUT /v1/eni/{eniId}?bindEsg`
pub fn bind_enterprise(call: &Call<'_>) -> Result<Reply, Refusal> {
    let (id, wire) = (id_of(call)?, wire::body::<GroupsWire>(call)?);
    judge(call, id, wire.enterprise_security_group_ids, true)
}

fn judge(
    call: &Call<'_>,
    id: String,
    groups: Option<Vec<String>>,
    enterprise: bool,
) -> Result<Reply, Refusal> {
    let groups = groups.unwrap_or_default();
    if groups.iter().all(|id| id.trim().is_empty()) {
        return Err(row::ENI_SECURITY_GROUP_IDS_BLANK_EXCEPTION.into());
    }
    change(call, id, move |tx, cx, port| {
        let groups = ids(tx, cx, &groups, enterprise)?;
        interface::judge(tx, cx, &port.head.id, groups)?;
        Ok(Value::Null)
    })
}

/// The ids of groups of one sort that are named by their short ones.
pub(super) fn ids(
    tx: &mut Tx<'_>,
    cx: &Context<'_>,
    aliases: &[String],
    enterprise: bool,
) -> Result<Vec<String>, Fault> {
    let mut ids = Vec::with_capacity(aliases.len());
    for alias in aliases {
        let group: SecurityGroup = tx.by_alias(&cx.caller.project, alias)?;
        if group.network().is_none() != enterprise {
            return Err(Fault::NotFound {
                kind: Kind::SecurityGroup,
                id: alias.clone(),
            });
        }
        ids.push(group.head.id);
    }
    Ok(ids)
}
