//! Customer gateways: the devices at the far end, as far as this side must know them.

use std::net::Ipv4Addr;

use serde::{Deserialize, Serialize};

use crate::condition;
use crate::context::Context;
use crate::fault::{Fault, Holder};
use crate::quota;
use crate::resource::{Head, Kind, Resource, Tag};
use crate::tx::Tx;
use crate::vpn::{Name, created};

/// A customer gateway.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct CustomerGateway {
    /// Head; no parent, and nothing to converge.
    pub head: Head,
    /// Name.
    pub name: String,
    /// How it is known.
    pub identity: Identity,
    /// Autonomous system.
    pub bgp_asn: Option<u32>,
    /// Labels.
    pub tags: Vec<Tag>,
}

/// How a customer gateway is known.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Identity {
    /// By its address.
    Address(Ipv4Addr),
    /// By a name.
    Name(String),
}

/// Validated input of [`create`].
#[derive(Clone, Debug)]
pub struct NewCustomerGateway {
    /// Name.
    pub name: Name,
    /// How it is known.
    pub identity: Identity,
    /// Autonomous system.
    pub bgp_asn: Option<u32>,
    /// Labels.
    pub tags: Vec<Tag>,
}

impl Resource for CustomerGateway {
    const KIND: Kind = Kind::CustomerGateway;

    fn head(&self) -> &Head {
        &self.head
    }

    fn head_mut(&mut self) -> &mut Head {
        &mut self.head
    }

    fn counted(&self) -> bool {
        true
    }
}

impl Identity {
    /// The address, when it is known by one.
    pub fn address(&self) -> Option<Ipv4Addr> {
        match self {
            Identity::Address(address) => Some(*address),
            Identity::Name(_) => None,
        }
    }

    /// The address or name as a text.
    pub fn text(&self) -> String {
        match self {
            Identity::Address(address) => address.to_string(),
            Identity::Name(name) => name.clone(),
        }
    }
}

/// Creates a customer gateway.
pub fn create(
    tx: &mut Tx<'_>,
    cx: &mut Context<'_>,
    new: NewCustomerGateway,
) -> Result<CustomerGateway, Fault> {
    condition::standing(tx, cx, false)?;
    condition::tags(tx, cx, &new.tags)?;
    quota::take::<CustomerGateway>(tx, cx, "customer_gateway")?;
    let mut it = CustomerGateway {
        head: Head::new::<CustomerGateway>(cx, None).settled(),
        name: new.name.text(cx),
        identity: new.identity,
        bgp_asn: new.bgp_asn,
        tags: new.tags,
    };
    created::stamp::<CustomerGateway>(tx, &mut it.head)?;
    tx.insert(&it)?;
    Ok(it)
}

/// Gives a customer gateway another name.
pub fn rename(
    tx: &mut Tx<'_>,
    cx: &mut Context<'_>,
    id: &str,
    name: Option<String>,
) -> Result<CustomerGateway, Fault> {
    let mut it: CustomerGateway = tx.get(&cx.caller.project, id)?;
    if let Some(name) = name {
        it.name = name;
        tx.update(cx, &mut it)?;
    }
    Ok(it)
}

/// Deletes a customer gateway that no connection leads to.
pub fn delete(tx: &mut Tx<'_>, cx: &mut Context<'_>, id: &str) -> Result<(), Fault> {
    let it: CustomerGateway = tx.get(&cx.caller.project, id)?;
    if !tx.holders(id, 1)?.is_empty() {
        return Err(Fault::InUse {
            kind: Kind::CustomerGateway,
            id: id.to_owned(),
            by: Holder::VpnConnection,
        });
    }
    tx.remove(&it)
}
