//! What one cloud says of a public address binds the other.

use serde_json::{Value, json};
use vpcd::cloud::Cloud;
use vpcd_tests::world::{Side, World};

use crate::call;

/// A call that must succeed.
fn done(world: &mut World, side: Side, method: &str, path: &str, body: Value) -> Value {
    let (status, answer) = call(world, side, method, path, body);
    assert!(status < 300, "{method} {path}: {status} {answer}");
    world.settle();
    answer
}

fn text(value: &Value) -> String {
    value.as_str().unwrap_or_default().to_owned()
}

/// A network with a subnet, by their short ids.
fn network(it: &mut World) -> (String, String) {
    let body = json!({"name": "net", "cidr": "192.168.0.0/16"});
    let vpc = text(&done(it, Side::Baidu, "POST", "/v1/vpc", body)["vpcId"]);
    let body =
        json!({"name": "sub", "zoneName": "cn-bj-a", "cidr": "192.168.1.0/24", "vpcId": vpc});
    let subnet = done(it, Side::Baidu, "POST", "/v1/subnet", body);
    (vpc, text(&subnet["subnetId"]))
}

/// A public address, and its id.
fn address(it: &mut World, more: Value) -> (String, String) {
    let mut body = json!({"bandwidthInMbps": 1});
    for (key, value) in more.as_object().into_iter().flatten() {
        body[key] = value.clone();
    }
    let address = text(&done(it, Side::Baidu, "POST", "/v1/eip", body)["eip"]);
    let path = format!("/v1/{{p}}/publicips?public_ip_address={address}");
    let found = done(it, Side::Huawei, "GET", &path, Value::Null);
    let id = text(&found["publicips"][0]["id"]);
    assert_eq!(found["publicips"][0]["public_ip_address"], json!(address));
    (address, id)
}

fn status(it: &mut World, address: &str) -> Value {
    let path = format!("/v1/eip?eip={address}");
    done(it, Side::Baidu, "GET", &path, Value::Null)["eipList"][0]["status"].clone()
}

#[test]
fn a_protected_address_stays_whoever_deletes_it() {
    let it = &mut World::new(Cloud::ephemeral_for_tests(31).unwrap());
    let (_, subnet) = network(it);
    let (address, id) = address(it, json!({"deleteProtect": true}));
    let body = json!({"name": "nic", "subnetId": subnet,
        "privateIpSet": [{"privateIpAddress": "", "primary": true}]});
    let eni = text(&done(it, Side::Baidu, "POST", "/v1/eni", body)["eniId"]);
    let body = json!({"instanceType": "ENI", "instanceId": eni});
    let bind = format!("/v1/eip/{address}?bind");
    done(it, Side::Baidu, "PUT", &bind, body);
    // The native API takes an address off its port to delete it, which must not be a way around.
    let floating = format!("/v2.0/floatingips/{id}");
    let (refused, why) = call(it, Side::Huawei, "DELETE", &floating, Value::Null);
    assert!((400..500).contains(&refused), "{refused} {why}");
    assert_eq!(status(it, &address), "binded");
    let unbind = format!("/v1/eip/{address}?unbind");
    done(it, Side::Baidu, "PUT", &unbind, Value::Null);
    let plain = format!("/v1/{{p}}/publicips/{id}");
    for path in [&floating, &plain] {
        let (refused, why) = call(it, Side::Huawei, "DELETE", path, Value::Null);
        assert!((400..500).contains(&refused), "{path}: {refused} {why}");
    }
    let protect = format!("/v1/eip/{address}/deleteProtect");
    done(
        it,
        Side::Baidu,
        "PUT",
        &protect,
        json!({"deleteProtect": false}),
    );
    done(it, Side::Huawei, "DELETE", &floating, Value::Null);
    assert_eq!(status(it, &address), Value::Null);
}

#[test]
fn what_a_vpn_gateway_brought_stays_when_it_was_protected_since() {
    let it = &mut World::new(Cloud::ephemeral_for_tests(32).unwrap());
    let body = json!({"vpc": {"name": "vpc", "cidr": "10.0.0.0/8"}});
    let vpc = done(it, Side::Huawei, "POST", "/v1/{p}/vpcs", body)["vpc"]["id"].clone();
    let body = json!({"subnet": {"name": "sub", "cidr": "10.0.1.0/24", "gateway_ip": "10.0.1.1",
        "vpc_id": vpc}});
    let made = done(it, Side::Huawei, "POST", "/v1/{p}/subnets", body);
    let subnet = made["subnet"]["id"].clone();
    let eip = json!({"type": "5_bgp", "charge_mode": "traffic", "bandwidth_size": 10});
    let body = json!({"vpn_gateway": {"vpc_id": vpc, "connect_subnet": subnet,
        "local_subnets": ["10.0.1.0/24"], "eip1": eip, "eip2": eip}});
    let made = done(it, Side::Huawei, "POST", "/v5/{p}/vpn-gateways", body);
    let gateway = text(&made["vpn_gateway"]["id"]);
    let path = format!("/v5/{{p}}/vpn-gateways/{gateway}");
    let shown = done(it, Side::Huawei, "GET", &path, Value::Null);
    let of = |slot: &str| text(&shown["vpn_gateway"][slot]["ip_address"]);
    let (kept, gone) = (of("eip1"), of("eip2"));
    let protect = format!("/v1/eip/{kept}/deleteProtect");
    done(
        it,
        Side::Baidu,
        "PUT",
        &protect,
        json!({"deleteProtect": true}),
    );
    done(it, Side::Huawei, "DELETE", &path, Value::Null);
    assert_eq!(call(it, Side::Huawei, "GET", &path, Value::Null).0, 404);
    assert_eq!(status(it, &kept), "available");
    assert_eq!(status(it, &gone), Value::Null);
}

#[test]
fn a_frozen_address_stays_on_its_nat_gateway() {
    let it = &mut World::new(Cloud::ephemeral_for_tests(33).unwrap());
    let (vpc, _) = network(it);
    let (address, id) = address(it, json!({}));
    let body = json!({"name": "gate", "vpcId": vpc, "cuNum": 1, "bindEips": [address],
        "billing": {"paymentTiming": "Postpaid"}});
    let nat = text(&done(it, Side::Baidu, "POST", "/v1/nat", body)["natId"]);
    let frozen = json!({"scope": id, "value": true});
    it.admin("PUT", "/admin/v1/conditions/frozen", frozen);
    let unbind = format!("/v1/nat/{nat}?unbind");
    let body = json!({"bindEips": [address]});
    let (status, why) = call(it, Side::Baidu, "PUT", &unbind, body);
    assert_eq!(
        (status, why["code"].as_str()),
        (400, Some("RequestEipInvalid"))
    );
}

#[test]
fn the_binding_of_an_address_is_one_whichever_way_it_is_asked_for() {
    let it = &mut World::new(Cloud::ephemeral_for_tests(34).unwrap());
    let (vpc, subnet) = network(it);
    let (address, id) = address(it, json!({}));
    let body = json!({"name": "gate", "vpcId": vpc, "cuNum": 1, "bindEips": [address],
        "billing": {"paymentTiming": "Postpaid"}});
    done(it, Side::Baidu, "POST", "/v1/nat", body.clone());
    let port = json!({"name": "nic", "subnetId": subnet,
        "privateIpSet": [{"privateIpAddress": "192.168.1.9", "primary": true}]});
    let eni = text(&done(it, Side::Baidu, "POST", "/v1/eni", port)["eniId"]);
    let port = json!({"name": "virtual", "subnetId": subnet, "privateIpAddress": ""});
    let havip = text(&done(it, Side::Baidu, "POST", "/v1/havip", port)["haVipId"]);
    let ports = done(
        it,
        Side::Huawei,
        "GET",
        "/v1/{p}/ports?fixed_ips=ip_address=192.168.1.9",
        Value::Null,
    );
    let port = ports["ports"][0]["id"].clone();
    assert!(port.is_string(), "{ports}");
    let public = json!({"publicIpAddress": address, "privateIpAddress": "192.168.1.9"});
    let v3 =
        json!({"publicip": {"associate_instance_type": "PORT", "associate_instance_id": port}});
    for (side, method, path, body) in [
        (
            Side::Baidu,
            "PUT",
            format!("/v1/eip/{address}?bind"),
            json!({"instanceType": "ENI", "instanceId": eni}),
        ),
        (
            Side::Baidu,
            "PUT",
            format!("/v1/eni/{eni}?bind"),
            public.clone(),
        ),
        (
            Side::Baidu,
            "PUT",
            format!("/v1/havip/{havip}?bindPublicIp"),
            public,
        ),
        (Side::Baidu, "POST", "/v1/nat".to_owned(), body),
        (
            Side::Huawei,
            "PUT",
            format!("/v1/{{p}}/publicips/{id}"),
            json!({"publicip": {"port_id": port}}),
        ),
        (
            Side::Huawei,
            "POST",
            format!("/v3/{{p}}/eip/publicips/{id}/associate-instance"),
            v3,
        ),
        (
            Side::Huawei,
            "PUT",
            format!("/v2.0/floatingips/{id}"),
            json!({"floatingip": {"port_id": port}}),
        ),
    ] {
        let (status, answer) = call(it, side, method, &path, body);
        assert!((400..500).contains(&status), "{path}: {status} {answer}");
    }
    let path = format!("/v1/eip?eip={address}");
    let seen = done(it, Side::Baidu, "GET", &path, Value::Null);
    assert_eq!(seen["eipList"][0]["instanceType"], "NAT", "{seen}");
}

#[test]
fn a_port_behind_nat_takes_no_address_on_either_side() {
    let it = &mut World::new(Cloud::ephemeral_for_tests(36).unwrap());
    let (vpc, _) = network(it);
    let body = json!({"name": "inner", "zoneName": "cn-bj-a", "cidr": "192.168.2.0/24", "vpcId": vpc,
        "subnetType": "BCC_NAT"});
    let subnet = text(&done(it, Side::Baidu, "POST", "/v1/subnet", body)["subnetId"]);
    let body = json!({"name": "nic", "subnetId": subnet,
        "privateIpSet": [{"privateIpAddress": "", "primary": true}]});
    done(it, Side::Baidu, "POST", "/v1/eni", body);
    let body = json!({"name": "virtual", "subnetId": subnet, "privateIpAddress": ""});
    done(it, Side::Baidu, "POST", "/v1/havip", body);
    let listed = done(it, Side::Huawei, "GET", "/v1/{p}/ports", Value::Null);
    let ports = listed["ports"].as_array().unwrap().iter();
    let ports: Vec<String> = ports
        .filter(|port| ["nic", "virtual"].contains(&port["name"].as_str().unwrap()))
        .map(|port| text(&port["id"]))
        .collect();
    assert_eq!(ports.len(), 2, "{listed}");
    let (_, id) = address(it, json!({}));
    for port in ports {
        let line = json!({"name": "b", "size": 5, "share_type": "PER"});
        for (method, path, body, code) in [
            (
                "POST",
                "/v1/{p}/publicips".to_owned(),
                json!({"publicip": {"type": "5_bgp", "port_id": port}, "bandwidth": line}),
                "VPC.0501",
            ),
            (
                "PUT",
                format!("/v1/{{p}}/publicips/{id}"),
                json!({"publicip": {"port_id": port}}),
                "VPC.0501",
            ),
            (
                "POST",
                format!("/v3/{{p}}/eip/publicips/{id}/associate-instance"),
                json!({"publicip": {"associate_instance_type": "PORT", "associate_instance_id": port}}),
                "EIP.7901",
            ),
        ] {
            let (status, why) = call(it, Side::Huawei, method, &path, body);
            let shown = why["code"].as_str().or(why["error_code"].as_str());
            assert_eq!((status, shown), (400, Some(code)), "{path}: {why}");
        }
        let path = format!("/v2.0/floatingips/{id}");
        let body = json!({"floatingip": {"port_id": port}});
        let (status, why) = call(it, Side::Huawei, "PUT", &path, body);
        let kind = why["NeutronError"]["type"].as_str();
        assert_eq!((status, kind), (400, Some("InvalidInput")), "{why}");
    }
}

#[test]
fn who_wants_no_more_of_an_address_is_not_kept() {
    let it = &mut World::new(Cloud::ephemeral_for_tests(37).unwrap());
    let (vpc, _) = network(it);
    let month = json!({"paymentTiming": "Prepaid", "billingMethod": "ByBandwidth",
        "reservation": {"reservationLength": 1, "reservationTimeUnit": "month"}});
    let (address, id) = address(it, json!({"billing": month}));
    let body = json!({"name": "gate", "vpcId": vpc, "cuNum": 1, "bindEips": [address],
        "billing": {"paymentTiming": "Postpaid"}});
    let nat = text(&done(it, Side::Baidu, "POST", "/v1/nat", body)["natId"]);
    it.admin("PUT", "/admin/v1/clock", json!({"step_seconds": 2_678_400}));
    it.settle();
    assert_eq!(status(it, &address), "paused");
    let path = format!("/v1/{{p}}/publicips/{id}");
    let shown = done(it, Side::Huawei, "GET", &path, Value::Null);
    assert_eq!(shown["publicip"]["status"], "FREEZED");
    let unbind = format!("/v1/nat/{nat}?unbind");
    let body = json!({"bindEips": [address]});
    done(it, Side::Baidu, "PUT", &unbind, body);
    let path = format!("/v1/eip/{address}");
    done(it, Side::Baidu, "DELETE", &path, Value::Null);
    assert_eq!(status(it, &address), Value::Null);
}

#[test]
fn a_peering_that_is_frozen_is_down_and_one_that_is_not_paid_for_expires() {
    let it = &mut World::new(Cloud::ephemeral_for_tests(38).unwrap());
    let vpc = |it: &mut World, name, cidr| {
        let body = json!({"name": name, "cidr": cidr});
        text(&done(it, Side::Baidu, "POST", "/v1/vpc", body)["vpcId"])
    };
    let (near, far) = (
        vpc(it, "near", "10.0.0.0/16"),
        vpc(it, "far", "10.1.0.0/16"),
    );
    let body = json!({"localVpcId": near, "peerVpcId": far, "peerRegion": "elsewhere",
        "bandwidthInMbps": 10, "billing": {"paymentTiming": "Prepaid",
        "reservation": {"reservationLength": 1, "reservationTimeUnit": "month"}}});
    let alias = text(&done(it, Side::Baidu, "POST", "/v1/peerconn", body)["peerConnId"]);
    let listed = done(it, Side::Huawei, "GET", "/v2.0/vpc/peerings", Value::Null);
    let id = text(&listed["peerings"][0]["id"]);
    let path = format!("/v1/peerconn/{alias}");
    let shown = |it: &mut World| done(it, Side::Baidu, "GET", &path, Value::Null)["status"].clone();
    for (frozen, status) in [(true, "down"), (false, "active")] {
        let body = json!({"scope": id, "value": frozen});
        it.admin("PUT", "/admin/v1/conditions/frozen", body);
        assert_eq!(shown(it), status);
    }
    it.admin(
        "PUT",
        "/admin/v1/profile",
        json!({"profile": "realistic", "seed": 1}),
    );
    for (frozen, status) in [(true, "stopping"), (false, "starting")] {
        let body = json!({"scope": id, "value": frozen});
        it.admin("PUT", "/admin/v1/conditions/frozen", body);
        assert_eq!(shown(it), status);
        it.admin("PUT", "/admin/v1/clock", json!({"step_seconds": 10}));
        it.settle();
    }
    assert_eq!(shown(it), "active");
    let month = json!({"step_seconds": 2_678_400});
    it.admin("PUT", "/admin/v1/clock", month);
    it.settle();
    it.admin("PUT", "/admin/v1/clock", json!({"step_seconds": 10}));
    it.settle();
    assert_eq!(shown(it), "expired");
}

/// An address that one of several addresses of an interface has is shown, and found, by that one through each API.
#[test]
fn an_address_is_found_by_whichever_private_one_has_it() {
    let it = &mut World::new(Cloud::ephemeral_for_tests(37).unwrap());
    let (_, subnet) = network(it);
    let (address, id) = address(it, json!({}));
    let set = json!([{"privateIpAddress": "192.168.1.20", "primary": true},
        {"privateIpAddress": "192.168.1.21"}]);
    let body = json!({"name": "nic", "subnetId": subnet, "privateIpSet": set});
    let eni = text(&done(it, Side::Baidu, "POST", "/v1/eni", body)["eniId"]);
    let body = json!({"publicIpAddress": address, "privateIpAddress": "192.168.1.21"});
    done(it, Side::Baidu, "PUT", &format!("/v1/eni/{eni}?bind"), body);
    for (list, filter) in [
        ("/v1/{p}/publicips", "private_ip_address"),
        ("/v3/{p}/eip/publicips", "vnic.private_ip_address"),
    ] {
        for (private, found) in [("192.168.1.21", vec![&id]), ("192.168.1.20", vec![])] {
            let path = format!("{list}?{filter}={private}");
            let listed = done(it, Side::Huawei, "GET", &path, Value::Null);
            let listed = listed["publicips"].as_array().unwrap();
            let ids: Vec<String> = listed.iter().map(|it| text(&it["id"])).collect();
            assert_eq!(ids.iter().collect::<Vec<_>>(), found, "{path}");
        }
    }
    let path = format!("/v3/{{p}}/eip/publicips/{id}");
    let shown = done(it, Side::Huawei, "GET", &path, Value::Null);
    let private = &shown["publicip"]["vnic"]["private_ip_address"];
    assert_eq!(*private, "192.168.1.21", "{shown}");
}
