//! What a rule must fit: what it names, and the quotas.

use super::{Direction, NewRule, Remote, SecurityRule};
use crate::address_bundle::AddressBundle;
use crate::address_group::AddressGroup;
use crate::context::Context;
use crate::fault::Fault;
use crate::quota;
use crate::resource::Kind;
use crate::security_group::SecurityGroup;
use crate::tx::Tx;

/// What the rule names must be there and of its family.
pub(super) fn check(tx: &mut Tx<'_>, cx: &Context<'_>, new: &NewRule) -> Result<(), Fault> {
    if new.local.is_some_and(|local| local.family() != new.family) {
        return Err(Fault::invalid("local", "not of the family"));
    }
    match &new.remote {
        Remote::Any => {}
        Remote::Prefix(prefix) if prefix.family() == new.family => {}
        Remote::Prefix(_) => return Err(Fault::invalid("remote_ip_prefix", "not of the family")),
        Remote::Group(id) => {
            tx.get::<SecurityGroup>(&cx.caller.project, id)?;
        }
        Remote::AddressBundle(id) => {
            let bundle: AddressBundle = tx.get(&cx.caller.project, id)?;
            if bundle.family != new.family {
                return Err(Fault::Unsuitable {
                    kind: Kind::AddressBundle,
                    id: id.clone(),
                    reason: "it is of the other family",
                });
            }
        }
        Remote::AddressGroup(id) => {
            let group: AddressGroup = tx.get(&cx.caller.project, id)?;
            if group.family != new.family {
                return Err(Fault::Unsuitable {
                    kind: Kind::AddressGroup,
                    id: id.clone(),
                    reason: "it is of the other family",
                });
            }
        }
    }
    Ok(())
}

/// Refuses when there are as many rules as there may be: in the project, or one way in this group.
pub(super) fn take_quota(
    tx: &mut Tx<'_>,
    cx: &Context<'_>,
    group: &SecurityGroup,
    direction: Direction,
) -> Result<(), Fault> {
    quota::take::<SecurityRule>(tx, cx, "securityGroupRule")?;
    let quota = match group.network() {
        Some(_) => "vpcSecurityGroupRule",
        None => "enterpriseSecurityGroupRule",
    };
    let Some(limit) = quota::limit(tx, cx, &cx.caller.project, quota)? else {
        return Ok(());
    };
    // Only a group that could be full is looked into.
    if tx.count_children::<SecurityRule>(&group.head.id)? < limit {
        return Ok(());
    }
    let rules = tx.children::<SecurityRule>(&group.head.id)?;
    let same = rules.iter().filter(|rule| rule.direction == direction);
    match same.count() as u64 >= limit {
        true => Err(Fault::QuotaExceeded { quota, limit }),
        false => Ok(()),
    }
}
