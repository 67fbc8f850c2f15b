//! IP address families: sets of IP address groups.

use serde::Deserialize;
use serde_json::{Value, json};
use vpcd_dialect::{Call, Refusal, Reply};
use vpcd_domain::address_bundle::{self, AddressBundle, AddressBundleChange, NewAddressBundle};
use vpcd_domain::address_group::AddressGroup;
use vpcd_domain::{Fault, Tx, condition, security_rule};

use super::{alias, bound, change, description, family, word};
use crate::etag;
use crate::faults::{invalid, refuse};
use crate::generated::limits::IP_GROUP_SETS_PER_CALL;
use crate::wire;

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct CreateWire {
    name: String,
    ip_version: String,
    ip_set_ids: Vec<String>,
    description: Option<String>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct SetsWire {
    ip_set_ids: Vec<String>,
}

#[derive(Deserialize)]
struct UpdateWire {
    name: Option<String>,
    description: Option<String>,
}

/// `POST /v1/ipGroup`
pub fn create(call: &Call<'_>) -> Result<Reply, Refusal> {
    let wire: CreateWire = wire::body(call)?;
    let sets = few(wire.ip_set_ids)?;
    let new = NewAddressBundle {
        name: wire::title(wire.name, true)?,
        description: description(wire.description)?.unwrap_or_default(),
        family: family(&wire.ip_version)?,
        groups: Vec::new(),
    };
    let body = call.write_once(move |tx, cx| {
        let new = NewAddressBundle {
            groups: found(tx, &cx.caller.project, &sets)?,
            ..new.clone()
        };
        let bundle = address_bundle::create(tx, cx, new)?;
        Ok(json!({"ipGroupId": alias(&bundle)}))
    });
    Ok(Reply::json(call.success, body.map_err(refuse)?))
}

/// `GET /v1/ipGroup`
pub fn list(call: &Call<'_>) -> Result<Reply, Refusal> {
    super::list(
        call,
        "ipGroups",
        |it: &AddressBundle| it.family,
        |tx, it| {
            let mut shown = render(tx, it)?;
            shown["bindedInstanceNum"] = json!(security_rule::naming(tx, &it.head.id)?);
            Ok(shown)
        },
    )
}

/// `GET /v1/ipGroup/{ipGroupId}`
pub fn show(call: &Call<'_>) -> Result<Reply, Refusal> {
    let id = call.param("ipGroupId").to_owned();
    let shown = call.read(move |tx, cx| {
        condition::backend_reads(tx, cx)?;
        let bundle: AddressBundle = tx.by_alias(&cx.caller.project, &id)?;
        let mut shown = render(tx, &bundle)?;
        shown["bindedInstances"] = Value::Array(bound(tx, &bundle.head.id)?);
        Ok((shown, etag::tag(bundle.head.version)))
    });
    let (bundle, tag) = shown.map_err(refuse)?;
    Ok(Reply::json(call.success, bundle).header("ETag", tag))
}

/// `PUT /v1/ipGroup/{ipGroupId}?modifyAttribute`
pub fn update(call: &Call<'_>) -> Result<Reply, Refusal> {
    let wire: UpdateWire = wire::body(call)?;
    let input = AddressBundleChange {
        name: wire.name.map(|name| wire::title(name, true)).transpose()?,
        description: description(wire.description)?,
    };
    if input.name.is_none() && input.description.is_none() {
        return Err(invalid("body"));
    }
    change(call, "ipGroupId", move |tx, cx, bundle: AddressBundle| {
        address_bundle::update(tx, cx, &bundle.head.id, input.clone()).map(drop)
    })
}

/// `DELETE /v1/ipGroup/{ipGroupId}`
pub fn delete(call: &Call<'_>) -> Result<Reply, Refusal> {
    change(call, "ipGroupId", |tx, cx, bundle: AddressBundle| {
        address_bundle::delete(tx, cx, &bundle.head.id)
    })
}

/// `POST /v1/ipGroup/{ipGroupId}/bindIpSet`
pub fn bind(call: &Call<'_>) -> Result<Reply, Refusal> {
    let sets = few(wire::body::<SetsWire>(call)?.ip_set_ids)?;
    change(call, "ipGroupId", move |tx, cx, bundle: AddressBundle| {
        let more = found(tx, &bundle.head.project, &sets)?;
        address_bundle::extend(tx, cx, &bundle.head.id, more).map(drop)
    })
}

/// `POST /v1/ipGroup/{ipGroupId}/unbindIpSet`
pub fn unbind(call: &Call<'_>) -> Result<Reply, Refusal> {
    let sets = wire::body::<SetsWire>(call)?.ip_set_ids;
    if sets.is_empty() {
        return Err(invalid("ipSetIds"));
    }
    change(call, "ipGroupId", move |tx, cx, bundle: AddressBundle| {
        let less = found(tx, &bundle.head.project, &sets)?;
        address_bundle::shrink(tx, cx, &bundle.head.id, &less).map(drop)
    })
}

fn few(sets: Vec<String>) -> Result<Vec<String>, Refusal> {
    match (1..=IP_GROUP_SETS_PER_CALL).contains(&(sets.len() as u64)) {
        true => Ok(sets),
        false => Err(invalid("ipSetIds")),
    }
}

/// The address groups with these short ids.
fn found(tx: &mut Tx<'_>, project: &str, sets: &[String]) -> Result<Vec<String>, Fault> {
    let find = |id: &String| Ok(tx.by_alias::<AddressGroup>(project, id)?.head.id);
    sets.iter().map(find).collect()
}

fn render(tx: &mut Tx<'_>, bundle: &AddressBundle) -> Result<Value, Fault> {
    let mut sets = Vec::with_capacity(bundle.groups.len());
    for group in &bundle.groups {
        let group = tx.any::<AddressGroup>(group)?;
        sets.extend(group.and_then(|it| it.head.alias));
    }
    Ok(json!({
        "ipGroupId": alias(bundle),
        "name": bundle.name,
        "description": bundle.description,
        "ipVersion": word(bundle.family),
        "ipSetIds": sets,
    }))
}
