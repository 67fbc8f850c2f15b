//! Blocks of a space that are kept back: their free addresses go only to who asks for them by name.

use std::net::Ipv4Addr;

use vpcd_net::{Cidr, Range};
use vpcd_store::claim;

use super::{Space, address, around, join, key, range, ranges, size, store};
use crate::fault::Fault;
use crate::tx::Tx;

impl Space {
    /// Keeps a block back; the block, when it overlaps one that is kept already. What is held in it stays held.
    pub fn keep(&self, tx: &mut Tx<'_>, block: Range) -> Result<Option<Range>, Fault> {
        if let Some(other) = self.overlapping(tx, &self.blocks, block)? {
            return Ok(Some(other));
        }
        store(tx, &self.blocks, block)?;
        while let Some(range) = self.cut(tx, &self.free, block)? {
            self.tally_kept(tx, size(range))?;
            join(tx, &self.kept, range)?;
        }
        Ok(None)
    }

    /// Gives a block that was kept back to everybody.
    pub fn let_go(&self, tx: &mut Tx<'_>, block: Range) -> Result<(), Fault> {
        claim::release(tx.rows(), &self.blocks, &key(block.first))?;
        while let Some(range) = self.cut(tx, &self.kept, block)? {
            self.tally_kept(tx, -size(range))?;
            join(tx, &self.free, range)?;
        }
        Ok(())
    }

    /// Takes what one stored range shares with `wanted` out of it: moving a block costs the ranges it touches.
    fn cut(&self, tx: &mut Tx<'_>, space: &str, wanted: Range) -> Result<Option<Range>, Fault> {
        let Some(range) = self.overlapping(tx, space, wanted)? else {
            return Ok(None);
        };
        claim::release(tx.rows(), space, &key(range.first))?;
        let (first, last) = (range.first.max(wanted.first), range.last.min(wanted.last));
        let outside = [range.without(first).0, range.without(last).1];
        for part in outside.into_iter().flatten() {
            store(tx, space, part)?;
        }
        Ok(Some(Range::new(first, last)))
    }

    /// The first block of that prefix inside `whole` all of whose addresses are free for everybody.
    pub fn room(&self, tx: &mut Tx<'_>, whole: Cidr, prefix: u8) -> Result<Option<Cidr>, Fault> {
        let mut rows = ranges(tx, &self.free, None)?;
        while let Some(last) = rows.last() {
            let found = |row| aligned(range(row), whole, prefix);
            if let Some(block) = rows.iter().find_map(found) {
                return Ok(Some(block));
            }
            let after = last.key.clone();
            rows = ranges(tx, &self.free, Some(&after))?;
        }
        Ok(None)
    }

    /// The block that is kept back and that an address is in.
    pub(super) fn block_around(
        &self,
        tx: &mut Tx<'_>,
        address: Ipv4Addr,
    ) -> Result<Option<Range>, Fault> {
        around(tx, &self.blocks, address)
    }

    /// A stored range that shares an address with `wanted`.
    fn overlapping(
        &self,
        tx: &mut Tx<'_>,
        space: &str,
        wanted: Range,
    ) -> Result<Option<Range>, Fault> {
        if let Some(found) = around(tx, space, wanted.first)? {
            return Ok(Some(found));
        }
        let next = claim::ceiling(tx.rows(), space, &key(wanted.first))?;
        let next = next.filter(|row| address(&row.key) <= wanted.last);
        Ok(next.as_ref().map(range))
    }
}

/// The first block of that prefix inside a range.
fn aligned(free: Range, whole: Cidr, prefix: u8) -> Option<Cidr> {
    let size = 1_u64 << 32_u32.checked_sub(u32::from(prefix))?;
    let base = u64::from(u32::from(free.first)).div_ceil(size) * size;
    let base = Ipv4Addr::from(u32::try_from(base).ok()?);
    let block = Cidr::new(base, prefix).ok()?;
    (block.last() <= free.last && whole.holds(block)).then_some(block)
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;
    use crate::ipam::Free;

    fn ip(last: u8) -> Ipv4Addr {
        Ipv4Addr::new(10, 0, 0, last)
    }

    fn block(first: u8, last: u8) -> Range {
        Range::new(ip(first), ip(last))
    }

    fn run(test: impl Fn(&mut Tx<'_>, &Space) -> Result<(), Fault> + Send + 'static) {
        let store = vpcd_store::Store::ephemeral().unwrap();
        let result: Result<(), Fault> = store.write("test", move |rows| {
            let mut tx = Tx::new(rows, true, Default::default());
            let space = Space::new("t");
            space.offer(&mut tx, block(2, 60))?;
            test(&mut tx, &space)
        });
        result.unwrap();
    }

    #[test]
    fn what_is_kept_goes_only_to_who_names_it() {
        run(|tx, space| {
            assert_eq!(space.take_any(tx, "a")?, ip(2));
            assert_eq!(space.keep(tx, block(0, 7))?, None);
            assert_eq!(space.take_any(tx, "a")?, ip(8));
            space.take(tx, ip(5), "b")?;
            assert_eq!(
                space.take(tx, ip(5), "c"),
                Err(Fault::AddressTaken {
                    address: ip(5).into()
                })
            );
            assert_eq!(space.free(tx)?, 59 - 3);
            space.release(tx, ip(2))?;
            space.release(tx, ip(5))?;
            assert_eq!(space.take_any(tx, "a")?, ip(9));
            assert_eq!(space.keep(tx, block(7, 7))?, Some(block(0, 7)));
            space.let_go(tx, block(0, 7))?;
            assert_eq!(space.take_any(tx, "a")?, ip(2));
            assert_eq!(space.free(tx)?, 59 - 3);
            Ok(())
        });
    }

    #[test]
    fn room_is_aligned_and_free() {
        run(|tx, space| {
            let whole = "10.0.0.0/26".parse().unwrap();
            let cidr = |text: &str| Some(text.parse::<Cidr>().unwrap());
            assert_eq!(space.room(tx, whole, 28)?, cidr("10.0.0.16/28"));
            space.take(tx, ip(20), "a")?;
            assert_eq!(space.room(tx, whole, 28)?, cidr("10.0.0.32/28"));
            space.keep(tx, block(32, 47))?;
            assert_eq!(space.room(tx, whole, 28)?, None);
            assert_eq!(space.room(tx, whole, 32)?, cidr("10.0.0.2/32"));
            Ok(())
        });
    }

    /// Random takes, releases, keeps and lets go against plain sets: same answers, counts exact.
    #[test]
    fn behaves_like_sets() {
        run(|tx, space| {
            let mut free: BTreeSet<Ipv4Addr> = (2..=60).map(ip).collect();
            let mut held = BTreeSet::new();
            let mut kept: Vec<Range> = Vec::new();
            let mut random = 77u32;
            for step in 0..3000 {
                random = random.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
                let at = u8::try_from((random >> 16) % 64).unwrap();
                let pick = ip(at);
                let is_kept = |kept: &[Range], it: &Ipv4Addr| kept.iter().any(|k| k.has(*it));
                match (random >> 8) % 5 {
                    0 => {
                        let expected = free.iter().find(|it| !is_kept(&kept, it)).copied();
                        assert_eq!(space.take_any(tx, "o").ok(), expected, "step {step}");
                        held.extend(expected.filter(|it| free.remove(it)));
                    }
                    1 => assert_eq!(
                        space.take(tx, pick, "o").is_ok(),
                        free.remove(&pick) && held.insert(pick),
                        "step {step}"
                    ),
                    2 if held.remove(&pick) => {
                        space.release(tx, pick)?;
                        free.insert(pick);
                    }
                    3 => {
                        let wanted = block(at & !3, (at & !3) + 3);
                        let clash = kept.iter().find(|it| it.has(pick)).copied();
                        assert_eq!(space.keep(tx, wanted)?, clash, "step {step}");
                        if clash.is_none() {
                            kept.push(wanted);
                        }
                    }
                    4 if !kept.is_empty() => {
                        let gone = kept.remove(usize::from(at) % kept.len());
                        space.let_go(tx, gone)?;
                    }
                    _ => {}
                }
                let kept = free.iter().filter(|it| is_kept(&kept, it)).count() as u64;
                let all = free.len() as u64;
                assert_eq!(space.count(tx)?, Free { all, kept }, "step {step}");
                if step % 100 == 0 {
                    space.recount(tx)?;
                    assert_eq!(space.count(tx)?, Free { all, kept }, "step {step}");
                }
            }
            Ok(())
        });
    }
}
