//! Firewall rules of the native API.

use serde::Deserialize;
use serde_json::{Value, json};
use vpcd_dialect::decode::{integer, nullable};
use vpcd_dialect::{Call, Refusal, Reply};
use vpcd_domain::firewall::rule::{self, FirewallRule, NewRule, Peer, RuleChange};
use vpcd_domain::{Context, Tx, condition};
use vpcd_net::{Family, Ports};

use super::firewall::legal;
use super::wire;
use crate::faults::neutron::invalid;
use crate::faults::{self, refuse};
use crate::vpc::firewall_rule::{family, protocol};

#[derive(Deserialize)]
struct Body {
    firewall_rule: RuleWire,
}

#[derive(Deserialize)]
struct RuleWire {
    name: Option<String>,
    description: Option<String>,
    action: Option<String>,
    #[serde(default, deserialize_with = "nullable")]
    protocol: Option<Option<Text>>,
    #[serde(default, deserialize_with = "integer")]
    ip_version: Option<i64>,
    #[serde(default, deserialize_with = "nullable")]
    source_ip_address: Option<Option<String>>,
    #[serde(default, deserialize_with = "nullable")]
    destination_ip_address: Option<Option<String>>,
    #[serde(default, deserialize_with = "nullable")]
    source_port: Option<Option<Text>>,
    #[serde(default, deserialize_with = "nullable")]
    destination_port: Option<Option<Text>>,
    enabled: Option<bool>,
}

/// A number or a text: both are written for ports and protocols.
#[derive(Deserialize)]
#[serde(untagged)]
enum Text {
    Number(u64),
    Text(String),
}

impl Text {
    fn text(self) -> String {
        match self {
            Text::Number(number) => number.to_string(),
            Text::Text(text) => text,
        }
    }
}

/// `POST /v2.0/fwaas/firewall_rules`
pub fn create(call: &Call<'_>) -> Result<Reply, Refusal> {
    let wire = parse(call)?;
    // As in Neutron a rule that does not say so lets nothing pass.
    let (allow, capitals) = wire.action.unwrap_or((false, false));
    let new = NewRule {
        name: wire.name.unwrap_or_default(),
        description: wire.description.unwrap_or_default(),
        family: wire.family.unwrap_or(Family::V4),
        protocol: wire.protocol.flatten(),
        allow,
        capitals,
        source: wire.source.unwrap_or_default(),
        destination: wire.destination.unwrap_or_default(),
        source_port: wire.source_port.unwrap_or_default(),
        destination_port: wire.destination_port.unwrap_or_default(),
        enabled: wire.enabled.unwrap_or(true),
        position: None,
    };
    let made = call
        .write(move |tx, cx| rule::create(tx, cx, None, new.clone()))
        .map_err(|fault| refuse(call, fault))?;
    Ok(wire::one(call, "firewall_rule", render(&made)))
}

/// `GET /v2.0/fwaas/firewall_rules/{firewall_rule_id}`
pub fn show(call: &Call<'_>) -> Result<Reply, Refusal> {
    let id = id(call);
    let found = call.read(move |tx, cx| {
        condition::backend_reads(tx, cx)?;
        tx.get::<FirewallRule>(&cx.caller.project, &id)
    });
    let found = found.map_err(|fault| refuse(call, fault))?;
    Ok(wire::one(call, "firewall_rule", render(&found)))
}

/// `GET /v2.0/fwaas/firewall_rules`
pub fn list(call: &Call<'_>) -> Result<Reply, Refusal> {
    let listing = wire::Listing::of(call)?;
    // Actions are written in either case: what is asked for in one is answered in it.
    let asked = call.query.get("action").map(is_capital);
    let shown = move |mut it: FirewallRule| {
        it.capitals = asked.unwrap_or(it.capitals);
        render(&it)
    };
    let find = move |tx: &mut Tx<'_>, cx: &mut Context<'_>, id: &str| {
        let found = tx.find::<FirewallRule>(&cx.caller.project, id)?;
        Ok(found.map(shown))
    };
    wire::list(
        call,
        "firewall_rules",
        &listing,
        find,
        move |tx, cx, way, n| {
            let rules = tx.walk::<FirewallRule>(&cx.caller.project, None, way, n)?;
            Ok(rules.into_iter().map(shown).collect())
        },
    )
}

/// `PUT /v2.0/fwaas/firewall_rules/{firewall_rule_id}`
pub fn update(call: &Call<'_>) -> Result<Reply, Refusal> {
    let id = id(call);
    let change = parse(call)?;
    let changed = call
        .write(move |tx, cx| rule::update(tx, cx, &id, change.clone()))
        .map_err(|fault| refuse(call, fault))?;
    Ok(wire::one(call, "firewall_rule", render(&changed)))
}

/// `DELETE /v2.0/fwaas/firewall_rules/{firewall_rule_id}`
pub fn delete(call: &Call<'_>) -> Result<Reply, Refusal> {
    let id = id(call);
    call.write(move |tx, cx| rule::delete(tx, cx, &id))
        .map_err(|fault| refuse(call, fault))?;
    Ok(Reply::empty(call.success))
}

fn parse(call: &Call<'_>) -> Result<RuleChange, Refusal> {
    let Body {
        firewall_rule: wire,
    } = call.body().map_err(|fault| faults::body(call, &fault))?;
    let wrong = |field: &str, text: &str| invalid(&format!("'{text}' is not a legal {field}"));
    let action = match wire.action.as_deref() {
        None => None,
        Some(word) => match word.to_ascii_lowercase().as_str() {
            "allow" => Some((true, is_capital(word))),
            "deny" => Some((false, is_capital(word))),
            _ => return Err(wrong("action", word)),
        },
    };
    let protocol = match wire.protocol {
        None => None,
        Some(word) => match word.map(Text::text).filter(|word| !word.is_empty()) {
            None => Some(None),
            Some(word) => Some(protocol(&word).ok_or_else(|| wrong("protocol", &word))?),
        },
    };
    let family = match wire.ip_version {
        None => None,
        Some(version) => {
            let known = family(version);
            Some(known.ok_or_else(|| wrong("ip_version", &version.to_string()))?)
        }
    };
    Ok(RuleChange {
        name: legal("name", wire.name)?,
        description: legal("description", wire.description)?,
        family,
        protocol,
        action,
        source: wire.source_ip_address.map(peer),
        destination: wire.destination_ip_address.map(peer),
        source_port: ports(wire.source_port).map_err(|text| wrong("source_port", &text))?,
        destination_port: ports(wire.destination_port)
            .map_err(|text| wrong("destination_port", &text))?,
        enabled: wire.enabled,
        position: None,
    })
}

fn is_capital(word: &str) -> bool {
    word.chars().all(|c| c.is_ascii_uppercase())
}

fn peer(text: Option<String>) -> Peer {
    match text.filter(|text| !text.is_empty()) {
        Some(text) => Peer::Block(text),
        None => Peer::Any,
    }
}

/// Ports as this API writes them: ranges have a colon.
fn ports(wire: Option<Option<Text>>) -> Result<Option<Ports>, String> {
    let Some(text) = wire.map(|text| text.map(Text::text).unwrap_or_default()) else {
        return Ok(None);
    };
    let ports = match text.contains('-') {
        true => return Err(text),
        false => text.replace(':', "-").parse::<Ports>(),
    };
    ports.map(Some).map_err(|_| text)
}

fn id(call: &Call<'_>) -> String {
    call.param("firewall_rule_id").to_owned()
}

fn render(it: &FirewallRule) -> Value {
    let ports = |ports: &Ports| (!ports.is_all()).then(|| ports.to_string().replace('-', ":"));
    let action = match (it.allow, it.capitals) {
        (true, true) => "ALLOW",
        (false, true) => "DENY",
        (true, false) => "allow",
        (false, false) => "deny",
    };
    json!({
        "id": it.head.id,
        "name": it.name,
        "description": it.description,
        "action": action,
        "protocol": it.protocol,
        "ip_version": it.family.version(),
        "enabled": it.enabled,
        "public": false,
        "source_ip_address": it.source.block(),
        "destination_ip_address": it.destination.block(),
        "source_port": ports(&it.source_port),
        "destination_port": ports(&it.destination_port),
        "tenant_id": it.head.project,
        "project_id": it.head.project,
    })
}
