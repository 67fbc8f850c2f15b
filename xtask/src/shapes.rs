//! What requests and answers are made of, as it stands in `contracts/<cloud>/shapes/<service>.toml`: the one reader of
//! it. Its words are told in `contracts/README.md`.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

use serde::Deserialize;
use serde_json::Value;

use crate::Outcome;
use crate::contract::{self, Operation, Row};

/// Types that are no shapes.
const PLAIN: [&str; 6] = ["str", "int", "float", "bool", "datetime", "object"];

/// One field of a query, a request or an answer.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Field {
    /// A plain type or a shape; `[]` behind it makes a list.
    #[serde(rename = "type")]
    pub kind: String,
    /// Whether a request must have it.
    #[serde(default)]
    pub required: bool,
    /// Whether an answer may lack it.
    #[serde(default)]
    pub optional: bool,
    /// Whether only answers have it, though requests share the shape.
    #[serde(default)]
    pub shown: bool,
    /// Whether only clients know it, not the vendor's contract.
    #[serde(default)]
    pub beyond: bool,
    /// Whether clients send it as another type too.
    #[serde(default)]
    pub either: bool,
    /// The only legal words or numbers; of a list those of its items.
    #[serde(rename = "enum", default)]
    pub words: Vec<Value>,
    /// Lowest number.
    pub min: Option<i64>,
    /// Highest number.
    pub max: Option<i64>,
    /// Fewest characters.
    pub min_length: Option<usize>,
    /// Most characters.
    pub max_length: Option<usize>,
    /// Fewest items.
    pub min_items: Option<usize>,
    /// Most items.
    pub max_items: Option<usize>,
    /// What holds when a request lacks it.
    pub default: Option<Value>,
    /// The field beside it whose value holds when a request lacks it.
    pub default_from: Option<String>,
    /// What the server makes up when a request lacks it.
    pub default_made: Option<String>,
    /// How a text is written: `uuid`, `ipv4`, `cidr`; of a list, its items.
    pub format: Option<String>,
    /// When it may be, or is, there.
    pub when: Option<String>,
    /// Row for a request without it.
    pub absent: Option<String>,
    /// Row for a value of another type.
    pub mistyped: Option<String>,
    /// Row for a value that is none of the legal ones.
    pub wrong: Option<String>,
}

impl Field {
    /// The type of the field or, of a list, of its items; and whether it is a list.
    #[must_use]
    pub fn item(&self) -> (&str, bool) {
        match self.kind.strip_suffix("[]") {
            Some(item) => (item, true),
            None => (&self.kind, false),
        }
    }
}

/// Fields by name.
pub type Fields = BTreeMap<String, Field>;

/// What one operation takes and answers.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Exchange {
    /// Whether a request may carry a token in a header that makes it count once.
    #[serde(default)]
    pub token: bool,
    /// Parameters of the query.
    #[serde(default)]
    pub query: Fields,
    /// Fields of the body.
    #[serde(default)]
    pub request: Fields,
    /// Fields of the answer.
    #[serde(default)]
    pub response: Fields,
}

/// The shapes of one service.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Shapes {
    /// Whether the vendor does not say which fields an answer always has, so that each may lack.
    #[serde(default)]
    pub partial: bool,
    /// Exchanges by the id of their operation.
    pub operation: BTreeMap<String, Exchange>,
    /// Fields by the name of their shape.
    pub shape: BTreeMap<String, Fields>,
}

/// Reads and checks the shapes of every service of one cloud that has a file of them.
///
/// # Errors
/// When a file is not what its schema says, does not fit the operations, or names a shape or a row that is not there.
pub fn load(
    root: &Path,
    cloud: &str,
    operations: &[Operation],
    rows: &[Row],
) -> Outcome<BTreeMap<String, Shapes>> {
    let mut all = BTreeMap::new();
    let folder = root.join("contracts").join(cloud).join("shapes");
    if !folder.is_dir() {
        return Ok(all);
    }
    let rows: BTreeSet<&str> = rows.iter().map(|row| row.id.as_str()).collect();
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        let service = path.file_stem().unwrap_or_default().to_string_lossy();
        let shapes: Shapes = contract::parse(&path)?;
        let has_row = |row: &str| rows.contains(format!("{cloud}/{row}").as_str());
        check(&service, &shapes, operations, &has_row)
            .map_err(|error| format!("{cloud} {error}"))?;
        all.insert(service.into_owned(), shapes);
    }
    Ok(all)
}

fn check(
    service: &str,
    shapes: &Shapes,
    operations: &[Operation],
    has_row: &dyn Fn(&str) -> bool,
) -> Result<(), String> {
    let ours = operations.iter().filter(|op| op.service == service);
    let served = ours.filter(|op| op.handler.is_some());
    let known: BTreeSet<&str> = served.map(|op| op.id.as_str()).collect();
    let told: BTreeSet<&str> = shapes.operation.keys().map(String::as_str).collect();
    if let Some(id) = known.symmetric_difference(&told).next() {
        return Err(format!(
            "{service}: {id} stands in only one of the served operations and the shapes"
        ));
    }
    let mut used = BTreeSet::new();
    let mut judge = |owner: &str, fields: &Fields| {
        check_fields(shapes, fields, &mut used, has_row)
            .map_err(|error| format!("{owner}: {error}"))
    };
    for (id, exchange) in &shapes.operation {
        for fields in [&exchange.query, &exchange.request, &exchange.response] {
            judge(id, fields)?;
        }
    }
    for (name, fields) in &shapes.shape {
        judge(name, fields)?;
    }
    match shapes.shape.keys().find(|name| !used.contains(*name)) {
        Some(name) => Err(format!("{service}: nothing has the shape {name}")),
        None => Ok(()),
    }
}

fn check_fields(
    shapes: &Shapes,
    fields: &Fields,
    used: &mut BTreeSet<String>,
    has_row: &dyn Fn(&str) -> bool,
) -> Result<(), String> {
    for (name, field) in fields {
        let (item, _) = field.item();
        if !PLAIN.contains(&item) {
            used.insert(item.to_owned());
            if !shapes.shape.contains_key(item) {
                return Err(format!("{name}: no shape is called {item}"));
            }
        }
        if !fits(field, fields) {
            return Err(format!(
                "{name}: its limits do not fit its type or each other"
            ));
        }
        let rows = [&field.absent, &field.mistyped, &field.wrong];
        if let Some(row) = rows.into_iter().flatten().find(|row| !has_row(row)) {
            return Err(format!("{name}: there is no row {row}"));
        }
    }
    Ok(())
}

/// Whether what a field says of itself fits together, and with the fields beside it.
fn fits(field: &Field, beside: &Fields) -> bool {
    let (item, list) = field.item();
    let numbers = field.min.is_some() || field.max.is_some();
    let characters = field.min_length.is_some() || field.max_length.is_some();
    let items = field.min_items.is_some() || field.max_items.is_some();
    // A number that is written as a text is sent as a number too.
    let number = matches!(item, "int" | "float") || item == "str" && field.either;
    let from = field.default_from.as_ref();
    let default = field.default.as_ref();
    let all = [
        !numbers || number && !list,
        !characters || item == "str" && !list,
        !items || list,
        field.min <= field.max || field.max.is_none(),
        field.min_length <= field.max_length || field.max_length.is_none(),
        field.min_items <= field.max_items || field.max_items.is_none(),
        from.is_none_or(|it| beside.contains_key(it)),
        default.is_none_or(|it| field.words.is_empty() || field.words.contains(it)),
    ];
    !all.contains(&false)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn judge(text: &str) -> Result<(), String> {
        let shapes: Shapes = toml::from_str(text).map_err(|error| error.to_string())?;
        check("a", &shapes, &[], &|row| row == "vpc/A")
    }

    #[test]
    fn what_does_not_fit_is_refused() {
        let cases = [
            ("[operation]\n[shape]", ""),
            ("[operation.A]\n[shape]", "only one of"),
            (
                "[operation]\n[shape.B]\nc = { type = \"int\" }",
                "nothing has",
            ),
            (
                "[operation]\n[shape.B]\nc = { type = \"C\" }",
                "no shape is called C",
            ),
            ("[operation]\n[shape.B]\nc = { type = \"B\" }", ""),
            (
                "[operation]\n[shape.B]\nb = { type = \"B\" }\nc = { type = \"str\", min = 1 }",
                "do not fit",
            ),
            (
                "[operation]\n[shape.B]\nb = { type = \"B\" }\nc = { type = \"int\", min = 2, max = 1 }",
                "do not fit",
            ),
            (
                "[operation]\n[shape.B]\nb = { type = \"B\" }\nc = { type = \"str\", enum = [\"x\"], default = \"y\" }",
                "do not fit",
            ),
            (
                "[operation]\n[shape.B]\nb = { type = \"B\" }\nc = { type = \"str\", either = true, min = 1, wrong = \"vpc/A\" }",
                "",
            ),
            (
                "[operation]\n[shape.B]\nb = { type = \"B\", absent = \"vpc/B\" }",
                "no row vpc/B",
            ),
            (
                "[operation]\n[shape.B]\nc = { type = \"int\", most = 1 }",
                "unknown field",
            ),
        ];
        for (text, word) in cases {
            match judge(text) {
                Ok(()) => assert!(word.is_empty(), "{text}"),
                Err(error) => assert!(!word.is_empty() && error.contains(word), "{text}: {error}"),
            }
        }
    }
}
