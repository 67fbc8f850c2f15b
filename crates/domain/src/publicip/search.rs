//! Public addresses by what they are known for, without reading all of a project's.

use std::collections::BTreeMap;

use vpcd_store::{claim, resource};

use super::{BOUND, BOUND_TO, Binding, PublicIp, TARGET};
use crate::context::Context;
use crate::fault::Fault;
use crate::index::{self, Narrow};
use crate::ipam;
use crate::registration::Registration;
use crate::resource::Kind;
use crate::tx::{self, After, Tx};

/// What a caller knows of the addresses it looks for. An empty list asks nothing; one of several matches.
#[derive(Clone, Debug, Default)]
pub struct Keys {
    /// Ids.
    pub ids: Vec<String>,
    /// The addresses themselves, as text.
    pub addresses: Vec<String>,
    /// Ports that they are bound to.
    pub ports: Vec<String>,
    /// Instances that they are bound to, ports among them, by their ids or their short ids.
    pub instances: Vec<String>,
    /// Bandwidths that they use.
    pub bandwidths: Vec<String>,
    /// Addresses inside networks that they are bound to, as text.
    pub private: Vec<String>,
    /// What they are called.
    pub names: Vec<String>,
    /// What they are doing.
    pub doing: Vec<Doing>,
}

/// What an address is doing, as far as lists look it up; the caller judges the rest.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Doing {
    /// It is bound to nothing, or not yet.
    Free,
    /// It is bound, or on its way there.
    Bound,
    /// It is stopped.
    Stopped,
    /// It is not as asked: on its way, or failed.
    Pending,
}

/// Attributes by which addresses are found.
const NAME: &str = "name";
const PRIVATE: &str = "private";
const DOING: &str = "doing";

impl Doing {
    fn word(self) -> &'static str {
        match self {
            Doing::Free => "free",
            Doing::Bound => "bound",
            Doing::Stopped => "stopped",
            Doing::Pending => "pending",
        }
    }
}

/// What an address is found by.
pub(super) fn indexed(it: &PublicIp) -> Vec<(&'static str, String)> {
    let doing = match it.bound {
        Some(_) => Doing::Bound,
        None => Doing::Free,
    };
    let mut by = vec![(NAME, it.alias.clone()), (DOING, doing.word().to_owned())];
    if it.head.is_stopped() {
        by.push((DOING, Doing::Stopped.word().to_owned()));
    }
    if let Some(Binding::Port { address, .. }) = &it.bound {
        by.push((PRIVATE, address.to_string()));
    }
    by
}

impl Keys {
    /// Whether it asks for what may be many: their names, their private addresses, what they are doing.
    pub fn asks_for_many(&self) -> bool {
        !self.names.is_empty() || !self.private.is_empty() || !self.doing.is_empty()
    }
}

/// Up to `limit` of a project's addresses, by id, that match what the keys ask for of many, or a few more.
pub fn narrowed(
    tx: &mut Tx<'_>,
    project: &str,
    keys: &Keys,
    after: After<'_>,
    limit: usize,
) -> Result<Vec<PublicIp>, Fault> {
    let mut doing: Vec<String> = Vec::new();
    for it in &keys.doing {
        doing.push(it.word().to_owned());
    }
    let pending = keys.doing.contains(&Doing::Pending);
    if pending && keys.doing.len() == 1 && keys.names.is_empty() && keys.private.is_empty() {
        let limit = i64::try_from(limit).unwrap_or(i64::MAX);
        let kind = Kind::PublicIp.word();
        let rows = resource::pending_below(tx.rows(), kind, project, TARGET, after, limit)?;
        return rows.into_iter().map(tx::read).collect();
    }
    if pending {
        // Those on their way are found by their names alone, or with all others.
        doing.clear();
    }
    let narrow = Narrow {
        ids: &[],
        by: &[
            (PRIVATE, &keys.private),
            (NAME, &keys.names),
            (DOING, &doing),
        ],
    };
    index::page(tx, project, narrow, |_| true, after, limit)
}

/// The caller's addresses, by id, that match the keys, or a few more: the first list that asks something is looked
/// up, the caller judges the rest; what may be many comes last. `None` when no list asks anything.
pub fn among(
    tx: &mut Tx<'_>,
    cx: &Context<'_>,
    keys: &Keys,
) -> Result<Option<Vec<PublicIp>>, Fault> {
    let ids = if !keys.ids.is_empty() {
        keys.ids.clone()
    } else if !keys.addresses.is_empty() {
        holders_of(tx, &keys.addresses)?
    } else if !keys.ports.is_empty() {
        bound_to(tx, &keys.ports)?
    } else if !keys.instances.is_empty() {
        bound_to(tx, &keys.instances)?
    } else if !keys.bandwidths.is_empty() {
        pointing(tx, &keys.bandwidths, "bandwidth")?
    } else if keys.asks_for_many() {
        return narrowed(tx, &cx.caller.project, keys, None, usize::MAX).map(Some);
    } else {
        return Ok(None);
    };
    let mut found = BTreeMap::new();
    for id in ids {
        if let Some(it) = tx.find::<PublicIp>(&cx.caller.project, &id)? {
            found.insert(id, it);
        }
    }
    Ok(Some(found.into_values().collect()))
}

fn holders_of(tx: &mut Tx<'_>, addresses: &[String]) -> Result<Vec<String>, Fault> {
    let mut ids = Vec::new();
    for text in addresses {
        if let Ok(address) = text.parse() {
            ids.extend(claim::holder(tx.rows(), "ip/public", &ipam::key(address))?);
        }
    }
    Ok(ids)
}

/// The addresses of instances: of what is registered they are those of its port.
fn bound_to(tx: &mut Tx<'_>, instances: &[String]) -> Result<Vec<String>, Fault> {
    let mut all = instances.to_vec();
    for name in instances {
        all.extend(claim::holder(tx.rows(), "alias", name)?);
    }
    let mut ports = Vec::new();
    for id in &all {
        let it = tx.any::<Registration>(id)?;
        ports.extend(it.and_then(|it| it.port));
    }
    all.append(&mut ports);
    pointing(tx, &all, BOUND_TO)
}

fn pointing(tx: &mut Tx<'_>, ids: &[String], role: &str) -> Result<Vec<String>, Fault> {
    let mut found = Vec::new();
    for id in ids {
        let holders = tx.holders(id, usize::MAX)?.into_iter();
        found.extend(
            holders
                .filter(|(_, as_what)| as_what == role)
                .map(|(from, _)| from),
        );
    }
    Ok(found)
}

/// How many of the caller's addresses are bound.
pub fn bound_count(tx: &mut Tx<'_>, cx: &Context<'_>) -> Result<u64, Fault> {
    tx.counted_at(&cx.caller.project, BOUND)
}
