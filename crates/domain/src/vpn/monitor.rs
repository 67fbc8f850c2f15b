//! Connection monitors: one for a connection, which probes the far end from the gateway.

use std::net::Ipv4Addr;

use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use vpcd_store::claim;

use crate::condition;
use crate::context::Context;
use crate::fault::Fault;
use crate::resource::{Head, Kind, Resource};
use crate::state::State;
use crate::tx::Tx;
use crate::vpn::connection::{self, Connection};
use crate::vpn::created;

/// The monitor of each connection.
const SPACE: &str = "monitor";

/// A connection monitor.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Monitor {
    /// Head; the parent is the connection, the target its gateway.
    pub head: Head,
    /// The gateway's address, which it probes from.
    pub source: Option<Ipv4Addr>,
    /// The far end's address or name, which it probes.
    pub destination: String,
    /// Enterprise project, the connection's.
    pub enterprise_project: String,
}

impl Resource for Monitor {
    const KIND: Kind = Kind::VpnMonitor;

    fn head(&self) -> &Head {
        &self.head
    }

    fn head_mut(&mut self) -> &mut Head {
        &mut self.head
    }

    fn counted(&self) -> bool {
        true
    }
}

impl Monitor {
    /// The connection's id.
    pub fn connection(&self) -> &str {
        self.head.parent.as_deref().unwrap_or_default()
    }
}

/// Creates the monitor of a connection.
pub fn create(tx: &mut Tx<'_>, cx: &mut Context<'_>, connection: &str) -> Result<Monitor, Fault> {
    condition::standing(tx, cx, false)?;
    let connection: Connection = tx.get(&cx.caller.project, connection)?;
    match connection.head.state() {
        // VPN.0009, and 0001 for a frozen one.
        state @ (State::Deleting | State::Frozen) => Err(connection.wrong(state)),
        _ => add(tx, cx, connection),
    }
}

/// Adds a monitor to a stored connection.
pub(super) fn add(
    tx: &mut Tx<'_>,
    cx: &mut Context<'_>,
    connection: Connection,
) -> Result<Monitor, Fault> {
    let id = connection.head.id.clone();
    let mut head = Head::new::<Monitor>(cx, Some(&id));
    head.target.clone_from(&connection.head.target);
    // VPN.0381
    if !claim::take(tx.rows(), SPACE, &id, &head.id)? {
        return Err(Fault::Duplicate {
            kind: Kind::VpnMonitor,
            id,
        });
    }
    created::stamp::<Monitor>(tx, &mut head)?;
    let view = connection::view(tx, connection)?;
    let it = Monitor {
        source: view.local,
        destination: view.peer,
        enterprise_project: view.connection.enterprise_project,
        head,
    };
    tx.insert(&it)?;
    Ok(it)
}

/// The monitor of a connection, by id.
pub fn of(tx: &mut Tx<'_>, connection: &str) -> Result<Option<String>, Fault> {
    Ok(claim::holder(tx.rows(), SPACE, connection)?)
}

/// Starts the deletion of a monitor.
pub fn delete(tx: &mut Tx<'_>, cx: &mut Context<'_>, id: &str) -> Result<(), Fault> {
    let mut it: Monitor = tx.get(&cx.caller.project, id)?;
    match it.head.state() {
        State::Deleting => Ok(()),
        _ => tx.begin_delete(cx, &mut it),
    }
}

/// What the fabric shall hold for the monitor.
pub fn planned(tx: &mut Tx<'_>, id: &str) -> Result<Option<Value>, Fault> {
    Ok(tx.any::<Monitor>(id)?.map(|it| {
        json!({
            "connection": it.connection(),
            "source": it.source,
            "destination": it.destination,
        })
    }))
}

/// The fabric has let go of the monitor.
pub fn gone(tx: &mut Tx<'_>, id: &str) -> Result<(), Fault> {
    let Some(it) = tx.any::<Monitor>(id)? else {
        return Ok(());
    };
    claim::release(tx.rows(), SPACE, it.connection())?;
    tx.remove(&it)
}

/// Removes the monitor of a connection that goes.
pub fn forget(tx: &mut Tx<'_>, connection: &str) -> Result<(), Fault> {
    match of(tx, connection)? {
        Some(id) => gone(tx, &id),
        None => Ok(()),
    }
}
