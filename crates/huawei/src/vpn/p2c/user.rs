//! Users of point-to-cloud servers.

mod password;

use std::net::Ipv4Addr;

use serde::Deserialize;
use serde_json::{Value, json};
use vpcd_dialect::{Call, Refusal, Reply};
use vpcd_domain::Fault;
use vpcd_domain::vpn::Secret;
use vpcd_domain::vpn::p2c::user::{self, InGroup, NewUser, UserChange, View, Wrong};
use vpcd_domain::vpn::p2c::{Refusal as Cause, Weakness};

use super::super::page;
use super::super::parse::{self, invalid, needed, reply, time};
use super::faults::refuse;
use super::{PAGE, description};
use crate::generated::limits;

pub use password::{change_password, reset_password};

/// Most users of one batch: the time that their hashes take is what a request may last.
const BATCH: usize = 1000;

#[derive(Deserialize)]
struct Body<T> {
    user: T,
}

#[derive(Deserialize)]
struct BatchBody {
    users: Vec<Wire>,
}

#[derive(Deserialize)]
struct IdsBody {
    users: Vec<IdWire>,
}

#[derive(Deserialize)]
struct IdWire {
    id: String,
}

#[derive(Deserialize)]
struct Wire {
    name: Option<String>,
    password: Option<String>,
    description: Option<String>,
    user_group_id: Option<String>,
    user_group_name: Option<String>,
    static_ip: Option<String>,
}

#[derive(Deserialize)]
struct UpdateWire {
    description: Option<String>,
    user_group_id: Option<String>,
    static_ip: Option<String>,
}

/// `GET /v5/{project_id}/p2c-vpn-gateways/vpn-servers/{vpn_server_id}/users`
pub fn list(call: &Call<'_>) -> Result<Reply, Refusal> {
    let server = call.param("vpn_server_id").to_owned();
    let page = page::page(call, PAGE)?;
    let (views, total) = call
        .read(move |tx, cx| user::list(tx, cx, &server, page.after(), page.limit()))
        .map_err(|fault| refuse(call, fault))?;
    let last = views.last().map(|view| view.user.head.created);
    Ok(reply(
        call,
        json!({
            "users": views.iter().map(shown).collect::<Vec<_>>(),
            "total_count": total,
            "page_info": page::info(views.len(), last),
        }),
    ))
}

/// `GET /v5/{project_id}/p2c-vpn-gateways/vpn-servers/{vpn_server_id}/users/{user_id}`
pub fn show(call: &Call<'_>) -> Result<Reply, Refusal> {
    let (server, id) = ids(call);
    let view = call
        .read(move |tx, cx| user::show(tx, cx, &server, &id))
        .map_err(|fault| refuse(call, fault))?;
    Ok(reply(call, json!({"user": shown(&view)})))
}

/// `POST /v5/{project_id}/p2c-vpn-gateways/vpn-servers/{vpn_server_id}/users`
pub fn create(call: &Call<'_>) -> Result<Reply, Refusal> {
    let server = call.param("vpn_server_id").to_owned();
    let Body { user: wire } = parse::body::<Body<Wire>>(call)?;
    let plain = wire.password.clone().unwrap_or_default();
    let mut new = vec![parse(wire)?];
    password::hash(call, &server, &mut new, &[plain]);
    let body = call
        .write_once(move |tx, cx| {
            let mut ids = Vec::new();
            for new in new.clone() {
                ids.push(user::create(tx, cx, &server, new)?.head.id);
            }
            Ok(json!({"user": {"id": ids.pop()}}))
        })
        .map_err(|fault| refuse(call, fault))?;
    Ok(reply(call, body))
}

/// `POST /v5/{project_id}/p2c-vpn-gateways/vpn-servers/{vpn_server_id}/users/batch-create`
pub fn create_many(call: &Call<'_>) -> Result<Reply, Refusal> {
    let server = call.param("vpn_server_id").to_owned();
    let BatchBody { users } = parse::body::<BatchBody>(call)?;
    if users.len() > BATCH {
        return Err(invalid(format!("users has more than {BATCH} items")));
    }
    let echoes: Vec<Value> = users.iter().map(echo).collect();
    let plain: Vec<String> = users
        .iter()
        .map(|wire| wire.password.clone().unwrap_or_default())
        .collect();
    let (mut new, mut broken) = (Vec::with_capacity(users.len()), Vec::new());
    for (wire, echo) in users.into_iter().zip(&echoes) {
        match parse(wire) {
            Ok(user) => new.push(user),
            Err(refusal) => broken.push(caused(echo, refusal.message())),
        }
    }
    if !broken.is_empty() {
        // A server that is not there comes before what is wrong with its users.
        call.read(move |tx, cx| user::list(tx, cx, &server, None, 0))
            .map_err(|fault| refuse(call, fault))?;
        return Ok(reply(call, json!({"invalid_users": broken})));
    }
    password::hash(call, &server, &mut new, &plain);
    // Fault and words meet in the transaction, because a repeated token answers what was said the first time.
    let words = move |Wrong { at, fault }: &Wrong| {
        caused(echoes.get(*at).unwrap_or(&Value::Null), cause(fault))
    };
    let body = call
        .write_once(move |tx, cx| {
            let wrong = user::create_many(tx, cx, &server, new.clone())?;
            Ok(json!({"invalid_users": wrong.iter().map(&words).collect::<Vec<_>>()}))
        })
        .map_err(|fault| refuse(call, fault))?;
    Ok(reply(call, body))
}

/// `PUT /v5/{project_id}/p2c-vpn-gateways/vpn-servers/{vpn_server_id}/users/{user_id}`
pub fn update(call: &Call<'_>) -> Result<Reply, Refusal> {
    let (server, id) = ids(call);
    let Body { user: wire } = parse::body::<Body<UpdateWire>>(call)?;
    let change = UserChange {
        description: description(wire.description, limits::P2C_USER_DESCRIPTION_MAX)?,
        group: wire
            .user_group_id
            .map(|id| Some(id).filter(|id| !id.is_empty())),
        address: wire.static_ip.as_deref().map(address).transpose()?,
    };
    let view = call
        .write(move |tx, cx| user::update(tx, cx, &server, &id, change.clone()))
        .map_err(|fault| refuse(call, fault))?;
    Ok(reply(call, json!({"user": shown(&view)})))
}

/// `DELETE /v5/{project_id}/p2c-vpn-gateways/vpn-servers/{vpn_server_id}/users/{user_id}`
pub fn delete(call: &Call<'_>) -> Result<Reply, Refusal> {
    let (server, id) = ids(call);
    call.write(move |tx, cx| user::delete(tx, cx, &server, std::slice::from_ref(&id)))
        .map_err(|fault| refuse(call, fault))?;
    Ok(Reply::empty(call.success))
}

/// `POST /v5/{project_id}/p2c-vpn-gateways/vpn-servers/{vpn_server_id}/users/batch-delete`
pub fn delete_many(call: &Call<'_>) -> Result<Reply, Refusal> {
    let server = call.param("vpn_server_id").to_owned();
    let users = named(call)?;
    call.write(move |tx, cx| user::delete(tx, cx, &server, &users))
        .map_err(|fault| refuse(call, fault))?;
    Ok(reply(call, json!({})))
}

/// The users that a body names by id.
pub fn named(call: &Call<'_>) -> Result<Vec<String>, Refusal> {
    let IdsBody { users } = parse::body::<IdsBody>(call)?;
    Ok(users.into_iter().map(|user| user.id).collect())
}

fn shown(view: &View) -> Value {
    let it = &view.user;
    json!({
        "id": it.head.id,
        "name": it.name,
        "description": it.description,
        "user_group_id": it.group,
        "user_group_name": view.group,
        "static_ip": it.address.map_or("disable".to_owned(), |address| address.to_string()),
        "created_at": time(it.head.created),
        "updated_at": time(it.head.updated),
    })
}

fn parse(wire: Wire) -> Result<NewUser, Refusal> {
    let name = wire.name.ok_or_else(|| needed("name"))?;
    let password = wire.password.ok_or_else(|| needed("password"))?;
    let (least, most) = (limits::P2C_USERNAME_MIN, limits::P2C_USERNAME_MAX);
    let length = u64::try_from(name.chars().count()).unwrap_or(u64::MAX);
    let legal = |c: char| c.is_ascii_alphanumeric() || "._-".contains(c);
    if !(least..=most).contains(&length) || !name.chars().all(legal) {
        return Err(invalid(format!(
            "name must have {least} to {most} letters, digits, dots, underscores or hyphens"
        )));
    }
    let id = wire.user_group_id.filter(|id| !id.is_empty());
    let group = wire.user_group_name.filter(|name| !name.is_empty());
    Ok(NewUser {
        name,
        password: Secret::new(password),
        hash: None,
        description: description(wire.description, limits::P2C_USER_DESCRIPTION_MAX)?
            .unwrap_or_default(),
        group: id.map(InGroup::Id).or(group.map(InGroup::Name)),
        address: wire.static_ip.as_deref().map_or(Ok(None), address)?,
    })
}

/// An address of a user's own, or `disable` for none.
fn address(text: &str) -> Result<Option<Ipv4Addr>, Refusal> {
    match text {
        "" | "disable" => Ok(None),
        text => text
            .parse()
            .map(Some)
            .map_err(|_| invalid("static_ip must be an IPv4 address or disable")),
    }
}

/// A user of a batch as the answer repeats it; the password is not repeated.
fn echo(wire: &Wire) -> Value {
    json!({
        "name": wire.name,
        "description": wire.description,
        "user_group_name": wire.user_group_name,
        "static_ip": wire.static_ip,
    })
}

fn caused(echo: &Value, cause: impl Into<String>) -> Value {
    crate::wire::merged(echo.clone(), json!({"cause": cause.into()}))
}

/// Why one user of a batch cannot be created.
fn cause(fault: &Fault) -> String {
    match fault {
        Fault::NameTaken { .. } => "Duplicate user name.".to_owned(),
        Fault::NotFound { .. } => "The user group does not exist.".to_owned(),
        Fault::Invalid { field, reason } => format!("{field}: {reason}."),
        Fault::P2c(Cause::Password(Weakness::Length)) => "Password length invalid.".to_owned(),
        Fault::P2c(known) => super::faults::rendered(known.clone()).message(),
        _ => "The user cannot be created.".to_owned(),
    }
}

fn ids(call: &Call<'_>) -> (String, String) {
    (
        call.param("vpn_server_id").to_owned(),
        call.param("user_id").to_owned(),
    )
}
