//! What certificates of gateways say. They are read whatever their algorithm, since those of gateways are SM2's.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use x509_parser::certificate::X509Certificate;
use x509_parser::pem::Pem;

use crate::context::Vault;
use crate::fault::Fault;
use crate::vpn::p2c::certificate;

/// What a certificate says.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Card {
    /// Who signed it.
    pub issuer: String,
    /// Whose it is.
    pub subject: String,
    /// Serial number, in hexadecimal digits.
    pub serial: String,
    /// How it is signed.
    pub signature: String,
    /// When it expires.
    pub until: Timestamp,
}

impl From<certificate::Card> for Card {
    fn from(it: certificate::Card) -> Card {
        Card {
            issuer: it.issuer,
            subject: it.subject,
            serial: it.serial_number,
            signature: it.signature_algorithm,
            until: it.until,
        }
    }
}

/// Reads one certificate that counts at that time.
pub fn card(field: &'static str, text: &str, now: Timestamp) -> Result<Card, Fault> {
    let mut cards = cards(field, text, now)?;
    match (cards.pop(), cards.is_empty()) {
        (Some(card), true) => Ok(card),
        _ => Err(Fault::invalid(field, "must be one certificate in PEM")),
    }
}

/// Reads a chain of certificates that count at that time; it has at least one.
pub fn cards(field: &'static str, text: &str, now: Timestamp) -> Result<Vec<Card>, Fault> {
    let malformed = || Fault::invalid(field, "is not a certificate in PEM");
    let blocks = certificate::blocks(text, "CERTIFICATE").ok_or_else(malformed)?;
    let read = blocks.iter().map(|der| {
        let it = certificate::parse(der).ok_or_else(malformed)?;
        let card = certificate::card(der, &it);
        if now < card.from {
            return Err(Fault::invalid(field, "has not taken effect"));
        }
        match card.until < now {
            true => Err(Fault::invalid(field, "has expired")),
            false => Ok(card.into()),
        }
    });
    read.collect()
}

/// Refuses certificates, with their fields, that their issuer in the chain has not signed, and those whose issuer is not
/// there. What is in the chain itself may have an issuer outside. The chain is judged once, for all of them.
pub fn linked(certificates: &[(&'static str, &str)], chain: &str) -> Result<(), Fault> {
    let blocks = |text| certificate::blocks(text, "CERTIFICATE").unwrap_or_default();
    let chain = blocks(chain);
    let above: Vec<_> = chain
        .iter()
        .filter_map(|der| certificate::parse(der))
        .collect();
    for (field, text) in certificates {
        for der in &blocks(text) {
            if let Some(it) = certificate::parse(der) {
                signed(field, &it, &above, true)?;
            }
        }
    }
    let mut all = above.iter();
    all.try_for_each(|it| signed("certificate_chain", it, &above, false))
}

/// Refuses a certificate that none of its issuers above has signed, and one that has none there but needs one.
fn signed(
    field: &'static str,
    it: &X509Certificate<'_>,
    above: &[X509Certificate<'_>],
    needed: bool,
) -> Result<(), Fault> {
    let issues = |above: &&X509Certificate<'_>| above.subject() == it.issuer();
    let mut issuers = above.iter().filter(issues).peekable();
    if issuers.peek().is_none() {
        return match needed {
            true => Err(Fault::invalid(
                field,
                "its issuer is not in certificate_chain",
            )),
            false => Ok(()),
        };
    }
    match issuers.any(|above| certificate::signs(above, it)) {
        true => Ok(()),
        false => Err(Fault::invalid(
            field,
            "is not signed by its issuer in certificate_chain",
        )),
    }
}

/// Refuses what is no private key in PEM.
pub fn private_key(field: &'static str, text: &str) -> Result<(), Fault> {
    match key_block(text) {
        Some(_) => Ok(()),
        None => Err(Fault::invalid(field, "is not a private key in PEM")),
    }
}

/// Refuses a private key that belongs to another certificate, both in PEM. A key of a sort that is not computed here
/// (SM2, P-521) is judged by the public half that it carries with it, and believed when it carries none.
pub fn pair(
    field: &'static str,
    private: &str,
    certificate: &str,
    vault: &dyn Vault,
) -> Result<(), Fault> {
    let block = certificate::blocks(certificate, "CERTIFICATE").unwrap_or_default();
    let Some(certificate) = block.first().and_then(|der| certificate::parse(der)) else {
        return Ok(());
    };
    let public = certificate.public_key();
    let belongs = match (vault.public_key(private), key_block(private)) {
        (Some(own), _) => own == public.raw,
        (None, Some(key)) => {
            carried(&key).is_none_or(|own| own == public.subject_public_key.data.as_ref())
        }
        (None, None) => true,
    };
    match belongs {
        true => Ok(()),
        false => Err(Fault::invalid(field, "is not the key of the certificate")),
    }
}

/// The content of the one private key of a text in PEM.
fn key_block(text: &str) -> Option<Vec<u8>> {
    let mut blocks = Pem::iter_from_buffer(text.as_bytes());
    let first = blocks.find(|block| !matches!(block, Ok(block) if block.label == "EC PARAMETERS"));
    match first {
        Some(Ok(block)) if block.label.ends_with("PRIVATE KEY") && blocks.next().is_none() => {
            Some(block.contents)
        }
        _ => None,
    }
}

/// The point that a key on a curve ends with, where it has one (RFC 5915 section 3): `[1]`, a string of bits, none of
/// them unused, a point that is not compressed.
fn carried(key: &[u8]) -> Option<&[u8]> {
    const LENGTHS: [usize; 3] = [65, 97, 133];
    LENGTHS.into_iter().find_map(|length| {
        let (before, point) = key.split_at_checked(key.len().checked_sub(length)?)?;
        let bits = u8::try_from(length + 1).ok()?;
        let head = match bits < 0x80 {
            true => vec![0xa1, bits + 2, 0x03, bits, 0x00],
            false => vec![0xa1, 0x81, bits + 3, 0x03, 0x81, bits, 0x00],
        };
        (before.ends_with(&head) && point.first() == Some(&0x04)).then_some(point)
    })
}
