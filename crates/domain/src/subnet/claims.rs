//! What a subnet claims: the id of its address layer in its project, and its block in its network.

use std::net::Ipv4Addr;

use vpcd_net::Cidr;
use vpcd_store::claim;

use super::Subnet;
use crate::fault::Fault;
use crate::ipam;
use crate::tx::{Tx, Way};

/// Takes the id of its address layer.
pub(super) fn claim_layer(tx: &mut Tx<'_>, subnet: &Subnet) -> Result<(), Fault> {
    let (id, project) = (&subnet.head.id, &subnet.head.project);
    claim::take(tx.rows(), &layer_space(project), &subnet.layer_id, id)?;
    Ok(())
}

/// Takes the subnet's block in its network.
pub(crate) fn claim_block(tx: &mut Tx<'_>, subnet: &Subnet) -> Result<(), Fault> {
    let (space, key) = (block_space(subnet.vpc()), block_key(subnet.cidr));
    claim::take(tx.rows(), &space, &key, &subnet.head.id)?;
    Ok(())
}

/// Gives the subnet's block in its network back.
pub(crate) fn release_block(tx: &mut Tx<'_>, subnet: &Subnet) -> Result<(), Fault> {
    let (space, key) = (block_space(subnet.vpc()), block_key(subnet.cidr));
    claim::release(tx.rows(), &space, &key)?;
    Ok(())
}

/// The subnet whose address layer has that id.
pub fn of_layer(tx: &mut Tx<'_>, project: &str, layer: &str) -> Result<Option<Subnet>, Fault> {
    match claim::holder(tx.rows(), &layer_space(project), layer)? {
        Some(id) => tx.find(project, &id),
        None => Ok(None),
    }
}

/// Up to `limit` subnets of a project in the order of their address layers' ids, along the way.
pub fn layers(
    tx: &mut Tx<'_>,
    project: &str,
    way: Way<'_>,
    limit: usize,
) -> Result<Vec<Subnet>, Fault> {
    let (space, limit) = (
        layer_space(project),
        i64::try_from(limit).unwrap_or(i64::MAX),
    );
    let rows = match way.back {
        false => claim::list(tx.rows(), &space, way.from, limit)?,
        true => claim::list_back(tx.rows(), &space, way.from, limit)?,
    };
    rows.iter().map(|row| tx.get(project, &row.owner)).collect()
}

/// The subnet of a network that an address is in.
pub fn at(tx: &mut Tx<'_>, vpc: &str, address: Ipv4Addr) -> Result<Option<Subnet>, Fault> {
    let key = format!("{}/99", ipam::key(address));
    let below = claim::floor(tx.rows(), &block_space(vpc), &key)?;
    let found = below.filter(|row| block(&row.key).is_some_and(|block| block.has(address)));
    match found {
        Some(row) => tx.any(&row.owner),
        None => Ok(None),
    }
}

/// Blocks of one network are disjoint, so only the nearest neighbours on either side can overlap a new one.
pub(crate) fn refuse_overlap(tx: &mut Tx<'_>, vpc: &str, mine: Cidr) -> Result<(), Fault> {
    let (space, base) = (block_space(vpc), ipam::key(mine.base()));
    let below = claim::floor(tx.rows(), &space, &format!("{base}/99"))?;
    let above = claim::ceiling(tx.rows(), &space, &base)?;
    for row in [below, above].into_iter().flatten() {
        if let Some(theirs) = block(&row.key)
            && theirs.overlaps(mine)
        {
            return Err(Fault::CidrOverlap { mine, theirs });
        }
    }
    Ok(())
}

fn layer_space(project: &str) -> String {
    format!("layer/{project}")
}

fn block_space(vpc: &str) -> String {
    format!("block/{vpc}")
}

fn block_key(cidr: Cidr) -> String {
    format!("{}/{:02}", ipam::key(cidr.base()), cidr.prefix())
}

fn block(key: &str) -> Option<Cidr> {
    let (base, prefix) = key.split_once('/')?;
    Cidr::new(ipam::address(base), prefix.parse().ok()?).ok()
}
