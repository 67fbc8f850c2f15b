//! Ports into and out of a security group, several at once, v2.0.

use serde::Deserialize;
use serde_json::{Value, json};
use vpcd_dialect::{Call, Refusal, Reply, Row};
use vpcd_domain::port::Port;
use vpcd_domain::security_group::{self, SecurityGroup};
use vpcd_domain::{Context, Fault, Tx, condition};

use crate::faults::refuse;
use crate::generated::errors as row;
use crate::wire::is_uuid;

/// Most ports of one request.
const MOST: usize = 20;

#[derive(Deserialize)]
struct Body {
    ports: Option<Vec<IdWire>>,
    action: Option<String>,
}

#[derive(Deserialize)]
struct IdWire {
    id: Option<String>,
}

/// What cannot be done to one port: the row, and the words that it leaves open.
type Failure = (&'static Row, &'static str);

/// `POST /v2.0/{project_id}/security-groups/{security_group_id}/instance/action`
pub fn act(call: &Call<'_>) -> Result<Reply, Refusal> {
    let wrong = |words: &str| Refusal::new(row::SECURITY_GROUP_PORTS_0606).with([words]);
    let group = call.param("security_group_id").to_owned();
    if !is_uuid(&group) {
        return Err(wrong("Security group id is invalid"));
    }
    if call.request.body.is_empty() {
        return Err(wrong("Request is null"));
    }
    let body: Body = call
        .body()
        .map_err(|fault| wrong("Request is invalid").because(format!("{fault:?}")))?;
    let joins = match body.action.as_deref() {
        Some("add") => true,
        Some("remove") => false,
        _ => return Err(wrong("Action is invalid")),
    };
    let ports = body.ports.unwrap_or_default();
    match ports.len() {
        0 => return Err(wrong("Ports list is empty")),
        count if count > MOST => return Err(row::SECURITY_GROUP_PORTS_0609.into()),
        _ => {}
    }
    let ids = ports
        .into_iter()
        .map(|port| port.id.filter(|id| is_uuid(id)));
    let ids: Option<Vec<String>> = ids.collect();
    let ids = ids.ok_or_else(|| wrong("Port id is invalid"))?;
    let failed = call
        .write(move |tx, cx| {
            tx.get::<SecurityGroup>(&cx.caller.project, &group)?;
            condition::backend_writes(tx, cx)?;
            let mut failed = Vec::new();
            for id in &ids {
                if let Some(failure) = place(tx, cx, id, &group, joins)? {
                    failed.push(shown(id, failure));
                }
            }
            Ok(failed)
        })
        .map_err(|fault| refuse(call, fault))?;
    Ok(Reply::json(call.success, json!({"fail": failed})))
}

/// Puts one port into the group or takes it out; why that cannot be, when it cannot. Nothing is changed then.
fn place(
    tx: &mut Tx<'_>,
    cx: &mut Context<'_>,
    port: &str,
    group: &str,
    joins: bool,
) -> Result<Option<Failure>, Fault> {
    let groups = [group.to_owned()];
    let known: Option<Port> = tx.find(&cx.caller.project, port)?;
    let placed = match known {
        Some(_) if joins => security_group::join(tx, cx, port, &groups, None),
        Some(known) if known.security_groups == groups => {
            let words = "An instance must belong to at least one security group";
            return Ok(Some((row::SECURITY_GROUP_PORTS_0607, words)));
        }
        _ => security_group::leave(tx, cx, port, &groups),
    };
    match placed {
        Ok(_) => Ok(None),
        Err(Fault::Unsuitable { .. }) => {
            let words = "Security group of this instance doesn't exist";
            Ok(Some((row::SECURITY_GROUP_PORTS_0607, words)))
        }
        Err(Fault::NotFound { .. } | Fault::InUse { .. }) => {
            Ok(Some((row::SECURITY_GROUP_PORTS_0608, "")))
        }
        Err(fault) => Err(fault),
    }
}

fn shown(id: &str, (row, words): Failure) -> Value {
    json!({
        "id": id,
        "error_code": row.code,
        "error_msg": row.render(&[words.to_owned()]),
    })
}
