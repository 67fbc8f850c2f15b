//! What can go wrong below a transaction, in words that both databases share.

use std::any::Any;

/// A refusal or a breakdown of the database.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Error {
    /// A row with this key is already there.
    #[error("a row with this key exists")]
    Unique,
    /// A row that an edge names is absent, or a row that an edge points at would vanish.
    #[error("another row refers to this row, or the referred row is absent")]
    ForeignKey,
    /// The transaction lost against a concurrent one more often than the store was willing to try.
    #[error("too many concurrent changes to the same rows")]
    Retry,
    /// The database refuses writes: the operator's switch, a read-only disk or a standby server.
    #[error("the database is read only")]
    ReadOnly,
    /// The database cannot serve now (disk full, connection lost, nothing free in time); in the operator's words.
    #[error("the database is unavailable: {0}")]
    Unavailable(String),
    /// Something that no healthy database or caller does; in the operator's words.
    #[error("the database or its caller is broken: {0}")]
    Corrupt(String),
}

/// What a transaction's closure may fail with.
pub trait Failure: From<Error> + Send + 'static {
    /// The database's part in this failure, if it had one.
    fn store_error(&self) -> Option<&Error>;
}

impl Failure for Error {
    fn store_error(&self) -> Option<&Error> {
        Some(self)
    }
}

/// The error for a closure that panicked, with the panic's own words.
pub(crate) fn panicked(payload: &(dyn Any + Send)) -> Error {
    let words = payload
        .downcast_ref::<&str>()
        .copied()
        .or_else(|| payload.downcast_ref::<String>().map(String::as_str))
        .unwrap_or("no message");
    Error::Corrupt(format!("a transaction panicked: {words}"))
}
