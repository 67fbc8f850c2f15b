//! Peerings: two networks that forward to each other once routes say so.
//!
//! A peering belongs to the project that asked for it, and both projects see it: claims list it under each.

mod ask;
mod upkeep;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use vpcd_store::claim;

use crate::condition;
use crate::context::Context;
use crate::fault::{Fault, Holder};
use crate::order::{self, Prepaid, Terms};
use crate::resource::{Head, Kind, Resource, Tag};
use crate::tx::{After, Tx};
use crate::vpc::Vpc;

pub(crate) use ask::{INTERFACE, account_of, may_forward};
pub use ask::{create, peer};
pub use upkeep::{Rename, protect, refund, rename, renew, resize, sync_names};

/// A peering of two networks.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Peering {
    /// Head; the parent is the network that asked.
    pub head: Head,
    /// Name.
    pub name: String,
    /// Free text.
    #[serde(default)]
    pub description: String,
    /// Who asked.
    pub requester: Side,
    /// Who was asked.
    pub accepter: Side,
    /// How far it got.
    pub status: Status,
    /// When the other project can no longer answer; never when absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub lapses: Option<Timestamp>,
    /// What it carries, in Mbit/s; as much as there is when absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub bandwidth: Option<u32>,
    /// Whether it cannot be deleted.
    #[serde(default)]
    pub protected: bool,
    /// What pays for it in advance; it is paid afterwards when absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub charge: Option<Prepaid>,
    /// Labels.
    #[serde(default)]
    pub tags: Vec<Tag>,
}

/// One end of a peering.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Side {
    /// The network.
    pub vpc: String,
    /// Its project.
    pub project: String,
    /// Its account.
    #[serde(default)]
    pub account: String,
    /// Its region, where one was told.
    #[serde(default)]
    pub region: String,
    /// Short id of the interface in the network that leads to the other end.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub interface: Option<String>,
    /// Name of that interface.
    #[serde(default)]
    pub label: String,
    /// Whether the names of the other end are known here.
    #[serde(default)]
    pub names: bool,
    /// The generation that last changed that.
    #[serde(default)]
    pub names_since: u64,
    /// What this end notes about it, where that is not the peering's own description.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub remark: Option<String>,
}

/// Why a peering cannot do what is asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Refusal {
    /// Who answers was not asked.
    NotAsked,
    /// Only who asked for it may do this.
    NotRequester,
    /// The interface of somebody else has the name that they give it.
    ForeignLabel,
    /// It is protected from being deleted.
    Protected,
    /// It carries nothing, or is still busy with what was asked before.
    NotReady,
}

impl Refusal {
    /// The fault about that peering.
    pub fn of(self, id: &str) -> Fault {
        Fault::Peering {
            refusal: self,
            id: id.to_owned(),
        }
    }
}

/// How far a peering got.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Status {
    /// The other project has not answered.
    Pending,
    /// Both want it.
    Active,
    /// The other project does not want it.
    Rejected,
    /// The other project has not answered in time.
    Lapsed,
}

/// Validated input of [`create`].
#[derive(Clone, Debug, Default)]
pub struct NewPeering {
    /// Name.
    pub name: String,
    /// Free text.
    pub description: String,
    /// The caller's network.
    pub vpc: String,
    /// The other network.
    pub peer_vpc: String,
    /// The other network's project; the caller's when absent.
    pub peer_project: Option<String>,
    /// Names of the two interfaces; only one's own can be named.
    pub labels: [String; 2],
    /// Regions of the two networks, where they are told.
    pub regions: [String; 2],
    /// What it carries, in Mbit/s.
    pub bandwidth: Option<u32>,
    /// Whether it cannot be deleted.
    pub protected: bool,
    /// When it is paid.
    pub terms: Terms,
    /// Labels.
    pub tags: Vec<Tag>,
}

/// Validated input of [`update`]; absent fields stay.
#[derive(Clone, Debug, Default)]
pub struct PeeringChange {
    /// New name.
    pub name: Option<String>,
    /// New description.
    pub description: Option<String>,
}

impl Resource for Peering {
    const KIND: Kind = Kind::Peering;
    const ALIAS: Option<&'static str> = Some("peerconn-");

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
        // Who was merely asked, or said no, is not held to it.
        let accepter = self
            .is_active()
            .then(|| ("peer", self.accepter.vpc.clone()));
        let requester = Some(("peer", self.requester.vpc.clone()));
        requester.into_iter().chain(accepter).collect()
    }
}

impl Peering {
    /// Whether it carries packets.
    pub fn is_active(&self) -> bool {
        self.status == Status::Active
    }

    /// Whether the network is one of its ends.
    pub fn joins(&self, vpc: &str) -> bool {
        self.requester.vpc == vpc || self.accepter.vpc == vpc
    }

    /// The network at the other end from this one.
    pub fn beyond(&self, vpc: &str) -> &str {
        match self.requester.vpc == vpc {
            true => &self.accepter.vpc,
            false => &self.requester.vpc,
        }
    }

    /// The end in that network.
    pub fn end(&self, vpc: &str) -> Option<&Side> {
        [&self.requester, &self.accepter]
            .into_iter()
            .find(|side| side.vpc == vpc)
    }

    fn concerns(&self, project: &str) -> bool {
        self.requester.project == project || self.accepter.project == project
    }

    /// The same for either direction.
    fn pair(&self) -> String {
        let (a, b) = (&self.requester.vpc, &self.accepter.vpc);
        format!("{}/{}", a.min(b), a.max(b))
    }
}

/// The peering of that short id; those of its interfaces do not name it.
pub fn named(tx: &mut Tx<'_>, cx: &Context<'_>, alias: &str) -> Result<Peering, Fault> {
    let id = claim::holder(tx.rows(), "alias", alias)?.unwrap_or_default();
    match find(tx, cx, &id)? {
        Some(it) if it.head.alias.as_deref() == Some(alias) => Ok(it),
        _ => Err(Fault::NotFound {
            kind: Kind::Peering,
            id: alias.to_owned(),
        }),
    }
}

/// The peering of that id, when one of its ends is the caller's.
pub fn find(tx: &mut Tx<'_>, cx: &Context<'_>, id: &str) -> Result<Option<Peering>, Fault> {
    let it = tx.any::<Peering>(id)?.map(|it| seen(cx, it));
    Ok(it.filter(|it| it.concerns(&cx.caller.project)))
}

/// The peering of that id; one between others is not found either.
pub fn get(tx: &mut Tx<'_>, cx: &Context<'_>, id: &str) -> Result<Peering, Fault> {
    find(tx, cx, id)?.ok_or_else(|| Fault::NotFound {
        kind: Kind::Peering,
        id: id.to_owned(),
    })
}

/// Up to `limit` peerings that the caller's project is an end of, by their ids; with `vpc` those of that network.
pub fn list(
    tx: &mut Tx<'_>,
    cx: &Context<'_>,
    vpc: Option<&str>,
    after: After<'_>,
    limit: usize,
) -> Result<Vec<Peering>, Fault> {
    let space = match vpc {
        Some(vpc) => of_network(vpc),
        None => of_project(&cx.caller.project),
    };
    let limit = i64::try_from(limit).unwrap_or(i64::MAX);
    let mut found = Vec::new();
    for claim in claim::list(tx.rows(), &space, after, limit)? {
        found.extend(tx.any::<Peering>(&claim.key)?.map(|it| seen(cx, it)));
    }
    Ok(found)
}

/// Every peering that a network is an end of: for the plan and for who judges packets.
pub fn of_vpc(tx: &mut Tx<'_>, vpc: &str) -> Result<Vec<Peering>, Fault> {
    let mut found = Vec::new();
    for claim in claim::list(tx.rows(), &of_network(vpc), None, i64::MAX)? {
        found.extend(tx.any::<Peering>(&claim.key)?);
    }
    Ok(found)
}

/// Changes a peering; either end may.
pub fn update(
    tx: &mut Tx<'_>,
    cx: &mut Context<'_>,
    id: &str,
    change: PeeringChange,
) -> Result<Peering, Fault> {
    let mut it = get(tx, cx, id)?;
    condition::backend_writes(tx, cx)?;
    if let Some(name) = change.name {
        it.name = name;
    }
    if let Some(description) = change.description {
        it.description = description;
    }
    tx.update(cx, &mut it)?;
    Ok(it)
}

/// Answers a request: only the project that was asked may, and only once.
pub fn answer(
    tx: &mut Tx<'_>,
    cx: &mut Context<'_>,
    id: &str,
    accept: bool,
) -> Result<Peering, Fault> {
    let mut it = get(tx, cx, id)?;
    if it.accepter.project != cx.caller.project {
        return Err(Refusal::NotAsked.of(id));
    }
    if it.status != Status::Pending {
        return Err(Fault::WrongState {
            kind: Kind::Peering,
            id: id.to_owned(),
            state: it.head.state(),
        });
    }
    condition::backend_writes(tx, cx)?;
    if accept {
        let vpc: Vpc = tx.get(&cx.caller.project, &it.accepter.vpc)?;
        if let Some(peer) = tx.any::<Vpc>(&it.requester.vpc)? {
            ask::must_not_both_forward(&vpc, &peer)?;
        }
        it.status = Status::Active;
    } else {
        it.status = Status::Rejected;
        // Another request between the two may follow.
        claim::release(tx.rows(), PAIRS, &it.pair())?;
    }
    tx.change(cx, &mut it)?;
    Ok(it)
}

/// Deletes a peering; either end may, unless only who asked for it may. There it stays while routes of the caller's lead
/// to it; all others stay and lead nowhere.
pub fn delete(tx: &mut Tx<'_>, cx: &mut Context<'_>, id: &str) -> Result<(), Fault> {
    let it = get(tx, cx, id)?;
    if cx.policy.peering_of_requester && it.requester.project != cx.caller.project {
        return Err(Refusal::NotRequester.of(id));
    }
    if it.protected {
        return Err(Refusal::Protected.of(id));
    }
    order::must_be_over(cx, id, it.charge.as_ref())?;
    remove(tx, cx, &it)
}

fn remove(tx: &mut Tx<'_>, cx: &Context<'_>, it: &Peering) -> Result<(), Fault> {
    if cx.policy.peering_of_requester && upkeep::is_led_to(tx, cx, it)? {
        return Err(Fault::InUse {
            kind: Kind::Peering,
            id: it.head.id.clone(),
            by: Holder::Route,
        });
    }
    condition::backend_writes(tx, cx)?;
    order::forget(tx, &it.head.project, &it.head.id)?;
    tx.remove(it)
}

/// A peering as it is now: one that nobody answered in time has lapsed.
fn seen(cx: &Context<'_>, mut it: Peering) -> Peering {
    if it.status == Status::Pending && it.lapses.is_some_and(|lapses| lapses <= cx.now) {
        it.status = Status::Lapsed;
    }
    it
}

/// The claims that keep a pair of networks from being peered twice.
const PAIRS: &str = "peering-pair";

fn of_project(project: &str) -> String {
    format!("peering-of/{project}")
}

fn of_network(vpc: &str) -> String {
    format!("peering-at/{vpc}")
}

/// Where a peering is listed.
fn spaces(it: &Peering) -> Vec<String> {
    let sides = [&it.requester, &it.accepter];
    let projects = sides.iter().map(|side| of_project(&side.project));
    let networks = sides.iter().map(|side| of_network(&side.vpc));
    projects.chain(networks).collect()
}
