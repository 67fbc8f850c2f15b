//! Subnets: blocks of a network that hand out addresses.

use std::net::Ipv4Addr;

use serde::{Deserialize, Serialize};
use vpcd_net::Cidr;
use vpcd_store::claim;

use crate::cidr_reservation::CidrReservation;
use crate::condition;
use crate::context::Context;
use crate::fault::{Fault, Holder};
use crate::firewall;
use crate::ipam::{self, Space};
use crate::port::{self, Port};
use crate::quota;
use crate::registration::Registration;
use crate::resource::{Head, Kind, Resource, Tag};
use crate::route_table::{NEXT_HOP, ROUTED};
use crate::tx::Tx;
use crate::vpc::Vpc;

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
    /// The route table of its own; the network's default one when absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub route_table: Option<String>,
    /// Labels.
    #[serde(default)]
    pub tags: Vec<Tag>,
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
    /// Whether IPv6 was asked for.
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
    /// Whether IPv6 was asked for.
    pub ipv6: Option<bool>,
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

    /// The network's id.
    pub fn vpc(&self) -> &str {
        self.head.parent.as_deref().unwrap_or_default()
    }

    /// Addresses that tenants may use in all.
    pub fn usable(&self) -> u64 {
        self.cidr.size().saturating_sub(self.reserved.len() as u64)
    }
}

/// Creates a subnet inside a network.
///
/// The order of checks is the one of VPC.0003, 0004, 0203, 0204, then quota.
pub fn create(tx: &mut Tx<'_>, cx: &mut Context<'_>, new: NewSubnet) -> Result<Subnet, Fault> {
    condition::standing(tx, cx, false)?;
    if new.ipv6 && !feature_ipv6(tx, cx)? {
        return Err(Fault::Standing(condition::Standing::Restricted));
    }
    let vpc: Vpc = tx.get(&cx.caller.project, &new.vpc)?;
    vpc.head.must_take_changes(cx, Kind::Vpc)?;
    condition::tags(tx, cx, &new.tags)?;
    if new.cidr.prefix() > cx.policy.longest_subnet_prefix {
        return Err(Fault::invalid("cidr", "prefix is too long"));
    }
    if !vpc.holds(new.cidr) {
        return Err(Fault::CidrOutsideParent { child: new.cidr });
    }
    refuse_overlap(tx, &new)?;
    match cx.policy.subnet_quota_per_network {
        true => quota::take_below::<Subnet>(tx, cx, "subnet", &vpc.head.id)?,
        false => quota::take::<Subnet>(tx, cx, "subnet")?,
    }
    condition::backend_writes(tx, cx)?;
    let subnet = build(cx, &vpc, new)?;
    tx.insert(&subnet)?;
    claim::take(
        tx.rows(),
        &block_space(subnet.vpc()),
        &block_key(subnet.cidr),
        &subnet.head.id,
    )?;
    for range in ipam::without(subnet.cidr.range(), &subnet.reserved) {
        subnet.space().offer(tx, range)?;
    }
    port::create_system(tx, cx, &subnet)?;
    Ok(subnet)
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
    if change.ipv6 == Some(true) && !feature_ipv6(tx, cx)? {
        return Err(Fault::Standing(condition::Standing::Restricted));
    }
    if let Some(name) = change.name {
        subnet.name = name;
    }
    if let Some(description) = change.description {
        subnet.description = description;
    }
    let served = (subnet.dhcp, subnet.dns.clone(), subnet.dhcp_options.clone());
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
    match served == (subnet.dhcp, subnet.dns.clone(), subnet.dhcp_options.clone()) {
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
    let subnet = below(tx, cx, vpc, id)?;
    if let Some(by) = holder(tx, &subnet)? {
        return Err(Fault::InUse {
            kind: Kind::Subnet,
            id: id.to_owned(),
            by,
        });
    }
    condition::backend_writes(tx, cx)?;
    firewall::forget_subnet(tx, cx, id)?;
    for port in tx.children::<Port>(id)? {
        tx.remove(&port)?;
    }
    subnet.space().drop(tx)?;
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
    let mut holder = None;
    for port in tx.children::<Port>(&subnet.head.id)? {
        match port.holds_subnet() {
            Some(Holder::PrivateIp) => return Ok(Some(Holder::PrivateIp)),
            Some(Holder::LoadBalancer) => holder = Some(Holder::LoadBalancer),
            Some(by) => holder = holder.or(Some(by)),
            None => {}
        }
    }
    if holder.is_some() {
        return Ok(holder);
    }
    let id = &subnet.head.id;
    if tx.has_children::<CidrReservation>(id)? || tx.has_children::<Registration>(id)? {
        return Ok(Some(Holder::Service));
    }
    let holders = tx.holders(id, usize::MAX)?;
    let route = |(_, role): &(String, String)| role == NEXT_HOP;
    Ok(match holders.iter().all(route) {
        false => Some(Holder::Service),
        true => (!holders.is_empty()).then_some(Holder::Route),
    })
}

/// The subnet of a network that an address is in.
pub fn at(tx: &mut Tx<'_>, vpc: &str, address: Ipv4Addr) -> Result<Option<Subnet>, Fault> {
    let key = format!("{}/99", ipam::key(address));
    let below = claim::floor(tx.rows(), &block_space(vpc), &key)?;
    let found = below.filter(|row| block(&row.key).is_some_and(|block| block.has(address)));
    match found {
        Some(row) => tx.any(&row.owner),
        None => Ok(None),
    }
}

/// Blocks of one network are disjoint, so only the nearest neighbours on either side can overlap a new one.
fn refuse_overlap(tx: &mut Tx<'_>, new: &NewSubnet) -> Result<(), Fault> {
    let space = block_space(&new.vpc);
    let below = claim::floor(
        tx.rows(),
        &space,
        &format!("{}/99", ipam::key(new.cidr.base())),
    )?;
    let above = claim::ceiling(tx.rows(), &space, &ipam::key(new.cidr.base()))?;
    for row in [below, above].into_iter().flatten() {
        if let Some(theirs) = block(&row.key)
            && theirs.overlaps(new.cidr)
        {
            return Err(Fault::CidrOverlap {
                mine: new.cidr,
                theirs,
            });
        }
    }
    Ok(())
}

fn build(cx: &mut Context<'_>, vpc: &Vpc, new: NewSubnet) -> Result<Subnet, Fault> {
    let gateway = match new.gateway.or_else(|| new.cidr.nth(1)) {
        Some(gateway) if new.cidr.has(gateway) => gateway,
        _ => return Err(Fault::invalid("gateway_ip", "not inside the subnet")),
    };
    let mut reserved = vec![new.cidr.base(), gateway];
    reserved.extend((0..cx.policy.reserved_tail).filter_map(|offset| new.cidr.nth_back(offset)));
    reserved.sort_unstable();
    reserved.dedup();
    let mut head = Head::new::<Subnet>(cx, Some(&vpc.head.id));
    head.target = vpc.head.target.clone();
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
        route_table: None,
        tags: new.tags,
    })
}

fn feature_ipv6(tx: &mut Tx<'_>, cx: &Context<'_>) -> Result<bool, Fault> {
    let project = format!("project/{}", cx.caller.project);
    condition::switch(tx, "feature.ipv6", &[&project, "*"], false)
}

fn block_space(vpc: &str) -> String {
    format!("block/{vpc}")
}

fn block_key(cidr: Cidr) -> String {
    format!("{}/{:02}", ipam::key(cidr.base()), cidr.prefix())
}

fn block(key: &str) -> Option<Cidr> {
    let (base, prefix) = key.split_once('/')?;
    Cidr::new(ipam::address(base), prefix.parse().ok()?).ok()
}
