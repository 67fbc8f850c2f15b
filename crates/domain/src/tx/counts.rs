//! How many there are of something, kept by the transaction that adds it or takes it away (decision 009).

use std::collections::BTreeMap;

use vpcd_store::tally;

use super::{Tx, unsigned};
use crate::fault::Fault;
use crate::resource::{Counted, Resource};

impl Tx<'_> {
    /// How many of a counted kind the project owns.
    pub fn count<T: Resource>(&mut self, project: &str) -> Result<u64, Fault> {
        Ok(unsigned(tally::get(self.rows, project, T::KIND.word())?))
    }

    /// How many of a counted kind are below the parent.
    pub fn count_children<T: Resource>(&mut self, parent: &str) -> Result<u64, Fault> {
        self.count::<T>(parent)
    }

    /// Counts a resource in, or out.
    pub(crate) fn tally<T: Resource>(&mut self, it: &T, more: i64) -> Result<(), Fault> {
        for at in it.counted_at() {
            self.count_at(&at, more)?;
        }
        for scope in scopes(it) {
            tally::add(self.rows, scope, T::KIND.word(), more)?;
        }
        Ok(())
    }

    /// Counts resources of one kind out, the tallies of the kind once each.
    pub(super) fn count_out<T: Resource>(&mut self, gone: &[T]) -> Result<(), Fault> {
        let mut sums: BTreeMap<&str, i64> = BTreeMap::new();
        for it in gone {
            for at in it.counted_at() {
                self.count_at(&at, -1)?;
            }
            for scope in scopes(it) {
                *sums.entry(scope).or_default() -= 1;
            }
        }
        for (scope, more) in sums {
            tally::add(self.rows, scope, T::KIND.word(), more)?;
        }
        Ok(())
    }

    /// How many count in that at a resource.
    pub fn counted_at(&mut self, scope: &str, word: &str) -> Result<u64, Fault> {
        Ok(unsigned(tally::get(self.rows, scope, word)?))
    }

    fn count_at(&mut self, at: &Counted, more: i64) -> Result<(), Fault> {
        if let Some(by) = &at.by {
            let own = format!("{}/{by}", at.scope);
            tally::add(self.rows, &own, at.word, more)?;
            // The first and the last make the difference.
            if tally::get(self.rows, &own, at.word)? != more.max(0) {
                return Ok(());
            }
        }
        Ok(tally::add(self.rows, &at.scope, at.word, more)?)
    }

    /// Moves a resource that changes from some further tallies to others.
    pub(super) fn recount<T: Resource>(&mut self, old: &T, new: &T) -> Result<(), Fault> {
        let (was, is) = (old.counted_at(), new.counted_at());
        for gone in was.iter().filter(|at| !is.contains(at)) {
            self.count_at(gone, -1)?;
        }
        for new in is.iter().filter(|at| !was.contains(at)) {
            self.count_at(new, 1)?;
        }
        Ok(())
    }
}

/// Where a resource of a counted kind counts: in its project and below its parent.
fn scopes<T: Resource>(it: &T) -> impl Iterator<Item = &str> {
    let head = it.head();
    let all = std::iter::once(&head.project).chain(&head.parent);
    all.filter(|_| it.counted()).map(String::as_str)
}
