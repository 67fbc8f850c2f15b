//! Tags of gateways, customer gateways and connections.

use serde::{Deserialize, Deserializer};
use serde_json::{Value, json};
use vpcd_dialect::{Call, Refusal, Reply};
use vpcd_domain::tags::{Found, Labels, Search};
use vpcd_domain::vpn::connection::Connection;
use vpcd_domain::vpn::customer_gateway::CustomerGateway;
use vpcd_domain::vpn::gateway::Gateway;
use vpcd_domain::vpn::p2c;
use vpcd_domain::{Fault, Tag};

use super::faults;
use super::parse::{self, invalid, needed};
use crate::generated::{errors, limits};
use crate::vpc::tag::{KeyWire, render_found, render_keys, wanted_keys};
use crate::wire::TagWire;

#[derive(Deserialize)]
struct TagsBody {
    tags: Option<Vec<TagWire>>,
}

#[derive(Deserialize)]
struct SearchBody {
    #[serde(default, deserialize_with = "switch")]
    without_any_tag: bool,
    tags: Option<Vec<KeyWire>>,
    matches: Option<Vec<MatchWire>>,
}

#[derive(Deserialize)]
struct MatchWire {
    key: String,
    value: Option<String>,
}

/// Most characters of a name that is searched for.
const MATCH_MAX: usize = 255;

/// `GET /v5/{project_id}/{resource_type}/{resource_id}/tags`
pub fn show(call: &Call<'_>) -> Result<Reply, Refusal> {
    let (labels, id) = (labels(call)?, id(call));
    let tags = call
        .read(move |tx, cx| (labels.show)(tx, cx, &id))
        .map_err(|fault| refuse(call, fault))?;
    Ok(Reply::json(call.success, json!({"tags": tags})))
}

/// `POST /v5/{project_id}/{resource_type}/{resource_id}/tags/create`
pub fn set(call: &Call<'_>) -> Result<Reply, Refusal> {
    let (labels, id, tags) = (labels(call)?, id(call), tags(call)?);
    call.write(move |tx, cx| (labels.set)(tx, cx, &id, &tags, limits::VPN_TAG_PER_RESOURCE))
        .map_err(|fault| refuse(call, fault))?;
    Ok(Reply::empty(call.success))
}

/// `POST /v5/{project_id}/{resource_type}/{resource_id}/tags/delete`
pub fn remove(call: &Call<'_>) -> Result<Reply, Refusal> {
    let (labels, id) = (labels(call)?, id(call));
    let keys: Vec<String> = tags(call)?.into_iter().map(|tag| tag.key).collect();
    call.write(move |tx, cx| (labels.remove)(tx, cx, &id, &keys))
        .map_err(|fault| refuse(call, fault))?;
    Ok(Reply::empty(call.success))
}

/// `GET /v5/{project_id}/{resource_type}/tags`
pub fn list(call: &Call<'_>) -> Result<Reply, Refusal> {
    let labels = labels(call)?;
    let keys = call
        .read(move |tx, cx| (labels.of_project)(tx, cx))
        .map_err(|fault| refuse(call, fault))?;
    Ok(Reply::json(call.success, render_keys(&keys)))
}

/// `POST /v5/{project_id}/{resource_type}/resource-instances/filter`
pub fn filter(call: &Call<'_>) -> Result<Reply, Refusal> {
    let most = limits::PAGE_TAG_FILTER_MAX;
    let limit = number(call, "limit", most)?;
    if limit == 0 || limit > most {
        return Err(invalid(format!("limit must be between 1 and {most}")));
    }
    let offset = number(call, "offset", 0)?;
    let mut shown = render_found(&found(call, offset, limit)?);
    // The contract has an object here that nothing is ever in.
    for it in shown["resources"].as_array_mut().into_iter().flatten() {
        it["resource_detail"] = json!({});
    }
    Ok(Reply::json(call.success, shown))
}

/// `POST /v5/{project_id}/{resource_type}/resource-instances/count`
pub fn count(call: &Call<'_>) -> Result<Reply, Refusal> {
    let total = found(call, 0, 0)?.total;
    Ok(Reply::json(call.success, json!({"total_count": total})))
}

fn found(call: &Call<'_>, offset: u64, limit: u64) -> Result<Found, Refusal> {
    let labels = labels(call)?;
    let wire: SearchBody = parse::body(call)?;
    let tags = wire.tags.unwrap_or_default();
    if tags.iter().any(|tag| tag.values.is_none()) {
        return Err(needed("tags.values"));
    }
    let mut wanted = Search {
        untagged: wire.without_any_tag,
        tags: wanted_keys(tags, limits::VPN_TAG_PER_RESOURCE)
            .map_err(|reason| invalid(format!("tags: {reason}")))?,
        name: None,
    };
    for field in wire.matches.unwrap_or_default() {
        if field.key != "resource_name" {
            return Err(invalid("matches: the only key is resource_name"));
        }
        let value = field.value.ok_or_else(|| needed("matches.value"))?;
        if value.chars().count() > MATCH_MAX {
            return Err(invalid(format!(
                "matches.value has more than {MATCH_MAX} characters"
            )));
        }
        wanted.name = Some(value);
    }
    call.read(move |tx, cx| (labels.search)(tx, cx, &wanted, offset, limit))
        .map_err(|fault| refuse(call, fault))
}

/// The rules for the type in the path.
fn labels(call: &Call<'_>) -> Result<Labels, Refusal> {
    match call.param("resource_type") {
        "vpn-gateway" => Ok(Labels::of::<Gateway>()),
        "customer-gateway" => Ok(Labels::of::<CustomerGateway>()),
        "vpn-connection" => Ok(Labels::of::<Connection>()),
        "p2c-vpn-gateways" => Ok(Labels::of::<p2c::gateway::Gateway>()),
        _ => Err(Refusal::new(errors::VPN_0004)),
    }
}

fn id(call: &Call<'_>) -> String {
    call.param("resource_id").to_owned()
}

fn tags(call: &Call<'_>) -> Result<Vec<Tag>, Refusal> {
    let tags = parse::tags(parse::body::<TagsBody>(call)?.tags)?;
    match tags.is_empty() {
        true => Err(needed("tags")),
        false => Ok(tags),
    }
}

fn number(call: &Call<'_>, name: &str, usual: u64) -> Result<u64, Refusal> {
    call.query.get(name).map_or(Ok(usual), |text| {
        text.parse()
            .map_err(|_| invalid(format!("{name} is not a number")))
    })
}

/// Tag operations know one way for a resource not to be there, also where gateways have a code of their own.
fn refuse(call: &Call<'_>, fault: Fault) -> Refusal {
    match fault {
        Fault::NotFound { .. } => {
            Refusal::new(errors::VPN_0004).because("the resource to tag does not exist")
        }
        fault => faults::refuse(call, fault),
    }
}

/// A switch; the examples of the vendor write it as a text.
fn switch<'de, D: Deserializer<'de>>(input: D) -> Result<bool, D::Error> {
    match Option::<Value>::deserialize(input)? {
        None | Some(Value::Null) => Ok(false),
        Some(Value::Bool(on)) => Ok(on),
        Some(Value::String(text)) if text == "true" => Ok(true),
        Some(Value::String(text)) if text == "false" => Ok(false),
        Some(_) => Err(serde::de::Error::custom("neither true nor false")),
    }
}
