//! Crash before every driver call and every transaction of the reconciler, restart, converge to the same plan.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on panics")]

use std::collections::BTreeSet;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use serde_json::{Value, json};
use vpcd::cloud::{Cloud, Setup};
use vpcd_fabric::{Change, Driver, Failure, Rows, Simulated};
use vpcd_store::Store;
use vpcd_tests::pattern::fill;
use vpcd_tests::world::{Ask, Side, World};

/// A fabric that dies at its n-th call, as the process would.
struct Dying {
    inner: Arc<Simulated>,
    left: AtomicU64,
}

impl Dying {
    fn step(&self) {
        if self.left.fetch_sub(1, Ordering::Relaxed) == 0 {
            panic!("the process dies here");
        }
    }
}

impl Driver for Dying {
    fn observe(&self, target: &str) -> Result<Rows, Failure> {
        self.step();
        self.inner.observe(target)
    }

    fn apply(&self, target: &str, changes: &[Change]) -> Result<(), Failure> {
        self.step();
        self.inner.apply(target, changes)?;
        // Dying after the work and before its record is the interesting half.
        self.step();
        Ok(())
    }
}

fn cloud(store: Store, driver: Arc<dyn Driver>) -> Cloud {
    // A process that starts again draws other numbers than the one before it.
    static COUNT: AtomicU64 = AtomicU64::new(0);
    Cloud::assemble(Setup {
        store,
        real: Box::new(|| jiff::Timestamp::from_second(1_767_225_600).unwrap()),
        entropy: Arc::new(|| {
            let n = COUNT.fetch_add(1, Ordering::Relaxed).to_be_bytes();
            std::array::from_fn(|at| n[at % 8] ^ at as u8)
        }),
        key: [7; 32],
        admin_token: None,
        region: "vpcd-1".to_owned(),
        driver,
        // A fabric that is real to the domain: everything converges through the reconciler.
        fabric_none: false,
        wake: Box::new(|| {}),
    })
    .unwrap()
}

fn build(world: &mut World) -> String {
    let me = world.me.clone();
    let mut post = |path: &str, body: Value| {
        let ask = Ask {
            method: "POST".into(),
            path: path.replace("{p}", &me.project),
            body: body.to_string(),
            ..Ask::default()
        };
        let reply = world.send(Side::Huawei, Some(&me), &ask);
        assert!(reply.status < 300, "{path}: {reply:?}");
        reply.body.unwrap()
    };
    let vpc = post(
        "/v1/{p}/vpcs",
        json!({"vpc": {"name": "v", "cidr": "10.0.0.0/8"}}),
    );
    vpc["vpc"]["id"].as_str().unwrap().to_owned()
}

#[test]
fn converges_to_the_same_plan_wherever_it_died() {
    let reference = Arc::new(Simulated::new());
    let mut world = World::new(cloud(Store::ephemeral().unwrap(), reference.clone()));
    let id = build(&mut world);
    world.settle();
    let want: Vec<Value> = reference
        .rows(&format!("network/{id}"))
        .into_values()
        .collect();
    assert!(!want.is_empty());

    let mut deaths = 0;
    for at in 0..64 {
        let store = Store::ephemeral().unwrap();
        let fabric = Arc::new(Simulated::new());
        let dying = Arc::new(Dying {
            inner: fabric.clone(),
            left: AtomicU64::new(at),
        });
        let mut world = World::new(cloud(store.clone(), dying));
        let id = build(&mut world);
        let died = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| {
            world.cloud.reconciler.run()
        }))
        .is_err();
        drop(world);
        deaths += u32::from(died);
        let after = cloud(store, fabric.clone());
        after.reconciler.run().unwrap();
        let have: Vec<Value> = fabric
            .rows(&format!("network/{id}"))
            .into_values()
            .collect();
        assert_eq!(have.len(), want.len(), "died at call {at}");
        assert_eq!(
            after.reconciler.next_due().unwrap(),
            None,
            "died at call {at}: work is left"
        );
        if !died {
            break;
        }
    }
    assert!(deaths >= 3, "the fabric was asked only {deaths} times");
}

/// A request of the second cloud, which must be taken; `SETTLE` stands for the reconciler's turn.
type Line = (&'static str, &'static str, &'static str);

const SETTLE: Line = ("", "", "");

/// One of everything that has a state of its own, built, changed and taken down; `{name}` is what an answer called so.
const STACK: [Line; 44] = [
    (
        "POST",
        "/v1/vpc vpcId=vpc",
        r#"{"name": "near", "cidr": "192.168.0.0/16", "enableIpv6": true}"#,
    ),
    (
        "POST",
        "/v1/vpc vpcId=far",
        r#"{"name": "far", "cidr": "10.0.0.0/16"}"#,
    ),
    (
        "POST",
        "/v1/subnet subnetId=subnet",
        r#"{"name": "s", "zoneName": "a", "cidr": "192.168.1.0/24", "vpcId": "{vpc}"}"#,
    ),
    ("POST", "/v1/eip eip=one", r#"{"bandwidthInMbps": 5}"#),
    ("POST", "/v1/eip eip=two", r#"{"bandwidthInMbps": 5}"#),
    SETTLE,
    (
        "POST",
        "/v1/nat natId=nat",
        r#"{"name": "gate", "vpcId": "{vpc}", "cuNum": 1, "bindEips": ["{one}"], "billing": {"paymentTiming": "Postpaid"}}"#,
    ),
    (
        "POST",
        "/v1/eni eniId=eni",
        r#"{"name": "nic", "subnetId": "{subnet}", "privateIpSet": [{"primary": true}, {"privateIpAddress": "192.168.1.40"}]}"#,
    ),
    (
        "POST",
        "/v1/havip haVipId=vip",
        r#"{"name": "vip", "subnetId": "{subnet}", "privateIpAddress": ""}"#,
    ),
    (
        "POST",
        "/v1/IPv6Gateway gatewayId=six",
        r#"{"name": "six", "vpcId": "{vpc}", "bandwidthInMbps": 10}"#,
    ),
    (
        "POST",
        "/v1/peerconn peerConnId=peer",
        r#"{"localVpcId": "{vpc}", "peerVpcId": "{far}", "peerRegion": "vpcd-1", "bandwidthInMbps": 10, "billing": {"paymentTiming": "Postpaid"}}"#,
    ),
    (
        "POST",
        "/v1/enterprise/security enterpriseSecurityGroupId=esg",
        r#"{"name": "esg", "rules": [{"direction": "ingress", "ethertype": "IPv4", "action": "deny", "priority": 9, "protocol": "tcp", "portRange": "22", "sourceIp": "all"}]}"#,
    ),
    (
        "POST",
        "/v1/acl/rule",
        r#"{"aclRules": [{"subnetId": "{subnet}", "protocol": "tcp", "sourceIpAddress": "0.0.0.0/0", "destinationIpAddress": "0.0.0.0/0", "sourcePort": "all", "destinationPort": "80", "position": 1, "direction": "ingress", "action": "deny"}]}"#,
    ),
    SETTLE,
    (
        "POST",
        "/v1/nat/{nat}/snatRule ruleId=snat",
        r#"{"ruleName": "out", "sourceCIDR": "192.168.1.0/24", "publicIpsAddress": ["{one}"]}"#,
    ),
    (
        "POST",
        "/v1/nat/{nat}/dnatRule ruleId=dnat",
        r#"{"ruleName": "in", "publicIpAddress": "{one}", "privateIpAddress": "192.168.1.7", "protocol": "TCP", "publicPort": 8080, "privatePort": 80}"#,
    ),
    (
        "PUT",
        "/v1/eni/{eni}?bindEsg",
        r#"{"enterpriseSecurityGroupIds": ["{esg}"]}"#,
    ),
    (
        "PUT",
        "/v1/eni/{eni}?bind",
        r#"{"privateIpAddress": "192.168.1.40", "publicIpAddress": "{two}"}"#,
    ),
    (
        "PUT",
        "/v1/havip/{vip}?attach",
        r#"{"instanceIds": ["{eni}"], "instanceType": "ENI"}"#,
    ),
    (
        "POST",
        "/v1/IPv6Gateway/{six}/rateLimitRule rateLimitRuleId=rate",
        r#"{"ipv6Address": "2001:db8::1", "ingressBandwidthInMbps": 5, "egressBandwidthInMbps": 6}"#,
    ),
    SETTLE,
    ("DELETE", "/v1/IPv6Gateway/{six}/rateLimitRule/{rate}", ""),
    ("PUT", "/v1/nat/{nat}?resize", r#"{"cuNum": 2}"#),
    SETTLE,
    (
        "PUT",
        "/v1/havip/{vip}?detach",
        r#"{"instanceIds": ["{eni}"], "instanceType": "ENI"}"#,
    ),
    (
        "PUT",
        "/v1/eni/{eni}?unBind",
        r#"{"publicIpAddress": "{two}"}"#,
    ),
    SETTLE,
    ("DELETE", "/v1/nat/{nat}/snatRule/{snat}", ""),
    ("DELETE", "/v1/nat/{nat}", ""),
    SETTLE,
    ("DELETE", "/v1/IPv6Gateway/{six}", ""),
    ("DELETE", "/v1/havip/{vip}", ""),
    ("DELETE", "/v1/eni/{eni}", ""),
    ("DELETE", "/v1/peerconn/{peer}", ""),
    SETTLE,
    ("DELETE", "/v1/enterprise/security/{esg}", ""),
    ("DELETE", "/v1/eip/{one}", ""),
    ("DELETE", "/v1/eip/{two}", ""),
    SETTLE,
    ("DELETE", "/v1/subnet/{subnet}", ""),
    SETTLE,
    ("DELETE", "/v1/vpc/{far}", ""),
    ("DELETE", "/v1/vpc/{vpc}", ""),
    SETTLE,
];

/// Every resource, edge, claim and tally.
fn left(world: &mut World) -> BTreeSet<String> {
    let export = world.admin("GET", "/admin/v1/export", Value::Null);
    let mut lines = BTreeSet::new();
    for table in ["edge", "claim", "tally"] {
        let rows = export[table].as_array().unwrap().iter();
        lines.extend(rows.map(|row| format!("{table} {row}")));
    }
    let rows = export["resource"].as_array().unwrap().iter();
    lines.extend(rows.map(|row| format!("resource {} {}", row["kind"], row["id"])));
    lines
}

/// Plays the stack on a fabric that dies at that call, as often as the reconciler is called after it; whether it died.
fn live_through(at: u64) -> bool {
    let (store, fabric) = (Store::ephemeral().unwrap(), Arc::new(Simulated::new()));
    let dying = Dying {
        inner: fabric.clone(),
        left: AtomicU64::new(at),
    };
    let mut world = World::new(cloud(store.clone(), Arc::new(dying)));
    let on = json!({"scope": "*", "value": true});
    world.admin("PUT", "/admin/v1/conditions/feature.ipv6", on);
    // The pool of IPv6 is there from its first use on.
    let pool = json!({"cidr": "2001:db8::/32"});
    world.admin("PUT", "/admin/v1/ipv6-pool", pool);
    let before = left(&mut world);
    let (mut names, mut died) = (world.names.clone(), false);
    for (method, line, body) in STACK {
        if method.is_empty() {
            let turn = std::panic::AssertUnwindSafe(|| world.cloud.reconciler.run());
            if std::panic::catch_unwind(turn).is_err() {
                died = true;
                world.cloud = cloud(store.clone(), fabric.clone());
                world.cloud.reconciler.run().unwrap();
            }
            continue;
        }
        let (path, name) = line.split_once(' ').unwrap_or((line, ""));
        let ask = Ask {
            method: method.into(),
            path: fill(path, &names),
            body: fill(body, &names),
            ..Ask::default()
        };
        let me = world.me.clone();
        let reply = world.send(Side::Baidu, Some(&me), &ask);
        assert!(reply.status < 300, "died at {at}: {ask:?}: {reply:?}");
        if let Some((field, name)) = name.split_once('=') {
            let id = reply.body.unwrap()[field].as_str().unwrap().to_owned();
            names.insert(name.to_owned(), id);
        }
    }
    assert_eq!(
        world.cloud.reconciler.next_due().unwrap(),
        None,
        "died at {at}: work is left"
    );
    let after = left(&mut world);
    let more: Vec<_> = after.difference(&before).collect();
    assert!(more.is_empty(), "died at {at}: left behind: {more:#?}");
    died
}

#[test]
fn nothing_is_left_of_a_stack_wherever_the_fabric_died_under_it() {
    let deaths = (0..4096)
        .step_by(3)
        .take_while(|at| live_through(*at))
        .count();
    assert!(deaths >= 20, "the fabric was asked only {deaths} times");
}

#[test]
fn a_fabric_that_is_away_is_waited_for() {
    let fabric = Arc::new(Simulated::new());
    let mut world = World::new(cloud(Store::ephemeral().unwrap(), fabric.clone()));
    fabric.fail_with(Some(Failure::Retry("away".into())));
    let id = build(&mut world);
    let pass = world.cloud.reconciler.run().unwrap();
    assert!(pass.postponed > 0 && pass.settled == 0, "{pass:?}");
    fabric.fail_with(None);
    assert!(
        world.cloud.reconciler.next_due().unwrap().is_some(),
        "it will be tried again"
    );
    world
        .cloud
        .clock
        .adjust(None, jiff::SignedDuration::from_secs(60), None);
    let pass = world.cloud.reconciler.run().unwrap();
    assert!(pass.settled > 0, "{pass:?}");
    assert!(!fabric.rows(&format!("network/{id}")).is_empty());
}

#[test]
fn a_target_that_cannot_be_planned_does_not_hold_up_the_others() {
    let fabric = Arc::new(Simulated::new());
    let store = Store::ephemeral().unwrap();
    let mut world = World::new(cloud(store.clone(), fabric.clone()));
    let (broken, sound) = (build(&mut world), another(&mut world));
    let id = broken.clone();
    let spoiled: Result<bool, vpcd_store::Error> = store.write("test", move |tx| {
        let mut row = vpcd_store::resource::get(tx, "vpc", &id)?.unwrap();
        row.doc = "{}".to_owned();
        vpcd_store::resource::update(tx, &row)
    });
    assert_eq!(spoiled, Ok(true));
    let pass = world.cloud.reconciler.run().unwrap();
    assert!(pass.settled > 0 && pass.postponed > 0, "{pass:?}");
    assert!(!fabric.rows(&format!("network/{sound}")).is_empty());
    assert!(fabric.rows(&format!("network/{broken}")).is_empty());
}

fn another(world: &mut World) -> String {
    let me = world.me.clone();
    let ask = Ask {
        method: "POST".into(),
        path: format!("/v1/{}/vpcs", me.project),
        body: json!({"vpc": {"name": "other", "cidr": "10.0.0.0/8"}}).to_string(),
        ..Ask::default()
    };
    let reply = world.send(Side::Huawei, Some(&me), &ask);
    let body = reply.body.unwrap();
    body["vpc"]["id"].as_str().unwrap().to_owned()
}
