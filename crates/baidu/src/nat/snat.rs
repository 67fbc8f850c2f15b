//! Source rules of NAT gateways.

use std::net::Ipv4Addr;

use serde::Deserialize;
use serde_json::{Value, json};
use vpcd_dialect::{Call, Refusal, Reply};
use vpcd_domain::nat::snat::{self, NewSnatRule, SnatChange, SnatRule};
use vpcd_domain::{Fault, Tx};
use vpcd_net::Cidr;

use super::wire as words;
use super::{addresses, change, gateway_id, named, rule_of};
use crate::faults::nat::invalid;
use crate::generated::errors as row;
use crate::wire;

/// A rule on the wire.
#[derive(Clone, Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
struct RuleWire {
    rule_name: Option<String>,
    #[serde(rename = "sourceCIDR")]
    source_cidr: Option<String>,
    public_ips_address: Option<Vec<String>>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct BatchWire {
    nat_id: Option<String>,
    snat_rules: Option<Vec<RuleWire>>,
}

/// `POST /v1/nat/{natId}/snatRule`
pub fn create(call: &Call<'_>) -> Result<Reply, Refusal> {
    let id = named(call)?;
    let rule: RuleWire = wire::body(call)?;
    if rule.rule_name.is_none() {
        return Err(wire::absent("ruleName"));
    }
    let new = rule.whole()?;
    change(call, id, move |tx, cx, it| {
        let rule = snat::create(tx, cx, &it.head.id, new.clone())?;
        Ok(json!({"ruleId": rule.head.alias}))
    })
}

/// `POST /v1/nat/snatRule/batchCreate`
pub fn create_many(call: &Call<'_>) -> Result<Reply, Refusal> {
    let batch: BatchWire = wire::body(call)?;
    let id = gateway_id(batch.nat_id.as_deref())?;
    let rules = batch.snat_rules.ok_or_else(|| wire::absent("snatRules"))?;
    let new: Vec<NewSnatRule> = rules
        .iter()
        .map(RuleWire::whole)
        .collect::<Result<_, _>>()?;
    if new.is_empty() {
        return Err(invalid("snatRules"));
    }
    change(call, id, move |tx, cx, it| {
        let mut made = Vec::new();
        for rule in &new {
            made.push(snat::create(tx, cx, &it.head.id, rule.clone())?.head.alias);
        }
        Ok(json!({"snatRuleIds": made}))
    })
}

/// `PUT /v1/nat/{natId}/snatRule/{snatRuleId}`
pub fn update(call: &Call<'_>) -> Result<Reply, Refusal> {
    let (id, rule) = (named(call)?, call.param("snatRuleId").to_owned());
    let input = wire::body::<RuleWire>(call)?.part()?;
    change(call, id, move |tx, cx, it| {
        let rule: SnatRule = rule_of(tx, cx, it, &rule)?;
        snat::update(tx, cx, rule, input.clone())?;
        Ok(Value::Null)
    })
}

/// `DELETE /v1/nat/{natId}/snatRule/{snatRuleId}`
pub fn delete(call: &Call<'_>) -> Result<Reply, Refusal> {
    let (id, rule) = (named(call)?, call.param("snatRuleId").to_owned());
    change(call, id, move |tx, cx, it| {
        let rule: SnatRule = rule_of(tx, cx, it, &rule)?;
        snat::delete(tx, cx, &rule)?;
        Ok(Value::Null)
    })
}

/// `GET /v1/nat/{natId}/snatRule`
pub fn list(call: &Call<'_>) -> Result<Reply, Refusal> {
    super::list(call, render)
}

impl RuleWire {
    /// The rule of a create: everything has to be there, but for the name, which is optional in a batch.
    fn whole(&self) -> Result<NewSnatRule, Refusal> {
        let name = self.rule_name.clone();
        let name = name.map(|name| words::name("ruleName", name));
        Ok(NewSnatRule {
            name: name.transpose()?.unwrap_or_default(),
            source: block(self.source_cidr.as_deref().unwrap_or_default())?,
            addresses: by(self.public_ips_address.as_deref().unwrap_or_default())?,
        })
    }

    /// The rule of an update: what is absent stays.
    fn part(&self) -> Result<SnatChange, Refusal> {
        let filled = |text: &&String| !text.is_empty();
        let name = self.rule_name.as_ref().filter(filled);
        let source = self.source_cidr.as_ref().filter(filled);
        Ok(SnatChange {
            name: name
                .map(|name| words::name("ruleName", name.clone()))
                .transpose()?,
            source: source.map(|text| block(text)).transpose()?,
            addresses: self.public_ips_address.as_deref().map(by).transpose()?,
        })
    }
}

/// A source: an address, or a block without bits of a host.
fn block(text: &str) -> Result<(Cidr, bool), Refusal> {
    let wrong = || Refusal::new(row::NAT_CIDR_FORMAT_ILLEGAL);
    match text.trim().parse::<Ipv4Addr>() {
        Ok(address) => Ok((Cidr::new(address, 32).map_err(|_| wrong())?, true)),
        Err(_) => Ok((text.trim().parse().map_err(|_| wrong())?, false)),
    }
}

fn by(texts: &[String]) -> Result<Vec<Ipv4Addr>, Refusal> {
    addresses(texts).ok_or_else(|| row::NAT_SNAT_RULE_EIPS_INVALID.into())
}

fn render(tx: &mut Tx<'_>, it: &SnatRule) -> Result<Value, Fault> {
    let source = match it.single {
        true => it.source.base().to_string(),
        false => it.source.to_string(),
    };
    Ok(json!({
        "ruleId": it.head.alias,
        "ruleName": it.name,
        "publicIpsAddress": snat::addresses(tx, it)?,
        "sourceCIDR": source,
        "status": words::rule_status(it.head.state()),
    }))
}
