//! Which subnets a firewall judges. A subnet is named by itself or by the port of its gateway, and has one firewall.

use vpcd_store::claim;

use super::Firewall;
use crate::condition;
use crate::context::Context;
use crate::fault::{Fault, Holder};
use crate::port::{self, Port};
use crate::resource::Kind;
use crate::subnet::Subnet;
use crate::tx::Tx;

/// Puts subnets behind a firewall; those that are there already stay.
pub fn associate(
    tx: &mut Tx<'_>,
    cx: &mut Context<'_>,
    id: &str,
    subnets: Vec<String>,
) -> Result<Firewall, Fault> {
    condition::backend_writes(tx, cx)?;
    let mut firewall: Firewall = tx.get(&cx.caller.project, id)?;
    for subnet in &subnets {
        tx.get::<Subnet>(&cx.caller.project, subnet)?;
    }
    bind(tx, &mut firewall, subnets)?;
    tx.change(cx, &mut firewall)?;
    Ok(firewall)
}

/// Takes subnets from behind a firewall.
pub fn disassociate(
    tx: &mut Tx<'_>,
    cx: &mut Context<'_>,
    id: &str,
    subnets: &[String],
) -> Result<Firewall, Fault> {
    condition::backend_writes(tx, cx)?;
    let mut firewall: Firewall = tx.get(&cx.caller.project, id)?;
    if let Some(stranger) = subnets.iter().find(|it| !firewall.subnets.contains(it)) {
        return Err(Fault::WrongParent {
            kind: Kind::Subnet,
            id: stranger.clone(),
        });
    }
    unbind(tx, &mut firewall, subnets)?;
    tx.change(cx, &mut firewall)?;
    Ok(firewall)
}

/// The firewall of a subnet.
pub fn of_subnet(tx: &mut Tx<'_>, subnet: &str) -> Result<Option<Firewall>, Fault> {
    match claim::holder(tx.rows(), SUBNETS, subnet)? {
        Some(id) => tx.any(&id),
        None => Ok(None),
    }
}

/// Takes a subnet that goes from behind its firewall.
pub fn forget_subnet(tx: &mut Tx<'_>, cx: &Context<'_>, subnet: &str) -> Result<(), Fault> {
    let Some(mut firewall) = of_subnet(tx, subnet)? else {
        return Ok(());
    };
    unbind(tx, &mut firewall, &[subnet.to_owned()])?;
    if firewall.made_for.as_deref() == Some(subnet) && firewall.subnets.is_empty() {
        return super::own::discard(tx, &firewall);
    }
    tx.change(cx, &mut firewall)
}

/// The ports of the gateways of its subnets.
pub fn ports(tx: &mut Tx<'_>, firewall: &Firewall) -> Result<Vec<String>, Fault> {
    let mut ports = Vec::with_capacity(firewall.subnets.len());
    for subnet in &firewall.subnets {
        ports.extend(port::gateway_of(tx, subnet)?);
    }
    Ok(ports)
}

/// Claims of subnets: a subnet has one firewall.
const SUBNETS: &str = "firewall-subnet";

pub(super) fn bind(
    tx: &mut Tx<'_>,
    firewall: &mut Firewall,
    subnets: Vec<String>,
) -> Result<(), Fault> {
    for subnet in subnets {
        if firewall.subnets.contains(&subnet) {
            continue;
        }
        if !claim::take(tx.rows(), SUBNETS, &subnet, &firewall.head.id)? {
            return Err(Fault::InUse {
                kind: Kind::Subnet,
                id: subnet,
                by: Holder::Firewall,
            });
        }
        firewall.subnets.push(subnet);
    }
    Ok(())
}

pub(super) fn unbind(
    tx: &mut Tx<'_>,
    firewall: &mut Firewall,
    subnets: &[String],
) -> Result<(), Fault> {
    for subnet in subnets {
        claim::release(tx.rows(), SUBNETS, subnet)?;
    }
    firewall.subnets.retain(|it| !subnets.contains(it));
    Ok(())
}

/// The subnets behind ports of gateways.
pub(super) fn behind(
    tx: &mut Tx<'_>,
    cx: &Context<'_>,
    ports: &[String],
) -> Result<Vec<String>, Fault> {
    let mut subnets = Vec::with_capacity(ports.len());
    for id in ports {
        let port: Port = tx.get(&cx.caller.project, id)?;
        if port.device_owner != port::ROUTER {
            return Err(Fault::Unsuitable {
                kind: Kind::Port,
                id: id.clone(),
                reason: "it is not the port of a gateway",
            });
        }
        subnets.push(port.subnet().to_owned());
    }
    Ok(subnets)
}
