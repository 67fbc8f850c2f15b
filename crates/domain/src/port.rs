//! Ports: the interfaces that hold the addresses of a subnet.

mod create;
pub(crate) mod further;
mod platform;
pub(crate) mod six;

use std::net::{Ipv4Addr, Ipv6Addr};

use serde::{Deserialize, Serialize};
use serde_json::Value;
use vpcd_store::claim;

use crate::condition;
use crate::context::Context;
use crate::fault::{Fault, Holder};
use crate::interface;
use crate::mirror::session;
use crate::resource::{Counted, Head, Kind, Resource, Tag};
use crate::route_table::NEXT_HOP;
use crate::security_group;
use crate::sub_interface::{self, Carried};
use crate::subnet::Subnet;
use crate::tx::Tx;

pub mod list;
#[cfg(test)]
mod size;

pub(crate) use create::assign;
use create::unused_mac;
pub use create::{NewPort, create};
pub use further::Further;
pub use platform::{
    create_gateway, create_system, discard_platforms, follow_gateway, make_gateway,
};
pub use six::{Fixed, Six, add_ipv6, remove_ipv6};

/// A virtual interface.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Port {
    /// Head; the parent is the subnet.
    pub head: Head,
    /// Name, may be empty.
    pub name: String,
    /// Its address.
    pub address: Ipv4Addr,
    /// Its addresses of IPv6, the first one told first.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub ipv6: Vec<Ipv6Addr>,
    /// Whether it was made for IPv6, so that those are told before the other.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub ipv6_first: bool,
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
    /// Whether it may send and receive anything: no security group judges it, no source is checked.
    #[serde(default)]
    pub unguarded: bool,
    /// How it is plugged in; empty for the usual way.
    #[serde(default)]
    pub vnic_type: String,
    /// What its device keeps with it, a JSON object.
    #[serde(default)]
    pub profile: Option<Value>,
    /// Addresses besides the first.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub further: Vec<Further>,
    /// The generation at which it was last put into a server or taken out of one.
    #[serde(default, skip_serializing_if = "is_zero")]
    pub moved: u64,
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

    fn indexed(&self) -> Vec<(&'static str, String)> {
        let groups = self.security_groups.iter();
        let mut by: Vec<_> = groups.map(|group| ("group", group.clone())).collect();
        by.extend([
            ("name", self.name.clone()),
            ("mac", self.mac.clone()),
            ("address", self.address.to_string()),
            ("device", self.device_id.clone()),
            ("owner", self.device_owner.clone()),
        ]);
        by.extend(self.ipv6.iter().map(|it| ("address", it.to_string())));
        by.extend(self.holds_subnet().map(|by| holding(self.subnet(), by)));
        by.extend(interface::indexed(self));
        by
    }

    fn spelled(&self) -> Vec<(&'static str, String, String)> {
        interface::spelled(self)
    }

    fn counted_at(&self) -> Vec<Counted> {
        let groups = self.security_groups.iter();
        let judged = |group: &String| Counted {
            word: JUDGED,
            scope: group.clone(),
            by: None,
        };
        groups.map(judged).collect()
    }

    fn edges(&self) -> Vec<(&'static str, String)> {
        let carrier = self.carried.as_ref().and_then(|it| it.by.clone());
        self.security_groups
            .iter()
            .map(|group| ("judged_by", group.clone()))
            .chain(carrier.map(|port| ("carried_by", port)))
            .chain(interface::edges(self))
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

    /// Whether security groups judge what it sends and receives.
    pub fn is_guarded(&self) -> bool {
        !self.unguarded && self.carried.as_ref().is_none_or(|carried| carried.secured)
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

/// What the ports that hold a subnet as the same thing are found by.
fn holding(subnet: &str, by: Holder) -> (&'static str, String) {
    ("holds", format!("{subnet}/{by:?}"))
}

/// Whether any port holds the subnet as this.
pub fn any_holds(tx: &mut Tx<'_>, subnet: &Subnet, by: Holder) -> Result<bool, Fault> {
    let (attribute, value) = holding(&subnet.head.id, by);
    let found: Vec<Port> = tx.found(&subnet.head.project, attribute, &value, None, 1)?;
    Ok(!found.is_empty())
}

/// The tally of the ports that a security group judges.
pub(crate) const JUDGED: &str = "judged_port";
/// Owner word of the DHCP port.
pub const DHCP: &str = "network:dhcp";
/// Owner word of the gateway's port.
pub const ROUTER: &str = "network:router_interface_distributed";
/// Owner word of a virtual address.
pub const VIRTUAL: &str = "neutron:VIP_PORT";

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
        port.security_groups = security_group::all_fit(tx, cx, port.subnet(), groups)?;
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
    let by = match (owned || !port.device_id.is_empty(), &port.public_ip) {
        (true, _) => Some(Holder::Service),
        (false, Some(_)) => Some(Holder::PublicIp),
        (false, None) => holder(tx, id)?,
    };
    if let Some(by) = by {
        return Err(Fault::InUse {
            kind: Kind::Port,
            id: id.to_owned(),
            by,
        });
    }
    condition::backend_writes(tx, cx)?;
    discard(tx, &port)
}

/// What else holds the port in use.
pub fn holder(tx: &mut Tx<'_>, id: &str) -> Result<Option<Holder>, Fault> {
    let holders = tx.holders(id, 1)?;
    Ok(holders.first().map(|(_, role)| match role.as_str() {
        "bound_to" => Holder::PublicIp,
        "carried_by" => Holder::SubInterface,
        NEXT_HOP => Holder::Route,
        session::ROLE => Holder::Mirror,
        _ => Holder::Service,
    }))
}

/// Removes a port that nothing uses and gives its address back.
pub fn discard(tx: &mut Tx<'_>, port: &Port) -> Result<(), Fault> {
    if let Some(by) = holder(tx, &port.head.id)? {
        return Err(Fault::InUse {
            kind: Kind::Port,
            id: port.head.id.clone(),
            by,
        });
    }
    // An address that is no longer handed out is nobody's once its claim goes with the port.
    if let Some(subnet) = tx.any::<Subnet>(port.subnet())?
        && subnet.hands_out(port.address)
    {
        subnet.space().release(tx, port.address)?;
    }
    further::release_all(tx, port)?;
    six::release(tx, port)?;
    tx.remove(port)
}

/// Security groups judge nothing where no source is checked.
pub(crate) fn refuse_judged(unguarded: bool, groups: &[String]) -> Result<(), Fault> {
    match unguarded && !groups.is_empty() {
        true => Err(Fault::invalid(
            "security_groups",
            "port security is switched off",
        )),
        false => Ok(()),
    }
}

/// The port of a subnet's gateway.
pub fn gateway_of(tx: &mut Tx<'_>, subnet: &str) -> Result<Option<String>, Fault> {
    Ok(claim::holder(tx.rows(), GATEWAYS, subnet)?)
}

/// Claims of subnets by the ports of their gateways.
const GATEWAYS: &str = "gateway-port";

fn is_zero(n: &u64) -> bool {
    *n == 0
}
