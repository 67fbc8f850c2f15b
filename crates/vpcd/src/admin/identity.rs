//! Accounts, projects, users and their access keys.

use serde::Deserialize;
use serde_json::{Value, json};
use vpcd_dialect::Reply;
use vpcd_domain::identity::{self, Account, Project, User};
use vpcd_domain::store::credential::{self, Credential};
use vpcd_domain::vpc;
use vpcd_domain::{Context, Fault, Kind, Role, Tx};
use vpcd_net::Cidr;

use super::ask::{Ask, note};
use super::refused::Refused;
use super::{created, gone, list, ok};

/// The kind of credential that this page lists and deletes; tokens are credentials too, and nobody lists those.
const ACCESS_KEY: &str = "access_key";

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct NewAccount {
    name: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct NewProject {
    account: String,
    name: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct NewNetwork {
    #[serde(default)]
    cidr: Option<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct NewUser {
    account: String,
    name: String,
    #[serde(default)]
    password: Option<String>,
    #[serde(default)]
    roles: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct NewKey {
    #[serde(default)]
    user: Option<String>,
    #[serde(default)]
    account: Option<String>,
    cloud: String,
}

pub(super) fn accounts(ask: &Ask<'_>) -> Result<Reply, Refused> {
    let accounts = ask.read(|tx, _| tx.everything::<Account>(None, usize::MAX))?;
    list("accounts", accounts.iter().map(account_json).collect())
}

pub(super) fn account(ask: &Ask<'_>) -> Result<Reply, Refused> {
    let id = ask.param(0).to_owned();
    ok(ask.read(move |tx, _| {
        let account = account_of(tx, &id)?;
        let projects = identity::projects(tx, &account.head.id)?;
        let users = tx.children::<User>(&account.head.id)?;
        let mut body = account_json(&account);
        body["projects"] = projects.iter().map(project_json).collect();
        body["users"] = users.iter().map(user_json).collect();
        Ok(body)
    })?)
}

pub(super) fn create_account(ask: &Ask<'_>) -> Result<Reply, Refused> {
    let name = named(ask.body::<NewAccount>()?.name)?;
    let region = ask.cloud.region.clone();
    created(ask.write(move |tx, cx| {
        let (account, project) = identity::create_account(tx, cx, &name, &region)?;
        let mut body = account_json(&account);
        body["project"] = json!({"id": project.head.id, "name": project.name});
        Ok(body)
    })?)
}

pub(super) fn delete_account(ask: &Ask<'_>) -> Result<Reply, Refused> {
    let id = ask.param(0).to_owned();
    let owned = ask.write(move |tx, _| {
        let account = account_of(tx, &id)?.head.id;
        identity::delete_account(tx, &account)
    })?;
    let told: Vec<String> = owned
        .iter()
        .map(|(kind, count)| format!("{count} {}", kind.word()))
        .collect();
    match owned.is_empty() {
        true => gone(),
        false => Err(
            Refused::new(409, format!("the account still owns {}", told.join(", ")))
                .hint("delete them first"),
        ),
    }
}

pub(super) fn projects(ask: &Ask<'_>) -> Result<Reply, Refused> {
    let projects = ask.read(|tx, _| tx.everything::<Project>(None, usize::MAX))?;
    list("projects", projects.iter().map(project_json).collect())
}

pub(super) fn create_project(ask: &Ask<'_>) -> Result<Reply, Refused> {
    let new: NewProject = ask.body()?;
    let name = named(new.name)?;
    created(ask.write(move |tx, cx| {
        let account = account_of(tx, &new.account)?.head.id;
        identity::create_project(tx, cx, &account, &name).map(|project| project_json(&project))
    })?)
}

/// Gives a project the network that comes with an account.
pub(super) fn create_default_network(ask: &Ask<'_>) -> Result<Reply, Refused> {
    let (id, new) = (ask.param(0).to_owned(), ask.body::<NewNetwork>()?);
    let cidr = new.cidr.as_deref().unwrap_or("192.168.0.0/16");
    let cidr: Cidr = cidr
        .parse()
        .map_err(|_| Refused::bad("cidr: a block such as 192.168.0.0/16"))?;
    created(ask.write_in(&id.clone(), move |tx, cx| {
        if tx.any::<Project>(&id)?.is_none() {
            return Err(Fault::NotFound {
                kind: Kind::Project,
                id: id.clone(),
            });
        }
        let vpc = vpc::create_default(tx, cx, cidr)?;
        Ok(json!({"id": vpc.head.id, "alias": vpc.head.alias, "name": vpc.name, "cidr": vpc.cidr}))
    })?)
}

pub(super) fn users(ask: &Ask<'_>) -> Result<Reply, Refused> {
    let users = ask.read(|tx, _| tx.everything::<User>(None, usize::MAX))?;
    list("users", users.iter().map(user_json).collect())
}

pub(super) fn create_user(ask: &Ask<'_>) -> Result<Reply, Refused> {
    let new: NewUser = ask.body()?;
    let (name, role) = (named(new.name)?, role(&new.roles)?);
    let hash = new
        .password
        .map(|password| hashed(ask, &password))
        .transpose()?;
    created(ask.write(move |tx, cx| {
        let account = account_of(tx, &new.account)?.head.id;
        identity::create_user(tx, cx, &account, &name, role, hash.clone())
            .map(|user| user_json(&user))
    })?)
}

pub(super) fn keys(ask: &Ask<'_>) -> Result<Reply, Refused> {
    let rows = ask.read(|tx, _| {
        let mut rows = Vec::new();
        for user in tx.everything::<User>(None, usize::MAX)? {
            let held = credential::of_owner(tx.rows(), &user.head.id)?;
            let held = held.into_iter().filter(|key| key.kind == ACCESS_KEY);
            rows.extend(held.map(|key| key_json(&key, &user)));
        }
        Ok(rows)
    })?;
    list("keys", rows)
}

pub(super) fn create_key(ask: &Ask<'_>) -> Result<Reply, Refused> {
    let new: NewKey = ask.body()?;
    if !["huawei", "baidu"].contains(&new.cloud.as_str()) {
        return Err(Refused::bad("cloud: huawei or baidu"));
    }
    if new.user.is_some() == new.account.is_some() {
        return Err(Refused::bad("say either user or account"));
    }
    created(ask.write(move |tx, cx| {
        let user = holder(tx, cx, &new)?;
        let pair = identity::create_key(tx, cx, &user.head.id, &new.cloud)?;
        let owner = json!({"user": user.head.id, "account": user.account(), "cloud": new.cloud});
        note(
            tx,
            &format!("key/{}", pair.access_key),
            None,
            Some(owner.clone()),
        );
        let mut body = owner;
        body["access_key"] = pair.access_key.into();
        body["secret_key"] = pair.secret_key.into();
        Ok(body)
    })?)
}

pub(super) fn delete_key(ask: &Ask<'_>) -> Result<Reply, Refused> {
    let id = ask.param(0).to_owned();
    let deleted = ask.write(move |tx, _| {
        let Some(key) = credential::get(tx.rows(), &id)?.filter(|key| key.kind == ACCESS_KEY)
        else {
            return Ok(false);
        };
        identity::delete_key(tx, &id)?;
        note(
            tx,
            &format!("key/{id}"),
            Some(json!({"user": key.owner, "cloud": key.cloud})),
            None,
        );
        Ok(true)
    })?;
    match deleted {
        true => gone(),
        false => Err(Refused::missing("access key", ask.param(0))),
    }
}

/// Who shall hold a new key: the user, or the first user of the account, made when it has none.
fn holder(tx: &mut Tx<'_>, cx: &mut Context<'_>, new: &NewKey) -> Result<User, Fault> {
    if let Some(user) = &new.user {
        return tx.get("", user);
    }
    let account = account_of(tx, new.account.as_deref().unwrap_or_default())?
        .head
        .id;
    let users = tx.children::<User>(&account)?;
    let first = users
        .into_iter()
        .min_by(|a, b| (a.head.created, &a.head.id).cmp(&(b.head.created, &b.head.id)));
    match first {
        Some(user) => Ok(user),
        None => identity::create_user(tx, cx, &account, "root", Role::Admin, None),
    }
}

/// The account of that id, else of that name.
fn account_of(tx: &mut Tx<'_>, word: &str) -> Result<Account, Fault> {
    let found = match identity::find_account(tx, Some(word), None)? {
        None => identity::find_account(tx, None, Some(word))?,
        found => found,
    };
    found.ok_or_else(|| Fault::NotFound {
        kind: Kind::Account,
        id: word.to_owned(),
    })
}

/// The role that a list of Huawei's role and policy names stands for: the mightiest of them.
fn role(words: &[String]) -> Result<Role, Refused> {
    let mut role = Role::Nobody;
    for word in words {
        let lower = word.to_ascii_lowercase().replace([' ', '_', '-'], "");
        let reads = ["readonly", "reader", "guest"]
            .iter()
            .any(|part| lower.contains(part));
        let writes = ["admin", "fullaccess", "poweruser"]
            .iter()
            .any(|part| lower.contains(part));
        role = match (reads, writes, role) {
            (false, false, _) => {
                return Err(Refused::bad(format!("roles: {word:?} is no role that is known here"))
                    .hint("te_admin, \"VPC FullAccess\", \"VPC ReadOnlyAccess\"; an empty list may do nothing"));
            }
            (true, _, Role::Nobody) => Role::Reader,
            (true, _, known) => known,
            (false, true, _) => Role::Admin,
        };
    }
    Ok(role)
}

fn hashed(ask: &Ask<'_>, password: &str) -> Result<String, Refused> {
    if password.is_empty() || password.len() > 128 {
        return Err(Refused::bad("password: 1 to 128 bytes"));
    }
    let salt = ask.cloud.app.ids().bytes();
    identity::hash_password(password, &salt)
        .ok_or_else(|| Refused::new(500, "the password cannot be hashed"))
}

fn named(name: String) -> Result<String, Refused> {
    let length = name.chars().count();
    match (1..=64).contains(&length) && !name.chars().any(char::is_control) && name.trim() == name {
        true => Ok(name),
        false => Err(Refused::bad(
            "name: 1 to 64 characters, none of them a control character",
        )),
    }
}

fn account_json(account: &Account) -> Value {
    json!({"id": account.head.id, "name": account.name, "created": account.head.created})
}

fn project_json(project: &Project) -> Value {
    json!({
        "id": project.head.id,
        "account": project.account(),
        "name": project.name,
        "created": project.head.created,
    })
}

fn user_json(user: &User) -> Value {
    json!({
        "id": user.head.id,
        "account": user.account(),
        "name": user.name,
        "role": user.role,
        "password": user.password_hash.is_some(),
        "created": user.head.created,
    })
}

fn key_json(key: &Credential, user: &User) -> Value {
    let created = jiff::Timestamp::from_microsecond(key.created).unwrap_or_default();
    json!({
        "access_key": key.id,
        "cloud": key.cloud,
        "user": user.head.id,
        "account": user.account(),
        "created": created,
    })
}
