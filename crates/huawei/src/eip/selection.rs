//! What a list of the v3 API selects: filters, order, a page, and the fields that are shown.
//!
//! Filters, order and fields are judged on what is shown, so that a list needs a table of names and no code.

use std::cmp::Ordering;
use std::net::Ipv4Addr;

use serde_json::{Value, json};
use vpcd_dialect::{Call, Refusal, Reply};
use vpcd_domain::{Context, Fault, Resource, Tx};

use crate::faults::invalid;
use crate::wire::{self, is_uuid};

/// How a filter compares.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum How {
    /// Equal; with a list, one of its elements is.
    Is,
    /// Contains.
    Like,
    /// Starts with.
    Prefix,
    /// Equal to one of these and to nothing else.
    OneOf(&'static [&'static str]),
}

/// A filter of a list.
#[derive(Clone, Copy, Debug)]
pub struct Filter {
    /// Query parameter.
    pub key: &'static str,
    /// Where it looks, such as `bandwidth.size`.
    pub path: &'static str,
    /// How it compares.
    pub how: How,
}

/// A filter whose parameter is called as what it looks at.
pub const fn is(key: &'static str) -> Filter {
    filter(key, key, How::Is)
}

/// A filter that looks elsewhere or compares otherwise.
pub const fn filter(key: &'static str, path: &'static str, how: How) -> Filter {
    Filter { key, path, how }
}

/// What a list can select.
#[derive(Debug)]
pub struct Rules {
    /// Filters.
    pub filters: &'static [Filter],
    /// Fields that it can be sorted by; the first is the usual one.
    pub sort_keys: &'static [&'static str],
    /// Fields that are shown only to who asks for them.
    pub hidden: &'static [&'static str],
}

/// What one call selects.
#[derive(Debug)]
pub struct Selection {
    limit: usize,
    offset: usize,
    marker: Option<String>,
    sort: &'static str,
    descending: bool,
    filters: Vec<(&'static Filter, Vec<String>)>,
    fields: Fields,
}

/// The fields that a call asks for; none for all that are not hidden.
#[derive(Debug)]
pub struct Fields {
    wanted: Vec<String>,
    hidden: &'static [&'static str],
}

/// A page of a list.
#[derive(Debug)]
pub struct Listed {
    /// What is shown.
    pub items: Vec<Value>,
    /// Where the pages before and after it are.
    pub info: Value,
    /// How many are selected, on this page or not; none when that is everything the project has.
    pub total: Option<u64>,
}

impl Fields {
    /// The fields that a call asks for.
    pub fn of(call: &Call<'_>, hidden: &'static [&'static str]) -> Fields {
        let wanted = call.query.all("fields");
        Fields {
            wanted: wanted.into_iter().map(str::to_owned).collect(),
            hidden,
        }
    }

    /// What is shown with those fields alone.
    pub fn cut(&self, mut shown: Value) -> Value {
        if let Some(object) = shown.as_object_mut() {
            object.retain(|field, _| match self.wanted.is_empty() {
                true => !self.hidden.contains(&field.as_str()),
                false => self.wanted.contains(field),
            });
        }
        shown
    }
}

impl Selection {
    /// What a call selects by the rules of its list.
    pub fn of(call: &Call<'_>, rules: &'static Rules) -> Result<Selection, Refusal> {
        let page = wire::page(call).map_err(|field| invalid(call.group, field))?;
        let offset = match call.query.get("offset") {
            None => 0,
            Some(text) => text.parse().map_err(|_| invalid(call.group, "offset"))?,
        };
        let sort = match call.query.get("sort_key") {
            None => rules.sort_keys.first().copied().unwrap_or("id"),
            Some(key) => rules
                .sort_keys
                .iter()
                .find(|known| **known == key)
                .ok_or_else(|| invalid(call.group, "sort_key"))?,
        };
        let descending = match call.query.get("sort_dir") {
            None | Some("asc") => false,
            Some("desc") => true,
            Some(_) => return Err(invalid(call.group, "sort_dir")),
        };
        let mut filters = Vec::new();
        for filter in rules.filters {
            let wanted = values(call, filter);
            if let How::OneOf(legal) = filter.how
                && wanted.iter().any(|value| !legal.contains(&value.as_str()))
            {
                return Err(invalid(call.group, filter.key));
            }
            if !wanted.is_empty() {
                filters.push((filter, wanted));
            }
        }
        Ok(Selection {
            limit: page.limit,
            offset,
            marker: page.marker,
            sort,
            descending,
            filters,
            fields: Fields::of(call, rules.hidden),
        })
    }

    /// What a filter asks for; empty when the call does not use it.
    pub fn wanted(&self, key: &str) -> Vec<String> {
        let filter = self.filters.iter().find(|(filter, _)| filter.key == key);
        filter.map(|(_, wanted)| wanted.clone()).unwrap_or_default()
    }

    /// The page out of everything there is.
    pub fn out_of(&self, shown: impl IntoIterator<Item = Value>) -> Result<Listed, Fault> {
        let mut shown: Vec<Value> = shown.into_iter().filter(|it| self.passes(it)).collect();
        let total = shown.len();
        shown.sort_by(|a, b| self.order((at(a, self.sort), id(a)), (at(b, self.sort), id(b))));
        let start = match &self.marker {
            None => 0,
            // Ids have an order even where the marked one is gone; other fields do not tell where it was.
            Some(marker) if self.sort == "id" => {
                let mark = json!(marker);
                let known = |it: &Value| {
                    let mine = (at(it, "id"), id(it));
                    self.order(mine, (Some(&mark), marker)) != Ordering::Greater
                };
                shown.iter().take_while(|it| known(it)).count()
            }
            Some(marker) => shown
                .iter()
                .position(|it| id(it) == marker)
                .map(|at| at + 1)
                .ok_or_else(|| Fault::invalid("marker", "it marks nothing"))?,
        };
        let rest = total.saturating_sub(start).saturating_sub(self.offset);
        let page = shown.into_iter().skip(start.saturating_add(self.offset));
        let total = u64::try_from(total).unwrap_or(u64::MAX);
        Ok(self.page(
            page.take(self.limit).collect(),
            rest > self.limit,
            Some(total),
        ))
    }

    /// The page out of what the store has of a kind. `keyed` are the candidates where the filters name them; without
    /// a filter, a page costs what it shows and what its offset skips.
    pub fn of_kind<T: Resource>(
        &self,
        tx: &mut Tx<'_>,
        cx: &Context<'_>,
        keyed: Option<Vec<T>>,
        show: impl Fn(&mut Tx<'_>, T) -> Result<Value, Fault>,
    ) -> Result<Listed, Fault> {
        let project = &cx.caller.project;
        if let Some(mut keyed) = keyed {
            // A key that the call names twice finds its resource once.
            keyed.sort_by(|a, b| a.head().id.cmp(&b.head().id));
            keyed.dedup_by(|a, b| a.head().id == b.head().id);
            let shown: Result<Vec<Value>, Fault> =
                keyed.into_iter().map(|it| show(tx, it)).collect();
            return self.out_of(shown?);
        }
        if !self.filters.is_empty() || self.sort != "id" || self.descending {
            return self.out_of(self.matches(tx, project, show)?);
        }
        let need = self.offset.saturating_add(self.limit).saturating_add(1);
        let found = tx.list::<T>(project, self.marker.as_deref(), need)?;
        let more = found.len() == need;
        let page = found.into_iter().skip(self.offset).take(self.limit);
        let shown: Result<Vec<Value>, Fault> = page.map(|it| show(tx, it)).collect();
        Ok(self.page(shown?, more, None))
    }

    /// Everything of a kind that passes, read in pieces.
    fn matches<T: Resource>(
        &self,
        tx: &mut Tx<'_>,
        project: &str,
        show: impl Fn(&mut Tx<'_>, T) -> Result<Value, Fault>,
    ) -> Result<Vec<Value>, Fault> {
        const PIECE: usize = 500;
        let (mut found, mut after) = (Vec::new(), None::<String>);
        loop {
            let piece = tx.list::<T>(project, after.as_deref(), PIECE)?;
            let last = piece.len() < PIECE;
            after = piece.last().map(|it| it.head().id.clone());
            for it in piece {
                let shown = show(tx, it)?;
                if self.passes(&shown) {
                    found.push(shown);
                }
            }
            if last {
                return Ok(found);
            }
        }
    }

    fn page(&self, shown: Vec<Value>, more: bool, total: Option<u64>) -> Listed {
        let ids: Vec<&str> = shown.iter().map(id).collect();
        let info = wire::page_info(ids, more);
        Listed {
            info,
            total,
            items: shown.into_iter().map(|it| self.fields.cut(it)).collect(),
        }
    }

    fn passes(&self, shown: &Value) -> bool {
        self.filters.iter().all(|(filter, wanted)| {
            at(shown, filter.path)
                .is_some_and(|value| wanted.iter().any(|text| fits(filter.how, value, text)))
        })
    }

    fn order(&self, a: (Option<&Value>, &str), b: (Option<&Value>, &str)) -> Ordering {
        let order = compare(a.0, b.0).then_with(|| a.1.cmp(b.1));
        if self.descending {
            order.reverse()
        } else {
            order
        }
    }
}

impl Listed {
    /// The answer of a list: the items under that name, and where the other pages are.
    pub fn reply(self, call: &Call<'_>, name: &str) -> Reply {
        let body = json!({
            "request_id": call.request.id,
            name: self.items,
            "page_info": self.info,
        });
        Reply::json(call.success, body)
    }
}

/// What a call wants of a filter. The project filter has a word for all of them.
fn values(call: &Call<'_>, filter: &Filter) -> Vec<String> {
    let wanted = call.query.all(filter.key).into_iter();
    let mut wanted: Vec<String> = wanted.map(str::to_owned).collect();
    if filter.key == "enterprise_project_id" && wanted.iter().any(|it| it == "all_granted_eps") {
        wanted.clear();
    }
    wanted
}

fn fits(how: How, value: &Value, wanted: &str) -> bool {
    match value {
        Value::Array(items) => items.iter().any(|item| fits(how, item, wanted)),
        Value::String(text) => match how {
            How::Is | How::OneOf(_) => text == wanted,
            How::Like => text.contains(wanted),
            How::Prefix => text.starts_with(wanted),
        },
        Value::Number(number) => number.to_string() == wanted,
        Value::Bool(flag) => flag.to_string() == wanted,
        Value::Null | Value::Object(_) => false,
    }
}

fn at<'a>(shown: &'a Value, path: &str) -> Option<&'a Value> {
    path.split('.').try_fold(shown, |it, part| it.get(part))
}

fn id(shown: &Value) -> &str {
    shown.get("id").and_then(Value::as_str).unwrap_or_default()
}

/// Numbers and addresses by their value, other texts by their letters, nothing before all of them.
fn compare(a: Option<&Value>, b: Option<&Value>) -> Ordering {
    let number = |value: &Value| match value {
        Value::Number(number) => number.as_u64(),
        Value::String(text) => text
            .parse::<Ipv4Addr>()
            .ok()
            .map(|it| u64::from(u32::from(it))),
        _ => None,
    };
    let text = |value: Option<&Value>| value.and_then(Value::as_str).unwrap_or_default().to_owned();
    match (a.and_then(number), b.and_then(number)) {
        (Some(a), Some(b)) => a.cmp(&b),
        _ => text(a).cmp(&text(b)),
    }
}

/// The id in the path, a UUID.
pub fn path_id(call: &Call<'_>, name: &'static str) -> Result<String, Refusal> {
    let id = call.param(name);
    match is_uuid(id) {
        true => Ok(id.to_owned()),
        false => Err(invalid(call.group, name)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_compare_by_what_they_are() {
        let order = |a: Value, b: Value| compare(Some(&a), Some(&b));
        assert_eq!(order(json!(9), json!(10)), Ordering::Less);
        assert_eq!(order(json!("10.0.0.9"), json!("10.0.0.10")), Ordering::Less);
        assert_eq!(order(json!("b"), json!("a")), Ordering::Greater);
        assert_eq!(compare(None, Some(&json!("a"))), Ordering::Less);
    }

    #[test]
    fn filters_look_into_lists_and_objects() {
        let shown = json!({"vnic": {"mac": "fa:16"}, "kinds": ["a", "b"], "size": 5});
        let look = |path, how, wanted| at(&shown, path).is_some_and(|it| fits(how, it, wanted));
        assert!(look("vnic.mac", How::Prefix, "fa:"));
        assert!(look("vnic.mac", How::Like, ":1"));
        assert!(look("kinds", How::Is, "b") && !look("kinds", How::Is, "c"));
        assert!(look("size", How::Is, "5") && !look("nothing", How::Is, "5"));
    }
}
