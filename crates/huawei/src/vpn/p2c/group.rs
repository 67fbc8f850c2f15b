//! Groups of users of point-to-cloud servers.

use serde::Deserialize;
use serde_json::{Value, json};
use vpcd_dialect::{Call, Refusal, Reply};
use vpcd_domain::vpn::p2c::group::{self, GroupChange, NewGroup, View};

use super::super::page;
use super::super::parse::{self, invalid, needed, reply, time};
use super::faults::refuse;
use super::{PAGE, description, user};
use crate::generated::limits;
use crate::wire;

#[derive(Deserialize)]
struct Body {
    user_group: Wire,
}

#[derive(Deserialize)]
struct Wire {
    name: Option<String>,
    description: Option<String>,
}

/// `GET /v5/{project_id}/p2c-vpn-gateways/vpn-servers/{vpn_server_id}/groups`
pub fn list(call: &Call<'_>) -> Result<Reply, Refusal> {
    let server = call.param("vpn_server_id").to_owned();
    let page = page::page(call, PAGE)?;
    let (views, total) = call
        .read(move |tx, cx| group::list(tx, cx, &server, page.after(), page.limit()))
        .map_err(|fault| refuse(call, fault))?;
    let last = views.last().map(|view| view.group.head.created);
    Ok(reply(
        call,
        json!({
            "user_groups": views.iter().map(shown).collect::<Vec<_>>(),
            "total_count": total,
            "page_info": page::info(views.len(), last),
        }),
    ))
}

/// `POST /v5/{project_id}/p2c-vpn-gateways/vpn-servers/{vpn_server_id}/groups`
pub fn create(call: &Call<'_>) -> Result<Reply, Refusal> {
    let Body { user_group: wire } = parse::body::<Body>(call)?;
    let new = NewGroup {
        server: call.param("vpn_server_id").to_owned(),
        name: name(wire.name, false)?.ok_or_else(|| needed("name"))?,
        description: about(wire.description)?.unwrap_or_default(),
    };
    let body = call
        .write_once(move |tx, cx| {
            let it = group::create(tx, cx, new.clone())?;
            Ok(json!({"user_group": {"id": it.head.id}}))
        })
        .map_err(|fault| refuse(call, fault))?;
    Ok(reply(call, body))
}

/// `GET /v5/{project_id}/p2c-vpn-gateways/vpn-servers/{vpn_server_id}/groups/{group_id}`
pub fn show(call: &Call<'_>) -> Result<Reply, Refusal> {
    let (server, id) = ids(call);
    let view = call
        .read(move |tx, cx| group::show(tx, cx, &server, &id))
        .map_err(|fault| refuse(call, fault))?;
    Ok(reply(call, json!({"user_group": shown(&view)})))
}

/// `PUT /v5/{project_id}/p2c-vpn-gateways/vpn-servers/{vpn_server_id}/groups/{group_id}`
pub fn update(call: &Call<'_>) -> Result<Reply, Refusal> {
    let (server, id) = ids(call);
    let Body { user_group: wire } = parse::body::<Body>(call)?;
    let change = GroupChange {
        name: name(wire.name, true)?,
        description: about(wire.description)?,
    };
    let view = call
        .write(move |tx, cx| group::update(tx, cx, &server, &id, change.clone()))
        .map_err(|fault| refuse(call, fault))?;
    Ok(reply(call, json!({"user_group": shown(&view)})))
}

/// `DELETE /v5/{project_id}/p2c-vpn-gateways/vpn-servers/{vpn_server_id}/groups/{group_id}`
pub fn delete(call: &Call<'_>) -> Result<Reply, Refusal> {
    let (server, id) = ids(call);
    call.write(move |tx, cx| group::delete(tx, cx, &server, &id))
        .map_err(|fault| refuse(call, fault))?;
    Ok(Reply::empty(call.success))
}

/// `GET /v5/{project_id}/p2c-vpn-gateways/vpn-servers/{vpn_server_id}/groups/{group_id}/users`
pub fn list_users(call: &Call<'_>) -> Result<Reply, Refusal> {
    let (server, id) = ids(call);
    let page = page::page(call, PAGE)?;
    let (users, total) = call
        .read(move |tx, cx| group::users(tx, cx, &server, &id, page.after(), page.limit()))
        .map_err(|fault| refuse(call, fault))?;
    let shown = |it: &vpcd_domain::vpn::p2c::user::User| json!({"id": it.head.id, "name": it.name, "description": it.description});
    Ok(reply(
        call,
        json!({
            "users": users.iter().map(shown).collect::<Vec<_>>(),
            "total_count": total,
            "page_info": page::info(users.len(), users.last().map(|it| it.head.created)),
        }),
    ))
}

/// `POST /v5/{project_id}/p2c-vpn-gateways/vpn-servers/{vpn_server_id}/groups/{group_id}/add-users`
pub fn add_users(call: &Call<'_>) -> Result<Reply, Refusal> {
    let (server, id) = ids(call);
    let users = user::named(call)?;
    call.write(move |tx, cx| group::add_users(tx, cx, &server, &id, &users))
        .map_err(|fault| refuse(call, fault))?;
    Ok(reply(call, json!({})))
}

/// `POST /v5/{project_id}/p2c-vpn-gateways/vpn-servers/{vpn_server_id}/groups/{group_id}/remove-users`
pub fn remove_users(call: &Call<'_>) -> Result<Reply, Refusal> {
    let (server, id) = ids(call);
    let users = user::named(call)?;
    call.write(move |tx, cx| group::remove_users(tx, cx, &server, &id, &users))
        .map_err(|fault| refuse(call, fault))?;
    Ok(reply(call, json!({})))
}

fn shown(view: &View) -> Value {
    let it = &view.group;
    json!({
        "id": it.head.id,
        "name": it.name,
        "description": it.description,
        "type": if it.builtin { "Default" } else { "Custom" },
        "user_number": view.members,
        "created_at": time(it.head.created),
        "updated_at": time(it.head.updated),
    })
}

/// A group's name. One that is changed may have special characters besides.
fn name(text: Option<String>, special: bool) -> Result<Option<String>, Refusal> {
    let legal = |c: char| match c {
        '.' => special,
        c => wire::is_name_character(c) || special && c.is_ascii_punctuation(),
    };
    match text {
        Some(text) if text.is_empty() || text.chars().count() > 64 || !text.chars().all(legal) => {
            Err(invalid(
                "name must have 1 to 64 letters, digits, underscores or hyphens",
            ))
        }
        text => Ok(text),
    }
}

fn about(text: Option<String>) -> Result<Option<String>, Refusal> {
    description(text, limits::P2C_USER_DESCRIPTION_MAX)
}

fn ids(call: &Call<'_>) -> (String, String) {
    (
        call.param("vpn_server_id").to_owned(),
        call.param("group_id").to_owned(),
    )
}
