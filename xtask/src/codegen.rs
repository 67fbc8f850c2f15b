//! `cargo xtask codegen`: Rust tables from the contract data.
//!
//! The output is committed; `--check` fails when it is not what the data says.

mod errors;
mod limits;
mod operations;

use std::fmt::Write as _;
use std::fs;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use crate::Outcome;
use crate::contract::{self, CLOUDS, Contract};

/// Writes every generated file, or with `check` only compares.
///
/// # Errors
/// When the data is wrong, `rustfmt` fails, or `check` finds a file that is not current.
pub fn run(root: &Path, check: bool) -> Outcome<()> {
    let stale = files(root)?
        .into_iter()
        .filter(|(path, text)| fs::read_to_string(path).ok().as_ref() != Some(text));
    let mut names = Vec::new();
    for (path, text) in stale {
        names.push(
            path.strip_prefix(root)
                .unwrap_or(&path)
                .display()
                .to_string(),
        );
        if !check {
            if let Some(folder) = path.parent() {
                fs::create_dir_all(folder)?;
            }
            fs::write(&path, text)?;
        }
    }
    if check && !names.is_empty() {
        return Err(format!("not current, run cargo xtask codegen: {}", names.join(", ")).into());
    }
    Ok(())
}

/// Every generated file with the text it must have.
///
/// # Errors
/// As [`run`].
pub fn files(root: &Path) -> Outcome<Vec<(PathBuf, String)>> {
    let mut out = Vec::new();
    for cloud in CLOUDS {
        let contract = contract::load(root, cloud)?;
        let folder = root.join("crates").join(cloud).join("src/generated");
        out.push((folder.join("mod.rs"), module(&contract)));
        out.push((
            folder.join("errors.rs"),
            format(root, &errors::render(&contract))?,
        ));
        out.push((
            folder.join("operations.rs"),
            format(root, &operations::render(&contract)?)?,
        ));
        out.push((
            folder.join("limits.rs"),
            format(root, &limits::render(&contract)?)?,
        ));
    }
    Ok(out)
}

fn module(contract: &Contract) -> String {
    format!(
        "//! Tables from `contracts/{}`, written by `cargo xtask codegen`.\n\n\
         pub mod errors;\npub mod limits;\npub mod operations;\n",
        contract.cloud
    )
}

/// The head of a generated file.
fn head(contract: &Contract, what: &str, source: &str) -> String {
    format!(
        "//! {what}, from `contracts/{}/{source}` by `cargo xtask codegen`; do not edit.\n\n",
        contract.cloud
    )
}

/// A text as a Rust string literal.
fn literal(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 2);
    out.push('"');
    for c in text.chars() {
        match c {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '\n' => out.push_str("\\n"),
            c if c.is_control() => {
                let _ = write!(out, "\\u{{{:x}}}", u32::from(c));
            }
            c => out.push(c),
        }
    }
    out.push('"');
    out
}

/// Runs a text through `rustfmt` with the repository's settings.
fn format(root: &Path, text: &str) -> Outcome<String> {
    let mut child = Command::new("rustfmt")
        .args(["--edition", "2024", "--config-path"])
        .arg(root)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .map_err(|e| format!("rustfmt: {e}"))?;
    let mut input = child.stdin.take().ok_or("rustfmt takes no input")?;
    let text = text.to_owned();
    // Written from its own thread: a pipe holds less than a file, and rustfmt may answer before it has read all.
    let writer = std::thread::spawn(move || input.write_all(text.as_bytes()));
    let output = child.wait_with_output()?;
    writer.join().map_err(|_| "rustfmt's writer panicked")??;
    if !output.status.success() {
        return Err("rustfmt refuses the generated code".into());
    }
    Ok(String::from_utf8(output.stdout)?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn literals_escape_what_rust_would_not_read_back() {
        assert_eq!(literal("a\"b\\c\nd\u{7}’"), "\"a\\\"b\\\\c\\nd\\u{7}’\"");
    }

    #[test]
    fn generated_files_are_current_and_stable_under_rustfmt() {
        let root = crate::root();
        for (path, text) in files(&root).expect("the contract data is valid") {
            let there = fs::read_to_string(&path).expect("a committed file");
            assert!(there == text, "{} is not current", path.display());
            assert_eq!(format(&root, &text).expect("rustfmt"), text);
        }
    }
}
