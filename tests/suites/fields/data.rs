//! What the contract says of fields, and what this suite knows besides: how to make one of everything, and a request of
//! each operation that works.

use std::collections::BTreeMap;

use serde::Deserialize;
use serde::de::DeserializeOwned;
use serde_json::Value;

/// A parameter of a query, or a field of a body or an answer.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Field {
    pub name: String,
    #[serde(rename = "type")]
    pub kind: String,
    #[serde(default)]
    pub required: bool,
    #[serde(default)]
    pub optional: bool,
    pub min: Option<i64>,
    pub max: Option<i64>,
    pub max_length: Option<usize>,
    pub max_items: Option<usize>,
    pub default: Option<Value>,
    #[serde(rename = "enum", default)]
    pub words: Vec<Value>,
    /// Whether clients send it as another type too.
    #[serde(default)]
    pub either: bool,
    /// Whether requests that carry it are not asked for it: it is there to be shown.
    #[serde(default)]
    pub shown: bool,
    pub absent: Option<String>,
    pub mistyped: Option<String>,
    pub wrong: Option<String>,
}

/// The fields of one operation.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Fields {
    pub id: String,
    #[serde(default)]
    pub query: Vec<Field>,
    #[serde(default)]
    pub body: Vec<Field>,
    #[serde(default)]
    pub answer: Vec<Field>,
}

/// The fields that several operations share.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Schema {
    pub name: String,
    pub fields: Vec<Field>,
}

/// The whole file.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Contract {
    schema: Vec<Schema>,
    pub operation: Vec<Fields>,
}

impl Contract {
    /// The fields of a schema; none when the type is a plain one.
    pub fn schema(&self, kind: &str) -> Option<&[Field]> {
        let found = self.schema.iter().find(|it| it.name == kind);
        found.map(|it| it.fields.as_slice())
    }
}

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

fn read(path: &str) -> String {
    let path = format!("{}/{path}", env!("CARGO_MANIFEST_DIR"));
    std::fs::read_to_string(&path).unwrap_or_else(|error| panic!("{path}: {error}"))
}

/// `contracts/baidu/fields.toml`.
pub fn contract() -> Contract {
    let text = read("../contracts/baidu/fields.toml");
    toml::from_str(&text).unwrap_or_else(|error| panic!("fields.toml: {error}"))
}

/// `tests/fields/baidu.json`.
pub fn knowledge() -> Knowledge {
    json("fields/baidu.json")
}

fn json<T: DeserializeOwned>(path: &str) -> T {
    serde_json::from_str(&read(path)).unwrap_or_else(|error| panic!("{path}: {error}"))
}
