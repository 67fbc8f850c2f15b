//! Interfaces and virtual addresses through both clouds.

use serde_json::{Value, json};
use vpcd::cloud::Cloud;
use vpcd_tests::world::{Side, World};

use crate::call;

/// A call that must succeed.
fn done(world: &mut World, side: Side, method: &str, path: &str, body: Value) -> Value {
    let (status, answer) = call(world, side, method, path, body);
    assert!(status < 300, "{method} {path}: {status} {answer}");
    answer
}

fn text(value: &Value) -> String {
    value.as_str().unwrap_or_default().to_owned()
}

/// A network with one subnet: the subnet's short id, and its id.
fn subnet(it: &mut World) -> (String, String) {
    let body = json!({"name": "net", "cidr": "192.168.0.0/16"});
    let vpc = text(&done(it, Side::Baidu, "POST", "/v1/vpc", body)["vpcId"]);
    let body =
        json!({"name": "sub", "zoneName": "cn-bj-a", "cidr": "192.168.1.0/24", "vpcId": vpc});
    let short = text(&done(it, Side::Baidu, "POST", "/v1/subnet", body)["subnetId"]);
    let long = done(it, Side::Huawei, "GET", "/v1/{p}/subnets", Value::Null);
    (short, text(&long["subnets"][0]["id"]))
}

/// A block of one address is that address: what one cloud lets answer for a virtual one, the other shows and ends.
#[test]
fn who_may_have_a_virtual_address_is_seen_through_both() {
    let it = &mut World::new(Cloud::ephemeral_for_tests(31).unwrap());
    let (_, subnet) = subnet(it);
    let body = json!({"port": {"network_id": subnet, "device_owner": "neutron:VIP_PORT",
        "fixed_ips": [{"ip_address": "192.168.1.9"}]}});
    done(it, Side::Huawei, "POST", "/v1/{p}/ports", body);
    let pair = json!({"ip_address": "192.168.1.9/32"});
    let body = json!({"port": {"network_id": subnet, "allowed_address_pairs": [pair]}});
    let port = text(&done(it, Side::Huawei, "POST", "/v1/{p}/ports", body)["port"]["id"]);
    let shown = done(it, Side::Baidu, "GET", "/v1/havip", Value::Null);
    let virtual_address = &shown["haVips"][0];
    assert_eq!(virtual_address["status"], "binded", "{shown}");
    let path = format!("/v1/havip/{}", text(&virtual_address["haVipId"]));
    let (status, refused) = call(it, Side::Baidu, "DELETE", &path, Value::Null);
    assert_eq!((status, &refused["code"]), (409, &json!("OperationDenied")));
    let answerer = virtual_address["bindedInstances"][0]["instanceId"].clone();
    let body = json!({"instanceIds": [answerer], "instanceType": "ENI"});
    let again = call(
        it,
        Side::Baidu,
        "PUT",
        &format!("{path}?attach"),
        body.clone(),
    );
    assert_eq!(again.0, 409, "{}", again.1);
    done(it, Side::Baidu, "PUT", &format!("{path}?detach"), body);
    let port = done(
        it,
        Side::Huawei,
        "GET",
        &format!("/v1/{{p}}/ports/{port}"),
        Value::Null,
    );
    assert_eq!(port["port"]["allowed_address_pairs"], json!([]), "{port}");
    done(it, Side::Baidu, "DELETE", &path, Value::Null);
}

/// Whatever has an address has it in both clouds, and it is free again whichever cloud deletes its holder.
#[test]
fn no_address_is_held_twice_and_all_of_them_come_back() {
    let it = &mut World::new(Cloud::ephemeral_for_tests(32).unwrap());
    let (short, long) = subnet(it);
    let set = json!([{"privateIpAddress": "192.168.1.20", "primary": true},
        {"privateIpAddress": "192.168.1.21"}]);
    let body = json!({"name": "nic", "subnetId": short, "privateIpSet": set});
    let eni = text(&done(it, Side::Baidu, "POST", "/v1/eni", body.clone())["eniId"]);
    let taken = json!({"privateips": [{"subnet_id": long, "ip_address": "192.168.1.21"}]});
    let path = "/v1/{p}/privateips";
    let (status, refused) = call(it, Side::Huawei, "POST", path, taken.clone());
    // The row that this cloud documents, status and all.
    let used = (500, &json!("VPC.0701"));
    assert_eq!((status, &refused["code"]), used);
    for name in ["neutron:VIP_PORT", ""] {
        let port = json!({"port": {"network_id": long, "device_owner": name,
            "fixed_ips": [{"ip_address": "192.168.1.21"}]}});
        let (status, refused) = call(it, Side::Huawei, "POST", "/v1/{p}/ports", port);
        assert_eq!((status, &refused["code"]), used);
    }
    let ports = done(
        it,
        Side::Huawei,
        "GET",
        "/v1/{p}/ports?fixed_ips=ip_address=192.168.1.20",
        Value::Null,
    );
    let port = text(&ports["ports"][0]["id"]);
    done(
        it,
        Side::Huawei,
        "DELETE",
        &format!("/v1/{{p}}/ports/{port}"),
        Value::Null,
    );
    let gone = call(
        it,
        Side::Baidu,
        "GET",
        &format!("/v1/eni/{eni}"),
        Value::Null,
    );
    assert_eq!(gone.0, 400, "{}", gone.1);
    done(it, Side::Huawei, "POST", path, taken);
    let set = json!([{"privateIpAddress": "192.168.1.20", "primary": true}]);
    let body = json!({"name": "nic", "subnetId": short, "privateIpSet": set});
    let eni = text(&done(it, Side::Baidu, "POST", "/v1/eni", body)["eniId"]);
    let more = json!({"privateIpAddress": "192.168.1.21"});
    let path = format!("/v1/eni/{eni}/privateIp");
    let (status, refused) = call(it, Side::Baidu, "POST", &path, more);
    assert_eq!(
        (status, &refused["code"]),
        (400, &json!("PrivateIpInUseException"))
    );
}

/// A route that one cloud wrote keeps the address that it leads to where it is, in the other.
#[test]
fn an_address_that_a_route_leads_to_stays() {
    let it = &mut World::new(Cloud::ephemeral_for_tests(33).unwrap());
    let (short, long) = subnet(it);
    let set = json!([{"privateIpAddress": "192.168.1.20", "primary": true},
        {"privateIpAddress": "192.168.1.21"}]);
    let body = json!({"name": "nic", "subnetId": short, "privateIpSet": set});
    let eni = text(&done(it, Side::Baidu, "POST", "/v1/eni", body)["eniId"]);
    let subnet = done(
        it,
        Side::Huawei,
        "GET",
        &format!("/v1/{{p}}/subnets/{long}"),
        Value::Null,
    );
    let vpc = format!("/v1/{{p}}/vpcs/{}", text(&subnet["subnet"]["vpc_id"]));
    let routes = |routes: Value| json!({"vpc": {"routes": routes}});
    let to = json!([{"destination": "10.9.0.0/16", "nexthop": "192.168.1.21"}]);
    done(it, Side::Huawei, "PUT", &vpc, routes(to));
    let path = format!("/v1/eni/{eni}/privateIp/192.168.1.21");
    let (status, refused) = call(it, Side::Baidu, "DELETE", &path, Value::Null);
    assert_eq!(
        (status, &refused["code"]),
        (409, &json!("OperationDenied")),
        "{refused}"
    );
    done(it, Side::Huawei, "PUT", &vpc, routes(json!([])));
    done(it, Side::Baidu, "DELETE", &path, Value::Null);
}
