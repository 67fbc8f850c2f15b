//! Interfaces: the ports that tenants make for servers, with several addresses, in one server at a time.
//!
//! One is a port in everything else: its groups, its packets and its place in a subnet are those of ports.

mod address;
mod attach;

use std::net::{IpAddr, Ipv4Addr};

use crate::condition;
use crate::context::Context;
use crate::fault::{Fault, Holder};
use crate::port::{self, NewPort, Port, PortChange, VIRTUAL};
use crate::publicip::{self, PublicIp};
use crate::quota;
use crate::resource::{Kind, Tag};
use crate::subnet::Subnet;
use crate::tx::Tx;

pub use address::{ADDRESSED, NewAddress, Pick, add, addresses_max, remove, room};
pub use attach::{SERVER_INTERFACES, attach, detach, server_room};

/// A rule of interfaces that is broken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Refusal {
    /// Its status forbids the operation.
    Status(Status),
    /// It is in another server than the one named.
    OtherServer,
    /// The server is neither running nor stopped.
    Power,
    /// The server is in another zone or another network.
    Elsewhere,
    /// The server's memory carries so many addresses on an interface and no more.
    Memory {
        /// How many it carries.
        limit: u64,
    },
    /// The address is its first one, or not one of its own.
    Address(IpAddr),
    /// Its subnet is for machines that have no interfaces.
    Machines,
    /// Its subnet is behind a NAT gateway: no public address is bound in it.
    BehindNat,
}

/// What an interface is doing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Status {
    /// In no server.
    Available,
    /// On its way into one.
    Attaching,
    /// In one.
    InUse,
    /// On its way out.
    Detaching,
}

/// Validated input of [`create`].
#[derive(Clone, Debug, Default)]
pub struct NewInterface {
    /// What every port has.
    pub port: NewPort,
    /// Free text.
    pub description: String,
    /// Addresses besides the first.
    pub further: Vec<NewAddress>,
    /// Public addresses, by id, in the order of those of IPv4, the first one's first.
    pub public: Vec<Option<String>>,
    /// The server that it is put into at once, by id.
    pub server: Option<String>,
    /// Labels.
    pub tags: Vec<Tag>,
}

/// Prefix of the short ids of interfaces.
const PREFIX: &str = "eni-";
/// Prefix of those of virtual addresses.
const VIRTUAL_PREFIX: &str = "havip-";
/// Name of the quota on interfaces of a network that are in no server.
pub const LOOSE: &str = "interface";

/// Roles of the edges to the server, and to a further subnet.
const ATTACHED: &str = "attached_to";
const BESIDE: &str = "addressed_from";

impl Port {
    /// Whether it is an interface: made by a tenant for servers, and neither virtual nor carried by another.
    pub fn is_interface(&self) -> bool {
        let alias = self.head.alias.as_deref();
        alias.is_some_and(|alias| alias.starts_with(PREFIX))
            && !self.is_platforms()
            && self.carried.is_none()
    }

    /// What an interface is doing; what the fabric has not borne out is under way.
    pub fn status(&self) -> Status {
        let moving = self.moved > self.head.observed;
        match (self.device_id.is_empty(), moving) {
            (true, true) => Status::Detaching,
            (true, false) => Status::Available,
            (false, true) => Status::Attaching,
            (false, false) => Status::InUse,
        }
    }

    /// Refuses an interface that is on its way.
    fn must_be_still(&self) -> Result<(), Fault> {
        match self.status() {
            Status::Available | Status::InUse => Ok(()),
            status => Err(Fault::Interface(Refusal::Status(status))),
        }
    }
}

/// Prefix of the short id of a port, where it has one: none is the platform's, a server's or carried by another.
pub(crate) fn alias(device_owner: &str) -> Option<&'static str> {
    match device_owner {
        "" => Some(PREFIX),
        VIRTUAL => Some(VIRTUAL_PREFIX),
        _ => None,
    }
}

/// What interfaces, virtual addresses and who answers for them are found by.
pub(crate) fn indexed(port: &Port) -> Vec<(&'static str, String)> {
    let target = &port.head.target;
    let mut by: Vec<_> = port
        .further
        .iter()
        .map(|it| ("address", it.address.to_string()))
        .collect();
    if port.is_interface() {
        by.push((IN_NETWORK, target.clone()));
        if port.device_id.is_empty() {
            by.push((LOOSE_IN, target.clone()));
        }
    }
    if port.device_owner == VIRTUAL {
        by.push((VIRTUAL_IN, target.clone()));
        return by;
    }
    let answers = port
        .allowed_pairs
        .iter()
        .filter_map(|(text, _)| single(text));
    by.extend(answers.map(|address| (ANSWERS, answered(target, address))));
    by
}

/// The attribute by which the interfaces of a network are found, with the network's target as its value.
pub const IN_NETWORK: &str = "interface";
/// The attribute by which its virtual addresses are found.
pub const VIRTUAL_IN: &str = "virtual";
/// The attribute by which those that are in no server are counted.
const LOOSE_IN: &str = "loose";
/// The attribute by which the ports that may have an address of another port are found.
pub(crate) const ANSWERS: &str = "answers";

/// The address that an allowed block stands for, when it is one of a single address of IPv4.
pub(crate) fn single(text: &str) -> Option<Ipv4Addr> {
    text.strip_suffix("/32").unwrap_or(text).parse().ok()
}

/// The value of [`ANSWERS`] for an address in a network.
pub(crate) fn answered(target: &str, address: Ipv4Addr) -> String {
    format!("{target}/{address}")
}

/// What an interface holds in use besides what every port does.
pub(crate) fn edges(port: &Port) -> Vec<(&'static str, String)> {
    let server = (port.is_interface() && !port.device_id.is_empty())
        .then(|| (ATTACHED, port.device_id.clone()));
    let further = port.further.iter().filter_map(|it| it.subnet.clone());
    let mut subnets: Vec<_> = further.map(|subnet| (BESIDE, subnet)).collect();
    subnets.sort_unstable();
    subnets.dedup();
    server.into_iter().chain(subnets).collect()
}

/// Creates an interface, in a server if one is named.
pub fn create(tx: &mut Tx<'_>, cx: &mut Context<'_>, new: NewInterface) -> Result<Port, Fault> {
    let subnet: Subnet = tx.get(&cx.caller.project, &new.port.subnet)?;
    condition::tags(tx, cx, &new.tags)?;
    if subnet.is_for_machines() {
        return Err(Fault::Interface(Refusal::Machines));
    }
    // Only those in no server are counted.
    if new.server.is_none() {
        few_loose(tx, cx, &subnet)?;
    }
    let limit = quota::limit(tx, cx, &cx.caller.project, ADDRESSED)?;
    let most = address::counted(1, 0, &new.further);
    if let Some(limit) = limit.filter(|limit| most > *limit) {
        let quota = ADDRESSED;
        return Err(Fault::QuotaExceeded { quota, limit });
    }
    let mut port = port::create(tx, cx, new.port)?;
    port.description = new.description;
    port.tags = new.tags;
    for wanted in &new.further {
        address::take(tx, cx, &mut port, &subnet, wanted)?;
    }
    tx.store(&mut port)?;
    // What is on its way into a server takes no public address, so these come first.
    for (address, public_ip) in port.addresses().zip(&new.public) {
        if let Some(public_ip) = public_ip {
            bind(tx, cx, &port.head.id, Some(address), public_ip)?;
        }
    }
    match new.server {
        Some(server) => attach(tx, cx, &port.head.id, &server),
        None => get(tx, &cx.caller.project, &port.head.id),
    }
}

/// The interface of that id, which may be the short one.
pub fn get(tx: &mut Tx<'_>, project: &str, id: &str) -> Result<Port, Fault> {
    let port = match tx.find::<Port>(project, id)? {
        Some(port) => port,
        None => tx.by_alias::<Port>(project, id)?,
    };
    match port.is_interface() {
        true => Ok(port),
        false => Err(Fault::NotFound {
            kind: Kind::Port,
            id: id.to_owned(),
        }),
    }
}

/// The interfaces of other subnets that have an address of this one.
pub fn of_elsewhere(tx: &mut Tx<'_>, subnet: &str) -> Result<Vec<Port>, Fault> {
    let mut ports = Vec::new();
    for (id, role) in tx.holders(subnet, usize::MAX)? {
        if role == BESIDE {
            ports.extend(tx.any::<Port>(&id)?);
        }
    }
    Ok(ports)
}

/// Changes what an interface is called.
pub fn describe(
    tx: &mut Tx<'_>,
    cx: &mut Context<'_>,
    id: &str,
    name: Option<String>,
    description: Option<String>,
) -> Result<Port, Fault> {
    let mut port = get(tx, &cx.caller.project, id)?;
    condition::backend_writes(tx, cx)?;
    port.name = name.unwrap_or(port.name);
    port.description = description.unwrap_or(port.description);
    tx.update(cx, &mut port)?;
    Ok(port)
}

/// Gives an interface other security groups.
pub fn judge(
    tx: &mut Tx<'_>,
    cx: &mut Context<'_>,
    id: &str,
    groups: Vec<String>,
) -> Result<Port, Fault> {
    let port = get(tx, &cx.caller.project, id)?;
    port.must_be_still()?;
    let change = PortChange {
        security_groups: Some(groups),
        ..PortChange::default()
    };
    port::update(tx, cx, &port.head.id, change)
}

/// Deletes an interface that is in no server and has no public address.
pub fn delete(tx: &mut Tx<'_>, cx: &mut Context<'_>, id: &str) -> Result<(), Fault> {
    let port = get(tx, &cx.caller.project, id)?;
    must_be(&port, Status::Available)?;
    if port.has_public_ip() {
        return Err(Fault::InUse {
            kind: Kind::Port,
            id: id.to_owned(),
            by: Holder::PublicIp,
        });
    }
    port::delete(tx, cx, &port.head.id)
}

/// Binds a public address to one of the addresses of an interface, its first one where none is named.
pub fn bind(
    tx: &mut Tx<'_>,
    cx: &mut Context<'_>,
    id: &str,
    address: Option<Ipv4Addr>,
    public_ip: &str,
) -> Result<PublicIp, Fault> {
    let port = get(tx, &cx.caller.project, id)?;
    port.must_be_still()?;
    let address = address.unwrap_or(port.address);
    if port.public_ip_at(address).is_none() {
        return Err(Fault::Interface(Refusal::Address(address.into())));
    }
    let subnet: Subnet = tx.get(&cx.caller.project, port.subnet())?;
    if subnet.is_behind_nat() {
        return Err(Fault::Interface(Refusal::BehindNat));
    }
    let it = publicip::must_be_changeable(tx, cx, public_ip)?;
    condition::backend_writes(tx, cx)?;
    publicip::bind_at(tx, cx, it, port, address, false)
}

/// Unbinds a public address from the interface that it is bound to.
pub fn unbind(
    tx: &mut Tx<'_>,
    cx: &mut Context<'_>,
    id: &str,
    public_ip: &str,
) -> Result<PublicIp, Fault> {
    let port = get(tx, &cx.caller.project, id)?;
    port.must_be_still()?;
    let it: PublicIp = tx.get(&cx.caller.project, public_ip)?;
    if it.port() != Some(&port.head.id) {
        return Err(Fault::Unsuitable {
            kind: Kind::PublicIp,
            id: public_ip.to_owned(),
            reason: "it is not bound to the interface",
        });
    }
    publicip::unbind(tx, cx, public_ip)
}

fn must_be(port: &Port, wanted: Status) -> Result<(), Fault> {
    match port.status() {
        status if status == wanted => Ok(()),
        status => Err(Fault::Interface(Refusal::Status(status))),
    }
}

/// Refuses another interface where a network has as many in no server as it may.
fn few_loose(tx: &mut Tx<'_>, cx: &Context<'_>, subnet: &Subnet) -> Result<(), Fault> {
    let project = &cx.caller.project;
    let Some(limit) = quota::limit(tx, cx, project, LOOSE)? else {
        return Ok(());
    };
    match tx.count_found::<Port>(project, LOOSE_IN, &subnet.head.target)? >= limit {
        true => Err(Fault::QuotaExceeded {
            quota: LOOSE,
            limit,
        }),
        false => Ok(()),
    }
}

impl Subnet {
    /// Whether it is for machines of their own, which take no interfaces.
    fn is_for_machines(&self) -> bool {
        matches!(self.purpose.as_str(), "BBC" | "BBC_NAT")
    }

    /// Whether it reaches the Internet by a NAT gateway alone.
    pub fn is_behind_nat(&self) -> bool {
        self.purpose.ends_with("_NAT")
    }
}
