//! The fabric: what makes a plan real. A driver observes and applies, one target at a time.

pub mod contract;
pub mod simulated;

use std::collections::BTreeMap;

use serde_json::Value;

pub use simulated::Simulated;

/// What a target holds at present: rows by name.
pub type Rows = BTreeMap<String, Value>;

/// One step from what is to what shall be.
#[derive(Clone, Debug, PartialEq)]
pub enum Change {
    /// The row shall exist with this value.
    Put(String, Value),
    /// The row shall not exist.
    Remove(String),
}

/// Why a driver did not do its part.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Failure {
    /// It may work later: the peer is away, the transaction lost a race.
    #[error("try again: {0}")]
    Retry(String),
    /// It will never work: the fabric refuses the target as planned.
    #[error("refused: {0}")]
    Refused(String),
}

/// A fabric: level-triggered and idempotent; the caller never tells what changed, only what shall be.
pub trait Driver: Send + Sync {
    /// What the target holds.
    fn observe(&self, target: &str) -> Result<Rows, Failure>;
    /// Takes the steps, all of them or none.
    fn apply(&self, target: &str, changes: &[Change]) -> Result<(), Failure>;
}

/// The steps from what is to what shall be, removals first, in the order of the names.
pub fn difference(have: &Rows, want: &Rows) -> Vec<Change> {
    let gone = have
        .keys()
        .filter(|name| !want.contains_key(*name))
        .map(|name| Change::Remove(name.clone()));
    let put = want
        .iter()
        .filter(|(name, value)| have.get(*name) != Some(*value));
    gone.chain(put.map(|(name, value)| Change::Put(name.clone(), value.clone())))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn the_difference_is_what_is_missing_changed_or_too_much() {
        let have = Rows::from([
            ("a".into(), json!(1)),
            ("b".into(), json!(1)),
            ("c".into(), json!(1)),
        ]);
        let want = Rows::from([
            ("b".into(), json!(2)),
            ("c".into(), json!(1)),
            ("d".into(), json!(1)),
        ]);
        let steps = difference(&have, &want);
        let expected = [
            Change::Remove("a".into()),
            Change::Put("b".into(), json!(2)),
            Change::Put("d".into(), json!(1)),
        ];
        assert_eq!(steps, expected);
        assert!(difference(&want, &want).is_empty());
    }
}
