//! The domain: resources, rules, addresses, quotas, lifecycles and the plan for the fabric.
//!
//! Plain synchronous functions over a transaction. The domain never awaits, never reads a clock, never draws a
//! random number and never names a cloud: [`Context`] brings caller, time, ids and rule values.

pub mod address_bundle;
pub mod address_group;
pub mod app;
pub mod attachment;
pub mod bandwidth;
pub mod bandwidth_rule;
pub mod charge;
pub mod cidr_reservation;
pub mod clock;
pub mod condition;
pub mod context;
#[cfg(test)]
mod cost;
pub mod derived;
pub mod fault;
pub mod firewall;
pub mod floating;
pub mod flow_log;
pub mod identity;
pub mod index;
pub mod interface;
pub mod internet_gateway;
pub mod ipam;
pub mod ipv6;
pub mod ipv6_gateway;
pub mod job;
pub mod lifecycle;
pub mod mirror;
pub mod nat;
pub mod network;
pub mod operator;
pub mod order;
pub mod peering;
pub mod plan;
pub mod pool;
pub mod port;
pub mod protocol;
pub mod publicip;
pub mod quota;
pub mod reach;
pub mod registration;
pub mod resource;
pub mod route_table;
pub mod security_group;
pub mod security_rule;
pub mod state;
pub mod sub_interface;
pub mod subnet;
pub mod subnet_pool;
pub mod tags;
pub mod tx;
pub mod virtual_address;
pub mod vpc;
pub mod vpn;

pub use app::{App, Parts};
pub use context::{Caller, Context, Ids, Issued, Order, Policy, Role, Vault};
pub use fault::Fault;
pub use resource::{Head, Kind, Resource, Tag};
pub use state::{Lifecycle, State};
pub use tx::{Tx, Way};
/// The store beneath, for what is not a resource.
pub use vpcd_store as store;
