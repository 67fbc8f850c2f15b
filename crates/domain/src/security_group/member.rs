//! Ports in groups: which groups may judge a port together, and how it enters and leaves them.

use super::SecurityGroup;
use crate::context::Context;
use crate::fault::Fault;
use crate::port::{self, Port, PortChange};
use crate::resource::Kind;
use crate::subnet::Subnet;
use crate::tx::Tx;

/// The ids, each once, when each names a group of the caller's project, and where groups belong to networks, when all
/// of them may judge a port of this subnet together: groups of its network, or groups of the whole project.
pub fn all_fit(
    tx: &mut Tx<'_>,
    cx: &Context<'_>,
    subnet: &str,
    ids: Vec<String>,
) -> Result<Vec<String>, Fault> {
    let mut known: Vec<String> = Vec::with_capacity(ids.len());
    let mut sort = None;
    let network = match cx.policy.groups_of_networks {
        true => tx.any::<Subnet>(subnet)?.and_then(|it| it.head.parent),
        false => None,
    };
    for id in ids {
        let group: SecurityGroup = tx.get(&cx.caller.project, &id)?;
        if cx.policy.groups_of_networks {
            let of = group.network();
            let unfit = of.is_some() && of != network.as_deref();
            if unfit || *sort.get_or_insert(of.is_some()) != of.is_some() {
                return Err(Fault::Unsuitable {
                    kind: Kind::SecurityGroup,
                    id,
                    reason: "it judges no port of this network, or not with the others",
                });
            }
        }
        if !known.contains(&id) {
            known.push(id);
        }
    }
    Ok(known)
}

/// How many ports a group judges.
pub fn judged(tx: &mut Tx<'_>, group: &str) -> Result<u64, Fault> {
    tx.counted_at(group, port::JUDGED)
}

/// Puts a port into groups, before the one at `index` or after its last; where it is already it stays.
pub fn join(
    tx: &mut Tx<'_>,
    cx: &mut Context<'_>,
    port: &str,
    groups: &[String],
    index: Option<usize>,
) -> Result<Port, Fault> {
    let known: Port = tx.get(&cx.caller.project, port)?;
    let mut all = known.security_groups;
    let mut at = index.unwrap_or(all.len()).min(all.len());
    for group in groups {
        if !all.contains(group) {
            all.insert(at, group.clone());
            at += 1;
        }
    }
    place(tx, cx, port, all)
}

/// Takes a port out of groups that it is in.
pub fn leave(
    tx: &mut Tx<'_>,
    cx: &mut Context<'_>,
    port: &str,
    groups: &[String],
) -> Result<Port, Fault> {
    let known: Port = tx.get(&cx.caller.project, port)?;
    let mut left = known.security_groups;
    for group in groups {
        tx.get::<SecurityGroup>(&cx.caller.project, group)?;
        if !left.contains(group) {
            return Err(Fault::Unsuitable {
                kind: Kind::SecurityGroup,
                id: group.clone(),
                reason: "the port is not in it",
            });
        }
    }
    left.retain(|group| !groups.contains(group));
    place(tx, cx, port, left)
}

fn place(
    tx: &mut Tx<'_>,
    cx: &mut Context<'_>,
    port: &str,
    groups: Vec<String>,
) -> Result<Port, Fault> {
    let change = PortChange {
        security_groups: Some(groups),
        ..PortChange::default()
    };
    port::update(tx, cx, port, change)
}
