//! Targets whose fabric may differ from the intent: the reconciler's queue, written in the same commit.

use crate::Error;
use crate::Record;
use crate::Tx;
use crate::tx::all;
use crate::tx::one;
use crate::tx::page;

/// Marks a target as changed at `since` and to be looked at when `due` (both microseconds since 1970).
///
/// The given `due` replaces the old one. `since` always ends above the old one, even while the clock stands
/// still, so that [`clear`] cannot swallow a mark that came after the reconciler looked.
pub fn mark(tx: &mut dyn Tx, target: &str, since: i64, due: i64) -> Result<(), Error> {
    tx.execute(
        "-- dirty::mark\nINSERT INTO dirty (target, since, due) VALUES ($1, $2, $3) \
         ON CONFLICT (target) DO UPDATE SET due = excluded.due, \
         since = CASE WHEN excluded.since > dirty.since THEN excluded.since ELSE dirty.since + 1 END",
        &[target.into(), since.into(), due.into()],
    )
    .map(drop)
}

/// Up to `limit` targets that are due at `now` as (target, since, due), the longest due first.
pub fn ready(tx: &mut dyn Tx, now: i64, limit: i64) -> Result<Vec<(String, i64, i64)>, Error> {
    all(
        tx,
        "-- dirty::ready\nSELECT target, since, due FROM dirty WHERE due <= $1 ORDER BY due, target LIMIT $2",
        &[now.into(), page(limit)],
        read,
    )
}

/// When the next target is due.
pub fn next_due(tx: &mut dyn Tx) -> Result<Option<i64>, Error> {
    one(
        tx,
        "-- dirty::next_due\nSELECT due FROM dirty ORDER BY due LIMIT 1",
        &[],
        |record| record.int(0),
    )
}

/// Removes a mark if it is still the one of `since`; false when it is newer or gone.
pub fn clear(tx: &mut dyn Tx, target: &str, since: i64) -> Result<bool, Error> {
    let cleared = tx.execute(
        "-- dirty::clear\nDELETE FROM dirty WHERE target = $1 AND since = $2",
        &[target.into(), since.into()],
    )?;
    Ok(cleared == 1)
}

/// Up to `limit` marks as (target, since, due), by target.
pub fn list(tx: &mut dyn Tx, limit: i64) -> Result<Vec<(String, i64, i64)>, Error> {
    all(
        tx,
        "-- dirty::list\nSELECT target, since, due FROM dirty ORDER BY target LIMIT $1",
        &[page(limit)],
        read,
    )
}

fn read(record: &dyn Record) -> Result<(String, i64, i64), Error> {
    Ok((record.text(0)?, record.int(1)?, record.int(2)?))
}
