//! Tags of firewalls, ports and supplementary interfaces, v3.

use serde::Deserialize;
use serde_json::{Value, json};
use vpcd_dialect::{Call, Refusal, Reply};
use vpcd_domain::Tag;
use vpcd_domain::firewall::Firewall;
use vpcd_domain::port::Port;
use vpcd_domain::sub_interface;
use vpcd_domain::tags::{Labels, Search};

use super::tag::{KeyWire, TagWire as Match, render_found, wanted_keys, wanted_name};
use crate::faults::{self, refuse};
use crate::generated::limits;
use crate::wire::{TagWire, is_name_character, is_uuid};

#[derive(Deserialize)]
struct OneBody {
    tag: TagWire,
}

#[derive(Deserialize)]
struct ManyBody {
    tags: Vec<TagWire>,
}

#[derive(Deserialize)]
struct SearchBody {
    matches: Option<Vec<Match>>,
    tags: Option<Vec<KeyWire>>,
}

/// `GET /v3/{project_id}/{firewalls|ports|sub-network-interfaces}/{id}/tags`
pub fn show(call: &Call<'_>) -> Result<Reply, Refusal> {
    let (labels, id) = (labels(call), id(call)?);
    let tags = call
        .read(move |tx, cx| (labels.show)(tx, cx, &id))
        .map_err(|fault| refuse(call, fault))?;
    let body = json!({"request_id": call.request.id, "tags": tags});
    Ok(Reply::json(call.success, body))
}

/// `POST /v3/{project_id}/{firewalls|ports|sub-network-interfaces}/{id}/tags`
pub fn add(call: &Call<'_>) -> Result<Reply, Refusal> {
    let id = id(call)?;
    let OneBody { tag } = body(call)?;
    set(call, id, vec![tag])
}

/// `POST /v3/{project_id}/{firewalls|ports|sub-network-interfaces}/{id}/tags/create`
pub fn add_many(call: &Call<'_>) -> Result<Reply, Refusal> {
    let id = id(call)?;
    let ManyBody { tags } = body(call)?;
    set(call, id, tags)
}

/// `POST /v3/{project_id}/{firewalls|ports|sub-network-interfaces}/{id}/tags/delete`
pub fn remove_many(call: &Call<'_>) -> Result<Reply, Refusal> {
    let id = id(call)?;
    let ManyBody { tags } = body(call)?;
    if tags.is_empty() || tags.iter().any(|tag| tag.key.is_empty()) {
        return Err(invalid("Tag key can not be null."));
    }
    unset(call, id, tags.into_iter().map(|tag| tag.key).collect())
}

/// `DELETE /v3/{project_id}/{firewalls|ports|sub-network-interfaces}/{id}/tags/{tag_key}`
pub fn remove(call: &Call<'_>) -> Result<Reply, Refusal> {
    unset(call, id(call)?, vec![call.param("tag_key").to_owned()])
}

/// `GET /v3/{project_id}/{firewalls|ports|sub-network-interfaces}/tags`
pub fn list(call: &Call<'_>) -> Result<Reply, Refusal> {
    let (labels, (offset, limit)) = (labels(call), page(call)?);
    let keys = call
        .read(move |tx, cx| (labels.of_project)(tx, cx))
        .map_err(|fault| refuse(call, fault))?;
    let skipped = usize::try_from(offset).unwrap_or(usize::MAX);
    let taken = usize::try_from(limit).unwrap_or(usize::MAX);
    let tags: Vec<Value> = keys
        .iter()
        .skip(skipped)
        .take(taken)
        .map(|(key, values)| json!({"key": key, "values": values}))
        .collect();
    let body = json!({"request_id": call.request.id, "tags": tags, "total_count": keys.len()});
    Ok(Reply::json(call.success, body))
}

/// `POST /v3/{project_id}/{firewalls|ports|sub-network-interfaces}/resource-instances/filter`
pub fn filter(call: &Call<'_>) -> Result<Reply, Refusal> {
    let (labels, (offset, limit)) = (labels(call), page(call)?);
    let wanted = search(call)?;
    let found = call
        .read(move |tx, cx| (labels.search)(tx, cx, &wanted, offset, limit))
        .map_err(|fault| refuse(call, fault))?;
    let mut body = render_found(&found);
    body["request_id"] = json!(call.request.id);
    Ok(Reply::json(call.success, body))
}

/// `POST /v3/{project_id}/{firewalls|ports|sub-network-interfaces}/resource-instances/count`
pub fn count(call: &Call<'_>) -> Result<Reply, Refusal> {
    let labels = labels(call);
    let wanted = search(call)?;
    let found = call
        .read(move |tx, cx| (labels.search)(tx, cx, &wanted, 0, 0))
        .map_err(|fault| refuse(call, fault))?;
    let body = json!({"request_id": call.request.id, "total_count": found.total});
    Ok(Reply::json(call.success, body))
}

/// Tags of the v3 API, or what is wrong with them: no key twice, keys and values of legal lengths and characters.
pub fn parse(wire: Vec<TagWire>) -> Result<Vec<Tag>, String> {
    let (key_max, value_max) = (limits::TAG_V3_KEY_MAX, limits::TAG_V3_VALUE_MAX);
    let fits = |text: &str, most| u64::try_from(text.chars().count()).is_ok_and(|n| n <= most);
    let most = limits::TAG_V3_PER_RESOURCE;
    if u64::try_from(wire.len()).unwrap_or(u64::MAX) > most {
        return Err(format!("number of tags exceeds max num of {most}."));
    }
    let mut tags: Vec<Tag> = Vec::with_capacity(wire.len());
    for TagWire { key, value } in wire {
        if key.is_empty() {
            return Err("Tag key can not be null.".to_owned());
        }
        if !fits(&key, key_max) || !fits(&value, value_max) {
            return Err(format!(
                "Tag length is invalid. The key length must be in range [1,{key_max}] and value in range [0,{value_max}]"
            ));
        }
        for (what, text) in [("key", &key), ("value", &value)] {
            if !text.chars().all(is_tag_character) {
                return Err(format!("Tag {what} {text} is invalid."));
            }
        }
        if tags.iter().any(|tag| tag.key == key) {
            return Err(format!("Tag key {key} is duplicate."));
        }
        tags.push(Tag { key, value });
    }
    Ok(tags)
}

fn is_tag_character(c: char) -> bool {
    is_name_character(c) || ":+@=".contains(c)
}

fn set(call: &Call<'_>, id: String, wire: Vec<TagWire>) -> Result<Reply, Refusal> {
    if wire.is_empty() {
        return Err(invalid("Tag can not be null."));
    }
    let labels = labels(call);
    let tags = parse(wire).map_err(|reason| invalid(&reason))?;
    call.write(move |tx, cx| (labels.set)(tx, cx, &id, &tags, limits::TAG_V3_PER_RESOURCE))
        .map_err(|fault| refuse(call, fault))?;
    Ok(Reply::empty(call.success))
}

fn unset(call: &Call<'_>, id: String, keys: Vec<String>) -> Result<Reply, Refusal> {
    let labels = labels(call);
    call.write(move |tx, cx| (labels.remove)(tx, cx, &id, &keys))
        .map_err(|fault| refuse(call, fault))?;
    Ok(Reply::empty(call.success))
}

fn search(call: &Call<'_>) -> Result<Search, Refusal> {
    let SearchBody { matches, tags } = body(call)?;
    Ok(Search {
        untagged: false,
        tags: wanted_keys(tags.unwrap_or_default(), limits::TAG_V3_PER_SEARCH)
            .map_err(|reason| invalid(&reason))?,
        name: wanted_name(matches.unwrap_or_default())?,
    })
}

/// The offset and the limit of the query.
fn page(call: &Call<'_>) -> Result<(u64, u64), Refusal> {
    let most = limits::PAGE_TAG_FILTER_MAX;
    let number = |name: &str, usual: u64| match call.query.get(name) {
        None => Ok(usual),
        Some(text) => text
            .parse::<u64>()
            .map_err(|_| invalid(&format!("{name} is invalid."))),
    };
    let (offset, limit) = (number("offset", 0)?, number("limit", most)?);
    match (1..=most).contains(&limit) {
        true => Ok((offset, limit)),
        false => Err(invalid("limit is invalid.")),
    }
}

/// What the operation labels, by its name: `show_firewall_tags`, `count_ports_by_tags`.
fn labels(call: &Call<'_>) -> Labels {
    if call.name.contains("_firewall") {
        Labels::of::<Firewall>()
    } else if call.name.contains("_sub_network_interface") {
        sub_interface::labels()
    } else {
        Labels::of::<Port>()
    }
}

fn id(call: &Call<'_>) -> Result<String, Refusal> {
    let id = ["firewall_id", "port_id", "sub_network_interface_id"]
        .into_iter()
        .find_map(|name| Some(call.param(name)).filter(|id| !id.is_empty()));
    match id {
        Some(id) if is_uuid(id) => Ok(id.to_owned()),
        _ => Err(invalid("resource id is invalid.")),
    }
}

fn invalid(message: &str) -> Refusal {
    faults::invalid("tags", message)
}

fn body<T: serde::de::DeserializeOwned>(call: &Call<'_>) -> Result<T, Refusal> {
    call.body()
        .map_err(|fault| invalid("Invalid input.").because(format!("{fault:?}")))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tags_of_the_newer_form() {
        let tag = |key: &str, value: &str| TagWire {
            key: key.to_owned(),
            value: value.to_owned(),
        };
        let parsed = parse(vec![tag("a:b", "x@y+z="), tag(&"k".repeat(128), "")]).unwrap();
        assert_eq!(parsed[0].value, "x@y+z=");
        for wrong in [
            vec![tag("", "v")],
            vec![tag(&"k".repeat(129), "")],
            vec![tag("k", &"v".repeat(256))],
            vec![tag("k*", "")],
            vec![tag("k", "1"), tag("k", "2")],
            (0..21).map(|n| tag(&n.to_string(), "")).collect(),
        ] {
            assert!(parse(wrong).is_err());
        }
    }
}
