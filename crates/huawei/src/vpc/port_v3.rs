//! Ports, v3: the reads.

use serde_json::{Value, json};
use vpcd_dialect::{Call, Refusal, Reply};
use vpcd_domain::index::{self, Narrow, PARENT};
use vpcd_domain::port::Port;
use vpcd_domain::subnet::Subnet;
use vpcd_domain::{Fault, Tx, condition};

use super::fixed::Layers;
use super::port::{profile, status, vnic_type};
use crate::faults::{invalid, refuse};
use crate::wire::{self, is_uuid, time_v1};

/// A port with what is shown of its surroundings.
pub struct Shown {
    port: Port,
    subnet: Option<Subnet>,
    carrier: Option<Port>,
}

/// What is shown of a port.
pub fn shown(tx: &mut Tx<'_>, port: Port) -> Result<Shown, Fault> {
    let subnet = tx.any::<Subnet>(port.subnet())?;
    let carrier = match port.carried.as_ref().and_then(|it| it.by.as_deref()) {
        Some(id) => tx.any::<Port>(id)?,
        None => None,
    };
    Ok(Shown {
        port,
        subnet,
        carrier,
    })
}

/// `GET /v3/{project_id}/ports/{port_id}`
pub fn show(call: &Call<'_>) -> Result<Reply, Refusal> {
    let id = call.param("port_id").to_owned();
    if !is_uuid(&id) {
        return Err(invalid(call.group, "port_id"));
    }
    let port = call
        .read(move |tx, cx| {
            condition::backend_reads(tx, cx)?;
            let port = tx.get::<Port>(&cx.caller.project, &id)?;
            shown(tx, port)
        })
        .map_err(|fault| refuse(call, fault))?;
    let body = json!({"request_id": call.request.id, "port": render(&port)});
    Ok(Reply::json(call.success, body))
}

/// `GET /v3/{project_id}/ports`
pub fn list(call: &Call<'_>) -> Result<Reply, Refusal> {
    let page = wire::page(call).map_err(|field| invalid(call.group, field))?;
    let filter = Filter::of(call)?;
    let limit = page.limit;
    let mut found = call
        .read(move |tx, cx| {
            condition::backend_reads(tx, cx)?;
            let project = cx.caller.project.clone();
            let narrow = Narrow {
                ids: filter.values("id"),
                by: &[
                    ("mac", filter.values("mac_address")),
                    ("address", filter.values("private_ips")),
                    ("device", filter.values("device_id")),
                    ("device", filter.values("instance_id")),
                    ("name", filter.values("name")),
                    ("group", filter.values("security_groups")),
                    (PARENT, filter.values("virsubnet_id")),
                    ("owner", filter.values("device_owner")),
                ],
            };
            let (wanted, marker) = (|port: &Port| filter.wants(port), page.marker.as_deref());
            // One more than the page holds tells whether there is a next one.
            let ports = index::page(tx, &project, narrow, wanted, marker, limit + 1)?;
            let ports = ports.into_iter().map(|port| shown(tx, port));
            ports.collect::<Result<Vec<_>, _>>()
        })
        .map_err(|fault| refuse(call, fault))?;
    let more = found.len() > limit;
    found.truncate(limit);
    let info = wire::page_info(found.iter().map(|it| it.port.head.id.as_str()), more);
    let ports: Vec<Value> = found.iter().map(render).collect();
    let body = json!({"request_id": call.request.id, "ports": ports, "page_info": info});
    Ok(Reply::json(call.success, body))
}

/// The filters of a list: each is a name with the values that it lets through.
struct Filter(Vec<(&'static str, Vec<String>)>);

impl Filter {
    fn of(call: &Call<'_>) -> Result<Filter, Refusal> {
        const KNOWN: [&str; 18] = [
            "id",
            "name",
            "admin_state_up",
            "status",
            "virsubnet_id",
            "device_id",
            "mac_address",
            "device_owner",
            "device_owner_prefixlike",
            "description",
            "binding:host_id",
            "private_ips",
            "security_groups",
            "vpc_id",
            "allowed_address_pairs",
            "instance_id",
            "instance_type",
            "enterprise_project_id",
        ];
        wire::enterprise_project(call).map_err(|field| invalid(call.group, field))?;
        let filters = KNOWN.into_iter().map(|key| (key, wire::values(call, key)));
        let filter = Filter(filters.filter(|(_, values)| !values.is_empty()).collect());
        for (key, values) in &filter.0 {
            let legal: &[&str] = match *key {
                "admin_state_up" => &["true", "false"],
                "device_owner_prefixlike" => &["network", "compute", "neutron"],
                _ => continue,
            };
            if !values.iter().all(|value| legal.contains(&value.as_str())) {
                return Err(invalid(call.group, key));
            }
        }
        Ok(filter)
    }

    /// The values that a filter lets through; none when there is no such filter.
    fn values(&self, name: &str) -> &[String] {
        let found = self.0.iter().find(|(key, _)| *key == name);
        found.map_or(&[], |(_, values)| values)
    }

    fn wants(&self, port: &Port) -> bool {
        self.0.iter().all(|(key, values)| {
            let is = |text: &str| values.iter().any(|value| value == text);
            match *key {
                "id" => is(&port.head.id),
                "name" => is(&port.name),
                "admin_state_up" => is("true"),
                "status" => is(status(port)),
                "virsubnet_id" => is(port.subnet()),
                "device_id" => is(&port.device_id),
                "mac_address" => is(&port.mac),
                "device_owner" => is(&port.device_owner),
                "device_owner_prefixlike" => {
                    values.iter().any(|it| port.device_owner.starts_with(it))
                }
                "description" => is(&port.description),
                "private_ips" => {
                    is(&port.address.to_string()) || port.ipv6.iter().any(|it| is(&it.to_string()))
                }
                "security_groups" => port.security_groups.iter().any(|it| is(it)),
                "vpc_id" => is(network(port)),
                "allowed_address_pairs" => port.allowed_pairs.iter().any(|(it, _)| is(it)),
                "instance_id" => is(instance(port).0),
                "instance_type" => is(instance(port).1),
                "binding:host_id" => is(""),
                _ => true,
            }
        })
    }
}

/// The network's id, which the target of everything inside it names; empty where the subnet is in none.
pub fn network(port: &Port) -> &str {
    let target = port.head.target.strip_prefix("network/");
    target.filter(|id| *id != port.subnet()).unwrap_or_default()
}

/// The addresses that may leave a port besides its own.
pub fn pairs(port: &Port) -> Vec<Value> {
    let pairs = port.allowed_pairs.iter();
    pairs
        .map(|(address, mac)| {
            json!({"ip_address": address, "mac_address": mac.as_deref().unwrap_or(&port.mac)})
        })
        .collect()
}

/// The server that it belongs to, and what that is.
pub(crate) fn instance(port: &Port) -> (&str, &'static str) {
    match port.device_owner.starts_with("compute:") && port.carried.is_none() {
        true => (&port.device_id, "SERVER"),
        false => ("", ""),
    }
}

/// A port as v3 shows it.
pub fn render(it: &Shown) -> Value {
    let port = &it.port;
    let layers = Layers::of(it.subnet.as_ref());
    let addresses = layers.addresses(port).into_iter();
    let addresses =
        addresses.map(|(address, id)| json!({"subnet_cidr_id": id, "ip_address": address}));
    let options = port.dhcp_options.iter();
    let options: Vec<Value> = options
        .map(|(name, value)| json!({"opt_name": name, "opt_value": value}))
        .collect();
    let (instance, instance_type) = instance(port);
    json!({
        "id": port.head.id,
        "name": port.name,
        "description": port.description,
        "admin_state_up": true,
        "status": status(port),
        "mac_address": port.mac,
        "private_ips": addresses.collect::<Value>(),
        "virsubnet_id": port.subnet(),
        "vpc_id": network(port),
        "vpc_tenant_id": port.head.project,
        "project_id": port.head.project,
        "tenant_id": port.head.project,
        "device_id": port.device_id,
        "device_owner": port.device_owner,
        "instance_id": instance,
        "instance_type": instance_type,
        "instance_info": {},
        "ecs_flavor": "",
        "zone_id": port.zone(),
        "scope": "center",
        "position_type": "center",
        "security_groups": port.security_groups,
        "port_security_enabled": port.is_guarded(),
        "allowed_address_pairs": pairs(port),
        "extra_dhcp_opts": options,
        "binding:host_id": "",
        "binding:profile": profile(port),
        "binding:vif_details": vif_details(it),
        "binding:vif_type": "ovs",
        "binding:vnic_type": vnic_type(port),
        "binding:migration_info": {},
        "vtep_ip": "",
        "enable_efi": false,
        "tags": port.tags,
        "created_at": time_v1(port.head.created),
        "updated_at": time_v1(port.head.updated),
    })
}

fn vif_details(it: &Shown) -> Value {
    let mut details = json!({"port_filter": true, "ovs_hybrid_plug": false});
    if let (Some(carried), Some(carrier)) = (&it.port.carried, &it.carrier) {
        details["vlan_id"] = json!(carried.vlan);
        details["parent_id"] = json!(carrier.head.id);
        details["parent_device_id"] = json!(carrier.device_id);
    } else {
        details["primary_interface"] = json!(instance(&it.port).1 == "SERVER");
    }
    details
}
