//! Temporary keys: a key pair with the security token that it is good for nothing without.

use serde::Deserialize;
use serde_json::json;
use vpcd_dialect::decode::BodyFault;
use vpcd_dialect::{Call, Refusal, Reply};
use vpcd_domain::identity;

use super::{session, time};
use crate::faults;
use crate::gate::{self, Token};
use crate::generated::errors;

/// Shortest and longest life of a temporary key, in seconds; the shortest is also the usual one.
const LIFETIME: (i64, i64) = (900, 24 * 3600);

#[derive(Deserialize)]
struct Body {
    auth: Option<AuthWire>,
}

#[derive(Deserialize)]
struct AuthWire {
    identity: Option<IdentityWire>,
}

#[derive(Deserialize)]
struct IdentityWire {
    methods: Option<Vec<String>>,
    token: Option<TokenWire>,
}

#[derive(Default, Deserialize)]
struct TokenWire {
    id: Option<String>,
    #[serde(default, deserialize_with = "vpcd_dialect::decode::integer")]
    duration_seconds: Option<i64>,
}

/// Whom the key speaks for, and until when it may at the most.
struct Holder {
    user: String,
    project: Option<String>,
    until: i64,
}

/// `POST /v3.0/OS-CREDENTIAL/securitytokens`
pub fn create(call: &Call<'_>) -> Result<Reply, Refusal> {
    if !super::is_live(call).map_err(|fault| faults::gateway(&fault))? {
        return Err(Refusal::new(errors::IAM_0067));
    }
    let wire = parse(call)?;
    let seconds = wire.duration_seconds.unwrap_or(LIFETIME.0);
    if !(LIFETIME.0..=LIFETIME.1).contains(&seconds) {
        return Err(wrong("duration_seconds", &seconds.to_string()));
    }
    let holder = match &wire.id {
        Some(text) => of_token(call, text)?,
        None => of_caller(call)?,
    };
    const UPPER: &[u8] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
    const MIXED: &[u8] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789ab";
    let mut ids = call.app.ids();
    let access = ids.text(20, UPPER);
    let secret = ids.text(20, MIXED) + &ids.text(20, MIXED);
    let issued = call.app.now().as_second();
    let token = Token {
        id: ids.hex32(),
        user: holder.user,
        account: call.caller.account.clone(),
        project: holder.project,
        issued,
        expires: holder.until.min(issued + seconds),
        method: "token".to_owned(),
        key: Some((access.clone(), secret.clone())),
    };
    let credential = json!({
        "access": access,
        "secret": secret,
        "securitytoken": gate::seal_token(call, &token),
        "expires_at": time(token.expires),
    });
    Ok(Reply::json(call.success, json!({"credential": credential})))
}

fn parse(call: &Call<'_>) -> Result<TokenWire, Refusal> {
    let body = call.body::<Body>().map_err(|fault| match fault {
        BodyFault::Shape { .. } | BodyFault::Encoding | BodyFault::Syntax(_) => {
            Refusal::new(errors::IAM_0011)
        }
    })?;
    let required = |key: &str| Refusal::new(errors::IAM_0072).with([key]);
    let auth = body.auth.ok_or_else(|| required("auth"))?;
    let identity = auth.identity.ok_or_else(|| required("identity"))?;
    let methods = identity.methods.ok_or_else(|| required("methods"))?;
    match methods.as_slice() {
        [method] if method == "token" => Ok(identity.token.unwrap_or_default()),
        _ => Err(wrong("methods", &methods.join(","))),
    }
}

fn of_token(call: &Call<'_>, text: &str) -> Result<Holder, Refusal> {
    let invalid = || Refusal::new(errors::IAM_0067);
    let token = gate::open_token(call, text).map_err(|_| invalid())?;
    let found = call
        .read(move |tx, _| session(tx, token.clone()))
        .map_err(|fault| faults::gateway(&fault))?;
    let found = found
        .filter(|found| found.token.account == call.caller.account)
        .ok_or_else(invalid)?;
    Ok(Holder {
        user: found.user.head.id,
        project: found.token.project,
        until: found.token.expires,
    })
}

fn of_caller(call: &Call<'_>) -> Result<Holder, Refusal> {
    let caller = &call.caller;
    let user = call
        .read(|tx, _| identity::find_user(tx, &caller.account, &caller.user))
        .map_err(|fault| faults::gateway(&fault))?;
    let user = user.ok_or_else(|| Refusal::new(errors::IAM_0001))?;
    let project = Some(caller.project.clone()).filter(|project| !project.is_empty());
    Ok(Holder {
        user: user.head.id,
        project,
        until: gate::until(call),
    })
}

fn wrong(field: &str, value: &str) -> Refusal {
    Refusal::new(errors::IAM_0073).with([field, value])
}
