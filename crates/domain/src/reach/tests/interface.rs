//! Interfaces with several addresses, virtual addresses, and IPv6 gateways.

use std::net::IpAddr;

use super::*;
use crate::plan::row;

/// Port `a` with a further address of its own subnet and one of the other, each reached by its own way.
fn several() -> World {
    let port = Port {
        further: vec![ip("10.0.0.20"), ip("10.0.1.20")],
        ..port("s", "10.0.0.2", &["open"])
    };
    pair().open("open").port_with("a", port)
}

#[test]
fn further_addresses_are_a_ports_own() {
    let to = several();
    for address in ["10.0.0.20", "10.0.1.20"] {
        let verdict = to.must_pass(&tcp("b", address, 80));
        assert_eq!(verdict.end, End::Port { port: "a".into() });
        let packet = Packet {
            from: Source::Port {
                id: "a".into(),
                claims: Some(ip(address)),
            },
            ..tcp("a", "10.0.1.2", 80)
        };
        to.must_pass(&packet);
    }
}

#[test]
fn each_address_has_a_public_address_of_its_own() {
    let public = |private: &str, public: &str| PublicAddress {
        public: ip(public),
        bound: Some(Bound::Port("a".into())),
        private: Some(ip(private)),
        bandwidth: "w".into(),
        mbits: None,
    };
    let world = several()
        .put("public_ip/e", &public("10.0.0.2", "192.0.2.10"))
        .put("public_ip/f", &public("10.0.0.20", "192.0.2.20"));
    for (own, as_public) in [("10.0.0.2", "e"), ("10.0.0.20", "f")] {
        let packet = Packet {
            from: Source::Port {
                id: "a".into(),
                claims: Some(ip(own)),
            },
            ..tcp("a", "203.0.113.9", 80)
        };
        let route = Hop::AddressRoute {
            port: "a".into(),
            public_ip: as_public.into(),
        };
        assert!(world.must_pass(&packet).path.contains(&route), "{own}");
    }
    let verdict = world.must_pass(&tcp_in("203.0.113.9", "192.0.2.20", 80));
    assert!(verdict.path.contains(&Hop::DestinationTranslated {
        public_ip: "f".into(),
        from: ip::<IpAddr>("192.0.2.20"),
        to: ip::<IpAddr>("10.0.0.20"),
    }));
    let reply = world.reply(&tcp_in("203.0.113.9", "192.0.2.20", 80));
    assert!(reply.passes, "{reply:?}");
    // One without has none of its neighbours'.
    let packet = Packet {
        from: Source::Port {
            id: "a".into(),
            claims: Some(ip("10.0.1.20")),
        },
        ..tcp("a", "203.0.113.9", 80)
    };
    assert!(matches!(world.refusal(&packet), Hop::NoRoute { .. }));
}

#[test]
fn the_first_that_may_answers_for_a_virtual_address() {
    let answering = |address: &str| Port {
        allowed: vec![ip("10.0.1.50")],
        ..port("t", address, &["open"])
    };
    let shared = Port {
        is_virtual: true,
        ..port("t", "10.0.1.50", &["open"])
    };
    let world = pair().open("open").port_with("vip", shared);
    let lost = world.refusal(&tcp("a", "10.0.1.50", 80));
    assert!(matches!(lost, Hop::Nobody { .. }), "{lost:?}");
    let world = world
        .port_with("y", answering("10.0.1.12"))
        .port_with("x", answering("10.0.1.11"));
    let verdict = world.must_pass(&tcp("a", "10.0.1.50", 80));
    assert_eq!(verdict.end, End::Port { port: "x".into() });
    assert!(world.reply(&tcp("a", "10.0.1.50", 80)).passes);
}

/// A network of both families with an IPv6 gateway that keeps half of it to connections that start inside.
fn six() -> World {
    let gateway = row::Ipv6Gateway {
        network: "n".into(),
        mbits: 10,
        egress_only: vec!["2001:db8:0:1::/64".parse().unwrap()],
        shares: Vec::new(),
    };
    super::six::open_world().put("ipv6_gateway/gw", &gateway)
}

#[test]
fn a_network_reaches_the_ipv6_internet_through_its_gateway_only() {
    let out = tcp("a", "2606:4700::1", 443);
    let lost = super::six::open_world().refusal(&out);
    assert!(matches!(lost, Hop::NoRoute { .. }), "{lost:?}");
    let through = Hop::Ipv6Gateway {
        gateway: "gw".into(),
        network: "n".into(),
    };
    let verdict = six().must_pass(&out);
    assert_eq!((verdict.end, verdict.decided_by), (End::Internet, through));
    assert!(six().reply(&out).passes);
}

#[test]
fn a_block_that_only_starts_connections_is_not_called() {
    let world = six();
    let called = world.must_pass(&tcp_in("2606:4700::1", "2001:db8::a", 443));
    assert_eq!(called.end, End::Port { port: "a".into() });
    assert!(
        world
            .reply(&tcp_in("2606:4700::1", "2001:db8::a", 443))
            .passes
    );
    let refused = world.refusal(&tcp_in("2606:4700::1", "2001:db8:0:1::b", 443));
    assert_eq!(
        refused,
        Hop::EgressOnly {
            gateway: "gw".into(),
            address: ip("2001:db8:0:1::b"),
        }
    );
    let calling = tcp("b", "2606:4700::1", 443);
    world.must_pass(&calling);
    assert!(world.reply(&calling).passes, "{:?}", world.reply(&calling));
    // Neighbours call it all the same.
    world.must_pass(&tcp("a", "2001:db8:0:1::b", 80));
}
