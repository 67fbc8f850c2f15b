//! The routes that the connections of a gateway put into the route table of its network.
//!
//! A destination is a claim of the gateway: several connections of one gateway may lead there, those of another may
//! not.

use vpcd_net::Prefix;
use vpcd_store::claim;

use crate::condition;
use crate::fault::{Fault, RouteRefusal};
use crate::subnet::Subnet;
use crate::tx::Tx;
use crate::vpn::connection::Connection;
use crate::vpn::gateway::Gateway;

/// Routes that a table holds when the operator does not say.
const LIMIT: u64 = 200;

/// Writes routes to the destinations, or refuses the first that cannot be written (VPN.0218, 0219, 0220).
pub fn take(tx: &mut Tx<'_>, gateway: &Gateway, destinations: &[Prefix]) -> Result<(), Fault> {
    let Some(vpc) = gateway.vpc() else {
        return Ok(());
    };
    let subnets = tx.children::<Subnet>(vpc)?;
    let limit = condition::read::<u64>(tx, "routes.limit", &[vpc, "*"])?.unwrap_or(LIMIT);
    let space = space(vpc);
    for &destination in destinations {
        let refused = |refusal| Fault::Route {
            refusal,
            destination,
        };
        let mut blocks = subnets.iter().flat_map(Subnet::blocks);
        let local = blocks.any(|block| block.overlaps(destination));
        if local || gateway.local_subnets.contains(&destination) {
            return Err(refused(RouteRefusal::Local));
        }
        let key = destination.to_string();
        match claim::holder(tx.rows(), &space, &key)? {
            Some(holder) if holder == gateway.head.id => continue,
            Some(_) => return Err(refused(RouteRefusal::Taken)),
            None => {}
        }
        if u64::try_from(claim::count(tx.rows(), &space)?).unwrap_or(0) >= limit {
            return Err(refused(RouteRefusal::Quota));
        }
        claim::take(tx.rows(), &space, &key, &gateway.head.id)?;
    }
    Ok(())
}

/// Takes back the routes of a connection that no other connection of the gateway needs.
pub fn release(tx: &mut Tx<'_>, gateway: &Gateway, connection: &Connection) -> Result<(), Fault> {
    let Some(vpc) = gateway.vpc() else {
        return Ok(());
    };
    let others = tx.children::<Connection>(&gateway.head.id)?;
    for destination in &connection.peer_subnets {
        let needed = others.iter().any(|other| {
            other.head.id != connection.head.id && other.peer_subnets.contains(destination)
        });
        if !needed {
            claim::release(tx.rows(), &space(vpc), &destination.to_string())?;
        }
    }
    Ok(())
}

fn space(vpc: &str) -> String {
    format!("route/{vpc}")
}
