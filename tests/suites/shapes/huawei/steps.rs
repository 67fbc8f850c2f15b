//! The requests of golden cases that succeed, to make others of.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on panics")]

use std::cell::Cell;

use serde_json::Value;
use vpcd::cloud::Cloud;
use vpcd_tests::case::Case;
use vpcd_tests::shapes::{Book, Entry};
use vpcd_tests::world::{Actor, Ask, Side, World};

/// A fresh world.
pub fn world(seed: u64) -> World {
    World::without_password(Cloud::ephemeral_for_tests(seed).unwrap())
}

/// The statuses that the requests of a case expect, in order.
fn expected(case: &Case) -> Vec<Option<u16>> {
    let command = |line: &str| matches!(line, "hold" | "settle") || line.starts_with("clock ");
    let asks = case.steps.iter().filter(|step| !command(&step.line));
    asks.map(|step| step.status).collect()
}

/// The cases that have a request that succeeds of the operation that they are about, which is what their folder is
/// called; with it.
pub fn about<'a>(book: &'a Book, cases: &'a [Case]) -> Vec<(&'a Case, Entry<'a>)> {
    let entry = |case: &'a Case| {
        let folder = case.path.parent()?.file_name()?.to_str()?;
        let entry = book.entries().find(|it| it.operation.name == folder)?;
        let good = case.steps.iter().filter(|step| succeeds(step.status));
        let mut asks = good.filter_map(|step| step.line.split_once(' '));
        let is = |(method, path): (&str, &str)| {
            let (method, path) = (method.to_owned(), path.to_owned());
            let ask = Ask {
                method,
                path,
                ..Ask::default()
            };
            book.entry(&ask)
                .is_some_and(|it| it.operation.id == entry.operation.id)
        };
        asks.any(is).then_some((case, entry))
    };
    let mut found: Vec<_> = cases.iter().filter_map(entry).collect();
    found.sort_by_key(|(case, _)| case.steps.len());
    found
}

/// The bodies of a case's requests of an operation that will succeed, their places for names not filled in: enough to
/// tell which variants they have. None where one is no JSON before it is filled in.
pub fn bodies(book: &Book, case: &Case, about: Entry<'_>) -> Option<Vec<Value>> {
    let good = case.steps.iter().filter(|step| succeeds(step.status));
    let asks = good.filter(|step| {
        let (method, path) = step.line.split_once(' ').unwrap_or_default();
        let ask = Ask {
            method: method.to_owned(),
            path: path.to_owned(),
            ..Ask::default()
        };
        book.entry(&ask)
            .is_some_and(|it| it.operation.id == about.operation.id)
    });
    asks.map(|step| serde_json::from_str(&step.body).ok())
        .collect()
}

fn succeeds(status: Option<u16>) -> bool {
    status.is_some_and(|status| status < 300)
}

/// Plays a case and shows each request of an operation that will succeed, before it is sent.
pub fn play(
    book: &Book,
    case: &Case,
    about: Entry<'_>,
    world: &mut World,
    see: &mut dyn FnMut(&mut World, Option<&Actor>, &Ask),
) {
    let expected = expected(case);
    let at = Cell::new(0);
    let _ = case.play_with(world, Side::Huawei, &mut |world, side, actor, ask| {
        let good = succeeds(expected.get(at.replace(at.get() + 1)).copied().flatten());
        let special = |(name, _): &(String, String)| {
            ["authorization", "x-client-token"].contains(&name.to_lowercase().as_str())
        };
        if side != Side::Huawei || !good || ask.headers.iter().any(special) {
            return;
        }
        if book
            .entry(ask)
            .is_some_and(|it| it.operation.id == about.operation.id)
        {
            see(world, actor, ask);
        }
    });
}

/// Sends a request with another body; its status and body.
pub fn send(world: &mut World, actor: Option<&Actor>, ask: &Ask, body: &Value) -> (u16, Value) {
    let ask = Ask {
        body: body.to_string(),
        ..ask.clone()
    };
    let reply = world.send(Side::Huawei, actor, &ask);
    (reply.status, reply.body.unwrap_or(Value::Null))
}

/// Reads a path; its status and body.
pub fn get(world: &mut World, actor: Option<&Actor>, path: &str) -> (u16, Value) {
    let ask = Ask {
        method: "GET".into(),
        path: path.to_owned(),
        ..Ask::default()
    };
    let reply = world.send(Side::Huawei, actor, &ask);
    (reply.status, reply.body.unwrap_or(Value::Null))
}
