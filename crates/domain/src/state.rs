//! The state of a resource: a function of what was asked (`generation`) and what is done (`observed`).

use serde::{Deserialize, Serialize};

/// What the owner wants of a resource in the long run.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Lifecycle {
    /// It shall exist.
    #[default]
    Live,
    /// It shall go; the record stays until the fabric has let go of it.
    Deleting,
    /// The fabric refused it for good.
    Failed,
}

impl Lifecycle {
    /// The word in the store.
    pub fn word(self) -> &'static str {
        match self {
            Lifecycle::Live => "live",
            Lifecycle::Deleting => "deleting",
            Lifecycle::Failed => "failed",
        }
    }

    /// The lifecycle of a stored word; an unknown word counts as failed.
    pub fn from_word(word: &str) -> Self {
        match word {
            "live" => Lifecycle::Live,
            "deleting" => Lifecycle::Deleting,
            _ => Lifecycle::Failed,
        }
    }
}

/// What a client is shown, in neutral words.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum State {
    /// Asked for, not there yet.
    Creating,
    /// There, a change is on its way.
    Updating,
    /// There, as asked.
    Active,
    /// On its way out.
    Deleting,
    /// The fabric refused it.
    Failed,
    /// Stopped by the operator (arrears, abuse).
    Frozen,
}

impl State {
    /// The state for a lifecycle and its two counters.
    pub fn of(lifecycle: Lifecycle, generation: u64, observed: u64) -> State {
        match lifecycle {
            Lifecycle::Deleting => State::Deleting,
            Lifecycle::Failed => State::Failed,
            Lifecycle::Live if observed == 0 => State::Creating,
            Lifecycle::Live if observed < generation => State::Updating,
            Lifecycle::Live => State::Active,
        }
    }
}
