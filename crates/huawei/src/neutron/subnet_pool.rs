//! Subnet pools, native.

use serde::Deserialize;
use serde_json::{Value, json};
use vpcd_dialect::decode::integer;
use vpcd_dialect::{Call, Refusal, Reply};
use vpcd_domain::subnet_pool::{self, Change, SubnetPool};
use vpcd_domain::{Context, Fault, Tx, condition};
use vpcd_net::Prefix;

use super::wire::{self, Listing};
use crate::faults::neutron::invalid;
use crate::faults::{self, refuse};
use crate::wire::time_v1;

#[derive(Deserialize)]
struct Body {
    subnetpool: PoolWire,
}

#[derive(Deserialize)]
struct PoolWire {
    name: Option<String>,
    description: Option<String>,
    prefixes: Option<Vec<String>>,
    #[serde(default, deserialize_with = "integer")]
    default_quota: Option<i64>,
    #[serde(default, deserialize_with = "integer")]
    min_prefixlen: Option<i64>,
    #[serde(default, deserialize_with = "integer")]
    default_prefixlen: Option<i64>,
    #[serde(default, deserialize_with = "integer")]
    max_prefixlen: Option<i64>,
    is_default: Option<bool>,
    shared: Option<bool>,
}

/// `POST /v2.0/subnetpools`
pub fn create(call: &Call<'_>) -> Result<Reply, Refusal> {
    let new = body(call)?;
    for (field, given) in [
        ("name", new.name.is_some()),
        ("prefixes", new.prefixes.is_some()),
    ] {
        if !given {
            return Err(invalid(&format!("'{field}' is required")));
        }
    }
    let made = call
        .write(move |tx, cx| subnet_pool::create(tx, cx, new.clone()))
        .map_err(|fault| refuse(call, fault))?;
    Ok(wire::one(call, "subnetpool", render(&made)))
}

/// `GET /v2.0/subnetpools/{subnetpool_id}`
pub fn show(call: &Call<'_>) -> Result<Reply, Refusal> {
    let id = call.param("subnetpool_id").to_owned();
    let found = call
        .read(move |tx, cx| {
            condition::backend_reads(tx, cx)?;
            tx.get::<SubnetPool>(&cx.caller.project, &id)
        })
        .map_err(|fault| refuse(call, fault))?;
    Ok(wire::one(call, "subnetpool", render(&found)))
}

/// `GET /v2.0/subnetpools`
pub fn list(call: &Call<'_>) -> Result<Reply, Refusal> {
    let listing = Listing::of(call)?;
    wire::list(call, "subnetpools", &listing, find, |tx, cx, way, limit| {
        let page = tx.walk::<SubnetPool>(&cx.caller.project, None, way, limit)?;
        Ok(page.iter().map(render).collect())
    })
}

/// `PUT /v2.0/subnetpools/{subnetpool_id}`
pub fn update(call: &Call<'_>) -> Result<Reply, Refusal> {
    let id = call.param("subnetpool_id").to_owned();
    let change = body(call)?;
    let changed = call
        .write(move |tx, cx| subnet_pool::update(tx, cx, &id, change.clone()))
        .map_err(|fault| refuse(call, fault))?;
    Ok(wire::one(call, "subnetpool", render(&changed)))
}

/// `DELETE /v2.0/subnetpools/{subnetpool_id}`
pub fn delete(call: &Call<'_>) -> Result<Reply, Refusal> {
    let id = call.param("subnetpool_id").to_owned();
    call.write(move |tx, cx| subnet_pool::delete(tx, cx, &id))
        .map_err(|fault| refuse(call, fault))?;
    Ok(Reply::empty(call.success))
}

fn body(call: &Call<'_>) -> Result<Change, Refusal> {
    let Body { subnetpool: wire } = call.body().map_err(|fault| faults::body(call, &fault))?;
    if wire.shared == Some(true) {
        return Err(wire::forbidden("create_subnetpool:shared"));
    }
    if wire.default_quota.is_some_and(|quota| quota < 0) {
        return Err(invalid("'default_quota' is below 0"));
    }
    let length = |field: &str, value: Option<i64>| {
        let wrong = || invalid(&format!("'{field}' is not a prefix length"));
        value
            .map(|n| u8::try_from(n).map_err(|_| wrong()))
            .transpose()
    };
    let prefix = |text: String| {
        let wrong = || invalid(&format!("{text} is not a prefix"));
        text.parse::<Prefix>().map_err(|_| wrong())
    };
    let prefixes = wire
        .prefixes
        .map(|texts| texts.into_iter().map(prefix).collect::<Result<Vec<_>, _>>());
    Ok(Change {
        name: wire.name.map(wire::name).transpose()?,
        description: wire.description.map(described).transpose()?,
        prefixes: prefixes.transpose()?,
        default_quota: wire.default_quota,
        shortest: length("min_prefixlen", wire.min_prefixlen)?,
        usual: length("default_prefixlen", wire.default_prefixlen)?,
        longest: length("max_prefixlen", wire.max_prefixlen)?,
        is_default: wire.is_default,
    })
}

fn described(text: String) -> Result<String, Refusal> {
    match text.chars().count() <= 255 {
        true => Ok(text),
        false => Err(invalid("'description' is longer than 255 characters")),
    }
}

fn find(tx: &mut Tx<'_>, cx: &mut Context<'_>, id: &str) -> Result<Option<Value>, Fault> {
    let found = tx.find::<SubnetPool>(&cx.caller.project, id)?;
    Ok(found.as_ref().map(render))
}

fn render(pool: &SubnetPool) -> Value {
    json!({
        "id": pool.head.id,
        "name": pool.name,
        "description": pool.description,
        "ip_version": pool.version(),
        "prefixes": pool.prefixes,
        "min_prefixlen": pool.shortest,
        "default_prefixlen": pool.usual,
        "max_prefixlen": pool.longest,
        "default_quota": pool.default_quota,
        "is_default": pool.is_default,
        "shared": false,
        "address_scope_id": null,
        "tags": [],
        "tenant_id": pool.head.project,
        "project_id": pool.head.project,
        "created_at": time_v1(pool.head.created),
        "updated_at": time_v1(pool.head.updated),
    })
}
