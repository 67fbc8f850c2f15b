//! The operator's own rules: freezing resources, and the settings that are not conditions.

use serde::{Deserialize, Serialize};
use vpcd_store::{claim, dirty, event, replay, resource, setting};

use crate::bandwidth::{self, Bandwidth};
use crate::condition;
use crate::context::Context;
use crate::fault::Fault;
use crate::nat::NatGateway;
use crate::order;
use crate::peering::Peering;
use crate::publicip::{self, PublicIp};
use crate::resource::{Kind, Resource};
use crate::tx::Tx;
use crate::vpn::{self, journal};

/// An availability zone and what it offers.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Zone {
    /// Name, such as `az1`.
    #[serde(default)]
    pub name: String,
    /// Where its public addresses are announced.
    #[serde(default = "center")]
    pub border_group: String,
    /// Gateway flavors that it has room for; absent means all.
    #[serde(default)]
    pub flavors: Option<Vec<String>>,
}

/// A gateway flavor.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Flavor {
    /// Name, such as `Professional1`.
    #[serde(default)]
    pub name: String,
    /// Most bandwidth of one public address, in Mbit/s.
    pub bandwidth: u32,
    /// Connection groups that it carries.
    pub connection_groups: u32,
    /// Connections that it carries.
    pub connections: u32,
    /// Whether it can serve private networks.
    pub private: bool,
    /// Whether it can attach to an enterprise router.
    pub router: bool,
    /// Whether the far ends have addresses that are known beforehand.
    #[serde(default = "yes")]
    pub fixed_addresses: bool,
    /// Whether its gateways show certificates of their own.
    #[serde(default)]
    pub certificates: bool,
    /// Whether its gateways can carry IPv6.
    #[serde(default)]
    pub ipv6: bool,
}

fn yes() -> bool {
    true
}

fn center() -> String {
    "center".to_owned()
}

/// All values of a setting below a prefix such as `zone/`, by name.
pub fn settings<T: for<'de> Deserialize<'de>>(
    tx: &mut Tx<'_>,
    prefix: &str,
) -> Result<Vec<T>, Fault> {
    let rows = setting::list(tx.rows(), prefix)?;
    Ok(rows
        .into_iter()
        .filter_map(|(_, text)| serde_json::from_str(&text).ok())
        .collect())
}

/// Stores a setting.
pub fn set<T: Serialize>(tx: &mut Tx<'_>, key: &str, value: &T) -> Result<(), Fault> {
    let text =
        serde_json::to_string(value).map_err(|e| vpcd_store::Error::Corrupt(e.to_string()))?;
    Ok(setting::put(tx.rows(), key, &text)?)
}

/// Sets or removes a condition, with what follows from it for resources.
pub fn set_condition(
    tx: &mut Tx<'_>,
    cx: &Context<'_>,
    name: &str,
    scope: &str,
    value: Option<&serde_json::Value>,
) -> Result<(), Fault> {
    let Some(known) = condition::CATALOGUE.iter().find(|known| known.name == name) else {
        return Err(Fault::invalid(
            "condition",
            format!("no condition is called {name}"),
        ));
    };
    condition::set(tx, known.name, scope, value)?;
    let now = cx.now.as_microsecond();
    match name {
        "frozen" => freeze(
            tx,
            scope,
            value.and_then(serde_json::Value::as_bool).unwrap_or(false),
        ),
        "payment" => order::review(tx),
        "fabric.refuses" => Ok(dirty::mark(tx.rows(), scope, now, now)?),
        "peer.reachable" => {
            let answers = value.and_then(serde_json::Value::as_bool).unwrap_or(false);
            wake_gateway_of(tx, scope, now)?;
            journal::reached(tx, scope, cx.now, answers)
        }
        _ => Ok(()),
    }
}

/// Forgets what is of no use any more: old audit events, expired tokens of idempotency and of revoked sessions.
pub fn tidy_up(tx: &mut Tx<'_>, cx: &Context<'_>, keep_events: i64) -> Result<(), Fault> {
    event::trim(tx.rows(), keep_events)?;
    replay::expire(tx.rows(), cx.now.as_microsecond())?;
    for row in claim::list(tx.rows(), "revoked-token", None, 1000)? {
        if row
            .owner
            .parse::<i64>()
            .is_ok_and(|expires| expires < cx.now.as_second())
        {
            claim::release(tx.rows(), &row.space, &row.key)?;
        }
    }
    Ok(())
}

/// Freezes what has that id, or lets it go again.
fn freeze(tx: &mut Tx<'_>, id: &str, on: bool) -> Result<(), Fault> {
    let known = turn_address(tx, id, on)?
        || turn_bandwidth(tx, id, on)?
        || turn::<NatGateway>(tx, id, on)?
        || turn::<Peering>(tx, id, on)?
        || turn::<vpn::gateway::Gateway>(tx, id, on)?
        || turn::<vpn::connection::Connection>(tx, id, on)?
        || turn::<vpn::p2c::gateway::Gateway>(tx, id, on)?
        || turn::<vpn::p2c::server::Server>(tx, id, on)?;
    match known {
        true => Ok(()),
        false => Err(Fault::NotFound {
            kind: Kind::PublicIp,
            id: id.to_owned(),
        }),
    }
}

/// Whether there is one of the kind.
fn turn<T: Resource>(tx: &mut Tx<'_>, id: &str, on: bool) -> Result<bool, Fault> {
    let Some(mut it) = tx.any::<T>(id)? else {
        return Ok(false);
    };
    if it.head().frozen != on {
        it.head_mut().frozen = on;
        it.head_mut().turn();
        tx.store(&mut it)?;
        tx.mark_dirty(it.head())?;
    }
    Ok(true)
}

fn turn_address(tx: &mut Tx<'_>, id: &str, on: bool) -> Result<bool, Fault> {
    let known = turn::<PublicIp>(tx, id, on)?;
    publicip::turned(tx, id)?;
    Ok(known)
}

fn turn_bandwidth(tx: &mut Tx<'_>, id: &str, on: bool) -> Result<bool, Fault> {
    let known = turn::<Bandwidth>(tx, id, on)?;
    bandwidth::turned(tx, id)?;
    Ok(known)
}

fn wake_gateway_of(tx: &mut Tx<'_>, id: &str, now: i64) -> Result<(), Fault> {
    match resource::get(tx.rows(), Kind::VpnConnection.word(), id)? {
        Some(row) => Ok(dirty::mark(tx.rows(), &row.target, now, now)?),
        None => Err(Fault::NotFound {
            kind: Kind::VpnConnection,
            id: id.to_owned(),
        }),
    }
}
