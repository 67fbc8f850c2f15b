//! What rules carry, when two say the same, and in which order they decide.

use super::*;

fn new(family: Family, protocol: &str, ports: &str) -> NewRule {
    NewRule {
        protocol: (!protocol.is_empty()).then(|| protocol.to_owned()),
        ports: ports.parse().unwrap(),
        ..NewRule::allow(Direction::Ingress, family, Remote::Any)
    }
}

fn rule(new: NewRule) -> SecurityRule {
    let head = serde_json::json!({
        "id": "r", "project": "p", "parent": "g", "target": "group/g", "generation": 1, "observed": 1,
        "lifecycle": "live", "version": 1, "created": "2026-01-01T00:00:00Z", "updated": "2026-01-01T00:00:00Z",
    });
    SecurityRule {
        head: serde_json::from_value(head).unwrap(),
        direction: new.direction,
        family: new.family,
        protocol: new.protocol,
        ports: new.ports,
        icmp: new.icmp,
        remote: new.remote,
        action: new.action,
        priority: new.priority,
        enabled: new.enabled,
        description: new.description,
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

#[test]
fn a_rule_carries_what_it_names() {
    let web = rule(new(Family::V4, "tcp", "80,443"));
    assert!(web.carries(6, Some(443), None));
    assert!(!web.carries(6, Some(22), None) && !web.carries(17, Some(443), None));
    assert!(!web.carries(6, None, None));
    let all = rule(new(Family::V4, "", ""));
    assert!(all.carries(47, None, None) && all.carries(1, None, Some((8, 0))));
    let mut echo = rule(new(Family::V4, "icmp", ""));
    assert!(echo.carries(1, None, Some((0, 0))));
    echo.icmp = Some(Icmp {
        kind: 8,
        code: None,
    });
    assert!(echo.carries(1, None, Some((8, 3))) && !echo.carries(1, None, Some((0, 0))));
    echo.icmp = Some(Icmp {
        kind: 8,
        code: Some(0),
    });
    assert!(!echo.carries(1, None, Some((8, 3))));
}

#[test]
fn denials_decide_before_permissions_of_the_same_priority() {
    let mut rules =
        [(5, Action::Allow), (1, Action::Allow), (5, Action::Deny)].map(|(priority, action)| {
            rule(NewRule {
                action,
                priority,
                ..new(Family::V4, "", "")
            })
        });
    rules.sort_by_key(SecurityRule::rank);
    let order = rules.map(|it| (it.priority, it.action));
    assert_eq!(
        order,
        [(1, Action::Allow), (5, Action::Deny), (5, Action::Allow)]
    );
}
