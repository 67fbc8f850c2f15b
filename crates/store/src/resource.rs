//! Resources: what the clouds' users create, one typed document per row.

use serde::Deserialize;
use serde::Serialize;

use crate::tx::{all, one, page};
use crate::{Error, Record, Tx, Value};

mod delete;

pub use delete::{delete, delete_parts};

/// A resource as it is stored.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Row {
    /// Unique over all kinds.
    pub id: String,
    /// What it is.
    pub kind: String,
    /// Whose it is.
    pub project: String,
    /// The resource of which it is a part.
    pub parent: Option<String>,
    /// The reconcile target that its intent belongs to.
    pub target: String,
    /// Counts changes of the intent.
    pub generation: i64,
    /// The generation that the fabric has reached.
    pub observed: i64,
    /// Its stage of life, in the domain's words.
    pub lifecycle: String,
    /// When it was created, in microseconds since 1970.
    pub created: i64,
    /// The version of the document's shape.
    pub version: i64,
    /// The document, JSON.
    pub doc: String,
}

/// Sorts behind every id.
const LAST: &str = "~";

/// A query for whole rows: the columns in the order in which `read` takes them.
macro_rules! select {
    ($name:literal, $rest:literal) => {
        concat!(
            "-- ",
            $name,
            "\nSELECT id, kind, project, parent, target, generation, observed, lifecycle, created, version, doc \
             FROM resource ",
            $rest
        )
    };
}

/// Inserts a resource; `Unique` when the id exists.
pub fn insert(tx: &mut dyn Tx, row: &Row) -> Result<(), Error> {
    let inserted = tx.execute(
        "-- resource::insert\nINSERT INTO resource \
         (id, kind, project, parent, target, generation, observed, lifecycle, created, version, doc) \
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11) ON CONFLICT (id) DO NOTHING",
        &[
            Value::Text(&row.id),
            Value::Text(&row.kind),
            Value::Text(&row.project),
            row.parent.as_deref().into(),
            Value::Text(&row.target),
            Value::Int(row.generation),
            Value::Int(row.observed),
            Value::Text(&row.lifecycle),
            Value::Int(row.created),
            Value::Int(row.version),
            Value::Text(&row.doc),
        ],
    )?;
    if inserted == 0 {
        return Err(Error::Unique);
    }
    Ok(())
}

/// The resource of this kind with this id.
pub fn get(tx: &mut dyn Tx, kind: &str, id: &str) -> Result<Option<Row>, Error> {
    one(
        tx,
        select!("resource::get", "WHERE id = $1 AND kind = $2"),
        &[id.into(), kind.into()],
        read,
    )
}

/// The resource of this kind that holds the key of a space, such as a short id.
pub fn holding(tx: &mut dyn Tx, kind: &str, space: &str, key: &str) -> Result<Option<Row>, Error> {
    one(
        tx,
        select!(
            "resource::holding",
            "WHERE kind = $1 AND id = (SELECT owner FROM claim WHERE space = $2 AND key = $3)"
        ),
        &[kind.into(), space.into(), key.into()],
        read,
    )
}

/// Replaces every column but id, kind and created; false when there is no such resource.
pub fn update(tx: &mut dyn Tx, row: &Row) -> Result<bool, Error> {
    let updated = tx.execute(
        "-- resource::update\nUPDATE resource SET project = $1, parent = $2, target = $3, generation = $4, \
         observed = $5, lifecycle = $6, version = $7, doc = $8 WHERE id = $9 AND kind = $10",
        &[
            Value::Text(&row.project),
            row.parent.as_deref().into(),
            Value::Text(&row.target),
            Value::Int(row.generation),
            Value::Int(row.observed),
            Value::Text(&row.lifecycle),
            Value::Int(row.version),
            Value::Text(&row.doc),
            Value::Text(&row.id),
            Value::Text(&row.kind),
        ],
    )?;
    Ok(updated == 1)
}

/// A page of a project's resources of one kind, by id, those after `after`.
pub fn list(
    tx: &mut dyn Tx,
    kind: &str,
    project: &str,
    after: Option<&str>,
    limit: i64,
) -> Result<Vec<Row>, Error> {
    beyond(
        tx,
        select!(
            "resource::list",
            "WHERE kind = $1 AND project = $2 AND id > $3 ORDER BY id LIMIT $4"
        ),
        &[kind.into(), project.into()],
        after.unwrap_or(""),
        limit,
    )
}

/// A page of a project's resources of one kind, by descending id, those before `before`.
pub fn list_back(
    tx: &mut dyn Tx,
    kind: &str,
    project: &str,
    before: Option<&str>,
    limit: i64,
) -> Result<Vec<Row>, Error> {
    beyond(
        tx,
        select!(
            "resource::list_back",
            "WHERE kind = $1 AND project = $2 AND id < $3 ORDER BY id DESC LIMIT $4"
        ),
        &[kind.into(), project.into()],
        before.unwrap_or(LAST),
        limit,
    )
}

/// A page of a project's resources of one kind, by creation and id, those after `after`.
pub fn list_created(
    tx: &mut dyn Tx,
    kind: &str,
    project: &str,
    after: Option<(i64, &str)>,
    limit: i64,
) -> Result<Vec<Row>, Error> {
    let (created, id) = after.unwrap_or((i64::MIN, ""));
    all(
        tx,
        select!(
            "resource::list_created",
            "WHERE kind = $1 AND project = $2 AND (created, id) > ($3, $4) ORDER BY created, id LIMIT $5"
        ),
        &[
            kind.into(),
            project.into(),
            created.into(),
            id.into(),
            page(limit),
        ],
        read,
    )
}

/// A page of the parts of one kind that a resource has, by id, those after `after`.
pub fn children(
    tx: &mut dyn Tx,
    kind: &str,
    parent: &str,
    after: Option<&str>,
    limit: i64,
) -> Result<Vec<Row>, Error> {
    beyond(
        tx,
        select!(
            "resource::children",
            "WHERE kind = $1 AND parent = $2 AND id > $3 ORDER BY id LIMIT $4"
        ),
        &[kind.into(), parent.into()],
        after.unwrap_or(""),
        limit,
    )
}

/// A page of the parts of one kind that a resource has, by descending id, those before `before`.
pub fn children_back(
    tx: &mut dyn Tx,
    kind: &str,
    parent: &str,
    before: Option<&str>,
    limit: i64,
) -> Result<Vec<Row>, Error> {
    beyond(
        tx,
        select!(
            "resource::children_back",
            "WHERE kind = $1 AND parent = $2 AND id < $3 ORDER BY id DESC LIMIT $4"
        ),
        &[kind.into(), parent.into()],
        before.unwrap_or(LAST),
        limit,
    )
}

/// How many resources of one kind a project has.
pub fn count(tx: &mut dyn Tx, kind: &str, project: &str) -> Result<i64, Error> {
    let count = one(
        tx,
        "-- resource::count\nSELECT count(*) FROM resource WHERE kind = $1 AND project = $2",
        &[kind.into(), project.into()],
        |record| record.int(0),
    )?;
    Ok(count.unwrap_or(0))
}

/// How many parts of one kind a resource has.
pub fn count_children(tx: &mut dyn Tx, kind: &str, parent: &str) -> Result<i64, Error> {
    let count = one(
        tx,
        "-- resource::count_children\nSELECT count(*) FROM resource WHERE kind = $1 AND parent = $2",
        &[kind.into(), parent.into()],
        |record| record.int(0),
    )?;
    Ok(count.unwrap_or(0))
}

/// A page of the resources of one kind over all projects, by id, those after `after`.
pub fn any_kind(
    tx: &mut dyn Tx,
    kind: &str,
    after: Option<&str>,
    limit: i64,
) -> Result<Vec<Row>, Error> {
    beyond(
        tx,
        select!(
            "resource::any_kind",
            "WHERE kind = $1 AND id > $2 ORDER BY id LIMIT $3"
        ),
        &[kind.into()],
        after.unwrap_or(""),
        limit,
    )
}

/// The resources of a target that the fabric has not reached yet, by id.
pub fn pending(tx: &mut dyn Tx, target: &str) -> Result<Vec<Row>, Error> {
    all(
        tx,
        select!(
            "resource::pending",
            "WHERE target = $1 AND observed < generation ORDER BY id"
        ),
        &[target.into()],
        read,
    )
}

/// A page of a project's resources of one kind that the fabric has not reached, each a target below `prefix`, by target.
pub fn pending_below(
    tx: &mut dyn Tx,
    kind: &str,
    project: &str,
    prefix: &str,
    after: Option<&str>,
    limit: i64,
) -> Result<Vec<Row>, Error> {
    let first = format!("{prefix}{}", after.unwrap_or(""));
    let last = format!("{prefix}{LAST}");
    all(
        tx,
        select!(
            "resource::pending_below",
            // Few are pending: the index of those is to be used, not one of everything in the project.
            "WHERE target > $1 AND target < $2 AND observed < generation \
             AND kind || '' = $3 AND project || '' = $4 ORDER BY target, id LIMIT $5"
        ),
        &[
            first.as_str().into(),
            last.as_str().into(),
            kind.into(),
            project.into(),
            page(limit),
        ],
        read,
    )
}

/// A page of the resources of a target, by id, those after `after`.
pub fn of_target(
    tx: &mut dyn Tx,
    target: &str,
    after: Option<&str>,
    limit: i64,
) -> Result<Vec<Row>, Error> {
    beyond(
        tx,
        select!(
            "resource::of_target",
            "WHERE target = $1 AND id > $2 ORDER BY id LIMIT $3"
        ),
        &[target.into()],
        after.unwrap_or(""),
        limit,
    )
}

/// Notes that the fabric has reached `generation`; false when the intent has moved on meanwhile.
pub fn settle(tx: &mut dyn Tx, id: &str, generation: i64) -> Result<bool, Error> {
    let settled = tx.execute(
        "-- resource::settle\nUPDATE resource SET observed = $1 WHERE generation = $1 AND id = $2",
        &[generation.into(), id.into()],
    )?;
    Ok(settled == 1)
}

/// Every resource, by id.
pub(crate) fn every(tx: &mut dyn Tx) -> Result<Vec<Row>, Error> {
    all(tx, select!("resource::every", "ORDER BY id"), &[], read)
}

/// A page of what a statement selects: its last two parameters are the id that the page lies beyond and its size.
fn beyond(
    tx: &mut dyn Tx,
    sql: &'static str,
    scope: &[Value<'_>],
    id: &str,
    limit: i64,
) -> Result<Vec<Row>, Error> {
    let mut parameters = scope.to_vec();
    parameters.extend([id.into(), page(limit)]);
    all(tx, sql, &parameters, read)
}

fn read(record: &dyn Record) -> Result<Row, Error> {
    Ok(Row {
        id: record.text(0)?,
        kind: record.text(1)?,
        project: record.text(2)?,
        parent: record.opt_text(3)?,
        target: record.text(4)?,
        generation: record.int(5)?,
        observed: record.int(6)?,
        lifecycle: record.text(7)?,
        created: record.int(8)?,
        version: record.int(9)?,
        doc: record.text(10)?,
    })
}
