//! Requests that differ from a right one in a single field, which is then right or wrong.

use serde_json::{Map, Value, json};
use xtask::shapes::{Field, Fields};

use super::Entry;

/// A body that differs from another one in one place.
#[derive(Clone, Debug)]
pub struct Variant {
    /// Names of the field and those around it, with dots, and what is different.
    pub what: String,
    /// Where it is, as a JSON pointer.
    pub pointer: String,
    /// What stands there; nothing where it was taken out.
    pub value: Option<Value>,
    /// The body.
    pub body: Value,
}

/// One field of a request, present or not.
struct Place<'a> {
    name: String,
    pointer: String,
    field: &'a Field,
    present: Option<&'a Value>,
}

/// Bodies in which one field is not what it must be.
pub fn wrong(entry: Entry<'_>, body: &Value) -> Vec<Variant> {
    let mut variants = Vec::new();
    visit(entry, body, &mut |place| {
        if place.field.beyond {
            return;
        }
        for (what, value) in wrong_values(entry, place) {
            variants.push(variant(body, place, &what, Some(value)));
        }
        if place.field.required && place.present.is_some() {
            variants.push(variant(body, place, "lacks", None));
        }
    });
    variants
}

/// Bodies in which one field is at a limit, another legal word, or left to its default.
pub fn right(entry: Entry<'_>, body: &Value) -> Vec<Variant> {
    let mut variants = Vec::new();
    visit(entry, body, &mut |place| {
        for (what, value) in right_values(entry, place) {
            variants.push(variant(body, place, &what, Some(value)));
        }
        let field = place.field;
        let made = [&field.default_from, &field.default_made];
        if field.default.is_some() || made.iter().any(|it| it.is_some()) {
            variants.push(variant(body, place, "left out", None));
        }
    });
    variants
}

/// What one parameter of a query must not be.
pub fn wrong_texts(field: &Field) -> Vec<String> {
    let texts = |all: &[&str]| all.iter().map(|it| (*it).to_owned()).collect::<Vec<_>>();
    let mut wrong = match field.item().0 {
        "int" => texts(&["abc", "1.5", "-1", "99999999999999999999", "1 "]),
        "bool" => texts(&["maybe", "7"]),
        _ => Vec::new(),
    };
    wrong.extend(field.min.map(|it| (it - 1).to_string()));
    wrong.extend(field.max.map(|it| (it + 1).to_string()));
    if !field.words.is_empty() {
        wrong.push("stranger".to_owned());
    }
    wrong
}

fn visit<'a>(entry: Entry<'a>, body: &'a Value, see: &mut dyn FnMut(&Place<'a>)) {
    let request = entry.exchange.request.as_deref();
    if let Some(fields) = request.and_then(|name| entry.shapes.shape.get(name)) {
        walk(
            entry,
            fields,
            Some(body),
            (String::new(), String::new()),
            see,
        );
    }
}

fn walk<'a>(
    entry: Entry<'a>,
    fields: &'a Fields,
    at: Option<&'a Value>,
    (name, pointer): (String, String),
    see: &mut dyn FnMut(&Place<'a>),
) {
    for (key, field) in fields {
        let place = Place {
            name: format!("{name}.{key}"),
            pointer: format!("{pointer}/{key}"),
            field,
            present: at.and_then(|at| at.get(key)),
        };
        see(&place);
        let (item, list) = field.item();
        let Some(shape) = entry.shapes.shape.get(item).filter(|_| !field.beyond) else {
            continue;
        };
        match (list, place.present.and_then(|it| it.get(0))) {
            (false, _) => walk(
                entry,
                shape,
                place.present,
                (place.name, place.pointer),
                see,
            ),
            (true, Some(first)) => {
                let inside = format!("{}/0", place.pointer);
                walk(entry, shape, Some(first), (place.name, inside), see);
            }
            (true, None) => {}
        }
    }
}

fn variant(body: &Value, place: &Place<'_>, what: &str, value: Option<Value>) -> Variant {
    let mut body = body.clone();
    put(&mut body, &place.pointer, value.clone());
    Variant {
        what: format!("{} {what}", place.name),
        pointer: place.pointer.clone(),
        value,
        body,
    }
}

/// Puts a value at a place, with the objects around it, or takes away what is there.
fn put(body: &mut Value, pointer: &str, value: Option<Value>) {
    let mut at = body;
    let mut parts: Vec<&str> = pointer.split('/').skip(1).collect();
    let last = parts.pop().unwrap_or_default();
    for part in parts {
        at = match at {
            Value::Array(items) => {
                let Some(item) = part.parse::<usize>().ok().and_then(|n| items.get_mut(n)) else {
                    return;
                };
                item
            }
            Value::Object(fields) if value.is_some() || fields.contains_key(part) => fields
                .entry(part)
                .or_insert_with(|| Value::Object(Map::new())),
            _ => return,
        };
    }
    match (at.as_object_mut(), value) {
        (Some(fields), Some(value)) => {
            fields.insert(last.to_owned(), value);
        }
        (Some(fields), None) => {
            fields.remove(last);
        }
        (None, _) => {}
    }
}

fn wrong_values(entry: Entry<'_>, place: &Place<'_>) -> Vec<(String, Value)> {
    let field = place.field;
    let mut wrong: Vec<(String, Value)> = mistyped(field)
        .into_iter()
        .map(|value| (format!("is {value}"), value))
        .collect();
    let (item, list) = field.item();
    if !field.words.is_empty() && !list {
        let stranger = if item == "int" {
            json!(8443)
        } else {
            json!("stranger")
        };
        wrong.push(("is a stranger".into(), stranger));
    }
    wrong.extend(field.min.map(|it| ("below".into(), json!(it - 1))));
    wrong.extend(field.max.map(|it| ("above".into(), json!(it + 1))));
    let shorter = field.min_length.and_then(|it| it.checked_sub(1));
    wrong.extend(shorter.map(|it| ("short".into(), json!(text(it)))));
    wrong.extend(
        field
            .max_length
            .map(|it| ("long".into(), json!(text(it + 1)))),
    );
    let fewer = field.min_items.and_then(|it| it.checked_sub(1));
    wrong.extend(fewer.map(|it| ("few".into(), items(entry, place, it))));
    wrong.extend(
        field
            .max_items
            .map(|it| ("many".into(), items(entry, place, it + 1))),
    );
    let rubbish: &[&str] = match field.format.as_deref() {
        Some("uuid") => &["no-uuid", "11111111-2222-4333-8444-55555555555"],
        Some("cidr") => &["10.1.2.3/33", "10.1.2", "rubbish", "::/129"],
        Some("ipv4" | "ipv4 or disable") => &["256.1.1.1", "1.2.3", "rubbish"],
        Some("ipv4/30") => &["169.254.1.1", "169.254.1.1/29", "169.254.1.0/30", "rubbish"],
        Some("pem") => &["rubbish", "-----BEGIN CERTIFICATE-----"],
        _ => &[],
    };
    for text in rubbish {
        let value = if list { json!([text]) } else { json!(text) };
        wrong.push((format!("is {text}"), value));
    }
    wrong
}

/// Values of another type.
fn mistyped(field: &Field) -> Vec<Value> {
    let (item, list) = field.item();
    let one = match item {
        "str" | "datetime" => vec![json!(7), json!(true), json!({}), json!(["x"])],
        "int" => vec![json!("x"), json!(1.5), json!(true), json!({}), json!(1e300)],
        "float" => vec![json!("x"), json!(true), json!({})],
        "bool" => vec![json!("maybe"), json!(7), json!({})],
        _ => vec![json!("x"), json!(7), json!([7])],
    };
    if !list {
        return one;
    }
    let mut all = vec![json!("x"), json!(7), json!({})];
    all.extend(one.into_iter().map(|value| json!([value])));
    all
}

fn right_values(entry: Entry<'_>, place: &Place<'_>) -> Vec<(String, Value)> {
    let field = place.field;
    let (_, list) = field.item();
    let mut right: Vec<(String, Value)> = Vec::new();
    if !list {
        let words = field.words.iter();
        right.extend(words.map(|it| (format!("is {it}"), it.clone())));
    }
    right.extend(field.min.map(|it| ("least".into(), json!(it))));
    right.extend(field.max.map(|it| ("most".into(), json!(it))));
    if field.format.is_none() {
        right.extend(
            field
                .min_length
                .map(|it| ("shortest".into(), json!(text(it)))),
        );
        right.extend(
            field
                .max_length
                .map(|it| ("longest".into(), json!(text(it)))),
        );
    }
    right.extend(
        field
            .min_items
            .map(|it| ("fewest".into(), items(entry, place, it))),
    );
    right.extend(
        field
            .max_items
            .map(|it| ("most items".into(), items(entry, place, it))),
    );
    right
}

/// A text of that many characters, in which every kind of character is that some rule wants.
fn text(length: usize) -> String {
    "aB3".chars().cycle().take(length).collect()
}

/// A list of that many different items.
fn items(entry: Entry<'_>, place: &Place<'_>, count: usize) -> Value {
    let field = place.field;
    let (item, _) = field.item();
    let known = entry.shapes.shape.get(item);
    let present = place.present.and_then(|it| it.get(0));
    let six = place.name.contains("_v6");
    let one = |n: usize| match (field.format.as_deref(), known) {
        (Some("cidr"), _) if six => json!(format!("2001:db8:{:x}::/48", n + 1)),
        (Some("cidr"), _) => json!(format!("10.{}.{}.0/24", 200 + n / 100, n % 100)),
        (Some("ipv4"), _) => json!(format!("10.200.0.{}", n + 1)),
        (_, Some(shape)) if shape.contains_key("key") && shape.contains_key("values") => {
            json!({"key": format!("key{n}"), "values": []})
        }
        (_, Some(shape)) if shape.contains_key("key") => {
            json!({"key": format!("key{n}"), "value": "v"})
        }
        (_, Some(shape)) if shape.contains_key("rule_index") && six => json!({
            "source": format!("2001:db8:{:x}::/48", n + 1), "destination": ["2001:db8:ffff::/48"],
        }),
        (_, Some(shape)) if shape.contains_key("rule_index") => json!({
            "rule_index": n, "source": format!("10.{}.{}.0/24", 200 + n / 100, n % 100),
            "destination": ["10.199.0.0/24"],
        }),
        (None, None) if item == "str" => json!(format!("v{n}")),
        _ => present.cloned().unwrap_or(Value::Null),
    };
    (0..count).map(one).collect()
}
