//! What a packet crosses between networks: peerings, gateways, devices, the edge of the Internet.

use std::net::IpAddr;

use vpcd_net::Family;

use crate::plan::row::{Bound, Port, PublicAddress, Route};
use crate::reach::filter::{self, Seen};
use crate::reach::route::{self, Next};
use crate::reach::verdict::{End, Hop};
use crate::reach::walk::{Step, Walk, refuse};
use crate::route_table::Via;
use crate::security_rule::Direction;

fn blackhole<T>(hop: &str, to: &str, reason: &str) -> Step<T> {
    refuse(Hop::Blackhole {
        hop: hop.to_owned(),
        to: to.to_owned(),
        reason: reason.to_owned(),
    })
}

fn is_private(address: IpAddr) -> bool {
    matches!(address, IpAddr::V4(address) if address.is_private())
}

impl<'a> Walk<'a> {
    /// Across a peering. What it carries lives in the other network, unless that forwards between its peers.
    pub(super) fn across(&mut self, network: &str, id: &str) -> Step<End> {
        let Some(peering) = self.world.peerings.get(id) else {
            return blackhole("peering", id, "it is gone, or not accepted");
        };
        let other = match &peering.networks {
            [near, far] if near == network => far,
            [far, near] if near == network => far,
            _ => return blackhole("peering", id, "it is no peering of this network"),
        };
        if self.peerings == 0 {
            return blackhole("peering", id, "the packet goes in circles");
        }
        self.peerings -= 1;
        self.path.push(Hop::Peering {
            peering: id.to_owned(),
            network: other.clone(),
        });
        let Seen {
            source: from,
            destination: to,
            ..
        } = self.seen;
        if let Some(subnet) = self.world.subnet_with(other, to) {
            return self.arrive(other, subnet, None);
        }
        let relay = self.world.networks.get(other).is_some_and(|it| it.relay);
        let table = self.world.default_table(other).filter(|_| relay);
        match route::lookup(self.world, other, table, None, from, to) {
            Some(next @ (Next::Table(..) | Next::Connection(..))) => {
                self.follow(other, None, "", next)
            }
            _ => self.no_route(other),
        }
    }

    /// Through a VPN gateway, or a certain connection of it.
    pub(super) fn through(&mut self, network: &str, id: &str) -> Step<End> {
        let Seen {
            source,
            destination,
            ..
        } = self.seen;
        let Some(tunnel) = route::tunnel(self.world, network, id, source, destination) else {
            return blackhole("vpn", id, "none of its connections takes the packet");
        };
        self.path.push(Hop::Connection {
            gateway: tunnel.gateway.to_owned(),
            connection: tunnel.connection.to_owned(),
        });
        self.arrived(End::FarEnd {
            connection: tunnel.connection.to_owned(),
        })
    }

    /// Through a NAT gateway to the Internet.
    pub(super) fn translated(&mut self, network: &str, id: &str) -> Step<End> {
        if self.world.nats.contains_key(id) {
            return self.sent_out(network, id);
        }
        let mut ports = self.world.ports.iter();
        let gateway = ports.find(|(port, row)| {
            row.device_owner == "network:nat_gateway"
                && (row.device_id == id || *port == id)
                && self.world.network_of(row) == Some(network)
        });
        let Some((port, row)) = gateway else {
            return blackhole("nat", id, "the network has no such NAT gateway");
        };
        let own = [id, port.as_str(), row.device_id.as_str()];
        match own.into_iter().find_map(|id| self.world.bound_to(id)) {
            Some((public_ip, _)) => self.outwards(public_ip),
            None => blackhole("nat", id, "it has no public address"),
        }
    }

    /// To a device that is to send the packet on: it must take packets that are not for its own addresses.
    pub(super) fn device(&mut self, network: &str, from: Option<&str>, route: &Route) -> Step<End> {
        let Some(id) = self.device_of(network, route) else {
            return blackhole("port", &route.next_hop, "the network has no such interface");
        };
        let port = self.port(id)?;
        let family = Family::of(self.seen.destination);
        if port.address_in(family).is_none() {
            let reason = "the interface has no address of the packet's family";
            return blackhole("port", &route.next_hop, reason);
        }
        self.meet(id, Direction::Ingress);
        if from != Some(&port.subnet) {
            self.ask_firewall(&port.subnet, Direction::Ingress)?;
        }
        if !filter::owns(port, self.seen.destination) {
            return refuse(Hop::SourceCheck {
                port: id.to_owned(),
                address: self.seen.destination,
            });
        }
        self.ask_groups(id, port, Direction::Ingress)?;
        self.let_through();
        self.arrived(End::Device {
            port: id.to_owned(),
        })
    }

    fn device_of(&self, network: &str, route: &Route) -> Option<&'a str> {
        let to = route.next_hop.as_str();
        if route.via == Via::Address {
            return self.world.holder(network, to.parse().ok()?);
        }
        let is = |id: &str, port: &Port| {
            id == to || (route.via == Via::Instance && port.device_id == to)
        };
        let mut ports = self.world.ports.iter();
        ports
            .find(|(id, port)| is(id, port) && self.world.network_of(port) == Some(network))
            .map(|(id, _)| id.as_str())
    }

    /// Out to the Internet as a public address.
    pub(super) fn outwards(&mut self, public_ip: &str) -> Step<End> {
        let Some(address) = self.world.addresses.get(public_ip) else {
            return self.nobody();
        };
        self.path.push(Hop::SourceTranslated {
            public_ip: public_ip.to_owned(),
            from: self.seen.source,
            to: address.public.into(),
        });
        self.seen.source = address.public.into();
        self.out_by = Some(public_ip.to_owned());
        let to = self.seen.destination;
        match self.world.public(to) {
            Some((id, address)) => self.inwards(id, address),
            // A laboratory may use private blocks for its public addresses; then they are its Internet.
            None if is_private(to) && !is_private(self.seen.source) => blackhole(
                "internet",
                &to.to_string(),
                "private addresses are not routed",
            ),
            None => self.arrived(End::Internet),
        }
    }

    /// In from the Internet to what a public address is bound to.
    pub(super) fn inwards(&mut self, id: &str, address: &PublicAddress) -> Step<End> {
        match &address.bound {
            None => self.nobody(),
            Some(Bound::NatGateway(gateway)) => self.let_in(id, gateway),
            Some(Bound::VpnGateway(gateway)) => self.arrived(End::Gateway {
                gateway: gateway.clone(),
            }),
            Some(Bound::Port(port)) => {
                let port = self.port(port)?;
                let private = address.private.unwrap_or(port.address).into();
                self.path.push(Hop::DestinationTranslated {
                    public_ip: id.to_owned(),
                    from: self.seen.destination,
                    to: private,
                });
                self.seen.destination = private;
                self.in_by = Some(id.to_owned());
                match self.world.network_of(port) {
                    Some(network) => {
                        // A further address may be of another subnet than the port.
                        let subnet = self.world.subnet_with(network, private);
                        self.arrive(network, subnet.unwrap_or(&port.subnet), None)
                    }
                    None => self.nobody(),
                }
            }
        }
    }
}
