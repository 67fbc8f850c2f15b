//! Customer gateways.

use std::net::Ipv4Addr;

use serde::Deserialize;
use serde_json::{Value, json};
use vpcd_dialect::{Call, Refusal, Reply};
use vpcd_domain::vpn::customer_gateway::{
    self, Authority, CustomerGateway, Identity, NewAuthority, NewCustomerGateway,
};

use super::faults::refuse;
use super::page::{self, Listed};
use super::parse::{self, invalid, needed, reply, time};
use crate::generated::{errors, limits};
use crate::wire::TagWire;

#[derive(Deserialize)]
struct Body<T> {
    customer_gateway: T,
}

#[derive(Deserialize)]
struct CreateWire {
    name: Option<String>,
    id_type: Option<String>,
    id_value: Option<String>,
    /// What older clients send in place of `id_value`.
    ip: Option<String>,
    #[serde(default, deserialize_with = "parse::integer")]
    bgp_asn: Option<i64>,
    ca_certificate: Option<AuthorityWire>,
    tags: Option<Vec<TagWire>>,
}

#[derive(Deserialize)]
struct UpdateWire {
    name: Option<String>,
    ca_certificate: Option<AuthorityWire>,
}

/// The certificate that signed the device's own: one that is known, or a new one.
#[derive(Deserialize)]
struct AuthorityWire {
    id: Option<String>,
    content: Option<String>,
}

/// `POST /v5/{project_id}/customer-gateways`
pub fn create(call: &Call<'_>) -> Result<Reply, Refusal> {
    let Body {
        customer_gateway: wire,
    } = parse::body::<Body<CreateWire>>(call)?;
    let new = parse(wire)?;
    let it = call
        .write(move |tx, cx| customer_gateway::create(tx, cx, new.clone()))
        .map_err(|fault| refuse(call, fault))?;
    Ok(reply(call, json!({"customer_gateway": render(&it)})))
}

/// `GET /v5/{project_id}/customer-gateways/{customer_gateway_id}`
pub fn show(call: &Call<'_>) -> Result<Reply, Refusal> {
    let id = call.param("customer_gateway_id").to_owned();
    let it: CustomerGateway = call
        .read(move |tx, cx| tx.get(&cx.caller.project, &id))
        .map_err(|fault| refuse(call, fault))?;
    Ok(reply(call, json!({"customer_gateway": render(&it)})))
}

/// `GET /v5/{project_id}/customer-gateways`
pub fn list(call: &Call<'_>) -> Result<Reply, Refusal> {
    let page = page::page(call, limits::VPN_CUSTOMER_GATEWAY_PAGE_LIMIT_MAX)?;
    let id = call.query.get("cgw_id").map(str::to_owned);
    let Listed { items, total } = call
        .read(move |tx, cx| {
            let filter = id
                .clone()
                .map(|id| move |it: &CustomerGateway| it.head.id == id);
            page::list(tx, &cx.caller.project, page, filter)
        })
        .map_err(|fault| refuse(call, fault))?;
    let shown: Vec<Value> = items.iter().map(render).collect();
    let info = page::info(shown.len(), items.last().map(|it| it.head.created));
    Ok(reply(
        call,
        json!({"customer_gateways": shown, "total_count": total, "page_info": info}),
    ))
}

/// `PUT /v5/{project_id}/customer-gateways/{customer_gateway_id}`
pub fn update(call: &Call<'_>) -> Result<Reply, Refusal> {
    let id = call.param("customer_gateway_id").to_owned();
    let Body {
        customer_gateway: wire,
    } = parse::body::<Body<UpdateWire>>(call)?;
    let name = parse::name("name", wire.name)?;
    let certificate = wire.ca_certificate.map(authority).transpose()?;
    let it = call
        .write(move |tx, cx| {
            customer_gateway::update(tx, cx, &id, name.clone(), certificate.clone())
        })
        .map_err(|fault| refuse(call, fault))?;
    Ok(reply(call, json!({"customer_gateway": render(&it)})))
}

/// `DELETE /v5/{project_id}/customer-gateways/{customer_gateway_id}`
pub fn delete(call: &Call<'_>) -> Result<Reply, Refusal> {
    let id = call.param("customer_gateway_id").to_owned();
    call.write(move |tx, cx| customer_gateway::delete(tx, cx, &id))
        .map_err(|fault| refuse(call, fault))?;
    Ok(Reply::empty(call.success))
}

fn parse(wire: CreateWire) -> Result<NewCustomerGateway, Refusal> {
    let name = parse::new_name(wire.name, "cgw-XXXX")?;
    let kind = parse::word("id_type", wire.id_type, &["ip", "fqdn"])?;
    let value = wire
        .id_value
        .or(wire.ip)
        .ok_or_else(|| needed("id_value"))?;
    let most = limits::VPN_CUSTOMER_GATEWAY_ID_VALUE_MAX;
    if !(1..=most).contains(&u64::try_from(value.chars().count()).unwrap_or(u64::MAX)) {
        return Err(invalid(format!(
            "id_value must have 1 to {most} characters"
        )));
    }
    let tags = parse::tags(wire.tags)?;
    let certificate = wire.ca_certificate.map(authority).transpose()?;
    let named = kind.as_deref() == Some("fqdn");
    let bgp_asn = match wire.bgp_asn {
        // Clients that have no number to send send a zero.
        Some(0) if named => None,
        Some(_) if named => return Err(Refusal::new(errors::VPN_0013).with(["bgp_asn"])),
        asn => parse::number("bgp_asn", asn, 1, limits::VPN_BGP_ASN_MAX)?,
    };
    let identity = if named {
        by_name(value)?
    } else {
        by_address(&value)?
    };
    Ok(NewCustomerGateway {
        name,
        identity,
        bgp_asn,
        certificate,
        tags,
    })
}

fn by_name(value: String) -> Result<Identity, Refusal> {
    match value.contains(['&', '<', '>', '[', ']', '\\', '?', ' ']) {
        true => Err(invalid(
            "id_value must not contain spaces or any of &<>[]\\?",
        )),
        false => Ok(Identity::Name(value)),
    }
}

fn by_address(value: &str) -> Result<Identity, Refusal> {
    let address: Ipv4Addr = value.parse().map_err(|_| Refusal::new(errors::VPN_0203))?;
    // VPN.0204: classes D and E, the loopback, and 0.0.0.0/8 likewise.
    match address.octets()[0] {
        0 | 127 | 224.. => Err(errors::VPN_0204.into()),
        _ => Ok(Identity::Address(address)),
    }
}

fn authority(wire: AuthorityWire) -> Result<NewAuthority, Refusal> {
    match (parse::uuid("ca_certificate.id", wire.id)?, wire.content) {
        (Some(id), None) => Ok(NewAuthority::Known(id)),
        (None, Some(content)) => Ok(NewAuthority::Content(content)),
        _ => Err(invalid("ca_certificate has either an id or a content")),
    }
}

fn render_authority(it: &Authority) -> Value {
    json!({
        "id": it.id,
        "serial_number": it.card.serial,
        "signature_algorithm": it.card.signature,
        "issuer": it.card.issuer,
        "subject": it.card.subject,
        "expire_time": time(it.card.until),
        "is_updatable": true,
    })
}

fn render(it: &CustomerGateway) -> Value {
    let kind = if it.identity.address().is_some() {
        "ip"
    } else {
        "fqdn"
    };
    json!({
        "id": it.head.id,
        "name": it.name,
        "id_type": kind,
        "id_value": it.identity.text(),
        "bgp_asn": it.bgp_asn,
        "ca_certificate": it.certificate.as_ref().map(render_authority),
        "created_at": time(it.head.created),
        "updated_at": time(it.head.updated),
        "tags": it.tags,
        // Two names of the past that clients still read.
        "ip": it.identity.address(),
        "route_mode": if it.bgp_asn.is_some() { "bgp" } else { "static" },
    })
}
