//! What a request says of a rule of either sort.

use serde::Deserialize;
use vpcd_dialect::{Refusal, Row};
use vpcd_domain::address_bundle::AddressBundle;
use vpcd_domain::address_group::AddressGroup;
use vpcd_domain::security_rule::{Action, Direction, NewRule, Remote, RuleChange, SecurityRule};
use vpcd_domain::{Fault, Tx, protocol};
use vpcd_net::{Family, Ports, Prefix};

use super::Sort;
use crate::faults::invalid;
use crate::generated::{errors as row, limits};
use crate::input;

/// A rule of a request; the fields of the other sort are absent.
#[derive(Clone, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct RuleWire {
    direction: String,
    ethertype: Option<String>,
    #[serde(flatten)]
    terms: TermsWire,
}

/// What a rule can be changed in.
#[derive(Clone, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct TermsWire {
    remark: Option<String>,
    port_range: Option<String>,
    source_port_range: Option<String>,
    protocol: Option<String>,
    source_ip: Option<String>,
    dest_ip: Option<String>,
    source_group_id: Option<String>,
    dest_group_id: Option<String>,
    local_ip: Option<String>,
    remote_ip_set: Option<String>,
    remote_ip_group: Option<String>,
    action: Option<String>,
    #[serde(default, deserialize_with = "input::integer")]
    priority: Option<i64>,
}

/// The far end of a rule, by the short ids of the wire.
#[derive(Clone, Debug)]
pub(super) enum Far {
    Any,
    Prefix(Prefix),
    Group(String),
    Set(String),
    Bundle(String),
}

/// A rule whose far end is still to be found.
#[derive(Clone, Debug)]
pub(super) struct Terms {
    rule: NewRule,
    far: Far,
}

/// A change whose far end is still to be found: which one is meant depends on the rule's direction.
#[derive(Clone, Debug)]
pub(super) struct TermsChange {
    change: RuleChange,
    ingress: Option<Far>,
    egress: Option<Far>,
}

impl Sort {
    /// What a new rule says.
    pub(super) fn terms(self, wire: RuleWire) -> Result<Terms, Refusal> {
        let direction = match wire.direction.as_str() {
            "ingress" => Direction::Ingress,
            "egress" => Direction::Egress,
            _ => return Err(invalid("direction")),
        };
        let family = match wire.ethertype.as_deref() {
            None | Some("" | "IPv4") => Family::V4,
            Some("IPv6") => Family::V6,
            Some(_) => return Err(invalid("ethertype")),
        };
        if self == Sort::Enterprise {
            complete(&wire.terms)?;
        }
        let TermsChange {
            change,
            ingress,
            egress,
        } = self.change_of(wire.terms)?;
        let far = match direction {
            Direction::Ingress => ingress,
            Direction::Egress => egress,
        };
        let rule = NewRule {
            protocol: change.protocol.flatten(),
            ports: change.ports.unwrap_or_default(),
            source_ports: change.source_ports.unwrap_or_default(),
            local: change.local.flatten(),
            action: change.action.unwrap_or(Action::Allow),
            priority: change.priority.unwrap_or(1),
            description: change.description.unwrap_or_default(),
            ..NewRule::allow(direction, family, Remote::Any)
        };
        let number = rule.protocol.as_deref();
        let number = number.and_then(|word| protocol::number(word, family));
        let portless = rule.ports.is_all() && rule.source_ports.is_all();
        if !portless && !number.is_some_and(protocol::has_ports) {
            return Err(invalid("portRange"));
        }
        let far = far.unwrap_or(Far::Any);
        match &far {
            Far::Prefix(prefix) if prefix.family() != family => Err(self.wrong_address()),
            _ => Ok(Terms { rule, far }),
        }
    }

    /// What a change says.
    pub(super) fn change_of(self, wire: TermsWire) -> Result<TermsChange, Refusal> {
        let (set, bundle) = (&wire.remote_ip_set, &wire.remote_ip_group);
        let ingress = self.far(&wire.source_ip, &wire.source_group_id, set, bundle)?;
        let egress = self.far(&wire.dest_ip, &wire.dest_group_id, set, bundle)?;
        let mut change = RuleChange {
            protocol: wire.protocol.map(|word| self.protocol(word)).transpose()?,
            ports: wire.port_range.map(|text| self.ports(&text)).transpose()?,
            description: wire.remark.map(|text| self.remark(text)).transpose()?,
            ..RuleChange::default()
        };
        if self == Sort::Enterprise {
            let local = wire.local_ip.as_deref().map(|text| self.prefix(text));
            let ports = wire.source_port_range.map(|text| self.ports(&text));
            change.local = local.transpose()?;
            change.source_ports = ports.transpose()?;
            change.action = wire.action.map(|word| action(&word)).transpose()?;
            change.priority = wire.priority.map(priority).transpose()?;
        }
        Ok(TermsChange {
            change,
            ingress,
            egress,
        })
    }

    /// The far end that at most one field names; nothing when none of them is there.
    fn far(
        self,
        ip: &Option<String>,
        group: &Option<String>,
        set: &Option<String>,
        bundle: &Option<String>,
    ) -> Result<Option<Far>, Refusal> {
        let (group, set, bundle) = match self {
            Sort::Regular => (group.as_deref(), None, None),
            Sort::Enterprise => (None, set.as_deref(), bundle.as_deref()),
        };
        let named = |text: Option<&str>| text.filter(|text| !text.is_empty()).map(str::to_owned);
        let prefix = ip.as_deref().map(|text| self.prefix(text)).transpose()?;
        let far = [
            prefix.flatten().map(Far::Prefix),
            named(group).map(Far::Group),
            named(set).map(Far::Set),
            named(bundle).map(Far::Bundle),
        ];
        let said = ip.is_some() || group.is_some() || set.is_some() || bundle.is_some();
        let mut far = far.into_iter().flatten();
        match (far.next(), far.next()) {
            (_, Some(_)) => Err(invalid("sourceIp or destIp")),
            (Some(far), None) => Ok(Some(far)),
            (None, None) => Ok(said.then_some(Far::Any)),
        }
    }

    /// A block or an address; `all` and nothing mean everybody.
    fn prefix(self, text: &str) -> Result<Option<Prefix>, Refusal> {
        match text {
            "" | "all" => Ok(None),
            text => text.parse().map(Some).map_err(|_| self.wrong_address()),
        }
    }

    fn wrong_address(self) -> Refusal {
        match self {
            Sort::Regular => Refusal::new(row::SECURITYGROUP_RULECIDRADDRESSERROR),
            Sort::Enterprise => invalid("sourceIp or destIp"),
        }
    }

    fn remark(self, text: String) -> Result<String, Refusal> {
        let long: &Row = match self {
            Sort::Regular => row::SECURITYGROUP_RULEREMARKTOOLONG,
            Sort::Enterprise => row::ESG_ESGRULEREMARKTOOLONG,
        };
        match text.chars().count() as u64 <= limits::DESCRIPTION_MAX {
            true => Ok(text),
            false => Err(Refusal::new(long)),
        }
    }

    fn protocol(self, word: String) -> Result<Option<String>, Refusal> {
        match (self, word.as_str()) {
            (Sort::Enterprise, "") => Err(row::ESG_ESGRULEPROTOCOLEMPTY.into()),
            (_, "" | "all") => Ok(None),
            (_, "tcp" | "udp" | "icmp") => Ok(Some(word)),
            (Sort::Regular, _) => Err(invalid("protocol")),
            (Sort::Enterprise, _) => Err(row::ESG_ESGRULEPROTOCOLINVALID.into()),
        }
    }

    /// Ports: one range, or in an enterprise group up to fifteen of them. All of them are none to the domain.
    fn ports(self, text: &str) -> Result<Ports, Refusal> {
        if matches!(text, "" | "all" | "1-65535" | "0-65535") {
            return Ok(Ports::default());
        }
        match self {
            Sort::Regular => one_range(text),
            Sort::Enterprise => {
                let few = text.split(',').count() as u64 <= limits::ESG_RULE_PORTS_MAX;
                let ports = text.parse().ok().filter(|_| few);
                ports.ok_or_else(|| invalid("portRange"))
            }
        }
    }
}

/// The rows of a range that is none: not numbers, numbers that are no ports, and the wrong way round.
fn one_range(text: &str) -> Result<Ports, Refusal> {
    let (first, last) = text.split_once('-').unwrap_or((text, text));
    let number = |text: &str| match text.bytes().all(|b| b.is_ascii_digit()) {
        true if !text.is_empty() => Ok(text.parse::<u16>().ok().filter(|port| *port > 0)),
        _ => Err(Refusal::new(row::SECURITYGROUP_RULEPORTINVALID)),
    };
    let (first, last) = (number(first)?, number(last)?);
    let (Some(first), Some(last)) = (first, last) else {
        return Err(row::SECURITYGROUP_RULEPORTRANGEINVALID.into());
    };
    Ports::range(first, last).ok_or_else(|| row::SECURITYGROUP_RULEPORTORDERINVALID.into())
}

/// What a new rule of an enterprise group must say.
fn complete(wire: &TermsWire) -> Result<(), Refusal> {
    if wire.action.is_none() {
        return Err(row::ESG_ESGRULEACTIONEMPTY.into());
    }
    if wire.protocol.is_none() {
        return Err(row::ESG_ESGRULEPROTOCOLEMPTY.into());
    }
    if wire.port_range.is_none() {
        return Err(row::ESG_ESGRULEPORTEMPTY.into());
    }
    match wire.priority {
        Some(_) => Ok(()),
        None => Err(invalid("priority")),
    }
}

fn action(word: &str) -> Result<Action, Refusal> {
    match word {
        "allow" => Ok(Action::Allow),
        "deny" => Ok(Action::Deny),
        "" => Err(row::ESG_ESGRULEACTIONEMPTY.into()),
        _ => Err(row::ESG_ESGRULEACTIONINVALID.into()),
    }
}

fn priority(number: i64) -> Result<u16, Refusal> {
    let number = u16::try_from(number).ok();
    let legal = number.filter(|it| (1..=limits::ESG_RULE_PRIORITY_MAX).contains(&u64::from(*it)));
    legal.ok_or_else(|| invalid("priority"))
}

impl Terms {
    /// The rule, its far end found.
    pub(super) fn found(self, tx: &mut Tx<'_>, project: &str) -> Result<NewRule, Fault> {
        Ok(NewRule {
            remote: self.far.found(tx, project)?,
            ..self.rule
        })
    }
}

impl TermsChange {
    /// The change of a rule, its new far end found.
    pub(super) fn found(self, tx: &mut Tx<'_>, rule: &SecurityRule) -> Result<RuleChange, Fault> {
        let far = match rule.direction {
            Direction::Ingress => self.ingress,
            Direction::Egress => self.egress,
        };
        let far = far.map(|far| far.found(tx, &rule.head.project));
        Ok(RuleChange {
            remote: far.transpose()?,
            ..self.change
        })
    }
}

impl Far {
    fn found(self, tx: &mut Tx<'_>, project: &str) -> Result<Remote, Fault> {
        Ok(match self {
            Far::Any => Remote::Any,
            Far::Prefix(prefix) => Remote::Prefix(prefix),
            Far::Group(id) => Remote::Group(Sort::Regular.find(tx, project, &id)?.head.id),
            Far::Set(id) => {
                Remote::AddressGroup(tx.by_alias::<AddressGroup>(project, &id)?.head.id)
            }
            Far::Bundle(id) => {
                Remote::AddressBundle(tx.by_alias::<AddressBundle>(project, &id)?.head.id)
            }
        })
    }
}
