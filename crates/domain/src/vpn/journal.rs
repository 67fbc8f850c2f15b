//! The journals of connections: what the two ends said to each other, as far as this side knows; the newest only.

use jiff::Timestamp;
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use vpcd_store::setting;

use crate::context::Context;
use crate::fault::Fault;
use crate::state::State;
use crate::tx::Tx;
use crate::vpn::connection::Connection;
use crate::vpn::data_plane;
use crate::vpn::gateway::{Gateway, NEWEST};

/// How many entries a journal keeps.
const KEPT: usize = 200;

/// One line of a journal.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Entry {
    /// Seconds since 1970.
    pub at: i64,
    /// What happened.
    pub text: String,
}

/// Whether the far end answers.
#[derive(Serialize, Deserialize)]
struct Answer {
    answers: bool,
    /// From when on.
    since: Timestamp,
}

/// Why a gateway or connection has no journal.
const OLD: &str = "the gateway's release keeps no journal";
const TEMPLATE: &str = "connections of a policy template keep no journal";

/// Adds lines to the journal of a connection.
pub fn write(
    tx: &mut Tx<'_>,
    connection: &str,
    now: Timestamp,
    lines: impl IntoIterator<Item = String>,
) -> Result<(), Fault> {
    let mut entries = entries(tx, connection)?;
    let at = now.as_second();
    entries.extend(lines.into_iter().map(|text| Entry { at, text }));
    let surplus = entries.len().saturating_sub(KEPT);
    entries.drain(..surplus);
    crate::operator::set(tx, &key(connection), &entries)
}

/// The journal of a connection, the newest line first.
pub fn read(tx: &mut Tx<'_>, cx: &Context<'_>, connection: &str) -> Result<Vec<Entry>, Fault> {
    let it: Connection = tx.get(&cx.caller.project, connection)?;
    match it.head.state() {
        // VPN.0009, 0306, 0017
        state @ (State::Creating | State::Updating | State::Deleting) => {
            return Err(it.wrong(state));
        }
        State::Active | State::Failed | State::Frozen => {}
    }
    let gateway: Gateway = tx.get(&cx.caller.project, it.gateway())?;
    let unsuitable = |reason| Fault::Unsuitable {
        kind: crate::resource::Kind::VpnConnection,
        id: connection.to_owned(),
        reason,
    };
    // VPN.0304
    if gateway.version < NEWEST {
        return Err(unsuitable(OLD));
    }
    // VPN.0305
    if gateway.template.is_some() {
        return Err(unsuitable(TEMPLATE));
    }
    data_plane(tx, Some(&gateway.head.id), true)?;
    let mut entries = entries(tx, connection)?;
    entries.reverse();
    Ok(entries)
}

/// Whether the fault says that the gateway's release is too old.
pub fn is_too_old(reason: &str) -> bool {
    reason == OLD
}

/// Whether the fault says that the connection follows a template.
pub fn is_template(reason: &str) -> bool {
    reason == TEMPLATE
}

/// Notes that the far end answers, or does not any more.
pub fn reached(
    tx: &mut Tx<'_>,
    connection: &str,
    now: Timestamp,
    answers: bool,
) -> Result<(), Fault> {
    let lines = match answers {
        true => [
            "IKE_SA established with the peer".to_owned(),
            "CHILD_SA established with the peer".to_owned(),
        ],
        false => [
            "DPD: the peer does not respond".to_owned(),
            "IKE_SA deleted".to_owned(),
        ],
    };
    let known: Option<Answer> = stored(tx, &answer(connection))?;
    if known.is_none_or(|it| it.answers != answers) {
        let since = now;
        crate::operator::set(tx, &answer(connection), &Answer { answers, since })?;
    }
    write(tx, connection, now, lines)
}

/// Since when the far end answers, or does not any more; nothing for one that never did.
pub fn since(tx: &mut Tx<'_>, connection: &str) -> Result<Option<Timestamp>, Fault> {
    let known: Option<Answer> = stored(tx, &answer(connection))?;
    Ok(known.map(|it| it.since))
}

/// Forgets the journal of a connection that goes.
pub fn forget(tx: &mut Tx<'_>, connection: &str) -> Result<(), Fault> {
    setting::delete(tx.rows(), &key(connection))?;
    setting::delete(tx.rows(), &answer(connection))?;
    Ok(())
}

fn entries(tx: &mut Tx<'_>, connection: &str) -> Result<Vec<Entry>, Fault> {
    Ok(stored(tx, &key(connection))?.unwrap_or_default())
}

fn stored<T: DeserializeOwned>(tx: &mut Tx<'_>, key: &str) -> Result<Option<T>, Fault> {
    let text = setting::get(tx.rows(), key)?;
    Ok(text.and_then(|text| serde_json::from_str(&text).ok()))
}

fn answer(connection: &str) -> String {
    format!("answer/{connection}")
}

fn key(connection: &str) -> String {
    format!("journal/{connection}")
}
