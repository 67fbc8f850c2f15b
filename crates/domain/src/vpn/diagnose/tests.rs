//! Each mismatch is named, with the field and the side; what agrees is not.

use super::*;

fn agreed() -> (Side, Side) {
    let side = |address: &str, peer: &str, local: &str, remote: &str| Side {
        address: address.parse().ok(),
        peer_address: peer.parse().ok(),
        style: Some("static".to_owned()),
        local_subnets: Some(vec![local.parse().unwrap()]),
        peer_subnets: Some(vec![remote.parse().unwrap()]),
        psk: Some("Test-Key-1".to_owned()),
        ikepolicy: IkeSide {
            ike_version: Some("v2".to_owned()),
            encryption_algorithm: Some("aes-128".to_owned()),
            dh_group: Some("group15".to_owned()),
            lifetime_seconds: Some(86_400),
            peer_id: Some(peer.to_owned()),
            ..IkeSide::default()
        },
        ipsecpolicy: IpsecSide {
            encryption_algorithm: Some("aes-128".to_owned()),
            authentication_algorithm: Some("sha2-256".to_owned()),
            pfs: Some("group15".to_owned()),
            lifetime_seconds: Some(3600),
            ..IpsecSide::default()
        },
        ..Side::default()
    };
    (
        side("198.51.100.1", "203.0.113.1", "10.0.0.0/24", "10.1.0.0/24"),
        side("203.0.113.1", "198.51.100.1", "10.1.0.0/24", "10.0.0.0/24"),
    )
}

/// The fields and sides that are found after a change of the far end.
fn found(change: impl Fn(&mut Side)) -> Vec<(&'static str, Where, Severity)> {
    let (here, mut there) = agreed();
    change(&mut there);
    let found = compare(&here, &there);
    found
        .iter()
        .map(|it| (it.field, it.side, it.severity))
        .collect()
}

#[test]
fn ends_that_agree_have_no_findings() {
    assert_eq!(found(|_| {}), []);
    assert_eq!(found(|it| *it = Side::default()), []);
}

#[test]
fn each_mismatch_is_named() {
    use Severity::{Error, Warning};
    let text = |text: &str| Some(text.to_owned());
    assert_eq!(
        found(|it| it.ikepolicy.encryption_algorithm = text("aes-256")),
        [("ikepolicy.encryption_algorithm", Where::Either, Error)]
    );
    assert_eq!(
        found(|it| it.ipsecpolicy.pfs = text("disable")),
        [("ipsecpolicy.pfs", Where::Either, Error)]
    );
    assert_eq!(
        found(|it| it.ipsecpolicy.lifetime_seconds = Some(60)),
        [("ipsecpolicy.lifetime_seconds", Where::Either, Warning)]
    );
    assert_eq!(
        found(|it| it.peer_address = "198.51.100.9".parse().ok()),
        [("peer_address", Where::There, Error)]
    );
    assert_eq!(
        found(|it| it.ikepolicy.local_id = text("branch")),
        [("ikepolicy.peer_id", Where::Here, Error)]
    );
    assert_eq!(
        found(|it| it.style = text("policy")),
        [("style", Where::Either, Error)]
    );
    assert_eq!(
        found(|it| it.local_subnets = Some(vec!["10.2.0.0/24".parse().unwrap()])),
        [("peer_subnets", Where::Here, Error)]
    );
    assert_eq!(
        found(|it| it.frozen = true),
        [("address", Where::There, Error)]
    );
    assert_eq!(
        found(|it| it.open_ports = Some(vec![500])),
        [("open_ports", Where::There, Error)]
    );
}

#[test]
fn keys_are_compared_and_not_shown() {
    let (here, mut there) = agreed();
    there.psk = Some("Other-Key-2".to_owned());
    let found = compare(&here, &there);
    assert_eq!(found.len(), 1);
    let shown = format!(
        "{found:?} {there:?} {}",
        serde_json::to_string(&found).unwrap()
    );
    assert!(
        found[0].field == "psk" && !shown.contains("Key-"),
        "{shown}"
    );
}

#[test]
fn systems_and_tunnel_addresses_mirror_each_other() {
    let (mut here, mut there) = agreed();
    for side in [&mut here, &mut there] {
        side.style = Some("bgp".to_owned());
    }
    (here.asn, here.peer_asn) = (Some(64_512), Some(65_000));
    (there.asn, there.peer_asn) = (Some(65_001), Some(64_512));
    here.tunnel_peer_address = Some("169.254.1.2/30".to_owned());
    there.tunnel_local_address = Some("169.254.1.6".to_owned());
    let found = compare(&here, &there);
    let fields: Vec<_> = found.iter().map(|it| it.field).collect();
    assert_eq!(fields, ["peer_asn", "tunnel_peer_address"]);
}
