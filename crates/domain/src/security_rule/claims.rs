//! What rules are found by: what they say within their group, and the far end that they name.

use vpcd_store::claim;

use super::{NewRule, SecurityRule};
use crate::context::Context;
use crate::fault::Fault;
use crate::tx::{After, Tx};

/// The rule of the group that says the same, where the cloud takes it for the same.
pub(super) fn equal(
    tx: &mut Tx<'_>,
    cx: &Context<'_>,
    group: &str,
    new: &NewRule,
) -> Result<Option<String>, Fault> {
    let key = match cx.policy.rules_differ_by_text {
        true => worded(new),
        false => new.canonical(),
    };
    Ok(claim::holder(tx.rows(), &space(group), &key)?)
}

/// A rule of the group that says the same, whatever its text.
pub(super) fn alike(tx: &mut Tx<'_>, group: &str, said: &NewRule) -> Result<Option<String>, Fault> {
    Ok(claim::holder(tx.rows(), &space(group), &said.canonical())?)
}

/// Takes what a stored rule is found by, unless it is taken. Of rules that differ in nothing but their text the first one has the claim on
/// what they say.
pub(crate) fn take(tx: &mut Tx<'_>, rule: &SecurityRule) -> Result<(), Fault> {
    let (id, said) = (&rule.head.id, rule.said());
    let space = space(rule.group());
    claim::take(tx.rows(), &space, &said.canonical(), id)?;
    claim::take(tx.rows(), &space, &worded(&said), id)?;
    if let Some(remote) = rule.remote.key() {
        let space = remote_space(&rule.head.project, &remote);
        claim::take(tx.rows(), &space, id, id)?;
    }
    Ok(())
}

/// Gives back what a stored rule is found by.
pub(super) fn release(tx: &mut Tx<'_>, rule: &SecurityRule) -> Result<(), Fault> {
    let (id, said) = (&rule.head.id, rule.said());
    let space = space(rule.group());
    for key in [said.canonical(), worded(&said)] {
        if claim::holder(tx.rows(), &space, &key)?.as_deref() == Some(id) {
            claim::release(tx.rows(), &space, &key)?;
        }
    }
    if let Some(remote) = rule.remote.key() {
        let space = remote_space(&rule.head.project, &remote);
        claim::release(tx.rows(), &space, id)?;
    }
    Ok(())
}

/// Has another rule of the group that says the same, whatever its text, be found by it in the place of one that went.
pub(super) fn hand_on(tx: &mut Tx<'_>, gone: &SecurityRule) -> Result<(), Fault> {
    let (space, said) = (space(gone.group()), gone.said().canonical());
    if claim::holder(tx.rows(), &space, &said)?.is_some() {
        return Ok(());
    }
    let texts = format!("text/{said}/");
    let mut next = claim::ceiling(tx.rows(), &space, &texts)?;
    while let Some(known) = next.filter(|it| it.key.starts_with(&texts)) {
        let rule = tx.any::<SecurityRule>(&known.owner)?;
        if rule.is_some_and(|rule| rule.said().canonical() == said) {
            claim::take(tx.rows(), &space, &said, &known.owner)?;
            return Ok(());
        }
        let after = claim::list(tx.rows(), &space, Some(&known.key), 1)?;
        next = after.into_iter().next();
    }
    Ok(())
}

/// Up to `limit` rules of a project whose far end is this id or block, in the order of their ids.
pub fn with_remote(
    tx: &mut Tx<'_>,
    project: &str,
    remote: &str,
    after: After<'_>,
    limit: usize,
) -> Result<Vec<SecurityRule>, Fault> {
    tx.keyed(project, &remote_space(project, remote), after, limit)
}

/// What a rule says, its text included.
fn worded(new: &NewRule) -> String {
    format!("text/{}/{}", new.canonical(), new.description)
}

/// The rules of a group by what they say: no two of them say the same.
fn space(group: &str) -> String {
    format!("security-rule/{group}")
}

/// The rules of a project that name the same far end.
fn remote_space(project: &str, remote: &str) -> String {
    format!("security-rule-remote/{project}/{remote}")
}
