//! Inclusive ranges of IPv4 addresses: the free space of a subnet or of an address pool is a set of these.

use std::net::Ipv4Addr;

/// Addresses `first..=last`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Range {
    /// Lowest address.
    pub first: Ipv4Addr,
    /// Highest address, not below `first`.
    pub last: Ipv4Addr,
}

impl Range {
    /// A range of at least one address; the bounds are put in order.
    pub fn new(a: Ipv4Addr, b: Ipv4Addr) -> Self {
        Range {
            first: a.min(b),
            last: a.max(b),
        }
    }

    /// Number of addresses.
    pub fn size(self) -> u64 {
        u64::from(u32::from(self.last)) - u64::from(u32::from(self.first)) + 1
    }

    /// Whether the address lies inside.
    pub fn has(self, address: Ipv4Addr) -> bool {
        self.first <= address && address <= self.last
    }

    /// What is left on either side once `address`, which lies inside, is taken out.
    pub fn without(self, address: Ipv4Addr) -> (Option<Range>, Option<Range>) {
        let before = before(address)
            .filter(|a| *a >= self.first)
            .map(|a| Range::new(self.first, a));
        let after = after(address)
            .filter(|a| *a <= self.last)
            .map(|a| Range::new(a, self.last));
        (before, after)
    }
}

/// The next lower address.
pub fn before(address: Ipv4Addr) -> Option<Ipv4Addr> {
    u32::from(address).checked_sub(1).map(Ipv4Addr::from)
}

/// The next higher address.
pub fn after(address: Ipv4Addr) -> Option<Ipv4Addr> {
    u32::from(address).checked_add(1).map(Ipv4Addr::from)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn taking_one_out_loses_exactly_one(a: u32, b: u32, pick: u32) {
            let range = Range::new(a.into(), b.into());
            let offset = u64::from(pick) % range.size();
            let address = Ipv4Addr::from(u32::from(range.first) + u32::try_from(offset).unwrap());
            let (low, high) = range.without(address);
            let left = low.map_or(0, Range::size) + high.map_or(0, Range::size);
            prop_assert_eq!(left + 1, range.size());
            prop_assert!(!low.is_some_and(|r| r.has(address)) && !high.is_some_and(|r| r.has(address)));
        }
    }
}
