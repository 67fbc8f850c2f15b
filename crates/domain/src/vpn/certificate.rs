//! Certificates of gateways that prove who they are by them: one to sign, one to encrypt, and the chain above.

use serde::{Deserialize, Serialize};
use vpcd_store::credential::{self, Credential};

use crate::context::Context;
use crate::fault::Fault;
use crate::resource::{Head, Kind, Resource};
use crate::tx::Tx;
use crate::vpn::gateway::Gateway;
use crate::vpn::x509::{self, Card};
use crate::vpn::{Name, Secret, created, flavor};

/// What a gateway shows, and what is known of it. The private keys are sealed elsewhere.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Certificate {
    /// Head; the parent is the gateway, and so is the target.
    pub head: Head,
    /// Name.
    pub name: String,
    /// The certificate to sign with, in PEM.
    pub signing: String,
    /// What it says.
    pub signing_card: Card,
    /// The one to encrypt with, in PEM.
    pub encryption: String,
    /// What it says.
    pub encryption_card: Card,
    /// The chain above both, in PEM.
    pub chain: String,
    /// What its first one says.
    pub chain_card: Card,
    /// The sealed private keys, by credential id: to sign, to encrypt.
    pub keys: [String; 2],
}

/// Validated input of [`create`].
#[derive(Clone, Debug)]
pub struct NewCertificate {
    /// Name.
    pub name: Name,
    /// The certificate to sign with, in PEM.
    pub signing: String,
    /// Its private key.
    pub signing_key: Secret,
    /// The chain above both.
    pub chain: String,
    /// The one to encrypt with.
    pub encryption: String,
    /// Its private key.
    pub encryption_key: Secret,
}

/// Validated input of [`update`]; absent fields stay.
#[derive(Clone, Debug, Default)]
pub struct CertificateChange {
    /// New name.
    pub name: Option<String>,
    /// New certificate to sign with.
    pub signing: Option<String>,
    /// Its private key.
    pub signing_key: Option<Secret>,
    /// New chain.
    pub chain: Option<String>,
    /// New one to encrypt with.
    pub encryption: Option<String>,
    /// Its private key.
    pub encryption_key: Option<Secret>,
}

impl Resource for Certificate {
    const KIND: Kind = Kind::VpnCertificate;

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

impl Certificate {
    /// The gateway's id.
    pub fn gateway(&self) -> &str {
        self.head.parent.as_deref().unwrap_or_default()
    }

    /// The first of its dates of expiry.
    pub fn until(&self) -> jiff::Timestamp {
        let cards = [&self.signing_card, &self.encryption_card, &self.chain_card];
        cards
            .map(|card| card.until)
            .into_iter()
            .min()
            .unwrap_or_default()
    }

    /// Refuses keys that belong to other certificates.
    fn pairs(&self, tx: &mut Tx<'_>, cx: &Context<'_>) -> Result<(), Fault> {
        for (field, key, certificate) in [
            ("private_key", &self.keys[0], &self.signing),
            ("enc_private_key", &self.keys[1], &self.encryption),
        ] {
            let sealed = credential::get(tx.rows(), key)?;
            let plain = sealed.and_then(|it| cx.vault.open(&it.owner, &it.sealed));
            if let Some(key) = plain.and_then(|plain| String::from_utf8(plain).ok()) {
                x509::pair(field, &key, certificate, cx.vault)?;
            }
        }
        Ok(())
    }

    /// Reads the certificates anew, and whether they belong together.
    fn judge(&mut self, cx: &Context<'_>) -> Result<(), Fault> {
        self.signing_card = x509::card("certificate", &self.signing, cx.now)?;
        self.encryption_card = x509::card("enc_certificate", &self.encryption, cx.now)?;
        let chain = x509::cards("certificate_chain", &self.chain, cx.now)?;
        let both = [
            ("certificate", self.signing.as_str()),
            ("enc_certificate", self.encryption.as_str()),
        ];
        x509::linked(&both, &self.chain)?;
        if let Some(first) = chain.into_iter().next() {
            self.chain_card = first;
        }
        Ok(())
    }
}

/// The certificate of a gateway.
pub fn of(tx: &mut Tx<'_>, gateway: &str) -> Result<Option<Certificate>, Fault> {
    Ok(tx.children_page::<Certificate>(gateway, None, 1)?.pop())
}

/// The certificate of a gateway of the caller's.
pub fn show(tx: &mut Tx<'_>, cx: &Context<'_>, gateway: &str) -> Result<Certificate, Fault> {
    let gateway: Gateway = tx.get(&cx.caller.project, gateway)?;
    of(tx, &gateway.head.id)?.ok_or(Fault::NotFound {
        kind: Kind::VpnCertificate,
        id: gateway.head.id,
    })
}

/// Gives a gateway its certificate.
pub fn create(
    tx: &mut Tx<'_>,
    cx: &mut Context<'_>,
    gateway: &str,
    new: NewCertificate,
) -> Result<Certificate, Fault> {
    let gateway: Gateway = tx.get(&cx.caller.project, gateway)?;
    gateway.must_be_active()?;
    // VPN.0013: other gateways prove who they are by keys that both ends know.
    if !flavor::find(tx, &gateway.flavor)?.is_some_and(|flavor| flavor.certificates) {
        return Err(Fault::Unsupported {
            field: "certificate",
        });
    }
    if of(tx, &gateway.head.id)?.is_some() {
        return Err(Fault::Duplicate {
            kind: Kind::VpnCertificate,
            id: gateway.head.id,
        });
    }
    let signing_card = x509::card("certificate", &new.signing, cx.now)?;
    let mut head = Head::new::<Certificate>(cx, Some(&gateway.head.id));
    head.target = gateway.head.target;
    created::stamp::<Certificate>(tx, &mut head)?;
    let mut it = Certificate {
        name: new.name.text(cx),
        signing: new.signing,
        encryption: new.encryption,
        encryption_card: signing_card.clone(),
        chain: new.chain,
        chain_card: signing_card.clone(),
        signing_card,
        keys: [
            seal(tx, cx, &head.id, "private_key", &new.signing_key)?,
            seal(tx, cx, &head.id, "enc_private_key", &new.encryption_key)?,
        ],
        head,
    };
    it.judge(cx)?;
    it.pairs(tx, cx)?;
    tx.insert(&it)?;
    Ok(it)
}

/// Changes the certificate of a gateway.
pub fn update(
    tx: &mut Tx<'_>,
    cx: &mut Context<'_>,
    gateway: &str,
    id: &str,
    change: CertificateChange,
) -> Result<Certificate, Fault> {
    let gateway: Gateway = tx.get(&cx.caller.project, gateway)?;
    gateway.must_be_active()?;
    let mut it: Certificate = tx.get(&cx.caller.project, id)?;
    if it.gateway() != gateway.head.id {
        return Err(Fault::NotFound {
            kind: Kind::VpnCertificate,
            id: id.to_owned(),
        });
    }
    for (at, (key, field)) in [
        (change.signing_key, "private_key"),
        (change.encryption_key, "enc_private_key"),
    ]
    .into_iter()
    .enumerate()
    {
        if let Some(key) = key {
            credential::delete(tx.rows(), &it.keys[at])?;
            it.keys[at] = seal(tx, cx, id, field, &key)?;
        }
    }
    it.name = change.name.unwrap_or(it.name);
    it.signing = change.signing.unwrap_or(it.signing);
    it.encryption = change.encryption.unwrap_or(it.encryption);
    it.chain = change.chain.unwrap_or(it.chain);
    it.judge(cx)?;
    it.pairs(tx, cx)?;
    tx.change(cx, &mut it)?;
    Ok(it)
}

/// Removes the certificate of a gateway that goes, with its keys.
pub fn forget(tx: &mut Tx<'_>, gateway: &str) -> Result<(), Fault> {
    for it in tx.children::<Certificate>(gateway)? {
        for key in &it.keys {
            credential::delete(tx.rows(), key)?;
        }
        tx.remove(&it)?;
    }
    Ok(())
}

fn seal(
    tx: &mut Tx<'_>,
    cx: &mut Context<'_>,
    owner: &str,
    field: &'static str,
    key: &Secret,
) -> Result<String, Fault> {
    x509::private_key(field, &key.0)?;
    let credential = Credential {
        id: cx.ids.uuid(),
        kind: "private_key".to_owned(),
        cloud: String::new(),
        owner: owner.to_owned(),
        sealed: cx.vault.seal(owner, key.bytes()),
        created: cx.now.as_microsecond(),
    };
    credential::insert(tx.rows(), &credential)?;
    Ok(credential.id)
}
