//! ACLs: the rules of a subnet by position, with those behind them that nobody wrote.

use serde::Deserialize;
use serde_json::{Value, json};
use vpcd_dialect::{Call, Refusal, Reply};
use vpcd_domain::firewall::Direction;
use vpcd_domain::firewall::acl::{self, Entry, NewEntry};
use vpcd_domain::firewall::rule::{FirewallRule, NewRule, Peer, RuleChange};
use vpcd_domain::subnet::Subnet;
use vpcd_domain::vpc::Vpc;
use vpcd_domain::{Fault, Tx, condition, protocol};
use vpcd_net::{Family, Ports, Prefix};

use crate::etag::{self, Expected};
use crate::faults::acl::refuse;
use crate::faults::invalid;
use crate::generated::{errors, limits};
use crate::input::integer;
use crate::page::Page;
use crate::vpc::alias;
use crate::wire::{self, absent};

/// Protocols in the words of the wire; the first is none in particular.
const PROTOCOLS: [&str; 4] = ["all", "tcp", "udp", "icmp"];
/// Every port.
const ALL: &str = "all";
const EVERY: [&str; 3] = ["", ALL, "0-65535"];
/// Every port, spelt as a range.
const RANGE: &str = "1-65535";

const DIRECTIONS: [(&str, Direction); 2] = [
    ("ingress", Direction::Ingress),
    ("egress", Direction::Egress),
];

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct CreateWire {
    acl_rules: Vec<RuleWire>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct RuleWire {
    subnet_id: String,
    description: Option<String>,
    protocol: String,
    source_ip_address: String,
    destination_ip_address: String,
    source_port: String,
    destination_port: String,
    position: Option<Value>,
    direction: String,
    action: String,
    #[serde(default, deserialize_with = "integer")]
    ip_version: Option<i64>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct UpdateWire {
    description: Option<String>,
    protocol: Option<String>,
    source_ip_address: Option<String>,
    destination_ip_address: Option<String>,
    source_port: Option<String>,
    destination_port: Option<String>,
    position: Option<Value>,
    action: Option<String>,
}

/// `POST /v1/acl/rule`
pub fn create(call: &Call<'_>) -> Result<Reply, Refusal> {
    let wire: CreateWire = wire::body(call)?;
    if wire.acl_rules.is_empty() {
        return Err(invalid("aclRules"));
    }
    let rules = wire.acl_rules.into_iter().map(parse);
    let rules: Vec<NewEntry> = rules.collect::<Result<_, _>>()?;
    call.write_once(move |tx, cx| {
        let mut new = rules.clone();
        for entry in &mut new {
            let subnet: Subnet = tx.by_alias(&cx.caller.project, &entry.subnet)?;
            entry.subnet = subnet.head.id;
        }
        acl::add(tx, cx, new)?;
        Ok(Value::Null)
    })
    .map_err(refuse)?;
    Ok(Reply::empty(call.success))
}

/// `GET /v1/acl/rule`
pub fn list(call: &Call<'_>) -> Result<Reply, Refusal> {
    let page = Page::of(call)?;
    let subnet = call.query.get("subnetId").map(str::to_owned);
    let subnet = subnet.ok_or_else(|| invalid("subnetId"))?;
    let all = call.read(move |tx, cx| {
        condition::backend_reads(tx, cx)?;
        let subnet: Subnet = tx.by_alias(&cx.caller.project, &subnet)?;
        let entries = acl::view(tx, &subnet.head.id)?;
        Ok(entries
            .iter()
            .map(|entry| {
                let version = entry.rule.as_ref().map(|rule| rule.head.version);
                (marker(entry), render(&subnet, entry), version)
            })
            .collect::<Vec<_>>())
    });
    let all = all.map_err(refuse)?;
    let (shown, next) = page.cut(&all, |(id, _, _)| id)?;
    let first = shown.first().map(|(id, _, _)| id.as_str());
    let rules = shown.iter().map(|(_, rule, _)| rule.clone()).collect();
    // What nobody wrote has no version.
    let version = match shown {
        [(_, _, version)] => *version,
        _ => None,
    };
    let body = page.listed("aclRules", first, next, rules);
    Ok(etag::alone(
        Reply::json(call.success, body),
        version.as_slice(),
    ))
}

/// `GET /v1/acl`
pub fn entries(call: &Call<'_>) -> Result<Reply, Refusal> {
    let vpc = call.query.get("vpcId").map(str::to_owned);
    let vpc = vpc.ok_or_else(|| invalid("vpcId"))?;
    let body = call.read(move |tx, cx| {
        condition::backend_reads(tx, cx)?;
        let vpc: Vpc = tx.by_alias(&cx.caller.project, &vpc)?;
        let mut entries = Vec::new();
        for subnet in crate::vpc::vpc::subnets(tx, &vpc)? {
            entries.push(entry_of(tx, &subnet)?);
        }
        Ok(json!({
            "vpcId": alias(&vpc),
            "vpcName": vpc.name,
            "vpcCidr": vpc.cidr.map(|cidr| cidr.to_string()).unwrap_or_default(),
            "aclEntrys": entries,
        }))
    });
    Ok(Reply::json(call.success, body.map_err(refuse)?))
}

/// `PUT /v1/acl/rule/{aclRuleId}`
pub fn update(call: &Call<'_>) -> Result<Reply, Refusal> {
    let wire: UpdateWire = wire::body(call)?;
    let change = change(wire)?;
    one(call, move |tx, cx, id| {
        acl::update(tx, cx, id, change.clone())
    })
}

/// `DELETE /v1/acl/rule/{aclRuleId}`
pub fn delete(call: &Call<'_>) -> Result<Reply, Refusal> {
    one(call, acl::remove)
}

fn one(
    call: &Call<'_>,
    rule: impl Fn(&mut Tx<'_>, &mut vpcd_domain::Context<'_>, &str) -> Result<(), Fault>
    + Send
    + 'static,
) -> Result<Reply, Refusal> {
    let (id, expected) = (call.param("aclRuleId").to_owned(), Expected::of(call));
    call.write_once(move |tx, cx| {
        let known: FirewallRule = tx.by_alias(&cx.caller.project, &id)?;
        expected.check(&known.head)?;
        rule(tx, cx, &id)?;
        Ok(Value::Null)
    })
    .map_err(refuse)?;
    Ok(Reply::empty(call.success))
}

fn parse(wire: RuleWire) -> Result<NewEntry, Refusal> {
    let allow = action(&wire.action)?;
    let protocol = protocol(&wire.protocol)?;
    let position = position(&wire.position.ok_or_else(|| absent("position"))?)?;
    let direction = DIRECTIONS
        .iter()
        .find(|(known, _)| *known == wire.direction);
    let (_, direction) = *direction.ok_or_else(|| invalid("direction"))?;
    let family = match wire.ip_version {
        None | Some(4) => Family::V4,
        Some(6) => Family::V6,
        Some(_) => return Err(invalid("ipVersion")),
    };
    let has_ports = protocol.as_deref().is_some_and(|it| it != "icmp");
    Ok(NewEntry {
        subnet: wire.subnet_id,
        direction,
        position,
        rule: NewRule {
            name: String::new(),
            description: wire::description(wire.description)?.unwrap_or_default(),
            family,
            protocol,
            allow,
            capitals: false,
            source: peer("sourceIpAddress", wire.source_ip_address, Some(family))?,
            destination: peer(
                "destinationIpAddress",
                wire.destination_ip_address,
                Some(family),
            )?,
            source_port: ports(&wire.source_port, has_ports)?,
            destination_port: ports(&wire.destination_port, has_ports)?,
            enabled: true,
            position: None,
        },
    })
}

fn change(wire: UpdateWire) -> Result<RuleChange, Refusal> {
    let protocol = wire.protocol.as_deref().map(protocol).transpose()?;
    let portless = |it: &Option<String>| it.as_deref().is_none_or(|it| it == "icmp");
    let has_ports = !protocol.as_ref().is_some_and(portless);
    let ports = |text: Option<String>| text.map(|text| ports(&text, has_ports)).transpose();
    let peer = |field, text: Option<String>| text.map(|text| peer(field, text, None)).transpose();
    let change = RuleChange {
        action: match wire.action {
            Some(word) => Some((action(&word)?, false)),
            None => None,
        },
        position: wire.position.as_ref().map(position).transpose()?,
        description: wire::description(wire.description)?,
        source: peer("sourceIpAddress", wire.source_ip_address)?,
        destination: peer("destinationIpAddress", wire.destination_ip_address)?,
        source_port: ports(wire.source_port)?,
        destination_port: ports(wire.destination_port)?,
        protocol,
        ..RuleChange::default()
    };
    let nothing = change.action.is_none()
        && change.position.is_none()
        && change.description.is_none()
        && change.source.is_none()
        && change.destination.is_none()
        && change.source_port.is_none()
        && change.destination_port.is_none()
        && change.protocol.is_none();
    match nothing {
        true => Err(invalid("body")),
        false => Ok(change),
    }
}

fn action(word: &str) -> Result<bool, Refusal> {
    match word {
        "allow" => Ok(true),
        "deny" => Ok(false),
        _ => Err(Refusal::new(errors::ACL_INVALID_ACTION).because(word)),
    }
}

/// The protocol of a word; nothing for all of them.
fn protocol(word: &str) -> Result<Option<String>, Refusal> {
    match PROTOCOLS.iter().position(|known| *known == word) {
        Some(0) => Ok(None),
        Some(_) => Ok(Some(word.to_owned())),
        None => Err(Refusal::new(errors::ACL_INVALID_PROTOCOL).because(word)),
    }
}

fn position(value: &Value) -> Result<u32, Refusal> {
    let number = match value {
        Value::String(text) => text.trim().parse().ok(),
        value => value.as_u64(),
    };
    number
        .filter(|n| (limits::ACL_POSITION_MIN..=limits::ACL_POSITION_MAX).contains(n))
        .and_then(|n| u32::try_from(n).ok())
        .ok_or_else(|| Refusal::new(errors::ACL_INVALID_POSITION).because(value.to_string()))
}

/// A port or a range; where a protocol has no ports, only all of them.
fn ports(text: &str, has_ports: bool) -> Result<Ports, Refusal> {
    let wrong = || Refusal::new(errors::ACL_INVALID_PORT).because(text);
    let text = text.trim();
    if EVERY.contains(&text) || (!has_ports && text == RANGE) {
        return Ok(Ports::default());
    }
    // A range may begin at 0, which is no port.
    let range = match text.strip_prefix("0-") {
        Some(last) => format!("1-{last}"),
        None => text.to_owned(),
    };
    let ports = range.parse::<Ports>().map_err(|_| wrong())?;
    match has_ports && ports.only().is_some() {
        true => Ok(ports),
        false => Err(wrong()),
    }
}

/// An address or a block; the family of a rule that exists is judged with the rule.
fn peer(field: &'static str, text: String, family: Option<Family>) -> Result<Peer, Refusal> {
    let block: Prefix = text.trim().parse().map_err(|_| invalid(field))?;
    match family.is_none_or(|family| family == block.family()) {
        true => Ok(Peer::Block(text.trim().to_owned())),
        false => Err(invalid(field)),
    }
}

fn entry_of(tx: &mut Tx<'_>, subnet: &Subnet) -> Result<Value, Fault> {
    let entries = acl::view(tx, &subnet.head.id)?;
    let rules = entries.iter().map(|entry| render(subnet, entry));
    Ok(json!({
        "subnetId": alias(subnet),
        "subnetName": subnet.name,
        "subnetCidr": subnet.cidr,
        "aclRules": rules.collect::<Vec<_>>(),
    }))
}

fn word(direction: Direction) -> &'static str {
    let known = DIRECTIONS.iter().find(|(_, known)| *known == direction);
    known.map_or("", |(word, _)| word)
}

/// Where a page may begin: what nobody wrote has no id, so its direction names it.
fn marker(entry: &Entry) -> String {
    match &entry.rule {
        Some(rule) => alias(rule).to_owned(),
        None => format!("ar-{}", word(entry.direction)),
    }
}

/// The word for the protocol of a rule, which the other cloud may have spelt in capitals or as a number.
fn protocol_word(rule: &FirewallRule) -> Option<String> {
    let written = rule.protocol.as_ref()?.to_ascii_lowercase();
    Some(match rule.protocol_number() {
        Some(number) if protocol::is_icmp(number) => PROTOCOLS[3].to_owned(),
        Some(6) => PROTOCOLS[1].to_owned(),
        Some(17) => PROTOCOLS[2].to_owned(),
        _ => written,
    })
}

fn render(subnet: &Subnet, entry: &Entry) -> Value {
    let rule = entry.rule.as_ref();
    let family = rule.map_or(Family::V4, |rule| rule.family);
    let every = match family {
        Family::V4 => "0.0.0.0/0",
        Family::V6 => "::/0",
    };
    let peer = |peer: Option<&Peer>| match peer {
        None | Some(Peer::Any) => every.to_owned(),
        Some(Peer::Block(text) | Peer::Group(text)) => text.clone(),
    };
    let ports = |ports: Option<&Ports>| match ports {
        Some(ports) if !ports.is_all() => ports.to_string(),
        _ => ALL.to_owned(),
    };
    let protocol = rule.and_then(protocol_word);
    let mut shown = json!({
        "subnetId": alias(subnet),
        "description": rule.map_or("", |rule| rule.description.as_str()),
        "protocol": protocol.as_deref().unwrap_or(PROTOCOLS[0]),
        "sourceIpAddress": peer(rule.map(|rule| &rule.source)),
        "destinationIpAddress": peer(rule.map(|rule| &rule.destination)),
        "sourcePort": ports(rule.map(|rule| &rule.source_port)),
        "destinationPort": ports(rule.map(|rule| &rule.destination_port)),
        "position": entry.position,
        "ipVersion": family.version(),
        "direction": word(entry.direction),
        "action": if entry.allow { "allow" } else { "deny" },
    });
    if let Some(rule) = rule {
        shown["id"] = json!(alias(rule));
    }
    shown
}
