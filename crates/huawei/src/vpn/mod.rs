//! The VPN service, v5: gateways, customer gateways, connections, zones, quotas, tags.

pub mod connection;
pub mod customer_gateway;
pub mod faults;
pub mod gateway;
mod page;
mod parse;
mod proposal;
pub mod quota;
pub mod tag;
pub mod zone;
