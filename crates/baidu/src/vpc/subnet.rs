//! Subnets.

use std::collections::BTreeMap;

use serde::Deserialize;
use serde_json::{Value, json};
use vpcd_dialect::{Call, Refusal, Reply};
use vpcd_domain::ipam::Free;
use vpcd_domain::subnet::{self, NewSubnet, Subnet, SubnetChange};
use vpcd_domain::vpc::Vpc;
use vpcd_domain::{Fault, Tx, condition};
use vpcd_net::Cidr;

use super::{alias, change, kept};
use crate::etag;
use crate::faults::{invalid, refuse};
use crate::page::{Page, following};
use crate::wire::{self, TagWire};

/// What may live in a subnet; the first is the default.
const TYPES: [&str; 4] = ["BCC", "BCC_NAT", "BBC", "BBC_NAT"];

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct CreateWire {
    name: String,
    zone_name: String,
    cidr: String,
    vpc_id: String,
    vpc_secondary_cidr: Option<String>,
    subnet_type: Option<String>,
    description: Option<String>,
    enable_ipv6: Option<bool>,
    tags: Option<Vec<TagWire>>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct UpdateWire {
    name: String,
    description: Option<String>,
    enable_ipv6: Option<bool>,
}

/// What a list is narrowed to.
struct Filter {
    vpc: Option<String>,
    zone: Option<String>,
    kind: Option<String>,
    ids: Vec<String>,
}

/// `POST /v1/subnet`
pub fn create(call: &Call<'_>) -> Result<Reply, Refusal> {
    let wire: CreateWire = wire::body(call)?;
    let vpc_id = wire.vpc_id.clone();
    let within = match wire.vpc_secondary_cidr.as_deref() {
        None | Some("") => None,
        Some(text) => Some(wire::cidr("vpcSecondaryCidr", text)?),
    };
    let new = parse(wire)?;
    let body = call.write_once(move |tx, cx| {
        let vpc: Vpc = tx.by_alias(&cx.caller.project, &vpc_id)?;
        if !places(&vpc, new.cidr, within) {
            return Err(Fault::CidrOutsideParent {
                child: new.cidr.into(),
            });
        }
        let new = NewSubnet {
            vpc: vpc.head.id,
            ..new.clone()
        };
        let subnet = subnet::create(tx, cx, new)?;
        Ok(json!({"subnetId": alias(&subnet)}))
    });
    Ok(Reply::json(call.success, body.map_err(refuse)?))
}

/// `GET /v1/subnet`
pub fn list(call: &Call<'_>) -> Result<Reply, Refusal> {
    let (page, filter) = (Page::of(call)?, filter(call)?);
    let body = call.read(move |tx, cx| {
        condition::backend_reads(tx, cx)?;
        let project = cx.caller.project.as_str();
        // Those of one VPC are few enough to be read at once; all others come in the order of creation anyway.
        let inside = match &filter.vpc {
            Some(vpc) => {
                let vpc: Vpc = tx.by_alias(project, vpc)?;
                Some(super::vpc::subnets(tx, &vpc)?)
            }
            None => None,
        };
        let wanted = |subnet: &Subnet| filter.wants(subnet, inside.as_deref());
        let paged = page.take(tx, project, wanted, |tx, after, limit| match &inside {
            Some(all) => Ok(following(all, after, limit)),
            None => tx.list_created(project, after, limit),
        })?;
        let rendered = rendered(tx, &paged.items)?;
        Ok(page.answer("subnets", &paged, rendered))
    });
    Ok(Reply::json(call.success, body.map_err(refuse)?))
}

/// `GET /v1/subnet/{subnetId}`
pub fn show(call: &Call<'_>) -> Result<Reply, Refusal> {
    let id = call.param("subnetId").to_owned();
    let shown = call.read(move |tx, cx| {
        condition::backend_reads(tx, cx)?;
        let subnet: Subnet = tx.by_alias(&cx.caller.project, &id)?;
        let rendered = rendered(tx, std::slice::from_ref(&subnet))?;
        Ok((rendered, etag::tag(subnet.head.version)))
    });
    let (mut subnet, tag) = shown.map_err(refuse)?;
    Ok(Reply::json(call.success, json!({"subnet": subnet.pop()})).header("ETag", tag))
}

/// `PUT /v1/subnet/{subnetId}?modifyAttribute`
pub fn update(call: &Call<'_>) -> Result<Reply, Refusal> {
    let wire: UpdateWire = wire::body(call)?;
    let input = SubnetChange {
        name: Some(wire::name(wire.name)?),
        description: wire::description(wire.description)?,
        ipv6: wire.enable_ipv6,
        ..SubnetChange::default()
    };
    change(call, "subnetId", move |tx, cx, subnet: Subnet| {
        subnet::update(tx, cx, None, &subnet.head.id, input.clone())
            .map(drop)
            .map_err(kept)
    })
}

/// `DELETE /v1/subnet/{subnetId}`
pub fn delete(call: &Call<'_>) -> Result<Reply, Refusal> {
    change(call, "subnetId", |tx, cx, subnet: Subnet| {
        subnet::delete(tx, cx, None, &subnet.head.id)
    })
}

/// Subnets on the wire.
pub(super) fn rendered(tx: &mut Tx<'_>, subnets: &[Subnet]) -> Result<Vec<Value>, Fault> {
    let mut networks: BTreeMap<&str, String> = BTreeMap::new();
    let mut rendered = Vec::with_capacity(subnets.len());
    for subnet in subnets {
        if !networks.contains_key(subnet.vpc()) {
            let id = tx.alias_of(subnet.vpc())?;
            networks.insert(subnet.vpc(), id.unwrap_or_default());
        }
        let free = subnet.space().count(tx)?;
        rendered.push(render(subnet, &networks[subnet.vpc()], free));
    }
    Ok(rendered)
}

/// The values of a create; the VPC is found later, by its short id.
fn parse(wire: CreateWire) -> Result<NewSubnet, Refusal> {
    let purpose = wire.subnet_type.unwrap_or_else(|| TYPES[0].to_owned());
    if !TYPES.contains(&purpose.as_str()) {
        return Err(invalid("subnetType"));
    }
    if wire.zone_name.trim().is_empty() {
        return Err(invalid("zoneName"));
    }
    Ok(NewSubnet {
        vpc: String::new(),
        name: wire::name(wire.name)?,
        description: wire::description(wire.description)?.unwrap_or_default(),
        cidr: wire::cidr("cidr", &wire.cidr)?,
        gateway: None,
        dhcp: true,
        dns: Vec::new(),
        dhcp_options: Vec::new(),
        zone: wire.zone_name,
        purpose,
        ipv6: wire.enable_ipv6.unwrap_or(false),
        tags: wire::tags(wire.tags)?,
    })
}

/// Whether the block lies in the primary block, or in the secondary one that the request names: one that lies in a
/// secondary block has to name it.
fn places(vpc: &Vpc, cidr: Cidr, within: Option<Cidr>) -> bool {
    match within {
        Some(block) => vpc.secondary_cidrs.contains(&block) && block.holds(cidr),
        None => vpc.cidr.is_none_or(|block| block.holds(cidr)),
    }
}

fn filter(call: &Call<'_>) -> Result<Filter, Refusal> {
    let text = |key: &str| call.query.get(key).map(str::to_owned);
    let kind = text("subnetType");
    if kind.as_deref().is_some_and(|kind| !TYPES.contains(&kind)) {
        return Err(invalid("subnetType"));
    }
    Ok(Filter {
        vpc: text("vpcId"),
        zone: text("zoneName"),
        kind,
        ids: call
            .query
            .all("subnetIds")
            .into_iter()
            .map(str::to_owned)
            .collect(),
    })
}

impl Filter {
    fn wants(&self, subnet: &Subnet, inside: Option<&[Subnet]>) -> bool {
        // A marker may name a subnet of another VPC; then it only says where to start.
        // One that is in no VPC has no words here.
        subnet.head.parent.is_some()
            && inside.is_none_or(|all| all.iter().any(|one| one.head.id == subnet.head.id))
            && self.zone.as_ref().is_none_or(|zone| *zone == subnet.zone)
            && self
                .kind
                .as_deref()
                .is_none_or(|kind| kind == kind_of(subnet))
            && (self.ids.is_empty() || self.ids.iter().any(|id| id == alias(subnet)))
    }
}

/// A subnet of the other cloud has no type, so it is of the usual one.
fn kind_of(subnet: &Subnet) -> &str {
    if subnet.purpose.is_empty() {
        TYPES[0]
    } else {
        &subnet.purpose
    }
}

/// A subnet with its free addresses.
fn render(subnet: &Subnet, vpc: &str, free: Free) -> Value {
    json!({
        "subnetId": alias(subnet),
        "name": subnet.name,
        "zoneName": subnet.zone,
        "cidr": subnet.cidr,
        "ipv6Cidr": subnet.ipv6.as_ref().map(|it| it.cidr.to_string()).unwrap_or_default(),
        "vpcId": vpc,
        "subnetType": kind_of(subnet),
        "description": subnet.description,
        "createdTime": wire::time(subnet.head.created),
        "availableIp": free.all,
        "availableUnreservedIp": free.all.saturating_sub(free.kept),
        "tags": wire::rendered_tags(&subnet.tags),
    })
}
