//! Words that several services share: names, times, tags, pages.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use vpcd_dialect::{Call, Refusal, Reply, Style, query};
use vpcd_domain::{Context, Fault, Tag, Tx};

use crate::faults::refuse;
use crate::generated::errors;
use crate::render;

/// Whether a text is a UUID with dashes.
pub fn is_uuid(text: &str) -> bool {
    text.len() == 36
        && text.bytes().enumerate().all(|(at, byte)| match at {
            8 | 13 | 18 | 23 => byte == b'-',
            _ => byte.is_ascii_hexdigit(),
        })
}

/// Whether a text may name an enterprise project: `0` or a UUID.
pub fn is_enterprise_project(text: &str) -> bool {
    text == "0" || is_uuid(text)
}

/// Whether a name has `least..=64` characters, all of them letters, digits, Chinese, `_`, `-` or `.`.
pub fn is_name(name: &str, least: usize) -> bool {
    let length = name.chars().count();
    (least..=64).contains(&length) && name.chars().all(is_name_character)
}

/// Whether a character may stand in a name or a tag: a letter, a digit, Chinese, `_`, `-` or `.`.
pub fn is_name_character(c: char) -> bool {
    c.is_ascii_alphanumeric() || "_-.".contains(c) || is_chinese(c)
}

/// Whether a description has at most 255 characters and no angle brackets.
pub fn is_description(text: &str) -> bool {
    text.chars().count() <= 255 && !text.contains(['<', '>'])
}

fn is_chinese(c: char) -> bool {
    matches!(c, '\u{4e00}'..='\u{9fff}' | '\u{3400}'..='\u{4dbf}' | '\u{f900}'..='\u{faff}')
}

/// Time of the v1 APIs: UTC, seconds, no zone letter.
pub fn time_v1(at: Timestamp) -> String {
    at.strftime("%Y-%m-%dT%H:%M:%S").to_string()
}

/// Time of public addresses in v1: a space in the middle.
pub fn time_spaced(at: Timestamp) -> String {
    at.strftime("%Y-%m-%d %H:%M:%S").to_string()
}

/// Time with a zone letter.
pub fn time_z(at: Timestamp) -> String {
    at.strftime("%Y-%m-%dT%H:%M:%SZ").to_string()
}

/// A tag as the VPN and v3 APIs write it.
#[derive(Clone, Debug, Deserialize, Serialize)]
pub struct TagWire {
    /// Key.
    pub key: String,
    /// Value.
    #[serde(default)]
    pub value: String,
}

impl From<TagWire> for Tag {
    fn from(wire: TagWire) -> Tag {
        Tag {
            key: wire.key,
            value: wire.value,
        }
    }
}

/// Tags of a create in the v1 APIs, `key*value`, at most ten; `None` when one is not of that form.
pub fn starred_tags(texts: &[String]) -> Option<Vec<Tag>> {
    let tag = |text: &String| {
        let (key, value) = text.split_once('*')?;
        let fits = (1..=36).contains(&key.chars().count()) && value.chars().count() <= 43;
        fits.then(|| Tag {
            key: key.to_owned(),
            value: value.to_owned(),
        })
    };
    (texts.len() <= 10).then(|| texts.iter().map(tag).collect())?
}

/// A page of the v1 APIs: `limit` 0..=2000 and `marker`, the id of the last item of the page before.
pub struct Page {
    /// Most items.
    pub limit: usize,
    /// Id to start after.
    pub marker: Option<String>,
}

/// The page that a call asks for; the name of the parameter that is wrong otherwise.
pub fn page(call: &Call<'_>) -> Result<Page, &'static str> {
    let limit = match call.query.get("limit") {
        None => 2000,
        Some(text) => text
            .parse()
            .ok()
            .filter(|limit| *limit <= 2000)
            .ok_or("limit")?,
    };
    let marker = call.query.get("marker").map(str::to_owned);
    match &marker {
        Some(marker) if !is_uuid(marker) => Err("marker"),
        _ => Ok(Page { limit, marker }),
    }
}

/// The filter on enterprise projects: `None` when the call asks for all of them.
pub fn enterprise_project(call: &Call<'_>) -> Result<Option<String>, &'static str> {
    match call.query.get("enterprise_project_id") {
        None | Some("all_granted_eps") => Ok(None),
        Some(id) if is_enterprise_project(id) => Ok(Some(id.to_owned())),
        Some(_) => Err("enterprise_project_id"),
    }
}

/// Up to `limit` items that match, read page by page so that a rare filter does not load everything at once.
pub fn filtered<T: vpcd_domain::Resource>(
    limit: usize,
    mut after: Option<String>,
    wanted: impl Fn(&T) -> bool,
    mut next: impl FnMut(Option<&str>, usize) -> Result<Vec<T>, vpcd_domain::Fault>,
) -> Result<Vec<T>, vpcd_domain::Fault> {
    let mut found = Vec::new();
    // Most lists filter nothing. Where one does, a rare match shall not cost a statement for each.
    let mut least = 0;
    while found.len() < limit {
        let ask = (limit - found.len()).max(least);
        least = 64;
        let items = next(after.as_deref(), ask)?;
        let short = items.len() < ask;
        after = items.last().map(|item| item.head().id.clone());
        found.extend(items.into_iter().filter(|item| wanted(item)));
        if short {
            break;
        }
    }
    found.truncate(limit);
    Ok(found)
}

/// The `page_info` of a v3 list: the ids of the items shown, and whether there are more after them.
pub fn page_info<'a>(ids: impl IntoIterator<Item = &'a str>, more: bool) -> serde_json::Value {
    let ids: Vec<&str> = ids.into_iter().collect();
    let mut info = serde_json::json!({"current_count": ids.len()});
    if let (Some(first), Some(last)) = (ids.first(), ids.last()) {
        info["previous_marker"] = (*first).into();
        if more {
            info["next_marker"] = (*last).into();
        }
    }
    info
}

/// All values of a filter that may be repeated or separated by commas.
pub fn values(call: &Call<'_>, key: &str) -> Vec<String> {
    call.query.all(key).into_iter().map(str::to_owned).collect()
}

/// Whether a filter lets a value through; one without values lets everything through.
pub fn among(wanted: &[String], value: &str) -> bool {
    wanted.is_empty() || wanted.iter().any(|it| it == value)
}

/// The link to the next page of a list of peerings or routes, when there is one.
///
/// The contract has `href`, live answers have `marker`: clients of either kind find theirs.
pub fn page_links<'a>(
    call: &Call<'_>,
    ids: impl IntoIterator<Item = &'a str>,
    more: bool,
) -> Option<serde_json::Value> {
    let marker = ids.into_iter().last().filter(|_| more)?;
    let mut pairs = call.query.sorted_without("marker");
    pairs.push(("marker", marker));
    let query: Vec<String> = pairs.iter().map(|(k, v)| query::pair(k, v)).collect();
    let (endpoint, path) = (call.request.endpoint(), &call.request.path);
    let href = format!("{endpoint}{path}?{}", query.join("&"));
    Some(serde_json::json!([{"href": href, "marker": marker, "rel": "next"}]))
}

/// Tags of a create in the v3 API, at most twenty, keys unique; `None` when one breaks its rules.
pub fn tags_v3(wire: Option<Vec<TagWire>>) -> Option<Vec<Tag>> {
    let wire = wire.unwrap_or_default();
    let fits = |tag: &TagWire| {
        (1..=36).contains(&tag.key.chars().count()) && tag.value.chars().count() <= 43
    };
    let unique = wire
        .iter()
        .enumerate()
        .all(|(at, tag)| wire[..at].iter().all(|other| other.key != tag.key));
    let legal = wire.len() <= 20 && unique && wire.iter().all(fits);
    legal.then(|| wire.into_iter().map(Tag::from).collect())
}

/// The answer to a request of the v3 API that was only to be tried (`dry_run`) and would have been done.
pub fn passed_dry_run(call: &Call<'_>) -> Reply {
    render::refusal(Style::V3, &call.request.id, &errors::SYS_0202.into())
}

/// Answers a change of the v3 API with what it leaves behind, under its name, or, when it was only to be tried, with
/// that it could be done.
pub fn done_or_tried<F>(
    call: &Call<'_>,
    dry_run: Option<bool>,
    name: &str,
    rule: F,
) -> Result<Reply, Refusal>
where
    F: Fn(&mut Tx<'_>, &mut Context<'_>) -> Result<Value, Fault> + Send + 'static,
{
    let left = attempt(call, dry_run, rule).map_err(|fault| refuse(call, fault))?;
    let Some(left) = left else {
        return Ok(passed_dry_run(call));
    };
    let mut body = serde_json::json!({"request_id": call.request.id});
    body[name] = left;
    Ok(Reply::json(call.success, body))
}

/// Runs a rule, or only tries it with `dry_run`: then nothing is the answer, unless it would be refused.
pub fn attempt<T, F>(
    call: &Call<'_>,
    dry_run: Option<bool>,
    rule: F,
) -> Result<Option<T>, vpcd_domain::Fault>
where
    T: Send + 'static,
    F: Fn(&mut vpcd_domain::Tx<'_>, &mut vpcd_domain::Context<'_>) -> Result<T, vpcd_domain::Fault>
        + Send
        + 'static,
{
    match dry_run {
        Some(true) => call.rehearse(rule).map(|()| None),
        _ => call.write(rule).map(Some),
    }
}

/// Up to `limit` of the resources with these ids that the project has, after `after` in the order of their ids.
pub fn of_ids<T: vpcd_domain::Resource>(
    tx: &mut vpcd_domain::Tx<'_>,
    project: &str,
    ids: &[String],
    after: Option<&str>,
    limit: usize,
) -> Result<Vec<T>, vpcd_domain::Fault> {
    let wanted: std::collections::BTreeSet<&str> = ids
        .iter()
        .map(String::as_str)
        .filter(|id| after.is_none_or(|after| *id > after))
        .collect();
    let mut found = Vec::new();
    for id in wanted {
        if found.len() == limit {
            break;
        }
        found.extend(tx.find::<T>(project, id)?);
    }
    Ok(found)
}

/// The first object with the fields of the second in place of its own.
pub fn merged(mut object: serde_json::Value, over: serde_json::Value) -> serde_json::Value {
    if let (Some(object), serde_json::Value::Object(over)) = (object.as_object_mut(), over) {
        object.extend(over);
    }
    object
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_and_ids() {
        assert!(is_uuid("1f0c1c5e-5a0b-4f0e-9d5e-0d6a1d0a7c11"));
        assert!(!is_uuid("1f0c1c5e5a0b4f0e9d5e0d6a1d0a7c11xxxx"));
        assert!(
            is_name("vpc-测试_1.a", 0)
                && !is_name("a b", 0)
                && !is_name("", 1)
                && !is_name(&"a".repeat(65), 0)
        );
        assert!(!is_description("<b>") && is_description(""));
    }

    #[test]
    fn tags_with_a_star() {
        let tags = starred_tags(&["k*v".into(), "e*".into()]).unwrap();
        assert_eq!((tags[0].key.as_str(), tags[1].value.as_str()), ("k", ""));
        assert!(starred_tags(&["kv".into()]).is_none());
        assert!(starred_tags(&vec!["k*v".to_owned(); 11]).is_none());
    }
}
