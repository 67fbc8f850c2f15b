//! What all resources of the native API share: pages with links, filters by any attribute, chosen attributes.

use serde_json::{Map, Value, json};
use vpcd_dialect::{Call, Refusal, Reply};
use vpcd_domain::{Context, Fault, Tx, Way, condition};

use crate::faults::neutron::invalid;
use crate::faults::refuse;
use crate::generated::errors;

/// Most items of a page, and as many as a call gets that names no number.
const PAGE: usize = 2000;
/// Query parameters that are not filters.
const STEERING: [&str; 6] = [
    "limit",
    "marker",
    "page_reverse",
    "fields",
    "sort_key",
    "sort_dir",
];

/// What a list call asks for.
#[derive(Debug)]
pub struct Listing {
    limit: usize,
    marker: Option<String>,
    back: bool,
    fields: Vec<String>,
    filters: Vec<(String, Vec<String>)>,
}

impl Listing {
    /// The list that a call asks for.
    pub fn of(call: &Call<'_>) -> Result<Listing, Refusal> {
        let limit = match call.query.get("limit") {
            None => PAGE,
            Some(text) => match text.parse::<usize>() {
                // As in Neutron: 0 is no limit of the caller's, and the server has its own.
                Ok(0) => PAGE,
                Ok(limit) => limit.min(PAGE),
                Err(_) => return Err(invalid("'limit' is not a number of 0 or more")),
            },
        };
        let back = match call.query.get("page_reverse") {
            None => false,
            Some(text) => truth(text).ok_or_else(|| invalid("'page_reverse' is not a boolean"))?,
        };
        let mut filters: Vec<(String, Vec<String>)> = Vec::new();
        for (key, value) in call.query.pairs() {
            if STEERING.contains(&key) {
                continue;
            }
            match filters.iter_mut().find(|(known, _)| known == key) {
                Some((_, values)) => values.push(value.to_owned()),
                None => filters.push((key.to_owned(), vec![value.to_owned()])),
            }
        }
        Ok(Listing {
            limit,
            marker: call.query.get("marker").map(str::to_owned),
            back,
            fields: fields(call),
            filters,
        })
    }

    /// The value of an attribute, when the call asks for exactly one: what an index can be asked for.
    pub fn only(&self, attribute: &str) -> Option<&str> {
        let (_, values) = self.filters.iter().find(|(key, _)| key == attribute)?;
        match values.as_slice() {
            [one] if !one.is_empty() => Some(one),
            _ => None,
        }
    }

    /// The ids that the call asks for, in the order of the list, those beyond the marker.
    fn ids(&self) -> Option<Vec<&str>> {
        let (_, values) = self.filters.iter().find(|(key, _)| key == "id")?;
        let mut ids: Vec<&str> = values.iter().flat_map(|it| it.split(',')).collect();
        ids.sort_unstable();
        ids.dedup();
        if self.back {
            ids.reverse();
        }
        if let Some(marker) = self.marker.as_deref() {
            ids.retain(|id| {
                if self.back {
                    *id < marker
                } else {
                    *id > marker
                }
            });
        }
        Some(ids)
    }

    /// Whether an item has every attribute that the call asks for; what it does not have at all is no filter.
    fn wants(&self, item: &Value) -> bool {
        self.filters.iter().all(|(key, values)| {
            // Ids have been looked up; several may be written with commas.
            key == "id" || item.get(key).is_none_or(|have| agrees(have, values))
        })
    }

    /// The value of a key among those that the call asks an attribute's objects for, such as the `ip_address` of
    /// `fixed_ips`, when it asks for exactly one.
    pub fn inner(&self, attribute: &str, key: &str) -> Option<&str> {
        let (_, values) = self.filters.iter().find(|(known, _)| known == attribute)?;
        let mut named = values.iter().filter_map(|value| {
            let (known, value) = value.split_once('=')?;
            (known.trim() == key).then(|| value.trim())
        });
        let one = named.next();
        one.filter(|_| named.next().is_none())
    }

    fn chosen(&self, item: Value) -> Value {
        selected(&self.fields, item)
    }
}

/// Answers a list.
///
/// `find` gives the item of an id, rendered, or nothing; `next` gives up to so many items along a way, in its order,
/// and fewer than asked only at its end.
pub fn list<F, N>(
    call: &Call<'_>,
    plural: &str,
    listing: &Listing,
    find: F,
    next: N,
) -> Result<Reply, Refusal>
where
    F: Fn(&mut Tx<'_>, &mut Context<'_>, &str) -> Result<Option<Value>, Fault> + Send,
    N: Fn(&mut Tx<'_>, &mut Context<'_>, Way<'_>, usize) -> Result<Vec<Value>, Fault> + Send,
{
    let found = call
        .read(move |tx, cx| {
            condition::backend_reads(tx, cx)?;
            if let Some(marker) = &listing.marker
                && find(tx, cx, marker)?.is_none()
            {
                return Ok(None);
            }
            let Some(ids) = listing.ids() else {
                return collect(tx, cx, listing, &next).map(Some);
            };
            let mut named = Vec::new();
            for id in ids {
                named.extend(find(tx, cx, id)?.filter(|item| listing.wants(item)));
            }
            Ok(Some(named))
        })
        .map_err(|fault| refuse(call, fault))?;
    let mut items: Vec<Value> = found.ok_or_else(|| invalid("'marker' names nothing"))?;
    let more = items.len() > listing.limit;
    items.truncate(listing.limit);
    if listing.back {
        items.reverse();
    }
    let links = links(call, listing, &items, more);
    let items: Vec<Value> = items.into_iter().map(|item| listing.chosen(item)).collect();
    let mut body = Map::new();
    body.insert(plural.to_owned(), Value::Array(items));
    if !links.is_empty() {
        body.insert(format!("{plural}_links"), Value::Array(links));
    }
    Ok(Reply::json(call.success, Value::Object(body)))
}

/// The items of the page and one more, when there is one.
fn collect<N>(
    tx: &mut Tx<'_>,
    cx: &mut Context<'_>,
    listing: &Listing,
    next: &N,
) -> Result<Vec<Value>, Fault>
where
    N: Fn(&mut Tx<'_>, &mut Context<'_>, Way<'_>, usize) -> Result<Vec<Value>, Fault>,
{
    let mut found = Vec::new();
    let mut from = listing.marker.clone();
    while found.len() <= listing.limit {
        let ask = match listing.filters.is_empty() {
            true => listing.limit + 1 - found.len(),
            // A rare filter is read in steps, so that it does not load everything at once.
            false => (listing.limit + 1 - found.len()).clamp(64, 256),
        };
        let way = Way {
            from: from.as_deref(),
            back: listing.back,
        };
        let items = next(tx, cx, way, ask)?;
        let short = items.len() < ask;
        from = items
            .last()
            .and_then(|item| item["id"].as_str())
            .map(str::to_owned);
        found.extend(items.into_iter().filter(|item| listing.wants(item)));
        if short {
            break;
        }
    }
    Ok(found)
}

/// Links to the pages on either side; there are some only when the list is cut.
fn links(call: &Call<'_>, listing: &Listing, items: &[Value], more: bool) -> Vec<Value> {
    let edge = |item: Option<&Value>| {
        let item = item?;
        item["id"].as_str().map(str::to_owned)
    };
    // Beyond the near end lies at least the marker itself.
    let near = listing.marker.is_some();
    let (next, previous) = match listing.back {
        false => (more, near),
        true => (near, more),
    };
    let kept: String = call
        .request
        .query
        .split('&')
        .filter(|pair| {
            let key = pair.split('=').next().unwrap_or(pair);
            !pair.is_empty() && key != "marker" && key != "page_reverse"
        })
        .map(|pair| format!("{pair}&"))
        .collect();
    let page = format!("{}{}?{kept}", call.request.endpoint(), call.request.path);
    let mut links = Vec::new();
    if next && let Some(last) = edge(items.last()) {
        links.push(json!({"rel": "next", "href": format!("{page}marker={last}")}));
    }
    if previous && let Some(first) = edge(items.first()) {
        let href = format!("{page}marker={first}&page_reverse=True");
        links.push(json!({"rel": "previous", "href": href}));
    }
    links
}

/// Answers one item, with the attributes that the call asks for.
pub fn one(call: &Call<'_>, singular: &str, item: Value) -> Reply {
    let mut body = Map::new();
    body.insert(singular.to_owned(), selected(&fields(call), item));
    Reply::json(call.success, Value::Object(body))
}

/// Up to one item, where an index gives no more: nothing when it lies behind the start of the way.
pub fn lone(way: Way<'_>, item: Option<Value>) -> Vec<Value> {
    item.filter(|item| is_ahead(way, item["id"].as_str().unwrap_or_default()))
        .into_iter()
        .collect()
}

/// Whether the way leads to that id.
pub fn is_ahead(way: Way<'_>, id: &str) -> bool {
    way.from
        .is_none_or(|from| if way.back { id < from } else { id > from })
}

/// A boolean as Neutron reads it in a query.
pub fn truth(text: &str) -> Option<bool> {
    match text.to_ascii_lowercase().as_str() {
        "true" | "1" => Some(true),
        "false" | "0" => Some(false),
        _ => None,
    }
}

fn fields(call: &Call<'_>) -> Vec<String> {
    let fields = call.query.all("fields").into_iter();
    fields.map(str::to_owned).collect()
}

fn selected(fields: &[String], item: Value) -> Value {
    match item {
        Value::Object(mut item) if !fields.is_empty() => {
            item.retain(|name, _| fields.iter().any(|field| field == name));
            Value::Object(item)
        }
        other => other,
    }
}

/// Whether an attribute has one of the values that a query asks for; of objects it is asked for every key that the
/// values name.
fn agrees(have: &Value, values: &[String]) -> bool {
    let any = |mut values: std::slice::Iter<'_, String>| values.any(|value| matches(have, value));
    match have.as_array().and_then(|items| items.first()) {
        Some(Value::Object(_)) => values.iter().all(|value| {
            let key = |text: &str| text.split('=').next().unwrap_or_default().trim().to_owned();
            let same = |other: &&String| key(other) == key(value);
            values.iter().filter(same).any(|value| matches(have, value))
        }),
        _ => any(values.iter()),
    }
}

/// Whether an attribute has the value that a query asks for. Of a list one element must; an element that is an object
/// is asked for as `key=value`.
fn matches(have: &Value, asked: &str) -> bool {
    match have {
        Value::Null => asked.is_empty() || asked.eq_ignore_ascii_case("null"),
        Value::Bool(have) => truth(asked) == Some(*have),
        Value::Number(have) => have.to_string() == asked,
        Value::String(have) => have == asked,
        Value::Array(items) => asked
            .split(',')
            .any(|asked| items.iter().any(|item| matches(item, asked))),
        Value::Object(item) => asked.split_once('=').is_some_and(|(key, asked)| {
            item.get(key.trim())
                .is_some_and(|have| matches(have, asked.trim()))
        }),
    }
}

/// A name of at most 255 characters.
pub fn name(text: String) -> Result<String, Refusal> {
    match text.chars().count() <= 255 {
        true => Ok(text),
        false => Err(invalid("'name' is longer than 255 characters")),
    }
}

/// Refuses to switch something off that is always on.
pub fn always(field: &str, value: Option<bool>) -> Result<(), Refusal> {
    match value {
        Some(false) => Err(invalid(&format!("'{field}' can only be true"))),
        _ => Ok(()),
    }
}

/// What only an administrator of the cloud may do.
pub fn forbidden(rule: &str) -> Refusal {
    Refusal::new(errors::NEUTRON_POLICY_NOT_AUTHORIZED).with([format!("rule:{rule}")])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn attributes_match_what_a_query_writes() {
        assert!(matches(&json!(true), "True") && !matches(&json!(true), "no"));
        assert!(matches(&json!(4), "4") && matches(&json!("a,b"), "a,b"));
        assert!(matches(&json!(["a", "b"]), "b") && matches(&json!(["a", "b"]), "x,a"));
        let fixed = json!([{"ip_address": "10.0.0.5", "subnet_id": "s"}]);
        assert!(matches(&fixed, "ip_address=10.0.0.5") && !matches(&fixed, "ip_address=10.0.0.6"));
        assert!(!matches(&fixed, "10.0.0.5"));
        let asked = |values: &[&str]| values.iter().map(|it| (*it).to_owned()).collect::<Vec<_>>();
        assert!(agrees(
            &fixed,
            &asked(&["ip_address=10.0.0.5", "ip_address=x", "subnet_id=s"])
        ));
        assert!(!agrees(
            &fixed,
            &asked(&["ip_address=10.0.0.5", "subnet_id=t"])
        ));
    }

    #[test]
    fn only_the_chosen_attributes_stay() {
        let item = json!({"id": "a", "name": "n", "status": "s"});
        assert_eq!(
            selected(&["id".to_owned()], item.clone()),
            json!({"id": "a"})
        );
        assert_eq!(selected(&[], item.clone()), item);
    }
}
