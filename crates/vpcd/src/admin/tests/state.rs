//! Exports, snapshots, events.

use serde_json::{Value, json};

use super::*;

#[test]
fn an_export_brings_everything_back() {
    let cloud = cloud();
    done(&cloud, "POST", "accounts", json!({"name": "kept"}));
    done(
        &cloud,
        "PUT",
        "clock",
        json!({"frozen": true, "at": "2030-01-01T00:00:00Z"}),
    );
    let dump = done(&cloud, "GET", "export", Value::Null);
    done(&cloud, "POST", "accounts", json!({"name": "lost"}));
    done(&cloud, "DELETE", "clock", Value::Null);
    let told = done(&cloud, "POST", "import", dump.clone());
    assert_eq!(told["unreadable_keys"], 0);
    let accounts = done(&cloud, "GET", "accounts", Value::Null).to_string();
    assert!(
        accounts.contains("kept") && !accounts.contains("lost"),
        "{accounts}"
    );
    assert_eq!(
        done(&cloud, "GET", "clock", Value::Null)["now"],
        "2030-01-01T00:00:00Z"
    );

    let mut other = Cloud::ephemeral_for_tests(8).unwrap();
    done(&other, "POST", "import", dump.clone());
    other.admin_token = "mine".to_owned();
    assert_eq!(
        done(&other, "GET", "accounts", Value::Null).to_string(),
        accounts
    );

    for (pointer, value) in [
        ("/format", json!(99)),
        ("/resource/0/kind", json!("dragon")),
        ("/resource/0/doc", json!("{}")),
        ("/resource/0/doc", json!("no json")),
        ("/edge", json!([["a", "b", "c"]])),
    ] {
        let mut bad = dump.clone();
        *bad.pointer_mut(pointer).unwrap() = value;
        assert_eq!(refused(&cloud, "POST", "import", bad), 422, "{pointer}");
    }
    assert_eq!(refused(&cloud, "POST", "import", json!([])), 400);
    assert_eq!(
        done(&cloud, "GET", "accounts", Value::Null).to_string(),
        accounts
    );
}

#[test]
fn whatever_a_tenant_wrote_can_be_exported_and_imported() {
    let cloud = cloud();
    done(&cloud, "POST", "accounts", json!({"name": "kept"}));
    let dump = done(&cloud, "GET", "export", Value::Null).to_string();
    let odd = dump.replace(r#"\"name\":\"kept\""#, r#"\"name\":\"ke\\u0000pt\""#);
    assert_ne!(odd, dump);
    done(&cloud, "POST", "import", odd.parse().unwrap());
    let accounts = done(&cloud, "GET", "accounts", Value::Null).to_string();
    assert!(accounts.contains(r"ke\u0000pt"), "{accounts}");
    let mut again = done(&cloud, "GET", "export", Value::Null);
    done(&cloud, "POST", "import", again.clone());
    // A real zero byte never gets as far as the store.
    again["setting"][0][1] = json!("\u{0}");
    assert_eq!(refused(&cloud, "POST", "import", again), 400);
}

#[test]
fn a_snapshot_can_be_returned_to_more_than_once() {
    let cloud = cloud();
    done(&cloud, "PUT", "snapshots/first", Value::Null);
    done(&cloud, "POST", "accounts", json!({"name": "later"}));
    done(
        &cloud,
        "PUT",
        "profile",
        json!({"profile": "realistic", "seed": 4}),
    );
    let second = done(&cloud, "PUT", "snapshots/second", Value::Null);
    assert!(second["resources"].as_u64() > Some(2));
    for (name, has, profile) in [
        ("first", false, "instant"),
        ("second", true, "realistic"),
        ("first", false, "instant"),
    ] {
        done(
            &cloud,
            "POST",
            &format!("snapshots/{name}/restore"),
            Value::Null,
        );
        let accounts = done(&cloud, "GET", "accounts", Value::Null).to_string();
        assert_eq!(accounts.contains("later"), has, "{name}: {accounts}");
        assert_eq!(
            done(&cloud, "GET", "profile", Value::Null)["profile"],
            profile
        );
    }
    let listed = done(&cloud, "GET", "snapshots", Value::Null);
    assert_eq!(listed["snapshots"].as_array().map(Vec::len), Some(2));
    let events = done(&cloud, "GET", "events", Value::Null).to_string();
    assert!(
        events.contains("admin.restore_snapshot") && events.contains("later"),
        "the audit stays"
    );
    assert_eq!(ask(&cloud, "DELETE", "snapshots/first", Value::Null).0, 204);
    assert_eq!(
        refused(&cloud, "POST", "snapshots/first/restore", Value::Null),
        404
    );
    assert_eq!(refused(&cloud, "PUT", "snapshots/a%20b", Value::Null), 400);
}

#[test]
fn events_are_paged_and_say_who_did_what() {
    let cloud = cloud();
    done(&cloud, "POST", "accounts", json!({"name": "one"}));
    let page = done(&cloud, "GET", "events?limit=2", Value::Null);
    let next = page["next"].as_i64().unwrap();
    let rest = done(
        &cloud,
        "GET",
        &format!("events?after={next}&limit=1000"),
        Value::Null,
    );
    let last = rest["events"].as_array().unwrap().last().unwrap();
    assert_eq!(
        (&last["user"], &last["operation"]),
        (&json!("operator"), &json!("admin.create_account"))
    );
    assert_eq!(
        (&last["change"], &last["at"]),
        (&json!("created"), &json!("2026-01-01T00:00:00Z"))
    );
    assert!(last["after"].is_object() && last["before"].is_null());
    for query in ["limit=0", "limit=1001", "after=-1", "after=x"] {
        assert_eq!(
            refused(&cloud, "GET", &format!("events?{query}"), Value::Null),
            400
        );
    }
    assert_eq!(
        done(&cloud, "GET", "targets", Value::Null),
        json!({"targets": []})
    );
}
