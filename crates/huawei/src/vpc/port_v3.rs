//! Ports, v3.

use serde_json::{Value, json};
use vpcd_domain::port::Port;
use vpcd_domain::subnet::Subnet;
use vpcd_domain::{Fault, State, Tx};

use crate::wire::time_z;

/// A port with its subnet.
pub struct Shown {
    port: Port,
    subnet: Option<Subnet>,
}

/// What is shown of a port.
pub fn shown(tx: &mut Tx<'_>, port: Port) -> Result<Shown, Fault> {
    let subnet = tx.any::<Subnet>(port.subnet())?;
    Ok(Shown { port, subnet })
}

/// A port as v3 shows it.
pub fn render(Shown { port, subnet }: &Shown) -> Value {
    let layer = subnet.as_ref().map(|subnet| subnet.layer_id.as_str());
    let network = subnet.as_ref().map(Subnet::vpc);
    let compute = port.device_owner.strip_prefix("compute:");
    let instance = if compute.is_some() {
        port.device_id.as_str()
    } else {
        ""
    };
    let pairs = port.allowed_pairs.iter();
    let pairs: Vec<Value> = pairs
        .map(|(address, mac)| {
            json!({"ip_address": address, "mac_address": mac.as_deref().unwrap_or(&port.mac)})
        })
        .collect();
    let options = port.dhcp_options.iter();
    let options: Vec<Value> = options
        .map(|(name, value)| json!({"opt_name": name, "opt_value": value}))
        .collect();
    json!({
        "id": port.head.id,
        "name": port.name,
        "description": "",
        "admin_state_up": true,
        "status": status(port),
        "mac_address": port.mac,
        "private_ips": [{"subnet_cidr_id": layer, "ip_address": port.address}],
        "virsubnet_id": port.subnet(),
        "vpc_id": network,
        "vpc_tenant_id": port.head.project,
        "project_id": port.head.project,
        "tenant_id": port.head.project,
        "device_id": port.device_id,
        "device_owner": port.device_owner,
        "instance_id": instance,
        "instance_type": if compute.is_some() { "SERVER" } else { "" },
        "instance_info": {},
        "ecs_flavor": "",
        "zone_id": compute.unwrap_or_default(),
        "scope": "center",
        "position_type": "center",
        "security_groups": port.security_groups,
        "port_security_enabled": true,
        "allowed_address_pairs": pairs,
        "extra_dhcp_opts": options,
        "binding:host_id": "",
        "binding:profile": {},
        "binding:vif_details": {"primary_interface": compute.is_some()},
        "binding:vif_type": "ovs",
        "binding:vnic_type": "normal",
        "binding:migration_info": {},
        "vtep_ip": "",
        "enable_efi": false,
        "tags": [],
        "created_at": time_z(port.head.created),
        "updated_at": time_z(port.head.updated),
    })
}

fn status(port: &Port) -> &'static str {
    match port.head.state() {
        State::Creating => "BUILD",
        _ if port.device_id.is_empty() && !port.is_system() => "DOWN",
        _ => "ACTIVE",
    }
}
