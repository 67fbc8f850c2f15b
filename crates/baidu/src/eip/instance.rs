//! What an EIP is bound to, in this cloud's words.

use vpcd_domain::nat::NatGateway;
use vpcd_domain::port::{self, Port};
use vpcd_domain::publicip::{Binding, Instance, InstanceKind, PublicIp};
use vpcd_domain::registration::Registration;
use vpcd_domain::vpn::gateway::Gateway;
use vpcd_domain::{Context, Fault, Kind, Resource, Tx, interface, virtual_address};

/// A type of instance on the wire.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum InstanceType {
    /// A server of any make.
    Server,
    /// A load balancer.
    Balancer,
    /// A VPN gateway.
    Vpn,
    /// A NAT gateway.
    Nat,
    /// An interface.
    Interface,
    /// A virtual address.
    Virtual,
    /// A service that the operator registered.
    Endpoint,
}

/// The type of that word.
pub fn kind(word: &str) -> Option<InstanceType> {
    Some(match word {
        "BCC" | "BBC" | "DCC" => InstanceType::Server,
        "BLB" => InstanceType::Balancer,
        "VPN" => InstanceType::Vpn,
        "NAT" => InstanceType::Nat,
        "ENI" => InstanceType::Interface,
        "HAVIP" => InstanceType::Virtual,
        "SNIC" => InstanceType::Endpoint,
        _ => return None,
    })
}

/// The instance of that id, short or long, as the domain binds it.
pub fn find(
    tx: &mut Tx<'_>,
    cx: &Context<'_>,
    kind: InstanceType,
    id: &str,
) -> Result<Instance, Fault> {
    let (kind, id) = match kind {
        InstanceType::Server | InstanceType::Endpoint => (InstanceKind::Port, port_of(tx, cx, id)?),
        InstanceType::Interface => {
            let it = interface::get(tx, &cx.caller.project, id)?;
            (InstanceKind::Port, it.head.id)
        }
        InstanceType::Virtual => {
            let it = virtual_address::get(tx, &cx.caller.project, id)?;
            (InstanceKind::Port, it.head.id)
        }
        InstanceType::Balancer => {
            let it: Registration = known(tx, cx, id)?;
            (InstanceKind::LoadBalancer, it.head.id)
        }
        InstanceType::Vpn => (
            InstanceKind::VpnGateway,
            known::<Gateway>(tx, cx, id)?.head.id,
        ),
        InstanceType::Nat => (InstanceKind::NatGateway, nat(tx, cx, id)?),
    };
    Ok(Instance { kind, id })
}

/// A NAT gateway of ours, or one that the operator registered.
fn nat(tx: &mut Tx<'_>, cx: &Context<'_>, id: &str) -> Result<String, Fault> {
    match known::<NatGateway>(tx, cx, id) {
        Err(Fault::NotFound { .. }) => Ok(known::<Registration>(tx, cx, id)?.head.id),
        found => Ok(found?.head.id),
    }
}

/// The port of what is registered under that id.
fn port_of(tx: &mut Tx<'_>, cx: &Context<'_>, id: &str) -> Result<String, Fault> {
    let it: Registration = known(tx, cx, id)?;
    it.port.ok_or(Fault::Unsuitable {
        kind: Kind::Registration,
        id: it.head.id,
        reason: "it has no address in a subnet",
    })
}

/// The caller's resource of that id, short or long.
fn known<T: Resource>(tx: &mut Tx<'_>, cx: &Context<'_>, id: &str) -> Result<T, Fault> {
    match tx.find::<T>(&cx.caller.project, id)? {
        Some(it) => Ok(it),
        None => tx.by_alias(&cx.caller.project, id),
    }
}

/// The type and id of what an address is bound to.
pub fn shown(tx: &mut Tx<'_>, it: &PublicIp) -> Result<Option<(&'static str, String)>, Fault> {
    Ok(match &it.bound {
        None => None,
        Some(Binding::Gateway { id }) => Some(("VPN", short::<Gateway>(tx, id)?)),
        Some(Binding::NatGateway { id, .. }) => Some(("NAT", short::<NatGateway>(tx, id)?)),
        Some(Binding::Port { id, .. }) => match tx.any::<Port>(id)? {
            Some(port) => Some(of_port(tx, &port)?),
            None => Some(("ENI", id.clone())),
        },
    })
}

fn of_port(tx: &mut Tx<'_>, port: &Port) -> Result<(&'static str, String), Fault> {
    let is = |word: &str| port.device_owner.starts_with(word);
    let word = match () {
        // What is in a server is an interface still.
        () if port.is_interface() => "ENI",
        () if is("compute:") => "BCC",
        () if is("neutron:LOADBALANCER") => "BLB",
        () if is("network:endpoint") => "SNIC",
        () if port.device_owner == port::VIRTUAL => "HAVIP",
        () => "ENI",
    };
    // A virtual address and an interface are ports; all else is what the port belongs to.
    let id = match word {
        "HAVIP" | "ENI" => short::<Port>(tx, &port.head.id)?,
        _ if port.device_id.is_empty() => port.head.id.clone(),
        _ => short::<Registration>(tx, &port.device_id)?,
    };
    Ok((word, id))
}

/// The short id of a resource, or the long one where it has none.
fn short<T: Resource>(tx: &mut Tx<'_>, id: &str) -> Result<String, Fault> {
    let alias = tx.any::<T>(id)?.and_then(|it| it.head().alias.clone());
    Ok(alias.unwrap_or_else(|| id.to_owned()))
}
