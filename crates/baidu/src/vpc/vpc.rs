//! VPCs.

use serde::Deserialize;
use serde_json::{Value, json};
use vpcd_dialect::{Call, Refusal, Reply};
use vpcd_domain::subnet::Subnet;
use vpcd_domain::vpc::{self, NewVpc, Vpc, VpcChange};
use vpcd_domain::{Context, Fault, Tx, condition, quota};

use super::{alias, change, kept};
use crate::etag;
use crate::faults::refuse;
use crate::page::{self, Page};
use crate::wire::{self, TagWire};

pub use super::address::{private_ips, resource_ips};

/// Name of the quota on secondary blocks.
pub const SECONDARY_CIDR: &str = "secondaryCidr";

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct CreateWire {
    name: String,
    description: Option<String>,
    cidr: String,
    enable_ipv6: Option<bool>,
    tags: Option<Vec<TagWire>>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct UpdateWire {
    name: String,
    description: Option<String>,
    enable_ipv6: Option<bool>,
    secondary_cidr: Option<Vec<String>>,
}

/// `POST /v1/vpc`
pub fn create(call: &Call<'_>) -> Result<Reply, Refusal> {
    let wire: CreateWire = wire::body(call)?;
    let new = NewVpc {
        name: wire::name(wire.name)?,
        description: wire::description(wire.description)?.unwrap_or_default(),
        cidr: Some(wire::vpc_cidr("cidr", &wire.cidr)?),
        ipv6: wire.enable_ipv6.unwrap_or(false),
        enterprise_project: "0".to_owned(),
        tags: wire::tags(wire.tags)?,
    };
    let body = call.write_once(move |tx, cx| {
        let vpc = vpc::create(tx, cx, new.clone())?;
        Ok(json!({"vpcId": alias(&vpc)}))
    });
    Ok(Reply::json(call.success, body.map_err(refuse)?))
}

/// `GET /v1/vpc`
pub fn list(call: &Call<'_>) -> Result<Reply, Refusal> {
    let page = Page::of(call)?;
    let ids: Vec<String> = call
        .query
        .all("vpcIds")
        .into_iter()
        .map(str::to_owned)
        .collect();
    let default = page::switch(&call.query, "isDefault")?;
    let body = call.read(move |tx, cx| {
        condition::backend_reads(tx, cx)?;
        let project = cx.caller.project.as_str();
        let wanted = |vpc: &Vpc| {
            (ids.is_empty() || ids.iter().any(|id| id == alias(vpc)))
                && default.is_none_or(|default| default == vpc.is_default)
        };
        let paged = page.take(tx, project, wanted, |tx, after, limit| {
            tx.list_created(project, after, limit)
        })?;
        let rendered = paged.items.iter().map(render).collect();
        Ok(page.answer("vpcs", &paged, rendered))
    });
    Ok(Reply::json(call.success, body.map_err(refuse)?))
}

/// `GET /v1/vpc/{vpcId}`
pub fn show(call: &Call<'_>) -> Result<Reply, Refusal> {
    let id = call.param("vpcId").to_owned();
    let shown = call.read(move |tx, cx| {
        condition::backend_reads(tx, cx)?;
        let vpc: Vpc = tx.by_alias(&cx.caller.project, &id)?;
        let subnets = subnets(tx, &vpc)?;
        let rendered = super::subnet::rendered(tx, &subnets)?;
        let mut shown = render(&vpc);
        shown["subnets"] = Value::Array(rendered);
        Ok((shown, etag::tag(vpc.head.version)))
    });
    let (vpc, tag) = shown.map_err(refuse)?;
    Ok(Reply::json(call.success, json!({"vpc": vpc})).header("ETag", tag))
}

/// `PUT /v1/vpc/{vpcId}?modifyAttribute`
pub fn update(call: &Call<'_>) -> Result<Reply, Refusal> {
    let wire: UpdateWire = wire::body(call)?;
    let blocks = wire.secondary_cidr.map(|blocks| {
        let block = |text: &String| wire::vpc_cidr("secondaryCidr", text);
        blocks.iter().map(block).collect::<Result<Vec<_>, _>>()
    });
    let input = VpcChange {
        name: Some(wire::name(wire.name)?),
        description: wire::description(wire.description)?,
        secondary_cidrs: blocks.transpose()?,
        ipv6: wire.enable_ipv6,
        ..VpcChange::default()
    };
    change(call, "vpcId", move |tx, cx, vpc: Vpc| {
        let more = input.secondary_cidrs.is_some();
        let vpc = vpc::update(tx, cx, &vpc.head.id, input.clone()).map_err(kept)?;
        if more {
            few_blocks(tx, cx, &vpc)
        } else {
            Ok(())
        }
    })
}

/// `DELETE /v1/vpc/{vpcId}`
pub fn delete(call: &Call<'_>) -> Result<Reply, Refusal> {
    change(call, "vpcId", |tx, cx, vpc: Vpc| {
        vpc::delete(tx, cx, &vpc.head.id)
    })
}

/// `PUT /v1/vpc/openRelay/{vpcId}`
pub fn open_relay(call: &Call<'_>) -> Result<Reply, Refusal> {
    relay(call, true)
}

/// `PUT /v1/vpc/shutdownRelay/{vpcId}`
pub fn shutdown_relay(call: &Call<'_>) -> Result<Reply, Refusal> {
    relay(call, false)
}

fn relay(call: &Call<'_>, on: bool) -> Result<Reply, Refusal> {
    change(call, "vpcId", move |tx, cx, vpc: Vpc| {
        let input = VpcChange {
            relay: Some(on),
            ..VpcChange::default()
        };
        vpc::update(tx, cx, &vpc.head.id, input).map(|_| ())
    })
}

/// The subnets of a VPC in the order of their creation.
pub(crate) fn subnets(tx: &mut Tx<'_>, vpc: &Vpc) -> Result<Vec<Subnet>, Fault> {
    let mut subnets = tx.children::<Subnet>(&vpc.head.id)?;
    subnets.sort_by(|a, b| (a.head.created, &a.head.id).cmp(&(b.head.created, &b.head.id)));
    Ok(subnets)
}

fn few_blocks(tx: &mut Tx<'_>, cx: &Context<'_>, vpc: &Vpc) -> Result<(), Fault> {
    let limit = quota::limit(tx, cx, &cx.caller.project, SECONDARY_CIDR)?;
    match limit.filter(|limit| vpc.secondary_cidrs.len() as u64 > *limit) {
        Some(limit) => Err(Fault::QuotaExceeded {
            quota: SECONDARY_CIDR,
            limit,
        }),
        None => Ok(()),
    }
}

fn render(vpc: &Vpc) -> Value {
    json!({
        "vpcId": alias(vpc),
        "name": vpc.name,
        "description": vpc.description,
        // A network of the other cloud may do without a primary block.
        "cidr": vpc.cidr.map(|cidr| cidr.to_string()).unwrap_or_default(),
        "ipv6Cidr": vpc.ipv6.map(|cidr| cidr.to_string()).unwrap_or_default(),
        "createdTime": wire::time(vpc.head.created),
        "isDefault": vpc.is_default,
        "relay": vpc.relay,
        "secondaryCidr": vpc.secondary_cidrs,
        "tags": wire::rendered_tags(&vpc.tags),
    })
}
