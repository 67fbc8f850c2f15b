//! The IPv6 addresses of ports.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

use super::{NewPort, Port};
use crate::condition;
use crate::context::Context;
use crate::fault::{Fault, Holder};
use crate::resource::Kind;
use crate::route_table;
use crate::subnet::Subnet;
use crate::tx::Tx;

/// Which addresses of IPv6 a new port wants.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Six {
    /// None.
    #[default]
    Nothing,
    /// One, where the subnet has IPv6.
    Offered,
    /// These; any free one for each that is not named.
    These(Vec<Option<Ipv6Addr>>),
}

/// An address that a port shall have, as clients name it: by itself, by the address layer that it shall be of, or both.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Fixed {
    /// The address layer, by id.
    pub layer: Option<String>,
    /// The address.
    pub address: Option<IpAddr>,
}

impl NewPort {
    /// Wants what the list says, at most one address of a family; one of each that the subnet has when it says nothing.
    pub fn fix(&mut self, subnet: &Subnet, fixed: &[Fixed]) -> Result<(), Fault> {
        if fixed.is_empty() {
            self.ipv6 = Six::Offered;
            return Ok(());
        }
        let (mut four, mut six): (Vec<Option<Ipv4Addr>>, Vec<Option<Ipv6Addr>>) =
            (Vec::new(), Vec::new());
        for it in fixed {
            let of_six = it.is_six(subnet)?;
            match (of_six, it.address) {
                (false, None) => four.push(None),
                (false, Some(IpAddr::V4(address))) => four.push(Some(address)),
                (true, None) => six.push(None),
                (true, Some(IpAddr::V6(address))) => six.push(Some(address)),
                (_, Some(address)) => {
                    let space = it.layer.clone().unwrap_or_default();
                    return Err(Fault::AddressOutside { address, space });
                }
            }
        }
        if four.len() > 1 || six.len() > 1 {
            return Err(Fault::Unsuitable {
                kind: Kind::Port,
                id: subnet.head.id.clone(),
                reason: "One port can only set one ipaddress",
            });
        }
        self.ipv6_first = four.is_empty();
        self.address = four.into_iter().next().flatten();
        if !six.is_empty() {
            self.ipv6 = Six::These(six);
        }
        Ok(())
    }
}

impl Fixed {
    fn is_six(&self, subnet: &Subnet) -> Result<bool, Fault> {
        let six = subnet.ipv6.as_ref().map(|it| it.id.as_str());
        match (&self.layer, self.address) {
            (None, address) => Ok(matches!(address, Some(IpAddr::V6(_)))),
            (Some(layer), _) if *layer == subnet.layer_id => Ok(false),
            (Some(layer), _) if Some(layer.as_str()) == six => Ok(true),
            (Some(layer), _) => Err(Fault::Unsuitable {
                kind: Kind::Subnet,
                id: layer.clone(),
                reason: "the subnet is not one of the network",
            }),
        }
    }
}

/// Takes the addresses that a new port wants.
pub(super) fn assign(
    tx: &mut Tx<'_>,
    cx: &mut Context<'_>,
    subnet: &Subnet,
    wanted: &Six,
    owner: &str,
) -> Result<Vec<Ipv6Addr>, Fault> {
    let wanted = match wanted {
        Six::Nothing => &[][..],
        Six::Offered if subnet.ipv6.is_none() => &[],
        Six::Offered => &[None],
        Six::These(these) => these,
    };
    wanted
        .iter()
        .map(|wanted| take(tx, cx, subnet, *wanted, owner))
        .collect()
}

/// Gives the addresses of a port back.
pub(super) fn release(tx: &mut Tx<'_>, port: &Port) -> Result<(), Fault> {
    if port.ipv6.is_empty() {
        return Ok(());
    }
    let subnet = tx.any::<Subnet>(port.subnet())?;
    if let Some(space) = subnet.and_then(|it| it.space6()) {
        for address in &port.ipv6 {
            // The gateway's address is nobody's claim.
            if space.holder(tx, *address)?.as_deref() == Some(&port.head.id) {
                space.release(tx, *address)?;
            }
        }
    }
    Ok(())
}

/// Gives a port another address, this one or any free one.
pub fn add_ipv6(
    tx: &mut Tx<'_>,
    cx: &mut Context<'_>,
    port: &mut Port,
    wanted: Option<Ipv6Addr>,
) -> Result<Ipv6Addr, Fault> {
    condition::backend_writes(tx, cx)?;
    let subnet: Subnet = tx.get(&port.head.project, port.subnet())?;
    let address = take(tx, cx, &subnet, wanted, &port.head.id)?;
    port.ipv6.push(address);
    tx.change(cx, port)?;
    Ok(address)
}

/// Takes one of its addresses from a port.
pub fn remove_ipv6(
    tx: &mut Tx<'_>,
    cx: &Context<'_>,
    port: &mut Port,
    address: Ipv6Addr,
) -> Result<(), Fault> {
    let Some(at) = port.ipv6.iter().position(|it| *it == address) else {
        return Err(Fault::AddressOutside {
            address: address.into(),
            space: port.head.id.clone(),
        });
    };
    if route_table::leads_to(tx, &port.head.id, address, port.ipv6.len() == 1)? {
        return Err(Fault::InUse {
            kind: Kind::Port,
            id: port.head.id.clone(),
            by: Holder::Route,
        });
    }
    condition::backend_writes(tx, cx)?;
    let subnet: Subnet = tx.get(&port.head.project, port.subnet())?;
    if let Some(space) = subnet.space6() {
        space.release(tx, address)?;
    }
    port.ipv6.remove(at);
    tx.change(cx, port)
}

/// Takes an address of the subnet for `owner`: this one, or any.
pub(crate) fn take(
    tx: &mut Tx<'_>,
    cx: &mut Context<'_>,
    subnet: &Subnet,
    wanted: Option<Ipv6Addr>,
    owner: &str,
) -> Result<Ipv6Addr, Fault> {
    match (subnet.space6(), wanted) {
        (Some(space), None) => space.take_any(tx, &mut cx.ids, owner),
        (Some(space), Some(wanted)) => {
            space.take(tx, wanted, owner)?;
            Ok(wanted)
        }
        (None, Some(wanted)) => Err(Fault::AddressOutside {
            address: wanted.into(),
            space: subnet.head.id.clone(),
        }),
        (None, None) => Err(Fault::invalid("ipv6_enable", "the subnet has no IPv6")),
    }
}
