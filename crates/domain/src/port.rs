//! Ports: the interfaces that hold the addresses of a subnet.

use std::net::Ipv4Addr;

use serde::{Deserialize, Serialize};
use serde_json::Value;
use vpcd_net::Mac;
use vpcd_store::claim;

use crate::condition;
use crate::context::Context;
use crate::fault::{Fault, Holder};
use crate::resource::{Head, Kind, Resource};
use crate::route_table::NEXT_HOP;
use crate::security_group;
use crate::subnet::Subnet;
use crate::tx::{Tx, Way};

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
    /// Whether it may send and receive anything: no security group judges it, no source is checked.
    #[serde(default)]
    pub unguarded: bool,
    /// How it is plugged in; empty for the usual way.
    #[serde(default)]
    pub vnic_type: String,
    /// What its device keeps with it, a JSON object.
    #[serde(default)]
    pub profile: Option<Value>,
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
    /// Whether nothing judges it; as its network has it when absent.
    pub unguarded: Option<bool>,
    /// How it is plugged in.
    pub vnic_type: String,
    /// What its device keeps with it.
    pub profile: Option<Value>,
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
    /// Whether nothing shall judge it.
    pub unguarded: Option<bool>,
    /// How it shall be plugged in.
    pub vnic_type: Option<String>,
    /// What its device shall keep with it.
    pub profile: Option<Value>,
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
        self.security_groups
            .iter()
            .map(|group| ("judged_by", group.clone()))
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

    /// Whether it is the platform's own, for the subnet or for a gateway: no tenant binds or changes it.
    pub fn is_platforms(&self) -> bool {
        let gateways = [crate::vpn::address::PORT, crate::internet_gateway::PORT];
        self.is_system() || gateways.contains(&self.device_owner.as_str())
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
    let unguarded = new.unguarded.unwrap_or(subnet.segment.unguarded);
    let groups = match new.security_groups {
        Some(groups) => security_group::all_exist(tx, cx, groups)?,
        None if unguarded => Vec::new(),
        None => vec![security_group::default_of(tx, cx)?.head.id],
    };
    refuse_judged(unguarded, &groups)?;
    let mut head = Head::new::<Port>(cx, Some(&subnet.head.id));
    head.target = subnet.head.target.clone();
    let address = assign(tx, &subnet, new.address, &head.id)?;
    let mac = claim_mac(tx, cx, &head.id)?;
    let port = Port {
        head,
        name: new.name,
        address,
        mac,
        device_owner: new.device_owner,
        device_id: new.device_id,
        security_groups: groups,
        allowed_pairs: new.allowed_pairs,
        dhcp_options: new.dhcp_options,
        public_ip: None,
        unguarded,
        vnic_type: new.vnic_type,
        profile: new.profile,
    };
    tx.insert(&port)?;
    claim_device(tx, &port)?;
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
    if let Some(unguarded) = change.unguarded {
        port.unguarded = unguarded;
    }
    refuse_judged(port.unguarded, &port.security_groups)?;
    if let Some(vnic_type) = change.vnic_type {
        port.vnic_type = vnic_type;
    }
    if change.profile.is_some() {
        port.profile = change.profile;
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

/// Refuses to let go of a port while routes lead to it.
fn refuse_next_hop(tx: &mut Tx<'_>, port: &Port) -> Result<(), Fault> {
    let holders = tx.holders(&port.head.id, usize::MAX)?;
    match holders.iter().any(|(_, role)| role == NEXT_HOP) {
        true => Err(Fault::InUse {
            kind: Kind::Port,
            id: port.head.id.clone(),
            by: Holder::Route,
        }),
        false => Ok(()),
    }
}

/// Removes a port that no route leads to, and gives its address back.
pub fn discard(tx: &mut Tx<'_>, port: &Port) -> Result<(), Fault> {
    refuse_next_hop(tx, port)?;
    if let Some(subnet) = tx.any::<Subnet>(port.subnet())? {
        subnet.space().release(tx, port.address)?;
    }
    tx.remove(port)
}

/// The ports that come with a subnet: the gateway's, once it is in a network, and, where the platform keeps an
/// address for it, DHCP's.
pub fn create_system(tx: &mut Tx<'_>, cx: &mut Context<'_>, subnet: &Subnet) -> Result<(), Fault> {
    if subnet.head.parent.is_some() {
        create_gateway(tx, cx, subnet)?;
    }
    let dhcp = subnet
        .cidr
        .nth_back(1)
        .filter(|address| *address != subnet.gateway && subnet.reserved.contains(address));
    match dhcp {
        Some(address) => platforms(tx, cx, subnet, DHCP, address).map(drop),
        None => Ok(()),
    }
}

/// The port by which a subnet's network reaches into it.
pub fn create_gateway(
    tx: &mut Tx<'_>,
    cx: &mut Context<'_>,
    subnet: &Subnet,
) -> Result<Port, Fault> {
    platforms(tx, cx, subnet, ROUTER, subnet.gateway)
}

/// Makes a tenant's port the one by which the network reaches into its subnet.
pub fn make_gateway(
    tx: &mut Tx<'_>,
    cx: &Context<'_>,
    port: &mut Port,
    vpc: &str,
) -> Result<(), Fault> {
    port.device_owner = ROUTER.to_owned();
    port.device_id = vpc.to_owned();
    port.security_groups.clear();
    tx.change(cx, port)?;
    claim_device(tx, port)
}

/// Removes a platform's port; an address of the tenants' that it had is free again.
pub fn discard_platforms(tx: &mut Tx<'_>, subnet: &Subnet, port: &Port) -> Result<(), Fault> {
    match subnet.reserved.contains(&port.address) {
        true => tx.remove(port),
        false => discard(tx, port),
    }
}

/// Up to `limit` ports that a device uses, along the way.
pub fn of_device(
    tx: &mut Tx<'_>,
    project: &str,
    device: &str,
    way: Way<'_>,
    limit: usize,
) -> Result<Vec<Port>, Fault> {
    let limit = i64::try_from(limit).unwrap_or(i64::MAX);
    let space = device_space(project, device);
    let rows = match way.back {
        false => claim::list(tx.rows(), &space, way.from, limit)?,
        true => claim::list_back(tx.rows(), &space, way.from, limit)?,
    };
    rows.iter().map(|row| tx.get(project, &row.key)).collect()
}

/// The port of that hardware address.
pub fn of_mac(tx: &mut Tx<'_>, project: &str, mac: &str) -> Result<Option<Port>, Fault> {
    match claim::holder(tx.rows(), MACS, mac)? {
        Some(id) => tx.find(project, &id),
        None => Ok(None),
    }
}

/// The space in which hardware addresses are unique.
const MACS: &str = "mac";

fn device_space(project: &str, device: &str) -> String {
    format!("device/{project}/{device}")
}

fn claim_device(tx: &mut Tx<'_>, port: &Port) -> Result<(), Fault> {
    if !port.device_id.is_empty() {
        let space = device_space(&port.head.project, &port.device_id);
        claim::take(tx.rows(), &space, &port.head.id, &port.head.id)?;
    }
    Ok(())
}

/// A hardware address that nothing else has: drawn ones meet long before all are used.
fn claim_mac(tx: &mut Tx<'_>, cx: &mut Context<'_>, id: &str) -> Result<String, Fault> {
    loop {
        let mac = Mac::from_serial(cx.ids.number()).to_string();
        if claim::take(tx.rows(), MACS, &mac, id)? {
            return Ok(mac);
        }
    }
}

/// Security groups judge nothing where no source is checked.
fn refuse_judged(unguarded: bool, groups: &[String]) -> Result<(), Fault> {
    match unguarded && !groups.is_empty() {
        true => Err(Fault::invalid(
            "security_groups",
            "port security is switched off",
        )),
        false => Ok(()),
    }
}

fn platforms(
    tx: &mut Tx<'_>,
    cx: &mut Context<'_>,
    subnet: &Subnet,
    owner: &str,
    address: Ipv4Addr,
) -> Result<Port, Fault> {
    let mut head = Head::new::<Port>(cx, Some(&subnet.head.id));
    head.target = subnet.head.target.clone();
    let device = (owner == ROUTER).then(|| subnet.vpc().to_owned());
    let port = Port {
        mac: claim_mac(tx, cx, &head.id)?,
        head,
        name: String::new(),
        address,
        device_owner: owner.to_owned(),
        device_id: device.unwrap_or_default(),
        security_groups: Vec::new(),
        allowed_pairs: Vec::new(),
        dhcp_options: Vec::new(),
        public_ip: None,
        unguarded: false,
        vnic_type: String::new(),
        profile: None,
    };
    tx.insert(&port)?;
    claim_device(tx, &port)?;
    Ok(port)
}

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
    if !subnet.hands_out(wanted) {
        return Err(Fault::AddressReserved { address: wanted });
    }
    space.take(tx, wanted, owner)?;
    Ok(wanted)
}
