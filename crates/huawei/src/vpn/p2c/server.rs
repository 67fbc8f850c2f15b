//! Servers of point-to-cloud gateways.

use std::net::Ipv4Addr;

use serde::Deserialize;
use serde_json::{Value, json};
use vpcd_dialect::{Call, Refusal, Reply};
use vpcd_domain::State;
use vpcd_domain::vpn::p2c::server::{
    self, Auth, NewCertificate, NewServer, Server, ServerChange, Tunnel, View,
};
use vpcd_net::Cidr;

use super::super::faults::with;
use super::super::page::{self, Listed};
use super::super::parse::{self, invalid, needed, reply, time, word};
use super::faults::refuse;
use super::{LIMITS, PAGE, authority};
use crate::generated::{errors, limits};
use crate::wire;

#[derive(Deserialize)]
struct Body<T> {
    vpn_server: T,
}

#[derive(Deserialize)]
struct Wire {
    tunnel_protocol: Option<String>,
    client_cidr: Option<String>,
    local_subnets: Option<Vec<String>>,
    client_auth_type: Option<String>,
    server_certificate: Option<CertificateWire>,
    client_ca_certificates: Option<Vec<authority::Wire>>,
    ssl_options: Option<SslWire>,
    dns_servers: Option<Vec<String>>,
    idp_name: Option<String>,
}

#[derive(Deserialize)]
struct CertificateWire {
    id: Option<String>,
    source: Option<String>,
}

#[derive(Deserialize, Default)]
struct SslWire {
    protocol: Option<String>,
    #[serde(default, deserialize_with = "parse::integer")]
    port: Option<i64>,
    encryption_algorithm: Option<String>,
    is_compressed: Option<bool>,
}

/// `POST /v5/{project_id}/p2c-vpn-gateways/{p2c_vgw_id}/vpn-servers`
pub fn create(call: &Call<'_>) -> Result<Reply, Refusal> {
    let Body { vpn_server: wire } = parse::body::<Body<Wire>>(call)?;
    let new = parse(call.param("p2c_vgw_id"), wire)?;
    let body = call
        .write_once(move |tx, cx| {
            let it = server::create(tx, cx, new.clone(), &LIMITS)?;
            Ok(json!({"vpn_server": {"id": it.head.id}}))
        })
        .map_err(|fault| refuse(call, fault))?;
    Ok(reply(call, body))
}

/// `GET /v5/{project_id}/p2c-vpn-gateways/{p2c_vgw_id}/vpn-servers`
pub fn list_of_gateway(call: &Call<'_>) -> Result<Reply, Refusal> {
    let id = call.param("p2c_vgw_id").to_owned();
    let views = call
        .read(move |tx, cx| server::of_gateway(tx, cx, &id))
        .map_err(|fault| refuse(call, fault))?;
    let total = u64::try_from(views.len()).unwrap_or(u64::MAX);
    Ok(listed(call, &views, total))
}

/// `GET /v5/{project_id}/vpn-servers`
pub fn list(call: &Call<'_>) -> Result<Reply, Refusal> {
    let page = page::page(call, PAGE)?;
    let (views, total) = call
        .read(move |tx, cx| {
            let all = None::<fn(&Server) -> bool>;
            let Listed { items, total } = page::list(tx, &cx.caller.project, page, all)?;
            let views: Result<Vec<View>, _> =
                items.into_iter().map(|it| server::view(tx, it)).collect();
            Ok((views?, total))
        })
        .map_err(|fault| refuse(call, fault))?;
    Ok(listed(call, &views, total))
}

/// `PUT /v5/{project_id}/p2c-vpn-gateways/vpn-servers/{vpn_server_id}`
pub fn update(call: &Call<'_>) -> Result<Reply, Refusal> {
    let id = call.param("vpn_server_id").to_owned();
    let Body { vpn_server: wire } = parse::body::<Body<Wire>>(call)?;
    let change = change(wire)?;
    call.write(move |tx, cx| server::update(tx, cx, &id, change.clone(), &LIMITS))
        .map_err(|fault| refuse(call, fault))?;
    Ok(reply(call, json!({})))
}

fn listed(call: &Call<'_>, views: &[View], total: u64) -> Reply {
    let last = views.last().map(|view| view.server.head.created);
    reply(
        call,
        json!({
            "vpn_servers": views.iter().map(shown).collect::<Vec<_>>(),
            "total_count": total,
            "page_info": page::info(views.len(), last),
        }),
    )
}

fn parse(gateway: &str, wire: Wire) -> Result<NewServer, Refusal> {
    word("tunnel_protocol", wire.tunnel_protocol, &["SSL"])?;
    let ssl = wire.ssl_options.unwrap_or_default();
    let compressed = ssl.is_compressed.unwrap_or(false);
    let (port, cipher) = options(ssl)?;
    let client = wire.client_cidr.ok_or_else(|| needed("client_cidr"))?;
    let local = wire.local_subnets.ok_or_else(|| needed("local_subnets"))?;
    let authorities = wire.client_ca_certificates.unwrap_or_default();
    Ok(NewServer {
        gateway: gateway.to_owned(),
        client_cidr: block(&client)?,
        local_subnets: blocks(&local)?,
        auth: auth(wire.client_auth_type, wire.idp_name)?.unwrap_or(Auth::Password),
        certificate: wire.server_certificate.map(certificate).transpose()?,
        authorities: authorities
            .into_iter()
            .map(authority::uploaded)
            .collect::<Result<_, _>>()?,
        tunnel: Tunnel {
            port: port.unwrap_or(443),
            cipher: cipher.unwrap_or_else(|| "AES-128-GCM".to_owned()),
            compressed,
        },
        dns: name_servers(wire.dns_servers)?.unwrap_or_default(),
    })
}

fn change(wire: Wire) -> Result<ServerChange, Refusal> {
    let (port, cipher) = options(wire.ssl_options.unwrap_or_default())?;
    let certificate = match wire.server_certificate {
        // A server goes on with the certificate that it made itself; clients send its empty id back.
        Some(wire) if wire.source.as_deref() == Some("SERVICE_SIGN") => None,
        Some(wire) => match certificate(wire)? {
            NewCertificate::Stored(id) => Some(id),
            NewCertificate::Own => None,
        },
        None => None,
    };
    let provider = wire.idp_name.clone().filter(|name| !name.is_empty());
    Ok(ServerChange {
        provider: provider.filter(|_| wire.client_auth_type.is_none()),
        client_cidr: wire.client_cidr.as_deref().map(block).transpose()?,
        local_subnets: wire.local_subnets.as_deref().map(blocks).transpose()?,
        auth: auth(wire.client_auth_type, wire.idp_name)?,
        certificate,
        port,
        cipher,
        dns: name_servers(wire.dns_servers)?,
    })
}

/// Where the certificate comes from (VPN.1100).
fn certificate(wire: CertificateWire) -> Result<NewCertificate, Refusal> {
    let source = word(
        "server_certificate.source",
        wire.source,
        &["CCM", "SERVICE_SIGN"],
    )?;
    if source.as_deref() == Some("SERVICE_SIGN") {
        return Ok(NewCertificate::Own);
    }
    match wire.id.filter(|id| !id.is_empty()) {
        Some(id) => Ok(NewCertificate::Stored(id)),
        None => Err(errors::VPN_1100.into()),
    }
}

fn auth(kind: Option<String>, provider: Option<String>) -> Result<Option<Auth>, Refusal> {
    const KINDS: &[&str] = &["CERT", "LOCAL_PASSWORD", "IAM", "FEDERATED"];
    let provider = provider.filter(|name| !name.is_empty());
    Ok(match word("client_auth_type", kind, KINDS)?.as_deref() {
        Some("CERT") => Some(Auth::Certificate),
        Some("IAM") => Some(Auth::Identity),
        Some("FEDERATED") => Some(Auth::Federated {
            provider: provider.ok_or_else(|| needed("idp_name"))?,
        }),
        Some(_) => Some(Auth::Password),
        None => None,
    })
}

fn options(wire: SslWire) -> Result<(Option<u16>, Option<String>), Refusal> {
    word("ssl_options.protocol", wire.protocol, &["TCP"])?;
    let port = match wire.port {
        None => None,
        Some(443) => Some(443),
        Some(1194) => Some(1194),
        Some(_) => return Err(invalid("ssl_options.port must be 443 or 1194")),
    };
    let cipher = word(
        "ssl_options.encryption_algorithm",
        wire.encryption_algorithm,
        &["AES-128-GCM", "AES-256-GCM"],
    )?;
    Ok((port, cipher))
}

/// A block (VPN.1103).
fn block(text: &str) -> Result<Cidr, Refusal> {
    text.parse().map_err(|_| with(errors::VPN_1103, [text]))
}

fn blocks(texts: &[String]) -> Result<Vec<Cidr>, Refusal> {
    // What is refused for its number is not read first (VPN.1105).
    if texts.len() > LIMITS.local_subnets {
        return Err(errors::VPN_1105.into());
    }
    texts.iter().map(|text| block(text)).collect()
}

fn name_servers(texts: Option<Vec<String>>) -> Result<Option<Vec<Ipv4Addr>>, Refusal> {
    let Some(texts) = texts else { return Ok(None) };
    let most = limits::P2C_DNS_MAX;
    if u64::try_from(texts.len()).unwrap_or(u64::MAX) > most {
        return Err(invalid(format!("dns_servers has more than {most} items")));
    }
    let address = |text: &String| {
        text.parse()
            .map_err(|_| invalid("dns_servers: not an IPv4 address"))
    };
    texts
        .iter()
        .map(address)
        .collect::<Result<_, _>>()
        .map(Some)
}

fn shown(view: &View) -> Value {
    let it = &view.server;
    let (kind, provider) = match &it.auth {
        Auth::Certificate => ("CERT", None),
        Auth::Password => ("LOCAL_PASSWORD", None),
        Auth::Identity => ("IAM", None),
        Auth::Federated { provider } => ("FEDERATED", Some(provider)),
    };
    // The id of a certificate that was taken out of the store is empty.
    let id = it.certificate.stored.as_ref().filter(|_| view.stored);
    let source = match it.certificate.stored {
        Some(_) => "CCM",
        None => "SERVICE_SIGN",
    };
    let certificate = json!({
        "id": id.map_or("", String::as_str),
        "name": it.certificate.name,
        "source": source,
    });
    let cas: Vec<Value> = view.authorities.iter().map(authority::shown).collect();
    json!({
        "id": it.head.id,
        "p2c_vgw_id": it.gateway(),
        "client_cidr": it.client_cidr,
        "local_subnets": it.local_subnets,
        "client_auth_type": kind,
        "tunnel_protocol": "SSL",
        "server_certificate": wire::merged(certificate, authority::described(&it.certificate.card)),
        "client_ca_certificates": cas,
        "ssl_options": {
            "protocol": "TCP",
            "port": it.tunnel.port,
            "encryption_algorithm": it.tunnel.cipher,
            "authentication_algorithm": "SHA256",
            "is_compressed": it.tunnel.compressed,
        },
        "dns_servers": it.dns,
        "idp_name": provider,
        "status": status(it.head.state()),
        "created_at": time(it.head.created),
        "updated_at": time(it.head.updated),
    })
}

fn status(state: State) -> &'static str {
    match state {
        State::Creating => "PENDING_CREATE",
        State::Updating | State::Deleting => "PENDING_UPDATE",
        State::Active => "ACTIVE",
        State::Failed => "FAULT",
        State::Frozen => "FROZEN",
    }
}
