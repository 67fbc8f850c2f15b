//! Security groups, firewalls and the source check.

use vpcd_net::Family;

use super::*;
use crate::plan::row::AddressGroup;
use crate::security_rule::Icmp;

fn rule(world: &World, packet: &Packet) -> String {
    match world.judge(packet).decided_by {
        Hop::SecurityRule { rule, .. } | Hop::FirewallRule { rule, .. } => rule,
        other => panic!("{other:?}"),
    }
}

#[test]
fn a_packet_between_subnets_passes_and_names_what_let_it_in() {
    let verdict = pair().must_pass(&tcp("a", "10.0.1.2", 80));
    assert_eq!(verdict.end, End::Port { port: "b".into() });
    assert_eq!(
        verdict.decided_by,
        Hop::SecurityRule {
            port: "b".into(),
            direction: Direction::Ingress,
            group: "g".into(),
            rule: "g-0".into(),
            action: Action::Allow,
        }
    );
    let kinds: Vec<String> = verdict
        .path
        .iter()
        .map(|hop| serde_json::to_value(hop).unwrap()["kind"].to_string())
        .collect();
    assert_eq!(
        kinds.join(" "),
        r#""leaves" "security_rule" "local_route" "security_rule" "arrives""#
    );
}

#[test]
fn without_a_rule_nothing_passes_either_way() {
    let world = pair().group("g", vec![allow("g", Direction::Egress)]);
    let world = World(Plan {
        rows: world
            .0
            .rows
            .into_iter()
            .filter(|(name, _)| name != "security_rule/g-1")
            .collect(),
        ..Plan::default()
    });
    assert_eq!(
        world.refusal(&tcp("a", "10.0.1.2", 80)),
        Hop::NoSecurityRule {
            port: "b".into(),
            direction: Direction::Ingress
        }
    );
    let world = pair().port("s", "a", "10.0.0.2", &[]);
    assert_eq!(
        world.refusal(&tcp("a", "10.0.1.2", 80)),
        Hop::NoSecurityRule {
            port: "a".into(),
            direction: Direction::Egress
        }
    );
}

#[test]
fn answers_pass_groups_that_would_not_let_them_in() {
    // Only egress at the sender, only ingress at the receiver.
    let world = pair()
        .group("out", vec![allow("out", Direction::Egress)])
        .group("in", vec![allow("in", Direction::Ingress)])
        .port("s", "a", "10.0.0.2", &["out"])
        .port("t", "b", "10.0.1.2", &["in"]);
    let packet = tcp("a", "10.0.1.2", 80);
    world.must_pass(&packet);
    let back = world.reply(&packet);
    let established = |hop: &&Hop| matches!(hop, Hop::Established { .. });
    assert_eq!(back.path.iter().filter(established).count(), 2, "{back:#?}");
    // The same packet as a connection of its own does not.
    world.refusal(&tcp("b", "10.0.0.2", 40_000));
}

#[test]
fn the_smaller_priority_wins_and_deny_wins_among_equals() {
    let deny = |priority, ports: &str| SecurityRule {
        action: Action::Deny,
        priority,
        protocol: Some(6),
        ports: ports.parse().unwrap(),
        ..allow("g", Direction::Ingress)
    };
    let with = |rules: Vec<SecurityRule>| {
        let mut all = vec![allow("g", Direction::Egress)];
        all.extend(rules);
        pair().group("g", all)
    };
    let open = |priority| SecurityRule {
        priority,
        ..allow("g", Direction::Ingress)
    };
    let packet = tcp("a", "10.0.1.2", 22);
    assert_eq!(rule(&with(vec![open(1), deny(1, "22")]), &packet), "g-2");
    assert_eq!(rule(&with(vec![open(2), deny(1, "22")]), &packet), "g-2");
    assert_eq!(rule(&with(vec![open(1), deny(2, "22")]), &packet), "g-1");
    assert_eq!(rule(&with(vec![open(9), deny(1, "20-25")]), &packet), "g-2");
    assert_eq!(rule(&with(vec![open(9), deny(1, "23,80")]), &packet), "g-1");
}

#[test]
fn groups_are_asked_in_the_order_of_the_port() {
    let deny = SecurityRule {
        action: Action::Deny,
        priority: 1,
        ..allow("no", Direction::Ingress)
    };
    let late = SecurityRule {
        priority: 100,
        ..allow("yes", Direction::Ingress)
    };
    let world = pair().group("no", vec![deny]).group("yes", vec![late]);
    let first = world.clone().port("t", "b", "10.0.1.2", &["yes", "no"]);
    assert_eq!(rule(&first, &tcp("a", "10.0.1.2", 80)), "yes-0");
    let second = world.port("t", "b", "10.0.1.2", &["no", "yes"]);
    assert_eq!(rule(&second, &tcp("a", "10.0.1.2", 80)), "no-0");
}

#[test]
fn the_far_end_is_a_block_a_group_or_an_address_group() {
    let from = |remote| {
        let only = SecurityRule {
            remote,
            ..allow("g", Direction::Ingress)
        };
        let world = pair().group("g", vec![only, allow("g", Direction::Egress)]);
        let spans = vec!["10.0.0.2-10.0.0.3".parse().unwrap()];
        world
            .put(
                "address_group/x",
                &AddressGroup {
                    family: Family::V4,
                    spans,
                },
            )
            .open("h")
            .judge(&tcp("a", "10.0.1.2", 80))
            .passes
    };
    assert!(from(Remote::Prefix("10.0.0.0/24".parse().unwrap())));
    assert!(!from(Remote::Prefix("10.0.2.0/24".parse().unwrap())));
    assert!(!from(Remote::Prefix("::/0".parse().unwrap())));
    assert!(from(Remote::Group("g".into())));
    assert!(!from(Remote::Group("h".into())));
    assert!(from(Remote::AddressGroup("x".into())));
    assert!(!from(Remote::AddressGroup("gone".into())));
}

#[test]
fn rules_for_ipv6_say_nothing_about_ipv4() {
    let six = SecurityRule {
        family: Family::V6,
        action: Action::Deny,
        ..allow("g", Direction::Ingress)
    };
    let world = pair().put("security_rule/six", &six);
    world.must_pass(&tcp("a", "10.0.1.2", 80));
}

#[test]
fn protocols_and_messages_are_told_apart() {
    let only = |protocol, icmp| SecurityRule {
        protocol: Some(protocol),
        icmp,
        ..allow("g", Direction::Ingress)
    };
    let world = |rule| pair().group("g", vec![rule, allow("g", Direction::Egress)]);
    let with = |flow| Packet {
        flow,
        ..tcp("a", "10.0.1.2", 80)
    };
    let echo = with(Flow::Icmp { kind: 8, code: 0 });
    let icmp = |kind, code| Some(Icmp { kind, code });
    world(only(1, None)).must_pass(&echo);
    world(only(1, icmp(8, None))).must_pass(&echo);
    world(only(1, icmp(8, Some(0)))).must_pass(&echo);
    world(only(1, icmp(8, Some(1)))).refusal(&echo);
    world(only(1, icmp(0, None))).refusal(&echo);
    world(only(6, None)).refusal(&echo);
    world(only(17, None)).refusal(&tcp("a", "10.0.1.2", 80));
    world(only(47, None)).must_pass(&with(Flow::Other(47)));
}

#[test]
fn a_port_sends_under_its_own_addresses_only() {
    let claim = |address: &str| Packet {
        from: Source::Port {
            id: "a".into(),
            claims: Some(ip(address)),
        },
        ..tcp("a", "10.0.1.2", 80)
    };
    let world = |allowed: &[&str]| {
        let mut row = port("s", "10.0.0.2", &["g"]);
        row.allowed = allowed.iter().map(|it| it.parse().unwrap()).collect();
        pair().port_with("a", row)
    };
    let refused = Hop::SourceCheck {
        port: "a".into(),
        address: ip("10.0.0.99"),
    };
    assert_eq!(world(&[]).refusal(&claim("10.0.0.99")), refused);
    assert_eq!(world(&["10.0.0.98"]).refusal(&claim("10.0.0.99")), refused);
    for pair in ["10.0.0.99", "10.0.0.0/24", "1.1.1.1/0"] {
        assert!(world(&[pair]).judge(&claim("10.0.0.99")).passes, "{pair}");
    }
}

#[test]
fn a_firewall_judges_what_crosses_the_edge_of_its_subnet() {
    let open = || vec![wall("in", "80", Action::Allow)];
    let none = Vec::new;
    let packet = tcp("a", "10.0.1.2", 80);
    let world = pair().firewall("f", "t", open(), none());
    assert_eq!(
        rule(
            &pair().firewall("f", "t", vec![wall("no", "80", Action::Deny)], none()),
            &packet
        ),
        "no"
    );
    // The answer needs no rule: connections are tracked.
    world.must_pass(&packet);
    assert_eq!(
        world.refusal(&tcp("a", "10.0.1.2", 81)),
        Hop::NoFirewallRule {
            subnet: "t".into(),
            direction: Direction::Ingress,
            firewall: "f".into(),
        }
    );
    assert_eq!(
        world.refusal(&tcp("b", "10.0.0.2", 80)),
        Hop::NoFirewallRule {
            subnet: "t".into(),
            direction: Direction::Egress,
            firewall: "f".into(),
        }
    );
    // Within the subnet nobody asks.
    let near = world.port("t", "c", "10.0.1.3", &["g"]);
    near.must_pass(&tcp("b", "10.0.1.3", 81));
}

#[test]
fn the_first_rule_of_a_firewall_that_fits_decides() {
    let rules = vec![
        wall("one", "22", Action::Deny),
        wall("two", "20-30", Action::Allow),
        wall("three", "1-65535", Action::Deny),
    ];
    let world = pair().firewall("f", "t", rules, Vec::new());
    for (port, decides) in [(22, "one"), (25, "two"), (80, "three")] {
        let verdict = world.judge(&tcp("a", "10.0.1.2", port));
        let named = verdict.path.iter().find_map(|hop| match hop {
            Hop::FirewallRule { rule, .. } => Some(rule.as_str()),
            _ => None,
        });
        assert_eq!(named, Some(decides));
        assert_eq!(verdict.passes, decides == "two");
    }
    let mut five = wall("five", "", Action::Allow);
    five.source_ports = "1000-2000".parse().unwrap();
    let world = pair().firewall("f", "t", vec![five], Vec::new());
    world.refusal(&tcp("a", "10.0.1.2", 80));
}

#[test]
fn what_the_platform_needs_passes_every_firewall() {
    let world = pair().firewall("f", "s", Vec::new(), Vec::new());
    for (to, port) in [("169.254.169.254", 80), ("100.125.1.250", 53)] {
        let verdict = world.must_pass(&tcp("a", to, port));
        assert_eq!(verdict.end, End::Platform);
    }
    world.refusal(&tcp("a", "169.254.169.254", 81));
}

#[test]
fn ports_that_nothing_judges_are_open() {
    let mut row = port("t", "10.0.1.1", &[]);
    row.judged = false;
    row.device_owner = "network:router_interface_distributed".into();
    let world = pair().port_with("gateway", row);
    world.must_pass(&tcp("a", "10.0.1.1", 80));
}

#[test]
fn a_firewall_that_forgets_judges_the_answer_too() {
    let packet = tcp("a", "10.0.1.2", 80);
    let ingress = || vec![wall("in", "80", Action::Allow)];
    let remembers = pair().firewall("f", "t", ingress(), Vec::new());
    assert!(remembers.judge(&packet).passes && remembers.reply(&packet).passes);
    let row = |egress| Firewall {
        subnets: vec!["t".to_owned()],
        stateless: true,
        ingress: ingress(),
        egress,
    };
    let forgets = pair().put("firewall/f", &row(Vec::new()));
    assert!(forgets.judge(&packet).passes);
    let answer = forgets.reply(&packet);
    assert!(!answer.passes);
    assert!(matches!(answer.decided_by, Hop::NoFirewallRule { firewall, .. } if firewall == "f"));
    let both = pair().put("firewall/f", &row(vec![wall("out", "", Action::Allow)]));
    assert!(both.reply(&packet).passes);
}
