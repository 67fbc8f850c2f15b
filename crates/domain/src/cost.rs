//! What work costs, for tests that it does not grow with how much is stored: statements, and the rows that they touch.

use vpcd_store::{Error, Record, Tx as Rows, Value};

use crate::fault::Fault;
use crate::lifecycle::Profile;
use crate::tx::Tx;

/// Passes everything on, and counts statements and the rows that they answer or change.
struct Counter<'t> {
    rows: &'t mut dyn Rows,
    statements: u64,
    touched: u64,
}

impl Rows for Counter<'_> {
    fn execute(&mut self, sql: &'static str, params: &[Value<'_>]) -> Result<u64, Error> {
        let changed = self.rows.execute(sql, params)?;
        self.statements += 1;
        self.touched += changed;
        Ok(changed)
    }

    fn query(
        &mut self,
        sql: &'static str,
        params: &[Value<'_>],
        each: &mut dyn FnMut(&dyn Record) -> Result<(), Error>,
    ) -> Result<(), Error> {
        self.statements += 1;
        let touched = &mut self.touched;
        self.rows.query(sql, params, &mut |record| {
            *touched += 1;
            each(record)
        })
    }
}

/// What the work costs: statements, and rows that they touch.
pub fn cost<T>(
    tx: &mut Tx<'_>,
    work: impl FnOnce(&mut Tx<'_>) -> Result<T, Fault>,
) -> Result<(u64, u64, T), Fault> {
    let mut counter = Counter {
        rows: tx.rows(),
        statements: 0,
        touched: 0,
    };
    let done = work(&mut Tx::new(&mut counter, true, Profile::default()))?;
    Ok((counter.statements, counter.touched, done))
}

/// What one sort of work costs.
#[derive(Debug, PartialEq)]
pub struct Spent {
    /// The work.
    pub what: &'static str,
    /// Statements, and rows.
    pub cost: (u64, u64),
}
