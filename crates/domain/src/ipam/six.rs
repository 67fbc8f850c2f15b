//! The IPv6 addresses of a subnet: far too many for ranges of free ones, so an address is drawn and claimed.
//!
//! A drawn address is taken with a chance of one in 2^64 per address held; then another one is drawn. Taking and giving
//! back cost one claim each, whatever is held.

use std::net::Ipv6Addr;

use vpcd_net::Cidr6;
use vpcd_store::claim;

use crate::context::Ids;
use crate::fault::Fault;
use crate::tx::Tx;

/// Addresses at the start of a block that the platform keeps: the routers' and the gateway's.
const RESERVED: u128 = 2;

/// How often it is drawn before the block counts as full.
const DRAWS: u32 = 64;

/// The addresses of a block, such as those of `subnet/<id>`.
#[derive(Clone, Debug)]
pub struct Space6 {
    whole: Cidr6,
    held: String,
    kept: String,
}

impl Space6 {
    /// The addresses of that block; they are unique within the name.
    pub fn new(name: &str, whole: Cidr6) -> Space6 {
        Space6 {
            whole,
            held: format!("ip6/{name}"),
            kept: format!("kept6-blocks/{name}"),
        }
    }

    /// Takes a free address for `owner`; blocks that are kept back are passed over.
    pub fn take_any(&self, tx: &mut Tx<'_>, ids: &mut Ids, owner: &str) -> Result<Ipv6Addr, Fault> {
        // Where half of the block is kept back, the second draw finds what is not.
        for _ in 0..DRAWS {
            let drawn = self.whole.with_host(draw(ids));
            if !self.is_reserved(drawn)
                && self.kept_around(tx, drawn)?.is_none()
                && claim::take(tx.rows(), &self.held, &key(drawn), owner)?
            {
                return Ok(drawn);
            }
        }
        Err(Fault::AddressesExhausted {
            space: self.held.trim_start_matches("ip6/").to_owned(),
            free: 0,
            need: 1,
        })
    }

    /// Takes this address for `owner`, whether or not it is in a block that is kept back.
    pub fn take(&self, tx: &mut Tx<'_>, wanted: Ipv6Addr, owner: &str) -> Result<(), Fault> {
        let address = wanted.into();
        if !self.whole.has(wanted) {
            let space = self.held.trim_start_matches("ip6/subnet/").to_owned();
            return Err(Fault::AddressOutside { address, space });
        }
        if self.is_reserved(wanted) {
            return Err(Fault::AddressReserved { address });
        }
        match claim::take(tx.rows(), &self.held, &key(wanted), owner)? {
            true => Ok(()),
            false => Err(Fault::AddressTaken { address }),
        }
    }

    /// Gives an address back.
    pub fn release(&self, tx: &mut Tx<'_>, freed: Ipv6Addr) -> Result<(), Fault> {
        claim::release(tx.rows(), &self.held, &key(freed))?;
        Ok(())
    }

    /// Who holds the address.
    pub fn holder(&self, tx: &mut Tx<'_>, address: Ipv6Addr) -> Result<Option<String>, Fault> {
        Ok(claim::holder(tx.rows(), &self.held, &key(address))?)
    }

    /// Whether any address is held or kept back.
    pub fn is_used(&self, tx: &mut Tx<'_>) -> Result<bool, Fault> {
        for space in [&self.held, &self.kept] {
            if !claim::list(tx.rows(), space, None, 1)?.is_empty() {
                return Ok(true);
            }
        }
        Ok(false)
    }

    /// Keeps a block back; the block, when it overlaps one that is kept already. What is held in it stays held.
    pub fn keep(&self, tx: &mut Tx<'_>, block: Cidr6) -> Result<Option<Cidr6>, Fault> {
        if let Some(other) = self.clash(tx, block)? {
            return Ok(Some(other));
        }
        let (first, text) = (key(block.base()), block.to_string());
        claim::take(tx.rows(), &self.kept, &first, &text)?;
        Ok(None)
    }

    /// Gives a block that was kept back to everybody.
    pub fn let_go(&self, tx: &mut Tx<'_>, block: Cidr6) -> Result<(), Fault> {
        claim::release(tx.rows(), &self.kept, &key(block.base()))?;
        Ok(())
    }

    /// A block of that prefix in which nothing is held or kept back.
    pub fn room(&self, tx: &mut Tx<'_>, ids: &mut Ids, prefix: u8) -> Result<Option<Cidr6>, Fault> {
        for _ in 0..DRAWS {
            let Some(block) = Cidr6::around(self.whole.with_host(draw(ids)), prefix) else {
                return Ok(None);
            };
            let held = claim::ceiling(tx.rows(), &self.held, &key(block.base()))?;
            let empty = held.is_none_or(|row| row.key > key(block.last()));
            if empty && self.clash(tx, block)?.is_none() {
                return Ok(Some(block));
            }
        }
        Ok(None)
    }

    /// Forgets everything, with the block itself.
    pub fn drop(&self, tx: &mut Tx<'_>) -> Result<(), Fault> {
        claim::clear(tx.rows(), &self.held)?;
        Ok(claim::clear(tx.rows(), &self.kept)?)
    }

    /// A block that is kept back and overlaps this one.
    fn clash(&self, tx: &mut Tx<'_>, block: Cidr6) -> Result<Option<Cidr6>, Fault> {
        if let Some(other) = self.kept_around(tx, block.base())? {
            return Ok(Some(other));
        }
        let next = claim::ceiling(tx.rows(), &self.kept, &key(block.base()))?;
        let other = next.and_then(|row| row.owner.parse::<Cidr6>().ok());
        Ok(other.filter(|other| other.overlaps(block)))
    }

    fn is_reserved(&self, address: Ipv6Addr) -> bool {
        u128::from(address) - u128::from(self.whole.base()) < RESERVED
    }

    /// The block that is kept back and that an address is in.
    fn kept_around(&self, tx: &mut Tx<'_>, address: Ipv6Addr) -> Result<Option<Cidr6>, Fault> {
        let below = claim::floor(tx.rows(), &self.kept, &key(address))?;
        let block = below.and_then(|row| row.owner.parse::<Cidr6>().ok());
        Ok(block.filter(|block| block.has(address)))
    }
}

/// A number of 128 bits.
fn draw(ids: &mut Ids) -> u128 {
    (0..4).fold(0, |host, _| host << 32 | u128::from(ids.number()))
}

/// The sortable key of an address: 32 hex digits.
fn key(address: Ipv6Addr) -> String {
    format!("{:032x}", u128::from(address))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn run(test: impl Fn(&mut Tx<'_>, &mut Ids) -> Result<(), Fault> + Send + 'static) {
        let store = vpcd_store::Store::ephemeral().unwrap();
        let result: Result<(), Fault> = store.write("test", move |rows| {
            let mut tx = Tx::new(rows, true, Default::default());
            test(&mut tx, &mut Ids::new([7; 32]))
        });
        result.unwrap();
    }

    fn ip(text: &str) -> Ipv6Addr {
        text.parse().unwrap()
    }

    #[test]
    fn an_address_is_held_once() {
        run(|tx, ids| {
            let space = Space6::new("subnet/s", "2001:db8::/64".parse().unwrap());
            let drawn = space.take_any(tx, ids, "a")?;
            assert!(drawn.to_string().starts_with("2001:db8::") && drawn != ip("2001:db8::"));
            let taken = Fault::AddressTaken {
                address: drawn.into(),
            };
            assert_eq!(space.take(tx, drawn, "b"), Err(taken));
            assert_eq!(space.holder(tx, drawn)?.as_deref(), Some("a"));
            space.release(tx, drawn)?;
            space.take(tx, drawn, "b")?;
            assert!(space.is_used(tx)?);
            let reserved = |it: Result<(), Fault>| matches!(it, Err(Fault::AddressReserved { .. }));
            assert!(reserved(space.take(tx, ip("2001:db8::"), "b")));
            assert!(reserved(space.take(tx, ip("2001:db8::1"), "b")));
            space.take(tx, ip("2001:db8::2"), "b")?;
            let outside = space.take(tx, ip("2001:db8:0:1::2"), "b");
            assert!(matches!(outside, Err(Fault::AddressOutside { .. })));
            Ok(())
        });
    }

    /// Small blocks, so that draws meet what is taken and what is kept back.
    #[test]
    fn what_is_kept_or_taken_is_never_drawn() {
        run(|tx, ids| {
            let space = Space6::new("subnet/s", "2001:db8::/124".parse().unwrap());
            let block: Cidr6 = "2001:db8::8/125".parse().unwrap();
            assert_eq!(space.keep(tx, block)?, None);
            let inside = "2001:db8::c/126".parse().unwrap();
            assert_eq!(space.keep(tx, inside)?, Some(block));
            let around = "2001:db8::/124".parse().unwrap();
            assert_eq!(space.keep(tx, around)?, Some(block));
            let mut drawn: Vec<Ipv6Addr> = Vec::new();
            while let Ok(address) = space.take_any(tx, ids, "a") {
                assert!(!drawn.contains(&address) && !block.has(address));
                drawn.push(address);
            }
            assert!(drawn.len() <= 6, "{drawn:?}");
            space.take(tx, ip("2001:db8::9"), "b")?;
            space.let_go(tx, block)?;
            assert!(block.has(space.take_any(tx, ids, "a")?));
            Ok(())
        });
    }
}
