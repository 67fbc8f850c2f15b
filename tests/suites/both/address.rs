//! Public addresses, NAT gateways and orders through both clouds.

use serde_json::{Value, json};
use vpcd::cloud::Cloud;
use vpcd_tests::world::{Side, World};

use crate::call;

#[test]
fn addresses_and_nat_gateways_are_the_same_in_both_clouds() {
    let mut world = World::new(Cloud::ephemeral_for_tests(6).unwrap());
    let baidu = |world: &mut World, method: &str, path: &str, body: Value| {
        let (status, answer) = call(world, Side::Baidu, method, path, body);
        assert_eq!(status, 200, "{method} {path}: {answer}");
        world.settle();
        answer
    };
    let body = json!({"vpc": {"name": "both", "cidr": "10.0.0.0/16"}});
    let (_, made) = call(&mut world, Side::Huawei, "POST", "/v1/{p}/vpcs", body);
    let vpc = made["vpc"]["id"].as_str().unwrap().to_owned();
    let alias = baidu(&mut world, "GET", "/v1/vpc", Value::Null)["vpcs"][0]["vpcId"].clone();
    let subnet = json!({"name": "s", "zoneName": "cn-bj-a", "cidr": "10.0.1.0/24", "vpcId": alias});
    baidu(&mut world, "POST", "/v1/subnet", subnet);
    // Taken there, seen and bound here.
    let body = json!({"publicip": {"type": "5_bgp", "alias": "shared"}, "bandwidth": {"name": "b", "size": 5, "share_type": "PER"}});
    let (status, taken) = call(&mut world, Side::Huawei, "POST", "/v1/{p}/publicips", body);
    assert_eq!(status, 200, "{taken}");
    world.settle();
    let address = taken["publicip"]["public_ip_address"].as_str().unwrap();
    let billing = json!({"paymentTiming": "Postpaid"});
    let gate = json!({"name": "gate", "vpcId": alias, "cuNum": 1, "billing": billing});
    let nat = baidu(&mut world, "POST", "/v1/nat", gate);
    let path = format!("/v1/nat/{}", nat["natId"].as_str().unwrap());
    let bind = json!({"bindEips": [address]});
    baidu(&mut world, "PUT", &format!("{path}?bind"), bind.clone());
    let shown = format!(
        "/v3/{{p}}/eip/publicips/{}",
        taken["publicip"]["id"].as_str().unwrap()
    );
    let (_, seen) = call(&mut world, Side::Huawei, "GET", &shown, Value::Null);
    let seen = &seen["publicip"];
    assert_eq!(seen["associate_instance_type"], "NATGW", "{seen}");
    assert_eq!(seen["vnic"]["vpc_id"], vpc.as_str(), "{seen}");
    let id = seen["associate_instance_id"].as_str().unwrap().to_owned();
    // Its id leads a route there, and so it stays here.
    let (_, table) = call(
        &mut world,
        Side::Huawei,
        "GET",
        &format!("/v1/{{p}}/routetables?vpc_id={vpc}"),
        Value::Null,
    );
    let table = format!(
        "/v1/{{p}}/routetables/{}",
        table["routetables"][0]["id"].as_str().unwrap()
    );
    let route = |what: &str| json!({"routetable": {"routes": {what: [{"type": "nat", "destination": "0.0.0.0/0", "nexthop": id}]}}});
    let (status, answer) = call(&mut world, Side::Huawei, "PUT", &table, route("add"));
    assert_eq!(status, 200, "{answer}");
    let (status, _) = call(&mut world, Side::Baidu, "DELETE", &path, Value::Null);
    assert_eq!(status, 409);
    call(&mut world, Side::Huawei, "PUT", &table, route("del"));
    // Unbound there, given back here.
    let free = format!("{shown}/disassociate-instance");
    let (status, answer) = call(&mut world, Side::Huawei, "POST", &free, Value::Null);
    assert_eq!(status, 200, "{answer}");
    world.settle();
    let list = baidu(&mut world, "GET", &path, Value::Null);
    assert_eq!(list["status"], "unconfigured", "{list}");
    let bound =
        json!({"publicip": {"associate_instance_type": "NATGW", "associate_instance_id": id}});
    let path_bind = format!("{shown}/associate-instance");
    let (status, answer) = call(&mut world, Side::Huawei, "POST", &path_bind, bound);
    assert_eq!(status, 200, "{answer}");
    world.settle();
    let list = baidu(&mut world, "GET", &path, Value::Null);
    assert_eq!(list["bindEips"], json!([address]), "{list}");
    baidu(&mut world, "DELETE", &path, Value::Null);
    baidu(
        &mut world,
        "DELETE",
        &format!("/v1/eip/{address}"),
        Value::Null,
    );
    let (_, list) = call(
        &mut world,
        Side::Huawei,
        "GET",
        "/v1/{p}/publicips",
        Value::Null,
    );
    assert_eq!(list["publicips"], json!([]));
}

#[test]
fn what_is_paid_in_advance_is_so_in_both_clouds() {
    let mut world = World::new(Cloud::ephemeral_for_tests(7).unwrap());
    let reservation = json!({"reservationLength": 1, "reservationTimeUnit": "month"});
    let billing = json!({"paymentTiming": "Prepaid", "billingMethod": "ByBandwidth", "reservation": reservation});
    let body = json!({"bandwidthInMbps": 5, "billing": billing});
    let (status, made) = call(&mut world, Side::Baidu, "POST", "/v1/eip", body.clone());
    assert_eq!(status, 200, "{made}");
    world.settle();
    let (_, list) = call(
        &mut world,
        Side::Huawei,
        "GET",
        "/v1/{p}/publicips",
        Value::Null,
    );
    let order = list["publicips"][0]["profile"]["order_id"].as_str();
    assert!(order.is_some_and(|order| order.starts_with("CS")), "{list}");
    // One payment that fails is the same for both.
    let fails = json!({"scope": "*", "value": "fails"});
    world.admin("PUT", "/admin/v1/conditions/payment", fails);
    let (status, _) = call(&mut world, Side::Baidu, "POST", "/v1/eip", body);
    assert_eq!(status, 409);
    let terms = json!({"charge_mode": "prePaid", "period_type": "month", "period_num": 1, "is_auto_pay": "true"});
    let body = json!({"publicip": {"type": "5_bgp"}, "bandwidth": {"name": "b", "size": 5, "share_type": "PER", "charge_mode": "bandwidth"}, "extendParam": terms});
    let (status, answer) = call(
        &mut world,
        Side::Huawei,
        "POST",
        "/v2.0/{p}/publicips",
        body,
    );
    assert_eq!(status, 400, "{answer}");
}
