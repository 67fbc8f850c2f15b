//! Blocks and spans of addresses of either family, as rules name the far end of a connection.

use std::fmt;
use std::net::IpAddr;
use std::str::FromStr;

use ipnet::{IpNet, Ipv4Net, Ipv6Net};
use serde::{Deserialize, Serialize};

use crate::cidr::{Cidr, CidrError};
use crate::cidr6::Cidr6;

/// Which addresses are meant.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Family {
    /// IPv4.
    V4,
    /// IPv6.
    V6,
}

impl Family {
    /// The family of an address.
    pub fn of(address: IpAddr) -> Family {
        match address {
            IpAddr::V4(_) => Family::V4,
            IpAddr::V6(_) => Family::V6,
        }
    }

    /// 4 or 6.
    pub fn version(self) -> u8 {
        match self {
            Family::V4 => 4,
            Family::V6 => 6,
        }
    }
}

/// A block of either family; its host bits are cleared, and a bare address is a block of one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Prefix(IpNet);

impl Prefix {
    /// A block of the library's own type, of either family.
    pub(crate) fn from_net(net: IpNet) -> Prefix {
        Prefix(net.trunc())
    }

    /// The block of all addresses of a family.
    pub fn all(family: Family) -> Prefix {
        Prefix(match family {
            Family::V4 => IpNet::V4(Ipv4Net::default()),
            Family::V6 => IpNet::V6(Ipv6Net::default()),
        })
    }

    /// A block that is written with its length and host bits of zero, as routes name it.
    pub fn exact(text: &str) -> Result<Prefix, CidrError> {
        match text.contains(':') {
            true => text.parse::<Cidr6>().map(Prefix::from),
            false => text.parse::<Cidr>().map(Prefix::from),
        }
    }

    /// The first address.
    pub fn base(self) -> IpAddr {
        self.0.network()
    }

    /// The block, when it is one of IPv4.
    pub fn v4(self) -> Option<Cidr> {
        match self.0 {
            IpNet::V4(net) => Cidr::new(net.network(), net.prefix_len()).ok(),
            IpNet::V6(_) => None,
        }
    }

    /// The block, when it is one of IPv6.
    pub fn v6(self) -> Option<Cidr6> {
        match self.0 {
            IpNet::V6(net) => Cidr6::new(net.network(), net.prefix_len()).ok(),
            IpNet::V4(_) => None,
        }
    }

    /// Its family.
    pub fn family(self) -> Family {
        Family::of(self.0.network())
    }

    /// Whether the address lies inside.
    pub fn has(self, address: IpAddr) -> bool {
        self.0.contains(&address)
    }

    /// The length of its network part.
    pub fn length(self) -> u8 {
        self.0.prefix_len()
    }

    /// Whether the other lies inside, or is the same.
    pub fn holds(self, other: Prefix) -> bool {
        self.0.contains(&other.0)
    }

    /// Whether any address lies in both.
    pub fn overlaps(self, other: Prefix) -> bool {
        self.holds(other) || other.holds(self)
    }

    /// Whether it is a single address.
    pub fn is_one(self) -> bool {
        self.0.prefix_len() == self.0.max_prefix_len()
    }

    /// All its addresses.
    pub fn span(self) -> Span {
        Span {
            first: self.0.network(),
            last: self.0.broadcast(),
        }
    }
}

impl From<IpAddr> for Prefix {
    fn from(address: IpAddr) -> Prefix {
        Prefix(IpNet::from(address))
    }
}

impl fmt::Display for Prefix {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl FromStr for Prefix {
    type Err = CidrError;

    fn from_str(text: &str) -> Result<Self, CidrError> {
        let net = match text.split_once('/') {
            None => IpNet::from(text.parse::<IpAddr>().map_err(|_| CidrError::Syntax)?),
            Some((_, prefix)) => {
                // The parser beneath takes "+8" and "08", which are no prefixes on the wire.
                let plain = prefix.bytes().all(|b| b.is_ascii_digit());
                if !plain || (prefix.len() > 1 && prefix.starts_with('0')) {
                    return Err(CidrError::Syntax);
                }
                text.parse().map_err(|_| CidrError::Syntax)?
            }
        };
        Ok(Prefix(net.trunc()))
    }
}

impl TryFrom<String> for Prefix {
    type Error = CidrError;

    fn try_from(text: String) -> Result<Self, CidrError> {
        text.parse()
    }
}

impl From<Prefix> for String {
    fn from(prefix: Prefix) -> String {
        prefix.to_string()
    }
}

/// Addresses from the first to the last, both included, of one family.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Span {
    first: IpAddr,
    last: IpAddr,
}

impl Span {
    /// Its family.
    pub fn family(self) -> Family {
        Family::of(self.first)
    }

    /// The first address.
    pub fn first(self) -> IpAddr {
        self.first
    }

    /// The last address.
    pub fn last(self) -> IpAddr {
        self.last
    }

    /// Whether the address lies inside.
    pub fn has(self, address: IpAddr) -> bool {
        Family::of(address) == self.family() && (self.first..=self.last).contains(&address)
    }
}

impl From<IpAddr> for Span {
    fn from(address: IpAddr) -> Span {
        Span {
            first: address,
            last: address,
        }
    }
}

impl fmt::Display for Span {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.first == self.last {
            true => self.first.fmt(f),
            false => write!(f, "{}-{}", self.first, self.last),
        }
    }
}

impl TryFrom<String> for Span {
    type Error = CidrError;

    fn try_from(text: String) -> Result<Self, CidrError> {
        text.parse()
    }
}

impl From<Span> for String {
    fn from(span: Span) -> String {
        span.to_string()
    }
}

impl FromStr for Span {
    type Err = CidrError;

    /// An address, a block, or two addresses with a dash between them.
    fn from_str(text: &str) -> Result<Self, CidrError> {
        let Some((first, last)) = text.split_once('-') else {
            return text.parse::<Prefix>().map(Prefix::span);
        };
        let address = |text: &str| text.parse::<IpAddr>().map_err(|_| CidrError::Syntax);
        let (first, last) = (address(first)?, address(last)?);
        match Family::of(first) == Family::of(last) && first <= last {
            true => Ok(Span { first, last }),
            false => Err(CidrError::Syntax),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn prefixes_are_normal_and_know_their_family() {
        for (text, shown, family) in [
            ("10.0.0.7", "10.0.0.7/32", Family::V4),
            ("10.1.2.3/8", "10.0.0.0/8", Family::V4),
            ("0.0.0.0/0", "0.0.0.0/0", Family::V4),
            ("FE80::1", "fe80::1/128", Family::V6),
            ("::/0", "::/0", Family::V6),
        ] {
            let prefix: Prefix = text.parse().unwrap();
            assert_eq!(
                (prefix.to_string().as_str(), prefix.family()),
                (shown, family)
            );
        }
        for text in [
            "",
            "10.0.0.0/33",
            "10.0.0.0/+8",
            "10.0.0.0/08",
            "10.0.0/8",
            "a",
        ] {
            assert!(text.parse::<Prefix>().is_err(), "{text}");
        }
        let prefix: Prefix = "10.0.0.0/8".parse().unwrap();
        assert!(prefix.has("10.255.0.1".parse().unwrap()) && !prefix.is_one());
        assert!(!prefix.has("::1".parse().unwrap()));
    }

    #[test]
    fn exact_blocks_are_those_that_need_no_repair() {
        for text in ["10.0.0.0/8", "0.0.0.0/0", "2001:db8::/32", "::/0"] {
            let block = Prefix::exact(text).unwrap();
            assert_eq!(
                (block.to_string().as_str(), block),
                (text, text.parse().unwrap())
            );
        }
        for text in [
            "10.0.0.0",
            "10.1.2.3/8",
            "2001:db8::1",
            "2001:db8::1/64",
            ":/0",
            "",
        ] {
            assert!(Prefix::exact(text).is_err(), "{text}");
        }
    }

    #[test]
    fn spans_are_addresses_blocks_or_ranges() {
        let span: Span = "192.168.1.5-192.168.1.9".parse().unwrap();
        assert!(
            span.has("192.168.1.9".parse().unwrap()) && !span.has("192.168.1.10".parse().unwrap())
        );
        assert_eq!("10.0.0.0/31".parse::<Span>(), "10.0.0.0-10.0.0.1".parse());
        assert_eq!("10.0.0.1".parse::<Span>(), "10.0.0.1/32".parse());
        for text in ["10.0.0.1", "10.0.0.2-10.0.0.9", "2001:db8::-2001:db8::f"] {
            assert_eq!(text.parse::<Span>().unwrap().to_string(), text);
        }
        for text in [
            "10.0.0.2-10.0.0.1",
            "10.0.0.1-::1",
            "10.0.0.1-",
            "-",
            "10.0.0.0/8-10.0.0.1",
        ] {
            assert!(text.parse::<Span>().is_err(), "{text}");
        }
    }
}
