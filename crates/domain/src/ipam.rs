//! Addresses: who holds which, and what is free.
//!
//! A space (a subnet, a pool) keeps its free addresses as disjoint ranges, one claim each, and a tally of them, so that
//! taking and giving back cost the ranges touched and counting costs one row, never the number of addresses held or of
//! ranges left. The address itself is a claim with a primary key: that nobody holds an address twice is the database's
//! job.

mod blocks;
mod kept;
mod six;

use std::net::Ipv4Addr;

use vpcd_net::Range;
use vpcd_net::range::{after, before};
use vpcd_store::claim::{self, Claim};
use vpcd_store::tally;

use crate::fault::Fault;
use crate::tx::Tx;

pub use blocks::Blocks;
pub use six::Space6;

/// What the tally of a space counts: its free addresses.
const FREE: &str = "free_address";
/// Those of them that are kept back.
const KEPT: &str = "kept_address";

/// How many addresses of a space are free.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Free {
    /// All of them.
    pub all: u64,
    /// Those that are kept back for who asks for them by name.
    pub kept: u64,
}

/// An address space with its free ranges, such as `subnet/<id>` or `pool/<name>`.
#[derive(Clone, Debug)]
pub struct Space {
    name: String,
    free: String,
    kept: String,
    blocks: String,
    held: String,
}

impl Space {
    /// The space of that name; addresses taken from it are unique within it.
    pub fn new(name: &str) -> Space {
        Space {
            name: name.to_owned(),
            free: format!("free/{name}"),
            kept: format!("kept/{name}"),
            blocks: format!("kept-blocks/{name}"),
            held: format!("ip/{name}"),
        }
    }

    /// A space whose addresses are unique over all spaces that share `unique`, as public addresses are.
    pub fn shared(name: &str, unique: &str) -> Space {
        Space {
            held: format!("ip/{unique}"),
            ..Space::new(name)
        }
    }

    /// Declares addresses free.
    pub fn offer(&self, tx: &mut Tx<'_>, range: Range) -> Result<(), Fault> {
        store(tx, &self.free, range)?;
        self.tally(tx, size(range))
    }

    /// Takes the lowest free address for `owner`.
    pub fn take_any(&self, tx: &mut Tx<'_>, owner: &str) -> Result<Ipv4Addr, Fault> {
        let Some(row) = claim::list(tx.rows(), &self.free, None, 1)?
            .into_iter()
            .next()
        else {
            return Err(Fault::AddressesExhausted {
                space: self.name.clone(),
                free: 0,
                need: 1,
            });
        };
        let range = Range::new(address(&row.key), address(&row.owner));
        carve(tx, &self.free, range, range.first)?;
        self.tally(tx, -1)?;
        self.hold(tx, range.first, owner)?;
        Ok(range.first)
    }

    /// The first of that many free addresses in a row.
    pub fn run(&self, tx: &mut Tx<'_>, many: u64) -> Result<Ipv4Addr, Fault> {
        let mut rows = ranges(tx, &self.free, None)?;
        while let Some(last) = rows.last() {
            let after = last.key.clone();
            if let Some(row) = rows.iter().find(|row| range(row).size() >= many) {
                return Ok(range(row).first);
            }
            rows = ranges(tx, &self.free, Some(&after))?;
        }
        Err(Fault::AddressesExhausted {
            space: self.name.clone(),
            free: 0,
            need: many,
        })
    }

    /// Whether any address is free.
    pub fn has_room(&self, tx: &mut Tx<'_>) -> Result<bool, Fault> {
        Ok(!claim::list(tx.rows(), &self.free, None, 1)?.is_empty())
    }

    /// Takes this address for `owner`, whether or not it is in a block that is kept back.
    pub fn take(&self, tx: &mut Tx<'_>, wanted: Ipv4Addr, owner: &str) -> Result<(), Fault> {
        for space in [&self.free, &self.kept] {
            if let Some(range) = around(tx, space, wanted)? {
                carve(tx, space, range, wanted)?;
                self.tally(tx, -1)?;
                if *space == self.kept {
                    self.tally_kept(tx, -1)?;
                }
                return self.hold(tx, wanted, owner);
            }
        }
        Err(Fault::AddressTaken {
            address: wanted.into(),
        })
    }

    /// Gives an address back and joins it with its free neighbours.
    pub fn release(&self, tx: &mut Tx<'_>, freed: Ipv4Addr) -> Result<(), Fault> {
        claim::release(tx.rows(), &self.held, &key(freed))?;
        let space = match self.block_around(tx, freed)? {
            Some(_) => {
                self.tally_kept(tx, 1)?;
                &self.kept
            }
            None => &self.free,
        };
        join(tx, space, Range::new(freed, freed))?;
        self.tally(tx, 1)
    }

    /// Takes an address from its holder without handing it out again: it has left the ranges of the space.
    pub fn forget(&self, tx: &mut Tx<'_>, address: Ipv4Addr) -> Result<(), Fault> {
        claim::release(tx.rows(), &self.held, &key(address))?;
        Ok(())
    }

    /// Who holds the address.
    pub fn holder(&self, tx: &mut Tx<'_>, address: Ipv4Addr) -> Result<Option<String>, Fault> {
        Ok(claim::holder(tx.rows(), &self.held, &key(address))?)
    }

    /// The addresses of a range that are held.
    pub fn held_inside(&self, tx: &mut Tx<'_>, range: Range) -> Result<Vec<Ipv4Addr>, Fault> {
        let mut held = Vec::new();
        let mut from = before(range.first).map(key);
        loop {
            let page = claim::list(tx.rows(), &self.held, from.as_deref(), 256)?;
            let inside = page.iter().map(|row| address(&row.key));
            held.extend(inside.take_while(|it| range.has(*it)));
            match page.last() {
                Some(last) if page.len() == 256 && range.has(address(&last.key)) => {
                    from = Some(last.key.clone());
                }
                _ => return Ok(held),
            }
        }
    }

    /// Number of free addresses, those in blocks that are kept back included.
    pub fn free(&self, tx: &mut Tx<'_>) -> Result<u64, Fault> {
        Ok(self.count(tx)?.all)
    }

    /// How many addresses are free.
    pub fn count(&self, tx: &mut Tx<'_>) -> Result<Free, Fault> {
        let mut free = Free::default();
        for (kind, n) in tally::of(tx.rows(), &self.free)? {
            let n = u64::try_from(n).unwrap_or(0);
            match kind.as_str() {
                KEPT => free.kept = n,
                _ => free.all = n,
            }
        }
        Ok(free)
    }

    /// Forgets the free ranges, with the space itself.
    pub fn drop(&self, tx: &mut Tx<'_>) -> Result<(), Fault> {
        for space in [&self.free, &self.kept, &self.blocks] {
            claim::clear(tx.rows(), space)?;
        }
        Ok(tally::clear(tx.rows(), &self.free)?)
    }

    /// Counts the free addresses anew, range by range.
    pub fn recount(&self, tx: &mut Tx<'_>) -> Result<(), Fault> {
        tally::clear(tx.rows(), &self.free)?;
        for space in [&self.free, &self.kept] {
            let mut rows = ranges(tx, space, None)?;
            while let Some(last) = rows.last() {
                let after = last.key.clone();
                let sum = rows.iter().map(|row| size(range(row))).sum();
                self.tally(tx, sum)?;
                if *space == self.kept {
                    self.tally_kept(tx, sum)?;
                }
                rows = ranges(tx, space, Some(&after))?;
            }
        }
        Ok(())
    }

    fn tally(&self, tx: &mut Tx<'_>, more: i64) -> Result<(), Fault> {
        Ok(tally::add(tx.rows(), &self.free, FREE, more)?)
    }

    fn tally_kept(&self, tx: &mut Tx<'_>, more: i64) -> Result<(), Fault> {
        Ok(tally::add(tx.rows(), &self.free, KEPT, more)?)
    }

    fn hold(&self, tx: &mut Tx<'_>, address: Ipv4Addr, owner: &str) -> Result<(), Fault> {
        match claim::take(tx.rows(), &self.held, &key(address), owner)? {
            true => Ok(()),
            false => Err(Fault::AddressTaken {
                address: address.into(),
            }),
        }
    }
}

/// A page of the stored ranges.
fn ranges(tx: &mut Tx<'_>, space: &str, after: Option<&str>) -> Result<Vec<Claim>, Fault> {
    Ok(claim::list(tx.rows(), space, after, 256)?)
}

fn size(range: Range) -> i64 {
    i64::try_from(range.size()).unwrap_or(i64::MAX)
}

/// The stored range that an address is in.
fn around(tx: &mut Tx<'_>, space: &str, address: Ipv4Addr) -> Result<Option<Range>, Fault> {
    let below = claim::floor(tx.rows(), space, &key(address))?;
    Ok(below.as_ref().map(range).filter(|range| range.has(address)))
}

/// Stores a range that touches no other one of the space.
fn store(tx: &mut Tx<'_>, space: &str, range: Range) -> Result<(), Fault> {
    claim::take(tx.rows(), space, &key(range.first), &key(range.last))?;
    Ok(())
}

/// Takes one address out of a stored range.
fn carve(tx: &mut Tx<'_>, space: &str, range: Range, taken: Ipv4Addr) -> Result<(), Fault> {
    claim::release(tx.rows(), space, &key(range.first))?;
    let (low, high) = range.without(taken);
    for part in [low, high].into_iter().flatten() {
        store(tx, space, part)?;
    }
    Ok(())
}

/// Stores a range as one with the ranges right before and after it.
fn join(tx: &mut Tx<'_>, space: &str, mut joined: Range) -> Result<(), Fault> {
    if let Some(row) = claim::floor(tx.rows(), space, &key(joined.first))?
        && after(address(&row.owner)) == Some(joined.first)
    {
        joined.first = address(&row.key);
        claim::release(tx.rows(), space, &row.key)?;
    }
    if let Some(next) = after(joined.last)
        && let Some(row) = claim::ceiling(tx.rows(), space, &key(next))?
        && row.key == key(next)
    {
        joined.last = address(&row.owner);
        claim::release(tx.rows(), space, &row.key)?;
    }
    store(tx, space, joined)
}

fn range(row: &Claim) -> Range {
    Range::new(address(&row.key), address(&row.owner))
}

/// The free ranges of `whole` once some addresses are kept back.
pub fn without(whole: Range, kept: &[Ipv4Addr]) -> Vec<Range> {
    let mut kept: Vec<Ipv4Addr> = kept.iter().copied().filter(|a| whole.has(*a)).collect();
    kept.sort_unstable();
    kept.dedup();
    let mut free = Vec::new();
    let mut first = Some(whole.first);
    for address in kept {
        if let (Some(start), Some(end)) = (first, before(address))
            && start <= end
        {
            free.push(Range::new(start, end));
        }
        first = after(address);
    }
    if let Some(start) = first
        && start <= whole.last
    {
        free.push(Range::new(start, whole.last));
    }
    free
}

/// The sortable key of an address: eight hex digits.
pub fn key(address: Ipv4Addr) -> String {
    format!("{:08x}", u32::from(address))
}

/// The address of a key; the key was written by [`key`].
pub fn address(key: &str) -> Ipv4Addr {
    Ipv4Addr::from(u32::from_str_radix(key, 16).unwrap_or(0))
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    fn ip(last: u8) -> Ipv4Addr {
        Ipv4Addr::new(10, 0, 0, last)
    }

    #[test]
    fn kept_addresses_split_the_range() {
        let free = without(Range::new(ip(0), ip(7)), &[ip(0), ip(3), ip(7), ip(3)]);
        assert_eq!(
            free,
            vec![Range::new(ip(1), ip(2)), Range::new(ip(4), ip(6))]
        );
        assert!(without(Range::new(ip(1), ip(1)), &[ip(1)]).is_empty());
    }

    /// Random takes and releases against a plain set: same answers, never an address twice, free ranges exact.
    #[test]
    fn behaves_like_a_set() {
        let store = vpcd_store::Store::ephemeral().unwrap();
        let result: Result<(), Fault> = store.write("test", move |rows| {
            let mut tx = Tx::new(rows, true, Default::default());
            let space = Space::new("t");
            space.offer(&mut tx, Range::new(ip(2), ip(60)))?;
            let mut free: BTreeSet<Ipv4Addr> = (2..=60).map(ip).collect();
            let mut held = BTreeSet::new();
            let mut random = 12345u32;
            for step in 0..2000 {
                random = random.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
                let pick = ip(u8::try_from((random >> 16) % 64).unwrap());
                match (random >> 8) % 3 {
                    0 => match space.take_any(&mut tx, "o") {
                        Ok(address) => {
                            assert_eq!(Some(&address), free.first(), "lowest, step {step}");
                            free.remove(&address);
                            held.insert(address);
                        }
                        Err(_) => assert!(free.is_empty()),
                    },
                    1 => assert_eq!(
                        space.take(&mut tx, pick, "o").is_ok(),
                        free.remove(&pick) && held.insert(pick),
                        "step {step}"
                    ),
                    _ if held.remove(&pick) => {
                        space.release(&mut tx, pick)?;
                        free.insert(pick);
                    }
                    _ => {}
                }
                assert_eq!(space.free(&mut tx)?, free.len() as u64, "step {step}");
            }
            space.recount(&mut tx)?;
            assert_eq!(space.free(&mut tx)?, free.len() as u64);
            Ok(())
        });
        result.unwrap();
    }
}
