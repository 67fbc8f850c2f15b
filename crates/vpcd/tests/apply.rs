//! Sixty-four clients that each build a whole stack and take it down again, as `terraform apply -parallelism=64` and
//! `destroy` do, on both databases: every call succeeds, and when all are done nothing is left of any of them.
//!
//! `VPCD_APPLY_SECONDS` (default 5, for each database) makes another run.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on panics")]

#[path = "apply/second.rs"]
mod second;
mod support;

use std::collections::BTreeSet;
use std::path::Path;
use std::time::{Duration, Instant};

use serde_json::{Value, json};
use support::{Client, Server};

const CLIENTS: usize = 64;

#[test]
fn sqlite() {
    support::on_sqlite(play);
}

#[test]
fn postgres() {
    support::on_postgres("apply", play);
}

fn play(args: &[&str], folder: &Path) {
    let server = Server::start(args, folder);
    let mut operator = server.client();
    for name in [
        "vpc",
        "subnet",
        "securityGroup",
        "publicIp",
        "shareBandwidth",
    ] {
        quota(&mut operator, name);
    }
    for name in ["vpcPeer", "firewall", "address_group", "flow_log"] {
        quota(&mut operator, name);
    }
    quota(&mut operator, "address_bundle");
    second::prepare(&mut operator);
    // The first stack makes what a project has for good, such as its default group.
    Stack::new(server.client(), 0).life();
    let before = left(&mut operator);
    let seconds = std::env::var("VPCD_APPLY_SECONDS").ok();
    let seconds = seconds.and_then(|text| text.parse().ok()).unwrap_or(5);
    let end = Instant::now() + Duration::from_secs(seconds);
    let lives: usize = std::thread::scope(|scope| {
        let clients: Vec<_> = (1..=CLIENTS)
            .map(|n| {
                let client = server.client();
                scope.spawn(move || {
                    let (mut stack, mut lives) = (Stack::new(client, n), 0);
                    while lives == 0 || Instant::now() < end {
                        stack.life();
                        lives += 1;
                    }
                    lives
                })
            })
            .collect();
        let lives = clients.into_iter().map(|client| client.join().unwrap());
        lives.sum()
    });
    println!("{lives} stacks came and went");
    // Its own connection was idle for long, and the server closes such.
    let after = left(&mut server.client());
    let only = |a: &BTreeSet<String>, b: &BTreeSet<String>| -> Vec<String> {
        a.difference(b).take(20).cloned().collect()
    };
    assert_eq!(only(&after, &before), Vec::<String>::new(), "left behind");
    assert_eq!(only(&before, &after), Vec::<String>::new(), "lost");
}

fn quota(operator: &mut Client, name: &str) {
    let path = format!("/admin/v1/quotas/*/{name}");
    let got = operator.admin("PUT", &path, Some(json!({"limit": 1_000_000})));
    assert_eq!(got.unwrap().status, 200, "{name}");
}

/// Every resource, edge, claim and tally, without what time alone changes.
fn left(operator: &mut Client) -> BTreeSet<String> {
    let export = operator.admin("GET", "/admin/v1/export", None).unwrap();
    let mut lines = BTreeSet::new();
    for table in ["edge", "claim", "tally"] {
        let rows = export.body[table].as_array().unwrap().iter();
        lines.extend(rows.map(|row| format!("{table} {row}")));
    }
    let rows = export.body["resource"].as_array().unwrap().iter();
    lines.extend(rows.map(|row| format!("resource {} {}", row["kind"], row["id"])));
    lines
}

/// One client's stack.
struct Stack {
    client: Client,
    number: usize,
    /// What was made, to be deleted in the opposite order.
    made: Vec<String>,
}

impl Stack {
    fn new(client: Client, number: usize) -> Stack {
        Stack {
            client,
            number,
            made: Vec::new(),
        }
    }

    /// Builds everything, changes some of it, and takes it down.
    fn life(&mut self) {
        let vpc = self.vpc("here", "10.0.0.0/16");
        let peer = self.vpc("there", "10.1.0.0/16");
        let subnet = self.subnet(&vpc);
        self.security(&subnet);
        self.routes(&vpc, &peer);
        self.firewall(&subnet);
        self.addresses(&subnet);
        while let Some(path) = self.made.pop() {
            self.call("DELETE", &path, Value::Null);
        }
        // It goes on in the other cloud.
        second::life(&mut self.client, self.number);
        self.client.hang_up();
    }

    fn vpc(&mut self, name: &str, cidr: &str) -> String {
        let name = format!("{name}-{}", self.number);
        let body = json!({"vpc": {"name": name, "cidr": cidr}});
        self.make("/v1/{p}/vpcs", "vpc", body)
    }

    fn subnet(&mut self, vpc: &str) -> String {
        let body = json!({"subnet": {"name": "s", "vpc_id": vpc, "cidr": "10.0.1.0/24", "gateway_ip": "10.0.1.1"}});
        let got = self.call("POST", "/v1/{p}/subnets", body);
        let id = got["subnet"]["id"].as_str().unwrap().to_owned();
        self.made.push(format!("/v1/{{p}}/vpcs/{vpc}/subnets/{id}"));
        let log = json!({"flow_log": {"name": "l", "resource_type": "network", "resource_id": id,
            "traffic_type": "all", "log_group_id": UUID, "log_topic_id": UUID}});
        self.make("/v1/{p}/fl/flow_logs", "flow_log", log);
        id
    }

    fn security(&mut self, subnet: &str) {
        let body =
            json!({"address_group": {"name": "a", "ip_version": 4, "ip_set": ["192.168.0.0/24"]}});
        let addresses = self.make("/v3/{p}/vpc/address-groups", "address_group", body);
        let group = json!({"security_group": {"name": "g"}});
        let group = self.make("/v3/{p}/vpc/security-groups", "security_group", group);
        for port in [22, 80] {
            let rule = json!({"security_group_rule": {"security_group_id": group, "direction": "ingress",
                "protocol": "tcp", "port_range_min": port, "port_range_max": port}});
            self.make("/v1/{p}/security-group-rules", "security_group_rule", rule);
        }
        let rule = json!({"security_group_rule": {"security_group_id": group, "direction": "ingress",
            "action": "deny", "priority": 5, "remote_address_group_id": addresses}});
        self.make(
            "/v3/{p}/vpc/security-group-rules",
            "security_group_rule",
            rule,
        );
        let port = json!({"port": {"network_id": subnet, "security_groups": [group]}});
        self.make("/v1/{p}/ports", "port", port);
    }

    fn routes(&mut self, vpc: &str, peer: &str) {
        let body = json!({"peering": {"name": "p", "request_vpc_info": {"vpc_id": vpc},
            "accept_vpc_info": {"vpc_id": peer}}});
        let peering = self.make("/v2.0/vpc/peerings", "peering", body);
        let body = json!({"routetable": {"name": "t", "vpc_id": vpc,
            "routes": [{"type": "peering", "destination": "10.1.0.0/16", "nexthop": peering}]}});
        self.make("/v1/{p}/routetables", "routetable", body);
        let body = json!({"route": {"type": "peering", "destination": "10.0.0.0/16", "nexthop": peering,
            "vpc_id": peer}});
        self.make("/v2.0/vpc/routes", "route", body);
    }

    fn firewall(&mut self, subnet: &str) {
        let body = json!({"firewall": {"name": "f"}});
        let id = self.make("/v3/{p}/vpc/firewalls", "firewall", body);
        let path = format!("/v3/{{p}}/vpc/firewalls/{id}");
        let rule = json!({"action": "allow", "ip_version": 4, "protocol": "tcp", "source_ip_address": "0.0.0.0/0",
            "destination_ip_address": "0.0.0.0/0"});
        let body = json!({"firewall": {"ingress_rules": [rule]}});
        self.call("PUT", &format!("{path}/insert-rules"), body);
        let body = json!({"subnets": [{"virsubnet_id": subnet}]});
        self.call("PUT", &format!("{path}/associate-subnets"), body.clone());
        self.call("PUT", &format!("{path}/disassociate-subnets"), body);
    }

    fn addresses(&mut self, subnet: &str) {
        let body = json!({"bandwidth": {"name": "b", "size": 5}});
        let bandwidth = self.make("/v2.0/{p}/bandwidths", "bandwidth", body);
        // Shared bandwidths are deleted in v2.0 only, where they were made.
        let body = json!({"publicip": {"type": "5_bgp"},
            "bandwidth": {"name": "b", "size": 5, "share_type": "PER"}});
        let eip = self.make("/v1/{p}/publicips", "publicip", body);
        let info = json!([{"publicip_id": eip}]);
        let inside = format!("/v2.0/{{p}}/bandwidths/{bandwidth}");
        let body = json!({"bandwidth": {"publicip_info": info}});
        self.call("POST", &format!("{inside}/insert"), body);
        let body =
            json!({"bandwidth": {"charge_mode": "bandwidth", "size": 5, "publicip_info": info}});
        self.call("POST", &format!("{inside}/remove"), body);
        let body = json!({"privateips": [{"subnet_id": subnet}, {"subnet_id": subnet}]});
        let got = self.call("POST", "/v1/{p}/privateips", body);
        for it in got["privateips"].as_array().unwrap() {
            let id = it["id"].as_str().unwrap();
            self.made.push(format!("/v1/{{p}}/privateips/{id}"));
        }
        let port = got["privateips"][0]["id"].as_str().unwrap();
        let path = format!("/v1/{{p}}/publicips/{eip}");
        self.call("PUT", &path, json!({"publicip": {"port_id": port}}));
        self.call("PUT", &path, json!({"publicip": {}}));
    }

    fn make(&mut self, collection: &str, kind: &str, body: Value) -> String {
        let got = self.call("POST", collection, body);
        let id = got[kind]["id"].as_str();
        let id = id.unwrap_or_else(|| panic!("{got}")).to_owned();
        self.made.push(format!("{collection}/{id}"));
        id
    }

    fn call(&mut self, method: &str, path: &str, body: Value) -> Value {
        let sent = (!body.is_null()).then(|| body.clone());
        let got = self.client.huawei(method, path, sent).unwrap();
        assert!(got.status < 300, "{method} {path} {body}: {got:?}");
        got.body
    }
}

/// A log group and a log stream.
const UUID: &str = "5a2b3c4d-0000-4000-8000-000000000001";
