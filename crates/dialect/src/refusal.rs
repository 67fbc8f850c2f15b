//! A refusal: a row of the catalogue, the status chosen from it, and the words that fill its places.

use crate::contract::Row;

/// Why a request was refused, in the cloud's words.
#[derive(Clone, Debug, PartialEq)]
pub struct Refusal {
    /// The row.
    pub row: &'static Row,
    /// One of the row's statuses.
    pub status: u16,
    /// What fills the places of its template.
    pub args: Vec<String>,
    /// Words for the operator that the client does not see.
    pub detail: Option<String>,
}

impl Refusal {
    /// The row with its first status.
    pub fn new(row: &'static Row) -> Refusal {
        Refusal {
            row,
            status: row.status[0],
            args: Vec::new(),
            detail: None,
        }
    }

    /// The same with what fills its places.
    #[must_use]
    pub fn with(mut self, args: impl IntoIterator<Item = impl Into<String>>) -> Refusal {
        self.args = args.into_iter().map(Into::into).collect();
        self
    }

    /// The same with another of the row's statuses.
    #[must_use]
    pub fn status(mut self, status: u16) -> Refusal {
        debug_assert!(
            self.row.status.contains(&status),
            "{} has no status {status}",
            self.row.id
        );
        self.status = status;
        self
    }

    /// The same with words for the operator.
    #[must_use]
    pub fn because(mut self, detail: impl Into<String>) -> Refusal {
        self.detail = Some(detail.into());
        self
    }

    /// The message for the client.
    pub fn message(&self) -> String {
        self.row.render(&self.args)
    }
}

impl From<&'static Row> for Refusal {
    fn from(row: &'static Row) -> Refusal {
        Refusal::new(row)
    }
}
