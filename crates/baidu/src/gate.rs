//! Who calls: signature, account and policy, in the order of the contract (notes on auth, section 4).

use serde_json::Value;
use vpcd_auth::AuthFault;
use vpcd_auth::baidu as signature;
use vpcd_dialect::replay::Token;
use vpcd_dialect::{Access, Call, Refusal, Request};
use vpcd_domain::{Caller, Context, Fault, Role, Tx, condition, identity};

use crate::faults;
use crate::generated::{errors, limits};

const SESSION_TOKEN: &str = "x-bce-security-token";
const CLIENT_TOKEN: &str = "clientToken";

/// What the account may do, whoever acts for it.
#[derive(Clone, Debug)]
pub struct Standing {
    verified: bool,
    subscribed: bool,
    denied: Vec<String>,
}

/// What an access key stands for.
struct Known {
    secret: String,
    caller: Caller,
    standing: Standing,
}

/// Finds out who calls, and how the account stands.
pub fn authenticate(mut call: Call<'_>) -> Result<(Call<'_>, Standing), Refusal> {
    let header = call.request.header("authorization").unwrap_or_default();
    let shown = signature::parse(header).map_err(|fault| unsigned(call.request, &fault))?;
    let unknown = || Refusal::new(errors::GLOBAL_INVALID_ACCESS_KEY_ID);
    // No session is ever opened here, so no session token is of the key that comes with it.
    if call.request.header(SESSION_TOKEN).is_some() || call.query.has(SESSION_TOKEN) {
        return Err(unknown().because("session token"));
    }
    let (key, request_id) = (shown.access_key.clone(), call.request.id.clone());
    let known = call.read(move |tx, cx| known(tx, cx, &key, &request_id));
    let known = known.map_err(faults::refuse)?.ok_or_else(unknown)?;
    signature::verify(
        &call.request.signed(),
        &shown,
        &known.secret,
        call.app.now(),
    )
    .map_err(|fault| unsigned(call.request, &fault))?;
    call.caller = known.caller;
    Ok((call, known.standing))
}

/// Refuses what the account or the caller's role does not allow.
pub fn authorize(call: &Call<'_>, access: Access, standing: &Standing) -> Result<(), Refusal> {
    let write = access == Access::Write;
    if write && call.request.method == "POST" && !standing.verified {
        return Err(errors::GLOBAL_QUALIFY_NOT_PASS.into());
    }
    if write && !standing.subscribed {
        return Err(errors::GLOBAL_OPT_IN_REQUIRED.into());
    }
    let allowed = match call.caller.role {
        Role::Admin => true,
        Role::Reader => !write,
        Role::Nobody => false,
    };
    let denied = standing.denied.iter().any(|action| action == call.action);
    if !allowed || denied || call.caller.project.is_empty() {
        return Err(Refusal::new(errors::GLOBAL_ACCESS_DENIED).because(call.action));
    }
    Ok(())
}

/// The call with the idempotency token that it carries; reads need none.
pub fn tokened(mut call: Call<'_>, access: Access) -> Result<Call<'_>, Refusal> {
    let Some(text) = call
        .query
        .get(CLIENT_TOKEN)
        .filter(|_| access == Access::Write)
    else {
        return Ok(call);
    };
    if !text.is_ascii() || text.len() as u64 > limits::CLIENT_TOKEN_LENGTH_MAX {
        return Err(faults::invalid(CLIENT_TOKEN));
    }
    // The other cloud's tokens of the same account are not ours.
    let scope = format!("bce/{}", call.caller.account);
    let token = Token::new(&scope, text, call.request, &call.query, CLIENT_TOKEN);
    call.token = Some(token);
    Ok(call)
}

/// Everything that the gate asks of the store, in one snapshot.
fn known(
    tx: &mut Tx<'_>,
    cx: &Context<'_>,
    key: &str,
    request_id: &str,
) -> Result<Option<Known>, Fault> {
    let Some(found) = identity::by_access_key(tx, cx, "baidu", key)? else {
        return Ok(None);
    };
    let account = found.account.head.id;
    // This cloud knows no projects: an account's first one holds everything.
    let project = identity::projects(tx, &account)?.into_iter().next();
    let scope = format!("account/{account}");
    let names = ["account.verified", "account.subscribed", "account.denied"];
    let [verified, subscribed, denied] = condition::values(tx, names, &scope)?;
    let switch = |value: Option<Value>| value.and_then(|it| it.as_bool()).unwrap_or(true);
    let standing = Standing {
        verified: switch(verified),
        subscribed: switch(subscribed),
        denied: denied
            .and_then(|it| serde_json::from_value(it).ok())
            .unwrap_or_default(),
    };
    let caller = Caller {
        account,
        project: project.map(|project| project.head.id).unwrap_or_default(),
        user: found.user.name,
        credential: key.to_owned(),
        role: found.user.role,
        request_id: request_id.to_owned(),
    };
    Ok(Some(Known {
        secret: found.secret,
        caller,
        standing,
    }))
}

fn unsigned(request: &Request, fault: &AuthFault) -> Refusal {
    let refusal = match fault {
        AuthFault::Missing | AuthFault::Malformed | AuthFault::Algorithm | AuthFault::Header(_) => {
            Refusal::new(errors::GLOBAL_INVALID_HTTP_AUTH_HEADER)
        }
        AuthFault::Skew => expired(request.header("x-bce-date").unwrap_or_default()),
        AuthFault::Expired { date } => expired(date),
        AuthFault::Signature { .. } => Refusal::new(errors::GLOBAL_SIGNATURE_DOES_NOT_MATCH),
        AuthFault::Digest => Refusal::new(errors::GLOBAL_INVALID_HTTP_REQUEST),
    };
    // The canonical request finds the difference between the two signatures for whoever reads the log.
    refusal.because(fault.to_string())
}

fn expired(date: &str) -> Refusal {
    Refusal::new(errors::GLOBAL_REQUEST_EXPIRED).with([date])
}
