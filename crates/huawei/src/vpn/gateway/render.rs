//! Gateways as the answers show them.

use serde_json::{Value, json};
use vpcd_domain::State;
use vpcd_domain::bandwidth::Bandwidth;
use vpcd_domain::publicip::PublicIp;
use vpcd_domain::vpn::gateway::{Attachment, HaMode, NEWEST, Network, View};
use vpcd_net::Family;

use crate::vpn::eip;
use crate::vpn::parse::time;
use crate::vpn::template;
use crate::wire;

/// What every answer shows, and the answer to a create no more than that.
pub fn common(view: &View) -> Value {
    let it = &view.gateway;
    let (vpc, connect) = match &it.attachment {
        Attachment::Vpc { vpc, subnet } => (Some(vpc), Some(subnet)),
        Attachment::Router { .. } => (None, None),
    };
    let behind = |family| {
        vpc.filter(|_| it.carries == family)
            .map(|_| &it.local_subnets)
    };
    json!({
        "id": it.head.id,
        "name": it.name,
        "attachment_type": if it.router().is_some() { "er" } else { "vpc" },
        "ip_version": if it.carries == Family::V4 { "ipv4" } else { "ipv6" },
        "er_id": it.router(),
        "vpc_id": vpc,
        "connect_subnet": connect,
        "local_subnets": behind(Family::V4),
        "local_subnets_v6": behind(Family::V6),
        "network_type": match it.network { Network::Public => "public", Network::Private => "private" },
        "access_vpc_id": it.access.as_ref().map(|access| &access.vpc),
        "access_subnet_id": it.access.as_ref().map(|access| &access.subnet),
        "bgp_asn": it.bgp_asn,
        "flavor": it.flavor,
        "connection_number": view.flavor.as_ref().map(|flavor| flavor.connections),
        "used_connection_number": view.used_connections,
        "used_connection_group": view.used_groups,
        "enterprise_project_id": it.enterprise_project,
        "ha_mode": match it.ha_mode { HaMode::Both => "active-active", HaMode::Standby => "active-standby" },
        "policy_template": it.template.as_ref().map(template::render),
        "tags": it.tags,
    })
}

/// The answer to a change: also what is known once the gateway has been created.
pub fn changed(region: &str, view: &View) -> Value {
    let it = &view.gateway;
    let private = |at: usize| match it.network {
        Network::Private => it.slots[at].as_ref().map(|slot| slot.address),
        Network::Public => None,
    };
    let shown = json!({
        "certificate_id": view.certificate,
        "access_private_ip_1": private(0),
        "access_private_ip_2": private(1),
        "availability_zone_ids": it.zones,
    });
    let mut shown = wire::merged(common(view), shown);
    if it.head.state() != State::Creating {
        let [first, second] = view
            .public
            .each_ref()
            .map(|slot| slot.as_ref().map(|it| address(region, it)));
        let created = json!({
            "eip1": first,
            "eip2": second,
            // Two names of the past that clients still read.
            "master_eip": first,
            "slave_eip": second,
            "created_at": time(it.head.created),
            "updated_at": time(it.head.updated),
        });
        shown = wire::merged(shown, created);
    }
    shown
}

/// What a read shows.
pub fn full(region: &str, view: &View) -> Value {
    let it = &view.gateway;
    let attachment = match &it.attachment {
        Attachment::Router { attachment, .. } => Some(attachment),
        Attachment::Vpc { .. } => None,
    };
    let shown = json!({
        "status": status(it.head.state()),
        "er_attachment_id": attachment,
        "public_border_group": it.border_group,
        "applied_at": (it.head.state() != State::Creating).then(|| time(it.head.created)),
        "supported_flavors": view.replacements,
        // Connection logs came with the second release; gateways of the first may be upgraded.
        "supported_features": if it.version < NEWEST { &[][..] } else { &["query_connection_log"] },
        "upgrade_info": if it.version < NEWEST { "ready" } else { "unready" },
        // A word of the past: every gateway works at two addresses, whichever way they share the work.
        "high_availability": true,
        // A frozen gateway may still be deleted.
        "lock_status": it.head.frozen.then_some(1),
    });
    wire::merged(changed(region, view), shown)
}

/// An address, with the name that its type had before.
fn address(region: &str, it: &(PublicIp, Bandwidth)) -> Value {
    wire::merged(eip::info(region, it), json!({"network_type": it.0.pool}))
}

fn status(state: State) -> &'static str {
    match state {
        State::Creating => "PENDING_CREATE",
        State::Updating => "PENDING_UPDATE",
        State::Deleting => "PENDING_DELETE",
        State::Active => "ACTIVE",
        State::Failed => "FAULT",
        State::Frozen => "FREEZED",
    }
}
