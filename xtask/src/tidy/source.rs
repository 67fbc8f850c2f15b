//! Rules for Rust files: their head, their length, the length of their functions.

use super::Findings;
use crate::tree::File;

const LOOK_AGAIN: usize = 400;
const SPLIT: usize = 800;
const FUNCTION: usize = 70;

pub(super) fn check(file: &File, found: &mut Findings) {
    if !file.text.starts_with("//!") {
        found
            .failures
            .push(format!("{}: does not begin with a //! comment", file.path));
    }
    let suppression = concat!("#[", "allow(");
    let inner = concat!("#![", "allow(");
    for (number, line) in lines(&file.text) {
        if line.contains(suppression) || line.contains(inner) {
            let message = "expect a lint with a reason instead of allowing it";
            found
                .failures
                .push(format!("{}:{number}: {message}", file.path));
        }
    }
    if file.is_generated() {
        return;
    }
    match file.text.lines().count() {
        n if n > SPLIT => found
            .failures
            .push(format!("{}: {n} lines, split it", file.path)),
        n if n > LOOK_AGAIN => found.remarks.push(format!("{}: {n} lines", file.path)),
        _ => {}
    }
    for (number, name, length) in functions(&file.text) {
        if length > FUNCTION {
            found.remarks.push(format!(
                "{}:{number}: fn {name} has {length} lines",
                file.path
            ));
        }
    }
}

fn lines(text: &str) -> impl Iterator<Item = (usize, &str)> {
    text.lines()
        .enumerate()
        .map(|(index, line)| (index + 1, line))
}

/// Every function as (line, name, lines): it ends at the first `}` that stands as far in as its `fn`.
///
/// That holds for whatever rustfmt has formatted, which a check of its own sees to.
fn functions(text: &str) -> Vec<(usize, &str, usize)> {
    let mut out = Vec::new();
    let mut open: Vec<(usize, usize, &str, bool)> = Vec::new();
    for (number, line) in lines(text) {
        let indent = line.len() - line.trim_start().len();
        if let Some(&(started, depth, name, body)) = open.last() {
            if body && indent == depth && line.trim() == "}" {
                out.push((started, name, number - started + 1));
                open.pop();
                continue;
            }
            if !body {
                step(&mut open, line);
                continue;
            }
        }
        if let Some(name) = declared(line) {
            open.push((number, indent, name, false));
            step(&mut open, line);
        }
    }
    out
}

/// Marks the innermost signature as followed by a body, or drops one that has none of its own lines.
fn step(open: &mut Vec<(usize, usize, &str, bool)>, line: &str) {
    let line = line.trim_end();
    if line.ends_with('{') {
        if let Some(last) = open.last_mut() {
            last.3 = true;
        }
    } else if line.ends_with(';') || line.ends_with('}') {
        open.pop();
    }
}

/// The name that a line declares as a function.
fn declared(line: &str) -> Option<&str> {
    let mut rest = line.trim_start();
    loop {
        if let Some(tail) = rest.strip_prefix("fn ") {
            let end = tail.find(|c: char| !c.is_alphanumeric() && c != '_')?;
            return Some(&tail[..end]);
        }
        let (word, tail) = rest.split_once(' ')?;
        let scoped = word.starts_with("pub(") && word.ends_with(')');
        if !scoped
            && !matches!(
                word,
                "pub" | "const" | "async" | "unsafe" | "extern" | "\"C\""
            )
        {
            return None;
        }
        rest = tail;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(text: String) -> Findings {
        let mut found = Findings::default();
        check(
            &File {
                path: "a.rs".to_owned(),
                text,
            },
            &mut found,
        );
        found
    }

    #[test]
    fn lengths_count_from_the_signature_to_the_last_brace() {
        let text = "//! A.\nimpl A {\n    pub(crate) fn one(\n        a: u8,\n    ) -> u8 {\n        if a {\n        }\n    }\n\n    fn two();\n    fn three() {}\n}\n\npub fn four() {\n}\n";
        assert_eq!(functions(text), [(3, "one", 6), (14, "four", 2)]);
    }

    #[test]
    fn functions_inside_functions_are_counted_too() {
        let text = "fn outer() {\n    fn inner() {\n        x();\n    }\n    inner();\n}\n";
        assert_eq!(functions(text), [(2, "inner", 3), (1, "outer", 6)]);
    }

    #[test]
    fn a_long_file_is_remarked_and_a_longer_one_fails() {
        let long = found(format!("//! A.\n{}", "// a\n".repeat(LOOK_AGAIN)));
        assert_eq!((long.failures.len(), long.remarks.len()), (0, 1));
        let longer = found(format!("//! A.\n{}", "// a\n".repeat(SPLIT)));
        assert_eq!((longer.failures.len(), longer.remarks.len()), (1, 0));
    }

    #[test]
    fn a_long_function_is_remarked() {
        let text = format!(
            "//! A.\nfn long() {{\n{}}}\n",
            "    a();\n".repeat(FUNCTION)
        );
        assert_eq!(found(text).remarks, ["a.rs:2: fn long has 72 lines"]);
    }

    #[test]
    fn suppressed_lints_and_bare_heads_fail() {
        let text = format!("{}dead_code)]\nfn f() {{}}\n", concat!("#[", "allow("));
        assert_eq!(found(text).failures.len(), 2);
    }
}
