//! Counters per transaction name.

use std::collections::BTreeMap;
use std::sync::Mutex;
use std::sync::PoisonError;
use std::time::Duration;

/// What has happened so far under one transaction name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stat {
    /// The name given to `Store::write` or `Store::read`.
    pub name: &'static str,
    /// Transactions that were answered.
    pub count: u64,
    /// Runs beyond the first, after a serialization failure.
    pub retries: u64,
    /// Transactions answered with an error of the store (a caller's own refusal is no failure).
    pub failures: u64,
    /// Time from call to answer, waiting included, in microseconds.
    pub total_micros: u64,
}

/// The counters of one store.
#[derive(Default)]
pub(crate) struct Stats(Mutex<BTreeMap<&'static str, Stat>>);

impl Stats {
    pub(crate) fn note(&self, name: &'static str, took: Duration, retries: u64, failed: bool) {
        let mut stats = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let stat = stats.entry(name).or_insert(Stat {
            name,
            count: 0,
            retries: 0,
            failures: 0,
            total_micros: 0,
        });
        stat.count += 1;
        stat.retries += retries;
        stat.failures += u64::from(failed);
        stat.total_micros += u64::try_from(took.as_micros()).unwrap_or(u64::MAX);
    }

    pub(crate) fn all(&self) -> Vec<Stat> {
        let stats = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        stats.values().cloned().collect()
    }
}
