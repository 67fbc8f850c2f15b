//! Public (elastic) addresses: taken from a pool, bound to a port or a gateway, given back.

mod binding;
mod release;
mod search;
#[cfg(test)]
mod size;
mod view;

use std::net::{Ipv4Addr, Ipv6Addr};

use serde::{Deserialize, Serialize};
use vpcd_store::claim;

use crate::bandwidth::{self, Bandwidth, NewBandwidth};
use crate::condition;
use crate::context::Context;
use crate::fault::Fault;
use crate::ipam;
use crate::order::Prepaid;
use crate::pool::{self, Pool};
use crate::quota;
use crate::resource::{Counted, Head, Kind, Resource, Tag};
use crate::state::State;
use crate::tx::Tx;
use crate::vpn;

pub use binding::{
    Binding, Instance, InstanceKind, associate, bind, bind_free, bind_free_at, bind_gateway,
    disassociate, let_go, unbind, unbind_gateway,
};
pub(crate) use binding::{bind_at, bind_to};
pub use release::{delete, discard};
pub(crate) use release::{must_be_dispensable, release};
pub use search::{Doing, Keys, among, bound_count, narrowed};
pub use view::{View, view};

/// A public address.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct PublicIp {
    /// Head; no parent.
    pub head: Head,
    /// The address.
    pub address: Ipv4Addr,
    /// Pool it came from, such as `5_bgp`.
    pub pool: String,
    /// Name, may be empty.
    pub alias: String,
    /// Free text.
    #[serde(default)]
    pub description: String,
    /// What it is bound to.
    #[serde(default)]
    pub bound: Option<Binding>,
    /// Its bandwidth.
    pub bandwidth: String,
    /// Enterprise project.
    pub enterprise_project: String,
    /// Where it is announced.
    pub border_group: String,
    /// Whether clients of IPv6 reach it at an address of theirs, see [`PublicIp::ipv6`].
    #[serde(default)]
    pub nat64: bool,
    /// Whether it must not be given back.
    #[serde(default)]
    pub protected: bool,
    /// The order that pays for it in advance.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub charge: Option<Prepaid>,
    /// The generation in which its bandwidth last had another size; 0 before the first.
    #[serde(default)]
    pub resized: u64,
    /// Labels.
    #[serde(default)]
    pub tags: Vec<Tag>,
}

/// Validated input of [`create`].
#[derive(Clone, Debug)]
pub struct NewPublicIp {
    /// Pool, such as `5_bgp`.
    pub pool: String,
    /// This very address, as the caller wrote it.
    pub address: Option<String>,
    /// Name.
    pub alias: String,
    /// Port to bind to at once.
    pub port: Option<String>,
    /// Its bandwidth.
    pub bandwidth: NewBandwidth,
    /// Enterprise project.
    pub enterprise_project: String,
}

impl Resource for PublicIp {
    const KIND: Kind = Kind::PublicIp;
    const ALIAS: Option<&'static str> = Some("ip-");

    fn head(&self) -> &Head {
        &self.head
    }

    fn head_mut(&mut self) -> &mut Head {
        &mut self.head
    }

    fn counted(&self) -> bool {
        true
    }

    fn counted_at(&self) -> Vec<Counted> {
        let bound = self.bound.as_ref().map(|_| Counted {
            word: BOUND,
            scope: self.head.project.clone(),
            by: None,
        });
        bound.into_iter().collect()
    }

    fn charge(&self) -> Option<&Prepaid> {
        self.charge.as_ref()
    }

    fn indexed(&self) -> Vec<(&'static str, String)> {
        search::indexed(self)
    }

    fn edges(&self) -> Vec<(&'static str, String)> {
        let bound = self.bound.as_ref();
        std::iter::once(("bandwidth", self.bandwidth.clone()))
            .chain(bound.map(|bound| (BOUND_TO, bound.id().to_owned())))
            .collect()
    }
}

impl PublicIp {
    /// The port it is bound to.
    pub fn port(&self) -> Option<&str> {
        match &self.bound {
            Some(Binding::Port { id, .. }) => Some(id),
            _ => None,
        }
    }

    /// Whether all that it waits for is another size.
    pub fn is_resizing(&self) -> bool {
        self.head.state() == State::Updating && self.resized == self.head.generation
    }

    /// The address that clients of IPv6 use, in the prefix that RFC 6052 keeps for translation.
    pub fn ipv6(&self) -> Option<Ipv6Addr> {
        let [a, b, c, d] = self.address.octets().map(u16::from);
        let (high, low) = (a << 8 | b, c << 8 | d);
        self.nat64
            .then(|| Ipv6Addr::new(0x64, 0xff9b, 0, 0, 0, 0, high, low))
    }
}

/// What the targets of addresses begin with.
const TARGET: &str = "address/";

/// The tally of those that are bound.
const BOUND: &str = "bound_public_ip";

/// Role of the edge to what an address is bound to.
pub const BOUND_TO: &str = "bound_to";

/// Takes an address from a pool.
///
/// The order of checks makes each of VPC.0502, 0521, 0508, 0511, 0510, 0522, 0532, 0503 reachable.
pub fn create(tx: &mut Tx<'_>, cx: &mut Context<'_>, new: NewPublicIp) -> Result<PublicIp, Fault> {
    condition::standing(tx, cx, true)?;
    if let NewBandwidth::Shared(id) = &new.bandwidth {
        bandwidth::shared(tx, cx, id)?;
    }
    let pool = pool::offered(tx, cx, &new.pool)?.ok_or(Fault::PoolMissing {
        pool: new.pool.clone(),
    })?;
    quota::take::<PublicIp>(tx, cx, "publicIp")?;
    let port = match &new.port {
        Some(id) => Some(binding::free_port(tx, cx, id)?),
        None => None,
    };
    condition::backend_writes(tx, cx)?;
    let mut head = Head::new::<PublicIp>(cx, None);
    head.target = format!("{TARGET}{}", head.id);
    let address = take(tx, cx, &pool, new.address.as_deref(), &head.id)?;
    let bandwidth = bandwidth::obtain(
        tx,
        cx,
        new.bandwidth,
        &new.enterprise_project,
        &pool.border_group,
    )?;
    let mut it = PublicIp {
        head,
        address,
        pool: pool.name,
        alias: new.alias,
        description: String::new(),
        bound: None,
        bandwidth: bandwidth.head.id,
        enterprise_project: new.enterprise_project,
        border_group: pool.border_group,
        nat64: false,
        protected: false,
        charge: None,
        resized: 0,
        tags: Vec::new(),
    };
    if let Some(mut port) = port {
        let address = port.address;
        binding::bind_port(tx, cx, &mut it, &mut port, address, false)?;
    }
    tx.insert(&it)?;
    Ok(it)
}

/// The address of that id with its bandwidth.
pub fn show(
    tx: &mut Tx<'_>,
    cx: &mut Context<'_>,
    id: &str,
) -> Result<(PublicIp, Bandwidth), Fault> {
    condition::backend_reads(tx, cx)?;
    let it: PublicIp = tx.get(&cx.caller.project, id)?;
    with_bandwidth(tx, it)
}

/// The caller's address of that value.
pub fn at(tx: &mut Tx<'_>, cx: &Context<'_>, address: Ipv4Addr) -> Result<PublicIp, Fault> {
    let id = claim::holder(tx.rows(), "ip/public", &ipam::key(address))?;
    let found = match id {
        Some(id) => tx.find(&cx.caller.project, &id)?,
        None => None,
    };
    found.ok_or_else(|| Fault::NotFound {
        kind: Kind::PublicIp,
        id: address.to_string(),
    })
}

/// An address together with its bandwidth.
pub fn with_bandwidth(tx: &mut Tx<'_>, it: PublicIp) -> Result<(PublicIp, Bandwidth), Fault> {
    let bandwidth = tx.get(&it.head.project, &it.bandwidth)?;
    Ok((it, bandwidth))
}

/// Changes what an address is called; what is absent stays.
pub fn describe(
    tx: &mut Tx<'_>,
    cx: &mut Context<'_>,
    id: &str,
    alias: Option<String>,
    description: Option<String>,
) -> Result<PublicIp, Fault> {
    let mut it = must_be_changeable(tx, cx, id)?;
    if let Some(alias) = alias {
        it.alias = alias;
    }
    if let Some(description) = description {
        it.description = description;
    }
    tx.update(cx, &mut it)?;
    Ok(it)
}

/// Protects an address from being given back, or does no longer.
pub fn protect(
    tx: &mut Tx<'_>,
    cx: &mut Context<'_>,
    id: &str,
    protected: bool,
) -> Result<PublicIp, Fault> {
    let mut it: PublicIp = tx.get(&cx.caller.project, id)?;
    condition::backend_writes(tx, cx)?;
    it.protected = protected;
    tx.update(cx, &mut it)?;
    Ok(it)
}

/// Opens an address to clients of IPv6, or closes it to them.
pub fn translate(
    tx: &mut Tx<'_>,
    cx: &mut Context<'_>,
    id: &str,
    nat64: bool,
) -> Result<PublicIp, Fault> {
    let mut it = must_be_changeable(tx, cx, id)?;
    if nat64 {
        condition::ipv6(tx, cx)?;
    }
    condition::backend_writes(tx, cx)?;
    if it.nat64 != nat64 {
        it.nat64 = nat64;
        tx.change(cx, &mut it)?;
    }
    Ok(it)
}

/// Gives the address a name.
pub fn rename(
    tx: &mut Tx<'_>,
    cx: &mut Context<'_>,
    id: &str,
    alias: String,
) -> Result<PublicIp, Fault> {
    describe(tx, cx, id, Some(alias), None)
}

/// Whether an address leads nowhere: it is stopped, or the bandwidth that it uses is.
pub(crate) fn is_stopped(tx: &mut Tx<'_>, id: &str) -> Result<bool, Fault> {
    let Some(it) = tx.any::<PublicIp>(id)? else {
        return Ok(false);
    };
    let bandwidth = tx.any::<Bandwidth>(&it.bandwidth)?;
    Ok(it.head.is_stopped() || bandwidth.is_some_and(|it| it.head.is_stopped()))
}

/// An address stopped, or goes again: the fabric follows with it, and with the VPN gateway whose tunnels end at it.
pub(crate) fn turned(tx: &mut Tx<'_>, id: &str) -> Result<(), Fault> {
    let Some(it) = tx.any::<PublicIp>(id)? else {
        return Ok(());
    };
    tx.mark_dirty(&it.head)?;
    let Some(Binding::Gateway { id }) = &it.bound else {
        return Ok(());
    };
    if let Some(gateway) = tx.any::<vpn::gateway::Gateway>(id)? {
        tx.mark_dirty(&gateway.head)?;
    }
    if let Some(gateway) = tx.any::<vpn::p2c::gateway::Gateway>(id)? {
        tx.mark_dirty(&gateway.head)?;
    }
    Ok(())
}

/// Refuses an address that is on its way, frozen or broken (VPC.0512).
pub fn must_be_changeable(tx: &mut Tx<'_>, cx: &Context<'_>, id: &str) -> Result<PublicIp, Fault> {
    let it: PublicIp = tx.get(&cx.caller.project, id)?;
    match it.head.state() {
        State::Active => Ok(it),
        // What it is bound to and called does not wait for its size.
        State::Updating if it.is_resizing() => Ok(it),
        state => Err(Fault::WrongState {
            kind: Kind::PublicIp,
            id: id.to_owned(),
            state,
        }),
    }
}

/// Refuses to unbind what cannot be changed, unless it is only that its time is over: nobody who does not want more of
/// it is kept.
pub(crate) fn must_let_go(tx: &mut Tx<'_>, cx: &Context<'_>, id: &str) -> Result<PublicIp, Fault> {
    let it: PublicIp = tx.get(&cx.caller.project, id)?;
    match it.head.state() == State::Frozen && !it.head.frozen {
        true => Ok(it),
        false => must_be_changeable(tx, cx, id),
    }
}

fn take(
    tx: &mut Tx<'_>,
    cx: &Context<'_>,
    pool: &Pool,
    wanted: Option<&str>,
    owner: &str,
) -> Result<Ipv4Addr, Fault> {
    let Some(text) = wanted else {
        return pool.space().take_any(tx, owner);
    };
    // VPC.0522 for what cannot be had, VPC.0510 when it is the caller's own and bound.
    let unspecified = Fault::AddressTaken {
        address: Ipv4Addr::UNSPECIFIED.into(),
    };
    let address: Ipv4Addr = text.parse().map_err(|_| unspecified)?;
    if let Some(holder) = pool.space().holder(tx, address)?
        && let Some(mine) = tx.find::<PublicIp>(&cx.caller.project, &holder)?
        && mine.bound.is_some()
    {
        return Err(Fault::AddressBound { id: holder });
    }
    pool.space().take(tx, address, owner)?;
    Ok(address)
}
