//! Accounts, projects, users and their keys.

use argon2::password_hash::{PasswordHash, PasswordHasher, PasswordVerifier, SaltString};
use argon2::{Algorithm, Argon2, Params, Version};
use serde::{Deserialize, Serialize};
use vpcd_store::claim;
use vpcd_store::credential::{self, Credential};

use crate::context::{Caller, Context, Role};
use crate::fault::Fault;
use crate::job::Job;
use crate::resource::{Head, Kind, Resource};
use crate::security_group;
use crate::tx::Tx;

mod owned;

pub use owned::owned;

/// Who pays: a Huawei domain, a Baidu account.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Account {
    /// Head; no parent, no project.
    pub head: Head,
    /// Unique name.
    pub name: String,
}

/// What owns resources.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Project {
    /// Head; the parent is the account.
    pub head: Head,
    /// Unique within the account; clients look a region's project up by the region's name.
    pub name: String,
}

/// Who holds keys and passwords.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct User {
    /// Head; the parent is the account.
    pub head: Head,
    /// Unique within the account.
    pub name: String,
    /// What the user may do.
    pub role: Role,
    /// argon2id hash in PHC form, for users that log in with a password.
    #[serde(default)]
    pub password_hash: Option<String>,
}

/// A fresh key pair; the secret is shown this once.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct KeyPair {
    /// Public part.
    pub access_key: String,
    /// Secret part.
    pub secret_key: String,
}

/// What an access key stands for.
#[derive(Clone, Debug)]
pub struct Found {
    /// The secret.
    pub secret: String,
    /// Who holds it.
    pub user: User,
    /// The holder's account.
    pub account: Account,
}

macro_rules! resource {
    ($type:ty, $kind:expr) => {
        impl Resource for $type {
            const KIND: Kind = $kind;

            fn head(&self) -> &Head {
                &self.head
            }

            fn head_mut(&mut self) -> &mut Head {
                &mut self.head
            }
        }
    };
}
resource!(Account, Kind::Account);
resource!(Project, Kind::Project);
resource!(User, Kind::User);

impl Project {
    /// The account that owns it.
    pub fn account(&self) -> &str {
        self.head.parent.as_deref().unwrap_or_default()
    }
}

impl User {
    /// The account that the user belongs to.
    pub fn account(&self) -> &str {
        self.head.parent.as_deref().unwrap_or_default()
    }
}

/// Creates an account with one project of the given name.
pub fn create_account(
    tx: &mut Tx<'_>,
    cx: &mut Context<'_>,
    name: &str,
    project: &str,
) -> Result<(Account, Project), Fault> {
    let account = Account {
        head: head::<Account>(cx, None),
        name: name.to_owned(),
    };
    named(tx, Kind::Account, "account-name", name, &account.head.id)?;
    tx.insert(&account)?;
    let project = create_project(tx, cx, &account.head.id, project)?;
    Ok((account, project))
}

/// Creates a project in an account.
pub fn create_project(
    tx: &mut Tx<'_>,
    cx: &mut Context<'_>,
    account: &str,
    name: &str,
) -> Result<Project, Fault> {
    tx.get::<Account>("", account)?;
    let project = Project {
        head: head::<Project>(cx, Some(account)),
        name: name.to_owned(),
    };
    named(
        tx,
        Kind::Project,
        &format!("project-name/{account}"),
        name,
        &project.head.id,
    )?;
    tx.insert(&project)?;
    Ok(project)
}

/// Creates a user in an account; `password_hash` comes from [`hash_password`].
pub fn create_user(
    tx: &mut Tx<'_>,
    cx: &mut Context<'_>,
    account: &str,
    name: &str,
    role: Role,
    password_hash: Option<String>,
) -> Result<User, Fault> {
    tx.get::<Account>("", account)?;
    let user = User {
        head: head::<User>(cx, Some(account)),
        name: name.to_owned(),
        role,
        password_hash,
    };
    named(
        tx,
        Kind::User,
        &format!("user-name/{account}"),
        name,
        &user.head.id,
    )?;
    tx.insert(&user)?;
    Ok(user)
}

/// Deletes an account that owns nothing any more, with its users, keys and projects, their default security
/// groups and their jobs; otherwise it stays, and what it owns is the answer.
pub fn delete_account(tx: &mut Tx<'_>, id: &str) -> Result<Vec<(Kind, i64)>, Fault> {
    let account: Account = tx.get("", id)?;
    let owned = owned(tx, id)?;
    if !owned.is_empty() {
        return Ok(owned);
    }
    for project in tx.children::<Project>(id)? {
        security_group::discard_all(tx, &project.head.id)?;
        for job in tx.list::<Job>(&project.head.id, None, usize::MAX)? {
            tx.remove(&job)?;
        }
        tx.remove(&project)?;
    }
    for user in tx.children::<User>(id)? {
        for key in credential::of_owner(tx.rows(), &user.head.id)? {
            credential::delete(tx.rows(), &key.id)?;
        }
        tx.remove(&user)?;
    }
    tx.remove(&account)?;
    Ok(owned)
}

/// Makes a key pair for a user, for one cloud.
pub fn create_key(
    tx: &mut Tx<'_>,
    cx: &mut Context<'_>,
    user: &str,
    cloud: &str,
) -> Result<KeyPair, Fault> {
    tx.get::<User>("", user)?;
    const UPPER: &[u8] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
    const MIXED: &[u8] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789ab";
    let access_key = cx.ids.text(20, UPPER);
    let secret_key = cx.ids.text(20, MIXED) + &cx.ids.text(20, MIXED);
    let sealed = cx.vault.seal(&access_key, secret_key.as_bytes());
    let row = Credential {
        id: access_key.clone(),
        kind: "access_key".to_owned(),
        cloud: cloud.to_owned(),
        owner: user.to_owned(),
        sealed,
        created: cx.now.as_microsecond(),
    };
    credential::insert(tx.rows(), &row)?;
    Ok(KeyPair {
        access_key,
        secret_key,
    })
}

/// Deletes a key.
pub fn delete_key(tx: &mut Tx<'_>, access_key: &str) -> Result<bool, Fault> {
    Ok(credential::delete(tx.rows(), access_key)?)
}

/// What an access key of one cloud stands for.
pub fn by_access_key(
    tx: &mut Tx<'_>,
    cx: &Context<'_>,
    cloud: &str,
    access_key: &str,
) -> Result<Option<Found>, Fault> {
    let Some(row) = credential::get(tx.rows(), access_key)? else {
        return Ok(None);
    };
    if row.kind != "access_key" || row.cloud != cloud {
        return Ok(None);
    }
    let opened = cx
        .vault
        .open(access_key, &row.sealed)
        .and_then(|secret| String::from_utf8(secret).ok());
    let (Some(secret), Some(user)) = (opened, tx.any::<User>(&row.owner)?) else {
        return Ok(None);
    };
    let Some(account) = tx.any::<Account>(user.account())? else {
        return Ok(None);
    };
    Ok(Some(Found {
        secret,
        user,
        account,
    }))
}

/// The account of that id or name.
pub fn find_account(
    tx: &mut Tx<'_>,
    id: Option<&str>,
    name: Option<&str>,
) -> Result<Option<Account>, Fault> {
    let id = match (id, name) {
        (Some(id), _) => Some(id.to_owned()),
        (None, Some(name)) => claim::holder(tx.rows(), "account-name", name)?,
        (None, None) => None,
    };
    id.map_or(Ok(None), |id| tx.any(&id))
}

/// The user of that id, or of that name in that account.
pub fn find_user(tx: &mut Tx<'_>, account: &str, name: &str) -> Result<Option<User>, Fault> {
    match claim::holder(tx.rows(), &format!("user-name/{account}"), name)? {
        Some(id) => tx.any(&id),
        None => Ok(None),
    }
}

/// The project of that name in that account.
pub fn find_project(tx: &mut Tx<'_>, account: &str, name: &str) -> Result<Option<Project>, Fault> {
    match claim::holder(tx.rows(), &format!("project-name/{account}"), name)? {
        Some(id) => tx.any(&id),
        None => Ok(None),
    }
}

/// The projects of an account; the first is the one that a cloud without projects uses.
pub fn projects(tx: &mut Tx<'_>, account: &str) -> Result<Vec<Project>, Fault> {
    let mut projects = tx.children::<Project>(account)?;
    projects.sort_by(|a, b| (a.head.created, &a.head.id).cmp(&(b.head.created, &b.head.id)));
    Ok(projects)
}

/// The caller that acts for the operator in a project (or above projects, with an empty one).
pub fn operator(project: &str, request_id: &str) -> Caller {
    Caller {
        account: String::new(),
        project: project.to_owned(),
        user: "operator".to_owned(),
        credential: "operator".to_owned(),
        role: Role::Admin,
        request_id: request_id.to_owned(),
    }
}

/// Hashes a password with argon2id (9 MiB, 4 passes). Slow on purpose: call it outside transactions.
pub fn hash_password(password: &str, salt: &[u8; 32]) -> Option<String> {
    let salt = SaltString::encode_b64(&salt[..16]).ok()?;
    Some(
        hasher()
            .hash_password(password.as_bytes(), &salt)
            .ok()?
            .to_string(),
    )
}

/// Whether the password is the hashed one. Slow on purpose: call it outside transactions.
pub fn verify_password(password: &str, hash: &str) -> bool {
    PasswordHash::new(hash)
        .is_ok_and(|hash| hasher().verify_password(password.as_bytes(), &hash).is_ok())
}

fn hasher() -> Argon2<'static> {
    let params = Params::new(9 * 1024, 4, 1, None).unwrap_or_default();
    Argon2::new(Algorithm::Argon2id, Version::V0x13, params)
}

/// Huawei writes the ids of projects, domains and users as 32 hex digits without dashes; so they are here.
fn head<T: Resource>(cx: &mut Context<'_>, parent: Option<&str>) -> Head {
    let id = cx.ids.hex32();
    Head {
        id,
        project: String::new(),
        ..Head::new::<T>(cx, parent).settled()
    }
}

fn named(tx: &mut Tx<'_>, kind: Kind, space: &str, name: &str, id: &str) -> Result<(), Fault> {
    match claim::take(tx.rows(), space, name, id)? {
        true => Ok(()),
        false => Err(Fault::NameTaken {
            kind,
            name: name.to_owned(),
        }),
    }
}
