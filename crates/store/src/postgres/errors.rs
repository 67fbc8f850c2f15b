//! PostgreSQL's conditions in the words of the store.

use std::error::Error as _;
use std::io;

use postgres::error::DbError;
use postgres::error::SqlState;

use crate::Error;

/// The store's word for an error of the client or the server.
pub(super) fn told(error: &postgres::Error) -> Error {
    if let Some(answer) = error.as_db_error() {
        return answered(answer);
    }
    let mut source = error.source();
    let mut io = false;
    while let Some(cause) = source {
        io |= cause.is::<io::Error>();
        source = cause.source();
    }
    if io || error.is_closed() {
        Error::Unavailable(words(error))
    } else {
        Error::Corrupt(words(error))
    }
}

/// An error with its causes in one line; the client's own text leaves them out.
pub(super) fn words(error: &postgres::Error) -> String {
    if let Some(answer) = error.as_db_error() {
        return said(answer);
    }
    match error.source() {
        Some(cause) => format!("{error}: {cause}"),
        None => error.to_string(),
    }
}

fn said(answer: &DbError) -> String {
    format!("{} ({})", answer.message(), answer.code().code())
}

fn answered(answer: &DbError) -> Error {
    let code = answer.code();
    if *code == SqlState::T_R_SERIALIZATION_FAILURE || *code == SqlState::T_R_DEADLOCK_DETECTED {
        return Error::Retry;
    }
    if *code == SqlState::UNIQUE_VIOLATION {
        return Error::Unique;
    }
    if *code == SqlState::FOREIGN_KEY_VIOLATION || *code == SqlState::RESTRICT_VIOLATION {
        return Error::ForeignKey;
    }
    // A standby refuses serializable transactions as a "feature not supported".
    if *code == SqlState::READ_ONLY_SQL_TRANSACTION || *code == SqlState::FEATURE_NOT_SUPPORTED {
        return Error::ReadOnly;
    }
    let waited = *code == SqlState::LOCK_NOT_AVAILABLE
        || *code == SqlState::IDLE_IN_TRANSACTION_SESSION_TIMEOUT;
    // Classes: connection exception, insufficient resources (disk full is one), operator intervention, system
    // error.
    match code.code().get(..2) {
        Some("08" | "53" | "57" | "58") => Error::Unavailable(said(answer)),
        _ if waited => Error::Unavailable(said(answer)),
        _ => Error::Corrupt(said(answer)),
    }
}
