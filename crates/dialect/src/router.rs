//! From method, path and bare query keys to an operation: a matcher over the generated table.

use std::collections::HashMap;

use percent_encoding::percent_decode_str;

use crate::contract::Operation;
use crate::query::Query;

/// Finds operations.
pub struct Router<H: 'static> {
    by_shape: HashMap<(&'static str, usize), Vec<&'static Operation<H>>>,
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
        let mut by_shape: HashMap<_, Vec<_>> = HashMap::new();
        for operation in table {
            by_shape
                .entry((operation.method, segments(operation.path).count()))
                .or_default()
                .push(operation);
        }
        for group in by_shape.values_mut() {
            // Literal segments win over parameters, flagged operations over plain ones.
            group.sort_by_key(|op| (op.path.matches('{').count(), op.flag.is_none()));
        }
        Router { by_shape }
    }

    /// The operation for a request.
    pub fn route(&self, method: &str, path: &str, query: &Query) -> Routed<H> {
        let Some(parts) = decoded(path) else {
            return Routed::Unknown;
        };
        let mut candidates: Vec<_> = self
            .by_shape
            .iter()
            .filter(|((known, count), _)| *known == method && *count == parts.len())
            .flat_map(|(_, group)| group)
            .filter(|op| matches(op.path, &parts))
            .collect();
        candidates.sort_by_key(|op| (op.path.matches('{').count(), op.flag.is_none()));
        if let Some(op) = candidates
            .iter()
            .find(|op| op.flag.is_none_or(|flag| query.has(flag)))
        {
            return Routed::Found(op, parameters(op.path, &parts));
        }
        let known = self
            .by_shape
            .values()
            .flatten()
            .any(|op| matches(op.path, &parts));
        if known {
            Routed::WrongMethod
        } else {
            Routed::Unknown
        }
    }
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
