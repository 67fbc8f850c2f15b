//! The doctor for connections, between two gateways of one cloud and beside an instance that is the far end: it names
//! every kind of mismatch, and nothing where both ends agree.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on panics")]

use serde_json::{Value, json};
use vpcd::cloud::Cloud;
use vpcd_tests::world::{Ask, Side, World};

const KEY: &str = "Doctor-Key-1";

/// One end: its gateway, the address that it ends at, and its connection.
struct End {
    vpc: String,
    subnet: String,
    gateway: String,
    address: String,
    eip: String,
    connection: String,
}

struct Ward {
    world: World,
}

impl Ward {
    fn new() -> Ward {
        let world = World::new(Cloud::ephemeral_for_tests(11).unwrap());
        Ward { world }
    }

    fn call(&mut self, method: &str, path: &str, body: Value) -> Value {
        let me = self.world.me.clone();
        let ask = Ask {
            method: method.to_owned(),
            path: path.replace("{p}", &me.project),
            body: Some(body)
                .filter(|it| !it.is_null())
                .map_or(String::new(), |it| it.to_string()),
            ..Ask::default()
        };
        let reply = self.world.send(Side::Huawei, Some(&me), &ask);
        assert!(reply.status < 300, "{method} {path}: {reply:?}");
        self.world.settle();
        reply.body.unwrap_or(Value::Null)
    }

    fn make(&mut self, path: &str, kind: &str, body: Value) -> Value {
        self.call("POST", path, json!({ kind: body }))[kind].clone()
    }

    /// A network with a gateway in it, still without a connection.
    fn end(&mut self, cidr: &str) -> End {
        let whole = cidr.replace(".1.0/24", ".0.0/16");
        let vpc = text(
            &self.make(
                "/v1/{p}/vpcs",
                "vpc",
                json!({"name": cidr.replace('/', "-"), "cidr": whole}),
            )["id"],
        );
        let first = cidr.replace(".0/24", ".1");
        let subnet = json!({"name": "s", "cidr": cidr, "gateway_ip": first, "vpc_id": vpc});
        let subnet = text(&self.make("/v1/{p}/subnets", "subnet", subnet)["id"]);
        let eip = json!({"type": "5_bgp", "charge_mode": "bandwidth", "bandwidth_size": 10, "bandwidth_name": "b"});
        let gateway = json!({"vpc_id": vpc, "connect_subnet": subnet, "local_subnets": [cidr], "eip1": eip, "eip2": eip});
        let gateway = text(&self.make("/v5/{p}/vpn-gateways", "vpn_gateway", gateway)["id"]);
        let shown = self.call(
            "GET",
            &format!("/v5/{{p}}/vpn-gateways/{gateway}"),
            Value::Null,
        );
        let slot = &shown["vpn_gateway"]["eip1"];
        End {
            vpc,
            subnet,
            gateway,
            address: text(&slot["ip_address"]),
            eip: text(&slot["id"]),
            connection: String::new(),
        }
    }

    /// The connection of an end to that address.
    fn connect(&mut self, end: &mut End, far: &str, behind: &str, more: Value) {
        let customer = json!({"id_type": "ip", "id_value": far});
        let customer =
            text(&self.make("/v5/{p}/customer-gateways", "customer_gateway", customer)["id"]);
        let mut body = json!({"vgw_id": end.gateway, "vgw_ip": end.eip, "cgw_id": customer,
            "peer_subnets": [behind], "psk": KEY});
        body.as_object_mut()
            .unwrap()
            .extend(more.as_object().unwrap().clone());
        let made = self.make("/v5/{p}/vpn-connection", "vpn_connection", body);
        end.connection = text(&made["id"]);
    }

    fn both(&mut self, more: Value) -> (End, End) {
        let (mut a, mut b) = (self.end("10.0.1.0/24"), self.end("172.16.1.0/24"));
        let (to_a, to_b) = (a.address.clone(), b.address.clone());
        self.connect(&mut a, &to_b, "172.16.1.0/24", json!({}));
        self.connect(&mut b, &to_a, "10.0.1.0/24", more);
        (a, b)
    }

    fn diagnose(&mut self, end: &End, peer: Value) -> Value {
        let body = json!({"connection": end.connection, "peer": peer});
        self.world.admin("POST", "/admin/v1/vpn/diagnose", body)
    }

    /// Field and side of every finding, and the whole answer as text.
    fn found(&mut self, end: &End, peer: Value) -> (Vec<(String, String)>, String) {
        let answer = self.diagnose(end, peer);
        let findings = answer["findings"].as_array().unwrap();
        let found = findings
            .iter()
            .map(|it| (text(&it["field"]), text(&it["side"])));
        (found.collect(), answer.to_string())
    }
}

fn text(value: &Value) -> String {
    value.as_str().unwrap_or_default().to_owned()
}

fn named(found: &[(String, String)]) -> Vec<(&str, &str)> {
    found
        .iter()
        .map(|(field, side)| (field.as_str(), side.as_str()))
        .collect()
}

#[test]
fn two_gateways_that_agree_have_no_findings() {
    let mut ward = Ward::new();
    let (a, b) = ward.both(json!({}));
    for (end, other) in [(&a, &b), (&b, &a)] {
        let answer = ward.diagnose(end, Value::Null);
        assert_eq!(answer["findings"], json!([]), "{answer}");
        assert_eq!(answer["peer"]["connection"], other.connection);
    }
}

#[test]
fn each_mismatch_between_two_gateways_is_named() {
    for (more, field, side) in [
        (
            json!({"ikepolicy": {"dh_group": "group14"}}),
            "ikepolicy.dh_group",
            "either",
        ),
        (
            json!({"ikepolicy": {"encryption_algorithm": "aes-256"}}),
            "ikepolicy.encryption_algorithm",
            "either",
        ),
        (
            json!({"ipsecpolicy": {"pfs": "disable"}}),
            "ipsecpolicy.pfs",
            "either",
        ),
        (
            json!({"ipsecpolicy": {"lifetime_seconds": 7200}}),
            "ipsecpolicy.lifetime_seconds",
            "either",
        ),
        (
            json!({"ikepolicy": {"lifetime_seconds": 7200}}),
            "ikepolicy.lifetime_seconds",
            "either",
        ),
        (
            json!({"ikepolicy": {"local_id_type": "fqdn", "local_id": "b.example"}}),
            "ikepolicy.peer_id",
            "here",
        ),
        (json!({"psk": "Another-Key-2"}), "psk", "either"),
        (
            json!({"peer_subnets": ["10.0.0.0/23"]}),
            "peer_subnets",
            "there",
        ),
    ] {
        let mut ward = Ward::new();
        let (a, _) = ward.both(more.clone());
        let (found, answer) = ward.found(&a, Value::Null);
        assert_eq!(named(&found), [(field, side)], "{more}: {answer}");
        assert!(!answer.contains("-Key-"), "{answer}");
    }
}

#[test]
fn a_frozen_address_is_named() {
    let mut ward = Ward::new();
    let (a, b) = ward.both(json!({}));
    let scope = json!({"scope": b.eip, "value": true});
    ward.world
        .admin("PUT", "/admin/v1/conditions/frozen", scope);
    ward.world.settle();
    let (found, answer) = ward.found(&a, Value::Null);
    assert!(named(&found).contains(&("address", "there")), "{answer}");
}

#[test]
fn routes_that_lead_past_the_tunnel_are_named() {
    let mut ward = Ward::new();
    let (a, _) = ward.both(json!({}));
    let table = json!({"name": "own", "vpc_id": a.vpc});
    let table = text(&ward.make("/v1/{p}/routetables", "routetable", table)["id"]);
    let subnets = json!({"routetable": {"subnets": {"associate": [a.subnet]}}});
    let path = format!("/v1/{{p}}/routetables/{table}");
    ward.call("POST", &format!("{path}/action"), subnets);
    let (found, answer) = ward.found(&a, Value::Null);
    assert_eq!(named(&found), [("routes", "here")], "{answer}");
    let way = |to: &str, kind: &str, hop: &str| json!({"routetable": {"routes": {"add": [{"type": kind, "destination": to, "nexthop": hop}]}}});
    ward.call("PUT", &path, way("172.16.0.0/16", "vpn", &a.gateway));
    let (found, answer) = ward.found(&a, Value::Null);
    assert!(found.is_empty(), "{answer}");
    let shared = json!({"network_id": a.subnet, "device_owner": "neutron:VIP_PORT"});
    let shared = ward.make("/v1/{p}/ports", "port", shared);
    let address = text(&shared["fixed_ips"][0]["ip_address"]);
    let stray = way("172.16.1.128/25", "vip", &address);
    ward.call("PUT", &path, stray);
    let (found, answer) = ward.found(&a, Value::Null);
    assert_eq!(named(&found), [("routes", "here")], "{answer}");
}

#[test]
fn ports_that_a_far_instance_keeps_closed_are_named() {
    let mut ward = Ward::new();
    let mut a = ward.end("10.0.1.0/24");
    let far = ward.end("172.16.1.0/24");
    let port = json!({"network_id": far.subnet});
    let port = ward.make("/v1/{p}/ports", "port", port);
    let body = json!({"publicip": {"type": "5_bgp", "port_id": port["id"]},
        "bandwidth": {"name": "b", "size": 5, "share_type": "PER"}});
    let public = ward.call("POST", "/v1/{p}/publicips", body)["publicip"].clone();
    let bind = json!({"publicip": {"port_id": port["id"]}});
    ward.call(
        "PUT",
        &format!("/v1/{{p}}/publicips/{}", text(&public["id"])),
        bind,
    );
    ward.connect(
        &mut a,
        &text(&public["public_ip_address"]),
        "172.16.1.0/24",
        json!({}),
    );
    let (found, answer) = ward.found(&a, Value::Null);
    assert_eq!(
        named(&found),
        [("open_ports", "there"), ("open_ports", "there")],
        "{answer}"
    );
    assert!(answer.contains("UDP 4500 is closed"), "{answer}");
    let group = &port["security_groups"][0];
    let rule = json!({"security_group_id": group, "direction": "ingress", "protocol": "udp",
        "port_range_min": 500, "port_range_max": 500, "ethertype": "IPv4"});
    ward.make("/v1/{p}/security-group-rules", "security_group_rule", rule);
    let (found, answer) = ward.found(&a, Value::Null);
    assert_eq!(named(&found), [("open_ports", "there")], "{answer}");
    let (found, answer) = ward.found(&a, json!({"open_ports": [4500]}));
    assert_eq!(named(&found), [("open_ports", "there")], "{answer}");
    assert!(answer.contains("UDP port 500"), "{answer}");
}

#[test]
fn the_firewall_before_a_private_gateway_is_asked() {
    let mut ward = Ward::new();
    let end = ward.end("10.0.1.0/24");
    let gateway = json!({"vpc_id": end.vpc, "connect_subnet": end.subnet, "local_subnets": ["10.0.1.0/24"],
        "network_type": "private", "flavor": "Professional1", "access_vpc_id": end.vpc, "access_subnet_id": end.subnet,
        "access_private_ip_1": "10.0.1.90", "access_private_ip_2": "10.0.1.91"});
    let gateway = text(&ward.make("/v5/{p}/vpn-gateways", "vpn_gateway", gateway)["id"]);
    let mut private = End {
        gateway,
        eip: "10.0.1.90".to_owned(),
        ..end
    };
    ward.connect(&mut private, "10.9.0.7", "172.16.1.0/24", json!({}));
    let (found, answer) = ward.found(&private, Value::Null);
    assert!(found.is_empty(), "{answer}");
    let firewall = ward.make("/v3/{p}/vpc/firewalls", "firewall", json!({"name": "acl"}));
    let path = format!("/v3/{{p}}/vpc/firewalls/{}", text(&firewall["id"]));
    let subnets = json!({"subnets": [{"virsubnet_id": private.subnet}]});
    ward.call("PUT", &format!("{path}/associate-subnets"), subnets);
    let (found, answer) = ward.found(&private, Value::Null);
    assert_eq!(
        named(&found),
        [("open_ports", "here"), ("open_ports", "here")],
        "{answer}"
    );
    let rule = json!({"action": "allow", "protocol": "udp", "ip_version": 4, "destination_port": "500,4500"});
    let rules = json!({"firewall": {"ingress_rules": [rule]}});
    ward.call("PUT", &format!("{path}/insert-rules"), rules);
    let (found, answer) = ward.found(&private, Value::Null);
    assert!(found.is_empty(), "{answer}");
}

#[test]
fn words_that_nothing_is_compared_by_are_named() {
    let mut ward = Ward::new();
    let (a, b) = ward.both(json!({}));
    let told =
        json!({"adress": b.address, "psk": KEY, "ikepolicy": {"ike_versoin": "v1", "dpd": {}}});
    let answer = ward.diagnose(&a, told);
    assert_eq!(answer["findings"], json!([]), "{answer}");
    let strange = json!(["adress", "ikepolicy.dpd", "ikepolicy.ike_versoin"]);
    assert_eq!(answer["passed_over"], strange);
    let answer = ward.diagnose(
        &a,
        json!({"address": b.address, "ikepolicy": {"ike_version": "v2"}}),
    );
    assert!(answer.get("passed_over").is_none(), "{answer}");
}
