//! Networks, native.

use serde::Deserialize;
use serde_json::{Value, json};
use vpcd_dialect::{Call, Refusal, Reply};
use vpcd_domain::network::{self, Network, NetworkChange, NewNetwork};
use vpcd_domain::{Context, Fault, State, Tx, Way, pool};

use super::wire::{self, Listing};
use crate::faults::{self, refuse};
use crate::wire::time_v1;

/// The network of all public addresses; every region of the cloud knows it by this id.
pub const EXTERNAL: &str = "0a2228f2-7f8a-45f1-8e09-9039e1d09975";
/// Its name.
const EXTERNAL_NAME: &str = "admin_external_net";
/// Its owner: nobody that can sign in.
const OPERATOR: &str = "00000000000000000000000000000000";

#[derive(Deserialize)]
struct Body<T> {
    network: T,
}

#[derive(Deserialize)]
struct CreateWire {
    name: Option<String>,
    admin_state_up: Option<bool>,
    shared: Option<bool>,
    #[serde(rename = "router:external")]
    external: Option<bool>,
    #[serde(rename = "provider:network_type")]
    provider: Option<String>,
    port_security_enabled: Option<bool>,
}

#[derive(Deserialize)]
struct UpdateWire {
    name: Option<String>,
    admin_state_up: Option<bool>,
    shared: Option<bool>,
    port_security_enabled: Option<bool>,
}

/// `POST /v2.0/networks`
pub fn create(call: &Call<'_>) -> Result<Reply, Refusal> {
    let Body { network: wire } = call
        .body::<Body<CreateWire>>()
        .map_err(|fault| faults::body(call, &fault))?;
    wire::always("admin_state_up", wire.admin_state_up)?;
    let only_operators = [
        ("shared", wire.shared == Some(true)),
        ("router:external", wire.external == Some(true)),
        ("provider:network_type", wire.provider.is_some()),
    ];
    if let Some((attribute, _)) = only_operators.iter().find(|(_, asked)| *asked) {
        return Err(wire::forbidden(&format!("create_network:{attribute}")));
    }
    let new = NewNetwork {
        name: wire::name(wire.name.unwrap_or_default())?,
        unguarded: wire.port_security_enabled == Some(false),
    };
    let made = call
        .write(move |tx, cx| network::create(tx, cx, new.clone()))
        .map_err(|fault| refuse(call, fault))?;
    Ok(wire::one(call, "network", render(&made)))
}

/// `GET /v2.0/networks/{network_id}`
pub fn show(call: &Call<'_>) -> Result<Reply, Refusal> {
    let id = call.param("network_id").to_owned();
    let found = call
        .read(move |tx, cx| {
            vpcd_domain::condition::backend_reads(tx, cx)?;
            match find(tx, cx, &id)? {
                Some(item) => Ok(item),
                None => network::get(tx, &cx.caller.project, &id).map(|it| render(&it)),
            }
        })
        .map_err(|fault| refuse(call, fault))?;
    Ok(wire::one(call, "network", found))
}

/// `GET /v2.0/networks`
pub fn list(call: &Call<'_>) -> Result<Reply, Refusal> {
    let listing = Listing::of(call)?;
    let external = listing.only("router:external").and_then(wire::truth);
    wire::list(call, "networks", &listing, find, |tx, cx, way, limit| {
        let outside = match external {
            Some(false) => None,
            _ => outside(tx)?,
        };
        if external == Some(true) {
            return Ok(wire::lone(way, outside));
        }
        let mine = network::walk(tx, &cx.caller.project, way, limit)?;
        let mine = mine.iter().map(render).collect();
        Ok(merged(mine, wire::lone(way, outside), way, limit))
    })
}

/// `PUT /v2.0/networks/{network_id}`
pub fn update(call: &Call<'_>) -> Result<Reply, Refusal> {
    let id = call.param("network_id").to_owned();
    let Body { network: wire } = call
        .body::<Body<UpdateWire>>()
        .map_err(|fault| faults::body(call, &fault))?;
    if id == EXTERNAL {
        return Err(wire::forbidden("update_network"));
    }
    wire::always("admin_state_up", wire.admin_state_up)?;
    if wire.shared == Some(true) {
        return Err(wire::forbidden("update_network:shared"));
    }
    let change = NetworkChange {
        name: wire.name.map(wire::name).transpose()?,
        unguarded: wire.port_security_enabled.map(|guarded| !guarded),
    };
    let changed = call
        .write(move |tx, cx| network::update(tx, cx, &id, change.clone()))
        .map_err(|fault| refuse(call, fault))?;
    Ok(wire::one(call, "network", render(&changed)))
}

/// `DELETE /v2.0/networks/{network_id}`
pub fn delete(call: &Call<'_>) -> Result<Reply, Refusal> {
    let id = call.param("network_id").to_owned();
    if id == EXTERNAL {
        return Err(wire::forbidden("delete_network"));
    }
    call.write(move |tx, cx| network::delete(tx, cx, &id))
        .map_err(|fault| refuse(call, fault))?;
    Ok(Reply::empty(call.success))
}

/// The network of all public addresses, when there are any.
fn outside(tx: &mut Tx<'_>) -> Result<Option<Value>, Fault> {
    let epoch = time_v1(jiff::Timestamp::UNIX_EPOCH);
    let shown = json!({
        "id": EXTERNAL,
        "name": EXTERNAL_NAME,
        "status": "ACTIVE",
        "admin_state_up": true,
        "shared": false,
        "subnets": [],
        "router:external": true,
        "provider:network_type": "vxlan",
        "availability_zone_hints": [],
        "availability_zones": [],
        "port_security_enabled": true,
        "dns_domain": "",
        "tenant_id": OPERATOR,
        "project_id": OPERATOR,
        "created_at": epoch,
        "updated_at": epoch,
    });
    Ok((!pool::list(tx)?.is_empty()).then_some(shown))
}

fn find(tx: &mut Tx<'_>, cx: &mut Context<'_>, id: &str) -> Result<Option<Value>, Fault> {
    if id == EXTERNAL {
        return outside(tx);
    }
    let found = network::find(tx, &cx.caller.project, id)?;
    Ok(found.as_ref().map(render))
}

/// Both lists as one, in the order of the way.
fn merged(mut mine: Vec<Value>, more: Vec<Value>, way: Way<'_>, limit: usize) -> Vec<Value> {
    let id = |item: &Value| item["id"].as_str().unwrap_or_default().to_owned();
    for item in more {
        let at = mine.partition_point(|it| match way.back {
            false => id(it) < id(&item),
            true => id(it) > id(&item),
        });
        mine.insert(at, item);
    }
    mine.truncate(limit);
    mine
}

fn render(network: &Network) -> Value {
    let head = network.head();
    let subnet = network.subnet();
    let zones: Vec<&str> = subnet
        .map(|it| it.zone.as_str())
        .filter(|zone| !zone.is_empty())
        .into_iter()
        .collect();
    json!({
        "id": head.id,
        "name": network.name(),
        "status": status(head.state()),
        "admin_state_up": true,
        "shared": false,
        "subnets": subnet.map(|it| &it.layer_id).into_iter().collect::<Vec<_>>(),
        "router:external": false,
        "provider:network_type": "vxlan",
        "availability_zone_hints": [],
        "availability_zones": zones,
        "port_security_enabled": !network.unguarded(),
        "dns_domain": "",
        "tenant_id": head.project,
        "project_id": head.project,
        "created_at": time_v1(network.created()),
        "updated_at": time_v1(head.updated),
    })
}

/// As in Neutron a network is there the moment it is stored; what the fabric does about it shows in the ports.
pub(super) fn status(state: State) -> &'static str {
    match state {
        State::Active | State::Updating | State::Creating => "ACTIVE",
        State::Deleting | State::Frozen => "DOWN",
        State::Failed => "ERROR",
    }
}
