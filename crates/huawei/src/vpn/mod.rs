//! The VPN service, v5: gateways, customer gateways, connections, zones, quotas, tags,
//! and the gateways that single clients dial into.

pub mod connection;
pub mod customer_gateway;
pub mod faults;
pub mod gateway;
pub mod p2c;
mod page;
mod parse;
mod proposal;
pub mod quota;
pub mod tag;
pub mod zone;
