//! Authorities that sign the certificates of a server's clients.

use serde::{Deserialize, Serialize};
use vpcd_store::claim;

use crate::context::Context;
use crate::fault::Fault;
use crate::resource::{Head, Kind, Resource};
use crate::tx::Tx;
use crate::vpn::p2c::certificate::{self, Card};
use crate::vpn::p2c::roster;
use crate::vpn::p2c::server::{self, Server};
use crate::vpn::p2c::{Flaw, Limits, Refusal};
use crate::vpn::{Name, data_plane};

/// An authority.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Authority {
    /// Head; the parent is the server.
    pub head: Head,
    /// Name.
    pub name: String,
    /// What its certificate says.
    pub card: Card,
    /// Its certificate, in PEM.
    pub certificate: String,
}

/// Input of [`import`]: what the tenant uploads.
#[derive(Clone, Debug)]
pub struct NewAuthority {
    /// Name.
    pub name: Name,
    /// Its certificate, in PEM as it was uploaded.
    pub certificate: String,
}

impl Resource for Authority {
    const KIND: Kind = Kind::ClientAuthority;

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

impl Authority {
    /// The server's id.
    pub fn server(&self) -> &str {
        self.head.parent.as_deref().unwrap_or_default()
    }
}

/// Judges a certificate without keeping it; the name is made up where none is given.
pub fn check(cx: &mut Context<'_>, new: NewAuthority) -> Result<(String, Card), Fault> {
    let name = new.name.text(cx);
    let card = certificate::authority(&new.certificate, cx.now).map_err(|flaw| flaw.of(&name))?;
    Ok((name, card))
}

/// Takes an authority into a server.
pub fn import(
    tx: &mut Tx<'_>,
    cx: &mut Context<'_>,
    server: &str,
    new: NewAuthority,
    limits: &Limits,
) -> Result<Authority, Fault> {
    let (mut server, _) = server::ready(tx, cx, server)?;
    let most = u64::try_from(limits.authorities).unwrap_or(u64::MAX);
    if tx.count_children::<Authority>(&server.head.id)? >= most {
        return Err(Refusal::Authorities.into());
    }
    data_plane(tx, Some(server.gateway()), false)?;
    let it = add(tx, cx, &server, new)?;
    tx.change(cx, &mut server)?;
    Ok(it)
}

/// Stores an authority of a stored server.
pub fn add(
    tx: &mut Tx<'_>,
    cx: &mut Context<'_>,
    server: &Server,
    new: NewAuthority,
) -> Result<Authority, Fault> {
    let text = new.certificate.clone();
    let (name, card) = check(cx, new)?;
    let it = Authority {
        head: Head::new::<Authority>(cx, Some(&server.head.id)).settled(),
        name,
        card,
        certificate: text,
    };
    let space = space(&server.head.id);
    if claim::holder(tx.rows(), &space, &it.card.fingerprint)?.is_some() {
        return Err(Flaw::Duplicate.of(&it.name));
    }
    claim::take(tx.rows(), &space, &it.card.fingerprint, &it.head.id)?;
    tx.insert(&it)?;
    Ok(it)
}

/// The authority of that id in that server.
pub fn show(
    tx: &mut Tx<'_>,
    cx: &mut Context<'_>,
    server: &str,
    id: &str,
) -> Result<Authority, Fault> {
    tx.get::<Server>(&cx.caller.project, server)?;
    roster::of::<Authority>(tx, cx, server, id)
}

/// Gives an authority another name.
pub fn rename(
    tx: &mut Tx<'_>,
    cx: &mut Context<'_>,
    server: &str,
    id: &str,
    name: Option<String>,
) -> Result<Authority, Fault> {
    let (mut server, _) = server::ready(tx, cx, server)?;
    let mut it = roster::of::<Authority>(tx, cx, &server.head.id, id)?;
    if let Some(name) = name {
        it.name = name;
    }
    tx.update(cx, &mut it)?;
    tx.change(cx, &mut server)?;
    Ok(it)
}

/// Takes an authority away. The last one may go: clients switch to another way of being known afterwards.
pub fn delete(tx: &mut Tx<'_>, cx: &mut Context<'_>, server: &str, id: &str) -> Result<(), Fault> {
    let (mut server, _) = server::ready(tx, cx, server)?;
    let it = roster::of::<Authority>(tx, cx, &server.head.id, id)?;
    data_plane(tx, Some(server.gateway()), false)?;
    discard(tx, &it)?;
    tx.change(cx, &mut server)
}

/// Removes an authority with the claim on its certificate.
pub fn discard(tx: &mut Tx<'_>, it: &Authority) -> Result<(), Fault> {
    claim::release(tx.rows(), &space(it.server()), &it.card.fingerprint)?;
    tx.remove(it)
}

fn space(server: &str) -> String {
    format!("authority/{server}")
}
