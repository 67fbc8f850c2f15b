//! SQLite: one writer thread that commits in groups, a few readers on snapshots.

mod connect;
mod errors;
mod transaction;
mod writer;

use std::fs;
use std::os::unix::fs::DirBuilderExt;
use std::panic::AssertUnwindSafe;
use std::panic::catch_unwind;
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::AtomicBool;
use std::sync::atomic::Ordering;
use std::time::Duration;

use rusqlite::Connection;
use tempfile::TempDir;

use crate::Error;
use crate::Failure;
use crate::Tx;
use crate::error::panicked;
use crate::pool::Pool;
use connect::Options;
use errors::told;
use transaction::SqliteTx;
use writer::Writer;

const READERS: usize = 4;
const PATIENCE: Duration = Duration::from_secs(5);

/// The SQLite adapter. Fields drop in order: the writer ends before its directory goes.
pub(crate) struct Sqlite {
    writer: Writer,
    readers: Pool<Connection>,
    options: Options,
    read_only: Arc<AtomicBool>,
    _directory: Option<TempDir>,
}

impl Sqlite {
    /// Opens or creates the database in `dir`, durable.
    pub(crate) fn open(dir: &Path) -> Result<Self, Error> {
        create(dir)?;
        Self::start(Options::durable(dir), None)
    }

    /// Opens an empty database in a temporary directory, not durable.
    pub(crate) fn ephemeral() -> Result<Self, Error> {
        let unavailable = |error| Error::Unavailable(format!("temporary directory: {error}"));
        let directory = TempDir::with_prefix("vpcd-").map_err(unavailable)?;
        Self::start(Options::ephemeral(directory.path()), Some(directory))
    }

    fn start(options: Options, directory: Option<TempDir>) -> Result<Self, Error> {
        let mut connection = options.open_writer()?;
        connect::migrate(&mut connection)?;
        let read_only = Arc::new(AtomicBool::new(false));
        Ok(Self {
            writer: Writer::start(connection, options.clone(), Arc::clone(&read_only))?,
            readers: Pool::new(READERS, PATIENCE),
            options,
            read_only,
            _directory: directory,
        })
    }

    pub(crate) fn write<T, E, F>(&self, f: F) -> Result<T, E>
    where
        F: FnMut(&mut dyn Tx) -> Result<T, E> + Send + 'static,
        T: Send + 'static,
        E: Failure,
    {
        self.writer.write(f)
    }

    pub(crate) fn read<T, E, F>(&self, mut f: F) -> Result<T, E>
    where
        F: FnMut(&mut dyn Tx) -> Result<T, E>,
        E: Failure,
    {
        let mut lease = self.readers.take(false, || self.options.open_reader())?;
        let connection = lease.connection()?;
        connection.execute_batch("BEGIN DEFERRED").map_err(told)?;
        let mut tx = SqliteTx::new(connection);
        let result = catch_unwind(AssertUnwindSafe(|| f(&mut tx)));
        let failed = tx.failed();
        let ended = connection.is_autocommit() || connection.execute_batch("ROLLBACK").is_ok();
        // A reader that met a broken file is not asked again: the next one opens anew.
        if ended && !matches!(failed, Some(Error::Unavailable(_) | Error::Corrupt(_))) {
            lease.give_back();
        }
        match (result, failed) {
            (Err(payload), _) => Err(E::from(panicked(payload.as_ref()))),
            (Ok(Ok(_)), Some(error)) => Err(E::from(error)),
            (Ok(result), _) => result,
        }
    }

    pub(crate) fn set_read_only(&self, on: bool) {
        self.read_only.store(on, Ordering::SeqCst);
    }

    pub(crate) fn read_only(&self) -> bool {
        self.read_only.load(Ordering::SeqCst)
    }
}

/// Creates `dir` for its owner alone, and so that it survives a power failure: a directory is an entry of its
/// parent, which has to be flushed too.
fn create(dir: &Path) -> Result<(), Error> {
    let unavailable = |error| Error::Unavailable(format!("{}: {error}", dir.display()));
    let absolute = std::path::absolute(dir).map_err(unavailable)?;
    let missing: Vec<&Path> = absolute
        .ancestors()
        .take_while(|ancestor| !ancestor.exists())
        .collect();
    fs::DirBuilder::new()
        .recursive(true)
        .mode(0o700)
        .create(&absolute)
        .map_err(unavailable)?;
    for parent in missing.into_iter().filter_map(Path::parent) {
        fs::File::open(parent)
            .and_then(|parent| parent.sync_all())
            .map_err(unavailable)?;
    }
    Ok(())
}

#[cfg(test)]
mod tests;
