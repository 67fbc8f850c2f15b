//! Answers held against their shapes: the same for both clouds.

use std::collections::BTreeSet;

use jiff::Timestamp;
use serde_json::Value;
use xtask::shapes::{Field, Fields};

use super::Entry;

/// What the answers of all operations showed.
#[derive(Default)]
pub struct Seen {
    /// `Operation.field` and `Shape.field` of every field that was there.
    pub fields: BTreeSet<String>,
    /// What was not as told.
    pub wrong: BTreeSet<String>,
    /// How many values were held against a field.
    pub judged: usize,
}

impl Seen {
    /// Holds one successful answer against its shape.
    pub fn judge(&mut self, entry: Entry<'_>, status: u16, body: Option<&Value>) {
        let id = &entry.operation.id;
        if status != entry.operation.status {
            self.wrong.insert(format!("{id}: status {status}"));
        }
        match (body, entry.exchange.response.is_empty()) {
            (None, true) => {}
            (Some(body), false) => self.fields(entry, &entry.exchange.response, body, (id, id)),
            (Some(body), true) => {
                self.wrong.insert(format!("{id}: a body: {body}"));
            }
            (None, false) => {
                self.wrong.insert(format!("{id}: no body"));
            }
        }
    }

    fn fields(
        &mut self,
        entry: Entry<'_>,
        told: &Fields,
        value: &Value,
        (at, owner): (&str, &str),
    ) {
        let Some(fields) = value.as_object() else {
            self.wrong.insert(format!("{at}: no object: {value}"));
            return;
        };
        let lacks = |(name, field): &(&String, &Field)| {
            !entry.shapes.partial && !field.optional && !fields.contains_key(*name)
        };
        let missing = told.iter().filter(lacks);
        let missing = missing.map(|(name, _)| format!("{at}.{name}: missing"));
        self.wrong.extend(missing);
        for (name, value) in fields {
            let at = format!("{at}.{name}");
            self.fields.insert(format!("{owner}.{name}"));
            match told.get(name) {
                Some(field) => self.field(entry, field, value, &at),
                None => {
                    self.wrong.insert(format!("{at}: nobody told of it"));
                }
            }
        }
    }

    fn field(&mut self, entry: Entry<'_>, field: &Field, value: &Value, at: &str) {
        self.judged += 1 + value.as_array().map_or(0, Vec::len);
        let (item, list) = field.item();
        let one;
        let values = match (list, value.as_array()) {
            (true, Some(values)) => values,
            (false, None) => {
                one = [value.clone()];
                &one[..]
            }
            _ => {
                self.wrong
                    .insert(format!("{at}: not {}: {value}", field.kind));
                return;
            }
        };
        for value in values {
            match entry.shape(item) {
                Some(shape) => self.fields(entry, shape, value, (at, item)),
                None if !is(item, value) => {
                    self.wrong.insert(format!("{at}: not {item}: {value}"));
                }
                None if !field.words.is_empty() && !field.words.contains(value) => {
                    self.wrong
                        .insert(format!("{at}: not a legal word: {value}"));
                }
                None => {}
            }
        }
    }

    /// Fields that no answer had; of one that is missing, not what is in it.
    pub fn missed<'a>(&self, entries: impl Iterator<Item = Entry<'a>>) -> BTreeSet<String> {
        let mut missed = BTreeSet::new();
        for entry in entries {
            let id = &entry.operation.id;
            self.missing(entry, &entry.exchange.response, id, &mut missed);
        }
        missed
    }

    fn missing(&self, entry: Entry<'_>, told: &Fields, owner: &str, missed: &mut BTreeSet<String>) {
        for (name, field) in told.iter().filter(|(_, field)| !field.beyond) {
            let at = format!("{owner}.{name}");
            let item = field.item().0;
            match (self.fields.contains(&at), entry.shape(item)) {
                (false, _) => {
                    missed.insert(at);
                }
                (true, Some(shape)) => self.missing(entry, shape, item, missed),
                (true, None) => {}
            }
        }
    }
}

fn is(plain: &str, value: &Value) -> bool {
    match plain {
        "str" => value.is_string(),
        "int" => value.is_i64() || value.is_u64(),
        "float" => value.is_number(),
        "bool" => value.is_boolean(),
        "datetime" => value
            .as_str()
            .is_some_and(|text| text.ends_with('Z') && text.parse::<Timestamp>().is_ok()),
        _ => value.is_object(),
    }
}
