//! The operator's settings: a key, a value.

use crate::Error;
use crate::Tx;
use crate::tx::all;
use crate::tx::one;

/// The value of a key.
pub fn get(tx: &mut dyn Tx, key: &str) -> Result<Option<String>, Error> {
    one(
        tx,
        "-- setting::get\nSELECT value FROM setting WHERE key = $1",
        &[key.into()],
        |record| record.text(0),
    )
}

/// The values of up to four keys in one statement, none for a key that is not set.
pub fn several<const N: usize>(
    tx: &mut dyn Tx,
    keys: [&str; N],
) -> Result<[Option<String>; N], Error> {
    const { assert!(N >= 1 && N <= 4) };
    // The statement always has four; the first stands for those that are not asked for.
    let key = |n: usize| keys.get(n).unwrap_or(&keys[0]);
    let found = all(
        tx,
        "-- setting::several\nSELECT key, value FROM setting WHERE key IN ($1, $2, $3, $4)",
        &[
            (*key(0)).into(),
            (*key(1)).into(),
            (*key(2)).into(),
            (*key(3)).into(),
        ],
        |record| Ok((record.text(0)?, record.text(1)?)),
    )?;
    Ok(keys.map(|key| {
        let mut rows = found.iter();
        rows.find(|row| row.0 == key).map(|row| row.1.clone())
    }))
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
    // A range, unlike LIKE, uses the index on both databases and has no wildcards; keys do not hold U+10FFFF.
    let end = format!("{prefix}\u{10FFFF}");
    all(
        tx,
        "-- setting::list\nSELECT key, value FROM setting WHERE key >= $1 AND key < $2 ORDER BY key",
        &[prefix.into(), (&end).into()],
        |record| Ok((record.text(0)?, record.text(1)?)),
    )
}
