//! The addresses of an interface: given and taken while it is in a server or out of it.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

use super::{Refusal, get};
use crate::condition;
use crate::context::Context;
use crate::fault::{Fault, Holder};
use crate::port::further::{self, Further};
use crate::port::{self, Port};
use crate::quota;
use crate::registration::Registration;
use crate::resource::Kind;
use crate::route_table;
use crate::subnet::Subnet;
use crate::tx::Tx;

/// Addresses that an interface has at most in the largest server.
const ADDRESSES: u64 = 40;
/// Name of the quota on addresses of one that is in no server.
pub const ADDRESSED: &str = "interface_address";

/// An address of either family; any free one when absent.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Pick {
    /// One of IPv4.
    Four(Option<Ipv4Addr>),
    /// One of IPv6.
    Six(Option<Ipv6Addr>),
}

/// An address that an interface shall have.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewAddress {
    /// The subnet that it is of, by UUID; the interface's own when absent.
    pub subnet: Option<String>,
    /// Which one.
    pub pick: Pick,
}

/// How many addresses an interface may have in a server with that memory in GiB.
pub fn addresses_max(memory: Option<u32>) -> u64 {
    match memory {
        None | Some(65..) => ADDRESSES,
        Some(0..=1) => 2,
        Some(2..=8) => 8,
        Some(9..=32) => 16,
        Some(33..=64) => 30,
    }
}

/// How many addresses of the larger family there are once those that are wanted come to those that are there: each
/// family is counted by itself.
pub(super) fn counted(four: usize, six: usize, wanted: &[NewAddress]) -> u64 {
    let sixes = wanted.iter().filter(|it| matches!(it.pick, Pick::Six(_)));
    let more = sixes.count();
    (four + wanted.len() - more).max(six + more) as u64
}

/// How many addresses an interface may have where it is.
pub fn room(tx: &mut Tx<'_>, cx: &Context<'_>, port: &Port) -> Result<u64, Fault> {
    if port.device_id.is_empty() {
        let limit = quota::limit(tx, cx, &port.head.project, ADDRESSED)?;
        return Ok(limit.unwrap_or(u64::MAX));
    }
    let server = tx.any::<Registration>(&port.device_id)?;
    Ok(addresses_max(server.and_then(|it| it.machine.memory)))
}

/// Gives an interface more addresses; all of them or none.
pub fn add(
    tx: &mut Tx<'_>,
    cx: &mut Context<'_>,
    id: &str,
    wanted: &[NewAddress],
) -> Result<(Port, Vec<IpAddr>), Fault> {
    let mut port = get(tx, &cx.caller.project, id)?;
    port.must_be_still()?;
    let subnet: Subnet = tx.get(&cx.caller.project, port.subnet())?;
    let room = room(tx, cx, &port)?;
    if counted(port.addresses().count(), port.ipv6.len(), wanted) > room {
        return Err(match port.device_id.is_empty() {
            true => Fault::QuotaExceeded {
                quota: ADDRESSED,
                limit: room,
            },
            false => Fault::Interface(Refusal::Memory { limit: room }),
        });
    }
    condition::backend_writes(tx, cx)?;
    let mut given = Vec::with_capacity(wanted.len());
    for wanted in wanted {
        given.push(take(tx, cx, &mut port, &subnet, wanted)?);
    }
    tx.change(cx, &mut port)?;
    Ok((port, given))
}

/// Takes further addresses from an interface; all of them or none.
pub fn remove(
    tx: &mut Tx<'_>,
    cx: &mut Context<'_>,
    id: &str,
    gone: &[IpAddr],
) -> Result<Port, Fault> {
    let mut port = get(tx, &cx.caller.project, id)?;
    port.must_be_still()?;
    condition::backend_writes(tx, cx)?;
    for address in gone {
        if let IpAddr::V6(six) = address
            && port.ipv6.contains(six)
        {
            port::remove_ipv6(tx, cx, &mut port, *six)?;
            continue;
        }
        let at = port.further.iter().position(|it| it.address == *address);
        let at = at.ok_or(Fault::Interface(Refusal::Address(*address)))?;
        if port.further[at].public_ip.is_some() {
            return Err(Fault::InUse {
                kind: Kind::Port,
                id: id.to_owned(),
                by: Holder::PublicIp,
            });
        }
        if route_table::leads_to(tx, id, port.further[at].address, false)? {
            return Err(Fault::InUse {
                kind: Kind::Port,
                id: id.to_owned(),
                by: Holder::Route,
            });
        }
        let it = port.further.remove(at);
        further::release(tx, &port, &it)?;
    }
    tx.change(cx, &mut port)?;
    Ok(port)
}

/// Takes an address for a port, which the caller stores.
pub(super) fn take(
    tx: &mut Tx<'_>,
    cx: &mut Context<'_>,
    port: &mut Port,
    own: &Subnet,
    wanted: &NewAddress,
) -> Result<IpAddr, Fault> {
    let other = match &wanted.subnet {
        Some(id) if *id != own.head.id => Some(beside(tx, own, id)?),
        _ => None,
    };
    let subnet = other.as_ref().unwrap_or(own);
    let four = match (wanted.pick, &other) {
        (Pick::Four(four), _) => four,
        (Pick::Six(six), None) => {
            let address = port::six::take(tx, cx, own, six, &port.head.id)?;
            port.ipv6.push(address);
            return Ok(address.into());
        }
        (Pick::Six(_), Some(subnet)) => {
            return Err(unsuitable(subnet, "IPv6 is of the interface's own subnet"));
        }
    };
    let address = port::assign(tx, subnet, four, &port.head.id)?;
    port.further.push(Further {
        address,
        subnet: other.map(|subnet| subnet.head.id),
        public_ip: None,
    });
    Ok(address.into())
}

/// Another subnet of the same network.
fn beside(tx: &mut Tx<'_>, own: &Subnet, id: &str) -> Result<Subnet, Fault> {
    let subnet: Subnet = tx.get(&own.head.project, id)?;
    match subnet.head.target == own.head.target {
        true => Ok(subnet),
        false => Err(unsuitable(&subnet, "it is in another network")),
    }
}

fn unsuitable(subnet: &Subnet, reason: &'static str) -> Fault {
    Fault::Unsuitable {
        kind: Kind::Subnet,
        id: subnet.head.id.clone(),
        reason,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn memory_carries_addresses() {
        let steps = [(0, 2), (1, 2), (2, 8), (8, 8), (9, 16), (32, 16), (33, 30)];
        for (memory, limit) in steps.into_iter().chain([(64, 30), (65, 40), (512, 40)]) {
            assert_eq!(addresses_max(Some(memory)), limit, "{memory} GiB");
        }
        assert_eq!(addresses_max(None), ADDRESSES);
    }
}
