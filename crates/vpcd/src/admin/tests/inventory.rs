//! Conditions and what the operator offers.

use serde_json::{Value, json};

use super::*;

#[test]
fn conditions_take_only_what_their_catalogue_says() {
    let cloud = cloud();
    let set = |name: &str, scope: Value, value: Value| {
        ask(
            &cloud,
            "PUT",
            &format!("conditions/{name}"),
            json!({"scope": scope, "value": value}),
        )
        .0
    };
    let account = format!("account/{}", cloud.bootstrap.account);
    assert_eq!(
        set("account.standing", json!(account), json!("frozen")),
        200
    );
    assert_eq!(
        set("account.standing", json!(account), json!("sleepy")),
        400
    );
    assert_eq!(set("account.standing", json!("*"), json!("frozen")), 400);
    assert_eq!(
        set("account.standing", json!("account/none"), json!("frozen")),
        404
    );
    assert_eq!(set("frozen", json!("none"), json!(true)), 404);
    assert_eq!(
        set("fabric.refuses", json!("network/none"), json!(true)),
        404
    );
    assert_eq!(set("iam", json!("*"), json!("unreachable")), 200);
    assert_eq!(set("weather", json!("*"), json!("fine")), 404);
    let listed = done(&cloud, "GET", "conditions", Value::Null);
    let rows = listed["conditions"].as_array().unwrap();
    let standing = rows
        .iter()
        .find(|row| row["name"] == "account.standing")
        .unwrap();
    assert_eq!(
        standing["set"],
        json!([{"scope": account, "value": "frozen"}])
    );
    let path = format!("conditions/account.standing?scope={account}");
    assert_eq!(ask(&cloud, "DELETE", &path, Value::Null).0, 204);
    assert_eq!(refused(&cloud, "DELETE", &path, Value::Null), 404);
}

#[test]
fn a_read_only_store_refuses_writes_until_it_is_told_otherwise() {
    let cloud = cloud();
    done(
        &cloud,
        "PUT",
        "conditions/store.read_only",
        json!({"value": true}),
    );
    assert_eq!(
        refused(&cloud, "POST", "accounts", json!({"name": "late"})),
        503
    );
    let listed = done(&cloud, "GET", "conditions", Value::Null).to_string();
    assert!(
        listed.contains(r#""set":[{"scope":"*","value":true}]"#),
        "{listed}"
    );
    assert_eq!(
        ask(&cloud, "DELETE", "conditions/store.read_only", Value::Null).0,
        204
    );
    done(&cloud, "POST", "accounts", json!({"name": "late"}));
    let events = done(&cloud, "GET", "events", Value::Null).to_string();
    assert_eq!(events.matches("condition/store.read_only/*").count(), 2);
}

#[test]
fn the_rate_limit_survives_a_restart() {
    let cloud = cloud();
    assert!(cloud.limiter.admits("a"));
    done(&cloud, "PUT", "conditions/rate.limit", json!({"value": 0}));
    assert!(!cloud.limiter.admits("a"));
    cloud.limiter.set(None);
    crate::admin::restore(&cloud).unwrap();
    assert!(!cloud.limiter.admits("a"));
    assert_eq!(
        ask(&cloud, "DELETE", "conditions/rate.limit", Value::Null).0,
        204
    );
    assert!(cloud.limiter.admits("a"));
    assert_eq!(
        refused(&cloud, "PUT", "conditions/rate.limit", json!({"value": -1})),
        400
    );
}

#[test]
fn pools_are_set_listed_and_deleted() {
    let cloud = cloud();
    let pool = done(
        &cloud,
        "PUT",
        "pools/5_test",
        json!({"cidrs": ["203.0.114.0/24"]}),
    );
    assert_eq!(pool["border_group"], "center");
    let pools = done(&cloud, "GET", "pools", Value::Null);
    let mine = pools["pools"]
        .as_array()
        .unwrap()
        .iter()
        .find(|row| row["name"] == "5_test")
        .unwrap();
    assert_eq!(mine["free"], 254);
    for (name, cidrs, status) in [
        ("5_more", json!(["203.0.114.128/25"]), 409),
        ("5_more", json!(["10.0.0.0/24", "10.0.0.0/25"]), 400),
        ("5_more", json!([]), 400),
        ("5_more", json!(["10.0.0.0/40"]), 400),
        ("5%2Fmore", json!(["10.0.0.0/24"]), 400),
    ] {
        assert_eq!(
            refused(
                &cloud,
                "PUT",
                &format!("pools/{name}"),
                json!({"cidrs": cidrs})
            ),
            status
        );
    }
    assert_eq!(ask(&cloud, "DELETE", "pools/5_test", Value::Null).0, 204);
    assert_eq!(refused(&cloud, "DELETE", "pools/5_test", Value::Null), 404);
}

#[test]
fn zones_offer_flavors_that_there_are() {
    let cloud = cloud();
    let flavor = json!({"bandwidth": 10, "connection_groups": 1, "connections": 2, "private": true, "router": false});
    assert_eq!(done(&cloud, "PUT", "flavors/Tiny", flavor)["name"], "Tiny");
    done(&cloud, "PUT", "zones/az9", json!({"flavors": ["Tiny"]}));
    assert_eq!(
        refused(&cloud, "PUT", "zones/az9", json!({"flavors": ["Giant"]})),
        400
    );
    let zones = done(&cloud, "GET", "zones", Value::Null).to_string();
    assert!(zones.contains("az9"), "{zones}");
    assert_eq!(ask(&cloud, "DELETE", "zones/az9", Value::Null).0, 204);
    assert_eq!(ask(&cloud, "DELETE", "flavors/Tiny", Value::Null).0, 204);
}

#[test]
fn quotas_are_set_for_a_project_or_for_all() {
    let cloud = cloud();
    let project = cloud.bootstrap.project.clone();
    done(
        &cloud,
        "PUT",
        &format!("quotas/{project}/vpc"),
        json!({"limit": 3}),
    );
    done(&cloud, "PUT", "quotas/*/vpc", json!({"limit": null}));
    assert_eq!(refused(&cloud, "PUT", "quotas/*/vpc", json!({})), 400);
    assert_eq!(
        refused(&cloud, "PUT", "quotas/*/moon", json!({"limit": 1})),
        404
    );
    assert_eq!(
        refused(&cloud, "PUT", "quotas/none/vpc", json!({"limit": 1})),
        404
    );
    let listed = done(&cloud, "GET", "quotas", Value::Null);
    assert!(
        listed.to_string().contains(r#""limit":3"#) && listed["quotas"][0]["limit"].is_null(),
        "{listed}"
    );
    assert_eq!(
        ask(
            &cloud,
            "DELETE",
            &format!("quotas/{project}/vpc"),
            Value::Null
        )
        .0,
        204
    );
}

#[test]
fn registrations_belong_to_a_project() {
    let cloud = cloud();
    let project = cloud.bootstrap.project.clone();
    let made = done(
        &cloud,
        "POST",
        "registrations",
        json!({"service": "endpoint", "project": project, "name": "e"}),
    );
    assert_eq!(made["name"], "e");
    let listed = done(&cloud, "GET", "registrations", Value::Null);
    assert_eq!(listed["registrations"][0], made);
    for (body, status) in [
        (json!({"service": "endpoint", "project": "none"}), 404),
        (
            json!({"service": "endpoint", "project": project, "vpc": "none"}),
            404,
        ),
        (json!({"service": "oven", "project": project}), 400),
        (
            json!({"service": "endpoint", "project": project, "colour": "red"}),
            400,
        ),
    ] {
        assert_eq!(refused(&cloud, "POST", "registrations", body), status);
    }
    let path = format!("registrations/{}", text(&made["id"]));
    assert_eq!(ask(&cloud, "DELETE", &path, Value::Null).0, 204);
    assert_eq!(refused(&cloud, "DELETE", &path, Value::Null), 404);
}
