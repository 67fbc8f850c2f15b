//! Blocks of IPv6: a large one is handed out in parts of one size, each to one holder.
//!
//! The parts are numbered, and the numbers are handed out like the addresses of a [`Space`]: the lowest free one first,
//! nothing twice, at the cost of the ranges touched.

use std::net::{Ipv4Addr, Ipv6Addr};

use vpcd_net::{Cidr6, Range};
use vpcd_store::claim;

use super::Space;
use crate::fault::Fault;
use crate::tx::Tx;

/// A block with its parts.
#[derive(Clone, Debug)]
pub struct Blocks {
    whole: Cidr6,
    prefix: u8,
    space: Space,
}

impl Blocks {
    /// The parts of that prefix length of a block; the name tells it from others.
    pub fn new(name: &str, whole: Cidr6, prefix: u8) -> Blocks {
        Blocks {
            whole,
            prefix,
            space: Space::new(&format!("blocks/{name}")),
        }
    }

    /// Declares all parts free; there are at most 2^32.
    pub fn offer(&self, tx: &mut Tx<'_>) -> Result<(), Fault> {
        let bits = u32::from(self.prefix.saturating_sub(self.whole.prefix()));
        let last = u32::MAX.checked_shr(32_u32.saturating_sub(bits));
        let last = Ipv4Addr::from(last.unwrap_or(0));
        self.space
            .offer(tx, Range::new(Ipv4Addr::UNSPECIFIED, last))
    }

    /// Takes the lowest free part for `owner`.
    pub fn take(&self, tx: &mut Tx<'_>, owner: &str) -> Result<Cidr6, Fault> {
        let number = self.space.take_any(tx, owner)?;
        let part = self.whole.part(self.prefix, u32::from(number));
        part.ok_or_else(|| Fault::AddressesExhausted {
            space: self.space.name.clone(),
            free: 0,
            need: 1,
        })
    }

    /// Who has the part that an address is in.
    pub fn holder(&self, tx: &mut Tx<'_>, address: Ipv6Addr) -> Result<Option<String>, Fault> {
        let part = Cidr6::around(address, self.prefix);
        match part.and_then(|part| self.whole.position(part)) {
            Some(number) => self.space.holder(tx, Ipv4Addr::from(number)),
            None => Ok(None),
        }
    }

    /// Gives a part back.
    pub fn release(&self, tx: &mut Tx<'_>, part: Cidr6) -> Result<(), Fault> {
        match self.whole.position(part) {
            Some(number) => self.space.release(tx, Ipv4Addr::from(number)),
            None => Ok(()),
        }
    }

    /// Whether any part is held.
    pub fn is_used(&self, tx: &mut Tx<'_>) -> Result<bool, Fault> {
        Ok(!claim::list(tx.rows(), &self.space.held, None, 1)?.is_empty())
    }

    /// Number of free parts.
    pub fn free(&self, tx: &mut Tx<'_>) -> Result<u64, Fault> {
        self.space.free(tx)
    }

    /// Forgets the free parts, with the block itself.
    pub fn drop(&self, tx: &mut Tx<'_>) -> Result<(), Fault> {
        self.space.drop(tx)
    }

    /// Counts the free parts anew.
    pub fn recount(&self, tx: &mut Tx<'_>) -> Result<(), Fault> {
        self.space.recount(tx)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_are_handed_out_once_and_again_when_they_are_free() {
        let store = vpcd_store::Store::ephemeral().unwrap();
        let result: Result<(), Fault> = store.write("test", |rows| {
            let mut tx = Tx::new(rows, true, Default::default());
            let tx = &mut tx;
            let whole = "2001:db8::/62".parse().unwrap();
            let blocks = Blocks::new("t", whole, 64);
            blocks.offer(tx)?;
            let taken: Vec<String> = (0..4)
                .map(|n| blocks.take(tx, &n.to_string()).unwrap().to_string())
                .collect();
            assert_eq!(
                taken,
                [
                    "2001:db8::/64",
                    "2001:db8:0:1::/64",
                    "2001:db8:0:2::/64",
                    "2001:db8:0:3::/64"
                ]
            );
            assert!(matches!(
                blocks.take(tx, "x"),
                Err(Fault::AddressesExhausted { .. })
            ));
            let second: Cidr6 = taken[1].parse().unwrap();
            blocks.release(tx, second)?;
            assert_eq!((blocks.free(tx)?, blocks.is_used(tx)?), (1, true));
            assert_eq!(blocks.take(tx, "y")?, second);
            Ok(())
        });
        result.unwrap();
    }

    #[test]
    fn a_block_may_be_its_only_part() {
        let store = vpcd_store::Store::ephemeral().unwrap();
        let result: Result<(), Fault> = store.write("test", |rows| {
            let mut tx = Tx::new(rows, true, Default::default());
            let whole = "2001:db8::/56".parse().unwrap();
            let blocks = Blocks::new("t", whole, 56);
            blocks.offer(&mut tx)?;
            assert_eq!(blocks.take(&mut tx, "a")?, whole);
            assert!(blocks.take(&mut tx, "b").is_err());
            Ok(())
        });
        result.unwrap();
    }
}
