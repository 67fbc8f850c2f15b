//! Servers and the interfaces in them.

use super::{Refusal, Status, address, addresses_max, get, must_be};
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
    if address::counted(port.addresses().count(), port.ipv6.len(), &[]) > limit {
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::bandwidth::NewBandwidth;
    use crate::interface::{self, NewInterface};
    use crate::lifecycle::Profile;
    use crate::port::NewPort;
    use crate::publicip::{self, NewPublicIp};
    use crate::registration::{NewRegistration, Service};
    use crate::vpn::fixture;

    /// Where a fabric has to follow, what goes into a server at once is on its way when the create answers.
    #[test]
    fn one_that_goes_into_a_server_at_once_has_its_public_address_first() {
        fixture::run(|tx, cx| {
            let subnet = fixture::network(tx, cx)?;
            let server = NewRegistration {
                service: Service::Instance,
                project: cx.caller.project.clone(),
                vpc: None,
                subnet: Some(subnet.head.id.clone()),
                machine: Default::default(),
                name: String::new(),
                flavor: String::new(),
            };
            let server = registration::create(tx, cx, server)?;
            let bandwidth = NewBandwidth::Dedicated {
                name: String::new(),
                size: 5,
                charge_mode: "traffic".to_owned(),
            };
            let public_ip = NewPublicIp {
                pool: "pool".to_owned(),
                address: None,
                alias: String::new(),
                port: None,
                bandwidth,
                enterprise_project: "0".to_owned(),
            };
            let public_ip = publicip::create(tx, cx, public_ip)?;
            let mut tx = Tx::new(tx.rows(), false, Profile::default());
            let new = NewInterface {
                port: NewPort {
                    subnet: subnet.head.id,
                    ..NewPort::default()
                },
                public: vec![Some(public_ip.head.id)],
                server: Some(server.head.id),
                ..NewInterface::default()
            };
            let port = interface::create(&mut tx, cx, new)?;
            assert_eq!(port.status(), Status::Attaching);
            assert!(port.has_public_ip());
            Ok(())
        });
    }
}
