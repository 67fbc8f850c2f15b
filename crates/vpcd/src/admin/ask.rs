//! One request of the operator: what a handler works with.

use std::fmt::Display;
use std::str::FromStr;

use serde::de::DeserializeOwned;
use serde_json::Value;
use vpcd_dialect::{Query, Request, decode};
use vpcd_domain::store::setting;
use vpcd_domain::tx::Change;
use vpcd_domain::{Context, Fault, Tx, identity};

use super::IMPORT;
use super::refused::Refused;
use crate::cloud::Cloud;

/// A request that passed the door.
pub(super) struct Ask<'a> {
    pub(super) cloud: &'a Cloud,
    pub(super) request: &'a Request,
    pub(super) operation: &'static str,
    pub(super) params: Vec<String>,
    pub(super) query: Query,
}

impl Ask<'_> {
    /// The n-th variable segment of the path.
    pub(super) fn param(&self, at: usize) -> &str {
        self.params.get(at).map_or("", String::as_str)
    }

    /// The n-th variable segment, when it can be the name of something new.
    pub(super) fn name(&self, at: usize) -> Result<String, Refused> {
        let name = self.param(at);
        let legal = |c: char| c.is_ascii_alphanumeric() || "_-.".contains(c);
        match !name.is_empty() && name.len() <= 64 && name.chars().all(legal) {
            true => Ok(name.to_owned()),
            false => Err(Refused::bad(format!("{name:?} cannot be a name"))
                .hint("names are 1 to 64 letters, digits, dots, dashes and underscores")),
        }
    }

    /// A number of the query, within its bounds; nothing when it is absent.
    pub(super) fn number<T>(&self, key: &str, least: T, most: T) -> Result<Option<T>, Refused>
    where
        T: FromStr + PartialOrd + Display + Copy,
    {
        let Some(text) = self.query.get(key) else {
            return Ok(None);
        };
        match text.parse().ok().filter(|it| (least..=most).contains(it)) {
            Some(number) => Ok(Some(number)),
            None => Err(Refused::bad(format!(
                "{key}: a number from {least} to {most}"
            ))),
        }
    }

    /// The body, decoded strictly.
    pub(super) fn body<T: DeserializeOwned>(&self) -> Result<T, Refused> {
        let body = &self.request.body;
        // No database keeps a zero byte in a text, and no name needs one. An export quotes the documents of tenants,
        // where the same letters are no zero byte; the store looks for real ones itself.
        if self.operation != IMPORT && body.windows(6).any(|part| part == br"\u0000") {
            return Err(Refused::bad("the body has a zero byte in a text"));
        }
        Ok(decode::body(body)?)
    }

    /// Runs a question in one snapshot.
    pub(super) fn read<T, F>(&self, question: F) -> Result<T, Fault>
    where
        T: Send + 'static,
        F: Fn(&mut Tx<'_>, &mut Context<'_>) -> Result<T, Fault> + Send,
    {
        let caller = identity::operator("", &self.request.id);
        self.cloud
            .app
            .read(self.operation, &caller, &vpcd_huawei::POLICY, question)
    }

    /// Runs a rule in one transaction, audited under the operation's name.
    pub(super) fn write<T, F>(&self, rule: F) -> Result<T, Fault>
    where
        T: Send + 'static,
        F: Fn(&mut Tx<'_>, &mut Context<'_>) -> Result<T, Fault> + Send + 'static,
    {
        self.write_in("", rule)
    }

    /// The same on behalf of a project.
    pub(super) fn write_in<T, F>(&self, project: &str, rule: F) -> Result<T, Fault>
    where
        T: Send + 'static,
        F: Fn(&mut Tx<'_>, &mut Context<'_>) -> Result<T, Fault> + Send + 'static,
    {
        let caller = identity::operator(project, &self.request.id);
        self.cloud
            .app
            .write(self.operation, &caller, &vpcd_huawei::POLICY, rule)
    }
}

/// Puts a change that is not one of a resource into the audit.
pub(super) fn note(tx: &mut Tx<'_>, target: &str, before: Option<Value>, after: Option<Value>) {
    tx.changes.push(Change {
        target: target.to_owned(),
        project: String::new(),
        before: before.map(|value| value.to_string()),
        after: after.map(|value| value.to_string()),
    });
}

/// A setting as the audit shows it: JSON where it is JSON, else its text.
pub(super) fn shown(text: String) -> Value {
    serde_json::from_str(&text).unwrap_or(Value::String(text))
}

/// Runs a change of one setting and puts it into the audit.
pub(super) fn audited<T>(
    tx: &mut Tx<'_>,
    key: &str,
    change: impl FnOnce(&mut Tx<'_>) -> Result<T, Fault>,
) -> Result<T, Fault> {
    let before = setting::get(tx.rows(), key)?.map(shown);
    let value = change(tx)?;
    let after = setting::get(tx.rows(), key)?.map(shown);
    if before != after {
        note(tx, key, before, after);
    }
    Ok(value)
}
