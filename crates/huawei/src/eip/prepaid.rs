//! Public addresses and bandwidths that are paid in advance, v2.0, and packages of bandwidth, v2.

use serde::Deserialize;
use serde_json::{Value, json};
use vpcd_dialect::{Call, Refusal, Reply};
use vpcd_domain::order::{Order, Renewal, Term, Terms, Unit};
use vpcd_domain::{Context, Fault, Tx, charge, publicip};

use super::bandwidth::{self, UpdateWire};
use super::publicip::{BandwidthWire, CreateWire, bandwidth as parse_bandwidth, created, parse};
use crate::faults::{self, invalid, refuse};
use crate::wire::{self, is_uuid};

/// Most resources of one order.
const MOST: usize = 100;

#[derive(Deserialize)]
struct CreateBody {
    publicip: Option<CreateWire>,
    bandwidth: Option<BandwidthWire>,
    #[serde(rename = "extendParam")]
    terms: Option<TermsWire>,
    enterprise_project_id: Option<String>,
}

#[derive(Deserialize)]
struct ChangeBody {
    publicip_ids: Option<Vec<String>>,
    bandwidth_ids: Option<Vec<String>>,
    #[serde(rename = "extendParam")]
    terms: Option<TermsWire>,
}

#[derive(Deserialize)]
struct UpdateBody {
    bandwidth: UpdateWire,
    #[serde(rename = "extendParam")]
    terms: Option<TermsWire>,
}

/// Terms of payment. Some clients write the truths as strings.
#[derive(Deserialize)]
struct TermsWire {
    charge_mode: Option<String>,
    period_type: Option<String>,
    #[serde(default, deserialize_with = "vpcd_dialect::decode::integer")]
    period_num: Option<i64>,
    is_auto_renew: Option<Value>,
    is_auto_pay: Option<Value>,
}

/// `POST /v2.0/{project_id}/publicips`: as in v1, or with an order for it.
pub fn create(call: &Call<'_>) -> Result<Reply, Refusal> {
    let body = call
        .body::<CreateBody>()
        .map_err(|fault| faults::body(call, &fault))?;
    let bandwidth = parse_bandwidth(body.bandwidth)?;
    let new = parse(call, body.publicip, bandwidth, body.enterprise_project_id)?;
    let wrong = |field| invalid(call.group, field);
    let mode = body
        .terms
        .as_ref()
        .map(|terms| terms.charge_mode.as_deref());
    let term = match (body.terms.as_ref(), mode.flatten()) {
        (Some(terms), Some("prePaid")) => Some(terms.term().map_err(wrong)?),
        (_, None | Some("postPaid")) => None,
        _ => return Err(wrong("charge_mode")),
    };
    let (it, order) = call
        .write(move |tx, cx| {
            let mut it = publicip::create(tx, cx, new.clone())?;
            let order = match term {
                Some(term) => Some(charge::address(tx, cx, &mut it, Terms::Prepaid(term))?),
                None => None,
            };
            Ok((it, order))
        })
        .map_err(|fault| refuse(call, fault))?;
    let mut answer = json!({"publicip": created(&it)});
    if let Some(order) = order {
        answer["order_id"] = json!(order.number);
        answer["publicip_id"] = json!(it.head.id);
    }
    Ok(Reply::json(call.success, answer))
}

/// `POST /v2.0/{project_id}/publicips/change-to-period`
pub fn publicips(call: &Call<'_>) -> Result<Reply, Refusal> {
    let body = change(call)?;
    ordered(
        call,
        "publicip_ids",
        body.publicip_ids,
        body.terms,
        charge::addresses,
    )
}

/// `POST /v2.0/{project_id}/bandwidths/change-to-period`
pub fn bandwidths(call: &Call<'_>) -> Result<Reply, Refusal> {
    let body = change(call)?;
    ordered(
        call,
        "bandwidth_ids",
        body.bandwidth_ids,
        body.terms,
        charge::bandwidths,
    )
}

/// `PUT /v2.0/{project_id}/bandwidths/{bandwidth_id}`: as in v1; another size of one that is paid for is an order.
pub fn update_bandwidth(call: &Call<'_>) -> Result<Reply, Refusal> {
    let id = bandwidth::id(call)?;
    let body = call
        .body::<UpdateBody>()
        .map_err(|fault| faults::body(call, &fault))?;
    let wrong = |field| invalid(call.group, field);
    let change = body.bandwidth.change().map_err(wrong)?;
    if let Some(terms) = &body.terms {
        truth(terms.is_auto_pay.as_ref()).ok_or_else(|| wrong("is_auto_pay"))?;
    }
    let (shown, order) = call
        .write(move |tx, cx| charge::update_bandwidth(tx, cx, &id, change.clone()))
        .map_err(|fault| refuse(call, fault))?;
    let mut answer = json!({"bandwidth": bandwidth::render(call.region, &shown)});
    if let Some(order) = order {
        answer["order_id"] = json!(order);
    }
    Ok(Reply::json(call.success, answer))
}

/// `GET /v2/{project_id}/bandwidthpkgs`: nothing sells packages here, so there are none.
pub fn packages(call: &Call<'_>) -> Result<Reply, Refusal> {
    wire::page(call).map_err(|field| invalid(call.group, field))?;
    let offset = call.query.get("offset").map(str::parse::<u64>);
    if offset.is_some_and(|offset| offset.is_err()) {
        return Err(invalid(call.group, "offset"));
    }
    Ok(Reply::json(
        call.success,
        json!({"bandwidthpkgs": [], "bandwidthpkgs_links": []}),
    ))
}

fn change(call: &Call<'_>) -> Result<ChangeBody, Refusal> {
    call.body().map_err(|fault| faults::body(call, &fault))
}

/// What pays for several things in one order.
type Pays = fn(&mut Tx<'_>, &mut Context<'_>, &[String], Term) -> Result<Order, Fault>;

fn ordered(
    call: &Call<'_>,
    field: &'static str,
    ids: Option<Vec<String>>,
    terms: Option<TermsWire>,
    pays: Pays,
) -> Result<Reply, Refusal> {
    let wrong = |field| invalid(call.group, field);
    let ids = ids.filter(|ids| (1..=MOST).contains(&ids.len()) && ids.iter().all(|id| is_uuid(id)));
    let ids = ids.ok_or_else(|| wrong(field))?;
    let terms = terms.ok_or_else(|| wrong("extendParam"))?;
    if terms
        .charge_mode
        .as_deref()
        .is_some_and(|mode| mode != "prePaid")
    {
        return Err(wrong("charge_mode"));
    }
    let term = terms.term().map_err(wrong)?;
    let paid = ids.clone();
    let made = call
        .write(move |tx, cx| pays(tx, cx, &ids, term))
        .map_err(|fault| refuse(call, fault))?;
    let mut answer = json!({"order_id": made.number, "request_id": call.request.id});
    answer[field] = json!(paid);
    Ok(Reply::json(call.success, answer))
}

impl TermsWire {
    /// Up to nine months, or up to three years; the name of the field that is wrong otherwise.
    fn term(&self) -> Result<Term, &'static str> {
        let (unit, most) = match self.period_type.as_deref() {
            Some("month") => (Unit::Month, 9),
            Some("year") => (Unit::Year, 3),
            _ => return Err("period_type"),
        };
        let periods = u32::try_from(self.period_num.unwrap_or(1)).ok();
        truth(self.is_auto_pay.as_ref()).ok_or("is_auto_pay")?;
        Ok(Term {
            unit,
            periods: periods
                .filter(|periods| (1..=most).contains(periods))
                .ok_or("period_num")?,
            renews: Renewal::Alike(truth(self.is_auto_renew.as_ref()).ok_or("is_auto_renew")?),
        })
    }
}

/// A truth, false when it is absent; `None` when it is something else.
fn truth(value: Option<&Value>) -> Option<bool> {
    match value {
        None | Some(Value::Null) => Some(false),
        Some(Value::Bool(truth)) => Some(*truth),
        Some(Value::String(text)) if text.is_empty() => Some(false),
        Some(Value::String(text)) => text.parse().ok(),
        Some(_) => None,
    }
}
