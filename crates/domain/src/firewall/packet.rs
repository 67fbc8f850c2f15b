//! What a rule says about a packet: blocks, protocols and ports as pure values, and the first rule that fits.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

use vpcd_net::Cidr;

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

/// A block of either family, as rules write it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Block {
    /// IPv4.
    V4(Cidr),
    /// IPv6: first address and prefix length.
    V6(Ipv6Addr, u8),
}

/// The number of TCP.
pub const TCP: u8 = 6;
/// The number of UDP.
pub const UDP: u8 = 17;
/// The number of ICMP.
pub const ICMP: u8 = 1;
/// The number of ICMP for IPv6.
pub const ICMPV6: u8 = 58;

impl Block {
    /// The block of a text: an address by itself or a block without host bits.
    pub fn parse(text: &str) -> Option<Block> {
        if let Ok(address) = text.parse::<Ipv4Addr>() {
            return Cidr::new(address, 32).ok().map(Block::V4);
        }
        if let Ok(address) = text.parse::<Ipv6Addr>() {
            return Some(Block::V6(address, 128));
        }
        if let Ok(cidr) = text.parse::<Cidr>() {
            return Some(Block::V4(cidr));
        }
        let (base, prefix) = text.split_once('/')?;
        let base: Ipv6Addr = base.parse().ok()?;
        // `u8::from_str` takes "+8" and "08" too: neither is a prefix on the wire.
        let length: u8 = prefix.parse().ok().filter(|length| *length <= 128)?;
        let plain = length.to_string() == prefix;
        let whole = u128::from(base) & !mask(length) == 0;
        (plain && whole).then_some(Block::V6(base, length))
    }

    /// Its family: 4 or 6.
    pub fn version(self) -> u8 {
        match self {
            Block::V4(_) => 4,
            Block::V6(..) => 6,
        }
    }

    /// Whether the address lies inside.
    pub fn has(self, address: IpAddr) -> bool {
        match (self, address) {
            (Block::V4(cidr), IpAddr::V4(address)) => cidr.has(address),
            (Block::V6(base, prefix), IpAddr::V6(address)) => {
                u128::from(base) == u128::from(address) & mask(prefix)
            }
            _ => false,
        }
    }

    /// The one IPv4 address that it holds.
    pub fn only(self) -> Option<Ipv4Addr> {
        match self {
            Block::V4(cidr) if cidr.prefix() == 32 => Some(cidr.base()),
            _ => None,
        }
    }
}

fn mask(prefix: u8) -> u128 {
    u128::MAX
        .checked_shl(128 - u32::from(prefix))
        .unwrap_or_default()
}

/// The number of a protocol; `None` for `any`, and `Err` for what is none.
pub fn protocol(text: &str) -> Result<Option<u8>, ()> {
    match text.to_ascii_lowercase().as_str() {
        "any" => Ok(None),
        "tcp" => Ok(Some(TCP)),
        "udp" => Ok(Some(UDP)),
        "icmp" => Ok(Some(ICMP)),
        "icmpv6" => Ok(Some(ICMPV6)),
        digits if digits.bytes().all(|byte| byte.is_ascii_digit()) => {
            digits.parse().map(Some).map_err(drop)
        }
        _ => Err(()),
    }
}

/// The port ranges of a text such as `22,80-90`; `None` when it is not of that form. No text means every port.
pub fn ports(text: &str) -> Option<Vec<(u16, u16)>> {
    let port = |text: &str| {
        let digits = !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
        digits.then(|| text.parse::<u16>().ok())?
    };
    let range = |part: &str| {
        let (low, high) = part.split_once('-').unwrap_or((part, part));
        let (low, high) = (port(low)?, port(high)?);
        (low > 0 && low <= high).then_some((low, high))
    };
    match text {
        "" => Some(Vec::new()),
        text => text.split(',').map(range).collect(),
    }
}

/// Packets that no firewall judges: within one subnet, to everybody, to a group of the link, to the metadata service.
pub fn exempt(subnet: Cidr, packet: &Probe) -> bool {
    let (IpAddr::V4(source), IpAddr::V4(destination)) = (packet.source, packet.destination) else {
        return false;
    };
    let metadata = destination == Ipv4Addr::new(169, 254, 169, 254)
        && packet.protocol == TCP
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
        let version = if packet.source.is_ipv4() { 4 } else { 6 };
        let among = |text: &str, port: Option<u16>| match ports(text) {
            Some(ranges) if ranges.is_empty() => true,
            Some(ranges) => port.is_some_and(|port| {
                ranges
                    .iter()
                    .any(|(low, high)| (*low..=*high).contains(&port))
            }),
            None => false,
        };
        self.enabled
            && self.ip_version == version
            && protocol(&self.protocol)
                .is_ok_and(|number| number.is_none_or(|number| number == packet.protocol))
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
            Peer::Block(text) => Block::parse(text).is_some_and(|block| block.has(address)),
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
            protocol: TCP,
            source_port: Some(40_000),
            destination_port: Some(port),
        }
    }

    #[test]
    fn texts_of_blocks_ports_and_protocols() {
        let block = |text| Block::parse(text);
        assert_eq!(block("10.0.0.1").unwrap().only(), "10.0.0.1".parse().ok());
        assert_eq!(block("10.0.0.0/8").unwrap().only(), None);
        assert_eq!(block("2001:db8::/32").unwrap().version(), 6);
        assert!(block("2001:db8::1/32").is_none() && block("10.0.0.1/8").is_none());
        assert!(block("::/0").unwrap().has("2001::1".parse().unwrap()));
        assert!(block("x").is_none() && block("::/129").is_none() && block("::/+1").is_none());
        assert_eq!(ports("22,80-90"), Some(vec![(22, 22), (80, 90)]));
        assert_eq!(ports(""), Some(Vec::new()));
        for wrong in ["0", "90-80", "65536", "1,,2", "a", "1-", "+1"] {
            assert_eq!(ports(wrong), None, "{wrong}");
        }
        assert_eq!(protocol("TCP"), Ok(Some(6)));
        assert_eq!(protocol("any"), Ok(None));
        assert_eq!(protocol("47"), Ok(Some(47)));
        assert!(protocol("256").is_err() && protocol("gre").is_err() && protocol("-1").is_err());
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
        of_group.protocol = "any".into();
        let known = |id: &str, address: IpAddr| {
            id == "g" && address == "10.0.0.9".parse::<IpAddr>().unwrap()
        };
        let mut ping = packet("10.0.0.9", "10.2.0.5", 0);
        (ping.protocol, ping.source_port, ping.destination_port) = (ICMP, None, None);
        assert!(of_group.fits(&ping, &known));
        ping.source = "10.0.0.8".parse().unwrap();
        assert!(!of_group.fits(&ping, &known));
        assert!(!of_group.fits(&packet("2001::1", "2001::2", 80), &known));
        // A rule for ports says nothing about packets without any.
        let mut ported = rule("ported", "0.0.0.0/0", "80");
        ported.protocol = "any".into();
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
