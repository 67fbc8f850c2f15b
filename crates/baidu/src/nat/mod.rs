//! The NAT service: gateways, their public addresses, their rules.

pub mod address;
pub mod dnat;
pub mod gateway;
pub mod snat;
mod wire;

use std::net::Ipv4Addr;

use serde_json::Value;
use vpcd_dialect::{Call, Refusal, Reply};
use vpcd_domain::nat::NatGateway;
use vpcd_domain::{Context, Fault, Kind, Resource, Tx, condition};

use crate::etag::Expected;
use crate::faults::nat::{invalid, refuse};
use crate::generated::errors as row;
use crate::page::{self, Page};

/// A gateway's id of the right form.
fn gateway_id(id: Option<&str>) -> Result<String, Refusal> {
    let id = id.unwrap_or_default().trim();
    if id.is_empty() {
        return Err(row::NAT_REQUEST_NAT_ID_EMPTY.into());
    }
    let letters = |rest: &str| {
        let legal = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit();
        !rest.is_empty() && rest.chars().all(legal)
    };
    match id.strip_prefix("nat-").is_some_and(letters) {
        true => Ok(id.to_owned()),
        false => Err(row::NAT_NAT_ID_INVALID.into()),
    }
}

/// The gateway that the path names.
fn named(call: &Call<'_>) -> Result<String, Refusal> {
    gateway_id(Some(call.param("natId")))
}

/// Changes the gateway of that id, at most once for a client token; what the rule answers is the body.
fn change(
    call: &Call<'_>,
    id: String,
    rule: impl Fn(&mut Tx<'_>, &mut Context<'_>, &NatGateway) -> Result<Value, Fault> + Send + 'static,
) -> Result<Reply, Refusal> {
    let expected = Expected::of(call);
    let body = call.write_once(move |tx, cx| {
        let it: NatGateway = tx.by_alias(&cx.caller.project, &id)?;
        expected.check(it.head())?;
        rule(tx, cx, &it)
    });
    Ok(match body.map_err(refuse)? {
        Value::Null => Reply::empty(call.success),
        body => Reply::json(call.success, body),
    })
}

/// The rule of that short id; one of another gateway is none.
fn rule_of<T: Resource>(
    tx: &mut Tx<'_>,
    cx: &Context<'_>,
    gateway: &NatGateway,
    id: &str,
) -> Result<T, Fault> {
    let missing = |kind: Kind| Fault::NotFound {
        kind,
        id: id.to_owned(),
    };
    let rule: T = tx.by_alias(&cx.caller.project, id)?;
    match rule.head().parent.as_deref() == Some(gateway.head.id.as_str()) {
        true => Ok(rule),
        false => Err(missing(T::KIND)),
    }
}

/// Public addresses; none at all is as wrong as one that is none.
fn addresses(texts: &[String]) -> Option<Vec<Ipv4Addr>> {
    let parsed = texts.iter().map(|text| text.trim().parse().ok());
    let all: Vec<Ipv4Addr> = parsed.collect::<Option<_>>()?;
    (!all.is_empty()).then_some(all)
}

/// Lists the rules of a gateway in the order of their creation: it has few.
fn list<T: Resource>(
    call: &Call<'_>,
    render: fn(&mut Tx<'_>, &T) -> Result<Value, Fault>,
) -> Result<Reply, Refusal> {
    let id = named(call)?;
    let page = Page::of(call).map_err(|_| invalid("maxKeys"))?;
    let body = call.read(move |tx, cx| {
        condition::backend_reads(tx, cx)?;
        let project = cx.caller.project.as_str();
        let gateway: NatGateway = tx.by_alias(project, &id)?;
        let mut all: Vec<T> = tx.children(&gateway.head.id)?;
        all.sort_by(|a, b| {
            let order = |it: &T| (it.head().created, it.head().id.clone());
            order(a).cmp(&order(b))
        });
        let own = Some(gateway.head.id.as_str());
        let inside = |it: &T| it.head().parent.as_deref() == own;
        let paged = page.take(tx, project, inside, |_, after, limit| {
            Ok(page::following(&all, after, limit))
        })?;
        let mut rendered = Vec::new();
        for it in &paged.items {
            rendered.push(render(tx, it)?);
        }
        Ok(page.answer("rules", &paged, rendered))
    });
    Ok(Reply::json(call.success, body.map_err(refuse)?))
}
