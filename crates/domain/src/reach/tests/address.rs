//! Public addresses and NAT gateways.

use super::*;
use crate::nat::Timeouts;
use crate::plan::row;

fn bound() -> World {
    pair().public("e", "192.0.2.10", Some(Bound::Port("a".into())))
}

fn nat(routes: Vec<Route>) -> World {
    let mut gateway = port("t", "10.0.1.9", &[]);
    gateway.device_owner = "network:nat_gateway".into();
    gateway.device_id = "nat".into();
    gateway.judged = false;
    pair()
        .network("n", routes)
        .port_with("nat-port", gateway)
        .public("f", "192.0.2.20", Some(Bound::NatGateway("nat".into())))
}

/// A gateway with rules: one host goes out by `f`, and what comes to `f` on port 8080 is that host's on port 80.
fn ruled() -> World {
    let route = vec![route("0.0.0.0/0", "nat", "gw")];
    let gateway = row::NatGateway {
        network: "n".into(),
        timeouts: Timeouts::default(),
    };
    let out = row::SnatRule {
        gateway: "gw".into(),
        source: "10.0.0.2/32".parse().unwrap(),
        addresses: vec!["f".into()],
    };
    let into = row::DnatRule {
        gateway: "gw".into(),
        address: "f".into(),
        private: ip("10.0.0.2"),
        protocol: Some(6),
        ports: Some(((8080, 8089), (80, 89))),
    };
    pair()
        .network("n", route)
        .put("nat_gateway/gw", &gateway)
        .put("snat_rule/out", &out)
        .put("dnat_rule/in", &into)
        .public("f", "192.0.2.20", Some(Bound::NatGateway("gw".into())))
}

#[test]
fn a_source_rule_says_who_leaves_by_which_address() {
    let packet = tcp("a", "203.0.113.5", 443);
    let verdict = ruled().must_pass(&packet);
    assert_eq!(verdict.end, End::Internet);
    let rule = Hop::NatRule {
        gateway: "gw".into(),
        rule: "out".into(),
    };
    assert_eq!(verdict.decided_by, rule);
    let refused = ruled().refusal(&tcp("b", "203.0.113.5", 443));
    assert!(matches!(refused, Hop::Blackhole { .. }), "{refused:?}");
}

#[test]
fn a_destination_rule_lets_in_and_its_answer_out() {
    let packet = tcp_in("203.0.113.5", "192.0.2.20", 8081);
    let only = SecurityRule {
        ports: "81".parse().unwrap(),
        protocol: Some(6),
        ..allow("g", Direction::Ingress)
    };
    let world = ruled().put("security_rule/g-0", &only);
    let verdict = world.must_pass(&packet);
    assert_eq!(verdict.end, End::Port { port: "a".into() });
    assert!(verdict.path.contains(&Hop::NatRule {
        gateway: "gw".into(),
        rule: "in".into(),
    }));
    let refused = ruled().refusal(&tcp_in("203.0.113.5", "192.0.2.20", 22));
    assert!(matches!(refused, Hop::Blackhole { .. }), "{refused:?}");
    // Without the way back through the gateway, the answer is lost.
    let world = world.network("n", vec![]);
    assert!(!judge_reply(&world.snapshot(), &packet).passes);
}

#[test]
fn a_bound_port_reaches_the_internet_under_its_public_address() {
    let verdict = bound().must_pass(&tcp("a", "203.0.113.5", 443));
    assert_eq!(verdict.end, End::Internet);
    assert_eq!(
        verdict.decided_by,
        Hop::AddressRoute {
            port: "a".into(),
            public_ip: "e".into(),
        }
    );
    assert!(verdict.path.contains(&Hop::SourceTranslated {
        public_ip: "e".into(),
        from: ip("10.0.0.2"),
        to: ip("192.0.2.10"),
    }));
    let lost = Hop::NoRoute {
        network: "n".into(),
        destination: ip("203.0.113.5"),
    };
    assert_eq!(bound().refusal(&tcp("b", "203.0.113.5", 443)), lost);
    let refused = bound().refusal(&tcp("a", "10.9.0.1", 443));
    assert!(matches!(refused, Hop::Blackhole { .. }), "{refused:?}");
}

#[test]
fn the_internet_reaches_a_bound_port_past_its_group() {
    let packet = tcp_in("203.0.113.5", "192.0.2.10", 22);
    let verdict = bound().must_pass(&packet);
    assert_eq!(verdict.end, End::Port { port: "a".into() });
    let only = SecurityRule {
        remote: Remote::Prefix("198.51.100.0/24".parse().unwrap()),
        ..allow("g", Direction::Ingress)
    };
    let closed = bound().put("security_rule/g-0", &only);
    assert_eq!(
        closed.refusal(&packet),
        Hop::NoSecurityRule {
            port: "a".into(),
            direction: Direction::Ingress
        }
    );
    closed.must_pass(&tcp_in("198.51.100.7", "192.0.2.10", 22));
    // The firewall of the subnet sees the private address.
    let mut rule = wall("w", "22", Action::Allow);
    rule.destination = Remote::Prefix("10.0.0.2/32".parse().unwrap());
    bound()
        .firewall("f", "s", vec![rule], Vec::new())
        .must_pass(&packet);
}

#[test]
fn a_free_or_frozen_address_is_nobody() {
    let world = pair().public("e", "192.0.2.10", None);
    let nobody = Hop::Nobody {
        address: ip("192.0.2.10"),
    };
    assert_eq!(
        world.refusal(&tcp_in("203.0.113.5", "192.0.2.10", 22)),
        nobody
    );
}

#[test]
fn two_bound_ports_meet_through_the_internet() {
    let world = bound()
        .network("m", Vec::new())
        .subnet("m", "u", "10.0.0.0/24")
        .port("u", "c", "10.0.0.2", &["g"])
        .public("d", "192.0.2.11", Some(Bound::Port("c".into())));
    let verdict = world.must_pass(&tcp("a", "192.0.2.11", 80));
    assert_eq!(verdict.end, End::Port { port: "c".into() });
    // Named by its public address, the sender is the same.
    let named = tcp_in("192.0.2.10", "192.0.2.11", 80);
    assert_eq!(world.judge(&named), verdict);
    // A group does not know its members by their public addresses.
    let only = SecurityRule {
        remote: Remote::Group("g".into()),
        ..allow("g", Direction::Ingress)
    };
    let world = world.put("security_rule/g-0", &only);
    world.refusal(&tcp("a", "192.0.2.11", 80));
}

#[test]
fn a_specific_route_comes_before_the_public_address_and_that_before_the_default_route() {
    let world = bound().network(
        "n",
        vec![
            route("0.0.0.0/0", "line", "l"),
            route("203.0.113.0/24", "line", "m"),
        ],
    );
    let end = |to: &str| world.judge(&tcp("a", to, 80)).end;
    assert_eq!(end("198.51.100.1"), End::Internet);
    assert_eq!(
        end("203.0.113.1"),
        End::Beyond {
            via: crate::route_table::Via::Line,
            next_hop: "m".into(),
        }
    );
    // What came in by the address does not find back past the specific route.
    let packet = tcp_in("203.0.113.1", "192.0.2.10", 80);
    assert!(world.judge(&packet).passes);
    assert!(!world.reply(&packet).passes);
}

#[test]
fn a_nat_gateway_lets_out_what_is_routed_to_it_and_nothing_in() {
    let world = nat(vec![route("0.0.0.0/0", "nat", "nat")]);
    let verdict = world.must_pass(&tcp("a", "203.0.113.5", 443));
    assert!(verdict.path.contains(&Hop::SourceTranslated {
        public_ip: "f".into(),
        from: ip("10.0.0.2"),
        to: ip("192.0.2.20"),
    }));
    let refused = world.refusal(&tcp_in("203.0.113.5", "192.0.2.20", 443));
    assert!(matches!(refused, Hop::Blackhole { .. }), "{refused:?}");
    // A sender with an address of its own does not need it.
    let own = world.public("e", "192.0.2.10", Some(Bound::Port("a".into())));
    let verdict = own.must_pass(&tcp("a", "203.0.113.5", 443));
    assert!(matches!(verdict.decided_by, Hop::AddressRoute { .. }));
    for (unbound, to) in [(true, "nat"), (false, "gone")] {
        let mut world = nat(vec![route("0.0.0.0/0", "nat", to)]);
        if unbound {
            world = world.public("f", "192.0.2.20", None);
        }
        let refused = world.refusal(&tcp("a", "203.0.113.5", 443));
        assert!(matches!(refused, Hop::Blackhole { .. }), "{refused:?}");
    }
}

#[test]
fn a_virtual_address_has_a_public_one() {
    let mut address = port("s", "10.0.0.100", &["g"]);
    address.is_virtual = true;
    let mut carrier = port("s", "10.0.0.2", &["g"]);
    carrier.allowed = vec!["10.0.0.100".parse().unwrap()];
    let world = pair()
        .port_with("v", address)
        .port_with("a", carrier)
        .public("e", "192.0.2.10", Some(Bound::Port("v".into())));
    let verdict = world.must_pass(&tcp_in("203.0.113.5", "192.0.2.10", 80));
    assert_eq!(verdict.end, End::Port { port: "a".into() });
}
