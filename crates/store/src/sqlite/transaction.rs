//! The transaction on a SQLite connection.

use rusqlite::CachedStatement;
use rusqlite::Connection;
use rusqlite::Row;
use rusqlite::types::Null;
use rusqlite::types::ValueRef;

use super::errors::told;
use crate::Error;
use crate::Record;
use crate::Tx;
use crate::Value;
use crate::tx::Each;
use crate::tx::vet;

/// Statements on a connection that is inside a transaction.
pub(super) struct SqliteTx<'c> {
    connection: &'c Connection,
    failed: Option<Error>,
}

impl<'c> SqliteTx<'c> {
    pub(super) fn new(connection: &'c Connection) -> Self {
        Self {
            connection,
            failed: None,
        }
    }

    /// The first error of the database itself, if there was one.
    pub(super) fn failed(&self) -> Option<Error> {
        self.failed.clone()
    }

    fn prepare(
        &mut self,
        sql: &'static str,
        params: &[Value<'_>],
    ) -> Result<CachedStatement<'c>, Error> {
        if let Some(error) = &self.failed {
            return Err(error.clone());
        }
        vet(params)?;
        let prepared = self
            .connection
            .prepare_cached(sql)
            .and_then(|mut statement| {
                bind(&mut statement, params)?;
                Ok(statement)
            });
        self.noted(prepared)
    }

    fn noted<T>(&mut self, result: rusqlite::Result<T>) -> Result<T, Error> {
        result.map_err(|error| {
            let error = told(error);
            self.failed = Some(error.clone());
            error
        })
    }
}

impl Tx for SqliteTx<'_> {
    fn execute(&mut self, sql: &'static str, params: &[Value<'_>]) -> Result<u64, Error> {
        let mut statement = self.prepare(sql, params)?;
        let changed = self.noted(statement.raw_execute())?;
        Ok(changed as u64)
    }

    fn query(
        &mut self,
        sql: &'static str,
        params: &[Value<'_>],
        each: &mut Each<'_>,
    ) -> Result<(), Error> {
        let mut statement = self.prepare(sql, params)?;
        let mut rows = statement.raw_query();
        while let Some(row) = self.noted(rows.next())? {
            each(&SqliteRecord(row))?;
        }
        Ok(())
    }
}

fn bind(statement: &mut CachedStatement<'_>, params: &[Value<'_>]) -> rusqlite::Result<()> {
    let expected = statement.parameter_count();
    if expected != params.len() {
        return Err(rusqlite::Error::InvalidParameterCount(
            params.len(),
            expected,
        ));
    }
    for (index, value) in (1..).zip(params) {
        // SQLite counts `$n` by first appearance, PostgreSQL by n: a text where they differ must not pass here.
        let name = statement.parameter_name(index).unwrap_or_default();
        if name.strip_prefix('$') != Some(index.to_string().as_str()) {
            return Err(rusqlite::Error::InvalidParameterName(name.to_owned()));
        }
        match value {
            Value::Null => statement.raw_bind_parameter(index, Null)?,
            Value::Text(text) => statement.raw_bind_parameter(index, text)?,
            Value::Int(int) => statement.raw_bind_parameter(index, int)?,
            Value::Blob(blob) => statement.raw_bind_parameter(index, blob)?,
        }
    }
    Ok(())
}

struct SqliteRecord<'r>(&'r Row<'r>);

impl SqliteRecord<'_> {
    fn value(&self, i: usize) -> Result<ValueRef<'_>, Error> {
        self.0.get_ref(i).map_err(told)
    }
}

impl Record for SqliteRecord<'_> {
    fn text(&self, i: usize) -> Result<String, Error> {
        self.opt_text(i)?
            .ok_or_else(|| Error::Corrupt(format!("column {i} is null")))
    }

    fn int(&self, i: usize) -> Result<i64, Error> {
        let not = |error| Error::Corrupt(format!("column {i}: {error}"));
        self.value(i)?.as_i64().map_err(not)
    }

    fn opt_text(&self, i: usize) -> Result<Option<String>, Error> {
        let not = |error| Error::Corrupt(format!("column {i}: {error}"));
        let text = self.value(i)?.as_str_or_null().map_err(not)?;
        Ok(text.map(str::to_owned))
    }

    fn blob(&self, i: usize) -> Result<Vec<u8>, Error> {
        let not = |error| Error::Corrupt(format!("column {i}: {error}"));
        self.value(i)?.as_blob().map(<[u8]>::to_vec).map_err(not)
    }
}
