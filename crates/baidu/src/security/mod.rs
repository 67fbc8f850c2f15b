//! Security groups of both sorts, which are one thing beneath: regular ones belong to a VPC, enterprise ones to the
//! whole account.

pub mod enterprise;
pub mod group;
mod list;
mod rule;
mod shown;

use serde_json::Value;
use vpcd_dialect::{Call, Refusal, Reply};
use vpcd_domain::security_group::SecurityGroup;
use vpcd_domain::security_rule::{Action, SecurityRule};
use vpcd_domain::{Context, Fault, Kind, Resource, Tx};

use crate::etag::Expected;

/// Which of the two sorts an operation is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Sort {
    Regular,
    Enterprise,
}

impl Sort {
    /// Whether a group is of this sort.
    fn is(self, group: &SecurityGroup) -> bool {
        group.network().is_some() == (self == Sort::Regular)
    }

    /// The refusal for a fault in an operation on groups of this sort.
    fn refuse(self, fault: Fault) -> Refusal {
        match self {
            Sort::Regular => crate::faults::security::regular(fault),
            Sort::Enterprise => crate::faults::security::enterprise(fault),
        }
    }

    /// The group of this sort with that short id.
    fn find(self, tx: &mut Tx<'_>, project: &str, alias: &str) -> Result<SecurityGroup, Fault> {
        let group: SecurityGroup = tx.by_alias(project, alias)?;
        match self.is(&group) {
            true => Ok(group),
            false => Err(Fault::NotFound {
                kind: Kind::SecurityGroup,
                id: alias.to_owned(),
            }),
        }
    }

    /// The rule with that short id, and its group, which is of this sort.
    fn find_rule(
        self,
        tx: &mut Tx<'_>,
        project: &str,
        alias: &str,
    ) -> Result<(SecurityRule, SecurityGroup), Fault> {
        let rule: SecurityRule = tx.by_alias(project, alias)?;
        let group: SecurityGroup = tx.get(project, rule.group())?;
        match self.is(&group) {
            true => Ok((rule, group)),
            false => Err(Fault::NotFound {
                kind: Kind::SecurityRule,
                id: alias.to_owned(),
            }),
        }
    }

    /// Changes the group that the path names, at most once for a client token; there is nothing to answer.
    fn change(
        self,
        call: &Call<'_>,
        parameter: &str,
        rule: impl Fn(&mut Tx<'_>, &mut Context<'_>, SecurityGroup) -> Result<(), Fault>
        + Send
        + 'static,
    ) -> Result<Reply, Refusal> {
        let (alias, expected) = (call.param(parameter).to_owned(), Expected::of(call));
        let done = call.write_once(move |tx, cx| {
            let group = self.find(tx, &cx.caller.project, &alias)?;
            expected.check(&group.head)?;
            rule(tx, cx, group)?;
            Ok(Value::Null)
        });
        done.map_err(|fault| self.refuse(fault))?;
        Ok(Reply::empty(call.success))
    }

    /// Changes the rule with this short id, at most once for a client token; there is nothing to answer.
    fn change_rule(
        self,
        call: &Call<'_>,
        alias: String,
        rule: impl Fn(&mut Tx<'_>, &mut Context<'_>, SecurityRule, &SecurityGroup) -> Result<(), Fault>
        + Send
        + 'static,
    ) -> Result<Reply, Refusal> {
        let expected = Expected::of(call);
        let done = call.write_once(move |tx, cx| {
            let (found, group) = self.find_rule(tx, &cx.caller.project, &alias)?;
            // A rule is read with its group, and so is the version that a caller may expect.
            expected.check(&group.head)?;
            rule(tx, cx, found, &group)?;
            Ok(Value::Null)
        });
        done.map_err(|fault| self.refuse(fault))?;
        Ok(Reply::empty(call.success))
    }

    /// The rules of a group that this sort has words for, in the order of their creation.
    fn rules(self, tx: &mut Tx<'_>, group: &SecurityGroup) -> Result<Vec<Value>, Fault> {
        let mut rules = tx.children::<SecurityRule>(&group.head.id)?;
        // One that is off judges nothing, and regular groups know no denial.
        rules.retain(|it| it.enabled && (self == Sort::Enterprise || it.action == Action::Allow));
        rules.sort_by(|a, b| (a.head.created, &a.head.id).cmp(&(b.head.created, &b.head.id)));
        let shown = |it: &SecurityRule| match self {
            Sort::Regular => shown::regular(tx, group, it),
            Sort::Enterprise => shown::enterprise(tx, it),
        };
        rules.iter().map(shown).collect()
    }
}

/// The short id of a resource.
fn alias(it: &impl Resource) -> &str {
    it.head().alias.as_deref().unwrap_or_default()
}
