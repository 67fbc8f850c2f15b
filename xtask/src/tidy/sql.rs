//! Every SQL text begins with `-- name`, so that a slow statement in a log leads to its code.

use super::Findings;
use crate::tree::File;

const VERBS: [&str; 5] = ["SELECT", "INSERT", "UPDATE", "DELETE", "WITH"];

/// What follows a verb in SQL only: `UPDATE with care` and `DELETE /v1/vpc` are none.
const CLAUSES: [&str; 5] = ["INTO", "SET", "FROM", "AS", "WHERE"];

/// Reports string literals that are a statement without a name; test code may do as it likes.
pub(super) fn check(file: &File, found: &mut Findings) {
    if file.path.starts_with("tests/")
        || file.path.contains("/tests/")
        || file.path.contains("/benches/")
    {
        return;
    }
    let shipped = file
        .text
        .split("#[cfg(test)]\nmod tests")
        .next()
        .unwrap_or(&file.text);
    for (number, text) in literals(shipped) {
        if is_statement(&text) {
            found
                .failures
                .push(format!("{}:{number}: SQL without a -- name", file.path));
        }
    }
}

fn is_statement(text: &str) -> bool {
    let mut words = text.split_whitespace();
    let Some(verb) = words.next().filter(|word| VERBS.contains(word)) else {
        return false;
    };
    match verb {
        "SELECT" => words.next().is_some(),
        _ => words.any(|word| CLAUSES.contains(&word)),
    }
}

/// The string literals of a Rust text as (line, source between the quotes), comments left out.
fn literals(text: &str) -> Vec<(usize, String)> {
    let mut out = Vec::new();
    let mut rest = text;
    let mut line = 1;
    while let Some(first) = rest.chars().next() {
        let (taken, literal) = token(rest, first);
        let (token, tail) = rest.split_at(taken);
        if let Some(content) = literal {
            out.push((line, content));
        }
        line += token.matches('\n').count();
        rest = tail;
    }
    out
}

/// Length of the token at the start of `text`, and what it holds if it is a string literal.
fn token(text: &str, first: char) -> (usize, Option<String>) {
    if text.starts_with("//") {
        return (text.find('\n').unwrap_or(text.len()), None);
    }
    if text.starts_with("/*") {
        return (text.find("*/").map_or(text.len(), |at| at + 2), None);
    }
    if first == '"' {
        return quoted(text);
    }
    if let Some((start, end)) = raw(text) {
        let close = text[start..].find(&end).map_or(text.len(), |at| start + at);
        return (
            (close + end.len()).min(text.len()),
            Some(text[start..close].to_owned()),
        );
    }
    if first == '\'' {
        return (character(text), None);
    }
    // A name is taken whole: its last letter must not be read as the start of a raw string.
    let word = text
        .find(|c: char| !c.is_alphanumeric() && c != '_')
        .unwrap_or(text.len());
    (word.max(first.len_utf8()), None)
}

fn quoted(text: &str) -> (usize, Option<String>) {
    let mut escaped = false;
    for (at, c) in text.char_indices().skip(1) {
        match c {
            _ if escaped => escaped = false,
            '\\' => escaped = true,
            '"' => return (at + 1, Some(text[1..at].to_owned())),
            _ => {}
        }
    }
    (text.len(), None)
}

/// Where the content of a raw string starts, and the text that ends it.
fn raw(text: &str) -> Option<(usize, String)> {
    let tail = text.strip_prefix('r').or_else(|| text.strip_prefix("br"))?;
    let hashes = tail.len() - tail.trim_start_matches('#').len();
    let open = text.len() - tail.len() + hashes;
    text[open..]
        .starts_with('"')
        .then(|| (open + 1, format!("\"{}", "#".repeat(hashes))))
}

/// Length of a character literal or a lifetime.
fn character(text: &str) -> usize {
    let mut chars = text.char_indices().skip(1);
    match chars.next() {
        Some((_, '\\')) => text[2..]
            .char_indices()
            .skip(1)
            .find(|(_, c)| *c == '\'')
            .map_or(2, |(at, _)| at + 3),
        Some(_) if matches!(chars.next(), Some((_, '\''))) => {
            chars.next().map_or(text.len(), |(at, _)| at)
        }
        _ => 1,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn failures(text: &str) -> Vec<String> {
        let mut found = Findings::default();
        check(
            &File {
                path: "crates/store/src/a.rs".to_owned(),
                text: text.to_owned(),
            },
            &mut found,
        );
        found.failures
    }

    #[test]
    fn a_statement_needs_a_name() {
        let bad = "let a = 1;\nlet b = tx.query(\"SELECT id FROM resource\");\n";
        assert_eq!(
            failures(bad),
            ["crates/store/src/a.rs:2: SQL without a -- name"]
        );
        assert!(failures("tx.query(\"-- a::b\\nSELECT id FROM resource\")").is_empty());
        assert_eq!(failures("r#\"\n  UPDATE resource SET id = 'x'\"#").len(), 1);
    }

    #[test]
    fn a_named_head_may_stand_in_another_literal() {
        assert!(failures("concat!(\"-- \", $name, \"\\nSELECT id FROM resource\")").is_empty());
    }

    #[test]
    fn prose_comments_and_tests_are_no_statements() {
        assert!(failures("// SELECT id FROM resource\nlet a = \"UPDATE with care\";").is_empty());
        assert!(
            failures("#[cfg(test)]\nmod tests {\n    const A: &str = \"SELECT 1 FROM a\";\n}\n")
                .is_empty()
        );
    }

    #[test]
    fn literals_are_told_from_characters_lifetimes_and_names() {
        let text = "fn f<'a>(x: &'a str) { g('\"', '\\'', '\\u{41}', \"a\\\"b\", attr\"c\", br##\"d\"#e\"##) }";
        let texts: Vec<String> = literals(text).into_iter().map(|(_, text)| text).collect();
        assert_eq!(texts, ["a\\\"b", "c", "d\"#e"]);
    }
}
