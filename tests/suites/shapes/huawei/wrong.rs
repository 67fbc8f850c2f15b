//! Requests with one field that is not what it must be: each gets a row, none is taken, none is the server's fault.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;
use vpcd_tests::case::Case;
use vpcd_tests::shapes::request::{Fault, Variant};
use vpcd_tests::shapes::{Book, Entry, request};

use super::{items, steps};

/// How many requests of different cases each wrong value is tried in.
const TRIES: u32 = 2;
/// How many cases of one operation are played.
const CASES: u32 = 12;

/// The faulty variants of a body with their names. Words are taken in any case.
fn faulty(entry: Entry<'_>, body: &Value) -> impl Iterator<Item = (String, Variant)> {
    let id = &entry.operation.id;
    let all = request::variants(entry, body, &items::list).into_iter();
    all.filter(|it| !matches!(it.fault, None | Some(Fault::Cased)))
        .map(move |it| (format!("{id}{}", it.what), it))
}

/// What was taken, or was the server's fault.
pub fn walk(book: &Book, cases: &[Case]) -> BTreeSet<String> {
    let mut tried: BTreeMap<String, u32> = BTreeMap::new();
    let mut codes: BTreeMap<String, u32> = BTreeMap::new();
    let mut found = BTreeSet::new();
    let mut played: BTreeMap<&str, u32> = BTreeMap::new();
    for (at, (case, entry)) in steps::about(book, cases).into_iter().enumerate() {
        let times = played.entry(&entry.operation.name).or_default();
        *times += 1;
        if entry.exchange.request.is_empty() || *times > CASES {
            continue;
        }
        let open = |(what, _): (String, _)| tried.get(&what).is_none_or(|times| *times < TRIES);
        let bodies = steps::bodies(book, case, entry);
        if bodies.is_some_and(|all| !all.iter().any(|it| faulty(entry, it).any(open))) {
            continue;
        }
        let mut world = steps::world(at as u64);
        steps::play(book, case, entry, &mut world, &mut |world, actor, ask| {
            let Ok(body) = serde_json::from_str::<Value>(&ask.body) else {
                return;
            };
            for (what, variant) in faulty(entry, &body) {
                let times = tried.entry(what.clone()).or_default();
                if *times >= TRIES {
                    continue;
                }
                *times += 1;
                let (status, answer) = steps::send(world, actor, ask, &variant.body);
                let code = answer["error_code"].as_str().unwrap_or_default().to_owned();
                // A batch names the users that are wrong, and makes none.
                let named = status < 300 && !answer["invalid_users"][0].is_null();
                if !named && !(400..=404).contains(&status) {
                    let case = case.path.file_name().unwrap_or_default().display();
                    found.insert(format!("{what}: {status} {code} in {case}"));
                }
                *codes.entry(format!("{what}: {status} {code}")).or_default() += 1;
            }
        });
    }
    if std::env::var_os("VPCD_SHAPES_CODES").is_some() {
        codes.keys().for_each(|it| println!("{it}"));
    }
    let times: u32 = tried.values().sum();
    println!("{} wrong values in {times} requests", tried.len());
    found
}
