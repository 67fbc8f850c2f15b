//! Pages: `marker` is the id of the first item of the page (inclusive), `maxKeys` the most items of it.

use serde_json::{Map, Value, json};
use vpcd_dialect::{Call, Query, Refusal};
use vpcd_domain::{Fault, Resource, Tx};

use crate::faults::invalid;
use crate::generated::limits::{PAGE_MAX_KEYS_DEFAULT, PAGE_MAX_KEYS_MAX, PAGE_MAX_KEYS_MIN};

/// Fewest rows that are read at once, so that a rare filter does not ask for one after the other.
const CHUNK: usize = 64;

/// The page that a call asks for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Page {
    marker: Option<String>,
    most: usize,
}

/// The items of a page and the first one of the next page.
#[derive(Clone, Debug)]
pub struct Paged<T> {
    /// Items, in the order of their creation.
    pub items: Vec<T>,
    /// First item that did not fit.
    pub next: Option<T>,
}

impl Page {
    /// The page that a call asks for.
    pub fn of(call: &Call<'_>) -> Result<Page, Refusal> {
        let most = number(
            &call.query,
            "maxKeys",
            PAGE_MAX_KEYS_MIN..=PAGE_MAX_KEYS_MAX,
            PAGE_MAX_KEYS_DEFAULT,
        )?;
        let marker = call.query.get("marker").map(str::to_owned);
        Ok(Page { marker, most })
    }

    /// The page, if its marker has the form of the list's ids: several kinds of them may be one kind beneath.
    pub fn among(self, prefix: &str) -> Result<Page, Refusal> {
        match &self.marker {
            Some(marker) if !marker.starts_with(prefix) => Err(invalid("marker")),
            _ => Ok(self),
        }
    }

    /// The id of the first item, where the call names one.
    pub fn marker(&self) -> Option<&str> {
        self.marker.as_deref()
    }

    /// The wanted items of the page, from the whole list in the order of creation: `next` gives up to so many items
    /// after one.
    pub fn take<T: Resource>(
        &self,
        tx: &mut Tx<'_>,
        project: &str,
        wanted: impl Fn(&T) -> bool,
        next: impl FnMut(&mut Tx<'_>, Option<&T>, usize) -> Result<Vec<T>, Fault>,
    ) -> Result<Paged<T>, Fault> {
        let first = match &self.marker {
            Some(marker) => Some(start(tx, project, marker)?),
            None => None,
        };
        fill(self.most, tx, first, wanted, next)
    }

    /// The wanted items from a first one on, which the marker names.
    pub fn follow<T: Resource>(
        &self,
        tx: &mut Tx<'_>,
        first: Option<T>,
        wanted: impl Fn(&T) -> bool,
        next: impl FnMut(&mut Tx<'_>, Option<&T>, usize) -> Result<Vec<T>, Fault>,
    ) -> Result<Paged<T>, Fault> {
        fill(self.most, tx, first, wanted, next)
    }

    /// The page of a list that is at hand, and the id where the next one starts.
    pub fn cut<'l, T>(
        &self,
        all: &'l [T],
        id: impl Fn(&T) -> &str,
    ) -> Result<(&'l [T], Option<String>), Refusal> {
        let first = match &self.marker {
            None => Some(0),
            Some(marker) => all.iter().position(|it| id(it) == marker),
        };
        let rest = &all[first.ok_or_else(|| invalid("marker"))?..];
        let next = rest.get(self.most).map(|it| id(it).to_owned());
        Ok((&rest[..self.most.min(rest.len())], next))
    }

    /// The answer for a list that was cut.
    pub fn listed(
        &self,
        name: &str,
        first: Option<&str>,
        next: Option<String>,
        items: Vec<Value>,
    ) -> Value {
        let mut body = Map::new();
        if let Some(marker) = self.marker.as_deref().or(first) {
            body.insert("marker".to_owned(), json!(marker));
        }
        body.insert("isTruncated".to_owned(), json!(next.is_some()));
        if let Some(next) = next {
            body.insert("nextMarker".to_owned(), json!(next));
        }
        body.insert("maxKeys".to_owned(), json!(self.most));
        body.insert(name.to_owned(), Value::Array(items));
        Value::Object(body)
    }

    /// The answer: the rendered items below `name`, and where to go on.
    pub fn answer<T: Resource>(&self, name: &str, paged: &Paged<T>, rendered: Vec<Value>) -> Value {
        let alias = |item: &T| item.head().alias.clone().unwrap_or_default();
        let first = paged.items.first().map(alias);
        let next = paged.next.as_ref().map(alias);
        self.listed(name, first.as_deref(), next, rendered)
    }
}

impl<T: Resource> Paged<T> {
    /// The versions of the items.
    pub fn versions(&self) -> Vec<u64> {
        self.items.iter().map(|item| item.head().version).collect()
    }
}

/// A number of the query inside a range, or the default where it is absent.
pub fn number(
    query: &Query,
    name: &'static str,
    range: std::ops::RangeInclusive<u64>,
    default: u64,
) -> Result<usize, Refusal> {
    let number = match query.get(name) {
        None => Some(default),
        Some(text) => text.parse().ok().filter(|n| range.contains(n)),
    };
    number
        .and_then(|n| usize::try_from(n).ok())
        .ok_or_else(|| invalid(name))
}

/// A switch of the query, as any of the clients spells it; nothing where it is absent.
pub fn switch(query: &Query, name: &'static str) -> Result<Option<bool>, Refusal> {
    let word = query.get(name).map(str::to_ascii_lowercase);
    match word.as_deref() {
        None => Ok(None),
        Some("true") => Ok(Some(true)),
        Some("false") => Ok(Some(false)),
        Some(_) => Err(invalid(name)),
    }
}

/// Up to `limit` of a list, ordered by creation, after one of them.
pub fn following<T: Resource>(all: &[T], after: Option<&T>, limit: usize) -> Vec<T> {
    let order = |it: &T| (it.head().created, it.head().id.clone());
    let first = after.map_or(0, |after| {
        all.partition_point(|it| order(it) <= order(after))
    });
    all[first..].iter().take(limit).cloned().collect()
}

fn start<T: Resource>(tx: &mut Tx<'_>, project: &str, marker: &str) -> Result<T, Fault> {
    tx.by_alias(project, marker).map_err(|fault| match fault {
        Fault::NotFound { .. } => Fault::invalid("marker", "names nothing"),
        fault => fault,
    })
}

/// Reads on from `first`, itself included, until there is one item more than fits.
fn fill<C: ?Sized, T: Clone>(
    most: usize,
    source: &mut C,
    first: Option<T>,
    wanted: impl Fn(&T) -> bool,
    mut next: impl FnMut(&mut C, Option<&T>, usize) -> Result<Vec<T>, Fault>,
) -> Result<Paged<T>, Fault> {
    let mut items: Vec<T> = first.iter().filter(|item| wanted(item)).cloned().collect();
    let mut after = first;
    // What is not narrowed fills with what is asked for first; only then is it worth to read more at once.
    let mut least = 0;
    while items.len() <= most {
        let ask = (most + 1 - items.len()).max(least);
        least = CHUNK;
        let more = next(source, after.as_ref(), ask)?;
        let last = more.len() < ask;
        after = more.last().cloned();
        items.extend(more.into_iter().filter(|item| wanted(item)));
        if last {
            break;
        }
    }
    let next = items.get(most).cloned();
    items.truncate(most);
    Ok(Paged { items, next })
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The wanted ones of `0..200`, which are read in order.
    fn page(most: usize, first: Option<u32>, wanted: fn(&u32) -> bool) -> (Vec<u32>, Option<u32>) {
        let mut reads = 0;
        let paged = fill(most, &mut reads, first, wanted, |reads, after, limit| {
            *reads += 1;
            Ok((after.map_or(0, |after| after + 1)..200)
                .take(limit)
                .collect())
        });
        assert!(reads <= 5, "{reads} reads");
        let Paged { items, next } = paged.unwrap();
        (items, next)
    }

    #[test]
    fn pages_join_without_gap_or_overlap() {
        let (mut seen, mut first) = (Vec::new(), None);
        loop {
            let (items, next) = page(30, first, |_| true);
            assert_eq!(items.first().copied(), first.or(Some(0)));
            seen.extend(items);
            first = next;
            if first.is_none() {
                break;
            }
        }
        assert_eq!(seen, (0..200).collect::<Vec<_>>());
    }

    #[test]
    fn the_last_page_names_no_next_one() {
        assert_eq!(page(200, None, |_| true).1, None);
        assert_eq!(page(199, None, |_| true).1, Some(199));
        assert_eq!(page(1, Some(199), |_| true), (vec![199], None));
        assert_eq!(page(5, None, |_| false), (vec![], None));
    }

    #[test]
    fn a_filter_reaches_over_chunks() {
        let rare = |n: &u32| n.is_multiple_of(90);
        assert_eq!(page(2, None, rare), (vec![0, 90], Some(180)));
        assert_eq!(page(2, Some(90), rare), (vec![90, 180], None));
        // A marker that the filter leaves out still says where the page starts.
        assert_eq!(page(2, Some(1), rare), (vec![90, 180], None));
    }

    #[test]
    fn numbers_of_the_query() {
        let ask = |raw: &str| {
            number(
                &Query::parse(raw, false).unwrap(),
                "maxKeys",
                1..=1000,
                1000,
            )
        };
        assert_eq!(ask("").unwrap(), 1000);
        assert_eq!(ask("maxKeys=").unwrap(), 1000);
        assert_eq!(ask("maxKeys=7").unwrap(), 7);
        for raw in [
            "maxKeys=0",
            "maxKeys=1001",
            "maxKeys=-1",
            "maxKeys=x",
            "maxKeys=1.5",
        ] {
            assert!(ask(raw).is_err(), "{raw}");
        }
    }
}
