//! Whether a case proves its row, and which operation a step asks for.

use serde_json::Value;

use crate::contract::{Operation, Row};
use crate::golden::{Case, Step};

/// Whether the last answer of the case carries the row's status, code and message.
pub(super) fn judge(case: &Case, row: &Row) -> Result<(), String> {
    let step = case.steps.last().ok_or("has no request")?;
    if row.id.split('/').next() != Some(case.folder(0)) {
        return Err(format!("{} is a row of another cloud", row.id));
    }
    if !row.status.contains(&step.status) {
        return Err(format!(
            "expects {}, the row has {:?}",
            step.status, row.status
        ));
    }
    if step.method == "HEAD" {
        return Ok(());
    }
    let body = step.body.as_ref().ok_or("expects no body, so no code")?;
    let codes = fields(body, &["code", "error_code"]);
    // Neutron's own shape has no code: its message has to do.
    if codes.is_empty() && body.get("NeutronError").is_none() {
        return Err("expects no code".to_owned());
    }
    if let Some(code) = codes.iter().find(|code| **code != row.code) {
        return Err(format!("expects the code {code}"));
    }
    let messages = fields(body, &["message", "error_msg"]);
    if messages.is_empty() {
        return Err("expects no message".to_owned());
    }
    match messages
        .iter()
        .find(|text| *text == "*" || !fits(&row.template(), text))
    {
        Some(text) => Err(format!(
            "expects the message {text:?}, the row has {:?}",
            row.template()
        )),
        None => Ok(()),
    }
}

/// The values of these keys in an error body, one level of nesting included.
fn fields(body: &Value, keys: &[&str]) -> Vec<String> {
    let nested = body
        .as_object()
        .into_iter()
        .flat_map(|object| object.values());
    std::iter::once(body)
        .chain(nested)
        .flat_map(|object| keys.iter().filter_map(|key| object.get(key)))
        .map(|value| {
            value
                .as_str()
                .map_or_else(|| value.to_string(), str::to_owned)
        })
        .collect()
}

/// Whether a text is the template with something in each of its places.
fn fits(template: &str, text: &str) -> bool {
    let mut parts = Vec::new();
    let mut rest = template;
    while let Some(open) = rest.find('{') {
        let close = rest[open..].find('}').map(|length| open + length);
        match close.filter(|&end| rest[open + 1..end].parse::<usize>().is_ok()) {
            Some(end) => {
                parts.push(&rest[..open]);
                rest = &rest[end + 1..];
            }
            None => break,
        }
    }
    let Some((first, middle)) = parts.split_first() else {
        return text == rest;
    };
    let Some(mut left) = text
        .strip_prefix(first)
        .and_then(|tail| tail.strip_suffix(rest))
    else {
        return false;
    };
    for part in middle {
        match left.find(part) {
            Some(at) => left = &left[at + part.len()..],
            None => return false,
        }
    }
    true
}

/// Whether the step's method, path and query key are those of the operation.
pub(super) fn asks(step: &Step, op: &Operation) -> bool {
    let (path, query) = step.target.split_once('?').unwrap_or((&step.target, ""));
    let keyed = |flag: &String| {
        query
            .split('&')
            .any(|pair| pair == flag || pair.split('=').next() == Some(flag))
    };
    let ours: Vec<&str> = op.path.split('/').collect();
    let theirs: Vec<&str> = path.split('/').collect();
    step.method == op.method
        && op.flag.as_ref().is_none_or(keyed)
        && ours.len() == theirs.len()
        && ours
            .iter()
            .zip(theirs)
            .all(|(a, b)| a.starts_with('{') || *a == b)
}
