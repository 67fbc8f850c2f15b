//! A fabric without packets: it remembers what it was told, and fails when it is told to.

use std::collections::HashMap;
use std::sync::{Mutex, MutexGuard, PoisonError};

use crate::{Change, Driver, Failure, Rows};

/// The simulated fabric.
#[derive(Default)]
pub struct Simulated {
    state: Mutex<State>,
    forgets: bool,
}

#[derive(Default)]
struct State {
    targets: HashMap<String, Rows>,
    failing: Option<Failure>,
    applied: u64,
}

impl Simulated {
    /// A fabric that remembers every row: for tests that compare it with the plan.
    pub fn new() -> Simulated {
        Simulated::default()
    }

    /// A fabric that remembers nothing: the default of a server that carries no packets, whose memory must not grow
    /// with what is stored.
    pub fn forgetful() -> Simulated {
        Simulated {
            forgets: true,
            ..Simulated::default()
        }
    }

    /// Fails every call from now on, or works again.
    pub fn fail_with(&self, failure: Option<Failure>) {
        self.lock().failing = failure;
    }

    /// What a target holds, whatever fails.
    pub fn rows(&self, target: &str) -> Rows {
        self.lock().targets.get(target).cloned().unwrap_or_default()
    }

    /// How often changes were applied.
    pub fn applied(&self) -> u64 {
        self.lock().applied
    }

    fn lock(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Driver for Simulated {
    fn observe(&self, target: &str) -> Result<Rows, Failure> {
        let state = self.lock();
        match &state.failing {
            Some(failure) => Err(failure.clone()),
            None => Ok(state.targets.get(target).cloned().unwrap_or_default()),
        }
    }

    fn apply(&self, target: &str, changes: &[Change]) -> Result<(), Failure> {
        let mut state = self.lock();
        if let Some(failure) = &state.failing {
            return Err(failure.clone());
        }
        state.applied += 1;
        if self.forgets {
            return Ok(());
        }
        let rows = state.targets.entry(target.to_owned()).or_default();
        for change in changes {
            match change {
                Change::Put(name, value) => {
                    rows.insert(name.clone(), value.clone());
                }
                Change::Remove(name) => {
                    rows.remove(name);
                }
            }
        }
        if rows.is_empty() {
            state.targets.remove(target);
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn passes_the_suite_of_every_driver() {
        crate::contract::suite(&Simulated::new());
    }
}
