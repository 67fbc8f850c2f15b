//! The addresses that a port has besides its first, each with a public address of its own if it wants one.

use std::net::Ipv4Addr;

use serde::{Deserialize, Serialize};

use super::Port;
use crate::fault::Fault;
use crate::subnet::Subnet;
use crate::tx::Tx;

/// An address of a port besides its first.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Further {
    /// The address.
    pub address: Ipv4Addr,
    /// The subnet that it is of, when that is another one of the network than the port's.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub subnet: Option<String>,
    /// The public address bound to it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub public_ip: Option<String>,
}

impl Port {
    /// All its addresses, the first one first.
    pub fn addresses(&self) -> impl Iterator<Item = Ipv4Addr> {
        std::iter::once(self.address).chain(self.further.iter().map(|it| it.address))
    }

    /// Those of its addresses that are of a subnet.
    pub fn addresses_of(&self, subnet: &str) -> impl Iterator<Item = Ipv4Addr> {
        let first = (self.subnet() == subnet).then_some(self.address);
        let here = |it: &&Further| it.subnet.as_deref().unwrap_or(self.subnet()) == subnet;
        let further = self.further.iter().filter(here).map(|it| it.address);
        first.into_iter().chain(further.collect::<Vec<_>>())
    }

    /// The public address bound to one of its addresses; nothing where it has no such address.
    pub fn public_ip_at(&self, address: Ipv4Addr) -> Option<&Option<String>> {
        if address == self.address {
            return Some(&self.public_ip);
        }
        let mut further = self.further.iter();
        further
            .find(|it| it.address == address)
            .map(|it| &it.public_ip)
    }

    /// Whether a public address is bound to any of its addresses.
    pub fn has_public_ip(&self) -> bool {
        self.public_ip.is_some() || self.further.iter().any(|it| it.public_ip.is_some())
    }

    /// Notes the public address of one of its addresses.
    pub(crate) fn set_public_ip(&mut self, address: Ipv4Addr, public_ip: Option<String>) {
        if address == self.address {
            self.public_ip = public_ip;
        } else if let Some(it) = self.further.iter_mut().find(|it| it.address == address) {
            it.public_ip = public_ip;
        }
    }
}

/// Gives all further addresses of a port back.
pub(super) fn release_all(tx: &mut Tx<'_>, port: &Port) -> Result<(), Fault> {
    for further in &port.further {
        release(tx, port, further)?;
    }
    Ok(())
}

/// Gives a further address of a port back to its subnet.
pub(crate) fn release(tx: &mut Tx<'_>, port: &Port, it: &Further) -> Result<(), Fault> {
    let subnet = it.subnet.as_deref().unwrap_or(port.subnet());
    // An address that is no longer handed out is nobody's once its claim goes with the port.
    match tx.any::<Subnet>(subnet)? {
        Some(subnet) if subnet.hands_out(it.address) => subnet.space().release(tx, it.address),
        Some(subnet) => subnet.space().forget(tx, it.address),
        None => Ok(()),
    }
}
