//! When two rules say the same.

use super::*;

fn new(family: Family, protocol: &str, ports: &str) -> NewRule {
    NewRule {
        protocol: (!protocol.is_empty()).then(|| protocol.to_owned()),
        ports: ports.parse().unwrap(),
        ..NewRule::allow(Direction::Ingress, family, Remote::Any)
    }
}

#[test]
fn the_same_rule_in_other_words_is_the_same_rule() {
    let canonical = |protocol, ports| new(Family::V4, protocol, ports).canonical();
    assert_eq!(canonical("tcp", "80-81,22"), canonical("6", "22,80,81"));
    assert_ne!(canonical("tcp", "22"), canonical("udp", "22"));
    assert_ne!(canonical("tcp", ""), canonical("", ""));
    let icmp = |family, word| new(family, word, "").canonical();
    assert_eq!(icmp(Family::V6, "icmp"), icmp(Family::V6, "icmpv6"));
    let mut other = new(Family::V4, "tcp", "22");
    other.description = "text".to_owned();
    other.enabled = false;
    assert_eq!(other.canonical(), canonical("tcp", "22"));
    other.priority = 2;
    assert_ne!(other.canonical(), canonical("tcp", "22"));
}
