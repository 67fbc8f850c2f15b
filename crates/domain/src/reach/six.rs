//! Through IPv6 gateways: no address is translated, so blocks that only start connections are named.

use crate::reach::snapshot::Snapshot;
use crate::reach::verdict::{End, Hop};
use crate::reach::walk::{Step, Walk, refuse};

impl Walk<'_> {
    /// Out of a network through its IPv6 gateway, to the Internet or in through that of another network.
    pub(super) fn out_by_six(&mut self, gateway: &str) -> Step<End> {
        self.path.push(Hop::Ipv6Gateway {
            gateway: gateway.to_owned(),
        });
        match entrance(self.world, self.seen.destination, None) {
            Some(_) => self.enter_by_six(None),
            None => self.arrived(End::Internet),
        }
    }

    /// Into the network that has the address, which may have to be this one, through its IPv6 gateway.
    pub(super) fn enter_by_six(&mut self, wanted: Option<&str>) -> Step<End> {
        let to = self.seen.destination;
        let Some((network, subnet)) = entrance(self.world, to, wanted) else {
            return self.no_route(wanted.unwrap_or_default());
        };
        let Some((id, gateway)) = self.world.six_of(network) else {
            return self.no_route(network);
        };
        self.path.push(Hop::Ipv6Gateway {
            gateway: id.to_owned(),
        });
        let mut closed = gateway.egress_only.iter();
        if let Some(block) = closed.find(|block| block.has(to))
            && !self.established
        {
            return refuse(Hop::EgressOnly {
                gateway: id.to_owned(),
                block: *block,
            });
        }
        self.arrive(network, subnet, None)
    }
}

/// The network that has an IPv6 gateway and the address, with the subnet.
fn entrance<'a>(
    world: &'a Snapshot,
    to: std::net::IpAddr,
    wanted: Option<&str>,
) -> Option<(&'a str, &'a str)> {
    let all = world.networks.keys().map(String::as_str);
    all.filter(|network| wanted.is_none_or(|wanted| wanted == *network))
        .filter(|network| to.is_ipv6() && world.six_of(network).is_some())
        .find_map(|network| Some((network, world.subnet_with(network, to)?)))
}
