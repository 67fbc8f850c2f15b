//! Lists of clients' certificates that were taken back. No public operation of the vendor carries them; these are
//! vpcd's own, in the style of the client CA certificates beside them (decision 013).

use serde::Deserialize;
use serde_json::{Value, json};
use vpcd_dialect::{Call, Refusal, Reply};
use vpcd_domain::vpn::p2c::revocation::{self, NewRevocations, Revocations};

use super::super::parse::{self, needed, reply, time};
use super::faults::refuse;

#[derive(Deserialize)]
struct Body {
    client_crl: Wire,
}

#[derive(Deserialize)]
struct Wire {
    name: Option<String>,
    content: Option<String>,
}

/// `POST /v5/{project_id}/p2c-vpn-gateways/vpn-servers/{vpn_server_id}/client-crls`
pub fn import(call: &Call<'_>) -> Result<Reply, Refusal> {
    let server = call.param("vpn_server_id").to_owned();
    let Body { client_crl: wire } = parse::body::<Body>(call)?;
    let new = NewRevocations {
        name: parse::new_name(wire.name, "client_crl_XXXXXX")?,
        list: wire.content.ok_or_else(|| needed("content"))?,
    };
    let body = call
        .write_once(move |tx, cx| {
            let it = revocation::import(tx, cx, &server, new.clone())?;
            Ok(json!({"client_crl": {"id": it.head.id}}))
        })
        .map_err(|fault| refuse(call, fault))?;
    Ok(reply(call, body))
}

/// `GET /v5/{project_id}/p2c-vpn-gateways/vpn-servers/{vpn_server_id}/client-crls`
pub fn list(call: &Call<'_>) -> Result<Reply, Refusal> {
    let server = call.param("vpn_server_id").to_owned();
    let all = call
        .read(move |tx, cx| revocation::list(tx, cx, &server))
        .map_err(|fault| refuse(call, fault))?;
    let rows: Vec<Value> = all.iter().map(shown).collect();
    Ok(reply(
        call,
        json!({"client_crls": rows, "total_count": rows.len()}),
    ))
}

/// `GET /v5/{project_id}/p2c-vpn-gateways/vpn-servers/{vpn_server_id}/client-crls/{client_crl_id}`
pub fn show(call: &Call<'_>) -> Result<Reply, Refusal> {
    let (server, id) = ids(call);
    let it = call
        .read(move |tx, cx| revocation::show(tx, cx, &server, &id))
        .map_err(|fault| refuse(call, fault))?;
    Ok(reply(call, json!({"client_crl": shown(&it)})))
}

/// `DELETE /v5/{project_id}/p2c-vpn-gateways/vpn-servers/{vpn_server_id}/client-crls/{client_crl_id}`
pub fn delete(call: &Call<'_>) -> Result<Reply, Refusal> {
    let (server, id) = ids(call);
    call.write(move |tx, cx| revocation::delete(tx, cx, &server, &id))
        .map_err(|fault| refuse(call, fault))?;
    Ok(Reply::empty(call.success))
}

fn shown(it: &Revocations) -> Value {
    json!({
        "id": it.head.id,
        "name": it.name,
        "issuer": it.issuer,
        "revoked_count": it.count,
        "this_update": time(it.from),
        "next_update": it.until.map(time),
        "created_at": time(it.head.created),
        "updated_at": time(it.head.updated),
    })
}

fn ids(call: &Call<'_>) -> (String, String) {
    (
        call.param("vpn_server_id").to_owned(),
        call.param("client_crl_id").to_owned(),
    )
}
