//! What releases before this one did not derive: a store without short ids, the claims on them and the newer indexes has
//! them all after a start, and after an import.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on panics")]

use serde_json::{Value, json};
use vpcd::cloud::Cloud;
use vpcd_domain::store::{Error, Store, dump};
use vpcd_tests::world::{Ask, Side, World};

const SEED: u64 = 21;

fn call(world: &mut World, side: Side, method: &str, path: &str, body: Value) -> Value {
    let me = world.me.clone();
    let ask = Ask {
        method: method.into(),
        path: path.replace("{p}", &me.project),
        body: match body {
            Value::Null => String::new(),
            body => body.to_string(),
        },
        ..Ask::default()
    };
    let reply = world.send(side, Some(&me), &ask);
    assert!(reply.status < 300, "{method} {path}: {reply:?}");
    reply.body.unwrap_or(Value::Null)
}

fn make(world: &mut World, path: &str, kind: &str, body: Value) -> String {
    let made = call(world, Side::Huawei, "POST", path, json!({kind: body}));
    made[kind]["id"].as_str().unwrap().to_owned()
}

/// One of everything that the one cloud made before the other knew it.
fn build(world: &mut World) {
    let vpc = |name, cidr| json!({"name": name, "cidr": cidr});
    let here = make(world, "/v1/{p}/vpcs", "vpc", vpc("here", "10.0.0.0/16"));
    let there = make(world, "/v1/{p}/vpcs", "vpc", vpc("there", "10.1.0.0/16"));
    let subnet =
        json!({"name": "s", "vpc_id": here, "cidr": "10.0.1.0/24", "gateway_ip": "10.0.1.1"});
    let subnet = make(world, "/v1/{p}/subnets", "subnet", subnet);
    let port = json!({"network_id": subnet});
    make(world, "/v1/{p}/ports", "port", port);
    let port = json!({"network_id": subnet, "device_owner": "neutron:VIP_PORT"});
    make(world, "/v1/{p}/ports", "port", port);
    let kept = json!({"virsubnet_id": subnet, "ip_version": 4, "cidr": "10.0.1.128/28"});
    let path = "/v3/{p}/vpc/virsubnet-cidr-reservations";
    make(world, path, "virsubnet_cidr_reservation", kept);
    let eip = json!({"publicip": {"type": "5_bgp"}, "bandwidth": {"name": "b", "size": 5, "share_type": "PER"}});
    call(world, Side::Huawei, "POST", "/v1/{p}/publicips", eip);
    let prepaid = json!({"charge_mode": "prePaid", "period_type": "month", "period_num": 1});
    let eip = json!({"publicip": {"type": "5_bgp", "alias": "paid"}, "extendParam": prepaid,
        "bandwidth": {"name": "b", "size": 5, "share_type": "PER"}});
    call(world, Side::Huawei, "POST", "/v2.0/{p}/publicips", eip);
    let set = json!({"name": "a", "ip_version": 4, "ip_set": ["192.168.0.0/24"]});
    let set = make(world, "/v3/{p}/vpc/address-groups", "address_group", set);
    let group = json!({"name": "g"});
    let group = make(
        world,
        "/v3/{p}/vpc/security-groups",
        "security_group",
        group,
    );
    let rule = json!({"security_group_id": group, "direction": "ingress", "protocol": "tcp",
        "port_range_min": 22, "port_range_max": 22, "description": "shell"});
    let path = "/v1/{p}/security-group-rules";
    make(world, path, "security_group_rule", rule);
    let rule =
        json!({"security_group_id": group, "direction": "ingress", "remote_address_group_id": set});
    make(world, path, "security_group_rule", rule);
    let peering = json!({"name": "p", "request_vpc_info": {"vpc_id": here}, "accept_vpc_info": {"vpc_id": there}});
    let peering = make(world, "/v2.0/vpc/peerings", "peering", peering);
    let route = json!({"type": "peering", "destination": "10.1.0.0/16", "nexthop": peering, "vpc_id": here});
    make(world, "/v2.0/vpc/routes", "route", route);
    let wall = make(
        world,
        "/v3/{p}/vpc/firewalls",
        "firewall",
        json!({"name": "f"}),
    );
    let path = format!("/v3/{{p}}/vpc/firewalls/{wall}");
    let rule = json!({"action": "allow", "ip_version": 4, "protocol": "tcp", "source_ip_address": "0.0.0.0/0",
        "destination_ip_address": "0.0.0.0/0"});
    let rules = json!({"firewall": {"ingress_rules": [rule]}});
    call(
        world,
        Side::Huawei,
        "PUT",
        &format!("{path}/insert-rules"),
        rules,
    );
    let bound = json!({"subnets": [{"virsubnet_id": subnet}]});
    call(
        world,
        Side::Huawei,
        "PUT",
        &format!("{path}/associate-subnets"),
        bound,
    );
    let project = world.me.project.clone();
    let server = json!({"service": "instance", "project": project, "subnet": subnet, "name": "i"});
    let server = world.admin("POST", "/admin/v1/registrations", server);
    let tables = format!("/v1/{{p}}/routetables?vpc_id={here}");
    let tables = call(world, Side::Huawei, "GET", &tables, Value::Null);
    let table = tables["routetables"][0]["id"].as_str().unwrap().to_owned();
    let lead = json!({"type": "ecs", "destination": "172.16.0.0/16", "nexthop": server["id"]});
    let change = json!({"routetable": {"routes": {"add": [lead]}}});
    let path = format!("/v1/{{p}}/routetables/{table}");
    call(world, Side::Huawei, "PUT", &path, change);
    source(world);
}

/// A rule for the packets of a subnet alone, which only the second cloud writes.
fn source(world: &mut World) {
    let vpcs = call(world, Side::Baidu, "GET", "/v1/vpc", Value::Null);
    let vpcs = vpcs["vpcs"].as_array().unwrap().clone();
    let here = vpcs.iter().find(|it| it["name"] == "here").unwrap()["vpcId"].clone();
    let path = format!("/v1/route?vpcId={}", here.as_str().unwrap());
    let table = call(world, Side::Baidu, "GET", &path, Value::Null)["routeTableId"].clone();
    let body = json!({"routeTableId": table, "sourceAddress": "10.0.1.0/24",
        "destinationAddress": "172.17.0.0/16", "nexthopType": "dcGateway", "nexthopId": "dcgw-1"});
    call(world, Side::Baidu, "POST", "/v1/route/rule", body);
}

/// The export as the release before left it.
fn aged(mut export: Value) -> Value {
    let old = |alias: &str| {
        ["vpc-", "sbn-", "rt-"]
            .iter()
            .any(|it| alias.starts_with(it))
    };
    for row in export["resource"].as_array_mut().unwrap() {
        let mut doc: Value = serde_json::from_str(row["doc"].as_str().unwrap()).unwrap();
        if !doc["head"]["alias"].as_str().is_some_and(old) {
            doc["head"].as_object_mut().unwrap().remove("alias");
        }
        if row["kind"] == "route_table" {
            for route in doc["routes"].as_array_mut().unwrap() {
                let route = route.as_object_mut().unwrap();
                route.remove("alias");
                route.remove("start");
                route.remove("holds");
            }
        }
        if row["kind"] == "peering" {
            for side in ["requester", "accepter"] {
                doc[side] = json!({"vpc": doc[side]["vpc"], "project": doc[side]["project"]});
            }
        }
        row["doc"] = doc.to_string().into();
    }
    let since = |claim: &Value| {
        let (space, key) = (
            claim["space"].as_str().unwrap(),
            claim["key"].as_str().unwrap(),
        );
        (space == "alias" && !old(key))
            || space.starts_with("index/port/")
            || space.starts_with("index/public_ip/")
            || space.starts_with("spelled/")
            || space == "order-end"
            || (space.starts_with("security-rule/") && key.starts_with("text/"))
    };
    let edges = export["edge"].as_array_mut().unwrap();
    let before = edges.len();
    edges.retain(|edge| !["next_hop", "route_source"].contains(&edge[1].as_str().unwrap()));
    assert_eq!(before - edges.len(), 2, "routes hold a server and a subnet");
    let claims = export["claim"].as_array_mut().unwrap();
    let before = claims.len();
    claims.retain(|claim| !since(claim));
    assert!(before - claims.len() > 30, "nothing was taken away");
    let tallies = export["tally"].as_array_mut().unwrap();
    let before = tallies.len();
    tallies.retain(|row| {
        let kind = row[1].as_str().unwrap();
        !["judged_port", "naming_group"].contains(&kind)
    });
    assert!(before - tallies.len() >= 3, "no tally was taken away");
    for row in export["setting"].as_array_mut().unwrap() {
        if row[0] == "derived" {
            row[1] = "1".into();
        }
        if row[0].as_str().unwrap().starts_with("flavor/") {
            let mut flavor: Value = serde_json::from_str(row[1].as_str().unwrap()).unwrap();
            assert!(flavor.as_object_mut().unwrap().remove("ipv6").is_some());
            row[1] = flavor.to_string().into();
        }
    }
    export
}

/// The claims, tallies and edges of an export; of short ids only what they begin with, since they are drawn anew.
fn derived(export: &Value) -> Vec<String> {
    let mut lines = Vec::new();
    for table in ["edge", "claim", "tally"] {
        for row in export[table].as_array().unwrap() {
            let mut row = row.clone();
            if row["space"] == "alias" {
                let key = row["key"].as_str().unwrap();
                row["key"] = key.rsplit_once('-').unwrap().0.into();
            }
            lines.push(format!("{table} {row}"));
        }
    }
    let settings = export["setting"].as_array().unwrap().iter();
    let flavors = settings.filter(|row| row[0].as_str().unwrap().starts_with("flavor/"));
    lines.extend(flavors.map(|row| {
        let flavor: Value = serde_json::from_str(row[1].as_str().unwrap()).unwrap();
        format!("{} {}", row[0], flavor["ipv6"])
    }));
    lines.sort();
    lines
}

fn export(world: &mut World) -> Value {
    world.admin("GET", "/admin/v1/export", Value::Null)
}

/// Every list of the second cloud names what is in it, and the name leads back to it.
fn named(world: &mut World) {
    let vpcs = call(world, Side::Baidu, "GET", "/v1/vpc", Value::Null);
    let here = vpcs["vpcs"].as_array().unwrap().iter();
    let here = here.clone().find(|it| it["name"] == "here").unwrap()["vpcId"].clone();
    let here = here.as_str().unwrap();
    for (path, list, id) in [
        ("/v1/eip".to_owned(), "eipList", "eipId"),
        (
            format!("/v1/peerconn?vpcId={here}"),
            "peerConns",
            "peerConnId",
        ),
        (
            format!("/v1/peerconn?vpcId={here}"),
            "peerConns",
            "localIfId",
        ),
        (format!("/v1/eni?vpcId={here}"), "enis", "eniId"),
        (format!("/v1/havip?vpcId={here}"), "haVips", "haVipId"),
        ("/v1/havip".to_owned(), "haVips", "haVipId"),
        (
            format!("/v1/route?vpcId={here}"),
            "routeRules",
            "routeRuleId",
        ),
        (
            "/v1/enterprise/security".to_owned(),
            "enterpriseSecurityGroups",
            "id",
        ),
        ("/v1/ipSet".to_owned(), "ipSets", "ipSetId"),
        (
            "/v1/subnet/ipreserve".to_owned(),
            "ipReserves",
            "ipReserveId",
        ),
    ] {
        let page = call(world, Side::Baidu, "GET", &path, Value::Null);
        let rows = page[list]
            .as_array()
            .unwrap_or_else(|| panic!("{path}: {page}"));
        assert!(!rows.is_empty(), "{path}: {page}");
        for row in rows {
            assert!(
                row[id].as_str().is_some_and(|id| id.contains('-')),
                "{path}: {row}"
            );
        }
        let first = rows[0][id].as_str().unwrap();
        if let Some(one) = ["eniId", "haVipId", "peerConnId", "ipSetId"]
            .iter()
            .find(|it| **it == id)
        {
            let base = path.split('?').next().unwrap();
            let shown = call(
                world,
                Side::Baidu,
                "GET",
                &format!("{base}/{first}"),
                Value::Null,
            );
            assert_eq!(shown[*one], first, "{shown}");
        }
    }
}

#[test]
fn a_start_completes_what_an_older_release_left() {
    let mut world = World::new(Cloud::ephemeral_for_tests(SEED).unwrap());
    build(&mut world);
    let whole = export(&mut world);
    let store = Store::ephemeral().unwrap();
    let left = aged(whole.clone());
    let filled: Result<(), Error> = store.write("test", move |tx| dump::import(tx, &left));
    filled.unwrap();
    world.cloud = Cloud::repeatable(store.clone(), SEED + 1).unwrap();
    let completed = export(&mut world);
    assert_eq!(derived(&completed), derived(&whole));
    named(&mut world);
    // Nothing is missing any more, so the next start leaves it as it is.
    world.cloud = Cloud::repeatable(store, SEED + 2).unwrap();
    let again = export(&mut world);
    for table in ["resource", "claim", "edge", "tally"] {
        assert_eq!(again[table], completed[table], "{table}");
    }
}

#[test]
fn an_import_completes_what_an_older_release_left() {
    let mut world = World::new(Cloud::ephemeral_for_tests(SEED).unwrap());
    build(&mut world);
    let whole = export(&mut world);
    world.admin("POST", "/admin/v1/import", aged(whole.clone()));
    assert_eq!(derived(&export(&mut world)), derived(&whole));
    named(&mut world);
}
