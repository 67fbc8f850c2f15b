//! What is known of Baidu besides the contract: how to make one of everything, and a request of each operation that works.

use std::collections::BTreeMap;

use serde::Deserialize;
use serde_json::Value;

/// What this suite knows.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Knowledge {
    /// Requests that make one of everything.
    pub make: Vec<Make>,
    /// A request of each operation that works when all of these are made, by the operation's id.
    pub calls: BTreeMap<String, Sample>,
    /// What lists are narrowed to, by the operation's id.
    pub filters: BTreeMap<String, Vec<Filter>>,
}

/// One request, with the ids that its answer tells.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Make {
    pub request: String,
    #[serde(default)]
    pub admin: bool,
    /// Whether another account asks.
    #[serde(default)]
    pub other: bool,
    #[serde(default)]
    pub body: Value,
    #[serde(default)]
    pub ids: BTreeMap<String, String>,
}

/// A request that works.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Sample {
    /// Query without flag and token.
    #[serde(default)]
    pub query: String,
    #[serde(default)]
    pub body: Value,
    /// Path parameters that are named otherwise.
    #[serde(default)]
    pub params: BTreeMap<String, String>,
    /// What has to be done first.
    #[serde(default)]
    pub before: Vec<Make>,
    /// Whether each value that is tried needs a world of its own.
    #[serde(default)]
    pub fresh: bool,
    /// What this request cannot try, since the value needs others beside it: how the probes begin.
    #[serde(default)]
    pub skip: Vec<String>,
    /// What is not read in this request, so that it may be anything.
    #[serde(default)]
    pub unread: Vec<String>,
}

/// A query of a list, and what it leaves.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Filter {
    pub query: String,
    /// What each of the items that are left has; there is one at least.
    #[serde(default)]
    pub items: BTreeMap<String, Value>,
    /// How many are left, where it matters.
    pub count: Option<usize>,
    /// The row that refuses it.
    pub row: Option<String>,
}

/// `tests/shapes/baidu.json`.
pub fn knowledge() -> Knowledge {
    let path = format!("{}/shapes/baidu.json", env!("CARGO_MANIFEST_DIR"));
    let text = std::fs::read_to_string(&path).unwrap_or_else(|error| panic!("{path}: {error}"));
    serde_json::from_str(&text).unwrap_or_else(|error| panic!("{path}: {error}"))
}
