//! Packets of IPv6 between ports that have addresses of it.

use vpcd_net::Cidr6;

use super::*;
use crate::plan::row::Ipv6Gateway;

fn dual(subnet: &str, address: &str, six: &str) -> Port {
    Port {
        ipv6: vec![ip(six)],
        ..port(subnet, address, &["g"])
    }
}

fn rule(direction: Direction) -> SecurityRule {
    SecurityRule {
        family: Family::V6,
        ..allow("g", direction)
    }
}

fn subnet(cidr: &str, six: &str) -> Subnet {
    let (cidr, six): (vpcd_net::Cidr, Cidr6) = (cidr.parse().unwrap(), six.parse().unwrap());
    Subnet {
        network: Some("n".to_owned()),
        cidr,
        gateway: cidr.nth(1).unwrap(),
        ipv6: Some(six),
        ipv6_gateway: Some(six.with_host(1)),
        dhcp: true,
        dns: Vec::new(),
        route_table: None,
        host_routes: Vec::new(),
    }
}

/// Two subnets of both families, a server in each, and one of IPv4 alone.
fn world(rules: Vec<SecurityRule>) -> World {
    World::default()
        .network("n", Vec::new())
        .put("subnet/s", &subnet("10.0.0.0/24", "2001:db8::/64"))
        .put("subnet/t", &subnet("10.0.1.0/24", "2001:db8:0:1::/64"))
        .group("g", rules)
        .port_with("a", dual("s", "10.0.0.2", "2001:db8::a"))
        .port_with("b", dual("t", "10.0.1.2", "2001:db8:0:1::b"))
        .port("t", "c", "10.0.1.3", &["g"])
}

fn open() -> Vec<SecurityRule> {
    vec![rule(Direction::Ingress), rule(Direction::Egress)]
}

/// The same, where everything may pass.
pub(super) fn open_world() -> World {
    world(open())
}

const B: &str = "2001:db8:0:1::b";

#[test]
fn a_packet_passes_by_the_rules_of_its_family() {
    let verdict = world(open()).must_pass(&tcp("a", B, 80));
    assert!(verdict.path.contains(&Hop::LocalRoute {
        network: "n".into(),
        subnet: "t".into(),
    }));
    assert_eq!(
        verdict.seen[0].source,
        ip::<std::net::IpAddr>("2001:db8::a")
    );
    let refused = world(open()).refusal(&tcp("a", "10.0.1.2", 80));
    assert!(matches!(refused, Hop::NoSecurityRule { .. }));
    let four = vec![
        allow("g", Direction::Ingress),
        allow("g", Direction::Egress),
    ];
    let refused = world(four.clone()).refusal(&tcp("a", B, 80));
    assert!(matches!(refused, Hop::NoSecurityRule { .. }));
    world(four).must_pass(&tcp("a", "10.0.1.2", 80));
}

#[test]
fn members_of_a_group_are_known_by_their_addresses_of_both_families() {
    let inside = SecurityRule {
        remote: Remote::Group("g".into()),
        ..rule(Direction::Ingress)
    };
    let world = world(vec![inside, rule(Direction::Egress)]);
    world.must_pass(&tcp("a", B, 80));
    let claims = Packet {
        from: Source::Port {
            id: "a".into(),
            claims: Some(ip("2001:db8::dead")),
        },
        ..tcp("a", B, 80)
    };
    let refused = world.refusal(&claims);
    assert!(matches!(refused, Hop::SourceCheck { .. }), "{refused:?}");
}

#[test]
fn who_has_no_such_address_neither_sends_nor_receives() {
    let world = world(open());
    let nobody = |packet: &Packet| matches!(world.refusal(packet), Hop::Nobody { .. });
    assert!(nobody(&tcp("c", B, 80)));
    assert!(nobody(&tcp("a", "2001:db8:0:1::c", 80)));
    let to_c = Packet {
        flow: Flow::Icmp6 { kind: 128, code: 0 },
        to: Target::Port("c".into()),
        ..tcp("a", B, 80)
    };
    assert!(nobody(&to_c));
    let out = world.refusal(&tcp("a", "2001:4860::8888", 80));
    assert!(matches!(out, Hop::NoRoute { .. }), "{out:?}");
}

#[test]
fn messages_of_icmp_are_those_of_the_family() {
    let ping = Packet {
        flow: Flow::Icmp6 { kind: 128, code: 0 },
        to: Target::Port("b".into()),
        ..tcp("a", B, 80)
    };
    let only = |number| SecurityRule {
        protocol: Some(number),
        ..rule(Direction::Ingress)
    };
    let verdict = world(vec![only(58), rule(Direction::Egress)]).must_pass(&ping);
    assert_eq!(verdict.seen[1].destination, ip::<std::net::IpAddr>(B));
    world(vec![only(1), rule(Direction::Egress)]).refusal(&ping);
}

#[test]
fn a_firewall_judges_each_family_by_its_own_rules() {
    let four = vec![wall("four", "80", Action::Allow)];
    let six = vec![FirewallRule {
        family: Family::V6,
        ..wall("six", "80", Action::Allow)
    }];
    let behind = |rules: Vec<FirewallRule>| {
        let all = FirewallRule {
            family: Family::V6,
            protocol: None,
            ..wall("all", "", Action::Allow)
        };
        world(open()).firewall("f", "t", rules, vec![all])
    };
    behind(six).must_pass(&tcp("a", B, 80));
    let refused = behind(four).refusal(&tcp("a", B, 80));
    assert!(matches!(refused, Hop::NoFirewallRule { .. }), "{refused:?}");
}

#[test]
fn a_public_address_translates_no_packet_of_ipv6() {
    let bound = Bound::Port("a".into());
    let world = world(open()).public("p", "203.0.113.5", Some(bound));
    world.must_pass(&tcp("a", B, 80));
    let out = world.refusal(&tcp("a", "2001:4860::8888", 80));
    assert!(matches!(out, Hop::NoRoute { .. }), "{out:?}");
}

fn gateway(egress_only: &[&str]) -> Ipv6Gateway {
    Ipv6Gateway {
        network: "n".to_owned(),
        mbits: 10,
        egress_only: egress_only.iter().map(|it| it.parse().unwrap()).collect(),
        shares: Vec::new(),
    }
}

#[test]
fn a_gateway_leads_out_and_in() {
    let world = world(open()).put("ipv6_gateway/w", &gateway(&[]));
    let out = world.must_pass(&tcp("a", "2001:4860::8888", 443));
    assert_eq!(out.end, End::Internet);
    let into = world.must_pass(&tcp_in("2001:4860::8888", B, 443));
    assert!(matches!(into.end, End::Port { port } if port == "b"));
    let private = world.refusal(&tcp("a", "fd00::1", 443));
    assert!(matches!(private, Hop::Blackhole { .. }));
}

#[test]
fn an_egress_only_block_is_left_and_not_entered() {
    let world = world(open()).put("ipv6_gateway/w", &gateway(&["2001:db8::/64"]));
    world.must_pass(&tcp("a", "2001:4860::8888", 443));
    let refused = world.refusal(&tcp_in("2001:4860::8888", "2001:db8::a", 443));
    let only = Hop::EgressOnly {
        gateway: "w".into(),
        address: ip("2001:db8::a"),
    };
    assert_eq!(refused, only);
    world.must_pass(&tcp_in("2001:4860::8888", B, 443));
    world.must_pass(&tcp("b", "2001:db8::a", 443));
}

#[test]
fn networks_meet_in_ipv6_by_their_gateways() {
    let far = Subnet {
        network: Some("m".to_owned()),
        ..subnet("10.0.0.0/24", "2001:db8:1::/64")
    };
    let apart = world(open())
        .network("m", Vec::new())
        .put("subnet/u", &far)
        .port_with("d", dual("u", "10.0.0.2", "2001:db8:1::d"))
        .put("ipv6_gateway/w", &gateway(&[]));
    let packet = tcp("a", "2001:db8:1::d", 80);
    assert!(matches!(apart.refusal(&packet), Hop::NoRoute { .. }));
    let mut other = gateway(&["2001:db8:1::/64"]);
    other.network = "m".to_owned();
    let joined = apart.put("ipv6_gateway/v", &other);
    assert!(matches!(joined.refusal(&packet), Hop::EgressOnly { .. }));
    joined.must_pass(&tcp("d", "2001:db8::a", 80));
}
