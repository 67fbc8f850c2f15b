//! IPv4 CIDR blocks whose host bits are zero.

use std::fmt;
use std::net::{IpAddr, Ipv4Addr};
use std::str::FromStr;

use ipnet::Ipv4Net;
use serde::{Deserialize, Serialize};

use crate::prefix::Prefix;
use crate::range::Range;

/// An IPv4 block such as `10.0.0.0/8`; its host bits are always zero.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Cidr(Ipv4Net);

/// Why a text is not a CIDR block.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CidrError {
    /// Not of the form `a.b.c.d/len`.
    Syntax,
    /// Bits below the prefix are set, as in `10.0.0.1/8`.
    HostBits,
}

impl fmt::Display for CidrError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            CidrError::Syntax => "not a CIDR block",
            CidrError::HostBits => "host bits are set",
        })
    }
}

impl std::error::Error for CidrError {}

impl Cidr {
    /// A block from its first address and prefix length (0..=32).
    pub fn new(base: Ipv4Addr, prefix: u8) -> Result<Self, CidrError> {
        let net = Ipv4Net::new(base, prefix).map_err(|_| CidrError::Syntax)?;
        if net.trunc() != net {
            return Err(CidrError::HostBits);
        }
        Ok(Cidr(net))
    }

    /// The first address.
    pub fn base(self) -> Ipv4Addr {
        self.0.network()
    }

    /// The last address.
    pub fn last(self) -> Ipv4Addr {
        self.0.broadcast()
    }

    /// Prefix length in bits.
    pub fn prefix(self) -> u8 {
        self.0.prefix_len()
    }

    /// Number of addresses, the first and last included.
    pub fn size(self) -> u64 {
        1u64 << (32 - u32::from(self.prefix()))
    }

    /// Whether `other` lies inside this block (a block holds itself).
    pub fn holds(self, other: Cidr) -> bool {
        self.0.contains(&other.0)
    }

    /// Whether the address lies inside this block.
    pub fn has(self, address: Ipv4Addr) -> bool {
        self.0.contains(&address)
    }

    /// Whether an address of either family lies inside this block: one of IPv6 never does.
    pub fn has_ip(self, address: IpAddr) -> bool {
        matches!(address, IpAddr::V4(address) if self.has(address))
    }

    /// Whether the two blocks share an address.
    pub fn overlaps(self, other: Cidr) -> bool {
        self.holds(other) || other.holds(self)
    }

    /// All its addresses as an inclusive range.
    pub fn range(self) -> Range {
        Range::new(self.base(), self.last())
    }

    /// The address `offset` after the first one, when inside the block.
    pub fn nth(self, offset: u32) -> Option<Ipv4Addr> {
        let address = Ipv4Addr::from(u32::from(self.base()).checked_add(offset)?);
        self.has(address).then_some(address)
    }

    /// The address `offset` before the last one, when inside the block.
    pub fn nth_back(self, offset: u32) -> Option<Ipv4Addr> {
        let address = Ipv4Addr::from(u32::from(self.last()).checked_sub(offset)?);
        self.has(address).then_some(address)
    }
}

impl fmt::Display for Cidr {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl FromStr for Cidr {
    type Err = CidrError;

    fn from_str(text: &str) -> Result<Self, CidrError> {
        let (base, prefix) = text.split_once('/').ok_or(CidrError::Syntax)?;
        // `u8::from_str` accepts "+8", "08" keeps its value: neither is a prefix on the wire.
        if prefix.is_empty() || prefix.len() > 2 || !prefix.bytes().all(|b| b.is_ascii_digit()) {
            return Err(CidrError::Syntax);
        }
        if prefix.len() == 2 && prefix.starts_with('0') {
            return Err(CidrError::Syntax);
        }
        let base = base.parse().map_err(|_| CidrError::Syntax)?;
        Cidr::new(base, prefix.parse().map_err(|_| CidrError::Syntax)?)
    }
}

impl TryFrom<String> for Cidr {
    type Error = CidrError;

    fn try_from(text: String) -> Result<Self, CidrError> {
        text.parse()
    }
}

impl From<Cidr> for Prefix {
    fn from(cidr: Cidr) -> Prefix {
        Prefix::from_net(cidr.0.into())
    }
}

impl From<Cidr> for String {
    fn from(cidr: Cidr) -> String {
        cidr.to_string()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn cidr(text: &str) -> Cidr {
        text.parse().unwrap()
    }

    #[test]
    fn host_bits_and_rubbish_are_refused() {
        assert_eq!("10.0.0.1/8".parse::<Cidr>(), Err(CidrError::HostBits));
        for text in [
            "",
            "10.0.0.0",
            "10.0.0.0/",
            "10.0.0.0/33",
            "10.0.0.0/+8",
            "10.0.0.0/08",
            "10.0.0/8",
            "::/0",
        ] {
            assert_eq!(text.parse::<Cidr>(), Err(CidrError::Syntax), "{text}");
        }
    }

    #[test]
    fn containment_and_overlap() {
        assert!(cidr("10.0.0.0/8").holds(cidr("10.1.0.0/16")));
        assert!(!cidr("10.1.0.0/16").holds(cidr("10.0.0.0/8")));
        assert!(cidr("10.1.0.0/16").overlaps(cidr("10.0.0.0/8")));
        assert!(!cidr("10.0.0.0/24").overlaps(cidr("10.0.1.0/24")));
        assert_eq!(cidr("10.0.0.0/24").nth(1), Some(Ipv4Addr::new(10, 0, 0, 1)));
        assert_eq!(cidr("10.0.0.0/24").nth(256), None);
        assert_eq!(
            cidr("10.0.0.0/24").nth_back(1),
            Some(Ipv4Addr::new(10, 0, 0, 254))
        );
        assert_eq!(cidr("0.0.0.0/0").size(), 1 << 32);
    }

    proptest! {
        #[test]
        fn parses_what_it_prints(base: u32, prefix in 0u8..=32) {
            let net = Ipv4Net::new(base.into(), prefix).unwrap().trunc();
            let cidr = Cidr::new(net.network(), prefix).unwrap();
            prop_assert_eq!(cidr.to_string().parse::<Cidr>(), Ok(cidr));
            prop_assert_eq!(cidr.range().size(), cidr.size());
        }

        #[test]
        fn any_text_is_judged_without_panic(text: String) {
            let _ = text.parse::<Cidr>();
        }
    }
}
