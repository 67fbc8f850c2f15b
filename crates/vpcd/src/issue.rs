//! Makes keys and certificates for servers that bring none; the only place that draws private keys.

use std::net::IpAddr;

use jiff::Timestamp;
use jiff::tz::TimeZone;
use rcgen::{
    BasicConstraints, CertificateParams, DistinguishedName, DnType, Error, ExtendedKeyUsagePurpose,
    IsCa, Issuer, KeyPair, KeyUsagePurpose, PublicKeyData, SanType, SerialNumber, date_time_ymd,
};
use vpcd_domain::{Issued, Order};

/// A certificate of its own authority, on P-256. The authority's key is forgotten: it signs this one and no other.
pub fn issue(order: &Order) -> Result<Issued, Error> {
    let [above, below] = order.serials;
    let mut authority = params(order, &format!("{} CA", order.name), above)?;
    authority.is_ca = IsCa::Ca(BasicConstraints::Constrained(0));
    authority.key_usages = vec![KeyUsagePurpose::KeyCertSign, KeyUsagePurpose::CrlSign];
    let authority_key = KeyPair::generate()?;
    let root = authority.self_signed(&authority_key)?;

    let mut own = params(order, &order.name, below)?;
    own.subject_alt_names = vec![SanType::IpAddress(IpAddr::V4(order.address))];
    own.key_usages = vec![KeyUsagePurpose::DigitalSignature];
    own.extended_key_usages = vec![ExtendedKeyUsagePurpose::ServerAuth];
    let key = KeyPair::generate()?;
    let signed = own.signed_by(&key, &Issuer::from_params(&authority, &authority_key))?;
    Ok(Issued {
        certificate: signed.pem(),
        authority: root.pem(),
        key: key.serialize_pem(),
    })
}

/// The public half of a key in PEM, of a sort that is computed here: P-256, P-384, RSA.
pub fn public_key(private: &str) -> Option<Vec<u8>> {
    let pair = KeyPair::from_pem(private).ok()?;
    Some(pair.subject_public_key_info())
}

fn params(order: &Order, name: &str, serial: [u8; 16]) -> Result<CertificateParams, Error> {
    let mut params = CertificateParams::new(Vec::new())?;
    params.distinguished_name = DistinguishedName::new();
    params.distinguished_name.push(DnType::CommonName, name);
    params.serial_number = Some(SerialNumber::from_slice(&serial));
    params.use_authority_key_identifier_extension = true;
    params.not_before = day(order.from);
    params.not_after = day(order.until);
    Ok(params)
}

fn day(at: Timestamp) -> time::OffsetDateTime {
    let date = at.to_zoned(TimeZone::UTC).date();
    let number = |part: i8| u8::try_from(part).unwrap_or(1);
    date_time_ymd(
        i32::from(date.year()),
        number(date.month()),
        number(date.day()),
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use vpcd_domain::vpn::p2c::certificate;

    #[test]
    fn a_certificate_counts_and_its_authority_signed_it() {
        let now: Timestamp = "2026-01-01T00:00:00Z".parse().unwrap();
        let order = Order {
            name: "server-1".to_owned(),
            address: [192, 0, 2, 1].into(),
            serials: [[0x41; 16], [0x42; 16]],
            from: "2025-12-31T00:00:00Z".parse().unwrap(),
            until: "2036-01-01T00:00:00Z".parse().unwrap(),
        };
        let issued = issue(&order).unwrap();
        let card = certificate::server(&issued.certificate, now).unwrap();
        assert_eq!(card.subject, "CN=server-1");
        assert_eq!(card.issuer, "CN=server-1 CA");
        assert_eq!(card.serial_number, "42".repeat(16));
        assert!(certificate::authority(&issued.authority, now).is_ok());
        assert!(certificate::is_signed_by(
            &issued.certificate,
            &issued.authority
        ));
        assert!(issued.key.contains("PRIVATE KEY"));
        // Nothing is drawn twice.
        assert_ne!(issue(&order).unwrap().key, issued.key);
    }
}
