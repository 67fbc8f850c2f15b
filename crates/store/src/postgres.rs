//! PostgreSQL: serializable transactions on a pool of connections of the synchronous client.
//!
//! The client brings its own event loop, so the store is never called from an async task, only from threads that
//! may block.

mod connect;
mod errors;
mod transaction;
mod turns;

use std::collections::hash_map::RandomState;
use std::hash::BuildHasher;
use std::panic::AssertUnwindSafe;
use std::panic::catch_unwind;
use std::sync::Condvar;
use std::sync::Mutex;
use std::sync::PoisonError;
use std::sync::atomic::AtomicBool;
use std::sync::atomic::Ordering;
use std::thread;
use std::time::Duration;

use crate::Error;
use crate::Failure;
use crate::Tx;
use crate::error::panicked;
use crate::pool::Lease;
use crate::pool::Pool;
use connect::Server;
use connect::Session;
use errors::told;
use transaction::PostgresTx;
use turns::Turns;

const CONNECTIONS: usize = 8;

/// Writers at once: they are served before readers, to whom some connections must be left.
const WRITERS: usize = 6;

const PATIENCE: Duration = Duration::from_secs(5);

/// Runs after the first; with the pauses between them about three seconds.
const RETRIES: u64 = 50;

/// After so many lost runs a transaction has the writers of this process wait for it: long ones would starve among
/// short ones, each of which makes them lose again.
const STARVING: u64 = 4;

/// No access mode is named for writing: a server or role that is set to read only stays so.
const WRITE: &str = "BEGIN ISOLATION LEVEL SERIALIZABLE";
const REFUSED_WRITE: &str = "BEGIN ISOLATION LEVEL SERIALIZABLE READ ONLY";
/// A snapshot needs no serializability, and without it can neither fail nor make a writer fail.
const READ: &str = "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY";

/// The PostgreSQL adapter.
pub(crate) struct Postgres {
    server: Server,
    pool: Pool<Session>,
    read_only: AtomicBool,
    pause: (Mutex<()>, Condvar),
    /// A turn is taken before a connection, never while holding one.
    turns: Turns,
}

impl Drop for Postgres {
    fn drop(&mut self) {
        // Closing a connection runs the client's event loop, which panics on a thread that is inside another
        // one; the last handle may well be dropped there.
        let pool = &self.pool;
        thread::scope(|scope| {
            let closer = thread::Builder::new().spawn_scoped(scope, || pool.forget_idle());
            if let Err(error) = closer {
                tracing::warn!(%error, "no thread to close the connections to PostgreSQL");
            }
        });
    }
}

/// How one run of a closure ended.
enum Run<T, E> {
    Done(Result<T, E>),
    /// It lost against a concurrent transaction and left nothing behind.
    Again,
}

impl Postgres {
    pub(crate) fn open(url: &str) -> Result<Self, Error> {
        let server = Server::at(url)?;
        let pool = Pool::new(CONNECTIONS, PATIENCE);
        let mut lease = pool.take(true, || server.connect())?;
        connect::migrate(lease.connection()?)?;
        lease.give_back();
        Ok(Self {
            server,
            pool,
            read_only: AtomicBool::new(false),
            pause: (Mutex::new(()), Condvar::new()),
            turns: Turns::new(WRITERS),
        })
    }

    /// Runs `f` until it does not lose against others any more; with the number of runs after the first.
    pub(crate) fn write<T, E, F>(&self, f: F) -> (Result<T, E>, u64)
    where
        F: FnMut(&mut dyn Tx) -> Result<T, E>,
        E: Failure,
    {
        let begin = if self.read_only() {
            REFUSED_WRITE
        } else {
            WRITE
        };
        let ticket = self.turns.ticket();
        self.run(f, |f, retries| {
            let turn = self.turns.take(ticket, retries >= STARVING);
            let run = self.attempt(begin, f);
            drop(turn);
            if let Ok(run) = &run {
                self.turns.learn(matches!(run, Run::Again));
            }
            run
        })
    }

    /// Runs `f` on one snapshot; a standby server may cancel it, then it runs again.
    pub(crate) fn read<T, E, F>(&self, f: F) -> (Result<T, E>, u64)
    where
        F: FnMut(&mut dyn Tx) -> Result<T, E>,
        E: Failure,
    {
        self.run(f, |f, _| self.attempt(READ, f))
    }

    pub(crate) fn set_read_only(&self, on: bool) {
        self.read_only.store(on, Ordering::SeqCst);
    }

    pub(crate) fn read_only(&self) -> bool {
        self.read_only.load(Ordering::SeqCst)
    }

    fn run<T, E, F>(
        &self,
        mut f: F,
        attempt: impl Fn(&mut F, u64) -> Result<Run<T, E>, Error>,
    ) -> (Result<T, E>, u64)
    where
        F: FnMut(&mut dyn Tx) -> Result<T, E>,
        E: Failure,
    {
        let mut retries = 0;
        loop {
            match attempt(&mut f, retries) {
                Ok(Run::Done(result)) => return (result, retries),
                Ok(Run::Again) if retries < RETRIES => {
                    retries += 1;
                    self.rest(retries);
                }
                Ok(Run::Again) => return (Err(E::from(Error::Retry)), retries),
                Err(error) => return (Err(E::from(error)), retries),
            }
        }
    }

    fn attempt<T, E, F>(&self, begin: &'static str, f: &mut F) -> Result<Run<T, E>, Error>
    where
        F: FnMut(&mut dyn Tx) -> Result<T, E>,
        E: Failure,
    {
        let mut lease = self.begin(begin)?;
        let session = lease.connection()?;
        let mut tx = PostgresTx::new(session);
        let result = catch_unwind(AssertUnwindSafe(|| f(&mut tx)));
        let failed = tx.failed();
        // COMMIT after a failed statement would be answered like a success and be a rollback.
        let keep = matches!(result, Ok(Ok(_))) && failed.is_none();
        let ended = session
            .client
            .batch_execute(if keep { "COMMIT" } else { "ROLLBACK" })
            .map_err(|error| told(&error));
        if ended.is_ok() && !matches!(failed, Some(Error::Unavailable(_))) {
            lease.give_back();
        } else {
            drop(lease);
        }
        if keep {
            match ended {
                Ok(()) => {}
                Err(Error::Retry) => return Ok(Run::Again),
                Err(Error::Unavailable(words)) => {
                    return Err(Error::Unavailable(format!(
                        "lost while committing, the outcome is unknown: {words}"
                    )));
                }
                Err(error) => return Err(error),
            }
        }
        Ok(match (result, failed) {
            (_, Some(Error::Retry)) => Run::Again,
            (Err(payload), _) => Run::Done(Err(E::from(panicked(payload.as_ref())))),
            (Ok(Ok(_)), Some(error)) => Run::Done(Err(E::from(error))),
            (Ok(result), _) => Run::Done(result),
        })
    }

    /// A connection inside a transaction. One that died while it was idle is replaced: nothing was asked of it.
    fn begin(&self, begin: &'static str) -> Result<Lease<'_, Session>, Error> {
        loop {
            // A writer has its turn already: whoever writes next waits for it, for a reader nobody does.
            let urgent = begin != READ;
            let mut lease = self.pool.take(urgent, || self.server.connect())?;
            match lease.connection()?.client.batch_execute(begin) {
                Ok(()) => return Ok(lease),
                Err(error) if lease.reused => {
                    tracing::info!(%error, "connecting to PostgreSQL again");
                    drop(lease);
                    self.pool.forget_idle();
                }
                Err(error) => return Err(told(&error)),
            }
        }
    }

    /// Waits longer each time, and never as long as a neighbour that lost in the same moment.
    fn rest(&self, retries: u64) {
        let ceiling = 1000 << retries.min(6);
        let random = RandomState::new().hash_one(retries);
        let time = Duration::from_micros(ceiling / 2 + random % ceiling);
        let guard = self.pause.0.lock().unwrap_or_else(PoisonError::into_inner);
        // Nobody notifies: this is a sleep whose end does not depend on a spurious wake.
        drop(self.pause.1.wait_timeout(guard, time));
    }
}
