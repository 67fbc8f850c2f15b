//! Quotas: counted in the same transaction as what they limit; there is no stored counter that could drift.

use vpcd_store::setting;

use crate::context::Context;
use crate::fault::Fault;
use crate::resource::Resource;
use crate::tx::Tx;

/// The limit of a quota for a project: its own, else the operator's general one, else the policy's.
/// `None` means unlimited.
pub fn limit(
    tx: &mut Tx<'_>,
    cx: &Context<'_>,
    project: &str,
    name: &str,
) -> Result<Option<u64>, Fault> {
    for scope in [project, "*"] {
        if let Some(text) = setting::get(tx.rows(), &format!("quota/{scope}/{name}"))? {
            return Ok(text.parse().ok());
        }
    }
    Ok(cx
        .policy
        .quotas
        .iter()
        .find(|(known, _)| *known == name)
        .map(|(_, limit)| *limit))
}

/// Refuses when the project owns as many of the kind as it may.
pub fn take<T: Resource>(
    tx: &mut Tx<'_>,
    cx: &Context<'_>,
    name: &'static str,
) -> Result<(), Fault> {
    take_many::<T>(tx, cx, name, 1)
}

/// Refuses when `more` of the kind would exceed what the project may own.
pub fn take_many<T: Resource>(
    tx: &mut Tx<'_>,
    cx: &Context<'_>,
    name: &'static str,
    more: u64,
) -> Result<(), Fault> {
    let project = cx.caller.project.clone();
    let Some(limit) = limit(tx, cx, &project, name)? else {
        return Ok(());
    };
    match tx.count::<T>(&project)? + more > limit {
        true => Err(Fault::QuotaExceeded { quota: name, limit }),
        false => Ok(()),
    }
}

/// Refuses when `parent` holds as many of the kind as it may.
pub fn take_below<T: Resource>(
    tx: &mut Tx<'_>,
    cx: &Context<'_>,
    name: &'static str,
    parent: &str,
) -> Result<(), Fault> {
    let limit = limit(tx, cx, &cx.caller.project, name)?;
    match limit {
        Some(limit) if tx.count_children::<T>(parent)? >= limit => {
            Err(Fault::QuotaExceeded { quota: name, limit })
        }
        _ => Ok(()),
    }
}

/// Sets the limit of a project (or of all, with `*`); `None` lifts it.
pub fn set(tx: &mut Tx<'_>, project: &str, name: &str, limit: Option<u64>) -> Result<(), Fault> {
    let text = limit.map_or("unlimited".to_owned(), |n| n.to_string());
    Ok(setting::put(
        tx.rows(),
        &format!("quota/{project}/{name}"),
        &text,
    )?)
}
