//! Does a packet from A to B pass, and what decides?
//!
//! [`judge`] walks a packet through a [`Snapshot`] the way the fabric would: source check, security groups, network
//! ACL, route tables, peerings, gateways, address translation, and the same in the other order at the far end. It is
//! a pure function of plain values, and the snapshot is made of the rows of plans alone, so its answer depends on
//! nothing that a fabric is not told. [`judge_reply`] does the same for the answer to such a packet: filters remember
//! connections, routes do not.
//!
//! The order of things is the vendor's: a local route before a specific one, that before the sender's own public
//! address, and that before a default route; security groups in the order in which the port names them, in each the
//! smallest priority first and deny before allow; ACL rules in their order, with connections tracked, and packets
//! within one subnet never asked.

mod cross;
mod filter;
mod gate;
mod load;
mod nat;
mod packet;
mod record;
mod reply;
mod route;
mod six;
mod snapshot;
#[cfg(test)]
mod tests;
mod trace;
mod verdict;
mod walk;

pub use packet::{Flow, Packet, Source, Target};
pub use record::record;
pub use reply::judge_reply;
pub use snapshot::Snapshot;
pub use trace::{Endpoint, Question, Trace, trace};
pub use verdict::{End, Hop, Sighting, Verdict};
pub use walk::judge;
