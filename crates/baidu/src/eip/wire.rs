//! Words of EIPs: lines, sizes, states, and what lists are narrowed to.

use std::cell::RefCell;
use std::collections::BTreeSet;

use serde_json::{Value, json};
use vpcd_dialect::{Call, Refusal};
use vpcd_domain::order::Terms;
use vpcd_domain::publicip::{self, Doing, Keys, PublicIp};
use vpcd_domain::{Context, Fault, State, Tx};

use super::instance;
use crate::billing;
use crate::faults::invalid;
use crate::generated::limits;
use crate::page::{Page, Paged, following};
use crate::wire;

/// Lines and the pools that they stand for; the first is the usual one.
const LINES: [(&str, &str); 4] = [
    ("BGP", "5_bgp"),
    ("BGP_S", "5_sbgp"),
    ("ChinaTelcom", "5_telcom"),
    ("ChinaUnicom", "5_union"),
];

/// A name: a letter, then letters, digits and `-_ /.`.
pub fn name(text: &str) -> Result<String, Refusal> {
    let legal = |c: char| c.is_ascii_alphanumeric() || "-_ /.".contains(c);
    let fits = text.len() as u64 <= limits::NAME_MAX;
    match fits && text.starts_with(|c: char| c.is_ascii_alphabetic()) && text.chars().all(legal) {
        true => Ok(text.to_owned()),
        false => Err(invalid("name")),
    }
}

/// The pool that serves a line; a pool of the operator's may be named as it is.
pub fn pool(line: Option<&str>) -> Result<String, Refusal> {
    let line = line.filter(|line| !line.is_empty()).unwrap_or(LINES[0].0);
    let known = LINES.iter().find(|(word, _)| *word == line);
    Ok(known.map_or(line, |(_, pool)| pool).to_owned())
}

/// What is billed: traffic or bandwidth; in advance only the latter.
pub fn charge_mode(method: Option<&str>, terms: Terms) -> Result<&'static str, Refusal> {
    match (method, terms) {
        (None | Some("" | "ByBandwidth"), _) => Ok("bandwidth"),
        (Some("ByTraffic"), Terms::Postpaid) => Ok("traffic"),
        _ => Err(invalid("billingMethod")),
    }
}

/// The largest size where that is billed, in Mbit/s.
pub fn most(charge_mode: &str) -> u64 {
    match charge_mode {
        "traffic" => limits::EIP_TRAFFIC_BANDWIDTH_MAX,
        _ => limits::EIP_BANDWIDTH_MAX,
    }
}

/// A size in Mbit/s.
pub fn size(size: i64, charge_mode: &str) -> Result<u32, Refusal> {
    let size = u32::try_from(size).ok();
    size.filter(|size| (1..=most(charge_mode)).contains(&u64::from(*size)))
        .ok_or_else(|| invalid("bandwidthInMbps"))
}

/// What a list is narrowed to.
#[derive(Clone, Debug)]
pub struct Filter {
    address: Option<String>,
    ids: Vec<String>,
    name: Option<String>,
    status: Option<String>,
    kind: Option<String>,
    instance: Option<String>,
    nothing: bool,
}

impl Filter {
    /// What the query of a call says.
    pub fn of(call: &Call<'_>) -> Result<Filter, Refusal> {
        let text = |key: &str| call.query.get(key).map(str::to_owned);
        let nothing = match call.query.get("ipVersion") {
            None | Some("ipv4" | "4") => false,
            // No EIP is one of IPv6.
            Some("ipv6" | "6") => true,
            Some(_) => return Err(invalid("ipVersion")),
        };
        // None has a status that there is not.
        let nothing = nothing
            || call
                .query
                .get("status")
                .is_some_and(|it| doing(it).is_none());
        Ok(Filter {
            address: text("eip"),
            ids: call
                .query
                .all("eipIds")
                .into_iter()
                .map(str::to_owned)
                .collect(),
            name: text("name"),
            status: text("status"),
            kind: text("instanceType"),
            instance: text("instanceId"),
            nothing,
        })
    }

    /// The page of what it is about.
    pub fn page(
        &self,
        tx: &mut Tx<'_>,
        cx: &Context<'_>,
        page: &Page,
    ) -> Result<Paged<PublicIp>, Fault> {
        let project = cx.caller.project.as_str();
        let (few, many) = (self.few(tx, cx)?, self.many());
        // What an address is bound to takes a look at other rows, so it is judged where these are read.
        let bound_so = RefCell::new(BTreeSet::new());
        let asks = self.kind.is_some() || self.instance.is_some();
        let wanted = |it: &PublicIp| {
            self.wants(it)
                && few
                    .as_ref()
                    .is_none_or(|few| few.iter().any(|one| one.head.id == it.head.id))
                && (!asks || bound_so.borrow().contains(&it.head.id))
        };
        if let Some(first) = page.marker()
            && let Ok(it) = tx.by_alias::<PublicIp>(project, first)
        {
            self.note(tx, &it, &bound_so)?;
        }
        page.take(tx, project, wanted, |tx, after, limit| {
            let items = match &few {
                Some(few) => following(few, after, limit),
                None if many.asks_for_many() => {
                    let after = after.map(|it| it.head.id.as_str());
                    publicip::narrowed(tx, project, &many, after, limit)?
                }
                None => tx.list_created(project, after, limit)?,
            };
            for it in &items {
                self.note(tx, it, &bound_so)?;
            }
            Ok(items)
        })
    }

    /// The addresses that are named, ordered by their creation; nothing when none is.
    fn few(&self, tx: &mut Tx<'_>, cx: &Context<'_>) -> Result<Option<Vec<PublicIp>>, Fault> {
        if self.nothing {
            return Ok(Some(Vec::new()));
        }
        let mut keys = Keys::default();
        keys.addresses.extend(self.address.clone());
        keys.instances.extend(self.instance.clone());
        for alias in &self.ids {
            match tx.by_alias::<PublicIp>(&cx.caller.project, alias) {
                Ok(it) => keys.ids.push(it.head.id),
                Err(Fault::NotFound { .. }) => {}
                Err(fault) => return Err(fault),
            }
        }
        if !self.ids.is_empty() && keys.ids.is_empty() {
            return Ok(Some(Vec::new()));
        }
        let mut found = publicip::among(tx, cx, &keys)?;
        if let Some(found) = &mut found {
            found.sort_by(|a, b| (a.head.created, &a.head.id).cmp(&(b.head.created, &b.head.id)));
        }
        Ok(found)
    }

    /// What else is looked up, of which there may be many. Whatever is bound to an instance of some type is bound.
    fn many(&self) -> Keys {
        let status = self.status.as_deref().and_then(doing);
        let bound = self.kind.as_ref().map(|_| Doing::Bound);
        Keys {
            names: self.name.iter().cloned().collect(),
            doing: status.or(bound).into_iter().collect(),
            ..Keys::default()
        }
    }

    fn wants(&self, it: &PublicIp) -> bool {
        let same = |wanted: &Option<String>, is: &str| wanted.as_deref().is_none_or(|it| it == is);
        same(&self.address, &it.address.to_string())
            && same(&self.name, &it.alias)
            && same(&self.status, status(it))
    }

    /// Notes that an address is bound as the filter says.
    fn note(
        &self,
        tx: &mut Tx<'_>,
        it: &PublicIp,
        so: &RefCell<BTreeSet<String>>,
    ) -> Result<(), Fault> {
        if (self.kind.is_none() && self.instance.is_none()) || it.bound.is_none() {
            return Ok(());
        }
        let Some((kind, id)) = instance::shown(tx, it)? else {
            return Ok(());
        };
        let kind_fits = self.kind.as_deref().is_none_or(|wanted| wanted == kind);
        if kind_fits && self.instance.as_ref().is_none_or(|wanted| *wanted == id) {
            so.borrow_mut().insert(it.head.id.clone());
        }
        Ok(())
    }
}

/// An EIP as lists show it.
pub fn render(
    tx: &mut Tx<'_>,
    cx: &Context<'_>,
    region: &str,
    it: &PublicIp,
) -> Result<Value, Fault> {
    let (it, bandwidth) = publicip::with_bandwidth(tx, it.clone())?;
    let (kind, instance) = instance::shown(tx, &it)?.unwrap_or_default();
    let line = LINES.iter().find(|(_, pool)| *pool == it.pool);
    let method = match bandwidth.charge_mode.as_str() {
        "traffic" => "ByTraffic",
        _ => "ByBandwidth",
    };
    let shared = bandwidth.shared;
    Ok(json!({
        "name": it.alias,
        "eip": it.address,
        "eipId": it.head.alias,
        "status": status(&it),
        "eipInstanceType": if shared { "shared" } else { "normal" },
        "instanceType": kind,
        "instanceId": instance,
        "shareGroupId": if shared { bandwidth.head.id.as_str() } else { "" },
        "clusterId": "",
        "bandwidthInMbps": bandwidth.size,
        "paymentTiming": billing::timing(it.charge.as_ref()),
        "billingMethod": method,
        "createTime": wire::time(it.head.created),
        "expireTime": billing::expiry(it.charge.as_ref(), cx.now),
        "region": region,
        "routeType": line.map_or(it.pool.as_str(), |(word, _)| word),
        "tags": wire::rendered_tags(&it.tags),
        "deleteProtect": it.protected,
        "bwShortId": "",
    }))
}

/// The state of an EIP.
fn status(it: &PublicIp) -> &'static str {
    match it.head.state() {
        State::Creating => "creating",
        State::Updating if it.is_resizing() => "updating",
        State::Updating if it.bound.is_some() => "binding",
        State::Updating => "unbinding",
        State::Active if it.bound.is_some() => "binded",
        State::Active => "available",
        State::Frozen => "paused",
        State::Failed | State::Deleting => "unavailable",
    }
}

/// What addresses of a status are doing; nothing for a word that is none.
fn doing(status: &str) -> Option<Doing> {
    Some(match status {
        "available" => Doing::Free,
        "binded" => Doing::Bound,
        "paused" => Doing::Stopped,
        "creating" | "binding" | "unbinding" | "updating" | "unavailable" => Doing::Pending,
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_counted_may_be_larger() {
        assert_eq!(size(200, "bandwidth").ok(), Some(200));
        assert!(size(201, "bandwidth").is_err());
        assert_eq!(size(1000, "traffic").ok(), Some(1000));
        assert!(size(1001, "traffic").is_err() && size(0, "traffic").is_err());
        assert_eq!(pool(None).ok().as_deref(), Some("5_bgp"));
    }
}
