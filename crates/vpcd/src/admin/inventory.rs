//! What the operator offers: pools of public addresses, quotas, availability zones, gateway flavors.

use serde::Deserialize;
use serde_json::{Value, json};
use vpcd_dialect::{Reply, decode};
use vpcd_domain::identity::Project;
use vpcd_domain::ipv6;
use vpcd_domain::operator::{self, Flavor, Zone};
use vpcd_domain::pool::{self, Pool};
use vpcd_domain::store::setting;
use vpcd_domain::{Fault, quota};
use vpcd_net::{Cidr, Cidr6};

use super::ask::{Ask, audited};
use super::refused::Refused;
use super::{gone, list, ok};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct PoolBody {
    cidrs: Vec<Cidr>,
    #[serde(default = "center")]
    border_group: String,
    #[serde(default)]
    project: Option<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct QuotaBody {
    #[serde(default, deserialize_with = "decode::nullable")]
    limit: Option<Option<u64>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ZoneBody {
    #[serde(default = "center")]
    border_group: String,
    #[serde(default)]
    flavors: Option<Vec<String>>,
}

#[derive(Clone, Copy, Deserialize)]
#[serde(deny_unknown_fields)]
struct Ipv6PoolBody {
    cidr: Cidr6,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct FlavorBody {
    bandwidth: u32,
    connection_groups: u32,
    connections: u32,
    private: bool,
    router: bool,
    fixed_addresses: Option<bool>,
    certificates: Option<bool>,
    ipv6: Option<bool>,
}

fn center() -> String {
    "center".to_owned()
}

pub(super) fn pools(ask: &Ask<'_>) -> Result<Reply, Refused> {
    let rows = ask.read(|tx, _| {
        let mut rows = Vec::new();
        for pool in pool::list(tx)? {
            let free = pool.space().free(tx)?;
            rows.push(json!({
                "name": pool.name,
                "cidrs": pool.cidrs,
                "border_group": pool.border_group,
                "project": pool.project,
                "free": free,
            }));
        }
        Ok(rows)
    })?;
    list("pools", rows)
}

pub(super) fn set_pool(ask: &Ask<'_>) -> Result<Reply, Refused> {
    let new: PoolBody = ask.body()?;
    let pool = Pool {
        project: new.project,
        ..Pool::new(&ask.name(0)?, new.cidrs, &new.border_group)
    };
    if pool.cidrs.is_empty() {
        return Err(Refused::bad("cidrs: at least one block"));
    }
    for (at, mine) in pool.cidrs.iter().enumerate() {
        if let Some(theirs) = pool.cidrs[..at]
            .iter()
            .find(|theirs| theirs.overlaps(*mine))
        {
            return Err(Refused::bad(format!("cidrs: {mine} overlaps {theirs}")));
        }
    }
    let body = json!({
        "name": pool.name,
        "cidrs": pool.cidrs,
        "border_group": pool.border_group,
        "project": pool.project,
    });
    ask.write(move |tx, cx| {
        if let Some(project) = &pool.project {
            tx.get::<Project>("", project)?;
        }
        let (created, updated) = (Some(cx.now), Some(cx.now));
        let pool = Pool {
            created,
            updated,
            ..pool.clone()
        };
        audited(tx, &format!("pool/{}", pool.name), |tx| {
            pool::define(tx, &pool)
        })
    })?;
    ok(body)
}

pub(super) fn delete_pool(ask: &Ask<'_>) -> Result<Reply, Refused> {
    let name = ask.name(0)?;
    let deleted =
        ask.write(move |tx, _| audited(tx, &format!("pool/{name}"), |tx| pool::remove(tx, &name)))?;
    deleted
        .then(gone)
        .unwrap_or_else(|| Err(Refused::missing("pool", ask.param(0))))
}

/// The block that networks get their IPv6 from, and for how many more of them it has room.
pub(super) fn ipv6_pool(ask: &Ask<'_>) -> Result<Reply, Refused> {
    let (cidr, free) = ask.read(|tx, _| Ok((ipv6::pool(tx)?, ipv6::free(tx)?)))?;
    ok(json!({"cidr": cidr, "network_prefix": ipv6::NETWORK_PREFIX, "free": free}))
}

pub(super) fn set_ipv6_pool(ask: &Ask<'_>) -> Result<Reply, Refused> {
    let new: Ipv6PoolBody = ask.body()?;
    ask.write(move |tx, _| audited(tx, "ipv6-pool", |tx| ipv6::define(tx, new.cidr)))?;
    ok(json!({"cidr": new.cidr}))
}

/// The limits that the operator set, and after them the defaults of each cloud.
pub(super) fn quotas(ask: &Ask<'_>) -> Result<Reply, Refused> {
    let stored = ask.read(|tx, _| Ok(setting::list(tx.rows(), "quota/")?))?;
    let set = stored.iter().filter_map(|(key, text)| {
        let (project, kind) = key.strip_prefix("quota/")?.split_once('/')?;
        Some(json!({"project": project, "type": kind, "limit": text.parse::<u64>().ok(), "source": "operator"}))
    });
    let defaults = defaults().map(|(cloud, kind, limit)| {
        json!({"project": Value::Null, "type": kind, "limit": limit, "source": cloud})
    });
    list("quotas", set.chain(defaults).collect())
}

pub(super) fn set_quota(ask: &Ask<'_>) -> Result<Reply, Refused> {
    let (project, kind) = (ask.param(0).to_owned(), known_quota(ask)?);
    let new: QuotaBody = ask.body()?;
    let Some(limit) = new.limit else {
        return Err(Refused::bad("limit: a number, or null for no limit"));
    };
    let body = json!({"project": project, "type": kind, "limit": limit});
    ask.write(move |tx, _| {
        if project != "*" {
            tx.get::<Project>("", &project)?;
        }
        audited(tx, &format!("quota/{project}/{kind}"), |tx| {
            quota::set(tx, &project, kind, limit)
        })
    })?;
    ok(body)
}

pub(super) fn delete_quota(ask: &Ask<'_>) -> Result<Reply, Refused> {
    let key = format!("quota/{}/{}", ask.param(0), known_quota(ask)?);
    match remove(ask, key)? {
        true => gone(),
        false => {
            Err(Refused::new(404, "that limit is not set").hint("GET quotas lists what is set"))
        }
    }
}

/// The default quotas of both clouds: cloud, type, limit.
fn defaults() -> impl Iterator<Item = (&'static str, &'static str, u64)> {
    let huawei = vpcd_huawei::POLICY
        .quotas
        .iter()
        .map(|(kind, limit)| ("huawei", *kind, *limit));
    huawei.chain(
        vpcd_baidu::POLICY
            .quotas
            .iter()
            .map(|(kind, limit)| ("baidu", *kind, *limit)),
    )
}

/// The type of quota that the path names; where both clouds have a type, the operator's limit holds for both.
fn known_quota(ask: &Ask<'_>) -> Result<&'static str, Refused> {
    match defaults().find(|(_, kind, _)| *kind == ask.param(1)) {
        Some((_, kind, _)) => Ok(kind),
        None => {
            let mut known: Vec<&str> = defaults().map(|(_, kind, _)| kind).collect();
            known.sort_unstable();
            known.dedup();
            let hint = format!("known are {}", known.join(", "));
            Err(Refused::missing("quota", ask.param(1)).hint(hint))
        }
    }
}

pub(super) fn zones(ask: &Ask<'_>) -> Result<Reply, Refused> {
    let zones: Vec<Zone> = ask.read(|tx, _| operator::settings(tx, "zone/"))?;
    list("zones", zones.iter().map(|zone| json!(zone)).collect())
}

pub(super) fn set_zone(ask: &Ask<'_>) -> Result<Reply, Refused> {
    let new: ZoneBody = ask.body()?;
    let zone = Zone {
        name: ask.name(0)?,
        border_group: new.border_group,
        flavors: new.flavors,
    };
    let body = json!(zone);
    ask.write(move |tx, _| {
        let known: Vec<Flavor> = operator::settings(tx, "flavor/")?;
        let mut wanted = zone.flavors.iter().flatten();
        if let Some(unknown) = wanted.find(|name| !known.iter().any(|flavor| flavor.name == **name))
        {
            return Err(Fault::invalid(
                "flavors",
                format!("there is no flavor {unknown}"),
            ));
        }
        let key = format!("zone/{}", zone.name);
        audited(tx, &key, |tx| operator::set(tx, &key, &zone))
    })?;
    ok(body)
}

pub(super) fn delete_zone(ask: &Ask<'_>) -> Result<Reply, Refused> {
    match remove(ask, format!("zone/{}", ask.param(0)))? {
        true => gone(),
        false => Err(Refused::missing("zone", ask.param(0))),
    }
}

pub(super) fn flavors(ask: &Ask<'_>) -> Result<Reply, Refused> {
    let flavors: Vec<Flavor> = ask.read(|tx, _| operator::settings(tx, "flavor/"))?;
    list(
        "flavors",
        flavors.iter().map(|flavor| json!(flavor)).collect(),
    )
}

pub(super) fn set_flavor(ask: &Ask<'_>) -> Result<Reply, Refused> {
    let new: FlavorBody = ask.body()?;
    let flavor = Flavor {
        name: ask.name(0)?,
        bandwidth: new.bandwidth,
        connection_groups: new.connection_groups,
        connections: new.connections,
        private: new.private,
        router: new.router,
        fixed_addresses: new.fixed_addresses.unwrap_or(true),
        certificates: new.certificates.unwrap_or(false),
        ipv6: new.ipv6.unwrap_or(false),
    };
    let body = json!(flavor);
    ask.write(move |tx, _| {
        let key = format!("flavor/{}", flavor.name);
        audited(tx, &key, |tx| operator::set(tx, &key, &flavor))
    })?;
    ok(body)
}

pub(super) fn delete_flavor(ask: &Ask<'_>) -> Result<Reply, Refused> {
    match remove(ask, format!("flavor/{}", ask.param(0)))? {
        true => gone(),
        false => Err(Refused::missing("flavor", ask.param(0))),
    }
}

/// Removes a setting; false when it was not set.
fn remove(ask: &Ask<'_>, key: String) -> Result<bool, Fault> {
    ask.write(move |tx, _| audited(tx, &key, |tx| Ok(setting::delete(tx.rows(), &key)?)))
}
