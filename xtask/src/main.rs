//! `cargo xtask`: see [`xtask`].

use std::process::ExitCode;

use xtask::ledger::{self, Options};
use xtask::{Outcome, codegen, root, tidy};

const USAGE: &str = "usage: cargo xtask TASK
  codegen [--check]                                 Rust tables from contracts/
  tidy                                              the rules of the repository
  ledger [--no-run] [--pending] [--check] [--bless] which error rows are provoked";

fn main() -> ExitCode {
    let args: Vec<String> = std::env::args().skip(1).collect();
    match run(&args) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("xtask: {error}");
            ExitCode::FAILURE
        }
    }
}

fn run(args: &[String]) -> Outcome<()> {
    let (task, flags) = args.split_first().ok_or(USAGE)?;
    let known: &[&str] = match task.as_str() {
        "codegen" => &["--check"],
        "tidy" => &[],
        "ledger" => &["--no-run", "--pending", "--check", "--bless"],
        _ => return Err(USAGE.into()),
    };
    if let Some(flag) = flags.iter().find(|flag| !known.contains(&flag.as_str())) {
        return Err(format!("{task} has no {flag}\n{USAGE}").into());
    }
    let has = |flag: &str| flags.iter().any(|arg| arg == flag);
    match task.as_str() {
        "codegen" => codegen::run(&root(), has("--check")),
        "tidy" => tidy::run(&root()),
        _ => ledger::run(
            &root(),
            Options {
                no_run: has("--no-run"),
                pending: has("--pending"),
                check: has("--check"),
                bless: has("--bless"),
            },
        ),
    }
}
