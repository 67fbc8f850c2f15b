//! IP address groups.

use serde::Deserialize;
use serde_json::{Value, json};
use vpcd_dialect::{Call, Refusal, Reply};
use vpcd_domain::address_group::{self, AddressGroup, AddressGroupChange, Entry, NewAddressGroup};
use vpcd_domain::{condition, security_rule};
use vpcd_net::Span;

use super::{alias, bound, change, description, family, word};
use crate::etag;
use crate::faults::{invalid, refuse};
use crate::generated::limits::{IP_SET_ADDRESSES_MAX, IP_SET_ADDRESSES_PER_CALL};
use crate::wire;

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct CreateWire {
    name: String,
    ip_version: String,
    ip_address_info: Vec<AddressWire>,
    description: Option<String>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct AddressWire {
    ip_address: String,
    description: Option<String>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct AddWire {
    ip_address_info: Vec<AddressWire>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct RemoveWire {
    ip_address_info: Vec<String>,
}

#[derive(Deserialize)]
struct UpdateWire {
    name: Option<String>,
    description: Option<String>,
}

/// `POST /v1/ipSet`
pub fn create(call: &Call<'_>) -> Result<Reply, Refusal> {
    let wire: CreateWire = wire::body(call)?;
    let new = NewAddressGroup {
        name: wire::title(wire.name, true)?,
        description: description(wire.description)?.unwrap_or_default(),
        family: family(&wire.ip_version)?,
        capacity: u32::try_from(IP_SET_ADDRESSES_MAX).unwrap_or(u32::MAX),
        entries: entries(wire.ip_address_info)?,
        enterprise_project: "0".to_owned(),
    };
    let body = call.write_once(move |tx, cx| {
        let set = address_group::create(tx, cx, new.clone())?;
        Ok(json!({"ipSetId": alias(&set)}))
    });
    Ok(Reply::json(call.success, body.map_err(refuse)?))
}

/// `GET /v1/ipSet`
pub fn list(call: &Call<'_>) -> Result<Reply, Refusal> {
    super::list(
        call,
        "ipSets",
        |it: &AddressGroup| it.family,
        |tx, it| {
            let mut shown = render(it);
            shown["bindedInstanceNum"] = json!(security_rule::naming(tx, &it.head.id)?);
            Ok(shown)
        },
    )
}

/// `GET /v1/ipSet/{ipSetId}`
pub fn show(call: &Call<'_>) -> Result<Reply, Refusal> {
    let id = call.param("ipSetId").to_owned();
    let shown = call.read(move |tx, cx| {
        condition::backend_reads(tx, cx)?;
        let set: AddressGroup = tx.by_alias(&cx.caller.project, &id)?;
        let mut shown = render(&set);
        shown["bindedInstances"] = Value::Array(bound(tx, &set.head.id)?);
        Ok((shown, etag::tag(set.head.version)))
    });
    let (set, tag) = shown.map_err(refuse)?;
    Ok(Reply::json(call.success, set).header("ETag", tag))
}

/// `PUT /v1/ipSet/{ipSetId}?modifyAttribute`
pub fn update(call: &Call<'_>) -> Result<Reply, Refusal> {
    let wire: UpdateWire = wire::body(call)?;
    let input = AddressGroupChange {
        name: wire.name.map(|name| wire::title(name, true)).transpose()?,
        description: description(wire.description)?,
        ..AddressGroupChange::default()
    };
    if input.name.is_none() && input.description.is_none() {
        return Err(invalid("body"));
    }
    change(call, "ipSetId", move |tx, cx, set: AddressGroup| {
        address_group::update(tx, cx, &set.head.id, input.clone()).map(drop)
    })
}

/// `DELETE /v1/ipSet/{ipSetId}`
pub fn delete(call: &Call<'_>) -> Result<Reply, Refusal> {
    change(call, "ipSetId", |tx, cx, set: AddressGroup| {
        address_group::delete(tx, cx, &set.head.id)
    })
}

/// `POST /v1/ipSet/{ipSetId}/ipAddress`
pub fn add(call: &Call<'_>) -> Result<Reply, Refusal> {
    let more = entries(wire::body::<AddWire>(call)?.ip_address_info)?;
    change(call, "ipSetId", move |tx, cx, set: AddressGroup| {
        address_group::extend(tx, cx, &set.head.id, more.clone()).map(drop)
    })
}

/// `POST /v1/ipSet/{ipSetId}/deleteIpAddress`
pub fn remove(call: &Call<'_>) -> Result<Reply, Refusal> {
    let wire: RemoveWire = wire::body(call)?;
    few(wire.ip_address_info.len())?;
    let spans = wire.ip_address_info.iter().map(|text| span(text));
    let less = spans.collect::<Result<Vec<Span>, Refusal>>()?;
    change(call, "ipSetId", move |tx, cx, set: AddressGroup| {
        address_group::shrink(tx, cx, &set.head.id, &less).map(drop)
    })
}

fn entries(wire: Vec<AddressWire>) -> Result<Vec<Entry>, Refusal> {
    few(wire.len())?;
    let entry = |it: AddressWire| {
        span(&it.ip_address)?;
        Ok(Entry {
            text: it.ip_address,
            remarks: description(it.description)?.unwrap_or_default(),
        })
    };
    wire.into_iter().map(entry).collect()
}

fn few(count: usize) -> Result<(), Refusal> {
    match (1..=IP_SET_ADDRESSES_PER_CALL).contains(&(count as u64)) {
        true => Ok(()),
        false => Err(invalid("ipAddressInfo")),
    }
}

fn span(text: &str) -> Result<Span, Refusal> {
    text.parse().map_err(|_| invalid("ipAddress"))
}

fn render(set: &AddressGroup) -> Value {
    let addresses = set
        .entries
        .iter()
        .map(|entry| json!({"ipAddress": entry.text, "description": entry.remarks}));
    json!({
        "ipSetId": alias(set),
        "name": set.name,
        "description": set.description,
        "ipVersion": word(set.family),
        "ipAddressInfo": addresses.collect::<Vec<_>>(),
    })
}
