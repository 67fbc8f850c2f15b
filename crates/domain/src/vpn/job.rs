//! Upgrades of gateways, and the jobs that show how far they are.
//!
//! A job converges with its gateway: the reconciler settles what it is at, and then it waits for a word of the owner.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use vpcd_store::claim;

use crate::context::Context;
use crate::fault::Fault;
use crate::resource::{Head, Kind, Resource};
use crate::state::{Lifecycle, State};
use crate::tx::Tx;
use crate::vpn::created;

/// The last job of each gateway.
const LAST: &str = "upgrade";

/// A job.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Job {
    /// Head; the parent is the gateway, and so is the target.
    pub head: Head,
    /// Which gateways it is one of.
    pub family: Family,
    /// What its owner said last.
    pub phase: Phase,
    /// Ids of its three parts: the preparation, and each of the two workers.
    pub parts: [String; 3],
    /// When it was confirmed or taken back.
    pub finished: Option<Timestamp>,
}

/// The two families of gateways.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Family {
    /// Those between sites.
    Site,
    /// Those for single clients.
    Client,
}

/// What the owner of a job said last.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Phase {
    /// To upgrade.
    Upgrade,
    /// To stay with it.
    Confirmed,
    /// To go back.
    Rollback,
}

/// How far a job is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stage {
    /// The new software is on its way.
    Upgrading,
    /// It runs, and the owner is asked.
    Unconfirmed,
    /// It stays.
    Confirmed,
    /// The former software is on its way back.
    RollingBack,
    /// It runs again.
    RolledBack,
    /// The fabric refused.
    Failed,
}

/// What an owner may say.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Action {
    /// Upgrade.
    Start,
    /// Stay with it.
    Finish,
    /// Go back.
    Rollback,
}

impl Resource for Job {
    const KIND: Kind = Kind::VpnJob;

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

impl Job {
    /// The gateway's id.
    pub fn gateway(&self) -> &str {
        self.head.parent.as_deref().unwrap_or_default()
    }

    /// How far it is.
    pub fn stage(&self) -> Stage {
        let settled = match self.head.state() {
            State::Failed => return Stage::Failed,
            state => state == State::Active,
        };
        match (self.phase, settled) {
            (Phase::Upgrade, false) => Stage::Upgrading,
            (Phase::Upgrade, true) => Stage::Unconfirmed,
            (Phase::Confirmed, _) => Stage::Confirmed,
            (Phase::Rollback, false) => Stage::RollingBack,
            (Phase::Rollback, true) => Stage::RolledBack,
        }
    }

    /// Whether it is still to end.
    pub fn open(&self) -> bool {
        matches!(
            self.stage(),
            Stage::Upgrading | Stage::Unconfirmed | Stage::RollingBack
        )
    }
}

/// The last job of a gateway.
pub fn last(tx: &mut Tx<'_>, gateway: &str) -> Result<Option<Job>, Fault> {
    match claim::holder(tx.rows(), LAST, gateway)? {
        Some(id) => tx.any::<Job>(&id),
        None => Ok(None),
    }
}

/// Does what the owner of an active gateway says, and tells the job. The same word twice is VPN.0031's case.
pub fn act(
    tx: &mut Tx<'_>,
    cx: &mut Context<'_>,
    family: Family,
    gateway: &Head,
    action: Action,
) -> Result<Job, Fault> {
    let last = last(tx, &gateway.id)?;
    let stage = last.as_ref().map(Job::stage);
    let phase = match (action, stage) {
        (Action::Start, Some(Stage::Upgrading | Stage::Unconfirmed | Stage::RollingBack))
        | (Action::Finish, Some(Stage::Confirmed))
        | (Action::Rollback, Some(Stage::RollingBack | Stage::RolledBack)) => {
            return Err(Fault::TokenReused);
        }
        (Action::Start, _) => return start(tx, cx, family, gateway),
        (Action::Finish, Some(Stage::Unconfirmed)) => Phase::Confirmed,
        (Action::Rollback, Some(Stage::Unconfirmed)) => Phase::Rollback,
        (Action::Finish | Action::Rollback, _) => {
            return Err(Fault::invalid("action", "no upgrade waits for it"));
        }
    };
    let Some(mut job) = last else {
        return Err(Fault::invalid("action", "no upgrade waits for it"));
    };
    job.phase = phase;
    job.finished = Some(cx.now);
    match phase {
        Phase::Rollback => tx.change(cx, &mut job)?,
        Phase::Upgrade | Phase::Confirmed => tx.update(cx, &mut job)?,
    }
    Ok(job)
}

fn start(
    tx: &mut Tx<'_>,
    cx: &mut Context<'_>,
    family: Family,
    gateway: &Head,
) -> Result<Job, Fault> {
    let mut head = Head::new::<Job>(cx, Some(&gateway.id));
    head.target.clone_from(&gateway.target);
    created::stamp::<Job>(tx, &mut head)?;
    let job = Job {
        family,
        phase: Phase::Upgrade,
        parts: [cx.ids.uuid(), cx.ids.uuid(), cx.ids.uuid()],
        finished: None,
        head,
    };
    tx.insert(&job)?;
    claim::release(tx.rows(), LAST, &gateway.id)?;
    claim::take(tx.rows(), LAST, &gateway.id, &job.head.id)?;
    Ok(job)
}

/// Strikes a job that has ended from the record.
pub fn delete(
    tx: &mut Tx<'_>,
    cx: &mut Context<'_>,
    family: Family,
    id: &str,
) -> Result<(), Fault> {
    let job: Job = tx.get(&cx.caller.project, id)?;
    if job.family != family {
        return Err(Fault::NotFound {
            kind: Kind::VpnJob,
            id: id.to_owned(),
        });
    }
    if job.open() {
        return Err(Fault::Unsuitable {
            kind: Kind::VpnJob,
            id: id.to_owned(),
            reason: "has not ended",
        });
    }
    // What still converges for it must not come back.
    tx.remove(&job)
}

/// Removes the jobs of a gateway that goes.
pub fn forget(tx: &mut Tx<'_>, gateway: &str) -> Result<(), Fault> {
    for mut job in tx.children::<Job>(gateway)? {
        job.head.lifecycle = Lifecycle::Deleting;
        tx.remove(&job)?;
    }
    claim::release(tx.rows(), LAST, gateway)?;
    Ok(())
}
