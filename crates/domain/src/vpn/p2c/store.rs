//! The store of certificates: what a neighbouring service keeps for tenants, registered by the operator.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use vpcd_store::credential;

use crate::context::Context;
use crate::fault::Fault;
use crate::resource::{Head, Kind, Resource};
use crate::tx::Tx;
use crate::vpn::p2c::certificate::{self, Card};
use crate::vpn::p2c::server::keep_key;
use crate::vpn::{Secret, x509};

/// A certificate of the store.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct StoredCertificate {
    /// Head; no parent.
    pub head: Head,
    /// Name.
    pub name: String,
    /// Whether it can be used.
    pub standing: Standing,
    /// What it says.
    pub card: Card,
    /// The certificate, in PEM.
    pub certificate: String,
    /// What clients check it against, in PEM.
    pub chain: String,
    /// The sealed private key, by credential id.
    pub key: Option<String>,
}

/// Whether a certificate of the store can be used.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Standing {
    /// It can.
    #[default]
    Normal,
    /// Its issuer took it back.
    Revoked,
    /// It is still being uploaded.
    Uploading,
}

/// What the operator registers.
#[derive(Clone, Debug)]
pub struct NewCertificate {
    /// Name.
    pub name: String,
    /// Whether it can be used.
    pub standing: Standing,
    /// The certificate, in PEM.
    pub certificate: String,
    /// The authorities above it, in PEM, the nearest first; none for one that signed itself.
    pub chain: Option<String>,
    /// Its private key, in PEM.
    pub key: Option<Secret>,
}

impl Resource for StoredCertificate {
    const KIND: Kind = Kind::Certificate;

    fn head(&self) -> &Head {
        &self.head
    }

    fn head_mut(&mut self) -> &mut Head {
        &mut self.head
    }
}

impl StoredCertificate {
    /// Whether a server can show it (VPN.1110).
    pub fn is_usable(&self, now: Timestamp) -> bool {
        let counts = self.card.from <= now && now <= self.card.until;
        counts && self.standing == Standing::Normal && self.key.is_some()
    }
}

/// Registers a certificate for the caller's project. One that has expired may be registered: servers refuse it.
pub fn register(
    tx: &mut Tx<'_>,
    cx: &mut Context<'_>,
    new: NewCertificate,
) -> Result<StoredCertificate, Fault> {
    let unreadable = |_| Fault::invalid("certificate", "it is not one certificate in PEM");
    let card = certificate::read(&new.certificate).map_err(unreadable)?;
    let chain = match new.chain {
        Some(chain) => above(&new.certificate, chain)?,
        None => new.certificate.clone(),
    };
    if let Some(key) = &new.key {
        key.shown(|key| {
            x509::private_key("private_key", key)?;
            x509::pair("private_key", key, &new.certificate, cx.vault)
        })?;
    }
    let mut it = StoredCertificate {
        head: Head::new::<StoredCertificate>(cx, None).settled(),
        name: new.name,
        standing: new.standing,
        card,
        certificate: new.certificate,
        chain,
        key: None,
    };
    if let Some(key) = &new.key {
        let id = it.head.id.clone();
        it.key = Some(keep_key(tx, cx, &id, key.bytes())?);
    }
    tx.insert(&it)?;
    Ok(it)
}

/// Takes a certificate out of the store. A server that shows it goes on doing so.
pub fn remove(tx: &mut Tx<'_>, id: &str) -> Result<(), Fault> {
    let Some(it) = tx.any::<StoredCertificate>(id)? else {
        return Err(Fault::NotFound {
            kind: Kind::Certificate,
            id: id.to_owned(),
        });
    };
    if let Some(key) = &it.key {
        credential::delete(tx.rows(), key)?;
    }
    tx.remove(&it)
}

/// The chain, when the first of it signed the certificate and each next one the one before.
fn above(certificate: &str, chain: String) -> Result<String, Fault> {
    let broken = || Fault::invalid("chain", "it is not a chain above the certificate");
    if certificate::blocks(&chain, "CERTIFICATE").is_none() {
        return Err(broken());
    }
    let mut below = certificate.to_owned();
    for part in split(&chain) {
        if !certificate::is_signed_by(&below, &part) {
            return Err(broken());
        }
        below = part;
    }
    Ok(chain)
}

/// The single certificates of a text in PEM.
fn split(text: &str) -> Vec<String> {
    const END: &str = "-----END CERTIFICATE-----";
    let parts = text.split_inclusive(END);
    parts
        .filter(|part| part.contains(END))
        .map(|part| format!("{}\n", part.trim_start()))
        .collect()
}
