//! The way back: filters remember connections, routes do not.

use crate::reach::packet::{Packet, Source};
use crate::reach::route::Next;
use crate::reach::snapshot::Snapshot;
use crate::reach::verdict::{End, Hop, Verdict};
use crate::reach::walk::{Step, Walk, conclude, sender, trip};

/// Does the answer to the packet get back to who sent it, and what decides?
///
/// The answer to a packet that does not pass is lost by what refused the packet.
pub fn judge_reply(world: &Snapshot, packet: &Packet) -> Verdict {
    let (verdict, there) = trip(world, packet);
    if !verdict.passes {
        return Verdict {
            path: Vec::new(),
            seen: Vec::new(),
            ..verdict
        };
    }
    let mut back = Walk::new(world, there.seen.flow.reply());
    back.established = true;
    back.seen.source = there.seen.destination;
    back.seen.destination = there.seen.source;
    let outcome = back.home(&verdict.end, &there, packet);
    conclude(&back, outcome)
}

impl Walk<'_> {
    /// From where the packet ended to who sent it.
    fn home(&mut self, end: &End, there: &Walk<'_>, packet: &Packet) -> Step<End> {
        let end = match end {
            End::Port { port } | End::Device { port } => self.back_from(port, there, packet)?,
            _ => {
                self.path.push(Hop::FromOutside {
                    address: self.seen.source,
                });
                self.deliver_home(there, packet)?
            }
        };
        let tunnelled = |hop: &Hop| matches!(hop, Hop::Connection { .. });
        let right = match (&end, sender(self.world, &packet.from)) {
            (End::Port { port }, Some(wanted)) => port == wanted,
            (End::Internet, None) => !there.path.iter().any(tunnelled),
            (End::FarEnd { .. }, None) => there.path.iter().any(tunnelled),
            _ => false,
        };
        match right {
            true => Ok(end),
            false => self.astray(end),
        }
    }

    /// Out of the port where the packet ended, the way it came if a public address was translated on it.
    fn back_from(&mut self, port: &str, there: &Walk<'_>, packet: &Packet) -> Step<End> {
        let (network, next) = self.leave(port)?;
        let Some(next) = next else {
            return self.arrived(End::Port {
                port: port.to_owned(),
            });
        };
        match (&there.in_by, &next) {
            (Some(public_ip), Next::Address(by)) if by == public_ip => {
                self.path.push(Hop::AddressRoute {
                    port: port.to_owned(),
                    public_ip: public_ip.clone(),
                });
                self.leave_as(public_ip);
                self.deliver_home(there, packet)
            }
            (Some(public_ip), Next::Table(table, route)) if self.leads_back(route, public_ip) => {
                self.path.push(Hop::Route {
                    table: (*table).to_owned(),
                    destination: route.destination,
                    via: route.via,
                    next_hop: route.next_hop.clone(),
                });
                self.leave_as(public_ip);
                self.deliver_home(there, packet)
            }
            (translated, _) => {
                let from = self.port(port)?.subnet.as_str();
                let end = self.follow(network, Some(from), port, next)?;
                // Whoever sent the packet to a public address knows no answer from another one.
                match translated {
                    None => Ok(end),
                    Some(_) => self.astray(end),
                }
            }
        }
    }

    /// Its source becomes that public address again.
    fn leave_as(&mut self, public_ip: &str) {
        if let Some(address) = self.world.addresses.get(public_ip) {
            self.path.push(Hop::SourceTranslated {
                public_ip: public_ip.to_owned(),
                from: self.seen.source,
                to: address.public.into(),
            });
            self.seen.source = address.public.into();
        }
    }

    /// To who sent the packet, through the translation that its source went through.
    fn deliver_home(&mut self, there: &Walk<'_>, packet: &Packet) -> Step<End> {
        let Some(origin) = sender(self.world, &packet.from) else {
            return self.arrived(End::Internet);
        };
        let port = self.port(origin)?;
        let own = match &packet.from {
            Source::Port {
                claims: Some(claims),
                ..
            } => *claims,
            Source::Address(public) if self.world.private_of(*public).is_some() => {
                self.world.private_of(*public).unwrap_or(*public)
            }
            _ => self.address_of(origin, packet.family())?,
        };
        if let Some(public_ip) = &there.out_by {
            self.path.push(Hop::DestinationTranslated {
                public_ip: public_ip.clone(),
                from: self.seen.destination,
                to: own,
            });
            self.seen.destination = own;
        }
        let Some(network) = self.world.network_of(port) else {
            return self.astray(End::Lost);
        };
        self.arrive(network, &port.subnet, None)
    }
}
