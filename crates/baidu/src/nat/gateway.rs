//! NAT gateways.

use serde::Deserialize;
use serde_json::{Value, json};
use vpcd_dialect::{Call, Refusal, Reply};
use vpcd_domain::nat::{self, NatChange, NatGateway, NewNatGateway, address};
use vpcd_domain::vpc::Vpc;
use vpcd_domain::{Context, Fault, Tx, condition};

use super::address::AddressesWire;
use super::wire::{self as words, SessionWire};
use super::{change, named};
use crate::billing::BillingWire;
use crate::etag;
use crate::faults::nat::{invalid, refuse};
use crate::generated::errors as row;
use crate::page::{self, Page};
use crate::wire::{self, TagWire};

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct CreateWire {
    name: Option<String>,
    vpc_id: Option<String>,
    spec: Option<String>,
    cu_num: Option<Value>,
    #[serde(flatten)]
    addresses: AddressesWire,
    billing: Option<BillingWire>,
    tags: Option<Vec<TagWire>>,
    #[serde(rename = "resourceGroupId")]
    _resource_group: Option<String>,
    session_config: Option<SessionWire>,
    ip_version: Option<String>,
    delete_protect: Option<bool>,
}

#[derive(Deserialize)]
struct UpdateWire {
    name: Option<String>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct ProtectWire {
    delete_protect: bool,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct ResizeWire {
    spec: Option<String>,
    cu_num: Option<Value>,
}

#[derive(Deserialize)]
struct RenewWire {
    billing: Option<BillingWire>,
}

/// What a list is narrowed to.
struct Filter {
    vpc: Option<String>,
    id: Option<String>,
    name: Option<String>,
    address: Option<String>,
}

/// `POST /v1/nat`
pub fn create(call: &Call<'_>) -> Result<Reply, Refusal> {
    let wire: CreateWire = wire::body(call)?;
    let (new, vpc_id) = parse(wire)?;
    let body = call.write_once(move |tx, cx| {
        let vpc: Vpc = tx.by_alias(&cx.caller.project, &vpc_id)?;
        let new = NewNatGateway {
            vpc: vpc.head.id,
            ..new.clone()
        };
        let it = nat::create(tx, cx, new)?;
        Ok(json!({"natId": it.head.alias}))
    });
    Ok(Reply::json(call.success, body.map_err(refuse)?))
}

/// The values of a create, and the network by its short id: what is missing first, then what is wrong.
fn parse(wire: CreateWire) -> Result<(NewNatGateway, String), Refusal> {
    let name = words::filled(wire.name.as_ref(), row::NAT_REQUEST_NAME_EMPTY)?;
    let vpc_id = words::filled(wire.vpc_id.as_ref(), row::NAT_REQUEST_VPC_ID_EMPTY)?;
    let size = words::size(wire.spec.as_deref(), wire.cu_num.as_ref());
    if let Err(refusal) = &size
        && refusal.row == row::NAT_REQUEST_SPEC_EMPTY
    {
        return Err(refusal.clone());
    }
    let terms = words::terms(wire.billing.as_ref())?;
    if !(wire.ip_version.as_deref()).is_none_or(|it| ["", "v4", "4", "ipv4"].contains(&it)) {
        return Err(invalid("ipVersion"));
    }
    let new = NewNatGateway {
        vpc: String::new(),
        name: words::name("name", name)?,
        size: size?,
        addresses: wire.addresses.named()?,
        timeouts: wire.session_config.unwrap_or_default().timeouts()?,
        protected: wire.delete_protect.unwrap_or(false),
        terms,
        tags: wire::tags(wire.tags).map_err(|_| invalid("tags"))?,
    };
    Ok((new, vpc_id))
}

/// `GET /v1/nat`
pub fn list(call: &Call<'_>) -> Result<Reply, Refusal> {
    let text = |key: &str| call.query.get(key).map(str::to_owned);
    let page = Page::of(call).map_err(|_| invalid("maxKeys"))?;
    let filter = Filter {
        vpc: text("vpcId"),
        id: text("natId"),
        name: text("name"),
        address: text("ip"),
    };
    // A gateway that is named needs no network beside it.
    if filter.vpc.is_none() && filter.id.is_none() {
        return Err(row::NAT_REQUEST_VPC_ID_EMPTY.into());
    }
    let body = call.read(move |tx, cx| {
        condition::backend_reads(tx, cx)?;
        let all = matching(tx, cx, &filter)?;
        let project = cx.caller.project.as_str();
        let inside = |it: &NatGateway| all.iter().any(|one| one.head.id == it.head.id);
        let paged = page.take(tx, project, inside, |_, after, limit| {
            Ok(page::following(&all, after, limit))
        })?;
        let mut rendered = Vec::new();
        for it in &paged.items {
            rendered.push(words::render(tx, cx, it)?);
        }
        Ok(page.answer("nats", &paged, rendered))
    });
    Ok(Reply::json(call.success, body.map_err(refuse)?))
}

/// The gateways that the filter is about, in the order of their creation: a network has few.
fn matching(tx: &mut Tx<'_>, cx: &Context<'_>, filter: &Filter) -> Result<Vec<NatGateway>, Fault> {
    let project = cx.caller.project.as_str();
    let vpc = match &filter.vpc {
        Some(vpc) => Some(tx.by_alias::<Vpc>(project, vpc)?.head.id),
        None => None,
    };
    let mut all: Vec<NatGateway> = match (&filter.id, &vpc) {
        (Some(id), _) => match tx.by_alias(project, id) {
            Ok(it) => vec![it],
            Err(Fault::NotFound { .. }) => Vec::new(),
            Err(fault) => return Err(fault),
        },
        (None, Some(vpc)) => tx.children(vpc)?,
        (None, None) => Vec::new(),
    };
    let wanted = |it: &NatGateway| {
        vpc.as_ref().is_none_or(|vpc| it.vpc() == vpc)
            && filter.name.as_ref().is_none_or(|name| *name == it.name)
    };
    all.retain(wanted);
    if let Some(address) = &filter.address {
        let mut having = Vec::new();
        for it in all {
            let held = address::of(tx, &it.head.id)?;
            if held
                .iter()
                .any(|(it, _)| it.address.to_string() == *address)
            {
                having.push(it);
            }
        }
        all = having;
    }
    all.sort_by(|a, b| (a.head.created, &a.head.id).cmp(&(b.head.created, &b.head.id)));
    Ok(all)
}

/// `GET /v1/nat/{natId}`
pub fn show(call: &Call<'_>) -> Result<Reply, Refusal> {
    let id = named(call)?;
    let shown = call.read(move |tx, cx| {
        condition::backend_reads(tx, cx)?;
        let it: NatGateway = tx.by_alias(&cx.caller.project, &id)?;
        Ok((words::render(tx, cx, &it)?, etag::tag(it.head.version)))
    });
    let (shown, tag) = shown.map_err(refuse)?;
    Ok(Reply::json(call.success, shown).header("ETag", tag))
}

/// `PUT /v1/nat/{natId}`
pub fn update(call: &Call<'_>) -> Result<Reply, Refusal> {
    let id = named(call)?;
    let wire: UpdateWire = wire::body(call)?;
    let name = words::filled(wire.name.as_ref(), row::NAT_REQUEST_NAME_EMPTY)?;
    let input = NatChange {
        name: Some(words::name("name", name)?),
        ..NatChange::default()
    };
    change(call, id, move |tx, cx, it| {
        nat::update(tx, cx, &it.head.id, input.clone())?;
        Ok(Value::Null)
    })
}

/// `PUT /v1/nat/{natId}/deleteProtect`
pub fn protect(call: &Call<'_>) -> Result<Reply, Refusal> {
    let id = named(call)?;
    let wire: ProtectWire = wire::body(call)?;
    let input = NatChange {
        protected: Some(wire.delete_protect),
        ..NatChange::default()
    };
    change(call, id, move |tx, cx, it| {
        nat::update(tx, cx, &it.head.id, input.clone())?;
        Ok(Value::Null)
    })
}

/// `PUT /v1/nat/{natId}?resize`
pub fn resize(call: &Call<'_>) -> Result<Reply, Refusal> {
    let id = named(call)?;
    let wire: ResizeWire = wire::body(call)?;
    let size = words::size(wire.spec.as_deref(), wire.cu_num.as_ref())?;
    change(call, id, move |tx, cx, it| {
        nat::resize(tx, cx, &it.head.id, size)?;
        Ok(Value::Null)
    })
}

/// `PUT /v1/nat/{natId}?purchaseReserved`
pub fn renew(call: &Call<'_>) -> Result<Reply, Refusal> {
    let id = named(call)?;
    let wire: RenewWire = wire::body(call)?;
    let term = words::term(wire.billing.as_ref())?;
    change(call, id, move |tx, cx, it| {
        nat::renew(tx, cx, &it.head.id, term)?;
        Ok(Value::Null)
    })
}

/// `DELETE /v1/nat/{natId}`
pub fn delete(call: &Call<'_>) -> Result<Reply, Refusal> {
    let id = named(call)?;
    change(call, id, |tx, cx, it| {
        nat::delete(tx, cx, &it.head.id)?;
        Ok(Value::Null)
    })
}
