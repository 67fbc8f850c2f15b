//! Connections as the answers show them.

use jiff::Timestamp;
use serde_json::{Value, json};
use vpcd_domain::State;
use vpcd_domain::vpn::connection::{Role, Style, View};
use vpcd_net::Family;

use crate::vpn::parse::time;
use crate::vpn::{bgp, proposal};
use crate::wire;

/// What the answer to a create shows.
pub fn created(view: &View) -> Value {
    let monitored = json!({"enable_health_check": view.monitor.is_some()});
    wire::merged(common(view), monitored)
}

/// What the answer to a change shows.
pub fn changed(view: &View) -> Value {
    let monitor = json!({"connection_monitor_id": view.monitor});
    wire::merged(common(view), monitor)
}

fn common(view: &View) -> Value {
    let it = &view.connection;
    let four = view.carries == Family::V4;
    let rules: Vec<Value> = it
        .rules
        .iter()
        .zip(1..)
        .map(|(rule, index)| json!({"rule_index": index, "source": rule.source, "destination": rule.destinations}))
        .collect();
    let (style, kind) = match it.style {
        Style::Policy => ("POLICY", "POLICY"),
        Style::Static => ("STATIC", "ROUTE"),
        Style::Bgp => ("BGP", "ROUTE"),
    };
    let route_mode = match it.style {
        Style::Policy => None,
        Style::Static => Some("static"),
        Style::Bgp => Some("bgp"),
    };
    json!({
        "id": it.head.id,
        "name": it.name,
        "vgw_id": it.gateway(),
        "vgw_ip": it.gateway_ip,
        "style": style,
        "cgw_id": it.customer_gateway,
        "peer_subnets": four.then_some(&it.peer_subnets),
        "peer_subnets_v6": (!four).then_some(&it.peer_subnets),
        "tunnel_local_address": format!("{}/30", it.tunnel.local),
        "tunnel_peer_address": format!("{}/30", it.tunnel.peer),
        "enable_nqa": (it.style == Style::Static).then_some(it.link_detection),
        "enable_hub": (it.style == Style::Bgp).then_some(it.hub),
        "policy_rules": four.then_some(&rules),
        "policy_rules_v6": (!four).then_some(&rules),
        "ikepolicy": proposal::render_ike(view),
        "ipsecpolicy": proposal::render_ipsec(view),
        "created_at": time(it.head.created),
        "updated_at": time(it.head.updated),
        "enterprise_project_id": it.enterprise_project,
        "ha_role": match it.role { Role::Master => "master", Role::Slave => "slave" },
        "tags": it.tags,
        // Three names of the past.
        "eip_id": it.gateway_ip,
        "type": kind,
        "route_mode": route_mode,
    })
}

/// What a read shows.
pub fn full(view: &View, now: Timestamp) -> Value {
    let more = json!({"status": status(view), "bgp_peer": bgp::peer(view, now)});
    wire::merged(changed(view), more)
}

fn status(view: &View) -> &'static str {
    match view.connection.head.state() {
        State::Creating => "PENDING_CREATE",
        State::Updating => "PENDING_UPDATE",
        State::Deleting => "PENDING_DELETE",
        State::Active if view.up => "ACTIVE",
        State::Active => "DOWN",
        State::Failed => "ERROR",
        State::Frozen => "FREEZED",
    }
}
