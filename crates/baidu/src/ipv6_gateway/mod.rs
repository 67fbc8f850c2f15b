//! IPv6 gateways.

pub mod egress;
pub mod share;

use serde::Deserialize;
use serde_json::{Value, json};
use vpcd_dialect::{Call, Refusal, Reply};
use vpcd_domain::ipv6_gateway::{self, Ipv6Gateway, NewIpv6Gateway};
use vpcd_domain::vpc::Vpc;
use vpcd_domain::{Context, Fault, Tx, condition};

use crate::billing::BillingWire;
use crate::etag;
use crate::faults::{invalid, refuse};
use crate::generated::limits::IPV6_GATEWAY_BANDWIDTH_MAX;
use crate::input;
use crate::vpc::{alias, change};
use crate::wire::{self, TagWire};

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct CreateWire {
    name: String,
    vpc_id: String,
    #[serde(deserialize_with = "input::integer")]
    bandwidth_in_mbps: Option<i64>,
    billing: Option<BillingWire>,
    tags: Option<Vec<TagWire>>,
    #[serde(rename = "resourceGroupId")]
    _resource_group: Option<String>,
    #[serde(default, deserialize_with = "input::switch")]
    delete_protect: Option<bool>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct ResizeWire {
    #[serde(deserialize_with = "input::integer")]
    bandwidth_in_mbps: Option<i64>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct ProtectWire {
    #[serde(deserialize_with = "input::switch")]
    delete_protect: Option<bool>,
}

/// `POST /v1/IPv6Gateway`
pub fn create(call: &Call<'_>) -> Result<Reply, Refusal> {
    let wire: CreateWire = wire::body(call)?;
    let timing = wire.billing.and_then(|billing| billing.payment_timing);
    if timing.is_some_and(|timing| timing != "Postpaid") {
        return Err(invalid("paymentTiming"));
    }
    let vpc = wire.vpc_id;
    let new = NewIpv6Gateway {
        vpc: String::new(),
        name: wire::title(wire.name, false)?,
        mbits: mbits("bandwidthInMbps", wire.bandwidth_in_mbps)?,
        protected: wire.delete_protect.unwrap_or_default(),
        tags: wire::tags(wire.tags)?,
    };
    let body = call.write_once(move |tx, cx| {
        let vpc: Vpc = tx.by_alias(&cx.caller.project, &vpc)?;
        let new = NewIpv6Gateway {
            vpc: vpc.head.id,
            ..new.clone()
        };
        let it = ipv6_gateway::create(tx, cx, new)?;
        Ok(json!({"gatewayId": alias(&it)}))
    });
    Ok(Reply::json(call.success, body.map_err(refuse)?))
}

/// `GET /v1/IPv6Gateway`: the one of a VPC, or nothing.
pub fn list(call: &Call<'_>) -> Result<Reply, Refusal> {
    let vpc = call.query.get("vpcId").map(str::to_owned);
    let vpc = vpc.ok_or_else(|| invalid("vpcId"))?;
    let found = call.read(move |tx, cx| {
        condition::backend_reads(tx, cx)?;
        let vpc: Vpc = tx.by_alias(&cx.caller.project, &vpc)?;
        let it = ipv6_gateway::of_network(tx, &vpc.head.id)?;
        Ok(it.map(|it| (render(&it, &vpc), etag::tag(it.head.version))))
    });
    Ok(match found.map_err(refuse)? {
        Some((it, tag)) => Reply::json(call.success, it).header("ETag", tag),
        None => Reply::json(call.success, json!({})),
    })
}

/// `PUT /v1/IPv6Gateway/{gatewayId}?resize`
pub fn resize(call: &Call<'_>) -> Result<Reply, Refusal> {
    let wire: ResizeWire = wire::body(call)?;
    let mbits = mbits("bandwidthInMbps", wire.bandwidth_in_mbps)?;
    changed(call, move |tx, cx, id| {
        ipv6_gateway::resize(tx, cx, id, mbits).map(drop)
    })
}

/// `PUT /v1/IPv6Gateway/{gatewayId}/deleteProtect`
pub fn protect(call: &Call<'_>) -> Result<Reply, Refusal> {
    let wire: ProtectWire = wire::body(call)?;
    let protected = wire
        .delete_protect
        .ok_or_else(|| wire::absent("deleteProtect"))?;
    changed(call, move |tx, cx, id| {
        ipv6_gateway::protect(tx, cx, id, protected).map(drop)
    })
}

/// `DELETE /v1/IPv6Gateway/{gatewayId}`
pub fn delete(call: &Call<'_>) -> Result<Reply, Refusal> {
    changed(call, ipv6_gateway::delete)
}

fn changed(
    call: &Call<'_>,
    rule: impl Fn(&mut Tx<'_>, &mut Context<'_>, &str) -> Result<(), Fault> + Send + 'static,
) -> Result<Reply, Refusal> {
    change(call, "gatewayId", move |tx, cx, it: Ipv6Gateway| {
        rule(tx, cx, &it.head.id)
    })
}

/// A bandwidth that a gateway can have.
fn mbits(field: &'static str, number: Option<i64>) -> Result<u32, Refusal> {
    let number = number.ok_or_else(|| wire::absent(field))?;
    u32::try_from(number)
        .ok()
        .filter(|n| (1..=IPV6_GATEWAY_BANDWIDTH_MAX).contains(&u64::from(*n)))
        .ok_or_else(|| invalid(field))
}

fn render(it: &Ipv6Gateway, vpc: &Vpc) -> Value {
    json!({
        "gatewayId": it.head.alias,
        "name": it.name,
        "bandwidthInMbps": it.mbits,
        "vpcId": alias(vpc),
        "egressOnlyRules": it.egress_only.iter().map(egress::render).collect::<Vec<_>>(),
        "rateLimitRules": it.shares.iter().map(share::render).collect::<Vec<_>>(),
        "deleteProtect": it.protected,
    })
}
