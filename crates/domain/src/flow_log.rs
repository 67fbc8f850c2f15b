//! Flow logs: what was let through and what was not, for a port, a subnet or a whole network.
//!
//! A flow log holds nothing in use: its resource may go, and the log then has nothing to record.

use serde::{Deserialize, Serialize};
use vpcd_store::claim;

use crate::condition;
use crate::context::Context;
use crate::fault::Fault;
use crate::port::Port;
use crate::quota;
use crate::registration::Registration;
use crate::resource::{Head, Kind, Resource};
use crate::subnet::Subnet;
use crate::tx::Tx;
use crate::vpc::Vpc;

mod record;
#[cfg(test)]
mod tests;

pub use record::{Action, Flow, FlowRecord, KEPT, record, records};

/// What a flow log watches.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Watched {
    /// One port.
    Port,
    /// Every port of a subnet.
    Subnet,
    /// Every port of a network.
    Network,
}

impl Watched {
    /// The kind of the resource that is watched.
    pub fn kind(self) -> Kind {
        match self {
            Watched::Port => Kind::Port,
            Watched::Subnet => Kind::Subnet,
            Watched::Network => Kind::Vpc,
        }
    }
}

/// Which flows a flow log records.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Traffic {
    /// All of them.
    All,
    /// Those that were let through.
    Accept,
    /// Those that were not.
    Reject,
}

impl Traffic {
    /// Its word in the store.
    pub fn word(self) -> &'static str {
        match self {
            Traffic::All => "all",
            Traffic::Accept => "accept",
            Traffic::Reject => "reject",
        }
    }

    /// Whether a flow with that end is recorded.
    pub fn takes(self, action: Action) -> bool {
        match self {
            Traffic::All => true,
            Traffic::Accept => action == Action::Accept,
            Traffic::Reject => action == Action::Reject,
        }
    }
}

/// A flow log.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct FlowLog {
    /// Head; no parent.
    pub head: Head,
    /// Name, may be empty.
    pub name: String,
    /// Free text.
    pub description: String,
    /// What kind of thing it watches.
    pub watched: Watched,
    /// Id of what it watches.
    pub resource: String,
    /// Which flows it records.
    pub traffic: Traffic,
    /// Group of the log service that it writes to.
    pub log_group: String,
    /// Topic within the group.
    pub log_topic: String,
    /// Whether it records at present.
    pub enabled: bool,
    /// Whether the log service shall index what it records.
    #[serde(default)]
    pub indexed: bool,
}

/// Validated input of [`create`].
#[derive(Clone, Debug)]
pub struct NewFlowLog {
    /// Name.
    pub name: String,
    /// Free text.
    pub description: String,
    /// What kind of thing it watches.
    pub watched: Watched,
    /// Id of what it watches.
    pub resource: String,
    /// Which flows it records.
    pub traffic: Traffic,
    /// Group of the log service.
    pub log_group: String,
    /// Topic within the group.
    pub log_topic: String,
    /// Whether the log service shall index it.
    pub indexed: bool,
}

/// Validated input of [`update`]; absent fields stay.
#[derive(Clone, Debug, Default)]
pub struct FlowLogChange {
    /// New name.
    pub name: Option<String>,
    /// New description.
    pub description: Option<String>,
    /// Record or not.
    pub enabled: Option<bool>,
}

impl Resource for FlowLog {
    const KIND: Kind = Kind::FlowLog;

    fn head(&self) -> &Head {
        &self.head
    }

    fn head_mut(&mut self) -> &mut Head {
        &mut self.head
    }

    fn counted(&self) -> bool {
        true
    }
}

/// Creates a flow log: the resource must be there and fit, the log service must answer, and the same log must not be
/// there already (VPC.3002, VPC.3004).
pub fn create(tx: &mut Tx<'_>, cx: &mut Context<'_>, new: NewFlowLog) -> Result<FlowLog, Fault> {
    condition::standing(tx, cx, false)?;
    must_fit(tx, cx, &new)?;
    quota::take::<FlowLog>(tx, cx, "flow_log")?;
    log_service(tx)?;
    condition::backend_writes(tx, cx)?;
    let log = FlowLog {
        head: Head::new::<FlowLog>(cx, None).settled(),
        name: new.name,
        description: new.description,
        watched: new.watched,
        resource: new.resource,
        traffic: new.traffic,
        log_group: new.log_group,
        log_topic: new.log_topic,
        enabled: true,
        indexed: new.indexed,
    };
    let (space, key) = (watch_space(&log.resource), content(&log));
    if let Some(id) = claim::holder(tx.rows(), &space, &key)? {
        return Err(Fault::Duplicate {
            kind: Kind::FlowLog,
            id,
        });
    }
    claim::take(tx.rows(), &space, &key, &log.head.id)?;
    tx.insert(&log)?;
    Ok(log)
}

/// Changes a flow log.
pub fn update(
    tx: &mut Tx<'_>,
    cx: &mut Context<'_>,
    id: &str,
    change: FlowLogChange,
) -> Result<FlowLog, Fault> {
    let mut log: FlowLog = tx.get(&cx.caller.project, id)?;
    log_service(tx)?;
    condition::backend_writes(tx, cx)?;
    if let Some(name) = change.name {
        log.name = name;
    }
    if let Some(description) = change.description {
        log.description = description;
    }
    if let Some(enabled) = change.enabled {
        log.enabled = enabled;
    }
    tx.update(cx, &mut log)?;
    Ok(log)
}

/// Deletes a flow log with what it recorded.
pub fn delete(tx: &mut Tx<'_>, cx: &mut Context<'_>, id: &str) -> Result<(), Fault> {
    let log: FlowLog = tx.get(&cx.caller.project, id)?;
    log_service(tx)?;
    condition::backend_writes(tx, cx)?;
    record::clear(tx, id)?;
    tx.remove(&log)
}

/// Whether what the log watches is still there.
pub fn watches_something(tx: &mut Tx<'_>, log: &FlowLog) -> Result<bool, Fault> {
    let project = &log.head.project;
    Ok(match log.watched {
        Watched::Port => tx.find::<Port>(project, &log.resource)?.is_some(),
        Watched::Subnet => tx.find::<Subnet>(project, &log.resource)?.is_some(),
        Watched::Network => tx.find::<Vpc>(project, &log.resource)?.is_some(),
    })
}

/// The flow logs that watch a port: its own, those of its subnet, those of its network.
pub fn covering(tx: &mut Tx<'_>, port: &str) -> Result<Vec<FlowLog>, Fault> {
    let Some(port) = tx.any::<Port>(port)? else {
        return Ok(Vec::new());
    };
    let subnet = tx.any::<Subnet>(port.subnet())?;
    let vpc = subnet.as_ref().map(|subnet| subnet.vpc().to_owned());
    let mut logs = Vec::new();
    for watched in [port.head.id.as_str(), port.subnet()]
        .into_iter()
        .chain(vpc.as_deref())
    {
        for row in claim::list(tx.rows(), &watch_space(watched), None, i64::MAX)? {
            logs.extend(tx.any::<FlowLog>(&row.owner)?);
        }
    }
    Ok(logs)
}

fn must_fit(tx: &mut Tx<'_>, cx: &Context<'_>, new: &NewFlowLog) -> Result<(), Fault> {
    let project = &cx.caller.project;
    match new.watched {
        Watched::Subnet => tx.get::<Subnet>(project, &new.resource).map(drop),
        Watched::Network => tx.get::<Vpc>(project, &new.resource).map(drop),
        Watched::Port => {
            let port: Port = tx.get(project, &new.resource)?;
            match logs_flows(tx, &port)? {
                true => Ok(()),
                false => Err(Fault::Unsuitable {
                    kind: Kind::Port,
                    id: new.resource.clone(),
                    reason: "no flow logs",
                }),
            }
        }
    }
}

/// Whether the port is one of an instance whose flavor has flow logs (VPC.3002/400).
fn logs_flows(tx: &mut Tx<'_>, port: &Port) -> Result<bool, Fault> {
    if !port.device_owner.starts_with("compute:") {
        return Ok(false);
    }
    let Some(flavors) = condition::read::<Vec<String>>(tx, "flow_log.supported_flavors", &["*"])?
    else {
        return Ok(true);
    };
    let instance = tx.any::<Registration>(&port.device_id)?;
    let flavor = instance.map(|it| it.flavor).unwrap_or_default();
    Ok(flavors
        .iter()
        .any(|series| flavor.split('.').next() == Some(series)))
}

fn log_service(tx: &mut Tx<'_>) -> Result<(), Fault> {
    match condition::read::<String>(tx, "log_service", &["*"])?.as_deref() {
        Some("unreachable") => Err(Fault::Neighbour { service: "log" }),
        _ => Ok(()),
    }
}

/// One claim for each log of a resource: finds the logs of a port, and keeps one content from being logged twice.
fn watch_space(resource: &str) -> String {
    format!("flow_log/{resource}")
}

fn content(log: &FlowLog) -> String {
    format!("{}/{}/{}", log.traffic.word(), log.log_group, log.log_topic)
}
