//! The list of public addresses, v1.

use serde_json::json;
use vpcd_dialect::{Call, Refusal, Reply};
use vpcd_domain::condition;
use vpcd_domain::publicip::{self, Keys, PublicIp};

use super::publicip::{private_address, render};
use crate::faults::{invalid, refuse};
use crate::wire;

/// `GET /v1/{project_id}/publicips`
pub fn list(call: &Call<'_>) -> Result<Reply, Refusal> {
    let page = wire::page(call).map_err(|field| invalid(call.group, field))?;
    let project = wire::enterprise_project(call).map_err(|field| invalid(call.group, field))?;
    let version = call.query.get("ip_version");
    if version.is_some_and(|version| !matches!(version, "4" | "6")) {
        return Err(invalid(call.group, "ip_version"));
    }
    let nat64 = version.map(|version| version == "6");
    let filter = Filter::of(call);
    let shown = call
        .read(move |tx, cx| {
            condition::backend_reads(tx, cx)?;
            let wanted = |it: &PublicIp| {
                nat64.is_none_or(|nat64| it.nat64 == nat64)
                    && project
                        .as_deref()
                        .is_none_or(|project| it.enterprise_project == project)
                    && filter.wants(it)
            };
            // What is known by its id, its address, its port or that one's address is looked up, not searched for.
            let found = match publicip::among(tx, cx, &filter.keys())? {
                Some(known) => known
                    .into_iter()
                    .filter(|it| {
                        page.marker
                            .as_ref()
                            .is_none_or(|marker| it.head.id > *marker)
                    })
                    .filter(wanted)
                    .take(page.limit)
                    .collect(),
                None => wire::filtered(page.limit, page.marker.clone(), wanted, |after, limit| {
                    tx.list(&cx.caller.project, after, limit)
                })?,
            };
            found
                .into_iter()
                .map(|it| publicip::with_bandwidth(tx, it))
                .collect::<Result<Vec<_>, _>>()
        })
        .map_err(|fault| refuse(call, fault))?;
    Ok(Reply::json(
        call.success,
        json!({"publicips": shown.iter().map(|it| render(call, it)).collect::<Vec<_>>()}),
    ))
}

struct Filter {
    ids: Vec<String>,
    ports: Vec<String>,
    public: Vec<String>,
    private: Vec<String>,
}

impl Filter {
    fn of(call: &Call<'_>) -> Filter {
        let all = |key| call.query.all(key).into_iter().map(str::to_owned).collect();
        Filter {
            ids: all("id"),
            ports: all("port_id"),
            public: all("public_ip_address"),
            private: all("private_ip_address"),
        }
    }

    fn keys(&self) -> Keys {
        Keys {
            ids: self.ids.clone(),
            addresses: self.public.clone(),
            ports: self.ports.clone(),
            private: self.private.clone(),
            ..Keys::default()
        }
    }

    fn wants(&self, it: &PublicIp) -> bool {
        let among = |wanted: &[String], value: Option<&str>| {
            wanted.is_empty() || value.is_some_and(|value| wanted.iter().any(|it| it == value))
        };
        among(&self.ids, Some(&it.head.id))
            && among(&self.ports, it.port())
            && among(&self.public, Some(&it.address.to_string()))
            && among(&self.private, private_address(it).as_deref())
    }
}
