//! The first packet of a connection.

use std::net::Ipv4Addr;

use vpcd_net::Ports;

use crate::security_rule::Icmp;

/// The first packet of a connection.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Packet {
    /// Who sends it.
    pub from: Source,
    /// Whom it is for.
    pub to: Target,
    /// What it carries.
    pub flow: Flow,
}

/// Who sends a packet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Source {
    /// A port, with its own address or another that it claims to have.
    Port {
        /// Its id.
        id: String,
        /// The address that it claims.
        claims: Option<Ipv4Addr>,
    },
    /// An address: what it is bound to when it is a bound public one, else somebody outside.
    Address(Ipv4Addr),
}

/// Whom a packet is for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Target {
    /// A port: its address, and nobody else who might have the same.
    Port(String),
    /// Whoever has the address where the packet gets to.
    Address(Ipv4Addr),
}

/// What a packet carries.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Flow {
    /// TCP.
    Tcp {
        /// Source port.
        source: u16,
        /// Destination port.
        destination: u16,
    },
    /// UDP.
    Udp {
        /// Source port.
        source: u16,
        /// Destination port.
        destination: u16,
    },
    /// ICMP.
    Icmp {
        /// Type.
        kind: u8,
        /// Code.
        code: u8,
    },
    /// Any other protocol, by number.
    Other(u8),
}

/// Numbers of protocols.
const ICMP: u8 = 1;
const TCP: u8 = 6;
const UDP: u8 = 17;

impl Flow {
    /// The flow of a protocol number, with ports, or for ICMP with type and code in their place.
    pub fn new(protocol: u8, source: u16, destination: u16) -> Flow {
        match protocol {
            TCP => Flow::Tcp {
                source,
                destination,
            },
            UDP => Flow::Udp {
                source,
                destination,
            },
            ICMP => Flow::Icmp {
                kind: u8::try_from(source).unwrap_or(u8::MAX),
                code: u8::try_from(destination).unwrap_or(u8::MAX),
            },
            other => Flow::Other(other),
        }
    }

    /// The protocol's number.
    pub fn protocol(self) -> u8 {
        match self {
            Flow::Tcp { .. } => TCP,
            Flow::Udp { .. } => UDP,
            Flow::Icmp { .. } => ICMP,
            Flow::Other(number) => number,
        }
    }

    /// Source and destination port, for protocols that have them.
    pub fn ports(self) -> Option<(u16, u16)> {
        match self {
            Flow::Tcp {
                source,
                destination,
            }
            | Flow::Udp {
                source,
                destination,
            } => Some((source, destination)),
            Flow::Icmp { .. } | Flow::Other(_) => None,
        }
    }

    /// What the answer carries.
    pub fn reply(self) -> Flow {
        match self {
            Flow::Tcp {
                source,
                destination,
            } => Flow::Tcp {
                source: destination,
                destination: source,
            },
            Flow::Udp {
                source,
                destination,
            } => Flow::Udp {
                source: destination,
                destination: source,
            },
            // Echo and timestamp have answers of their own.
            Flow::Icmp { kind: 8, code } => Flow::Icmp { kind: 0, code },
            Flow::Icmp { kind: 13, code } => Flow::Icmp { kind: 14, code },
            same => same,
        }
    }

    /// Whether a rule for that protocol, those destination ports and those messages speaks of it.
    pub fn meets(self, protocol: Option<u8>, ports: &Ports, icmp: Option<Icmp>) -> bool {
        if protocol.is_some_and(|number| number != self.protocol()) {
            return false;
        }
        match self {
            Flow::Icmp { kind, code } => {
                let meant = icmp.is_none_or(|wanted| {
                    wanted.kind == kind && wanted.code.is_none_or(|wanted| wanted == code)
                });
                meant && ports.is_all()
            }
            _ => among(ports, self.ports().map(|(_, port)| port)),
        }
    }

    /// Whether its source port is one of those.
    pub fn leaves_from(self, ports: &Ports) -> bool {
        among(ports, self.ports().map(|(port, _)| port))
    }
}

fn among(ports: &Ports, port: Option<u16>) -> bool {
    ports.is_all() || port.is_some_and(|port| ports.has(port))
}
