//! Ports: the interfaces that hold the addresses of a subnet.

use std::net::Ipv4Addr;

use serde::{Deserialize, Serialize};
use vpcd_net::Mac;
use vpcd_store::claim;

use crate::condition;
use crate::context::Context;
use crate::fault::{Fault, Holder};
use crate::resource::{Head, Kind, Resource, Tag};
use crate::route_table::NEXT_HOP;
use crate::security_group;
use crate::sub_interface::{self, Carried};
use crate::subnet::Subnet;
use crate::tx::Tx;

/// A virtual interface.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Port {
    /// Head; the parent is the subnet.
    pub head: Head,
    /// Name, may be empty.
    pub name: String,
    /// Its address.
    pub address: Ipv4Addr,
    /// Hardware address.
    pub mac: String,
    /// What it is for: empty, or a word such as `network:dhcp` or `compute:az1`.
    pub device_owner: String,
    /// The device that uses it, may be empty.
    pub device_id: String,
    /// Security groups that judge its packets.
    pub security_groups: Vec<String>,
    /// Further `(address, mac)` that may leave it.
    #[serde(default)]
    pub allowed_pairs: Vec<(String, Option<String>)>,
    /// Further DHCP options.
    #[serde(default)]
    pub dhcp_options: Vec<(String, Option<String>)>,
    /// The public address bound to it.
    #[serde(default)]
    pub public_ip: Option<String>,
    /// Free text.
    #[serde(default)]
    pub description: String,
    /// Labels.
    #[serde(default)]
    pub tags: Vec<Tag>,
    /// What carries it, when it is a supplementary interface.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub carried: Option<Carried>,
}

/// Validated input of [`create`].
#[derive(Clone, Debug, Default)]
pub struct NewPort {
    /// The subnet, by UUID.
    pub subnet: String,
    /// Name.
    pub name: String,
    /// Address; any free one when absent.
    pub address: Option<Ipv4Addr>,
    /// What it is for.
    pub device_owner: String,
    /// The device that uses it.
    pub device_id: String,
    /// Security groups; the project's default one when absent.
    pub security_groups: Option<Vec<String>>,
    /// Further addresses that may leave it.
    pub allowed_pairs: Vec<(String, Option<String>)>,
    /// Further DHCP options.
    pub dhcp_options: Vec<(String, Option<String>)>,
}

/// Validated input of [`update`]; absent fields stay.
#[derive(Clone, Debug, Default)]
pub struct PortChange {
    /// New name.
    pub name: Option<String>,
    /// New security groups.
    pub security_groups: Option<Vec<String>>,
    /// New further addresses.
    pub allowed_pairs: Option<Vec<(String, Option<String>)>>,
    /// New DHCP options.
    pub dhcp_options: Option<Vec<(String, Option<String>)>>,
}

impl Resource for Port {
    const KIND: Kind = Kind::Port;

    fn head(&self) -> &Head {
        &self.head
    }

    fn head_mut(&mut self) -> &mut Head {
        &mut self.head
    }

    fn edges(&self) -> Vec<(&'static str, String)> {
        let carrier = self.carried.as_ref().and_then(|it| it.by.clone());
        self.security_groups
            .iter()
            .map(|group| ("judged_by", group.clone()))
            .chain(carrier.map(|port| ("carried_by", port)))
            .collect()
    }
}

impl Port {
    /// The subnet's id.
    pub fn subnet(&self) -> &str {
        self.head.parent.as_deref().unwrap_or_default()
    }

    /// Whether the platform made it with the subnet.
    pub fn is_system(&self) -> bool {
        matches!(self.device_owner.as_str(), DHCP | ROUTER)
    }

    /// The availability zone of the server that it belongs to, empty for what is no server's.
    pub fn zone(&self) -> &str {
        match self.device_owner.as_str() {
            sub_interface::OWNER => "",
            owner => owner.strip_prefix("compute:").unwrap_or_default(),
        }
    }

    /// Whether it is the platform's own, for the subnet or for a gateway: no tenant binds or changes it.
    pub fn is_platforms(&self) -> bool {
        self.is_system() || self.device_owner == crate::vpn::address::PORT
    }

    /// As what it keeps its subnet from being deleted.
    pub fn holds_subnet(&self) -> Option<Holder> {
        match self.device_owner.as_str() {
            DHCP | ROUTER => None,
            "" | VIRTUAL => Some(Holder::PrivateIp),
            owner if owner.starts_with("neutron:LOADBALANCER") => Some(Holder::LoadBalancer),
            _ => Some(Holder::Service),
        }
    }
}

/// Owner word of the DHCP port.
pub const DHCP: &str = "network:dhcp";
/// Owner word of the gateway's port.
pub const ROUTER: &str = "network:router_interface_distributed";
/// Owner word of a virtual address.
pub const VIRTUAL: &str = "neutron:VIP_PORT";

/// Creates a port with one address of the subnet.
pub fn create(tx: &mut Tx<'_>, cx: &mut Context<'_>, new: NewPort) -> Result<Port, Fault> {
    condition::standing(tx, cx, false)?;
    let subnet: Subnet = tx.get(&cx.caller.project, &new.subnet)?;
    condition::backend_writes(tx, cx)?;
    let groups = match new.security_groups {
        Some(groups) => security_group::all_exist(tx, cx, groups)?,
        None => vec![security_group::default_of(tx, cx)?.head.id],
    };
    let mut head = Head::new::<Port>(cx, Some(&subnet.head.id));
    head.target = subnet.head.target.clone();
    let address = assign(tx, &subnet, new.address, &head.id)?;
    let port = Port {
        head,
        name: new.name,
        address,
        mac: Mac::from_serial(cx.ids.number()).to_string(),
        device_owner: new.device_owner,
        device_id: new.device_id,
        security_groups: groups,
        allowed_pairs: new.allowed_pairs,
        dhcp_options: new.dhcp_options,
        public_ip: None,
        description: String::new(),
        tags: Vec::new(),
        carried: None,
    };
    tx.insert(&port)?;
    Ok(port)
}

/// Changes a port.
pub fn update(
    tx: &mut Tx<'_>,
    cx: &mut Context<'_>,
    id: &str,
    change: PortChange,
) -> Result<Port, Fault> {
    let mut port: Port = tx.get(&cx.caller.project, id)?;
    if port.is_platforms() {
        return Err(Fault::InUse {
            kind: Kind::Port,
            id: id.to_owned(),
            by: Holder::Service,
        });
    }
    condition::backend_writes(tx, cx)?;
    if let Some(name) = change.name {
        port.name = name;
    }
    if let Some(groups) = change.security_groups {
        port.security_groups = security_group::all_exist(tx, cx, groups)?;
    }
    if let Some(pairs) = change.allowed_pairs {
        port.allowed_pairs = pairs;
    }
    if let Some(options) = change.dhcp_options {
        port.dhcp_options = options;
    }
    tx.change(cx, &mut port)?;
    Ok(port)
}

/// Deletes a port that no device and no public address uses.
pub fn delete(tx: &mut Tx<'_>, cx: &mut Context<'_>, id: &str) -> Result<(), Fault> {
    let port: Port = tx.get(&cx.caller.project, id)?;
    let owned = !matches!(port.device_owner.as_str(), "" | VIRTUAL);
    if owned || !port.device_id.is_empty() {
        return Err(Fault::InUse {
            kind: Kind::Port,
            id: id.to_owned(),
            by: Holder::Service,
        });
    }
    if port.public_ip.is_some() {
        return Err(Fault::InUse {
            kind: Kind::Port,
            id: id.to_owned(),
            by: Holder::PublicIp,
        });
    }
    condition::backend_writes(tx, cx)?;
    discard(tx, &port)
}

/// Removes a port that nothing uses and gives its address back.
pub fn discard(tx: &mut Tx<'_>, port: &Port) -> Result<(), Fault> {
    if let Some((_, role)) = tx.holders(&port.head.id, 1)?.first() {
        return Err(Fault::InUse {
            kind: Kind::Port,
            id: port.head.id.clone(),
            by: match role.as_str() {
                "bound_to" => Holder::PublicIp,
                "carried_by" => Holder::SubInterface,
                NEXT_HOP => Holder::Route,
                _ => Holder::Service,
            },
        });
    }
    if let Some(subnet) = tx.any::<Subnet>(port.subnet())? {
        subnet.space().release(tx, port.address)?;
    }
    tx.remove(port)
}

/// The ports that come with a subnet: the gateway and, where the platform keeps an address for it, DHCP.
pub fn create_system(tx: &mut Tx<'_>, cx: &mut Context<'_>, subnet: &Subnet) -> Result<(), Fault> {
    let dhcp = subnet
        .cidr
        .nth_back(1)
        .filter(|address| *address != subnet.gateway && subnet.reserved.contains(address));
    for (owner, address) in [(ROUTER, Some(subnet.gateway)), (DHCP, dhcp)] {
        let Some(address) = address else { continue };
        let mut head = Head::new::<Port>(cx, Some(&subnet.head.id));
        head.target = subnet.head.target.clone();
        if owner == ROUTER {
            claim::take(tx.rows(), GATEWAYS, &subnet.head.id, &head.id)?;
        }
        tx.insert(&Port {
            head,
            name: String::new(),
            address,
            mac: Mac::from_serial(cx.ids.number()).to_string(),
            device_owner: owner.to_owned(),
            device_id: String::new(),
            security_groups: Vec::new(),
            allowed_pairs: Vec::new(),
            dhcp_options: Vec::new(),
            public_ip: None,
            description: String::new(),
            tags: Vec::new(),
            carried: None,
        })?;
    }
    Ok(())
}

/// The port of a subnet's gateway.
pub fn gateway_of(tx: &mut Tx<'_>, subnet: &str) -> Result<Option<String>, Fault> {
    Ok(claim::holder(tx.rows(), GATEWAYS, subnet)?)
}

/// Claims of subnets by the ports of their gateways.
const GATEWAYS: &str = "gateway-port";

fn assign(
    tx: &mut Tx<'_>,
    subnet: &Subnet,
    wanted: Option<Ipv4Addr>,
    owner: &str,
) -> Result<Ipv4Addr, Fault> {
    let space = subnet.space();
    let Some(wanted) = wanted else {
        return space.take_any(tx, owner);
    };
    if !subnet.cidr.has(wanted) {
        return Err(Fault::AddressOutside {
            address: wanted,
            space: subnet.head.id.clone(),
        });
    }
    if subnet.reserved.contains(&wanted) {
        return Err(Fault::AddressReserved { address: wanted });
    }
    space.take(tx, wanted, owner)?;
    Ok(wanted)
}
