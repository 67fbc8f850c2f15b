//! Pages by time of creation, as customer gateways and connections are listed.

use jiff::Timestamp;
use serde_json::{Value, json};
use vpcd_dialect::{Call, Refusal};
use vpcd_domain::{Fault, Resource, Tx};

use super::parse::invalid;

/// A page: so many items after a time.
#[derive(Clone, Copy)]
pub struct Page {
    limit: usize,
    after: Option<Timestamp>,
}

impl Page {
    /// Most items.
    pub fn limit(self) -> usize {
        self.limit
    }

    /// The time that they come after.
    pub fn after(self) -> Option<Timestamp> {
        self.after
    }
}

/// What a list answers: the items of one page, and how many there are in all.
pub struct Listed<T> {
    /// The items.
    pub items: Vec<T>,
    /// How many match, on whatever page.
    pub total: u64,
}

/// The page that a call asks for; clients also send a marker alone.
pub fn page(call: &Call<'_>, most: u64) -> Result<Page, Refusal> {
    let limit = match call.query.get("limit") {
        None => Some(most),
        Some(text) => text.parse().ok().filter(|limit| *limit <= most),
    };
    let limit = limit.and_then(|limit| usize::try_from(limit).ok());
    let after = call.query.get("marker").map(str::parse).transpose();
    Ok(Page {
        limit: limit.ok_or_else(|| invalid(format!("limit must be between 0 and {most}")))?,
        after: after.map_err(|_| invalid("marker is not one that a page gave"))?,
    })
}

/// The page of a project's resources that match. Without a filter nothing beyond the page is read.
pub fn list<T: Resource>(
    tx: &mut Tx<'_>,
    project: &str,
    page: Page,
    filter: Option<impl Fn(&T) -> bool>,
) -> Result<Listed<T>, Fault> {
    let Some(wanted) = filter else {
        let items = tx.created_after(project, page.after, page.limit)?;
        return Ok(Listed {
            items,
            total: tx.count::<T>(project)?,
        });
    };
    let (mut items, mut total, mut after) = (Vec::new(), 0, None);
    loop {
        let read: Vec<T> = tx.created_after(project, after, 256)?;
        let Some(last) = read.last() else { break };
        after = Some(last.head().created);
        for item in read.into_iter().filter(&wanted) {
            total += 1;
            if items.len() < page.limit
                && page.after.is_none_or(|after| item.head().created > after)
            {
                items.push(item);
            }
        }
    }
    Ok(Listed { items, total })
}

/// `page_info` of a page whose last item was created then.
pub fn info(count: usize, last: Option<Timestamp>) -> Value {
    json!({
        "next_marker": last.map(|at| at.strftime("%Y-%m-%dT%H:%M:%S.%6fZ").to_string()),
        "current_count": count,
    })
}
