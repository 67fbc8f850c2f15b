//! Labels of resources: set, taken away, gathered over a project, searched by.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use crate::condition;
use crate::context::Context;
use crate::fault::Fault;
use crate::firewall::Firewall;
use crate::port::Port;
use crate::publicip::PublicIp;
use crate::resource::{Resource, Tag};
use crate::security_group::SecurityGroup;
use crate::state::State;
use crate::subnet::Subnet;
use crate::tx::Tx;
use crate::vpc::Vpc;
use crate::vpn::connection::Connection;
use crate::vpn::customer_gateway::CustomerGateway;
use crate::vpn::gateway::Gateway;
use crate::vpn::p2c;

/// A resource that carries labels.
pub trait Tagged: Resource {
    /// Its name, may be empty.
    fn name(&self) -> &str;
    /// Its labels in the order in which their keys came.
    fn tags(&self) -> &[Tag];
    /// Its labels, to change.
    fn tags_mut(&mut self) -> &mut Vec<Tag>;
}

macro_rules! tagged {
    ($($resource:ty: $name:ident),+) => {$(
        impl Tagged for $resource {
            fn name(&self) -> &str {
                &self.$name
            }

            fn tags(&self) -> &[Tag] {
                &self.tags
            }

            fn tags_mut(&mut self) -> &mut Vec<Tag> {
                &mut self.tags
            }
        }
    )+};
}

tagged!(
    Vpc: name, Subnet: name, Port: name, SecurityGroup: name, Firewall: name, PublicIp: alias,
    Gateway: name, CustomerGateway: name, Connection: name,
    p2c::gateway::Gateway: name
);

/// What a search wants; what is absent does not narrow it.
#[derive(Clone, Debug, Default)]
pub struct Search {
    /// Only what carries no label at all; the wanted labels do not count then.
    pub untagged: bool,
    /// Keys that must all be carried, each with one of its values; no values means any.
    pub tags: Vec<(String, Vec<String>)>,
    /// The name.
    pub name: Option<String>,
}

/// Keys with all their values.
pub type Keys = BTreeMap<String, BTreeSet<String>>;

/// A resource that a search found.
#[derive(Clone, Debug, PartialEq)]
pub struct Hit {
    /// Id.
    pub id: String,
    /// Name.
    pub name: String,
    /// All its labels.
    pub tags: Vec<Tag>,
}

/// What a search answers: one page, and how many there are in all.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Found {
    /// The page.
    pub hits: Vec<Hit>,
    /// How many match, on whatever page.
    pub total: u64,
}

impl Search {
    /// Whether a resource is wanted.
    pub fn wants(&self, it: &impl Tagged) -> bool {
        let carried = |(key, values): &(String, Vec<String>)| {
            it.tags()
                .iter()
                .any(|tag| tag.key == *key && (values.is_empty() || values.contains(&tag.value)))
        };
        let labels = match self.untagged {
            true => it.tags().is_empty(),
            false => self.tags.iter().all(carried),
        };
        labels && self.name.as_deref().is_none_or(|name| it.name() == name)
    }
}

type Set = fn(&mut Tx<'_>, &mut Context<'_>, &str, &[Tag], u64) -> Result<(), Fault>;

/// The rules of this file for one kind, where only the call tells which kind is meant.
#[derive(Clone, Copy)]
pub struct Labels {
    /// See [`show`].
    pub show: fn(&mut Tx<'_>, &mut Context<'_>, &str) -> Result<Vec<Tag>, Fault>,
    /// See [`set`].
    pub set: Set,
    /// See [`remove`].
    pub remove: fn(&mut Tx<'_>, &mut Context<'_>, &str, &[String]) -> Result<(), Fault>,
    /// See [`of_project`].
    pub of_project: fn(&mut Tx<'_>, &mut Context<'_>) -> Result<Keys, Fault>,
    /// See [`search`].
    pub search: fn(&mut Tx<'_>, &mut Context<'_>, &Search, u64, u64) -> Result<Found, Fault>,
}

impl Labels {
    /// The rules for the kind `T`.
    pub fn of<T: Tagged>() -> Labels {
        Labels {
            show: show::<T>,
            set: set::<T>,
            remove: remove::<T>,
            of_project: of_project::<T>,
            search: search::<T>,
        }
    }
}

/// The labels of a resource.
pub fn show<T: Tagged>(tx: &mut Tx<'_>, cx: &mut Context<'_>, id: &str) -> Result<Vec<Tag>, Fault> {
    Ok(tx.get::<T>(&cx.caller.project, id)?.tags().to_vec())
}

/// Labels a resource; a key that it has gets the new value. It carries at most `most`.
pub fn set<T: Tagged>(
    tx: &mut Tx<'_>,
    cx: &mut Context<'_>,
    id: &str,
    tags: &[Tag],
    most: u64,
) -> Result<(), Fault> {
    let it = changeable::<T>(tx, cx, id)?;
    condition::tags(tx, cx, tags)?;
    let mut all = it.tags().to_vec();
    for tag in tags {
        match all.iter_mut().find(|old| old.key == tag.key) {
            Some(old) => old.value.clone_from(&tag.value),
            None => all.push(tag.clone()),
        }
    }
    if u64::try_from(all.len()).unwrap_or(u64::MAX) > most {
        return Err(Fault::QuotaExceeded {
            quota: "tags",
            limit: most,
        });
    }
    replace(tx, cx, it, all)
}

/// Takes the labels with these keys away; a key that the resource does not have is no fault.
pub fn remove<T: Tagged>(
    tx: &mut Tx<'_>,
    cx: &mut Context<'_>,
    id: &str,
    keys: &[String],
) -> Result<(), Fault> {
    let it = changeable::<T>(tx, cx, id)?;
    let mut left = it.tags().to_vec();
    left.retain(|tag| !keys.contains(&tag.key));
    replace(tx, cx, it, left)
}

/// Every key that a project's resources of the kind carry, with all its values.
pub fn of_project<T: Tagged>(tx: &mut Tx<'_>, cx: &mut Context<'_>) -> Result<Keys, Fault> {
    let mut keys = Keys::new();
    each::<T>(tx, cx, |it| gather(&mut keys, &it))?;
    Ok(keys)
}

/// The resources of the kind that are wanted, in the order of their ids: `limit` of them after the first `offset`.
pub fn search<T: Tagged>(
    tx: &mut Tx<'_>,
    cx: &mut Context<'_>,
    search: &Search,
    offset: u64,
    limit: u64,
) -> Result<Found, Fault> {
    let page = offset..offset.saturating_add(limit);
    let mut found = Found::default();
    each::<T>(tx, cx, |it| found.meet(search, &page, &it))?;
    Ok(found)
}

impl Found {
    /// Takes a resource in, when it is wanted; on the page it is kept.
    pub(crate) fn meet(&mut self, search: &Search, page: &Range<u64>, it: &impl Tagged) {
        if !search.wants(it) {
            return;
        }
        if page.contains(&self.total) {
            self.hits.push(Hit {
                id: it.head().id.clone(),
                name: it.name().to_owned(),
                tags: it.tags().to_vec(),
            });
        }
        self.total += 1;
    }
}

/// Adds a resource's keys and values.
pub(crate) fn gather(keys: &mut Keys, it: &impl Tagged) {
    for tag in it.tags() {
        keys.entry(tag.key.clone())
            .or_default()
            .insert(tag.value.clone());
    }
}

/// The resource, unless it is on its way out.
fn changeable<T: Tagged>(tx: &mut Tx<'_>, cx: &Context<'_>, id: &str) -> Result<T, Fault> {
    let it: T = tx.get(&cx.caller.project, id)?;
    match it.head().state() {
        State::Deleting => Err(Fault::WrongState {
            kind: T::KIND,
            id: id.to_owned(),
            state: State::Deleting,
        }),
        _ => Ok(it),
    }
}

/// Stores the labels, if they are others than before: the fabric does not see them.
fn replace<T: Tagged>(
    tx: &mut Tx<'_>,
    cx: &Context<'_>,
    mut it: T,
    tags: Vec<Tag>,
) -> Result<(), Fault> {
    if it.tags() == tags {
        return Ok(());
    }
    *it.tags_mut() = tags;
    tx.update(cx, &mut it)
}

/// Goes over all resources of the kind in the caller's project without holding them all at once.
fn each<T: Tagged>(
    tx: &mut Tx<'_>,
    cx: &Context<'_>,
    mut visit: impl FnMut(T),
) -> Result<(), Fault> {
    let mut after: Option<String> = None;
    loop {
        let page: Vec<T> = tx.list(&cx.caller.project, after.as_deref(), 256)?;
        let Some(last) = page.last() else {
            return Ok(());
        };
        after = Some(last.head().id.clone());
        page.into_iter().for_each(&mut visit);
    }
}
