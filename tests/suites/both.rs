//! One domain, two clouds: what is made through one is the same thing through the other.

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
