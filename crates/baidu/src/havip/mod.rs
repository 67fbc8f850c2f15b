//! High-availability virtual addresses.

use std::net::Ipv4Addr;

use serde::Deserialize;
use serde_json::{Value, json};
use vpcd_dialect::{Call, Refusal, Reply};
use vpcd_domain::index::{self, Narrow};
use vpcd_domain::interface::VIRTUAL_IN;
use vpcd_domain::port::{NewPort, Port, VIRTUAL};
use vpcd_domain::publicip::{self, PublicIp};
use vpcd_domain::subnet::Subnet;
use vpcd_domain::virtual_address::{self, Answerer, NewVirtual};
use vpcd_domain::vpc::Vpc;
use vpcd_domain::{Context, Fault, Tx, condition};

use crate::etag;
use crate::faults::{invalid, refuse};
use crate::page::Page;
use crate::vpc::{alias, change};
use crate::wire;

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct CreateWire {
    subnet_id: String,
    name: String,
    /// Empty where any will do.
    private_ip_address: String,
    description: Option<String>,
}

#[derive(Deserialize)]
struct UpdateWire {
    name: Option<String>,
    description: Option<String>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct InstancesWire {
    instance_ids: Vec<String>,
    instance_type: String,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct PublicWire {
    public_ip_address: String,
}

/// `POST /v1/havip`
pub fn create(call: &Call<'_>) -> Result<Reply, Refusal> {
    let wire: CreateWire = wire::body(call)?;
    let address = Some(wire.private_ip_address).filter(|text| !text.is_empty());
    let address: Option<Ipv4Addr> = address
        .map(|text| text.parse().map_err(|_| invalid("privateIpAddress")))
        .transpose()?;
    let subnet = wire.subnet_id;
    let new = NewVirtual {
        port: NewPort {
            name: wire::title(wire.name, true)?,
            address,
            ..NewPort::default()
        },
        description: wire::description(wire.description)?.unwrap_or_default(),
    };
    let body = call.write_once(move |tx, cx| {
        let subnet: Subnet = tx.by_alias(&cx.caller.project, &subnet)?;
        let mut new = new.clone();
        new.port.subnet = subnet.head.id;
        let it = virtual_address::create(tx, cx, new)?;
        Ok(json!({"haVipId": alias(&it)}))
    });
    Ok(Reply::json(call.success, body.map_err(refuse)?))
}

/// `GET /v1/havip`
pub fn list(call: &Call<'_>) -> Result<Reply, Refusal> {
    let page = Page::of(call)?.among("havip-")?;
    let vpc = call.query.get("vpcId").map(str::to_owned);
    let body = call.read(move |tx, cx| {
        condition::backend_reads(tx, cx)?;
        let project = cx.caller.project.as_str();
        let mut inside = Vec::new();
        if let Some(vpc) = &vpc {
            inside.push(tx.by_alias::<Vpc>(project, vpc)?.head.target);
        }
        let owner = [VIRTUAL.to_owned()];
        let narrow = Narrow {
            ids: &[],
            by: &[(VIRTUAL_IN, &inside), ("owner", &owner)],
        };
        let wanted = |port: &Port| {
            port.device_owner == VIRTUAL
                && port.head.alias.is_some()
                && inside.iter().all(|target| *target == port.head.target)
        };
        let paged = page.take(tx, project, wanted, |tx, after: Option<&Port>, limit| {
            let after = after.map(|port| port.head.id.as_str());
            index::page(tx, project, narrow, |_| true, after, limit)
        })?;
        let mut rendered = Vec::with_capacity(paged.items.len());
        for it in &paged.items {
            rendered.push(render(tx, it)?);
        }
        Ok(page.answer("haVips", &paged, rendered))
    });
    Ok(Reply::json(call.success, body.map_err(refuse)?))
}

/// `GET /v1/havip/{haVipId}`
pub fn show(call: &Call<'_>) -> Result<Reply, Refusal> {
    let id = call.param("haVipId").to_owned();
    let shown = call.read(move |tx, cx| {
        condition::backend_reads(tx, cx)?;
        let port: Port = tx.by_alias(&cx.caller.project, &id)?;
        let it = virtual_address::get(tx, &cx.caller.project, &port.head.id)?;
        Ok((render(tx, &it)?, etag::tag(it.head.version)))
    });
    let (it, tag) = shown.map_err(refuse)?;
    Ok(Reply::json(call.success, it).header("ETag", tag))
}

/// `PUT /v1/havip/{haVipId}?modifyAttribute`
pub fn update(call: &Call<'_>) -> Result<Reply, Refusal> {
    let wire: UpdateWire = wire::body(call)?;
    if wire.name.is_none() && wire.description.is_none() {
        return Err(invalid("body"));
    }
    let name = wire.name.map(|name| wire::title(name, true)).transpose()?;
    let description = wire::description(wire.description)?;
    changed(call, move |tx, cx, id| {
        virtual_address::describe(tx, cx, id, name.clone(), description.clone()).map(drop)
    })
}

/// `DELETE /v1/havip/{haVipId}`
pub fn delete(call: &Call<'_>) -> Result<Reply, Refusal> {
    changed(call, virtual_address::delete)
}

/// `PUT /v1/havip/{haVipId}?attach`
pub fn attach(call: &Call<'_>) -> Result<Reply, Refusal> {
    let named = answerers(call)?;
    changed(call, move |tx, cx, id| {
        virtual_address::attach(tx, cx, id, &named).map(drop)
    })
}

/// `PUT /v1/havip/{haVipId}?detach`
pub fn detach(call: &Call<'_>) -> Result<Reply, Refusal> {
    let named = answerers(call)?;
    changed(call, move |tx, cx, id| {
        virtual_address::detach(tx, cx, id, &named).map(drop)
    })
}

/// `PUT /v1/havip/{haVipId}?bindPublicIp`
pub fn bind(call: &Call<'_>) -> Result<Reply, Refusal> {
    let wire: PublicWire = wire::body(call)?;
    let public: Ipv4Addr = wire
        .public_ip_address
        .parse()
        .map_err(|_| invalid("publicIpAddress"))?;
    changed(call, move |tx, cx, id| {
        let it = publicip::at(tx, cx, public)?;
        virtual_address::bind(tx, cx, id, &it.head.id).map(drop)
    })
}

/// `PUT /v1/havip/{haVipId}?unbindPublicIp`
pub fn unbind(call: &Call<'_>) -> Result<Reply, Refusal> {
    changed(call, virtual_address::unbind)
}

fn changed(
    call: &Call<'_>,
    rule: impl Fn(&mut Tx<'_>, &mut Context<'_>, &str) -> Result<(), Fault> + Send + 'static,
) -> Result<Reply, Refusal> {
    change(call, "haVipId", move |tx, cx, port: Port| {
        let it = virtual_address::get(tx, &cx.caller.project, &port.head.id)?;
        rule(tx, cx, &it.head.id)
    })
}

/// Who is named by a body; none twice.
fn answerers(call: &Call<'_>) -> Result<Vec<Answerer>, Refusal> {
    let wire: InstancesWire = wire::body(call)?;
    let of = match wire.instance_type.as_str() {
        "SERVER" => Answerer::Server,
        "ENI" => Answerer::Interface,
        _ => return Err(invalid("instanceType")),
    };
    let ids = &wire.instance_ids;
    let once = |(at, id): (usize, &String)| !id.is_empty() && !ids[..at].contains(id);
    match !ids.is_empty() && ids.iter().enumerate().all(once) {
        true => Ok(wire.instance_ids.into_iter().map(of).collect()),
        false => Err(invalid("instanceIds")),
    }
}

fn render(tx: &mut Tx<'_>, it: &Port) -> Result<Value, Fault> {
    let subnet = tx.any::<Subnet>(it.subnet())?;
    let vpc = match &subnet {
        Some(subnet) => tx.any::<Vpc>(subnet.vpc())?,
        None => None,
    };
    let public = match &it.public_ip {
        Some(id) => tx.any::<PublicIp>(id)?.map(|it| it.address.to_string()),
        None => None,
    };
    let mut bound = Vec::new();
    for (at, port) in virtual_address::answerers(tx, it)?.iter().enumerate() {
        let (kind, id) = match virtual_address::named(tx, port)? {
            Answerer::Server(id) => ("SERVER", id),
            Answerer::Interface(id) => ("ENI", id),
        };
        // Packets go to the first.
        bound.push(json!({"instanceId": id, "instanceType": kind, "master": at == 0}));
    }
    Ok(json!({
        "haVipId": it.head.alias,
        "name": it.name,
        "description": it.description,
        "vpcId": vpc.as_ref().map(alias),
        "subnetId": subnet.as_ref().map(alias),
        "status": if bound.is_empty() { "available" } else { "binded" },
        "privateIpAddress": it.address,
        "publicIpAddress": public.unwrap_or_default(),
        "bindedInstances": bound,
        "createdTime": wire::time(it.head.created),
    }))
}
