//! Groups that belong to one network, and the default one of each network.

use vpcd_net::Family;
use vpcd_store::claim;

use super::{
    DEFAULT, NewSecurityGroup, SecurityGroup, default_enterprise_project, default_of,
    default_space, insert,
};
use crate::context::Context;
use crate::fault::{Fault, Holder};
use crate::quota;
use crate::resource::Kind;
use crate::security_rule::{self, Direction, NewRule, Remote, SecurityRule};
use crate::tx::Tx;
use crate::vpc::Vpc;

/// The group of a new port that names none: the default one of its network where groups belong to networks, elsewhere
/// that of the project.
pub fn default_for(
    tx: &mut Tx<'_>,
    cx: &mut Context<'_>,
    network: Option<&str>,
) -> Result<SecurityGroup, Fault> {
    match network.filter(|_| cx.policy.groups_of_networks) {
        Some(network) => default_of_network(tx, cx, network),
        None => default_of(tx, cx),
    }
}

/// The default group of a network, which lets everything pass until its rules are changed; created when it is first
/// needed.
pub fn default_of_network(
    tx: &mut Tx<'_>,
    cx: &mut Context<'_>,
    network: &str,
) -> Result<SecurityGroup, Fault> {
    let project = cx.caller.project.clone();
    if let Some(id) = default_id(tx, &project, network)? {
        return tx.get(&project, &id);
    }
    let new = NewSecurityGroup {
        name: DEFAULT.to_owned(),
        description: "Default security group of the network".to_owned(),
        enterprise_project: default_enterprise_project(),
        network: Some(network.to_owned()),
        ..NewSecurityGroup::default()
    };
    let group = insert(tx, cx, new)?;
    for family in [Family::V4, Family::V6] {
        for direction in [Direction::Ingress, Direction::Egress] {
            let all = NewRule::allow(direction, family, Remote::Any);
            security_rule::insert(tx, cx, &group, all)?;
        }
    }
    let space = default_space(&project);
    claim::take(tx.rows(), &space, network, &group.head.id)?;
    Ok(group)
}

/// The id of a network's default group, once it has been needed.
pub fn default_id(tx: &mut Tx<'_>, project: &str, network: &str) -> Result<Option<String>, Fault> {
    Ok(claim::holder(tx.rows(), &default_space(project), network)?)
}

/// Whether a network has a group besides its default one.
pub fn any_of_network(tx: &mut Tx<'_>, vpc: &Vpc) -> Result<bool, Fault> {
    Ok(custom(tx, vpc)? > 0)
}

/// Removes the default group of a network that goes; it must judge nothing and be named nowhere.
pub fn remove_default(tx: &mut Tx<'_>, vpc: &Vpc) -> Result<(), Fault> {
    let Some(id) = default_id(tx, &vpc.head.project, &vpc.head.id)? else {
        return Ok(());
    };
    let group: SecurityGroup = tx.get(&vpc.head.project, &id)?;
    tx.remove_children::<SecurityRule>(&id)?;
    match tx.holders(&id, 1)?.is_empty() {
        true => tx.remove(&group),
        false => Err(Fault::InUse {
            kind: Kind::Vpc,
            id: vpc.head.id.clone(),
            by: Holder::SecurityGroup,
        }),
    }
}

/// Refuses when the network has as many groups as it may; the default one is not counted.
pub(super) fn take_quota(tx: &mut Tx<'_>, cx: &Context<'_>, vpc: &Vpc) -> Result<(), Fault> {
    let quota = match vpc.is_default {
        true => "defaultVpcSecurityGroup",
        false => "vpcSecurityGroup",
    };
    match quota::limit(tx, cx, &cx.caller.project, quota)? {
        Some(limit) if custom(tx, vpc)? >= limit => Err(Fault::QuotaExceeded { quota, limit }),
        _ => Ok(()),
    }
}

/// How many groups a network has besides its default one.
fn custom(tx: &mut Tx<'_>, vpc: &Vpc) -> Result<u64, Fault> {
    let default = default_id(tx, &vpc.head.project, &vpc.head.id)?;
    let all = tx.count_children::<SecurityGroup>(&vpc.head.id)?;
    Ok(all.saturating_sub(u64::from(default.is_some())))
}
