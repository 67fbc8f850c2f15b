//! The reconciler: takes dirty targets one at a time and makes the fabric match. The only caller of a driver.
//!
//! It takes no input: it is woken, never told what changed, so there is exactly one code path. Deletion is not a
//! path either; it falls out of the difference between plan and observation.

use std::sync::Arc;

use vpcd_domain::store::{Error, dirty};
use vpcd_domain::{App, Caller, Fault, Policy, condition, identity, lifecycle, order, plan};
use vpcd_fabric::{Driver, Failure, Rows, difference};

/// The reconciler asks for no rule value.
static POLICY: Policy = Policy {
    unique_network_names: false,
    networks_have_states: true,
    subnet_quota_per_network: false,
    ipv6_by_network: false,
    prepaid_stays: false,
    longest_subnet_prefix: 32,
    reserved_tail: 0,
    routes_beside_network: false,
    peering_patience: None,
    peering_of_requester: false,
    groups_of_networks: false,
    default_network_stays: false,
    rules_differ_by_text: false,
    last_network_goes_last: true,
    quotas: &[],
};

/// Shortest and longest wait before a target is tried again, in microseconds.
const BACKOFF: (i64, i64) = (100_000, 30_000_000);

/// How many targets one pass takes.
const BATCH: i64 = 64;

/// How many targets are settled in one commit: each on its own would stand in the queue of writers once more, behind
/// every client, and what they wait for would take longer the more of them there are.
const TOGETHER: usize = 16;

/// Makes the fabric match what is stored.
#[derive(Clone)]
pub struct Reconciler {
    app: App,
    driver: Arc<dyn Driver>,
}

/// What one pass did.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Pass {
    /// Targets that are as planned now.
    pub settled: usize,
    /// Targets that have to be tried again.
    pub postponed: usize,
    /// Targets that the fabric refused for good.
    pub refused: usize,
    /// Whether something stopped that was paid for until now.
    pub ended: bool,
}

impl Reconciler {
    /// A reconciler over the domain and a fabric.
    pub fn new(app: App, driver: Arc<dyn Driver>) -> Reconciler {
        Reconciler { app, driver }
    }

    /// Works on targets that are due until none is left; what fails is due again later.
    pub fn run(&self) -> Result<Pass, Fault> {
        let mut total = Pass::default();
        loop {
            let pass = self.pass()?;
            total.settled += pass.settled;
            total.postponed += pass.postponed;
            total.refused += pass.refused;
            total.ended |= pass.ended;
            if pass == Pass::default() {
                return Ok(total);
            }
        }
    }

    /// When the next target is due, or something that is paid in advance ends, in microseconds since the epoch.
    pub fn next_due(&self) -> Result<Option<i64>, Fault> {
        self.app
            .read("reconcile.next", &nobody(), &POLICY, |tx, _| {
                let due = [dirty::next_due(tx.rows())?, order::next_end(tx)?];
                Ok(due.into_iter().flatten().min())
            })
    }

    /// Stops what was paid for until now.
    fn end_due(&self) -> Result<(), Fault> {
        let mut more = true;
        while more {
            more = self
                .app
                .write("reconcile.end", &nobody(), &POLICY, |tx, cx| {
                    order::end_due(tx, cx)
                })?;
        }
        Ok(())
    }

    fn pass(&self) -> Result<Pass, Fault> {
        let now = self.app.now().as_microsecond();
        let (due, end) = self
            .app
            .read("reconcile.ready", &nobody(), &POLICY, move |tx, _| {
                Ok((dirty::ready(tx.rows(), now, BATCH)?, order::next_end(tx)?))
            })?;
        let (mut pass, mut done) = (Pass::default(), Vec::new());
        if end.is_some_and(|end| end <= now) {
            self.end_due()?;
            pass.ended = true;
        }
        for (target, since, due) in due {
            match self.converge(&target) {
                Ok(seen) => done.push(Done {
                    target,
                    since,
                    due,
                    seen,
                }),
                Err(Stop::Fault(fault)) => {
                    self.set_aside(target, since, due, fault)?;
                    pass.postponed += 1;
                }
                Err(Stop::Fabric(Failure::Retry(reason))) => {
                    tracing::warn!(target, reason, "the fabric does not follow yet");
                    self.postpone(target, since, due)?;
                    pass.postponed += 1;
                }
                Err(Stop::Fabric(Failure::Refused(reason))) => {
                    tracing::error!(target, reason, "the fabric refuses");
                    self.fail(target, since, due)?;
                    pass.refused += 1;
                }
            }
            if done.len() == TOGETHER {
                self.take_over(std::mem::take(&mut done), &mut pass)?;
            }
        }
        self.take_over(done, &mut pass)?;
        Ok(pass)
    }

    /// Settles all of them in one commit; where that fails each on its own, so that one holds up no other.
    fn take_over(&self, done: Vec<Done>, pass: &mut Pass) -> Result<(), Fault> {
        let many = done.len();
        if many > 1 && self.settle(done.clone()).is_ok() {
            pass.settled += many;
            return Ok(());
        }
        for one in done {
            match self.settle(vec![one.clone()]) {
                Ok(()) => pass.settled += 1,
                Err(fault) => {
                    self.set_aside(one.target, one.since, one.due, fault)?;
                    pass.postponed += 1;
                }
            }
        }
        Ok(())
    }

    /// A fault of one target must not hold up the others; a store that is away holds up all of them.
    fn set_aside(&self, target: String, since: i64, due: i64, fault: Fault) -> Result<(), Fault> {
        if let Fault::Store(Error::Unavailable(_) | Error::ReadOnly | Error::Retry) = fault {
            return Err(fault);
        }
        tracing::error!(target, %fault, "the target cannot be settled; it is set aside for a while");
        self.postpone(target, since, due)
    }

    /// One snapshot, plan, observe, difference, apply.
    fn converge(&self, target: &str) -> Result<Vec<(String, u64)>, Stop> {
        let name = target.to_owned();
        let (plan, refuses) =
            self.app
                .read("reconcile.plan", &nobody(), &POLICY, move |tx, _| {
                    Ok((
                        plan::target(tx, &name)?,
                        condition::switch(tx, "fabric.refuses", &[&name], false)?,
                    ))
                })?;
        if refuses {
            return Err(Stop::Fabric(Failure::Refused(
                "the operator's condition".to_owned(),
            )));
        }
        let have: Rows = self.driver.observe(target)?;
        let changes = difference(&have, &plan.rows);
        if !changes.is_empty() {
            self.driver.apply(target, &changes)?;
        }
        Ok(plan.seen)
    }

    fn settle(&self, done: Vec<Done>) -> Result<(), Fault> {
        self.app
            .write("reconcile.settle", &nobody(), &POLICY, move |tx, cx| {
                for one in &done {
                    lifecycle::settled(tx, cx, &one.target, &one.seen)?;
                    lifecycle::clean(tx, &one.target, one.since)?;
                }
                Ok(())
            })
    }

    fn postpone(&self, target: String, since: i64, due: i64) -> Result<(), Fault> {
        let again = self.again(since, due);
        self.app
            .write("reconcile.postpone", &nobody(), &POLICY, move |tx, _| {
                lifecycle::postpone(tx, &target, since, again)
            })
    }

    fn fail(&self, target: String, since: i64, due: i64) -> Result<(), Fault> {
        let again = self.again(since, due);
        self.app.write(
            "reconcile.fail",
            &nobody(),
            &POLICY,
            move |tx, _| match lifecycle::failed(tx, &target)? {
                true => lifecycle::postpone(tx, &target, since, again),
                false => lifecycle::clean(tx, &target, since),
            },
        )
    }

    /// When to try again: the longer it has been waiting, the later.
    fn again(&self, since: i64, due: i64) -> i64 {
        let now = self.app.now().as_microsecond();
        due.max(now) + (now - since).clamp(BACKOFF.0, BACKOFF.1)
    }
}

/// A target that is as planned in the fabric.
#[derive(Clone)]
struct Done {
    target: String,
    since: i64,
    due: i64,
    /// Ids and generations that the plan was made from.
    seen: Vec<(String, u64)>,
}

enum Stop {
    Fault(Fault),
    Fabric(Failure),
}

impl From<Fault> for Stop {
    fn from(fault: Fault) -> Stop {
        Stop::Fault(fault)
    }
}

impl From<Failure> for Stop {
    fn from(failure: Failure) -> Stop {
        Stop::Fabric(failure)
    }
}

fn nobody() -> Caller {
    identity::operator("", "reconcile")
}
