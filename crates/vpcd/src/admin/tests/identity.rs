//! Accounts, users, keys.

use serde_json::{Value, json};

use super::*;

#[test]
fn an_account_has_a_project_of_the_regions_name() {
    let cloud = cloud();
    let account = done(&cloud, "POST", "accounts", json!({"name": "acme"}));
    let id = text(&account["id"]);
    assert_eq!(account["project"]["name"], cloud.region.as_str());
    assert_eq!(
        refused(&cloud, "POST", "accounts", json!({"name": "acme"})),
        409
    );
    let projects = done(&cloud, "GET", "projects", Value::Null);
    let mine = projects["projects"]
        .as_array()
        .unwrap()
        .iter()
        .find(|row| row["account"] == id.as_str());
    assert_eq!(mine.unwrap()["id"], account["project"]["id"]);

    let path = format!("accounts/{id}");
    assert_eq!(ask(&cloud, "DELETE", &path, Value::Null).0, 204);
    assert_eq!(refused(&cloud, "GET", &path, Value::Null), 404);
}

#[test]
fn keys_go_to_a_user_or_to_the_first_user_of_an_account() {
    let cloud = cloud();
    let account = done(&cloud, "POST", "accounts", json!({"name": "acme"}));
    let id = text(&account["id"]);
    let key = done(
        &cloud,
        "POST",
        "keys",
        json!({"account": id, "cloud": "huawei"}),
    );
    assert_eq!(
        (
            text(&key["access_key"]).len(),
            text(&key["secret_key"]).len()
        ),
        (20, 40)
    );
    let shown = done(&cloud, "GET", &format!("accounts/{id}"), Value::Null);
    assert_eq!(
        (&shown["users"][0]["name"], &shown["users"][0]["role"]),
        (&json!("root"), &json!("admin"))
    );
    // A second key goes to the user who is there already.
    let second = done(
        &cloud,
        "POST",
        "keys",
        json!({"account": "acme", "cloud": "baidu"}),
    );
    assert_eq!(second["user"], key["user"]);
    let listed = done(&cloud, "GET", "keys", Value::Null).to_string();
    assert!(
        listed.contains(&text(&key["access_key"])) && !listed.contains("secret"),
        "{listed}"
    );
    for body in [
        json!({"cloud": "huawei"}),
        json!({"account": id, "user": id, "cloud": "huawei"}),
        json!({"account": id, "cloud": "other"}),
    ] {
        assert_eq!(refused(&cloud, "POST", "keys", body), 400);
    }
    assert_eq!(
        refused(
            &cloud,
            "POST",
            "keys",
            json!({"account": "nobody", "cloud": "huawei"})
        ),
        404
    );
    let path = format!("keys/{}", text(&key["access_key"]));
    assert_eq!(ask(&cloud, "DELETE", &path, Value::Null).0, 204);
    assert_eq!(refused(&cloud, "DELETE", &path, Value::Null), 404);
}

#[test]
fn roles_are_read_from_huaweis_words_and_passwords_stay_secret() {
    let cloud = cloud();
    let account = cloud.bootstrap.account.clone();
    let user = |name: &str, roles: Value| json!({"account": account, "name": name, "password": "Passw0rd!x", "roles": roles});
    for (name, roles, role) in [
        ("a", json!(["te_admin"]), "admin"),
        ("b", json!(["VPC ReadOnlyAccess"]), "reader"),
        (
            "c",
            json!(["VPC ReadOnlyAccess", "VPN FullAccess", "readonly"]),
            "admin",
        ),
        ("d", json!([]), "nobody"),
    ] {
        assert_eq!(
            done(&cloud, "POST", "users", user(name, roles))["role"],
            role,
            "{name}"
        );
    }
    assert_eq!(
        refused(&cloud, "POST", "users", user("e", json!(["wizard"]))),
        400
    );
    assert_eq!(refused(&cloud, "POST", "users", user("a", json!([]))), 409);
    let told = done(&cloud, "GET", "events?limit=1000", Value::Null).to_string()
        + &done(&cloud, "GET", "users", Value::Null).to_string();
    assert!(!told.contains("argon2") && !told.contains("password_hash"));
}
