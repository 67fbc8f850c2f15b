//! Resources that go, with what points out of them and what they hold.

use crate::Error;
use crate::Tx;
use crate::Value;
use crate::tx::one;

/// Deletes a resource with its outgoing edges and its claims; `ForeignKey`, and nothing is changed, when another
/// resource's edge points at it; false when there is no such resource.
pub fn delete(tx: &mut dyn Tx, kind: &str, id: &str) -> Result<bool, Error> {
    let found = one(
        tx,
        "-- resource::delete_found\nSELECT \
         (SELECT role FROM edge WHERE \"to\" = $1 AND \"from\" <> $1 LIMIT 1) \
         FROM resource WHERE id = $1 AND kind = $2",
        &[id.into(), kind.into()],
        |record| record.opt_text(0),
    )?;
    match found {
        None => return Ok(false),
        Some(Some(_)) => return Err(Error::ForeignKey),
        Some(None) => {}
    }
    crate::edge::clear(tx, id)?;
    tx.execute(
        "-- resource::delete_claims\nDELETE FROM claim WHERE owner = $1",
        &[id.into()],
    )?;
    let deleted = tx.execute(
        "-- resource::delete\nDELETE FROM resource WHERE id = $1",
        &[id.into()],
    )?;
    Ok(deleted == 1)
}

/// Deletes the parts of one kind that a resource has, however many, with their outgoing edges and their claims;
/// `ForeignKey`, and nothing is changed, when an edge points at one of them.
pub fn delete_parts(tx: &mut dyn Tx, kind: &str, parent: &str) -> Result<u64, Error> {
    let parts: &[Value<'_>] = &[kind.into(), parent.into()];
    let used = one(
        tx,
        "-- resource::delete_parts_used\nSELECT e.role FROM resource r JOIN edge e ON e.\"to\" = r.id \
         WHERE r.kind = $1 AND r.parent = $2 LIMIT 1",
        parts,
        |_| Ok(()),
    )?;
    if used.is_some() {
        return Err(Error::ForeignKey);
    }
    tx.execute(
        "-- resource::delete_parts_edges\nDELETE FROM edge WHERE \"from\" IN \
         (SELECT id FROM resource WHERE kind = $1 AND parent = $2)",
        parts,
    )?;
    tx.execute(
        "-- resource::delete_parts_claims\nDELETE FROM claim WHERE owner IN \
         (SELECT id FROM resource WHERE kind = $1 AND parent = $2)",
        parts,
    )?;
    tx.execute(
        "-- resource::delete_parts\nDELETE FROM resource WHERE kind = $1 AND parent = $2",
        parts,
    )
}
