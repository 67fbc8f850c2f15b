//! Virtual addresses: ports of nobody, whose address the ports of several servers may answer for.
//!
//! Who may answer is written in those ports, as the further addresses that may leave them; nothing is noted twice.

use crate::condition;
use crate::context::Context;
use crate::fault::{Fault, Holder};
use crate::interface::{self, ANSWERS, answered, single};
use crate::port::{self, NewPort, Port, PortChange, VIRTUAL};
use crate::publicip::{self, PublicIp};
use crate::quota;
use crate::registration::{self, Registration};
use crate::resource::Kind;
use crate::tx::Tx;

/// Name of the quota on servers and interfaces that may answer for one address.
pub const ANSWERERS: &str = "virtual_address_answerer";

/// Who may answer for a virtual address, as callers name it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Answerer {
    /// A server, by its port in the network.
    Server(String),
    /// An interface.
    Interface(String),
}

/// Validated input of [`create`].
#[derive(Clone, Debug, Default)]
pub struct NewVirtual {
    /// What every port has.
    pub port: NewPort,
    /// Free text.
    pub description: String,
}

/// Creates a virtual address.
pub fn create(tx: &mut Tx<'_>, cx: &mut Context<'_>, new: NewVirtual) -> Result<Port, Fault> {
    let input = NewPort {
        device_owner: VIRTUAL.to_owned(),
        ..new.port
    };
    let mut port = port::create(tx, cx, input)?;
    port.description = new.description;
    tx.store(&mut port)?;
    Ok(port)
}

/// The virtual address of that id, which may be the short one.
pub fn get(tx: &mut Tx<'_>, project: &str, id: &str) -> Result<Port, Fault> {
    let port = match tx.find::<Port>(project, id)? {
        Some(port) => port,
        None => tx.by_alias::<Port>(project, id)?,
    };
    match port.device_owner == VIRTUAL {
        true => Ok(port),
        false => Err(Fault::NotFound {
            kind: Kind::Port,
            id: id.to_owned(),
        }),
    }
}

/// The ports that may answer for a virtual address in the order of their ids: while all of them do, the first does.
pub fn answerers(tx: &mut Tx<'_>, it: &Port) -> Result<Vec<Port>, Fault> {
    let value = answered(&it.head.target, it.address);
    // The other cloud knows no limit on them.
    tx.found(&it.head.project, ANSWERS, &value, None, 256)
}

/// The server or the interface that a port is of.
pub fn named(tx: &mut Tx<'_>, port: &Port) -> Result<Answerer, Fault> {
    if port.is_interface() {
        return Ok(Answerer::Interface(short(&port.head.alias, &port.head.id)));
    }
    Ok(Answerer::Server(
        match tx.any::<Registration>(&port.device_id)? {
            Some(server) => short(&server.head.alias, &server.head.id),
            None => port.device_id.clone(),
        },
    ))
}

fn short(alias: &Option<String>, id: &str) -> String {
    alias.clone().unwrap_or_else(|| id.to_owned())
}

/// Changes what a virtual address is called.
pub fn describe(
    tx: &mut Tx<'_>,
    cx: &mut Context<'_>,
    id: &str,
    name: Option<String>,
    description: Option<String>,
) -> Result<Port, Fault> {
    let mut it = get(tx, &cx.caller.project, id)?;
    condition::backend_writes(tx, cx)?;
    it.name = name.unwrap_or(it.name);
    it.description = description.unwrap_or(it.description);
    tx.update(cx, &mut it)?;
    Ok(it)
}

/// Deletes a virtual address that nobody may answer for and no public address is bound to.
pub fn delete(tx: &mut Tx<'_>, cx: &mut Context<'_>, id: &str) -> Result<(), Fault> {
    let it = get(tx, &cx.caller.project, id)?;
    if !answerers(tx, &it)?.is_empty() {
        return Err(Fault::InUse {
            kind: Kind::Port,
            id: id.to_owned(),
            by: Holder::Port,
        });
    }
    port::delete(tx, cx, &it.head.id)
}

/// Lets servers or interfaces answer for a virtual address; all of them or none.
pub fn attach(
    tx: &mut Tx<'_>,
    cx: &mut Context<'_>,
    id: &str,
    more: &[Answerer],
) -> Result<Port, Fault> {
    let it = get(tx, &cx.caller.project, id)?;
    let have = answerers(tx, &it)?;
    let limit = quota::limit(tx, cx, &cx.caller.project, ANSWERERS)?;
    if let Some(limit) = limit.filter(|limit| (have.len() + more.len()) as u64 > *limit) {
        let quota = ANSWERERS;
        return Err(Fault::QuotaExceeded { quota, limit });
    }
    for named in more {
        let port = port_of(tx, cx, named)?;
        if port.head.target != it.head.target {
            return Err(unsuitable(named, "it is in another network"));
        }
        let mut pairs = port.allowed_pairs;
        if pairs
            .iter()
            .any(|(text, _)| single(text) == Some(it.address))
        {
            return Err(unsuitable(named, "it answers for the address already"));
        }
        pairs.push((it.address.to_string(), None));
        allow(tx, cx, &port.head.id, pairs)?;
    }
    Ok(it)
}

/// Lets servers or interfaces answer for a virtual address no longer; all of them or none.
pub fn detach(
    tx: &mut Tx<'_>,
    cx: &mut Context<'_>,
    id: &str,
    gone: &[Answerer],
) -> Result<Port, Fault> {
    let it = get(tx, &cx.caller.project, id)?;
    for named in gone {
        let port = port_of(tx, cx, named)?;
        let mut pairs = port.allowed_pairs;
        let before = pairs.len();
        pairs.retain(|(text, _)| single(text) != Some(it.address));
        if port.head.target != it.head.target || pairs.len() == before {
            return Err(unsuitable(named, "it does not answer for the address"));
        }
        allow(tx, cx, &port.head.id, pairs)?;
    }
    Ok(it)
}

/// Binds a public address to a virtual one.
pub fn bind(
    tx: &mut Tx<'_>,
    cx: &mut Context<'_>,
    id: &str,
    public_ip: &str,
) -> Result<PublicIp, Fault> {
    let it = get(tx, &cx.caller.project, id)?;
    let public_ip = publicip::must_be_changeable(tx, cx, public_ip)?;
    if public_ip.bound.is_some() {
        let id = public_ip.head.id;
        return Err(Fault::AddressBound { id });
    }
    publicip::bind(tx, cx, &public_ip.head.id, &it.head.id)
}

/// Takes the public address off a virtual one that has one.
pub fn unbind(tx: &mut Tx<'_>, cx: &mut Context<'_>, id: &str) -> Result<(), Fault> {
    let it = get(tx, &cx.caller.project, id)?;
    match &it.public_ip {
        Some(public_ip) => publicip::unbind(tx, cx, public_ip).map(drop),
        None => Err(Fault::Unsuitable {
            kind: Kind::Port,
            id: id.to_owned(),
            reason: "no public address is bound to it",
        }),
    }
}

fn allow(
    tx: &mut Tx<'_>,
    cx: &mut Context<'_>,
    id: &str,
    pairs: Vec<(String, Option<String>)>,
) -> Result<(), Fault> {
    let change = PortChange {
        allowed_pairs: Some(pairs),
        ..PortChange::default()
    };
    port::update(tx, cx, id, change).map(drop)
}

fn port_of(tx: &mut Tx<'_>, cx: &Context<'_>, named: &Answerer) -> Result<Port, Fault> {
    let project = &cx.caller.project;
    match named {
        Answerer::Interface(id) => interface::get(tx, project, id),
        Answerer::Server(id) => {
            let server = registration::instance(tx, project, id)?;
            match &server.port {
                Some(port) => tx.get(project, port),
                None => Err(unsuitable(named, "the server has no port in the network")),
            }
        }
    }
}

fn unsuitable(named: &Answerer, reason: &'static str) -> Fault {
    let (kind, id) = match named {
        Answerer::Server(id) => (Kind::Registration, id.clone()),
        Answerer::Interface(id) => (Kind::Port, id.clone()),
    };
    Fault::Unsuitable { kind, id, reason }
}
