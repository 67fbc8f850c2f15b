//! From method, path and bare query keys to an operation: a matcher over the generated table.

use std::collections::HashMap;

use percent_encoding::percent_decode_str;

use crate::contract::Operation;
use crate::query::Query;

/// Finds operations.
pub struct Router<H: 'static> {
    /// By number of segments; within a group literal segments win over parameters, flagged operations over plain ones.
    by_length: HashMap<usize, Vec<&'static Operation<H>>>,
}

/// What a path led to.
pub enum Routed<H: 'static> {
    /// An operation and its path parameters.
    Found(&'static Operation<H>, Vec<(&'static str, String)>),
    /// The path is known, the method (or the action key) is not.
    WrongMethod,
    /// Nothing lives there.
    Unknown,
}

impl<H> Router<H> {
    /// A router over a table.
    pub fn new(table: &'static [Operation<H>]) -> Self {
        let mut by_length: HashMap<usize, Vec<_>> = HashMap::new();
        for operation in table {
            by_length
                .entry(segments(operation.path).count())
                .or_default()
                .push(operation);
        }
        for group in by_length.values_mut() {
            // Of two with as many parameters the literal further right wins: `{type}/tags` over `gateways/{id}`.
            group.sort_by_cached_key(|op| {
                let from_the_right: Vec<bool> =
                    op.path.rsplit('/').map(|it| it.starts_with('{')).collect();
                (
                    op.path.matches('{').count(),
                    from_the_right,
                    op.flag.is_none(),
                )
            });
        }
        Router { by_length }
    }

    /// The operation for a request.
    pub fn route(&self, method: &str, path: &str, query: &Query) -> Routed<H> {
        let Some(parts) = decoded(path) else {
            return Routed::Unknown;
        };
        let group = self.by_length.get(&parts.len()).into_iter().flatten();
        let mut here = group.filter(|op| matches(op.path, &parts)).peekable();
        if here.peek().is_none() {
            return Routed::Unknown;
        }
        // What is flagged comes first, so a key that takes another value leads nowhere, not to the plain operation.
        let chosen = here
            .filter(|op| op.method == method)
            .find_map(|op| Some((op, op.flag.map_or(Some(true), |flag| asked(flag, query))?)));
        match chosen {
            Some((op, true)) => Routed::Found(op, parameters(op.path, &parts)),
            Some((_, false)) | None => Routed::WrongMethod,
        }
    }
}

/// Whether a query asks for what a flag selects; nothing where it lacks the key. A flag with a value takes no other.
fn asked(flag: &str, query: &Query) -> Option<bool> {
    let (key, value) = flag.split_once('=').unwrap_or((flag, ""));
    query
        .has(key)
        .then(|| value.is_empty() || query.get(key) == Some(value))
}

fn segments(path: &str) -> impl Iterator<Item = &str> {
    path.split('/').filter(|part| !part.is_empty())
}

/// Segments, decoded; an empty segment in the middle stays, so that a blank id is seen as such.
fn decoded(path: &str) -> Option<Vec<String>> {
    let trimmed = path.strip_prefix('/')?;
    let trimmed = trimmed.strip_suffix('/').unwrap_or(trimmed);
    if trimmed.is_empty() {
        return Some(Vec::new());
    }
    let decode = |part: &str| {
        percent_decode_str(part)
            .decode_utf8()
            .ok()
            // No id holds a zero byte, and no database keeps one in a text.
            .filter(|text| !text.contains('\0'))
            .map(|text| text.into_owned())
    };
    trimmed.split('/').map(decode).collect()
}

fn matches(template: &str, parts: &[String]) -> bool {
    segments(template).count() == parts.len()
        && segments(template)
            .zip(parts)
            .all(|(want, have)| match want.starts_with('{') {
                true => !have.is_empty(),
                false => want == have,
            })
}

fn parameters(template: &'static str, parts: &[String]) -> Vec<(&'static str, String)> {
    let names = segments(template).zip(parts);
    names
        .filter(|(name, _)| name.starts_with('{'))
        .map(|(name, value)| (&name[1..name.len() - 1], value.clone()))
        .collect()
}
