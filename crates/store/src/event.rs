//! The audit trail: who changed what, in the same commit as the change.

use serde::Deserialize;
use serde::Serialize;

use crate::Error;
use crate::Record;
use crate::Tx;
use crate::Value;
use crate::tx::all;
use crate::tx::page;

/// One change.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Event {
    /// Its number, handed out by the database, growing and never reused.
    pub seq: i64,
    /// When, in microseconds since 1970.
    pub at: i64,
    /// The caller's account.
    pub account: String,
    /// The project it happened in.
    pub project: String,
    /// The caller.
    pub user: String,
    /// The request that did it.
    pub request_id: String,
    /// The operation's name.
    pub operation: String,
    /// What was changed.
    pub target: String,
    /// The document before, JSON; absent for a creation.
    pub before: Option<String>,
    /// The document after, JSON; absent for a deletion.
    pub after: Option<String>,
}

/// Appends an event under the next number; its own `seq` is ignored.
///
/// PostgreSQL hands numbers out when events are appended and shows events when they are committed, so a reader
/// can meet a number before it meets the one below.
pub fn append(tx: &mut dyn Tx, event: &Event) -> Result<(), Error> {
    tx.execute(
        "-- event::append\nINSERT INTO event \
         (at, account, project, \"user\", request_id, operation, target, before, after) \
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
        &columns(event),
    )
    .map(drop)
}

/// A page of events in order, those after number `after`.
pub fn list(tx: &mut dyn Tx, after: i64, limit: i64) -> Result<Vec<Event>, Error> {
    all(
        tx,
        "-- event::list\nSELECT seq, at, account, project, \"user\", request_id, operation, target, before, after \
         FROM event WHERE seq > $1 ORDER BY seq LIMIT $2",
        &[after.into(), page(limit)],
        read,
    )
}

/// Forgets all but the newest `keep` events and says how many that were.
pub fn trim(tx: &mut dyn Tx, keep: i64) -> Result<u64, Error> {
    tx.execute(
        "-- event::trim\nDELETE FROM event WHERE seq <= \
         (SELECT seq FROM event ORDER BY seq DESC LIMIT 1 OFFSET $1)",
        &[page(keep)],
    )
}

/// Inserts an event under its own number.
pub(crate) fn restore(tx: &mut dyn Tx, event: &Event) -> Result<(), Error> {
    let mut params = columns(event).to_vec();
    params.push(event.seq.into());
    tx.execute(
        "-- event::restore\nINSERT INTO event \
         (at, account, project, \"user\", request_id, operation, target, before, after, seq) \
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)",
        &params,
    )
    .map(drop)
}

fn columns(event: &Event) -> [Value<'_>; 9] {
    [
        event.at.into(),
        (&event.account).into(),
        (&event.project).into(),
        (&event.user).into(),
        (&event.request_id).into(),
        (&event.operation).into(),
        (&event.target).into(),
        event.before.as_deref().into(),
        event.after.as_deref().into(),
    ]
}

fn read(record: &dyn Record) -> Result<Event, Error> {
    Ok(Event {
        seq: record.int(0)?,
        at: record.int(1)?,
        account: record.text(2)?,
        project: record.text(3)?,
        user: record.text(4)?,
        request_id: record.text(5)?,
        operation: record.text(6)?,
        target: record.text(7)?,
        before: record.opt_text(8)?,
        after: record.opt_text(9)?,
    })
}
