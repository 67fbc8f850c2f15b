//! The narrow waist to the database: named, retried, durable transactions over SQLite or PostgreSQL,
//! and one function per statement. Nothing here knows what a network is.
//!
//! The rules that callers rely on:
//! - [`Store::write`] returns only after its commit is durable, and a closure that fails leaves nothing behind.
//! - A closure may run more than once, so it has no effect outside its [`Tx`].
//! - Table functions answer `Unique` and `ForeignKey` before the database does, so the transaction stays usable
//!   after them. A statement that the database itself refused ends its transaction: everything after it fails
//!   with the same error, on both databases.
//! - Text is ordered by its bytes on both databases.

mod error;
mod pool;
mod postgres;
mod sqlite;
mod stats;
mod store;
mod tx;

pub mod claim;
pub mod credential;
pub mod dirty;
pub mod dump;
pub mod edge;
pub mod event;
mod migrate;
pub mod replay;
pub mod resource;
pub mod setting;
pub mod tally;

pub use error::Error;
pub use error::Failure;
pub use stats::Stat;
pub use store::Store;
pub use tx::Record;
pub use tx::Tx;
pub use tx::Value;
