//! The first packet of a connection.

use std::net::IpAddr;

use vpcd_net::{Family, Ports};

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

impl Packet {
    /// The family of its addresses: the one that either end names, else the one that its message is of.
    pub fn family(&self) -> Family {
        let named = match (&self.from, &self.to) {
            (_, Target::Address(address) | Target::PortAt(_, address))
            | (Source::Address(address), _) => Some(*address),
            (Source::Port { claims, .. }, Target::Port(_)) => *claims,
        };
        match (named, self.flow) {
            (Some(address), _) => Family::of(address),
            (None, Flow::Icmp6 { .. }) => Family::V6,
            (None, _) => Family::V4,
        }
    }
}

/// Who sends a packet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Source {
    /// A port, with its own address or another that it claims to have.
    Port {
        /// Its id.
        id: String,
        /// The address that it claims.
        claims: Option<IpAddr>,
    },
    /// An address: what it is bound to when it is a bound public one, else somebody outside.
    Address(IpAddr),
}

/// Whom a packet is for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Target {
    /// A port: its address, and nobody else who might have the same.
    Port(String),
    /// A port, at this one of its addresses.
    PortAt(String, IpAddr),
    /// Whoever has the address where the packet gets to.
    Address(IpAddr),
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
    /// ICMP of IPv6.
    Icmp6 {
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
const ICMP6: u8 = 58;
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
            ICMP6 => Flow::Icmp6 {
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
            Flow::Icmp6 { .. } => ICMP6,
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
            Flow::Icmp { .. } | Flow::Icmp6 { .. } | Flow::Other(_) => None,
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
            Flow::Icmp6 { kind: 128, code } => Flow::Icmp6 { kind: 129, code },
            same => same,
        }
    }

    /// Whether a rule for that protocol, those destination ports and those messages speaks of it.
    pub fn meets(self, protocol: Option<u8>, ports: &Ports, icmp: Option<Icmp>) -> bool {
        if protocol.is_some_and(|number| number != self.protocol()) {
            return false;
        }
        match self {
            Flow::Icmp { kind, code } | Flow::Icmp6 { kind, code } => {
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
