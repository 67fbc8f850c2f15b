//! Flow logs, v1.

use serde::Deserialize;
use serde_json::{Value, json};
use vpcd_dialect::{Call, Refusal, Reply};
use vpcd_domain::flow_log::{self, FlowLog, FlowLogChange, NewFlowLog, Traffic, Watched};
use vpcd_domain::{Fault, Tx, condition};

use crate::faults::{self, invalid, refuse};
use crate::generated::errors;
use crate::wire::{self, is_description, is_name, is_uuid, time_v1};

/// The only service that takes flow logs.
const STORE: &str = "lts";

#[derive(Deserialize)]
struct Body<T> {
    flow_log: T,
}

#[derive(Deserialize)]
struct CreateWire {
    name: Option<String>,
    description: Option<String>,
    resource_type: Option<String>,
    resource_id: Option<String>,
    traffic_type: Option<String>,
    log_group_id: Option<String>,
    log_topic_id: Option<String>,
    log_store_type: Option<String>,
    index_enabled: Option<bool>,
}

#[derive(Deserialize)]
struct UpdateWire {
    name: Option<String>,
    description: Option<String>,
    admin_state: Option<bool>,
}

/// A flow log with its status.
type Shown = (FlowLog, &'static str);

/// `POST /v1/{project_id}/fl/flow_logs`
pub fn create(call: &Call<'_>) -> Result<Reply, Refusal> {
    let Body { flow_log: wire } = call
        .body::<Body<CreateWire>>()
        .map_err(|fault| faults::body(call, &fault))?;
    let new = parse(call, wire)?;
    let asked = new.clone();
    let log = call
        .write(move |tx, cx| flow_log::create(tx, cx, new.clone()))
        .map_err(|fault| match fault {
            Fault::Duplicate { .. } => duplicate(&asked),
            other => refuse(call, other),
        })?;
    Ok(answer(call, &(log, "ACTIVE")))
}

/// `GET /v1/{project_id}/fl/flow_logs/{flowlog_id}`
pub fn show(call: &Call<'_>) -> Result<Reply, Refusal> {
    let id = id(call)?;
    let shown = call
        .read(move |tx, cx| {
            let log = tx.get::<FlowLog>(&cx.caller.project, &id)?;
            with_status(tx, log)
        })
        .map_err(|fault| refuse(call, fault))?;
    Ok(answer(call, &shown))
}

/// `GET /v1/{project_id}/fl/flow_logs`
pub fn list(call: &Call<'_>) -> Result<Reply, Refusal> {
    let page = wire::page(call).map_err(|field| invalid(call.group, field))?;
    let filter = Filter::of(call)?;
    let shown = call
        .read(move |tx, cx| {
            condition::backend_reads(tx, cx)?;
            let project = cx.caller.project.clone();
            let (mut shown, mut after) = (Vec::new(), page.marker.clone());
            while shown.len() < page.limit {
                let logs = filter.candidates(tx, &project, after.as_deref())?;
                let Some(last) = logs.last() else { break };
                after = Some(last.head.id.clone());
                for log in logs.into_iter().filter(|log| filter.wants(log)) {
                    let log = with_status(tx, log)?;
                    if filter.status.as_deref().is_none_or(|it| it == log.1) {
                        shown.push(log);
                    }
                }
            }
            shown.truncate(page.limit);
            Ok(shown)
        })
        .map_err(|fault| refuse(call, fault))?;
    let rendered: Vec<Value> = shown.iter().map(render).collect();
    Ok(Reply::json(call.success, json!({"flow_logs": rendered})))
}

/// `PUT /v1/{project_id}/fl/flow_logs/{flowlog_id}`
pub fn update(call: &Call<'_>) -> Result<Reply, Refusal> {
    let id = id(call)?;
    let Body { flow_log: wire } = call
        .body::<Body<UpdateWire>>()
        .map_err(|fault| faults::body(call, &fault))?;
    let change = FlowLogChange {
        name: checked(call, "name", wire.name, |name| is_name(name, 0))?,
        description: checked(call, "description", wire.description, is_description)?,
        enabled: wire.admin_state,
    };
    let shown = call
        .write(move |tx, cx| {
            let log = flow_log::update(tx, cx, &id, change.clone())?;
            with_status(tx, log)
        })
        .map_err(|fault| refuse(call, fault))?;
    Ok(answer(call, &shown))
}

/// `DELETE /v1/{project_id}/fl/flow_logs/{flowlog_id}`
pub fn delete(call: &Call<'_>) -> Result<Reply, Refusal> {
    let id = id(call)?;
    call.write(move |tx, cx| flow_log::delete(tx, cx, &id))
        .map_err(|fault| refuse(call, fault))?;
    Ok(Reply::empty(call.success))
}

fn parse(call: &Call<'_>, wire: CreateWire) -> Result<NewFlowLog, Refusal> {
    let wrong = |field: &str| invalid(call.group, field);
    let uuid = |field: &'static str, text: Option<String>| {
        text.filter(|text| is_uuid(text))
            .ok_or_else(|| wrong(field))
    };
    let watched = wire.resource_type.as_deref().and_then(watched_of);
    if wire.log_store_type.is_some_and(|store| store != STORE) {
        return Err(wrong("log_store_type"));
    }
    let traffic = wire.traffic_type.as_deref().and_then(traffic_of);
    let description = checked(call, "description", wire.description, is_description)?;
    Ok(NewFlowLog {
        watched: watched.ok_or_else(|| wrong("resource_type"))?,
        traffic: traffic.ok_or_else(|| wrong("traffic_type"))?,
        resource: uuid("resource_id", wire.resource_id)?,
        log_group: uuid("log_group_id", wire.log_group_id)?,
        log_topic: uuid("log_topic_id", wire.log_topic_id)?,
        name: checked(call, "name", wire.name, |name| is_name(name, 0))?.unwrap_or_default(),
        description: description.unwrap_or_default(),
        indexed: wire.index_enabled.unwrap_or(false),
    })
}

/// The filters of a list.
struct Filter {
    id: Option<String>,
    exact: Vec<(&'static str, String)>,
    status: Option<String>,
}

impl Filter {
    fn of(call: &Call<'_>) -> Result<Filter, Refusal> {
        let mut exact = Vec::new();
        for (key, legal) in FILTERS {
            if let Some(value) = call.query.get(key) {
                if !legal(value) {
                    return Err(invalid(call.group, key));
                }
                exact.push((key, value.to_owned()));
            }
        }
        let mut take = |key: &str| {
            let at = exact.iter().position(|(known, _)| *known == key)?;
            Some(exact.remove(at).1)
        };
        Ok(Filter {
            id: take("id"),
            status: take("status"),
            exact,
        })
    }

    fn candidates(
        &self,
        tx: &mut Tx<'_>,
        project: &str,
        after: Option<&str>,
    ) -> Result<Vec<FlowLog>, Fault> {
        match self.id.as_deref() {
            Some(id) if Some(id) > after => Ok(tx.find(project, id)?.into_iter().collect()),
            Some(_) => Ok(Vec::new()),
            None => tx.list(project, after, 64),
        }
    }

    fn wants(&self, log: &FlowLog) -> bool {
        self.exact.iter().all(|(key, value)| match *key {
            "name" => log.name == *value,
            "tenant_id" => log.head.project == *value,
            "description" => log.description == *value,
            "resource_type" => word(log.watched) == value,
            "resource_id" => log.resource == *value,
            "traffic_type" => log.traffic.word() == value,
            "log_group_id" => log.log_group == *value,
            "log_topic_id" => log.log_topic == *value,
            _ => value == STORE,
        })
    }
}

/// Whether a value may stand for a filter.
type Legal = fn(&str) -> bool;

/// Every filter with its values.
const FILTERS: [(&str, Legal); 11] = [
    ("id", is_uuid),
    ("name", |name| is_name(name, 0)),
    ("tenant_id", |id| {
        id.bytes().all(|byte| byte.is_ascii_hexdigit())
    }),
    ("description", is_description),
    ("resource_type", |text| watched_of(text).is_some()),
    ("resource_id", is_uuid),
    ("traffic_type", |text| traffic_of(text).is_some()),
    ("log_group_id", is_uuid),
    ("log_topic_id", is_uuid),
    ("log_store_type", |text| text == STORE),
    ("status", |text| matches!(text, "ACTIVE" | "DOWN" | "ERROR")),
];

/// VPC.3004 tells the whole content. The log service has no second name for its store, so the type stands for both.
fn duplicate(new: &NewFlowLog) -> Refusal {
    Refusal::new(errors::CREATE_FLOW_LOG_3004).with([
        word(new.watched),
        &new.resource,
        new.traffic.word(),
        &new.log_group,
        &new.log_topic,
        STORE,
        STORE,
    ])
}

fn checked(
    call: &Call<'_>,
    field: &'static str,
    text: Option<String>,
    legal: impl Fn(&str) -> bool,
) -> Result<Option<String>, Refusal> {
    match text {
        Some(text) if !legal(&text) => Err(invalid(call.group, field)),
        text => Ok(text),
    }
}

fn id(call: &Call<'_>) -> Result<String, Refusal> {
    match call.param("flowlog_id") {
        id if is_uuid(id) => Ok(id.to_owned()),
        _ => Err(invalid(call.group, "flowlog_id")),
    }
}

fn watched_of(text: &str) -> Option<Watched> {
    match text {
        "port" => Some(Watched::Port),
        "network" => Some(Watched::Subnet),
        "vpc" => Some(Watched::Network),
        _ => None,
    }
}

fn word(watched: Watched) -> &'static str {
    match watched {
        Watched::Port => "port",
        Watched::Subnet => "network",
        Watched::Network => "vpc",
    }
}

fn traffic_of(text: &str) -> Option<Traffic> {
    [Traffic::All, Traffic::Accept, Traffic::Reject]
        .into_iter()
        .find(|traffic| traffic.word() == text)
}

/// A log that is switched off is DOWN; one whose resource is gone records nothing any more, which is an ERROR.
fn with_status(tx: &mut Tx<'_>, log: FlowLog) -> Result<Shown, Fault> {
    let status = match log.enabled {
        false => "DOWN",
        true if flow_log::watches_something(tx, &log)? => "ACTIVE",
        true => "ERROR",
    };
    Ok((log, status))
}

fn answer(call: &Call<'_>, shown: &Shown) -> Reply {
    Reply::json(call.success, json!({"flow_log": render(shown)}))
}

fn render((log, status): &Shown) -> Value {
    json!({
        "id": log.head.id,
        "name": log.name,
        "tenant_id": log.head.project,
        "description": log.description,
        "resource_type": word(log.watched),
        "resource_id": log.resource,
        "traffic_type": log.traffic.word(),
        "log_group_id": log.log_group,
        "log_topic_id": log.log_topic,
        "log_store_type": STORE,
        "created_at": time_v1(log.head.created),
        "updated_at": time_v1(log.head.updated),
        "admin_state": log.enabled,
        "status": status,
    })
}
