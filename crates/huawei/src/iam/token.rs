//! Tokens: issued for a scope, shown, checked and revoked.

use serde::Deserialize;
use serde_json::{Value, json};
use vpcd_dialect::decode::BodyFault;
use vpcd_dialect::{Call, Refusal, Reply};
use vpcd_domain::identity::{self, Account, Project};
use vpcd_domain::store::claim;
use vpcd_domain::{Fault, Role, Tx};

use super::login::{self, IdentityWire, Named};
use super::{REVOKED, Session, catalog, malformed, missing, session, time, unauthorized};
use crate::gate::{self, Token};

#[derive(Deserialize)]
struct Body {
    auth: AuthWire,
}

#[derive(Deserialize)]
struct AuthWire {
    identity: IdentityWire,
    scope: Option<ScopeWire>,
}

#[derive(Deserialize)]
struct ScopeWire {
    project: Option<ProjectWire>,
    domain: Option<Named>,
}

#[derive(Deserialize)]
struct ProjectWire {
    #[serde(flatten)]
    named: Named,
    domain: Option<Named>,
}

/// `POST /v3/auth/tokens`
pub fn create(call: &Call<'_>) -> Result<Reply, Refusal> {
    let Body { auth } = call.body::<Body>().map_err(|fault| body(&fault))?;
    let login = login::login(call, auth.identity)?;
    let project = scope(call, &login.account, auth.scope)?;
    let token = Token {
        id: call.app.ids().hex32(),
        user: login.user.head.id.clone(),
        account: login.account.head.id.clone(),
        project: project.as_ref().map(|project| project.head.id.clone()),
        issued: call.app.now().as_second(),
        expires: login.until,
        method: login.method.to_owned(),
        key: None,
    };
    let text = gate::seal_token(call, &token);
    let session = Session {
        token,
        user: login.user,
        account: login.account,
        project,
    };
    Ok(Reply::json(call.success, render(call, &session)).header("X-Subject-Token", text))
}

/// `GET /v3/auth/tokens`
pub fn show(call: &Call<'_>) -> Result<Reply, Refusal> {
    let (text, session) = subject(call)?;
    Ok(Reply::json(call.success, render(call, &session)).header("X-Subject-Token", text))
}

/// `HEAD /v3/auth/tokens`
pub fn check(call: &Call<'_>) -> Result<Reply, Refusal> {
    let (text, _) = subject(call)?;
    Ok(Reply::empty(call.success).header("X-Subject-Token", text))
}

/// `DELETE /v3/auth/tokens`
pub fn delete(call: &Call<'_>) -> Result<Reply, Refusal> {
    let (_, Session { token, .. }) = subject(call)?;
    call.write(move |tx, cx| {
        claim::take(tx.rows(), REVOKED, &token.id, &token.expires.to_string())?;
        forget(tx, &token.id, cx.now.as_second())
    })
    .map_err(|fault| super::failed(&fault))?;
    Ok(Reply::empty(call.success))
}

/// The token that the call is about, of the caller's own account; another account's is as good as none.
fn subject(call: &Call<'_>) -> Result<(String, Session), Refusal> {
    super::admit(call)?;
    let text = call
        .request
        .header("x-subject-token")
        .filter(|text| !text.is_empty());
    let text = text.ok_or_else(|| malformed("X-Subject-Token is invalid in the request."))?;
    let gone = || missing("token");
    let token = gate::open_token(call, text).map_err(|_| gone())?;
    let found = call
        .read(move |tx, _| session(tx, token.clone()))
        .map_err(|fault| super::failed(&fault))?;
    let found = found
        .filter(|found| found.token.account == call.caller.account)
        .ok_or_else(gone)?;
    Ok((text.to_owned(), found))
}

/// Forgets some revoked tokens that have expired since: ids are random, so what follows one is any of them.
fn forget(tx: &mut Tx<'_>, after: &str, now: i64) -> Result<(), Fault> {
    for row in claim::list(tx.rows(), REVOKED, Some(after), 16)? {
        if row.owner.parse::<i64>().is_ok_and(|expired| expired <= now) {
            claim::release(tx.rows(), REVOKED, &row.key)?;
        }
    }
    Ok(())
}

/// The project that the token is for; none for the whole account, which is also what no scope at all means.
fn scope(
    call: &Call<'_>,
    account: &Account,
    wire: Option<ScopeWire>,
) -> Result<Option<Project>, Refusal> {
    match wire {
        Some(ScopeWire {
            project: Some(wire),
            ..
        }) => project(call, account, wire).map(Some),
        Some(ScopeWire {
            domain: Some(domain),
            ..
        }) if domain.is_empty() => Err(malformed("A domain is named by its id or its name.")),
        Some(ScopeWire {
            domain: Some(domain),
            ..
        }) if !domain.is(account) => Err(unauthorized()),
        _ => Ok(None),
    }
}

fn project(call: &Call<'_>, account: &Account, wire: ProjectWire) -> Result<Project, Refusal> {
    let ProjectWire { named, domain } = wire;
    if named.is_empty() {
        return Err(malformed(
            "A project is named by its id, or by its name and its domain.",
        ));
    }
    let owner = account.head.id.as_str();
    let found = call.read(|tx, _| match (&named.id, &named.name) {
        (Some(id), _) => tx.any::<Project>(id),
        (None, name) => identity::find_project(tx, owner, name.as_deref().unwrap_or_default()),
    });
    let found = found.map_err(|fault| super::failed(&fault))?;
    found
        .filter(|project| {
            project.account() == owner && domain.is_none_or(|domain| domain.is(account))
        })
        .filter(|project| named.name.is_none_or(|name| project.name == name))
        .ok_or_else(unauthorized)
}

/// The words say where the body is wrong and not how: what is there may be a password.
fn body(fault: &BodyFault) -> Refusal {
    match fault {
        BodyFault::Shape { path, .. } => malformed(&format!("Request body is invalid: {path}.")),
        BodyFault::Encoding | BodyFault::Syntax(_) => malformed("Request body is invalid."),
    }
}

fn render(call: &Call<'_>, session: &Session) -> Value {
    let Session {
        token,
        user,
        account,
        project,
    } = session;
    let domain = json!({"id": account.head.id, "name": account.name});
    let scope = match project {
        Some(project) => {
            json!({"project": {"id": project.head.id, "name": project.name, "domain": domain}})
        }
        None => json!({"domain": domain}),
    };
    let mut shown = json!({
        "methods": [token.method],
        "issued_at": time(token.issued),
        "expires_at": time(token.expires),
        "user": {
            "id": user.head.id, "name": user.name, "password_expires_at": "",
            "domain": {"id": account.head.id, "name": account.name},
        },
        "roles": roles(user.role),
    });
    if !call.query.has("nocatalog") {
        shown["catalog"] = json!(catalog::services(call, token.project.as_deref()));
    }
    json!({"token": crate::wire::merged(shown, scope)})
}

fn roles(role: Role) -> Value {
    match role {
        Role::Admin => json!([{"id": "0", "name": "te_admin"}]),
        Role::Reader => json!([{"id": "0", "name": "readonly"}]),
        Role::Nobody => json!([]),
    }
}
