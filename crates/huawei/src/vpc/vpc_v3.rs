//! VPCs, v3: the reads, in an envelope with the id of the request.

use serde_json::{Value, json};
use vpcd_dialect::{Call, Refusal, Reply};
use vpcd_domain::route_table::RouteTable;
use vpcd_domain::subnet::Subnet;
use vpcd_domain::vpc::{self, Vpc};
use vpcd_domain::{Fault, State, Tx, condition};

use crate::faults::{invalid, refuse};
use crate::wire::{self, time_z};

/// A network with what is counted in it.
struct Shown {
    vpc: Vpc,
    subnets: u64,
    route_tables: u64,
}

/// `GET /v3/{project_id}/vpc/vpcs/{vpc_id}`
pub fn show(call: &Call<'_>) -> Result<Reply, Refusal> {
    let id = call.param("vpc_id").to_owned();
    let shown = call
        .read(move |tx, cx| {
            let vpc = vpc::show(tx, cx, &id)?;
            counted(tx, vpc)
        })
        .map_err(|fault| refuse(call, fault))?;
    let body = json!({"request_id": call.request.id, "vpc": render(&shown)});
    Ok(Reply::json(call.success, body))
}

/// `GET /v3/{project_id}/vpc/vpcs`
pub fn list(call: &Call<'_>) -> Result<Reply, Refusal> {
    let page = wire::page(call).map_err(|field| invalid(call.group, field))?;
    let project = wire::enterprise_project(call).map_err(|field| invalid(call.group, field))?;
    let filter = Filter::of(call);
    let limit = page.limit;
    let mut shown = call
        .read(move |tx, cx| {
            condition::backend_reads(tx, cx)?;
            let wanted = |vpc: &Vpc| {
                project
                    .as_deref()
                    .is_none_or(|project| vpc.enterprise_project == project)
                    && filter.wants(vpc)
            };
            // One more than the page holds tells whether there is a next one.
            let found = wire::filtered(limit + 1, page.marker.clone(), wanted, |after, limit| {
                tx.list::<Vpc>(&cx.caller.project, after, limit)
            })?;
            let found = found.into_iter();
            found
                .map(|vpc| counted(tx, vpc))
                .collect::<Result<Vec<_>, _>>()
        })
        .map_err(|fault| refuse(call, fault))?;
    let more = shown.len() > limit;
    shown.truncate(limit);
    let info = wire::page_info(shown.iter().map(|it| it.vpc.head.id.as_str()), more);
    let vpcs: Vec<Value> = shown.iter().map(render).collect();
    let body = json!({"request_id": call.request.id, "vpcs": vpcs, "page_info": info});
    Ok(Reply::json(call.success, body))
}

struct Filter {
    ids: Vec<String>,
    names: Vec<String>,
    descriptions: Vec<String>,
    blocks: Vec<String>,
}

impl Filter {
    fn of(call: &Call<'_>) -> Filter {
        let all =
            |key| -> Vec<String> { call.query.all(key).into_iter().map(str::to_owned).collect() };
        // A description may hold commas, which separate values elsewhere.
        let description = call.query.get("description").map(str::to_owned);
        Filter {
            ids: all("id"),
            names: all("name"),
            descriptions: all("description").into_iter().chain(description).collect(),
            blocks: all("cidr"),
        }
    }

    fn wants(&self, vpc: &Vpc) -> bool {
        let among = |wanted: &[String], value: &str| {
            wanted.is_empty() || wanted.iter().any(|it| it == value)
        };
        among(&self.ids, &vpc.head.id)
            && among(&self.names, &vpc.name)
            && among(&self.descriptions, &vpc.description)
            && among(&self.blocks, &block(vpc))
    }
}

fn counted(tx: &mut Tx<'_>, vpc: Vpc) -> Result<Shown, Fault> {
    Ok(Shown {
        subnets: tx.count_children::<Subnet>(&vpc.head.id)?,
        route_tables: tx.count_children::<RouteTable>(&vpc.head.id)?,
        vpc,
    })
}

fn block(vpc: &Vpc) -> String {
    vpc.cidr.map(|cidr| cidr.to_string()).unwrap_or_default()
}

fn render(shown: &Shown) -> Value {
    let vpc = &shown.vpc;
    json!({
        "id": vpc.head.id,
        "name": vpc.name,
        "description": vpc.description,
        "cidr": block(vpc),
        "extend_cidrs": vpc.secondary_cidrs,
        "status": status(vpc.head.state()),
        "project_id": vpc.head.project,
        "enterprise_project_id": vpc.enterprise_project,
        "tags": vpc.tags,
        "created_at": time_z(vpc.head.created),
        "updated_at": time_z(vpc.head.updated),
        "cloud_resources": [
            {"resource_type": "virsubnet", "resource_count": shown.subnets},
            {"resource_type": "routetable", "resource_count": shown.route_tables},
        ],
        "block_service_endpoint_states": "off",
        "enable_network_address_usage_metrics": false,
    })
}

/// The states of v1 under their names of v3: PENDING and ACTIVE are all that the contract has.
fn status(state: State) -> &'static str {
    match state {
        State::Active | State::Updating => "ACTIVE",
        State::Creating | State::Deleting | State::Failed | State::Frozen => "PENDING",
    }
}
