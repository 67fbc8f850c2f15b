//! Certificates of authorities that sign clients' certificates.

use serde::Deserialize;
use serde_json::{Value, json};
use vpcd_dialect::{Call, Refusal, Reply};
use vpcd_domain::vpn::p2c::authority::{self, Authority, NewAuthority};
use vpcd_domain::vpn::p2c::certificate::Card;

use super::super::parse::{self, needed, reply, time};
use super::LIMITS;
use super::faults::refuse;
use crate::wire;

#[derive(Deserialize)]
struct Body<T> {
    client_ca_certificate: T,
}

/// A certificate as it is uploaded.
#[derive(Deserialize)]
pub struct Wire {
    name: Option<String>,
    content: Option<String>,
}

#[derive(Deserialize)]
struct UpdateWire {
    name: Option<String>,
}

/// `POST /v5/{project_id}/p2c-vpn-gateways/vpn-servers/client-ca-certificates/check`
pub fn check(call: &Call<'_>) -> Result<Reply, Refusal> {
    let new = body(call)?;
    let (name, card) = call
        .read(move |_, cx| authority::check(cx, new.clone()))
        .map_err(|fault| refuse(call, fault))?;
    let body = wire::merged(json!({"name": name}), described(&card));
    Ok(Reply::json(call.success, body))
}

/// `POST /v5/{project_id}/p2c-vpn-gateways/vpn-servers/{vpn_server_id}/client-ca-certificates`
pub fn import(call: &Call<'_>) -> Result<Reply, Refusal> {
    let server = call.param("vpn_server_id").to_owned();
    let new = body(call)?;
    let body = call
        .write_once(move |tx, cx| {
            let it = authority::import(tx, cx, &server, new.clone(), &LIMITS)?;
            Ok(json!({"client_ca_certificate": {"id": it.head.id}}))
        })
        .map_err(|fault| refuse(call, fault))?;
    Ok(reply(call, body))
}

/// `GET /v5/{project_id}/p2c-vpn-gateways/vpn-servers/{vpn_server_id}/client-ca-certificates/{id}`
pub fn show(call: &Call<'_>) -> Result<Reply, Refusal> {
    let (server, id) = ids(call);
    let it = call
        .read(move |tx, cx| authority::show(tx, cx, &server, &id))
        .map_err(|fault| refuse(call, fault))?;
    Ok(reply(call, json!({"client_ca_certificate": shown(&it)})))
}

/// `PUT /v5/{project_id}/p2c-vpn-gateways/vpn-servers/{vpn_server_id}/client-ca-certificates/{id}`
pub fn update(call: &Call<'_>) -> Result<Reply, Refusal> {
    let (server, id) = ids(call);
    let Body {
        client_ca_certificate: wire,
    } = parse::body::<Body<UpdateWire>>(call)?;
    let name = parse::name("name", wire.name)?;
    call.write(move |tx, cx| authority::rename(tx, cx, &server, &id, name.clone()))
        .map_err(|fault| refuse(call, fault))?;
    Ok(reply(call, json!({})))
}

/// `DELETE /v5/{project_id}/p2c-vpn-gateways/vpn-servers/{vpn_server_id}/client-ca-certificates/{id}`
pub fn delete(call: &Call<'_>) -> Result<Reply, Refusal> {
    let (server, id) = ids(call);
    call.write(move |tx, cx| authority::delete(tx, cx, &server, &id))
        .map_err(|fault| refuse(call, fault))?;
    Ok(Reply::empty(call.success))
}

/// A certificate as it was uploaded.
pub fn uploaded(wire: Wire) -> Result<NewAuthority, Refusal> {
    Ok(NewAuthority {
        name: parse::new_name(wire.name, "client_ca_XXXXXX")?,
        certificate: wire.content.ok_or_else(|| needed("content"))?,
    })
}

/// An authority as reads show it.
pub fn shown(it: &Authority) -> Value {
    let head = json!({
        "id": it.head.id,
        "name": it.name,
        "created_at": time(it.head.created),
        "updated_at": time(it.head.updated),
    });
    wire::merged(head, described(&it.card))
}

/// What a certificate says.
pub fn described(card: &Card) -> Value {
    json!({
        "issuer": card.issuer,
        "subject": card.subject,
        "serial_number": card.serial_number,
        "expiration_time": time(card.until),
        "signature_algorithm": card.signature_algorithm,
    })
}

fn body(call: &Call<'_>) -> Result<NewAuthority, Refusal> {
    uploaded(parse::body::<Body<Wire>>(call)?.client_ca_certificate)
}

fn ids(call: &Call<'_>) -> (String, String) {
    (
        call.param("vpn_server_id").to_owned(),
        call.param("client_ca_certificate_id").to_owned(),
    )
}
