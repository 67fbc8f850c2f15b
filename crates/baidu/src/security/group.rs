//! Regular security groups and their rules; served below `/v1` and `/v2` alike.

use serde::Deserialize;
use serde_json::{Value, json};
use vpcd_dialect::{Call, Refusal, Reply};
use vpcd_domain::security_group::{self, NewSecurityGroup, SecurityGroup};
use vpcd_domain::vpc::Vpc;
use vpcd_domain::{Fault, Tx, condition, security_rule};

use super::list::Filter;
use super::rule::{RuleWire, TermsWire};
use super::{Sort, alias};
use crate::etag;
use crate::faults::invalid;
use crate::input;
use crate::wire::{self, TagWire};

const SORT: Sort = Sort::Regular;

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct CreateWire {
    name: String,
    desc: Option<String>,
    vpc_id: String,
    rules: Option<Vec<RuleWire>>,
    tags: Option<Vec<TagWire>>,
}

#[derive(Deserialize)]
struct OneWire {
    rule: RuleWire,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct UpdateWire {
    security_group_rule_id: String,
    #[serde(default, deserialize_with = "input::integer")]
    sg_version: Option<i64>,
    #[serde(flatten)]
    terms: TermsWire,
}

/// The version of a group that a caller is ready to change; any when absent.
#[derive(Clone, Copy, Debug)]
struct Version(Option<u64>);

/// `POST /v2/securityGroup`
pub fn create(call: &Call<'_>) -> Result<Reply, Refusal> {
    let wire: CreateWire = wire::body(call)?;
    let rules = wire.rules.unwrap_or_default().into_iter();
    let rules = rules
        .map(|rule| SORT.terms(rule))
        .collect::<Result<Vec<_>, _>>()?;
    let vpc_id = wire.vpc_id;
    let new = NewSecurityGroup {
        name: wire::title(wire.name, false)?,
        description: wire::description(wire.desc)?.unwrap_or_default(),
        enterprise_project: "0".to_owned(),
        tags: wire::tags(wire.tags)?,
        ..NewSecurityGroup::default()
    };
    let body = call.write_once(move |tx, cx| {
        let project = cx.caller.project.clone();
        let vpc: Vpc = tx.by_alias(&project, &vpc_id)?;
        let rules = rules.iter().cloned().map(|rule| rule.found(tx, &project));
        let new = NewSecurityGroup {
            network: Some(vpc.head.id),
            rules: Some(rules.collect::<Result<_, _>>()?),
            ..new.clone()
        };
        let group = security_group::create(tx, cx, new)?;
        Ok(json!({"securityGroupId": alias(&group)}))
    });
    Ok(Reply::json(
        call.success,
        body.map_err(|fault| SORT.refuse(fault))?,
    ))
}

/// `GET /v2/securityGroup`
pub fn list(call: &Call<'_>) -> Result<Reply, Refusal> {
    let text = |key: &str| call.query.get(key).map(str::to_owned);
    let ids = [
        call.query.all("securityGroupIds"),
        call.query.all("securityGroupId"),
    ];
    let filter = Filter {
        ids: ids.concat().into_iter().map(str::to_owned).collect(),
        vpc: text("vpcId"),
        instance: text("instanceId"),
    };
    // The contract: an instance is looked for inside its VPC.
    if filter.instance.is_some() && filter.vpc.is_none() {
        return Err(invalid("instanceId"));
    }
    SORT.list(call, "securityGroups", filter, render)
}

/// `GET /v2/securityGroup/{securityGroupId}`
pub fn show(call: &Call<'_>) -> Result<Reply, Refusal> {
    let id = call.param("securityGroupId").to_owned();
    let shown = call.read(move |tx, cx| {
        condition::backend_reads(tx, cx)?;
        let group = SORT.find(tx, &cx.caller.project, &id)?;
        let bound = security_group::judged(tx, &group.head.id)?;
        let mut shown = render(tx, &group)?;
        shown["bindInstanceNum"] = json!(bound);
        for rule in shown["rules"].as_array_mut().into_iter().flatten() {
            rule["securityGroupUuid"] = json!(group.head.id);
        }
        Ok((shown, etag::tag(group.head.version)))
    });
    let (group, tag) = shown.map_err(|fault| SORT.refuse(fault))?;
    Ok(Reply::json(call.success, group).header("ETag", tag))
}

/// `DELETE /v2/securityGroup/{securityGroupId}`
pub fn delete(call: &Call<'_>) -> Result<Reply, Refusal> {
    SORT.change(call, "securityGroupId", |tx, cx, group| {
        security_group::delete(tx, cx, &group.head.id)
    })
}

/// `PUT /v2/securityGroup/{securityGroupId}?authorizeRule`
pub fn authorize(call: &Call<'_>) -> Result<Reply, Refusal> {
    let wire: OneWire = wire::body(call)?;
    let (terms, version) = (SORT.terms(wire.rule)?, Version::of(call, None)?);
    SORT.change(call, "securityGroupId", move |tx, cx, group| {
        version.check(&group)?;
        let new = terms.clone().found(tx, &group.head.project)?;
        security_rule::create(tx, cx, &group.head.id, new).map(drop)
    })
}

/// `PUT /v2/securityGroup/{securityGroupId}?revokeRule`
pub fn revoke(call: &Call<'_>) -> Result<Reply, Refusal> {
    let wire: OneWire = wire::body(call)?;
    let (terms, version) = (SORT.terms(wire.rule)?, Version::of(call, None)?);
    SORT.change(call, "securityGroupId", move |tx, cx, group| {
        version.check(&group)?;
        let said = terms.clone().found(tx, &group.head.project)?;
        let rule = security_rule::equal(tx, cx, &group.head.id, &said)?;
        security_rule::delete(tx, cx, &rule.head.id)
    })
}

/// `PUT /v2/securityGroup/rule/update`
pub fn update_rule(call: &Call<'_>) -> Result<Reply, Refusal> {
    let wire: UpdateWire = wire::body(call)?;
    let version = Version::of(call, wire.sg_version)?;
    let change = SORT.change_of(wire.terms)?;
    SORT.change_rule(
        call,
        wire.security_group_rule_id,
        move |tx, cx, rule, group| {
            version.check(group)?;
            let change = change.clone().found(tx, &rule)?;
            security_rule::update(tx, cx, &rule.head.id, change).map(drop)
        },
    )
}

/// `DELETE /v2/securityGroup/rule/{securityGroupRuleId}`
pub fn delete_rule(call: &Call<'_>) -> Result<Reply, Refusal> {
    let version = Version::of(call, None)?;
    let id = call.param("securityGroupRuleId").to_owned();
    SORT.change_rule(call, id, move |tx, cx, rule, group| {
        version.check(group)?;
        security_rule::delete(tx, cx, &rule.head.id)
    })
}

impl Version {
    /// The version that the body or the query names; one of the SDKs sends 0 for none.
    fn of(call: &Call<'_>, body: Option<i64>) -> Result<Version, Refusal> {
        let wrong = || invalid("sgVersion");
        let query = call.query.get("sgVersion").map(str::parse::<i64>);
        let number = query.transpose().map_err(|_| wrong())?.or(body);
        let number = number.map(u64::try_from).transpose().map_err(|_| wrong())?;
        Ok(Version(number.filter(|number| *number > 0)))
    }

    fn check(self, group: &SecurityGroup) -> Result<(), Fault> {
        match self.0 {
            Some(number) if number != group.head.version => Err(Fault::Stale),
            _ => Ok(()),
        }
    }
}

fn render(tx: &mut Tx<'_>, group: &SecurityGroup) -> Result<Value, Fault> {
    let vpc = match group.network() {
        Some(network) => tx.any::<Vpc>(network)?,
        None => None,
    };
    Ok(json!({
        "id": alias(group),
        "name": group.name,
        "vpcId": vpc.as_ref().map(alias).unwrap_or_default(),
        "desc": group.description,
        "createdTime": wire::time(group.head.created),
        "sgVersion": group.head.version,
        "rules": SORT.rules(tx, group)?,
        "tags": wire::rendered_tags(&group.tags),
    }))
}
