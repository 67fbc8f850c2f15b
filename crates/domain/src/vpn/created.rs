//! Times of creation that are unique within a project, because lists are paged by them.

use jiff::Timestamp;
use vpcd_store::claim;

use crate::fault::Fault;
use crate::resource::{Head, Resource};
use crate::tx::Tx;

/// How far ahead of the clock a burst of creations at one instant may run, in microseconds.
const AHEAD: i64 = 3_600_000_000;

/// Moves the creation behind the last one of the same kind and project, microsecond by microsecond.
pub fn stamp<T: Resource>(tx: &mut Tx<'_>, head: &mut Head) -> Result<(), Fault> {
    let space = format!("created/{}/{}", T::KIND.word(), head.project);
    let now = head.created.as_microsecond();
    let at = match claim::floor(tx.rows(), &space, &key(now.saturating_add(AHEAD)))? {
        Some(last) if last.key >= key(now) => micros(&last.key).saturating_add(1),
        _ => now,
    };
    head.created = Timestamp::from_microsecond(at).unwrap_or(head.created);
    claim::take(tx.rows(), &space, &key(at), &head.id)?;
    Ok(())
}

/// Sixteen hex digits: as a text they sort like the times, which lie after 1970.
fn key(micros: i64) -> String {
    format!("{micros:016x}")
}

fn micros(key: &str) -> i64 {
    i64::from_str_radix(key, 16).unwrap_or(0)
}
