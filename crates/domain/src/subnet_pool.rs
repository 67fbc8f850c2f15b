//! Subnet pools: prefixes from which subnets are meant to be cut.

use serde::{Deserialize, Serialize};
use vpcd_net::Prefix;
use vpcd_store::claim;

use crate::condition;
use crate::context::Context;
use crate::fault::Fault;
use crate::resource::{Head, Kind, Resource};
use crate::tx::Tx;

/// A pool of prefixes.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct SubnetPool {
    /// Head; no parent, nothing to converge.
    pub head: Head,
    /// Name.
    pub name: String,
    /// Free text.
    pub description: String,
    /// Its prefixes, of one version.
    pub prefixes: Vec<Prefix>,
    /// How much of it a project may use.
    pub default_quota: Option<i64>,
    /// Shortest prefix to cut.
    pub shortest: u8,
    /// Prefix to cut when none is asked for.
    pub usual: u8,
    /// Longest prefix to cut.
    pub longest: u8,
    /// Whether it is the one to use when none is named.
    pub is_default: bool,
}

/// Validated input of [`create`] and [`update`]; absent fields take their default, or stay.
#[derive(Clone, Debug, Default)]
pub struct Change {
    /// Name.
    pub name: Option<String>,
    /// Free text.
    pub description: Option<String>,
    /// Prefixes.
    pub prefixes: Option<Vec<Prefix>>,
    /// How much of it a project may use.
    pub default_quota: Option<i64>,
    /// Shortest prefix.
    pub shortest: Option<u8>,
    /// Usual prefix.
    pub usual: Option<u8>,
    /// Longest prefix.
    pub longest: Option<u8>,
    /// Whether it is the default one.
    pub is_default: Option<bool>,
}

impl Resource for SubnetPool {
    const KIND: Kind = Kind::SubnetPool;

    fn head(&self) -> &Head {
        &self.head
    }

    fn head_mut(&mut self) -> &mut Head {
        &mut self.head
    }
}

impl SubnetPool {
    /// The version of IP.
    pub fn version(&self) -> u8 {
        self.prefixes
            .first()
            .map_or(4, |prefix| prefix.family().version())
    }
}

/// Creates a pool.
pub fn create(tx: &mut Tx<'_>, cx: &mut Context<'_>, new: Change) -> Result<SubnetPool, Fault> {
    condition::standing(tx, cx, false)?;
    let prefixes = new.prefixes.clone().unwrap_or_default();
    let version = prefixes
        .first()
        .map_or(4, |prefix| prefix.family().version());
    let (shortest, longest) = match version {
        4 => (8, 32),
        _ => (64, 128),
    };
    let pool = SubnetPool {
        head: Head::new::<SubnetPool>(cx, None).settled(),
        name: String::new(),
        description: String::new(),
        prefixes,
        default_quota: None,
        shortest,
        usual: new.usual.or(new.shortest).unwrap_or(shortest),
        longest,
        is_default: false,
    };
    let pool = changed(tx, pool, new)?;
    condition::backend_writes(tx, cx)?;
    tx.insert(&pool)?;
    take_default(tx, &pool)?;
    Ok(pool)
}

/// Changes a pool; what it had of prefixes it keeps.
pub fn update(
    tx: &mut Tx<'_>,
    cx: &mut Context<'_>,
    id: &str,
    change: Change,
) -> Result<SubnetPool, Fault> {
    let before: SubnetPool = tx.get(&cx.caller.project, id)?;
    let mut pool = changed(tx, before.clone(), change)?;
    let kept = |old: &Prefix| pool.prefixes.iter().any(|new| new.holds(*old));
    if !before.prefixes.iter().all(kept) {
        return Err(Fault::invalid("prefixes", "existing ones are missing"));
    }
    condition::backend_writes(tx, cx)?;
    take_default(tx, &pool)?;
    tx.update(cx, &mut pool)?;
    Ok(pool)
}

/// Deletes a pool.
pub fn delete(tx: &mut Tx<'_>, cx: &mut Context<'_>, id: &str) -> Result<(), Fault> {
    let pool: SubnetPool = tx.get(&cx.caller.project, id)?;
    condition::backend_writes(tx, cx)?;
    tx.remove(&pool)
}

fn changed(tx: &mut Tx<'_>, mut pool: SubnetPool, change: Change) -> Result<SubnetPool, Fault> {
    pool.name = change.name.unwrap_or(pool.name);
    pool.description = change.description.unwrap_or(pool.description);
    pool.prefixes = change.prefixes.unwrap_or(pool.prefixes);
    pool.default_quota = change.default_quota.or(pool.default_quota);
    pool.shortest = change.shortest.unwrap_or(pool.shortest);
    pool.usual = change.usual.unwrap_or(pool.usual);
    pool.longest = change.longest.unwrap_or(pool.longest);
    pool.is_default = change.is_default.unwrap_or(pool.is_default);
    let version = pool.version();
    let most = if version == 4 { 32 } else { 128 };
    if pool.prefixes.is_empty()
        || pool
            .prefixes
            .iter()
            .any(|it| it.family().version() != version)
    {
        return Err(Fault::invalid("prefixes", "none, or of both versions"));
    }
    let ordered = pool.shortest <= pool.usual && pool.usual <= pool.longest;
    if !ordered || pool.longest > most {
        return Err(Fault::invalid("prefixlen", "not in order"));
    }
    if pool.prefixes.iter().any(|it| it.length() > pool.longest) {
        return Err(Fault::invalid("prefixes", "longer than the longest prefix"));
    }
    if pool.is_default
        && let Some(id) = default_of(tx, &pool)?
        && id != pool.head.id
    {
        return Err(Fault::invalid("is_default", "there is a default one"));
    }
    Ok(pool)
}

/// One pool of each version may be the default one.
fn take_default(tx: &mut Tx<'_>, pool: &SubnetPool) -> Result<(), Fault> {
    let (space, key) = default_space(pool);
    let mine = default_of(tx, pool)?.as_deref() == Some(&pool.head.id);
    match pool.is_default {
        true => claim::take(tx.rows(), &space, &key, &pool.head.id)?,
        false if mine => claim::release(tx.rows(), &space, &key)?,
        false => false,
    };
    Ok(())
}

fn default_of(tx: &mut Tx<'_>, pool: &SubnetPool) -> Result<Option<String>, Fault> {
    let (space, key) = default_space(pool);
    Ok(claim::holder(tx.rows(), &space, &key)?)
}

fn default_space(pool: &SubnetPool) -> (String, String) {
    (
        format!("default-subnet-pool/{}", pool.head.project),
        pool.version().to_string(),
    )
}
