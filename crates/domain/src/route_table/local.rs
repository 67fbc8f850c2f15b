//! What never leaves a network, so that no route leads elsewhere from there.

use std::net::IpAddr;

use vpcd_net::Prefix;

use crate::context::Context;
use crate::fault::Fault;
use crate::subnet::{self, Subnet};
use crate::tx::Tx;
use crate::vpc::Vpc;

/// Blocks that the platform itself uses in every network.
const PLATFORM: [&str; 3] = ["198.19.128.0/20", "127.0.0.0/8", "100.64.0.0/10"];

/// Blocks of IPv6 that mean nothing beyond one machine or one wire.
const NEARBY: [&str; 3] = ["::/127", "fe80::/10", "ff00::/8"];

/// The blocks that the platform itself uses in every network.
pub(super) fn platform() -> impl Iterator<Item = Prefix> {
    PLATFORM.iter().filter_map(|it| it.parse().ok())
}

/// Whether packets to there never leave the network or the platform.
pub(super) fn is_local(
    tx: &mut Tx<'_>,
    cx: &Context<'_>,
    vpc: &str,
    destination: Prefix,
) -> Result<bool, Fault> {
    if cx.policy.routes_beside_network
        && destination.length() > 0
        && let Some(vpc) = tx.any::<Vpc>(vpc)?
    {
        let mut blocks = vpc.blocks();
        if blocks.any(|block| block.length() > 0 && block.overlaps(destination)) {
            return Ok(true);
        }
    }
    let nearby = NEARBY.iter().filter_map(|it| it.parse().ok());
    let mut kept = platform().chain(nearby);
    Ok(kept.any(|block| block.holds(destination)) || subnet_with(tx, vpc, destination)?.is_some())
}

/// The subnet of a network that a block is in.
pub(super) fn subnet_with(
    tx: &mut Tx<'_>,
    vpc: &str,
    block: Prefix,
) -> Result<Option<Subnet>, Fault> {
    let found = match block.base() {
        IpAddr::V4(base) => subnet::at(tx, vpc, base)?,
        IpAddr::V6(base) => subnet::at6(tx, base)?.filter(|it| it.vpc() == vpc),
    };
    Ok(found.filter(|it| it.blocks().any(|own| own.holds(block))))
}
