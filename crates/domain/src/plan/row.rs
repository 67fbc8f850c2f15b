//! The rows of a plan, typed: what a fabric, and the packet function, know of each resource.
//!
//! Everything that decides about a packet is here and nothing else: [`crate::reach`] is built from these rows alone, so
//! whatever it says, a fabric that holds the plan can do.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

use serde::{Deserialize, Serialize};
use vpcd_net::{Cidr, Cidr6, Family, Ports, Prefix, Span};

use crate::nat::Timeouts;
use crate::route_table::{Line, Via};
use crate::security_rule::{Action, Direction, Icmp, Remote};
use crate::vpn::connection::{Role, Rule, Style};
use crate::vpn::gateway::Attachment;

/// A network.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Network {
    /// Primary block.
    pub cidr: Option<Cidr>,
    /// Further blocks.
    pub secondary_cidrs: Vec<Cidr>,
    /// Block of IPv6.
    #[serde(default)]
    pub ipv6: Option<Cidr6>,
    /// Forwards between its peers.
    #[serde(default)]
    pub relay: bool,
}

/// A subnet.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Subnet {
    /// Its network; none while it is not attached to one.
    pub network: Option<String>,
    /// Its block.
    pub cidr: Cidr,
    /// Address of the gateway.
    pub gateway: Ipv4Addr,
    /// Its block of IPv6.
    #[serde(default)]
    pub ipv6: Option<Cidr6>,
    /// Address of the gateway in that.
    #[serde(default)]
    pub ipv6_gateway: Option<Ipv6Addr>,
    /// Whether addresses are handed out by DHCP.
    pub dhcp: bool,
    /// Name servers.
    pub dns: Vec<Ipv4Addr>,
    /// Its route table; the network's default one when absent.
    #[serde(default)]
    pub route_table: Option<String>,
    /// Routes that its DHCP tells, as `(destination, next hop)`.
    #[serde(default)]
    pub host_routes: Vec<(Cidr, Ipv4Addr)>,
}

/// A port.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Port {
    /// Its subnet.
    pub subnet: String,
    /// Its address.
    pub address: Ipv4Addr,
    /// Its addresses of IPv6.
    #[serde(default)]
    pub ipv6: Vec<Ipv6Addr>,
    /// Hardware address.
    pub mac: String,
    /// What it is for, such as `compute:az1`.
    pub device_owner: String,
    /// The device that uses it.
    pub device_id: String,
    /// Security groups, in the order in which they are asked.
    pub security_groups: Vec<String>,
    /// Addresses of its own besides the first.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub further: Vec<Ipv4Addr>,
    /// Further addresses that may leave it.
    pub allowed: Vec<Span>,
    /// Whether security groups judge its packets: not where it is the platform's, or its owner switched them off.
    pub judged: bool,
    /// Whether it is a virtual address, which other ports answer for.
    #[serde(default)]
    pub is_virtual: bool,
}

impl Subnet {
    /// Whether an address is of one of its blocks.
    pub fn has(&self, address: IpAddr) -> bool {
        match address {
            IpAddr::V4(address) => self.cidr.has(address),
            IpAddr::V6(address) => self.ipv6.is_some_and(|block| block.has(address)),
        }
    }
}

impl Port {
    /// Its addresses, of both families.
    pub fn addresses(&self) -> impl Iterator<Item = IpAddr> {
        let four = std::iter::once(&self.address).chain(&self.further);
        let six = self.ipv6.iter().copied().map(IpAddr::V6);
        four.copied().map(IpAddr::V4).chain(six)
    }

    /// The address that it uses in a family, if it has one there.
    pub fn address_in(&self, family: Family) -> Option<IpAddr> {
        self.addresses().find(|it| Family::of(*it) == family)
    }
}

/// A route table.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RouteTable {
    /// Its network.
    pub network: String,
    /// Whether it came with the network.
    pub is_default: bool,
    /// Its routes.
    pub routes: Vec<Route>,
}

/// A route.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Route {
    /// Where packets want to go.
    pub destination: Prefix,
    /// Where they must come from; from anywhere when absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub source: Option<Prefix>,
    /// Which of several next hops it is.
    #[serde(default, skip_serializing_if = "Line::is_only")]
    pub line: Line,
    /// What the next hop is.
    pub via: Via,
    /// Id of the next hop; of a [`Via::Address`], the address.
    pub next_hop: String,
}

/// A peering that both sides want.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Peering {
    /// The two networks.
    pub networks: [String; 2],
}

/// A security group.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SecurityGroup {
    /// Its name, for people who read the fabric's tables.
    pub name: String,
    /// Whether its rules are judged together with those of a port's other joint groups.
    #[serde(default)]
    pub joint: bool,
}

/// A rule of a security group; one that is switched off has no row.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SecurityRule {
    /// Its group.
    pub group: String,
    /// Which packets it judges.
    pub direction: Direction,
    /// Which addresses.
    pub family: Family,
    /// Protocol number; any when absent.
    pub protocol: Option<u8>,
    /// Destination ports.
    pub ports: Ports,
    /// Messages of ICMP; all when absent.
    pub icmp: Option<Icmp>,
    /// The far end.
    pub remote: Remote,
    /// What it does.
    pub action: Action,
    /// The lower number decides first.
    pub priority: u16,
    /// Source ports.
    #[serde(default)]
    pub source_ports: Ports,
    /// The addresses of the port itself that it is about; all when absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub local: Option<Prefix>,
}

/// A named set of addresses.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AddressGroup {
    /// Which addresses.
    pub family: Family,
    /// Its members.
    pub spans: Vec<Span>,
}

/// A named set of address groups.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AddressBundle {
    /// Its address groups.
    pub groups: Vec<String>,
}

/// A firewall (network ACL). What no rule speaks of, it drops.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Firewall {
    /// The subnets that it judges.
    pub subnets: Vec<String>,
    /// Whether it judges answers like any other packet; else it lets those to what it let through pass.
    #[serde(default)]
    pub stateless: bool,
    /// Rules for what comes in, in their order; none while it is switched off.
    pub ingress: Vec<FirewallRule>,
    /// Rules for what goes out.
    pub egress: Vec<FirewallRule>,
}

/// A rule of a firewall; one that is switched off is in no list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FirewallRule {
    /// Its id.
    pub id: String,
    /// Which addresses.
    pub family: Family,
    /// Protocol number; any when absent.
    pub protocol: Option<u8>,
    /// Where packets come from.
    pub source: Remote,
    /// Where they go.
    pub destination: Remote,
    /// Source ports.
    pub source_ports: Ports,
    /// Destination ports.
    pub ports: Ports,
    /// What it does.
    pub action: Action,
}

/// A public address.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PublicAddress {
    /// The address.
    pub public: Ipv4Addr,
    /// What it is bound to, unless it is free or frozen.
    pub bound: Option<Bound>,
    /// The address of the port that it is bound to, when that is not its first.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub private: Option<Ipv4Addr>,
    /// Its bandwidth.
    pub bandwidth: String,
    /// Its size in Mbit/s.
    pub mbits: Option<u32>,
}

/// What a public address is bound to.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Bound {
    /// A port.
    Port(String),
    /// A NAT gateway.
    NatGateway(String),
    /// A VPN gateway.
    VpnGateway(String),
}

/// An IPv6 gateway.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Ipv6Gateway {
    /// The network that it serves.
    pub network: String,
    /// Its bandwidth in Mbit/s.
    pub mbits: u32,
    /// Blocks that nobody reaches from outside, unless they called first.
    pub egress_only: Vec<Prefix>,
    /// Addresses with a share of the bandwidth.
    pub shares: Vec<Ipv6Share>,
}

/// What of a gateway's bandwidth an address has, in Mbit/s.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Ipv6Share {
    /// The address.
    pub address: Ipv6Addr,
    /// Towards it.
    pub ingress: u32,
    /// From it.
    pub egress: u32,
}

/// A NAT gateway.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct NatGateway {
    /// Its network.
    pub network: String,
    /// How long it remembers connections.
    #[serde(default)]
    pub timeouts: Timeouts,
}

/// A source rule of a NAT gateway.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SnatRule {
    /// Its gateway.
    pub gateway: String,
    /// Who goes out.
    pub source: Cidr,
    /// The public addresses that it goes out by, by id.
    pub addresses: Vec<String>,
}

/// A destination rule of a NAT gateway.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DnatRule {
    /// Its gateway.
    pub gateway: String,
    /// The public address, by id.
    pub address: String,
    /// Who receives it.
    pub private: Ipv4Addr,
    /// Protocol number; any when absent.
    pub protocol: Option<u8>,
    /// First and last port, public and private; any when absent.
    pub ports: Option<((u16, u16), (u16, u16))>,
}

/// What counts of a VPN gateway's row for packets; its own file writes the whole of it.
#[derive(Clone, Debug, PartialEq, Deserialize)]
pub struct VpnGateway {
    /// Whose networks it serves.
    pub attachment: Attachment,
    /// Blocks behind it.
    pub local_subnets: Vec<Prefix>,
}

impl VpnGateway {
    /// The network that it serves.
    pub fn network(&self) -> Option<&str> {
        match &self.attachment {
            Attachment::Vpc { vpc, .. } => Some(vpc),
            Attachment::Router { .. } => None,
        }
    }
}

/// What counts of a VPN connection's row for packets.
#[derive(Clone, Debug, PartialEq, Deserialize)]
pub struct VpnConnection {
    /// Its gateway.
    pub gateway: String,
    /// How traffic finds the tunnel.
    pub style: Style,
    /// Whether it is the one in use.
    pub role: Role,
    /// Blocks at the far end.
    pub peer_subnets: Vec<Prefix>,
    /// What may pass, for policies only.
    pub rules: Vec<Rule>,
}
