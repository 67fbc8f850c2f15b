//! Jobs: what came of work on several public addresses at once. The work is done when the job is answered; the job
//! tells what became of each address, for as long as it is kept.

use jiff::SignedDuration;
use serde::{Deserialize, Serialize};

use crate::context::Context;
use crate::fault::Fault;
use crate::publicip::{self, NewPublicIp, PublicIp};
use crate::resource::{Head, Kind, Resource, Tag};
use crate::tags;
use crate::tx::Tx;

/// How long a job is kept, in hours.
const KEPT: i64 = 7 * 24;
/// How many of those whose time is over go with each new one.
const SWEPT: usize = 16;

/// What a job does to addresses.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Work {
    /// Takes them from a pool.
    Create,
    /// Gives them back.
    Delete,
    /// Unbinds them.
    Unbind,
}

/// Why something was not done, as the cloud that was asked words it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Failure {
    /// Code.
    pub code: String,
    /// Reason.
    pub reason: String,
}

/// What became of one address.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Step {
    /// Its own id.
    pub id: String,
    /// The address, by id.
    pub address: String,
    /// Why it was not done; nothing when it was.
    pub failure: Option<Failure>,
}

/// A job that is over.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Job {
    /// Head; no parent.
    pub head: Head,
    /// What it did.
    pub work: Work,
    /// What became of each address.
    pub steps: Vec<Step>,
}

impl Resource for Job {
    const KIND: Kind = Kind::Job;

    fn head(&self) -> &Head {
        &self.head
    }

    fn head_mut(&mut self) -> &mut Head {
        &mut self.head
    }
}

impl Job {
    /// The first failure of its steps.
    pub fn failure(&self) -> Option<&Failure> {
        self.steps.iter().find_map(|step| step.failure.as_ref())
    }
}

/// Takes `count` addresses, all of them or none, in one job.
pub fn create(
    tx: &mut Tx<'_>,
    cx: &mut Context<'_>,
    new: &NewPublicIp,
    tags: &[Tag],
    count: u32,
) -> Result<Job, Fault> {
    let mut steps = Vec::new();
    for _ in 0..count {
        let it = publicip::create(tx, cx, new.clone())?;
        if !tags.is_empty() {
            tags::set::<PublicIp>(tx, cx, &it.head.id, tags, u64::MAX)?;
        }
        steps.push(step(cx, it.head.id, None));
    }
    record(tx, cx, Work::Create, steps)
}

/// Does the work on each address, in a job of its own. None is touched when one of them is not the caller's; one that
/// cannot be done fails its job, in the words of `word`.
pub fn each(
    tx: &mut Tx<'_>,
    cx: &mut Context<'_>,
    work: Work,
    ids: &[String],
    word: impl Fn(Fault) -> Failure,
) -> Result<Vec<Job>, Fault> {
    for id in ids {
        tx.get::<PublicIp>(&cx.caller.project, id)?;
    }
    let mut jobs = Vec::with_capacity(ids.len());
    for id in ids {
        let done = match work {
            Work::Unbind => publicip::unbind(tx, cx, id).map(drop),
            _ => publicip::delete(tx, cx, id),
        };
        let failure = match done {
            Ok(()) => None,
            // Not this address's fault: nothing is done at all.
            Err(fault @ (Fault::Store(_) | Fault::Backend(_))) => return Err(fault),
            Err(fault) => Some(word(fault)),
        };
        let steps = vec![step(cx, id.clone(), failure)];
        jobs.push(record(tx, cx, work, steps)?);
    }
    Ok(jobs)
}

fn step(cx: &mut Context<'_>, address: String, failure: Option<Failure>) -> Step {
    Step {
        id: cx.ids.uuid(),
        address,
        failure,
    }
}

fn record(
    tx: &mut Tx<'_>,
    cx: &mut Context<'_>,
    work: Work,
    steps: Vec<Step>,
) -> Result<Job, Fault> {
    let project = cx.caller.project.clone();
    let over = cx.now.saturating_sub(SignedDuration::from_hours(KEPT));
    for old in tx.list_created::<Job>(&project, None, SWEPT)? {
        if over.as_ref().is_ok_and(|over| old.head.created < *over) {
            tx.remove(&old)?;
        }
    }
    let job = Job {
        head: Head::new::<Job>(cx, None).settled(),
        work,
        steps,
    };
    tx.insert(&job)?;
    Ok(job)
}
