//! Where a packet is asked for: the filters of ports and subnets, and what they remember.

use crate::plan::row::Port;
use crate::reach::filter;
use crate::reach::verdict::{Hop, Sighting};
use crate::reach::walk::{Step, Walk, refuse};
use crate::security_rule::{Action, Direction};

impl Walk<'_> {
    /// A port sees the packet; whether it lets it through is to be seen.
    pub(super) fn meet(&mut self, port: &str, direction: Direction) {
        self.met.push(Sighting {
            port: port.to_owned(),
            direction,
            source: self.seen.source,
            destination: self.seen.destination,
            accepted: false,
        });
    }

    /// The last port that saw the packet let it through.
    pub(super) fn let_through(&mut self) {
        if let Some(last) = self.met.last_mut() {
            last.accepted = true;
        }
    }

    pub(super) fn ask_groups(&mut self, id: &str, port: &Port, direction: Direction) -> Step<()> {
        let answer = filter::groups(self.world, id, port, direction, self.seen);
        self.heed(answer, id, direction, self.established)
    }

    pub(super) fn ask_firewall(&mut self, subnet: &str, direction: Direction) -> Step<()> {
        let answer = filter::firewall(self.world, subnet, direction, self.seen);
        let firewall = self.world.firewall_of(subnet);
        let forgets = firewall.is_some_and(|(_, it)| it.stateless);
        self.heed(answer, subnet, direction, self.established && !forgets)
    }

    /// Most filters remember connections: what answers to a packet that they let through is known, and not judged again.
    fn heed(
        &mut self,
        answer: Option<Hop>,
        at: &str,
        direction: Direction,
        known: bool,
    ) -> Step<()> {
        match answer {
            None => Ok(()),
            Some(_) if known => {
                self.path.push(Hop::Established {
                    at: at.to_owned(),
                    direction,
                });
                Ok(())
            }
            Some(
                hop @ (Hop::SecurityRule {
                    action: Action::Allow,
                    ..
                }
                | Hop::FirewallRule {
                    action: Action::Allow,
                    ..
                }),
            ) => {
                self.path.push(hop);
                Ok(())
            }
            Some(hop) => refuse(hop),
        }
    }
}
