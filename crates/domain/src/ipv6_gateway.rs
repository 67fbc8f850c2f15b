//! IPv6 gateways: what joins the IPv6 side of a network to the Internet, one for each network.
//!
//! Blocks may be kept to connections that start inside, and single addresses to a share of the bandwidth.

use std::net::Ipv6Addr;

use serde::{Deserialize, Serialize};
use serde_json::Value;
use vpcd_net::Prefix;

use crate::condition;
use crate::context::Context;
use crate::fault::{Fault, Holder};
use crate::plan::{self, row};
use crate::quota;
use crate::resource::{Head, Kind, Resource, Tag};
use crate::tx::Tx;
use crate::vpc::Vpc;

/// The IPv6 gateway of a network.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Ipv6Gateway {
    /// Head; the parent is the network.
    pub head: Head,
    /// Name.
    pub name: String,
    /// Bandwidth in Mbit/s.
    pub mbits: u32,
    /// Whether it refuses to be deleted.
    pub protected: bool,
    /// Blocks that only start connections.
    #[serde(default)]
    pub egress_only: Vec<EgressOnly>,
    /// Addresses with a share of the bandwidth.
    #[serde(default)]
    pub shares: Vec<Share>,
    /// Labels.
    #[serde(default)]
    pub tags: Vec<Tag>,
}

/// A block whose addresses nobody reaches from outside, unless they called first.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct EgressOnly {
    /// Its id.
    pub id: String,
    /// The block.
    pub block: Prefix,
}

/// What of the bandwidth an address has.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Share {
    /// Its id.
    pub id: String,
    /// The address.
    pub address: Ipv6Addr,
    /// Towards it, in Mbit/s.
    pub ingress: u32,
    /// From it.
    pub egress: u32,
}

/// Validated input of [`create`].
#[derive(Clone, Debug, Default)]
pub struct NewIpv6Gateway {
    /// The network, by UUID.
    pub vpc: String,
    /// Name.
    pub name: String,
    /// Bandwidth in Mbit/s.
    pub mbits: u32,
    /// Whether it refuses to be deleted.
    pub protected: bool,
    /// Labels.
    pub tags: Vec<Tag>,
}

/// Names of the quotas on the rules of one gateway.
pub const EGRESS_ONLY: &str = "ipv6_egress_only";
/// Of the shares of one gateway.
pub const SHARES: &str = "ipv6_share";

impl Resource for Ipv6Gateway {
    const KIND: Kind = Kind::Ipv6Gateway;
    const ALIAS: Option<&'static str> = Some("gw-");

    fn head(&self) -> &Head {
        &self.head
    }

    fn head_mut(&mut self) -> &mut Head {
        &mut self.head
    }
}

impl Ipv6Gateway {
    /// The network's id.
    pub fn vpc(&self) -> &str {
        self.head.parent.as_deref().unwrap_or_default()
    }
}

/// Creates the IPv6 gateway of a network that has IPv6.
pub fn create(
    tx: &mut Tx<'_>,
    cx: &mut Context<'_>,
    new: NewIpv6Gateway,
) -> Result<Ipv6Gateway, Fault> {
    condition::standing(tx, cx, true)?;
    condition::tags(tx, cx, &new.tags)?;
    let vpc: Vpc = tx.get(&cx.caller.project, &new.vpc)?;
    vpc.head.must_take_changes(cx, Kind::Vpc)?;
    block_of(&vpc)?;
    if let Some(other) = of_network(tx, &vpc.head.id)? {
        let (kind, id) = (Kind::Ipv6Gateway, other.head.id);
        return Err(Fault::Duplicate { kind, id });
    }
    condition::backend_writes(tx, cx)?;
    let mut head = Head::new::<Ipv6Gateway>(cx, Some(&vpc.head.id));
    head.target.clone_from(&vpc.head.target);
    let it = Ipv6Gateway {
        head,
        name: new.name,
        mbits: new.mbits,
        protected: new.protected,
        egress_only: Vec::new(),
        shares: Vec::new(),
        tags: new.tags,
    };
    tx.insert(&it)?;
    Ok(it)
}

/// The gateway of a network.
pub fn of_network(tx: &mut Tx<'_>, vpc: &str) -> Result<Option<Ipv6Gateway>, Fault> {
    Ok(tx.children_page(vpc, None, 1)?.pop())
}

/// Gives a gateway another bandwidth, which the shares of its addresses fit into.
pub fn resize(
    tx: &mut Tx<'_>,
    cx: &mut Context<'_>,
    id: &str,
    mbits: u32,
) -> Result<Ipv6Gateway, Fault> {
    change(tx, cx, id, |it, _| {
        if it.shares.iter().any(|share| share.most() > mbits) {
            return Err(Fault::InUse {
                kind: Kind::Ipv6Gateway,
                id: it.head.id.clone(),
                by: Holder::Rule,
            });
        }
        it.mbits = mbits;
        Ok(())
    })
}

/// Lets a gateway refuse to be deleted, or not.
pub fn protect(
    tx: &mut Tx<'_>,
    cx: &mut Context<'_>,
    id: &str,
    protected: bool,
) -> Result<Ipv6Gateway, Fault> {
    let mut it: Ipv6Gateway = tx.get(&cx.caller.project, id)?;
    condition::backend_writes(tx, cx)?;
    it.protected = protected;
    tx.update(cx, &mut it)?;
    Ok(it)
}

/// Deletes a gateway that is not protected, has no rules left, and that no route leads to.
pub fn delete(tx: &mut Tx<'_>, cx: &mut Context<'_>, id: &str) -> Result<(), Fault> {
    let it: Ipv6Gateway = tx.get(&cx.caller.project, id)?;
    if it.protected {
        return Err(Fault::Unsuitable {
            kind: Kind::Ipv6Gateway,
            id: id.to_owned(),
            reason: "it is protected from deletion",
        });
    }
    if !it.egress_only.is_empty() || !it.shares.is_empty() {
        return Err(Fault::InUse {
            kind: Kind::Ipv6Gateway,
            id: id.to_owned(),
            by: Holder::Rule,
        });
    }
    if !tx.holders(id, 1)?.is_empty() {
        return Err(Fault::InUse {
            kind: Kind::Ipv6Gateway,
            id: id.to_owned(),
            by: Holder::Route,
        });
    }
    condition::backend_writes(tx, cx)?;
    tx.remove(&it)
}

/// Keeps a block of the network to connections that start inside; answers the rule's id.
pub fn restrict(
    tx: &mut Tx<'_>,
    cx: &mut Context<'_>,
    id: &str,
    block: Prefix,
) -> Result<String, Fault> {
    let rule = cx.ids.short("eor-");
    let limit = quota::limit(tx, cx, &cx.caller.project, EGRESS_ONLY)?;
    change(tx, cx, id, |it, whole| {
        if !whole.holds(block) {
            return Err(Fault::invalid("cidr", "not in the network"));
        }
        if let Some(known) = it.egress_only.iter().find(|known| known.block == block) {
            let (kind, id) = (Kind::Ipv6Gateway, known.id.clone());
            return Err(Fault::Duplicate { kind, id });
        }
        few(EGRESS_ONLY, limit, it.egress_only.len())?;
        it.egress_only.push(EgressOnly {
            id: rule.clone(),
            block,
        });
        Ok(())
    })?;
    Ok(rule)
}

/// Opens a block again.
pub fn open(tx: &mut Tx<'_>, cx: &mut Context<'_>, id: &str, rule: &str) -> Result<(), Fault> {
    change(tx, cx, id, |it, _| {
        let at = it.egress_only.iter().position(|known| known.id == rule);
        it.egress_only.remove(at.ok_or_else(|| missing(rule))?);
        Ok(())
    })
    .map(drop)
}

/// Gives an address a share of the bandwidth; answers the rule's id.
pub fn share(
    tx: &mut Tx<'_>,
    cx: &mut Context<'_>,
    id: &str,
    address: Ipv6Addr,
    (ingress, egress): (u32, u32),
) -> Result<String, Fault> {
    let rule = cx.ids.short("ipv6_qos-");
    let limit = quota::limit(tx, cx, &cx.caller.project, SHARES)?;
    change(tx, cx, id, |it, whole| {
        if !whole.has(address.into()) {
            return Err(Fault::invalid("ipv6Address", "not in the network"));
        }
        if let Some(known) = it.shares.iter().find(|known| known.address == address) {
            let (kind, id) = (Kind::Ipv6Gateway, known.id.clone());
            return Err(Fault::Duplicate { kind, id });
        }
        few(SHARES, limit, it.shares.len())?;
        let share = Share {
            id: rule.clone(),
            address,
            ingress,
            egress,
        };
        share.must_fit(it.mbits)?;
        it.shares.push(share);
        Ok(())
    })?;
    Ok(rule)
}

/// Gives an address another share; what is absent stays.
pub fn reshare(
    tx: &mut Tx<'_>,
    cx: &mut Context<'_>,
    id: &str,
    rule: &str,
    (ingress, egress): (Option<u32>, Option<u32>),
) -> Result<(), Fault> {
    change(tx, cx, id, |it, _| {
        let mbits = it.mbits;
        let mut shares = it.shares.iter_mut();
        let share = shares.find(|known| known.id == rule);
        let share = share.ok_or_else(|| missing(rule))?;
        share.ingress = ingress.unwrap_or(share.ingress);
        share.egress = egress.unwrap_or(share.egress);
        share.must_fit(mbits)
    })
    .map(drop)
}

/// Takes an address's share away.
pub fn unshare(tx: &mut Tx<'_>, cx: &mut Context<'_>, id: &str, rule: &str) -> Result<(), Fault> {
    change(tx, cx, id, |it, _| {
        let at = it.shares.iter().position(|known| known.id == rule);
        it.shares.remove(at.ok_or_else(|| missing(rule))?);
        Ok(())
    })
    .map(drop)
}

/// The row of a gateway.
pub(crate) fn planned(tx: &mut Tx<'_>, id: &str) -> Result<Option<Value>, Fault> {
    let Some(it) = tx.any::<Ipv6Gateway>(id)? else {
        return Ok(None);
    };
    let shares = it.shares.iter();
    plan::value(row::Ipv6Gateway {
        network: it.vpc().to_owned(),
        mbits: it.mbits,
        egress_only: it.egress_only.iter().map(|rule| rule.block).collect(),
        shares: shares
            .map(|share| row::Ipv6Share {
                address: share.address,
                ingress: share.ingress,
                egress: share.egress,
            })
            .collect(),
    })
    .map(Some)
}

impl Share {
    fn most(&self) -> u32 {
        self.ingress.max(self.egress)
    }

    fn must_fit(&self, mbits: u32) -> Result<(), Fault> {
        match self.ingress.min(self.egress) >= 1 && self.most() <= mbits {
            true => Ok(()),
            false => Err(Fault::invalid(
                "bandwidth",
                "not a share of the gateway's bandwidth",
            )),
        }
    }
}

fn change(
    tx: &mut Tx<'_>,
    cx: &mut Context<'_>,
    id: &str,
    rule: impl FnOnce(&mut Ipv6Gateway, Prefix) -> Result<(), Fault>,
) -> Result<Ipv6Gateway, Fault> {
    let mut it: Ipv6Gateway = tx.get(&cx.caller.project, id)?;
    let vpc: Vpc = tx.get(&cx.caller.project, it.vpc())?;
    let block = block_of(&vpc)?;
    rule(&mut it, block)?;
    condition::backend_writes(tx, cx)?;
    tx.change(cx, &mut it)?;
    Ok(it)
}

/// The network's block of IPv6.
fn block_of(vpc: &Vpc) -> Result<Prefix, Fault> {
    vpc.ipv6.map(Prefix::from).ok_or_else(|| Fault::Unsuitable {
        kind: Kind::Vpc,
        id: vpc.head.id.clone(),
        reason: "it has no IPv6",
    })
}

fn few(quota: &'static str, limit: Option<u64>, have: usize) -> Result<(), Fault> {
    match limit.filter(|limit| have as u64 >= *limit) {
        Some(limit) => Err(Fault::QuotaExceeded { quota, limit }),
        None => Ok(()),
    }
}

fn missing(rule: &str) -> Fault {
    Fault::NotFound {
        kind: Kind::Ipv6Gateway,
        id: rule.to_owned(),
    }
}
