//! How a peering is asked for: both networks, the claims of the pair, the order that pays for it.

use jiff::SignedDuration;
use vpcd_store::claim;

use super::{NewPeering, PAIRS, Peering, Refusal, Side, Status, of_vpc, seen, spaces};
use crate::condition;
use crate::context::Context;
use crate::fault::Fault;
use crate::identity::Project;
use crate::order;
use crate::quota;
use crate::resource::{Head, Kind};
use crate::tx::Tx;
use crate::vpc::Vpc;

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
    must_not_both_forward(&vpc, &peer)?;
    if peer_project != project && !new.labels[1].is_empty() {
        return Err(Refusal::ForeignLabel.of(&peer.head.id));
    }
    quota::take::<Peering>(tx, cx, "vpcPeer")?;
    condition::backend_writes(tx, cx)?;
    let mut head = Head::new::<Peering>(cx, Some(&vpc.head.id));
    head.target = format!("peering/{}", head.id);
    let status = match peer_project == project {
        true => Status::Active,
        false => Status::Pending,
    };
    let ([label, peer_label], [region, peer_region]) = (new.labels, new.regions);
    let patience = cx.policy.peering_patience.map(signed);
    let mut it = Peering {
        head,
        name: new.name,
        description: new.description,
        requester: side(tx, cx, &vpc, label, region)?,
        accepter: side(tx, cx, &peer, peer_label, peer_region)?,
        status,
        lapses: patience.and_then(|patience| cx.now.checked_add(patience).ok()),
        bandwidth: new.bandwidth,
        protected: new.protected,
        charge: None,
        tags: new.tags,
    };
    claim_pair(tx, cx, &it)?;
    it.charge = order::buy(tx, cx, &it.head.id, new.terms)?;
    for space in spaces(&it) {
        claim::take(tx.rows(), &space, &it.head.id, &it.head.id)?;
    }
    for alias in [&it.requester, &it.accepter].map(|side| &side.interface) {
        let alias = alias.as_deref().unwrap_or_default();
        claim::take(tx.rows(), "alias", alias, &it.head.id)?;
    }
    tx.insert(&it)?;
    Ok(it)
}

/// The network of an account by its short id: the other end of a peering that is asked for.
pub fn peer(tx: &mut Tx<'_>, account: &str, alias: &str) -> Result<Vpc, Fault> {
    let missing = || Fault::NotFound {
        kind: Kind::Vpc,
        id: alias.to_owned(),
    };
    let id = claim::holder(tx.rows(), "alias", alias)?.ok_or_else(missing)?;
    let vpc = tx.any::<Vpc>(&id)?.ok_or_else(missing)?;
    match account_of(tx, &vpc.head.project)? == account {
        true => Ok(vpc),
        false => Err(missing()),
    }
}

/// Refuses what would forward between peers on both sides.
pub(super) fn must_not_both_forward(vpc: &Vpc, peer: &Vpc) -> Result<(), Fault> {
    match vpc.relay && peer.relay {
        true => Err(Fault::Unsuitable {
            kind: Kind::Vpc,
            id: peer.head.id.clone(),
            reason: "two networks that forward between their peers cannot be peers",
        }),
        false => Ok(()),
    }
}

/// Refuses to have a network forward between its peers while one of them does. Who was merely asked is none yet.
pub(crate) fn may_forward(tx: &mut Tx<'_>, vpc: &Vpc) -> Result<(), Fault> {
    for peering in of_vpc(tx, &vpc.head.id)? {
        let beyond = match peering.is_active() {
            true => tx.any::<Vpc>(peering.beyond(&vpc.head.id))?,
            false => None,
        };
        if let Some(peer) = beyond {
            must_not_both_forward(vpc, &peer)?;
        }
    }
    Ok(())
}

fn side(
    tx: &mut Tx<'_>,
    cx: &mut Context<'_>,
    vpc: &Vpc,
    label: String,
    region: String,
) -> Result<Side, Fault> {
    Ok(Side {
        vpc: vpc.head.id.clone(),
        project: vpc.head.project.clone(),
        account: account_of(tx, &vpc.head.project)?,
        region,
        interface: Some(cx.ids.short(INTERFACE)),
        label,
        names: false,
        names_since: 0,
        remark: None,
    })
}

/// The account of a project.
pub(crate) fn account_of(tx: &mut Tx<'_>, project: &str) -> Result<String, Fault> {
    let project = tx.any::<Project>(project)?;
    Ok(project
        .map(|it| it.account().to_owned())
        .unwrap_or_default())
}

/// Two networks have one peering; one that has lapsed makes room for another.
fn claim_pair(tx: &mut Tx<'_>, cx: &Context<'_>, it: &Peering) -> Result<(), Fault> {
    let pair = it.pair();
    if let Some(id) = claim::holder(tx.rows(), PAIRS, &pair)? {
        let before = tx.any::<Peering>(&id)?.map(|it| seen(cx, it));
        if before.is_some_and(|before| before.status != Status::Lapsed) {
            let kind = Kind::Peering;
            return Err(Fault::Duplicate { kind, id });
        }
        claim::release(tx.rows(), PAIRS, &pair)?;
    }
    claim::take(tx.rows(), PAIRS, &pair, &it.head.id)?;
    Ok(())
}

fn signed(seconds: u64) -> SignedDuration {
    SignedDuration::from_secs(i64::try_from(seconds).unwrap_or(i64::MAX))
}

/// What short ids of interfaces begin with.
pub(crate) const INTERFACE: &str = "qpif-";
