//! A question of the operator's: would this packet pass, and its answer?

use std::net::IpAddr;

use vpcd_net::Family;

use crate::fault::Fault;
use crate::port::Port;
use crate::reach::packet::{Flow, Packet, Source, Target};
use crate::reach::snapshot::Snapshot;
use crate::reach::verdict::Verdict;
use crate::reach::{judge, judge_reply};
use crate::resource::Kind;
use crate::subnet;
use crate::tx::Tx;
use crate::vpc::Vpc;

/// Who sends a packet, or whom it is for.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Endpoint {
    /// A port, by id.
    pub port: Option<String>,
    /// An address: of the sending port, when it is not its own; of who has it in the network; else outside.
    pub address: Option<IpAddr>,
    /// The network in which the address is looked up, by UUID or short id.
    pub network: Option<String>,
}

/// A packet as the operator describes it.
#[derive(Clone, Debug)]
pub struct Question {
    /// Whose ports these are; anybody's when absent.
    pub project: Option<String>,
    /// Who sends it.
    pub from: Endpoint,
    /// Whom it is for.
    pub to: Endpoint,
    /// What it carries.
    pub flow: Flow,
    /// The family of the addresses, where neither end names one; IPv4 when absent.
    pub family: Option<Family>,
}

/// What became of a packet and of its answer.
#[derive(Clone, Debug, PartialEq)]
pub struct Trace {
    /// The packet that was meant.
    pub packet: Packet,
    /// What became of it.
    pub verdict: Verdict,
    /// What became of its answer; nothing when there was none.
    pub reply: Option<Verdict>,
}

/// Who holds an address of a network.
fn holder(tx: &mut Tx<'_>, vpc: &Vpc, address: IpAddr) -> Result<Option<String>, Fault> {
    match address {
        IpAddr::V4(address) => match subnet::at(tx, &vpc.head.id, address)? {
            Some(subnet) => subnet.space().holder(tx, address),
            None => Ok(None),
        },
        IpAddr::V6(address) => {
            let subnet = subnet::at6(tx, address)?.filter(|it| it.vpc() == vpc.head.id);
            match subnet.and_then(|it| it.space6()) {
                Some(space) => space.holder(tx, address),
                None => Ok(None),
            }
        }
    }
}

/// Walks the packet and its answer through what is stored now.
pub fn trace(tx: &mut Tx<'_>, question: &Question) -> Result<Trace, Fault> {
    let packet = Packet {
        from: source(tx, question)?,
        to: target(tx, question)?,
        flow: question.flow,
    };
    let world = Snapshot::of(tx, &packet)?;
    let verdict = judge(&world, &packet);
    let reply = verdict.passes.then(|| judge_reply(&world, &packet));
    Ok(Trace {
        packet,
        verdict,
        reply,
    })
}

fn source(tx: &mut Tx<'_>, question: &Question) -> Result<Source, Fault> {
    let from = &question.from;
    match (named(tx, question, from)?, from.address) {
        (Some(id), address) => Ok(Source::Port {
            id,
            claims: address,
        }),
        (None, Some(address)) => Ok(Source::Address(address)),
        (None, None) => Err(Fault::invalid(
            "from",
            "names neither a port nor an address",
        )),
    }
}

fn target(tx: &mut Tx<'_>, question: &Question) -> Result<Target, Fault> {
    let to = &question.to;
    match (named(tx, question, to)?, to.address) {
        (Some(_), Some(_)) if to.port.is_some() => Err(Fault::invalid(
            "to",
            "names both a port and an address: a packet is for one of them",
        )),
        (Some(id), Some(address)) => Ok(Target::PortAt(id, address)),
        (Some(id), None) if question.family == Some(Family::V6) => match six_of(tx, &id)? {
            Some(address) => Ok(Target::PortAt(id, address)),
            None => Err(Fault::invalid("to", "has no address of IPv6")),
        },
        (Some(id), None) => Ok(Target::Port(id)),
        (None, Some(address)) => Ok(Target::Address(address)),
        (None, None) => Err(Fault::invalid("to", "names neither a port nor an address")),
    }
}

fn six_of(tx: &mut Tx<'_>, port: &str) -> Result<Option<IpAddr>, Fault> {
    let port = tx.any::<Port>(port)?;
    Ok(port.and_then(|it| it.ipv6.first().copied().map(IpAddr::V6)))
}

/// The port that an endpoint names, by itself or by its address in a network.
fn named(tx: &mut Tx<'_>, question: &Question, end: &Endpoint) -> Result<Option<String>, Fault> {
    let missing = |kind, id: &str| Fault::NotFound {
        kind,
        id: id.to_owned(),
    };
    let mine = |project: &str| question.project.as_deref().is_none_or(|it| it == project);
    if let Some(id) = &end.port {
        let port = tx.any::<Port>(id)?.filter(|it| mine(&it.head.project));
        return match port {
            Some(_) => Ok(Some(id.clone())),
            None => Err(missing(Kind::Port, id)),
        };
    }
    let (Some(network), Some(address)) = (&end.network, end.address) else {
        return Ok(None);
    };
    let vpc = match (tx.any::<Vpc>(network)?, &question.project) {
        (None, Some(project)) => Some(tx.by_alias::<Vpc>(project, network)?),
        (found, _) => found.filter(|it| mine(&it.head.project)),
    };
    let Some(vpc) = vpc else {
        return Err(missing(Kind::Vpc, network));
    };
    let holder = holder(tx, &vpc, address)?;
    match holder {
        Some(id) if tx.any::<Port>(&id)?.is_some() => Ok(Some(id)),
        _ => Err(missing(Kind::Port, &address.to_string())),
    }
}
