//! Parameter templates: IP address groups (`ipSet`) and families of them (`ipGroup`), which rules name.

pub mod ip_group;
pub mod ip_set;

use serde_json::{Value, json};
use vpcd_dialect::{Call, Refusal, Reply};
use vpcd_domain::security_group::SecurityGroup;
use vpcd_domain::{Context, Fault, Resource, Tx, address_group, condition};
use vpcd_net::Family;

use crate::etag::Expected;
use crate::faults::{invalid, refuse};
use crate::generated::limits;
use crate::page::Page;

/// Changes the template that the path names, at most once for a client token; there is nothing to answer.
fn change<T: Resource>(
    call: &Call<'_>,
    parameter: &str,
    rule: impl Fn(&mut Tx<'_>, &mut Context<'_>, T) -> Result<(), Fault> + Send + 'static,
) -> Result<Reply, Refusal> {
    let (alias, expected) = (call.param(parameter).to_owned(), Expected::of(call));
    call.write_once(move |tx, cx| {
        let it: T = tx.by_alias(&cx.caller.project, &alias)?;
        expected.check(it.head())?;
        rule(tx, cx, it)?;
        Ok(Value::Null)
    })
    .map_err(refuse)?;
    Ok(Reply::empty(call.success))
}

/// The page of templates that a call asks for, below `name`; `ipVersion` narrows it.
fn list<T: Resource>(
    call: &Call<'_>,
    name: &'static str,
    family_of: fn(&T) -> Family,
    render: fn(&mut Tx<'_>, &T) -> Result<Value, Fault>,
) -> Result<Reply, Refusal> {
    let page = Page::of(call)?;
    let wanted = call.query.get("ipVersion").map(family).transpose()?;
    let body = call.read(move |tx, cx| {
        condition::backend_reads(tx, cx)?;
        let project = cx.caller.project.as_str();
        let wanted = |it: &T| wanted.is_none_or(|family| family == family_of(it));
        let paged = page.take(tx, project, wanted, |tx, after, limit| {
            tx.list_created(project, after, limit)
        })?;
        let rendered = paged.items.iter().map(|it| render(tx, it));
        let rendered = rendered.collect::<Result<Vec<Value>, Fault>>()?;
        Ok(page.answer(name, &paged, rendered))
    });
    Ok(Reply::json(call.success, body.map_err(refuse)?))
}

/// The groups whose rules name a template.
fn bound(tx: &mut Tx<'_>, id: &str) -> Result<Vec<Value>, Fault> {
    let mut bound = Vec::new();
    for group in address_group::security_groups(tx, id)? {
        if let Some(group) = tx.any::<SecurityGroup>(&group)? {
            let kind = match group.network() {
                Some(_) => "SG",
                None => "ESG",
            };
            bound.push(json!({"instanceId": alias(&group), "instanceType": kind}));
        }
    }
    Ok(bound)
}

fn family(word: &str) -> Result<Family, Refusal> {
    match word {
        "IPv4" => Ok(Family::V4),
        "IPv6" => Ok(Family::V6),
        _ => Err(invalid("ipVersion")),
    }
}

fn word(family: Family) -> &'static str {
    match family {
        Family::V4 => "IPv4",
        Family::V6 => "IPv6",
    }
}

/// A description, when there is one; that of a template may be longer than others.
fn description(text: Option<String>) -> Result<Option<String>, Refusal> {
    let long = |words: &String| words.chars().count() as u64 > limits::IP_SET_DESCRIPTION_MAX;
    match text.as_ref().is_some_and(long) {
        true => Err(invalid("description")),
        false => Ok(text),
    }
}

/// The short id of a resource.
fn alias(it: &impl Resource) -> &str {
    it.head().alias.as_deref().unwrap_or_default()
}
