//! Attachments: a subnet that is in no VPC is put into one, or taken out of it.

use vpcd_store::resource;

use crate::condition;
use crate::context::Context;
use crate::fault::{Fault, Holder};
use crate::network;
use crate::port::{self, Port};
use crate::quota;
use crate::resource::{Kind, Resource};
use crate::subnet::{self, Subnet};
use crate::tx::Tx;
use crate::vpc::Vpc;

/// By what the subnet is named.
#[derive(Clone, Debug)]
pub enum By {
    /// By the id of its address layer.
    Layer(String),
    /// By one of its ports, which is (or becomes) the one of the gateway.
    Port(String),
}

/// A subnet's place in a VPC.
#[derive(Clone, Debug)]
pub struct Attachment {
    /// The subnet.
    pub subnet: Subnet,
    /// The port by which the VPC reaches into it.
    pub port: String,
}

/// Puts a subnet into a VPC.
pub fn attach(
    tx: &mut Tx<'_>,
    cx: &mut Context<'_>,
    vpc: &str,
    by: &By,
) -> Result<Attachment, Fault> {
    let vpc: Vpc = tx.get(&cx.caller.project, vpc)?;
    vpc.head.must_take_changes(cx, Kind::Vpc)?;
    let (mut subnet, port) = named(tx, cx, by)?;
    if subnet.head.parent.is_some() {
        return Err(Fault::Unsuitable {
            kind: Kind::Subnet,
            id: subnet.layer_id,
            reason: "the subnet has a router already",
        });
    }
    if port.as_ref().is_some_and(is_used) {
        return Err(Fault::InUse {
            kind: Kind::Port,
            id: port.map(|it| it.head.id).unwrap_or_default(),
            by: Holder::Service,
        });
    }
    if !vpc.holds(subnet.cidr) {
        let child = subnet.cidr;
        return Err(Fault::CidrOutsideParent { child });
    }
    subnet::refuse_overlap(tx, &vpc.head.id, subnet.cidr)?;
    if cx.policy.subnet_quota_per_network {
        quota::take_below::<Subnet>(tx, cx, "subnet", &vpc.head.id)?;
    }
    condition::backend_writes(tx, cx)?;
    let place = (Some(vpc.head.id.clone()), vpc.head.target.clone());
    move_to(tx, cx, &mut subnet, place)?;
    subnet::claim_block(tx, &subnet)?;
    let port = match port {
        Some(port) => {
            let mut port: Port = tx.get(&cx.caller.project, &port.head.id)?;
            port::make_gateway(tx, cx, &mut port, &vpc.head.id)?;
            port
        }
        None => port::create_gateway(tx, cx, &subnet)?,
    };
    Ok(Attachment {
        subnet,
        port: port.head.id,
    })
}

/// Takes a subnet out of a VPC, unless a public address or a route depends on its being there.
pub fn detach(
    tx: &mut Tx<'_>,
    cx: &mut Context<'_>,
    vpc: &str,
    by: &By,
) -> Result<Attachment, Fault> {
    let vpc: Vpc = tx.get(&cx.caller.project, vpc)?;
    vpc.head.must_take_changes(cx, Kind::Vpc)?;
    let (mut subnet, port) = named(tx, cx, by)?;
    let elsewhere = Fault::WrongParent {
        kind: Kind::Subnet,
        id: subnet.layer_id.clone(),
    };
    if subnet.vpc() != vpc.head.id || port.is_some_and(|it| it.device_owner != port::ROUTER) {
        return Err(elsewhere);
    }
    let ports = tx.children::<Port>(&subnet.head.id)?;
    if let Some(by) = dependent(tx, &subnet, &ports)? {
        return Err(Fault::InUse {
            kind: Kind::Subnet,
            id: subnet.layer_id,
            by,
        });
    }
    condition::backend_writes(tx, cx)?;
    let mut gateway = None;
    for port in ports.iter().filter(|it| it.device_owner == port::ROUTER) {
        port::discard_platforms(tx, &subnet, port)?;
        gateway = Some(port.head.id.clone());
    }
    subnet::release_block(tx, &subnet)?;
    let place = (None, network::target(&subnet.head.id));
    move_to(tx, cx, &mut subnet, place)?;
    Ok(Attachment {
        subnet,
        port: gateway.unwrap_or_default(),
    })
}

fn named(tx: &mut Tx<'_>, cx: &Context<'_>, by: &By) -> Result<(Subnet, Option<Port>), Fault> {
    let project = &cx.caller.project;
    match by {
        By::Layer(id) => Ok((network::layer(tx, project, id)?, None)),
        By::Port(id) => {
            let port: Port = tx.get(project, id)?;
            Ok((tx.get(project, port.subnet())?, Some(port)))
        }
    }
}

fn is_used(port: &Port) -> bool {
    !port.device_owner.is_empty() || !port.device_id.is_empty() || port.public_ip.is_some()
}

/// What depends on the subnet's being in its VPC.
fn dependent(tx: &mut Tx<'_>, subnet: &Subnet, ports: &[Port]) -> Result<Option<Holder>, Fault> {
    if ports.iter().any(|port| port.public_ip.is_some()) {
        return Ok(Some(Holder::PublicIp));
    }
    if !tx.holders(&subnet.head.id, 1)?.is_empty() {
        return Ok(Some(Holder::Route));
    }
    // What is told by its place in the VPC cannot follow the subnet out of it.
    let parents = ports.iter().map(Resource::head).chain([&subnet.head]);
    for parent in parents {
        for kind in [Kind::CidrReservation, Kind::SubInterface] {
            if resource::count_children(tx.rows(), kind.word(), &parent.id)? > 0 {
                return Ok(Some(Holder::SubInterface));
            }
        }
    }
    Ok(None)
}

/// Moves a subnet with its ports; both places have to follow.
fn move_to(
    tx: &mut Tx<'_>,
    cx: &Context<'_>,
    subnet: &mut Subnet,
    (parent, target): (Option<String>, String),
) -> Result<(), Fault> {
    tx.mark_dirty(&subnet.head)?;
    subnet.head.parent = parent;
    subnet.head.target.clone_from(&target);
    tx.change(cx, subnet)?;
    for mut port in tx.children::<Port>(&subnet.head.id)? {
        port.head.target.clone_from(&target);
        tx.change(cx, &mut port)?;
    }
    Ok(())
}
