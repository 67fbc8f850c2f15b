//! How many addresses of a network there are, and how many are used. Those that the platform keeps are not counted.

use serde_json::{Value, json};
use vpcd_dialect::{Call, Refusal, Reply};
use vpcd_domain::index::{self, Narrow};
use vpcd_domain::subnet::Subnet;
use vpcd_domain::{Fault, Tx};

use crate::faults::{invalid, refuse};
use crate::wire::{self, among, is_uuid};

/// `GET /v2.0/network-ip-availabilities/{network_id}`
pub fn show(call: &Call<'_>) -> Result<Reply, Refusal> {
    let id = call.param("network_id").to_owned();
    if !is_uuid(&id) {
        return Err(invalid(call.group, "network_id"));
    }
    let shown = call
        .read(move |tx, cx| {
            let subnet: Subnet = tx.get(&cx.caller.project, &id)?;
            render(tx, &subnet)
        })
        .map_err(|fault| refuse(call, fault))?;
    Ok(Reply::json(
        call.success,
        json!({"network_ip_availability": shown}),
    ))
}

/// `GET /v2.0/network-ip-availabilities`
pub fn list(call: &Call<'_>) -> Result<Reply, Refusal> {
    let page = wire::page(call).map_err(|field| invalid(call.group, field))?;
    let ids = wire::values(call, "network_id");
    let name = call.query.get("network_name");
    let names: Vec<String> = name.into_iter().map(str::to_owned).collect();
    let four = among(&wire::values(call, "ip_version"), "4");
    let shown = call
        .read(move |tx, cx| {
            let narrow = Narrow {
                ids: &ids,
                by: &[("name", &names)],
            };
            let wanted = |subnet: &Subnet| four && among(&names, &subnet.name);
            let (project, marker) = (&cx.caller.project, page.marker.as_deref());
            let subnets = index::page(tx, project, narrow, wanted, marker, page.limit)?;
            let shown = subnets.iter().map(|subnet| render(tx, subnet));
            shown.collect::<Result<Vec<_>, _>>()
        })
        .map_err(|fault| refuse(call, fault))?;
    Ok(Reply::json(
        call.success,
        json!({"network_ip_availabilities": shown}),
    ))
}

fn render(tx: &mut Tx<'_>, subnet: &Subnet) -> Result<Value, Fault> {
    let total = subnet.usable();
    let used = total.saturating_sub(subnet.space().free(tx)?);
    Ok(json!({
        "network_id": subnet.head.id,
        "network_name": subnet.name,
        "tenant_id": subnet.head.project,
        "total_ips": total,
        "used_ips": used,
        "subnet_ip_availability": [{
            "subnet_id": subnet.layer_id,
            "subnet_name": subnet.name,
            "ip_version": 4,
            "cidr": subnet.cidr,
            "total_ips": total,
            "used_ips": used,
        }],
    }))
}
