//! Rules for every text file: no leftovers, no paths of one machine, links that lead somewhere.

use super::Findings;
use crate::tree::File;

/// Words of unfinished work, split so that this file does not break its own rule.
const LEFTOVERS: [&str; 2] = [concat!("TO", "DO"), concat!("FIX", "ME")];

/// Paths of one machine, split likewise.
const FOREIGN: [&str; 1] = [concat!("/wo", "rk/")];

const LINKED: [&str; 2] = ["ARCHITECTURE.md", "README.md"];

pub(super) fn check(file: &File, found: &mut Findings) {
    for (index, line) in file.text.lines().enumerate() {
        let place = format!("{}:{}", file.path, index + 1);
        for path in FOREIGN.iter().filter(|path| line.contains(**path)) {
            found.failures.push(format!("{place}: names {path}"));
        }
        if written(&file.path) {
            for word in LEFTOVERS.iter().filter(|word| has_word(line, word)) {
                found
                    .failures
                    .push(format!("{place}: {word} is no place to leave work"));
            }
        }
    }
}

/// Whether people write the file here, as opposed to a licence, a lock file or a bundled library.
fn written(path: &str) -> bool {
    let name = path.rsplit('/').next().unwrap_or(path);
    let kinds = [
        ".rs", ".toml", ".md", ".sh", ".py", ".sql", ".http", ".yml", ".yaml", ".html",
    ];
    name == "Makefile" || kinds.iter().any(|kind| name.ends_with(kind))
}

fn has_word(line: &str, word: &str) -> bool {
    line.match_indices(word).any(|(at, _)| {
        let before = line[..at].chars().next_back();
        let after = line[at + word.len()..].chars().next();
        ![before, after]
            .into_iter()
            .flatten()
            .any(|c| c.is_alphanumeric() || c == '_')
    })
}

/// Checks the links of the pages that readers start from, where those exist.
pub(super) fn links(files: &[File], found: &mut Findings) {
    for page in files
        .iter()
        .filter(|file| LINKED.contains(&file.path.as_str()))
    {
        for target in targets(&page.text) {
            if let Some(message) = broken(files, page, &target) {
                found.failures.push(format!("{}: {message}", page.path));
            }
        }
    }
}

/// Where the links of a Markdown text lead, code blocks left out.
fn targets(text: &str) -> Vec<String> {
    let mut out = Vec::new();
    let mut code = false;
    for line in text.lines() {
        if line.trim_start().starts_with("```") {
            code = !code;
        }
        if code {
            continue;
        }
        for part in line.split("](").skip(1) {
            if let Some((target, _)) = part.split_once(')') {
                out.push(target.split(' ').next().unwrap_or(target).to_owned());
            }
        }
    }
    out
}

fn broken(files: &[File], page: &File, target: &str) -> Option<String> {
    if target.contains("://") || target.starts_with("mailto:") {
        return None;
    }
    let (path, anchor) = target.split_once('#').unwrap_or((target, ""));
    let path = path.trim_start_matches("./").trim_end_matches('/');
    let linked = match path {
        "" => Some(page),
        path => files.iter().find(|file| file.path == path),
    };
    let folder = format!("{path}/");
    if linked.is_none() && !files.iter().any(|file| file.path.starts_with(&folder)) {
        return Some(format!("{target} leads nowhere"));
    }
    let heading = |line: &str| line.starts_with('#') && slug(line) == anchor;
    let known = linked.is_some_and(|file| file.text.lines().any(heading));
    (!anchor.is_empty() && !known).then(|| format!("{target}: no such heading"))
}

/// The anchor of a heading: lower case, words joined by hyphens.
fn slug(heading: &str) -> String {
    let text = heading.trim_start_matches('#').trim().to_lowercase();
    text.chars()
        .filter(|c| c.is_alphanumeric() || matches!(c, ' ' | '-' | '_'))
        .map(|c| if c == ' ' { '-' } else { c })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn file(path: &str, text: &str) -> File {
        File {
            path: path.to_owned(),
            text: text.to_owned(),
        }
    }

    #[test]
    fn leftovers_are_found_as_words_only() {
        let mut found = Findings::default();
        check(
            &file(
                "a.rs",
                &format!("// {} later\nlet {}S = 1;", LEFTOVERS[0], LEFTOVERS[0]),
            ),
            &mut found,
        );
        assert_eq!(found.failures.len(), 1);
        assert!(found.failures[0].starts_with("a.rs:1: "));
    }

    #[test]
    fn paths_of_one_machine_are_found_in_any_file() {
        let mut found = Findings::default();
        check(
            &file("a.bin", &format!("x\ncd {}main", FOREIGN[0])),
            &mut found,
        );
        assert_eq!(found.failures.len(), 1);
    }

    #[test]
    fn links_lead_to_files_folders_and_headings() {
        let page = file(
            "README.md",
            "# The Title, twice\n[a](docs/a.md) [b](docs/) [c](#the-title-twice) [d](https://x.y)\n\
             ```\n[no](code.md)\n```\n[e](gone.md) [f](docs/a.md#part) [g](docs/a.md#none)\n",
        );
        let mut found = Findings::default();
        links(&[file("docs/a.md", "## Part\n"), page], &mut found);
        assert_eq!(
            found.failures,
            [
                "README.md: gone.md leads nowhere",
                "README.md: docs/a.md#none: no such heading"
            ]
        );
    }
}
