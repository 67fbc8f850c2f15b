//! Routes, lists of subnets and peerings through both clouds.

use serde_json::{Value, json};
use vpcd::cloud::Cloud;
use vpcd_tests::world::{Side, World};

use crate::{call, must, text};

pub(crate) fn baidu(world: &mut World, method: &str, path: &str, body: Value) -> Value {
    must(world, Side::Baidu, method, path, body)
}

pub(crate) fn huawei(world: &mut World, method: &str, path: &str, body: Value) -> Value {
    must(world, Side::Huawei, method, path, body)
}

/// Two networks: their short ids, and their ids.
pub(crate) fn networks(it: &mut World) -> ([String; 2], [String; 2]) {
    for (name, cidr) in [("near", "192.168.0.0/16"), ("far", "10.0.0.0/16")] {
        baidu(it, "POST", "/v1/vpc", json!({"name": name, "cidr": cidr}));
    }
    let short = baidu(it, "GET", "/v1/vpc", Value::Null);
    let long = huawei(it, "GET", "/v1/{p}/vpcs", Value::Null);
    let short = |name: &str| {
        let mut all = short["vpcs"].as_array().into_iter().flatten();
        text(&all.find(|vpc| vpc["name"] == name).unwrap_or(&Value::Null)["vpcId"])
    };
    let long = |name: &str| {
        let mut all = long["vpcs"].as_array().into_iter().flatten();
        text(&all.find(|vpc| vpc["name"] == name).unwrap_or(&Value::Null)["id"])
    };
    let names = ["near", "far"];
    (names.map(short), names.map(long))
}

#[test]
fn peerings_and_the_routes_to_them_are_seen_through_both() {
    let it = &mut World::new(Cloud::ephemeral_for_tests(21).unwrap());
    let (short, long) = networks(it);
    // Made here ...
    let body = json!({"localVpcId": short[0], "peerVpcId": short[1], "peerRegion": "elsewhere",
        "bandwidthInMbps": 10, "localIfName": "both", "billing": {"paymentTiming": "Postpaid"}});
    let peer = text(&baidu(it, "POST", "/v1/peerconn", body)["peerConnId"]);
    let path = format!("/v1/peerconn/{peer}");
    let interface = text(&baidu(it, "GET", &path, Value::Null)["localIfId"]);
    let table = format!("/v1/route?vpcId={}", short[0]);
    let id = text(&baidu(it, "GET", &table, Value::Null)["routeTableId"]);
    let body = json!({"routeTableId": id, "sourceAddress": "0.0.0.0/0",
        "destinationAddress": "10.0.0.0/16", "nexthopType": "peerConn", "nexthopId": interface});
    baidu(it, "POST", "/v1/route/rule", body);
    // ... listed and deleted there.
    let peerings = huawei(it, "GET", "/v2.0/vpc/peerings", Value::Null);
    let found = &peerings["peerings"][0];
    assert_eq!(
        (&found["name"], &found["status"]),
        (&json!("both"), &json!("ACTIVE"))
    );
    assert_eq!(found["request_vpc_info"]["vpc_id"], long[0].as_str());
    let routes = huawei(it, "GET", "/v2.0/vpc/routes", Value::Null);
    let route = &routes["routes"][0];
    assert_eq!(
        (&route["destination"], &route["nexthop"]),
        (&json!("10.0.0.0/16"), &found["id"])
    );
    let path = format!("/v2.0/vpc/routes/{}", text(&route["id"]));
    huawei(it, "DELETE", &path, Value::Null);
    let path = format!("/v2.0/vpc/peerings/{}", text(&found["id"]));
    huawei(it, "DELETE", &path, Value::Null);
    let left = baidu(it, "GET", &table, Value::Null);
    assert_eq!(
        left["routeRules"].as_array().map(Vec::len),
        Some(1),
        "{left}"
    );
    let path = format!("/v1/peerconn/{peer}");
    assert_eq!(call(it, Side::Baidu, "GET", &path, Value::Null).0, 404);
    // And the other way round.
    let body = json!({"peering": {"name": "back", "request_vpc_info": {"vpc_id": long[0]},
        "accept_vpc_info": {"vpc_id": long[1]}}});
    let made = huawei(it, "POST", "/v2.0/vpc/peerings", body);
    let body = json!({"route": {"type": "peering", "nexthop": made["peering"]["id"],
        "destination": "10.0.0.0/17", "vpc_id": long[0]}});
    huawei(it, "POST", "/v2.0/vpc/routes", body);
    let list = format!("/v1/peerconn?vpcId={}", short[1]);
    let list = baidu(it, "GET", &list, Value::Null);
    let found = &list["peerConns"][0];
    assert_eq!(
        (&found["role"], &found["paymentTiming"]),
        (&json!("acceptor"), &json!("Postpaid"))
    );
    let rules = baidu(it, "GET", &table, Value::Null);
    let rule = &rules["routeRules"][1];
    assert_eq!(
        (&rule["nexthopType"], &rule["destinationAddress"]),
        (&json!("peerConn"), &json!("10.0.0.0/17"))
    );
    let path = format!("/v1/route/rule/{}", text(&rule["routeRuleId"]));
    baidu(it, "DELETE", &path, Value::Null);
    let path = format!("/v1/peerconn/{}", text(&found["peerConnId"]));
    baidu(it, "DELETE", &path, Value::Null);
    let left = huawei(it, "GET", "/v2.0/vpc/peerings", Value::Null);
    assert_eq!(left["peerings"], json!([]));
}

#[test]
fn the_list_of_a_subnet_is_a_firewall_and_a_firewall_is_a_list() {
    let it = &mut World::new(Cloud::ephemeral_for_tests(22).unwrap());
    let (short, _) = networks(it);
    let body = json!({"name": "s", "zoneName": "z", "cidr": "192.168.1.0/24", "vpcId": short[0]});
    let subnet = text(&baidu(it, "POST", "/v1/subnet", body)["subnetId"]);
    let rule = |position: u32| {
        json!({"subnetId": subnet, "protocol": "tcp", "sourceIpAddress": "0.0.0.0/0",
        "destinationIpAddress": "0.0.0.0/0", "sourcePort": "all", "destinationPort": "22",
        "position": position, "direction": "ingress", "action": "deny"})
    };
    baidu(it, "POST", "/v1/acl/rule", json!({"aclRules": [rule(7)]}));
    // A firewall with the rule, and with what lets everything else pass behind it.
    let list = huawei(it, "GET", "/v3/{p}/vpc/firewalls", Value::Null);
    let id = text(&list["firewalls"][0]["id"]);
    let path = format!("/v3/{{p}}/vpc/firewalls/{id}");
    let shown = huawei(it, "GET", &path, Value::Null);
    let rules = &shown["firewall"]["ingress_rules"];
    let words: Vec<&Value> = rules
        .as_array()
        .into_iter()
        .flatten()
        .map(|it| &it["action"])
        .collect();
    assert_eq!(words, ["deny", "allow", "allow"], "{rules}");
    assert_eq!(rules[0]["destination_port"], "22");
    // What is added there has the position after the one that it follows.
    let body = json!({"firewall": {"insert_after_rule": rules[0]["id"],
        "ingress_rules": [{"ip_version": 4, "protocol": "udp", "action": "deny"}]}});
    huawei(it, "PUT", &format!("{path}/insert-rules"), body);
    let list = format!("/v1/acl/rule?subnetId={subnet}");
    let seen = baidu(it, "GET", &list, Value::Null);
    let seen = seen["aclRules"].as_array().cloned().unwrap_or_default();
    let positions: Vec<_> = seen
        .iter()
        .filter_map(|it| it["position"].as_u64())
        .collect();
    assert_eq!(positions, [7, 8, 32769, 32769]);
    for rule in &seen[..2] {
        let path = format!("/v1/acl/rule/{}", text(&rule["id"]));
        baidu(it, "DELETE", &path, Value::Null);
    }
    let left = huawei(it, "GET", "/v3/{p}/vpc/firewalls", Value::Null);
    assert_eq!(
        left["firewalls"],
        json!([]),
        "the last rule takes the firewall away"
    );
    // A firewall drops what no rule speaks of, and one of several subnets is not changed for one of them.
    let made = huawei(
        it,
        "POST",
        "/v3/{p}/vpc/firewalls",
        json!({"firewall": {"name": "f"}}),
    );
    let path = format!("/v3/{{p}}/vpc/firewalls/{}", text(&made["firewall"]["id"]));
    let body = json!({"name": "t", "zoneName": "z", "cidr": "192.168.2.0/24", "vpcId": short[0]});
    baidu(it, "POST", "/v1/subnet", body);
    let subnets = huawei(it, "GET", "/v1/{p}/subnets", Value::Null);
    let subnets: Vec<Value> = subnets["subnets"]
        .as_array()
        .into_iter()
        .flatten()
        .map(|it| json!({"virsubnet_id": it["id"]}))
        .collect();
    let body = json!({"subnets": subnets});
    huawei(
        it,
        "PUT",
        &format!("{path}/associate-subnets"),
        body.clone(),
    );
    let seen = baidu(it, "GET", &list, Value::Null);
    assert_eq!(seen["aclRules"][0]["action"], "deny", "{seen}");
    let body_of_rule = json!({"aclRules": [rule(1)]});
    let (status, refused) = call(it, Side::Baidu, "POST", "/v1/acl/rule", body_of_rule);
    assert_eq!((status, &refused["code"]), (409, &json!("OperationDenied")));
    huawei(it, "PUT", &format!("{path}/disassociate-subnets"), body);
    huawei(it, "DELETE", &path, Value::Null);
    let seen = baidu(it, "GET", &list, Value::Null);
    assert_eq!(seen["aclRules"][0]["action"], "allow", "{seen}");
}

/// The ids of the single routes to peerings.
pub(crate) fn single(it: &mut World) -> Vec<String> {
    let routes = huawei(it, "GET", "/v2.0/vpc/routes", Value::Null);
    let routes = routes["routes"].as_array().into_iter().flatten();
    routes.map(|it| text(&it["id"])).collect()
}

#[test]
fn a_single_route_is_taken_away_by_its_id_and_not_by_where_it_leads() {
    let it = &mut World::new(Cloud::ephemeral_for_tests(23).unwrap());
    let (short, _) = networks(it);
    let body = json!({"name": "s", "zoneName": "z", "cidr": "192.168.1.0/24", "vpcId": short[0]});
    baidu(it, "POST", "/v1/subnet", body);
    let body = json!({"localVpcId": short[0], "peerVpcId": short[1], "peerRegion": "elsewhere",
        "bandwidthInMbps": 10, "billing": {"paymentTiming": "Postpaid"}});
    let peer = text(&baidu(it, "POST", "/v1/peerconn", body)["peerConnId"]);
    let peer = baidu(it, "GET", &format!("/v1/peerconn/{peer}"), Value::Null);
    let table = format!("/v1/route?vpcId={}", short[0]);
    let id = text(&baidu(it, "GET", &table, Value::Null)["routeTableId"]);
    for victim in 0..2 {
        for source in ["192.168.1.0/24", "0.0.0.0/0"] {
            let body = json!({"routeTableId": id, "sourceAddress": source,
                "destinationAddress": "10.0.0.0/16", "nexthopType": "peerConn",
                "nexthopId": peer["localIfId"]});
            baidu(it, "POST", "/v1/route/rule", body);
        }
        let all = single(it);
        let path = format!("/v2.0/vpc/routes/{}", all[victim]);
        huawei(it, "DELETE", &path, Value::Null);
        assert_eq!(single(it), [all[1 - victim].clone()]);
        let path = format!("/v2.0/vpc/routes/{}", all[1 - victim]);
        huawei(it, "DELETE", &path, Value::Null);
    }
}

#[test]
fn one_of_several_lines_does_not_lead_elsewhere_beside_the_others() {
    let it = &mut World::new(Cloud::ephemeral_for_tests(24).unwrap());
    let (short, long) = networks(it);
    let table = format!("/v1/route?vpcId={}", short[0]);
    let id = text(&baidu(it, "GET", &table, Value::Null)["routeTableId"]);
    let line =
        |name: &str| json!({"nexthopId": name, "nexthopType": "dcGateway", "pathType": "ecmp"});
    let body = json!({"routeTableId": id, "sourceAddress": "0.0.0.0/0",
        "destinationAddress": "172.16.0.0/16", "nextHopList": [line("dcgw-1"), line("dcgw-2")]});
    baidu(it, "POST", "/v1/route/rule", body);
    let path = format!("/v1/{{p}}/routetables?vpc_id={}", long[0]);
    let tables = huawei(it, "GET", &path, Value::Null);
    let path = format!(
        "/v1/{{p}}/routetables/{}",
        text(&tables["routetables"][0]["id"])
    );
    let change = json!({"routetable": {"routes": {"mod": [{"type": "vpn",
        "destination": "172.16.0.0/16", "nexthop": long[0]}]}}});
    let (status, answer) = call(it, Side::Huawei, "PUT", &path, change);
    assert!((400..500).contains(&status), "{status} {answer}");
}

#[test]
fn positions_tell_the_order_in_which_rules_are_asked() {
    let it = &mut World::new(Cloud::ephemeral_for_tests(25).unwrap());
    let (short, _) = networks(it);
    let body = json!({"name": "s", "zoneName": "z", "cidr": "192.168.1.0/24", "vpcId": short[0]});
    let subnet = text(&baidu(it, "POST", "/v1/subnet", body)["subnetId"]);
    let rule = |position: u32, port: &str| {
        json!({"subnetId": subnet, "protocol": "tcp", "sourceIpAddress": "0.0.0.0/0",
        "destinationIpAddress": "0.0.0.0/0", "sourcePort": "all", "destinationPort": port,
        "position": position, "direction": "ingress", "action": "deny"})
    };
    let body = json!({"aclRules": [rule(10, "10"), rule(20, "20")]});
    baidu(it, "POST", "/v1/acl/rule", body);
    let list = huawei(it, "GET", "/v3/{p}/vpc/firewalls", Value::Null);
    let path = format!(
        "/v2.0/fwaas/firewall_groups/{}",
        text(&list["firewalls"][0]["id"])
    );
    let group = huawei(it, "GET", &path, Value::Null);
    let policy = text(&group["firewall_group"]["ingress_firewall_policy_id"]);
    let path = format!("/v2.0/fwaas/firewall_policies/{policy}");
    let mut rules = huawei(it, "GET", &path, Value::Null)["firewall_policy"]["firewall_rules"]
        .as_array()
        .cloned()
        .unwrap_or_default();
    rules.swap(0, 1);
    let body = json!({"firewall_policy": {"firewall_rules": rules}});
    huawei(it, "PUT", &path, body);
    let places = |it: &mut World| -> Vec<(String, u64)> {
        let seen = baidu(
            it,
            "GET",
            &format!("/v1/acl/rule?subnetId={subnet}"),
            Value::Null,
        );
        let seen = seen["aclRules"].as_array().cloned().unwrap_or_default();
        let own = seen.iter().filter(|it| it["id"].is_string());
        own.map(|it| {
            (
                text(&it["destinationPort"]),
                it["position"].as_u64().unwrap_or(0),
            )
        })
        .collect()
    };
    let pair = |port: &str, at: u64| (port.to_owned(), at);
    assert_eq!(places(it), [pair("20", 20), pair("10", 21)]);
    // What is added finds its place among them.
    baidu(
        it,
        "POST",
        "/v1/acl/rule",
        json!({"aclRules": [rule(15, "15")]}),
    );
    assert_eq!(places(it), [pair("15", 15), pair("20", 20), pair("10", 21)]);
}
