//! Accounts, which IAM calls domains.

use serde_json::json;
use vpcd_dialect::{Call, Refusal, Reply};
use vpcd_domain::identity::Account;

/// `GET /v3/auth/domains`: the caller's own, there is no other for it.
pub fn list_auth(call: &Call<'_>) -> Result<Reply, Refusal> {
    super::admit(call)?;
    let id = call.caller.account.clone();
    let account = call
        .read(move |tx, _| tx.any::<Account>(&id))
        .map_err(|fault| super::failed(&fault))?;
    let account = account.ok_or_else(super::unauthorized)?;
    let domain = json!({
        "id": account.head.id,
        "name": account.name,
        "enabled": true,
        "description": "",
        "links": {"self": format!("{}/v3/domains/{}", call.request.endpoint(), account.head.id)},
    });
    Ok(Reply::json(
        call.success,
        json!({"domains": [domain], "links": super::links(call)}),
    ))
}
