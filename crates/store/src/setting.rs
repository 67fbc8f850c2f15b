//! The operator's settings: a key, a value.

use crate::Error;
use crate::Tx;
use crate::tx::all;
use crate::tx::one;
use crate::tx::page;

/// The value of a key.
pub fn get(tx: &mut dyn Tx, key: &str) -> Result<Option<String>, Error> {
    one(
        tx,
        "-- setting::get\nSELECT value FROM setting WHERE key = $1",
        &[key.into()],
        |record| record.text(0),
    )
}

/// Sets a key.
pub fn put(tx: &mut dyn Tx, key: &str, value: &str) -> Result<(), Error> {
    tx.execute(
        "-- setting::put\nINSERT INTO setting (key, value) VALUES ($1, $2) \
         ON CONFLICT (key) DO UPDATE SET value = excluded.value",
        &[key.into(), value.into()],
    )
    .map(drop)
}

/// Removes a key; false when it was not set.
pub fn delete(tx: &mut dyn Tx, key: &str) -> Result<bool, Error> {
    let deleted = tx.execute(
        "-- setting::delete\nDELETE FROM setting WHERE key = $1",
        &[key.into()],
    )?;
    Ok(deleted == 1)
}

/// The settings whose keys begin with `prefix` as (key, value), by key.
pub fn list(tx: &mut dyn Tx, prefix: &str) -> Result<Vec<(String, String)>, Error> {
    first(tx, prefix, i64::MAX)
}

/// Up to `limit` settings whose keys begin with `prefix` as (key, value), by key.
pub fn first(tx: &mut dyn Tx, prefix: &str, limit: i64) -> Result<Vec<(String, String)>, Error> {
    // A range, unlike LIKE, uses the index on both databases and has no wildcards; keys do not hold U+10FFFF.
    let end = format!("{prefix}\u{10FFFF}");
    all(
        tx,
        "-- setting::list\nSELECT key, value FROM setting WHERE key >= $1 AND key < $2 ORDER BY key LIMIT $3",
        &[prefix.into(), (&end).into(), page(limit)],
        |record| Ok((record.text(0)?, record.text(1)?)),
    )
}
