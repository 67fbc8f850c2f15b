//! `cargo xtask tidy`: the rules of the repository that a program can check.
//!
//! A failure breaks a rule; a remark asks for a second look.

mod edges;
mod source;
mod sql;
mod text;

use std::path::Path;

use crate::tree::{self, File};
use crate::{Outcome, codegen};

/// What the rules found, one line each.
#[derive(Debug, Default)]
pub struct Findings {
    /// Broken rules.
    pub failures: Vec<String>,
    /// Places that deserve a second look.
    pub remarks: Vec<String>,
}

/// Checks every rule and prints what was found.
///
/// # Errors
/// When a rule is broken or the repository cannot be read.
pub fn run(root: &Path) -> Outcome<()> {
    let found = check(root)?;
    for remark in &found.remarks {
        println!("look again: {remark}");
    }
    for failure in &found.failures {
        println!("broken: {failure}");
    }
    match found.failures.len() {
        0 => Ok(()),
        n => Err(format!("{n} broken rules").into()),
    }
}

/// Checks every rule.
///
/// # Errors
/// When the repository cannot be read.
pub fn check(root: &Path) -> Outcome<Findings> {
    let files = tree::files(root)?;
    let mut found = Findings::default();
    edges::check(&files, &mut found);
    for file in &files {
        check_file(file, &mut found);
    }
    text::links(&files, &mut found);
    if let Err(error) = codegen::run(root, true) {
        found.failures.push(error.to_string());
    }
    Ok(found)
}

fn check_file(file: &File, found: &mut Findings) {
    text::check(file, found);
    if file.is_rust() {
        source::check(file, found);
        sql::check(file, found);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_repository_keeps_its_rules() {
        let found = check(&crate::root()).expect("a readable repository");
        assert!(
            found.failures.is_empty(),
            "broken rules:\n{}",
            found.failures.join("\n")
        );
    }
}
