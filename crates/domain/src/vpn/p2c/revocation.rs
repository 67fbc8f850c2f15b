//! Lists of clients' certificates that do not count any more.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use x509_parser::prelude::FromDer;
use x509_parser::revocation_list::CertificateRevocationList;

use crate::context::Context;
use crate::fault::Fault;
use crate::resource::{Head, Kind, Resource};
use crate::tx::Tx;
use crate::vpn::p2c::authority::Authority;
use crate::vpn::p2c::server::{self, Server};
use crate::vpn::p2c::{Refusal, certificate, roster};
use crate::vpn::{Name, data_plane};

/// Most lists of one server.
const MOST: u64 = 10;

/// A list of revoked certificates.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Revocations {
    /// Head; the parent is the server.
    pub head: Head,
    /// Name.
    pub name: String,
    /// Who signed it.
    pub issuer: String,
    /// How many certificates it names.
    pub count: usize,
    /// When it was made.
    pub from: Timestamp,
    /// When the next one is due.
    pub until: Option<Timestamp>,
    /// The list, in PEM.
    pub list: String,
}

/// Input of [`import`]: what the tenant uploads.
#[derive(Clone, Debug)]
pub struct NewRevocations {
    /// Name.
    pub name: Name,
    /// The list, in PEM as it was uploaded.
    pub list: String,
}

/// What a list says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Said {
    issuer: String,
    count: usize,
    from: Timestamp,
    until: Option<Timestamp>,
}

impl Resource for Revocations {
    const KIND: Kind = Kind::ClientRevocation;

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

/// Takes a list into a server, if one of the server's authorities signed it.
pub fn import(
    tx: &mut Tx<'_>,
    cx: &mut Context<'_>,
    server: &str,
    new: NewRevocations,
) -> Result<Revocations, Fault> {
    let (mut server, _) = server::ready(tx, cx, server)?;
    let name = new.name.text(cx);
    let authorities: Vec<Authority> = tx.children(&server.head.id)?;
    let keys: Vec<&str> = authorities
        .iter()
        .map(|it| it.certificate.as_str())
        .collect();
    let said = judge(&name, &new.list, cx.now, &keys)?;
    if tx.count_children::<Revocations>(&server.head.id)? >= MOST {
        return Err(Fault::QuotaExceeded {
            quota: "client_crl",
            limit: MOST,
        });
    }
    data_plane(tx, Some(server.gateway()), false)?;
    let it = Revocations {
        head: Head::new::<Revocations>(cx, Some(&server.head.id)).settled(),
        name,
        issuer: said.issuer,
        count: said.count,
        from: said.from,
        until: said.until,
        list: new.list,
    };
    tx.insert(&it)?;
    tx.change(cx, &mut server)?;
    Ok(it)
}

/// The lists of a server; there are few.
pub fn list(
    tx: &mut Tx<'_>,
    cx: &mut Context<'_>,
    server: &str,
) -> Result<Vec<Revocations>, Fault> {
    tx.get::<Server>(&cx.caller.project, server)?;
    tx.children(server)
}

/// The list of that id in that server.
pub fn show(
    tx: &mut Tx<'_>,
    cx: &mut Context<'_>,
    server: &str,
    id: &str,
) -> Result<Revocations, Fault> {
    tx.get::<Server>(&cx.caller.project, server)?;
    roster::of::<Revocations>(tx, cx, server, id)
}

/// Takes a list away: its certificates count again.
pub fn delete(tx: &mut Tx<'_>, cx: &mut Context<'_>, server: &str, id: &str) -> Result<(), Fault> {
    let (mut server, _) = server::ready(tx, cx, server)?;
    let it = roster::of::<Revocations>(tx, cx, &server.head.id, id)?;
    data_plane(tx, Some(server.gateway()), false)?;
    discard(tx, &it)?;
    tx.change(cx, &mut server)
}

/// Removes a list.
pub fn discard(tx: &mut Tx<'_>, it: &Revocations) -> Result<(), Fault> {
    tx.remove(it)
}

/// Judges a list in the order of VPN.0078, 0079, 0080; `authorities` are certificates in PEM.
pub fn judge(name: &str, text: &str, now: Timestamp, authorities: &[&str]) -> Result<Said, Fault> {
    let called = || name.to_owned();
    let der =
        certificate::one(text, "X509 CRL").ok_or(Refusal::RevocationFormat { name: called() })?;
    let unreadable = Refusal::RevocationContent { name: called() };
    let list = match CertificateRevocationList::from_der(&der) {
        Ok(([], list)) if certificate::is_wrapped(&der) => list,
        _ => return Err(unreadable.into()),
    };
    let signed = authorities.iter().any(|text| is_signed_by(&list, text));
    if !signed {
        return Err(unreadable.into());
    }
    let from = certificate::time(list.last_update().timestamp());
    let until = list
        .next_update()
        .map(|at| certificate::time(at.timestamp()));
    if from > now || until.is_some_and(|until| until < now) {
        return Err(Refusal::RevocationDate { name: called() }.into());
    }
    Ok(Said {
        issuer: certificate::name(list.issuer()),
        count: list.iter_revoked_certificates().count(),
        from,
        until,
    })
}

fn is_signed_by(list: &CertificateRevocationList<'_>, authority: &str) -> bool {
    let Some(der) = certificate::one(authority, "CERTIFICATE") else {
        return false;
    };
    certificate::parse(&der).is_some_and(|it| {
        it.subject() == list.issuer()
            && list.signature_value.unused_bits == 0
            && list.verify_signature(it.public_key()).is_ok()
    })
}
