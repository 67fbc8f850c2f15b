//! Point-to-cloud gateways.

use serde::Deserialize;
use serde_json::{Value, json};
use vpcd_dialect::{Call, Refusal, Reply};
use vpcd_domain::State;
use vpcd_domain::vpn::Name;
use vpcd_domain::vpn::address::NewSlot;
use vpcd_domain::vpn::job::Stage;
use vpcd_domain::vpn::p2c::NEWEST;
use vpcd_domain::vpn::p2c::gateway::{self, Gateway, GatewayChange, NewGateway, View};

use super::super::eip::{self, EipWire};
use super::super::page::{self, Listed};
use super::super::parse::{self, invalid, needed, needed_uuid, reply, time, uuid, word};
use super::super::upgrade::{accepted, action};
use super::faults::refuse;
use super::{LIMITS, PAGE};
use crate::generated::errors;
use crate::wire::{TagWire, is_enterprise_project};

/// Connections of a gateway whose creator did not say: what the examples have.
const CONNECTIONS: u32 = 10;

#[derive(Deserialize)]
struct Body<T> {
    p2c_vpn_gateway: T,
}

#[derive(Deserialize)]
struct CreateWire {
    name: Option<String>,
    vpc_id: Option<String>,
    connect_subnet: Option<String>,
    flavor: Option<String>,
    availability_zone_ids: Option<Vec<String>>,
    eip: Option<EipWire>,
    #[serde(default, deserialize_with = "parse::integer")]
    max_connection_number: Option<i64>,
    enterprise_project_id: Option<String>,
    tags: Option<Vec<TagWire>>,
}

#[derive(Deserialize)]
struct UpdateWire {
    name: Option<String>,
    eip_id: Option<String>,
}

/// `POST /v5/{project_id}/p2c-vpn-gateways`
pub fn create(call: &Call<'_>) -> Result<Reply, Refusal> {
    let Body {
        p2c_vpn_gateway: wire,
    } = parse::body::<Body<CreateWire>>(call)?;
    let new = parse(wire)?;
    let body = call
        .write_once(move |tx, cx| {
            let gateway = gateway::create(tx, cx, new.clone(), &LIMITS)?;
            Ok(json!({"p2c_vpn_gateway": {"id": gateway.head.id}}))
        })
        .map_err(|fault| refuse(call, fault))?;
    Ok(reply(call, body))
}

/// `GET /v5/{project_id}/p2c-vpn-gateways/{p2c_vgw_id}`
pub fn show(call: &Call<'_>) -> Result<Reply, Refusal> {
    let id = call.param("p2c_vgw_id").to_owned();
    let view = call
        .read(move |tx, cx| {
            let gateway = tx.get(&cx.caller.project, &id)?;
            gateway::view(tx, gateway)
        })
        .map_err(|fault| refuse(call, fault))?;
    Ok(reply(
        call,
        json!({"p2c_vpn_gateway": shown(call.region, &view)}),
    ))
}

/// `GET /v5/{project_id}/p2c-vpn-gateways`
pub fn list(call: &Call<'_>) -> Result<Reply, Refusal> {
    let page = page::page(call, PAGE)?;
    let (views, total) = call
        .read(move |tx, cx| {
            let all = None::<fn(&Gateway) -> bool>;
            let Listed { items, total } = page::list(tx, &cx.caller.project, page, all)?;
            let views: Result<Vec<View>, _> =
                items.into_iter().map(|it| gateway::view(tx, it)).collect();
            Ok((views?, total))
        })
        .map_err(|fault| refuse(call, fault))?;
    let last = views.last().map(|view| view.gateway.head.created);
    Ok(reply(
        call,
        json!({
            "p2c_vpn_gateways": views.iter().map(|it| shown(call.region, it)).collect::<Vec<_>>(),
            "total_count": total,
            "page_info": page::info(views.len(), last),
        }),
    ))
}

/// `PUT /v5/{project_id}/p2c-vpn-gateways/{p2c_vgw_id}`
pub fn update(call: &Call<'_>) -> Result<Reply, Refusal> {
    let id = call.param("p2c_vgw_id").to_owned();
    let Body {
        p2c_vpn_gateway: wire,
    } = parse::body::<Body<UpdateWire>>(call)?;
    let change = GatewayChange {
        name: parse::name("name", wire.name)?,
        public: uuid("eip_id", wire.eip_id)?,
    };
    let gateway = call
        .write(move |tx, cx| gateway::update(tx, cx, &id, change.clone()))
        .map_err(|fault| refuse(call, fault))?;
    Ok(reply(
        call,
        json!({"p2c_vpn_gateway": {"id": gateway.head.id}}),
    ))
}

/// `DELETE /v5/{project_id}/p2c-vpn-gateways/{p2c_vgw_id}`
pub fn delete(call: &Call<'_>) -> Result<Reply, Refusal> {
    let id = call.param("p2c_vgw_id").to_owned();
    call.write(move |tx, cx| gateway::delete(tx, cx, &id))
        .map_err(|fault| refuse(call, fault))?;
    Ok(Reply::empty(call.success))
}

/// `POST /v5/{project_id}/p2c-vpn-gateways/{p2c_vgw_id}/upgrade`
pub fn upgrade(call: &Call<'_>) -> Result<Reply, Refusal> {
    let (id, action) = (call.param("p2c_vgw_id").to_owned(), action(call)?);
    let job = call
        .write(move |tx, cx| gateway::upgrade(tx, cx, &id, action))
        .map_err(|fault| refuse(call, fault))?;
    Ok(accepted(call, &job.head.id))
}

fn parse(wire: CreateWire) -> Result<NewGateway, Refusal> {
    let flavor = word("flavor", wire.flavor, &["Professional1"])?;
    let connections = match wire.max_connection_number {
        None => CONNECTIONS,
        // VPN.0504 is for numbers above what the flavor carries.
        Some(number) if number < 1 => return Err(invalid("max_connection_number is less than 1")),
        Some(number) => u32::try_from(number).unwrap_or(u32::MAX),
    };
    let enterprise_project = wire.enterprise_project_id.unwrap_or_else(|| "0".to_owned());
    if !is_enterprise_project(&enterprise_project) {
        return Err(invalid("enterprise_project_id is neither 0 nor a UUID"));
    }
    Ok(NewGateway {
        name: parse::new_name(wire.name, "p2c-vpngw-XXXX")?,
        vpc: needed_uuid("vpc_id", wire.vpc_id)?,
        subnet: needed_uuid("connect_subnet", wire.connect_subnet)?,
        flavor: flavor.unwrap_or_else(|| "Professional1".to_owned()),
        zones: wire.availability_zone_ids.unwrap_or_default(),
        public: address(wire.eip.ok_or_else(|| needed("eip"))?)?,
        connections,
        enterprise_project,
        tags: parse::tags(wire.tags)?,
    })
}

/// An existing address, or what a new one is made of (VPN.0559, 0558).
fn address(wire: EipWire) -> Result<NewSlot, Refusal> {
    let filled = |text: Option<String>| text.filter(|text| !text.is_empty());
    let (pool, charge_mode) = (filled(wire.pool), filled(wire.charge_mode));
    if let Some(id) = filled(wire.id) {
        let more = pool.is_some()
            || charge_mode.is_some()
            || wire.bandwidth_size.is_some()
            || filled(wire.bandwidth_name).is_some()
            || filled(wire.bandwidth_id).is_some();
        return match (uuid("eip.id", Some(id))?, more) {
            (Some(id), false) => Ok(NewSlot::Existing(id)),
            _ => Err(errors::VPN_0559.into()),
        };
    }
    if filled(wire.bandwidth_id).is_some() {
        return Err(invalid(
            "eip.bandwidth_id: the EIP needs a bandwidth of its own",
        ));
    }
    let (Some(pool), Some(mode), Some(size)) = (pool, charge_mode, wire.bandwidth_size) else {
        return Err(errors::VPN_0558.into());
    };
    word(
        "eip.charge_mode",
        Some(mode.clone()),
        &["bandwidth", "traffic"],
    )?;
    let name = parse::name("eip.bandwidth_name", filled(wire.bandwidth_name))?;
    Ok(NewSlot::Dedicated {
        pool,
        name: name.map_or(Name::MadeUp("p2c-vpngw-bandwidth-XXXX"), Name::Given),
        size,
        charge_mode: mode,
    })
}

fn shown(region: &str, view: &View) -> Value {
    let it = &view.gateway;
    let frozen = it.head.frozen;
    json!({
        "id": it.head.id,
        "name": it.name,
        "status": stage(view).unwrap_or_else(|| status(it.head.state())),
        "vpc_id": it.vpc(),
        "connect_subnet": it.subnet,
        "flavor": it.flavor,
        "availability_zone_ids": it.zones,
        "eip": view.public.as_ref().map(|it| eip::info(region, it)),
        "max_connection_number": it.connections,
        "current_connection_number": view.sessions,
        "enterprise_project_id": it.enterprise_project,
        "tags": it.tags,
        "order_id": it.charge.as_ref().map(|charge| &charge.order),
        "admin_state_up": !frozen,
        // A frozen gateway may still be deleted.
        "frozen_effect": i32::from(frozen),
        "version": format!("{}.0", it.version),
        "upgrade_info": if it.version < NEWEST { "ready" } else { "unready" },
        "created_at": time(it.head.created),
        "updated_at": time(it.head.updated),
        "applied_at": (it.head.state() != State::Creating).then(|| time(it.head.created)),
    })
}

/// The word for an active gateway that is being upgraded.
fn stage(view: &View) -> Option<&'static str> {
    match (view.gateway.head.state(), view.upgrade?) {
        (State::Active, Stage::Upgrading) => Some("UPGRADING"),
        (State::Active, Stage::Unconfirmed) => Some("PENDING_UPGRADE_CONFIRM"),
        (State::Active, Stage::RollingBack) => Some("ROLLING_BACK"),
        _ => None,
    }
}

fn status(state: State) -> &'static str {
    match state {
        State::Creating => "PENDING_CREATE",
        State::Updating => "PENDING_UPDATE",
        State::Deleting => "PENDING_DELETE",
        State::Active => "ACTIVE",
        State::Failed => "FAULT",
        State::Frozen => "FROZEN",
    }
}
