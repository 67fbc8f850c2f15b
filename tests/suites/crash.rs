//! Crash before every driver call and every transaction of the reconciler, restart, converge to the same plan.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on panics")]

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use serde_json::{Value, json};
use vpcd::cloud::{Cloud, Setup};
use vpcd_fabric::{Change, Driver, Failure, Rows, Simulated};
use vpcd_store::Store;
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
    let count = AtomicU64::new(0);
    Cloud::assemble(Setup {
        store,
        real: Box::new(|| jiff::Timestamp::from_second(1_767_225_600).unwrap()),
        entropy: Arc::new(move || {
            let n = count.fetch_add(1, Ordering::Relaxed).to_be_bytes();
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
