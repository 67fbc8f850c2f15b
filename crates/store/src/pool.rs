//! A bounded pool of connections that are opened when first needed.

use std::sync::Condvar;
use std::sync::Mutex;
use std::sync::MutexGuard;
use std::sync::PoisonError;
use std::time::Duration;
use std::time::Instant;

use crate::Error;

/// At most `size` connections; whoever finds none free waits, but not longer than `patience`.
pub(crate) struct Pool<C> {
    state: Mutex<State<C>>,
    freed: Condvar,
    size: usize,
    patience: Duration,
}

struct State<C> {
    idle: Vec<C>,
    open: usize,
}

impl<C> Pool<C> {
    pub(crate) fn new(size: usize, patience: Duration) -> Self {
        let state = State {
            idle: Vec::new(),
            open: 0,
        };
        Self {
            state: Mutex::new(state),
            freed: Condvar::new(),
            size,
            patience,
        }
    }

    /// A connection: the one used last, or a new one from `open`.
    pub(crate) fn take(
        &self,
        open: impl FnOnce() -> Result<C, Error>,
    ) -> Result<Lease<'_, C>, Error> {
        let deadline = Instant::now() + self.patience;
        let mut state = self.lock();
        loop {
            if let Some(connection) = state.idle.pop() {
                return Ok(Lease {
                    pool: self,
                    connection: Some(connection),
                    reused: true,
                });
            }
            if state.open < self.size {
                state.open += 1;
                break;
            }
            let left = deadline.saturating_duration_since(Instant::now());
            if left.is_zero() {
                return Err(Error::Unavailable(format!(
                    "all {} connections were busy for {} ms",
                    self.size,
                    self.patience.as_millis()
                )));
            }
            state = self
                .freed
                .wait_timeout(state, left)
                .unwrap_or_else(PoisonError::into_inner)
                .0;
        }
        drop(state);
        let mut lease = Lease {
            pool: self,
            connection: None,
            reused: false,
        };
        lease.connection = Some(open()?);
        Ok(lease)
    }

    /// Closes the connections that nobody holds.
    pub(crate) fn forget_idle(&self) {
        let mut state = self.lock();
        state.open -= state.idle.len();
        let idle = std::mem::take(&mut state.idle);
        drop(state);
        self.freed.notify_all();
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
        self.pool.lock().open -= 1;
        self.pool.freed.notify_one();
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
        let one = pool.take(|| Ok(1)).unwrap();
        let two = pool.take(|| Ok(2)).unwrap();
        assert!(!two.reused);
        two.give_back();
        one.give_back();
        let mut again = pool.take(|| Ok(3)).unwrap();
        assert_eq!((*again.connection().unwrap(), again.reused), (1, true));
    }

    #[test]
    fn a_full_pool_is_unavailable_in_time() {
        let pool = pool(1);
        let held = pool.take(|| Ok(1)).unwrap();
        let refused = pool.take(|| Ok(2)).map(drop);
        let words = "all 1 connections were busy for 20 ms".to_owned();
        assert_eq!(refused, Err(Error::Unavailable(words)));
        // Dropped unreturned, it is closed, and makes room for another.
        drop(held);
        let mut fresh = pool.take(|| Ok(3)).unwrap();
        assert_eq!((*fresh.connection().unwrap(), fresh.reused), (3, false));
    }

    #[test]
    fn a_failure_to_open_takes_no_room() {
        let pool = pool(1);
        for _ in 0..3 {
            let refused = pool.take(|| Err(Error::ReadOnly)).map(drop);
            assert_eq!(refused, Err(Error::ReadOnly));
        }
        pool.take(|| Ok(1)).unwrap().give_back();
        pool.forget_idle();
        assert!(!pool.take(|| Ok(2)).unwrap().reused);
    }

    #[test]
    fn whoever_waits_is_served_next() {
        let pool = Pool::new(1, Duration::from_secs(60));
        let held = pool.take(|| Ok(1)).unwrap();
        let (waiting, waits) = mpsc::channel();
        thread::scope(|scope| {
            let pool = &pool;
            let waiter = scope.spawn(move || {
                waiting.send(()).unwrap();
                let mut lease = pool.take(|| Ok(2)).unwrap();
                *lease.connection().unwrap()
            });
            waits.recv().unwrap();
            held.give_back();
            assert_eq!(waiter.join().unwrap(), 1);
        });
    }
}
