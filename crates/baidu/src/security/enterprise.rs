//! Enterprise security groups and their rules.

use serde::Deserialize;
use serde_json::{Value, json};
use vpcd_dialect::{Call, Refusal, Reply};
use vpcd_domain::security_group::{self, NewSecurityGroup, SecurityGroup};
use vpcd_domain::{Fault, Tx, security_rule};

use super::list::Filter;
use super::rule::{RuleWire, Terms, TermsWire};
use super::{Sort, alias};
use crate::faults::invalid;
use crate::generated::limits;
use crate::wire::{self, TagWire};

const SORT: Sort = Sort::Enterprise;

#[derive(Deserialize)]
struct CreateWire {
    name: String,
    desc: Option<String>,
    rules: Option<Vec<RuleWire>>,
    tags: Option<Vec<TagWire>>,
}

#[derive(Deserialize)]
struct RulesWire {
    rules: Vec<RuleWire>,
}

/// `POST /v1/enterprise/security`
pub fn create(call: &Call<'_>) -> Result<Reply, Refusal> {
    let wire: CreateWire = wire::body(call)?;
    let rules = terms(wire.rules.unwrap_or_default())?;
    let new = NewSecurityGroup {
        name: wire::title(wire.name, false)?,
        description: wire::description(wire.desc)?.unwrap_or_default(),
        enterprise_project: "0".to_owned(),
        tags: wire::tags(wire.tags)?,
        ..NewSecurityGroup::default()
    };
    let body = call.write_once(move |tx, cx| {
        let project = cx.caller.project.clone();
        let rules = rules.iter().cloned().map(|rule| rule.found(tx, &project));
        let new = NewSecurityGroup {
            rules: Some(rules.collect::<Result<_, _>>()?),
            ..new.clone()
        };
        let group = security_group::create(tx, cx, new)?;
        Ok(json!({"enterpriseSecurityGroupId": alias(&group)}))
    });
    Ok(Reply::json(
        call.success,
        body.map_err(|fault| SORT.refuse(fault))?,
    ))
}

/// `GET /v1/enterprise/security`
pub fn list(call: &Call<'_>) -> Result<Reply, Refusal> {
    let filter = Filter {
        instance: call.query.get("instanceId").map(str::to_owned),
        ..Filter::default()
    };
    SORT.list(call, "enterpriseSecurityGroups", filter, render)
}

/// `DELETE /v1/enterprise/security/{enterpriseSecurityGroupId}`
pub fn delete(call: &Call<'_>) -> Result<Reply, Refusal> {
    SORT.change(call, "enterpriseSecurityGroupId", |tx, cx, group| {
        security_group::delete(tx, cx, &group.head.id)
    })
}

/// `PUT /v1/enterprise/security/{enterpriseSecurityGroupId}?authorizeRule`
pub fn authorize(call: &Call<'_>) -> Result<Reply, Refusal> {
    let wire: RulesWire = wire::body(call)?;
    let rules = terms(wire.rules)?;
    if rules.is_empty() {
        return Err(invalid("rules"));
    }
    SORT.change(call, "enterpriseSecurityGroupId", move |tx, cx, group| {
        let project = group.head.project.as_str();
        let rules = rules.iter().cloned().map(|rule| rule.found(tx, project));
        let rules = rules.collect::<Result<_, _>>()?;
        security_rule::create_many(tx, cx, &group.head.id, rules, false).map(drop)
    })
}

/// `PUT /v1/enterprise/security/rule/{enterpriseSecurityGroupRuleId}`
pub fn update_rule(call: &Call<'_>) -> Result<Reply, Refusal> {
    let change = SORT.change_of(wire::body::<TermsWire>(call)?)?;
    let id = call.param("enterpriseSecurityGroupRuleId").to_owned();
    SORT.change_rule(call, id, move |tx, cx, rule, _| {
        let change = change.clone().found(tx, &rule)?;
        security_rule::update(tx, cx, &rule.head.id, change).map(drop)
    })
}

/// `DELETE /v1/enterprise/security/rule/{enterpriseSecurityGroupRuleId}`
pub fn delete_rule(call: &Call<'_>) -> Result<Reply, Refusal> {
    let id = call.param("enterpriseSecurityGroupRuleId").to_owned();
    SORT.change_rule(call, id, |tx, cx, rule, _| {
        security_rule::delete(tx, cx, &rule.head.id)
    })
}

fn terms(rules: Vec<RuleWire>) -> Result<Vec<Terms>, Refusal> {
    if rules.len() as u64 > limits::ESG_RULES_PER_CALL {
        return Err(invalid("rules"));
    }
    rules.into_iter().map(|rule| SORT.terms(rule)).collect()
}

fn render(tx: &mut Tx<'_>, group: &SecurityGroup) -> Result<Value, Fault> {
    Ok(json!({
        "id": alias(group),
        "name": group.name,
        "desc": group.description,
        "rules": SORT.rules(tx, group)?,
        "tags": wire::rendered_tags(&group.tags),
        "createdTime": wire::time(group.head.created),
        "updatedTime": wire::time(group.head.updated),
    }))
}
