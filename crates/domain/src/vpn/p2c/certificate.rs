//! Certificates, parsed and judged. What clients and tenants upload is hostile: everything here refuses, nothing panics.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use x509_parser::certificate::X509Certificate;
use x509_parser::error::X509Error;
use x509_parser::pem::Pem;
use x509_parser::prelude::FromDer;
use x509_parser::public_key::PublicKey;
use x509_parser::x509::SubjectPublicKeyInfo;

use crate::vpn::p2c::Flaw;
use crate::vpn::sm2_signature;

/// Largest text that is looked at, in bytes.
pub const MOST: usize = 64 * 1024;
/// Longest name of an issuer or a subject that is kept, in characters.
const LONGEST_NAME: usize = 256;

/// Sizes of RSA keys that count, in bits (VPN.0070).
const RSA: [usize; 3] = [2048, 3072, 4096];
/// Curves that count: P-256, P-384, P-521.
const CURVES: [&str; 3] = ["1.2.840.10045.3.1.7", "1.3.132.0.34", "1.3.132.0.35"];
/// What signatures are called, and whether they count (VPN.0071).
const SIGNATURES: [(&str, &str, bool); 8] = [
    ("1.2.840.113549.1.1.11", "SHA256WITHRSA", true),
    ("1.2.840.113549.1.1.12", "SHA384WITHRSA", true),
    ("1.2.840.113549.1.1.13", "SHA512WITHRSA", true),
    ("1.2.840.10045.4.3.2", "SHA256WITHECDSA", true),
    ("1.2.840.10045.4.3.3", "SHA384WITHECDSA", true),
    ("1.2.840.10045.4.3.4", "SHA512WITHECDSA", true),
    ("1.2.840.113549.1.1.5", "SHA1WITHRSA", false),
    ("1.2.156.10197.1.501", "SM3WITHSM2", false),
];

/// What a certificate says.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Card {
    /// Who signed it.
    pub issuer: String,
    /// Whose it is.
    pub subject: String,
    /// Serial number, in hexadecimal digits.
    pub serial_number: String,
    /// How it is signed.
    pub signature_algorithm: String,
    /// When it starts to count.
    pub from: Timestamp,
    /// When it expires.
    pub until: Timestamp,
    /// SHA-256 over the whole certificate, in hexadecimal digits.
    pub fingerprint: String,
}

/// What the certificate says, whatever it is good for.
pub fn read(text: &str) -> Result<Card, Flaw> {
    let der = one(text, "CERTIFICATE").ok_or(Flaw::Format)?;
    let certificate = parse(&der).ok_or(Flaw::Content)?;
    Ok(card(&der, &certificate))
}

/// Judges a certificate that shall sign those of clients.
pub fn authority(text: &str, now: Timestamp) -> Result<Card, Flaw> {
    let der = one(text, "CERTIFICATE").ok_or(Flaw::Format)?;
    let certificate = parse(&der).ok_or(Flaw::Content)?;
    if !signs_others(&certificate) {
        return Err(Flaw::NoAuthority);
    }
    judge(&der, &certificate, now)
}

/// Judges a certificate that a server shall show.
pub fn server(text: &str, now: Timestamp) -> Result<Card, Flaw> {
    let der = one(text, "CERTIFICATE").ok_or(Flaw::Format)?;
    let certificate = parse(&der).ok_or(Flaw::Content)?;
    judge(&der, &certificate, now)
}

/// Whether the certificate was signed with the key of the other one, both in PEM.
pub fn is_signed_by(text: &str, by: &str) -> bool {
    let (Some(mine), Some(theirs)) = (one(text, "CERTIFICATE"), one(by, "CERTIFICATE")) else {
        return false;
    };
    let (Some(mine), Some(theirs)) = (parse(&mine), parse(&theirs)) else {
        return false;
    };
    mine.issuer() == theirs.subject() && signs(&theirs, &mine)
}

/// Whether the key of the one has signed the other; on a curve that is not computed here it is believed.
pub fn signs(above: &X509Certificate<'_>, it: &X509Certificate<'_>) -> bool {
    !matches!(verified(it, Some(above.public_key())), Verified::No)
}

/// The parts of a text in PEM that have the label; `None` when something in it is broken or of another label.
pub fn blocks(text: &str, label: &str) -> Option<Vec<Vec<u8>>> {
    if text.len() > MOST {
        return None;
    }
    let mut found = Vec::new();
    for block in Pem::iter_from_buffer(text.as_bytes()) {
        let block = block.ok()?;
        (block.label == label).then(|| found.push(block.contents))?;
    }
    (!found.is_empty()).then_some(found)
}

/// The one block of a text in PEM.
pub fn one(text: &str, label: &str) -> Option<Vec<u8>> {
    let mut blocks = blocks(text, label)?;
    match blocks.len() {
        1 => blocks.pop(),
        _ => None,
    }
}

/// The certificate of DER with nothing behind it.
pub fn parse(der: &[u8]) -> Option<X509Certificate<'_>> {
    match X509Certificate::from_der(der) {
        Ok(([], certificate)) if is_wrapped(der) => Some(certificate),
        _ => None,
    }
}

/// Whether what surrounds the signed part of a certificate or a list is encoded in the one way that DER has: the
/// signature does not cover it, and the parser forgives its tags (RFC 5280 section 4.1.1).
pub fn is_wrapped(der: &[u8]) -> bool {
    let parts = || {
        let (inside, []) = element(0x30, der)? else {
            return None;
        };
        let (signed, rest) = element(0x30, inside)?;
        let (algorithm, signature) = element(0x30, rest)?;
        let (_, []) = element(0x03, signature)? else {
            return None;
        };
        Some((signed, algorithm))
    };
    parts().is_some_and(|(signed, algorithm)| {
        // The signed part names the algorithm once more.
        !algorithm.is_empty() && signed.windows(algorithm.len()).any(|it| it == algorithm)
    })
}

/// The content of the element with this tag at the beginning, and what follows it.
fn element(tag: u8, der: &[u8]) -> Option<(&[u8], &[u8])> {
    let (&[is, length], rest) = der.split_first_chunk::<2>()?;
    if is != tag {
        return None;
    }
    let (length, rest) = match usize::from(length) {
        short @ 0..=0x7f => (short, rest),
        long => {
            let (bytes, rest) = rest.split_at_checked(long - 0x80)?;
            let add = |sum: usize, byte: &u8| sum.checked_mul(256)?.checked_add(usize::from(*byte));
            (bytes.iter().try_fold(0, add)?, rest)
        }
    };
    rest.split_at_checked(length)
}

/// A time of a certificate; one that no calendar has becomes the nearest.
pub fn time(seconds: i64) -> Timestamp {
    let end = match seconds < 0 {
        true => Timestamp::MIN,
        false => Timestamp::MAX,
    };
    Timestamp::from_second(seconds).unwrap_or(end)
}

/// Hexadecimal digits.
pub fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

/// A name as it is kept.
pub fn name(it: &x509_parser::x509::X509Name<'_>) -> String {
    let text = it.to_string().replace('\0', "");
    text.chars().take(LONGEST_NAME).collect()
}

/// In the order of VPN.0070, 0071, 0075, 0073, 0072.
fn judge(der: &[u8], certificate: &X509Certificate<'_>, now: Timestamp) -> Result<Card, Flaw> {
    if !key_counts(certificate.public_key()) {
        return Err(Flaw::Key);
    }
    let card = card(der, certificate);
    let signed = certificate.signature_algorithm.algorithm.to_id_string();
    if !SIGNATURES
        .iter()
        .any(|(oid, _, counts)| *counts && *oid == signed)
    {
        return Err(Flaw::Signature);
    }
    // Names that read the same are the same, whatever their strings are called in the encoding.
    let own = certificate.issuer() == certificate.subject() || card.issuer == card.subject;
    if own && matches!(verified(certificate, None), Verified::No) {
        return Err(Flaw::Content);
    }
    if card.from > now {
        return Err(Flaw::Early);
    }
    match card.until < now {
        true => Err(Flaw::Expired),
        false => Ok(card),
    }
}

/// What a certificate says; the DER is its own.
pub fn card(der: &[u8], certificate: &X509Certificate<'_>) -> Card {
    let signed = certificate.signature_algorithm.algorithm.to_id_string();
    let known = SIGNATURES.iter().find(|(oid, ..)| *oid == signed);
    let validity = certificate.validity();
    let serial = hex(certificate.raw_serial());
    Card {
        issuer: name(certificate.issuer()),
        subject: name(certificate.subject()),
        serial_number: serial.chars().take(64).collect(),
        signature_algorithm: known.map_or(signed.clone(), |(_, name, _)| (*name).to_owned()),
        from: time(validity.not_before.timestamp()),
        until: time(validity.not_after.timestamp()),
        fingerprint: hex(&Sha256::digest(der)),
    }
}

/// Whether it may sign other certificates (VPN.0076).
fn signs_others(certificate: &X509Certificate<'_>) -> bool {
    let usage = match certificate.key_usage() {
        Ok(Some(usage)) => usage.value.key_cert_sign(),
        Ok(None) => true,
        Err(_) => false,
    };
    usage && certificate.is_ca()
}

fn key_counts(key: &SubjectPublicKeyInfo<'_>) -> bool {
    match key.parsed() {
        Ok(PublicKey::RSA(rsa)) => RSA.contains(&rsa.key_size()),
        Ok(PublicKey::EC(_)) => {
            let parameters = key.algorithm.parameters.as_ref();
            let curve = parameters.and_then(|it| it.as_oid().ok());
            curve.is_some_and(|curve| CURVES.contains(&curve.to_id_string().as_str()))
        }
        _ => false,
    }
}

/// The curve P-521, 1.3.132.0.35.
const P521: [u8; 5] = [0x2b, 0x81, 0x04, 0x00, 0x23];

/// What became of checking a signature.
enum Verified {
    Yes,
    No,
    /// The curve is one that is not computed here (P-521): it has to be believed.
    Untold,
}

fn is_p521(key: &SubjectPublicKeyInfo<'_>) -> bool {
    let parameters = key.algorithm.parameters.as_ref();
    let curve = parameters.and_then(|it| it.as_oid().ok());
    curve.is_some_and(|curve| curve.as_bytes() == P521)
}

fn verified(certificate: &X509Certificate<'_>, by: Option<&SubjectPublicKeyInfo<'_>>) -> Verified {
    if let Some(signed) =
        sm2_signature::is_signed(certificate, by.unwrap_or(certificate.public_key()))
    {
        return if signed { Verified::Yes } else { Verified::No };
    }
    match certificate.verify_signature(by) {
        // A signature is whole bytes; nothing signs how many bits of the last one count.
        Ok(()) if certificate.signature_value.unused_bits != 0 => Verified::No,
        Ok(()) => Verified::Yes,
        Err(X509Error::SignatureUnsupportedAlgorithm) => {
            match is_p521(by.unwrap_or(certificate.public_key())) {
                true => Verified::Untold,
                false => Verified::No,
            }
        }
        Err(_) => Verified::No,
    }
}
