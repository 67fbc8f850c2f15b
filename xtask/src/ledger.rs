//! `cargo xtask ledger`: which documented error rows the golden cases really provoke.
//!
//! `tests/golden/ledger.txt` keeps what is covered; it may only grow.

mod proof;

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::process::Command;
use std::{env, fs};

use serde::Deserialize;

use crate::contract::{self, CLOUDS, Contract, Operation, Row};
use crate::golden::{self, Case, Via};
use crate::{Outcome, tree};

const GOLDEN: &str = "tests/golden/";
const KEPT: &str = "tests/golden/ledger.txt";

/// What the command was asked to do.
#[derive(Clone, Copy, Debug, Default)]
pub struct Options {
    /// Count what the last run of the golden tests left, without running them.
    pub no_run: bool,
    /// Print the rows that nothing provokes yet.
    pub pending: bool,
    /// Fail when a kept row or an operation has lost its case.
    pub check: bool,
    /// Write the kept ledger anew.
    pub bless: bool,
}

/// What the golden tests leave behind: the cases that passed.
#[derive(Deserialize)]
struct Passed {
    passed: Vec<String>,
}

/// Rows with the best evidence for each.
type Covered = BTreeMap<String, Via>;

/// Runs the golden tests, counts, prints, and checks.
///
/// # Errors
/// When a golden case fails or does not prove the row that it names, and with `check` when something is lost.
pub fn run(root: &Path, options: Options) -> Outcome<()> {
    let green = options.no_run || play(root)?;
    let passed = passed(root)?;
    let contracts: Vec<Contract> = CLOUDS
        .into_iter()
        .map(|cloud| contract::load(root, cloud))
        .collect::<Outcome<_>>()?;
    let (cases, mut wrong) = cases(root, &passed)?;
    let covered = cover(&contracts, &cases, &mut wrong);
    let unproved = unproved(&contracts, &cases);
    let lost = lost(
        &fs::read_to_string(root.join(KEPT)).unwrap_or_default(),
        &covered,
    );
    if options.pending {
        let rows = contracts
            .iter()
            .flat_map(|contract| &contract.rows)
            .filter(|row| !row.extra);
        rows.filter(|row| !covered.contains_key(&row.id))
            .for_each(|row| println!("{}", row.id));
    }
    wrong.iter().for_each(|line| println!("wrong: {line}"));
    unproved
        .iter()
        .for_each(|name| println!("no success case: {name}"));
    lost.iter().for_each(|line| println!("lost: {line}"));
    print!("{}", report(&contracts, &covered));
    if !green {
        return Err("the golden tests fail".into());
    }
    if !wrong.is_empty() {
        return Err(format!("{} golden cases do not prove what they say", wrong.len()).into());
    }
    // Only what a sound run shows is worth keeping.
    if options.bless {
        fs::write(root.join(KEPT), keep(&covered))?;
        return Ok(());
    }
    if options.check && !(lost.is_empty() && unproved.is_empty()) {
        return Err(format!(
            "{} rows and {} operations without a case",
            lost.len(),
            unproved.len()
        )
        .into());
    }
    Ok(())
}

/// Where the golden tests may have left their list: cargo's target folder, or the usual one.
fn lists(root: &Path) -> Vec<PathBuf> {
    let own = env::var_os("CARGO_TARGET_DIR").map(|folder| root.join(folder).join("ledger.json"));
    own.into_iter()
        .chain([root.join("target/ledger.json")])
        .collect()
}

/// Runs the golden tests; the answer says whether all passed.
fn play(root: &Path) -> Outcome<bool> {
    // A list of an earlier run must not count as this one's.
    for list in lists(root).iter().filter(|list| list.exists()) {
        fs::remove_file(list)?;
    }
    let cargo = env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let status = Command::new(cargo)
        .args(["test", "--quiet", "-p", "vpcd-tests", "--test", "golden"])
        .current_dir(root)
        // The report is what goes to standard output.
        .stdout(std::io::stderr())
        .status()?;
    Ok(status.success())
}

fn passed(root: &Path) -> Outcome<BTreeSet<String>> {
    let found = lists(root).into_iter().find(|list| list.exists());
    let list = found.ok_or("no ledger.json in the target folder: the golden tests have not run")?;
    let read: Passed = serde_json::from_str(&fs::read_to_string(list)?)?;
    let below = |path: String| match path.find(GOLDEN) {
        Some(at) => path[at..].to_owned(),
        None => format!("{GOLDEN}{path}"),
    };
    Ok(read.passed.into_iter().map(below).collect())
}

/// The cases that passed, and what is wrong with the text of any.
fn cases(root: &Path, passed: &BTreeSet<String>) -> Outcome<(Vec<Case>, Vec<String>)> {
    let mut out = Vec::new();
    let mut wrong = Vec::new();
    for file in tree::files(root)? {
        if file.path.starts_with(GOLDEN) && file.path.ends_with(".http") {
            match golden::parse(&file.path, &file.text) {
                Ok(case) if passed.contains(&case.path) => out.push(case),
                Ok(_) => {}
                Err(error) => wrong.push(error.to_string()),
            }
        }
    }
    Ok((out, wrong))
}

fn cover(contracts: &[Contract], cases: &[Case], wrong: &mut Vec<String>) -> Covered {
    let rows: BTreeMap<&str, &Row> = contracts
        .iter()
        .flat_map(|contract| &contract.rows)
        .map(|row| (row.id.as_str(), row))
        .collect();
    let mut out = Covered::new();
    for case in cases {
        let Some(id) = &case.row else { continue };
        let verdict = match rows.get(id.as_str()) {
            Some(row) => proof::judge(case, row),
            None => Err(format!("no row {id}")),
        };
        match verdict {
            Ok(()) => {
                let best = out.entry(id.clone()).or_insert(case.via);
                *best = case.via.min(*best);
            }
            Err(reason) => wrong.push(format!("{}: {reason}", case.path)),
        }
    }
    out
}

/// The served operations without a case of their own that ends one of its requests in success.
fn unproved(contracts: &[Contract], cases: &[Case]) -> Vec<String> {
    let mut out = Vec::new();
    for contract in contracts {
        let shown = |op: &&Operation| {
            let own = |case: &&Case| case.folder(0) == contract.cloud && case.folder(2) == op.name;
            let mut steps = cases.iter().filter(own).flat_map(|case| &case.steps);
            steps.any(|step| step.status == op.status && proof::asks(step, op))
        };
        let served = contract.operations.iter().filter(|op| op.handler.is_some());
        out.extend(
            served
                .filter(|op| !shown(op))
                .map(|op| format!("{}.{}", contract.cloud, op.name)),
        );
    }
    out
}

/// The kept ledger: one covered row per line with its evidence, sorted.
fn keep(covered: &Covered) -> String {
    covered
        .iter()
        .map(|(id, via)| format!("{id} {}\n", via.word()))
        .collect()
}

/// The lines of the kept ledger that no longer hold; a condition that became a fault is a loss too.
fn lost(kept: &str, covered: &Covered) -> Vec<String> {
    let holds = |line: &&str| {
        let (id, word) = line.rsplit_once(' ').unwrap_or((line, ""));
        covered
            .get(id)
            .is_some_and(|via| Via::parse(word).is_some_and(|old| *via <= old))
    };
    kept.lines()
        .filter(|line| !line.is_empty() && !holds(line))
        .map(str::to_owned)
        .collect()
}

#[derive(Default)]
struct Count {
    rows: usize,
    condition: usize,
    fault: usize,
}

impl Count {
    fn line(&self, name: &str) -> String {
        let covered = self.condition + self.fault;
        format!(
            "{name} {covered}/{} condition {} fault {} pending {}\n",
            self.rows,
            self.condition,
            self.fault,
            self.rows - covered
        )
    }
}

/// One line per service with documented rows, and the total.
fn report(contracts: &[Contract], covered: &Covered) -> String {
    let mut services: Vec<(String, Count)> = ["huawei/vpc", "huawei/vpn", "baidu/vpc"]
        .map(|name| (name.to_owned(), Count::default()))
        .into();
    let mut total = Count::default();
    for contract in contracts {
        for row in contract.rows.iter().filter(|row| !row.extra) {
            let name = format!("{}/{}", contract.cloud, row.service);
            let at = services
                .iter()
                .position(|(known, _)| *known == name)
                .unwrap_or_else(|| {
                    services.push((name, Count::default()));
                    services.len() - 1
                });
            for count in [&mut services[at].1, &mut total] {
                count.rows += 1;
                match covered.get(&row.id) {
                    Some(Via::Condition) => count.condition += 1,
                    Some(Via::Fault) => count.fault += 1,
                    None => {}
                }
            }
        }
    }
    let lines: String = services
        .iter()
        .map(|(name, count)| count.line(name))
        .collect();
    lines + &total.line("total")
}

#[cfg(test)]
mod tests;
