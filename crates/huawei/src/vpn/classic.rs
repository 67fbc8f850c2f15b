//! Classic VPN gateways and their migration: an extension of vpcd's own (decision 011), in the style of this API.

use serde::Deserialize;
use serde_json::{Value, json};
use vpcd_dialect::{Call, Refusal, Reply, Row};
use vpcd_domain::vpn::classic::{self, Classic, Migration};
use vpcd_domain::vpn::gateway;
use vpcd_domain::{Fault, Kind};

use super::faults;
use super::gateway::{choice, render};
use super::page::{self, Listed};
use super::parse::{self, needed, reply, time};
use crate::generated::errors as row;

/// Most classic gateways of one page.
const PAGE_MAX: u64 = 200;

#[derive(Deserialize)]
struct Body {
    migration: MigrationWire,
}

#[derive(Deserialize)]
struct MigrationWire {
    name: Option<String>,
    flavor: Option<String>,
    eip1: Option<EipWire>,
    eip2: Option<EipWire>,
}

#[derive(Deserialize)]
struct EipWire {
    id: Option<String>,
}

/// `GET /v5/{project_id}/vpcd/classic-vpn-gateways`
pub fn list(call: &Call<'_>) -> Result<Reply, Refusal> {
    let page = page::page(call, PAGE_MAX)?;
    let Listed { items, total } = call
        .read(move |tx, cx| {
            let all = Some(|_: &Classic| true);
            page::list(tx, &cx.caller.project, page, all)
        })
        .map_err(|fault| faults::refuse(call, fault))?;
    let shown: Vec<Value> = items.iter().map(shown).collect();
    let info = page::info(shown.len(), items.last().map(|it| it.head.created));
    Ok(reply(
        call,
        json!({"classic_vpn_gateways": shown, "total_count": total, "page_info": info}),
    ))
}

/// `POST /v5/{project_id}/vpcd/classic-vpn-gateways/{classic_vgw_id}/migrate`
pub fn migrate(call: &Call<'_>) -> Result<Reply, Refusal> {
    let id = call.param("classic_vgw_id").to_owned();
    let wire = parse::body::<Body>(call)?.migration;
    let eip = |field: &str, wire: Option<EipWire>| {
        let id = wire.and_then(|wire| wire.id).ok_or_else(|| needed(field));
        parse::needed_uuid(field, Some(id?))
    };
    let how = Migration {
        name: parse::name("name", wire.name)?,
        flavor: choice(wire.flavor.unwrap_or_else(|| "Professional1".to_owned())),
        public: [eip("eip1.id", wire.eip1)?, eip("eip2.id", wire.eip2)?],
    };
    let (view, customers, connections) = call
        .write(move |tx, cx| {
            let made = classic::migrate(tx, cx, &id, how.clone())?;
            let view = gateway::view(tx, made.gateway)?;
            Ok((view, made.customers, made.connections))
        })
        .map_err(|fault| refuse(call, fault))?;
    let customers: Vec<&str> = customers.iter().map(|it| it.head.id.as_str()).collect();
    let connections: Vec<&str> = connections.iter().map(|it| it.head.id.as_str()).collect();
    Ok(reply(
        call,
        json!({
            "vpn_gateway": render::common(&view),
            "customer_gateway_ids": customers,
            "vpn_connection_ids": connections,
        }),
    ))
}

/// Migrations have rows of their own for what they take over and what they need.
fn refuse(call: &Call<'_>, fault: Fault) -> Refusal {
    let detail = fault.to_string();
    let says = |row: &'static Row, text: String| Refusal::new(row).with([text]).because(&detail);
    match &fault {
        Fault::NotFound {
            kind: Kind::ClassicGateway,
            id,
        } => says(row::VPN_0800, format!("{id} is not found")),
        Fault::Unsuitable { kind, id, reason } => {
            let row = match kind {
                Kind::ClassicGateway => row::VPN_0800,
                Kind::VpnConnection => row::VPN_0801,
                Kind::PublicIp => row::VPN_0802,
                _ => return faults::refuse(call, fault),
            };
            says(row, format!("{id} {reason}"))
        }
        Fault::NotFound {
            kind: Kind::PublicIp,
            id,
        } => says(row::VPN_0802, format!("{id} is not found")),
        Fault::AddressBound { id } => says(row::VPN_0802, format!("{id} is bound")),
        Fault::WrongState {
            kind: Kind::PublicIp,
            id,
            ..
        }
        | Fault::BandwidthState { address: id, .. } => {
            says(row::VPN_0802, format!("{id} is not in order"))
        }
        Fault::QuotaExceeded { quota, limit } => {
            says(row::VPN_0803, format!("{quota} of {limit} is used up"))
        }
        _ => faults::refuse(call, fault),
    }
}

fn shown(it: &Classic) -> Value {
    let connections = it.connections.iter().map(|connection| {
        let terms = &connection.terms;
        json!({
            "name": terms.name,
            "peer_address": terms.peer_address,
            "peer_subnets": terms.peer_subnets,
            "ike_version": terms.ike_version,
            "encryption_algorithm": terms.encryption_algorithm,
            "authentication_algorithm": terms.authentication_algorithm,
            "dh_group": terms.dh_group,
            "transform_protocol": terms.transform_protocol,
        })
    });
    json!({
        "id": it.head.id,
        "name": it.name,
        "status": if it.migrated.is_some() { "MIGRATED" } else { "ACTIVE" },
        "vpc_id": it.head.parent,
        "connect_subnet": it.subnet,
        "local_subnets": it.local_subnets,
        "connections": connections.collect::<Vec<_>>(),
        "vpn_gateway_id": it.migrated,
        "created_at": time(it.head.created),
    })
}
