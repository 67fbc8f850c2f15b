//! Rules of security groups, v3: several ranges of ports, priorities, denials, groups of addresses.

use serde::Deserialize;
use serde_json::{Value, json};
use vpcd_dialect::{Call, Refusal, Reply};
use vpcd_domain::security_rule::{self, Action, Icmp, NewRule, Remote, SecurityRule, with_remote};
use vpcd_domain::{Fault, Kind, condition, protocol};
use vpcd_net::{Family, Ports, Prefix};

use super::security_rule::{Terms, action, ethertype, render_terms};
use crate::faults::{self, invalid, refuse};
use crate::generated::{errors as row, limits};
use crate::wire::{self, among, is_uuid, time_z, values};

#[derive(Deserialize)]
struct CreateBody {
    security_group_rule: RuleWire,
    dry_run: Option<bool>,
}

#[derive(Deserialize)]
struct BatchBody {
    security_group_rules: Vec<RuleWire>,
    ignore_duplicate: Option<bool>,
    dry_run: Option<bool>,
}

#[derive(Deserialize)]
struct RuleWire {
    security_group_id: Option<String>,
    description: Option<String>,
    direction: Option<String>,
    ethertype: Option<String>,
    protocol: Option<Value>,
    multiport: Option<String>,
    remote_ip_prefix: Option<String>,
    remote_group_id: Option<String>,
    remote_address_group_id: Option<String>,
    action: Option<String>,
    #[serde(default, deserialize_with = "vpcd_dialect::decode::integer")]
    priority: Option<i64>,
    enabled: Option<bool>,
}

/// `POST /v3/{project_id}/vpc/security-group-rules`
pub fn create(call: &Call<'_>) -> Result<Reply, Refusal> {
    let body = call
        .body::<CreateBody>()
        .map_err(|fault| faults::body(call, &fault))?;
    let wire = body.security_group_rule;
    let group = wire.security_group_id.clone().filter(|id| is_uuid(id));
    let group = group.ok_or_else(|| invalid(call.group, "security_group_id"))?;
    let new = parse(call, wire)?;
    let named = (group.clone(), vec![new.clone()]);
    let rule = wire::attempt(call, body.dry_run, move |tx, cx| {
        security_rule::create(tx, cx, &group, new.clone())
    })
    .map_err(|fault| refuse_rule(call, &named, fault))?;
    Ok(match rule {
        Some(rule) => reply(call, &rule),
        None => wire::passed_dry_run(call),
    })
}

/// `POST /v3/{project_id}/vpc/security-groups/{security_group_id}/security-group-rules/batch-create`
pub fn create_many(call: &Call<'_>) -> Result<Reply, Refusal> {
    let group = call.param("security_group_id").to_owned();
    let body = call
        .body::<BatchBody>()
        .map_err(|fault| faults::body(call, &fault))?;
    if body.security_group_rules.is_empty() {
        return Err(invalid(call.group, "security_group_rules"));
    }
    let rules = body.security_group_rules.into_iter();
    let new = rules
        .map(|wire| parse(call, wire))
        .collect::<Result<Vec<NewRule>, Refusal>>()?;
    let ignore = body.ignore_duplicate.unwrap_or(false);
    let named = (group.clone(), new.clone());
    let made = wire::attempt(call, body.dry_run, move |tx, cx| {
        security_rule::create_many(tx, cx, &group, new.clone(), ignore)
    })
    .map_err(|fault| refuse_rule(call, &named, fault))?;
    let Some(made) = made else {
        return Ok(wire::passed_dry_run(call));
    };
    let rules: Vec<Value> = made.iter().map(render).collect();
    let body = json!({"request_id": call.request.id, "security_group_rules": rules});
    Ok(Reply::json(call.success, body))
}

/// `GET /v3/{project_id}/vpc/security-group-rules/{security_group_rule_id}`
pub fn show(call: &Call<'_>) -> Result<Reply, Refusal> {
    let id = call.param("security_group_rule_id").to_owned();
    let rule = call
        .read(move |tx, cx| security_rule::show(tx, cx, &id))
        .map_err(|fault| refuse(call, fault))?;
    Ok(reply(call, &rule))
}

/// `GET /v3/{project_id}/vpc/security-group-rules`
pub fn list(call: &Call<'_>) -> Result<Reply, Refusal> {
    let page = wire::page(call).map_err(|field| invalid(call.group, field))?;
    let filter = Filter::of(call).map_err(|field| invalid(call.group, field))?;
    let limit = page.limit;
    let mut rules = call
        .read(move |tx, cx| {
            condition::backend_reads(tx, cx)?;
            let project = cx.caller.project.clone();
            let wanted = |rule: &SecurityRule| rule.head.project == project && filter.wants(rule);
            wire::filtered(limit + 1, page.marker.clone(), wanted, |after, limit| {
                if !filter.ids.is_empty() {
                    return wire::of_ids(tx, &project, &filter.ids, after, limit);
                }
                match (filter.groups.as_slice(), filter.remote()) {
                    ([group], _) => tx.children_page(group, after, limit),
                    (_, Some(remote)) => with_remote(tx, &project, &remote, after, limit),
                    _ => tx.list(&project, after, limit),
                }
            })
        })
        .map_err(|fault| refuse(call, fault))?;
    let more = rules.len() > limit;
    rules.truncate(limit);
    let info = wire::page_info(rules.iter().map(|rule| rule.head.id.as_str()), more);
    let rules: Vec<Value> = rules.iter().map(render).collect();
    let body =
        json!({"request_id": call.request.id, "security_group_rules": rules, "page_info": info});
    Ok(Reply::json(call.success, body))
}

/// `DELETE /v3/{project_id}/vpc/security-group-rules/{security_group_rule_id}`
pub fn delete(call: &Call<'_>) -> Result<Reply, Refusal> {
    let id = call.param("security_group_rule_id").to_owned();
    call.write(move |tx, cx| security_rule::delete(tx, cx, &id))
        .map_err(|fault| refuse(call, fault))?;
    Ok(Reply::empty(call.success))
}

struct Filter {
    ids: Vec<String>,
    groups: Vec<String>,
    protocols: Vec<String>,
    descriptions: Vec<String>,
    remote_groups: Vec<String>,
    remote_address_groups: Vec<String>,
    prefix: Option<Prefix>,
    direction: Option<String>,
    action: Option<String>,
    priorities: Vec<String>,
    ethertypes: Vec<String>,
    enabled: Option<bool>,
}

impl Filter {
    fn of(call: &Call<'_>) -> Result<Filter, &'static str> {
        let one_of = |key: &'static str, legal: [&str; 2]| match call.query.get(key) {
            Some(value) if !legal.contains(&value) => Err(key),
            value => Ok(value.map(str::to_owned)),
        };
        let ethertypes = values(call, "ethertype");
        if !ethertypes.iter().all(|it| it == "IPv4" || it == "IPv6") {
            return Err("ethertype");
        }
        let priorities = values(call, "priority");
        let priority = |text: &String| text.parse().is_ok_and(|it: u64| priorities_hold(it));
        if !priorities.iter().all(priority) {
            return Err("priority");
        }
        // A description may hold commas, which separate values elsewhere.
        let description = call.query.get("description").map(str::to_owned);
        let prefix = call.query.get("remote_ip_prefix").map(str::parse);
        Ok(Filter {
            ids: values(call, "id"),
            groups: values(call, "security_group_id"),
            protocols: values(call, "protocol"),
            descriptions: values(call, "description")
                .into_iter()
                .chain(description)
                .collect(),
            remote_groups: values(call, "remote_group_id"),
            remote_address_groups: values(call, "remote_address_group_id"),
            prefix: prefix.transpose().map_err(|_| "remote_ip_prefix")?,
            direction: one_of("direction", ["ingress", "egress"])?,
            action: one_of("action", ["allow", "deny"])?,
            priorities,
            ethertypes,
            enabled: one_of("enabled", ["true", "false"])?.map(|it| it == "true"),
        })
    }

    /// The one far end that is asked for, which an index knows.
    fn remote(&self) -> Option<String> {
        match (&*self.remote_groups, &*self.remote_address_groups) {
            ([id], _) | (_, [id]) => Some(id.clone()),
            _ => self.prefix.map(|prefix| prefix.to_string()),
        }
    }

    fn wants(&self, rule: &SecurityRule) -> bool {
        let shown = render_terms(rule);
        let text = |key: &str| shown[key].as_str().unwrap_or_default().to_owned();
        let is = |wanted: &Option<String>, key: &str| {
            wanted.as_deref().is_none_or(|wanted| wanted == text(key))
        };
        among(&self.groups, rule.group())
            && among(&self.protocols, &text("protocol"))
            && among(&self.descriptions, &rule.description)
            && among(&self.remote_groups, &text("remote_group_id"))
            && among(
                &self.remote_address_groups,
                &text("remote_address_group_id"),
            )
            && self
                .prefix
                .is_none_or(|it| rule.remote == Remote::Prefix(it))
            && is(&self.direction, "direction")
            && self
                .action
                .as_deref()
                .is_none_or(|it| it == action(rule.action))
            && among(&self.priorities, &rule.priority.to_string())
            && among(&self.ethertypes, ethertype(rule.family))
            && self.enabled.is_none_or(|it| it == rule.enabled)
    }
}

fn priorities_hold(priority: u64) -> bool {
    (1..=limits::SECURITY_GROUP_RULE_PRIORITY_MAX).contains(&priority)
}

fn parse(call: &Call<'_>, wire: RuleWire) -> Result<NewRule, Refusal> {
    if let Some(word) = wire.ethertype.as_deref()
        && !matches!(word, "" | "IPv4" | "IPv6")
    {
        return Err(Refusal::new(row::SECURITY_GROUP_V3_9902_400_ETHERTYPE).with([word]));
    }
    rule(wire).map_err(|field| invalid(call.group, field))
}

fn rule(wire: RuleWire) -> Result<NewRule, &'static str> {
    let mut rule = Terms {
        description: wire.description,
        direction: wire.direction,
        ethertype: wire.ethertype,
        protocol: wire.protocol,
        remote_ip_prefix: wire.remote_ip_prefix,
        remote_group_id: wire.remote_group_id,
        remote_address_group_id: wire.remote_address_group_id,
    }
    .rule()?;
    let text = wire.multiport.unwrap_or_default();
    let word = rule.protocol.as_deref();
    match word.and_then(|word| protocol::number(word, rule.family)) {
        _ if text.is_empty() => {}
        Some(number) if protocol::is_icmp(number) => rule.icmp = Some(messages(&text)?),
        Some(number) if protocol::has_ports(number) => {
            rule.ports = text.parse::<Ports>().map_err(|_| "multiport")?;
        }
        _ => return Err("multiport"),
    }
    rule.action = match wire.action.as_deref() {
        None | Some("" | "allow") => Action::Allow,
        Some("deny") => Action::Deny,
        Some(_) => return Err("action"),
    };
    let priority = wire.priority.map_or(Ok(1), u64::try_from);
    let priority = priority.ok().filter(|it| priorities_hold(*it));
    let priority = priority.and_then(|it| u16::try_from(it).ok());
    rule.priority = priority.ok_or("priority")?;
    rule.enabled = wire.enabled.unwrap_or(true);
    Ok(rule)
}

/// Messages of ICMP where ports stand otherwise: a type, or a type and a code such as `8-0`.
fn messages(text: &str) -> Result<Icmp, &'static str> {
    let number = |text: &str| text.trim().parse::<u8>().map_err(|_| "multiport");
    match text.split_once('-') {
        None => Ok(Icmp {
            kind: number(text)?,
            code: None,
        }),
        Some((kind, code)) => Ok(Icmp {
            kind: number(kind)?,
            code: Some(number(code)?),
        }),
    }
}

/// The refusal of rules for a group, which tells what they name from the group itself.
fn refuse_rule(call: &Call<'_>, (group, rules): &(String, Vec<NewRule>), fault: Fault) -> Refusal {
    let missing = |what: &str, id: &str| Refusal::new(row::V3_9904).with([what, id]);
    match &fault {
        Fault::NotFound {
            kind: Kind::SecurityGroup,
            id,
        } => match id == group {
            true => missing("security_group_id", id),
            false => missing("remote security group", id),
        },
        Fault::Unsuitable {
            kind: Kind::AddressGroup,
            id,
            ..
        } => {
            let named = |rule: &&NewRule| rule.remote == Remote::AddressGroup(id.clone());
            let family = rules.iter().find(named).map_or(Family::V4, |it| it.family);
            let other = if family == Family::V4 { "6" } else { "4" };
            let words = [ethertype(family), other];
            Refusal::new(row::SECURITY_GROUP_V3_9902_400_VERSION).with(words)
        }
        _ => refuse(call, fault),
    }
}

fn reply(call: &Call<'_>, rule: &SecurityRule) -> Reply {
    let body = json!({"request_id": call.request.id, "security_group_rule": render(rule)});
    Reply::json(call.success, body)
}

/// A rule as v3 shows it.
pub fn render(rule: &SecurityRule) -> Value {
    let messages = rule.icmp.map(|icmp| match icmp.code {
        None => icmp.kind.to_string(),
        Some(code) => format!("{}-{code}", icmp.kind),
    });
    let ports = (!rule.ports.is_all()).then(|| rule.ports.to_string());
    let more = json!({
        "multiport": messages.or(ports),
        "action": action(rule.action),
        "priority": rule.priority,
        "enabled": rule.enabled,
        "project_id": rule.head.project,
        "created_at": time_z(rule.head.created),
        "updated_at": time_z(rule.head.updated),
    });
    wire::merged(render_terms(rule), more)
}
