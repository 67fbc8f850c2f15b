//! What an answer shows of a rule of either sort.

use serde_json::{Value, json};
use vpcd_domain::address_bundle::AddressBundle;
use vpcd_domain::address_group::AddressGroup;
use vpcd_domain::security_group::SecurityGroup;
use vpcd_domain::security_rule::{Action, Direction, Remote, SecurityRule};
use vpcd_domain::{Fault, Resource, Tx, protocol};
use vpcd_net::{Family, Ports, Prefix};

use super::alias;
use crate::wire;

/// A rule as regular groups show it. What only the other cloud says of a far end stands in the group's field: an id
/// that names no regular group, and not everybody.
pub(super) fn regular(
    tx: &mut Tx<'_>,
    group: &SecurityGroup,
    rule: &SecurityRule,
) -> Result<Value, Fault> {
    let ip = ip(&rule.remote);
    let far = match &rule.remote {
        Remote::Any | Remote::Prefix(_) => String::new(),
        named => short(tx, named)?,
    };
    let ingress = rule.direction == Direction::Ingress;
    let (source, dest) = sides(ingress, ip);
    let (source_group, dest_group) = sides(ingress, far);
    let mut shown = common(rule);
    shown["securityGroupRuleId"] = json!(alias(rule));
    shown["securityGroupId"] = json!(alias(group));
    shown["sourceIp"] = json!(source);
    shown["destIp"] = json!(dest);
    shown["sourceGroupId"] = json!(source_group);
    shown["destGroupId"] = json!(dest_group);
    Ok(shown)
}

/// A rule as enterprise groups show it. A security group at the far end, which only the other cloud can name there,
/// stands where a family of address groups would.
pub(super) fn enterprise(tx: &mut Tx<'_>, rule: &SecurityRule) -> Result<Value, Fault> {
    let ip = ip(&rule.remote);
    let (set, bundle) = match &rule.remote {
        Remote::Any | Remote::Prefix(_) => Default::default(),
        named @ Remote::AddressGroup(_) => (short(tx, named)?, String::new()),
        named => (String::new(), short(tx, named)?),
    };
    let (source, dest) = sides(rule.direction == Direction::Ingress, ip);
    let mut shown = common(rule);
    shown["enterpriseSecurityGroupRuleId"] = json!(alias(rule));
    shown["sourcePortRange"] = json!(ports_shown(&rule.source_ports));
    shown["sourceIp"] = json!(source);
    shown["destIp"] = json!(dest);
    shown["localIp"] = json!(rule.local.map_or("all".to_owned(), bare));
    shown["remoteIpSet"] = json!(set);
    shown["remoteIpGroup"] = json!(bundle);
    shown["action"] = json!(match rule.action {
        Action::Allow => "allow",
        Action::Deny => "deny",
    });
    shown["priority"] = json!(rule.priority);
    Ok(shown)
}

fn common(rule: &SecurityRule) -> Value {
    let word = rule.protocol_number().map(|number| match number {
        _ if protocol::is_icmp(number) => "icmp",
        // The other cloud may have written the number.
        6 => "tcp",
        17 => "udp",
        _ => rule.protocol.as_deref().unwrap_or_default(),
    });
    json!({
        "remark": rule.description,
        "direction": match rule.direction {
            Direction::Ingress => "ingress",
            Direction::Egress => "egress",
        },
        "ethertype": match rule.family {
            Family::V4 => "IPv4",
            Family::V6 => "IPv6",
        },
        "portRange": ports_shown(&rule.ports),
        "protocol": word.unwrap_or("all"),
        "createdTime": wire::time(rule.head.created),
        "updatedTime": wire::time(rule.head.updated),
    })
}

/// The far end as a block, where it is one: `all` for everybody, nothing for what has an id.
fn ip(remote: &Remote) -> String {
    match remote {
        Remote::Any => "all".to_owned(),
        Remote::Prefix(prefix) => bare(*prefix),
        Remote::Group(_) | Remote::AddressGroup(_) | Remote::AddressBundle(_) => String::new(),
    }
}

/// A block; of a single address only that.
fn bare(prefix: Prefix) -> String {
    let text = prefix.to_string();
    match text.split_once('/') {
        Some((address, _)) if prefix.is_one() => address.to_owned(),
        _ => text,
    }
}

fn ports_shown(ports: &Ports) -> String {
    match ports.is_all() {
        true => "1-65535".to_owned(),
        false => ports.to_string(),
    }
}

/// A pair of fields for the source and the destination, of which a rule has only the far one.
fn sides(ingress: bool, far: String) -> (String, String) {
    match ingress {
        true => (far, String::new()),
        false => (String::new(), far),
    }
}

/// The short id of what a rule names; its long one where it has no other.
fn short(tx: &mut Tx<'_>, remote: &Remote) -> Result<String, Fault> {
    fn of<T: Resource>(tx: &mut Tx<'_>, id: &str) -> Result<Option<String>, Fault> {
        Ok(tx.any::<T>(id)?.and_then(|it| it.head().alias.clone()))
    }
    let alias = match remote {
        Remote::Any | Remote::Prefix(_) => None,
        Remote::Group(id) => of::<SecurityGroup>(tx, id)?,
        Remote::AddressGroup(id) => of::<AddressGroup>(tx, id)?,
        Remote::AddressBundle(id) => of::<AddressBundle>(tx, id)?,
    };
    Ok(alias.or_else(|| remote.key()).unwrap_or_default())
}
