//! Pools of public addresses, one per address type, that the operator configures.

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use std::net::Ipv4Addr;
use vpcd_net::Cidr;
use vpcd_store::{claim, setting};

use crate::context::Ids;
use crate::fault::Fault;
use crate::ipam::{self, Space};
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
}

fn center() -> String {
    "center".to_owned()
}

impl Pool {
    /// The address space: public addresses are unique over all pools.
    pub fn space(&self) -> Space {
        space(&self.name)
    }

    /// A UUID that stays with the name.
    pub fn id(&self) -> String {
        stable_id("pool", &self.name)
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
                mine: pool.cidrs[0],
                theirs: *theirs,
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
