//! Virtual private clouds: the networks that everything else lives in.

mod blocks;
mod default;
pub mod dhcp;
mod name;

use std::net::Ipv4Addr;

use serde::{Deserialize, Serialize};
use vpcd_net::{Cidr, Cidr6, Family, Prefix};

use crate::condition;
use crate::context::Context;
use crate::fault::{Fault, Holder};
use crate::firewall::Firewall;
use crate::internet_gateway::InternetGateway;
use crate::ipv6;
use crate::ipv6_gateway::Ipv6Gateway;
use crate::peering;
use crate::publicip::PublicIp;
use crate::quota;
use crate::registration::{Registration, Service};
use crate::resource::{Head, Kind, Resource, Tag};
use crate::route_table::{self, RouteTable};
use crate::security_group;
use crate::state::State;
use crate::subnet::Subnet;
use crate::tx::Tx;
use crate::vpn::gateway::Gateway;

pub use default::create_default;
use name::{claim_name, release_name};

/// A virtual private cloud.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Vpc {
    /// Head; no parent.
    pub head: Head,
    /// Name, may be empty where the cloud allows it.
    pub name: String,
    /// Free text.
    pub description: String,
    /// Primary block; a network may do without and take any legal subnet.
    pub cidr: Option<Cidr>,
    /// Further blocks.
    #[serde(default)]
    pub secondary_cidrs: Vec<Cidr>,
    /// Block of IPv6, of which its subnets have parts.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ipv6: Option<Cidr6>,
    /// The network that came with the account.
    #[serde(default)]
    pub is_default: bool,
    /// Forwards between its peers.
    #[serde(default)]
    pub relay: bool,
    /// Name servers that subnets hand out where they were given none.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub name_servers: Vec<Ipv4Addr>,
    /// Enterprise project, `0` for the default one.
    pub enterprise_project: String,
    /// Labels.
    #[serde(default)]
    pub tags: Vec<Tag>,
}

/// Validated input of [`create`].
#[derive(Clone, Debug, Default)]
pub struct NewVpc {
    /// Name.
    pub name: String,
    /// Free text.
    pub description: String,
    /// Primary block.
    pub cidr: Option<Cidr>,
    /// Whether it shall have a block of IPv6.
    pub ipv6: bool,
    /// Enterprise project.
    pub enterprise_project: String,
    /// Labels.
    pub tags: Vec<Tag>,
}

/// Validated input of [`update`]; absent fields stay.
#[derive(Clone, Debug, Default)]
pub struct VpcChange {
    /// New name.
    pub name: Option<String>,
    /// New description.
    pub description: Option<String>,
    /// New primary block; `Some(None)` takes it away.
    pub cidr: Option<Option<Cidr>>,
    /// New set of further blocks.
    pub secondary_cidrs: Option<Vec<Cidr>>,
    /// New forwarding switch.
    pub relay: Option<bool>,
    /// Whether it shall have a block of IPv6; it is taken back only from a network whose subnets have none of it.
    pub ipv6: Option<bool>,
}

/// Further blocks that a network may have.
const FURTHER_BLOCKS: u64 = 5;

impl Resource for Vpc {
    const KIND: Kind = Kind::Vpc;
    const ALIAS: Option<&'static str> = Some("vpc-");

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
        vec![("name", self.name.clone())]
    }
}

impl Vpc {
    /// Whether a subnet of that block may live here.
    pub fn holds(&self, cidr: Cidr) -> bool {
        self.cidr.is_none_or(|mine| mine.holds(cidr))
            || self.secondary_cidrs.iter().any(|mine| mine.holds(cidr))
    }

    /// Refuses anything but an active network.
    pub fn must_be_active(&self) -> Result<(), Fault> {
        match self.head.state() {
            State::Active | State::Updating => Ok(()),
            state => Err(Fault::WrongState {
                kind: Kind::Vpc,
                id: self.head.id.clone(),
                state,
            }),
        }
    }
}

/// Creates a network with its default route table, and the default security group of the network or, with the first one,
/// of the project.
pub fn create(tx: &mut Tx<'_>, cx: &mut Context<'_>, new: NewVpc) -> Result<Vpc, Fault> {
    build(tx, cx, new, false)
}

fn build(
    tx: &mut Tx<'_>,
    cx: &mut Context<'_>,
    new: NewVpc,
    is_default: bool,
) -> Result<Vpc, Fault> {
    condition::standing(tx, cx, false)?;
    if new.ipv6 {
        condition::ipv6(tx, cx)?;
    }
    condition::tags(tx, cx, &new.tags)?;
    quota::take::<Vpc>(tx, cx, "vpc")?;
    condition::backend_writes(tx, cx)?;
    let mut head = Head::new::<Vpc>(cx, None);
    head.target = format!("network/{}", head.id);
    let mut vpc = Vpc {
        head,
        name: new.name,
        description: new.description,
        cidr: new.cidr,
        secondary_cidrs: Vec::new(),
        ipv6: None,
        is_default,
        relay: false,
        name_servers: Vec::new(),
        enterprise_project: new.enterprise_project,
        tags: new.tags,
    };
    claim_name(tx, cx, &vpc)?;
    if new.ipv6 {
        ipv6::give_network(tx, &mut vpc)?;
    }
    tx.insert(&vpc)?;
    route_table::create_default(tx, cx, &vpc)?;
    security_group::default_for(tx, cx, Some(&vpc.head.id))?;
    Ok(vpc)
}

/// The network of that id.
pub fn show(tx: &mut Tx<'_>, cx: &mut Context<'_>, id: &str) -> Result<Vpc, Fault> {
    condition::backend_reads(tx, cx)?;
    tx.get(&cx.caller.project, id)
}

/// Changes a network.
pub fn update(
    tx: &mut Tx<'_>,
    cx: &mut Context<'_>,
    id: &str,
    change: VpcChange,
) -> Result<Vpc, Fault> {
    condition::backend_writes(tx, cx)?;
    let mut vpc: Vpc = tx.get(&cx.caller.project, id)?;
    vpc.head.must_take_changes(cx, Kind::Vpc)?;
    if let Some(name) = change.name
        && name != vpc.name
    {
        release_name(tx, &vpc)?;
        vpc.name = name;
        claim_name(tx, cx, &vpc)?;
    }
    if let Some(description) = change.description {
        vpc.description = description;
    }
    if let Some(relay) = change.relay {
        vpc.relay = relay;
        if relay {
            peering::may_forward(tx, &vpc)?;
        }
    }
    let known = (vpc.cidr, vpc.secondary_cidrs.clone(), vpc.ipv6);
    let had: Vec<Prefix> = vpc.blocks().collect();
    match change.ipv6 {
        Some(true) if vpc.ipv6.is_none() => {
            condition::ipv6(tx, cx)?;
            ipv6::give_network(tx, &mut vpc)?;
        }
        Some(false) => {
            if tx.has_children::<Ipv6Gateway>(id)? {
                return Err(Fault::InUse {
                    kind: Kind::Vpc,
                    id: id.to_owned(),
                    by: Holder::Network,
                });
            }
            if route_table::any_of(tx, id, Family::V6)? {
                return Err(Fault::InUse {
                    kind: Kind::Vpc,
                    id: id.to_owned(),
                    by: Holder::Route,
                });
            }
            ipv6::take_from_network(tx, &mut vpc)?;
        }
        Some(true) | None => {}
    }
    if let Some(cidr) = change.cidr {
        vpc.cidr = cidr;
    }
    if let Some(secondary) = change.secondary_cidrs {
        vpc.secondary_cidrs = secondary;
    }
    if known == (vpc.cidr, vpc.secondary_cidrs.clone(), vpc.ipv6) {
        tx.update(cx, &mut vpc)?;
        return Ok(vpc);
    }
    blocks::check(tx, &vpc)?;
    let fresh = vpc.blocks().filter(|it| !had.contains(it));
    blocks::check_routes(tx, cx, &vpc, fresh)?;
    tx.change(cx, &mut vpc)?;
    Ok(vpc)
}

/// Adds further blocks to a network; they overlap neither each other nor what it has.
pub fn extend(
    tx: &mut Tx<'_>,
    cx: &mut Context<'_>,
    id: &str,
    more: &[Cidr],
) -> Result<Vpc, Fault> {
    let vpc: Vpc = tx.get(&cx.caller.project, id)?;
    let blocks = [vpc.secondary_cidrs, more.to_vec()].concat();
    let (quota, limit) = ("extend_cidrs", FURTHER_BLOCKS);
    if blocks.len() as u64 > limit {
        return Err(Fault::QuotaExceeded { quota, limit });
    }
    let change = VpcChange {
        secondary_cidrs: Some(blocks),
        ..VpcChange::default()
    };
    update(tx, cx, id, change)
}

/// Takes further blocks away from a network; no subnet may live in them.
pub fn shrink(
    tx: &mut Tx<'_>,
    cx: &mut Context<'_>,
    id: &str,
    less: &[Cidr],
) -> Result<Vpc, Fault> {
    let vpc: Vpc = tx.get(&cx.caller.project, id)?;
    let mut blocks = vpc.secondary_cidrs;
    for &cidr in less {
        let at = blocks.iter().position(|it| *it == cidr);
        blocks.remove(at.ok_or(Fault::CidrAbsent { cidr })?);
    }
    let change = VpcChange {
        secondary_cidrs: Some(blocks),
        ..VpcChange::default()
    };
    update(tx, cx, id, change)
}

/// Deletes a network that nothing lives in.
pub fn delete(tx: &mut Tx<'_>, cx: &mut Context<'_>, id: &str) -> Result<(), Fault> {
    let mut vpc: Vpc = tx.get(&cx.caller.project, id)?;
    if condition::backend(tx, cx)? == condition::Backend::Inconsistent {
        return Err(Fault::Backend(condition::Backend::Inconsistent));
    }
    vpc.head.must_take_changes(cx, Kind::Vpc)?;
    default::must_not_stay(cx, &vpc)?;
    let in_use = |by| Fault::InUse {
        kind: Kind::Vpc,
        id: id.to_owned(),
        by,
    };
    if tx.has_children::<Subnet>(id)? {
        return Err(in_use(Holder::Subnet));
    }
    // VPC.0120: routes that were written into the table of the network itself.
    if !route_table::default_of(tx, id)?.routes.is_empty() {
        return Err(in_use(Holder::Route));
    }
    if let Some(by) = registered_holder(tx, id)? {
        return Err(in_use(by));
    }
    if tx.has_children::<Gateway>(id)?
        || tx.has_children::<InternetGateway>(id)?
        || tx.has_children::<Ipv6Gateway>(id)?
        || tx.count_children::<RouteTable>(id)? > 1
        || !tx.holders(id, 1)?.is_empty()
    {
        return Err(in_use(Holder::Network));
    }
    if security_group::any_of_network(tx, &vpc)? {
        return Err(in_use(Holder::SecurityGroup));
    }
    refuse_as_last(tx, cx, id)?;
    condition::backend_writes(tx, cx)?;
    security_group::remove_default(tx, &vpc)?;
    route_table::remove_default(tx, &vpc)?;
    ipv6::take_from_network(tx, &mut vpc)?;
    tx.remove(&vpc)
}

/// What goes with the last network of a project must be gone before it (VPC.0107, VPC.0108, VPC.0112).
fn refuse_as_last(tx: &mut Tx<'_>, cx: &Context<'_>, id: &str) -> Result<(), Fault> {
    let project = &cx.caller.project;
    if !cx.policy.last_network_goes_last || tx.count::<Vpc>(project)? > 1 {
        return Ok(());
    }
    let by = if tx.count::<PublicIp>(project)? > 0 {
        Holder::PublicIp
    } else if tx.count::<Firewall>(project)? > 0 {
        Holder::Firewall
    } else if security_group::any_other(tx, project, id)? {
        Holder::SecurityGroup
    } else {
        return Ok(());
    };
    Err(Fault::InUse {
        kind: Kind::Vpc,
        id: id.to_owned(),
        by,
    })
}

fn registered_holder(tx: &mut Tx<'_>, id: &str) -> Result<Option<Holder>, Fault> {
    let registered = tx.children::<Registration>(id)?;
    let has = |service| registered.iter().any(|it| it.service == service);
    if condition::read::<String>(tx, "load_balancer_service", &["*"])?.as_deref()
        == Some("unreachable")
    {
        return Err(Fault::Neighbour {
            service: "load_balancer",
        });
    }
    if has(Service::LoadBalancer) {
        return Ok(Some(Holder::LoadBalancer));
    }
    Ok((!registered.is_empty()).then_some(Holder::Network))
}
