//! The fields of requests and answers as they stand in `contracts/<cloud>/fields.toml`; tests hold the server to them.

use std::path::Path;

use serde::Deserialize;

use crate::Outcome;
use crate::contract::{Contract, parse, unique};

/// Types that are no schemas.
const PLAIN: [&str; 3] = ["string", "integer", "boolean"];

/// A parameter of a query, or a field of a body or an answer.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Field {
    /// Name on the wire.
    pub name: String,
    /// A plain type or a schema, in brackets for a list of it.
    #[serde(rename = "type")]
    pub kind: String,
    /// Whether a request must have it.
    #[serde(default)]
    pub required: bool,
    /// Whether an answer may lack it.
    #[serde(default)]
    pub optional: bool,
    /// Least number.
    pub min: Option<i64>,
    /// Greatest number.
    pub max: Option<i64>,
    /// Most characters.
    pub max_length: Option<u64>,
    /// Most items.
    pub max_items: Option<u64>,
    /// What an absent one means.
    pub default: Option<toml::Value>,
    /// All values, where there are few.
    #[serde(rename = "enum", default)]
    pub words: Vec<toml::Value>,
    /// Whether clients send it as another type too.
    #[serde(default)]
    pub either: bool,
    /// Whether only answers have it, though requests share the schema.
    #[serde(default)]
    pub shown: bool,
    /// Row for a request without it.
    pub absent: Option<String>,
    /// Row for a value of another type.
    pub mistyped: Option<String>,
    /// Row for a value that is none of the legal ones.
    pub wrong: Option<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Fields {
    id: String,
    #[serde(default)]
    query: Vec<Field>,
    #[serde(default)]
    body: Vec<Field>,
    #[serde(default)]
    answer: Vec<Field>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Schema {
    name: String,
    fields: Vec<Field>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    schema: Vec<Schema>,
    operation: Vec<Fields>,
}

/// Checks the fields of a cloud against the rest of its contract; a cloud without the file has none.
///
/// # Errors
/// When the file is not what its schema says, or names an operation, a type, a row or a value that is none.
pub fn check(root: &Path, contract: &Contract) -> Outcome<()> {
    let path = root
        .join("contracts")
        .join(contract.cloud)
        .join("fields.toml");
    if !path.exists() {
        return Ok(());
    }
    let file: File = parse(&path)?;
    unique("schema", file.schema.iter().map(|it| it.name.clone()))?;
    unique("operation", file.operation.iter().map(|it| it.id.clone()))?;
    let known = |kind: &str| {
        let inner = kind.trim_matches(['[', ']']);
        PLAIN.contains(&inner) || file.schema.iter().any(|it| it.name == inner)
    };
    for schema in &file.schema {
        judge(contract, &schema.name, &schema.fields, &known)?;
    }
    for operation in &file.operation {
        let served = contract.operations.iter().find(|it| it.id == operation.id);
        if served.is_none_or(|it| it.handler.is_none()) {
            return Err(format!("{} has fields and is not served", operation.id).into());
        }
        for part in [&operation.query, &operation.body, &operation.answer] {
            judge(contract, &operation.id, part, &known)?;
        }
    }
    Ok(())
}

fn judge(
    contract: &Contract,
    place: &str,
    fields: &[Field],
    known: &impl Fn(&str) -> bool,
) -> Outcome<()> {
    unique(place, fields.iter().map(|it| it.name.clone()))?;
    for field in fields {
        let wrong = |what: &str| Err(format!("{place}, {}: {what}", field.name).into());
        if !known(&field.kind) {
            return wrong("no such type");
        }
        let rows = [&field.absent, &field.mistyped, &field.wrong];
        for row in rows.into_iter().flatten() {
            let id = format!("{}/{row}", contract.cloud);
            if !contract.rows.iter().any(|it| it.id == id) {
                return wrong(&format!("no row {id}"));
            }
        }
        let listed = |value: &toml::Value| field.words.is_empty() || field.words.contains(value);
        if !field.default.iter().all(listed) {
            return wrong("the default is none of the values");
        }
    }
    Ok(())
}
