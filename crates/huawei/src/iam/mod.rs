//! The part of IAM that clients need to sign in: tokens, projects, the catalogue, temporary keys.

pub mod catalog;
pub mod domain;
pub mod login;
pub mod project;
pub mod region;
pub mod temporary_key;
pub mod token;
pub mod user;
pub mod version;

use jiff::Timestamp;
use serde_json::{Value, json};
use vpcd_dialect::{Call, Refusal};
use vpcd_domain::identity::{Account, Project, User};
use vpcd_domain::store::claim;
use vpcd_domain::{Fault, Tx};

use crate::gate::Token;
use crate::generated::errors;

/// Claims on the ids of tokens that were revoked; the owner is the second when the token would have expired.
const REVOKED: &str = "revoked-token";

/// A token with everything it names, all of it still there.
#[derive(Clone, Debug)]
pub struct Session {
    /// The token.
    pub token: Token,
    /// Its user.
    pub user: User,
    /// The user's account.
    pub account: Account,
    /// The project it is scoped to.
    pub project: Option<Project>,
}

/// The session of a token; none when it was revoked, stands behind a temporary key, or names what is gone.
pub fn session(tx: &mut Tx<'_>, token: Token) -> Result<Option<Session>, Fault> {
    if token.key.is_some() || is_revoked(tx, &token.id)? {
        return Ok(None);
    }
    let user = tx.any::<User>(&token.user)?;
    let account = tx.any::<Account>(&token.account)?;
    let project = match &token.project {
        Some(id) => Some(tx.any::<Project>(id)?),
        None => None,
    };
    Ok(match (user, account, project) {
        (Some(user), Some(account), None) => Some(Session {
            token,
            user,
            account,
            project: None,
        }),
        (Some(user), Some(account), Some(Some(project))) => Some(Session {
            token,
            user,
            account,
            project: Some(project),
        }),
        _ => None,
    })
}

/// Refuses a caller whose token was revoked: the gateway's cache lets it pass, IAM knows better.
pub fn admit(call: &Call<'_>) -> Result<(), Refusal> {
    match is_live(call).map_err(|fault| failed(&fault))? {
        true => Ok(()),
        false => Err(unauthorized()),
    }
}

/// Whether the caller's credential is anything but a revoked token.
pub fn is_live(call: &Call<'_>) -> Result<bool, Fault> {
    match call.caller.credential.strip_prefix("token ") {
        Some(id) => call.read(|tx, _| Ok(!is_revoked(tx, id)?)),
        None => Ok(true),
    }
}

/// Keystone's refusal of a credential; it never says what was wrong with it.
pub fn unauthorized() -> Refusal {
    Refusal::new(errors::KEYSTONE_401).with(["The request you have made requires authentication."])
}

/// Keystone's refusal of a request that is not of the documented form.
pub fn malformed(words: &str) -> Refusal {
    Refusal::new(errors::KEYSTONE_400).with([words])
}

/// Keystone's refusal of what the caller may not do.
pub fn forbidden() -> Refusal {
    Refusal::new(errors::KEYSTONE_403)
        .with(["You are not authorized to perform the requested action."])
}

/// Keystone's refusal of what is not there, or not the caller's.
pub fn missing(what: &str) -> Refusal {
    Refusal::new(errors::KEYSTONE_404).with([format!("Could not find {what}.")])
}

/// Keystone's refusal when IAM itself failed.
pub fn failed(fault: &Fault) -> Refusal {
    Refusal::new(errors::KEYSTONE_500)
        .with(["An unexpected error prevented the server from fulfilling your request."])
        .because(fault.to_string())
}

/// Time as Keystone writes it: UTC with microseconds.
pub fn time(second: i64) -> String {
    let at = Timestamp::from_second(second).unwrap_or(Timestamp::MAX);
    at.strftime("%Y-%m-%dT%H:%M:%S.000000Z").to_string()
}

/// The links of a list that has one page.
pub fn links(call: &Call<'_>) -> Value {
    let (endpoint, request) = (call.request.endpoint(), call.request);
    let mark = if request.query.is_empty() { "" } else { "?" };
    let own = format!("{endpoint}{}{mark}{}", request.path, request.query);
    json!({"self": own, "next": null, "previous": null})
}

fn is_revoked(tx: &mut Tx<'_>, id: &str) -> Result<bool, Fault> {
    Ok(claim::holder(tx.rows(), REVOKED, id)?.is_some())
}
