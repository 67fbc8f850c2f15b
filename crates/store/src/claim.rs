//! Claims: names, addresses and numbers of which there is one each. Uniqueness is the primary key's job.

use serde::Deserialize;
use serde::Serialize;

use crate::Error;
use crate::Record;
use crate::Tx;
use crate::tx::all;
use crate::tx::one;
use crate::tx::page;

/// One key of a space, and who holds it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Claim {
    /// What the key is unique in, such as the addresses of one subnet.
    pub space: String,
    /// The key; keys of a space are ordered by their bytes.
    pub key: String,
    /// The holder, usually a resource's id.
    pub owner: String,
}

/// Takes a key; false when somebody, the same owner included, already holds it.
pub fn take(tx: &mut dyn Tx, space: &str, key: &str, owner: &str) -> Result<bool, Error> {
    let taken = tx.execute(
        "-- claim::take\nINSERT INTO claim (space, key, owner) VALUES ($1, $2, $3) \
         ON CONFLICT (space, key) DO NOTHING",
        &[space.into(), key.into(), owner.into()],
    )?;
    Ok(taken == 1)
}

/// Who holds a key.
pub fn holder(tx: &mut dyn Tx, space: &str, key: &str) -> Result<Option<String>, Error> {
    one(
        tx,
        "-- claim::holder\nSELECT owner FROM claim WHERE space = $1 AND key = $2",
        &[space.into(), key.into()],
        |record| record.text(0),
    )
}

/// Releases a key, whoever holds it; false when nobody did.
pub fn release(tx: &mut dyn Tx, space: &str, key: &str) -> Result<bool, Error> {
    let released = tx.execute(
        "-- claim::release\nDELETE FROM claim WHERE space = $1 AND key = $2",
        &[space.into(), key.into()],
    )?;
    Ok(released == 1)
}

/// Hands a key to another owner; false when nobody holds it.
pub fn set_owner(tx: &mut dyn Tx, space: &str, key: &str, owner: &str) -> Result<bool, Error> {
    let changed = tx.execute(
        "-- claim::set_owner\nUPDATE claim SET owner = $1 WHERE space = $2 AND key = $3",
        &[owner.into(), space.into(), key.into()],
    )?;
    Ok(changed == 1)
}

/// What an owner holds as (space, key), in that order.
pub fn of(tx: &mut dyn Tx, owner: &str) -> Result<Vec<(String, String)>, Error> {
    all(
        tx,
        "-- claim::of\nSELECT space, key FROM claim WHERE owner = $1 ORDER BY space, key",
        &[owner.into()],
        |record| Ok((record.text(0)?, record.text(1)?)),
    )
}

/// The first key of a space that an owner holds, such as its short id.
pub fn held(tx: &mut dyn Tx, owner: &str, space: &str) -> Result<Option<String>, Error> {
    one(
        tx,
        "-- claim::held\nSELECT key FROM claim WHERE owner = $1 AND space = $2 ORDER BY key LIMIT 1",
        &[owner.into(), space.into()],
        |record| record.text(0),
    )
}

/// The claim with the greatest key that is not above `key`.
pub fn floor(tx: &mut dyn Tx, space: &str, key: &str) -> Result<Option<Claim>, Error> {
    one(
        tx,
        "-- claim::floor\nSELECT space, key, owner FROM claim WHERE space = $1 AND key <= $2 \
         ORDER BY key DESC LIMIT 1",
        &[space.into(), key.into()],
        read,
    )
}

/// The claim with the least key that is not below `key`.
pub fn ceiling(tx: &mut dyn Tx, space: &str, key: &str) -> Result<Option<Claim>, Error> {
    one(
        tx,
        "-- claim::ceiling\nSELECT space, key, owner FROM claim WHERE space = $1 AND key >= $2 \
         ORDER BY key LIMIT 1",
        &[space.into(), key.into()],
        read,
    )
}

/// A page of a space's claims, by key, those after `after`.
pub fn list(
    tx: &mut dyn Tx,
    space: &str,
    after: Option<&str>,
    limit: i64,
) -> Result<Vec<Claim>, Error> {
    // The empty key is a key too, so "from the start" is its own statement.
    match after {
        Some(after) => all(
            tx,
            "-- claim::list_after\nSELECT space, key, owner FROM claim WHERE space = $1 AND key > $2 \
             ORDER BY key LIMIT $3",
            &[space.into(), after.into(), page(limit)],
            read,
        ),
        None => all(
            tx,
            "-- claim::list\nSELECT space, key, owner FROM claim WHERE space = $1 ORDER BY key LIMIT $2",
            &[space.into(), page(limit)],
            read,
        ),
    }
}

/// A page of a space's claims, by descending key, those before `before`.
pub fn list_back(
    tx: &mut dyn Tx,
    space: &str,
    before: Option<&str>,
    limit: i64,
) -> Result<Vec<Claim>, Error> {
    match before {
        Some(before) => all(
            tx,
            "-- claim::list_before\nSELECT space, key, owner FROM claim WHERE space = $1 AND key < $2 \
             ORDER BY key DESC LIMIT $3",
            &[space.into(), before.into(), page(limit)],
            read,
        ),
        None => all(
            tx,
            "-- claim::list_back\nSELECT space, key, owner FROM claim WHERE space = $1 ORDER BY key DESC LIMIT $2",
            &[space.into(), page(limit)],
            read,
        ),
    }
}

/// How many claims a space has.
pub fn count(tx: &mut dyn Tx, space: &str) -> Result<i64, Error> {
    let count = one(
        tx,
        "-- claim::count\nSELECT count(*) FROM claim WHERE space = $1",
        &[space.into()],
        |record| record.int(0),
    )?;
    Ok(count.unwrap_or(0))
}

/// Releases every key of a space.
pub fn clear(tx: &mut dyn Tx, space: &str) -> Result<(), Error> {
    tx.execute(
        "-- claim::clear\nDELETE FROM claim WHERE space = $1",
        &[space.into()],
    )
    .map(drop)
}

/// Every claim, by space and key.
pub(crate) fn every(tx: &mut dyn Tx) -> Result<Vec<Claim>, Error> {
    all(
        tx,
        "-- claim::every\nSELECT space, key, owner FROM claim ORDER BY space, key",
        &[],
        read,
    )
}

fn read(record: &dyn Record) -> Result<Claim, Error> {
    Ok(Claim {
        space: record.text(0)?,
        key: record.text(1)?,
        owner: record.text(2)?,
    })
}
