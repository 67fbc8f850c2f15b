//! Users of the caller's account.

use serde_json::{Value, json};
use vpcd_dialect::{Call, Refusal, Reply};
use vpcd_domain::identity::User;

/// `GET /v3/users`
pub fn list(call: &Call<'_>) -> Result<Reply, Refusal> {
    super::admit(call)?;
    let account = call.caller.account.clone();
    let users = call
        .read(move |tx, _| tx.children::<User>(&account))
        .map_err(|fault| super::failed(&fault))?;
    let name = call.query.get("name");
    let elsewhere = call
        .query
        .get("domain_id")
        .is_some_and(|domain| domain != call.caller.account);
    let off = call
        .query
        .get("enabled")
        .is_some_and(|enabled| enabled.eq_ignore_ascii_case("false"));
    let shown: Vec<Value> = users
        .iter()
        .filter(|user| !elsewhere && !off && name.is_none_or(|name| user.name == name))
        .map(|user| render(call, user))
        .collect();
    Ok(Reply::json(
        call.success,
        json!({"users": shown, "links": super::links(call)}),
    ))
}

fn render(call: &Call<'_>, user: &User) -> Value {
    json!({
        "id": user.head.id,
        "name": user.name,
        "domain_id": user.account(),
        "enabled": true,
        "description": "",
        "password_expires_at": null,
        "pwd_status": user.password_hash.is_some(),
        "links": {"self": format!("{}/v3/users/{}", call.request.endpoint(), user.head.id)},
    })
}
