//! Edges: which resource uses which, and as what. They are the "in use" of the clouds.

use crate::Error;
use crate::Tx;
use crate::tx::all;
use crate::tx::one;
use crate::tx::page;

/// Adds an edge, or leaves the same one as it is; `ForeignKey` when either end is absent.
pub fn put(tx: &mut dyn Tx, from: &str, role: &str, to: &str) -> Result<(), Error> {
    // Selecting the ends, instead of running into the constraint, keeps the transaction alive on PostgreSQL.
    let added = tx.execute(
        "-- edge::put\nINSERT INTO edge (\"from\", role, \"to\") \
         SELECT f.id, CAST($1 AS TEXT), t.id FROM resource f, resource t WHERE f.id = $2 AND t.id = $3 \
         ON CONFLICT (\"from\", role, \"to\") DO NOTHING",
        &[role.into(), from.into(), to.into()],
    )?;
    if added == 0 && !exists(tx, from, role, to)? {
        return Err(Error::ForeignKey);
    }
    Ok(())
}

/// Removes an edge; false when there was none.
pub fn remove(tx: &mut dyn Tx, from: &str, role: &str, to: &str) -> Result<bool, Error> {
    let removed = tx.execute(
        "-- edge::remove\nDELETE FROM edge WHERE \"from\" = $1 AND role = $2 AND \"to\" = $3",
        &[from.into(), role.into(), to.into()],
    )?;
    Ok(removed == 1)
}

/// Removes every edge that leaves a resource.
pub fn clear(tx: &mut dyn Tx, from: &str) -> Result<(), Error> {
    tx.execute(
        "-- edge::clear\nDELETE FROM edge WHERE \"from\" = $1",
        &[from.into()],
    )
    .map(drop)
}

/// The edges that leave a resource as (role, to), in that order.
pub fn from(tx: &mut dyn Tx, from: &str) -> Result<Vec<(String, String)>, Error> {
    all(
        tx,
        "-- edge::from\nSELECT role, \"to\" FROM edge WHERE \"from\" = $1 ORDER BY role, \"to\"",
        &[from.into()],
        |record| Ok((record.text(0)?, record.text(1)?)),
    )
}

/// Up to `limit` edges that arrive at a resource as (from, role), in that order.
pub fn to(tx: &mut dyn Tx, to: &str, limit: i64) -> Result<Vec<(String, String)>, Error> {
    all(
        tx,
        "-- edge::to\nSELECT \"from\", role FROM edge WHERE \"to\" = $1 ORDER BY \"from\", role LIMIT $2",
        &[to.into(), page(limit)],
        |record| Ok((record.text(0)?, record.text(1)?)),
    )
}

/// Every edge as (from, role, to), in that order.
pub(crate) fn every(tx: &mut dyn Tx) -> Result<Vec<(String, String, String)>, Error> {
    all(
        tx,
        "-- edge::every\nSELECT \"from\", role, \"to\" FROM edge ORDER BY \"from\", role, \"to\"",
        &[],
        |record| Ok((record.text(0)?, record.text(1)?, record.text(2)?)),
    )
}

fn exists(tx: &mut dyn Tx, from: &str, role: &str, to: &str) -> Result<bool, Error> {
    let edge = one(
        tx,
        "-- edge::exists\nSELECT role FROM edge WHERE \"from\" = $1 AND role = $2 AND \"to\" = $3",
        &[from.into(), role.into(), to.into()],
        |_| Ok(()),
    )?;
    Ok(edge.is_some())
}
