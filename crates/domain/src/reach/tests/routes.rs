//! Route tables, peerings and next hops.

use super::*;

/// Two networks with a server each, peered, with these routes.
fn peers(here: Vec<Route>, there: Vec<Route>) -> World {
    World::default()
        .network("n", here)
        .network("m", there)
        .subnet("n", "s", "10.0.0.0/24")
        .subnet("m", "t", "10.1.0.0/24")
        .open("g")
        .port("s", "a", "10.0.0.2", &["g"])
        .port("t", "b", "10.1.0.2", &["g"])
        .peering("p", "n", "m")
}

fn both() -> World {
    peers(
        vec![route("10.1.0.0/16", "peering", "p")],
        vec![route("10.0.0.0/16", "peering", "p")],
    )
}

#[test]
fn a_peering_carries_what_routes_of_both_sides_say() {
    let packet = tcp("a", "10.1.0.2", 80);
    both().must_pass(&packet);
    let one_sided = peers(vec![route("10.1.0.0/16", "peering", "p")], Vec::new());
    assert!(one_sided.judge(&packet).passes);
    let back = one_sided.reply(&packet);
    let lost = Hop::NoRoute {
        network: "m".into(),
        destination: ip("10.0.0.2"),
    };
    assert_eq!((back.passes, back.decided_by), (false, lost));
    let none = peers(Vec::new(), vec![route("10.0.0.0/16", "peering", "p")]);
    let lost = Hop::NoRoute {
        network: "n".into(),
        destination: ip("10.1.0.2"),
    };
    assert_eq!(none.refusal(&packet), lost);
}

#[test]
fn a_peering_that_is_gone_or_of_others_is_a_black_hole() {
    let packet = tcp("a", "10.1.0.2", 80);
    let foreign = both().peering("p", "m", "o");
    let mut gone = both();
    gone.0.rows.remove("peering/p");
    for world in [foreign, gone] {
        let refused = world.refusal(&packet);
        assert!(
            matches!(&refused, Hop::Blackhole { hop, to, .. } if hop == "peering" && to == "p"),
            "{refused:?}"
        );
    }
}

#[test]
fn a_peering_leads_no_further_unless_the_network_relays() {
    let chain = |relay| {
        both()
            .network(
                "n",
                vec![
                    route("10.1.0.0/16", "peering", "p"),
                    route("10.2.0.0/16", "peering", "p"),
                ],
            )
            .network(
                "m",
                vec![
                    route("10.0.0.0/16", "peering", "p"),
                    route("10.2.0.0/16", "peering", "q"),
                ],
            )
            .network("o", vec![route("10.0.0.0/16", "peering", "q")])
            .subnet("o", "u", "10.2.0.0/24")
            .port("u", "c", "10.2.0.2", &["g"])
            .peering("q", "m", "o")
            .put(
                "vpc/m",
                &Network {
                    relay,
                    ..Network::default()
                },
            )
    };
    let packet = tcp("a", "10.2.0.2", 80);
    let lost = Hop::NoRoute {
        network: "m".into(),
        destination: ip("10.2.0.2"),
    };
    assert_eq!(chain(false).refusal(&packet), lost);
    chain(true).must_pass(&packet);
}

#[test]
fn relays_do_not_send_packets_in_circles_for_ever() {
    let relay = Network {
        relay: true,
        ..Network::default()
    };
    let to = || vec![route("10.9.0.0/16", "peering", "p")];
    let world = peers(to(), to()).put("vpc/n", &relay).put("vpc/m", &relay);
    let refused = world.refusal(&tcp("a", "10.9.0.2", 80));
    assert!(matches!(refused, Hop::Blackhole { .. }), "{refused:?}");
}

#[test]
fn overlapping_peers_are_told_apart_by_the_table_alone() {
    // Two peers have the same block; a single address of the second is routed to it.
    let world = peers(
        vec![
            route("10.1.0.0/24", "peering", "p"),
            route("10.1.0.7/32", "peering", "q"),
        ],
        vec![route("10.0.0.0/24", "peering", "p")],
    )
    .network("o", vec![route("10.0.0.0/24", "peering", "q")])
    .subnet("o", "u", "10.1.0.0/24")
    .port("u", "c", "10.1.0.2", &["g"])
    .port("u", "d", "10.1.0.7", &["g"])
    .port("t", "e", "10.1.0.7", &["g"])
    .peering("q", "n", "o");
    let end = |to: &str| world.must_pass(&tcp("a", to, 80)).end;
    assert_eq!(end("10.1.0.2"), End::Port { port: "b".into() });
    assert_eq!(end("10.1.0.7"), End::Port { port: "d".into() });
    // Whoever was meant is not reached.
    let to = |id: &str| Packet {
        to: Target::Port(id.into()),
        ..tcp("a", "10.1.0.2", 80)
    };
    world.must_pass(&to("b"));
    assert_eq!(
        world.refusal(&to("c")),
        Hop::Astray {
            at: End::Port { port: "b".into() },
            address: ip("10.1.0.2"),
        }
    );
}

#[test]
fn a_local_route_comes_before_any_other() {
    // The peer has the sender's own block: packets never get there, and its answers never leave it.
    let world = both()
        .subnet("m", "v", "10.0.0.0/24")
        .port("v", "d", "10.0.0.2", &["g"])
        .network(
            "n",
            vec![
                route("10.0.0.0/25", "peering", "p"),
                route("10.1.0.0/16", "peering", "p"),
            ],
        );
    let verdict = world.judge(&tcp("a", "10.0.0.9", 80));
    assert_eq!(
        verdict.decided_by,
        Hop::Nobody {
            address: ip("10.0.0.9")
        }
    );
    let packet = tcp("a", "10.1.0.2", 80);
    assert!(world.judge(&packet).passes);
    assert_eq!(
        world.reply(&packet).decided_by,
        Hop::Astray {
            at: End::Port { port: "d".into() },
            address: ip("10.0.0.2"),
        }
    );
}

#[test]
fn a_subnet_goes_by_its_own_table() {
    let own = RouteTable {
        network: "n".into(),
        is_default: false,
        routes: Vec::new(),
    };
    let world = both()
        .put("route_table/own", &own)
        .subnet_by("n", "s", "10.0.0.0/24", Some("own"));
    let lost = Hop::NoRoute {
        network: "n".into(),
        destination: ip("10.1.0.2"),
    };
    assert_eq!(world.refusal(&tcp("a", "10.1.0.2", 80)), lost);
}

#[test]
fn the_longest_prefix_wins() {
    let world = peers(
        vec![
            route("0.0.0.0/0", "line", "l"),
            route("10.0.0.0/8", "router", "r"),
            route("10.1.0.0/16", "peering", "p"),
        ],
        vec![route("0.0.0.0/0", "peering", "p")],
    );
    world.must_pass(&tcp("a", "10.1.0.2", 80));
    for (to, hop, id) in [("10.7.0.1", "router", "r"), ("192.0.2.1", "line", "l")] {
        let end = End::Beyond {
            via: serde_json::from_value(hop.into()).unwrap(),
            next_hop: id.into(),
        };
        assert_eq!(world.must_pass(&tcp("a", to, 80)).end, end);
    }
}

#[test]
fn a_device_takes_what_is_not_for_it_only_when_it_may() {
    let world = |allowed: &[&str], hop: &str, to: &str| {
        let mut row = port("s", "10.0.0.9", &["g"]);
        row.allowed = allowed.iter().map(|it| it.parse().unwrap()).collect();
        row.device_id = "server".into();
        both()
            .network("n", vec![route("192.0.2.0/24", hop, to)])
            .port_with("x", row)
    };
    let packet = tcp("a", "192.0.2.1", 80);
    for (hop, to) in [
        ("port", "x"),
        ("instance", "server"),
        ("address", "10.0.0.9"),
    ] {
        let verdict = world(&["1.1.1.1/0"], hop, to).must_pass(&packet);
        assert_eq!(verdict.end, End::Device { port: "x".into() });
        assert_eq!(
            world(&[], hop, to).refusal(&packet),
            Hop::SourceCheck {
                port: "x".into(),
                address: ip("192.0.2.1"),
            }
        );
    }
    let refused = world(&[], "port", "gone").refusal(&packet);
    assert!(matches!(refused, Hop::Blackhole { .. }), "{refused:?}");
}

#[test]
fn a_virtual_address_is_answered_by_who_may_claim_it() {
    let mut address = port("t", "10.1.0.100", &["g"]);
    address.is_virtual = true;
    let alone = both().port_with("v", address);
    let packet = tcp("a", "10.1.0.100", 80);
    assert_eq!(
        alone.refusal(&packet),
        Hop::Nobody {
            address: ip("10.1.0.100")
        }
    );
    let mut carrier = port("t", "10.1.0.2", &["g"]);
    carrier.allowed = vec!["10.1.0.100".parse().unwrap()];
    let held = alone.port_with("b", carrier);
    let verdict = held.must_pass(&packet);
    assert_eq!(verdict.end, End::Port { port: "b".into() });
}

#[test]
fn what_has_no_meaning_beyond_one_machine_goes_nowhere() {
    let world = both().network("n", vec![route("0.0.0.0/0", "line", "l")]);
    for to in ["127.0.0.1", "224.0.0.5", "255.255.255.255", "0.0.0.0"] {
        world.refusal(&tcp("a", to, 80));
    }
    // To itself it needs no rule at all.
    let lonely = both().port("s", "a", "10.0.0.2", &["none"]);
    lonely.must_pass(&tcp("a", "10.0.0.2", 80));
}

#[test]
fn a_subnet_in_no_network_is_one_by_itself() {
    let loose = |cidr: &str| Subnet {
        network: None,
        cidr: cidr.parse().unwrap(),
        gateway: ip("10.9.0.1"),
        ipv6: None,
        ipv6_gateway: None,
        dhcp: true,
        dns: Vec::new(),
        route_table: None,
        host_routes: Vec::new(),
    };
    let world = both()
        .put("subnet/l", &loose("10.9.0.0/24"))
        .port("l", "x", "10.9.0.2", &["g"])
        .port("l", "y", "10.9.0.3", &["g"]);
    world.must_pass(&tcp("x", "10.9.0.3", 80));
    let lost = Hop::NoRoute {
        network: "l".into(),
        destination: ip("10.0.0.2"),
    };
    assert_eq!(world.refusal(&tcp("x", "10.0.0.2", 80)), lost);
}
