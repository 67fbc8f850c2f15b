//! Tags of VPCs, subnets, security groups and public addresses, v2.0.

use serde::Deserialize;
use serde_json::{Value, json};
use vpcd_dialect::{Call, Refusal, Reply};
use vpcd_domain::Tag;
use vpcd_domain::publicip::PublicIp;
use vpcd_domain::security_group::SecurityGroup;
use vpcd_domain::subnet::Subnet;
use vpcd_domain::tags::{Found, Keys, Labels, Search};
use vpcd_domain::vpc::Vpc;

use crate::faults::{self, refuse};
use crate::generated::limits;
use crate::wire::{is_name_character, is_uuid};

#[derive(Deserialize)]
struct OneBody {
    tag: Option<TagWire>,
}

#[derive(Deserialize)]
struct ActionBody {
    action: Option<String>,
    tags: Option<Vec<TagWire>>,
}

#[derive(Deserialize)]
struct TagWire {
    key: Option<String>,
    value: Option<String>,
}

#[derive(Deserialize)]
struct SearchBody {
    action: Option<String>,
    #[serde(default, deserialize_with = "vpcd_dialect::decode::integer")]
    limit: Option<i64>,
    #[serde(default, deserialize_with = "vpcd_dialect::decode::integer")]
    offset: Option<i64>,
    matches: Option<Vec<TagWire>>,
    tags: Option<Vec<KeyWire>>,
}

/// A key with the values that are wanted, as searches and the list of a project write it.
#[derive(Deserialize)]
pub struct KeyWire {
    /// Key.
    pub key: Option<String>,
    /// Values; none means any.
    pub values: Option<Vec<String>>,
}

/// `GET /v2.0/{project_id}/{vpcs|subnets|security-groups|publicips}/{id}/tags`
pub fn show(call: &Call<'_>) -> Result<Reply, Refusal> {
    let (labels, id) = (labels(call), id(call)?);
    let tags = call
        .read(move |tx, cx| (labels.show)(tx, cx, &id))
        .map_err(|fault| refuse(call, fault))?;
    Ok(Reply::json(call.success, json!({"tags": tags})))
}

/// `POST /v2.0/{project_id}/{vpcs|subnets|security-groups|publicips}/{id}/tags`
pub fn add(call: &Call<'_>) -> Result<Reply, Refusal> {
    let id = id(call)?;
    let OneBody { tag } = body(call)?;
    let tags = tags(tag.into_iter().collect())?;
    set(call, id, tags)
}

/// `POST /v2.0/{project_id}/{vpcs|subnets|security-groups|publicips}/{id}/tags/action`: both the create and the delete of a batch.
pub fn act(call: &Call<'_>) -> Result<Reply, Refusal> {
    let id = id(call)?;
    let ActionBody { action, tags: wire } = body(call)?;
    let wire = wire.unwrap_or_default();
    match action.as_deref() {
        Some("create") => set(call, id, tags(wire)?),
        Some("delete") => unset(call, id, keys(wire)?),
        _ => Err(invalid("action is invalid.")),
    }
}

/// `DELETE /v2.0/{project_id}/{vpcs|subnets|security-groups|publicips}/{id}/tags/{key}`
pub fn remove(call: &Call<'_>) -> Result<Reply, Refusal> {
    unset(call, id(call)?, vec![call.param("key").to_owned()])
}

/// `GET /v2.0/{project_id}/{vpcs|subnets|security-groups|publicips}/tags`
pub fn list(call: &Call<'_>) -> Result<Reply, Refusal> {
    let labels = labels(call);
    let keys = call
        .read(move |tx, cx| (labels.of_project)(tx, cx))
        .map_err(|fault| refuse(call, fault))?;
    Ok(Reply::json(call.success, render_keys(&keys)))
}

/// `POST /v2.0/{project_id}/{vpcs|subnets|security-groups|publicips}/resource_instances/action`
pub fn search(call: &Call<'_>) -> Result<Reply, Refusal> {
    let labels = labels(call);
    let wire: SearchBody = body(call)?;
    let number = |value: Option<i64>, usual: u64, legal: std::ops::RangeInclusive<u64>| {
        value
            .map_or(Some(usual), |value| u64::try_from(value).ok())
            .filter(|value| legal.contains(value))
    };
    let most = limits::PAGE_TAG_FILTER_MAX;
    let (counts, limit, offset) = match wire.action.as_deref() {
        // A count has no pages.
        Some("count") => (true, 0, 0),
        Some("filter") => (
            false,
            number(wire.limit, most, 1..=most).ok_or_else(|| invalid("limit is invalid."))?,
            number(wire.offset, 0, 0..=u64::MAX).ok_or_else(|| invalid("offset is invalid."))?,
        ),
        _ => return Err(invalid("action is invalid.")),
    };
    let wanted = Search {
        untagged: false,
        tags: wanted_keys(wire.tags.unwrap_or_default(), limits::TAG_PER_RESOURCE)
            .map_err(|reason| invalid(&reason))?,
        name: wanted_name(wire.matches.unwrap_or_default())?,
    };
    let found = call
        .read(move |tx, cx| (labels.search)(tx, cx, &wanted, offset, limit))
        .map_err(|fault| refuse(call, fault))?;
    let body = match counts {
        true => json!({"total_count": found.total}),
        false => render_found(&found),
    };
    Ok(Reply::json(call.success, body))
}

/// The keys of a search, each once and at most `most` of them, or what is wrong with them.
pub fn wanted_keys(wire: Vec<KeyWire>, most: u64) -> Result<Vec<(String, Vec<String>)>, String> {
    let too_many = |count: usize| u64::try_from(count).unwrap_or(u64::MAX) > most;
    if too_many(wire.len()) {
        return Err(format!("number of tags exceeds max num of {most}."));
    }
    let mut wanted: Vec<(String, Vec<String>)> = Vec::with_capacity(wire.len());
    for KeyWire { key, values } in wire {
        let key = key
            .filter(|key| !key.is_empty())
            .ok_or("Tag key can not be null.")?;
        let values = values.unwrap_or_default();
        if too_many(values.len()) {
            return Err(format!("number of values of key {key} exceeds {most}."));
        }
        let twice = |(at, value)| values[..at].contains(value);
        if values.iter().enumerate().any(twice) {
            return Err(format!("Tag values of key {key} are duplicate."));
        }
        if wanted.iter().any(|(other, _)| *other == key) {
            return Err(format!("Tag key {key} is duplicate."));
        }
        wanted.push((key, values));
    }
    Ok(wanted)
}

/// The keys of a project with all their values.
pub fn render_keys(keys: &Keys) -> Value {
    let tags: Vec<Value> = keys
        .iter()
        .map(|(key, values)| json!({"key": key, "values": values}))
        .collect();
    json!({"tags": tags})
}

/// The page of a search; a resource has no details beyond its name and tags.
pub fn render_found(found: &Found) -> Value {
    let resources: Vec<Value> = found
        .hits
        .iter()
        .map(|hit| {
            json!({
                "resource_id": hit.id,
                "resource_detail": null,
                "resource_name": hit.name,
                "tags": hit.tags,
            })
        })
        .collect();
    json!({"resources": resources, "total_count": found.total})
}

fn set(call: &Call<'_>, id: String, tags: Vec<Tag>) -> Result<Reply, Refusal> {
    let labels = labels(call);
    call.write(move |tx, cx| (labels.set)(tx, cx, &id, &tags, limits::TAG_PER_RESOURCE))
        .map_err(|fault| refuse(call, fault))?;
    Ok(Reply::empty(call.success))
}

fn unset(call: &Call<'_>, id: String, keys: Vec<String>) -> Result<Reply, Refusal> {
    let labels = labels(call);
    call.write(move |tx, cx| (labels.remove)(tx, cx, &id, &keys))
        .map_err(|fault| refuse(call, fault))?;
    Ok(Reply::empty(call.success))
}

/// What the operation labels, by its name: `show_vpc_tags`, `list_subnets_by_tags`, `create_publicip_tag`.
fn labels(call: &Call<'_>) -> Labels {
    if call.name.contains("_vpc") {
        Labels::of::<Vpc>()
    } else if call.name.contains("_subnet") {
        Labels::of::<Subnet>()
    } else if call.name.contains("_security_group") {
        Labels::of::<SecurityGroup>()
    } else {
        Labels::of::<PublicIp>()
    }
}

fn id(call: &Call<'_>) -> Result<String, Refusal> {
    let id = ["vpc_id", "subnet_id", "security_group_id", "publicip_id"]
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

/// Tags to set: at least one, no key twice, keys and values of legal lengths and characters.
fn tags(wire: Vec<TagWire>) -> Result<Vec<Tag>, Refusal> {
    let (key_max, value_max) = (limits::TAG_KEY_MAX, limits::TAG_VALUE_MAX);
    let fits = |text: &str, most| u64::try_from(text.chars().count()).is_ok_and(|n| n <= most);
    let mut tags: Vec<Tag> = Vec::with_capacity(wire.len());
    for TagWire { key, value } in listed(wire)? {
        let key = needed_key(key)?;
        let value = value.ok_or_else(|| invalid("Tag value can not be null."))?;
        if !fits(&key, key_max) || !fits(&value, value_max) {
            return Err(invalid(&format!(
                "Tag length is invalid. The key length must be in range [1,{key_max}] and value in range [0,{value_max}]"
            )));
        }
        for (what, text) in [("key", &key), ("value", &value)] {
            if !text.chars().all(is_name_character) {
                return Err(invalid(&format!("Tag {what} {text} is invalid.")));
            }
        }
        if tags.iter().any(|tag| tag.key == key) {
            return Err(invalid(&format!("Tag key {key} is duplicate.")));
        }
        tags.push(Tag { key, value });
    }
    Ok(tags)
}

/// Keys of tags to take away; their values do not matter.
fn keys(wire: Vec<TagWire>) -> Result<Vec<String>, Refusal> {
    let keys = listed(wire)?.into_iter();
    keys.map(|tag| needed_key(tag.key)).collect()
}

fn listed(wire: Vec<TagWire>) -> Result<Vec<TagWire>, Refusal> {
    match u64::try_from(wire.len()).unwrap_or(u64::MAX) {
        0 => Err(invalid("Tag can not be null.")),
        count if count > limits::TAG_PER_RESOURCE => {
            let most = limits::TAG_PER_RESOURCE;
            Err(invalid(&format!(
                "number of tags exceeds max num of {most}."
            )))
        }
        _ => Ok(wire),
    }
}

fn needed_key(key: Option<String>) -> Result<String, Refusal> {
    key.filter(|key| !key.is_empty())
        .ok_or_else(|| invalid("Tag key can not be null."))
}

/// The only field that a search knows is the name.
fn wanted_name(matches: Vec<TagWire>) -> Result<Option<String>, Refusal> {
    let mut name = None;
    for TagWire { key, value } in matches {
        let value = value.filter(|value| value.chars().count() <= 255);
        match (key.as_deref(), value) {
            (Some("resource_name"), Some(value)) => name = Some(value),
            _ => return Err(invalid("matches is invalid.")),
        }
    }
    Ok(name)
}
