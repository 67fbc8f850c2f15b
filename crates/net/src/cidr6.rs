//! IPv6 CIDR blocks whose host bits are zero.

use std::fmt;
use std::net::Ipv6Addr;
use std::str::FromStr;

use ipnet::Ipv6Net;
use serde::{Deserialize, Serialize};

use crate::cidr::CidrError;
use crate::prefix::Prefix;

/// An IPv6 block such as `2001:db8::/32`; its host bits are always zero.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Cidr6(Ipv6Net);

impl Cidr6 {
    /// A block from its first address and prefix length (0..=128).
    pub fn new(base: Ipv6Addr, prefix: u8) -> Result<Self, CidrError> {
        let net = Ipv6Net::new(base, prefix).map_err(|_| CidrError::Syntax)?;
        if net.trunc() != net {
            return Err(CidrError::HostBits);
        }
        Ok(Cidr6(net))
    }

    /// The block of that prefix length that an address is in.
    pub fn around(address: Ipv6Addr, prefix: u8) -> Option<Self> {
        Some(Cidr6(Ipv6Net::new(address, prefix).ok()?.trunc()))
    }

    /// The first address.
    pub fn base(self) -> Ipv6Addr {
        self.0.network()
    }

    /// The last address.
    pub fn last(self) -> Ipv6Addr {
        self.0.broadcast()
    }

    /// Prefix length in bits.
    pub fn prefix(self) -> u8 {
        self.0.prefix_len()
    }

    /// Whether `other` lies inside this block (a block holds itself).
    pub fn holds(self, other: Cidr6) -> bool {
        self.0.contains(&other.0)
    }

    /// Whether the address lies inside this block.
    pub fn has(self, address: Ipv6Addr) -> bool {
        self.0.contains(&address)
    }

    /// Whether the two blocks share an address.
    pub fn overlaps(self, other: Cidr6) -> bool {
        self.holds(other) || other.holds(self)
    }

    /// The address `offset` after the first one, when inside the block.
    pub fn nth(self, offset: u128) -> Option<Ipv6Addr> {
        let address = Ipv6Addr::from(u128::from(self.base()).checked_add(offset)?);
        self.has(address).then_some(address)
    }

    /// The address of this block with the low bits of `host`.
    pub fn with_host(self, host: u128) -> Ipv6Addr {
        Ipv6Addr::from(u128::from(self.base()) | (host & !u128::from(self.0.netmask())))
    }

    /// The part of that prefix length at a position, counted from 0.
    pub fn part(self, prefix: u8, position: u32) -> Option<Cidr6> {
        let shift = 128_u32.checked_sub(u32::from(prefix))?;
        let offset = match position {
            0 => 0,
            position => u128::from(position).checked_mul(1_u128.checked_shl(shift)?)?,
        };
        Cidr6::new(self.nth(offset)?, prefix).ok()
    }

    /// The position of a part of this block, the inverse of [`Cidr6::part`].
    pub fn position(self, part: Cidr6) -> Option<u32> {
        let shift = 128 - u32::from(part.prefix());
        let offset = u128::from(part.base()).checked_sub(u128::from(self.base()))?;
        match self.holds(part) {
            true => u32::try_from(offset.checked_shr(shift).unwrap_or(0)).ok(),
            false => None,
        }
    }
}

impl fmt::Display for Cidr6 {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl FromStr for Cidr6 {
    type Err = CidrError;

    fn from_str(text: &str) -> Result<Self, CidrError> {
        let (base, prefix) = text.split_once('/').ok_or(CidrError::Syntax)?;
        // The parser beneath takes "+8" and "08", which are no prefixes on the wire.
        let plain = (1..=3).contains(&prefix.len()) && prefix.bytes().all(|b| b.is_ascii_digit());
        if !plain || (prefix.len() > 1 && prefix.starts_with('0')) {
            return Err(CidrError::Syntax);
        }
        let base = base.parse().map_err(|_| CidrError::Syntax)?;
        Cidr6::new(base, prefix.parse().map_err(|_| CidrError::Syntax)?)
    }
}

impl TryFrom<String> for Cidr6 {
    type Error = CidrError;

    fn try_from(text: String) -> Result<Self, CidrError> {
        text.parse()
    }
}

impl From<Cidr6> for String {
    fn from(cidr: Cidr6) -> String {
        cidr.to_string()
    }
}

impl From<Cidr6> for Prefix {
    fn from(cidr: Cidr6) -> Prefix {
        Prefix::from_net(cidr.0.into())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn cidr(text: &str) -> Cidr6 {
        text.parse().unwrap()
    }

    #[test]
    fn host_bits_and_rubbish_are_refused() {
        assert_eq!("2001:db8::1/64".parse::<Cidr6>(), Err(CidrError::HostBits));
        for text in [
            "",
            "::",
            "::/",
            "::/129",
            "::/+8",
            "::/08",
            "10.0.0.0/8",
            "g::/8",
        ] {
            assert_eq!(text.parse::<Cidr6>(), Err(CidrError::Syntax), "{text}");
        }
        assert_eq!(
            cidr("2001:DB8:0:0::/64"),
            Cidr6::new("2001:db8::".parse().unwrap(), 64).unwrap()
        );
        assert_eq!(cidr("2001:db8:0:1::/64").to_string(), "2001:db8:0:1::/64");
    }

    #[test]
    fn parts_have_positions() {
        let whole = cidr("2001:db8::/32");
        assert_eq!(whole.part(56, 0), Some(cidr("2001:db8::/56")));
        assert_eq!(whole.part(56, 3), Some(cidr("2001:db8:0:300::/56")));
        assert_eq!(whole.part(56, 1 << 24), None);
        assert_eq!(
            whole.part(32, 0).map(|it| whole.position(it)),
            Some(Some(0))
        );
        assert_eq!(whole.position(cidr("2001:db9::/56")), None);
        assert_eq!(whole.position(cidr("2000::/8")), None);
        let all = cidr("::/0");
        assert_eq!(all.part(0, 0).and_then(|it| all.position(it)), Some(0));
        assert_eq!(
            cidr("2001:db8::/64").with_host(u128::MAX).to_string(),
            "2001:db8::ffff:ffff:ffff:ffff"
        );
    }

    proptest! {
        #[test]
        fn a_part_is_at_its_position(position in 0_u32..1 << 24) {
            let whole = cidr("2001:db8::/32");
            let part = whole.part(56, position).unwrap();
            prop_assert!(whole.holds(part));
            prop_assert_eq!(whole.position(part), Some(position));
        }

        #[test]
        fn any_text_is_judged_without_panic(text: String) {
            let _ = text.parse::<Cidr6>();
        }
    }
}
