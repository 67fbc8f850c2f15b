//! The one writer: takes whatever has queued up and commits it in one go, so that a durable write costs a share
//! of one flush.

use std::panic::AssertUnwindSafe;
use std::panic::catch_unwind;
use std::sync::Arc;
use std::sync::atomic::AtomicBool;
use std::sync::atomic::Ordering;
use std::sync::mpsc;
use std::sync::mpsc::Receiver;
use std::sync::mpsc::Sender;
use std::sync::mpsc::SyncSender;
use std::thread;
use std::thread::JoinHandle;

use rusqlite::Connection;

use super::connect::Options;
use super::errors::told;
use super::transaction::SqliteTx;
use crate::Error;
use crate::Failure;
use crate::Tx;
use crate::error::panicked;

/// The most transactions in one commit: bounds the time that the first of them waits for the last.
const GROUP: usize = 256;

/// The queue to the writer's thread.
pub(super) struct Writer {
    queue: Option<Sender<Box<dyn Job>>>,
    thread: Option<JoinHandle<()>>,
}

impl Writer {
    pub(super) fn start(
        connection: Connection,
        options: Options,
        read_only: Arc<AtomicBool>,
    ) -> Result<Self, Error> {
        let (queue, jobs) = mpsc::channel();
        let mut state = State {
            connection: Some(connection),
            options,
            read_only,
            refusing: false,
        };
        let thread = thread::Builder::new()
            .name("vpcd-writer".to_owned())
            .spawn(move || state.serve(&jobs))
            .map_err(|error| Error::Unavailable(format!("writer thread: {error}")))?;
        Ok(Self {
            queue: Some(queue),
            thread: Some(thread),
        })
    }

    pub(super) fn write<T, E, F>(&self, f: F) -> Result<T, E>
    where
        F: FnMut(&mut dyn Tx) -> Result<T, E> + Send + 'static,
        T: Send + 'static,
        E: Failure,
    {
        let stopped = || Error::Unavailable("the writer has stopped".to_owned());
        if self.is_current() {
            // It would wait for itself for ever.
            let nested = "a write inside a write".to_owned();
            return Err(E::from(Error::Corrupt(nested)));
        }
        let (reply, answer) = mpsc::sync_channel(1);
        let job = Box::new(Call {
            f,
            result: None,
            panicked: false,
            reply,
        });
        let queue = self.queue.as_ref().ok_or_else(stopped)?;
        queue.send(job).map_err(|_| stopped())?;
        answer.recv().map_err(|_| stopped())?
    }

    fn is_current(&self) -> bool {
        let current = thread::current().id();
        matches!(&self.thread, Some(thread) if thread.thread().id() == current)
    }
}

impl Drop for Writer {
    fn drop(&mut self) {
        // Closing the queue ends the thread once it has answered what is in it.
        drop(self.queue.take());
        let itself = self.is_current();
        if let (Some(thread), false) = (self.thread.take(), itself)
            && thread.join().is_err()
        {
            tracing::error!("the writer's thread panicked");
        }
    }
}

/// A transaction in the queue, with its types hidden.
trait Job: Send {
    /// Runs the closure and says whether its work is to be kept.
    fn run(&mut self, tx: &mut SqliteTx<'_>) -> bool;
    /// Tells the caller: the closure's result, or why the commit failed.
    fn answer(self: Box<Self>, committed: Result<(), Error>);
}

struct Call<T, E, F> {
    f: F,
    result: Option<Result<T, E>>,
    panicked: bool,
    reply: SyncSender<Result<T, E>>,
}

impl<T, E, F> Job for Call<T, E, F>
where
    F: FnMut(&mut dyn Tx) -> Result<T, E> + Send,
    T: Send,
    E: Failure,
{
    fn run(&mut self, tx: &mut SqliteTx<'_>) -> bool {
        if self.panicked {
            // What it left of its captures is nothing to run again.
            return false;
        }
        let result = match catch_unwind(AssertUnwindSafe(|| (self.f)(tx))) {
            Ok(Ok(value)) => tx.failed().map_or(Ok(value), |error| Err(E::from(error))),
            Ok(Err(failure)) => Err(failure),
            Err(payload) => {
                self.panicked = true;
                Err(E::from(panicked(payload.as_ref())))
            }
        };
        let keep = result.is_ok();
        self.result = Some(result);
        keep
    }

    fn answer(self: Box<Self>, committed: Result<(), Error>) {
        // Whoever failed may have failed because of a neighbour's row that is now gone, so a failed commit
        // is everybody's answer.
        let result = match (committed, self.result) {
            (Ok(()), Some(result)) => result,
            (Ok(()), None) => Err(E::from(Error::Corrupt("a job that never ran".to_owned()))),
            (Err(error), _) => Err(E::from(error)),
        };
        // A caller that has gone away needs no answer.
        drop(self.reply.send(result));
    }
}

/// Why a group is not in the database.
enum Lost {
    /// The transaction ended under one of several jobs (SQLite rolls back by itself when the disk is full).
    Together,
    /// It could not begin or commit.
    Refused(Error),
}

struct State {
    connection: Option<Connection>,
    options: Options,
    read_only: Arc<AtomicBool>,
    /// Whether the connection has been told to refuse writes.
    refusing: bool,
}

impl State {
    fn serve(&mut self, jobs: &Receiver<Box<dyn Job>>) {
        while let Ok(first) = jobs.recv() {
            let mut group = vec![first];
            group.extend(jobs.try_iter().take(GROUP - 1));
            match self.commit(&mut group) {
                Err(Lost::Together) => {
                    for job in group {
                        self.alone(job);
                    }
                }
                Err(Lost::Refused(error)) => answer(group, &Err(error)),
                Ok(()) => answer(group, &Ok(())),
            }
        }
    }

    fn alone(&mut self, job: Box<dyn Job>) {
        let mut group = [job];
        let committed = match self.commit(&mut group) {
            Ok(()) | Err(Lost::Together) => Ok(()),
            Err(Lost::Refused(error)) => Err(error),
        };
        let [job] = group;
        job.answer(committed);
    }

    /// Runs the jobs in one transaction. When the connection may be damaged, the next call opens a new one.
    fn commit(&mut self, group: &mut [Box<dyn Job>]) -> Result<(), Lost> {
        let connection = match self.connection.take() {
            Some(connection) => connection,
            None => {
                self.refusing = false;
                let connection = self.options.open_writer().map_err(Lost::Refused)?;
                tracing::info!("opened the database again");
                connection
            }
        };
        let refuse = self.read_only.load(Ordering::SeqCst);
        if refuse != self.refusing {
            connection
                .pragma_update(None, "query_only", refuse)
                .map_err(|error| Lost::Refused(told(error)))?;
            self.refusing = refuse;
        }
        let mut sound = true;
        let result = transact(&connection, group, refuse, &mut sound);
        sound &= !matches!(result, Err(Lost::Refused(_)));
        if sound && connection.is_autocommit() {
            self.connection = Some(connection);
        }
        result
    }
}

fn answer(group: Vec<Box<dyn Job>>, committed: &Result<(), Error>) {
    for job in group {
        job.answer(committed.clone());
    }
}

/// `BEGIN`, every job in its own savepoint, `COMMIT`. `sound` turns false when a statement
/// met trouble with the file.
fn transact(
    connection: &Connection,
    group: &mut [Box<dyn Job>],
    refuse: bool,
    sound: &mut bool,
) -> Result<(), Lost> {
    let run = |sql| statement(connection, sql).map_err(Lost::Refused);
    // IMMEDIATE itself is a write, which a refusing connection would not even begin.
    run(if refuse {
        "BEGIN DEFERRED"
    } else {
        "BEGIN IMMEDIATE"
    })?;
    let together = group.len() > 1;
    let mut kept = false;
    for job in group.iter_mut() {
        if together {
            run("SAVEPOINT job")?;
        }
        let mut tx = SqliteTx::new(connection);
        let keep = job.run(&mut tx);
        kept |= keep;
        // A reader or a neighbour may see the same trouble, but only here is the connection ours to replace.
        *sound &= match tx.failed() {
            Some(Error::Unavailable(_) | Error::Corrupt(_)) => false,
            Some(Error::ReadOnly) => refuse,
            _ => true,
        };
        if connection.is_autocommit() {
            return match (together, keep) {
                (true, _) => Err(Lost::Together),
                (false, false) => Ok(()),
                (false, true) => Err(Lost::Refused(Error::Corrupt(
                    "the transaction ended before its commit".to_owned(),
                ))),
            };
        }
        if together {
            if !keep {
                run("ROLLBACK TO job")?;
            }
            run("RELEASE job")?;
        }
    }
    run(if kept { "COMMIT" } else { "ROLLBACK" })
}

fn statement(connection: &Connection, sql: &str) -> Result<(), Error> {
    let mut statement = connection.prepare_cached(sql).map_err(told)?;
    statement.raw_execute().map(drop).map_err(told)
}

#[cfg(test)]
mod tests;
