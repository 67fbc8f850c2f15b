//! Pools of public addresses and what can be had from them, v3.

use std::collections::{BTreeMap, BTreeSet};

use serde::Deserialize;
use serde_json::{Value, json};
use vpcd_dialect::{Call, Refusal, Reply};
use vpcd_domain::pool::{self, Pool, stable_id};
use vpcd_domain::{Fault, Tx, condition};

use super::selection::{Fields, Filter, How, Rules, Selection, filter, is, path_id};
use crate::faults::{self, invalid, refuse};
use crate::generated::errors;
use crate::wire::{is_name, time_z};

static POOLS: Rules = Rules {
    filters: &[
        is("id"),
        is("name"),
        is("size"),
        is("status"),
        is("type"),
        is("description"),
        is("public_border_group"),
    ],
    sort_keys: &[
        "id",
        "name",
        "created_at",
        "updated_at",
        "public_border_group",
    ],
    hidden: &["tags"],
};

static COMMON: Rules = Rules {
    filters: &[is("name"), is("public_border_group")],
    sort_keys: &["name"],
    hidden: &["id"],
};

static TYPES: Rules = Rules {
    filters: TYPE_FILTERS,
    sort_keys: &["id", "type"],
    hidden: &[
        "name",
        "size",
        "status",
        "description",
        "public_border_group",
    ],
};

const TYPE_FILTERS: &[Filter] = &[
    is("id"),
    is("type"),
    filter("name", "name", How::Is),
    filter("size", "size", How::Is),
    filter("status", "status", How::Is),
    filter("description", "description", How::Is),
    filter("public_border_group", "public_border_group", How::Is),
];

static SHARES: Rules = Rules {
    filters: &[
        is("id"),
        is("bandwidth_type"),
        is("name_en"),
        is("name_zh"),
        is("public_border_group"),
    ],
    sort_keys: &["id", "bandwidth_type", "public_border_group"],
    hidden: &[],
};

#[derive(Deserialize)]
struct Body {
    publicip_pool: UpdateWire,
}

#[derive(Deserialize)]
struct UpdateWire {
    name: Option<String>,
    description: Option<String>,
}

#[derive(Deserialize)]
struct AvailableWire {
    #[serde(rename = "type")]
    pool: Option<String>,
    #[serde(default, deserialize_with = "vpcd_dialect::decode::integer")]
    limit: Option<i64>,
}

/// `GET /v3/{project_id}/eip/publicip-pools`
pub fn list(call: &Call<'_>) -> Result<Reply, Refusal> {
    let selection = Selection::of(call, &POOLS)?;
    let shown = pools(call)?;
    let listed = selection
        .out_of(shown)
        .map_err(|fault| refuse(call, fault))?;
    Ok(listed.reply(call, "publicip_pools"))
}

/// `GET /v3/{project_id}/eip/publicip-pools/{publicip_pool_id}`
pub fn show(call: &Call<'_>) -> Result<Reply, Refusal> {
    let id = path_id(call, "publicip_pool_id")?;
    let wanted = id.clone();
    let shown = call.read(move |tx, cx| {
        let pool = pool::show(tx, cx, &wanted)?;
        render(tx, &pool, &cx.caller.project)
    });
    let shown = shown.map_err(|fault| judged(call, fault, &id))?;
    Ok(answered(call, shown))
}

/// `PUT /v3/{project_id}/eip/publicip-pools/{publicip_pool_id}`
pub fn update(call: &Call<'_>) -> Result<Reply, Refusal> {
    let id = path_id(call, "publicip_pool_id")?;
    let Body {
        publicip_pool: wire,
    } = call
        .body::<Body>()
        .map_err(|fault| faults::body(call, &fault))?;
    if wire.name.as_deref().is_some_and(|name| !is_name(name, 1)) {
        return Err(invalid(call.group, "name"));
    }
    let legal = |text: &str| text.chars().count() <= 1024 && !text.contains(['<', '>']);
    if wire.description.as_deref().is_some_and(|text| !legal(text)) {
        return Err(invalid(call.group, "description"));
    }
    let wanted = id.clone();
    let shown = call.write(move |tx, cx| {
        let (name, description) = (wire.name.clone(), wire.description.clone());
        let pool = pool::describe(tx, cx, &wanted, name, description)?;
        render(tx, &pool, &cx.caller.project)
    });
    let shown = shown.map_err(|fault| judged(call, fault, &id))?;
    Ok(answered(call, shown))
}

/// `GET /v3/{project_id}/eip/publicip-pools/common-pools`
pub fn common(call: &Call<'_>) -> Result<Reply, Refusal> {
    let selection = Selection::of(call, &COMMON)?;
    let shown = pools(call)?.into_iter();
    let shown = shown.filter(|pool| pool["is_common"] == true).map(|pool| {
        json!({
            "id": pool["id"],
            "name": pool["name"],
            "status": pool["status"],
            "type": pool["type"],
            "used": pool["used"],
            "public_border_group": pool["public_border_group"],
            "allow_share_bandwidth_types": pool["allow_share_bandwidth_types"],
        })
    });
    let listed = selection
        .out_of(shown)
        .map_err(|fault| refuse(call, fault))?;
    // This list has no markers.
    let body = json!({"request_id": call.request.id, "common_pools": listed.items});
    Ok(Reply::json(call.success, body))
}

/// `GET /v3/{project_id}/eip/publicip-pool-types`
///
/// The contract has one type under a name with dashes, the vendor's Terraform provider reads all of them under one
/// without: both are answered.
pub fn types(call: &Call<'_>) -> Result<Reply, Refusal> {
    let selection = Selection::of(call, &TYPES)?;
    let mut by_type: BTreeMap<String, Value> = BTreeMap::new();
    for pool in pools(call)? {
        let kind = pool["type"].as_str().unwrap_or_default().to_owned();
        let mut shown = pool;
        shown["id"] = json!(stable_id("pool-type", &kind));
        by_type.entry(kind).or_insert(shown);
    }
    let mut listed = selection
        .out_of(by_type.into_values())
        .map_err(|fault| refuse(call, fault))?;
    for shown in &mut listed.items {
        if let Some(object) = shown.as_object_mut() {
            object.retain(|field, _| matches!(field.as_str(), "id" | "type"));
        }
    }
    let body = json!({
        "publicip-pool-types": listed.items.first(),
        "publicip_pool_types": listed.items,
        "request_id": call.request.id,
    });
    Ok(Reply::json(call.success, body))
}

/// `GET /v3/{project_id}/eip/public-border-groups`
pub fn border_groups(call: &Call<'_>) -> Result<Reply, Refusal> {
    let fields = Fields::of(call, &[]);
    let mut groups: BTreeMap<String, Vec<Value>> = BTreeMap::new();
    for pool in pools(call)? {
        let group = pool["public_border_group"].as_str().unwrap_or_default();
        groups
            .entry(group.to_owned())
            .or_default()
            .push(pool["name"].clone());
    }
    let groups: Vec<Value> = groups
        .into_iter()
        .map(|(group, pools)| json!({"public_border_group": group, "publicip_pools": pools}))
        .map(|shown| fields.cut(shown))
        .collect();
    let body = json!({"request_id": call.request.id, "public_border_groups": groups});
    Ok(Reply::json(call.success, body))
}

/// `GET /v3/{project_id}/eip/share-bandwidth-types`
pub fn share_types(call: &Call<'_>) -> Result<Reply, Refusal> {
    let selection = Selection::of(call, &SHARES)?;
    let shown = call.read(|tx, cx| {
        condition::backend_reads(tx, cx)?;
        let pools = pool::serving(tx, cx)?;
        let groups: BTreeSet<&str> = pools
            .iter()
            .map(|pool| pool.border_group.as_str())
            .collect();
        let since = pools
            .iter()
            .filter_map(|pool| pool.created)
            .min()
            .map(time_z);
        let show = |group: &str| {
            json!({
                "id": stable_id("share-bandwidth-type", group),
                "bandwidth_type": "share",
                "public_border_group": group,
                "name_en": "shared bandwidth",
                "name_zh": "共享带宽",
                "description": "",
                "created_at": since,
                "updated_at": since,
            })
        };
        Ok(groups.into_iter().map(show).collect::<Vec<Value>>())
    });
    let shown = shown.map_err(|fault| refuse(call, fault))?;
    let listed = selection
        .out_of(shown)
        .map_err(|fault| refuse(call, fault))?;
    Ok(listed.reply(call, "share_bandwidth_types"))
}

/// `POST /v3/{project_id}/eip/resources/available`: how many addresses of a pool can still be had, up to a limit.
pub fn available(call: &Call<'_>) -> Result<Reply, Refusal> {
    let wire = call
        .body::<AvailableWire>()
        .map_err(|fault| faults::body(call, &fault))?;
    // The contract demands a limit, the vendor's own Terraform provider sends none.
    let limit = match wire.limit.map(u64::try_from) {
        None => u64::MAX,
        Some(limit) => limit.map_err(|_| invalid(call.group, "limit"))?,
    };
    let free = call.read(move |tx, cx| {
        condition::backend_reads(tx, cx)?;
        let pools = match &wire.pool {
            None => pool::serving(tx, cx)?,
            Some(name) => {
                let missing = || Fault::PoolMissing { pool: name.clone() };
                vec![pool::offered(tx, cx, name)?.ok_or_else(missing)?]
            }
        };
        let mut free = 0;
        for pool in pools {
            free += pool.space().free(tx)?;
        }
        Ok(free)
    });
    let free = free.map_err(|fault| refuse(call, fault))?;
    Ok(Reply::json(
        call.success,
        json!({"result": free.min(limit)}),
    ))
}

/// The pools that serve the caller, as shown.
fn pools(call: &Call<'_>) -> Result<Vec<Value>, Refusal> {
    let shown = call.read(|tx, cx| {
        condition::backend_reads(tx, cx)?;
        let pools = pool::serving(tx, cx)?.into_iter();
        pools
            .map(|pool| render(tx, &pool, &cx.caller.project))
            .collect()
    });
    shown.map_err(|fault| refuse(call, fault))
}

/// A pool has no kind of its own in the domain, so what refuses it is worded here.
fn judged(call: &Call<'_>, fault: Fault, id: &str) -> Refusal {
    let row = match &fault {
        Fault::PoolMissing { .. } => errors::EIP_7903,
        Fault::Unsuitable { .. } => errors::EIP_7902,
        _ => return refuse(call, fault),
    };
    Refusal::new(row)
        .with(["Publicip_pool", id])
        .because(fault.to_string())
}

fn answered(call: &Call<'_>, shown: Value) -> Reply {
    let shown = Fields::of(call, POOLS.hidden).cut(shown);
    let body = json!({"request_id": call.request.id, "publicip_pool": shown});
    Reply::json(call.success, body)
}

fn render(tx: &mut Tx<'_>, pool: &Pool, project: &str) -> Result<Value, Fault> {
    let used = pool::used(tx, pool)?;
    let common = pool.project.is_none();
    let line = pool.name.strip_prefix("5_").unwrap_or(&pool.name);
    Ok(json!({
        "id": pool.id(),
        "name": pool.title(),
        "status": "active",
        "type": if common { line.to_owned() } else { "spec_bgp".to_owned() },
        "description": pool.description,
        "project_id": project,
        "size": pool.size(),
        "used": used,
        "created_at": pool.created.map(time_z),
        "updated_at": pool.updated.or(pool.created).map(time_z),
        "billing_info": null,
        "public_border_group": pool.border_group,
        "shared": common,
        "is_common": common,
        "tags": [],
        "enterprise_project_id": "0",
        "allow_share_bandwidth_types": ["share"],
    }))
}
