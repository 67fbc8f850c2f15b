//! A bounded pool of connections that are opened when first needed.

use std::collections::BTreeMap;
use std::sync::Mutex;
use std::sync::MutexGuard;
use std::sync::PoisonError;
use std::thread;
use std::thread::Thread;
use std::time::Duration;
use std::time::Instant;

use crate::Error;

/// At most `size` connections; whoever finds none free waits, but not longer than `patience`.
///
/// Those who wait are served in the order in which they came, the urgent ones first.
pub(crate) struct Pool<C> {
    state: Mutex<State<C>>,
    size: usize,
    patience: Duration,
}

struct State<C> {
    idle: Vec<C>,
    open: usize,
    /// Places given out.
    given: u64,
    /// Who waits, the next one first. Each is woken alone: all of them would wake to find that it is not their turn.
    waiting: BTreeMap<Place, Thread>,
}

/// A place in the queue: whether it is one behind the urgent ones, and its number.
type Place = (bool, u64);

impl<C> State<C> {
    fn has_room(&self, size: usize) -> bool {
        !self.idle.is_empty() || self.open < size
    }

    /// Tells the first of those who wait to look again.
    fn wake(&self) {
        if let Some(next) = self.waiting.values().next() {
            next.unpark();
        }
    }
}

impl<C> Pool<C> {
    pub(crate) fn new(size: usize, patience: Duration) -> Self {
        let state = State {
            idle: Vec::new(),
            open: 0,
            given: 0,
            waiting: BTreeMap::new(),
        };
        Self {
            state: Mutex::new(state),
            size,
            patience,
        }
    }

    /// A connection: the one used last, or a new one from `open`. An urgent caller is one that others wait for.
    pub(crate) fn take(
        &self,
        urgent: bool,
        open: impl FnOnce() -> Result<C, Error>,
    ) -> Result<Lease<'_, C>, Error> {
        let mut state = self.wait(urgent)?;
        let (connection, reused) = match state.idle.pop() {
            Some(connection) => (Some(connection), true),
            None => {
                state.open += 1;
                (None, false)
            }
        };
        if state.has_room(self.size) {
            state.wake();
        }
        drop(state);
        let mut lease = Lease {
            pool: self,
            connection,
            reused,
        };
        if !reused {
            lease.connection = Some(open()?);
        }
        Ok(lease)
    }

    /// Waits until there is room and nobody before the caller.
    fn wait(&self, urgent: bool) -> Result<MutexGuard<'_, State<C>>, Error> {
        let deadline = Instant::now() + self.patience;
        let mut state = self.lock();
        state.given += 1;
        let place = (!urgent, state.given);
        loop {
            let next = state.waiting.keys().next();
            if next.is_none_or(|next| place <= *next) && state.has_room(self.size) {
                state.waiting.remove(&place);
                return Ok(state);
            }
            let left = deadline.saturating_duration_since(Instant::now());
            if left.is_zero() {
                state.waiting.remove(&place);
                // It may have been told of room that is somebody else's now.
                state.wake();
                return Err(Error::Unavailable(format!(
                    "all {} connections were busy for {} ms",
                    self.size,
                    self.patience.as_millis()
                )));
            }
            state.waiting.insert(place, thread::current());
            drop(state);
            thread::park_timeout(left);
            state = self.lock();
        }
    }

    /// Closes the connections that nobody holds.
    pub(crate) fn forget_idle(&self) {
        let mut state = self.lock();
        state.open -= state.idle.len();
        let idle = std::mem::take(&mut state.idle);
        state.wake();
        drop(state);
        drop(idle);
    }

    fn lock(&self) -> MutexGuard<'_, State<C>> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// A borrowed connection. It is closed when dropped, unless it was given back in a known state.
pub(crate) struct Lease<'p, C> {
    pool: &'p Pool<C>,
    connection: Option<C>,
    /// Whether the connection has served before, so that it may have died meanwhile.
    pub(crate) reused: bool,
}

impl<C> Lease<'_, C> {
    /// The connection itself.
    pub(crate) fn connection(&mut self) -> Result<&mut C, Error> {
        let gone = || Error::Corrupt("a lease without a connection".to_owned());
        self.connection.as_mut().ok_or_else(gone)
    }

    /// Returns a connection that is outside of any transaction.
    pub(crate) fn give_back(mut self) {
        if let Some(connection) = self.connection.take() {
            let mut state = self.pool.lock();
            state.idle.push(connection);
            // Drop takes this one off again.
            state.open += 1;
        }
    }
}

impl<C> Drop for Lease<'_, C> {
    fn drop(&mut self) {
        drop(self.connection.take());
        let mut state = self.pool.lock();
        state.open -= 1;
        state.wake();
    }
}

#[cfg(test)]
mod tests {
    use std::sync::mpsc;
    use std::thread;

    use super::*;

    fn pool(size: usize) -> Pool<u32> {
        Pool::new(size, Duration::from_millis(20))
    }

    #[test]
    fn the_connection_used_last_comes_back_first() {
        let pool = pool(2);
        let one = pool.take(false, || Ok(1)).unwrap();
        let two = pool.take(false, || Ok(2)).unwrap();
        assert!(!two.reused);
        two.give_back();
        one.give_back();
        let mut again = pool.take(false, || Ok(3)).unwrap();
        assert_eq!((*again.connection().unwrap(), again.reused), (1, true));
    }

    #[test]
    fn a_full_pool_is_unavailable_in_time() {
        let pool = pool(1);
        let held = pool.take(false, || Ok(1)).unwrap();
        let refused = pool.take(false, || Ok(2)).map(drop);
        let words = "all 1 connections were busy for 20 ms".to_owned();
        assert_eq!(refused, Err(Error::Unavailable(words)));
        // Dropped unreturned, it is closed, and makes room for another.
        drop(held);
        let mut fresh = pool.take(false, || Ok(3)).unwrap();
        assert_eq!((*fresh.connection().unwrap(), fresh.reused), (3, false));
    }

    #[test]
    fn a_failure_to_open_takes_no_room() {
        let pool = pool(1);
        for _ in 0..3 {
            let refused = pool.take(false, || Err(Error::ReadOnly)).map(drop);
            assert_eq!(refused, Err(Error::ReadOnly));
        }
        pool.take(false, || Ok(1)).unwrap().give_back();
        pool.forget_idle();
        assert!(!pool.take(false, || Ok(2)).unwrap().reused);
    }

    #[test]
    fn whoever_waits_is_served_next() {
        let pool = Pool::new(1, Duration::from_secs(60));
        let held = pool.take(false, || Ok(1)).unwrap();
        let (waiting, waits) = mpsc::channel();
        thread::scope(|scope| {
            let pool = &pool;
            let waiter = scope.spawn(move || {
                waiting.send(()).unwrap();
                let mut lease = pool.take(false, || Ok(2)).unwrap();
                *lease.connection().unwrap()
            });
            waits.recv().unwrap();
            held.give_back();
            assert_eq!(waiter.join().unwrap(), 1);
        });
    }

    /// Whoever others wait for goes before those for whom nobody does.
    #[test]
    fn the_urgent_go_first_and_the_others_by_age() {
        let pool = Pool::new(1, Duration::from_secs(60));
        let held = pool.take(false, || Ok(1)).unwrap();
        let order = Mutex::new(Vec::new());
        thread::scope(|scope| {
            let (pool, order) = (&pool, &order);
            for (n, urgent) in [false, false, true].into_iter().enumerate() {
                scope.spawn(move || {
                    let lease = pool.take(urgent, || Ok(2)).unwrap();
                    order.lock().unwrap().push(n);
                    lease.give_back();
                });
                while pool.lock().waiting.len() <= n {
                    thread::yield_now();
                }
            }
            held.give_back();
        });
        assert_eq!(order.into_inner().unwrap(), [2, 0, 1]);
    }
}
