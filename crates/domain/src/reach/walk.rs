//! The walk of a packet, step by step.

use std::net::{IpAddr, Ipv4Addr};

use vpcd_net::Family;

use crate::plan::row::{Bound, Port, Route};
use crate::reach::filter::{self, Seen};
use crate::reach::packet::{Flow, Packet, Source, Target};
use crate::reach::route::{self, Next};
use crate::reach::snapshot::Snapshot;
use crate::reach::verdict::{End, Hop, Sighting, Verdict};
use crate::route_table::Via;
use crate::security_rule::Direction;

/// Peerings that a packet crosses at most, where networks forward between their peers.
const PEERINGS_MAX: u8 = 8;

/// What a packet has for an address before it is anywhere.
const NOWHERE: IpAddr = IpAddr::V4(Ipv4Addr::UNSPECIFIED);

/// What a step leads to, or the hop that refuses.
pub(super) type Step<T> = Result<T, Box<Hop>>;

/// Does the packet pass, and what decides?
pub fn judge(world: &Snapshot, packet: &Packet) -> Verdict {
    trip(world, packet).0
}

/// A packet on its way.
pub(super) struct Walk<'a> {
    pub(super) world: &'a Snapshot,
    /// As it is where it is.
    pub(super) seen: Seen,
    /// It belongs to a connection that was let through.
    pub(super) established: bool,
    /// The public address that its source became.
    pub(super) out_by: Option<String>,
    /// The public address that its destination was.
    pub(super) in_by: Option<String>,
    pub(super) path: Vec<Hop>,
    /// The ports that saw it so far.
    pub(super) met: Vec<Sighting>,
    /// Peerings that it may still cross.
    pub(super) peerings: u8,
}

/// The verdict on a packet, and the walk that led to it.
pub(super) fn trip<'a>(world: &'a Snapshot, packet: &Packet) -> (Verdict, Walk<'a>) {
    let mut walk = Walk::new(world, packet.flow);
    let outcome = walk.whole(packet);
    (conclude(&walk, outcome), walk)
}

/// The verdict that a walk comes to.
pub(super) fn conclude(walk: &Walk<'_>, outcome: Step<End>) -> Verdict {
    let (mut path, seen) = (walk.path.clone(), walk.met.clone());
    match outcome {
        Ok(end) => {
            let last = path.iter().rev().find(|hop| hop.decides()).or(path.last());
            Verdict {
                passes: true,
                decided_by: last.cloned().unwrap_or(Hop::Nobody { address: NOWHERE }),
                end,
                path,
                seen,
            }
        }
        Err(refusal) => {
            path.push((*refusal).clone());
            Verdict {
                passes: false,
                end: End::Lost,
                path,
                seen,
                decided_by: *refusal,
            }
        }
    }
}

/// The port that a source is: itself, or the one that its public address is bound to.
pub(super) fn sender<'a>(world: &'a Snapshot, from: &'a Source) -> Option<&'a str> {
    match from {
        Source::Port { id, .. } => Some(id),
        Source::Address(address) => match &world.public(*address)?.1.bound {
            Some(Bound::Port(id)) => Some(id),
            _ => None,
        },
    }
}

pub(super) fn refuse<T>(hop: Hop) -> Step<T> {
    Err(Box::new(hop))
}

impl<'a> Walk<'a> {
    pub(super) fn new(world: &'a Snapshot, flow: Flow) -> Walk<'a> {
        Walk {
            world,
            seen: Seen {
                source: NOWHERE,
                destination: NOWHERE,
                flow,
            },
            established: false,
            out_by: None,
            in_by: None,
            path: Vec::new(),
            met: Vec::new(),
            peerings: PEERINGS_MAX,
        }
    }

    fn whole(&mut self, packet: &Packet) -> Step<End> {
        let family = packet.family();
        self.seen.destination = match &packet.to {
            Target::Address(address) | Target::PortAt(_, address) => *address,
            Target::Port(id) => self.address_of(id, family)?,
        };
        let wanted = match &packet.to {
            Target::Port(id) | Target::PortAt(id, _) => Some(id.as_str()),
            Target::Address(_) => None,
        };
        let end = match (sender(self.world, &packet.from), &packet.from) {
            (Some(id), from) => {
                let own = self.address_of(id, family)?;
                self.seen.source = match from {
                    Source::Port { claims, .. } => claims.unwrap_or(own),
                    Source::Address(public) => self.world.private_of(*public).unwrap_or(own),
                };
                self.depart(id)?
            }
            (None, Source::Address(address)) => self.enter(*address, wanted)?,
            (None, Source::Port { .. }) => return self.nobody(),
        };
        match wanted {
            Some(wanted) if !matches!(&end, End::Port { port } if port == wanted) => {
                self.astray(end)
            }
            _ => Ok(end),
        }
    }

    pub(super) fn port(&self, id: &str) -> Step<&'a Port> {
        match self.world.ports.get(id) {
            Some(port) => Ok(port),
            None => self.nobody(),
        }
    }

    /// The address of a port in a family; nobody is there where it has none.
    pub(super) fn address_of(&self, id: &str, family: Family) -> Step<IpAddr> {
        match self.port(id)?.address_in(family) {
            Some(address) => Ok(address),
            None => self.nobody(),
        }
    }

    pub(super) fn nobody<T>(&self) -> Step<T> {
        refuse(Hop::Nobody {
            address: self.seen.destination,
        })
    }

    /// Lost, because it came to the wrong place.
    pub(super) fn astray<T>(&self, at: End) -> Step<T> {
        refuse(Hop::Astray {
            at,
            address: self.seen.destination,
        })
    }

    /// Ends here.
    pub(super) fn arrived(&mut self, at: End) -> Step<End> {
        self.path.push(Hop::Arrives {
            at: at.clone(),
            address: self.seen.destination,
        });
        Ok(at)
    }

    pub(super) fn no_route<T>(&self, network: &str) -> Step<T> {
        refuse(Hop::NoRoute {
            network: network.to_owned(),
            destination: self.seen.destination,
        })
    }

    /// Out of a port, past its filters, to the next hop and on to the end.
    fn depart(&mut self, id: &str) -> Step<End> {
        let (network, next) = self.leave(id)?;
        match next {
            None => self.arrived(End::Port {
                port: id.to_owned(),
            }),
            Some(next) => self.follow(network, Some(&self.port(id)?.subnet), id, next),
        }
    }

    /// Out of a port, past its filters: its network and where the packet goes, nowhere when it is for the port itself.
    pub(super) fn leave(&mut self, id: &str) -> Step<(&'a str, Option<Next<'a>>)> {
        let port = self.port(id)?;
        let Seen {
            source,
            destination,
            ..
        } = self.seen;
        self.path.push(Hop::Leaves {
            port: id.to_owned(),
            address: source,
        });
        self.meet(id, Direction::Egress);
        if !filter::owns(port, source) {
            return refuse(Hop::SourceCheck {
                port: id.to_owned(),
                address: source,
            });
        }
        let Some(network) = self.world.network_of(port) else {
            return self.no_route("");
        };
        if port.addresses().any(|own| own == destination) {
            self.let_through();
            return Ok((network, None));
        }
        self.ask_groups(id, port, Direction::Egress)?;
        let near = self.world.subnets.get(&port.subnet);
        if !near.is_some_and(|it| it.has(destination)) {
            self.ask_firewall(&port.subnet, Direction::Egress)?;
        }
        self.let_through();
        let table = self.world.table_of(&port.subnet);
        let own = self.world.port_at(network, source).unwrap_or(id);
        // A public address is one of IPv4 and translates nothing else.
        let address = match destination {
            IpAddr::V4(_) => self.world.bound_at(own, source),
            IpAddr::V6(_) => None,
        };
        match route::lookup(self.world, network, table, address, source, destination) {
            Some(next) => Ok((network, Some(next))),
            None => self.no_route(network),
        }
    }

    /// In from the Internet, or through a VPN connection.
    fn enter(&mut self, source: IpAddr, wanted: Option<&str>) -> Step<End> {
        self.seen.source = source;
        self.path.push(Hop::FromOutside { address: source });
        let to = self.seen.destination;
        if wanted.is_none()
            && let Some((id, address)) = self.world.public(to)
        {
            return self.inwards(id, address);
        }
        let wanted = match wanted {
            Some(id) => self.world.network_of(self.port(id)?),
            None => None,
        };
        let all = self.world.networks.keys().map(String::as_str);
        let entrance = all
            .filter(|network| wanted.is_none_or(|wanted| wanted == *network))
            .find_map(|network| {
                let subnet = self.world.subnet_with(network, to)?;
                let tunnel = route::entrance(self.world, network, source, to)?;
                Some((network, subnet, tunnel))
            });
        let Some((network, subnet, tunnel)) = entrance else {
            return match to.is_ipv6() {
                true => self.enter_by_gateway(),
                false => self.no_route(wanted.unwrap_or_default()),
            };
        };
        self.path.push(Hop::Connection {
            gateway: tunnel.gateway.to_owned(),
            connection: tunnel.connection.to_owned(),
        });
        self.arrive(network, subnet, None)
    }

    /// On to the next hop, from a subnet of the network or from its edge.
    pub(super) fn follow(
        &mut self,
        network: &str,
        from: Option<&str>,
        port: &str,
        next: Next<'_>,
    ) -> Step<End> {
        match next {
            Next::Local(subnet) => {
                self.path.push(Hop::LocalRoute {
                    network: network.to_owned(),
                    subnet: subnet.to_owned(),
                });
                self.arrive(network, subnet, from)
            }
            Next::System => {
                self.path.push(Hop::SystemRoute {
                    network: network.to_owned(),
                    destination: self.seen.destination,
                });
                self.arrived(End::Platform)
            }
            Next::Ipv6(gateway) => self.out_by_gateway(network, gateway),
            Next::Address(public_ip) => {
                self.path.push(Hop::AddressRoute {
                    port: port.to_owned(),
                    public_ip: public_ip.to_owned(),
                });
                self.outwards(public_ip)
            }
            Next::Connection(tunnel, destination) => {
                self.path.push(Hop::ConnectionRoute {
                    gateway: tunnel.gateway.to_owned(),
                    connection: tunnel.connection.to_owned(),
                    destination,
                });
                self.through(network, tunnel.connection)
            }
            Next::Table(table, route) => {
                self.path.push(Hop::Route {
                    table: table.to_owned(),
                    destination: route.destination,
                    via: route.via,
                    next_hop: route.next_hop.clone(),
                });
                self.hop(network, from, route)
            }
        }
    }

    fn hop(&mut self, network: &str, from: Option<&str>, route: &Route) -> Step<End> {
        match route.via {
            Via::Peering => self.across(network, &route.next_hop),
            Via::Vpn => self.through(network, &route.next_hop),
            Via::Nat => self.translated(network, &route.next_hop),
            Via::Ipv6Gateway => self.by_gateway(network, &route.next_hop),
            Via::Instance | Via::Port | Via::SubInterface | Via::Address => {
                self.device(network, from, route)
            }
            // Asked for where the packet goes, such a route is as none.
            Via::Local => self.no_route(network),
            via @ (Via::Line | Via::Region | Via::Endpoint | Via::Router | Via::Internet) => self
                .arrived(End::Beyond {
                    via,
                    next_hop: route.next_hop.clone(),
                }),
        }
    }

    /// Into a subnet, past its firewall unless it comes from there, past the filters of who has the address.
    pub(super) fn arrive(&mut self, network: &str, subnet: &str, from: Option<&str>) -> Step<End> {
        let holder = self.world.holder(network, self.seen.destination);
        if let Some(id) = holder {
            self.meet(id, Direction::Ingress);
        }
        if from != Some(subnet) {
            self.ask_firewall(subnet, Direction::Ingress)?;
        }
        let Some(id) = holder else {
            return self.nobody();
        };
        self.ask_groups(id, self.port(id)?, Direction::Ingress)?;
        self.let_through();
        self.arrived(End::Port {
            port: id.to_owned(),
        })
    }
}
