//! Mirror sessions, v3.

use serde::{Deserialize, Deserializer, de};
use serde_json::{Value, json};
use vpcd_dialect::{Call, Refusal, Reply, decode};
use vpcd_domain::index::{self, Narrow};
use vpcd_domain::mirror::session::{self, MirrorSession, Spec, Target};
use vpcd_domain::{Context, Fault, Tx, condition};

use super::{checked, listed};
use crate::faults::{self, invalid, refuse};
use crate::wire::{self, among, is_description, is_name, is_uuid, time_z};

#[derive(Deserialize)]
struct Body<T> {
    traffic_mirror_session: T,
}

/// What a session can be told; on a change, what is absent stays.
#[derive(Deserialize)]
struct SessionWire {
    name: Option<String>,
    description: Option<String>,
    traffic_mirror_filter_id: Option<String>,
    traffic_mirror_sources: Option<Vec<String>>,
    traffic_mirror_target_id: Option<String>,
    traffic_mirror_target_type: Option<String>,
    #[serde(default, deserialize_with = "decode::integer")]
    virtual_network_id: Option<i64>,
    #[serde(default, deserialize_with = "decode::integer")]
    packet_length: Option<i64>,
    #[serde(default, deserialize_with = "decode::integer")]
    priority: Option<i64>,
    #[serde(default, deserialize_with = "switch")]
    enabled: Option<bool>,
    #[serde(rename = "type")]
    source_type: Option<String>,
}

#[derive(Deserialize)]
struct SourcesWire {
    traffic_mirror_sources: Vec<String>,
}

/// What a change says, each value legal.
#[derive(Clone, Default)]
struct Change {
    name: Option<String>,
    description: Option<String>,
    filter: Option<String>,
    target: Option<String>,
    target_kind: Option<Target>,
    network: Option<u32>,
    length: Option<u16>,
    priority: Option<u16>,
    enabled: Option<bool>,
}

/// `POST /v3/{project_id}/vpc/traffic-mirror-sessions`
pub fn create(call: &Call<'_>) -> Result<Reply, Refusal> {
    let wire = body::<SessionWire>(call)?;
    let wrong = |field: &str| invalid(call.group, field);
    let sources = wire.traffic_mirror_sources.clone();
    let sources = sources.ok_or_else(|| wrong("traffic_mirror_sources"))?;
    must_be_ids(call, &sources)?;
    let change = parse(call, wire)?;
    let spec = Spec {
        name: change.name.ok_or_else(|| wrong("name"))?,
        description: change.description.unwrap_or_default(),
        filter: change
            .filter
            .ok_or_else(|| wrong("traffic_mirror_filter_id"))?,
        target_kind: change
            .target_kind
            .ok_or_else(|| wrong("traffic_mirror_target_type"))?,
        target: change
            .target
            .ok_or_else(|| wrong("traffic_mirror_target_id"))?,
        network: change.network.unwrap_or(1),
        length: change.length.unwrap_or(96),
        priority: change.priority.ok_or_else(|| wrong("priority"))?,
        enabled: change.enabled.unwrap_or(false),
    };
    let session = call
        .write(move |tx, cx| session::create(tx, cx, &sources, spec.clone()))
        .map_err(|fault| refuse(call, fault))?;
    Ok(answer(call, &session))
}

/// `GET /v3/{project_id}/vpc/traffic-mirror-sessions/{traffic_mirror_session_id}`
pub fn show(call: &Call<'_>) -> Result<Reply, Refusal> {
    let id = id(call);
    let session = call
        .read(move |tx, cx| {
            condition::backend_reads(tx, cx)?;
            tx.get::<MirrorSession>(&cx.caller.project, &id)
        })
        .map_err(|fault| refuse(call, fault))?;
    Ok(answer(call, &session))
}

/// `GET /v3/{project_id}/vpc/traffic-mirror-sessions`
pub fn list(call: &Call<'_>) -> Result<Reply, Refusal> {
    let page = wire::page(call).map_err(|field| invalid(call.group, field))?;
    let ids = wire::values(call, "id");
    let exact = FILTERS.map(|(key, of)| (wire::values(call, key), of));
    let limit = page.limit;
    let mut sessions = call
        .read(move |tx, cx| {
            condition::backend_reads(tx, cx)?;
            let wanted = |it: &MirrorSession| {
                among(&ids, &it.head.id) && exact.iter().all(|(values, of)| among(values, &of(it)))
            };
            let narrow = Narrow {
                ids: &ids,
                by: &[
                    ("name", &exact[0].0),
                    ("filter", &exact[1].0),
                    ("target", &exact[2].0),
                ],
            };
            let (project, marker) = (&cx.caller.project, page.marker.as_deref());
            // One more than the page holds tells whether there is a next one.
            index::page(tx, project, narrow, wanted, marker, limit + 1)
        })
        .map_err(|fault| refuse(call, fault))?;
    let more = sessions.len() > limit;
    sessions.truncate(limit);
    let info = wire::page_info(sessions.iter().map(|it| it.head.id.as_str()), more);
    let rendered: Vec<Value> = sessions.iter().map(render).collect();
    Ok(listed(call, "traffic_mirror_sessions", rendered, info))
}

/// `PUT /v3/{project_id}/vpc/traffic-mirror-sessions/{traffic_mirror_session_id}`
pub fn update(call: &Call<'_>) -> Result<Reply, Refusal> {
    let id = id(call);
    let wire = body::<SessionWire>(call)?;
    let change = parse(call, wire)?;
    let session = call
        .write(move |tx, cx| session::update(tx, cx, &id, |spec| change.clone().onto(spec)))
        .map_err(|fault| refuse(call, fault))?;
    Ok(answer(call, &session))
}

/// `PUT /v3/{project_id}/vpc/traffic-mirror-sessions/{traffic_mirror_session_id}/add-sources`
pub fn add_sources(call: &Call<'_>) -> Result<Reply, Refusal> {
    sources(call, session::add_sources)
}

/// `PUT /v3/{project_id}/vpc/traffic-mirror-sessions/{traffic_mirror_session_id}/remove-sources`
pub fn remove_sources(call: &Call<'_>) -> Result<Reply, Refusal> {
    sources(call, session::remove_sources)
}

/// `DELETE /v3/{project_id}/vpc/traffic-mirror-sessions/{traffic_mirror_session_id}`
pub fn delete(call: &Call<'_>) -> Result<Reply, Refusal> {
    let id = id(call);
    call.write(move |tx, cx| session::delete(tx, cx, &id))
        .map_err(|fault| refuse(call, fault))?;
    Ok(Reply::empty(call.success))
}

/// What a list is filtered by, with the word that a session has there.
type Word = fn(&MirrorSession) -> String;
const FILTERS: [(&str, Word); 10] = [
    ("name", |it| it.spec.name.clone()),
    ("traffic_mirror_filter_id", |it| it.spec.filter.clone()),
    ("traffic_mirror_target_id", |it| it.spec.target.clone()),
    ("description", |it| it.spec.description.clone()),
    ("traffic_mirror_target_type", |it| {
        word(it.spec.target_kind).to_owned()
    }),
    ("virtual_network_id", |it| it.spec.network.to_string()),
    ("packet_length", |it| it.spec.length.to_string()),
    ("priority", |it| it.spec.priority.to_string()),
    ("enabled", |it| it.spec.enabled.to_string()),
    ("type", |_| SOURCE.to_owned()),
];

/// The only kind of source.
const SOURCE: &str = "eni";

type Act = fn(&mut Tx<'_>, &mut Context<'_>, &str, &[String]) -> Result<MirrorSession, Fault>;

fn sources(call: &Call<'_>, act: Act) -> Result<Reply, Refusal> {
    let id = id(call);
    let sources = body::<SourcesWire>(call)?.traffic_mirror_sources;
    must_be_ids(call, &sources)?;
    let session = call
        .write(move |tx, cx| act(tx, cx, &id, &sources))
        .map_err(|fault| refuse(call, fault))?;
    Ok(answer(call, &session))
}

fn body<T: de::DeserializeOwned>(call: &Call<'_>) -> Result<T, Refusal> {
    call.body::<Body<T>>()
        .map(|body| body.traffic_mirror_session)
        .map_err(|fault| faults::body(call, &fault))
}

fn id(call: &Call<'_>) -> String {
    call.param("traffic_mirror_session_id").to_owned()
}

fn must_be_ids(call: &Call<'_>, sources: &[String]) -> Result<(), Refusal> {
    match sources.iter().all(|id| is_uuid(id)) {
        true => Ok(()),
        false => Err(invalid(call.group, "traffic_mirror_sources")),
    }
}

fn parse(call: &Call<'_>, wire: SessionWire) -> Result<Change, Refusal> {
    let wrong = |field: &str| invalid(call.group, field);
    let within = |field, value: Option<i64>, least, most| match value {
        Some(n) if !(least..=most).contains(&n) => Err(wrong(field)),
        value => Ok(value),
    };
    if wire.source_type.is_some_and(|kind| kind != SOURCE) {
        return Err(wrong("type"));
    }
    let target_kind = match wire.traffic_mirror_target_type.as_deref() {
        None => None,
        Some("eni") => Some(Target::Port),
        Some("elb") => Some(Target::LoadBalancer),
        Some(_) => return Err(wrong("traffic_mirror_target_type")),
    };
    let (filter, target) = ("traffic_mirror_filter_id", "traffic_mirror_target_id");
    let network = within("virtual_network_id", wire.virtual_network_id, 0, 16_777_215)?;
    let length = within("packet_length", wire.packet_length, 1, 1460)?;
    let priority = within("priority", wire.priority, 1, 32_766)?;
    Ok(Change {
        name: checked(call, "name", wire.name, |name| is_name(name, 1))?,
        description: checked(call, "description", wire.description, is_description)?,
        filter: checked(call, filter, wire.traffic_mirror_filter_id, is_uuid)?,
        target: checked(call, target, wire.traffic_mirror_target_id, is_uuid)?,
        target_kind,
        network: network.and_then(|n| u32::try_from(n).ok()),
        length: length.and_then(|n| u16::try_from(n).ok()),
        priority: priority.and_then(|n| u16::try_from(n).ok()),
        enabled: wire.enabled,
    })
}

impl Change {
    fn onto(self, spec: Spec) -> Spec {
        Spec {
            name: self.name.unwrap_or(spec.name),
            description: self.description.unwrap_or(spec.description),
            filter: self.filter.unwrap_or(spec.filter),
            target_kind: self.target_kind.unwrap_or(spec.target_kind),
            target: self.target.unwrap_or(spec.target),
            network: self.network.unwrap_or(spec.network),
            length: self.length.unwrap_or(spec.length),
            priority: self.priority.unwrap_or(spec.priority),
            enabled: self.enabled.unwrap_or(spec.enabled),
        }
    }
}

/// `true` or `false`, which the contract writes as a text and Terraform sends as it is.
fn switch<'de, D: Deserializer<'de>>(input: D) -> Result<Option<bool>, D::Error> {
    match Option::<Value>::deserialize(input)? {
        None => Ok(None),
        Some(Value::Bool(on)) => Ok(Some(on)),
        Some(Value::String(text)) if text == "true" || text == "false" => Ok(Some(text == "true")),
        Some(_) => Err(de::Error::custom("neither true nor false")),
    }
}

fn word(target: Target) -> &'static str {
    match target {
        Target::Port => "eni",
        Target::LoadBalancer => "elb",
    }
}

fn answer(call: &Call<'_>, session: &MirrorSession) -> Reply {
    let body = json!({"request_id": call.request.id, "traffic_mirror_session": render(session)});
    Reply::json(call.success, body)
}

fn render(session: &MirrorSession) -> Value {
    let spec = &session.spec;
    json!({
        "id": session.head.id,
        "project_id": session.head.project,
        "name": spec.name,
        "description": spec.description,
        "traffic_mirror_filter_id": spec.filter,
        "traffic_mirror_sources": session.sources,
        "traffic_mirror_target_id": spec.target,
        "traffic_mirror_target_type": word(spec.target_kind),
        "virtual_network_id": spec.network,
        "packet_length": spec.length,
        "priority": spec.priority,
        "enabled": spec.enabled,
        "type": SOURCE,
        "created_at": time_z(session.head.created),
        "updated_at": time_z(session.head.updated),
    })
}
