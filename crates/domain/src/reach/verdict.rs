//! What became of a packet, and why.

use std::net::IpAddr;

use serde::Serialize;
use vpcd_net::Prefix;

use crate::route_table::Via;
use crate::security_rule::{Action, Direction};

/// What became of a packet.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Verdict {
    /// Whether it reached whom it was for.
    pub passes: bool,
    /// Where it ended.
    pub end: End,
    /// What happened to it, in order; a refusal is the last.
    pub path: Vec<Hop>,
    /// The ports that saw it.
    pub seen: Vec<Sighting>,
    /// What decided: the refusal, or the last rule or route without which it would not have passed.
    pub decided_by: Hop,
}

/// A port at which a packet was seen.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Sighting {
    /// Its id.
    pub port: String,
    /// Whether the packet came out of it or went in.
    pub direction: Direction,
    /// Source address, as it was there.
    pub source: IpAddr,
    /// Destination address, as it was there.
    pub destination: IpAddr,
    /// Whether the filters there let it through.
    pub accepted: bool,
}

/// Where a packet ended.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum End {
    /// At a port.
    Port {
        /// Its id.
        port: String,
    },
    /// At a port that is to send it on: what it does then is its own business.
    Device {
        /// Its id.
        port: String,
    },
    /// At a gateway of the platform, by id.
    Gateway {
        /// Its id.
        gateway: String,
    },
    /// In the Internet.
    Internet,
    /// Behind a VPN connection.
    FarEnd {
        /// The connection.
        connection: String,
    },
    /// At the platform's own services.
    Platform,
    /// At a next hop of a service that is not part of this cloud.
    Beyond {
        /// What the next hop is.
        via: Via,
        /// Its id.
        next_hop: String,
    },
    /// Nowhere: it was refused or lost.
    Lost,
}

/// One thing that happened to a packet.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Hop {
    /// A port sent it.
    Leaves { port: String, address: IpAddr },
    /// Somebody outside sent it.
    FromOutside { address: IpAddr },
    /// Refused: the port has no such address. For a next hop: it takes packets for its own addresses only.
    SourceCheck { port: String, address: IpAddr },
    /// A rule of a security group decided.
    SecurityRule {
        port: String,
        direction: Direction,
        group: String,
        rule: String,
        action: Action,
    },
    /// Refused: no rule of the port's security groups is about it.
    NoSecurityRule { port: String, direction: Direction },
    /// A rule of a firewall decided.
    FirewallRule {
        subnet: String,
        direction: Direction,
        firewall: String,
        rule: String,
        action: Action,
    },
    /// Refused: no rule of the subnet's firewall is about it.
    NoFirewallRule {
        subnet: String,
        direction: Direction,
        firewall: String,
    },
    /// Passed, because it belongs to a connection that was let through.
    Established {
        /// The port or firewall that remembers.
        at: String,
        direction: Direction,
    },
    /// Stays in the network: a subnet of it has the address.
    LocalRoute { network: String, subnet: String },
    /// A system route to the platform's services.
    SystemRoute {
        network: String,
        destination: IpAddr,
    },
    /// A route of a table.
    Route {
        table: String,
        destination: Prefix,
        via: Via,
        next_hop: String,
    },
    /// The route that the public address of the sender stands for.
    AddressRoute { port: String, public_ip: String },
    /// A route that a VPN connection brought.
    ConnectionRoute {
        gateway: String,
        connection: String,
        destination: Prefix,
    },
    /// Refused: no route leads there.
    NoRoute {
        network: String,
        destination: IpAddr,
    },
    /// Refused: the next hop leads nowhere.
    Blackhole {
        hop: String,
        to: String,
        reason: String,
    },
    /// Went through the IPv6 gateway of a network, out or in.
    Ipv6Gateway { gateway: String, network: String },
    /// Refused: the gateway lets nobody in to the address who was not called.
    EgressOnly { gateway: String, address: IpAddr },
    /// Crossed a peering.
    Peering { peering: String, network: String },
    /// A rule of a NAT gateway is about it.
    NatRule { gateway: String, rule: String },
    /// Its source became a public address.
    SourceTranslated {
        public_ip: String,
        from: IpAddr,
        to: IpAddr,
    },
    /// Its destination became a private address.
    DestinationTranslated {
        public_ip: String,
        from: IpAddr,
        to: IpAddr,
    },
    /// Went through a VPN connection.
    Connection { gateway: String, connection: String },
    /// Refused: nobody has the address.
    Nobody { address: IpAddr },
    /// Arrived.
    Arrives { at: End, address: IpAddr },
    /// Lost: it came to somebody else than it was for.
    Astray { at: End, address: IpAddr },
}

impl Hop {
    /// Whether it is a choice that somebody wrote down: what decides when nothing refuses.
    pub fn decides(&self) -> bool {
        matches!(
            self,
            Hop::SecurityRule { .. }
                | Hop::FirewallRule { .. }
                | Hop::Established { .. }
                | Hop::LocalRoute { .. }
                | Hop::SystemRoute { .. }
                | Hop::Route { .. }
                | Hop::AddressRoute { .. }
                | Hop::ConnectionRoute { .. }
                | Hop::Ipv6Gateway { .. }
                | Hop::Peering { .. }
                | Hop::NatRule { .. }
                | Hop::DestinationTranslated { .. }
        )
    }
}
