//! What a subnet claims: the id of its address layer in its project, and its block in its network.

use std::net::{Ipv4Addr, Ipv6Addr};

use vpcd_net::{Cidr, Family};
use vpcd_store::claim;

use super::Subnet;
use crate::fault::Fault;
use crate::ipam;
use crate::ipv6::Layer;
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

/// Takes what the IPv6 half of a subnet is found by: its id in the project, its block among all.
pub(crate) fn claim_ipv6(tx: &mut Tx<'_>, subnet: &Subnet, layer: &Layer) -> Result<(), Fault> {
    let (id, project) = (&subnet.head.id, &subnet.head.project);
    claim::take(tx.rows(), &layer_space(project), &layer.id, id)?;
    claim::take(tx.rows(), BLOCKS6, &block6_key(layer.cidr.base()), id)?;
    Ok(())
}

/// Gives back what [`claim_ipv6`] took.
pub(crate) fn release_ipv6(tx: &mut Tx<'_>, subnet: &Subnet, layer: &Layer) -> Result<(), Fault> {
    let project = &subnet.head.project;
    claim::release(tx.rows(), &layer_space(project), &layer.id)?;
    claim::release(tx.rows(), BLOCKS6, &block6_key(layer.cidr.base()))?;
    Ok(())
}

/// The subnet whose address layer of IPv4 has that id.
pub fn of_layer(tx: &mut Tx<'_>, project: &str, layer: &str) -> Result<Option<Subnet>, Fault> {
    let found = of_any_layer(tx, project, layer)?;
    Ok(found
        .filter(|(_, family)| *family == Family::V4)
        .map(|(subnet, _)| subnet))
}

/// The subnet one of whose address layers has that id, and which one it is.
pub fn of_any_layer(
    tx: &mut Tx<'_>,
    project: &str,
    layer: &str,
) -> Result<Option<(Subnet, Family)>, Fault> {
    let Some(id) = claim::holder(tx.rows(), &layer_space(project), layer)? else {
        return Ok(None);
    };
    let subnet: Option<Subnet> = tx.find(project, &id)?;
    Ok(subnet.map(|it| with_family(it, layer)))
}

fn with_family(subnet: Subnet, layer: &str) -> (Subnet, Family) {
    let family = match subnet.layer_id == layer {
        true => Family::V4,
        false => Family::V6,
    };
    (subnet, family)
}

/// The address layers of a subnet along the way, in the order of their ids.
pub fn layers_of(subnets: Vec<Subnet>, way: Way<'_>) -> Vec<(Subnet, Family)> {
    let mut found: Vec<(String, Subnet)> = Vec::with_capacity(subnets.len());
    for subnet in subnets {
        let six = subnet.ipv6.as_ref().map(|layer| layer.id.clone());
        found.extend(six.map(|id| (id, subnet.clone())));
        found.push((subnet.layer_id.clone(), subnet));
    }
    found.retain(|(id, _)| way.leads_to(id));
    found.sort_by(|a, b| a.0.cmp(&b.0));
    if way.back {
        found.reverse();
    }
    let layer = |(id, subnet): (String, Subnet)| with_family(subnet, &id);
    found.into_iter().map(layer).collect()
}

/// The address layers of the subnets of that name along the way, in the order of their ids.
pub fn layers_named(
    tx: &mut Tx<'_>,
    project: &str,
    name: &str,
    way: Way<'_>,
) -> Result<Vec<(Subnet, Family)>, Fault> {
    let found: Vec<Subnet> = tx.found(project, "name", name, None, usize::MAX)?;
    Ok(layers_of(found, way))
}

/// Up to `limit` address layers of a project in the order of their ids, along the way.
pub fn layers(
    tx: &mut Tx<'_>,
    project: &str,
    way: Way<'_>,
    limit: usize,
) -> Result<Vec<(Subnet, Family)>, Fault> {
    let (space, limit) = (
        layer_space(project),
        i64::try_from(limit).unwrap_or(i64::MAX),
    );
    let rows = match way.back {
        false => claim::list(tx.rows(), &space, way.from, limit)?,
        true => claim::list_back(tx.rows(), &space, way.from, limit)?,
    };
    rows.iter()
        .map(|row| Ok(with_family(tx.get(project, &row.owner)?, &row.key)))
        .collect()
}

/// The subnet that an IPv6 address is in; blocks are unique over all networks.
pub fn at6(tx: &mut Tx<'_>, address: Ipv6Addr) -> Result<Option<Subnet>, Fault> {
    let base = Ipv6Addr::from(u128::from(address) & !u128::from(u64::MAX));
    match claim::holder(tx.rows(), BLOCKS6, &block6_key(base))? {
        Some(id) => tx.any(&id),
        None => Ok(None),
    }
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
            return Err(Fault::CidrOverlap {
                mine: mine.into(),
                theirs: theirs.into(),
            });
        }
    }
    Ok(())
}

/// Claims of blocks of IPv6 by the subnets that have them.
const BLOCKS6: &str = "block6";

fn block6_key(base: Ipv6Addr) -> String {
    format!("{:032x}", u128::from(base))
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
