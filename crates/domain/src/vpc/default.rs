//! The network that comes with an account.

use vpcd_net::Cidr;
use vpcd_store::claim;

use super::{NewVpc, Vpc, build};
use crate::context::Context;
use crate::fault::Fault;
use crate::resource::Kind;
use crate::security_group;
use crate::tx::Tx;

/// What the cloud calls it.
const NAME: &str = "default";
/// Keeps a project from having two.
const SPACE: &str = "default-network";

/// Gives the caller's project the network that comes with an account, with its default group; there is one at most.
pub fn create_default(tx: &mut Tx<'_>, cx: &mut Context<'_>, cidr: Cidr) -> Result<Vpc, Fault> {
    let new = NewVpc {
        name: NAME.to_owned(),
        cidr: Some(cidr),
        enterprise_project: "0".to_owned(),
        ..NewVpc::default()
    };
    let vpc = build(tx, cx, new, true)?;
    if !claim::take(tx.rows(), SPACE, &vpc.head.project, &vpc.head.id)? {
        return Err(Fault::Duplicate {
            kind: Kind::Vpc,
            id: NAME.to_owned(),
        });
    }
    security_group::default_of_network(tx, cx, &vpc.head.id)?;
    Ok(vpc)
}

/// Refuses to delete it where the cloud keeps it.
pub(super) fn must_not_stay(cx: &Context<'_>, vpc: &Vpc) -> Result<(), Fault> {
    match vpc.is_default && cx.policy.default_network_stays {
        true => Err(Fault::Unsuitable {
            kind: Kind::Vpc,
            id: vpc.head.id.clone(),
            reason: "the network that came with the account stays",
        }),
        false => Ok(()),
    }
}
