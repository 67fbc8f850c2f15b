//! SQLite's result codes in the words of the store.

use rusqlite::ErrorCode;
use rusqlite::ffi;

use crate::Error;

/// The store's word for an error of SQLite.
pub(super) fn told(error: rusqlite::Error) -> Error {
    let Some(failure) = error.sqlite_error() else {
        return Error::Corrupt(error.to_string());
    };
    match failure.code {
        ErrorCode::ConstraintViolation => constraint(failure.extended_code, &error),
        ErrorCode::ReadOnly => Error::ReadOnly,
        ErrorCode::DiskFull
        | ErrorCode::SystemIoFailure
        | ErrorCode::CannotOpen
        | ErrorCode::DatabaseBusy
        | ErrorCode::DatabaseLocked
        | ErrorCode::OutOfMemory
        | ErrorCode::PermissionDenied
        | ErrorCode::FileLockingProtocolFailed
        | ErrorCode::OperationInterrupted => Error::Unavailable(error.to_string()),
        _ => Error::Corrupt(error.to_string()),
    }
}

fn constraint(extended: i32, error: &rusqlite::Error) -> Error {
    match extended {
        ffi::SQLITE_CONSTRAINT_UNIQUE
        | ffi::SQLITE_CONSTRAINT_PRIMARYKEY
        | ffi::SQLITE_CONSTRAINT_ROWID => Error::Unique,
        // RESTRICT is a trigger to SQLite; the schema has no other.
        ffi::SQLITE_CONSTRAINT_FOREIGNKEY | ffi::SQLITE_CONSTRAINT_TRIGGER => Error::ForeignKey,
        _ => Error::Corrupt(error.to_string()),
    }
}
