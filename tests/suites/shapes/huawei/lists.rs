//! Parameters of queries: wrong ones get a row, filters filter, pages add up.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;
use vpcd_tests::case::Case;
use vpcd_tests::shapes::request::Fault;
use vpcd_tests::shapes::{Book, Entry, request};
use vpcd_tests::world::{Actor, Ask, World};

use super::steps;

const STRANGER: &str = "99999999-8888-4777-8666-555555555555";
/// How many cases of one operation are played.
const TRIES: u32 = 6;

/// What was not as it must be.
pub fn walk(book: &Book, cases: &[Case]) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    let mut tried: BTreeMap<String, u32> = BTreeMap::new();
    for (at, (case, entry)) in steps::about(book, cases).into_iter().enumerate() {
        let read = entry.operation.method == "GET" && !entry.exchange.query.is_empty();
        let times = tried.entry(entry.operation.id.clone()).or_default();
        *times += 1;
        if !read || *times > TRIES {
            continue;
        }
        let mut world = steps::world(at as u64);
        steps::play(book, case, entry, &mut world, &mut |world, actor, ask| {
            let id = &entry.operation.id;
            let mut judge = |what: Result<(), String>| {
                if let Err(what) = what {
                    found.insert(format!("{id}: {what}"));
                }
            };
            let path = ask.path.split('?').next().unwrap_or_default().to_owned();
            let ask = Ask {
                path,
                ..ask.clone()
            };
            judge(rubbish(world, actor, &ask, entry));
            judge(strangers(world, actor, &ask, entry));
            let has = |name: &str| entry.exchange.query.contains_key(name);
            if has("marker") {
                judge(marked(world, actor, &ask));
            }
            if has("offset") {
                judge(counted(world, actor, &ask));
            }
        });
    }
    let listed = book.entries().filter(|it| !it.exchange.query.is_empty());
    for entry in listed.filter(|it| it.operation.method == "GET") {
        if !tried.contains_key(&entry.operation.id) {
            found.insert(format!("{}: no case reads it", entry.operation.id));
        }
    }
    found
}

fn rubbish(
    world: &mut World,
    actor: Option<&Actor>,
    ask: &Ask,
    entry: Entry<'_>,
) -> Result<(), String> {
    let mut taken = Vec::new();
    for (name, field) in &entry.exchange.query {
        let texts = request::texts(field).into_iter();
        let wrong = texts.filter(|(_, fault)| fault.is_some_and(|it| it != Fault::Cased));
        let mut texts: Vec<String> = wrong.map(|(text, _)| text).collect();
        if name == "marker" {
            texts.push("rubbish".to_owned());
        }
        for text in texts {
            let text = text.replace(' ', "%20");
            let (status, _) = steps::get(world, actor, &format!("{}?{name}={text}", ask.path));
            if status != 400 {
                taken.push(format!("{name}={text} {status}"));
            }
        }
    }
    match taken.is_empty() {
        true => Ok(()),
        false => Err(taken.join(", ")),
    }
}

/// A filter for what is not there finds nothing.
fn strangers(
    world: &mut World,
    actor: Option<&Actor>,
    ask: &Ask,
    entry: Entry<'_>,
) -> Result<(), String> {
    let filters = entry.exchange.query.iter().filter(|(name, field)| {
        field.item().0 == "str" && field.words.is_empty() && *name != "marker"
    });
    for (name, _) in filters {
        let (status, body) = steps::get(world, actor, &format!("{}?{name}={STRANGER}", ask.path));
        let found = rows(&body).len();
        if status == 200 && found > 0 {
            return Err(format!("{name} of a stranger finds {found}"));
        }
    }
    Ok(())
}

/// Pages of one, each from the marker of the one before, are the whole list.
fn marked(world: &mut World, actor: Option<&Actor>, ask: &Ask) -> Result<(), String> {
    let (_, body) = steps::get(world, actor, &ask.path);
    let whole = rows(&body);
    if body["total_count"].as_u64() != Some(whole.len() as u64) {
        return Err(format!(
            "total_count of {} is {}",
            whole.len(),
            body["total_count"]
        ));
    }
    if body["page_info"]["current_count"].as_u64() != Some(whole.len() as u64) {
        return Err(format!(
            "page_info of {} is {}",
            whole.len(),
            body["page_info"]
        ));
    }
    let (mut pages, mut query) = (Vec::new(), "limit=1".to_owned());
    for _ in 0..=whole.len() {
        let (status, page) = steps::get(world, actor, &format!("{}?{query}", ask.path));
        let found = rows(&page);
        if status != 200 || found.len() > 1 {
            return Err(format!("{query}: {status} {page}"));
        }
        pages.extend(found);
        let Some(next) = page["page_info"]["next_marker"].as_str() else {
            break;
        };
        query = format!("limit=1&marker={next}");
    }
    same(&whole, &pages)
}

/// Pages of one, each from an offset, are the whole list.
fn counted(world: &mut World, actor: Option<&Actor>, ask: &Ask) -> Result<(), String> {
    let (_, body) = steps::get(world, actor, &ask.path);
    let whole = rows(&body);
    let mut pages = Vec::new();
    for at in 0..=whole.len() {
        let (_, page) = steps::get(world, actor, &format!("{}?limit=1&offset={at}", ask.path));
        pages.extend(rows(&page));
    }
    same(&whole, &pages)
}

fn same(whole: &[Value], pages: &[Value]) -> Result<(), String> {
    let differs = whole.iter().zip(pages).any(|(a, b)| name(a) != name(b));
    match differs || whole.len() != pages.len() {
        true => Err(format!(
            "the pages have {} of {} rows",
            pages.len(),
            whole.len()
        )),
        false => Ok(()),
    }
}

/// What a row is known by: some of its numbers grow while it is read.
fn name(row: &Value) -> &Value {
    row.get("id").or(row.get("connection_id")).unwrap_or(row)
}

fn rows(body: &Value) -> Vec<Value> {
    let fields = body.as_object();
    let list = fields.and_then(|fields| fields.values().find_map(Value::as_array));
    list.cloned().unwrap_or_default()
}
