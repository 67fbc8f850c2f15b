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

    /// Up to `limit` resources of a project whose ids are the keys of a space, in the order of their ids.
    pub(crate) fn keyed<T: Resource>(
        &mut self,
        project: &str,
        space: &str,
        after: After<'_>,
        limit: usize,
    ) -> Result<Vec<T>, Fault> {
        let limit = i64::try_from(limit).unwrap_or(i64::MAX);
        let claims = claim::list(self.rows(), space, after, limit)?;
        claims.iter().map(|it| self.get(project, &it.key)).collect()
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

    /// Up to `limit` resources of a project that spell an attribute beginning so, after the given one, in the order of
    /// what they spell. One that spells several comes where it first does.
    pub fn beginning<T: Resource>(
        &mut self,
        project: &str,
        (attribute, scope, start): (&str, &str, &str),
        after: Option<&T>,
        limit: usize,
    ) -> Result<Vec<T>, Fault> {
        let space = spelled_space::<T>(project, attribute, scope);
        let first = |it: &T, start: &str| {
            let keys = it.spelled().into_iter();
            let keys = keys.filter(|(name, place, text)| {
                *name == attribute && place == scope && text.starts_with(start)
            });
            keys.map(|(_, _, text)| spelled_key(&text, &it.head().id))
                .min()
        };
        // One that does not begin so still says where the list goes on.
        let mark = after.and_then(|it| first(it, start).or_else(|| first(it, "")));
        let mut mark = mark.unwrap_or_default().max(start.to_owned());
        let mut found = Vec::new();
        while found.len() < limit {
            let ask = i64::try_from(limit - found.len()).unwrap_or(i64::MAX);
            let claims = claim::list(self.rows(), &space, Some(&mark), ask)?;
            let Some(last) = claims.last() else { break };
            mark.clone_from(&last.key);
            let ended = !mark.starts_with(start);
            for claim in claims.iter().filter(|it| it.key.starts_with(start)) {
                let it = self.any::<T>(&claim.owner)?;
                found.extend(it.filter(|it| first(it, start).as_ref() == Some(&claim.key)));
            }
            if ended {
                break;
            }
        }
        Ok(found)
    }

    /// Brings the index from what a resource was before, if it was, to what it says now.
    pub(crate) fn index<T: Resource>(&mut self, before: Option<&T>, it: &T) -> Result<(), Fault> {
        let (was, is) = (before.map(keys::<T>).unwrap_or_default(), keys(it));
        for (space, key) in was.iter().filter(|old| !is.contains(old)) {
            claim::release(self.rows(), space, key)?;
        }
        for (space, key) in is.iter().filter(|new| !was.contains(new)) {
            claim::take(self.rows(), space, key, &it.head().id)?;
        }
        Ok(())
    }
}

/// The claims by which lists find a resource.
fn keys<T: Resource>(it: &T) -> Vec<(String, String)> {
    let head = it.head();
    let indexed = it.indexed().into_iter().filter(|by| !by.1.is_empty());
    let indexed = indexed.map(|(attribute, value)| {
        let space = index_space::<T>(&head.project, attribute, &value);
        (space, head.id.clone())
    });
    let spelled = it.spelled().into_iter().map(|(attribute, scope, text)| {
        let space = spelled_space::<T>(&head.project, attribute, &scope);
        (space, spelled_key(&text, &head.id))
    });
    indexed.chain(spelled).collect()
}

fn spelled_space<T: Resource>(project: &str, attribute: &str, scope: &str) -> String {
    format!("spelled/{}/{project}/{attribute}/{scope}", T::KIND.word())
}

fn spelled_key(text: &str, id: &str) -> String {
    format!("{text}/{id}")
}

fn index_space<T: Resource>(project: &str, attribute: &str, value: &str) -> String {
    format!("index/{}/{project}/{attribute}/{value}", T::KIND.word())
}
