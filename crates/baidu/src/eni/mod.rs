//! Elastic network interfaces.

pub mod address;
pub mod attach;
mod body;
pub mod group;
pub mod public;
pub mod quota;
mod view;

use serde::Deserialize;
use serde_json::{Value, json};
use vpcd_dialect::{Call, Refusal, Reply};
use vpcd_domain::index::{self, Narrow};
use vpcd_domain::interface::{self, IN_NETWORK};
use vpcd_domain::port::Port;
use vpcd_domain::vpc::Vpc;
use vpcd_domain::{Context, Fault, Tx, condition, registration};

use crate::etag::{self, Expected};
use crate::faults::eni::refuse;
use crate::faults::invalid;
use crate::generated::errors as row;
use crate::page::Page;
use crate::vpc::alias;
use crate::wire;
use view::View;

#[derive(Deserialize)]
struct UpdateWire {
    name: Option<String>,
    description: Option<String>,
}

/// `POST /v1/eni`
pub fn create(call: &Call<'_>) -> Result<Reply, Refusal> {
    let wanted = body::parse(call)?;
    let made = call.write_once(move |tx, cx| {
        let port = wanted.create(tx, cx)?;
        Ok(json!({"eniId": alias(&port)}))
    });
    Ok(Reply::json(call.success, made.map_err(refuse)?))
}

/// `GET /v1/eni`
pub fn list(call: &Call<'_>) -> Result<Reply, Refusal> {
    let page = Page::of(call).map_err(|_| {
        let raw = call.query.get("maxKeys").unwrap_or_default();
        Refusal::new(row::ENI_MAX_KEYS_PARAM_INVALID_EXCEPTION).with([raw])
    })?;
    let page = page.among("eni-")?;
    let text = |key: &str| call.query.get(key).map(str::to_owned);
    let vpc = text("vpcId").ok_or_else(|| invalid("vpcId"))?;
    let (server, name) = (text("instanceId"), text("name"));
    let addresses: Vec<String> = call
        .query
        .all("privateIpAddress")
        .into_iter()
        .map(str::to_owned)
        .collect();
    let body = call.read(move |tx, cx| {
        condition::backend_reads(tx, cx)?;
        let project = cx.caller.project.as_str();
        let vpc: Vpc = tx.by_alias(project, &vpc)?;
        let server = match &server {
            Some(id) => Some(server_of(tx, project, id)?),
            None => None,
        };
        let wanted = |port: &Port| {
            port.is_interface()
                && port.head.target == vpc.head.target
                && name.as_ref().is_none_or(|name| *name == port.name)
                && server.as_ref().is_none_or(|id| *id == port.device_id)
                && view::has_address(port, &addresses)
        };
        let (inside, servers) = ([vpc.head.target.clone()], server.clone());
        let servers: Vec<String> = servers.into_iter().collect();
        let names: Vec<String> = name.iter().cloned().collect();
        // One address is the end of one; several are looked up.
        let whole: &[String] = if addresses.len() > 1 { &addresses } else { &[] };
        let narrow = Narrow {
            ids: &[],
            by: &[
                ("device", &servers),
                ("address", whole),
                ("name", &names),
                (IN_NETWORK, &inside),
            ],
        };
        let paged = page.take(tx, project, wanted, |tx, after: Option<&Port>, limit| {
            let after = after.map(|port| port.head.id.as_str());
            index::page(tx, project, narrow, |_| true, after, limit)
        })?;
        let mut view = View::default();
        let mut rendered = Vec::with_capacity(paged.items.len());
        for port in &paged.items {
            rendered.push(view.render(tx, port)?);
        }
        Ok(page.answer("enis", &paged, rendered))
    });
    Ok(Reply::json(call.success, body.map_err(refuse)?))
}

/// `GET /v1/eni/{eniId}`
pub fn show(call: &Call<'_>) -> Result<Reply, Refusal> {
    let shown = read(call, |tx, _, port| {
        let tag = etag::tag(port.head.version);
        Ok((View::default().render(tx, &port)?, tag))
    });
    let (eni, tag) = shown?;
    Ok(Reply::json(call.success, eni).header("ETag", tag))
}

/// `GET /v1/eni/{eniId}/status`
pub fn status(call: &Call<'_>) -> Result<Reply, Refusal> {
    let body = read(call, |_, _, port| {
        Ok(json!({"status": view::status(&port)}))
    });
    Ok(Reply::json(call.success, body?))
}

/// `PUT /v1/eni/{eniId}?modifyAttribute`
pub fn update(call: &Call<'_>) -> Result<Reply, Refusal> {
    let id = id_of(call)?;
    let wire: UpdateWire = wire::body(call)?;
    if wire.name.is_none() && wire.description.is_none() {
        return Err(invalid("body"));
    }
    let name = wire.name.map(|name| wire::title(name, false)).transpose()?;
    let description = wire::description(wire.description)?;
    change(call, id, move |tx, cx, port| {
        interface::describe(tx, cx, &port.head.id, name.clone(), description.clone())?;
        Ok(Value::Null)
    })
}

/// `DELETE /v1/eni/{eniId}`
pub fn delete(call: &Call<'_>) -> Result<Reply, Refusal> {
    let id = id_of(call)?;
    change(call, id, |tx, cx, port| {
        interface::delete(tx, cx, &port.head.id)?;
        Ok(Value::Null)
    })
}

/// The id of the path, which is not blank.
fn id_of(call: &Call<'_>) -> Result<String, Refusal> {
    let id = call.param("eniId");
    match id.trim().is_empty() {
        true => Err(row::ENI_ENI_ID_BLANK_EXCEPTION.into()),
        false => Ok(id.to_owned()),
    }
}

/// The interface of a short id; no other id names one here.
fn by_alias(tx: &mut Tx<'_>, cx: &Context<'_>, id: &str) -> Result<Port, Fault> {
    let port: Port = tx.by_alias(&cx.caller.project, id)?;
    interface::get(tx, &cx.caller.project, &port.head.id)
}

/// The id of a server; one that is not there is the server of nobody.
fn server_of(tx: &mut Tx<'_>, project: &str, id: &str) -> Result<String, Fault> {
    match registration::instance(tx, project, id) {
        Ok(server) => Ok(server.head.id),
        Err(Fault::NotFound { .. }) => Ok(id.to_owned()),
        Err(fault) => Err(fault),
    }
}

/// Answers a question about the interface of the path.
fn read<T: Send + 'static>(
    call: &Call<'_>,
    question: impl Fn(&mut Tx<'_>, &mut Context<'_>, Port) -> Result<T, Fault> + Send,
) -> Result<T, Refusal> {
    let id = id_of(call)?;
    let answer = call.read(move |tx, cx| {
        condition::backend_reads(tx, cx)?;
        let port = by_alias(tx, cx, &id)?;
        question(tx, cx, port)
    });
    answer.map_err(refuse)
}

/// Changes an interface at most once for a client token; an answer of null is none.
fn change(
    call: &Call<'_>,
    id: String,
    rule: impl Fn(&mut Tx<'_>, &mut Context<'_>, Port) -> Result<Value, Fault> + Send + 'static,
) -> Result<Reply, Refusal> {
    let expected = Expected::of(call);
    let answer = call.write_once(move |tx, cx| {
        let port = by_alias(tx, cx, &id)?;
        expected.check(&port.head)?;
        rule(tx, cx, port)
    });
    Ok(match answer.map_err(refuse)? {
        Value::Null => Reply::empty(call.success),
        body => Reply::json(call.success, body),
    })
}
