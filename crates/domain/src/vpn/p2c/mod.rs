//! Point-to-cloud: gateways that single clients dial into, their servers, certificates and sessions.

pub mod authority;
pub mod certificate;
pub mod gateway;
pub mod group;
pub mod password;
pub mod planned;
pub mod policy;
pub(crate) mod queue;
pub mod refusal;
pub mod revocation;
mod roster;
pub mod server;
pub mod session;
pub mod store;
pub mod user;

pub use password::Weakness;
pub use refusal::{Flaw, Refusal};

use crate::context::Context;
use crate::fault::Fault;
use crate::order;
use crate::tx::Tx;

/// The version of gateways that have every feature.
pub const NEWEST: u32 = crate::vpn::gateway::NEWEST;

/// Sizes that a cloud promises.
#[derive(Clone, Copy, Debug)]
pub struct Limits {
    /// Most connections of a gateway.
    pub connections: u32,
    /// Shortest and longest prefix of the block that clients get addresses from.
    pub client_prefix: (u8, u8),
    /// Most blocks behind a server.
    pub local_subnets: usize,
    /// Most authorities of a server.
    pub authorities: usize,
    /// Most destinations of an access policy.
    pub destinations: usize,
}

/// Refuses changes while an order for the gateway is in progress (VPN.1801).
pub fn no_order(tx: &mut Tx<'_>, cx: &Context<'_>, gateway: &str) -> Result<(), Fault> {
    match order::in_progress(tx, &cx.caller.project, gateway)? {
        true => Err(Refusal::OrderOpen.into()),
        false => Ok(()),
    }
}

#[cfg(test)]
mod tests;
