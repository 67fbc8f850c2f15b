//! A doctor for connections: what keeps two ends from agreeing, and which field on which side to change.
//!
//! [`compare`] is pure over the two ends; [`examine`] reads this end, and the far one where it is here too.

mod compare;
mod load;
mod side;
mod surroundings;
#[cfg(test)]
mod tests;

use serde::Serialize;

pub use compare::compare;
pub use load::examine;
pub use side::{IkeSide, IpsecSide, Side, Trouble, passed_over};

/// A mismatch, or what else is wrong.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Finding {
    /// Whether it keeps the tunnel, or some of its traffic, from working.
    pub severity: Severity,
    /// The field, as the connection is written.
    pub field: &'static str,
    /// Its value on this side; keys are not told.
    pub here: String,
    /// Its value on the far side.
    pub there: String,
    /// On which side to change it.
    pub side: Where,
    /// What to do.
    pub advice: String,
}

/// How bad a finding is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Severity {
    /// The tunnel does not come up, or traffic is lost.
    Error,
    /// It works, but not as it seems to be meant.
    Warning,
}

/// On which side to change something.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Where {
    /// On this one.
    Here,
    /// On the far one.
    There,
    /// On either, so that both say the same.
    Either,
}

/// What was found about a connection.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Report {
    /// The connection.
    pub connection: String,
    /// Whether the far end answers.
    pub up: bool,
    /// Where the far end's configuration is from.
    pub peer: Peer,
    /// What is wrong, errors first.
    pub findings: Vec<Finding>,
}

/// Where the far end's configuration is from.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Peer {
    /// The operator told it.
    Told,
    /// It is this connection of another gateway here.
    Connection(String),
    /// Nobody knows it: only this side was looked at.
    Unknown,
}
