//! The transaction on a PostgreSQL connection.

use std::error::Error as StdError;

use postgres::Row;
use postgres::Statement;
use postgres::fallible_iterator::FallibleIterator;
use postgres::types::IsNull;
use postgres::types::ToSql;
use postgres::types::Type;
use postgres::types::private::BytesMut;
use postgres::types::to_sql_checked;

use super::connect::Session;
use super::errors::told;
use crate::Error;
use crate::Record;
use crate::Tx;
use crate::Value;
use crate::tx::Each;
use crate::tx::vet;

/// Statements on a connection that is inside a transaction.
pub(super) struct PostgresTx<'s> {
    session: &'s mut Session,
    failed: Option<Error>,
}

impl<'s> PostgresTx<'s> {
    pub(super) fn new(session: &'s mut Session) -> Self {
        Self {
            session,
            failed: None,
        }
    }

    /// The first error of the database itself, if there was one.
    pub(super) fn failed(&self) -> Option<Error> {
        self.failed.clone()
    }

    fn prepare(&mut self, sql: &'static str, params: &[Value<'_>]) -> Result<Statement, Error> {
        if let Some(error) = &self.failed {
            return Err(error.clone());
        }
        vet(params)?;
        if let Some(statement) = self.session.statements.get(sql) {
            return Ok(statement.clone());
        }
        let prepared = self.session.client.prepare(sql);
        let statement = self.noted(prepared)?;
        self.session.statements.insert(sql, statement.clone());
        Ok(statement)
    }

    fn noted<T>(&mut self, result: Result<T, postgres::Error>) -> Result<T, Error> {
        result.map_err(|error| {
            let error = told(&error);
            self.failed = Some(error.clone());
            error
        })
    }
}

impl Tx for PostgresTx<'_> {
    fn execute(&mut self, sql: &'static str, params: &[Value<'_>]) -> Result<u64, Error> {
        let statement = self.prepare(sql, params)?;
        count(&statement, params)?;
        let params: Vec<Param<'_>> = params.iter().map(Param).collect();
        let params: Vec<&(dyn ToSql + Sync)> = params.iter().map(|param| param as _).collect();
        let changed = self.session.client.execute(&statement, &params);
        self.noted(changed)
    }

    fn query(
        &mut self,
        sql: &'static str,
        params: &[Value<'_>],
        each: &mut Each<'_>,
    ) -> Result<(), Error> {
        let statement = self.prepare(sql, params)?;
        count(&statement, params)?;
        let failed = {
            let rows = self
                .session
                .client
                .query_raw(&statement, params.iter().map(Param));
            match rows {
                Ok(mut rows) => loop {
                    match rows.next() {
                        Ok(Some(row)) => each(&PostgresRecord(row))?,
                        Ok(None) => return Ok(()),
                        Err(error) => break error,
                    }
                },
                Err(error) => error,
            }
        };
        self.noted(Err(failed))
    }

    fn renumber(&mut self) -> Result<(), Error> {
        self.query(
            "-- renumber\nSELECT setval(number.name, \
             greatest(nextval(number.name), (SELECT coalesce(max(seq), 0) FROM event))) \
             FROM (SELECT CAST(pg_get_serial_sequence('event', 'seq') AS regclass) AS name) AS number",
            &[],
            &mut |_| Ok(()),
        )
    }
}

/// The client panics where SQLite answers with an error.
fn count(statement: &Statement, params: &[Value<'_>]) -> Result<(), Error> {
    let expected = statement.params().len();
    if expected != params.len() {
        let given = params.len();
        return Err(Error::Corrupt(format!(
            "{given} parameters for a statement with {expected}"
        )));
    }
    Ok(())
}

#[derive(Debug)]
struct Param<'v>(&'v Value<'v>);

impl ToSql for Param<'_> {
    fn to_sql(
        &self,
        ty: &Type,
        out: &mut BytesMut,
    ) -> Result<IsNull, Box<dyn StdError + Sync + Send>> {
        match self.0 {
            Value::Null => Ok(IsNull::Yes),
            Value::Text(text) => text.to_sql_checked(ty, out),
            Value::Int(int) => int.to_sql_checked(ty, out),
            Value::Blob(blob) => blob.to_sql_checked(ty, out),
        }
    }

    fn accepts(_: &Type) -> bool {
        // Which type fits depends on the value, so `to_sql` checks.
        true
    }

    to_sql_checked!();
}

struct PostgresRecord(Row);

impl PostgresRecord {
    fn get<'r, T: postgres::types::FromSql<'r>>(&'r self, i: usize) -> Result<T, Error> {
        let not = |error| Error::Corrupt(format!("column {i}: {error}"));
        self.0.try_get(i).map_err(not)
    }
}

impl Record for PostgresRecord {
    fn text(&self, i: usize) -> Result<String, Error> {
        self.get(i)
    }

    fn int(&self, i: usize) -> Result<i64, Error> {
        self.get(i)
    }

    fn opt_text(&self, i: usize) -> Result<Option<String>, Error> {
        self.get(i)
    }

    fn blob(&self, i: usize) -> Result<Vec<u8>, Error> {
        self.get(i)
    }
}
