//! Requests that differ from one that works in a single field, which is then right or wrong: the same for both clouds.

use serde_json::{Map, Value, json};
use xtask::shapes::{Field, Fields};

use super::Entry;

/// In which way a value is wrong.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fault {
    /// It lacks, or is null.
    Absent,
    /// It is of another type.
    Mistyped,
    /// It is beyond a limit, or none of the legal values.
    Wrong,
    /// It is a legal word in another case, which only some clouds refuse.
    Cased,
}

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
    /// In which way it is wrong; nothing where it is right.
    pub fault: Option<Fault>,
    /// The row that the contract names for this fault, or for a value that is not legal where it is right.
    pub row: Option<String>,
}

/// One field of a request, present or not.
#[derive(Clone, Debug)]
pub struct Place<'a> {
    /// Names of the field and those around it, each after a dot.
    pub name: String,
    /// Where it is, as a JSON pointer.
    pub pointer: String,
    /// What is told of it.
    pub field: &'a Field,
    /// What is told of those around it, the outermost first.
    around: Vec<&'a Field>,
    /// What the request has there.
    pub present: Option<&'a Value>,
}

/// Makes a list of so many items for a place, if it can: what makes items differ is a matter of each cloud.
pub type Items<'a> = dyn Fn(Entry<'_>, &Place<'_>, usize) -> Option<Value> + 'a;

/// A value with what is said of it and its fault, if it has one.
type Try = (String, Option<Value>, Option<Fault>);

/// Bodies in which one field is at a limit or beyond it, of another type, another word, missing, or left to its default.
pub fn variants(entry: Entry<'_>, body: &Value, items: &Items<'_>) -> Vec<Variant> {
    let mut variants = Vec::new();
    let root = (String::new(), String::new(), Vec::new());
    walk(
        entry,
        &entry.exchange.request,
        Some(body),
        root,
        &mut |place| {
            let field = place.field;
            let mut tries = Vec::new();
            if !field.beyond {
                let values = mistyped(field).into_iter();
                tries
                    .extend(values.map(|it| (format!("is {it}"), Some(it), Some(Fault::Mistyped))));
                tries.extend(formats(field));
                if field.required && place.present.is_some() {
                    tries.push(("lacks".into(), None, Some(Fault::Absent)));
                }
            }
            tries.extend(edges(field));
            tries.extend(counts(entry, place, items));
            let made = [&field.default_from, &field.default_made];
            if field.default.is_some() || made.iter().any(|it| it.is_some()) {
                tries.push(("left out".into(), None, None));
            }
            let beyond = |fault: &Option<Fault>| field.beyond && fault.is_some();
            let tries = tries.into_iter().filter(|(_, _, fault)| !beyond(fault));
            variants.extend(tries.map(|one| variant(body, place, one)));
        },
    );
    variants
}

/// What a parameter of a query may and must not be.
pub fn texts(field: &Field) -> Vec<(String, Option<Fault>)> {
    let text = |value: &Value| value.as_str().map_or(value.to_string(), str::to_owned);
    let wrong = |all: &[&str]| -> Vec<_> {
        let all = all.iter();
        all.map(|it| ((*it).to_owned(), Some(Fault::Wrong)))
            .collect()
    };
    let mut all = match field.item().0 {
        "int" => wrong(&["abc", "1.5", "-1", "99999999999999999999", "1 "]),
        "bool" => wrong(&["maybe", "2"]),
        _ => Vec::new(),
    };
    if field.item().0 == "bool" {
        let right = ["true", "false", "True", "False"];
        all.extend(right.map(|it| (it.to_owned(), None)));
    }
    let values = edges(field).into_iter();
    all.extend(values.filter_map(|(_, value, fault)| Some((text(&value?), fault))));
    all
}

fn walk<'a>(
    entry: Entry<'a>,
    fields: &'a Fields,
    at: Option<&'a Value>,
    (name, pointer, around): (String, String, Vec<&'a Field>),
    see: &mut dyn FnMut(&Place<'a>),
) {
    for (key, field) in fields.iter().filter(|(_, field)| !field.shown) {
        let place = Place {
            name: format!("{name}.{key}"),
            pointer: format!("{pointer}/{key}"),
            field,
            around: around.clone(),
            present: at.and_then(|at| at.get(key)),
        };
        see(&place);
        let (item, list) = field.item();
        let Some(shape) = entry.shape(item).filter(|_| !field.beyond) else {
            continue;
        };
        let first = place.present.and_then(|it| it.get(0));
        if list && first.is_none() {
            continue;
        }
        let (inside, pointer) = match list {
            true => (first, format!("{}/0", place.pointer)),
            false => (place.present, place.pointer),
        };
        let around = [place.around, vec![field]].concat();
        walk(entry, shape, inside, (place.name, pointer, around), see);
    }
}

fn variant(body: &Value, place: &Place<'_>, (what, value, fault): Try) -> Variant {
    let mut body = body.clone();
    put(&mut body, &place.pointer, value.clone());
    let row = |field: &&Field| match fault {
        Some(Fault::Absent) => field.absent.clone(),
        Some(Fault::Mistyped) => field.mistyped.clone(),
        Some(Fault::Wrong | Fault::Cased) | None => field.wrong.clone(),
    };
    let around = place.around.iter().rev().copied();
    Variant {
        what: format!("{} {what}", place.name),
        pointer: place.pointer.clone(),
        value,
        body,
        fault,
        row: std::iter::once(place.field)
            .chain(around)
            .find_map(|it| row(&it)),
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

/// Values of another type.
fn mistyped(field: &Field) -> Vec<Value> {
    let (item, list) = field.item();
    let one = match item {
        "str" | "datetime" => vec![json!(7), json!(true), json!([]), json!({}), json!(["x"])],
        "int" => vec![
            json!("x"),
            json!(1.5),
            json!(true),
            json!([]),
            json!({}),
            json!(1e300),
        ],
        "float" => vec![json!("x"), json!(true), json!({})],
        "bool" => vec![
            json!("maybe"),
            json!("true"),
            json!(7),
            json!([]),
            json!({}),
        ],
        _ => vec![
            json!("x"),
            json!(7),
            json!(true),
            json!([]),
            json!([7]),
            json!(["x"]),
        ],
    };
    let mut all = one;
    if list {
        all = all.into_iter().map(|value| json!([value])).collect();
        all.extend([json!("x"), json!(7), json!(true), json!({})]);
    }
    // What is sent as another type too is wrong only as what no type looks like.
    all.retain(|it| !field.either || it.is_object() || it.is_array());
    all
}

/// Values at the limits, beyond them, the legal ones and a stranger.
fn edges(field: &Field) -> Vec<Try> {
    let (item, list) = field.item();
    let mut all = Vec::new();
    let mut add = |what: String, value: Value, right: bool| {
        all.push((what, Some(value), (!right).then_some(Fault::Wrong)));
    };
    let number = |n: i64| match item {
        "str" => json!(n.to_string()),
        _ => json!(n),
    };
    if let Some(min) = field.min {
        add("below".into(), number(min - 1), false);
        add("least".into(), number(min), true);
    }
    if let Some(max) = field.max {
        add("most".into(), number(max), true);
        add("above".into(), number(max + 1), false);
    }
    let shorter = field.min_length.and_then(|it| it.checked_sub(1));
    shorter
        .into_iter()
        .for_each(|it| add("short".into(), json!(text(it)), false));
    if let Some(most) = field.max_length {
        add("long".into(), json!(text(most + 1)), false);
    }
    // A text that is only long has no format.
    if field.format.is_none() {
        let (least, most) = (field.min_length, field.max_length);
        least
            .into_iter()
            .for_each(|it| add("shortest".into(), json!(text(it)), true));
        most.into_iter()
            .for_each(|it| add("longest".into(), json!(text(it)), true));
    }
    if !list {
        let default = field.default.iter().filter(|it| !field.words.contains(it));
        let legal = field.words.iter().chain(default);
        legal.for_each(|it| add(format!("is {it}"), it.clone(), true));
        if !field.words.is_empty() {
            let stranger = if item == "int" {
                json!(8443)
            } else {
                json!("stranger")
            };
            add("is a stranger".into(), stranger, false);
        }
        all.extend(cased(field));
    }
    all
}

/// The words of a field in another case.
fn cased(field: &Field) -> Vec<Try> {
    let words = field.words.iter().filter_map(Value::as_str);
    let other = |text: &str| match text.to_lowercase() == text {
        true => text.to_uppercase(),
        false => text.to_lowercase(),
    };
    words
        .map(|text| (text, other(text)))
        .filter(|(text, other)| {
            other != text && !field.either && !field.words.contains(&json!(other))
        })
        .map(|(_, other)| {
            (
                format!("is {other}"),
                Some(json!(other)),
                Some(Fault::Cased),
            )
        })
        .collect()
}

/// Lists at the limits and beyond them.
fn counts(entry: Entry<'_>, place: &Place<'_>, items: &Items<'_>) -> Vec<Try> {
    let (least, most) = (place.field.min_items, place.field.max_items);
    let fewer = least.and_then(|it| it.checked_sub(1));
    let all = [
        ("fewest", least, None),
        ("few", fewer, Some(Fault::Wrong)),
        ("most items", most, None),
        ("many", most.map(|it| it + 1), Some(Fault::Wrong)),
    ];
    let list = |(what, count, fault): (&str, Option<usize>, _)| {
        Some((what.to_owned(), Some(items(entry, place, count?)?), fault))
    };
    all.into_iter().filter_map(list).collect()
}

/// Texts that are not written as the field says.
fn formats(field: &Field) -> Vec<Try> {
    let rubbish: &[&str] = match field.format.as_deref() {
        Some("uuid") => &["no-uuid", "11111111-2222-4333-8444-55555555555"],
        Some("cidr") => &["10.1.2.3/33", "10.1.2", "rubbish", "::/129"],
        Some("ipv4" | "ipv4 or disable") => &["256.1.1.1", "1.2.3", "rubbish"],
        Some("ipv4/30") => &["169.254.1.1", "169.254.1.1/29", "169.254.1.0/30", "rubbish"],
        Some("pem") => &["rubbish", "-----BEGIN CERTIFICATE-----"],
        _ => &[],
    };
    let value = |text: &str| match field.item().1 {
        true => json!([text]),
        false => json!(text),
    };
    let all = rubbish.iter();
    all.map(|text| (format!("is {text}"), Some(value(text)), Some(Fault::Wrong)))
        .collect()
}

/// A text of that many characters, in which every kind of character is that some rule wants.
fn text(length: usize) -> String {
    "aB3".chars().cycle().take(length).collect()
}
