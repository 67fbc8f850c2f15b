//! VPN gateways and connections.

use serde_json::{Value, json};

use super::*;

fn gateway(network: &str, local: Value) -> Value {
    json!({
        "attachment": {"vpc": {"vpc": network, "subnet": "s"}},
        "local_subnets": local,
    })
}

fn connection(style: &str, role: &str, peers: Value, rules: Value) -> Value {
    json!({
        "gateway": "w", "style": style, "role": role, "peer_subnets": peers, "rules": rules,
    })
}

fn site() -> World {
    pair()
        .put("vpn_gateway/w", &gateway("n", json!(["10.0.0.0/24"])))
        .put(
            "vpn_connection/c",
            &connection("static", "master", json!(["172.16.0.0/16"]), json!([])),
        )
}

#[test]
fn a_connection_brings_its_route_into_the_default_table() {
    let packet = tcp("a", "172.16.0.5", 80);
    let verdict = site().must_pass(&packet);
    let far = End::FarEnd {
        connection: "c".into(),
    };
    assert_eq!(verdict.end, far);
    assert!(matches!(verdict.decided_by, Hop::ConnectionRoute { .. }));
    // A sender that the gateway does not serve.
    let refused = site().refusal(&tcp("b", "172.16.0.5", 80));
    assert!(matches!(refused, Hop::Blackhole { .. }), "{refused:?}");
    // A table of its own knows only what is written into it.
    let own = |routes| RouteTable {
        network: "n".into(),
        is_default: false,
        routes,
    };
    let apart = site().subnet_by("n", "s", "10.0.0.0/24", Some("own"));
    let bare = apart.clone().put("route_table/own", &own(Vec::new()));
    assert!(matches!(bare.refusal(&packet), Hop::NoRoute { .. }));
    for to in ["w", "c"] {
        let routes = vec![route("172.16.0.0/16", "vpn", to)];
        apart
            .clone()
            .put("route_table/own", &own(routes))
            .must_pass(&packet);
    }
}

#[test]
fn the_far_end_reaches_what_the_gateway_serves() {
    let to = |id: &str| Packet {
        to: Target::Port(id.into()),
        ..tcp_in("172.16.0.5", "10.0.0.2", 80)
    };
    site().must_pass(&to("a"));
    site().must_pass(&tcp_in("172.16.0.5", "10.0.0.2", 80));
    assert!(matches!(site().refusal(&to("b")), Hop::NoRoute { .. }));
    let elsewhere = tcp_in("172.17.0.5", "10.0.0.2", 80);
    assert!(matches!(site().refusal(&elsewhere), Hop::NoRoute { .. }));
}

#[test]
fn a_policy_names_pairs() {
    let rules = json!([{"source": "10.0.0.0/25", "destinations": ["172.16.1.0/24"]}]);
    let world = site().put(
        "vpn_connection/c",
        &connection("policy", "master", json!(["172.16.0.0/16"]), rules),
    );
    world.must_pass(&tcp("a", "172.16.1.5", 80));
    world.must_pass(&tcp_in("172.16.1.5", "10.0.0.2", 80));
    world.refusal(&tcp("a", "172.16.2.5", 80));
    world.refusal(&tcp_in("172.16.2.5", "10.0.0.2", 80));
}

#[test]
fn the_connection_in_use_comes_before_the_one_in_reserve() {
    let world = site()
        .put(
            "vpn_connection/c",
            &connection("static", "slave", json!(["172.16.0.0/16"]), json!([])),
        )
        .put(
            "vpn_connection/d",
            &connection("static", "master", json!(["172.16.0.0/16"]), json!([])),
        );
    let far = |connection: &str| End::FarEnd {
        connection: connection.into(),
    };
    assert_eq!(world.must_pass(&tcp("a", "172.16.0.5", 80)).end, far("d"));
    let longer = world.put(
        "vpn_connection/c",
        &connection("static", "slave", json!(["172.16.0.0/24"]), json!([])),
    );
    assert_eq!(longer.must_pass(&tcp("a", "172.16.0.5", 80)).end, far("c"));
}

#[test]
fn the_address_of_a_gateway_is_its_own() {
    let world = site().public("e", "192.0.2.30", Some(Bound::VpnGateway("w".into())));
    let verdict = world.must_pass(&tcp_in("203.0.113.5", "192.0.2.30", 500));
    assert_eq!(
        verdict.end,
        End::Gateway {
            gateway: "w".into()
        }
    );
}

#[test]
fn a_tunnel_carries_ipv6_where_its_blocks_are() {
    let world = six::open_world()
        .put("vpn_gateway/w", &gateway("n", json!(["2001:db8::/64"])))
        .put(
            "vpn_connection/c",
            &connection("static", "master", json!(["2001:db8:f::/48"]), json!([])),
        );
    let out = world.must_pass(&tcp("a", "2001:db8:f::5", 80));
    let far = End::FarEnd {
        connection: "c".into(),
    };
    assert_eq!(out.end, far);
    // Neither what the gateway does not serve nor other blocks.
    let stray = world.refusal(&tcp("b", "2001:db8:f::5", 80));
    assert!(matches!(stray, Hop::Blackhole { .. }), "{stray:?}");
    let other = world.refusal(&tcp("a", "2001:db8:e::5", 80));
    assert!(matches!(other, Hop::NoRoute { .. }), "{other:?}");
}
