//! What happened, and what still has to: the audit trail and the reconciler's targets.

use jiff::Timestamp;
use serde_json::{Value, json};
use vpcd_dialect::Reply;
use vpcd_domain::store::event::{self, Event};
use vpcd_domain::store::{dirty, resource};

use super::ask::{Ask, shown};
use super::refused::Refused;
use super::{list, ok};

/// Events of one page, when the request does not say.
const PAGE: i64 = 100;
const PAGE_MAX: i64 = 1000;
/// Targets that are shown at most.
const TARGETS: i64 = 1000;
/// Fields of documents that nobody reads, wherever they stand.
const SECRET: [&str; 9] = [
    "password",
    "password_hash",
    "psk",
    "pre_shared_key",
    "private_key",
    "sealed",
    "secret",
    "secret_key",
    "token",
];

/// A page of the audit trail: what follows the event with the number `after`.
pub(super) fn events(ask: &Ask<'_>) -> Result<Reply, Refused> {
    let after = ask.number("after", 0, i64::MAX)?.unwrap_or(0);
    let limit = ask.number("limit", 1, PAGE_MAX)?.unwrap_or(PAGE);
    let events = ask.read(move |tx, _| Ok(event::list(tx.rows(), after, limit)?))?;
    let next = events.last().map_or(after, |last| last.seq);
    let rows: Vec<Value> = events.into_iter().map(event_json).collect();
    ok(json!({"events": rows, "next": next}))
}

/// The targets whose fabric is not as asked yet, and the resources that wait for them.
pub(super) fn targets(ask: &Ask<'_>) -> Result<Reply, Refused> {
    let rows = ask.read(|tx, cx| {
        let now = cx.now.as_microsecond();
        let mut rows = Vec::new();
        for (target, since, due) in dirty::list(tx.rows(), TARGETS)? {
            let pending: Vec<Value> = resource::pending(tx.rows(), &target)?
                .into_iter()
                .map(|row| json!({"kind": row.kind, "id": row.id, "lifecycle": row.lifecycle}))
                .collect();
            rows.push(json!({
                "target": target,
                "state": if due <= now { "due" } else { "waiting" },
                "since": time(since),
                "due": time(due),
                "pending": pending,
            }));
        }
        Ok(rows)
    })?;
    list("targets", rows)
}

fn event_json(event: Event) -> Value {
    let (before, after) = (event.before.map(document), event.after.map(document));
    let change = match (&before, &after) {
        (None, _) => "created",
        (Some(_), Some(_)) => "changed",
        (Some(_), None) => "deleted",
    };
    json!({
        "seq": event.seq,
        "at": time(event.at),
        "account": event.account,
        "project": event.project,
        "user": event.user,
        "request_id": event.request_id,
        "operation": event.operation,
        "target": event.target,
        "change": change,
        "before": before,
        "after": after,
    })
}

fn document(text: String) -> Value {
    let mut value = shown(text);
    redact(&mut value);
    value
}

fn redact(value: &mut Value) {
    match value {
        Value::Object(fields) => {
            fields.retain(|name, _| !SECRET.contains(&name.as_str()));
            fields.values_mut().for_each(redact);
        }
        Value::Array(list) => list.iter_mut().for_each(redact),
        _ => {}
    }
}

fn time(micros: i64) -> Value {
    json!(Timestamp::from_microsecond(micros).ok())
}
