//! Attachments: a subnet that is in no VPC is put into one, or taken out of it.

use crate::cidr_reservation::CidrReservation;
use crate::condition;
use crate::context::Context;
use crate::fault::{Fault, Holder};
use crate::firewall;
use crate::internet_gateway;
use crate::ipv6;
use crate::network;
use crate::port::{self, Port};
use crate::quota;
use crate::resource::Kind;
use crate::route_table::NEXT_HOP;
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
    if let Some(port) = &port {
        let held = port::holder(tx, &port.head.id)?;
        if let Some(by) = held.or_else(|| is_used(port).then_some(Holder::Service)) {
            return Err(Fault::InUse {
                kind: Kind::Port,
                id: port.head.id.clone(),
                by,
            });
        }
    }
    if !vpc.holds(subnet.cidr) {
        let child = subnet.cidr.into();
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
    for mut reservation in tx.children::<CidrReservation>(&subnet.head.id)? {
        reservation.vpc.clone_from(&vpc.head.id);
        tx.update(cx, &mut reservation)?;
    }
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
    firewall::forget_subnet(tx, cx, &subnet.head.id)?;
    let mut gateway = None;
    for port in ports.iter().filter(|it| it.device_owner == port::ROUTER) {
        port::discard_platforms(tx, &subnet, port)?;
        gateway = Some(port.head.id.clone());
    }
    subnet::release_block(tx, &subnet)?;
    ipv6::take_from_subnet(tx, &mut subnet)?;
    subnet.route_table = None;
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
    !port.device_owner.is_empty() || !port.device_id.is_empty() || port.has_public_ip()
}

/// What depends on the subnet's being in its VPC.
fn dependent(tx: &mut Tx<'_>, subnet: &Subnet, ports: &[Port]) -> Result<Option<Holder>, Fault> {
    if ports.iter().any(Port::has_public_ip) {
        return Ok(Some(Holder::PublicIp));
    }
    if !tx.holders(&subnet.head.id, 1)?.is_empty() {
        return Ok(Some(Holder::Route));
    }
    for port in ports {
        // The gateway stays in its network, and so does what has an address of another of its subnets.
        let elsewhere = port.further.iter().any(|it| it.subnet.is_some());
        if elsewhere || port.device_owner == internet_gateway::PORT {
            return Ok(Some(Holder::Service));
        }
        let holders = tx.holders(&port.head.id, usize::MAX)?;
        if holders.iter().any(|(_, role)| role == NEXT_HOP) {
            return Ok(Some(Holder::Route));
        }
        // Interfaces of one network share a cable; they cannot part.
        let carries = |(_, role): &(String, String)| role == "carried_by";
        if port.carried.is_some() || holders.iter().any(carries) {
            return Ok(Some(Holder::SubInterface));
        }
    }
    // A block of IPv6 is a part of the network's.
    if let Some(space) = subnet.space6()
        && space.is_used(tx)?
    {
        return Ok(Some(Holder::PrivateIp));
    }
    let reserved = tx.has_children::<CidrReservation>(&subnet.head.id)?;
    Ok(reserved.then_some(Holder::Service))
}

/// Moves a subnet with its ports; both places have to follow.
fn move_to(
    tx: &mut Tx<'_>,
    cx: &Context<'_>,
    subnet: &mut Subnet,
    (parent, target): (Option<String>, String),
) -> Result<(), Fault> {
    tx.mark_dirty(&subnet.head)?;
    tx.tally(subnet, -1)?;
    subnet.head.parent = parent;
    subnet.head.target.clone_from(&target);
    tx.tally(subnet, 1)?;
    tx.change(cx, subnet)?;
    for mut port in tx.children::<Port>(&subnet.head.id)? {
        port.head.target.clone_from(&target);
        tx.change(cx, &mut port)?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::network::{LooseSubnet, NewNetwork};
    use crate::port::NewPort;
    use crate::vpc::{self, NewVpc};
    use crate::vpn::fixture;
    use vpcd_store::tally;

    fn loose(tx: &mut Tx<'_>, cx: &mut Context<'_>, cidr: &str) -> Result<Subnet, Fault> {
        let bare = network::create(tx, cx, NewNetwork::default())?;
        let new = LooseSubnet {
            network: bare.head().id.clone(),
            name: String::new(),
            cidr: cidr.parse().unwrap(),
            gateway: None,
            dns: Vec::new(),
            pools: Vec::new(),
            host_routes: Vec::new(),
        };
        network::create_subnet(tx, cx, new)
    }

    fn targets(tx: &mut Tx<'_>, subnet: &str) -> Result<Vec<String>, Fault> {
        let ports = tx.children::<Port>(subnet)?;
        Ok(ports.into_iter().map(|port| port.head.target).collect())
    }

    #[test]
    fn a_subnet_and_its_ports_move_together_and_are_counted_where_they_are() {
        fixture::run(|tx, cx| {
            let vpc = vpc::create(tx, cx, NewVpc::default())?;
            let subnet = loose(tx, cx, "10.0.1.0/24")?;
            let id = subnet.head.id.clone();
            let by = By::Layer(subnet.layer_id.clone());
            let new = NewPort {
                subnet: id.clone(),
                ..NewPort::default()
            };
            port::create(tx, cx, new)?;
            let (inside, outside) = (vpc.head.target.clone(), network::target(&id));
            assert!(targets(tx, &id)?.iter().all(|it| *it == outside));
            for _ in 0..2 {
                attach(tx, cx, &vpc.head.id, &by)?;
                assert_eq!(tx.count_children::<Subnet>(&vpc.head.id)?, 1);
                assert_eq!(targets(tx, &id)?, vec![inside.clone(); 3]);
                let twin = loose(tx, cx, "10.0.1.128/25")?;
                let refused = attach(tx, cx, &vpc.head.id, &By::Layer(twin.layer_id));
                assert!(matches!(refused, Err(Fault::CidrOverlap { .. })));
                detach(tx, cx, &vpc.head.id, &by)?;
                assert_eq!(tx.count_children::<Subnet>(&vpc.head.id)?, 0);
                assert_eq!(targets(tx, &id)?, vec![outside.clone(); 2]);
            }
            let tallies = tally::every(tx.rows())?;
            quota::recount(tx)?;
            assert_eq!(tally::every(tx.rows())?, tallies);
            Ok(())
        });
    }

    #[test]
    fn a_public_address_keeps_a_subnet_where_it_is() {
        fixture::run(|tx, cx| {
            let subnet = fixture::network(tx, cx)?;
            let new = NewPort {
                subnet: subnet.head.id.clone(),
                ..NewPort::default()
            };
            let mut port = port::create(tx, cx, new)?;
            port.public_ip = Some("address".to_owned());
            tx.update(cx, &mut port)?;
            let by = By::Layer(subnet.layer_id.clone());
            assert!(matches!(
                detach(tx, cx, subnet.vpc(), &by),
                Err(Fault::InUse {
                    by: Holder::PublicIp,
                    ..
                })
            ));
            port.public_ip = None;
            tx.update(cx, &mut port)?;
            let free = subnet.space().free(tx)?;
            let gone = detach(tx, cx, subnet.vpc(), &by)?;
            assert_eq!(gone.subnet.space().free(tx)?, free);
            Ok(())
        });
    }
}
