//! Addresses as rules write them: one, a block, or a range, of either version.

use std::net::{Ipv4Addr, Ipv6Addr};

use serde::{Deserialize, Serialize};
use vpcd_net::{Cidr, Range};

/// Addresses of one version.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub enum Block {
    /// A range of IPv4 addresses.
    V4(Range),
    /// IPv6 addresses, as they were written: no IPv4 packet meets them.
    V6(String),
}

impl Block {
    /// Every IPv4 address.
    pub const EVERY: Block = Block::V4(Range {
        first: Ipv4Addr::UNSPECIFIED,
        last: Ipv4Addr::BROADCAST,
    });

    /// `10.0.0.1`, `10.0.0.0/8`, `10.0.0.1-10.0.0.9` or IPv6. Host bits are passed over: `1.1.1.1/0` is everything.
    pub fn parse(text: &str) -> Option<Block> {
        let text = text.trim();
        if text.contains(':') {
            let first = text.split(['/', '-']).next().unwrap_or_default();
            return first
                .parse::<Ipv6Addr>()
                .ok()
                .map(|_| Block::V6(text.to_owned()));
        }
        if let Some((first, last)) = text.split_once('-') {
            let (first, last): (Ipv4Addr, Ipv4Addr) =
                (first.trim().parse().ok()?, last.trim().parse().ok()?);
            return (first <= last).then(|| Block::V4(Range::new(first, last)));
        }
        match text.split_once('/') {
            Some((base, prefix)) => {
                trimmed(base.parse().ok()?, prefix.parse().ok()?).map(Block::V4)
            }
            None => text.parse().ok().map(Block::of),
        }
    }

    /// One address.
    pub fn of(address: Ipv4Addr) -> Block {
        Block::V4(Range::new(address, address))
    }

    /// Whether the address is among them.
    pub fn has(&self, address: Ipv4Addr) -> bool {
        matches!(self, Block::V4(range) if range.has(address))
    }

    /// Whether it is this one address.
    pub fn is(&self, address: Ipv4Addr) -> bool {
        matches!(self, Block::V4(range) if range.first == address && range.last == address)
    }
}

/// The block of that prefix around an address.
fn trimmed(address: Ipv4Addr, prefix: u8) -> Option<Range> {
    let mask = match prefix {
        0 => 0,
        1..=32 => u32::MAX << (32 - prefix),
        _ => return None,
    };
    let base = Ipv4Addr::from(u32::from(address) & mask);
    Cidr::new(base, prefix).ok().map(Cidr::range)
}

/// A range in the shortest words.
fn spread(range: Range) -> String {
    let prefix = 32 - u8::try_from(range.size().ilog2()).unwrap_or(32);
    match trimmed(range.first, prefix) {
        Some(block) if block == range => format!("{}/{prefix}", range.first),
        _ => format!("{}-{}", range.first, range.last),
    }
}

impl From<Cidr> for Block {
    fn from(cidr: Cidr) -> Block {
        Block::V4(cidr.range())
    }
}

impl TryFrom<String> for Block {
    type Error = String;

    fn try_from(text: String) -> Result<Block, String> {
        Block::parse(&text).ok_or_else(|| format!("{text:?} names no addresses"))
    }
}

impl From<Block> for String {
    fn from(block: Block) -> String {
        match block {
            Block::V4(range) => spread(range),
            Block::V6(text) => text,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn all_the_ways_to_write_addresses_are_read() {
        for (text, canonical) in [
            ("10.0.0.1", "10.0.0.1/32"),
            ("10.1.2.3/8", "10.0.0.0/8"),
            ("1.1.1.1/0", "0.0.0.0/0"),
            ("10.0.0.1-10.0.0.9", "10.0.0.1-10.0.0.9"),
            ("10.0.0.0-10.0.0.255", "10.0.0.0/24"),
            ("2001:db8::/64", "2001:db8::/64"),
        ] {
            let block = Block::parse(text).unwrap();
            assert_eq!(String::from(block), canonical, "{text}");
        }
        for text in ["", "10.0.0", "10.0.0.0/33", "10.0.0.9-10.0.0.1", "x:y", "-"] {
            assert_eq!(Block::parse(text), None, "{text}");
        }
    }

    proptest! {
        #[test]
        fn reads_what_it_writes(a: u32, b: u32) {
            let block = Block::V4(Range::new(a.into(), b.into()));
            prop_assert_eq!(Block::parse(&String::from(block.clone())), Some(block));
        }

        #[test]
        fn any_text_is_judged_without_panic(text: String) {
            let _ = Block::parse(&text);
        }
    }
}
