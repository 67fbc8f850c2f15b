//! Who calls: signatures, tokens, project scope and roles, as the API gateway judges them.

use serde::{Deserialize, Serialize};
use vpcd_auth::AuthFault;
use vpcd_auth::huawei as signature;
use vpcd_dialect::{Access, Call, Refusal};
use vpcd_domain::identity::{self, Found, Project};
use vpcd_domain::store::claim;
use vpcd_domain::{Caller, Fault, Role, condition};

use crate::faults;
use crate::generated::errors;

/// Operations that need no credential.
const OPEN: &[&str] = &[
    "huawei.create_token",
    "huawei.show_version",
    "huawei.list_versions",
];

/// What a token holds; it travels sealed, so that nobody can read or forge it.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Token {
    /// Random id, what is revoked.
    pub id: String,
    /// User.
    pub user: String,
    /// Account.
    pub account: String,
    /// Project it is scoped to; none when it is scoped to the account.
    pub project: Option<String>,
    /// Issued at, in seconds since the epoch.
    pub issued: i64,
    /// Expires at, in seconds since the epoch.
    pub expires: i64,
    /// By what its user signed in, such as `password`.
    #[serde(default)]
    pub method: String,
    /// Temporary key pair that it stands behind, if it is a security token.
    #[serde(default)]
    pub key: Option<(String, String)>,
}

/// Finds out who calls.
pub fn authenticate(mut call: Call<'_>) -> Result<Call<'_>, Refusal> {
    if OPEN.contains(&call.name) {
        return Ok(call);
    }
    call.caller = credential(&call)?;
    let (identity_service, denied) = outside(&call)?;
    if let Some(row) = identity_service.and_then(|state| unavailable(&call, &state)) {
        return Err(Refusal::new(row));
    }
    if denied {
        // What the account's policy denies, no role allows.
        call.caller.role = Role::Nobody;
    }
    Ok(call)
}

/// The caller that the request's credential speaks for, also where the operation would need none.
pub fn credential(call: &Call<'_>) -> Result<Caller, Refusal> {
    if let Some(header) = call.request.header("authorization") {
        by_signature(call, header)
    } else if let Some(token) = call.request.header("x-auth-token") {
        by_token(call, token)
    } else {
        Err(unauthorized("x-auth-token not found"))
    }
}

/// When the request's credential ends by itself, in seconds since the epoch; a permanent key never does.
pub fn until(call: &Call<'_>) -> i64 {
    let signed = call.request.header("authorization").is_some();
    let shown = call.request.header(if signed {
        "x-security-token"
    } else {
        "x-auth-token"
    });
    shown
        .and_then(|text| open_token(call, text).ok())
        .map_or(i64::MAX, |token| token.expires)
}

/// Refuses what the caller's scope, role or account does not allow.
pub fn authorize(call: &Call<'_>, access: Access) -> Result<(), Refusal> {
    if OPEN.contains(&call.name) || call.service == "iam" {
        return Ok(());
    }
    let vpn = call.service == "vpn";
    if call.caller.project.is_empty() {
        // A token of the whole account passes the gateway and is of no use here.
        return Err(if vpn {
            Refusal::new(errors::VPN_0010).with(["the token has no project scope"])
        } else {
            Refusal::new(errors::COMMON_0008)
        });
    }
    if call
        .params
        .iter()
        .any(|(name, id)| *name == "project_id" && *id != call.caller.project)
    {
        return Err(if vpn {
            Refusal::new(errors::VPN_0003)
                .with(["the project of the path is not the project of the credential"])
        } else {
            Refusal::new(errors::COMMON_0007)
        });
    }
    let allowed = match call.caller.role {
        Role::Admin => true,
        Role::Reader => access == Access::Read,
        Role::Nobody => false,
    };
    if !allowed {
        return Err(if vpn {
            Refusal::new(errors::VPN_0007).with([call.caller.user.as_str(), call.action])
        } else {
            Refusal::new(errors::COMMON_2701)
        });
    }
    Ok(())
}

/// The token of a text, when this server sealed it and it has neither expired nor been revoked.
pub fn open_token(call: &Call<'_>, text: &str) -> Result<Token, Refusal> {
    use base64::Engine;
    let sealed =
        base64::engine::general_purpose::URL_SAFE_NO_PAD.decode(text.trim_end_matches('='));
    let plain = sealed
        .ok()
        .and_then(|sealed| call.app.vault().open("token", &sealed));
    let token: Option<Token> = plain.and_then(|plain| serde_json::from_slice(&plain).ok());
    let Some(token) = token else {
        return Err(unauthorized("decrypt token fail"));
    };
    if token.expires <= call.app.now().as_second() {
        return Err(Refusal::new(errors::APIGW_0307));
    }
    Ok(token)
}

/// Seals a token into the text that clients carry.
pub fn seal_token(call: &Call<'_>, token: &Token) -> String {
    use base64::Engine;
    let plain = serde_json::to_vec(token).unwrap_or_default();
    base64::engine::general_purpose::URL_SAFE_NO_PAD.encode(call.app.vault().seal("token", &plain))
}

/// A refusal of the gateway with its reason.
pub fn unauthorized(reason: &str) -> Refusal {
    Refusal::new(errors::APIGW_0301).with([reason])
}

fn by_signature(call: &Call<'_>, header: &str) -> Result<Caller, Refusal> {
    let shown = signature::parse(header).map_err(|fault| unauthorized(&reason(&fault)))?;
    let security_token = call
        .request
        .header("x-security-token")
        .map(|text| open_token(call, text))
        .transpose()?;
    let (secret, caller) = match security_token {
        Some(token) => temporary(call, &token, &shown.access_key)?,
        None => permanent(call, &shown.access_key)?,
    };
    signature::verify(&call.request.signed(), &shown, &secret, call.app.now())
        .map_err(|fault| unauthorized(&reason(&fault)))?;
    Ok(caller)
}

fn permanent(call: &Call<'_>, access_key: &str) -> Result<(String, Caller), Refusal> {
    let access_key = access_key.to_owned();
    let path_project = call
        .params
        .iter()
        .find(|(name, _)| *name == "project_id")
        .map(|(_, id)| id.clone());
    let asked = call
        .request
        .header("x-project-id")
        .map(str::to_owned)
        .or(path_project);
    let unknown = unauthorized(&format!("ak {access_key} not exist"));
    let found = call.read({
        let access_key = access_key.clone();
        move |tx, cx| {
            let Some(found) = identity::by_access_key(tx, cx, "huawei", &access_key)? else {
                return Ok(None);
            };
            let project = scope(tx, &found, asked.as_deref())?;
            Ok(Some((found, project)))
        }
    });
    let found = found.map_err(|fault| faults::gateway(&fault))?;
    let Some((found, project)) = found else {
        return Err(unknown);
    };
    let caller = Caller {
        account: found.account.head.id,
        project,
        user: found.user.name,
        credential: access_key,
        role: found.user.role,
        request_id: call.request.id.clone(),
    };
    Ok((found.secret, caller))
}

/// The project that is asked for, when the account owns it; else the account's first one.
fn scope(
    tx: &mut vpcd_domain::Tx<'_>,
    found: &Found,
    asked: Option<&str>,
) -> Result<String, Fault> {
    let account = &found.account.head.id;
    if let Some(id) = asked
        && let Some(project) = tx.any::<Project>(id)?
        && project.account() == account
    {
        return Ok(project.head.id);
    }
    Ok(identity::projects(tx, account)?
        .into_iter()
        .next()
        .map(|project| project.head.id)
        .unwrap_or_default())
}

fn temporary(
    call: &Call<'_>,
    token: &Token,
    access_key: &str,
) -> Result<(String, Caller), Refusal> {
    match &token.key {
        Some((known, secret)) if known == access_key => Ok((secret.clone(), holder(call, token)?)),
        _ => Err(unauthorized(&format!("ak {access_key} not exist"))),
    }
}

fn by_token(call: &Call<'_>, text: &str) -> Result<Caller, Refusal> {
    let token = open_token(call, text)?;
    if token.key.is_some() {
        return Err(unauthorized("decrypt token fail"));
    }
    holder(call, &token)
}

/// The caller that a token speaks for, as the user is today.
fn holder(call: &Call<'_>, token: &Token) -> Result<Caller, Refusal> {
    let (id, user) = (token.id.clone(), token.user.clone());
    let (revoked, user) = call
        .read(move |tx, _| {
            let revoked = claim::holder(tx.rows(), "revoked-token", &id)?.is_some();
            Ok((revoked, tx.any::<identity::User>(&user)?))
        })
        .map_err(|fault| faults::gateway(&fault))?;
    let user = user.ok_or_else(|| unauthorized("decrypt token fail"))?;
    // A revoked token still passes the gateway's cache; the service itself refuses it (VPC.0008, VPN.0010).
    let project = if revoked { None } else { token.project.clone() };
    Ok(Caller {
        account: token.account.clone(),
        project: project.unwrap_or_default(),
        user: user.name,
        credential: format!("token {}", token.id),
        role: user.role,
        request_id: call.request.id.clone(),
    })
}

/// How the identity service is, and whether the account's policy denies this action: both are the operator's word.
fn outside(call: &Call<'_>) -> Result<(Option<String>, bool), Refusal> {
    let (scope, action) = (format!("account/{}", call.caller.account), call.action);
    call.read(move |tx, _| {
        let state = condition::read::<String>(tx, "iam", &["*"])?;
        let denied: Vec<String> =
            condition::read(tx, "account.denied", &[&scope])?.unwrap_or_default();
        Ok((state, denied.iter().any(|it| it == action)))
    })
    .map_err(|fault| faults::gateway(&fault))
}

fn unavailable(call: &Call<'_>, state: &str) -> Option<&'static vpcd_dialect::Row> {
    match (state, call.service) {
        ("unreachable", "vpn") => Some(errors::VPN_0006),
        ("refusing", "vpn") => Some(errors::VPN_0005),
        ("unreachable" | "refusing", _) => Some(errors::APIGW_0613),
        _ => None,
    }
}

fn reason(fault: &AuthFault) -> String {
    match fault {
        AuthFault::Skew | AuthFault::Expired { .. } => {
            "calc ak sk signature fail:signature expired".to_owned()
        }
        AuthFault::Signature { canonical } => {
            format!("verify aksk signature fail, canonicalRequest:{}", canonical)
        }
        AuthFault::Header(name) => format!("signed header {name} not found"),
        AuthFault::Missing | AuthFault::Malformed | AuthFault::Algorithm | AuthFault::Digest => {
            "Unauthorized".to_owned()
        }
    }
}
