//! Tallies of resources, kept with every record that comes or goes (decision 009).

use std::collections::BTreeMap;

use vpcd_store::tally;

use super::{Tx, unsigned};
use crate::fault::Fault;
use crate::resource::Resource;

impl Tx<'_> {
    /// How many of a counted kind the project owns.
    pub fn count<T: Resource>(&mut self, project: &str) -> Result<u64, Fault> {
        Ok(unsigned(tally::get(self.rows, project, T::KIND.word())?))
    }

    /// How many of the project count in a further tally, such as that of bound addresses.
    pub fn count_as(&mut self, project: &str, word: &str) -> Result<u64, Fault> {
        Ok(unsigned(tally::get(self.rows, project, word)?))
    }

    /// How many of a counted kind are below the parent.
    pub fn count_children<T: Resource>(&mut self, parent: &str) -> Result<u64, Fault> {
        self.count::<T>(parent)
    }

    /// Counts a resource in, or out.
    pub(crate) fn tally<T: Resource>(&mut self, it: &T, more: i64) -> Result<(), Fault> {
        for (scope, word) in tallies(it) {
            tally::add(self.rows, scope, word, more)?;
        }
        Ok(())
    }

    /// Counts resources out, each tally once.
    pub(super) fn count_out<T: Resource>(&mut self, gone: &[T]) -> Result<(), Fault> {
        let mut sums: BTreeMap<(&str, &str), i64> = BTreeMap::new();
        for it in gone.iter().flat_map(tallies) {
            *sums.entry(it).or_default() -= 1;
        }
        for ((scope, word), more) in sums {
            tally::add(self.rows, scope, word, more)?;
        }
        Ok(())
    }

    /// Moves a resource that changes from one further tally to another.
    pub(super) fn recount<T: Resource>(&mut self, old: &T, new: &T) -> Result<(), Fault> {
        let (was, is) = (old.counted_as(), new.counted_as());
        if was == is {
            return Ok(());
        }
        for (word, more) in [(was, -1), (is, 1)] {
            if let Some(word) = word {
                tally::add(self.rows, &new.head().project, word, more)?;
            }
        }
        Ok(())
    }
}

/// The tallies that a resource counts in, as (scope, word).
fn tallies<T: Resource>(it: &T) -> impl Iterator<Item = (&str, &str)> {
    let head = it.head();
    let further = it.counted_as().map(|word| (head.project.as_str(), word));
    let scopes = std::iter::once(&head.project).chain(&head.parent);
    let counted = scopes.filter(|_| it.counted());
    further
        .into_iter()
        .chain(counted.map(|scope| (scope.as_str(), T::KIND.word())))
}
