//! Source rules: who goes out by which public addresses.

use std::net::Ipv4Addr;

use serde::{Deserialize, Serialize};
use vpcd_net::Cidr;
use vpcd_store::claim;

use super::address::{self, BY_RULE};
use super::{NatGateway, Refusal, network};
use crate::condition;
use crate::context::Context;
use crate::fault::Fault;
use crate::plan::row;
use crate::publicip::PublicIp;
use crate::quota;
use crate::resource::{Head, Kind, Resource};
use crate::tx::Tx;

/// A source rule.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct SnatRule {
    /// Head; the parent is the gateway.
    pub head: Head,
    /// Name.
    pub name: String,
    /// Who goes out.
    pub source: Cidr,
    /// Whether its owner wrote an address, not a block.
    #[serde(default)]
    pub single: bool,
    /// The public addresses that it goes out by, by id.
    pub addresses: Vec<String>,
}

/// Validated input of [`create`].
#[derive(Clone, Debug)]
pub struct NewSnatRule {
    /// Name.
    pub name: String,
    /// Who goes out, and whether that was written as an address.
    pub source: (Cidr, bool),
    /// The public addresses.
    pub addresses: Vec<Ipv4Addr>,
}

/// Validated input of [`update`]; absent fields stay.
#[derive(Clone, Debug, Default)]
pub struct SnatChange {
    /// New name.
    pub name: Option<String>,
    /// New source, and whether that was written as an address.
    pub source: Option<(Cidr, bool)>,
    /// New public addresses.
    pub addresses: Option<Vec<Ipv4Addr>>,
}

impl Resource for SnatRule {
    const KIND: Kind = Kind::SnatRule;
    const ALIAS: Option<&'static str> = Some("rule-");

    fn head(&self) -> &Head {
        &self.head
    }

    fn head_mut(&mut self) -> &mut Head {
        &mut self.head
    }

    fn counted(&self) -> bool {
        true
    }

    fn edges(&self) -> Vec<(&'static str, String)> {
        let ids = self.addresses.iter();
        ids.map(|id| (BY_RULE, id.clone())).collect()
    }
}

impl SnatRule {
    /// The gateway's id.
    pub fn gateway(&self) -> &str {
        self.head.parent.as_deref().unwrap_or_default()
    }
}

/// Adds a source rule to a gateway.
pub fn create(
    tx: &mut Tx<'_>,
    cx: &mut Context<'_>,
    gateway: &str,
    new: NewSnatRule,
) -> Result<SnatRule, Fault> {
    let gateway: NatGateway = tx.get(&cx.caller.project, gateway)?;
    gateway.must_take_changes()?;
    must_lie_inside(tx, &gateway, new.source.0)?;
    let addresses = usable(tx, &gateway, &new.addresses)?;
    let space = space(&gateway.head.id);
    if claim::holder(tx.rows(), &space, &new.source.0.to_string())?.is_some() {
        return Err(Refusal::SourceTaken.into());
    }
    quota::take_below::<SnatRule>(tx, cx, "snatRule", &gateway.head.id)?;
    condition::backend_writes(tx, cx)?;
    let mut head = Head::new::<SnatRule>(cx, Some(&gateway.head.id));
    head.target = gateway.head.target.clone();
    let it = SnatRule {
        head,
        name: new.name,
        source: new.source.0,
        single: new.source.1,
        addresses,
    };
    claim::take(tx.rows(), &space, &it.source.to_string(), &it.head.id)?;
    tx.insert(&it)?;
    Ok(it)
}

/// Changes a source rule of a gateway.
pub fn update(
    tx: &mut Tx<'_>,
    cx: &mut Context<'_>,
    mut it: SnatRule,
    change: SnatChange,
) -> Result<SnatRule, Fault> {
    let gateway: NatGateway = tx.get(&cx.caller.project, it.gateway())?;
    gateway.must_take_changes()?;
    if let Some((source, single)) = change.source {
        must_lie_inside(tx, &gateway, source)?;
        let space = space(&gateway.head.id);
        match claim::holder(tx.rows(), &space, &source.to_string())? {
            Some(holder) if holder != it.head.id => return Err(Refusal::SourceTaken.into()),
            Some(_) => {}
            None => {
                claim::release(tx.rows(), &space, &it.source.to_string())?;
                claim::take(tx.rows(), &space, &source.to_string(), &it.head.id)?;
            }
        }
        (it.source, it.single) = (source, single);
    }
    if let Some(addresses) = change.addresses {
        it.addresses = usable(tx, &gateway, &addresses)?;
    }
    if let Some(name) = change.name {
        it.name = name;
    }
    condition::backend_writes(tx, cx)?;
    tx.change(cx, &mut it)?;
    Ok(it)
}

/// Removes a source rule from its gateway.
pub fn delete(tx: &mut Tx<'_>, cx: &mut Context<'_>, it: &SnatRule) -> Result<(), Fault> {
    let gateway: NatGateway = tx.get(&cx.caller.project, it.gateway())?;
    gateway.must_take_changes()?;
    condition::backend_writes(tx, cx)?;
    tx.remove(it)
}

/// The public addresses of a rule, as they are written.
pub fn addresses(tx: &mut Tx<'_>, it: &SnatRule) -> Result<Vec<Ipv4Addr>, Fault> {
    let mut found = Vec::new();
    for id in &it.addresses {
        found.extend(tx.any::<PublicIp>(id)?.map(|it| it.address));
    }
    Ok(found)
}

/// The ids of public addresses that the gateway sends from.
fn usable(
    tx: &mut Tx<'_>,
    gateway: &NatGateway,
    wanted: &[Ipv4Addr],
) -> Result<Vec<String>, Fault> {
    let held = address::of(tx, &gateway.head.id)?;
    let mut ids: Vec<String> = Vec::new();
    for address in wanted {
        let found = held
            .iter()
            .find(|(it, side)| it.address == *address && side.sends());
        let (it, _) = found.ok_or(Refusal::SourceAddress)?;
        if !ids.contains(&it.head.id) {
            ids.push(it.head.id.clone());
        }
    }
    match ids.is_empty() {
        true => Err(Refusal::SourceAddress.into()),
        false => Ok(ids),
    }
}

/// Refuses a source that is not inside the network; that of everybody is.
fn must_lie_inside(tx: &mut Tx<'_>, gateway: &NatGateway, source: Cidr) -> Result<(), Fault> {
    let vpc = network(tx, gateway)?;
    match source.prefix() == 0 || vpc.holds(source) {
        true => Ok(()),
        false => Err(Refusal::SourceOutside.into()),
    }
}

/// Where the sources of a gateway's rules are claimed.
fn space(gateway: &str) -> String {
    format!("snat/{gateway}")
}

/// What of a rule goes into its row.
pub(crate) fn planned(it: &SnatRule) -> Option<row::SnatRule> {
    Some(row::SnatRule {
        gateway: it.gateway().to_owned(),
        source: it.source,
        addresses: it.addresses.clone(),
    })
}
