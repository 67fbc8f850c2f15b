//! Whose turn it is to write: as many writers of this process at once as lose little against each other.
//!
//! Serializable transactions that touch the same index pages make each other fail even when they mean different rows,
//! and work that fails is done again. So the number of writers adapts: every loss halves it, every success lets it
//! grow by a part. Under contention they go nearly one after the other, which is faster than losing in parallel.

use std::sync::Condvar;
use std::sync::Mutex;
use std::sync::MutexGuard;
use std::sync::PoisonError;

/// The writers of one process.
pub(super) struct Turns {
    state: Mutex<State>,
    changed: Condvar,
    most: f64,
}

struct State {
    running: usize,
    /// Writers that will not run beside any other, waiting or running.
    loners: usize,
    allowed: f64,
}

/// A turn; it ends when this is dropped.
pub(super) struct Turn<'a> {
    turns: &'a Turns,
    alone: bool,
}

impl Turns {
    /// At most so many at once.
    pub(super) fn new(most: usize) -> Self {
        let most = most as f64;
        Self {
            state: Mutex::new(State {
                running: 0,
                loners: 0,
                allowed: most,
            }),
            changed: Condvar::new(),
            most,
        }
    }

    /// Waits for a turn beside others.
    pub(super) fn beside_others(&self) -> Turn<'_> {
        let mut state = self.lock();
        while state.loners > 0 || state.running as f64 + 1.0 > state.allowed {
            state = self.wait(state);
        }
        state.running += 1;
        Turn {
            turns: self,
            alone: false,
        }
    }

    /// Waits for a turn that no other writer shares; those who come later wait for it.
    pub(super) fn alone(&self) -> Turn<'_> {
        let mut state = self.lock();
        state.loners += 1;
        while state.running > 0 {
            state = self.wait(state);
        }
        state.running += 1;
        Turn {
            turns: self,
            alone: true,
        }
    }

    /// Takes over whether a run lost against another.
    pub(super) fn learn(&self, lost: bool) {
        let mut state = self.lock();
        state.allowed = if lost {
            (state.allowed / 2.0).max(1.0)
        } else {
            (state.allowed + 0.1 / state.allowed).min(self.most)
        };
    }

    fn lock(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn wait<'g>(&self, guard: MutexGuard<'g, State>) -> MutexGuard<'g, State> {
        self.changed
            .wait(guard)
            .unwrap_or_else(PoisonError::into_inner)
    }
}

impl Drop for Turn<'_> {
    fn drop(&mut self) {
        let mut state = self.turns.lock();
        state.running -= 1;
        state.loners -= usize::from(self.alone);
        drop(state);
        self.turns.changed.notify_all();
    }
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::AtomicUsize;
    use std::sync::atomic::Ordering;
    use std::thread;

    use super::*;

    #[test]
    fn losses_narrow_the_way_and_successes_widen_it_again() {
        let turns = Turns::new(8);
        (0..10).for_each(|_| turns.learn(true));
        assert!((turns.lock().allowed - 1.0).abs() < 1e-9);
        (0..2000).for_each(|_| turns.learn(false));
        assert!((turns.lock().allowed - 8.0).abs() < 1e-9);
    }

    #[test]
    fn nobody_runs_beside_a_loner_and_never_more_than_allowed() {
        let turns = Turns::new(3);
        let (running, most) = (AtomicUsize::new(0), AtomicUsize::new(0));
        thread::scope(|scope| {
            for n in 0..8 {
                let (turns, running, most) = (&turns, &running, &most);
                scope.spawn(move || {
                    for _ in 0..500 {
                        let alone = n == 0;
                        let turn = if alone {
                            turns.alone()
                        } else {
                            turns.beside_others()
                        };
                        let beside = running.fetch_add(1, Ordering::SeqCst);
                        assert!(!alone || beside == 0);
                        most.fetch_max(beside + 1, Ordering::SeqCst);
                        thread::yield_now();
                        running.fetch_sub(1, Ordering::SeqCst);
                        drop(turn);
                    }
                });
            }
        });
        assert!(most.into_inner() <= 3);
    }
}
