//! Walks every served operation of both clouds with another tenant's credentials.
//!
//! Naming somebody else's resource must be answered exactly as naming one that never was, nothing of it may show in
//! any list, and none of it may have changed afterwards.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on panics")]

use std::collections::BTreeMap;

use serde_json::{Value, json};
use vpcd::cloud::Cloud;
use vpcd_tests::pattern::{Names, fill};
use vpcd_tests::world::{Actor, Ask, Side, World};

/// Types of VPN resources that carry tags, with the name of the id that goes with each.
const TAGGED: [(&str, &str); 3] = [
    ("vpn-gateway", "{vgw_id}"),
    ("customer-gateway", "{customer_gateway_id}"),
    ("vpn-connection", "{vpn_connection_id}"),
];

/// Ids of one tenant's resources by the name that paths and bodies use.
type Ids = BTreeMap<&'static str, String>;

fn world() -> World {
    World::new(Cloud::ephemeral_for_tests(42).unwrap())
}

fn call(
    world: &mut World,
    side: Side,
    actor: &Actor,
    method: &str,
    path: &str,
    body: &Value,
) -> (u16, Value) {
    let text = if body.is_null() {
        String::new()
    } else {
        body.to_string()
    };
    let ask = Ask {
        method: method.into(),
        path: path.into(),
        body: text,
        ..Ask::default()
    };
    let reply = world.send(side, Some(actor), &ask);
    world.settle();
    (reply.status, reply.body.unwrap_or(Value::Null))
}

fn made(world: &mut World, actor: &Actor, path: &str, kind: &str, body: Value) -> Value {
    let path = path.replace("{p}", &actor.project);
    let (status, answer) = call(world, Side::Huawei, actor, "POST", &path, &body);
    assert!(status < 300, "{path}: {status} {answer}");
    answer[kind].clone()
}

/// One of everything.
fn populate(world: &mut World, actor: &Actor) -> Ids {
    let mut ids = Ids::new();
    let id = |it: &Value| it["id"].as_str().unwrap().to_owned();
    let vpc = made(
        world,
        actor,
        "/v1/{p}/vpcs",
        "vpc",
        json!({"vpc": {"name": "mine", "cidr": "10.0.0.0/8", "tags": ["my-key*my-value"]}}),
    );
    ids.insert("vpc_id", id(&vpc));
    let subnet = json!({"subnet": {"name": "s", "cidr": "10.1.0.0/16", "gateway_ip": "10.1.0.1", "vpc_id": id(&vpc)}});
    let subnet = made(world, actor, "/v1/{p}/subnets", "subnet", subnet);
    ids.insert("subnet_id", id(&subnet));
    let port = made(
        world,
        actor,
        "/v1/{p}/ports",
        "port",
        json!({"port": {"network_id": id(&subnet)}}),
    );
    ids.insert("port_id", id(&port));
    let eip = json!({"publicip": {"type": "5_bgp"}, "bandwidth": {"name": "b", "size": 5, "share_type": "PER"}});
    let eip = made(world, actor, "/v1/{p}/publicips", "publicip", eip);
    ids.insert("publicip_id", id(&eip));
    let (_, shown) = call(
        world,
        Side::Huawei,
        actor,
        "GET",
        &format!("/v1/{}/publicips/{}", actor.project, id(&eip)),
        &Value::Null,
    );
    ids.insert(
        "bandwidth_id",
        shown["publicip"]["bandwidth_id"]
            .as_str()
            .unwrap()
            .to_owned(),
    );
    let slot = json!({"type": "5_bgp", "bandwidth_size": 5, "bandwidth_name": "g", "charge_mode": "bandwidth"});
    let gateway = json!({"vpn_gateway": {"name": "g", "vpc_id": id(&vpc), "connect_subnet": id(&subnet),
        "local_subnets": ["10.1.0.0/16"], "eip1": slot, "eip2": slot}});
    let gateway = made(world, actor, "/v5/{p}/vpn-gateways", "vpn_gateway", gateway);
    ids.insert("vgw_id", id(&gateway));
    let far =
        json!({"customer_gateway": {"name": "c", "id_type": "ip", "id_value": "198.51.100.7"}});
    let far = made(
        world,
        actor,
        "/v5/{p}/customer-gateways",
        "customer_gateway",
        far,
    );
    ids.insert("customer_gateway_id", id(&far));
    let path = format!("/v5/{}/vpn-gateways/{}", actor.project, id(&gateway));
    let (_, shown) = call(world, Side::Huawei, actor, "GET", &path, &Value::Null);
    ids.insert(
        "eip_of_gateway",
        shown["vpn_gateway"]["eip1"]["id"]
            .as_str()
            .unwrap()
            .to_owned(),
    );
    let connection = json!({"vpn_connection": {"name": "c", "vgw_id": id(&gateway), "cgw_id": id(&far),
        "vgw_ip": ids["eip_of_gateway"], "peer_subnets": ["192.168.0.0/24"], "psk": "Secret-123"}});
    let connection = made(
        world,
        actor,
        "/v5/{p}/vpn-connection",
        "vpn_connection",
        connection,
    );
    ids.insert("vpn_connection_id", id(&connection));
    tag(world, actor, &ids);
    ids.insert("key", "my-key".to_owned());
    ids.insert("value", "my-value".to_owned());
    for (name, path, list, key) in [
        ("vpcId", "/v1/vpc", "vpcs", "vpcId"),
        ("subnetId", "/v1/subnet", "subnets", "subnetId"),
    ] {
        let (_, page) = call(world, Side::Baidu, actor, "GET", path, &Value::Null);
        ids.insert(name, page[list][0][key].as_str().unwrap().to_owned());
    }
    ids
}

/// Tags whatever can be tagged.
fn tag(world: &mut World, actor: &Actor, ids: &Ids) {
    let tag = json!({"key": "my-key", "value": "my-value"});
    let mut put = |path: String, body: &Value| {
        let path = filled(&path, &actor.project, ids);
        let (status, answer) = call(world, Side::Huawei, actor, "POST", &path, body);
        assert_eq!(status, 204, "{path}: {answer}");
    };
    for of in [
        "vpcs/{vpc_id}",
        "subnets/{subnet_id}",
        "publicips/{publicip_id}",
    ] {
        let path = format!("/v2.0/{{project_id}}/{of}/tags");
        put(path, &json!({"tag": tag}));
    }
    for (kind, id) in TAGGED {
        let path = format!("/v5/{{project_id}}/{kind}/{id}/tags/create");
        put(path, &json!({"tags": [tag]}));
    }
}

/// The paths of an operation: one for each type, where the type is in the path.
fn paths(path: &str) -> Vec<String> {
    if !path.contains("{resource_type}") {
        return vec![path.to_owned()];
    }
    let typed = path.split_once("{resource_type}").unwrap_or_default();
    let of = |(kind, id)| format!("{}{kind}{}", typed.0, typed.1.replace("{resource_id}", id));
    TAGGED.map(of).to_vec()
}

/// Ids of the right form that name nothing.
fn nothing(of: &Ids) -> Ids {
    of.keys()
        .map(|name| {
            let id = match *name {
                "vpcId" => "vpc-000000000000".to_owned(),
                "subnetId" => "sbn-000000000000".to_owned(),
                "key" => "no-key".to_owned(),
                "value" => "no-value".to_owned(),
                _ => "11111111-2222-4333-8444-555555555555".to_owned(),
            };
            (*name, id)
        })
        .collect()
}

/// A body that names whatever the operation can name; an operation that is not listed here takes none.
fn body(operation: &str, ids: &Ids) -> Value {
    let id = |name| ids[name].as_str();
    match operation {
        "huawei.create_subnet" => {
            json!({"subnet": {"name": "s", "cidr": "10.9.0.0/16", "gateway_ip": "10.9.0.1",
            "vpc_id": id("vpc_id")}})
        }
        "huawei.update_vpc" => json!({"vpc": {"name": "stolen"}}),
        "huawei.update_subnet" => json!({"subnet": {"name": "stolen"}}),
        "huawei.create_port" => json!({"port": {"network_id": id("subnet_id")}}),
        "huawei.update_port" => json!({"port": {"name": "stolen"}}),
        "huawei.create_publicip" => json!({"publicip": {"type": "5_bgp", "port_id": id("port_id")},
            "bandwidth": {"share_type": "WHOLE", "id": id("bandwidth_id")}}),
        "huawei.update_publicip" => json!({"publicip": {"port_id": id("port_id")}}),
        "huawei.update_bandwidth" => json!({"bandwidth": {"name": "stolen"}}),
        "huawei.create_vgw" => json!({"vpn_gateway": {"name": "g", "vpc_id": id("vpc_id"),
            "connect_subnet": id("subnet_id"), "local_subnets": ["10.1.0.0/16"],
            "eip1": {"id": id("publicip_id")}, "eip2": {"id": id("eip_of_gateway")}}}),
        "huawei.update_vgw" => json!({"vpn_gateway": {"name": "stolen"}}),
        "huawei.update_postpaid_vgw_specification" => {
            json!({"vpn_gateway": {"flavor": "Professional2"}})
        }
        "huawei.update_cgw" => json!({"customer_gateway": {"name": "stolen"}}),
        "huawei.create_vpn_connection" => json!({"vpn_connection": connection(ids)}),
        "huawei.batch_create_vpn_connection" => json!({"vpn_connections": [connection(ids)]}),
        "huawei.update_vpn_connection" => json!({"vpn_connection": {"name": "stolen"}}),
        "huawei.create_vpc_resource_tag"
        | "huawei.create_subnet_tag"
        | "huawei.create_publicip_tag" => json!({"tag": {"key": "stolen", "value": "v"}}),
        "huawei.batch_create_vpc_tags" | "huawei.batch_create_publicip_tags" => {
            json!({"action": "delete", "tags": [{"key": id("key")}]})
        }
        "huawei.batch_create_subnet_tags" => {
            json!({"action": "create", "tags": [{"key": id("key"), "value": "stolen"}]})
        }
        "huawei.list_vpcs_by_tags"
        | "huawei.list_subnets_by_tags"
        | "huawei.list_publicips_by_tags"
        | "huawei.list_resources_by_tags"
        | "huawei.count_resources_by_tags" => {
            json!({"action": "filter", "tags": [{"key": id("key"), "values": [id("value")]}]})
        }
        "huawei.batch_create_resource_tags" => {
            json!({"tags": [{"key": id("key"), "value": "stolen"}]})
        }
        "huawei.batch_delete_resource_tags" => json!({"tags": [{"key": id("key")}]}),
        "baidu.update_vpc" => json!({"name": "stolen"}),
        "baidu.create_subnet" => {
            json!({"name": "s", "zoneName": "cn-a", "cidr": "10.9.0.0/16", "vpcId": id("vpcId")})
        }
        "baidu.update_subnet" => json!({"name": "stolen"}),
        // What these take names nobody's resource.
        "huawei.create_vpc" | "huawei.create_cgw" | "baidu.create_vpc" => json!({}),
        _ => Value::Null,
    }
}

fn connection(ids: &Ids) -> Value {
    json!({"name": "c", "vgw_id": ids["vgw_id"], "cgw_id": ids["customer_gateway_id"], "vgw_ip": ids["eip_of_gateway"],
        "peer_subnets": ["192.168.9.0/24"], "psk": "Secret-123"})
}

/// An answer with every id and request id taken out.
fn anonymous(status: u16, body: &Value, ids: &Ids) -> String {
    let mut text = format!("{status} {body}");
    for id in ids.values() {
        text = text.replace(id.as_str(), "ID");
    }
    let request_ids = text.find("00000000-0000-4000-8000-");
    request_ids.map_or(text.clone(), |at| {
        text.replace(&text[at..at + 36], "REQUEST")
    })
}

fn filled(path: &str, project: &str, ids: &Ids) -> String {
    let mut names: Names = ids
        .iter()
        .map(|(name, id)| ((*name).to_owned(), id.clone()))
        .collect();
    names.insert("project_id".to_owned(), project.to_owned());
    fill(path, &names)
}

/// Everything the operator can see of a project, without what time alone changes.
fn everything(world: &mut World, actor: &Actor) -> String {
    let dump = world.admin("GET", "/admin/v1/export", Value::Null);
    let rows = dump.to_string();
    let project = actor.project.clone();
    assert!(rows.contains(&project));
    let mut lines: Vec<String> = rows
        .split("},{")
        .filter(|row| row.contains(&project))
        .map(str::to_owned)
        .collect();
    // The audit tells who asked, which is not a change.
    lines.retain(|row| !row.contains("\"operation\""));
    lines.join("\n")
}

#[test]
fn another_tenants_resources_are_as_if_they_were_not_there() {
    let mut world = world();
    let (me, other) = (world.me.clone(), world.other.clone());
    let mine = populate(&mut world, &me);
    let none = nothing(&mine);
    let before = everything(&mut world, &me);
    let mut walked = 0;
    let huawei = vpcd_huawei::generated::operations::OPERATIONS.iter();
    let baidu = vpcd_baidu::generated::operations::OPERATIONS.iter();
    let table = huawei
        .map(|op| {
            (
                Side::Huawei,
                op.name,
                op.method,
                op.path,
                op.flag,
                op.service,
            )
        })
        .chain(baidu.map(|op| {
            (
                Side::Baidu,
                op.name,
                op.method,
                op.path,
                op.flag,
                op.service,
            )
        }));
    for (side, name, method, path, flag, service) in table {
        if service == "iam" {
            continue;
        }
        let ways = paths(path);
        let ways = ways
            .iter()
            .flat_map(|path| [(path, &other.project), (path, &me.project)]);
        for (path, project) in ways {
            let answers = [&mine, &none].map(|ids| {
                let mut path = filled(path, project, ids);
                assert!(
                    !path.contains('{'),
                    "{name}: the walk knows no id for {path}"
                );
                path.push_str(&flag.map(|flag| format!("?{flag}")).unwrap_or_default());
                let (status, answer) =
                    call(&mut world, side, &other, method, &path, &body(name, ids));
                for (kind, id) in &mine {
                    let echoed = path.contains(id.as_str())
                        || body(name, ids).to_string().contains(id.as_str());
                    assert!(
                        echoed || !answer.to_string().contains(id.as_str()),
                        "{name} shows {kind}: {answer}"
                    );
                }
                (status, anonymous(status, &answer, ids))
            });
            assert_eq!(
                answers[0].1, answers[1].1,
                "{name} tells another tenant's resource from nothing"
            );
            let names_something = path.replace("{project_id}", "").contains('{');
            assert!(
                !names_something || answers[0].0 >= 400,
                "{name} succeeded on what is not the caller's"
            );
            walked += 1;
        }
    }
    assert!(walked > 160, "only {walked} calls were made");
    assert_eq!(
        everything(&mut world, &me),
        before,
        "another tenant changed something"
    );
}

#[test]
fn tokens_do_not_reach_into_other_accounts() {
    let mut world = world();
    let (me, other) = (world.me.clone(), world.other.clone());
    let path = format!("/v3/projects/{}", me.project);
    let (status, _) = call(&mut world, Side::Huawei, &other, "GET", &path, &Value::Null);
    assert!(status == 403 || status == 404, "{status}");
    let (_, list) = call(
        &mut world,
        Side::Huawei,
        &other,
        "GET",
        "/v3/projects",
        &Value::Null,
    );
    assert!(list.to_string().contains(&other.project) && !list.to_string().contains(&me.project));
    let (_, list) = call(
        &mut world,
        Side::Huawei,
        &other,
        "GET",
        "/v3/auth/domains",
        &Value::Null,
    );
    assert!(!list.to_string().contains(&me.account));
}
