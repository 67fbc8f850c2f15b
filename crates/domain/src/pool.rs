//! Pools of public addresses, one per address type, that the operator configures.

use std::net::Ipv4Addr;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use vpcd_net::Cidr;
use vpcd_store::{claim, setting};

use crate::condition;
use crate::context::{Context, Ids};
use crate::fault::Fault;
use crate::ipam::{self, Space};
use crate::resource::Kind;
use crate::tx::Tx;

/// A pool of public addresses.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Pool {
    /// The address type it serves, such as `5_bgp`.
    #[serde(default)]
    pub name: String,
    /// Its blocks.
    pub cidrs: Vec<Cidr>,
    /// Where the addresses are announced: `center` or the name of an edge site.
    #[serde(default = "center")]
    pub border_group: String,
    /// The project that it is dedicated to; a common pool serves everybody.
    #[serde(default)]
    pub project: Option<String>,
    /// What that project calls it, once it has given it another name.
    #[serde(default)]
    pub label: Option<String>,
    /// What that project notes down about it.
    #[serde(default)]
    pub description: String,
    /// When the operator defined it first.
    #[serde(default)]
    pub created: Option<Timestamp>,
    /// When it was changed last.
    #[serde(default)]
    pub updated: Option<Timestamp>,
}

fn center() -> String {
    "center".to_owned()
}

impl Pool {
    /// A common pool of these blocks.
    pub fn new(name: &str, cidrs: Vec<Cidr>, border_group: &str) -> Pool {
        Pool {
            name: name.to_owned(),
            cidrs,
            border_group: border_group.to_owned(),
            project: None,
            label: None,
            description: String::new(),
            created: None,
            updated: None,
        }
    }

    /// A UUID that stays with the name.
    pub fn id(&self) -> String {
        stable_id("pool", &self.name)
    }

    /// What tenants call it.
    pub fn title(&self) -> String {
        self.label.clone().unwrap_or_else(|| self.name.clone())
    }

    /// Whether it serves the project.
    pub fn serves(&self, project: &str) -> bool {
        self.project.as_deref().is_none_or(|owner| owner == project)
    }

    /// How many addresses it can hand out in all.
    pub fn size(&self) -> u64 {
        // The first and the last address of a block are not usable, see [`define`].
        let usable = |cidr: &Cidr| match cidr.size() {
            size @ 0..=2 => size,
            size => size - 2,
        };
        self.cidrs.iter().map(usable).sum()
    }

    /// The address space: public addresses are unique over all pools.
    pub fn space(&self) -> Space {
        space(&self.name)
    }

    /// Whether one of its blocks has the address.
    pub fn has(&self, address: Ipv4Addr) -> bool {
        self.cidrs.iter().any(|cidr| cidr.has(address))
    }
}

/// A UUID that stays the same for a name of that kind.
pub fn stable_id(kind: &str, name: &str) -> String {
    Ids::new(Sha256::digest(format!("{kind}/{name}")).into()).uuid()
}

fn space(name: &str) -> Space {
    Space::shared(&format!("pool/{name}"), "public")
}

/// The pool of that name.
pub fn find(tx: &mut Tx<'_>, name: &str) -> Result<Option<Pool>, Fault> {
    let text = setting::get(tx.rows(), &format!("pool/{name}"))?;
    Ok(text.and_then(|text| serde_json::from_str(&text).ok()))
}

/// The pool that a tenant may take addresses from under that name.
pub fn offered(tx: &mut Tx<'_>, cx: &Context<'_>, name: &str) -> Result<Option<Pool>, Fault> {
    let project = &cx.caller.project;
    match find(tx, name)? {
        Some(pool) if pool.label.is_none() && pool.serves(project) => Ok(Some(pool)),
        // Pools are the operator's, so there are few of them.
        _ => Ok(serving(tx, cx)?
            .into_iter()
            .find(|pool| pool.title() == name)),
    }
}

/// The pools that serve the caller's project: common ones and its own.
pub fn serving(tx: &mut Tx<'_>, cx: &Context<'_>) -> Result<Vec<Pool>, Fault> {
    let mut pools = list(tx)?;
    pools.retain(|pool| pool.serves(&cx.caller.project));
    Ok(pools)
}

/// The pool of that id, when it serves the caller's project.
pub fn show(tx: &mut Tx<'_>, cx: &Context<'_>, id: &str) -> Result<Pool, Fault> {
    condition::backend_reads(tx, cx)?;
    let mut pools = serving(tx, cx)?.into_iter();
    pools
        .find(|pool| pool.id() == id)
        .ok_or_else(|| Fault::PoolMissing {
            pool: id.to_owned(),
        })
}

/// Changes what a project calls a pool that is dedicated to it; a common pool is everybody's.
pub fn describe(
    tx: &mut Tx<'_>,
    cx: &Context<'_>,
    id: &str,
    name: Option<String>,
    description: Option<String>,
) -> Result<Pool, Fault> {
    let mut pool = show(tx, cx, id)?;
    if pool.project.is_none() {
        return Err(Fault::Unsuitable {
            kind: Kind::PublicIp,
            id: id.to_owned(),
            reason: "a common pool is the operator's",
        });
    }
    condition::backend_writes(tx, cx)?;
    if let Some(name) = name {
        let mut others = serving(tx, cx)?.into_iter();
        if others.any(|other| other.name != pool.name && other.title() == name) {
            return Err(Fault::NameTaken {
                kind: Kind::PublicIp,
                name,
            });
        }
        pool.label = (name != pool.name).then_some(name);
    }
    if let Some(description) = description {
        pool.description = description;
    }
    pool.updated = Some(cx.now);
    store(tx, &pool)?;
    Ok(pool)
}

/// How many of a pool's addresses are held.
pub fn used(tx: &mut Tx<'_>, pool: &Pool) -> Result<u64, Fault> {
    Ok(pool.size().saturating_sub(pool.space().free(tx)?))
}

/// All pools.
pub fn list(tx: &mut Tx<'_>) -> Result<Vec<Pool>, Fault> {
    let rows = setting::list(tx.rows(), "pool/")?;
    Ok(rows
        .into_iter()
        .filter_map(|(_, text)| serde_json::from_str(&text).ok())
        .collect())
}

/// Whether addresses are announced at a place: the center, or where some pool is.
pub fn announced(tx: &mut Tx<'_>, border_group: &str) -> Result<bool, Fault> {
    Ok(border_group == center()
        || list(tx)?
            .iter()
            .any(|pool| pool.border_group == border_group))
}

/// Defines or redefines a pool; addresses that are held stay held.
pub fn define(tx: &mut Tx<'_>, pool: &Pool) -> Result<(), Fault> {
    for other in list(tx)?.iter().filter(|other| other.name != pool.name) {
        if let Some(theirs) = other
            .cidrs
            .iter()
            .find(|theirs| pool.cidrs.iter().any(|mine| mine.overlaps(**theirs)))
        {
            return Err(Fault::CidrOverlap {
                mine: pool.cidrs[0].into(),
                theirs: (*theirs).into(),
            });
        }
    }
    let space = pool.space();
    space.drop(tx)?;
    for cidr in &pool.cidrs {
        let held: Vec<Ipv4Addr> = held_inside(tx, *cidr)?;
        let mut kept = held;
        // The first and the last address of a block are not usable on a shared segment.
        if cidr.size() > 2 {
            kept.extend([cidr.base(), cidr.last()]);
        }
        for range in ipam::without(cidr.range(), &kept) {
            space.offer(tx, range)?;
        }
    }
    // What the owner calls it survives a redefinition.
    let mut pool = pool.clone();
    if let Some(known) = find(tx, &pool.name)?.filter(|known| known.project == pool.project) {
        (pool.label, pool.description) = (known.label, known.description);
        pool.created = known.created.or(pool.created);
    }
    store(tx, &pool)
}

fn store(tx: &mut Tx<'_>, pool: &Pool) -> Result<(), Fault> {
    let text =
        serde_json::to_string(pool).map_err(|e| vpcd_store::Error::Corrupt(e.to_string()))?;
    Ok(setting::put(
        tx.rows(),
        &format!("pool/{}", pool.name),
        &text,
    )?)
}

/// Removes a pool; addresses that are held stay with their holders.
pub fn remove(tx: &mut Tx<'_>, name: &str) -> Result<bool, Fault> {
    space(name).drop(tx)?;
    Ok(setting::delete(tx.rows(), &format!("pool/{name}"))?)
}

fn held_inside(tx: &mut Tx<'_>, cidr: Cidr) -> Result<Vec<Ipv4Addr>, Fault> {
    let mut held = Vec::new();
    let mut next = claim::ceiling(tx.rows(), "ip/public", &ipam::key(cidr.base()))?;
    while let Some(row) = next {
        let address = ipam::address(&row.key);
        if !cidr.has(address) {
            break;
        }
        held.push(address);
        let Some(after) = vpcd_net::range::after(address) else {
            break;
        };
        next = claim::ceiling(tx.rows(), "ip/public", &ipam::key(after))?;
    }
    Ok(held)
}
