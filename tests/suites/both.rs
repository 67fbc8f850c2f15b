//! One domain, two clouds: what is made through one is the same thing through the other.

#[path = "both/interfaces.rs"]
mod interfaces;
#[path = "both/routes.rs"]
mod routes;

use serde_json::{Value, json};
use vpcd::cloud::Cloud;
use vpcd_tests::world::{Ask, Side, World};

fn call(world: &mut World, side: Side, method: &str, path: &str, body: Value) -> (u16, Value) {
    let me = world.me.clone();
    let path = path.replace("{p}", &me.project);
    let text = if body.is_null() {
        String::new()
    } else {
        body.to_string()
    };
    let reply = world.send(
        side,
        Some(&me),
        &Ask {
            method: method.into(),
            path,
            body: text,
            ..Ask::default()
        },
    );
    (reply.status, reply.body.unwrap_or(Value::Null))
}

#[test]
fn a_network_made_in_one_cloud_is_listed_and_deleted_in_the_other() {
    let mut world = World::new(Cloud::ephemeral_for_tests(5).unwrap());
    let body = json!({"vpc": {"name": "both", "cidr": "10.0.0.0/16"}});
    let (status, made) = call(&mut world, Side::Huawei, "POST", "/v1/{p}/vpcs", body);
    assert_eq!(status, 200, "{made}");
    let (_, page) = call(&mut world, Side::Baidu, "GET", "/v1/vpc", Value::Null);
    assert_eq!(page["vpcs"][0]["name"], "both", "{page}");
    let alias = page["vpcs"][0]["vpcId"].as_str().unwrap().to_owned();
    let subnet = json!({"name": "s", "zoneName": "cn-bj-a", "cidr": "10.0.1.0/24", "vpcId": alias});
    let (status, subnet) = call(&mut world, Side::Baidu, "POST", "/v1/subnet", subnet);
    assert_eq!(status, 200, "{subnet}");
    let (_, list) = call(
        &mut world,
        Side::Huawei,
        "GET",
        "/v1/{p}/subnets",
        Value::Null,
    );
    assert_eq!(list["subnets"][0]["cidr"], "10.0.1.0/24", "{list}");
    let path = format!("/v1/{{p}}/vpcs/{}", made["vpc"]["id"].as_str().unwrap());
    let (status, refused) = call(&mut world, Side::Huawei, "DELETE", &path, Value::Null);
    assert_eq!((status, refused["code"].as_str()), (409, Some("VPC.0104")));
    let path = format!("/v1/subnet/{}", subnet["subnetId"].as_str().unwrap());
    assert_eq!(
        call(&mut world, Side::Baidu, "DELETE", &path, Value::Null).0,
        200
    );
    assert_eq!(
        call(
            &mut world,
            Side::Baidu,
            "DELETE",
            &format!("/v1/vpc/{alias}"),
            Value::Null
        )
        .0,
        200
    );
    let (_, list) = call(&mut world, Side::Huawei, "GET", "/v1/{p}/vpcs", Value::Null);
    assert_eq!(list["vpcs"], json!([]));
}

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

/// A call through either cloud that must succeed.
fn must(world: &mut World, side: Side, method: &str, path: &str, body: Value) -> Value {
    let (status, answer) = call(world, side, method, path, body);
    assert!(status < 300, "{method} {path}: {status} {answer}");
    answer
}

fn text(value: &Value) -> String {
    value.as_str().unwrap_or_default().to_owned()
}

#[test]
fn a_group_of_a_network_is_a_regular_group() {
    let mut world = World::new(Cloud::ephemeral_for_tests(6).unwrap());
    let it = &mut world;
    let body = json!({"name": "net", "cidr": "10.0.0.0/16"});
    let vpc = text(&must(it, Side::Baidu, "POST", "/v1/vpc", body)["vpcId"]);
    let body = json!({"name": "web", "vpcId": vpc,
        "rules": [{"direction": "ingress", "protocol": "tcp", "portRange": "80"}]});
    let regular = must(it, Side::Baidu, "POST", "/v2/securityGroup", body);
    let regular = text(&regular["securityGroupId"]);
    // The one of the network has its rule, and judges a port of the other cloud.
    let path = "/v3/{p}/vpc/security-groups?name=web";
    let list = must(it, Side::Huawei, "GET", path, Value::Null);
    let id = text(&list["security_groups"][0]["id"]);
    let path = format!("/v3/{{p}}/vpc/security-groups/{id}");
    let group = must(it, Side::Huawei, "GET", &path, Value::Null);
    let rules = &group["security_group"]["security_group_rules"];
    assert_eq!(rules[0]["multiport"], "80", "{group}");
    let body = json!({"name": "s", "zoneName": "z", "cidr": "10.0.1.0/24", "vpcId": vpc});
    must(it, Side::Baidu, "POST", "/v1/subnet", body);
    let subnets = must(it, Side::Huawei, "GET", "/v1/{p}/subnets", Value::Null);
    let body = json!({"port": {"network_id": subnets["subnets"][0]["id"],
        "security_groups": [id]}});
    let port = must(it, Side::Huawei, "POST", "/v2.0/ports", body);
    let path = format!("/v2/securityGroup/{regular}");
    let shown = must(it, Side::Baidu, "GET", &path, Value::Null);
    assert_eq!(shown["bindInstanceNum"], 1, "{shown}");
    let port = text(&port["port"]["id"]);
    // What a port carries names that port as its device, which is all that an instance is to a list of groups.
    let body = json!({"sub_network_interface": {"virsubnet_id": subnets["subnets"][0]["id"],
        "parent_id": port, "security_groups": [id]}});
    let path_of_carried = "/v3/{p}/vpc/sub-network-interfaces";
    let carried = must(it, Side::Huawei, "POST", path_of_carried, body);
    let of_instance = format!("/v2/securityGroup?vpcId={vpc}&instanceId={port}");
    let list = must(it, Side::Baidu, "GET", &of_instance, Value::Null);
    assert_eq!(list["securityGroups"][0]["id"], regular.as_str(), "{list}");
    let carried = text(&carried["sub_network_interface"]["id"]);
    let carried = format!("{path_of_carried}/{carried}");
    must(it, Side::Huawei, "DELETE", &carried, Value::Null);
    let (status, refused) = call(it, Side::Baidu, "DELETE", &path, Value::Null);
    let code = "SecurityGroup.InstancesAssociatedSecurityGroupCanNotBeDeleted";
    assert_eq!((status, &refused["code"]), (409, &json!(code)));
    let body = json!({"port": {"security_groups": []}});
    let port = format!("/v2.0/ports/{port}");
    must(it, Side::Huawei, "PUT", &port, body);
    // Gone there, gone here.
    let huaweis = format!("/v3/{{p}}/vpc/security-groups/{id}");
    must(it, Side::Huawei, "DELETE", &huaweis, Value::Null);
    assert_eq!(call(it, Side::Baidu, "GET", &path, Value::Null).0, 404);
}

#[test]
fn a_group_of_the_project_is_an_enterprise_group() {
    let mut world = World::new(Cloud::ephemeral_for_tests(8).unwrap());
    let it = &mut world;
    let body = json!({"security_group": {"name": "shared"}});
    must(
        it,
        Side::Huawei,
        "POST",
        "/v3/{p}/vpc/security-groups",
        body,
    );
    let all = "/v1/enterprise/security";
    let list = must(it, Side::Baidu, "GET", all, Value::Null);
    let groups = list["enterpriseSecurityGroups"].as_array().unwrap();
    let shared = groups.iter().find(|it| it["name"] == "shared").unwrap();
    assert_eq!(shared["rules"].as_array().unwrap().len(), 4, "{shared}");
    // A group at the far end is no set of addresses, and not everybody either.
    let inside = shared["rules"].as_array().unwrap().iter();
    let mut inside = inside.filter(|rule| rule["direction"] == "ingress");
    assert!(inside.all(|rule| rule["remoteIpGroup"] == shared["id"] && rule["sourceIp"] == ""));
    let path = format!("{all}/{}", text(&shared["id"]));
    must(it, Side::Baidu, "DELETE", &path, Value::Null);
    let list = must(
        it,
        Side::Huawei,
        "GET",
        "/v1/{p}/security-groups",
        Value::Null,
    );
    let names = list["security_groups"].as_array().unwrap().iter();
    assert!(!names.clone().any(|it| it["name"] == "shared"), "{list}");
}

#[test]
fn address_groups_and_reserved_segments_are_seen_through_both() {
    let mut world = World::new(Cloud::ephemeral_for_tests(7).unwrap());
    let it = &mut world;
    let body = json!({"name": "offices", "ipVersion": "IPv4",
        "ipAddressInfo": [{"ipAddress": "10.0.0.0/8", "description": "all"}]});
    let set = text(&must(it, Side::Baidu, "POST", "/v1/ipSet", body)["ipSetId"]);
    let body = json!({"name": "family", "ipVersion": "IPv4", "ipSetIds": [set]});
    let family = text(&must(it, Side::Baidu, "POST", "/v1/ipGroup", body)["ipGroupId"]);
    let path = "/v3/{p}/vpc/address-groups";
    let list = must(it, Side::Huawei, "GET", path, Value::Null);
    let group = &list["address_groups"][0];
    assert_eq!(group["ip_set"], json!(["10.0.0.0/8"]), "{list}");
    let path = format!("{path}/{}", text(&group["id"]));
    assert_eq!(call(it, Side::Huawei, "DELETE", &path, Value::Null).0, 409);
    must(
        it,
        Side::Baidu,
        "DELETE",
        &format!("/v1/ipGroup/{family}"),
        Value::Null,
    );
    must(it, Side::Huawei, "DELETE", &path, Value::Null);
    let list = must(it, Side::Baidu, "GET", "/v1/ipSet", Value::Null);
    assert_eq!(list["ipSets"], json!([]));

    let body = json!({"name": "net", "cidr": "10.0.0.0/16"});
    let vpc = text(&must(it, Side::Baidu, "POST", "/v1/vpc", body)["vpcId"]);
    let body = json!({"name": "s", "zoneName": "z", "cidr": "10.0.1.0/24", "vpcId": vpc});
    let subnet = text(&must(it, Side::Baidu, "POST", "/v1/subnet", body)["subnetId"]);
    let body = json!({"subnetId": subnet, "ipCidr": "10.0.1.128/25", "ipVersion": 4});
    must(it, Side::Baidu, "POST", "/v1/subnet/ipreserve", body);
    let path = "/v3/{p}/vpc/virsubnet-cidr-reservations";
    let list = must(it, Side::Huawei, "GET", path, Value::Null);
    let reserve = &list["virsubnet_cidr_reservations"][0];
    assert_eq!(reserve["cidr"], "10.0.1.128/25", "{list}");
    let path = format!("{path}/{}", text(&reserve["id"]));
    must(it, Side::Huawei, "DELETE", &path, Value::Null);
    let list = must(it, Side::Baidu, "GET", "/v1/subnet/ipreserve", Value::Null);
    assert_eq!(list["ipReserves"], json!([]));
}
