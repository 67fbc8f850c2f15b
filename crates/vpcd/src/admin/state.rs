//! The whole state as one file, and named snapshots to return to.
//!
//! The operator's token and the sealing key are no part of the state: they stay as they are.

use std::collections::BTreeSet;
use std::sync::Arc;

use serde::Deserialize;
use serde_json::{Value, json};
use vpcd_dialect::Reply;
use vpcd_domain::lifecycle::Profile;
use vpcd_domain::resource::Head;
use vpcd_domain::store::credential::Credential;
use vpcd_domain::store::{Error, dirty, dump, event, resource, setting};
use vpcd_domain::{Context, Fault, Kind, Tx, derived, operator};

use super::ask::{Ask, note, shown};
use super::refused::Refused;
use super::{gone, list, ok, switches};

/// What a snapshot is about, by its name; small, so that a list of snapshots is small.
const ABOUT: &str = "snapshot/";
/// What a snapshot holds, by its name.
const HELD: &str = "snapshot.state/";

pub(super) fn export(ask: &Ask<'_>) -> Result<Reply, Refused> {
    ok(ask.read(|tx, _| Ok(dump::export(tx.rows())?))?)
}

/// Replaces everything by what an export holds.
pub(super) fn import(ask: &Ask<'_>) -> Result<Reply, Refused> {
    let dump: Arc<Value> = Arc::new(ask.body()?);
    let running = switches::lock();
    let summary = ask
        .write(move |tx, cx| replace(tx, cx, &dump))
        .map_err(unsound)?;
    switches::restore(ask.cloud)?;
    drop(running);
    ask.cloud.app.wake();
    ok(summary)
}

pub(super) fn snapshots(ask: &Ask<'_>) -> Result<Reply, Refused> {
    let rows = ask.read(|tx, _| Ok(setting::list(tx.rows(), ABOUT)?))?;
    list(
        "snapshots",
        rows.into_iter().map(|(_, text)| shown(text)).collect(),
    )
}

/// Keeps the present state under a name; one of that name is replaced.
pub(super) fn take(ask: &Ask<'_>) -> Result<Reply, Refused> {
    let name = ask.name(0)?;
    let running = switches::lock();
    let profile = ask.cloud.app.profile();
    let about = ask.write(move |tx, cx| {
        let mut dump = dump::export(tx.rows())?;
        // Other snapshots and the audit trail are not what one returns to.
        dump["event"] = json!([]);
        settings(&mut dump)?.retain(|row| !is_snapshot(row));
        remember(&mut dump, profile)?;
        let held = dump.to_string();
        let about = json!({
            "name": name,
            "taken": cx.now,
            "resources": dump["resource"].as_array().map_or(0, Vec::len),
            "bytes": held.len(),
        });
        let key = format!("{ABOUT}{name}");
        let before = setting::get(tx.rows(), &key)?.map(shown);
        setting::put(tx.rows(), &format!("{HELD}{name}"), &held)?;
        operator::set(tx, &key, &about)?;
        note(tx, &key, before, Some(about.clone()));
        Ok(about)
    })?;
    drop(running);
    ok(about)
}

pub(super) fn delete(ask: &Ask<'_>) -> Result<Reply, Refused> {
    let name = ask.param(0).to_owned();
    let deleted = ask.write(move |tx, _| {
        let key = format!("{ABOUT}{name}");
        let Some(about) = setting::get(tx.rows(), &key)? else {
            return Ok(false);
        };
        setting::delete(tx.rows(), &key)?;
        setting::delete(tx.rows(), &format!("{HELD}{name}"))?;
        note(tx, &key, Some(shown(about)), None);
        Ok(true)
    })?;
    match deleted {
        true => gone(),
        false => Err(Refused::missing("snapshot", ask.param(0))),
    }
}

/// Returns to a snapshot; the snapshots and the audit trail stay.
pub(super) fn restore(ask: &Ask<'_>) -> Result<Reply, Refused> {
    let name = ask.param(0).to_owned();
    let running = switches::lock();
    let summary = ask.write(move |tx, cx| {
        let Some(held) = setting::get(tx.rows(), &format!("{HELD}{name}"))? else {
            return Ok(None);
        };
        let mut dump: Value = serde_json::from_str(&held).map_err(broken)?;
        dump["event"] =
            serde_json::to_value(event::list(tx.rows(), i64::MIN, i64::MAX)?).map_err(broken)?;
        for prefix in [ABOUT, HELD] {
            let kept = setting::list(tx.rows(), prefix)?;
            settings(&mut dump)?.extend(kept.into_iter().map(|row| json!(row)));
        }
        replace(tx, cx, &dump).map(Some)
    })?;
    let Some(summary) = summary else {
        return Err(Refused::missing("snapshot", ask.param(0)).hint("GET snapshots lists them"));
    };
    switches::restore(ask.cloud)?;
    drop(running);
    ask.cloud.app.wake();
    ok(summary)
}

/// Replaces everything, and leaves every target to the reconciler: what the fabric carries is the old state's.
fn replace(tx: &mut Tx<'_>, cx: &mut Context<'_>, dump: &Value) -> Result<Value, Fault> {
    let mut targets = targets(tx)?;
    dump::import(tx.rows(), dump)?;
    let resources = verify(tx, dump)?;
    derived::complete(tx, cx)?;
    targets.extend(self::targets(tx)?);
    for (waiting, _, _) in dirty::list(tx.rows(), i64::MAX)? {
        targets.remove(&waiting);
    }
    let now = cx.now.as_microsecond();
    for target in &targets {
        dirty::mark(tx.rows(), target, now, now)?;
    }
    let summary = json!({"resources": resources, "unreadable_keys": unreadable(cx, dump)});
    note(tx, "state", None, Some(summary.clone()));
    Ok(summary)
}

/// Counts the resources; refuses those that no rule could read later.
fn verify(tx: &mut Tx<'_>, dump: &Value) -> Result<usize, Fault> {
    let rows = dump["resource"].as_array().map_or(&[][..], Vec::as_slice);
    let known = |row: &Value| Kind::ALL.iter().any(|kind| row["kind"] == kind.word());
    if let Some(row) = rows.iter().find(|row| !known(row)) {
        return Err(broken(format!(
            "no kind of resource is called {}",
            row["kind"]
        )));
    }
    for kind in Kind::ALL {
        for row in resource::any_kind(tx.rows(), kind.word(), None, i64::MAX)? {
            let doc: Value =
                serde_json::from_str(&row.doc).map_err(|e| broken(format!("{}: {e}", row.id)))?;
            let head =
                Head::deserialize(&doc["head"]).map_err(|e| broken(format!("{}: {e}", row.id)))?;
            if head.id != row.id || head.project != row.project {
                return Err(broken(format!(
                    "{}: the document is another resource's",
                    row.id
                )));
            }
        }
    }
    Ok(rows.len())
}

/// How many keys another server's sealing key has sealed: their owners need new ones.
fn unreadable(cx: &Context<'_>, dump: &Value) -> usize {
    let rows = Vec::<Credential>::deserialize(&dump["credential"]).unwrap_or_default();
    let lost = rows.iter().filter(|row| match row.kind.as_str() {
        "access_key" => cx.vault.open(&row.id, &row.sealed).is_none(),
        // These are bound to whom they belong to.
        "psk" | "private-key" => cx.vault.open(&row.owner, &row.sealed).is_none(),
        _ => false,
    });
    lost.count()
}

/// Every target that some resource belongs to.
fn targets(tx: &mut Tx<'_>) -> Result<BTreeSet<String>, Fault> {
    let mut targets = BTreeSet::new();
    for kind in Kind::ALL {
        let rows = resource::any_kind(tx.rows(), kind.word(), None, i64::MAX)?;
        targets.extend(
            rows.into_iter()
                .map(|row| row.target)
                .filter(|target| !target.is_empty()),
        );
    }
    Ok(targets)
}

fn settings(dump: &mut Value) -> Result<&mut Vec<Value>, Fault> {
    dump["setting"]
        .as_array_mut()
        .ok_or_else(|| broken("no settings"))
}

fn is_snapshot(row: &Value) -> bool {
    row[0]
        .as_str()
        .is_some_and(|key| key.starts_with(ABOUT) || key.starts_with(HELD))
}

/// The profile is stored only once the operator chose it; a snapshot remembers the one in force.
fn remember(dump: &mut Value, profile: Profile) -> Result<(), Fault> {
    let rows = settings(dump)?;
    if !rows.iter().any(|row| row[0] == switches::PROFILE) {
        let text = serde_json::to_string(&profile).map_err(broken)?;
        rows.push(json!([switches::PROFILE, text]));
    }
    Ok(())
}

fn broken(reason: impl ToString) -> Fault {
    Fault::Store(Error::Corrupt(reason.to_string()))
}

/// What the database says of rows that an export brought is about the export.
fn unsound(fault: Fault) -> Refused {
    match fault {
        Fault::Store(Error::Corrupt(reason)) => {
            Refused::new(422, format!("the export cannot be taken over: {reason}"))
        }
        Fault::Store(error @ (Error::Unique | Error::ForeignKey)) => {
            Refused::new(422, format!("the export cannot be taken over: {error}"))
        }
        fault => fault.into(),
    }
}
