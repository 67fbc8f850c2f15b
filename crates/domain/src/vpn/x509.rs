//! What certificates of gateways say. They are read whatever their algorithm, since those of gateways are SM2's, which
//! only the devices verify; everything else is judged here.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use x509_parser::certificate::X509Certificate;
use x509_parser::pem::Pem;
use x509_parser::prelude::FromDer;

use crate::context::Vault;
use crate::fault::Fault;

/// Longest name of an issuer or subject that is kept, in characters.
const LONGEST: usize = 256;
/// Names of signature algorithms by their identifiers.
const SIGNATURES: [(&str, &str); 8] = [
    ("1.2.156.10197.1.501", "SM3WITHSM2"),
    ("1.2.840.113549.1.1.5", "SHA1WITHRSA"),
    ("1.2.840.113549.1.1.11", "SHA256WITHRSA"),
    ("1.2.840.113549.1.1.12", "SHA384WITHRSA"),
    ("1.2.840.113549.1.1.13", "SHA512WITHRSA"),
    ("1.2.840.10045.4.3.2", "SHA256WITHECDSA"),
    ("1.2.840.10045.4.3.3", "SHA384WITHECDSA"),
    ("1.2.840.10045.4.3.4", "SHA512WITHECDSA"),
];

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
    let mut cards = Vec::new();
    for block in Pem::iter_from_buffer(text.as_bytes()) {
        let block = block.map_err(|_| malformed())?;
        if block.label != "CERTIFICATE" {
            return Err(malformed());
        }
        let (rest, it) = X509Certificate::from_der(&block.contents).map_err(|_| malformed())?;
        if !rest.is_empty() {
            return Err(malformed());
        }
        cards.push(read(field, &it, now)?);
    }
    match cards.is_empty() {
        true => Err(malformed()),
        false => Ok(cards),
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
    let block = Pem::iter_from_buffer(certificate.as_bytes()).find_map(Result::ok);
    let block = block.unwrap_or(Pem {
        label: String::new(),
        contents: Vec::new(),
    });
    let Ok((_, certificate)) = X509Certificate::from_der(&block.contents) else {
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

fn read(field: &'static str, it: &X509Certificate<'_>, now: Timestamp) -> Result<Card, Fault> {
    let at = |seconds: i64| {
        Timestamp::from_second(seconds).map_err(|_| Fault::invalid(field, "has no legal dates"))
    };
    let from = at(it.validity().not_before.timestamp())?;
    let until = at(it.validity().not_after.timestamp())?;
    if now < from {
        return Err(Fault::invalid(field, "has not taken effect"));
    }
    if until < now {
        return Err(Fault::invalid(field, "has expired"));
    }
    let algorithm = it.signature_algorithm.algorithm.to_id_string();
    let known = SIGNATURES.iter().find(|(id, _)| *id == algorithm);
    let short = |text: String| text.chars().take(LONGEST).collect::<String>();
    Ok(Card {
        issuer: short(it.issuer().to_string()),
        subject: short(it.subject().to_string()),
        serial: it.raw_serial().iter().map(|b| format!("{b:02x}")).collect(),
        signature: known.map_or(algorithm.clone(), |(_, name)| (*name).to_owned()),
        until,
    })
}
