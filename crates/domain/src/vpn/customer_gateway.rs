//! Customer gateways: the devices at the far end, as far as this side must know them.

use std::net::Ipv4Addr;

use serde::{Deserialize, Serialize};
use vpcd_store::claim;

use crate::condition;
use crate::context::Context;
use crate::fault::{Fault, Holder};
use crate::quota;
use crate::resource::{Head, Kind, Resource, Tag};
use crate::tx::Tx;
use crate::vpn::connection::Connection;
use crate::vpn::gateway::Gateway;
use crate::vpn::x509::{self, Card};
use crate::vpn::{Name, created, flavor};

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
    /// The certificate that signed its own.
    #[serde(default)]
    pub certificate: Option<Authority>,
    /// Labels.
    pub tags: Vec<Tag>,
}

/// The certificate above that of a customer gateway.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Authority {
    /// Its id; several customer gateways may have the same.
    pub id: String,
    /// What it says.
    pub card: Card,
    /// The certificate, in PEM.
    pub content: String,
}

/// A certificate for a customer gateway.
#[derive(Clone, Debug)]
pub enum NewAuthority {
    /// One that another customer gateway of the project has, by id.
    Known(String),
    /// A new one, in PEM.
    Content(String),
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
    /// The certificate that signed its own.
    pub certificate: Option<NewAuthority>,
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
        certificate: None,
        tags: new.tags,
    };
    if let Some(new) = new.certificate {
        it.certificate = Some(authority(tx, cx, &it.head.id, new)?);
    }
    created::stamp::<CustomerGateway>(tx, &mut it.head)?;
    tx.insert(&it)?;
    Ok(it)
}

/// Gives a customer gateway another name or certificate.
pub fn update(
    tx: &mut Tx<'_>,
    cx: &mut Context<'_>,
    id: &str,
    name: Option<String>,
    certificate: Option<NewAuthority>,
) -> Result<CustomerGateway, Fault> {
    let mut it: CustomerGateway = tx.get(&cx.caller.project, id)?;
    if name.is_none() && certificate.is_none() {
        return Ok(it);
    }
    it.name = name.unwrap_or(it.name);
    if let Some(new) = certificate {
        suits(tx, id)?;
        it.certificate = Some(authority(tx, cx, id, new)?);
    }
    tx.update(cx, &mut it)?;
    Ok(it)
}

/// Refuses a certificate where a gateway that is connected has none of its own (VPN.0013).
fn suits(tx: &mut Tx<'_>, id: &str) -> Result<(), Fault> {
    const MOST: usize = 1000;
    for (from, _) in tx.holders(id, MOST)? {
        let connection = tx.any::<Connection>(&from)?;
        let gateway = match &connection {
            Some(it) => tx.any::<Gateway>(it.gateway())?,
            None => None,
        };
        let Some(gateway) = gateway else { continue };
        if !flavor::find(tx, &gateway.flavor)?.is_some_and(|flavor| flavor.certificates) {
            return Err(Fault::Unsupported {
                field: "ca_certificate",
            });
        }
    }
    Ok(())
}

/// The certificate that is asked for; a new one can be named by its id from then on.
fn authority(
    tx: &mut Tx<'_>,
    cx: &mut Context<'_>,
    of: &str,
    new: NewAuthority,
) -> Result<Authority, Fault> {
    const FIELD: &str = "ca_certificate";
    let space = format!("authority/{}", cx.caller.project);
    match new {
        NewAuthority::Content(content) => {
            let card = x509::card(FIELD, &content, cx.now)?;
            let id = cx.ids.uuid();
            claim::take(tx.rows(), &space, &id, of)?;
            Ok(Authority { id, card, content })
        }
        NewAuthority::Known(id) => {
            let unknown = || Fault::invalid(FIELD, format!("{id} is not found"));
            let holder = claim::holder(tx.rows(), &space, &id)?.ok_or_else(unknown)?;
            let holder = tx.any::<CustomerGateway>(&holder)?;
            let known = holder.and_then(|it| it.certificate);
            known.filter(|it| it.id == id).ok_or_else(unknown)
        }
    }
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
