//! What the operator does around a network that somebody built.

use serde_json::{Value, json};
use vpcd_domain::firewall::policy::{self, NewPolicy};
use vpcd_domain::job::{Job, Work};
use vpcd_domain::subnet::{self, NewSubnet};
use vpcd_domain::vpc::{self, NewVpc};
use vpcd_domain::{Fault, Head, identity};

use super::*;

/// A network with a subnet 10.0.0.0/24 in the first project: their ids.
pub(super) fn network(cloud: &Cloud) -> (String, String) {
    let caller = identity::operator(&cloud.bootstrap.project, "test");
    let built = cloud
        .app
        .write("test.network", &caller, &vpcd_huawei::POLICY, |tx, cx| {
            let new = NewVpc {
                ipv6: false,
                name: "net".to_owned(),
                description: String::new(),
                cidr: "10.0.0.0/16".parse().ok(),
                enterprise_project: "0".to_owned(),
                tags: Vec::new(),
            };
            let vpc = vpc::create(tx, cx, new)?;
            let cidr = "10.0.0.0/24".parse();
            let new = NewSubnet {
                vpc: vpc.head.id.clone(),
                name: "sub".to_owned(),
                description: String::new(),
                cidr: cidr.map_err(|_| Fault::invalid("cidr", "no block"))?,
                gateway: None,
                dhcp: false,
                dns: Vec::new(),
                dhcp_options: Vec::new(),
                zone: String::new(),
                purpose: String::new(),
                ipv6: false,
                tags: Vec::new(),
            };
            Ok((vpc.head.id, subnet::create(tx, cx, new)?.head.id))
        });
    built.unwrap()
}

#[test]
fn an_instance_in_a_subnet_has_a_port_until_it_goes() {
    let cloud = cloud();
    let (_, subnet) = network(&cloud);
    let project = cloud.bootstrap.project.clone();
    let body = json!({"service": "instance", "project": project, "subnet": subnet, "zone": "az1"});
    let made = done(&cloud, "POST", "registrations", body.clone());
    assert!(text(&made["address"]).starts_with("10.0.0."), "{made}");
    assert!(made["port"].is_string() && made["parent"] == subnet.as_str());
    let foreign = done(&cloud, "POST", "accounts", json!({"name": "other"}));
    let mut stolen = body;
    stolen["project"] = foreign["project"]["id"].clone();
    assert_eq!(refused(&cloud, "POST", "registrations", stolen), 404);
    let path = format!("registrations/{}", text(&made["id"]));
    assert_eq!(ask(&cloud, "DELETE", &path, Value::Null).0, 204);
}

#[test]
fn an_account_that_owns_something_stays() {
    let cloud = cloud();
    network(&cloud);
    let path = format!("accounts/{}", cloud.bootstrap.account);
    let (status, answer) = ask(&cloud, "DELETE", &path, Value::Null);
    assert_eq!(status, 409);
    assert!(text(&answer["error"]).contains("1 vpc"), "{answer}");
}

/// A thing of any kind keeps its account; what came of old work goes with it.
#[test]
fn the_least_thing_keeps_an_account_but_not_its_jobs() {
    let cloud = cloud();
    let made = done(&cloud, "POST", "accounts", json!({"name": "other"}));
    let account = text(&made["id"]);
    let project = text(&made["project"]["id"]).to_owned();
    let caller = identity::operator(&project, "test");
    let policy = cloud
        .app
        .write("test.policy", &caller, &vpcd_huawei::POLICY, |tx, cx| {
            tx.insert(&Job {
                head: Head::new::<Job>(cx, None).settled(),
                work: Work::Delete,
                steps: Vec::new(),
            })?;
            Ok(policy::create(tx, cx, NewPolicy::default())?.head.id)
        })
        .unwrap();
    let path = format!("accounts/{account}");
    let (status, answer) = ask(&cloud, "DELETE", &path, Value::Null);
    assert_eq!(status, 409);
    assert!(
        text(&answer["error"]).contains("1 firewall_policy"),
        "{answer}"
    );
    cloud
        .app
        .write(
            "test.policy",
            &caller,
            &vpcd_huawei::POLICY,
            move |tx, cx| policy::delete(tx, cx, &policy),
        )
        .unwrap();
    assert_eq!(ask(&cloud, "DELETE", &path, Value::Null).0, 204);
}

/// What the fabric carries is the state of before: every target, also one that is no more, has to be looked at.
#[test]
fn after_a_restore_the_reconciler_looks_at_every_target() {
    let cloud = cloud();
    done(&cloud, "PUT", "snapshots/empty", Value::Null);
    let (vpc, _) = network(&cloud);
    cloud.reconciler.run().unwrap();
    done(&cloud, "POST", "snapshots/empty/restore", Value::Null);
    let targets = done(&cloud, "GET", "targets", Value::Null);
    let targets = targets["targets"].as_array().unwrap();
    let network = format!("network/{vpc}");
    assert!(targets.iter().any(|it| it["target"] == network.as_str()));
    assert!(targets.iter().all(|it| it["state"] == "due"));
    cloud.reconciler.run().unwrap();
    let left = done(&cloud, "GET", "targets", Value::Null);
    assert_eq!(left, json!({"targets": []}));
}

#[test]
fn conditions_of_a_network_need_the_network() {
    let cloud = cloud();
    let (vpc, _) = network(&cloud);
    let limit = |scope: &str| {
        let body = json!({"scope": scope, "value": 3});
        ask(&cloud, "PUT", "conditions/routes.limit", body).0
    };
    assert_eq!((limit(&vpc), limit("none"), limit("*")), (200, 404, 200));
    let raced = json!({"scope": "none", "value": true});
    let (status, _) = ask(&cloud, "PUT", "conditions/security_rule.raced", raced);
    assert_eq!(status, 404);
    let body = json!({"scope": format!("network/{vpc}"), "value": true});
    done(&cloud, "PUT", "conditions/fabric.refuses", body);
    let targets = done(&cloud, "GET", "targets", Value::Null);
    assert_eq!(targets["targets"][0]["state"], "due");
}
