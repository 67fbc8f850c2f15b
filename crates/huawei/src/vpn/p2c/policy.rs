//! Access policies of point-to-cloud servers.

use serde::Deserialize;
use serde_json::{Value, json};
use vpcd_dialect::{Call, Refusal, Reply};
use vpcd_domain::vpn::p2c::policy::{self, NewPolicy, PolicyChange, View};
use vpcd_net::Cidr;

use super::super::faults::with;
use super::super::page;
use super::super::parse::{self, invalid, needed, reply, time};
use super::faults::refuse;
use super::{LIMITS, PAGE, description};
use crate::generated::{errors, limits};

#[derive(Deserialize)]
struct Body {
    access_policy: Wire,
}

#[derive(Deserialize)]
struct Wire {
    name: Option<String>,
    user_group_id: Option<String>,
    description: Option<String>,
    dest_ip_cidrs: Option<Vec<String>>,
}

/// `GET /v5/{project_id}/p2c-vpn-gateways/vpn-servers/{vpn_server_id}/access-policies`
pub fn list(call: &Call<'_>) -> Result<Reply, Refusal> {
    let server = call.param("vpn_server_id").to_owned();
    let page = page::page(call, PAGE)?;
    let (views, total) = call
        .read(move |tx, cx| policy::list(tx, cx, &server, page.after(), page.limit()))
        .map_err(|fault| refuse(call, fault))?;
    let last = views.last().map(|view| view.policy.head.created);
    Ok(reply(
        call,
        json!({
            "access_policies": views.iter().map(shown).collect::<Vec<_>>(),
            "total_count": total,
            "page_info": page::info(views.len(), last),
        }),
    ))
}

/// `POST /v5/{project_id}/p2c-vpn-gateways/vpn-servers/{vpn_server_id}/access-policies`
pub fn create(call: &Call<'_>) -> Result<Reply, Refusal> {
    let wire = parse::body::<Body>(call)?.access_policy;
    let destinations = destinations(wire.dest_ip_cidrs)?;
    let new = NewPolicy {
        server: call.param("vpn_server_id").to_owned(),
        name: name(wire.name)?.ok_or_else(|| needed("name"))?,
        description: about(wire.description)?.unwrap_or_default(),
        group: wire.user_group_id.ok_or_else(|| needed("user_group_id"))?,
        destinations: destinations.ok_or_else(|| needed("dest_ip_cidrs"))?,
    };
    let body = call
        .write_once(move |tx, cx| {
            let it = policy::create(tx, cx, new.clone(), &LIMITS)?;
            Ok(json!({"access_policy": {"id": it.head.id}}))
        })
        .map_err(|fault| refuse(call, fault))?;
    Ok(reply(call, body))
}

/// `GET /v5/{project_id}/p2c-vpn-gateways/vpn-servers/{vpn_server_id}/access-policies/{policy_id}`
pub fn show(call: &Call<'_>) -> Result<Reply, Refusal> {
    let (server, id) = ids(call);
    let view = call
        .read(move |tx, cx| policy::show(tx, cx, &server, &id))
        .map_err(|fault| refuse(call, fault))?;
    Ok(reply(call, json!({"access_policy": shown(&view)})))
}

/// `PUT /v5/{project_id}/p2c-vpn-gateways/vpn-servers/{vpn_server_id}/access-policies/{policy_id}`
pub fn update(call: &Call<'_>) -> Result<Reply, Refusal> {
    let (server, id) = ids(call);
    let wire = parse::body::<Body>(call)?.access_policy;
    let change = PolicyChange {
        name: name(wire.name)?,
        description: about(wire.description)?,
        group: wire.user_group_id,
        destinations: destinations(wire.dest_ip_cidrs)?,
    };
    let view = call
        .write(move |tx, cx| policy::update(tx, cx, &server, &id, change.clone(), &LIMITS))
        .map_err(|fault| refuse(call, fault))?;
    Ok(reply(call, json!({"access_policy": shown(&view)})))
}

/// `DELETE /v5/{project_id}/p2c-vpn-gateways/vpn-servers/{vpn_server_id}/access-policies/{policy_id}`
pub fn delete(call: &Call<'_>) -> Result<Reply, Refusal> {
    let (server, id) = ids(call);
    call.write(move |tx, cx| policy::delete(tx, cx, &server, &id))
        .map_err(|fault| refuse(call, fault))?;
    Ok(Reply::empty(call.success))
}

fn shown(view: &View) -> Value {
    let it = &view.policy;
    json!({
        "id": it.head.id,
        "name": it.name,
        "type": if it.builtin { "Default" } else { "Custom" },
        "user_group_id": it.group,
        "user_group_name": view.group,
        "description": it.description,
        "dest_ip_cidrs": view.destinations,
        "created_at": time(it.head.created),
        "updated_at": time(it.head.updated),
    })
}

fn name(text: Option<String>) -> Result<Option<String>, Refusal> {
    match text {
        Some(text) if text.is_empty() || text.chars().count() > 64 => {
            Err(invalid("name must have 1 to 64 characters"))
        }
        text => Ok(text),
    }
}

fn about(text: Option<String>) -> Result<Option<String>, Refusal> {
    description(text, limits::P2C_POLICY_DESCRIPTION_MAX)
}

/// One to ten blocks (VPN.1402, 1403).
fn destinations(texts: Option<Vec<String>>) -> Result<Option<Vec<Cidr>>, Refusal> {
    let Some(texts) = texts else { return Ok(None) };
    if texts.is_empty() {
        return Err(invalid("dest_ip_cidrs must have 1 block at least"));
    }
    // What is refused for its number is not read first.
    if texts.len() > LIMITS.destinations {
        return Err(errors::VPN_1402.into());
    }
    let read = |text: &String| text.parse().map_err(|_| with(errors::VPN_1403, [text]));
    texts.iter().map(read).collect::<Result<_, _>>().map(Some)
}

fn ids(call: &Call<'_>) -> (String, String) {
    (
        call.param("vpn_server_id").to_owned(),
        call.param("policy_id").to_owned(),
    )
}
