//! The clock.

use serde_json::{Value, json};

use super::*;

#[test]
fn the_clock_steps_freezes_and_comes_back_after_a_restart() {
    let cloud = cloud();
    assert_eq!(done(&cloud, "GET", "clock", Value::Null)["adjusted"], false);
    let clock = done(&cloud, "PUT", "clock", json!({"step_seconds": 60}));
    assert_eq!(clock["now"], "2026-01-01T00:01:00Z");
    let clock = done(
        &cloud,
        "PUT",
        "clock",
        json!({"frozen": true, "at": "2030-02-03T04:05:06Z"}),
    );
    assert_eq!(
        (&clock["frozen"], &clock["now"]),
        (&json!(true), &json!("2030-02-03T04:05:06Z"))
    );
    cloud.clock.restore(crate::admin::switches::REAL);
    crate::admin::restore(&cloud).unwrap();
    assert_eq!(done(&cloud, "GET", "clock", Value::Null), clock);
    assert_eq!(
        done(&cloud, "PUT", "clock", json!({"frozen": false}))["speed"],
        1.0
    );
    for body in [
        json!({"speed": -1}),
        json!({"speed": 1e9}),
        json!({"frozen": true, "speed": 2}),
        json!({"step_seconds": 1e300}),
        json!({"step_seconds": 1e12}),
        json!({"at": "yesterday"}),
        json!({"at": "9999-01-01T00:00:00Z"}),
    ] {
        assert_eq!(refused(&cloud, "PUT", "clock", body), 400);
    }
    assert_eq!(
        done(&cloud, "DELETE", "clock", Value::Null)["now"],
        "2026-01-01T00:00:00Z"
    );
}

#[test]
fn a_clock_that_cannot_be_kept_does_not_move() {
    let cloud = cloud();
    let before = done(&cloud, "GET", "clock", Value::Null);
    cloud.app.store().set_read_only(true);
    assert_eq!(
        refused(&cloud, "PUT", "clock", json!({"step_seconds": 60})),
        503
    );
    assert_eq!(done(&cloud, "GET", "clock", Value::Null), before);
}
