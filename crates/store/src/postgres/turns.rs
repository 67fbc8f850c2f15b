//! Whose turn it is to write: as many writers of this process at once as lose little against each other.
//!
//! Serializable transactions that touch the same index pages make each other fail even when they mean different rows,
//! and work that fails is done again. So the number of writers adapts: every loss halves it, every success lets it
//! grow by a part. Under contention they go nearly one after the other, which is faster than losing in parallel.
//!
//! Turns are taken in the order in which transactions began, those that lost before those that came later: nobody
//! waits for more than what was there before him.

use std::collections::BTreeMap;
use std::sync::Mutex;
use std::sync::MutexGuard;
use std::sync::PoisonError;
use std::thread;
use std::thread::Thread;

/// The writers of one process.
pub(super) struct Turns {
    state: Mutex<State>,
    most: f64,
}

struct State {
    running: usize,
    /// Whether the one that runs will have no other beside it.
    alone: bool,
    allowed: f64,
    /// Tickets given out.
    given: u64,
    /// Tickets of those that wait; the lowest is next, and is woken alone.
    waiting: BTreeMap<u64, Thread>,
}

/// The place of a transaction in the order of beginnings; it keeps it when it runs again.
#[derive(Clone, Copy)]
pub(super) struct Ticket(u64);

/// A turn; it ends when this is dropped.
pub(super) struct Turn<'a> {
    turns: &'a Turns,
}

impl State {
    fn has_room(&self, alone: bool) -> bool {
        match alone {
            true => self.running == 0,
            false => !self.alone && self.running as f64 + 1.0 <= self.allowed,
        }
    }

    /// Tells the next one to look whether there is room for it.
    fn wake(&self) {
        if let Some(next) = self.waiting.values().next() {
            next.unpark();
        }
    }
}

impl Turns {
    /// At most so many at once.
    pub(super) fn new(most: usize) -> Self {
        let most = most as f64;
        Self {
            state: Mutex::new(State {
                running: 0,
                alone: false,
                allowed: most,
                given: 0,
                waiting: BTreeMap::new(),
            }),
            most,
        }
    }

    /// A place behind all that began before.
    pub(super) fn ticket(&self) -> Ticket {
        let mut state = self.lock();
        state.given += 1;
        Ticket(state.given)
    }

    /// Waits for a turn; `alone` for one that no other writer shares.
    pub(super) fn take(&self, Ticket(ticket): Ticket, alone: bool) -> Turn<'_> {
        let mut state = self.lock();
        loop {
            let next = state.waiting.keys().next();
            if next.is_none_or(|next| ticket <= *next) && state.has_room(alone) {
                break;
            }
            state.waiting.insert(ticket, thread::current());
            drop(state);
            thread::park();
            state = self.lock();
        }
        state.waiting.remove(&ticket);
        state.running += 1;
        state.alone = alone;
        // The next one may have room beside this one.
        state.wake();
        Turn { turns: self }
    }

    /// Takes over whether a run lost against another.
    pub(super) fn learn(&self, lost: bool) {
        let mut state = self.lock();
        state.allowed = if lost {
            (state.allowed / 2.0).max(1.0)
        } else {
            (state.allowed + 0.1 / state.allowed).min(self.most)
        };
        state.wake();
    }

    fn lock(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Drop for Turn<'_> {
    fn drop(&mut self) {
        let mut state = self.turns.lock();
        state.running -= 1;
        state.alone = false;
        state.wake();
    }
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::AtomicUsize;
    use std::sync::atomic::Ordering;

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
                        let turn = turns.take(turns.ticket(), alone);
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

    /// Whoever began first goes first, even when it comes back after it lost.
    #[test]
    fn turns_go_by_age() {
        let turns = Turns::new(1);
        let (old, young) = (turns.ticket(), turns.ticket());
        let held = turns.take(turns.ticket(), false);
        let order = Mutex::new(Vec::new());
        thread::scope(|scope| {
            let (turns, order) = (&turns, &order);
            let go = |ticket, name| {
                scope.spawn(move || {
                    let turn = turns.take(ticket, false);
                    order.lock().unwrap().push(name);
                    drop(turn);
                });
            };
            go(young, "young");
            go(old, "old");
            while turns.lock().waiting.len() < 2 {
                thread::yield_now();
            }
            drop(held);
        });
        assert_eq!(order.into_inner().unwrap(), ["old", "young"]);
    }
}
