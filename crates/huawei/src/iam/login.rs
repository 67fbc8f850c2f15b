//! Who signs in: the methods by which a new token is asked for.

use std::sync::atomic::{AtomicUsize, Ordering};

use serde::Deserialize;
use vpcd_dialect::{Call, Refusal};
use vpcd_domain::identity::{self, Account, User};
use vpcd_domain::{Fault, Role, Tx};

use super::{malformed, session, unauthorized};
use crate::gate;
use crate::generated::errors;

/// How long a token lives, in seconds.
const LIFETIME: i64 = 24 * 3600;

/// The hash of no password at the usual cost, verified when the user is unknown so that both answers take as long.
const NO_PASSWORD: &str = concat!(
    "$argon2id$v=19$m=9216,t=4,p=1$AAAAAAAAAAAAAAAAAAAAAA",
    "$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"
);

/// What proves who signs in.
#[derive(Deserialize)]
pub struct IdentityWire {
    methods: Vec<String>,
    password: Option<PasswordWire>,
    token: Option<TokenWire>,
    hw_assume_role: Option<RoleWire>,
}

#[derive(Deserialize)]
struct PasswordWire {
    user: UserWire,
}

#[derive(Deserialize)]
struct UserWire {
    id: Option<String>,
    name: Option<String>,
    domain: Option<Named>,
    password: String,
}

#[derive(Deserialize)]
struct TokenWire {
    id: String,
}

#[derive(Deserialize)]
struct RoleWire {
    domain_id: Option<String>,
    domain_name: Option<String>,
    #[serde(alias = "xrole_name")]
    agency_name: String,
    #[serde(default, deserialize_with = "vpcd_dialect::decode::integer")]
    duration_seconds: Option<i64>,
}

/// Something named by its id, its name, or both.
#[derive(Clone, Debug, Default, Deserialize)]
pub struct Named {
    /// Id.
    pub id: Option<String>,
    /// Name.
    pub name: Option<String>,
}

impl Named {
    /// Whether it names nothing.
    pub fn is_empty(&self) -> bool {
        self.id.is_none() && self.name.is_none()
    }

    /// Whether nothing in it speaks against this account.
    pub fn is(&self, account: &Account) -> bool {
        self.id.as_deref().is_none_or(|id| id == account.head.id)
            && self.name.as_deref().is_none_or(|name| name == account.name)
    }
}

/// A user who has proven to be one.
pub struct Login {
    /// The user.
    pub user: User,
    /// The user's account.
    pub account: Account,
    /// By what the user has proven it.
    pub method: &'static str,
    /// When a token for it must end at the latest, in seconds since the epoch.
    pub until: i64,
}

/// Finds out who signs in.
pub fn login(call: &Call<'_>, wire: IdentityWire) -> Result<Login, Refusal> {
    let [method] = wire.methods.as_slice() else {
        return Err(malformed("Exactly one authentication method is supported."));
    };
    let without = || malformed(&format!("'{method}' is a required property."));
    match method.as_str() {
        "password" => by_password(call, wire.password.ok_or_else(without)?.user),
        "token" => by_token(call, &wire.token.ok_or_else(without)?.id),
        "hw_assume_role" => by_agency(call, wire.hw_assume_role.ok_or_else(without)?),
        _ => Err(malformed("The authentication method is not supported.")),
    }
}

/// The answer to an unknown user and to a wrong password is the same, and takes as long.
fn by_password(call: &Call<'_>, wire: UserWire) -> Result<Login, Refusal> {
    let domain = wire.domain.clone().unwrap_or_default();
    if wire.id.is_none() && (wire.name.is_none() || domain.is_empty()) {
        return Err(malformed(
            "A user is named by its id, or by its name and its domain.",
        ));
    }
    let found = call
        .read(|tx, _| find(tx, wire.id.as_deref(), wire.name.as_deref(), &domain))
        .map_err(|fault| super::failed(&fault))?;
    let hash = found
        .as_ref()
        .and_then(|(user, _)| user.password_hash.as_deref());
    let verified = verify(&wire.password, hash.unwrap_or(NO_PASSWORD))? && hash.is_some();
    match found.filter(|_| verified) {
        Some((user, account)) => Ok(Login {
            user,
            account,
            method: "password",
            until: lifetime(call, LIFETIME),
        }),
        None => Err(unauthorized()),
    }
}

/// Checks a password; each check takes 9 MiB and a core for a while, so only a few run at once.
fn verify(password: &str, hash: &str) -> Result<bool, Refusal> {
    const AT_ONCE: usize = 4;
    static RUNNING: AtomicUsize = AtomicUsize::new(0);
    let verified = match RUNNING.fetch_add(1, Ordering::Relaxed) {
        before if before < AT_ONCE => Ok(identity::verify_password(password, hash)),
        _ => Err(Refusal::new(errors::APIGW_0308)),
    };
    RUNNING.fetch_sub(1, Ordering::Relaxed);
    verified
}

/// A token for a token ends when the first one does: it cannot be drawn out.
fn by_token(call: &Call<'_>, text: &str) -> Result<Login, Refusal> {
    let token = gate::open_token(call, text).map_err(|_| unauthorized())?;
    let until = token.expires;
    let found = call
        .read(move |tx, _| session(tx, token.clone()))
        .map_err(|fault| super::failed(&fault))?;
    let found = found.ok_or_else(unauthorized)?;
    Ok(Login {
        user: found.user,
        account: found.account,
        method: "token",
        until,
    })
}

/// An agency is a user of the caller's own account: nothing says whom another account trusts, so none is let in.
fn by_agency(call: &Call<'_>, wire: RoleWire) -> Result<Login, Refusal> {
    let caller = gate::credential(call)?;
    let seconds = wire.duration_seconds.unwrap_or(LIFETIME);
    if !(900..=LIFETIME).contains(&seconds) {
        return Err(malformed(&format!(
            "Invalid input for field 'duration_seconds'. The value is '{seconds}'."
        )));
    }
    let domain = Named {
        id: wire.domain_id,
        name: wire.domain_name,
    };
    if domain.is_empty() {
        return Err(malformed("'domain_id' is a required property."));
    }
    let credential = caller.credential.clone();
    let found = call.read(|tx, _| {
        let revoked = match credential.strip_prefix("token ") {
            Some(id) => super::is_revoked(tx, id)?,
            None => false,
        };
        Ok((
            revoked,
            find(
                tx,
                None,
                Some(&wire.agency_name),
                &Named {
                    id: Some(caller.account.clone()),
                    name: None,
                },
            )?,
        ))
    });
    let (revoked, found) = found.map_err(|fault| super::failed(&fault))?;
    if revoked {
        return Err(unauthorized());
    }
    let (user, account) = found
        .filter(|(_, account)| domain.is(account))
        .ok_or_else(super::forbidden)?;
    // Nobody rises by taking a role: only who may do everything may become anybody.
    if caller.role != Role::Admin && caller.role != user.role {
        return Err(super::forbidden());
    }
    let until = lifetime(call, seconds).min(gate::until(call));
    Ok(Login {
        user,
        account,
        method: "hw_assume_role",
        until,
    })
}

fn lifetime(call: &Call<'_>, seconds: i64) -> i64 {
    call.app.now().as_second() + seconds
}

fn find(
    tx: &mut Tx<'_>,
    id: Option<&str>,
    name: Option<&str>,
    domain: &Named,
) -> Result<Option<(User, Account)>, Fault> {
    let user = match (id, name) {
        (Some(id), _) => tx.any::<User>(id)?,
        (None, Some(name)) => {
            match identity::find_account(tx, domain.id.as_deref(), domain.name.as_deref())? {
                Some(account) => identity::find_user(tx, &account.head.id, name)?,
                None => None,
            }
        }
        (None, None) => None,
    };
    let Some(user) = user.filter(|user| name.is_none_or(|name| user.name == name)) else {
        return Ok(None);
    };
    let account = tx.any::<Account>(user.account())?;
    Ok(account
        .filter(|account| domain.is(account))
        .map(|account| (user, account)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_unknown_user_costs_as_much_as_a_known_one() {
        let real = identity::hash_password("secret", &[7; 32]).unwrap();
        let cost = |hash: &str| {
            hash.split('$')
                .take(4)
                .map(str::to_owned)
                .collect::<Vec<_>>()
        };
        let sizes = |hash: &str| hash.split('$').skip(4).map(str::len).collect::<Vec<_>>();
        assert_eq!(cost(NO_PASSWORD), cost(&real));
        assert_eq!(sizes(NO_PASSWORD), sizes(&real));
        assert!(identity::verify_password("secret", &real));
        assert!(!identity::verify_password("", NO_PASSWORD));
    }
}
