//! Subnets: blocks of a network that hand out addresses.

mod claims;
mod ranges;

use std::net::Ipv4Addr;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use vpcd_net::Cidr;

use crate::cidr_reservation::CidrReservation;
use crate::condition;
use crate::context::Context;
use crate::fault::{Fault, Holder};
use crate::firewall;
use crate::ipam::Space;
use crate::ipv6;
use crate::network;
use crate::port::{self, Port};
use crate::quota;
use crate::registration::Registration;
use crate::resource::{Head, Kind, Resource, Tag};
use crate::route_table::{NEXT_HOP, ROUTED, SOURCE};
use crate::tx::Tx;
use crate::vpc::Vpc;

pub use claims::{at, at6, layers, layers_named, layers_of, of_any_layer, of_layer};
pub(crate) use claims::{claim_block, claim_ipv6, refuse_overlap, release_block, release_ipv6};
pub(crate) use ranges::refuse_pools;

/// A block of a network.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Subnet {
    /// Head; the parent is the network.
    pub head: Head,
    /// Second id of the address layer beneath, where a cloud shows one.
    pub layer_id: String,
    /// Name.
    pub name: String,
    /// Free text.
    pub description: String,
    /// Its block.
    pub cidr: Cidr,
    /// Address of the gateway, inside the block.
    pub gateway: Ipv4Addr,
    /// Whether addresses are handed out by DHCP.
    pub dhcp: bool,
    /// Name servers, in order.
    pub dns: Vec<Ipv4Addr>,
    /// Further DHCP options, as `(name, value)`.
    #[serde(default)]
    pub dhcp_options: Vec<(String, Option<String>)>,
    /// Availability zone, may be empty.
    pub zone: String,
    /// What may live in it, in the words of the cloud that cares.
    #[serde(default)]
    pub purpose: String,
    /// The addresses kept by the platform.
    pub reserved: Vec<Ipv4Addr>,
    /// The ranges that it hands out; all that is not reserved when there are none.
    #[serde(default)]
    pub pools: Vec<(Ipv4Addr, Ipv4Addr)>,
    /// Routes that its DHCP tells, as `(destination, next hop)`.
    #[serde(default)]
    pub host_routes: Vec<(Cidr, Ipv4Addr)>,
    /// What the layer beneath keeps for itself.
    #[serde(default)]
    pub segment: Segment,
    /// Its half of IPv6.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ipv6: Option<ipv6::Layer>,
    /// The route table of its own; the network's default one when absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub route_table: Option<String>,
    /// Labels.
    #[serde(default)]
    pub tags: Vec<Tag>,
}

/// What a subnet's segment keeps for itself, where a cloud shows the two apart.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Segment {
    /// Its own name; the subnet's when absent.
    pub name: Option<String>,
    /// Whether new ports are unguarded.
    pub unguarded: bool,
    /// When it was made, if before the subnet.
    pub created: Option<Timestamp>,
}

/// Validated input of [`create`].
#[derive(Clone, Debug)]
pub struct NewSubnet {
    /// The network, by UUID.
    pub vpc: String,
    /// Name.
    pub name: String,
    /// Free text.
    pub description: String,
    /// Block.
    pub cidr: Cidr,
    /// Gateway; the first host address when absent.
    pub gateway: Option<Ipv4Addr>,
    /// DHCP on or off.
    pub dhcp: bool,
    /// Name servers.
    pub dns: Vec<Ipv4Addr>,
    /// Further DHCP options.
    pub dhcp_options: Vec<(String, Option<String>)>,
    /// Availability zone.
    pub zone: String,
    /// What may live in it.
    pub purpose: String,
    /// Whether it shall have IPv6.
    pub ipv6: bool,
    /// Labels.
    pub tags: Vec<Tag>,
}

/// Validated input of [`update`]; absent fields stay.
#[derive(Clone, Debug, Default)]
pub struct SubnetChange {
    /// New name.
    pub name: Option<String>,
    /// New description.
    pub description: Option<String>,
    /// DHCP on or off.
    pub dhcp: Option<bool>,
    /// New name servers.
    pub dns: Option<Vec<Ipv4Addr>>,
    /// Changed DHCP options.
    pub dhcp_options: Option<Vec<(String, Option<String>)>>,
    /// Whether it shall have IPv6; it is taken back only while no port has an address of it.
    pub ipv6: Option<bool>,
    /// New routes for DHCP to tell.
    pub host_routes: Option<Vec<(Cidr, Ipv4Addr)>>,
    /// New ranges to hand out.
    pub pools: Option<Vec<(Ipv4Addr, Ipv4Addr)>>,
}

impl Resource for Subnet {
    const KIND: Kind = Kind::Subnet;
    const ALIAS: Option<&'static str> = Some("sbn-");

    fn head(&self) -> &Head {
        &self.head
    }

    fn head_mut(&mut self) -> &mut Head {
        &mut self.head
    }

    fn counted(&self) -> bool {
        true
    }

    fn indexed(&self) -> Vec<(&'static str, String)> {
        let network = self.segment.name.as_ref().unwrap_or(&self.name);
        vec![
            ("name", self.name.clone()),
            (network::NAME, network.clone()),
        ]
    }

    fn edges(&self) -> Vec<(&'static str, String)> {
        let network = self.head.parent.iter().map(|id| ("network", id.clone()));
        let table = self.route_table.iter().map(|id| (ROUTED, id.clone()));
        network.chain(table).collect()
    }
}

impl Subnet {
    /// Where its addresses come from.
    pub fn space(&self) -> Space {
        Space::new(&format!("subnet/{}", self.head.id))
    }

    /// The network's id; empty while it is in none.
    pub fn vpc(&self) -> &str {
        self.head.parent.as_deref().unwrap_or_default()
    }
}

/// Creates a subnet inside a network.
///
/// The order of checks is the one of VPC.0003, 0004, 0203, 0204, then quota.
pub fn create(tx: &mut Tx<'_>, cx: &mut Context<'_>, new: NewSubnet) -> Result<Subnet, Fault> {
    condition::standing(tx, cx, false)?;
    if new.ipv6 {
        condition::ipv6(tx, cx)?;
    }
    let vpc: Vpc = tx.get(&cx.caller.project, &new.vpc)?;
    vpc.head.must_take_changes(cx, Kind::Vpc)?;
    condition::tags(tx, cx, &new.tags)?;
    if new.cidr.prefix() > cx.policy.longest_subnet_prefix {
        return Err(Fault::invalid("cidr", "prefix is too long"));
    }
    if !vpc.holds(new.cidr) {
        return Err(Fault::CidrOutsideParent {
            child: new.cidr.into(),
        });
    }
    refuse_overlap(tx, &new.vpc, new.cidr)?;
    match cx.policy.subnet_quota_per_network {
        true => quota::take_below::<Subnet>(tx, cx, "subnet", &vpc.head.id)?,
        false => quota::take::<Subnet>(tx, cx, "subnet")?,
    }
    condition::backend_writes(tx, cx)?;
    let mut head = Head::new::<Subnet>(cx, Some(&vpc.head.id));
    head.target = vpc.head.target.clone();
    let wants_ipv6 = new.ipv6;
    let mut subnet = build(cx, head, new)?;
    if subnet.dns.is_empty() {
        subnet.dns.clone_from(&vpc.name_servers);
    }
    if wants_ipv6 {
        ipv6::give_subnet(tx, cx, &mut subnet)?;
    }
    place(tx, cx, &subnet)?;
    Ok(subnet)
}

/// Stores a new subnet with its block, its addresses and its platform's ports.
pub(crate) fn place(tx: &mut Tx<'_>, cx: &mut Context<'_>, subnet: &Subnet) -> Result<(), Fault> {
    tx.insert(subnet)?;
    claims::claim_layer(tx, subnet)?;
    if subnet.head.parent.is_some() {
        claim_block(tx, subnet)?;
    }
    for range in subnet.ranges() {
        subnet.space().offer(tx, range)?;
    }
    port::create_system(tx, cx, subnet)
}

/// The subnet of that id.
pub fn show(tx: &mut Tx<'_>, cx: &mut Context<'_>, id: &str) -> Result<Subnet, Fault> {
    condition::backend_reads(tx, cx)?;
    tx.get(&cx.caller.project, id)
}

/// Changes a subnet; `vpc`, when given, must be its network.
pub fn update(
    tx: &mut Tx<'_>,
    cx: &mut Context<'_>,
    vpc: Option<&str>,
    id: &str,
    change: SubnetChange,
) -> Result<Subnet, Fault> {
    condition::backend_writes(tx, cx)?;
    let mut subnet = below(tx, cx, vpc, id)?;
    subnet.head.must_take_changes(cx, Kind::Subnet)?;
    if let Some(name) = change.name {
        subnet.name = name;
    }
    if let Some(description) = change.description {
        subnet.description = description;
    }
    if let Some(pools) = change.pools {
        ranges::offer_anew(tx, &mut subnet, pools)?;
    }
    let switched = match change.ipv6 {
        Some(on) => ipv6::switch(tx, cx, &mut subnet, on)?,
        None => false,
    };
    let served = |it: &Subnet| {
        let told = (
            it.dns.clone(),
            it.dhcp_options.clone(),
            it.host_routes.clone(),
        );
        (it.dhcp, told)
    };
    let before = served(&subnet);
    if let Some(dhcp) = change.dhcp {
        subnet.dhcp = dhcp;
    }
    if let Some(dns) = change.dns {
        subnet.dns = dns;
    }
    for (name, value) in change.dhcp_options.into_iter().flatten() {
        subnet.dhcp_options.retain(|(known, _)| *known != name);
        subnet.dhcp_options.push((name, value));
    }
    if let Some(host_routes) = change.host_routes {
        subnet.host_routes = host_routes;
    }
    match before == served(&subnet) && !switched {
        true => tx.update(cx, &mut subnet)?,
        false => tx.change(cx, &mut subnet)?,
    }
    Ok(subnet)
}

/// Deletes a subnet that holds nothing but the platform's own ports; `vpc`, when given, must be its network.
pub fn delete(
    tx: &mut Tx<'_>,
    cx: &mut Context<'_>,
    vpc: Option<&str>,
    id: &str,
) -> Result<(), Fault> {
    let mut subnet = below(tx, cx, vpc, id)?;
    if let Some(by) = holder(tx, &subnet)? {
        return Err(Fault::InUse {
            kind: Kind::Subnet,
            id: id.to_owned(),
            by,
        });
    }
    condition::backend_writes(tx, cx)?;
    firewall::forget_subnet(tx, cx, id)?;
    // Nothing holds the subnet, so its ports are the few of the platform.
    for port in tx.children::<Port>(id)? {
        tx.remove(&port)?;
    }
    subnet.space().drop(tx)?;
    ipv6::take_from_subnet(tx, &mut subnet)?;
    tx.remove(&subnet)
}

fn below(tx: &mut Tx<'_>, cx: &Context<'_>, vpc: Option<&str>, id: &str) -> Result<Subnet, Fault> {
    let subnet: Subnet = tx.get(&cx.caller.project, id)?;
    // VPC.0207
    if vpc.is_some_and(|vpc| vpc != subnet.vpc()) {
        return Err(Fault::WrongParent {
            kind: Kind::Subnet,
            id: id.to_owned(),
        });
    }
    Ok(subnet)
}

/// What keeps the subnet in use, in the order of VPC.0208, 0211, 0209, 0210.
fn holder(tx: &mut Tx<'_>, subnet: &Subnet) -> Result<Option<Holder>, Fault> {
    for by in [Holder::PrivateIp, Holder::LoadBalancer, Holder::Service] {
        if port::any_holds(tx, subnet, by)? {
            return Ok(Some(by));
        }
    }
    let id = &subnet.head.id;
    if tx.has_children::<CidrReservation>(id)? || tx.has_children::<Registration>(id)? {
        return Ok(Some(Holder::Service));
    }
    let holders = tx.holders(id, usize::MAX)?;
    // VPC.0210: a route needs it, for where it leads or for whose packets it is.
    let route = |(_, role): &(String, String)| role == NEXT_HOP || role == SOURCE;
    Ok(match holders.iter().all(route) {
        false => Some(Holder::Service),
        true => (!holders.is_empty()).then_some(Holder::Route),
    })
}

/// A subnet that is not stored yet.
pub(crate) fn build(cx: &mut Context<'_>, head: Head, new: NewSubnet) -> Result<Subnet, Fault> {
    let gateway = match new.gateway.or_else(|| new.cidr.nth(1)) {
        Some(gateway) if new.cidr.has(gateway) => gateway,
        _ => return Err(Fault::invalid("gateway_ip", "not inside the subnet")),
    };
    let mut reserved = vec![new.cidr.base(), gateway];
    reserved.extend((0..cx.policy.reserved_tail).filter_map(|offset| new.cidr.nth_back(offset)));
    reserved.sort_unstable();
    reserved.dedup();
    Ok(Subnet {
        head,
        layer_id: cx.ids.uuid(),
        name: new.name,
        description: new.description,
        cidr: new.cidr,
        gateway,
        dhcp: new.dhcp,
        dns: new.dns,
        dhcp_options: new.dhcp_options,
        zone: new.zone,
        purpose: new.purpose,
        reserved,
        pools: Vec::new(),
        host_routes: Vec::new(),
        segment: Segment::default(),
        ipv6: None,
        route_table: None,
        tags: new.tags,
    })
}
