//! What the v3 API shows of a public address, and what its list can select.

use serde_json::{Value, json};
use vpcd_domain::State;
use vpcd_domain::pool::stable_id;
use vpcd_domain::port::Port;
use vpcd_domain::publicip::{Binding, PublicIp, View};

use super::bandwidth::{billing, share_type};
use super::publicip::private_address;
use super::selection::{Filter, How, Rules, filter, is};
use crate::wire::{merged, time_z};

/// Fields that are shown only to who asks for them.
pub const HIDDEN: &[&str] = &[
    "network_type",
    "fake_network_type",
    "tags",
    "associate_instance_metadata",
    "associate_mode",
    "cascade_delete_by_instance",
    "billing_mode",
];

/// What the list can select.
pub static RULES: Rules = Rules {
    filters: FILTERS,
    sort_keys: &[
        "id",
        "public_ip_address",
        "public_ipv6_address",
        "ip_version",
        "created_at",
        "updated_at",
        "public_border_group",
    ],
    hidden: HIDDEN,
};

const FILTERS: &[Filter] = &[
    is("id"),
    filter("ip_version", "ip_version", How::OneOf(&["4", "6"])),
    is("public_ip_address"),
    filter("public_ip_address_like", "public_ip_address", How::Like),
    is("public_ipv6_address"),
    filter("public_ipv6_address_like", "public_ipv6_address", How::Like),
    is("type"),
    is("network_type"),
    is("publicip_pool_name"),
    filter(
        "status",
        "status",
        How::OneOf(&["FREEZED", "DOWN", "ACTIVE", "ERROR"]),
    ),
    filter("alias_like", "alias", How::Like),
    is("alias"),
    is("description"),
    is("vnic.private_ip_address"),
    filter(
        "vnic.private_ip_address_like",
        "vnic.private_ip_address",
        How::Like,
    ),
    is("vnic.device_id"),
    is("vnic.device_owner"),
    is("vnic.vpc_id"),
    is("vnic.port_id"),
    filter(
        "vnic.device_owner_prefixlike",
        "vnic.device_owner",
        How::Prefix,
    ),
    is("vnic.instance_type"),
    is("vnic.instance_id"),
    is("bandwidth.id"),
    is("bandwidth.name"),
    filter("bandwidth.name_like", "bandwidth.name", How::Like),
    is("bandwidth.size"),
    is("bandwidth.share_type"),
    is("bandwidth.charge_mode"),
    is("billing_info"),
    filter(
        "billing_mode",
        "billing_mode",
        How::OneOf(&["YEARLY_MONTHLY", "PAY_PER_USE"]),
    ),
    is("associate_instance_type"),
    is("associate_instance_id"),
    is("enterprise_project_id"),
    is("public_border_group"),
    filter(
        "allow_share_bandwidth_type_any",
        "allow_share_bandwidth_types",
        How::Is,
    ),
];

/// What a read shows, hidden fields included.
pub fn full(region: &str, view: &View) -> Value {
    let it = &view.it;
    let tags = it
        .tags
        .iter()
        .map(|tag| format!("{}={}", tag.key, tag.value));
    let more = json!({
        "network_type": it.pool,
        "fake_network_type": false,
        "tags": tags.collect::<Vec<_>>(),
        "associate_instance_metadata": null,
        "associate_mode": null,
        "cascade_delete_by_instance": false,
        "billing_mode": if it.charge.is_some() { "YEARLY_MONTHLY" } else { "PAY_PER_USE" },
        "profile": {"standalone": true, "create_time": time_z(it.head.created)},
        "allow_share_bandwidth_types": ["share"],
    });
    merged(base(region, view), more)
}

/// Order, product, region and project of an address that is paid in advance.
pub fn order(region: &str, it: &PublicIp) -> Option<String> {
    let project = &it.head.project;
    let charge = it.charge.as_ref();
    charge.map(|it| format!("{}:publicip:{region}:{project}", it.order))
}

/// What a change answers too.
pub fn base(region: &str, view: &View) -> Value {
    let (it, bandwidth) = (&view.it, &view.bandwidth);
    let (instance_type, instance_id) = instance(view).unzip();
    json!({
        "id": it.head.id,
        "project_id": it.head.project,
        "ip_version": if it.nat64 { 6 } else { 4 },
        "public_ip_address": it.address,
        "public_ipv6_address": it.ipv6(),
        "status": status(view),
        "description": it.description,
        "public_border_group": it.border_group,
        "created_at": time_z(it.head.created),
        "updated_at": time_z(it.head.updated),
        "type": "EIP",
        "vnic": vnic(view),
        "bandwidth": {
            "id": bandwidth.head.id,
            "size": bandwidth.size,
            "share_type": share_type(bandwidth),
            "charge_mode": bandwidth.charge_mode,
            "name": bandwidth.name,
            "billing_info": billing(region, bandwidth),
        },
        "enterprise_project_id": it.enterprise_project,
        "billing_info": order(region, it),
        "lock_status": it.head.frozen.then_some("locked"),
        "associate_instance_type": instance_type,
        "associate_instance_id": instance_id,
        "publicip_pool_id": stable_id("pool", &it.pool),
        "publicip_pool_name": view.pool,
        "alias": it.alias,
    })
}

/// What the address is bound to, as associating names it: a load balancer by its own id, not by its port's.
fn instance(view: &View) -> Option<(&'static str, &str)> {
    let balancer = |port: &'_ Port| !port.device_id.is_empty();
    match view.it.bound.as_ref()? {
        Binding::Gateway { id } => Some(("VPN", id)),
        Binding::NatGateway { id, .. } => Some(("NATGW", id)),
        Binding::Port {
            load_balancer: true,
            classic,
            id,
            ..
        } => {
            let port = view.port.as_ref().filter(|port| balancer(port));
            let kind = if *classic { "ELBV1" } else { "ELB" };
            Some((kind, port.map_or(id, |port| &port.device_id)))
        }
        Binding::Port { id, .. } => Some(("PORT", id)),
    }
}

/// The interface behind the address; `null` while it is free.
fn vnic(view: &View) -> Value {
    let Some((kind, id)) = instance(view) else {
        return Value::Null;
    };
    let (kind, id) = match kind {
        // A port is no instance; what it belongs to is its device.
        "PORT" => ("", ""),
        kind => (kind, id),
    };
    let port = view.port.as_ref();
    json!({
        "private_ip_address": private_address(&view.it),
        "device_id": port.map_or("", |port| &port.device_id),
        "device_owner": port.map_or("", |port| &port.device_owner),
        "vpc_id": view.vpc,
        "port_id": port.map(|port| &port.head.id),
        "port_profile": null,
        "mac": port.map(|port| &port.mac),
        "vtep": null,
        "vni": null,
        "instance_id": id,
        "instance_type": kind,
    })
}

/// One word for bound, whatever it is bound to; v1 has a word for each.
fn status(view: &View) -> &'static str {
    match view.it.head.state() {
        State::Creating => "PENDING_CREATE",
        State::Deleting => "PENDING_DELETE",
        State::Frozen => "FREEZED",
        State::Failed => "ERROR",
        State::Active | State::Updating if view.it.bound.is_some() => "ACTIVE",
        State::Active | State::Updating => "DOWN",
    }
}
