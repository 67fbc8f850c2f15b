//! The load and the sums of the other cloud.

use std::collections::BTreeSet;
use std::sync::Mutex;

use serde_json::{Value, json};

use crate::support::{Client, Got};
use crate::{Random, Told, policy};

/// A network and a subnet of this cloud that all writers share.
pub fn prepare(client: &mut Client, told: &Mutex<Told>) -> (String, String) {
    let body = json!({"name": "shared-2", "cidr": "10.0.0.0/16"});
    let vpc = create(client, told, "/v1/vpc", "vpcId", body).unwrap();
    let body = json!({"name": "s", "zoneName": "cn-bj-a", "cidr": "10.0.0.0/16", "vpcId": vpc});
    let subnet = create(client, told, "/v1/subnet", "subnetId", body).unwrap();
    (vpc, subnet)
}

/// One step of a writer; `None` once the connection is cut.
pub fn step(
    client: &mut Client,
    told: &Mutex<Told>,
    shared: &(String, String),
    mine: &mut Vec<String>,
    random: &mut Random,
) -> Option<()> {
    let name = format!("v{}", random.below(1 << 40));
    let made = match random.below(14) {
        0 => {
            let body = json!({"name": name, "cidr": "192.168.0.0/16"});
            let id = create(client, told, "/v1/vpc", "vpcId", body)?;
            format!("/v1/vpc/{id}")
        }
        1 | 2 => {
            let set = json!([{"primary": true}, {"primary": false}]);
            let body = json!({"name": name, "subnetId": shared.1, "privateIpSet": set});
            let id = create(client, told, "/v1/eni", "eniId", body)?;
            format!("/v1/eni/{id}")
        }
        3 => {
            let rule = json!({"direction": "ingress", "protocol": "tcp", "portRange": "22", "remark": "shell"});
            let body = json!({"name": name, "vpcId": shared.0, "rules": [rule]});
            let id = create(client, told, "/v1/securityGroup", "securityGroupId", body)?;
            format!("/v1/securityGroup/{id}")
        }
        4 => {
            let address = address(client, told)?;
            let billing = json!({"paymentTiming": "Postpaid"});
            let body = json!({"name": name, "vpcId": shared.0, "cuNum": 1, "billing": billing, "bindEips": [address]});
            let id = create(client, told, "/v1/nat", "natId", body)?;
            format!("/v1/nat/{id}")
        }
        5 => return more(client, mine, random),
        6 => {
            let body = json!({"name": name, "cidr": "172.16.0.0/16"});
            let far = create(client, told, "/v1/vpc", "vpcId", body)?;
            let body = json!({"localVpcId": shared.0, "peerVpcId": far, "peerRegion": "vpcd-1", "bandwidthInMbps": 10,
                "billing": {"paymentTiming": "Postpaid"}});
            let id = create(client, told, "/v1/peerconn", "peerConnId", body)?;
            // The network stays as long as the peering.
            mine.push(format!("/v1/vpc/{far}"));
            format!("/v1/peerconn/{id}")
        }
        7 => return policy::pair(client, told, &shared.1),
        8 => policy::virtual_address(client, told, &shared.1, &name)?,
        9 => {
            let network = policy::network(client, told, &name)?;
            mine.push(format!("/v1/vpc/{network}"));
            policy::gateway(client, told, &network, &name)?
        }
        10 => policy::group(client, told, &name)?,
        _ if mine.is_empty() => return Some(()),
        _ => {
            let at = random.below(mine.len() as u64);
            let path = mine.swap_remove(usize::try_from(at).unwrap());
            return crate::remove(client, told, path);
        }
    };
    mine.push(made);
    Some(())
}

/// More of what one of its own interfaces or gateways has: all of a batch or none of it.
fn more(client: &mut Client, mine: &[String], random: &mut Random) -> Option<()> {
    if mine.is_empty() {
        return Some(());
    }
    let path = &mine[usize::try_from(random.below(mine.len() as u64)).unwrap()];
    let (path, body) = if path.starts_with("/v1/eni/") {
        let body = json!({"privateIpAddressCount": 3});
        (format!("{path}/privateIp/batchAdd"), body)
    } else if path.starts_with("/v1/nat/") {
        (format!("{path}?resize"), json!({"cuNum": 2}))
    } else {
        return Some(());
    };
    let method = if path.contains('?') { "PUT" } else { "POST" };
    let got = client.baidu(method, &path, Some(body))?;
    // A gateway that is on its way takes no change, and what has its size already none to the same.
    let refused = path.contains("/nat/") && matches!(got.status, 400 | 403 | 409);
    assert!(got.status < 300 || refused, "{path}: {got:?}");
    Some(())
}

fn address(client: &mut Client, told: &Mutex<Told>) -> Option<String> {
    let billing = json!({"paymentTiming": "Postpaid", "billingMethod": "ByTraffic"});
    let body = json!({"bandwidthInMbps": 5, "billing": billing});
    create(client, told, "/v1/eip", "eip", body)
}

/// Creates and records what was acknowledged.
pub fn create(
    client: &mut Client,
    told: &Mutex<Told>,
    path: &str,
    id: &str,
    body: Value,
) -> Option<String> {
    let got = client.baidu("POST", path, Some(body))?;
    assert!(got.status < 300, "{path}: {got:?}");
    let id = got.body[id].as_str().unwrap().to_owned();
    let mut told = told.lock().unwrap();
    if path == "/v1/eip" {
        told.there
            .insert(format!("{path}?eip={id}"), Some(id.clone()));
    } else {
        told.there.insert(format!("{path}/{id}"), None);
    }
    Some(id)
}

/// Whether what a path names is there, and that it is on no way any more.
pub fn is_there(path: &str, got: &Got, round: u64) -> bool {
    if let Some(there) = policy::is_listed(path, got) {
        return there;
    }
    if path.starts_with("/v1/eip?") {
        return got.body["eipList"].as_array().unwrap().len() == 1;
    }
    let moving = ["building", "configuring", "deleting", "updating"];
    let stands =
        !path.starts_with("/v1/nat/") || !moving.iter().any(|it| got.body["status"] == *it);
    assert!(stands, "round {round}: {path} never completed: {got:?}");
    got.status == 200
}

/// Every address of the shared subnet is either free or held by exactly one interface.
pub fn addresses_add_up(client: &mut Client, shared: &(String, String), round: u64) {
    let path = format!("/v1/subnet/{}", shared.1);
    let shown = client.baidu("GET", &path, None).unwrap();
    let free = shown.body["subnet"]["availableIp"].as_u64().unwrap();
    let (mut held, mut marker) = (BTreeSet::new(), String::new());
    loop {
        let path = format!("/v1/eni?vpcId={}&maxKeys=1000{marker}", shared.0);
        let page = client.baidu("GET", &path, None).unwrap().body;
        for interface in page["enis"].as_array().unwrap() {
            for it in interface["privateIpSet"].as_array().unwrap() {
                let address = it["privateIpAddress"].as_str().unwrap().to_owned();
                let twice = !held.insert(address.clone());
                assert!(!twice, "round {round}: {address} is held twice");
            }
        }
        match page["nextMarker"].as_str() {
            Some(next) => marker = format!("&marker={next}"),
            None => break,
        }
    }
    policy::virtual_addresses(client, &shared.0, &mut held, round);
    // The first, the last and the gateway's.
    let usable = 65_536 - 3;
    let held = held.len() as u64;
    assert_eq!(
        free + held,
        usable,
        "round {round}: an address is held by nobody"
    );
}

/// Parents, ends of edges and owners of claims exist.
pub fn hangs_together(client: &mut Client, round: u64) {
    let export = client.admin("GET", "/admin/v1/export", None).unwrap().body;
    let table = |name: &str| export[name].as_array().unwrap().clone();
    let ids: BTreeSet<String> = table("resource")
        .iter()
        .map(|row| text(&row["id"]))
        .collect();
    for row in table("resource") {
        let orphan = row["parent"].as_str().is_some_and(|it| !ids.contains(it));
        assert!(!orphan, "round {round}: an orphan: {row}");
        let settled = row["observed"] == row["generation"] && row["lifecycle"] == "live";
        assert!(settled, "round {round}: never completed: {row}");
    }
    for edge in table("edge") {
        let both = ids.contains(&text(&edge[0])) && ids.contains(&text(&edge[2]));
        assert!(both, "round {round}: an edge of nothing: {edge}");
    }
    for claim in table("claim") {
        // Free ranges are owned by their ends.
        let free = text(&claim["space"]).starts_with("free/");
        let owned = free || ids.contains(&text(&claim["owner"]));
        assert!(owned, "round {round}: a claim of nobody: {claim}");
    }
}

fn text(value: &Value) -> String {
    value.as_str().unwrap_or_default().to_owned()
}
