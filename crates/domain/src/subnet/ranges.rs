//! The ranges of addresses that a subnet hands out.

use std::net::Ipv4Addr;

use vpcd_net::{Cidr, Range};

use super::Subnet;
use crate::cidr_reservation::CidrReservation;
use crate::fault::Fault;
use crate::ipam;
use crate::tx::Tx;

impl Subnet {
    /// Addresses that tenants may use in all.
    pub fn usable(&self) -> u64 {
        self.ranges().iter().map(|range| range.size()).sum()
    }

    /// The ranges of addresses that tenants may use.
    pub fn ranges(&self) -> Vec<Range> {
        let whole = [self.cidr.range()];
        let pools: Vec<Range> = match self.pools.as_slice() {
            [] => whole.to_vec(),
            pools => pools.iter().map(|it| Range::new(it.0, it.1)).collect(),
        };
        pools
            .into_iter()
            .flat_map(|pool| ipam::without(pool, &self.reserved))
            .collect()
    }

    /// Whether tenants may use the address.
    pub fn hands_out(&self, address: Ipv4Addr) -> bool {
        let pooled = |it: &(Ipv4Addr, Ipv4Addr)| Range::new(it.0, it.1).has(address);
        !self.reserved.contains(&address)
            && (self.pools.is_empty() || self.pools.iter().any(pooled))
    }
}

/// Hands other ranges out from now on; addresses that are held stay held.
pub(super) fn offer_anew(
    tx: &mut Tx<'_>,
    subnet: &mut Subnet,
    pools: Vec<(Ipv4Addr, Ipv4Addr)>,
) -> Result<(), Fault> {
    refuse_pools(subnet.cidr, &pools)?;
    subnet.pools = pools;
    let space = subnet.space();
    space.drop(tx)?;
    for range in subnet.ranges() {
        let held = space.held_inside(tx, range)?;
        for free in ipam::without(range, &held) {
            space.offer(tx, free)?;
        }
    }
    for reservation in tx.children::<CidrReservation>(&subnet.head.id)? {
        if let Some(cidr) = reservation.cidr.v4() {
            space.keep(tx, cidr.range())?;
        }
    }
    Ok(())
}

/// Ranges of a subnet lie in its block and are disjoint.
pub(crate) fn refuse_pools(cidr: Cidr, pools: &[(Ipv4Addr, Ipv4Addr)]) -> Result<(), Fault> {
    let mut sorted = pools.to_vec();
    sorted.sort_unstable();
    let inside = sorted
        .iter()
        .all(|it| it.0 <= it.1 && cidr.has(it.0) && cidr.has(it.1));
    match inside && sorted.windows(2).all(|pair| pair[0].1 < pair[1].0) {
        true => Ok(()),
        false => Err(Fault::invalid("allocation_pools", "outside or overlapping")),
    }
}
