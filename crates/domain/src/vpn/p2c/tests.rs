//! What is uploaded is hostile: nothing of it stops the server, and only what is sound is taken.

use jiff::Timestamp;
use proptest::prelude::*;

use crate::fault::Fault;
use crate::vpn::p2c::{Flaw, Refusal, certificate, revocation};

const AUTHORITY: &str = "\
-----BEGIN CERTIFICATE-----
MIIBKjCB0aADAgECAgIQATAKBggqhkjOPQQDAjAUMRIwEAYDVQQDDAlDbGllbnQg
Q0EwHhcNMjUwMTAxMDAwMDAwWhcNMzUwMTAxMDAwMDAwWjAUMRIwEAYDVQQDDAlD
bGllbnQgQ0EwWTATBgcqhkjOPQIBBggqhkjOPQMBBwNCAASC8JmqDzKZbITplzR6
+y1Q46aBoCrF4EAfZbqfbhCgZP8kbri26EsSH7kEkRyssOIvDGsY8OpjsnMIsayc
6+YYoxMwETAPBgNVHRMBAf8EBTADAQH/MAoGCCqGSM49BAMCA0gAMEUCIQCBsGiD
em/uVEEULyeY0o34C49UcWu3ZLAD0sOvS9uBQgIgARAu0qb78ttdcYT2epxbkTgq
f48AeHO4865mdiSHDy4=
-----END CERTIFICATE-----
";
const OTHER: &str = "\
-----BEGIN CERTIFICATE-----
MIIBKTCBz6ADAgECAgIQAjAKBggqhkjOPQQDAjATMREwDwYDVQQDDAhPdGhlciBD
QTAeFw0yNTAxMDEwMDAwMDBaFw0zNTAxMDEwMDAwMDBaMBMxETAPBgNVBAMMCE90
aGVyIENBMFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAECjN2kONFMRSHMvGfFzw0
BTbIuPqArp+w4uCnbfR3r4uRiLGK1mvMZkYxXq/VYHgTbdXo88wVVOvT5r75P7yL
+6MTMBEwDwYDVR0TAQH/BAUwAwEB/zAKBggqhkjOPQQDAgNJADBGAiEAq7KBFS34
Dmsaj0IY3T0bzde39SxEDeGCHzDmmZi0NxsCIQDKbYpuuC5NVJTn7XsUcW7HMIy2
3wqpMmjY0Fkrm6oYIQ==
-----END CERTIFICATE-----
";
const LIST: &str = "\
-----BEGIN X509 CRL-----
MIHHMG8CAQEwCgYIKoZIzj0EAwIwFDESMBAGA1UEAwwJQ2xpZW50IENBFw0yNTEy
MDEwMDAwMDBaFw0yNjEyMDEwMDAwMDBaMCowEwICMAEXDTI1MTEwMTAwMDAwMFow
EwICMAIXDTI1MTEwMTAwMDAwMFowCgYIKoZIzj0EAwIDSAAwRQIgFEo0tY0Et+w0
CF6LQCDxLxZEJoHF7LoVCyAewqm/IscCIQDigmnVvAvUuxIQXSp8c30TC/FVvUaV
m72pE1+1TtWRnA==
-----END X509 CRL-----
";

fn now() -> Timestamp {
    "2026-01-01T00:00:00Z".parse().unwrap()
}

fn pem(label: &str, der: &[u8]) -> String {
    const LETTERS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut text = format!("-----BEGIN {label}-----\n");
    for three in der.chunks(3) {
        let mut word = [0_u8; 3];
        word[..three.len()].copy_from_slice(three);
        let bits = u32::from_be_bytes([0, word[0], word[1], word[2]]);
        for at in 0..4 {
            let letter = LETTERS[(bits >> (18 - 6 * at)) as usize & 63];
            text.push(if at > three.len() {
                '='
            } else {
                char::from(letter)
            });
        }
    }
    text.push_str(&format!("\n-----END {label}-----\n"));
    text
}

#[test]
fn a_sound_authority_is_taken_and_described() {
    let card = certificate::authority(AUTHORITY, now()).unwrap();
    assert_eq!(card.subject, "CN=Client CA");
    assert_eq!(card.fingerprint.len(), 64);
    let later = "2035-01-02T00:00:00Z".parse().unwrap();
    assert_eq!(certificate::authority(AUTHORITY, later), Err(Flaw::Expired));
    let earlier = "2024-12-31T00:00:00Z".parse().unwrap();
    assert_eq!(certificate::authority(AUTHORITY, earlier), Err(Flaw::Early));
    assert!(certificate::is_signed_by(AUTHORITY, AUTHORITY));
    assert!(!certificate::is_signed_by(AUTHORITY, OTHER));
}

#[test]
fn two_certificates_are_not_one() {
    let both = format!("{AUTHORITY}{OTHER}");
    assert_eq!(certificate::authority(&both, now()), Err(Flaw::Format));
    let long = format!("{AUTHORITY}{}", " ".repeat(certificate::MOST));
    assert_eq!(certificate::authority(&long, now()), Err(Flaw::Format));
}

#[test]
fn a_list_counts_for_its_signer_alone() {
    assert!(revocation::judge("x", LIST, now(), &[OTHER, AUTHORITY]).is_ok());
    let refused = |authorities: &[&str]| revocation::judge("x", LIST, now(), authorities);
    let foreign = Refusal::RevocationContent { name: "x".into() };
    assert_eq!(refused(&[OTHER]), Err(Fault::P2c(foreign.clone())));
    assert_eq!(refused(&[]), Err(Fault::P2c(foreign)));
}

#[test]
fn no_bit_of_a_wrapper_can_be_turned() {
    let whole = certificate::one(AUTHORITY, "CERTIFICATE").unwrap();
    let list = certificate::one(LIST, "X509 CRL").unwrap();
    for turn in 0..whole.len() * 8 {
        let mut der = whole.clone();
        der[turn / 8] ^= 1 << (turn % 8);
        let taken = certificate::authority(&pem("CERTIFICATE", &der), now());
        assert!(!taken.is_ok_and(|it| it.issuer == it.subject), "{turn}");
    }
    for turn in 0..list.len() * 8 {
        let mut der = list.clone();
        der[turn / 8] ^= 1 << (turn % 8);
        assert!(revocation::judge("x", &pem("X509 CRL", &der), now(), &[AUTHORITY]).is_err());
    }
}

proptest! {
    #[test]
    fn no_text_is_taken_or_stops_the_server(text: String) {
        prop_assert_eq!(certificate::authority(&text, now()), Err(Flaw::Format));
        prop_assert!(revocation::judge("x", &text, now(), &[AUTHORITY, &text]).is_err());
    }

    #[test]
    fn no_bytes_in_pem_are_taken_or_stop_the_server(der: Vec<u8>) {
        let text = pem("CERTIFICATE", &der);
        prop_assert!(certificate::authority(&text, now()).is_err());
        prop_assert!(certificate::server(&text, now()).is_err());
        prop_assert!(!certificate::is_signed_by(AUTHORITY, &text));
        prop_assert!(revocation::judge("x", &pem("X509 CRL", &der), now(), &[AUTHORITY]).is_err());
    }

    #[test]
    fn no_bit_of_what_is_signed_here_can_be_turned(at: prop::sample::Index, bit in 0..8_u8) {
        let mut der = certificate::one(AUTHORITY, "CERTIFICATE").unwrap();
        let at = at.index(der.len());
        der[at] ^= 1 << bit;
        // What another one signed is taken without asking that one, which is not here.
        if let Ok(card) = certificate::authority(&pem("CERTIFICATE", &der), now()) {
            prop_assert_ne!(card.issuer, card.subject);
        }
        let mut list = certificate::one(LIST, "X509 CRL").unwrap();
        let at = at % list.len();
        list[at] ^= 1 << bit;
        prop_assert!(revocation::judge("x", &pem("X509 CRL", &list), now(), &[AUTHORITY]).is_err());
    }

    #[test]
    fn no_cut_is_taken(most in 0..400_usize) {
        let der = certificate::one(AUTHORITY, "CERTIFICATE").unwrap();
        let cut = &der[..most.min(der.len() - 1)];
        prop_assert!(certificate::authority(&pem("CERTIFICATE", cut), now()).is_err());
    }
}
