//! Servers and the interfaces in them.

use super::{Refusal, Status, addresses_max, get, must_be};
use crate::condition;
use crate::context::Context;
use crate::fault::Fault;
use crate::port::Port;
use crate::registration::{self, Power, Registration};
use crate::subnet::Subnet;
use crate::tx::Tx;

/// Interfaces that a server takes at most, whatever its cores.
pub const SERVER_INTERFACES: u64 = 8;

/// How many interfaces a server takes, and how many of them it has.
pub fn server_room(tx: &mut Tx<'_>, server: &Registration) -> Result<(u64, u64), Fault> {
    let cores = server.machine.cores.map_or(SERVER_INTERFACES, u64::from);
    let most = cores.clamp(1, SERVER_INTERFACES);
    let (project, id) = (&server.head.project, &server.head.id);
    // The port that it was registered with is not one of them; there may be one more than fits for a moment only.
    let limit = usize::try_from(SERVER_INTERFACES).unwrap_or_default() + 1;
    let ports: Vec<Port> = tx.found(project, "device", id, None, limit)?;
    let inside = ports.iter().filter(|port| port.is_interface()).count();
    Ok((most, inside as u64))
}

/// Puts an interface into a server of its zone and its network.
pub fn attach(
    tx: &mut Tx<'_>,
    cx: &mut Context<'_>,
    id: &str,
    server: &str,
) -> Result<Port, Fault> {
    let mut port = get(tx, &cx.caller.project, id)?;
    let server = registration::instance(tx, &cx.caller.project, server)?;
    must_be(&port, Status::Available)?;
    let subnet: Subnet = tx.get(&cx.caller.project, port.subnet())?;
    let apart = |a: &str, b: &str| !a.is_empty() && !b.is_empty() && a != b;
    if apart(&subnet.zone, &server.machine.zone)
        || server.network(tx)?.as_deref() != Some(subnet.vpc())
    {
        return Err(Fault::Interface(Refusal::Elsewhere));
    }
    must_be_steady(&server)?;
    let limit = addresses_max(server.machine.memory);
    if port.addresses().count() as u64 > limit {
        return Err(Fault::Interface(Refusal::Memory { limit }));
    }
    let (limit, inside) = server_room(tx, &server)?;
    if inside >= limit {
        let quota = "server_interface";
        return Err(Fault::QuotaExceeded { quota, limit });
    }
    condition::backend_writes(tx, cx)?;
    port.device_owner = format!("compute:{}", server.machine.zone);
    port.device_id = server.head.id;
    port.moved = port.head.generation + 1;
    tx.change(cx, &mut port)?;
    Ok(port)
}

/// Takes an interface out of the server that is named.
pub fn detach(
    tx: &mut Tx<'_>,
    cx: &mut Context<'_>,
    id: &str,
    server: &str,
) -> Result<Port, Fault> {
    let mut port = get(tx, &cx.caller.project, id)?;
    must_be(&port, Status::InUse)?;
    let named = registration::instance(tx, &cx.caller.project, server);
    let server = match named {
        Ok(server) if server.head.id == port.device_id => server,
        // What is not there is not its server either.
        Ok(_) | Err(Fault::NotFound { .. }) => {
            return Err(Fault::Interface(Refusal::OtherServer));
        }
        Err(fault) => return Err(fault),
    };
    must_be_steady(&server)?;
    condition::backend_writes(tx, cx)?;
    port.device_owner.clear();
    port.device_id.clear();
    port.moved = port.head.generation + 1;
    tx.change(cx, &mut port)?;
    Ok(port)
}

fn must_be_steady(server: &Registration) -> Result<(), Fault> {
    match server.machine.power {
        Power::Running | Power::Stopped => Ok(()),
        Power::Changing | Power::Failed => Err(Fault::Interface(Refusal::Power)),
    }
}
