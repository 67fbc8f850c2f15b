//! Peerings: two networks that forward to each other once routes say so.
//!
//! A peering belongs to the project that asked for it, and both projects see it: claims list it under each.

use serde::{Deserialize, Serialize};
use vpcd_store::claim;

use crate::condition;
use crate::context::Context;
use crate::fault::Fault;
use crate::quota;
use crate::resource::{Head, Kind, Resource};
use crate::tx::{After, Tx};
use crate::vpc::Vpc;

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
}

/// One end of a peering.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Side {
    /// The network.
    pub vpc: String,
    /// Its project.
    pub project: String,
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
}

/// Validated input of [`create`].
#[derive(Clone, Debug)]
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

    fn concerns(&self, project: &str) -> bool {
        self.requester.project == project || self.accepter.project == project
    }

    /// The same for either direction.
    fn pair(&self) -> String {
        let (a, b) = (&self.requester.vpc, &self.accepter.vpc);
        format!("{}/{}", a.min(b), a.max(b))
    }
}

/// Asks for a peering; between networks of one project it is agreed at once.
pub fn create(tx: &mut Tx<'_>, cx: &mut Context<'_>, new: NewPeering) -> Result<Peering, Fault> {
    condition::standing(tx, cx, false)?;
    let project = cx.caller.project.clone();
    let vpc: Vpc = tx.get(&project, &new.vpc)?;
    let peer_project = new.peer_project.unwrap_or_else(|| project.clone());
    let peer: Vpc = tx.get(&peer_project, &new.peer_vpc)?;
    for it in [&vpc, &peer] {
        it.head.must_take_changes(cx, Kind::Vpc)?;
    }
    if vpc.head.id == peer.head.id {
        return Err(Fault::Unsuitable {
            kind: Kind::Vpc,
            id: peer.head.id,
            reason: "a network cannot peer with itself",
        });
    }
    quota::take::<Peering>(tx, cx, "vpcPeer")?;
    condition::backend_writes(tx, cx)?;
    let mut head = Head::new::<Peering>(cx, Some(&vpc.head.id));
    head.target = format!("peering/{}", head.id);
    let status = match peer_project == project {
        true => Status::Active,
        false => Status::Pending,
    };
    let side = |vpc: &Vpc| Side {
        vpc: vpc.head.id.clone(),
        project: vpc.head.project.clone(),
    };
    let it = Peering {
        head,
        name: new.name,
        description: new.description,
        requester: side(&vpc),
        accepter: side(&peer),
        status,
    };
    let pair = it.pair();
    if let Some(id) = claim::holder(tx.rows(), PAIRS, &pair)? {
        let kind = Kind::Peering;
        return Err(Fault::Duplicate { kind, id });
    }
    claim::take(tx.rows(), PAIRS, &pair, &it.head.id)?;
    for space in spaces(&it) {
        claim::take(tx.rows(), &space, &it.head.id, &it.head.id)?;
    }
    tx.insert(&it)?;
    Ok(it)
}

/// The peering of that id, when one of its ends is the caller's.
pub fn find(tx: &mut Tx<'_>, cx: &Context<'_>, id: &str) -> Result<Option<Peering>, Fault> {
    let it = tx.any::<Peering>(id)?;
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
        found.extend(tx.any::<Peering>(&claim.key)?);
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
        return Err(Fault::NotFound {
            kind: Kind::Peering,
            id: id.to_owned(),
        });
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
        let vpc = it.accepter.vpc.clone();
        tx.get::<Vpc>(&cx.caller.project, &vpc)?;
        it.status = Status::Active;
    } else {
        it.status = Status::Rejected;
        // Another request between the two may follow.
        claim::release(tx.rows(), PAIRS, &it.pair())?;
    }
    tx.change(cx, &mut it)?;
    Ok(it)
}

/// Deletes a peering; either end may. Routes that lead to it stay and lead nowhere.
pub fn delete(tx: &mut Tx<'_>, cx: &mut Context<'_>, id: &str) -> Result<(), Fault> {
    let it = get(tx, cx, id)?;
    condition::backend_writes(tx, cx)?;
    tx.remove(&it)
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
