//! The blocks of a network: what they must fit.

use vpcd_net::{Cidr, Prefix};

use super::Vpc;
use crate::context::Context;
use crate::fault::Fault;
use crate::route_table::RouteTable;
use crate::subnet::Subnet;
use crate::tx::Tx;

impl Vpc {
    /// Its own blocks, of both families.
    pub fn blocks(&self) -> impl Iterator<Item = Prefix> {
        let four = self.cidr.iter().chain(&self.secondary_cidrs);
        let six = self.ipv6.iter().map(|it| Prefix::from(*it));
        four.map(|it| Prefix::from(*it)).chain(six)
    }
}

/// Refuses further blocks that routes lead out of the network already, where no route may do that.
pub(super) fn check_routes(
    tx: &mut Tx<'_>,
    cx: &Context<'_>,
    vpc: &Vpc,
    mut fresh: impl Iterator<Item = Prefix>,
) -> Result<(), Fault> {
    if !cx.policy.routes_beside_network {
        return Ok(());
    }
    let tables = tx.children::<RouteTable>(&vpc.head.id)?;
    let routes = tables.iter().flat_map(|table| &table.routes);
    let outside: Vec<Prefix> = routes
        .map(|route| route.destination)
        .filter(|it| it.length() > 0)
        .collect();
    let clash = fresh.find_map(|mine| {
        let theirs = outside.iter().find(|theirs| theirs.overlaps(mine))?;
        Some((mine, *theirs))
    });
    match clash {
        Some((mine, theirs)) => Err(Fault::CidrOverlap { mine, theirs }),
        None => Ok(()),
    }
}

/// Refuses blocks that overlap, and those that leave a subnet outside.
pub(super) fn check(tx: &mut Tx<'_>, vpc: &Vpc) -> Result<(), Fault> {
    let blocks: Vec<Cidr> = vpc
        .cidr
        .iter()
        .chain(&vpc.secondary_cidrs)
        .copied()
        .collect();
    for (i, mine) in blocks.iter().enumerate() {
        if let Some(theirs) = blocks[..i].iter().find(|theirs| theirs.overlaps(*mine)) {
            return Err(Fault::CidrOverlap {
                mine: (*mine).into(),
                theirs: (*theirs).into(),
            });
        }
    }
    let Some(cidr) = vpc.cidr else { return Ok(()) };
    for subnet in tx.children::<Subnet>(&vpc.head.id)? {
        if !vpc.holds(subnet.cidr) {
            return Err(Fault::CidrDropsChild {
                cidr,
                child: subnet.cidr,
            });
        }
    }
    Ok(())
}
