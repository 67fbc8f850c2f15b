//! The store: one handle for both databases.

use std::fmt;
use std::path::Path;
use std::sync::Arc;
use std::time::Instant;

use crate::Error;
use crate::Failure;
use crate::Stat;
use crate::Tx;
use crate::postgres::Postgres;
use crate::sqlite::Sqlite;
use crate::stats::Stats;

/// A handle to the database; clones share it.
#[derive(Clone)]
pub struct Store(Arc<Inner>);

struct Inner {
    adapter: Adapter,
    stats: Stats,
}

enum Adapter {
    Sqlite(Box<Sqlite>),
    Postgres(Box<Postgres>),
}

impl fmt::Debug for Store {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self.0.adapter {
            Adapter::Sqlite(_) => "Store(SQLite)",
            Adapter::Postgres(_) => "Store(PostgreSQL)",
        })
    }
}

impl Store {
    /// Opens or creates `dir/vpcd.db`; every commit is flushed to the disk.
    pub fn sqlite(dir: &Path) -> Result<Self, Error> {
        Ok(Self::over(Adapter::Sqlite(Box::new(Sqlite::open(dir)?))))
    }

    /// Opens an empty database that vanishes with the last clone; nothing is flushed.
    pub fn ephemeral() -> Result<Self, Error> {
        Ok(Self::over(Adapter::Sqlite(Box::new(Sqlite::ephemeral()?))))
    }

    /// Connects to a PostgreSQL server (`postgres://user:password@host/database`) with up to 8 connections.
    pub fn postgres(url: &str) -> Result<Self, Error> {
        Ok(Self::over(Adapter::Postgres(Box::new(Postgres::open(
            url,
        )?))))
    }

    /// Runs `f` in one durable transaction; `name` labels it in the statistics.
    ///
    /// Blocks, so an async task calls it by way of a blocking thread. `f` must not write through the store itself.
    pub fn write<T, E, F>(&self, name: &'static str, f: F) -> Result<T, E>
    where
        F: FnMut(&mut dyn Tx) -> Result<T, E> + Send + 'static,
        T: Send + 'static,
        E: Failure,
    {
        let started = Instant::now();
        let (result, retries) = match &self.0.adapter {
            Adapter::Sqlite(sqlite) => (sqlite.write(f), 0),
            Adapter::Postgres(postgres) => postgres.write(f),
        };
        self.note(name, started, retries, &result);
        result
    }

    /// Runs `f` on one snapshot; its statements cannot write.
    pub fn read<T, E, F>(&self, name: &'static str, f: F) -> Result<T, E>
    where
        F: FnMut(&mut dyn Tx) -> Result<T, E> + Send,
        T: Send + 'static,
        E: Failure,
    {
        let started = Instant::now();
        let (result, retries) = match &self.0.adapter {
            Adapter::Sqlite(sqlite) => (sqlite.read(f), 0),
            Adapter::Postgres(postgres) => postgres.read(f),
        };
        self.note(name, started, retries, &result);
        result
    }

    /// Makes the database refuse every write that begins after this call, until switched off again.
    pub fn set_read_only(&self, on: bool) {
        match &self.0.adapter {
            Adapter::Sqlite(sqlite) => sqlite.set_read_only(on),
            Adapter::Postgres(postgres) => postgres.set_read_only(on),
        }
    }

    /// The counters of every transaction name used so far, by name.
    pub fn stats(&self) -> Vec<Stat> {
        self.0.stats.all()
    }

    /// Whether the database can read and, unless switched to read only, really write.
    pub fn check(&self) -> Result<(), Error> {
        self.read("store.check_read", |tx| {
            tx.query(
                "-- check_read\nSELECT number FROM migration",
                &[],
                &mut |_| Ok(()),
            )
        })?;
        let read_only = match &self.0.adapter {
            Adapter::Sqlite(sqlite) => sqlite.read_only(),
            Adapter::Postgres(postgres) => postgres.read_only(),
        };
        if read_only {
            return Ok(());
        }
        // A write that changes nothing would not notice a full disk.
        self.write("store.check_write", |tx| {
            tx.execute(
                "-- check_write\nUPDATE migration SET checks = checks + 1 WHERE number = 1",
                &[],
            )
        })
        .map(drop)
    }

    fn over(adapter: Adapter) -> Self {
        Self(Arc::new(Inner {
            adapter,
            stats: Stats::default(),
        }))
    }

    fn note<T, E: Failure>(
        &self,
        name: &'static str,
        started: Instant,
        retries: u64,
        result: &Result<T, E>,
    ) {
        let failed = matches!(result, Err(failure) if failure.store_error().is_some());
        self.0.stats.note(name, started.elapsed(), retries, failed);
    }
}
