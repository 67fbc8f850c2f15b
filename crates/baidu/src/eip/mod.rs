//! The EIP service: elastic public addresses, which a path names by the address itself.

mod instance;
mod wire;

use std::net::Ipv4Addr;

use serde::Deserialize;
use serde_json::{Value, json};
use vpcd_dialect::{Call, Refusal, Reply};
use vpcd_domain::charge::{self, Sold};
use vpcd_domain::order::{Length, Renewal, Term, Terms, Unit};
use vpcd_domain::publicip::{self, InstanceKind, NewPublicIp, PublicIp};
use vpcd_domain::{Context, Fault, Tx, condition, interface};

use self::instance::InstanceType;
use self::wire::Filter;
use crate::billing::BillingWire;
use crate::etag::{self, Expected};
use crate::faults::{invalid, refuse};
use crate::generated::{errors as row, limits};
use crate::input::integer;
use crate::page::{self, Page};
use crate::wire::{TagWire, absent, body, tags};

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct CreateWire {
    name: Option<String>,
    ip_version: Option<String>,
    #[serde(default, deserialize_with = "integer")]
    bandwidth_in_mbps: Option<i64>,
    billing: Option<BillingWire>,
    tags: Option<Vec<TagWire>>,
    #[serde(rename = "resourceGroupId")]
    _resource_group: Option<String>,
    #[serde(rename = "idc")]
    _site: Option<String>,
    auto_renew_time_unit: Option<String>,
    #[serde(default, deserialize_with = "integer")]
    auto_renew_time: Option<i64>,
    route_type: Option<String>,
    delete_protect: Option<bool>,
    #[serde(default, deserialize_with = "integer")]
    count: Option<i64>,
    continuous: Option<bool>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct BindWire {
    instance_type: String,
    instance_id: String,
    instance_ip: Option<String>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct ResizeWire {
    #[serde(default, deserialize_with = "integer")]
    new_bandwidth_in_mbps: Option<i64>,
}

#[derive(Deserialize)]
struct RenewWire {
    billing: Option<BillingWire>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct ProtectWire {
    delete_protect: Option<bool>,
}

/// `POST /v1/eip`
pub fn create(call: &Call<'_>) -> Result<Reply, Refusal> {
    let wire: CreateWire = body(call)?;
    let (new, sold) = parse(&wire)?;
    sell(
        call,
        new,
        sold,
        1,
        false,
        |made| json!({"eip": made.first()}),
    )
}

/// `POST /v1/eip?action=batch`
pub fn create_many(call: &Call<'_>) -> Result<Reply, Refusal> {
    let wire: CreateWire = body(call)?;
    let many = wire.count.unwrap_or(1);
    let many = u32::try_from(many).ok();
    let many = many.filter(|many| (1..=limits::EIP_BATCH_MAX).contains(&u64::from(*many)));
    let many = many.ok_or_else(|| invalid("count"))?;
    let (new, sold) = parse(&wire)?;
    let run = wire.continuous.unwrap_or(false);
    sell(call, new, sold, many, run, |made| json!({"eips": made}))
}

fn sell(
    call: &Call<'_>,
    new: NewPublicIp,
    sold: Sold,
    many: u32,
    run: bool,
    answer: fn(&[Ipv4Addr]) -> Value,
) -> Result<Reply, Refusal> {
    let made = call.write_once(move |tx, cx| {
        let made = charge::sell(tx, cx, &new, &sold, many, run)?;
        let addresses: Vec<Ipv4Addr> = made.iter().map(|it| it.address).collect();
        Ok(answer(&addresses))
    });
    Ok(Reply::json(call.success, made.map_err(refuse)?))
}

fn parse(wire: &CreateWire) -> Result<(NewPublicIp, Sold), Refusal> {
    let size = wire.bandwidth_in_mbps;
    let size = size.ok_or_else(|| Refusal::new(row::GLOBAL_INAPPROPRIATE_JSON).because("size"))?;
    let name = match wire.name.as_deref() {
        None | Some("") => String::new(),
        Some(name) => wire::name(name)?,
    };
    let billing = wire.billing.clone().unwrap_or_default();
    let terms = match billing.payment_timing.as_deref() {
        None | Some("") => Terms::Postpaid,
        Some(_) => billing.terms().map_err(|_| invalid("billing"))?,
    };
    let terms = match terms {
        Terms::Prepaid(term) => Terms::Prepaid(Term {
            renews: renewal(wire)?,
            ..term
        }),
        Terms::Postpaid => terms,
    };
    let mode = wire::charge_mode(billing.billing_method.as_deref(), terms)?;
    if !["", "ipv4", "4"].contains(&wire.ip_version.as_deref().unwrap_or_default()) {
        return Err(invalid("ipVersion"));
    }
    let new = NewPublicIp {
        pool: wire::pool(wire.route_type.as_deref())?,
        address: None,
        alias: name.clone(),
        port: None,
        bandwidth: vpcd_domain::bandwidth::NewBandwidth::Dedicated {
            name: if name.is_empty() {
                "bandwidth".to_owned()
            } else {
                name
            },
            size: wire::size(size, mode)?,
            charge_mode: mode.to_owned(),
        },
        enterprise_project: "0".to_owned(),
    };
    let sold = Sold {
        tags: tags(wire.tags.clone())?,
        protected: wire.delete_protect.unwrap_or(false),
        terms,
    };
    Ok((new, sold))
}

/// What follows a term that ends: terms of the length that is asked for here.
fn renewal(wire: &CreateWire) -> Result<Renewal, Refusal> {
    let (unit, most) = match wire.auto_renew_time_unit.as_deref() {
        None | Some("" | "month") => (Unit::Month, 9),
        Some("year") => (Unit::Year, 3),
        Some(_) => return Err(invalid("autoRenewTimeUnit")),
    };
    let periods = u32::try_from(wire.auto_renew_time.unwrap_or(0)).ok();
    match periods {
        Some(0) => Ok(Renewal::Alike(false)),
        Some(periods) if periods <= most => Ok(Renewal::Every(Length { unit, periods })),
        _ => Err(invalid("autoRenewTime")),
    }
}

/// `GET /v1/eip`
pub fn list(call: &Call<'_>) -> Result<Reply, Refusal> {
    let (page, filter) = (Page::of(call)?, Filter::of(call)?);
    let region = call.region.to_owned();
    let answer = call.read(move |tx, cx| {
        condition::backend_reads(tx, cx)?;
        let paged = filter.page(tx, cx, &page)?;
        let mut rendered = Vec::new();
        for it in &paged.items {
            rendered.push(wire::render(tx, cx, &region, it)?);
        }
        let body = page.answer("eipList", &paged, rendered);
        Ok((body, paged.versions()))
    });
    let (body, versions) = answer.map_err(refuse)?;
    Ok(etag::alone(Reply::json(call.success, body), &versions))
}

/// `PUT /v1/eip/{eip}?bind`
pub fn bind(call: &Call<'_>) -> Result<Reply, Refusal> {
    let wire: BindWire = body(call)?;
    let kind = instance::kind(&wire.instance_type).ok_or_else(|| invalid("instanceType"))?;
    let ip = match wire.instance_ip.as_deref() {
        None | Some("") => None,
        Some(text) => Some(text.parse().map_err(|_| invalid("instanceIp"))?),
    };
    let id = wire.instance_id;
    if id.trim().is_empty() {
        return Err(invalid("instanceId"));
    }
    change(call, move |tx, cx, it| {
        let instance = instance::find(tx, cx, kind, &id)?;
        if kind == InstanceType::Interface {
            // Interfaces have rules of their own, on whichever side they are bound.
            return interface::bind(tx, cx, &instance.id, ip, &it.head.id).map(drop);
        }
        let bound = match ip {
            // Of the other instances there is one address only.
            Some(ip) if instance.kind == InstanceKind::Port => {
                publicip::bind_free_at(tx, cx, &it.head.id, &instance.id, ip)
            }
            _ => publicip::bind_free(tx, cx, &it.head.id, &instance),
        };
        bound.map(drop)
    })
}

/// `PUT /v1/eip/{eip}?unbind`
pub fn unbind(call: &Call<'_>) -> Result<Reply, Refusal> {
    change(call, |tx, cx, it| {
        publicip::disassociate(tx, cx, &it.head.id).map(drop)
    })
}

/// `PUT /v1/eip/{eip}?resize`
pub fn resize(call: &Call<'_>) -> Result<Reply, Refusal> {
    let wire: ResizeWire = body(call)?;
    let absent = || Refusal::new(row::GLOBAL_INAPPROPRIATE_JSON).because("newBandwidthInMbps");
    let size = wire.new_bandwidth_in_mbps.ok_or_else(absent)?;
    // What is counted may be larger than what is not: the rest is for the address to say.
    let size = wire::size(size, "traffic")?;
    change(call, move |tx, cx, it| {
        let (it, bandwidth) = publicip::with_bandwidth(tx, it)?;
        if u64::from(size) > wire::most(&bandwidth.charge_mode) {
            return Err(Fault::invalid("newBandwidthInMbps", "too large"));
        }
        charge::resize_address(tx, cx, &it.head.id, size).map(drop)
    })
}

/// `PUT /v1/eip/{eip}?purchaseReserved`
pub fn renew(call: &Call<'_>) -> Result<Reply, Refusal> {
    let wire: RenewWire = body(call)?;
    let billing = wire.billing.ok_or_else(|| absent("billing"))?;
    let term = billing.term().map_err(|_| invalid("reservation"))?;
    change(call, move |tx, cx, it| {
        charge::renew_address(tx, cx, &it.head.id, term).map(drop)
    })
}

/// `PUT /v1/eip/{eip}/deleteProtect`
pub fn protect(call: &Call<'_>) -> Result<Reply, Refusal> {
    let wire: ProtectWire = body(call)?;
    let protected = wire.delete_protect.unwrap_or(false);
    change(call, move |tx, cx, it| {
        publicip::protect(tx, cx, &it.head.id, protected).map(drop)
    })
}

/// `DELETE /v1/eip/{eip}`: there is no recycle bin, so whoever asks for it gets the address released as well.
pub fn delete(call: &Call<'_>) -> Result<Reply, Refusal> {
    page::switch(&call.query, "releaseToRecycle")?;
    change(call, |tx, cx, it| publicip::delete(tx, cx, &it.head.id))
}

/// Changes the address that the path names, at most once for a client token; there is nothing to answer.
fn change(
    call: &Call<'_>,
    rule: impl Fn(&mut Tx<'_>, &mut Context<'_>, PublicIp) -> Result<(), Fault> + Send + 'static,
) -> Result<Reply, Refusal> {
    let expected = Expected::of(call);
    let address = call.param("eip").to_owned();
    // What is no address is the address of nothing.
    let unknown = || Refusal::new(row::VPC_NO_SUCH_OBJECT);
    let address: Ipv4Addr = address.trim().parse().map_err(|_| unknown())?;
    call.write_once(move |tx, cx| {
        let it = publicip::at(tx, cx, address)?;
        expected.check(&it.head)?;
        rule(tx, cx, it)?;
        Ok(Value::Null)
    })
    .map_err(refuse)?;
    Ok(Reply::empty(call.success))
}
