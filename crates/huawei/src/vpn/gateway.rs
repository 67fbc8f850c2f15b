//! VPN gateways.

pub(super) mod render;

use std::net::Ipv4Addr;

use serde::Deserialize;
use serde_json::json;
use vpcd_dialect::{Call, Refusal, Reply};
use vpcd_domain::vpn::Name;
use vpcd_domain::vpn::address::NewSlot;
use vpcd_domain::vpn::flavor::Choice;
use vpcd_domain::vpn::gateway::{
    self, Access, Gateway, GatewayChange, HaMode, Network, NewAttachment, NewGateway,
};
use vpcd_net::{Family, Prefix};

use render::{changed, common, full};

use super::eip::EipWire;
use super::faults::refuse;
use super::parse::{self, invalid, needed, needed_uuid, reply, uuid, word};
use super::template::{self, TemplateWire};
use crate::generated::{errors, limits};
use crate::wire::{TagWire, is_enterprise_project};

#[derive(Deserialize)]
struct Body<T> {
    vpn_gateway: T,
}

#[derive(Deserialize)]
struct CreateWire {
    name: Option<String>,
    #[serde(flatten)]
    attachment: AttachmentWire,
    ip_version: Option<String>,
    network_type: Option<String>,
    #[serde(default, deserialize_with = "parse::integer")]
    bgp_asn: Option<i64>,
    flavor: Option<String>,
    availability_zone_ids: Option<Vec<String>>,
    enterprise_project_id: Option<String>,
    eip1: Option<EipWire>,
    eip2: Option<EipWire>,
    /// What older clients send in place of `eip1`.
    master_eip: Option<EipWire>,
    /// What older clients send in place of `eip2`.
    slave_eip: Option<EipWire>,
    access_private_ip_1: Option<String>,
    access_private_ip_2: Option<String>,
    ha_mode: Option<String>,
    tags: Option<Vec<TagWire>>,
}

#[derive(Deserialize)]
struct AttachmentWire {
    attachment_type: Option<String>,
    er_id: Option<String>,
    vpc_id: Option<String>,
    connect_subnet: Option<String>,
    access_vpc_id: Option<String>,
    access_subnet_id: Option<String>,
    local_subnets: Option<Vec<String>>,
    local_subnets_v6: Option<Vec<String>>,
}

#[derive(Deserialize)]
struct UpdateWire {
    name: Option<String>,
    local_subnets: Option<Vec<String>>,
    local_subnets_v6: Option<Vec<String>>,
    eip_id_1: Option<String>,
    eip_id_2: Option<String>,
    policy_template: Option<TemplateWire>,
}

#[derive(Deserialize)]
struct SpecificationWire {
    flavor: Option<String>,
}

/// `POST /v5/{project_id}/vpn-gateways`
pub fn create(call: &Call<'_>) -> Result<Reply, Refusal> {
    let Body { vpn_gateway: wire } = parse::body::<Body<CreateWire>>(call)?;
    let new = parse(wire)?;
    let view = call
        .write(move |tx, cx| {
            let gateway = gateway::create(tx, cx, new.clone())?;
            gateway::view(tx, gateway)
        })
        .map_err(|fault| refuse(call, fault))?;
    Ok(reply(call, json!({"vpn_gateway": common(&view)})))
}

/// `GET /v5/{project_id}/vpn-gateways/{vgw_id}`
pub fn show(call: &Call<'_>) -> Result<Reply, Refusal> {
    let id = call.param("vgw_id").to_owned();
    let view = call
        .read(move |tx, cx| {
            let gateway = tx.get(&cx.caller.project, &id)?;
            gateway::view(tx, gateway)
        })
        .map_err(|fault| refuse(call, fault))?;
    Ok(reply(
        call,
        json!({"vpn_gateway": full(call.region, &view)}),
    ))
}

/// `GET /v5/{project_id}/vpn-gateways`
pub fn list(call: &Call<'_>) -> Result<Reply, Refusal> {
    let id = call.query.get("vgw_id").map(str::to_owned);
    let projects = parse::enterprise_projects(call);
    let views = call
        .read(move |tx, cx| {
            let gateways: Vec<Gateway> = tx.created_after(&cx.caller.project, None, usize::MAX)?;
            let wanted = gateways.into_iter().filter(|it| {
                id.as_deref().is_none_or(|id| it.head.id == id)
                    && (projects.is_empty() || projects.contains(&it.enterprise_project))
            });
            wanted
                .map(|it| gateway::view(tx, it))
                .collect::<Result<Vec<_>, _>>()
        })
        .map_err(|fault| refuse(call, fault))?;
    Ok(reply(
        call,
        json!({"vpn_gateways": views.iter().map(|it| full(call.region, it)).collect::<Vec<_>>()}),
    ))
}

/// `PUT /v5/{project_id}/vpn-gateways/{vgw_id}`
pub fn update(call: &Call<'_>) -> Result<Reply, Refusal> {
    let id = call.param("vgw_id").to_owned();
    let Body { vpn_gateway: wire } = parse::body::<Body<UpdateWire>>(call)?;
    let change = GatewayChange {
        name: parse::name("name", wire.name)?,
        local_subnets: local_subnets(wire.local_subnets, wire.local_subnets_v6)?,
        public: [
            uuid("eip_id_1", wire.eip_id_1)?,
            uuid("eip_id_2", wire.eip_id_2)?,
        ],
        template: wire.policy_template.map(template::change).transpose()?,
    };
    let view = call
        .write(move |tx, cx| {
            let gateway = gateway::update(tx, cx, &id, change.clone())?;
            gateway::view(tx, gateway)
        })
        .map_err(|fault| refuse(call, fault))?;
    Ok(reply(
        call,
        json!({"vpn_gateway": changed(call.region, &view)}),
    ))
}

/// `POST /v5/{project_id}/vpn-gateways/{vgw_id}/update-specification`
pub fn update_specification(call: &Call<'_>) -> Result<Reply, Refusal> {
    let id = call.param("vgw_id").to_owned();
    let Body { vpn_gateway: wire } = parse::body::<Body<SpecificationWire>>(call)?;
    let target = choice(wire.flavor.ok_or_else(|| needed("flavor"))?);
    let view = call
        .write(move |tx, cx| {
            let gateway = gateway::update_specification(tx, cx, &id, &target)?;
            gateway::view(tx, gateway)
        })
        .map_err(|fault| refuse(call, fault))?;
    Ok(reply(
        call,
        json!({"vpn_gateway": changed(call.region, &view)}),
    ))
}

/// `DELETE /v5/{project_id}/vpn-gateways/{vgw_id}`
pub fn delete(call: &Call<'_>) -> Result<Reply, Refusal> {
    let id = call.param("vgw_id").to_owned();
    call.write(move |tx, cx| gateway::delete(tx, cx, &id))
        .map_err(|fault| refuse(call, fault))?;
    Ok(Reply::empty(call.success))
}

fn parse(wire: CreateWire) -> Result<NewGateway, Refusal> {
    let ip_version = word("ip_version", wire.ip_version, &["ipv4", "ipv6"])?;
    let carries = match ip_version.as_deref() {
        Some("ipv6") => Family::V6,
        _ => Family::V4,
    };
    let network = match word("network_type", wire.network_type, &["public", "private"])?.as_deref()
    {
        Some("private") => Network::Private,
        _ => Network::Public,
    };
    let ha_mode = match word(
        "ha_mode",
        wire.ha_mode,
        &["active-active", "active-standby"],
    )?
    .as_deref()
    {
        Some("active-standby") => HaMode::Standby,
        _ => HaMode::Both,
    };
    let asn = parse::number("bgp_asn", wire.bgp_asn, 1, limits::VPN_BGP_ASN_MAX)?;
    let enterprise_project = wire.enterprise_project_id.unwrap_or_else(|| "0".to_owned());
    if !is_enterprise_project(&enterprise_project) {
        return Err(invalid("enterprise_project_id is neither 0 nor a UUID"));
    }
    let (first, second) = match network {
        Network::Public => (wire.eip1.or(wire.master_eip), wire.eip2.or(wire.slave_eip)),
        Network::Private => (wire.eip1, wire.eip2),
    };
    let public = first
        .into_iter()
        .chain(second)
        .map(eip)
        .collect::<Result<_, _>>()?;
    let (attachment, access) = attachment(wire.attachment, carries)?;
    Ok(NewGateway {
        name: parse::new_name(wire.name, "vpngw-XXXX")?,
        attachment,
        access,
        carries,
        network,
        flavor: choice(wire.flavor.unwrap_or_else(|| "Professional1".to_owned())),
        ha_mode,
        bgp_asn: asn.unwrap_or(64_512),
        zones: wire.availability_zone_ids.unwrap_or_default(),
        public,
        private: private_addresses(wire.access_private_ip_1, wire.access_private_ip_2)?,
        enterprise_project,
        tags: parse::tags(wire.tags)?,
    })
}

fn attachment(
    wire: AttachmentWire,
    carries: Family,
) -> Result<(NewAttachment, Option<Access>), Refusal> {
    let unsupported = |field: &str| Err(Refusal::new(errors::VPN_0013).with([field]));
    let vpc = uuid("vpc_id", wire.vpc_id)?;
    let subnet = uuid("connect_subnet", wire.connect_subnet)?;
    let access_vpc = uuid("access_vpc_id", wire.access_vpc_id)?;
    let access_subnet = uuid("access_subnet_id", wire.access_subnet_id)?;
    let at_router =
        word("attachment_type", wire.attachment_type, &["vpc", "er"])?.as_deref() == Some("er");
    let access = match (access_vpc, access_subnet) {
        (None, None) if at_router => vpc.clone().zip(subnet.clone()),
        (None, None) => None,
        (Some(_), None) => return Err(needed("access_subnet_id")),
        (access, Some(subnet)) => {
            let vpc = access
                .or_else(|| vpc.clone())
                .ok_or_else(|| needed("access_vpc_id"))?;
            Some((vpc, subnet))
        }
    };
    let access = access.map(|(vpc, subnet)| Access { vpc, subnet });
    if at_router {
        let given =
            |subnets: &Option<Vec<String>>| subnets.as_ref().is_some_and(|it| !it.is_empty());
        for (subnets, field) in [&wire.local_subnets, &wire.local_subnets_v6]
            .into_iter()
            .zip(LOCAL)
        {
            if given(subnets) {
                return unsupported(field);
            }
        }
        return Ok((
            NewAttachment::Router(needed_uuid("er_id", wire.er_id)?),
            access,
        ));
    }
    if wire.er_id.is_some() {
        return unsupported("er_id");
    }
    let [four, six] = LOCAL;
    let missing = if carries == Family::V4 { four } else { six };
    let local_subnets = local_subnets(wire.local_subnets, wire.local_subnets_v6)?;
    let local_subnets = local_subnets.ok_or_else(|| needed(missing))?;
    let vpc = vpc.ok_or_else(|| needed("vpc_id"))?;
    let subnet = subnet.ok_or_else(|| needed("connect_subnet"))?;
    Ok((
        NewAttachment::Vpc {
            vpc,
            subnet,
            local_subnets,
        },
        access,
    ))
}

/// What the blocks behind a gateway are called where they are of IPv4, and of IPv6.
const LOCAL: [&str; 2] = ["local_subnets", "local_subnets_v6"];

fn local_subnets(
    four: Option<Vec<String>>,
    six: Option<Vec<String>>,
) -> Result<Option<Vec<Prefix>>, Refusal> {
    let blocks = parse::either(LOCAL, four.as_deref(), six.as_deref())?;
    match blocks.as_ref().is_some_and(Vec::is_empty) {
        true => Err(needed("local_subnets")),
        false => Ok(blocks),
    }
}

/// An existing address, or what a new one is made of; a shared bandwidth makes the other fields of it idle.
fn eip(wire: EipWire) -> Result<NewSlot, Refusal> {
    const CHARGE_MODES: &[&str] = &["bandwidth", "traffic", "95peak_plus"];
    if let Some(id) = uuid("eip.id", wire.id)? {
        let more = wire.pool.is_some()
            || wire.charge_mode.is_some()
            || wire.bandwidth_size.is_some()
            || wire.bandwidth_name.is_some()
            || wire.bandwidth_id.is_some();
        return match more {
            true => Err(invalid(
                "an EIP is either bound by its id or created, not both",
            )),
            false => Ok(NewSlot::Existing(id)),
        };
    }
    let pool = wire.pool.ok_or_else(|| needed("eip.type"))?;
    if let Some(bandwidth) = uuid("eip.bandwidth_id", wire.bandwidth_id)? {
        return Ok(NewSlot::Shared { pool, bandwidth });
    }
    let name = parse::name("eip.bandwidth_name", wire.bandwidth_name)?;
    let charge_mode = word("eip.charge_mode", wire.charge_mode, CHARGE_MODES)?;
    Ok(NewSlot::Dedicated {
        pool,
        name: name.map_or(Name::MadeUp("vpngw-bandwidth-XXXX"), Name::Given),
        size: wire
            .bandwidth_size
            .ok_or_else(|| needed("eip.bandwidth_size"))?,
        charge_mode: charge_mode.unwrap_or_else(|| "bandwidth".to_owned()),
    })
}

/// None or two different addresses (VPN.0109, 0108, 0107).
fn private_addresses(
    first: Option<String>,
    second: Option<String>,
) -> Result<Vec<Ipv4Addr>, Refusal> {
    let address = |text: String| -> Result<Ipv4Addr, Refusal> {
        text.parse()
            .map_err(|_| Refusal::new(errors::VPN_0108).with([text]))
    };
    match (
        first.filter(|text| !text.is_empty()),
        second.filter(|text| !text.is_empty()),
    ) {
        (None, None) => Ok(Vec::new()),
        (Some(first), Some(second)) => {
            let (first, second) = (address(first)?, address(second)?);
            if first == second {
                return Err(errors::VPN_0107.into());
            }
            Ok(vec![first, second])
        }
        _ => Err(errors::VPN_0109.into()),
    }
}

/// A flavor by its name or by what it was called before.
pub(super) fn choice(name: String) -> Choice {
    let name = match name.as_str() {
        "V300" => "Professional1".to_owned(),
        "V1G" => "Professional2".to_owned(),
        _ => name,
    };
    Choice {
        fixed_addresses: !name.ends_with("-NonFixedIP"),
        name,
    }
}
