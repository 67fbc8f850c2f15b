//! Subnets, v3: the reads.

use serde_json::{Value, json};
use vpcd_dialect::{Call, Refusal, Reply};
use vpcd_domain::subnet::{self, Subnet};
use vpcd_domain::{State, condition};

use crate::faults::{invalid, refuse};
use crate::wire::{self, among, time_z, values};

/// Where every subnet of this region is.
const SCOPE: &str = "center";

/// `GET /v3/{project_id}/vpc/virsubnets/{virsubnet_id}`
pub fn show(call: &Call<'_>) -> Result<Reply, Refusal> {
    let id = call.param("virsubnet_id").to_owned();
    let subnet = call
        .read(move |tx, cx| subnet::show(tx, cx, &id))
        .map_err(|fault| refuse(call, fault))?;
    let body = json!({"request_id": call.request.id, "virsubnet": render(&subnet)});
    Ok(Reply::json(call.success, body))
}

/// `GET /v3/{project_id}/vpc/virsubnets`
pub fn list(call: &Call<'_>) -> Result<Reply, Refusal> {
    let page = wire::page(call).map_err(|field| invalid(call.group, field))?;
    let filter = Filter::of(call);
    let limit = page.limit;
    let mut found = call
        .read(move |tx, cx| {
            condition::backend_reads(tx, cx)?;
            let project = cx.caller.project.clone();
            let wanted = |it: &Subnet| it.head.project == project && filter.wants(it);
            let vpc = match filter.vpcs.as_slice() {
                [one] => Some(one.as_str()),
                _ => None,
            };
            // One more than the page holds tells whether there is a next one.
            wire::filtered(
                limit + 1,
                page.marker.clone(),
                wanted,
                |after, limit| match vpc {
                    Some(vpc) => tx.children_page(vpc, after, limit),
                    None => tx.list(&project, after, limit),
                },
            )
        })
        .map_err(|fault| refuse(call, fault))?;
    let more = found.len() > limit;
    found.truncate(limit);
    let info = wire::page_info(found.iter().map(|it| it.head.id.as_str()), more);
    let subnets: Vec<Value> = found.iter().map(render).collect();
    let body = json!({"request_id": call.request.id, "virsubnets": subnets, "page_info": info});
    Ok(Reply::json(call.success, body))
}

/// The filters of a list.
struct Filter {
    ids: Vec<String>,
    names: Vec<String>,
    vpcs: Vec<String>,
    states: Vec<String>,
    scopes: Vec<String>,
    zones: Vec<String>,
    descriptions: Vec<String>,
}

impl Filter {
    fn of(call: &Call<'_>) -> Filter {
        Filter {
            ids: values(call, "id"),
            names: values(call, "name"),
            vpcs: values(call, "vpc_id"),
            states: values(call, "status"),
            scopes: values(call, "scope"),
            zones: values(call, "zone_id"),
            descriptions: values(call, "description"),
        }
    }

    fn wants(&self, it: &Subnet) -> bool {
        among(&self.ids, &it.head.id)
            && among(&self.names, &it.name)
            && among(&self.vpcs, it.vpc())
            && among(&self.states, status(it.head.state()))
            && among(&self.scopes, SCOPE)
            && among(&self.zones, &it.zone)
            && among(&self.descriptions, &it.description)
    }
}

fn render(it: &Subnet) -> Value {
    let options: Vec<Value> = it
        .dhcp_options
        .iter()
        .map(|(name, value)| json!({"opt_name": name, "opt_value": value, "ip_version": 4}))
        .collect();
    let mut layers = vec![json!({
        "id": it.layer_id,
        "ip_version": "4",
        "cidr": it.cidr,
        "gateway_ip": it.gateway,
        "enable_dhcp": it.dhcp,
    })];
    layers.extend(it.ipv6.as_ref().map(|six| {
        json!({
            "id": six.id,
            "ip_version": "6",
            "cidr": six.cidr,
            "gateway_ip": six.gateway,
            "enable_dhcp": it.dhcp,
        })
    }));
    json!({
        "id": it.head.id,
        "name": it.name,
        "description": it.description,
        "dns_nameservers": it.dns,
        "zone_id": it.zone,
        "vpc_id": it.vpc(),
        "status": status(it.head.state()),
        "project_id": it.head.project,
        "scope": SCOPE,
        "subnet_cidrs": layers,
        "tags": it.tags,
        "extra_dhcp_opts": options,
        "created_at": time_z(it.head.created),
        "updated_at": time_z(it.head.updated),
    })
}

fn status(state: State) -> &'static str {
    match state {
        State::Creating => "UNKNOWN",
        State::Active | State::Updating => "ACTIVE",
        State::Deleting | State::Failed | State::Frozen => "ERROR",
    }
}
