//! Public addresses, v1.

use serde::Deserialize;
use serde_json::{Value, json};
use vpcd_dialect::{Call, Refusal, Reply};
use vpcd_domain::State;
use vpcd_domain::bandwidth::{Bandwidth, NewBandwidth};
use vpcd_domain::publicip::{self, Binding, NewPublicIp, PublicIp};

use super::bandwidth::{legal_size, share_type};
use crate::faults::{self, invalid, refuse};
use crate::generated::errors;
use crate::wire::{self, is_enterprise_project, is_name, is_uuid, time_spaced};

#[derive(Deserialize)]
struct CreateBody {
    publicip: Option<CreateWire>,
    bandwidth: Option<BandwidthWire>,
    enterprise_project_id: Option<String>,
}

/// A new address.
#[derive(Deserialize)]
pub struct CreateWire {
    #[serde(rename = "type")]
    pool: Option<String>,
    ip_address: Option<String>,
    #[serde(default, deserialize_with = "vpcd_dialect::decode::integer")]
    ip_version: Option<i64>,
    alias: Option<String>,
    port_id: Option<String>,
}

impl CreateWire {
    /// Any address of that pool.
    pub fn of(pool: Option<String>) -> CreateWire {
        CreateWire {
            pool,
            ip_address: None,
            ip_version: None,
            alias: None,
            port_id: None,
        }
    }
}

/// The bandwidth of a new address.
#[derive(Deserialize)]
pub struct BandwidthWire {
    id: Option<String>,
    name: Option<String>,
    #[serde(default, deserialize_with = "vpcd_dialect::decode::integer")]
    size: Option<i64>,
    share_type: Option<String>,
    charge_mode: Option<String>,
}

#[derive(Deserialize)]
struct UpdateBody {
    publicip: UpdateWire,
}

#[derive(Deserialize)]
struct UpdateWire {
    port_id: Option<String>,
    #[serde(default, deserialize_with = "vpcd_dialect::decode::integer")]
    ip_version: Option<i64>,
    alias: Option<String>,
}

/// An address with its bandwidth.
type Shown = (PublicIp, Bandwidth);

/// `POST /v1/{project_id}/publicips`
pub fn create(call: &Call<'_>) -> Result<Reply, Refusal> {
    let body = call
        .body::<CreateBody>()
        .map_err(|fault| faults::body(call, &fault))?;
    let bandwidth = bandwidth(body.bandwidth)?;
    let new = parse(call, body.publicip, bandwidth, body.enterprise_project_id)?;
    let (it, _) = call
        .write(move |tx, cx| {
            let it = publicip::create(tx, cx, new.clone())?;
            publicip::with_bandwidth(tx, it)
        })
        .map_err(|fault| refuse(call, fault))?;
    Ok(Reply::json(call.success, json!({"publicip": created(&it)})))
}

/// What a create answers.
pub fn created(it: &PublicIp) -> Value {
    json!({
        "id": it.head.id,
        "status": status(it),
        "type": it.pool,
        "public_ip_address": it.address,
        "ip_version": 4,
        "tenant_id": it.head.project,
        "create_time": time_spaced(it.head.created),
        // The size is not known to the answer of a create (notes, section 4.8).
        "bandwidth_size": 0,
        "enterprise_project_id": it.enterprise_project,
        "alias": it.alias,
    })
}

/// `GET /v1/{project_id}/publicips/{publicip_id}`
pub fn show(call: &Call<'_>) -> Result<Reply, Refusal> {
    let id = id(call)?;
    let shown = call
        .read(move |tx, cx| publicip::show(tx, cx, &id))
        .map_err(|fault| refuse(call, fault))?;
    Ok(Reply::json(
        call.success,
        json!({"publicip": render(call, &shown)}),
    ))
}

/// `PUT /v1/{project_id}/publicips/{publicip_id}`: a name, or a port to bind, or nothing to unbind.
pub fn update(call: &Call<'_>) -> Result<Reply, Refusal> {
    let id = id(call)?;
    let UpdateBody { publicip: wire } = call
        .body::<UpdateBody>()
        .map_err(|fault| faults::body(call, &fault))?;
    let wrong = |field: &str| invalid(call.group, field);
    let port = wire.port_id.filter(|port| !port.is_empty());
    let legal = |version: i64| matches!(version, 4 | 6) && port.is_none();
    if wire.ip_version.is_some_and(|version| !legal(version)) {
        return Err(wrong("ip_version"));
    }
    if wire
        .alias
        .as_deref()
        .is_some_and(|alias| !is_name(alias, 1))
    {
        return Err(wrong("alias"));
    }
    let (alias, version) = (wire.alias, wire.ip_version);
    let malformed = port.as_deref().is_some_and(|port| !is_uuid(port));
    let shown = call.write(move |tx, cx| {
        let it = match (&alias, &port) {
            // With both, only the name is applied.
            (Some(alias), _) => publicip::rename(tx, cx, &id, alias.clone())?,
            (None, Some(_)) if malformed => {
                publicip::must_be_changeable(tx, cx, &id)?;
                return Ok(None);
            }
            (None, Some(port)) => publicip::bind(tx, cx, &id, port)?,
            (None, None) if version.is_some() => {
                publicip::translate(tx, cx, &id, version == Some(6))?
            }
            (None, None) => publicip::unbind(tx, cx, &id)?,
        };
        publicip::with_bandwidth(tx, it).map(Some)
    });
    match shown.map_err(|fault| refuse(call, fault))? {
        Some(shown) => Ok(Reply::json(
            call.success,
            json!({"publicip": base(call, &shown)}),
        )),
        None => Err(wrong("port_id")),
    }
}

/// `DELETE /v1/{project_id}/publicips/{publicip_id}`
pub fn delete(call: &Call<'_>) -> Result<Reply, Refusal> {
    let id = id(call)?;
    call.write(move |tx, cx| publicip::delete(tx, cx, &id))
        .map_err(|fault| refuse(call, fault))?;
    Ok(Reply::empty(call.success))
}

/// VPC.0301 for what is missing or badly formed, VPC.0501 for a wrong value or reference.
pub fn bandwidth(wire: Option<BandwidthWire>) -> Result<NewBandwidth, Refusal> {
    let malformed = || Refusal::new(errors::CREATE_PUBLICIP_0301);
    let wrong = || Refusal::new(errors::CREATE_PUBLICIP_0501);
    let wire = wire.ok_or_else(malformed)?;
    let charge_mode = wire.charge_mode.unwrap_or_else(|| "bandwidth".to_owned());
    if !matches!(charge_mode.as_str(), "bandwidth" | "traffic") {
        return Err(malformed());
    }
    match wire.share_type.as_deref() {
        None | Some("") => Err(malformed()),
        Some("PER") => Ok(NewBandwidth::Dedicated {
            name: wire
                .name
                .filter(|name| is_name(name, 1))
                .ok_or_else(malformed)?,
            size: wire.size.and_then(legal_size).ok_or_else(malformed)?,
            charge_mode,
        }),
        Some("WHOLE") => {
            let id = wire.id.filter(|id| !id.is_empty()).ok_or_else(malformed)?;
            if is_uuid(&id) {
                Ok(NewBandwidth::Shared(id))
            } else {
                Err(wrong())
            }
        }
        Some(_) => Err(wrong()),
    }
}

/// The input that is meant.
pub fn parse(
    call: &Call<'_>,
    wire: Option<CreateWire>,
    bandwidth: NewBandwidth,
    enterprise_project: Option<String>,
) -> Result<NewPublicIp, Refusal> {
    let wrong = |field: &str| invalid(call.group, field);
    let wire = wire.ok_or_else(|| wrong("publicip"))?;
    let enterprise_project = enterprise_project.unwrap_or_else(|| "0".to_owned());
    if !is_enterprise_project(&enterprise_project) {
        return Err(wrong("enterprise_project_id"));
    }
    if wire
        .ip_version
        .is_some_and(|version| !matches!(version, 4 | 6))
    {
        return Err(wrong("ip_version"));
    }
    let alias = wire.alias.unwrap_or_default();
    if !alias.is_empty() && !is_name(&alias, 1) {
        return Err(wrong("alias"));
    }
    Ok(NewPublicIp {
        pool: wire.pool.ok_or_else(|| wrong("type"))?,
        address: wire.ip_address.filter(|address| !address.is_empty()),
        alias,
        port: wire.port_id.filter(|port| !port.is_empty()),
        bandwidth,
        enterprise_project,
    })
}

fn id(call: &Call<'_>) -> Result<String, Refusal> {
    let id = call.param("publicip_id");
    if is_uuid(id) {
        Ok(id.to_owned())
    } else {
        Err(invalid(call.group, "publicip_id"))
    }
}

pub(super) fn private_address(it: &PublicIp) -> Option<String> {
    match &it.bound {
        Some(Binding::Port { address, .. }) => Some(address.to_string()),
        _ => None,
    }
}

/// What a read shows.
pub(super) fn render(call: &Call<'_>, shown: &Shown) -> Value {
    let more = json!({
        "public_border_group": shown.0.border_group,
        "allow_share_bandwidth_types": ["share"],
        "tags": shown.0.tags.iter().map(|tag| format!("{}={}", tag.key, tag.value)).collect::<Vec<_>>(),
    });
    wire::merged(base(call, shown), more)
}

/// What an update answers too.
fn base(call: &Call<'_>, (it, bandwidth): &Shown) -> Value {
    let bound = it
        .port()
        .map(|port| json!({"port_id": port, "private_ip_address": private_address(it)}));
    let translated = it
        .ipv6()
        .map(|address| json!({"public_ipv6_address": address, "ip_version": 6}));
    let shown = json!({
        "id": it.head.id,
        "status": status(it),
        "profile": profile(call, it),
        "type": it.pool,
        "public_ip_address": it.address,
        "ip_version": 4,
        "tenant_id": it.head.project,
        "create_time": time_spaced(it.head.created),
        "bandwidth_id": bandwidth.head.id,
        "bandwidth_name": bandwidth.name,
        "bandwidth_size": bandwidth.size,
        "bandwidth_share_type": share_type(bandwidth),
        "enterprise_project_id": it.enterprise_project,
        "alias": it.alias,
    });
    let shown = wire::merged(shown, bound.unwrap_or_default());
    wire::merged(shown, translated.unwrap_or_default())
}

/// The order behind an address that is paid in advance.
fn profile(call: &Call<'_>, it: &PublicIp) -> Value {
    it.charge.as_ref().map_or(json!({}), |charge| {
        json!({
            "order_id": charge.order,
            "product_id": "publicip",
            "region_id": call.region,
            "user_id": call.caller.user,
        })
    })
}

fn status(it: &PublicIp) -> &'static str {
    match (it.head.state(), &it.bound) {
        (State::Creating, _) => "PENDING_CREATE",
        (
            State::Updating | State::Active,
            Some(Binding::Port {
                load_balancer: true,
                ..
            }),
        ) => "ELB",
        (
            State::Updating | State::Active,
            Some(Binding::Port { .. } | Binding::NatGateway { .. }),
        ) => "ACTIVE",
        (State::Updating | State::Active, Some(Binding::Gateway { .. })) => "VPN",
        (State::Updating | State::Active, None) => "DOWN",
        (State::Deleting, _) => "PENDING_DELETE",
        (State::Frozen, _) => "FREEZED",
        (State::Failed, _) => "ERROR",
    }
}
