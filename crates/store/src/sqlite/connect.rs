//! Opening SQLite connections and bringing the schema up to date.

use std::path::Path;
use std::path::PathBuf;
use std::time::Duration;

use rusqlite::Connection;
use rusqlite::OpenFlags;

use super::errors::told;
use crate::Error;
use crate::migrate;
use crate::migrate::Words;

const WORDS: Words = Words {
    text: "TEXT",
    blob: "BLOB",
    serial: "INTEGER PRIMARY KEY AUTOINCREMENT",
    keyed: "WITHOUT ROWID",
};

const BUSY: Duration = Duration::from_secs(5);

/// Distinct statements of this crate, with room.
const STATEMENTS: usize = 128;

/// Where the database is and how it is opened, again after a breakdown.
#[derive(Clone)]
pub(super) struct Options {
    file: PathBuf,
    durable: bool,
    /// The largest size in pages: lets a test fill the "disk".
    pub(super) max_pages: Option<u32>,
    /// How long to wait for another process, such as a backup, that holds the file.
    pub(super) busy: Duration,
}

impl Options {
    pub(super) fn durable(dir: &Path) -> Self {
        Self {
            file: dir.join("vpcd.db"),
            durable: true,
            max_pages: None,
            busy: BUSY,
        }
    }

    pub(super) fn ephemeral(dir: &Path) -> Self {
        Self {
            durable: false,
            ..Self::durable(dir)
        }
    }

    /// The connection that writes.
    pub(super) fn open_writer(&self) -> Result<Connection, Error> {
        let connection = self.open(OpenFlags::SQLITE_OPEN_CREATE)?;
        let synchronous = if self.durable { "FULL" } else { "OFF" };
        // Temporary files in memory: the journal of a savepoint is one, and cost a busy group 40 % of its writes.
        let settings = format!(
            "PRAGMA journal_mode = WAL;
             PRAGMA synchronous = {synchronous};
             PRAGMA foreign_keys = ON;
             PRAGMA cache_size = -1024;
             PRAGMA temp_store = MEMORY;
             PRAGMA journal_size_limit = 16777216;"
        );
        connection.execute_batch(&settings).map_err(told)?;
        if let Some(pages) = self.max_pages {
            connection
                .execute_batch(&format!("PRAGMA max_page_count = {pages}"))
                .map_err(told)?;
        }
        Ok(connection)
    }

    /// A connection that cannot write. The file is opened for writing all the same: whoever comes first after
    /// a crash has to recover the log.
    pub(super) fn open_reader(&self) -> Result<Connection, Error> {
        let connection = self.open(OpenFlags::empty())?;
        let settings = "PRAGMA query_only = ON; PRAGMA cache_size = -1024;";
        connection.execute_batch(settings).map_err(told)?;
        Ok(connection)
    }

    fn open(&self, extra: OpenFlags) -> Result<Connection, Error> {
        let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX | extra;
        let connection = Connection::open_with_flags(&self.file, flags).map_err(told)?;
        connection.busy_timeout(self.busy).map_err(told)?;
        connection.set_prepared_statement_cache_capacity(STATEMENTS);
        Ok(connection)
    }
}

/// Applies the migrations that the database lacks; one query when it lacks none.
pub(super) fn migrate(connection: &mut Connection) -> Result<(), Error> {
    if applied(connection)? == migrate::NEWEST {
        return Ok(());
    }
    let transaction = connection
        .transaction_with_behavior(rusqlite::TransactionBehavior::Immediate)
        .map_err(told)?;
    // Asked again under the lock: another process may have been faster.
    let current = applied(&transaction)?;
    for (number, sql) in migrate::due(current, &WORDS)? {
        transaction.execute_batch(&sql).map_err(told)?;
        transaction
            .execute("-- applied\nINSERT INTO migration VALUES (?1, 0)", [number])
            .map_err(told)?;
    }
    transaction.commit().map_err(told)
}

fn applied(connection: &Connection) -> Result<i64, Error> {
    let sql = "-- applied\nSELECT max(number) FROM migration";
    match connection.query_row(sql, [], |row| row.get::<_, Option<i64>>(0)) {
        Ok(number) => Ok(number.unwrap_or(0)),
        Err(error) if error.to_string().contains("no such table") => Ok(0),
        Err(error) => Err(told(error)),
    }
}
