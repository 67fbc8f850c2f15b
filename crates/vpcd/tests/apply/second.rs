//! The same in the other cloud: what only it makes, built, changed and taken down again.

use serde_json::{Value, json};

use crate::support::{Client, Got, pause};

/// Lets networks have IPv6.
pub fn prepare(operator: &mut Client) {
    let on = json!({"scope": "*", "value": true});
    let got = operator.admin("PUT", "/admin/v1/conditions/feature.ipv6", Some(on));
    assert_eq!(got.unwrap().status, 200);
}

/// Builds everything, changes some of it, and takes it down.
pub fn life(client: &mut Client, number: usize) {
    client.hang_up();
    let mut all = Stack {
        client,
        number,
        made: Vec::new(),
    };
    let vpc = all.network("near", "192.168.0.0/16");
    let far = all.network("far", "10.0.0.0/16");
    let body = json!({"name": "s", "zoneName": "cn-bj-a", "cidr": "192.168.1.0/24", "vpcId": vpc, "enableIpv6": true});
    let subnet = all.make("/v1/subnet", "subnetId", body);
    let beside =
        json!({"name": "t", "zoneName": "cn-bj-a", "cidr": "192.168.2.0/24", "vpcId": vpc});
    let beside = all.make("/v1/subnet", "subnetId", beside);
    let kept = json!({"subnetId": subnet, "ipCidr": "192.168.1.128/28", "ipVersion": 4});
    all.make("/v1/subnet/ipreserve", "ipReserveId", kept);
    all.groups(&vpc);
    all.list(&subnet);
    all.peering(&vpc, &far);
    all.translation(&vpc);
    all.interface(&subnet, &beside);
    all.six(&vpc);
    while let Some(path) = all.made.pop() {
        match path.strip_prefix("admin ") {
            Some(path) => assert_eq!(all.admin("DELETE", path, Value::Null).status, 204),
            None => drop(all.call("DELETE", &path, Value::Null)),
        }
    }
}

/// One client's stack.
struct Stack<'a> {
    client: &'a mut Client,
    number: usize,
    /// What was made, to be deleted in the opposite order.
    made: Vec<String>,
}

impl Stack<'_> {
    fn network(&mut self, name: &str, cidr: &str) -> String {
        let name = format!("{name}-{}", self.number);
        let body = json!({"name": name, "cidr": cidr, "enableIpv6": true});
        self.make("/v1/vpc", "vpcId", body)
    }

    /// Templates, groups of the network and of the whole account, with rules.
    fn groups(&mut self, vpc: &str) {
        let body = json!({"name": "set", "ipVersion": "IPv4", "ipAddressInfo": [{"ipAddress": "10.9.0.0/16"}]});
        let set = self.make("/v1/ipSet", "ipSetId", body);
        let body = json!({"name": "all", "ipVersion": "IPv4", "ipSetIds": [set]});
        self.make("/v1/ipGroup", "ipGroupId", body);
        let rule = json!({"direction": "ingress", "protocol": "tcp", "portRange": "22", "remark": "shell"});
        let body = json!({"name": "web", "vpcId": vpc, "rules": [rule]});
        let group = self.make("/v1/securityGroup", "securityGroupId", body);
        let rule =
            json!({"direction": "egress", "protocol": "udp", "portRange": "53", "remark": "names"});
        let path = format!("/v1/securityGroup/{group}?authorizeRule");
        self.call("PUT", &path, json!({"rule": rule}));
    }

    /// The list of a subnet: the last rule takes the firewall behind it away.
    fn list(&mut self, subnet: &str) {
        let rule = |position: u32, direction: &str| {
            json!({"subnetId": subnet, "protocol": "tcp", "sourceIpAddress": "0.0.0.0/0", "destinationIpAddress": "0.0.0.0/0",
                "sourcePort": "all", "destinationPort": "80", "position": position, "direction": direction, "action": "deny"})
        };
        let rules =
            json!({"aclRules": [rule(1, "ingress"), rule(2, "ingress"), rule(3, "egress")]});
        self.call("POST", "/v1/acl/rule", rules);
        let listed = self.call(
            "GET",
            &format!("/v1/acl/rule?subnetId={subnet}"),
            Value::Null,
        );
        for rule in listed["aclRules"].as_array().unwrap() {
            if let Some(id) = rule["id"].as_str().filter(|id| id.starts_with("ar-")) {
                let path = format!("/v1/acl/rule/{id}");
                self.call("PUT", &path, json!({"description": "changed"}));
                self.call("DELETE", &path, Value::Null);
            }
        }
        // What is left goes with the subnet.
        self.call(
            "POST",
            "/v1/acl/rule",
            json!({"aclRules": [rule(7, "ingress")]}),
        );
    }

    fn peering(&mut self, vpc: &str, far: &str) {
        let body = json!({"localVpcId": vpc, "peerVpcId": far, "peerRegion": "vpcd-1", "bandwidthInMbps": 10,
            "billing": {"paymentTiming": "Postpaid"}, "localIfName": "here"});
        let peering = self.make("/v1/peerconn", "peerConnId", body);
        let path = format!("/v1/peerconn/{peering}");
        self.call("PUT", &format!("{path}?open&role=initiator"), Value::Null);
        self.call(
            "PUT",
            &format!("{path}?resize"),
            json!({"newBandwidthInMbps": 20}),
        );
        let shown = self.call("GET", &format!("{path}?role=initiator"), Value::Null);
        let table = self.call("GET", &format!("/v1/route?vpcId={vpc}"), Value::Null);
        let body = json!({"routeTableId": table["routeTableId"], "sourceAddress": "0.0.0.0/0",
            "destinationAddress": "10.0.0.0/16", "nexthopType": "peerConn", "nexthopId": shown["localIfId"]});
        self.make("/v1/route/rule", "routeRuleId", body);
    }

    fn translation(&mut self, vpc: &str) {
        let (out, both) = (self.address(), self.address());
        let body = json!({"name": "gate", "vpcId": vpc, "cuNum": 1, "billing": {"paymentTiming": "Postpaid"}, "bindEips": [out]});
        let made = self.call("POST", "/v1/nat", body);
        let path = format!("/v1/nat/{}", text(&made["natId"]));
        self.stands(&path, 200);
        self.call("PUT", &format!("{path}?bind"), json!({"bindEips": [both]}));
        let body = json!({"ruleName": "out", "sourceCIDR": "192.168.1.0/24", "publicIpsAddress": [out, both]});
        let rule = self.call("POST", &format!("{path}/snatRule"), body);
        let rule = format!("{path}/snatRule/{}", text(&rule["ruleId"]));
        self.call(
            "PUT",
            &rule,
            json!({"ruleName": "other", "sourceCIDR": "192.168.2.0/24"}),
        );
        self.call("DELETE", &rule, Value::Null);
        let inside = |port: u16| {
            json!({"ruleName": "in", "publicIpAddress": both, "privateIpAddress": "192.168.1.7",
                "protocol": "TCP", "publicPort": port, "privatePort": 80})
        };
        let body = json!({"rules": [inside(8080), inside(8081)]});
        self.call("POST", &format!("{path}/dnatRule/batchCreate"), body);
        let rule = json!({"natId": text(&made["natId"]), "snatRules": [{"ruleName": "out", "sourceCIDR": "192.168.1.0/24", "publicIpsAddress": [out]}]});
        self.call("POST", "/v1/nat/snatRule/batchCreate", rule);
        self.call("PUT", &format!("{path}?resize"), json!({"cuNum": 2}));
        self.stands(&path, 200);
        // Its rules and its addresses go with it.
        self.call("DELETE", &path, Value::Null);
        self.stands(&path, 404);
    }

    fn interface(&mut self, subnet: &str, beside: &str) {
        let server =
            json!({"service": "instance", "project": self.client.project(), "subnet": subnet});
        let server = self.admin("POST", "/admin/v1/registrations", server).body;
        self.made.push(format!(
            "admin /admin/v1/registrations/{}",
            text(&server["id"])
        ));
        let server = text(&server["alias"]);
        let group = json!({"name": "esg", "rules": [{"direction": "ingress", "ethertype": "IPv4", "action": "deny", "priority": 9,
            "protocol": "tcp", "portRange": "22", "sourceIp": "all"}]});
        let group = self.call("POST", "/v1/enterprise/security", group);
        let group = text(&group["enterpriseSecurityGroupId"]);
        self.made.push(format!("/v1/enterprise/security/{group}"));
        let body = json!({"name": "nic", "subnetId": subnet, "privateIpSet": [{"primary": true}, {"primary": false}]});
        let interface = self.make("/v1/eni", "eniId", body);
        let path = format!("/v1/eni/{interface}");
        self.call(
            "PUT",
            &format!("{path}?bindEsg"),
            json!({"enterpriseSecurityGroupIds": [group]}),
        );
        let more = self.call(
            "POST",
            &format!("{path}/privateIp/batchAdd"),
            json!({"privateIpAddressCount": 3}),
        );
        let cross = json!({"subnetId": beside, "privateIpAddressCount": 2});
        self.call(
            "POST",
            &format!("{path}/privateIp/batchAddCrossSubnet"),
            cross,
        );
        let first = json!({"privateIpAddresses": [more["privateIpAddresses"][0]]});
        self.call("POST", &format!("{path}/privateIp/batchDel"), first);
        let public = self.address();
        let bound =
            json!({"privateIpAddress": more["privateIpAddresses"][1], "publicIpAddress": public});
        self.call("PUT", &format!("{path}?bind"), bound);
        self.call(
            "PUT",
            &format!("{path}?attach"),
            json!({"instanceId": server}),
        );
        self.virtual_address(subnet, &interface);
        self.call(
            "PUT",
            &format!("{path}?detach"),
            json!({"instanceId": server}),
        );
        self.call(
            "PUT",
            &format!("{path}?unBind"),
            json!({"publicIpAddress": public}),
        );
    }

    fn virtual_address(&mut self, subnet: &str, interface: &str) {
        let body = json!({"name": "vip", "subnetId": subnet, "privateIpAddress": ""});
        let address = self.call("POST", "/v1/havip", body);
        let path = format!("/v1/havip/{}", text(&address["haVipId"]));
        let answers = json!({"instanceIds": [interface], "instanceType": "ENI"});
        self.call("PUT", &format!("{path}?attach"), answers.clone());
        let public = self.address();
        self.call(
            "PUT",
            &format!("{path}?bindPublicIp"),
            json!({"publicIpAddress": public}),
        );
        self.call("PUT", &format!("{path}?unbindPublicIp"), Value::Null);
        self.call("PUT", &format!("{path}?detach"), answers);
        self.call("DELETE", &path, Value::Null);
    }

    fn six(&mut self, vpc: &str) {
        let shown = self.call("GET", &format!("/v1/vpc/{vpc}"), Value::Null);
        let block = text(&shown["vpc"]["ipv6Cidr"]);
        let body = json!({"name": "six", "vpcId": vpc, "bandwidthInMbps": 10, "billing": {"paymentTiming": "Postpaid"}});
        let gateway = self.make("/v1/IPv6Gateway", "gatewayId", body);
        let path = format!("/v1/IPv6Gateway/{gateway}");
        let body = json!({"cidr": block});
        self.make(&format!("{path}/egressOnlyRule"), "egressOnlyRuleId", body);
        let address = block.replace("/56", "1");
        let limits = json!({"ipv6Address": address, "ingressBandwidthInMbps": 5, "egressBandwidthInMbps": 6});
        let rule = self.call("POST", &format!("{path}/rateLimitRule"), limits);
        let rule = format!("{path}/rateLimitRule/{}", text(&rule["rateLimitRuleId"]));
        self.call("PUT", &rule, json!({"ingressBandwidthInMbps": 2}));
        self.call("DELETE", &rule, Value::Null);
        self.call(
            "PUT",
            &format!("{path}?resize"),
            json!({"bandwidthInMbps": 20}),
        );
    }

    /// A public address.
    fn address(&mut self) -> String {
        let billing = json!({"paymentTiming": "Postpaid", "billingMethod": "ByTraffic"});
        self.make(
            "/v1/eip",
            "eip",
            json!({"bandwidthInMbps": 5, "billing": billing}),
        )
    }

    /// Waits until what is on its way is there, or gone.
    fn stands(&mut self, path: &str, status: u16) {
        for _ in 0..2000 {
            let got = self.client.baidu("GET", path, None).unwrap();
            let moving = ["building", "configuring", "deleting", "updating"];
            if got.status == status && !moving.iter().any(|it| got.body["status"] == *it) {
                return;
            }
            pause(10);
        }
        panic!("{path} never comes to {status}");
    }

    fn make(&mut self, collection: &str, id: &str, body: Value) -> String {
        let got = self.call("POST", collection, body);
        let id = text(&got[id]);
        self.made.push(format!("{collection}/{id}"));
        id
    }

    fn call(&mut self, method: &str, path: &str, body: Value) -> Value {
        let sent = (!body.is_null()).then(|| body.clone());
        let got = self.client.baidu(method, path, sent);
        let got = got.unwrap_or_else(|| panic!("{method} {path} {body}: no answer"));
        assert!(got.status < 300, "{method} {path} {body}: {got:?}");
        got.body
    }

    fn admin(&mut self, method: &str, path: &str, body: Value) -> Got {
        // Idle since the last registration.
        self.client.hang_up();
        let sent = (!body.is_null()).then_some(body);
        let got = self.client.admin(method, path, sent).unwrap();
        assert!(got.status < 300, "{method} {path}: {got:?}");
        got
    }
}

fn text(value: &Value) -> String {
    let text = value.as_str();
    text.unwrap_or_else(|| panic!("{value} is no text"))
        .to_owned()
}
