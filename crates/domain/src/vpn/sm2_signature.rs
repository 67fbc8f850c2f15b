//! Signatures of SM2 with SM3, as gateways' certificates have them.

use sm2::dsa::signature::Verifier;
use sm2::dsa::{Signature, VerifyingKey};
use x509_parser::certificate::X509Certificate;
use x509_parser::der_parser::parse_der;
use x509_parser::x509::SubjectPublicKeyInfo;

const SIGNATURE: &str = "1.2.156.10197.1.501";
/// What signers say they are: what GM/T 0009 has, and nothing, as some tools sign.
const SIGNERS: [&str; 2] = ["1234567812345678", ""];
const SIZE: usize = 32;

/// Whether the key has signed the certificate; `None` when that is no signature of this sort.
pub fn is_signed(certificate: &X509Certificate<'_>, by: &SubjectPublicKeyInfo<'_>) -> Option<bool> {
    let algorithm = &certificate.signature_algorithm.algorithm;
    (algorithm.to_id_string() == SIGNATURE).then(|| {
        let point = by.subject_public_key.data.as_ref();
        let signed = certificate.tbs_certificate.as_ref();
        let whole = certificate.signature_value.unused_bits == 0;
        let signature = signature(certificate.signature_value.data.as_ref());
        let counts = |signer: &&str| {
            let key = VerifyingKey::from_sec1_bytes(signer, point).ok();
            let both = key.zip(signature.as_ref());
            both.is_some_and(|(key, signature)| key.verify(signed, signature).is_ok())
        };
        whole && SIGNERS.iter().any(counts)
    })
}

/// Two numbers in DER.
fn signature(der: &[u8]) -> Option<Signature> {
    let (rest, pair) = parse_der(der).ok()?;
    let numbers = pair.as_sequence().ok()?;
    let [r, s] = numbers.as_slice() else {
        return None;
    };
    let mut bytes = [0; 2 * SIZE];
    let (first, second) = bytes.split_at_mut(SIZE);
    for (number, to) in [(r, first), (s, second)] {
        let number = number.as_slice().ok()?;
        let number = number.strip_prefix(&[0]).unwrap_or(number);
        let start = SIZE.checked_sub(number.len())?;
        to.get_mut(start..)?.copy_from_slice(number);
    }
    rest.is_empty().then_some(())?;
    Signature::from_slice(&bytes).ok()
}
