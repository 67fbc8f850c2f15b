//! Bandwidths, v1.

use serde::Deserialize;
use serde_json::{Value, json};
use vpcd_dialect::{Call, Refusal, Reply};
use vpcd_domain::bandwidth::{self, Bandwidth, BandwidthChange};
use vpcd_domain::publicip::PublicIp;
use vpcd_domain::{Fault, State, condition};

use crate::faults::{self, invalid, refuse};
use crate::wire::{self, is_name, is_uuid, time_z};

#[derive(Deserialize)]
struct Body {
    bandwidth: UpdateWire,
}

/// What a change may name.
#[derive(Deserialize)]
pub struct UpdateWire {
    name: Option<String>,
    #[serde(default, deserialize_with = "vpcd_dialect::decode::integer")]
    size: Option<i64>,
    charge_mode: Option<String>,
}

/// `GET /v1/{project_id}/bandwidths/{bandwidth_id}`
pub fn show(call: &Call<'_>) -> Result<Reply, Refusal> {
    let id = id(call)?;
    let shown = call
        .read(move |tx, cx| bandwidth::show(tx, cx, &id))
        .map_err(|fault| refuse(call, fault))?;
    Ok(Reply::json(
        call.success,
        json!({"bandwidth": render(call.region, &shown)}),
    ))
}

/// `GET /v1/{project_id}/bandwidths`
pub fn list(call: &Call<'_>) -> Result<Reply, Refusal> {
    let page = wire::page(call).map_err(|field| invalid(call.group, field))?;
    let project = wire::enterprise_project(call).map_err(|field| invalid(call.group, field))?;
    let shared = match call.query.get("share_type") {
        None => None,
        Some("PER") => Some(false),
        Some("WHOLE") => Some(true),
        Some(_) => return Err(invalid(call.group, "share_type")),
    };
    let shown = call
        .read(move |tx, cx| {
            condition::backend_reads(tx, cx)?;
            // VPC.0306 of the list can only mean the marker.
            if let Some(marker) = &page.marker {
                tx.get::<Bandwidth>(&cx.caller.project, marker)?;
            }
            let wanted = |it: &Bandwidth| {
                project
                    .as_deref()
                    .is_none_or(|project| it.enterprise_project == project)
                    && shared.is_none_or(|shared| it.shared == shared)
            };
            let found =
                wire::filtered(
                    page.limit,
                    page.marker.clone(),
                    wanted,
                    |after, limit| match shared {
                        Some(true) => bandwidth::list_shared(tx, cx, after, limit),
                        _ => tx.list(&cx.caller.project, after, limit),
                    },
                )?;
            found
                .into_iter()
                .map(|it| {
                    let addresses = bandwidth::addresses(tx, &it)?;
                    Ok((it, addresses))
                })
                .collect::<Result<Vec<_>, Fault>>()
        })
        .map_err(|fault| refuse(call, fault))?;
    Ok(Reply::json(
        call.success,
        json!({"bandwidths": shown.iter().map(|it| render(call.region, it)).collect::<Vec<_>>()}),
    ))
}

/// `PUT /v1/{project_id}/bandwidths/{bandwidth_id}`
pub fn update(call: &Call<'_>) -> Result<Reply, Refusal> {
    let id = id(call)?;
    let Body { bandwidth: wire } = call
        .body::<Body>()
        .map_err(|fault| faults::body(call, &fault))?;
    let change = wire.change().map_err(|field| invalid(call.group, field))?;
    let shown = call
        .write(move |tx, cx| bandwidth::update(tx, cx, &id, change.clone()))
        .map_err(|fault| refuse(call, fault))?;
    Ok(Reply::json(
        call.success,
        json!({"bandwidth": render(call.region, &shown)}),
    ))
}

impl UpdateWire {
    /// The change that is meant; the name of the field that is wrong otherwise.
    pub fn change(self) -> Result<BandwidthChange, &'static str> {
        if self.name.is_none() && self.size.is_none() {
            return Err("bandwidth");
        }
        if self.name.as_deref().is_some_and(|name| !is_name(name, 1)) {
            return Err("name");
        }
        let modes = ["bandwidth", "traffic", "95peak_plus"];
        if (self.charge_mode.as_deref()).is_some_and(|mode| !modes.contains(&mode)) {
            return Err("charge_mode");
        }
        let size = match self.size {
            Some(size) => Some(legal_size(size).ok_or("size")?),
            None => None,
        };
        Ok(BandwidthChange {
            name: self.name,
            size,
            charge_mode: self.charge_mode,
        })
    }
}

/// A size on the ladder of the contract: steps of 1 up to 300 Mbit/s, of 50 up to 1000, of 500 up to 2000.
pub fn legal_size(size: i64) -> Option<u32> {
    let on_step = match size {
        1..=300 => true,
        301..=1000 => size % 50 == 0,
        1001..=2000 => size % 500 == 0,
        _ => false,
    };
    u32::try_from(size).ok().filter(|_| on_step)
}

/// The bandwidth of the path.
pub fn id(call: &Call<'_>) -> Result<String, Refusal> {
    let id = call.param("bandwidth_id");
    if is_uuid(id) {
        Ok(id.to_owned())
    } else {
        Err(invalid(call.group, "bandwidth_id"))
    }
}

/// A bandwidth with the addresses in it, as every read shows it.
pub fn render(region: &str, (bandwidth, addresses): &(Bandwidth, Vec<PublicIp>)) -> Value {
    let inside = addresses.iter().map(|it| {
        json!({
            "publicip_id": it.head.id,
            "publicip_address": it.address,
            "publicip_type": it.pool,
            "ip_version": 4,
        })
    });
    let shown = json!({
        "id": bandwidth.head.id,
        "name": bandwidth.name,
        "size": bandwidth.size,
        "share_type": share_type(bandwidth),
        "bandwidth_type": if bandwidth.shared { "share" } else { "bgp" },
        "charge_mode": bandwidth.charge_mode,
        "billing_info": billing(region, bandwidth),
        "tenant_id": bandwidth.head.project,
        "enterprise_project_id": bandwidth.enterprise_project,
        "publicip_info": inside.collect::<Vec<_>>(),
        "status": if bandwidth.head.state() == State::Frozen { "FREEZED" } else { "NORMAL" },
        "public_border_group": bandwidth.border_group,
        "created_at": time_z(bandwidth.head.created),
        "updated_at": time_z(bandwidth.head.updated),
    });
    wire::merged(shown, super::bandwidth_rule::of(bandwidth, addresses))
}

/// Order, product, region and project of what is paid in advance; nothing otherwise.
pub fn billing(region: &str, bandwidth: &Bandwidth) -> String {
    let project = &bandwidth.head.project;
    bandwidth.charge.as_ref().map_or(String::new(), |it| {
        format!("{}:bandwidth:{region}:{project}", it.order)
    })
}

/// `PER` for a bandwidth of one address, `WHOLE` for a shared one.
pub fn share_type(bandwidth: &Bandwidth) -> &'static str {
    if bandwidth.shared { "WHOLE" } else { "PER" }
}

#[cfg(test)]
mod tests {
    use super::legal_size;

    #[test]
    fn sizes_climb_in_steps() {
        for (size, legal) in [
            (1, true),
            (300, true),
            (301, false),
            (350, true),
            (1000, true),
            (1050, false),
        ] {
            assert_eq!(legal_size(size).is_some(), legal, "{size}");
        }
        for (size, legal) in [
            (0, false),
            (-1, false),
            (1500, true),
            (2000, true),
            (2500, false),
        ] {
            assert_eq!(legal_size(size).is_some(), legal, "{size}");
        }
    }
}
