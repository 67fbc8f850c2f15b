//! Rules of firewalls as the v3 API writes them.

use serde::Deserialize;
use serde_json::{Value, json};
use vpcd_dialect::decode::{integer, nullable};
use vpcd_dialect::{Call, Refusal};
use vpcd_domain::firewall::rule::{FirewallRule, NewRule, Peer, RuleChange};
use vpcd_net::{Family, Ports};

use crate::faults::invalid;
use crate::wire::{is_description, is_name, is_uuid};

/// A rule to make or to change; what is absent stays or has its usual value.
#[derive(Deserialize)]
pub struct RuleWire {
    id: Option<String>,
    name: Option<String>,
    description: Option<String>,
    action: Option<String>,
    protocol: Option<String>,
    #[serde(default, deserialize_with = "integer")]
    ip_version: Option<i64>,
    #[serde(default, deserialize_with = "nullable")]
    source_ip_address: Option<Option<String>>,
    #[serde(default, deserialize_with = "nullable")]
    destination_ip_address: Option<Option<String>>,
    #[serde(default, deserialize_with = "nullable")]
    source_port: Option<Option<String>>,
    #[serde(default, deserialize_with = "nullable")]
    destination_port: Option<Option<String>>,
    #[serde(default, deserialize_with = "nullable")]
    source_address_group_id: Option<Option<String>>,
    #[serde(default, deserialize_with = "nullable")]
    destination_address_group_id: Option<Option<String>>,
    enabled: Option<bool>,
}

/// A rule to take away.
#[derive(Deserialize)]
pub struct RuleId {
    /// Its id.
    pub id: String,
}

/// A rule to make.
pub fn new(call: &Call<'_>, wire: RuleWire) -> Result<NewRule, Refusal> {
    let missing = |field: &str| invalid(call.group, field);
    let rule = parse(call, wire)?;
    Ok(NewRule {
        name: rule.name.unwrap_or_default(),
        description: rule.description.unwrap_or_default(),
        family: rule.family.ok_or_else(|| missing("ip_version"))?,
        protocol: rule.protocol.ok_or_else(|| missing("protocol"))?,
        allow: rule.action.ok_or_else(|| missing("action"))?.0,
        // The native API, whose own word this is, has it in capitals.
        capitals: true,
        source: rule.source.unwrap_or_default(),
        destination: rule.destination.unwrap_or_default(),
        source_port: rule.source_port.unwrap_or_default(),
        destination_port: rule.destination_port.unwrap_or_default(),
        enabled: rule.enabled.unwrap_or(true),
        position: None,
    })
}

/// A rule to change, by its id.
pub fn change(call: &Call<'_>, mut wire: RuleWire) -> Result<(String, RuleChange), Refusal> {
    let id = wire.id.take().filter(|id| is_uuid(id));
    let id = id.ok_or_else(|| invalid(call.group, "id"))?;
    Ok((id, parse(call, wire)?))
}

/// A rule as it is shown.
pub fn render(it: &FirewallRule) -> Value {
    let ports = |ports: &Ports| (!ports.is_all()).then(|| ports.to_string());
    json!({
        "id": it.head.id,
        "name": it.name,
        "description": it.description,
        "action": if it.allow { "allow" } else { "deny" },
        "protocol": it.protocol.as_deref().unwrap_or("any"),
        "ip_version": it.family.version(),
        "source_ip_address": it.source.block(),
        "destination_ip_address": it.destination.block(),
        "source_port": ports(&it.source_port),
        "destination_port": ports(&it.destination_port),
        "source_address_group_id": it.source.group(),
        "destination_address_group_id": it.destination.group(),
        "enabled": it.enabled,
    })
}

/// The family of a number.
pub fn family(version: i64) -> Option<Family> {
    match version {
        4 => Some(Family::V4),
        6 => Some(Family::V6),
        _ => None,
    }
}

/// A protocol that firewalls know: `any` is none in particular.
pub fn protocol(word: &str) -> Option<Option<String>> {
    let known = ["tcp", "udp", "icmp", "icmpv6"];
    let lower = word.to_ascii_lowercase();
    let digits = !word.is_empty() && word.bytes().all(|byte| byte.is_ascii_digit());
    match lower.as_str() {
        "any" => Some(None),
        lower if digits || known.contains(&lower) => Some(Some(word.to_owned())),
        _ => None,
    }
}

fn parse(call: &Call<'_>, wire: RuleWire) -> Result<RuleChange, Refusal> {
    let wrong = |field: &str| invalid(call.group, field);
    if wire.name.as_deref().is_some_and(|name| !is_name(name, 0)) {
        return Err(wrong("name"));
    }
    if wire
        .description
        .as_deref()
        .is_some_and(|it| !is_description(it))
    {
        return Err(wrong("description"));
    }
    let action = match wire.action.as_deref() {
        None => None,
        Some("allow") => Some((true, true)),
        Some("deny") => Some((false, true)),
        Some(_) => return Err(wrong("action")),
    };
    let ports = |field: &str, text: Option<Option<String>>| {
        let text = text.map(Option::unwrap_or_default);
        text.map(|text| text.parse::<Ports>().map_err(|_| wrong(field)))
            .transpose()
    };
    let family = wire
        .ip_version
        .map(|it| family(it).ok_or_else(|| wrong("ip_version")));
    let protocol = wire
        .protocol
        .map(|it| protocol(&it).ok_or_else(|| wrong("protocol")));
    let source = peer(wire.source_ip_address, wire.source_address_group_id);
    let destination = peer(
        wire.destination_ip_address,
        wire.destination_address_group_id,
    );
    Ok(RuleChange {
        name: wire.name,
        description: wire.description,
        family: family.transpose()?,
        protocol: protocol.transpose()?,
        action,
        source: source.map_err(|()| wrong("source_address_group_id"))?,
        destination: destination.map_err(|()| wrong("destination_address_group_id"))?,
        source_port: ports("source_port", wire.source_port)?,
        destination_port: ports("destination_port", wire.destination_port)?,
        enabled: wire.enabled,
        position: None,
    })
}

/// One side of a rule: an address or a group, never both.
fn peer(block: Option<Option<String>>, group: Option<Option<String>>) -> Result<Option<Peer>, ()> {
    let named = |it: &Option<Option<String>>| it.clone().flatten().filter(|it| !it.is_empty());
    match (named(&block), named(&group)) {
        (Some(_), Some(_)) => Err(()),
        (Some(block), None) => Ok(Some(Peer::Block(block))),
        (None, Some(group)) if is_uuid(&group) => Ok(Some(Peer::Group(group))),
        (None, Some(_)) => Err(()),
        // Named and empty: nobody in particular.
        (None, None) => Ok((block.is_some() || group.is_some()).then_some(Peer::Any)),
    }
}
