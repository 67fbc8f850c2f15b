//! Certificates of gateways of the flavor GM.

use jiff::{SignedDuration, Timestamp};
use serde::Deserialize;
use serde_json::{Value, json};
use vpcd_dialect::{Call, Refusal, Reply};
use vpcd_domain::State;
use vpcd_domain::vpn::certificate::{self, Certificate, CertificateChange, NewCertificate};
use vpcd_domain::vpn::{Name, Secret};

use super::faults::refuse;
use super::page::{self, Listed};
use super::parse::{self, invalid, needed, reply, time};
use crate::wire;

/// Most certificates of one page.
const PAGE_MAX: u64 = 200;
/// Longest certificate or key, and longest chain, in characters.
const LONGEST: (usize, usize) = (4096, 8192);

#[derive(Deserialize)]
struct Body {
    certificate: CertificateWire,
}

#[derive(Deserialize)]
struct CertificateWire {
    name: Option<String>,
    certificate: Option<String>,
    private_key: Option<String>,
    certificate_chain: Option<String>,
    enc_certificate: Option<String>,
    enc_private_key: Option<String>,
}

/// `POST /v5/{project_id}/vpn-gateways/{vgw_id}/certificate`
pub fn create(call: &Call<'_>) -> Result<Reply, Refusal> {
    let gateway = call.param("vgw_id").to_owned();
    let change = parse(parse::body::<Body>(call)?.certificate)?;
    let new = NewCertificate {
        name: change.name.map_or(Name::MadeUp("cert-XXXX"), Name::Given),
        signing: change.signing.ok_or_else(|| needed("certificate"))?,
        signing_key: change.signing_key.ok_or_else(|| needed("private_key"))?,
        chain: change.chain.ok_or_else(|| needed("certificate_chain"))?,
        encryption: change.encryption.ok_or_else(|| needed("enc_certificate"))?,
        encryption_key: change
            .encryption_key
            .ok_or_else(|| needed("enc_private_key"))?,
    };
    let it = call
        .write(move |tx, cx| certificate::create(tx, cx, &gateway, new.clone()))
        .map_err(|fault| refuse(call, fault))?;
    Ok(reply(call, json!({"certificate": common(&it)})))
}

/// `PUT /v5/{project_id}/vpn-gateways/{vgw_id}/certificate/{certificate_id}`
pub fn update(call: &Call<'_>) -> Result<Reply, Refusal> {
    let gateway = call.param("vgw_id").to_owned();
    let id = call.param("certificate_id").to_owned();
    let change = parse(parse::body::<Body>(call)?.certificate)?;
    let it = call
        .write(move |tx, cx| certificate::update(tx, cx, &gateway, &id, change.clone()))
        .map_err(|fault| refuse(call, fault))?;
    Ok(reply(call, json!({"certificate": common(&it)})))
}

/// `GET /v5/{project_id}/vpn-gateways/{vgw_id}/certificate`
pub fn show(call: &Call<'_>) -> Result<Reply, Refusal> {
    let gateway = call.param("vgw_id").to_owned();
    let it = call
        .read(move |tx, cx| certificate::show(tx, cx, &gateway))
        .map_err(|fault| refuse(call, fault))?;
    Ok(reply(call, json!({"certificate": full(&it)})))
}

/// `GET /v5/{project_id}/vpn-gateway-certificates`
pub fn list(call: &Call<'_>) -> Result<Reply, Refusal> {
    let page = page::page(call, PAGE_MAX)?;
    let before = expiry(call)?;
    let Listed { items, total } = call
        .read(move |tx, cx| {
            let now = cx.now;
            let filter = before.map(|ahead| {
                let latest = now.checked_add(ahead).unwrap_or(Timestamp::MAX);
                move |it: &Certificate| it.until() <= latest
            });
            page::list(tx, &cx.caller.project, page, filter)
        })
        .map_err(|fault| refuse(call, fault))?;
    let shown: Vec<Value> = items.iter().map(full).collect();
    let info = page::info(shown.len(), items.last().map(|it| it.head.created));
    Ok(reply(
        call,
        json!({"vpn_gateway_certificates": shown, "total_count": total, "page_info": info}),
    ))
}

/// How far ahead the certificates expire that are asked for.
fn expiry(call: &Call<'_>) -> Result<Option<SignedDuration>, Refusal> {
    let days = call.query.get("pre_expire_days").map(str::parse::<u32>);
    match days.transpose() {
        Ok(days) => Ok(days.map(|days| SignedDuration::from_hours(24 * i64::from(days)))),
        Err(_) => Err(invalid("pre_expire_days is not a number of days")),
    }
}

fn parse(wire: CertificateWire) -> Result<CertificateChange, Refusal> {
    let text = |field: &str, text: Option<String>, most: usize| match text {
        Some(text) if !(1..=most).contains(&text.chars().count()) => {
            Err(invalid(format!("{field} must have 1 to {most} characters")))
        }
        text => Ok(text),
    };
    let (one, chain) = LONGEST;
    let key =
        |field: &str, key: Option<String>| text(field, key, one).map(|key| key.map(Secret::new));
    Ok(CertificateChange {
        name: parse::name("name", wire.name)?,
        signing: text("certificate", wire.certificate, one)?,
        signing_key: key("private_key", wire.private_key)?,
        chain: text("certificate_chain", wire.certificate_chain, chain)?,
        encryption: text("enc_certificate", wire.enc_certificate, one)?,
        encryption_key: key("enc_private_key", wire.enc_private_key)?,
    })
}

fn common(it: &Certificate) -> Value {
    json!({
        "id": it.head.id,
        "name": it.name,
        "vgw_id": it.gateway(),
        "issuer": it.signing_card.issuer,
        "signature_algorithm": it.signing_card.signature,
        "certificate_serial_number": it.signing_card.serial,
        "certificate_subject": it.signing_card.subject,
        "certificate_expire_time": time(it.signing_card.until),
        "certificate_chain_serial_number": it.chain_card.serial,
        "certificate_chain_subject": it.chain_card.subject,
        "certificate_chain_expire_time": time(it.chain_card.until),
        "enc_certificate_serial_number": it.encryption_card.serial,
        "enc_certificate_subject": it.encryption_card.subject,
        "enc_certificate_expire_time": time(it.encryption_card.until),
        "created_at": time(it.head.created),
    })
}

fn full(it: &Certificate) -> Value {
    let status = match it.head.state() {
        State::Active | State::Frozen => "BOUND",
        State::Failed => "FAULT",
        State::Creating | State::Updating | State::Deleting => "BINDING",
    };
    let shown = json!({
        "project_id": it.head.project,
        "status": status,
        "updated_at": time(it.head.updated),
    });
    wire::merged(common(it), shown)
}
