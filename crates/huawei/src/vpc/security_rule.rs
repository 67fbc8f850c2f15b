//! Rules of security groups, v1, and what all versions of the API write alike in them.

use serde::Deserialize;
use serde_json::{Value, json};
use vpcd_dialect::{Call, Refusal, Reply};
use vpcd_domain::security_rule::{
    self, Action, Direction, Icmp, NewRule, Remote, SecurityRule, with_remote,
};
use vpcd_domain::{condition, protocol};
use vpcd_net::{Family, Ports, Prefix};

use crate::faults::{self, invalid, refuse};
use crate::wire::{self, is_description, is_uuid};

#[derive(Deserialize)]
struct Body<T> {
    security_group_rule: T,
}

/// A rule with one range of ports, as v1 and the native API write it.
#[derive(Deserialize)]
pub struct RangeWire {
    security_group_id: Option<String>,
    description: Option<String>,
    direction: Option<String>,
    ethertype: Option<String>,
    protocol: Option<Value>,
    #[serde(default, deserialize_with = "vpcd_dialect::decode::integer")]
    port_range_min: Option<i64>,
    #[serde(default, deserialize_with = "vpcd_dialect::decode::integer")]
    port_range_max: Option<i64>,
    remote_ip_prefix: Option<String>,
    remote_group_id: Option<String>,
    remote_address_group_id: Option<String>,
}

/// What all versions write alike.
pub struct Terms {
    /// Free text.
    pub description: Option<String>,
    /// `ingress` or `egress`.
    pub direction: Option<String>,
    /// `IPv4` or `IPv6`; IPv4 when absent.
    pub ethertype: Option<String>,
    /// Word or number; absent or blank means any.
    pub protocol: Option<Value>,
    /// Block or address at the far end.
    pub remote_ip_prefix: Option<String>,
    /// Security group at the far end.
    pub remote_group_id: Option<String>,
    /// Address group at the far end.
    pub remote_address_group_id: Option<String>,
}

impl Terms {
    /// The rule for all ports; the name of the field that is wrong otherwise.
    pub fn rule(self) -> Result<NewRule, &'static str> {
        let direction = match self.direction.as_deref() {
            Some("ingress") => Direction::Ingress,
            Some("egress") => Direction::Egress,
            _ => return Err("direction"),
        };
        let family = match self.ethertype.as_deref() {
            None | Some("" | "IPv4") => Family::V4,
            Some("IPv6") => Family::V6,
            Some(_) => return Err("ethertype"),
        };
        let protocol = match self.protocol {
            None | Some(Value::Null) => None,
            Some(Value::String(word)) => Some(word.to_ascii_lowercase()),
            Some(Value::Number(number)) => Some(number.to_string()),
            Some(_) => return Err("protocol"),
        };
        let protocol = protocol.filter(|word| !word.is_empty() && word != "any");
        if let Some(word) = &protocol {
            let number = protocol::number(word, family).ok_or("protocol")?;
            if family == Family::V4 && number == protocol::number("icmpv6", family).unwrap_or(0) {
                return Err("protocol");
            }
        }
        let description = self.description.unwrap_or_default();
        if !is_description(&description) {
            return Err("description");
        }
        let remote = remote(
            self.remote_ip_prefix,
            self.remote_group_id,
            self.remote_address_group_id,
        )?;
        Ok(NewRule {
            protocol,
            description,
            ..NewRule::allow(direction, family, remote)
        })
    }
}

/// The far end of a rule: at most one of the three.
fn remote(
    prefix: Option<String>,
    group: Option<String>,
    address_group: Option<String>,
) -> Result<Remote, &'static str> {
    let given = |text: Option<String>| text.filter(|text| !text.is_empty());
    match (given(prefix), given(group), given(address_group)) {
        (None, None, None) => Ok(Remote::Any),
        (Some(text), None, None) => {
            let prefix = text.parse::<Prefix>().map_err(|_| "remote_ip_prefix")?;
            Ok(Remote::Prefix(prefix))
        }
        (None, Some(id), None) if is_uuid(&id) => Ok(Remote::Group(id)),
        (None, None, Some(id)) if is_uuid(&id) => Ok(Remote::AddressGroup(id)),
        (_, _, Some(_)) => Err("remote_address_group_id"),
        (_, Some(_), None) => Err("remote_group_id"),
    }
}

impl RangeWire {
    /// The group's id and the rule; the name of the field that is wrong otherwise.
    pub fn rule(self) -> Result<(String, NewRule), &'static str> {
        let group = self.security_group_id.filter(|id| is_uuid(id));
        let group = group.ok_or("security_group_id")?;
        let mut rule = Terms {
            description: self.description,
            direction: self.direction,
            ethertype: self.ethertype,
            protocol: self.protocol,
            remote_ip_prefix: self.remote_ip_prefix,
            remote_group_id: self.remote_group_id,
            remote_address_group_id: self.remote_address_group_id,
        }
        .rule()?;
        let number = rule
            .protocol
            .as_deref()
            .and_then(|word| protocol::number(word, rule.family));
        match (number, self.port_range_min, self.port_range_max) {
            (_, None, None) => {}
            // For ICMP the range is a type and a code: 8 and 0 are an echo.
            (Some(number), kind, code) if protocol::is_icmp(number) => {
                rule.icmp = Some(icmp(kind, code)?);
            }
            (Some(number), Some(first), Some(last)) if protocol::has_ports(number) => {
                let first = u16::try_from(first).map_err(|_| "port_range_min")?;
                let last = u16::try_from(last).map_err(|_| "port_range_max")?;
                rule.ports = Ports::range(first, last).ok_or("port_range_min")?;
            }
            (_, Some(_), None) => return Err("port_range_max"),
            _ => return Err("port_range_min"),
        }
        Ok((group, rule))
    }
}

fn icmp(kind: Option<i64>, code: Option<i64>) -> Result<Icmp, &'static str> {
    let kind = kind.and_then(|kind| u8::try_from(kind).ok());
    let code = code.map(u8::try_from).transpose();
    Ok(Icmp {
        kind: kind.ok_or("port_range_min")?,
        code: code.map_err(|_| "port_range_max")?,
    })
}

/// `POST /v1/{project_id}/security-group-rules`
pub fn create(call: &Call<'_>) -> Result<Reply, Refusal> {
    let body = call
        .body::<Body<RangeWire>>()
        .map_err(|fault| faults::body(call, &fault))?;
    let (group, new) = body
        .security_group_rule
        .rule()
        .map_err(|field| invalid(call.group, field))?;
    let rule = call
        .write(move |tx, cx| security_rule::create(tx, cx, &group, new.clone()))
        .map_err(|fault| refuse(call, fault))?;
    Ok(reply(call, &rule))
}

/// `GET /v1/{project_id}/security-group-rules/{security_group_rule_id}`
pub fn show(call: &Call<'_>) -> Result<Reply, Refusal> {
    let id = id(call)?;
    let rule = call
        .read(move |tx, cx| security_rule::show(tx, cx, &id))
        .map_err(|fault| refuse(call, fault))?;
    Ok(reply(call, &rule))
}

/// `GET /v1/{project_id}/security-group-rules`
pub fn list(call: &Call<'_>) -> Result<Reply, Refusal> {
    let page = wire::page(call).map_err(|field| invalid(call.group, field))?;
    let group = call.query.get("security_group_id").map(str::to_owned);
    if group.as_deref().is_some_and(|id| !is_uuid(id)) {
        return Err(invalid(call.group, "security_group_id"));
    }
    let prefix = call.query.get("remote_ip_prefix").map(str::parse::<Prefix>);
    let prefix = prefix
        .transpose()
        .map_err(|_| invalid(call.group, "remote_ip_prefix"))?;
    let rules = call
        .read(move |tx, cx| {
            condition::backend_reads(tx, cx)?;
            let project = cx.caller.project.clone();
            let wanted = |rule: &SecurityRule| {
                rule.head.project == project
                    && prefix.is_none_or(|prefix| rule.remote == Remote::Prefix(prefix))
            };
            wire::filtered(
                page.limit,
                page.marker.clone(),
                wanted,
                |after, limit| match (&group, prefix) {
                    (Some(group), _) => tx.children_page(group, after, limit),
                    (None, Some(prefix)) => {
                        with_remote(tx, &project, &prefix.to_string(), after, limit)
                    }
                    (None, None) => tx.list(&project, after, limit),
                },
            )
        })
        .map_err(|fault| refuse(call, fault))?;
    let rules: Vec<Value> = rules.iter().map(render).collect();
    Ok(Reply::json(
        call.success,
        json!({"security_group_rules": rules}),
    ))
}

/// `DELETE /v1/{project_id}/security-group-rules/{security_group_rule_id}`
pub fn delete(call: &Call<'_>) -> Result<Reply, Refusal> {
    let id = id(call)?;
    call.write(move |tx, cx| security_rule::delete(tx, cx, &id))
        .map_err(|fault| refuse(call, fault))?;
    Ok(Reply::empty(call.success))
}

fn reply(call: &Call<'_>, rule: &SecurityRule) -> Reply {
    let body = json!({"security_group_rule": render(rule)});
    Reply::json(call.success, body)
}

fn id(call: &Call<'_>) -> Result<String, Refusal> {
    let id = call.param("security_group_rule_id");
    match is_uuid(id) {
        true => Ok(id.to_owned()),
        false => Err(invalid(call.group, "id")),
    }
}

/// The word for a family.
pub fn ethertype(family: Family) -> &'static str {
    match family {
        Family::V4 => "IPv4",
        Family::V6 => "IPv6",
    }
}

/// What all versions show alike.
pub fn render_terms(rule: &SecurityRule) -> Value {
    let remote = |wanted: fn(&Remote) -> bool| wanted(&rule.remote).then(|| rule.remote.key());
    json!({
        "id": rule.head.id,
        "description": rule.description,
        "security_group_id": rule.group(),
        "direction": match rule.direction {
            Direction::Ingress => "ingress",
            Direction::Egress => "egress",
        },
        "ethertype": ethertype(rule.family),
        "protocol": rule.protocol,
        "remote_ip_prefix": remote(|it| matches!(it, Remote::Prefix(_))).flatten(),
        "remote_group_id": remote(|it| matches!(it, Remote::Group(_))).flatten(),
        // A bundle of address groups has no word here: its id keeps the rule from looking like one for everybody.
        "remote_address_group_id": remote(|it| {
            matches!(it, Remote::AddressGroup(_) | Remote::AddressBundle(_))
        })
        .flatten(),
    })
}

/// A rule with one range of ports; several ranges have no first and no last.
pub fn render_range(rule: &SecurityRule) -> Value {
    let (first, last) = match (rule.icmp, rule.ports.only()) {
        (Some(icmp), _) => (Some(u16::from(icmp.kind)), icmp.code.map(u16::from)),
        (None, Some((first, last))) => (Some(first), Some(last)),
        (None, None) => (None, None),
    };
    let range = json!({
        "port_range_min": first,
        "port_range_max": last,
        "tenant_id": rule.head.project,
    });
    wire::merged(render_terms(rule), range)
}

/// A rule as v1 shows it.
pub fn render(rule: &SecurityRule) -> Value {
    render_range(rule)
}

/// The word for what a rule does.
pub fn action(action: Action) -> &'static str {
    match action {
        Action::Allow => "allow",
        Action::Deny => "deny",
    }
}
