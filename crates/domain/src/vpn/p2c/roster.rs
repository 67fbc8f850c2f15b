//! Lists in the order of creation that are shorter than a project's: what is below one server, who is in one group.
//!
//! Times of creation are unique within a project, so a time names its place in every such list.

use jiff::Timestamp;
use vpcd_store::claim;

use crate::fault::Fault;
use crate::resource::{Head, Resource};
use crate::tx::Tx;

/// Puts something on a list.
pub(super) fn enter(tx: &mut Tx<'_>, list: &str, head: &Head) -> Result<(), Fault> {
    claim::take(tx.rows(), list, &key(head.created), &head.id)?;
    Ok(())
}

/// Takes something off a list.
pub(super) fn leave(tx: &mut Tx<'_>, list: &str, head: &Head) -> Result<(), Fault> {
    claim::release(tx.rows(), list, &key(head.created))?;
    Ok(())
}

/// Up to `limit` of a list, those created after that time.
pub(super) fn page<T: Resource>(
    tx: &mut Tx<'_>,
    list: &str,
    after: Option<Timestamp>,
    limit: usize,
) -> Result<Vec<T>, Fault> {
    let after = after.map(key);
    let limit = i64::try_from(limit).unwrap_or(i64::MAX);
    let places = claim::list(tx.rows(), list, after.as_deref(), limit)?;
    let found = places.iter().map(|place| tx.any::<T>(&place.owner));
    found.filter_map(Result::transpose).collect()
}

/// Sixteen hex digits sort like the times, which lie after 1970.
fn key(at: Timestamp) -> String {
    format!("{:016x}", at.as_microsecond())
}
