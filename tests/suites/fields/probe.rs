//! Requests that differ from one that works in a single field, and what has to become of them.

use serde_json::{Value, json};

use super::data::{Contract, Field};

/// What a request must come to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Expect {
    /// This row.
    Row(String),
    /// Anything but this row.
    Taken(String),
}

/// One request.
#[derive(Clone, Debug)]
pub struct Probe {
    /// What is special about it.
    pub what: String,
    /// The body, or the value of a parameter of the query.
    pub value: Value,
    pub expect: Expect,
}

/// The rows of an operation's group.
#[derive(Clone, Debug)]
pub struct Rows {
    pub absent: String,
    pub mistyped: String,
    pub wrong: String,
}

impl Rows {
    /// Those of a field.
    fn of(&self, field: &Field) -> Rows {
        let row = |own: &Option<String>, usual: &String| own.as_ref().unwrap_or(usual).clone();
        Rows {
            absent: row(&field.absent, &self.absent),
            mistyped: row(&field.mistyped, &self.mistyped),
            wrong: row(&field.wrong, &self.wrong),
        }
    }
}

/// The probes of all fields of an object inside a body; `at` points to it.
pub fn body(
    contract: &Contract,
    rows: &Rows,
    fields: &[Field],
    whole: &Value,
    at: &str,
) -> Vec<Probe> {
    let mut probes = Vec::new();
    for field in fields.iter().filter(|it| !it.shown) {
        let rows = rows.of(field);
        let place = format!("{at}/{}", field.name);
        let mut with = |what: &str, value: Option<Value>, expect: Expect| {
            let mut changed = whole.clone();
            let object = changed.pointer_mut(at).and_then(Value::as_object_mut);
            let object = object.unwrap_or_else(|| panic!("no object at {at} in {whole}"));
            match value {
                Some(value) => object.insert(field.name.clone(), value),
                None => object.remove(&field.name),
            };
            let what = format!("{place} {what}");
            probes.push(Probe {
                what,
                value: changed,
                expect,
            });
        };
        if field.required {
            with("absent", None, Expect::Row(rows.absent.clone()));
            with("null", Some(Value::Null), Expect::Row(rows.absent.clone()));
        }
        for value in mistyped(contract, field) {
            let expect = Expect::Row(rows.mistyped.clone());
            with(&format!("= {value}"), Some(value), expect);
        }
        for (value, fits) in edges(field, whole.pointer(&place)) {
            let expect = match fits {
                true => Expect::Taken(rows.wrong.clone()),
                false => Expect::Row(rows.wrong.clone()),
            };
            let text = value.to_string();
            let short: String = text.chars().take(80).collect();
            with(&format!("= {short} ({})", text.len()), Some(value), expect);
        }
    }
    for field in fields {
        let rows = rows.of(field);
        let inner = field.kind.trim_matches(['[', ']']);
        let Some(inside) = contract.schema(inner) else {
            continue;
        };
        let place = format!("{at}/{}", field.name);
        let places = match whole.pointer(&place) {
            Some(Value::Array(all)) if !all.is_empty() => vec![format!("{place}/0")],
            Some(Value::Object(_)) => vec![place],
            _ => continue,
        };
        for place in places {
            probes.extend(body(contract, &rows, inside, whole, &place));
        }
    }
    probes
}

/// Values of other types than the field's.
fn mistyped(contract: &Contract, field: &Field) -> Vec<Value> {
    let kind = field.kind.as_str();
    let mut all = match kind {
        "string" => vec![json!(true), json!([]), json!({}), json!(7)],
        "integer" => vec![json!(true), json!([]), json!({}), json!("x"), json!(1.5)],
        "boolean" => vec![json!("true"), json!([]), json!({}), json!(7)],
        list if list.starts_with('[') => {
            let mut all = vec![json!("x"), json!({}), json!(7), json!(true)];
            all.push(match list {
                "[string]" => json!([7]),
                _ => json!(["x"]),
            });
            all
        }
        schema => {
            assert!(contract.schema(schema).is_some(), "no type {schema}");
            vec![json!("x"), json!(7), json!(true)]
        }
    };
    if field.either {
        all.retain(|value| !value.is_number() && !value.is_boolean() && *value != json!("x"));
        all.retain(|value| kind == "integer" || !value.is_string());
    }
    all
}

/// Values of the field's type at its limits and beyond, and whether they fit.
fn edges(field: &Field, sample: Option<&Value>) -> Vec<(Value, bool)> {
    let mut all = Vec::new();
    let number = |n: i64| match field.kind.as_str() {
        "string" => json!(n.to_string()),
        _ => json!(n),
    };
    if let Some(min) = field.min {
        all.extend([(number(min - 1), false), (number(min), true)]);
    }
    if let Some(max) = field.max {
        all.extend([(number(max), true), (number(max + 1), false)]);
    }
    if let Some(most) = field.max_length {
        let text = |n: usize| json!("n".repeat(n));
        all.extend([(text(most), true), (text(most + 1), false)]);
    }
    all.extend(field.default.iter().map(|value| (value.clone(), true)));
    for word in &field.words {
        all.push((word.clone(), true));
        if let Some(text) = word.as_str() {
            let other = match text.to_lowercase() == text {
                true => text.to_uppercase(),
                false => text.to_lowercase(),
            };
            if other != text && !field.words.contains(&json!(other)) && !field.either {
                all.push((json!(other), false));
            }
        }
    }
    if !field.words.is_empty() {
        let other = match field.kind.as_str() {
            "string" => json!("nonsense"),
            _ => json!(99),
        };
        all.push((other, false));
    }
    let first = sample.and_then(|it| it.get(0));
    if let (Some(most), Some(first)) = (field.max_items, first) {
        all.push((json!(vec![first; most + 1]), false));
    }
    all
}

/// The values of a parameter of a query that have to be refused or taken.
pub fn query(rows: &Rows, field: &Field) -> Vec<Probe> {
    let rows = rows.of(field);
    let mut values = edges(field, None);
    match field.kind.as_str() {
        "integer" => values.extend(["x", "1.5", "-1"].map(|it| (json!(it), false))),
        "boolean" => {
            values.extend(["maybe", "2"].map(|it| (json!(it), false)));
            values.extend(["true", "false", "True", "False"].map(|it| (json!(it), true)));
        }
        _ => {}
    }
    let mut probes = Vec::new();
    for (value, fits) in values {
        let text = value.as_str().map_or(value.to_string(), str::to_owned);
        let expect = match fits {
            true => Expect::Taken(rows.wrong.clone()),
            false => Expect::Row(rows.wrong.clone()),
        };
        let what = format!("?{}={text}", field.name);
        probes.push(Probe {
            what,
            value: json!(text),
            expect,
        });
    }
    if field.required {
        let what = format!("without ?{}", field.name);
        let expect = Expect::Row(field.absent.clone().unwrap_or(rows.wrong));
        probes.push(Probe {
            what,
            value: Value::Null,
            expect,
        });
    }
    probes
}

/// What of an answer is not as the contract says.
pub fn answer(
    contract: &Contract,
    fields: &[Field],
    have: &Value,
    at: &str,
    found: &mut Vec<String>,
) {
    let Some(object) = have.as_object() else {
        found.push(format!("{at} is no object: {have}"));
        return;
    };
    for field in fields {
        let place = format!("{at}/{}", field.name);
        match object.get(&field.name) {
            None if field.optional => {}
            None => found.push(format!("{place} is missing")),
            Some(value) => shaped(contract, field, &field.kind, value, &place, found),
        }
    }
    for key in object
        .keys()
        .filter(|key| !fields.iter().any(|it| it.name == **key))
    {
        found.push(format!("{at}/{key} is in no contract"));
    }
}

fn shaped(
    contract: &Contract,
    field: &Field,
    kind: &str,
    value: &Value,
    at: &str,
    found: &mut Vec<String>,
) {
    let fits = match kind {
        "string" => value.is_string(),
        "integer" => value.is_i64() || value.is_u64(),
        "boolean" => value.is_boolean(),
        list if list.starts_with('[') => match value.as_array() {
            Some(all) => {
                for (index, one) in all.iter().enumerate() {
                    let kind = list.trim_matches(['[', ']']);
                    shaped(contract, field, kind, one, &format!("{at}/{index}"), found);
                }
                true
            }
            None => false,
        },
        schema => {
            let inside = contract.schema(schema).unwrap_or_default();
            answer(contract, inside, value, at, found);
            true
        }
    };
    if !fits {
        found.push(format!("{at} is no {kind}: {value}"));
    }
    if fits && !field.words.is_empty() && value.is_string() && !field.words.contains(value) {
        found.push(format!("{at} is a word of its own: {value}"));
    }
}
