//! Lists in the order of creation that are shorter than a project's: what is below one server, who is in one group.
//!
//! Times of creation are unique within a project, so a time names its place in every such list.

use jiff::Timestamp;
use vpcd_store::claim;

use crate::context::Context;
use crate::fault::Fault;
use crate::resource::{Head, Resource};
use crate::tx::Tx;
use crate::vpn::p2c::server::Server;

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

/// What is below a server, by its id.
pub(super) fn of<T: Resource>(
    tx: &mut Tx<'_>,
    cx: &Context<'_>,
    server: &str,
    id: &str,
) -> Result<T, Fault> {
    let it: T = tx.get(&cx.caller.project, id)?;
    match it.head().parent.as_deref() == Some(server) {
        true => Ok(it),
        false => Err(Fault::NotFound {
            kind: T::KIND,
            id: id.to_owned(),
        }),
    }
}

/// What is below a server of the caller's, by its id, as `view` shows it.
pub(super) fn show<T: Resource, V>(
    tx: &mut Tx<'_>,
    cx: &Context<'_>,
    server: &str,
    id: &str,
    view: fn(&mut Tx<'_>, T) -> Result<V, Fault>,
) -> Result<V, Fault> {
    tx.get::<Server>(&cx.caller.project, server)?;
    let it = of(tx, cx, server, id)?;
    view(tx, it)
}

/// A page of a list of what is below a server of the caller's, as `view` shows it, and how many there are.
pub(super) fn list<T: Resource, V>(
    tx: &mut Tx<'_>,
    cx: &Context<'_>,
    (server, list): (&str, &str),
    (after, limit): (Option<Timestamp>, usize),
    view: fn(&mut Tx<'_>, T) -> Result<V, Fault>,
) -> Result<(Vec<V>, u64), Fault> {
    tx.get::<Server>(&cx.caller.project, server)?;
    let page: Vec<T> = page(tx, list, after, limit)?;
    let views: Result<Vec<V>, Fault> = page.into_iter().map(|it| view(tx, it)).collect();
    Ok((views?, tx.count_children::<T>(server)?))
}

/// Sixteen hex digits sort like the times, which lie after 1970.
fn key(at: Timestamp) -> String {
    format!("{:016x}", at.as_microsecond())
}
