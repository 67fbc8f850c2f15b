//! Reserved segments of subnets.

use serde::Deserialize;
use serde_json::{Value, json};
use vpcd_dialect::{Call, Refusal, Reply};
use vpcd_domain::cidr_reservation::{self, CidrReservation, NewReservation, Wanted};
use vpcd_domain::subnet::Subnet;
use vpcd_domain::{Fault, Tx, condition};
use vpcd_net::{Cidr6, Family, Prefix};

use super::{alias, change};
use crate::etag;
use crate::faults::{invalid, refuse};
use crate::generated::limits::IP_RESERVE_IPV6_PREFIX_MIN;
use crate::input;
use crate::page::Page;
use crate::wire;

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct CreateWire {
    subnet_id: String,
    ip_cidr: String,
    #[serde(deserialize_with = "input::integer")]
    ip_version: Option<i64>,
    description: Option<String>,
}

/// `POST /v1/subnet/ipreserve`
pub fn create(call: &Call<'_>) -> Result<Reply, Refusal> {
    let wire: CreateWire = wire::body(call)?;
    let version = wire.ip_version.ok_or_else(|| wire::absent("ipVersion"))?;
    let cidr = segment(&wire.ip_cidr, version)?;
    let subnet = wire.subnet_id;
    let new = NewReservation {
        subnet: String::new(),
        name: String::new(),
        description: wire::description(wire.description)?.unwrap_or_default(),
        wanted: Wanted::Block(cidr),
    };
    let body = call.write_once(move |tx, cx| {
        let subnet: Subnet = tx.by_alias(&cx.caller.project, &subnet)?;
        let new = NewReservation {
            subnet: subnet.head.id,
            ..new.clone()
        };
        let reserve = cidr_reservation::create(tx, cx, new)?;
        Ok(json!({"ipReserveId": alias(&reserve)}))
    });
    Ok(Reply::json(call.success, body.map_err(refuse)?))
}

/// `GET /v1/subnet/ipreserve`
pub fn list(call: &Call<'_>) -> Result<Reply, Refusal> {
    let page = Page::of(call)?;
    let subnet = call.query.get("subnetId").map(str::to_owned);
    let body = call.read(move |tx, cx| {
        condition::backend_reads(tx, cx)?;
        let project = cx.caller.project.as_str();
        let subnet = match &subnet {
            Some(id) => Some(tx.by_alias::<Subnet>(project, id)?.head.id),
            None => None,
        };
        let wanted = |it: &CidrReservation| subnet.as_ref().is_none_or(|id| id == it.subnet());
        let all = match &subnet {
            Some(id) => Some(inside(tx, id)?),
            None => None,
        };
        let paged = page.take(tx, project, wanted, |tx, after, limit| match &all {
            Some(all) => Ok(following(all, after, limit)),
            None => tx.list_created(project, after, limit),
        })?;
        let rendered = paged.items.iter().map(|it| render(tx, it));
        let rendered = rendered.collect::<Result<Vec<Value>, Fault>>()?;
        let body = page.answer("ipReserves", &paged, rendered);
        Ok((body, paged.versions()))
    });
    let (body, versions) = body.map_err(refuse)?;
    Ok(etag::alone(Reply::json(call.success, body), &versions))
}

/// `DELETE /v1/subnet/ipreserve/{ipReserveId}`
pub fn delete(call: &Call<'_>) -> Result<Reply, Refusal> {
    change(call, "ipReserveId", |tx, cx, it: CidrReservation| {
        cidr_reservation::delete(tx, cx, &it.head.id)
    })
}

/// The segment of a request: an address or a block, of the version that it names.
fn segment(text: &str, version: i64) -> Result<Prefix, Refusal> {
    let prefix: Prefix = text.parse().map_err(|_| invalid("ipCidr"))?;
    match (version, prefix.family()) {
        (4, Family::V4) => match text.contains('/') {
            true => wire::cidr("ipCidr", text).map(Prefix::from),
            false => Ok(prefix),
        },
        (6, Family::V6) if u64::from(prefix.length()) >= IP_RESERVE_IPV6_PREFIX_MIN => {
            match text.contains('/') {
                true => text.parse::<Cidr6>().map(Prefix::from),
                false => Ok(prefix),
            }
            .map_err(|_| invalid("ipCidr"))
        }
        (4 | 6, _) => Err(invalid("ipCidr")),
        _ => Err(invalid("ipVersion")),
    }
}

/// The segments of a subnet in the order of their creation.
fn inside(tx: &mut Tx<'_>, subnet: &str) -> Result<Vec<CidrReservation>, Fault> {
    let mut all = tx.children::<CidrReservation>(subnet)?;
    all.sort_by(|a, b| (a.head.created, &a.head.id).cmp(&(b.head.created, &b.head.id)));
    Ok(all)
}

/// Up to `limit` of the ordered list after one of them.
fn following(
    all: &[CidrReservation],
    after: Option<&CidrReservation>,
    limit: usize,
) -> Vec<CidrReservation> {
    let order = |it: &CidrReservation| (it.head.created, it.head.id.clone());
    let first = after.map_or(0, |after| {
        all.partition_point(|it| order(it) <= order(after))
    });
    all[first..].iter().take(limit).cloned().collect()
}

fn render(tx: &mut Tx<'_>, it: &CidrReservation) -> Result<Value, Fault> {
    let subnet = tx.any::<Subnet>(it.subnet())?;
    Ok(json!({
        "ipReserveId": alias(it),
        "subnetId": subnet.as_ref().map(alias).unwrap_or_default(),
        "ipCidr": it.cidr,
        // The models of the SDKs take a number in the request and a text in the answer.
        "ipVersion": it.cidr.family().version().to_string(),
        "description": it.description,
        "createdTime": wire::time(it.head.created),
        "updatedTime": wire::time(it.head.updated),
    }))
}
