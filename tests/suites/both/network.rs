//! Networks, subnets, interfaces and peerings through both clouds.

use serde_json::{Value, json};
use vpcd::cloud::Cloud;
use vpcd_tests::world::{Side, World};

use crate::{call, must, text};

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

/// A list's rows under its name.
fn list(world: &mut World, side: Side, path: &str, name: &str) -> Vec<Value> {
    let answer = must(world, side, "GET", path, Value::Null);
    answer[name]
        .as_array()
        .unwrap_or_else(|| panic!("{answer}"))
        .clone()
}

fn network(world: &mut World, name: &str, cidr: &str) -> String {
    let body = json!({"name": name, "cidr": cidr});
    text(&must(world, Side::Baidu, "POST", "/v1/vpc", body)["vpcId"])
}

/// The id by which Huawei knows the one of that name.
fn named(rows: &[Value], name: &str) -> String {
    let found = rows.iter().find(|row| row["name"] == name);
    text(&found.unwrap_or_else(|| panic!("no {name} in {rows:?}"))["id"])
}

#[test]
fn a_subnet_made_through_baidu_is_deleted_through_huawei() {
    let mut world = World::new(Cloud::ephemeral_for_tests(5).unwrap());
    let vpc = network(&mut world, "net", "10.0.0.0/16");
    let body = json!({"name": "s", "zoneName": "cn-bj-a", "cidr": "10.0.1.0/24", "vpcId": vpc});
    let subnet = text(&must(&mut world, Side::Baidu, "POST", "/v1/subnet", body)["subnetId"]);
    let networks = list(&mut world, Side::Huawei, "/v1/{p}/vpcs", "vpcs");
    let subnets = list(&mut world, Side::Huawei, "/v1/{p}/subnets", "subnets");
    let (there, inner) = (named(&networks, "net"), named(&subnets, "s"));
    assert_eq!(subnets[0]["vpc_id"], json!(there));
    assert_eq!(subnets[0]["gateway_ip"], "10.0.1.1");
    let path = format!("/v1/{{p}}/vpcs/{there}/subnets/{inner}");
    must(&mut world, Side::Huawei, "DELETE", &path, Value::Null);
    let (status, gone) = call(
        &mut world,
        Side::Baidu,
        "GET",
        &format!("/v1/subnet/{subnet}"),
        Value::Null,
    );
    assert_eq!((status, gone["code"].as_str()), (404, Some("NoSuchObject")));
    must(
        &mut world,
        Side::Huawei,
        "DELETE",
        &format!("/v1/{{p}}/vpcs/{there}"),
        Value::Null,
    );
    assert_eq!(
        list(&mut world, Side::Baidu, "/v1/vpc", "vpcs"),
        Vec::<Value>::new()
    );
}

#[test]
fn a_peering_is_one_in_both_clouds() {
    let mut world = World::new(Cloud::ephemeral_for_tests(5).unwrap());
    let (here, there) = (
        network(&mut world, "here", "10.0.0.0/16"),
        network(&mut world, "there", "172.16.0.0/16"),
    );
    let networks = list(&mut world, Side::Huawei, "/v1/{p}/vpcs", "vpcs");
    let ids = [named(&networks, "here"), named(&networks, "there")];

    let made = json!({"bandwidthInMbps": 20, "localVpcId": here, "peerVpcId": there, "peerRegion": "bj",
        "billing": {"paymentTiming": "Postpaid"}});
    let alias = text(&must(&mut world, Side::Baidu, "POST", "/v1/peerconn", made)["peerConnId"]);
    let seen = list(&mut world, Side::Huawei, "/v2.0/vpc/peerings", "peerings");
    assert_eq!(seen.len(), 1, "{seen:?}");
    assert_eq!(seen[0]["status"], "ACTIVE");
    assert_eq!(seen[0]["request_vpc_info"]["vpc_id"], json!(ids[0]));
    assert_eq!(seen[0]["accept_vpc_info"]["vpc_id"], json!(ids[1]));
    let path = format!("/v2.0/vpc/peerings/{}", text(&seen[0]["id"]));
    must(&mut world, Side::Huawei, "DELETE", &path, Value::Null);
    let path = format!("/v1/peerconn/{alias}?role=initiator");
    assert_eq!(
        call(&mut world, Side::Baidu, "GET", &path, Value::Null).0,
        404
    );

    let body = json!({"peering": {"name": "p", "request_vpc_info": {"vpc_id": ids[0]}, "accept_vpc_info": {"vpc_id": ids[1]}}});
    must(&mut world, Side::Huawei, "POST", "/v2.0/vpc/peerings", body);
    let seen = list(
        &mut world,
        Side::Baidu,
        &format!("/v1/peerconn?vpcId={here}"),
        "peerConns",
    );
    assert_eq!(seen.len(), 1, "{seen:?}");
    let ends = (text(&seen[0]["localVpcId"]), text(&seen[0]["peerVpcId"]));
    assert_eq!(ends, (here, there));
    assert_eq!(
        (seen[0]["status"].as_str(), seen[0]["role"].as_str()),
        (Some("active"), Some("initiator"))
    );
    let path = format!("/v1/peerconn/{}", text(&seen[0]["peerConnId"]));
    must(&mut world, Side::Baidu, "DELETE", &path, Value::Null);
    assert_eq!(
        list(&mut world, Side::Huawei, "/v2.0/vpc/peerings", "peerings"),
        Vec::<Value>::new()
    );
}

#[test]
fn an_interface_is_a_port_in_the_other_cloud() {
    let mut world = World::new(Cloud::ephemeral_for_tests(5).unwrap());
    let vpc = network(&mut world, "net", "10.0.0.0/16");
    let body = json!({"name": "s", "zoneName": "cn-bj-a", "cidr": "10.0.1.0/24", "vpcId": vpc});
    let subnet = text(&must(&mut world, Side::Baidu, "POST", "/v1/subnet", body)["subnetId"]);
    let body = json!({"name": "web", "vpcId": vpc, "rules": []});
    let group =
        text(&must(&mut world, Side::Baidu, "POST", "/v2/securityGroup", body)["securityGroupId"]);
    let body = json!({"name": "nic", "subnetId": subnet, "securityGroupIds": [group],
        "privateIpSet": [{"primary": true, "privateIpAddress": "10.0.1.9"}]});
    let nic = text(&must(&mut world, Side::Baidu, "POST", "/v1/eni", body)["eniId"]);
    let ports = list(&mut world, Side::Huawei, "/v1/{p}/ports", "ports");
    let mine = ports
        .iter()
        .find(|port| port["name"] == "nic")
        .unwrap_or_else(|| panic!("{ports:?}"));
    assert_eq!(mine["fixed_ips"][0]["ip_address"], "10.0.1.9");
    must(
        &mut world,
        Side::Huawei,
        "DELETE",
        &format!("/v1/{{p}}/ports/{}", text(&mine["id"])),
        Value::Null,
    );
    let (status, _) = call(
        &mut world,
        Side::Baidu,
        "GET",
        &format!("/v1/eni/{nic}"),
        Value::Null,
    );
    assert!(status >= 400, "the interface is still there");
    must(
        &mut world,
        Side::Baidu,
        "DELETE",
        &format!("/v1/subnet/{subnet}"),
        Value::Null,
    );
}
