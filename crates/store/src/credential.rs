//! Sealed secrets of users and accounts; sealing is the caller's business.

use serde::Deserialize;
use serde::Serialize;

use crate::Error;
use crate::Record;
use crate::Tx;
use crate::Value;
use crate::tx::all;
use crate::tx::one;

/// A secret and whose it is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Credential {
    /// What names it, such as an access key.
    pub id: String,
    /// What it is: `access_key`, `password`, `token_key`.
    pub kind: String,
    /// The cloud whose words it speaks.
    pub cloud: String,
    /// The resource id of the user or account.
    pub owner: String,
    /// The secret, encrypted or hashed.
    pub sealed: Vec<u8>,
    /// When it was created, in microseconds since 1970.
    pub created: i64,
}

/// Adds a credential; `Unique` when the id exists.
pub fn insert(tx: &mut dyn Tx, credential: &Credential) -> Result<(), Error> {
    let inserted = tx.execute(
        "-- credential::insert\nINSERT INTO credential (id, kind, cloud, owner, sealed, created) \
         VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT (id) DO NOTHING",
        &[
            (&credential.id).into(),
            (&credential.kind).into(),
            (&credential.cloud).into(),
            (&credential.owner).into(),
            Value::Blob(&credential.sealed),
            credential.created.into(),
        ],
    )?;
    if inserted == 0 {
        return Err(Error::Unique);
    }
    Ok(())
}

/// The credential with this id.
pub fn get(tx: &mut dyn Tx, id: &str) -> Result<Option<Credential>, Error> {
    one(
        tx,
        "-- credential::get\nSELECT id, kind, cloud, owner, sealed, created FROM credential WHERE id = $1",
        &[id.into()],
        read,
    )
}

/// The credentials of an owner, by id.
pub fn of_owner(tx: &mut dyn Tx, owner: &str) -> Result<Vec<Credential>, Error> {
    all(
        tx,
        "-- credential::of_owner\nSELECT id, kind, cloud, owner, sealed, created FROM credential \
         WHERE owner = $1 ORDER BY id",
        &[owner.into()],
        read,
    )
}

/// Deletes a credential; false when there was none.
pub fn delete(tx: &mut dyn Tx, id: &str) -> Result<bool, Error> {
    let deleted = tx.execute(
        "-- credential::delete\nDELETE FROM credential WHERE id = $1",
        &[id.into()],
    )?;
    Ok(deleted == 1)
}

/// Every credential, by id.
pub(crate) fn every(tx: &mut dyn Tx) -> Result<Vec<Credential>, Error> {
    all(
        tx,
        "-- credential::every\nSELECT id, kind, cloud, owner, sealed, created FROM credential ORDER BY id",
        &[],
        read,
    )
}

fn read(record: &dyn Record) -> Result<Credential, Error> {
    Ok(Credential {
        id: record.text(0)?,
        kind: record.text(1)?,
        cloud: record.text(2)?,
        owner: record.text(3)?,
        sealed: record.blob(4)?,
        created: record.int(5)?,
    })
}
