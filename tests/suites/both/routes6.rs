//! Routes of IPv6, and what they need, through both clouds.

use serde_json::{Value, json};
use vpcd::cloud::Cloud;
use vpcd_tests::world::{Side, World};

use crate::routes::{baidu, huawei, networks, single};
use crate::{call, text};

/// The routes of a table as the one cloud shows them, without the platform's.
fn own_routes(it: &mut World, path: &str) -> Vec<(String, String, String)> {
    let table = huawei(it, "GET", path, Value::Null);
    let routes = table["routetable"]["routes"].as_array();
    let routes = routes.cloned().unwrap_or_default();
    let word = |route: &Value, key: &str| text(&route[key]);
    let shown = routes.iter().map(|it| {
        (
            word(it, "type"),
            word(it, "destination"),
            word(it, "nexthop"),
        )
    });
    let platforms = ["10.", "100.", "127.", "192.168.", "198.19.", "2001:db8:0:"];
    let kept =
        |to: &str| platforms.iter().any(|block| to.starts_with(block)) || to == "2001:db8::/64";
    shown.filter(|(_, to, _)| !kept(to)).collect()
}

#[test]
fn routes_of_ipv6_are_seen_and_taken_away_through_both() {
    let it = &mut World::new(Cloud::ephemeral_for_tests(26).unwrap());
    let project = it.me.project.clone();
    let six = json!({"scope": format!("project/{project}"), "value": true});
    it.admin("PUT", "/admin/v1/conditions/feature.ipv6", six);
    let (short, long) = networks(it);
    for vpc in &short {
        let path = format!("/v1/vpc/{vpc}?modifyAttribute");
        let on = json!({"name": "n", "enableIpv6": true});
        baidu(it, "PUT", &path, on);
    }
    let body = json!({"name": "gate", "vpcId": short[0], "bandwidthInMbps": 10,
        "billing": {"paymentTiming": "Postpaid"}});
    let gateway = text(&baidu(it, "POST", "/v1/IPv6Gateway", body)["gatewayId"]);
    let body = json!({"localVpcId": short[0], "peerVpcId": short[1], "peerRegion": "elsewhere",
        "bandwidthInMbps": 10, "billing": {"paymentTiming": "Postpaid"}});
    let peer = text(&baidu(it, "POST", "/v1/peerconn", body)["peerConnId"]);
    let peer = baidu(it, "GET", &format!("/v1/peerconn/{peer}"), Value::Null);
    let table = format!("/v1/route?vpcId={}", short[0]);
    let id = text(&baidu(it, "GET", &table, Value::Null)["routeTableId"]);
    let rule = |it: &mut World, to: &str, via: &str, hop: &Value| {
        let body = json!({"routeTableId": id, "sourceAddress": "::/0", "ipVersion": "6",
            "destinationAddress": to, "nexthopType": via, "nexthopId": hop});
        baidu(it, "POST", "/v1/route/rule", body);
    };
    // Written here ...
    rule(it, "::/0", "ipv6gateway", &json!(gateway));
    rule(it, "2001:db8:ff00::/40", "defaultGateway", &Value::Null);
    rule(it, "2001:db8:fe00::/40", "peerConn", &peer["localIfId"]);
    // ... seen there in the nearest words, and taken away by where they lead.
    let path = format!("/v1/{{p}}/routetables?vpc_id={}", long[0]);
    let tables = huawei(it, "GET", &path, Value::Null);
    let path = format!(
        "/v1/{{p}}/routetables/{}",
        text(&tables["routetables"][0]["id"])
    );
    let peerings = huawei(it, "GET", "/v2.0/vpc/peerings", Value::Null);
    let peering = text(&peerings["peerings"][0]["id"]);
    let seen = own_routes(it, &path);
    let words: Vec<_> = seen
        .iter()
        .map(|(via, to, _)| (via.as_str(), to.as_str()))
        .collect();
    assert_eq!(
        words,
        [
            ("igw", "::/0"),
            ("local", "2001:db8:ff00::/40"),
            ("peering", "2001:db8:fe00::/40")
        ]
    );
    assert_eq!(
        (seen[1].2.as_str(), seen[2].2.as_str()),
        ("-", peering.as_str())
    );
    assert_eq!(single(it).len(), 1);
    let gone: Vec<Value> = seen.iter().map(|it| json!({"destination": it.1})).collect();
    let change = json!({"routetable": {"routes": {"del": gone}}});
    huawei(it, "PUT", &path, change);
    let rules = baidu(it, "GET", &table, Value::Null)["routeRules"].clone();
    assert_eq!(rules.as_array().map(Vec::len), Some(2), "{rules}");
    back(it, &long[0], &peering, &table, &peer["localIfId"]);
}

/// Written there, seen and taken away here.
fn back(it: &mut World, vpc: &str, peering: &str, table: &str, interface: &Value) {
    let body = json!({"route": {"type": "peering", "nexthop": peering,
        "destination": "2001:db8:fd00::/40", "vpc_id": vpc}});
    huawei(it, "POST", "/v2.0/vpc/routes", body);
    let rules = baidu(it, "GET", table, Value::Null)["routeRules"].clone();
    let rule = &rules[2];
    assert_eq!(
        (
            &rule["nexthopType"],
            &rule["nexthopId"],
            &rule["sourceAddress"]
        ),
        (&json!("peerConn"), interface, &json!("::/0"))
    );
    let path = format!("/v1/route/rule/{}", text(&rule["routeRuleId"]));
    baidu(it, "DELETE", &path, Value::Null);
    assert!(single(it).is_empty());
}

#[test]
fn a_subnet_stays_while_a_route_is_for_its_packets_through_either_cloud() {
    let it = &mut World::new(Cloud::ephemeral_for_tests(27).unwrap());
    let (short, long) = networks(it);
    let body = json!({"name": "s", "zoneName": "z", "cidr": "192.168.1.0/24", "vpcId": short[0]});
    let subnet = text(&baidu(it, "POST", "/v1/subnet", body)["subnetId"]);
    let table = format!("/v1/route?vpcId={}", short[0]);
    let id = text(&baidu(it, "GET", &table, Value::Null)["routeTableId"]);
    let body = json!({"routeTableId": id, "sourceAddress": "192.168.1.0/25",
        "destinationAddress": "172.16.0.0/16", "nexthopType": "dcGateway", "nexthopId": "dcgw-1"});
    let rule = text(&baidu(it, "POST", "/v1/route/rule", body)["routeRuleId"]);
    let subnets = huawei(it, "GET", "/v1/{p}/subnets", Value::Null);
    let plain = text(&subnets["subnets"][0]["id"]);
    let path = format!("/v1/{{p}}/vpcs/{}/subnets/{plain}", long[0]);
    let (status, refused) = call(it, Side::Huawei, "DELETE", &path, Value::Null);
    assert_eq!((status, &refused["code"]), (500, &json!("VPC.0210")));
    let brief = format!("/v1/subnet/{subnet}");
    let (status, refused) = call(it, Side::Baidu, "DELETE", &brief, Value::Null);
    assert_eq!(
        (status, &refused["code"]),
        (409, &json!("ResourceNeedRelease"))
    );
    baidu(it, "DELETE", &format!("/v1/route/rule/{rule}"), Value::Null);
    huawei(it, "DELETE", &path, Value::Null);
}
