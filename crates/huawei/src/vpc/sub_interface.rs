//! Supplementary network interfaces, v3.

use std::net::{Ipv4Addr, Ipv6Addr};

use serde::Deserialize;
use serde_json::{Value, json};
use vpcd_dialect::decode::integer;
use vpcd_dialect::{Call, Refusal, Reply};
use vpcd_domain::port::{Port, Six};
use vpcd_domain::sub_interface::{
    self, Attachment, LAST_VLAN, NewSubInterface, SubInterfaceChange,
};
use vpcd_domain::{Context, Fault, Tx, condition};

use super::port::{PairWire, pairs};
use super::port_v3;
use crate::faults::{self, invalid, refuse};
use crate::generated::limits;
use crate::wire::{self, is_description, is_uuid, time_z};

#[derive(Deserialize)]
struct Body<T> {
    sub_network_interface: T,
    dry_run: Option<bool>,
    #[serde(default, deserialize_with = "integer")]
    count: Option<i64>,
}

#[derive(Deserialize)]
struct CreateWire {
    virsubnet_id: Option<String>,
    parent_id: Option<String>,
    #[serde(default, deserialize_with = "integer")]
    vlan_id: Option<i64>,
    private_ip_address: Option<String>,
    ipv6_enable: Option<bool>,
    ipv6_ip_address: Option<String>,
    description: Option<String>,
    security_groups: Option<Vec<String>>,
    allowed_address_pairs: Option<Vec<PairWire>>,
}

#[derive(Deserialize)]
struct UpdateWire {
    description: Option<String>,
    security_groups: Option<Vec<String>>,
    allowed_address_pairs: Option<Vec<PairWire>>,
}

#[derive(Deserialize)]
struct AttachWire {
    parent_id: Option<String>,
    security_groups: Option<Vec<String>>,
    security_enabled: Option<bool>,
}

#[derive(Deserialize)]
struct MigrateBody {
    migration_info: MigrateWire,
    dry_run: Option<bool>,
}

#[derive(Deserialize)]
struct MigrateWire {
    parent_id: String,
    sub_network_interfaces: Vec<MovedWire>,
}

#[derive(Deserialize)]
struct MovedWire {
    id: String,
}

/// `POST /v3/{project_id}/vpc/sub-network-interfaces`
pub fn create(call: &Call<'_>) -> Result<Reply, Refusal> {
    let body = body::<Body<CreateWire>>(call)?;
    let new = parse(call, body.sub_network_interface)?;
    answer(call, body.dry_run, move |tx, cx| {
        sub_interface::create(tx, cx, new.clone())
    })
}

/// `POST /v3/{project_id}/vpc/sub-network-interfaces/batch-create`
pub fn batch_create(call: &Call<'_>) -> Result<Reply, Refusal> {
    let body = body::<Body<CreateWire>>(call)?;
    let most = limits::SUB_INTERFACE_PER_BATCH;
    let count = body.count.and_then(|count| u64::try_from(count).ok());
    let count = count
        .filter(|count| (1..=most).contains(count))
        .ok_or_else(|| invalid(call.group, "count"))?;
    let mut new = parse(call, body.sub_network_interface)?;
    // Each gets an address and a VLAN of its own.
    (new.vlan, new.address) = (None, None);
    answer_all(call, body.dry_run, move |tx, cx| {
        (0..count)
            .map(|_| sub_interface::create(tx, cx, new.clone()))
            .collect()
    })
}

/// `GET /v3/{project_id}/vpc/sub-network-interfaces/{sub_network_interface_id}`
pub fn show(call: &Call<'_>) -> Result<Reply, Refusal> {
    let id = id(call)?;
    let shown = call.read(move |tx, cx| {
        condition::backend_reads(tx, cx)?;
        let port = sub_interface::get(tx, &cx.caller.project, &id)?;
        render(tx, &port)
    });
    let shown = shown.map_err(|fault| refuse(call, fault))?;
    let body = json!({"request_id": call.request.id, "sub_network_interface": shown});
    Ok(Reply::json(call.success, body))
}

/// `GET /v3/{project_id}/vpc/sub-network-interfaces`
pub fn list(call: &Call<'_>) -> Result<Reply, Refusal> {
    let page = wire::page(call).map_err(|field| invalid(call.group, field))?;
    let filter = Filter::of(call);
    let limit = page.limit;
    let mut shown = call
        .read(move |tx, cx| {
            condition::backend_reads(tx, cx)?;
            let project = cx.caller.project.clone();
            let wanted = |port: &Port| filter.wants(port) && port.head.project == project;
            // One more than the page holds tells whether there is a next one.
            let ports = wire::filtered(
                limit + 1,
                page.marker.clone(),
                wanted,
                |after, limit| match (filter.ids.as_slice(), filter.parents.as_slice()) {
                    ([], [parent]) => carried_after(tx, parent, after, limit),
                    ([], _) => sub_interface::list(tx, &project, after, limit),
                    (ids, _) => wire::of_ids(tx, &project, ids, after, limit),
                },
            )?;
            let ports = ports.iter().map(|port| render(tx, port));
            ports.collect::<Result<Vec<_>, _>>()
        })
        .map_err(|fault| refuse(call, fault))?;
    let more = shown.len() > limit;
    shown.truncate(limit);
    let ids = shown.iter().filter_map(|it| it["id"].as_str());
    let info = wire::page_info(ids, more);
    let body = json!({
        "request_id": call.request.id,
        "sub_network_interfaces": shown,
        "page_info": info,
    });
    Ok(Reply::json(call.success, body))
}

/// `GET /v3/{project_id}/vpc/sub-network-interfaces/count`
pub fn count(call: &Call<'_>) -> Result<Reply, Refusal> {
    let count = call
        .read(move |tx, cx| {
            condition::backend_reads(tx, cx)?;
            sub_interface::count(tx, &cx.caller.project)
        })
        .map_err(|fault| refuse(call, fault))?;
    let body = json!({"request_id": call.request.id, "sub_network_interfaces": count});
    Ok(Reply::json(call.success, body))
}

/// `PUT /v3/{project_id}/vpc/sub-network-interfaces/{sub_network_interface_id}`
pub fn update(call: &Call<'_>) -> Result<Reply, Refusal> {
    let id = id(call)?;
    let body = body::<Body<UpdateWire>>(call)?;
    let wire = body.sub_network_interface;
    let change = SubInterfaceChange {
        description: wire
            .description
            .map(|text| description(call, text))
            .transpose()?,
        security_groups: wire.security_groups,
        allowed_pairs: wire
            .allowed_address_pairs
            .map(|wire| pairs(call, wire))
            .transpose()?,
    };
    answer(call, body.dry_run, move |tx, cx| {
        sub_interface::update(tx, cx, &id, change.clone())
    })
}

/// `DELETE /v3/{project_id}/vpc/sub-network-interfaces/{sub_network_interface_id}`
pub fn delete(call: &Call<'_>) -> Result<Reply, Refusal> {
    let id = id(call)?;
    call.write(move |tx, cx| sub_interface::delete(tx, cx, &id))
        .map_err(|fault| refuse(call, fault))?;
    Ok(Reply::empty(call.success))
}

/// `POST /v3/{project_id}/vpc/sub-network-interfaces/{sub_network_interface_id}/attach`
pub fn attach(call: &Call<'_>) -> Result<Reply, Refusal> {
    let id = id(call)?;
    let body = body::<Body<AttachWire>>(call)?;
    let wire = body.sub_network_interface;
    let to = Attachment {
        parent: uuid(call, "parent_id", wire.parent_id)?,
        security_groups: wire.security_groups,
        secured: wire.security_enabled,
    };
    answer(call, body.dry_run, move |tx, cx| {
        sub_interface::attach(tx, cx, &id, to.clone())
    })
}

/// `POST /v3/{project_id}/vpc/sub-network-interfaces/{sub_network_interface_id}/detach`
pub fn detach(call: &Call<'_>) -> Result<Reply, Refusal> {
    let id = id(call)?;
    answer(call, None, move |tx, cx| sub_interface::detach(tx, cx, &id))
}

/// `PUT /v3/{project_id}/vpc/sub-network-interfaces/migrate`
pub fn migrate(call: &Call<'_>) -> Result<Reply, Refusal> {
    let MigrateBody {
        migration_info: wire,
        dry_run,
    } = body(call)?;
    let parent = uuid(call, "parent_id", Some(wire.parent_id))?;
    let moved = wire.sub_network_interfaces.into_iter();
    let ids: Vec<String> = moved.map(|it| it.id).collect();
    if ids.is_empty() || !ids.iter().all(|id| is_uuid(id)) {
        return Err(invalid(call.group, "sub_network_interfaces"));
    }
    answer_all(call, dry_run, move |tx, cx| {
        sub_interface::migrate(tx, cx, &ids, &parent)
    })
}

struct Filter {
    ids: Vec<String>,
    subnets: Vec<String>,
    addresses: Vec<String>,
    macs: Vec<String>,
    networks: Vec<String>,
    descriptions: Vec<String>,
    parents: Vec<String>,
}

impl Filter {
    fn of(call: &Call<'_>) -> Filter {
        let all = |key| wire::values(call, key);
        // A description may hold commas, which separate values elsewhere.
        let description = call.query.get("description").map(str::to_owned);
        Filter {
            ids: all("id"),
            subnets: all("virsubnet_id"),
            addresses: all("private_ip_address"),
            macs: all("mac_address"),
            networks: all("vpc_id"),
            descriptions: all("description").into_iter().chain(description).collect(),
            parents: all("parent_id"),
        }
    }

    fn wants(&self, port: &Port) -> bool {
        let Some(carried) = &port.carried else {
            return false;
        };
        let parent = carried.by.as_deref().unwrap_or_default();
        wire::among(&self.ids, &port.head.id)
            && wire::among(&self.subnets, port.subnet())
            && wire::among(&self.addresses, &port.address.to_string())
            && wire::among(&self.macs, &port.mac)
            && wire::among(&self.networks, port_v3::network(port))
            && wire::among(&self.descriptions, &port.description)
            && wire::among(&self.parents, parent)
    }
}

/// A page of what one port carries, which is never much, in the order of ids.
fn carried_after(
    tx: &mut Tx<'_>,
    parent: &str,
    after: Option<&str>,
    limit: usize,
) -> Result<Vec<Port>, Fault> {
    let mut ports = sub_interface::carried_by(tx, parent)?;
    ports.retain(|port| after.is_none_or(|after| port.head.id.as_str() > after));
    ports.sort_by(|a, b| a.head.id.cmp(&b.head.id));
    ports.truncate(limit);
    Ok(ports)
}

fn answer<F>(call: &Call<'_>, dry_run: Option<bool>, rule: F) -> Result<Reply, Refusal>
where
    F: Fn(&mut Tx<'_>, &mut Context<'_>) -> Result<Port, Fault> + Send + 'static,
{
    wire::done_or_tried(call, dry_run, "sub_network_interface", move |tx, cx| {
        let port = rule(tx, cx)?;
        render(tx, &port)
    })
}

fn answer_all<F>(call: &Call<'_>, dry_run: Option<bool>, rule: F) -> Result<Reply, Refusal>
where
    F: Fn(&mut Tx<'_>, &mut Context<'_>) -> Result<Vec<Port>, Fault> + Send + 'static,
{
    wire::done_or_tried(call, dry_run, "sub_network_interfaces", move |tx, cx| {
        let ports = rule(tx, cx)?;
        let shown = ports.iter().map(|port| render(tx, port));
        shown.collect::<Result<Value, _>>()
    })
}

fn parse(call: &Call<'_>, wire: CreateWire) -> Result<NewSubInterface, Refusal> {
    let wrong = |field: &str| invalid(call.group, field);
    let vlan = match wire.vlan_id {
        None => None,
        Some(vlan) => Some(
            u16::try_from(vlan)
                .ok()
                .filter(|vlan| (1..=LAST_VLAN).contains(vlan))
                .ok_or_else(|| wrong("vlan_id"))?,
        ),
    };
    let address = match wire.private_ip_address.as_deref() {
        None | Some("") => None,
        Some(text) => Some(
            text.parse::<Ipv4Addr>()
                .map_err(|_| wrong("private_ip_address"))?,
        ),
    };
    let six = wire.ipv6_ip_address.filter(|text| !text.is_empty());
    let six = six.map(|text| text.parse::<Ipv6Addr>()).transpose();
    let ipv6 = match (wire.ipv6_enable, six.map_err(|_| wrong("ipv6_ip_address"))?) {
        (Some(false), Some(_)) => return Err(wrong("ipv6_ip_address")),
        (_, Some(address)) => Six::These(vec![Some(address)]),
        (Some(true), None) => Six::These(vec![None]),
        (_, None) => Six::Nothing,
    };
    Ok(NewSubInterface {
        subnet: uuid(call, "virsubnet_id", wire.virsubnet_id)?,
        parent: uuid(call, "parent_id", wire.parent_id)?,
        vlan,
        address,
        ipv6,
        description: description(call, wire.description.unwrap_or_default())?,
        security_groups: wire.security_groups,
        allowed_pairs: pairs(call, wire.allowed_address_pairs.unwrap_or_default())?,
    })
}

fn uuid(call: &Call<'_>, field: &str, id: Option<String>) -> Result<String, Refusal> {
    id.filter(|id| is_uuid(id))
        .ok_or_else(|| invalid(call.group, field))
}

fn description(call: &Call<'_>, text: String) -> Result<String, Refusal> {
    match is_description(&text) {
        true => Ok(text),
        false => Err(invalid(call.group, "description")),
    }
}

fn body<T: serde::de::DeserializeOwned>(call: &Call<'_>) -> Result<T, Refusal> {
    call.body().map_err(|fault| faults::body(call, &fault))
}

fn id(call: &Call<'_>) -> Result<String, Refusal> {
    let id = call.param("sub_network_interface_id").to_owned();
    uuid(call, "sub_network_interface_id", Some(id))
}

fn render(tx: &mut Tx<'_>, port: &Port) -> Result<Value, Fault> {
    let carried = port.carried.as_ref();
    let parent = carried.and_then(|it| it.by.as_deref());
    let device = match parent {
        Some(id) => tx.any::<Port>(id)?.map(|port| port.device_id),
        None => None,
    };
    Ok(json!({
        "id": port.head.id,
        "virsubnet_id": port.subnet(),
        "private_ip_address": port.address,
        "ipv6_ip_address": port.ipv6.first().map(ToString::to_string).unwrap_or_default(),
        "mac_address": port.mac,
        "parent_id": parent.unwrap_or_default(),
        "parent_device_id": device.unwrap_or_default(),
        "description": port.description,
        "vpc_id": port_v3::network(port),
        "vlan_id": carried.map(|it| it.vlan),
        "security_groups": port.security_groups,
        "security_enabled": port.is_guarded(),
        "tags": port.tags,
        "project_id": port.head.project,
        "created_at": time_z(port.head.created),
        "updated_at": time_z(port.head.updated),
        "allowed_address_pairs": port_v3::pairs(port),
        "state": if parent.is_some() { "NORMAL" } else { "UNBOUND" },
        "instance_id": "",
        "instance_type": "",
        "scope": "center",
    }))
}
