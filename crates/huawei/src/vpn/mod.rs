//! The VPN service, v5: gateways, customer gateways, connections, zones, quotas, tags,
//! and the gateways that single clients dial into.

mod bgp;
pub mod certificate;
pub mod classic;
pub mod connection;
pub mod customer_gateway;
mod eip;
pub mod faults;
pub mod gateway;
pub mod job;
pub mod monitor;
pub mod p2c;
mod page;
mod parse;
pub mod peer;
mod proposal;
pub mod quota;
pub mod routing;
pub mod session;
pub mod tag;
mod template;
pub mod upgrade;
pub mod zone;
