//! Answers kept for requests that come twice with the same token.

use serde::Deserialize;
use serde::Serialize;

use crate::Error;
use crate::Record;
use crate::Tx;
use crate::tx::all;
use crate::tx::one;

/// The answer to a request, and what the request was.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Entry {
    /// Digest of the request: the same token on another request is a mistake.
    pub digest: String,
    /// The status answered.
    pub status: i64,
    /// The body answered.
    pub body: String,
    /// When it may be forgotten, in microseconds since 1970.
    pub expires: i64,
}

/// The answer kept for a token, expired or not.
pub fn get(tx: &mut dyn Tx, scope: &str, token: &str) -> Result<Option<Entry>, Error> {
    one(
        tx,
        "-- replay::get\nSELECT digest, status, body, expires FROM replay WHERE scope = $1 AND token = $2",
        &[scope.into(), token.into()],
        |record| read(record, 0),
    )
}

/// Keeps an answer in place of any earlier one.
pub fn put(tx: &mut dyn Tx, scope: &str, token: &str, entry: &Entry) -> Result<(), Error> {
    tx.execute(
        "-- replay::put\nINSERT INTO replay (scope, token, digest, status, body, expires) \
         VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT (scope, token) DO UPDATE SET \
         digest = excluded.digest, status = excluded.status, body = excluded.body, expires = excluded.expires",
        &[
            scope.into(),
            token.into(),
            (&entry.digest).into(),
            entry.status.into(),
            (&entry.body).into(),
            entry.expires.into(),
        ],
    )
    .map(drop)
}

/// Keeps an answer until `expires`, if there is one.
pub fn touch(tx: &mut dyn Tx, scope: &str, token: &str, expires: i64) -> Result<(), Error> {
    tx.execute(
        "-- replay::touch\nUPDATE replay SET expires = $1 WHERE scope = $2 AND token = $3",
        &[expires.into(), scope.into(), token.into()],
    )
    .map(drop)
}

/// Forgets what has expired at `now` and says how much that was.
pub fn expire(tx: &mut dyn Tx, now: i64) -> Result<u64, Error> {
    tx.execute(
        "-- replay::expire\nDELETE FROM replay WHERE expires <= $1",
        &[now.into()],
    )
}

/// Every answer kept as (scope, token, entry), by scope and token.
pub(crate) fn every(tx: &mut dyn Tx) -> Result<Vec<(String, String, Entry)>, Error> {
    all(
        tx,
        "-- replay::every\nSELECT scope, token, digest, status, body, expires FROM replay \
         ORDER BY scope, token",
        &[],
        |record| Ok((record.text(0)?, record.text(1)?, read(record, 2)?)),
    )
}

fn read(record: &dyn Record, first: usize) -> Result<Entry, Error> {
    Ok(Entry {
        digest: record.text(first)?,
        status: record.int(first + 1)?,
        body: record.text(first + 2)?,
        expires: record.int(first + 3)?,
    })
}
