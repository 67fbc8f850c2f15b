//! Properties of the packet function, and references that are slow and obviously right.

use std::net::{IpAddr, Ipv4Addr};

use proptest::prelude::*;
use vpcd_net::{Cidr, Prefix};

use super::*;

/// Addresses are few, so that rules meet packets.
fn address() -> impl Strategy<Value = Ipv4Addr> {
    prop_oneof![
        (0u8..2, 2u8..5).prop_map(|(net, host)| Ipv4Addr::new(10, 0, net, host)),
        (0u8..8).prop_map(|host| Ipv4Addr::new(203, 0, 113, host)),
        any::<u32>().prop_map(Ipv4Addr::from),
    ]
}

fn block() -> impl Strategy<Value = Cidr> {
    (address(), 0u8..=32).prop_map(|(base, prefix)| {
        let mask = u32::MAX.checked_shl(32 - u32::from(prefix)).unwrap_or(0);
        Cidr::new(Ipv4Addr::from(u32::from(base) & mask), prefix).unwrap()
    })
}

fn remote() -> impl Strategy<Value = Remote> {
    prop_oneof![
        Just(Remote::Any),
        Just(Remote::Group("g".to_owned())),
        Just(Remote::Group("h".to_owned())),
        block().prop_map(|it| Remote::Prefix(it.to_string().parse::<Prefix>().unwrap())),
    ]
}

fn action() -> impl Strategy<Value = Action> {
    prop_oneof![Just(Action::Allow), Just(Action::Allow), Just(Action::Deny)]
}

fn ports() -> impl Strategy<Value = Ports> {
    prop_oneof![
        Just(Ports::default()),
        (1u16..6, 0u16..4).prop_map(|(low, more)| Ports::range(low, low + more).unwrap()),
    ]
}

fn protocol() -> impl Strategy<Value = Option<u8>> {
    prop_oneof![Just(None), Just(Some(6u8)), Just(Some(17u8))]
}

fn rule(group: &'static str) -> impl Strategy<Value = SecurityRule> {
    let way = prop_oneof![Just(Direction::Ingress), Just(Direction::Egress)];
    (way, protocol(), ports(), remote(), action(), 1u16..4).prop_map(
        move |(direction, protocol, ports, remote, action, priority)| SecurityRule {
            protocol,
            ports,
            remote,
            action,
            priority,
            ..allow(group, direction)
        },
    )
}

fn rules(group: &'static str) -> impl Strategy<Value = Vec<SecurityRule>> {
    prop::collection::vec(rule(group), 0..8)
}

fn walls() -> impl Strategy<Value = Vec<FirewallRule>> {
    let one = (protocol(), ports(), remote(), remote(), action());
    let one = one.prop_map(
        |(protocol, ports, source, destination, action)| FirewallRule {
            protocol,
            ports,
            source,
            destination,
            ..wall("w", "", action)
        },
    );
    prop::collection::vec(one, 0..5)
}

/// Server `a` in groups g and h, server `b` in g; both may be in the same subnet.
fn world(g: &[SecurityRule], h: &[SecurityRule]) -> World {
    pair()
        .group("g", g.to_vec())
        .group("h", h.to_vec())
        .port("s", "a", "10.0.0.2", &["g", "h"])
        .port("s", "c", "10.0.0.3", &["h"])
        .port("t", "b", "10.0.1.2", &["h", "g"])
}

/// A world of its own groups: those of [`pair`] are replaced, not added to.
fn clean(g: &[SecurityRule], h: &[SecurityRule]) -> World {
    let mut made = world(&[], &[]);
    made.0
        .rows
        .retain(|name, _| !name.starts_with("security_rule/"));
    made.group("g", g.to_vec()).group("h", h.to_vec())
}

fn flow() -> impl Strategy<Value = Flow> {
    prop_oneof![
        (1u16..9, 1u16..9).prop_map(|(source, destination)| Flow::Tcp {
            source,
            destination
        }),
        (1u16..9, 1u16..9).prop_map(|(source, destination)| Flow::Udp {
            source,
            destination
        }),
        (0u8..9, 0u8..2).prop_map(|(kind, code)| Flow::Icmp { kind, code }),
        any::<u8>().prop_map(|number| Flow::new(number, 1, 1)),
    ]
}

fn packet() -> impl Strategy<Value = Packet> {
    let from = prop_oneof![Just("a"), Just("b"), Just("c")];
    let to = prop_oneof![
        Just(ip("10.0.0.2")),
        Just(ip("10.0.0.3")),
        Just(ip("10.0.1.2")),
        address()
    ];
    (from, to, flow()).prop_map(|(from, to, flow)| Packet {
        flow,
        to: Target::Address(to.into()),
        ..tcp(from, "10.0.0.2", 1)
    })
}

/// What groups answer, straight from the words: the first group with a rule about the packet; in it the smallest
/// priority; at that priority one denial is enough.
fn reference(
    groups: &[&[SecurityRule]],
    direction: Direction,
    flow: Flow,
    remote: Ipv4Addr,
    members: &[(&str, &[&str])],
) -> bool {
    let about = |rule: &&SecurityRule| {
        let who = match &rule.remote {
            Remote::Any => true,
            Remote::Prefix(prefix) => prefix.has(remote.into()),
            Remote::Group(group) => members.iter().any(|(name, of)| {
                name == group && of.iter().any(|it| ip::<Ipv4Addr>(it) == remote)
            }),
            Remote::AddressGroup(_) | Remote::AddressBundle(_) => false,
        };
        let protocol = rule.protocol.is_none() || rule.protocol == Some(flow.protocol());
        let port = match flow {
            Flow::Tcp { destination, .. } | Flow::Udp { destination, .. } => {
                rule.ports.has(destination)
            }
            Flow::Icmp { .. } | Flow::Icmp6 { .. } | Flow::Other(_) => rule.ports.is_all(),
        };
        rule.direction == direction && who && protocol && port
    };
    for group in groups {
        let about: Vec<&SecurityRule> = group.iter().filter(about).collect();
        if let Some(first) = about.iter().map(|rule| rule.priority).min() {
            return about
                .iter()
                .filter(|rule| rule.priority == first)
                .all(|rule| rule.action == Action::Allow);
        }
    }
    false
}

proptest! {
    #[test]
    fn groups_answer_like_the_reference(
        g in rules("g"),
        h in rules("h"),
        flow in flow(),
    ) {
        let members: [(&str, &[&str]); 2] = [
            ("g", &["10.0.0.2", "10.0.1.2"]),
            ("h", &["10.0.0.2", "10.0.0.3", "10.0.1.2"]),
        ];
        let packet = Packet { flow, ..tcp("a", "10.0.1.2", 1) };
        let out = reference(&[&g, &h], Direction::Egress, flow, ip("10.0.1.2"), &members);
        let into = reference(&[&h, &g], Direction::Ingress, flow, ip("10.0.0.2"), &members);
        let verdict = clean(&g, &h).judge(&packet);
        prop_assert_eq!(verdict.passes, out && into, "{:#?}", verdict);
    }

    #[test]
    fn the_longest_prefix_is_found(blocks in prop::collection::vec(block(), 0..12), to in address()) {
        let mut routes: Vec<Route> = Vec::new();
        for (at, block) in blocks.iter().enumerate() {
            if routes.iter().all(|route| route.destination != (*block).into()) {
                routes.push(route(&block.to_string(), "line", &at.to_string()));
            }
        }
        let reference = (0..=32u8).rev().find_map(|prefix| {
            routes.iter().find(|it| it.destination.length() == prefix && it.destination.has(to.into()))
        });
        prop_assert_eq!(route::longest(&routes, IpAddr::from([10, 0, 0, 2]), to.into()), reference);
    }

    #[test]
    fn the_answer_to_a_packet_that_passes_passes(
        g in rules("g"),
        h in rules("h"),
        ingress in walls(),
        egress in walls(),
        bound: bool,
        packet in packet(),
    ) {
        let mut world = clean(&g, &h).firewall("f", "t", ingress, egress);
        if bound {
            world = world.public("e", "192.0.2.10", Some(Bound::Port("a".into())));
        }
        let snapshot = world.snapshot();
        let there = judge(&snapshot, &packet);
        let back = judge_reply(&snapshot, &packet);
        prop_assert_eq!(there.passes, back.passes, "{:#?} {:#?}", there, back);
    }

    #[test]
    fn another_allow_rule_never_blocks(
        g in rules("g"),
        h in rules("h"),
        more in rule("g"),
        packet in packet(),
    ) {
        let before = clean(&g, &h).judge(&packet).passes;
        let mut with = g.clone();
        with.push(SecurityRule { action: Action::Allow, ..more });
        let after = clean(&with, &h).judge(&packet).passes;
        prop_assert!(after || !before);
    }

    #[test]
    fn a_denial_before_all_others_always_blocks(
        g in rules("g"),
        h in rules("h"),
        packet in packet(),
    ) {
        let no = |group| SecurityRule {
            action: Action::Deny,
            priority: 0,
            ..allow(group, Direction::Egress)
        };
        let with = |rules: &[SecurityRule], group| {
            let mut rules = rules.to_vec();
            rules.push(no(group));
            rules
        };
        let verdict = clean(&with(&g, "g"), &with(&h, "h")).judge(&packet);
        let own = matches!(verdict.path.as_slice(), [Hop::Leaves { .. }, Hop::Arrives { .. }]);
        prop_assert!(!verdict.passes || own, "{:#?}", verdict);
    }

    #[test]
    fn the_order_in_which_rules_were_written_does_not_matter(
        g in rules("g").prop_shuffle(),
        h in rules("h"),
        packet in packet(),
        turn in 0usize..8,
    ) {
        let mut turned = g.clone();
        let by = turn.min(turned.len());
        turned.rotate_left(by);
        let one = clean(&g, &h).judge(&packet);
        let other = clean(&turned, &h).judge(&packet);
        prop_assert_eq!((one.passes, one.end), (other.passes, other.end));
    }

    #[test]
    fn every_packet_has_a_verdict_with_a_reason(packet in packet(), to in address()) {
        let verdict = clean(&[], &[]).judge(&Packet { to: Target::Address(to.into()), ..packet });
        prop_assert!(verdict.path.contains(&verdict.decided_by));
        prop_assert_eq!(verdict.passes, verdict.end != End::Lost);
    }
}
