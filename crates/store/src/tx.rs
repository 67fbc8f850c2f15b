//! The object-safe transaction that every statement of this crate goes through.

use crate::Error;

/// A parameter of a statement.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Value<'a> {
    /// SQL NULL.
    Null,
    /// UTF-8 text without zero bytes.
    Text(&'a str),
    /// A 64-bit signed integer.
    Int(i64),
    /// Raw bytes.
    Blob(&'a [u8]),
}

impl<'a> From<&'a str> for Value<'a> {
    fn from(text: &'a str) -> Self {
        Self::Text(text)
    }
}

impl<'a> From<&'a String> for Value<'a> {
    fn from(text: &'a String) -> Self {
        Self::Text(text)
    }
}

impl<'a> From<Option<&'a str>> for Value<'a> {
    fn from(text: Option<&'a str>) -> Self {
        text.map_or(Self::Null, Self::Text)
    }
}

impl From<i64> for Value<'_> {
    fn from(int: i64) -> Self {
        Self::Int(int)
    }
}

/// One row of an answer; columns count from 0.
pub trait Record {
    /// Text of column `i`; `Corrupt` when it is NULL or of another type.
    fn text(&self, i: usize) -> Result<String, Error>;
    /// Integer of column `i`; `Corrupt` when it is NULL or of another type.
    fn int(&self, i: usize) -> Result<i64, Error>;
    /// Text of column `i`, or `None` for NULL.
    fn opt_text(&self, i: usize) -> Result<Option<String>, Error>;
    /// Bytes of column `i`; `Corrupt` when it is NULL or of another type.
    fn blob(&self, i: usize) -> Result<Vec<u8>, Error>;
}

/// What one row of an answer is given to.
pub(crate) type Each<'e> = dyn FnMut(&dyn Record) -> Result<(), Error> + 'e;

/// One transaction on either database.
///
/// SQL texts name their parameters `$1..$n`, numbered in order of first appearance (SQLite numbers them so),
/// and begin with `-- function_name` so that a server's log tells who asked.
pub trait Tx {
    /// Runs a statement and says how many rows it changed.
    fn execute(&mut self, sql: &'static str, params: &[Value<'_>]) -> Result<u64, Error>;

    /// Runs a query and hands each row to `each`; an error of `each` ends the query but not the transaction.
    fn query(
        &mut self,
        sql: &'static str,
        params: &[Value<'_>],
        each: &mut dyn FnMut(&dyn Record) -> Result<(), Error>,
    ) -> Result<(), Error>;

    /// Tells the database's own counters about rows that were inserted with explicit numbers.
    #[doc(hidden)]
    fn renumber(&mut self) -> Result<(), Error> {
        Ok(())
    }
}

/// Refuses what only one of the two databases would take.
pub(crate) fn vet(params: &[Value<'_>]) -> Result<(), Error> {
    let zero = |value: &Value<'_>| matches!(value, Value::Text(text) if text.contains('\0'));
    if params.iter().any(zero) {
        return Err(Error::Corrupt("text with a zero byte".to_owned()));
    }
    Ok(())
}

/// Every row of an answer, in order.
pub(crate) fn all<T>(
    tx: &mut dyn Tx,
    sql: &'static str,
    params: &[Value<'_>],
    mut read: impl FnMut(&dyn Record) -> Result<T, Error>,
) -> Result<Vec<T>, Error> {
    let mut rows = Vec::new();
    tx.query(sql, params, &mut |record| {
        rows.push(read(record)?);
        Ok(())
    })?;
    Ok(rows)
}

/// The last row of an answer, for statements that answer at most one.
pub(crate) fn one<T>(
    tx: &mut dyn Tx,
    sql: &'static str,
    params: &[Value<'_>],
    mut read: impl FnMut(&dyn Record) -> Result<T, Error>,
) -> Result<Option<T>, Error> {
    let mut row = None;
    tx.query(sql, params, &mut |record| {
        row = Some(read(record)?);
        Ok(())
    })?;
    Ok(row)
}

/// A page size that both databases accept (SQLite reads a negative limit as "all", PostgreSQL refuses it).
pub(crate) fn page(limit: i64) -> Value<'static> {
    Value::Int(limit.max(0))
}
