//! What the clouds promise, as the operator asks for it: operations, error rows, and the plan of faults.

use serde::Deserialize;
use serde_json::{Value, json};
use vpcd_dialect::fault_plan::Planned;
use vpcd_dialect::{Access, Operation, Reply, Row};

use super::ask::{Ask, note};
use super::refused::Refused;
use super::{created, gone, list};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct NewFault {
    operation: String,
    row: String,
    #[serde(default = "once")]
    count: u32,
}

fn once() -> u32 {
    1
}

/// Every row of both clouds' error catalogues, with the cloud's name.
pub(crate) fn rows() -> impl Iterator<Item = (&'static str, &'static Row)> {
    let huawei = vpcd_huawei::generated::errors::ROWS
        .iter()
        .map(|row| ("huawei", row));
    huawei.chain(
        vpcd_baidu::generated::errors::ROWS
            .iter()
            .map(|row| ("baidu", row)),
    )
}

/// A row as the operator reads it.
pub(crate) fn explained(cloud: &str, row: &Row) -> Value {
    json!({
        "id": row.id,
        "cloud": cloud,
        "service": row.service,
        "group": row.group,
        "status": row.status,
        "code": row.code,
        "message": row.message,
        "when": row.when,
        "fix": row.fix,
    })
}

pub(super) fn error(ask: &Ask<'_>) -> Result<Reply, Refused> {
    let code = ask.param(0);
    let found: Vec<Value> = rows()
        .filter(|(_, row)| row.code.eq_ignore_ascii_case(code) || row.id == code)
        .map(|(cloud, row)| explained(cloud, row))
        .collect();
    match found.is_empty() {
        true => Err(Refused::missing("error code", code)),
        false => list("errors", found),
    }
}

pub(super) fn operations(_: &Ask<'_>) -> Result<Reply, Refused> {
    list("operations", every_operation(described))
}

pub(super) fn faults(ask: &Ask<'_>) -> Result<Reply, Refused> {
    list(
        "faults",
        ask.cloud
            .faults
            .list()
            .iter()
            .map(|planned| json!(planned))
            .collect(),
    )
}

/// Plans that the next calls of an operation answer a row.
pub(super) fn plan(ask: &Ask<'_>) -> Result<Reply, Refused> {
    let new: NewFault = ask.body()?;
    if !every_operation(|_, name, _| name == new.operation).contains(&true) {
        let hint = "GET operations lists them; the names begin with the cloud: huawei.create_vpc";
        return Err(Refused::missing("operation", &new.operation).hint(hint));
    }
    let cloud = new.operation.split('.').next().unwrap_or_default();
    if !rows().any(|(of, row)| of == cloud && row.id == new.row) {
        let hint = format!("GET errors/CODE shows the ids of the rows; they begin with {cloud}/");
        return Err(Refused::missing(&format!("row of {cloud} with the id"), &new.row).hint(hint));
    }
    if new.count == 0 {
        return Err(Refused::bad("count: at least 1"));
    }
    let planned = Planned {
        operation: new.operation,
        row: new.row,
        count: new.count,
    };
    let body = json!(planned);
    let audit = body.clone();
    ask.write(move |tx, _| {
        note(tx, "faults", None, Some(audit.clone()));
        Ok(())
    })?;
    ask.cloud.faults.add(planned);
    created(body)
}

/// Forgets every planned fault.
pub(super) fn clear(ask: &Ask<'_>) -> Result<Reply, Refused> {
    let before = json!(ask.cloud.faults.list());
    if before != json!([]) {
        ask.write(move |tx, _| {
            note(tx, "faults", Some(before.clone()), None);
            Ok(())
        })?;
        ask.cloud.faults.clear();
    }
    gone()
}

/// Hands every served operation of both clouds to `take`, with the cloud, its name and its access.
fn every_operation<T>(take: impl Fn(&'static str, &'static str, Value) -> T) -> Vec<T> {
    let mut out = Vec::new();
    for operation in &vpcd_huawei::generated::operations::OPERATIONS {
        out.push(take("huawei", operation.name, facts(operation)));
    }
    for operation in &vpcd_baidu::generated::operations::OPERATIONS {
        out.push(take("baidu", operation.name, facts(operation)));
    }
    out
}

fn facts<H>(operation: &Operation<H>) -> Value {
    json!({
        "id": operation.id,
        "service": operation.service,
        "method": operation.method,
        "path": operation.path,
        "flag": operation.flag,
        "status": operation.status,
        "group": operation.group,
        "access": match operation.access { Access::Read => "read", Access::Write => "write" },
        "action": operation.action,
    })
}

fn described(cloud: &'static str, name: &'static str, mut facts: Value) -> Value {
    facts["cloud"] = cloud.into();
    facts["name"] = name.into();
    facts
}
