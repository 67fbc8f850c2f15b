//! Addresses of an IPv6 gateway with a share of its bandwidth.

use std::net::Ipv6Addr;

use serde::Deserialize;
use serde_json::{Value, json};
use vpcd_dialect::{Call, Refusal, Reply};
use vpcd_domain::condition;
use vpcd_domain::ipv6_gateway::{self, Ipv6Gateway, Share};

use super::{changed, mbits};
use crate::faults::{invalid, refuse};
use crate::input;
use crate::page::Page;
use crate::wire;

const INGRESS: &str = "ingressBandwidthInMbps";
const EGRESS: &str = "egressBandwidthInMbps";

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct CreateWire {
    ipv6_address: String,
    #[serde(deserialize_with = "input::integer")]
    ingress_bandwidth_in_mbps: Option<i64>,
    #[serde(deserialize_with = "input::integer")]
    egress_bandwidth_in_mbps: Option<i64>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct UpdateWire {
    #[serde(default, deserialize_with = "input::integer")]
    ingress_bandwidth_in_mbps: Option<i64>,
    #[serde(default, deserialize_with = "input::integer")]
    egress_bandwidth_in_mbps: Option<i64>,
}

/// `POST /v1/IPv6Gateway/{gatewayId}/rateLimitRule`
pub fn create(call: &Call<'_>) -> Result<Reply, Refusal> {
    let wire: CreateWire = wire::body(call)?;
    let address: Ipv6Addr = wire
        .ipv6_address
        .parse()
        .map_err(|_| invalid("ipv6Address"))?;
    let rates = (
        mbits(INGRESS, wire.ingress_bandwidth_in_mbps)?,
        mbits(EGRESS, wire.egress_bandwidth_in_mbps)?,
    );
    let id = call.param("gatewayId").to_owned();
    let body = call.write_once(move |tx, cx| {
        let it: Ipv6Gateway = tx.by_alias(&cx.caller.project, &id)?;
        let rule = ipv6_gateway::share(tx, cx, &it.head.id, address, rates)?;
        Ok(json!({"rateLimitRuleId": rule}))
    });
    Ok(Reply::json(call.success, body.map_err(refuse)?))
}

/// `GET /v1/IPv6Gateway/{gatewayId}/rateLimitRule`
pub fn list(call: &Call<'_>) -> Result<Reply, Refusal> {
    let (page, id) = (Page::of(call)?, call.param("gatewayId").to_owned());
    let it = call.read(move |tx, cx| {
        condition::backend_reads(tx, cx)?;
        tx.by_alias::<Ipv6Gateway>(&cx.caller.project, &id)
    });
    let it = it.map_err(refuse)?;
    let (rules, next) = page.cut(&it.shares, |rule| &rule.id)?;
    let first = rules.first().map(|rule| rule.id.as_str());
    let items = rules.iter().map(render).collect();
    let body = page.listed("rateLimitRules", first, next, items);
    Ok(Reply::json(call.success, body))
}

/// `PUT /v1/IPv6Gateway/{gatewayId}/rateLimitRule/{rateLimitRuleId}`
pub fn update(call: &Call<'_>) -> Result<Reply, Refusal> {
    let wire: UpdateWire = wire::body(call)?;
    let rate = |field, number: Option<i64>| number.map(|n| mbits(field, Some(n))).transpose();
    let rates = (
        rate(INGRESS, wire.ingress_bandwidth_in_mbps)?,
        rate(EGRESS, wire.egress_bandwidth_in_mbps)?,
    );
    if rates == (None, None) {
        return Err(invalid("body"));
    }
    let rule = call.param("rateLimitRuleId").to_owned();
    changed(call, move |tx, cx, id| {
        ipv6_gateway::reshare(tx, cx, id, &rule, rates)
    })
}

/// `DELETE /v1/IPv6Gateway/{gatewayId}/rateLimitRule/{rateLimitRuleId}`
pub fn delete(call: &Call<'_>) -> Result<Reply, Refusal> {
    let rule = call.param("rateLimitRuleId").to_owned();
    changed(call, move |tx, cx, id| {
        ipv6_gateway::unshare(tx, cx, id, &rule)
    })
}

pub(super) fn render(share: &Share) -> Value {
    json!({
        "rateLimitRuleId": share.id,
        "ipv6Address": share.address,
        INGRESS: share.ingress,
        EGRESS: share.egress,
    })
}
