//! Rules of mirror filters, v3.

use std::net::IpAddr;

use serde::Deserialize;
use serde_json::{Value, json};
use vpcd_dialect::{Call, Refusal, Reply, decode};
use vpcd_domain::index::{self, Narrow, PARENT};
use vpcd_domain::mirror::rule::{self, Direction, MirrorRule, Spec};
use vpcd_domain::{Fault, condition};

use super::listed;
use crate::faults::{self, invalid, refuse};
use crate::wire::{self, among, is_description, is_uuid, time_z};

#[derive(Deserialize)]
struct Body {
    traffic_mirror_filter_rule: RuleWire,
}

/// What a rule can be told; on a change, what is absent stays.
#[derive(Clone, Deserialize)]
struct RuleWire {
    description: Option<String>,
    traffic_mirror_filter_id: Option<String>,
    direction: Option<String>,
    protocol: Option<String>,
    ethertype: Option<String>,
    source_cidr_block: Option<String>,
    destination_cidr_block: Option<String>,
    source_port_range: Option<String>,
    destination_port_range: Option<String>,
    action: Option<String>,
    #[serde(default, deserialize_with = "decode::integer")]
    priority: Option<i64>,
}

/// `POST /v3/{project_id}/vpc/traffic-mirror-filter-rules`
pub fn create(call: &Call<'_>) -> Result<Reply, Refusal> {
    let wire = body(call)?;
    let wrong = |field: &str| invalid(call.group, field);
    let filter = wire.traffic_mirror_filter_id.clone();
    let filter = filter
        .filter(|id| is_uuid(id))
        .ok_or_else(|| wrong("traffic_mirror_filter_id"))?;
    let direction = match wire.direction.as_deref() {
        Some("ingress") => Direction::Ingress,
        Some("egress") => Direction::Egress,
        _ => return Err(wrong("direction")),
    };
    for (field, missing) in [
        ("protocol", wire.protocol.is_none()),
        ("ethertype", wire.ethertype.is_none()),
        ("action", wire.action.is_none()),
        ("priority", wire.priority.is_none()),
    ] {
        if missing {
            return Err(wrong(field));
        }
    }
    let blank = Spec {
        description: String::new(),
        priority: 1,
        accept: true,
        ipv6: false,
        protocol: String::new(),
        source: String::new(),
        destination: String::new(),
        source_ports: String::new(),
        destination_ports: String::new(),
    };
    let spec = changed(&wire, blank).map_err(|fault| refuse(call, fault))?;
    let rule = call
        .write(move |tx, cx| rule::create(tx, cx, &filter, direction, spec.clone()))
        .map_err(|fault| refuse(call, fault))?;
    Ok(answer(call, &rule))
}

/// `GET /v3/{project_id}/vpc/traffic-mirror-filter-rules/{traffic_mirror_filter_rule_id}`
pub fn show(call: &Call<'_>) -> Result<Reply, Refusal> {
    let id = id(call);
    let rule = call
        .read(move |tx, cx| {
            condition::backend_reads(tx, cx)?;
            tx.get::<MirrorRule>(&cx.caller.project, &id)
        })
        .map_err(|fault| refuse(call, fault))?;
    Ok(answer(call, &rule))
}

/// `GET /v3/{project_id}/vpc/traffic-mirror-filter-rules`
pub fn list(call: &Call<'_>) -> Result<Reply, Refusal> {
    let page = wire::page(call).map_err(|field| invalid(call.group, field))?;
    let ids = wire::values(call, "id");
    let filters = wire::values(call, "traffic_mirror_filter_id");
    let exact = FILTERS.map(|(key, of)| (wire::values(call, key), of));
    let limit = page.limit;
    let mut rules = call
        .read(move |tx, cx| {
            condition::backend_reads(tx, cx)?;
            let wanted = |it: &MirrorRule| {
                among(&ids, &it.head.id)
                    && among(&filters, it.filter())
                    && exact.iter().all(|(values, of)| among(values, &of(it)))
            };
            let narrow = Narrow {
                ids: &ids,
                by: &[(PARENT, &filters)],
            };
            let (project, marker) = (&cx.caller.project, page.marker.as_deref());
            // One more than the page holds tells whether there is a next one.
            index::page(tx, project, narrow, wanted, marker, limit + 1)
        })
        .map_err(|fault| refuse(call, fault))?;
    let more = rules.len() > limit;
    rules.truncate(limit);
    let info = wire::page_info(rules.iter().map(|it| it.head.id.as_str()), more);
    let rendered: Vec<Value> = rules.iter().map(render).collect();
    Ok(listed(call, "traffic_mirror_filter_rules", rendered, info))
}

/// `PUT /v3/{project_id}/vpc/traffic-mirror-filter-rules/{traffic_mirror_filter_rule_id}`
pub fn update(call: &Call<'_>) -> Result<Reply, Refusal> {
    let id = id(call);
    let wire = body(call)?;
    let rule = call
        .write(move |tx, cx| rule::update(tx, cx, &id, |spec| changed(&wire, spec)))
        .map_err(|fault| refuse(call, fault))?;
    Ok(answer(call, &rule))
}

/// `DELETE /v3/{project_id}/vpc/traffic-mirror-filter-rules/{traffic_mirror_filter_rule_id}`
pub fn delete(call: &Call<'_>) -> Result<Reply, Refusal> {
    let id = id(call);
    call.write(move |tx, cx| rule::delete(tx, cx, &id))
        .map_err(|fault| refuse(call, fault))?;
    Ok(Reply::empty(call.success))
}

/// What a list is filtered by, with the word that a rule has there.
type Word = fn(&MirrorRule) -> String;
const FILTERS: [(&str, Word); 9] = [
    ("description", |it| it.spec.description.clone()),
    ("direction", |it| direction(it.direction).to_owned()),
    ("protocol", |it| it.spec.protocol.clone()),
    ("source_cidr_block", |it| it.spec.source.clone()),
    ("destination_cidr_block", |it| it.spec.destination.clone()),
    ("source_port_range", |it| it.spec.source_ports.clone()),
    ("destination_port_range", |it| {
        it.spec.destination_ports.clone()
    }),
    ("action", |it| action(it.spec.accept).to_owned()),
    ("priority", |it| it.spec.priority.to_string()),
];

fn body(call: &Call<'_>) -> Result<RuleWire, Refusal> {
    call.body::<Body>()
        .map(|body| body.traffic_mirror_filter_rule)
        .map_err(|fault| faults::body(call, &fault))
}

fn id(call: &Call<'_>) -> String {
    call.param("traffic_mirror_filter_rule_id").to_owned()
}

/// The rule with what the caller says. Protocols without ports lose them, blocks follow the family.
fn changed(wire: &RuleWire, mut spec: Spec) -> Result<Spec, Fault> {
    if let Some(text) = &wire.description {
        legal("description", is_description(text))?;
        spec.description.clone_from(text);
    }
    if let Some(text) = &wire.protocol {
        legal("protocol", is_protocol(text))?;
        spec.protocol.clone_from(text);
    }
    if let Some(text) = &wire.ethertype {
        legal("ethertype", matches!(text.as_str(), "IPv4" | "IPv6"))?;
        spec.ipv6 = text == "IPv6";
    }
    if let Some(text) = &wire.action {
        legal("action", matches!(text.as_str(), "accept" | "reject"))?;
        spec.accept = text == "accept";
    }
    if let Some(priority) = wire.priority {
        spec.priority = u16::try_from(priority).unwrap_or(0);
        legal("priority", spec.priority > 0)?;
    }
    if !spec.has_ports() {
        spec.source_ports.clear();
        spec.destination_ports.clear();
    }
    let (ported, ipv6) = (spec.has_ports(), spec.ipv6);
    let ports = |text: &str| text.is_empty() || (ported && is_port_range(text));
    let block = |text: &str| text.is_empty() || is_block(text, ipv6);
    let given = |place: &mut String, wire: &Option<String>| {
        if let Some(text) = wire {
            place.clone_from(text);
        }
    };
    given(&mut spec.source, &wire.source_cidr_block);
    legal("source_cidr_block", block(&spec.source))?;
    given(&mut spec.destination, &wire.destination_cidr_block);
    legal("destination_cidr_block", block(&spec.destination))?;
    given(&mut spec.source_ports, &wire.source_port_range);
    legal("source_port_range", ports(&spec.source_ports))?;
    given(&mut spec.destination_ports, &wire.destination_port_range);
    legal("destination_port_range", ports(&spec.destination_ports))?;
    Ok(spec)
}

fn legal(field: &'static str, is: bool) -> Result<(), Fault> {
    match is {
        true => Ok(()),
        false => Err(Fault::invalid(field, "not as documented")),
    }
}

/// The contract writes protocols in capitals, clients send either.
fn is_protocol(text: &str) -> bool {
    ["TCP", "UDP", "ICMP", "ICMPV6", "ALL"]
        .iter()
        .any(|word| word.eq_ignore_ascii_case(text))
}

/// Whether a text is a range of ports such as `80-200`.
fn is_port_range(text: &str) -> bool {
    let port = |text: &str| text.parse::<u16>().ok().filter(|port| *port > 0);
    let range = text.split_once('-');
    let range = range.and_then(|(low, high)| Some((port(low)?, port(high)?)));
    range.is_some_and(|(low, high)| low <= high)
}

/// Whether a text is a block such as `192.168.10.10/32` of that family.
fn is_block(text: &str, ipv6: bool) -> bool {
    let Some((address, prefix)) = text.split_once('/') else {
        return false;
    };
    let most = if ipv6 { 128 } else { 32 };
    address
        .parse::<IpAddr>()
        .is_ok_and(|address| address.is_ipv6() == ipv6)
        && prefix.parse::<u8>().is_ok_and(|prefix| prefix <= most)
}

fn direction(direction: Direction) -> &'static str {
    match direction {
        Direction::Ingress => "ingress",
        Direction::Egress => "egress",
    }
}

fn action(accept: bool) -> &'static str {
    if accept { "accept" } else { "reject" }
}

fn answer(call: &Call<'_>, rule: &MirrorRule) -> Reply {
    let body = json!({"request_id": call.request.id, "traffic_mirror_filter_rule": render(rule)});
    Reply::json(call.success, body)
}

/// A rule as filters and lists show it.
pub(super) fn render(rule: &MirrorRule) -> Value {
    let spec = &rule.spec;
    json!({
        "id": rule.head.id,
        "project_id": rule.head.project,
        "description": spec.description,
        "traffic_mirror_filter_id": rule.filter(),
        "direction": direction(rule.direction),
        "source_cidr_block": spec.source,
        "destination_cidr_block": spec.destination,
        "source_port_range": spec.source_ports,
        "destination_port_range": spec.destination_ports,
        "ethertype": if spec.ipv6 { "IPv6" } else { "IPv4" },
        "protocol": spec.protocol,
        "action": action(spec.accept),
        "priority": spec.priority,
        "created_at": time_z(rule.head.created),
        "updated_at": time_z(rule.head.updated),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ranges_and_blocks() {
        for text in ["80-200", "1-65535", "80-80"] {
            assert!(is_port_range(text), "{text}");
        }
        for text in ["", "80", "0-1", "200-80", "1-65536", "a-b", "-1"] {
            assert!(!is_port_range(text), "{text}");
        }
        assert!(is_block("10.0.0.0/8", false) && is_block("2002:50::44/128", true));
        assert!(!is_block("10.0.0.0", false) && !is_block("10.0.0.0/33", false));
        assert!(!is_block("::/0", false) && !is_block("0.0.0.0/0", true));
    }
}
