//! Lists that are narrowed: what names few is looked up, so that no list reads what it does not show.

use vpcd_store::claim;

use crate::fault::Fault;
use crate::resource::Resource;
use crate::tx::{After, Tx, Way};

/// The attribute that every part has: the resource it is a part of.
pub const PARENT: &str = "parent";

/// What narrows a list. What is empty does not narrow it; of several values one is enough.
#[derive(Clone, Copy, Debug, Default)]
pub struct Narrow<'a> {
    /// Ids.
    pub ids: &'a [String],
    /// Indexed attributes, or [`PARENT`], with their values: the one that names the fewest first.
    pub by: &'a [(&'static str, &'a [String])],
}

/// Up to `limit` wanted resources of a project in the order of their ids. The first of `narrow` finds them, `wanted`
/// decides.
pub fn page<T: Resource>(
    tx: &mut Tx<'_>,
    project: &str,
    narrow: Narrow<'_>,
    wanted: impl Fn(&T) -> bool,
    after: After<'_>,
    limit: usize,
) -> Result<Vec<T>, Fault> {
    let mut found = Vec::new();
    let mut after = after.map(str::to_owned);
    // What is looked up is mostly wanted. Where it is not, a rare match shall not cost a statement for each.
    let mut least = 0;
    while found.len() < limit {
        let ask = (limit - found.len()).max(least);
        least = 64;
        let items = candidates::<T>(tx, project, narrow, after.as_deref(), ask)?;
        let Some(last) = items.last() else { break };
        after = Some(last.head().id.clone());
        let short = items.len() < ask;
        let mine = items.into_iter().filter(|it| it.head().project == project);
        found.extend(mine.filter(&wanted));
        if short {
            break;
        }
    }
    found.truncate(limit);
    Ok(found)
}

/// Up to `limit` resources, all that are wanted among them, in the order of their ids.
fn candidates<T: Resource>(
    tx: &mut Tx<'_>,
    project: &str,
    narrow: Narrow<'_>,
    after: After<'_>,
    limit: usize,
) -> Result<Vec<T>, Fault> {
    let mut found: Vec<T> = Vec::new();
    if !narrow.ids.is_empty() {
        for id in narrow.ids.iter().filter(|id| Some(id.as_str()) > after) {
            found.extend(tx.find(project, id)?);
        }
    } else if let Some((attribute, values)) = narrow.by.iter().find(|(_, it)| !it.is_empty()) {
        for value in *values {
            found.extend(match *attribute {
                PARENT => tx.children_page(value, after, limit)?,
                attribute => tx.found(project, attribute, value, after, limit)?,
            });
        }
    } else {
        return tx.list(project, after, limit);
    }
    found.sort_by(|a, b| a.head().id.cmp(&b.head().id));
    found.dedup_by(|a, b| a.head().id == b.head().id);
    found.truncate(limit);
    Ok(found)
}

impl Tx<'_> {
    /// Up to `limit` resources of a project that have this value of an indexed attribute, in the order of their ids.
    pub fn found<T: Resource>(
        &mut self,
        project: &str,
        attribute: &str,
        value: &str,
        after: After<'_>,
        limit: usize,
    ) -> Result<Vec<T>, Fault> {
        let space = index_space::<T>(project, attribute, value);
        let limit = i64::try_from(limit).unwrap_or(i64::MAX);
        let rows = claim::list(self.rows(), &space, after, limit)?;
        let found = rows.iter().map(|row| self.any::<T>(&row.key));
        found.filter_map(Result::transpose).collect()
    }

    /// How many resources of a project have this value of an indexed attribute.
    pub fn count_found<T: Resource>(
        &mut self,
        project: &str,
        attribute: &str,
        value: &str,
    ) -> Result<u64, Fault> {
        let count = claim::count(self.rows(), &index_space::<T>(project, attribute, value))?;
        Ok(u64::try_from(count).unwrap_or(0))
    }

    /// Up to `limit` resources of a project that have this value of an indexed attribute, along the way.
    pub fn found_along<T: Resource>(
        &mut self,
        project: &str,
        attribute: &str,
        value: &str,
        way: Way<'_>,
        limit: usize,
    ) -> Result<Vec<T>, Fault> {
        let space = index_space::<T>(project, attribute, value);
        let limit = i64::try_from(limit).unwrap_or(i64::MAX);
        let rows = match way.back {
            false => claim::list(self.rows(), &space, way.from, limit)?,
            true => claim::list_back(self.rows(), &space, way.from, limit)?,
        };
        let found = rows.iter().map(|row| self.any::<T>(&row.key));
        found.filter_map(Result::transpose).collect()
    }

    /// Brings the index from what it was before to what the resource says now.
    pub(crate) fn index<T: Resource>(
        &mut self,
        before: &[(&'static str, String)],
        it: &T,
    ) -> Result<(), Fault> {
        let (head, now) = (it.head(), it.indexed());
        let space =
            |(attribute, value): &(&str, String)| index_space::<T>(&head.project, attribute, value);
        for gone in before.iter().filter(|old| !now.contains(old)) {
            claim::release(self.rows(), &space(gone), &head.id)?;
        }
        for new in now.iter().filter(|new| !before.contains(new)) {
            if !new.1.is_empty() {
                claim::take(self.rows(), &space(new), &head.id, &head.id)?;
            }
        }
        Ok(())
    }
}

fn index_space<T: Resource>(project: &str, attribute: &str, value: &str) -> String {
    format!("index/{}/{project}/{attribute}/{value}", T::KIND.word())
}
