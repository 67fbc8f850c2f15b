//! Tallies: how many there are of something, kept in the transaction that adds or removes it.
//!
//! Counting rows takes longer the more there are; a tally is one row by key. Whoever writes the rows writes the tally.

use crate::Error;
use crate::Tx;
use crate::tx::all;
use crate::tx::one;

/// Adds to a tally, which begins at nothing; one that falls to nothing is forgotten.
pub fn add(tx: &mut dyn Tx, scope: &str, kind: &str, more: i64) -> Result<(), Error> {
    let now = one(
        tx,
        "-- tally::add\nINSERT INTO tally (scope, kind, n) VALUES ($1, $2, $3) \
         ON CONFLICT (scope, kind) DO UPDATE SET n = tally.n + excluded.n RETURNING n",
        &[scope.into(), kind.into(), more.into()],
        |record| record.int(0),
    )?;
    if now == Some(0) {
        tx.execute(
            "-- tally::forget\nDELETE FROM tally WHERE scope = $1 AND kind = $2",
            &[scope.into(), kind.into()],
        )?;
    }
    Ok(())
}

/// How many there are.
pub fn get(tx: &mut dyn Tx, scope: &str, kind: &str) -> Result<i64, Error> {
    let n = one(
        tx,
        "-- tally::get\nSELECT n FROM tally WHERE scope = $1 AND kind = $2",
        &[scope.into(), kind.into()],
        |record| record.int(0),
    )?;
    Ok(n.unwrap_or(0))
}

/// Every tally of a scope as (kind, n), by kind.
pub fn of(tx: &mut dyn Tx, scope: &str) -> Result<Vec<(String, i64)>, Error> {
    all(
        tx,
        "-- tally::of\nSELECT kind, n FROM tally WHERE scope = $1 ORDER BY kind",
        &[scope.into()],
        |record| Ok((record.text(0)?, record.int(1)?)),
    )
}

/// Forgets the tallies of a scope.
pub fn clear(tx: &mut dyn Tx, scope: &str) -> Result<(), Error> {
    tx.execute(
        "-- tally::clear\nDELETE FROM tally WHERE scope = $1",
        &[scope.into()],
    )
    .map(drop)
}

/// Every tally as (scope, kind, n), in order.
pub fn every(tx: &mut dyn Tx) -> Result<Vec<(String, String, i64)>, Error> {
    all(
        tx,
        "-- tally::every\nSELECT scope, kind, n FROM tally ORDER BY scope, kind",
        &[],
        |record| Ok((record.text(0)?, record.text(1)?, record.int(2)?)),
    )
}
