//! Packets of IPv6 between ports that have addresses of it.

use serde_json::json;
use vpcd_net::Cidr6;

use super::*;
use crate::plan::row::Ipv6Gateway;
use crate::route_table::Via;

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
fn world_of(rules: Vec<SecurityRule>) -> World {
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
    world_of(open())
}

const B: &str = "2001:db8:0:1::b";

#[test]
fn a_packet_passes_by_the_rules_of_its_family() {
    let verdict = world_of(open()).must_pass(&tcp("a", B, 80));
    assert!(verdict.path.contains(&Hop::LocalRoute {
        network: "n".into(),
        subnet: "t".into(),
    }));
    assert_eq!(
        verdict.seen[0].source,
        ip::<std::net::IpAddr>("2001:db8::a")
    );
    let refused = world_of(open()).refusal(&tcp("a", "10.0.1.2", 80));
    assert!(matches!(refused, Hop::NoSecurityRule { .. }));
    let four = vec![
        allow("g", Direction::Ingress),
        allow("g", Direction::Egress),
    ];
    let refused = world_of(four.clone()).refusal(&tcp("a", B, 80));
    assert!(matches!(refused, Hop::NoSecurityRule { .. }));
    world_of(four).must_pass(&tcp("a", "10.0.1.2", 80));
}

#[test]
fn members_of_a_group_are_known_by_their_addresses_of_both_families() {
    let inside = SecurityRule {
        remote: Remote::Group("g".into()),
        ..rule(Direction::Ingress)
    };
    let world = world_of(vec![inside, rule(Direction::Egress)]);
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
    let world = world_of(open());
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
    let verdict = world_of(vec![only(58), rule(Direction::Egress)]).must_pass(&ping);
    assert_eq!(verdict.seen[1].destination, ip::<std::net::IpAddr>(B));
    world_of(vec![only(1), rule(Direction::Egress)]).refusal(&ping);
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
        world_of(open()).firewall("f", "t", rules, vec![all])
    };
    behind(six).must_pass(&tcp("a", B, 80));
    let refused = behind(four).refusal(&tcp("a", B, 80));
    assert!(matches!(refused, Hop::NoFirewallRule { .. }), "{refused:?}");
}

#[test]
fn a_public_address_translates_no_packet_of_ipv6() {
    let bound = Bound::Port("a".into());
    let world = world_of(open()).public("p", "203.0.113.5", Some(bound));
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
    let world = world_of(open()).put("ipv6_gateway/w", &gateway(&[]));
    let out = world.must_pass(&tcp("a", "2001:4860::8888", 443));
    assert_eq!(out.end, End::Internet);
    let into = world.must_pass(&tcp_in("2001:4860::8888", B, 443));
    assert!(matches!(into.end, End::Port { port } if port == "b"));
    let private = world.refusal(&tcp("a", "fd00::1", 443));
    assert!(matches!(private, Hop::Blackhole { .. }));
}

#[test]
fn an_egress_only_block_is_left_and_not_entered() {
    let world = world_of(open()).put("ipv6_gateway/w", &gateway(&["2001:db8::/64"]));
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
    let apart = world_of(open())
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

const OUT: &str = "2001:4860::8888";

/// The same with a gateway, and a table of these routes.
fn routed(routes: Vec<Route>) -> World {
    open_world()
        .network("n", routes)
        .put("ipv6_gateway/w", &gateway(&[]))
}

fn from_block(source: &str, route: Route) -> Route {
    Route {
        source: Some(source.parse().unwrap()),
        ..route
    }
}

#[test]
fn a_route_to_the_gateway_replaces_what_goes_without_saying() {
    let to_far = || route("2001:4860::/32", "ipv6_gateway", "w");
    let verdict = routed(vec![to_far()]).must_pass(&tcp("a", OUT, 443));
    assert!(verdict.path.contains(&Hop::Route {
        table: "n-table".into(),
        destination: "2001:4860::/32".parse().unwrap(),
        via: Via::Ipv6Gateway,
        next_hop: "w".into(),
    }));
    let elsewhere = routed(vec![to_far()]).refusal(&tcp("a", "2606:4700::1", 443));
    assert!(matches!(elsewhere, Hop::NoRoute { .. }), "{elsewhere:?}");
    let of_b = routed(vec![from_block("2001:db8:0:1::/64", to_far())]);
    of_b.must_pass(&tcp("b", OUT, 443));
    assert!(matches!(
        of_b.refusal(&tcp("a", OUT, 443)),
        Hop::NoRoute { .. }
    ));
    // Routes that lead elsewhere leave the rest to the gateway.
    let line = routed(vec![route("2001:4860::/32", "line", "l")]);
    let verdict = line.must_pass(&tcp("a", OUT, 443));
    assert!(matches!(verdict.end, End::Beyond { via: Via::Line, .. }));
    let rest = line.must_pass(&tcp("a", "2606:4700::1", 443));
    assert_eq!(rest.end, End::Internet);
}

#[test]
fn a_route_to_the_network_itself_is_as_none() {
    let whole = route("::/0", "line", "l");
    let own = from_block("2001:db8::/64", route("2001:4860::/32", "local", ""));
    let world = routed(vec![whole, own]);
    assert_eq!(world.must_pass(&tcp("a", OUT, 443)).end, End::Internet);
    let verdict = world.must_pass(&tcp("b", OUT, 443));
    assert!(matches!(verdict.end, End::Beyond { via: Via::Line, .. }));
    let v4 = vec![
        allow("g", Direction::Ingress),
        allow("g", Direction::Egress),
    ];
    let routes = vec![
        route("8.8.0.0/16", "line", "l"),
        route("8.8.8.0/24", "local", ""),
    ];
    let bound = Bound::Port("a".into());
    let four = world_of(v4).network("n", routes);
    let lost = four.refusal(&tcp("a", "8.8.8.8", 53));
    assert!(matches!(lost, Hop::NoRoute { .. }), "{lost:?}");
    let four = four.public("p", "203.0.113.5", Some(bound));
    assert_eq!(four.must_pass(&tcp("a", "8.8.8.8", 53)).end, End::Internet);
    let line = four.must_pass(&tcp("a", "8.8.9.9", 53));
    assert!(matches!(line.end, End::Beyond { via: Via::Line, .. }));
}

#[test]
fn a_gateway_that_is_none_of_the_network_loses_packets() {
    let lost = routed(vec![route("::/0", "ipv6_gateway", "gone")]).refusal(&tcp("a", OUT, 443));
    assert!(matches!(lost, Hop::Blackhole { .. }), "{lost:?}");
    // An interface without IPv6 takes none of it, whatever it may send.
    let lost = routed(vec![route("::/0", "port", "c")]).refusal(&tcp("a", OUT, 443));
    assert!(matches!(lost, Hop::Blackhole { .. }), "{lost:?}");
}

#[test]
fn a_peering_carries_packets_of_ipv6_both_ways() {
    let far = Subnet {
        network: Some("m".to_owned()),
        ..subnet("10.9.0.0/24", "2001:db8:1::/64")
    };
    let world = |there: Vec<Route>| {
        routed(vec![route("2001:db8:1::/64", "peering", "p")])
            .network("m", there)
            .put("subnet/u", &far)
            .port_with("d", dual("u", "10.9.0.2", "2001:db8:1::d"))
            .peering("p", "n", "m")
    };
    let packet = tcp("a", "2001:db8:1::d", 80);
    let both = world(vec![route("2001:db8::/56", "peering", "p")]);
    both.must_pass(&packet);
    assert!(both.reply(&packet).passes);
    let back = world(Vec::new()).reply(&packet);
    assert!(matches!(back.decided_by, Hop::NoRoute { .. }), "{back:?}");
}

#[test]
fn the_far_end_of_a_connection_comes_through_it_in_ipv6_too() {
    let vpn = json!({"attachment": {"vpc": {"vpc": "n", "subnet": "s"}}, "local_subnets": []});
    let connection = json!({"gateway": "v", "style": "static", "role": "master",
        "peer_subnets": ["2001:db8:ff00::/40"], "rules": []});
    let world = open_world()
        .put("vpn_gateway/v", &vpn)
        .put("vpn_connection/c", &connection);
    let packet = tcp_in("2001:db8:ff00::1", B, 443);
    let verdict = world.must_pass(&packet);
    let by = |hop: &Hop| matches!(hop, Hop::Connection { connection, .. } if connection == "c");
    assert!(verdict.path.iter().any(by), "{verdict:?}");
    assert!(world.reply(&packet).passes);
    let stranger = world.refusal(&tcp_in(OUT, B, 443));
    assert!(matches!(stranger, Hop::NoRoute { .. }), "{stranger:?}");
}
