//! Firewall groups of the native API: firewalls that go by policies and are bound to the ports of gateways.

use serde::Deserialize;
use serde_json::{Value, json};
use vpcd_dialect::decode::nullable;
use vpcd_dialect::{Call, Refusal, Reply};
use vpcd_domain::firewall::{self, Firewall, FirewallChange, NewFirewall};
use vpcd_domain::{Context, Fault, Kind, State, Tx, condition};

use super::wire;
use crate::faults::neutron::invalid;
use crate::faults::{self, refuse};
use crate::generated::errors as row;
use crate::wire::time_v1;

#[derive(Deserialize)]
struct Body {
    firewall_group: GroupWire,
}

#[derive(Deserialize)]
struct GroupWire {
    name: Option<String>,
    description: Option<String>,
    #[serde(default, deserialize_with = "nullable")]
    ingress_firewall_policy_id: Option<Option<String>>,
    #[serde(default, deserialize_with = "nullable")]
    egress_firewall_policy_id: Option<Option<String>>,
    ports: Option<Vec<String>>,
    admin_state_up: Option<bool>,
}

/// `POST /v2.0/fwaas/firewall_groups`
pub fn create(call: &Call<'_>) -> Result<Reply, Refusal> {
    let wire = group(call)?;
    let ports = wire.ports.unwrap_or_default();
    let new = NewFirewall {
        name: wire.name.unwrap_or_default(),
        description: wire.description.unwrap_or_default(),
        enterprise_project: "0".to_owned(),
        tags: Vec::new(),
        enabled: wire.admin_state_up.unwrap_or(true),
        ingress: wire.ingress_firewall_policy_id.and_then(named),
        egress: wire.egress_firewall_policy_id.and_then(named),
        ports: ports.clone(),
    };
    let shown = call.write(move |tx, cx| {
        let firewall = firewall::create(tx, cx, new.clone())?;
        render(tx, &firewall)
    });
    let shown = shown.map_err(|fault| refused(call, &ports, fault))?;
    Ok(wire::one(call, "firewall_group", shown))
}

/// `GET /v2.0/fwaas/firewall_groups/{firewall_group_id}`
pub fn show(call: &Call<'_>) -> Result<Reply, Refusal> {
    let id = id(call);
    let shown = call.read(move |tx, cx| {
        condition::backend_reads(tx, cx)?;
        let firewall = tx.get::<Firewall>(&cx.caller.project, &id)?;
        render(tx, &firewall)
    });
    let shown = shown.map_err(|fault| refuse(call, fault))?;
    Ok(wire::one(call, "firewall_group", shown))
}

/// `GET /v2.0/fwaas/firewall_groups`
pub fn list(call: &Call<'_>) -> Result<Reply, Refusal> {
    let listing = wire::Listing::of(call)?;
    let find = |tx: &mut Tx<'_>, cx: &mut Context<'_>, id: &str| {
        let found = tx.find::<Firewall>(&cx.caller.project, id)?;
        found.map(|it| render(tx, &it)).transpose()
    };
    wire::list(call, "firewall_groups", &listing, find, |tx, cx, way, n| {
        let groups = tx.walk::<Firewall>(&cx.caller.project, None, way, n)?;
        groups.iter().map(|it| render(tx, it)).collect()
    })
}

/// `PUT /v2.0/fwaas/firewall_groups/{firewall_group_id}`
pub fn update(call: &Call<'_>) -> Result<Reply, Refusal> {
    let id = id(call);
    let wire = group(call)?;
    let ports = wire.ports.clone().unwrap_or_default();
    let change = FirewallChange {
        name: wire.name,
        description: wire.description,
        enabled: wire.admin_state_up,
        ingress: wire.ingress_firewall_policy_id.map(named),
        egress: wire.egress_firewall_policy_id.map(named),
        ports: wire.ports,
    };
    let shown = call.write(move |tx, cx| {
        let firewall = firewall::update(tx, cx, &id, change.clone())?;
        render(tx, &firewall)
    });
    let shown = shown.map_err(|fault| refused(call, &ports, fault))?;
    Ok(wire::one(call, "firewall_group", shown))
}

/// `DELETE /v2.0/fwaas/firewall_groups/{firewall_group_id}`: its ports are unbound with it, as clients expect that
/// never unbind them.
pub fn delete(call: &Call<'_>) -> Result<Reply, Refusal> {
    let id = id(call);
    call.write(move |tx, cx| firewall::release(tx, cx, &id))
        .map_err(|fault| refuse(call, fault))?;
    Ok(Reply::empty(call.success))
}

/// A text of at most 255 characters.
pub fn legal(field: &str, text: Option<String>) -> Result<Option<String>, Refusal> {
    match text {
        Some(text) if text.chars().count() > 255 => {
            Err(invalid(&format!("'{field}' exceeds maximum length of 255")))
        }
        text => Ok(text),
    }
}

fn group(call: &Call<'_>) -> Result<GroupWire, Refusal> {
    let Body {
        firewall_group: mut wire,
    } = call.body().map_err(|fault| faults::body(call, &fault))?;
    wire.name = legal("name", wire.name)?;
    wire.description = legal("description", wire.description)?;
    Ok(wire)
}

/// An id; an empty text is none.
fn named(id: Option<String>) -> Option<String> {
    id.filter(|id| !id.is_empty())
}

fn id(call: &Call<'_>) -> String {
    call.param("firewall_group_id").to_owned()
}

fn refused(call: &Call<'_>, ports: &[String], fault: Fault) -> Refusal {
    match &fault {
        Fault::InUse {
            kind: Kind::Subnet, ..
        } => Refusal::new(row::NEUTRON_FIREWALL_GROUP_PORT_IN_USE)
            .with([ports.join(",")])
            .because(fault.to_string()),
        Fault::Unsuitable {
            kind: Kind::Port,
            id,
            ..
        } => Refusal::new(row::NEUTRON_FIREWALL_GROUP_PORT_INVALID)
            .with([id.clone()])
            .because(fault.to_string()),
        _ => refuse(call, fault),
    }
}

fn render(tx: &mut Tx<'_>, it: &Firewall) -> Result<Value, Fault> {
    let ports = firewall::ports(tx, it)?;
    Ok(json!({
        "id": it.head.id,
        "name": it.name,
        "description": it.description,
        "admin_state_up": it.enabled,
        "ingress_firewall_policy_id": it.ingress,
        "egress_firewall_policy_id": it.egress,
        "ports": ports,
        "public": false,
        "status": status(it),
        "tenant_id": it.head.project,
        "project_id": it.head.project,
        "created_at": time_v1(it.head.created),
        "updated_at": time_v1(it.head.updated),
    }))
}

fn status(it: &Firewall) -> &'static str {
    match it.head.state() {
        State::Creating => "PENDING_CREATE",
        State::Updating => "PENDING_UPDATE",
        State::Deleting => "PENDING_DELETE",
        State::Failed => "ERROR",
        State::Active | State::Frozen if it.is_active() => "ACTIVE",
        State::Active | State::Frozen => "INACTIVE",
    }
}
