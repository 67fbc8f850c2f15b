//! Every request of the golden cases, nearly right, in the state that the case has made for it.
//!
//! `VPCD_RUBBISH_ROUNDS` (default 1) and `VPCD_RUBBISH_SEED` make another run.

use std::collections::BTreeSet;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};

use serde_json::Value;
use vpcd::cloud::Cloud;
use vpcd_domain::store::{dump, tally};
use vpcd_domain::{Caller, Fault, quota};
use vpcd_tests::case::{Case, files};
use vpcd_tests::world::{Actor, Ask, Side, World};

use crate::in_catalogue;
use crate::mutants::{Dice, keys, mutant};

/// What a run has seen.
#[derive(Default)]
struct Seen {
    operations: BTreeSet<&'static str>,
    sent: usize,
    wrong: BTreeSet<String>,
}

impl Seen {
    fn send(&mut self, world: &mut World, side: Side, actor: Option<&Actor>, ask: &Ask) {
        let request = world.request(side, actor, ask);
        let answer = catch_unwind(AssertUnwindSafe(|| match side {
            Side::Huawei => world.cloud.huawei.serve(&request),
            _ => world.cloud.baidu.serve(&request),
        }));
        self.sent += 1;
        let Ok(answer) = answer else {
            self.wrong.insert(format!("panics: {ask:?}"));
            return;
        };
        self.operations.insert(answer.operation);
        let (status, body) = (
            answer.reply.status,
            answer.reply.body.unwrap_or(Value::Null),
        );
        let detail = answer.detail.unwrap_or_default();
        // What the operator planned is no fault of ours.
        if detail.starts_with("the fault plan") {
            return;
        }
        let internal = body["code"] == "InternalError" || body["error_code"] == "APIGW.0601";
        let known = status < 400 || ask.method == "HEAD" || in_catalogue(side, status, &body);
        if internal || !known {
            self.wrong.insert(format!(
                "{} {status} {body} {detail}: {ask:?}",
                answer.operation
            ));
        }
        world.settle();
    }
}

/// Counting anew changes no tally, and nothing is claimed for what is not there.
fn adds_up(world: &World) -> Result<(), String> {
    let caller = Caller::nobody("test");
    let app = &world.cloud.app;
    let counted: Result<_, Fault> = app.write("test", &caller, &vpcd_baidu::POLICY, |tx, _| {
        let before = tally::every(tx.rows())?;
        quota::recount(tx)?;
        Ok((before, tally::every(tx.rows())?, dump::export(tx.rows())?))
    });
    let (before, after, export) = counted.map_err(|fault| format!("{fault:?}"))?;
    let rows = |table: &str| export[table].as_array().cloned().unwrap_or_default();
    let there: BTreeSet<String> = rows("resource")
        .iter()
        .map(|row| row["id"].to_string())
        .collect();
    let is_id = |text: &str| text.len() == 36 && text.matches('-').count() == 4;
    let stray = |row: &&Value| {
        row["owner"].as_str().is_some_and(is_id) && !there.contains(&row["owner"].to_string())
    };
    let claims = rows("claim");
    match (claims.iter().find(stray), before == after) {
        (Some(row), _) => Err(format!("claimed by nobody: {row}")),
        (None, false) => Err(format!("{before:?}\nis not\n{after:?}")),
        (None, true) => Ok(()),
    }
}

/// Whether a request is of the operation that a case is about, which is what its folder is called.
fn is_about(case: &Case, ask: &Ask) -> bool {
    let folder = case
        .path
        .parent()
        .and_then(Path::file_name)
        .unwrap_or_default();
    let mut all = vpcd_baidu::generated::operations::OPERATIONS.iter();
    let named = all.find(|it| it.name.strip_prefix("baidu.") == folder.to_str());
    let (path, query) = ask.path.split_once('?').unwrap_or((&ask.path, ""));
    named.is_some_and(|it| {
        let (mut have, mut want) = (path.split('/'), it.path.split('/'));
        let fits = want.all(|part| {
            have.next()
                .is_some_and(|it| part.starts_with('{') || it == part)
        });
        let flagged = it.flag.is_none_or(|flag| query.contains(flag));
        it.method == ask.method && fits && flagged && have.next().is_none()
    })
}

fn number(name: &str, default: u64) -> u64 {
    let text = std::env::var(name).ok();
    text.and_then(|text| text.parse().ok()).unwrap_or(default)
}

/// The keys of every body that is sent anywhere.
fn words(cases: &[Case]) -> Vec<String> {
    let mut words = BTreeSet::new();
    for step in cases.iter().flat_map(|case| &case.steps) {
        keys(
            &serde_json::from_str(&step.body).unwrap_or_default(),
            &mut words,
        );
    }
    words.into_iter().collect()
}

#[test]
fn nearly_right_requests_get_a_row() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("golden/baidu");
    // In these the operator makes the server itself fail.
    let fails = |path: &&PathBuf| path.ends_with("internal_error.http");
    let all = files(&root);
    let cases = all.iter().filter(|path| !fails(path));
    let cases: Vec<Case> = cases.filter_map(|path| Case::read(path).ok()).collect();
    let words = words(&cases);
    let mut seen = Seen::default();
    let (rounds, seed) = (
        number("VPCD_RUBBISH_ROUNDS", 1),
        number("VPCD_RUBBISH_SEED", 1),
    );
    for round in 0..rounds {
        for (at, case) in cases.iter().enumerate() {
            play(
                case,
                (seed + round) * 100_003 + at as u64,
                true,
                &words,
                &mut seen,
            );
        }
    }
    // What a mutant changed may have ended the only case of an operation before it came to that.
    let unseen = missed(&seen);
    let folder = |case: &Case| {
        let folder = case.path.parent().and_then(Path::file_name);
        format!("baidu.{}", folder.unwrap_or_default().to_string_lossy())
    };
    let again = cases
        .iter()
        .filter(|case| unseen.contains(&folder(case).as_str()));
    again.for_each(|case| play(case, seed, false, &words, &mut seen));
    println!("{} requests", seen.sent);
    let wrong: Vec<String> = seen
        .wrong
        .iter()
        .map(|it| it.chars().take(900).collect())
        .collect();
    assert!(
        wrong.is_empty(),
        "{} wrong:\n{}",
        wrong.len(),
        wrong.join("\n")
    );
    let missed = missed(&seen);
    assert!(missed.is_empty(), "not walked: {missed:?}");
}

/// Plays a case with mutants before the requests that it is about and before its last one; with `early` also before
/// another one.
fn play(case: &Case, seed: u64, early: bool, words: &[String], seen: &mut Seen) {
    let mut dice = Dice(seed);
    let Ok(cloud) = Cloud::ephemeral_for_tests(seed) else {
        return;
    };
    let mut world = World::new(cloud);
    let (mut step, last) = (0, case.steps.len());
    // What a mutant changes may end the case early, so most of it is played as it stands.
    let chosen = if early { 1 + dice.below(last) } else { 0 };
    let _ = case.play_with(&mut world, Side::Baidu, &mut |world, side, actor, ask| {
        step += 1;
        let signs = |(name, _): &(String, String)| name.eq_ignore_ascii_case("authorization");
        let may = side == Side::Baidu && !ask.headers.iter().any(signs);
        let many = match may && (step == chosen || step == last || is_about(case, ask)) {
            true => 4,
            false => 0,
        };
        for nth in 0..many {
            let mut wrong = mutant(&mut dice, world, words, ask);
            // One of them comes through to the operation, whatever the dice say.
            if nth == 0 {
                wrong.path.clone_from(&ask.path);
            }
            seen.send(world, side, actor, &wrong);
        }
    });
    if let Err(what) = adds_up(&world) {
        seen.wrong
            .insert(format!("{}: {what}", case.path.display()));
    }
}

/// Operations that nothing was sent to.
fn missed(seen: &Seen) -> Vec<&'static str> {
    let served = vpcd_baidu::generated::operations::OPERATIONS
        .iter()
        .map(|it| it.name);
    served
        .filter(|name| !seen.operations.contains(name))
        .collect()
}
