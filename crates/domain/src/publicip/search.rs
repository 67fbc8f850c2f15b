//! Public addresses by what they are known for, without reading all of a project's.

use std::collections::BTreeMap;

use vpcd_store::claim;

use super::{BOUND, BOUND_TO, PublicIp};
use crate::context::Context;
use crate::fault::Fault;
use crate::ipam;
use crate::registration::Registration;
use crate::tx::Tx;

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
}

/// The caller's addresses, by id, that match the keys, or a few more: the first list that asks something is looked
/// up, the caller judges the rest. `None` when no list asks anything.
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
    tx.count_as(&cx.caller.project, BOUND)
}
