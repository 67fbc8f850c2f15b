//! Blocks of an IPv6 gateway that only start connections.

use serde::Deserialize;
use serde_json::{Value, json};
use vpcd_dialect::{Call, Refusal, Reply};
use vpcd_domain::condition;
use vpcd_domain::ipv6_gateway::{self, EgressOnly, Ipv6Gateway};
use vpcd_net::{Cidr6, Prefix};

use super::changed;
use crate::faults::{invalid, refuse};
use crate::page::Page;
use crate::wire;

#[derive(Deserialize)]
struct CreateWire {
    cidr: String,
}

/// `POST /v1/IPv6Gateway/{gatewayId}/egressOnlyRule`
pub fn create(call: &Call<'_>) -> Result<Reply, Refusal> {
    let wire: CreateWire = wire::body(call)?;
    // A single address stands for itself; of a block no host bit is set.
    let block = match wire.cidr.contains('/') {
        true => wire.cidr.parse().ok(),
        false => wire
            .cidr
            .parse()
            .ok()
            .and_then(|it| Cidr6::new(it, 128).ok()),
    };
    let block = block.map(Prefix::from).ok_or_else(|| invalid("cidr"))?;
    let id = call.param("gatewayId").to_owned();
    let body = call.write_once(move |tx, cx| {
        let it: Ipv6Gateway = tx.by_alias(&cx.caller.project, &id)?;
        let rule = ipv6_gateway::restrict(tx, cx, &it.head.id, block)?;
        Ok(json!({"egressOnlyRuleId": rule}))
    });
    Ok(Reply::json(call.success, body.map_err(refuse)?))
}

/// `GET /v1/IPv6Gateway/{gatewayId}/egressOnlyRule`
pub fn list(call: &Call<'_>) -> Result<Reply, Refusal> {
    let (page, id) = (Page::of(call)?, call.param("gatewayId").to_owned());
    let it = call.read(move |tx, cx| {
        condition::backend_reads(tx, cx)?;
        tx.by_alias::<Ipv6Gateway>(&cx.caller.project, &id)
    });
    let it = it.map_err(refuse)?;
    let (rules, next) = page.cut(&it.egress_only, |rule| &rule.id)?;
    let first = rules.first().map(|rule| rule.id.as_str());
    let items = rules.iter().map(render).collect();
    let body = page.listed("egressOnlyRules", first, next, items);
    Ok(Reply::json(call.success, body))
}

/// `DELETE /v1/IPv6Gateway/{gatewayId}/egressOnlyRule/{egressOnlyRuleId}`
pub fn delete(call: &Call<'_>) -> Result<Reply, Refusal> {
    let rule = call.param("egressOnlyRuleId").to_owned();
    changed(call, move |tx, cx, id| {
        ipv6_gateway::open(tx, cx, id, &rule)
    })
}

pub(super) fn render(rule: &EgressOnly) -> Value {
    json!({"egressOnlyRuleId": rule.id, "cidr": rule.block})
}
