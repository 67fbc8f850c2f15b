//! The suite that every driver passes, as functions over any driver.

use serde_json::json;

use crate::{Change, Driver, Rows, difference};

/// Runs the whole suite on two targets that nothing else uses.
///
/// # Panics
/// When the driver breaks the contract.
pub fn suite(driver: &dyn Driver) {
    let (mine, other) = ("network/contract-a", "network/contract-b");
    let want = Rows::from([
        ("vpc/a".into(), json!({"cidr": "10.0.0.0/8"})),
        ("subnet/a".into(), json!({"n": 1})),
    ]);
    converge(driver, mine, &want);
    assert_eq!(observed(driver, mine), want, "what was applied is observed");
    assert!(observed(driver, other).is_empty(), "targets are apart");

    let again = difference(&observed(driver, mine), &want);
    assert!(again.is_empty(), "applying twice finds nothing to do");
    apply(
        driver,
        mine,
        &[Change::Put("vpc/a".into(), want["vpc/a"].clone())],
    );
    assert_eq!(
        observed(driver, mine),
        want,
        "applying what is there changes nothing"
    );

    let less = Rows::from([("vpc/a".into(), json!({"cidr": "10.0.0.0/16"}))]);
    converge(driver, mine, &less);
    assert_eq!(observed(driver, mine), less, "what is not planned goes");
    apply(driver, mine, &[Change::Remove("subnet/never".into())]);
    converge(driver, mine, &Rows::new());
    assert!(
        observed(driver, mine).is_empty(),
        "an empty plan leaves nothing"
    );
}

fn converge(driver: &dyn Driver, target: &str, want: &Rows) {
    apply(driver, target, &difference(&observed(driver, target), want));
}

fn observed(driver: &dyn Driver, target: &str) -> Rows {
    match driver.observe(target) {
        Ok(rows) => rows,
        Err(failure) => panic!("observe {target}: {failure}"),
    }
}

fn apply(driver: &dyn Driver, target: &str, changes: &[Change]) {
    if let Err(failure) = driver.apply(target, changes) {
        panic!("apply {target}: {failure}");
    }
}
