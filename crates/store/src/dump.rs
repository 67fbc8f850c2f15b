//! The whole database as one JSON value: export, import, snapshots, moving from one database to the other.

use serde::Deserialize;
use serde::Serialize;
use serde_json::Value as Json;

use crate::Error;
use crate::Tx;
use crate::claim;
use crate::claim::Claim;
use crate::credential;
use crate::credential::Credential;
use crate::dirty;
use crate::edge;
use crate::event;
use crate::event::Event;
use crate::replay;
use crate::replay::Entry;
use crate::resource;
use crate::resource::Row;
use crate::setting;
use crate::tally;

/// The format's version; a reader refuses every other.
const FORMAT: i64 = 1;

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Dump {
    format: i64,
    resource: Vec<Row>,
    edge: Vec<(String, String, String)>,
    claim: Vec<Claim>,
    dirty: Vec<(String, i64, i64)>,
    replay: Vec<(String, String, Entry)>,
    credential: Vec<Credential>,
    event: Vec<Event>,
    setting: Vec<(String, String)>,
    /// Absent in exports of before there were any.
    #[serde(default)]
    tally: Vec<(String, String, i64)>,
}

/// Everything, in a stable order. Sealed secrets stay sealed.
pub fn export(tx: &mut dyn Tx) -> Result<Json, Error> {
    let dump = Dump {
        format: FORMAT,
        resource: resource::every(tx)?,
        edge: edge::every(tx)?,
        claim: claim::every(tx)?,
        dirty: dirty::list(tx, i64::MAX)?,
        replay: replay::every(tx)?,
        credential: credential::every(tx)?,
        event: event::list(tx, i64::MIN, i64::MAX)?,
        setting: setting::list(tx, "")?,
        tally: tally::every(tx)?,
    };
    serde_json::to_value(dump).map_err(|error| Error::Corrupt(format!("export: {error}")))
}

/// Replaces everything by what an export holds; `Corrupt`, and nothing is changed, when it is not one of this
/// version.
pub fn import(tx: &mut dyn Tx, dump: &Json) -> Result<(), Error> {
    match dump.get("format").and_then(Json::as_i64) {
        Some(FORMAT) => {}
        Some(other) => {
            return Err(Error::Corrupt(format!(
                "the export has format {other}, this program reads format {FORMAT}"
            )));
        }
        None => return Err(Error::Corrupt("not an export: no format".to_owned())),
    }
    let dump = Dump::deserialize(dump)
        .map_err(|error| Error::Corrupt(format!("not a sound export: {error}")))?;
    empty(tx)?;
    fill(tx, &dump)
}

fn empty(tx: &mut dyn Tx) -> Result<(), Error> {
    for sql in [
        "-- dump::empty\nDELETE FROM edge",
        "-- dump::empty\nDELETE FROM resource",
        "-- dump::empty\nDELETE FROM claim",
        "-- dump::empty\nDELETE FROM dirty",
        "-- dump::empty\nDELETE FROM replay",
        "-- dump::empty\nDELETE FROM credential",
        "-- dump::empty\nDELETE FROM event",
        "-- dump::empty\nDELETE FROM setting",
        "-- dump::empty\nDELETE FROM tally",
    ] {
        tx.execute(sql, &[])?;
    }
    Ok(())
}

fn fill(tx: &mut dyn Tx, dump: &Dump) -> Result<(), Error> {
    for row in &dump.resource {
        resource::insert(tx, row)?;
    }
    for (from, role, to) in &dump.edge {
        edge::put(tx, from, role, to)?;
    }
    for Claim { space, key, owner } in &dump.claim {
        if !claim::take(tx, space, key, owner)? {
            return Err(Error::Unique);
        }
    }
    for (target, since, due) in &dump.dirty {
        dirty::mark(tx, target, *since, *due)?;
    }
    for (scope, token, entry) in &dump.replay {
        replay::put(tx, scope, token, entry)?;
    }
    for credential in &dump.credential {
        credential::insert(tx, credential)?;
    }
    for event in &dump.event {
        event::restore(tx, event)?;
    }
    for (key, value) in &dump.setting {
        setting::put(tx, key, value)?;
    }
    for (scope, kind, n) in &dump.tally {
        tally::add(tx, scope, kind, *n)?;
    }
    tx.renumber()
}
