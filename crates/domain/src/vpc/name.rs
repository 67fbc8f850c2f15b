//! Names of networks: claims, where they are unique.

use vpcd_store::claim;

use super::Vpc;
use crate::context::Context;
use crate::fault::Fault;
use crate::resource::Kind;
use crate::tx::Tx;

/// Claims the name of a network.
pub(super) fn claim_name(tx: &mut Tx<'_>, cx: &Context<'_>, vpc: &Vpc) -> Result<(), Fault> {
    if vpc.name.is_empty() {
        return Ok(());
    }
    let space = name_space(vpc);
    // VPC.0115 where names are unique; elsewhere the claim only tells the other cloud that the name is used.
    if !claim::take(tx.rows(), &space, &vpc.name, &vpc.head.id)? && cx.policy.unique_network_names {
        return Err(Fault::NameTaken {
            kind: Kind::Vpc,
            name: vpc.name.clone(),
        });
    }
    Ok(())
}

/// Gives the name of a network back.
pub(super) fn release_name(tx: &mut Tx<'_>, vpc: &Vpc) -> Result<(), Fault> {
    let space = name_space(vpc);
    if claim::holder(tx.rows(), &space, &vpc.name)?.as_deref() == Some(&vpc.head.id) {
        claim::release(tx.rows(), &space, &vpc.name)?;
    }
    Ok(())
}

fn name_space(vpc: &Vpc) -> String {
    format!("vpc-name/{}", vpc.head.project)
}
