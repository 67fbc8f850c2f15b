//! `vpcd conditions`, `clock`, `profile`, `faults`, `operations`: the world around the cloud.

use serde_json::{Value, json};
use vpcd_auth::encode;

use super::Failure;
use super::call::{Call, Verb, object, path};

/// What can be done with conditions.
#[derive(Debug, Default, clap::Subcommand)]
pub enum Conditions {
    /// List those there are, with what is set
    #[default]
    List,
    /// Set one
    Set {
        /// Its name, such as account.standing
        name: String,
        /// Its value: a word, a number, true, false or JSON
        value: String,
        /// What it holds for: *, account/ID, project/ID or a resource's id
        #[arg(long, default_value = "*")]
        scope: String,
    },
    /// Remove one
    Delete {
        /// Its name
        name: String,
        /// What it holds for
        #[arg(long, default_value = "*")]
        scope: String,
    },
}

/// What can be done with the clock.
#[derive(Debug, Default, clap::Subcommand)]
pub enum Clock {
    /// Show it
    #[default]
    Show,
    /// Let it show a time
    Set {
        /// Such as 2026-01-01T00:00:00Z
        at: String,
    },
    /// Stop it, at a time if one is given
    Freeze {
        /// Such as 2026-01-01T00:00:00Z
        at: Option<String>,
    },
    /// Let it run again
    Run,
    /// Move it ahead, or back
    #[command(allow_negative_numbers = true)]
    Step {
        /// How far
        seconds: f64,
    },
    /// Let it run faster or slower
    Speed {
        /// 1 is the speed of real time
        factor: f64,
    },
    /// Return to real time
    Reset,
}

/// What can be done with the profile.
#[derive(Debug, Default, clap::Subcommand)]
pub enum Profile {
    /// Show it
    #[default]
    Show,
    /// Choose one
    Set {
        /// In no time, or as long as in the real clouds
        #[arg(value_parser = ["instant", "realistic"])]
        profile: String,
        /// Seed of the delays
        #[arg(long)]
        seed: Option<u64>,
    },
}

/// What can be done with planned faults.
#[derive(Debug, Default, clap::Subcommand)]
pub enum Faults {
    /// List them
    #[default]
    List,
    /// Plan one
    Create {
        /// Such as huawei.create_vpc
        operation: String,
        /// Id of a row, such as huawei/vpc/create_vpc/VPC.0101; `vpcd errors CODE` shows it
        row: String,
        /// How many calls
        #[arg(long, default_value_t = 1)]
        count: u32,
    },
    /// Forget them all
    Delete,
}

/// What can be done with operations.
#[derive(Debug, Default, clap::Subcommand)]
pub enum Operations {
    /// List them
    #[default]
    List,
}

impl Verb for Conditions {
    fn call(self) -> Result<Call, Failure> {
        const COLUMNS: &[(&str, &str)] = &[
            ("NAME", "name"),
            ("SCOPE", "scope"),
            ("VALUES", "values"),
            ("SET", "set"),
        ];
        Ok(match self {
            Conditions::List => Call::list("conditions", COLUMNS),
            Conditions::Set { name, value, scope } => {
                // A word is a text without quotes; everything else is JSON.
                let parsed =
                    serde_json::from_str(&value).unwrap_or_else(|_| Value::String(value.clone()));
                let done = format!("{name} is {value} for {scope}");
                let body = json!({"scope": scope, "value": parsed});
                Call::done("PUT", path(&["conditions", &name]), Some(body), done)
            }
            Conditions::Delete { name, scope } => {
                let done = format!("{name} is not set for {scope} any more");
                let path = format!(
                    "{}?scope={}",
                    path(&["conditions", &name]),
                    encode(scope.as_bytes())
                );
                Call::done("DELETE", path, None, done)
            }
        })
    }
}

impl Verb for Clock {
    fn call(self) -> Result<Call, Failure> {
        let (method, body) = match self {
            Clock::Show => ("GET", None),
            Clock::Reset => ("DELETE", None),
            Clock::Set { at } => ("PUT", Some(json!({"at": at}))),
            Clock::Freeze { at } => ("PUT", object([("frozen", json!(true)), ("at", json!(at))])),
            Clock::Run => ("PUT", Some(json!({"frozen": false}))),
            Clock::Step { seconds } => ("PUT", Some(json!({"step_seconds": seconds}))),
            Clock::Speed { factor } => ("PUT", Some(json!({"speed": factor}))),
        };
        Ok(Call::card(method, "clock".to_owned(), body))
    }
}

impl Verb for Profile {
    fn call(self) -> Result<Call, Failure> {
        let (method, body) = match self {
            Profile::Show => ("GET", None),
            Profile::Set { profile, seed } => (
                "PUT",
                object([("profile", json!(profile)), ("seed", json!(seed))]),
            ),
        };
        Ok(Call::card(method, "profile".to_owned(), body))
    }
}

impl Verb for Faults {
    fn call(self) -> Result<Call, Failure> {
        const COLUMNS: &[(&str, &str)] = &[
            ("OPERATION", "operation"),
            ("ROW", "row"),
            ("CALLS LEFT", "count"),
        ];
        Ok(match self {
            Faults::List => Call::list("faults", COLUMNS),
            Faults::Create {
                operation,
                row,
                count,
            } => {
                let body = json!({"operation": operation, "row": row, "count": count});
                Call::card("POST", "faults".to_owned(), Some(body))
            }
            Faults::Delete => Call::done(
                "DELETE",
                "faults".to_owned(),
                None,
                "no fault is planned".to_owned(),
            ),
        })
    }
}

impl Verb for Operations {
    fn call(self) -> Result<Call, Failure> {
        const COLUMNS: &[(&str, &str)] = &[
            ("NAME", "name"),
            ("METHOD", "method"),
            ("PATH", "path"),
            ("FLAG", "flag"),
            ("ACCESS", "access"),
            ("ACTION", "action"),
        ];
        Ok(Call::list("operations", COLUMNS))
    }
}
