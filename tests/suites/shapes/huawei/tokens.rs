//! Tokens that make a request count once.

use std::collections::BTreeSet;

use serde_json::{Value, json};
use vpcd_tests::case::Case;
use vpcd_tests::shapes::Book;
use vpcd_tests::world::{Actor, Ask, World};

use super::steps;

const TOKEN: &str = "7d3c1f52-94a6-4b0e-8c1d-2f6e5a7b9c30";

/// What was not as it must be.
pub fn walk(book: &Book, cases: &[Case]) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    let mut tried = BTreeSet::new();
    for (at, (case, entry)) in steps::about(book, cases).into_iter().enumerate() {
        let id = &entry.operation.id;
        if !entry.exchange.token || tried.contains(id) {
            continue;
        }
        let mut world = steps::world(at as u64);
        steps::play(book, case, entry, &mut world, &mut |world, actor, ask| {
            if !tried.insert(id.clone()) {
                return;
            }
            if let Err(what) = once(world, actor, ask, entry.operation.status) {
                found.insert(format!("{id}: {what}"));
            }
        });
    }
    let with = book.entries().filter(|it| it.exchange.token);
    let ids = with.map(|it| &it.operation.id);
    found.extend(
        ids.filter(|id| !tried.contains(*id))
            .map(|id| format!("{id}: no case sends it")),
    );
    found
}

fn once(world: &mut World, actor: Option<&Actor>, ask: &Ask, good: u16) -> Result<(), String> {
    let body: Value = serde_json::from_str(&ask.body).map_err(|error| error.to_string())?;
    let mut with = |token: &str, body: &Value| {
        let mut ask = ask.clone();
        ask.headers
            .push(("X-Client-Token".into(), token.to_owned()));
        let (status, mut answer) = steps::send(world, actor, &ask, body);
        if let Some(fields) = answer.as_object_mut() {
            fields.remove("request_id");
        }
        (status, answer)
    };
    let (status, first) = with(TOKEN, &body);
    if status != good {
        return Err(format!("{status} {first}"));
    }
    // A batch of which some users are wrong has made nothing that a token could stand for.
    if !first["invalid_users"][0].is_null() {
        return Ok(());
    }
    let again = with(TOKEN, &body);
    if again != (status, first) {
        return Err(format!("the second time {again:?}"));
    }
    let mut other = body.clone();
    let inner = other.as_object_mut().and_then(|it| it.values_mut().next());
    match inner {
        Some(Value::Object(fields)) => {
            fields.insert("name".into(), json!("another"));
        }
        Some(Value::Array(items)) => items.extend(items.first().cloned()),
        _ => return Err("no body to change".into()),
    }
    let (status, answer) = with(TOKEN, &other);
    match (status, answer["error_code"].as_str()) {
        (400, Some("VPN.0031")) => Ok(()),
        _ => Err(format!("with another body {status} {answer}")),
    }
}
