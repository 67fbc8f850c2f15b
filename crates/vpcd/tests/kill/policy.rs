//! Rules of lists, virtual addresses, gateways of IPv6 and enterprise groups under the load.

use std::collections::BTreeSet;
use std::sync::Mutex;

use serde_json::{Value, json};

use crate::Told;
use crate::second::create;
use crate::support::{Client, Got};

/// Positions are numbers up to this.
const POSITIONS: u64 = 32_000;
const GATEWAY: &str = "/v1/IPv6Gateway/";
const GROUP: &str = "/v1/enterprise/security/";

/// Two rules of the shared subnet's list in one call: both or none.
pub fn pair(client: &mut Client, told: &Mutex<Told>, subnet: &str) -> Option<()> {
    let first = {
        let mut told = told.lock().unwrap();
        told.positions += 2;
        told.positions
    };
    if first >= POSITIONS {
        return Some(());
    }
    let rule = |position: u64| {
        json!({"subnetId": subnet, "protocol": "tcp", "sourceIpAddress": "0.0.0.0/0",
            "destinationIpAddress": "10.0.0.0/16", "sourcePort": "1-65535", "destinationPort": "22",
            "position": position, "direction": "ingress", "action": "allow"})
    };
    let body = json!({"aclRules": [rule(first), rule(first + 1)]});
    let got = client.baidu("POST", "/v1/acl/rule", Some(body))?;
    assert!(got.status < 300, "/v1/acl/rule: {got:?}");
    told.lock().unwrap().pairs.insert(first);
    Some(())
}

/// Every pair that was acknowledged is there, and there is half of none.
pub fn pairs_are_whole(client: &mut Client, told: &Told, subnet: &str, round: u64) {
    let (mut there, mut marker) = (BTreeSet::new(), String::new());
    loop {
        let path = format!("/v1/acl/rule?subnetId={subnet}&maxKeys=1000{marker}");
        let page = client.baidu("GET", &path, None).unwrap().body;
        for rule in page["aclRules"].as_array().unwrap() {
            let position = rule["position"].as_u64().unwrap();
            // The rules that every list has stand at the end, for both directions.
            if position <= POSITIONS {
                let once = there.insert(position);
                assert!(once, "round {round}: two rules at {position}");
            }
        }
        match page["nextMarker"].as_str() {
            Some(next) => marker = format!("&marker={next}"),
            None => break,
        }
    }
    for first in &told.pairs {
        let whole = there.contains(first) && there.contains(&(first + 1));
        assert!(
            whole,
            "round {round}: the rules at {first} were acknowledged and are lost"
        );
    }
    for position in &there {
        let other = position ^ 1;
        assert!(
            there.contains(&other),
            "round {round}: {position} without {other}"
        );
    }
}

/// An address of the shared subnet that belongs to no interface.
pub fn virtual_address(
    client: &mut Client,
    told: &Mutex<Told>,
    subnet: &str,
    name: &str,
) -> Option<String> {
    let body = json!({"name": name, "subnetId": subnet, "privateIpAddress": ""});
    let id = create(client, told, "/v1/havip", "haVipId", body)?;
    Some(format!("/v1/havip/{id}"))
}

/// Adds the virtual addresses of a network to those that are held; none is held already.
pub fn virtual_addresses(
    client: &mut Client,
    network: &str,
    held: &mut BTreeSet<String>,
    round: u64,
) {
    let mut marker = String::new();
    loop {
        let path = format!("/v1/havip?vpcId={network}&maxKeys=1000{marker}");
        let page = client.baidu("GET", &path, None).unwrap().body;
        for it in page["haVips"].as_array().unwrap() {
            let address = it["privateIpAddress"].as_str().unwrap().to_owned();
            let once = held.insert(address.clone());
            assert!(once, "round {round}: {address} is held twice");
        }
        match page["nextMarker"].as_str() {
            Some(next) => marker = format!("&marker={next}"),
            None => break,
        }
    }
}

/// A network with IPv6, which has room for one gateway.
pub fn network(client: &mut Client, told: &Mutex<Told>, name: &str) -> Option<String> {
    let body = json!({"name": name, "cidr": "172.20.0.0/16", "enableIpv6": true});
    create(client, told, "/v1/vpc", "vpcId", body)
}

/// The IPv6 gateway of a network. No call shows one by its id: the path that is kept names its network too.
pub fn gateway(
    client: &mut Client,
    told: &Mutex<Told>,
    network: &str,
    name: &str,
) -> Option<String> {
    let body = json!({"name": name, "vpcId": network, "bandwidthInMbps": 10,
        "billing": {"paymentTiming": "Postpaid"}});
    let got = client.baidu("POST", "/v1/IPv6Gateway", Some(body))?;
    let path = format!("{GATEWAY}{}#{network}", made(&got, "gatewayId"));
    keep(told, path)
}

/// An enterprise group with a rule.
pub fn group(client: &mut Client, told: &Mutex<Told>, name: &str) -> Option<String> {
    let rule = json!({"direction": "ingress", "action": "deny", "priority": 1, "protocol": "tcp",
        "portRange": "22", "sourceIp": "10.0.0.0/8"});
    let body = json!({"name": name, "rules": [rule]});
    let got = client.baidu("POST", "/v1/enterprise/security", Some(body))?;
    let path = format!("{GROUP}{}", made(&got, "enterpriseSecurityGroupId"));
    keep(told, path)
}

fn made(got: &Got, id: &str) -> String {
    assert!(got.status < 300, "{id}: {got:?}");
    got.body[id].as_str().unwrap().to_owned()
}

fn keep(told: &Mutex<Told>, path: String) -> Option<String> {
    told.lock().unwrap().there.insert(path.clone(), None);
    Some(path)
}

/// The path of a call for what the kept path names.
pub fn asked(method: &str, path: &str) -> String {
    let name = path.split('#').next().unwrap_or(path);
    match (method, path.split_once('#')) {
        ("GET", Some((_, network))) => format!("/v1/IPv6Gateway?vpcId={network}"),
        ("GET", None) => match path.strip_prefix(GROUP) {
            Some(id) => format!("/v1/enterprise/security?marker={id}&maxKeys=1"),
            None => name.to_owned(),
        },
        _ => name.to_owned(),
    }
}

/// Whether a list has what the kept path names, where no call shows it alone.
pub fn is_listed(path: &str, got: &Got) -> Option<bool> {
    let is = |shown: &Value, id: &str| got.status == 200 && shown == id;
    if let Some(id) = path.strip_prefix(GROUP) {
        let first = &got.body["enterpriseSecurityGroups"][0]["id"];
        return Some(is(first, id));
    }
    let (id, _) = path.strip_prefix(GATEWAY)?.split_once('#')?;
    Some(is(&got.body["gatewayId"], id))
}
