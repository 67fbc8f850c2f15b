//! What happens to records when the fabric has done its part, and how long that takes where nothing tells.

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use vpcd_store::{dirty, resource};

use crate::context::Context;
use crate::fault::Fault;
use crate::nat;
use crate::resource::Kind;
use crate::state::Lifecycle;
use crate::tx::Tx;
use crate::vpn;

/// How lifecycles pass on a fabric that carries no packets.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Profile {
    /// Whether they take as long as the real clouds'; otherwise no time at all.
    pub realistic: bool,
    /// Seed of the delays, so that a run can be repeated.
    pub seed: u64,
}

impl Profile {
    /// How long the fabric takes for a target that became dirty, in microseconds.
    pub fn delay_micros(self, target: &str, since: i64) -> i64 {
        if !self.realistic {
            return 0;
        }
        let (least, most) = match target.split('/').next() {
            Some("gateway") => (30, 90),
            _ => (1, 4),
        };
        let mut hash = Sha256::new();
        hash.update(self.seed.to_be_bytes());
        hash.update(target);
        hash.update(since.to_be_bytes());
        let draw = hash.finalize();
        let share = i64::from(u16::from_be_bytes([draw[0], draw[1]]));
        1_000_000 * least + (1_000_000 * (most - least) * share) / 65_536
    }
}

/// Takes over that the fabric is as planned: pending resources of the target are settled, deleted ones go.
///
/// `seen` are the ids and generations that the plan was made from; what changed since stays pending.
pub fn settled(
    tx: &mut Tx<'_>,
    cx: &mut Context<'_>,
    target: &str,
    seen: &[(String, u64)],
) -> Result<(), Fault> {
    for mut row in resource::pending(tx.rows(), target)? {
        let generation = u64::try_from(row.generation).unwrap_or(0);
        if !seen
            .iter()
            .any(|(id, at)| *id == row.id && *at == generation)
        {
            continue;
        }
        match Lifecycle::from_word(&row.lifecycle) {
            Lifecycle::Deleting => gone(tx, cx, &row.kind, &row.id)?,
            Lifecycle::Live => {
                resource::settle(tx.rows(), &row.id, row.generation)?;
            }
            // The fabric took at last what it had refused.
            Lifecycle::Failed => {
                row.lifecycle = Lifecycle::Live.word().to_owned();
                row.observed = row.generation;
                row.version += 1;
                resource::update(tx.rows(), &row)?;
            }
        }
    }
    Ok(())
}

/// Takes over that the fabric refused the target for good: what is pending in it has failed. Whether something in
/// it still has to go, so that the fabric must be asked again.
pub fn failed(tx: &mut Tx<'_>, target: &str) -> Result<bool, Fault> {
    let mut going = false;
    for mut row in resource::pending(tx.rows(), target)? {
        match Lifecycle::from_word(&row.lifecycle) {
            Lifecycle::Deleting => going = true,
            Lifecycle::Failed => {}
            Lifecycle::Live => {
                row.lifecycle = Lifecycle::Failed.word().to_owned();
                row.version += 1;
                resource::update(tx.rows(), &row)?;
            }
        }
    }
    Ok(going)
}

/// Takes the target off the list of dirty ones, unless it became dirty again since.
pub fn clean(tx: &mut Tx<'_>, target: &str, since: i64) -> Result<(), Fault> {
    match dirty::clear(tx.rows(), target, since)? {
        true => vpn::p2c::queue::drain(tx, target),
        false => Ok(()),
    }
}

/// Tries the target again later.
pub fn postpone(tx: &mut Tx<'_>, target: &str, since: i64, due: i64) -> Result<(), Fault> {
    if dirty::clear(tx.rows(), target, since)? {
        dirty::mark(tx.rows(), target, since, due)?;
    }
    Ok(())
}

fn gone(tx: &mut Tx<'_>, cx: &mut Context<'_>, kind: &str, id: &str) -> Result<(), Fault> {
    if kind == Kind::VpnGateway.word() {
        vpn::gateway::gone(tx, cx, id)
    } else if kind == Kind::VpnConnection.word() {
        vpn::connection::gone(tx, cx, id)
    } else if kind == Kind::P2cGateway.word() {
        vpn::p2c::gateway::gone(tx, cx, id)
    } else if kind == Kind::NatGateway.word() {
        nat::gone(tx, id)
    } else if kind == Kind::VpnMonitor.word() {
        vpn::monitor::gone(tx, id)
    } else {
        Ok(())
    }
}
