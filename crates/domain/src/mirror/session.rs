//! Mirror sessions: from some ports, through a filter, to a port or a load balancer.

use serde::{Deserialize, Serialize};

use crate::condition;
use crate::context::Context;
use crate::fault::Fault;
use crate::mirror::MirrorFilter;
use crate::port::Port;
use crate::registration::{Registration, Service};
use crate::resource::{Head, Kind, Resource};
use crate::tx::Tx;

/// Most sources of one session.
pub const MOST_SOURCES: usize = 10;

/// What gets the copies.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Target {
    /// A port.
    Port,
    /// A load balancer.
    LoadBalancer,
}

/// A session.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct MirrorSession {
    /// Head; no parent.
    pub head: Head,
    /// The ports whose packets are copied, in the order in which they came.
    pub sources: Vec<String>,
    /// All the rest.
    pub spec: Spec,
}

/// What a session is beside its sources.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Spec {
    /// Name.
    pub name: String,
    /// Free text.
    pub description: String,
    /// The filter that picks packets.
    pub filter: String,
    /// What kind of thing gets the copies.
    pub target_kind: Target,
    /// Id of what gets the copies.
    pub target: String,
    /// Number in the header of the copies that tells sessions apart.
    pub network: u32,
    /// Bytes that are copied of each packet.
    pub length: u16,
    /// Place among the sessions of one port, the lowest first.
    pub priority: u16,
    /// Whether it copies at present.
    pub enabled: bool,
}

impl Resource for MirrorSession {
    const KIND: Kind = Kind::MirrorSession;

    fn head(&self) -> &Head {
        &self.head
    }

    fn head_mut(&mut self) -> &mut Head {
        &mut self.head
    }

    fn indexed(&self) -> Vec<(&'static str, String)> {
        vec![
            ("name", self.spec.name.clone()),
            ("filter", self.spec.filter.clone()),
            ("target", self.spec.target.clone()),
        ]
    }

    fn edges(&self) -> Vec<(&'static str, String)> {
        let sources = self.sources.iter();
        let mut edges: Vec<_> = sources.map(|port| (ROLE, port.clone())).collect();
        edges.push(("mirror_filter", self.spec.filter.clone()));
        edges.push((ROLE, self.spec.target.clone()));
        edges
    }
}

/// The role in which a session holds its ports.
pub const ROLE: &str = "mirror";

/// Creates a session.
pub fn create(
    tx: &mut Tx<'_>,
    cx: &mut Context<'_>,
    sources: &[String],
    spec: Spec,
) -> Result<MirrorSession, Fault> {
    condition::standing(tx, cx, false)?;
    let session = MirrorSession {
        head: Head::new::<MirrorSession>(cx, None).settled(),
        sources: with(Vec::new(), sources)?,
        spec,
    };
    must_reach(tx, cx, &session)?;
    must_be_sources(tx, cx, sources)?;
    condition::backend_writes(tx, cx)?;
    tx.insert(&session)?;
    Ok(session)
}

/// Changes a session: `change` turns what it is into what it shall be.
pub fn update(
    tx: &mut Tx<'_>,
    cx: &mut Context<'_>,
    id: &str,
    change: impl Fn(Spec) -> Spec,
) -> Result<MirrorSession, Fault> {
    let mut session: MirrorSession = tx.get(&cx.caller.project, id)?;
    session.spec = change(session.spec);
    must_reach(tx, cx, &session)?;
    condition::backend_writes(tx, cx)?;
    tx.update(cx, &mut session)?;
    Ok(session)
}

/// Adds sources to a session; one that it has already stays as it is.
pub fn add_sources(
    tx: &mut Tx<'_>,
    cx: &mut Context<'_>,
    id: &str,
    sources: &[String],
) -> Result<MirrorSession, Fault> {
    let mut session: MirrorSession = tx.get(&cx.caller.project, id)?;
    must_be_sources(tx, cx, sources)?;
    session.sources = with(session.sources, sources)?;
    must_reach(tx, cx, &session)?;
    condition::backend_writes(tx, cx)?;
    tx.update(cx, &mut session)?;
    Ok(session)
}

/// Takes sources from a session; one that it does not have is no fault.
pub fn remove_sources(
    tx: &mut Tx<'_>,
    cx: &mut Context<'_>,
    id: &str,
    sources: &[String],
) -> Result<MirrorSession, Fault> {
    let mut session: MirrorSession = tx.get(&cx.caller.project, id)?;
    condition::backend_writes(tx, cx)?;
    session.sources.retain(|source| !sources.contains(source));
    tx.update(cx, &mut session)?;
    Ok(session)
}

/// Deletes a session.
pub fn delete(tx: &mut Tx<'_>, cx: &mut Context<'_>, id: &str) -> Result<(), Fault> {
    let session: MirrorSession = tx.get(&cx.caller.project, id)?;
    condition::backend_writes(tx, cx)?;
    tx.remove(&session)
}

/// The sources with the new ones behind them, each once.
fn with(mut sources: Vec<String>, new: &[String]) -> Result<Vec<String>, Fault> {
    for source in new {
        if !sources.contains(source) {
            sources.push(source.clone());
        }
    }
    match sources.len() > MOST_SOURCES {
        true => Err(Fault::invalid("traffic_mirror_sources", "too many sources")),
        false => Ok(sources),
    }
}

fn must_be_sources(tx: &mut Tx<'_>, cx: &Context<'_>, ports: &[String]) -> Result<(), Fault> {
    ports.iter().try_for_each(|id| tenants(tx, cx, id))
}

/// Refuses a port that is not a tenant's.
fn tenants(tx: &mut Tx<'_>, cx: &Context<'_>, id: &str) -> Result<(), Fault> {
    let port: Port = tx.get(&cx.caller.project, id)?;
    match port.is_platforms() {
        true => Err(Fault::Unsuitable {
            kind: Kind::Port,
            id: id.to_owned(),
            reason: "the port is the platform's",
        }),
        false => Ok(()),
    }
}

/// The filter and the target must be there, and the target must not be copied to itself.
fn must_reach(tx: &mut Tx<'_>, cx: &Context<'_>, session: &MirrorSession) -> Result<(), Fault> {
    let (project, spec) = (&cx.caller.project, &session.spec);
    tx.get::<MirrorFilter>(project, &spec.filter)?;
    if session.sources.contains(&spec.target) {
        return Err(Fault::invalid("traffic_mirror_target_id", "it is a source"));
    }
    match spec.target_kind {
        // The platform's ports come and go with what they serve, so nothing of a tenant's may hold them.
        Target::Port => tenants(tx, cx, &spec.target),
        Target::LoadBalancer => match tx.find::<Registration>(project, &spec.target)? {
            Some(it) if it.service == Service::LoadBalancer => Ok(()),
            _ => Err(Fault::NotFound {
                kind: Kind::Registration,
                id: spec.target.clone(),
            }),
        },
    }
}
