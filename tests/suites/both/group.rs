//! Security groups, address groups and reserved segments through both clouds.

use serde_json::{Value, json};
use vpcd::cloud::Cloud;
use vpcd_tests::world::{Side, World};

use crate::{call, must, text};

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
