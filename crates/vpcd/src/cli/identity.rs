//! `vpcd accounts`, `projects`, `users`, `keys`.

use std::path::Path;

use serde_json::json;

use super::call::{Call, Verb, object, path};
use super::{Failure, read};

/// What can be done with accounts.
#[derive(Debug, Default, clap::Subcommand)]
pub enum Accounts {
    /// List them
    #[default]
    List,
    /// Create one, with a project named after the region
    Create {
        /// Its name
        name: String,
    },
    /// Show one with its projects and users
    Show {
        /// Its id or name
        account: String,
    },
    /// Delete one that owns nothing any more
    Delete {
        /// Its id or name
        account: String,
    },
}

/// What can be done with projects.
#[derive(Debug, Default, clap::Subcommand)]
pub enum Projects {
    /// List them
    #[default]
    List,
    /// Create one
    Create {
        /// Its name
        name: String,
        /// The account's id or name
        #[arg(long)]
        account: String,
    },
    /// Give one the VPC that comes with an account, which Baidu's users cannot delete
    DefaultNetwork {
        /// Its id
        project: String,
        /// The block of the VPC; 192.168.0.0/16 where none is told
        #[arg(long)]
        cidr: Option<String>,
    },
}

/// What can be done with users.
#[derive(Debug, Default, clap::Subcommand)]
pub enum Users {
    /// List them
    #[default]
    List,
    /// Create one
    Create {
        /// Its name
        name: String,
        /// The account's id or name
        #[arg(long)]
        account: String,
        /// A role such as te_admin or "VPC ReadOnlyAccess"; may be repeated
        #[arg(long = "role", value_name = "ROLE")]
        roles: Vec<String>,
        /// Password; other users of this machine may see it in the list of processes
        #[arg(long, conflicts_with = "password_stdin")]
        password: Option<String>,
        /// Read the password from the standard input
        #[arg(long)]
        password_stdin: bool,
    },
}

/// What can be done with access keys.
#[derive(Debug, Default, clap::Subcommand)]
pub enum Keys {
    /// List them, without their secrets
    #[default]
    List,
    /// Make a pair; the secret is shown this once
    Create {
        /// The cloud that it is for
        #[arg(long, value_parser = ["huawei", "baidu"])]
        cloud: String,
        /// The user who shall hold it, by id
        #[arg(long, required_unless_present = "account", conflicts_with = "account")]
        user: Option<String>,
        /// The account whose first user shall hold it, by id or name
        #[arg(long)]
        account: Option<String>,
    },
    /// Delete one
    Delete {
        /// The access key
        access_key: String,
    },
}

impl Verb for Accounts {
    fn call(self) -> Result<Call, Failure> {
        Ok(match self {
            Accounts::List => Call::list(
                "accounts",
                &[("ID", "id"), ("NAME", "name"), ("CREATED", "created")],
            ),
            Accounts::Create { name } => {
                Call::card("POST", "accounts".to_owned(), Some(json!({"name": name})))
            }
            Accounts::Show { account } => Call::card("GET", path(&["accounts", &account]), None),
            Accounts::Delete { account } => {
                let done = format!("account {account} is deleted");
                Call::done("DELETE", path(&["accounts", &account]), None, done)
            }
        })
    }
}

impl Verb for Projects {
    fn call(self) -> Result<Call, Failure> {
        Ok(match self {
            Projects::List => Call::list(
                "projects",
                &[("ID", "id"), ("NAME", "name"), ("ACCOUNT", "account")],
            ),
            Projects::Create { name, account } => Call::card(
                "POST",
                "projects".to_owned(),
                Some(json!({"name": name, "account": account})),
            ),
            Projects::DefaultNetwork { project, cidr } => Call::card(
                "POST",
                path(&["projects", &project, "default-network"]),
                object([("cidr", json!(cidr))]),
            ),
        })
    }
}

impl Verb for Users {
    fn call(self) -> Result<Call, Failure> {
        const COLUMNS: &[(&str, &str)] = &[
            ("ID", "id"),
            ("NAME", "name"),
            ("ROLE", "role"),
            ("PASSWORD", "password"),
            ("ACCOUNT", "account"),
        ];
        let Users::Create {
            name,
            account,
            roles,
            password,
            password_stdin,
        } = self
        else {
            return Ok(Call::list("users", COLUMNS));
        };
        let password = match password_stdin {
            false => password,
            true => {
                let text = String::from_utf8(read(Path::new("-"))?)
                    .map_err(|_| Failure::Usage("the password is not UTF-8".to_owned()))?;
                Some(text.trim_end_matches(['\r', '\n']).to_owned())
            }
        };
        let body = object([
            ("name", json!(name)),
            ("account", json!(account)),
            ("roles", json!(roles)),
            ("password", json!(password)),
        ]);
        Ok(Call::card("POST", "users".to_owned(), body))
    }
}

impl Verb for Keys {
    fn call(self) -> Result<Call, Failure> {
        const COLUMNS: &[(&str, &str)] = &[
            ("ACCESS KEY", "access_key"),
            ("CLOUD", "cloud"),
            ("USER", "user"),
            ("ACCOUNT", "account"),
        ];
        Ok(match self {
            Keys::List => Call::list("keys", COLUMNS),
            Keys::Create {
                cloud,
                user,
                account,
            } => {
                let body = object([
                    ("cloud", json!(cloud)),
                    ("user", json!(user)),
                    ("account", json!(account)),
                ]);
                Call::card("POST", "keys".to_owned(), body)
            }
            Keys::Delete { access_key } => {
                let done = format!("key {access_key} is deleted");
                Call::done("DELETE", path(&["keys", &access_key]), None, done)
            }
        })
    }
}
