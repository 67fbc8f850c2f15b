//! What rules say about a packet, as pure functions: the first rule that fits it, and what no rule is asked about.

use std::net::{IpAddr, Ipv4Addr};

use vpcd_net::{Cidr, Family, Ports, Prefix};

use super::rule::{FirewallRule, Peer};

/// A packet as a firewall sees it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Probe {
    /// Where it comes from.
    pub source: IpAddr,
    /// Where it goes.
    pub destination: IpAddr,
    /// Protocol number.
    pub protocol: u8,
    /// Source port, where the protocol has one.
    pub source_port: Option<u16>,
    /// Destination port, where the protocol has one.
    pub destination_port: Option<u16>,
}

/// Packets that no firewall judges: within one subnet, to everybody, to a group of the link, to the metadata service.
pub fn exempt(subnet: Cidr, packet: &Probe) -> bool {
    let (IpAddr::V4(source), IpAddr::V4(destination)) = (packet.source, packet.destination) else {
        return false;
    };
    let metadata = destination == Ipv4Addr::new(169, 254, 169, 254)
        && packet.protocol == 6
        && packet.destination_port == Some(80);
    let link_group = destination.octets()[..3] == [224, 0, 0];
    (subnet.has(source) && subnet.has(destination))
        || destination.is_broadcast()
        || link_group
        || metadata
}

/// The first rule that fits the packet, in the order of the policy. None means the rule that ends every policy: deny.
///
/// `in_group` tells whether an address group holds an address.
pub fn deciding<'a>(
    rules: impl IntoIterator<Item = &'a FirewallRule>,
    packet: &Probe,
    in_group: &impl Fn(&str, IpAddr) -> bool,
) -> Option<&'a FirewallRule> {
    rules.into_iter().find(|rule| rule.fits(packet, in_group))
}

impl FirewallRule {
    /// Whether it is switched on and says something about the packet.
    pub fn fits(&self, packet: &Probe, in_group: &impl Fn(&str, IpAddr) -> bool) -> bool {
        let among = |ports: &Ports, port: Option<u16>| {
            ports.is_all() || port.is_some_and(|port| ports.has(port))
        };
        self.enabled
            && self.family == Family::of(packet.source)
            && self
                .protocol_number()
                .is_none_or(|number| number == packet.protocol)
            && self.source.holds(packet.source, in_group)
            && self.destination.holds(packet.destination, in_group)
            && among(&self.source_port, packet.source_port)
            && among(&self.destination_port, packet.destination_port)
    }
}

impl Peer {
    /// Whether it means this address.
    pub fn holds(&self, address: IpAddr, in_group: &impl Fn(&str, IpAddr) -> bool) -> bool {
        match self {
            Peer::Any => true,
            Peer::Block(text) => text.parse::<Prefix>().is_ok_and(|block| block.has(address)),
            Peer::Group(id) => in_group(id, address),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::rule::tests::rule;
    use super::*;

    fn packet(source: &str, destination: &str, port: u16) -> Probe {
        Probe {
            source: source.parse().unwrap(),
            destination: destination.parse().unwrap(),
            protocol: 6,
            source_port: Some(40_000),
            destination_port: Some(port),
        }
    }

    #[test]
    fn the_first_rule_that_fits_decides() {
        let mut deny = rule("deny", "10.0.0.0/8", "22");
        deny.allow = false;
        let allow = rule("allow", "10.1.0.0/16", "1-100");
        let none = |_: &str, _: IpAddr| false;
        let ssh = packet("10.1.0.5", "10.2.0.5", 22);
        let first = |rules: &[FirewallRule], packet| {
            deciding(rules, &packet, &none).map(|rule| rule.name.clone())
        };
        let rules = [deny.clone(), allow.clone()];
        assert_eq!(first(&rules, ssh).as_deref(), Some("deny"));
        assert_eq!(
            first(&[allow.clone(), deny.clone()], ssh).as_deref(),
            Some("allow")
        );
        let web = packet("10.1.0.5", "10.2.0.5", 80);
        assert_eq!(first(&rules, web).as_deref(), Some("allow"));
        assert_eq!(first(&rules, packet("11.0.0.1", "10.2.0.5", 22)), None);
        deny.enabled = false;
        assert_eq!(first(&[deny, allow], ssh).as_deref(), Some("allow"));
    }

    #[test]
    fn groups_families_and_protocols_count() {
        let mut of_group = rule("group", "0.0.0.0/0", "");
        of_group.source = Peer::Group("g".into());
        of_group.protocol = None;
        let known = |id: &str, address: IpAddr| {
            id == "g" && address == "10.0.0.9".parse::<IpAddr>().unwrap()
        };
        let mut ping = packet("10.0.0.9", "10.2.0.5", 0);
        (ping.protocol, ping.source_port, ping.destination_port) = (1, None, None);
        assert!(of_group.fits(&ping, &known));
        ping.source = "10.0.0.8".parse().unwrap();
        assert!(!of_group.fits(&ping, &known));
        assert!(!of_group.fits(&packet("2001::1", "2001::2", 80), &known));
        // A rule for ports says nothing about packets without any.
        let mut ported = rule("ported", "0.0.0.0/0", "80");
        ported.protocol = None;
        assert!(!ported.fits(&ping, &known));
    }

    #[test]
    fn what_no_firewall_judges() {
        let subnet: Cidr = "10.1.0.0/24".parse().unwrap();
        let free = |source, destination, port| exempt(subnet, &packet(source, destination, port));
        assert!(free("10.1.0.5", "10.1.0.9", 22));
        assert!(free("10.1.0.5", "255.255.255.255", 67));
        assert!(free("10.1.0.5", "224.0.0.18", 1));
        assert!(free("10.1.0.5", "169.254.169.254", 80));
        assert!(!free("10.1.0.5", "169.254.169.254", 22));
        assert!(!free("10.1.0.5", "10.2.0.9", 22));
    }
}
