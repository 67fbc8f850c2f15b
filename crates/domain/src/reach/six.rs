//! What crosses an IPv6 gateway: addresses stay as they are, and some blocks let nobody in who was not called.

use std::net::IpAddr;

use crate::reach::verdict::{End, Hop};
use crate::reach::walk::{Step, Walk, refuse};

impl Walk<'_> {
    /// By the gateway that a route names, when it is the network's.
    pub(super) fn by_gateway(&mut self, network: &str, id: &str) -> Step<End> {
        match self.world.ipv6_gateway_of(network) {
            Some((known, _)) if known == id => self.out_by_gateway(network, id),
            _ => refuse(Hop::Blackhole {
                hop: "ipv6_gateway".to_owned(),
                to: id.to_owned(),
                reason: "it is no gateway of this network".to_owned(),
            }),
        }
    }

    /// Out of a network by its IPv6 gateway, to whoever has the address.
    pub(super) fn out_by_gateway(&mut self, network: &str, id: &str) -> Step<End> {
        self.path.push(Hop::Ipv6Gateway {
            gateway: id.to_owned(),
            network: network.to_owned(),
        });
        let to = self.seen.destination;
        match self.world.anywhere(to) {
            Some((other, subnet)) => self.in_by_gateway(other, subnet),
            None if is_local(to) => refuse(Hop::Blackhole {
                hop: "internet".to_owned(),
                to: to.to_string(),
                reason: "private addresses are not routed".to_owned(),
            }),
            None => self.arrived(End::Internet),
        }
    }

    /// In from the Internet, to a subnet of whichever network has the address.
    pub(super) fn enter_by_gateway(&mut self) -> Step<End> {
        match self.world.anywhere(self.seen.destination) {
            Some((network, subnet)) => self.in_by_gateway(network, subnet),
            None => self.no_route(""),
        }
    }

    fn in_by_gateway(&mut self, network: &str, subnet: &str) -> Step<End> {
        let Some((id, gateway)) = self.world.ipv6_gateway_of(network) else {
            return self.no_route(network);
        };
        self.path.push(Hop::Ipv6Gateway {
            gateway: id.clone(),
            network: network.to_owned(),
        });
        let to = self.seen.destination;
        if !self.established && gateway.egress_only.iter().any(|block| block.has(to)) {
            return refuse(Hop::EgressOnly {
                gateway: id.clone(),
                address: to,
            });
        }
        self.arrive(network, subnet, None)
    }
}

fn is_local(address: IpAddr) -> bool {
    match address {
        IpAddr::V4(_) => false,
        IpAddr::V6(address) => address.is_unique_local() || address.is_unicast_link_local(),
    }
}
