//! Where peerings are listed: under both projects and both networks.

use vpcd_store::claim;

use super::{Peering, seen};
use crate::context::Context;
use crate::fault::Fault;
use crate::tx::{After, Tx};

/// Up to `limit` peerings that the caller's project is an end of, by their ids; with `vpc` those of that network.
pub fn list(
    tx: &mut Tx<'_>,
    cx: &Context<'_>,
    vpc: Option<&str>,
    after: After<'_>,
    limit: usize,
) -> Result<Vec<Peering>, Fault> {
    let space = space(cx, vpc);
    let limit = i64::try_from(limit).unwrap_or(i64::MAX);
    let mut found = Vec::new();
    for claim in claim::list(tx.rows(), &space, after, limit)? {
        found.extend(tx.any::<Peering>(&claim.key)?.map(|it| seen(cx, it)));
    }
    Ok(found)
}

/// Every peering that a network is an end of: for the plan and for who judges packets.
pub fn of_vpc(tx: &mut Tx<'_>, vpc: &str) -> Result<Vec<Peering>, Fault> {
    let mut found = Vec::new();
    for claim in claim::list(tx.rows(), &of_network(vpc), None, i64::MAX)? {
        found.extend(tx.any::<Peering>(&claim.key)?);
    }
    Ok(found)
}

fn space(cx: &Context<'_>, vpc: Option<&str>) -> String {
    match vpc {
        Some(vpc) => of_network(vpc),
        None => of_project(&cx.caller.project),
    }
}

fn of_project(project: &str) -> String {
    format!("peering-of/{project}")
}

fn of_network(vpc: &str) -> String {
    format!("peering-at/{vpc}")
}

/// Where a peering is listed.
fn spaces(it: &Peering) -> Vec<String> {
    let sides = [&it.requester, &it.accepter];
    let projects = sides.iter().map(|side| of_project(&side.project));
    let networks = sides.iter().map(|side| of_network(&side.vpc));
    projects.chain(networks).collect()
}

/// Lists a new peering.
pub(super) fn enlist(tx: &mut Tx<'_>, it: &Peering) -> Result<(), Fault> {
    for space in spaces(it) {
        claim::take(tx.rows(), &space, &it.head.id, &it.head.id)?;
    }
    Ok(())
}
