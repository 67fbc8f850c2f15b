//! Requests with one field at a limit, of another legal word, or left to its default: some case of the operation takes
//! it, and what is shown afterwards is what was asked for, or the default.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;
use vpcd_tests::case::Case;
use vpcd_tests::shapes::request::Variant;
use vpcd_tests::shapes::{Book, Entry, request};
use vpcd_tests::world::{Actor, Ask, World};
use xtask::shapes::Field;

use super::{items, steps};

/// What became of the right values.
#[derive(Default)]
pub struct Outcome {
    taken: BTreeSet<String>,
    /// Refused wherever tried, with the last refusal.
    pub refused: BTreeMap<String, String>,
    /// Taken, but something else is shown.
    pub changed: BTreeSet<String>,
}

/// Tries every right value in the cases until one takes it.
pub fn walk(book: &Book, cases: &[Case]) -> Outcome {
    let mut outcome = Outcome::default();
    for (at, (case, entry)) in steps::about(book, cases).into_iter().enumerate() {
        let open = |(what, _): (String, _)| !outcome.taken.contains(&what);
        let bodies = steps::bodies(book, case, entry);
        let request = !entry.exchange.request.is_empty()
            && bodies.is_none_or(|all| all.iter().any(|it| faultless(entry, it).any(open)));
        // What some requests made may stand in the way of others, so the case is played again for those.
        while request && round(book, case, entry, at as u64, &mut outcome) {}
    }
    let taken = &outcome.taken;
    outcome.refused.retain(|what, _| !taken.contains(what));
    println!("{} right values taken", outcome.taken.len());
    outcome
}

/// The variants of a body that are right, with their names. What an update lacks stays as it is.
fn faultless(entry: Entry<'_>, body: &Value) -> impl Iterator<Item = (String, Variant)> {
    let (id, made) = (&entry.operation.id, entry.operation.method == "POST");
    let all = request::variants(entry, body, &items::list).into_iter();
    all.filter(move |it| it.fault.is_none() && (made || it.value.is_some()))
        .map(move |it| (format!("{id}{}", it.what), it))
}

/// Plays a case once; whether it must be played again.
fn round(book: &Book, case: &Case, entry: Entry<'_>, seed: u64, outcome: &mut Outcome) -> bool {
    let mut world = steps::world(seed);
    let (mut taken, mut left) = (0, false);
    steps::play(book, case, entry, &mut world, &mut |world, actor, ask| {
        let body = serde_json::from_str::<Value>(&ask.body);
        let Ok(body) = body else {
            return;
        };
        for (what, variant) in faultless(entry, &body) {
            if outcome.taken.contains(&what) {
                continue;
            }
            let (status, answer) = steps::send(world, actor, ask, &variant.body);
            if status >= 300 {
                left |= taken > 0 && ask.method == "POST";
                outcome
                    .refused
                    .insert(what, answer["error_msg"].to_string());
                continue;
            }
            world.settle();
            if let Some(shown) = differs(world, actor, ask, entry, &variant, &answer) {
                outcome.changed.insert(format!("{what}: {shown}"));
            }
            outcome.taken.insert(what);
            taken += 1;
        }
    });
    left
}

/// What is shown in place of what was asked for.
fn differs(
    world: &mut World,
    actor: Option<&Actor>,
    ask: &Ask,
    entry: Entry<'_>,
    variant: &Variant,
    answer: &Value,
) -> Option<String> {
    let (parent, name) = variant.pointer.rsplit_once('/')?;
    let (_, inner) = variant.pointer[1..].split_once('/')?;
    let field = field(entry, &variant.pointer)?;
    let shown = match answer.pointer(&variant.pointer) {
        Some(shown) => shown.clone(),
        None => {
            let id = answer
                .as_object()?
                .values()
                .find_map(|it| it["id"].as_str());
            let (_, body) = steps::get(world, actor, &ask.path);
            find(&body, id, &format!("/{inner}"))?
        }
    };
    let wanted = match (&variant.value, &field.default, &field.default_from) {
        (Some(value), ..) => value.clone(),
        (None, Some(default), _) => default.clone(),
        (None, None, Some(other)) => answer.pointer(&format!("{parent}/{other}"))?.clone(),
        (None, None, None) => {
            let made = field.default_made.as_deref()?;
            return (!is_made(made, shown.as_str()?)).then(|| format!("{name} is {shown}"));
        }
    };
    let same = wanted == shown || wanted.to_string().eq_ignore_ascii_case(&shown.to_string());
    (!same).then(|| format!("{shown} instead of {wanted}"))
}

/// A value of the only object of an answer, or of the one that has that id.
fn find(body: &Value, id: Option<&str>, inner: &str) -> Option<Value> {
    let value = body
        .as_object()?
        .values()
        .find(|it| it.is_object() || it.is_array())?;
    let item = match value.as_array() {
        Some(items) => items.iter().find(|it| it["id"].as_str() == id)?,
        None => value,
    };
    item.pointer(inner).cloned()
}

fn field<'a>(entry: Entry<'a>, pointer: &str) -> Option<&'a Field> {
    let mut fields = &entry.exchange.request;
    let mut found = None;
    let names = pointer.split('/').skip(1);
    for name in names.filter(|name| name.parse::<usize>().is_err()) {
        let field = fields.get(name)?;
        found = Some(field);
        if let Some(inner) = entry.shape(field.item().0) {
            fields = inner;
        }
    }
    found
}

/// Whether a text is of the form in which X stands for a hex digit.
fn is_made(form: &str, text: &str) -> bool {
    form.len() == text.len()
        && form.chars().zip(text.chars()).all(|(form, c)| match form {
            'X' => c.is_ascii_hexdigit(),
            _ => form == c,
        })
}
