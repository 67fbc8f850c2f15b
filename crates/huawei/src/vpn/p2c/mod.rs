//! Point-to-cloud: gateways, servers, certificates, sessions.

pub mod authority;
pub mod client_config;
pub mod faults;
pub mod gateway;
pub mod group;
pub mod log_config;
pub mod policy;
pub mod revocation;
pub mod server;
pub mod session;
pub mod user;
pub mod zone;

use vpcd_dialect::Refusal;
use vpcd_domain::vpn::p2c::Limits;

use super::parse::invalid;
use crate::generated::limits;

/// The sizes that this cloud promises.
pub const LIMITS: Limits = Limits {
    connections: small(limits::P2C_CONNECTIONS_MAX),
    client_prefix: (
        tiny(limits::P2C_CLIENT_PREFIX_MIN),
        tiny(limits::P2C_CLIENT_PREFIX_MAX),
    ),
    local_subnets: small(limits::P2C_LOCAL_SUBNETS_MAX) as usize,
    authorities: small(limits::P2C_CLIENT_CA_MAX) as usize,
    destinations: small(limits::P2C_POLICY_DESTINATIONS_MAX) as usize,
};

/// Names and ids are looked up in pages of at most so many.
const PAGE: u64 = 200;

/// A description of at most so many characters.
fn description(text: Option<String>, most: u64) -> Result<Option<String>, Refusal> {
    match text {
        Some(text) if u64::try_from(text.chars().count()).unwrap_or(u64::MAX) > most => Err(
            invalid(format!("description must have at most {most} characters")),
        ),
        text => Ok(text),
    }
}

const fn small(limit: u64) -> u32 {
    if limit < u32::MAX as u64 {
        limit as u32
    } else {
        u32::MAX
    }
}

const fn tiny(limit: u64) -> u8 {
    if limit < u8::MAX as u64 {
        limit as u8
    } else {
        u8::MAX
    }
}
