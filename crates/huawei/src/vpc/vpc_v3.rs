//! VPCs, v3: in an envelope with the id of the request, with further blocks, and to be tried with `dry_run`.

use serde::Deserialize;
use serde_json::{Value, json};
use vpcd_dialect::{Call, Refusal, Reply};
use vpcd_domain::route_table::RouteTable;
use vpcd_domain::subnet::Subnet;
use vpcd_domain::vpc::{self, NewVpc, Vpc, VpcChange};
use vpcd_domain::{Context, Fault, State, Tx, condition};
use vpcd_net::Cidr;

use crate::faults::{self, invalid, refuse};
use crate::generated::errors;
use crate::vpc::vpc as v1;
use crate::wire::{
    self, TagWire, among, is_description, is_enterprise_project, is_name, time_z, values,
};

/// Ranges that no further block may touch (`vpc.extend_cidr_forbidden` of the limits).
const KEPT: [&str; 10] = [
    "0.0.0.0/8",
    "10.0.0.0/8",
    "100.64.0.0/10",
    "127.0.0.0/8",
    "169.254.0.0/16",
    "172.16.0.0/12",
    "192.168.0.0/16",
    "198.18.0.0/15",
    "214.0.0.0/7",
    "240.0.0.0/4",
];

#[derive(Deserialize)]
struct Body<T> {
    dry_run: Option<bool>,
    vpc: T,
}

#[derive(Deserialize)]
struct CreateWire {
    name: String,
    cidr: String,
    description: Option<String>,
    enterprise_project_id: Option<String>,
    tags: Option<Vec<TagWire>>,
}

#[derive(Deserialize)]
struct UpdateWire {
    name: Option<String>,
    description: Option<String>,
}

#[derive(Deserialize)]
struct BlocksWire {
    extend_cidrs: Vec<String>,
}

/// A network with what is counted in it.
struct Shown {
    vpc: Vpc,
    subnets: u64,
    route_tables: u64,
}

/// `POST /v3/{project_id}/vpc/vpcs`
pub fn create(call: &Call<'_>) -> Result<Reply, Refusal> {
    let body: Body<CreateWire> = call.body().map_err(|fault| faults::body(call, &fault))?;
    let wire = body.vpc;
    let cidr: Cidr = wire
        .cidr
        .parse()
        .map_err(|_| Refusal::new(errors::V3_9911))?;
    if !v1::is_private(cidr) {
        return Err(invalid(call.group, "cidr"));
    }
    let new = NewVpc {
        name: checked(call, "name", Some(wire.name), |name| is_name(name, 1))?.unwrap_or_default(),
        description: checked(call, "description", wire.description, is_description)?
            .unwrap_or_default(),
        cidr: Some(cidr),
        ipv6: false,
        enterprise_project: checked(
            call,
            "enterprise_project_id",
            wire.enterprise_project_id,
            is_enterprise_project,
        )?
        .unwrap_or_else(|| "0".to_owned()),
        tags: wire::tags_v3(wire.tags).ok_or_else(|| invalid(call.group, "tags"))?,
    };
    write(call, body.dry_run, move |tx, cx| {
        vpc::create(tx, cx, new.clone())
    })
}

/// `PUT /v3/{project_id}/vpc/vpcs/{vpc_id}`
pub fn update(call: &Call<'_>) -> Result<Reply, Refusal> {
    let id = call.param("vpc_id").to_owned();
    let body: Body<UpdateWire> = call.body().map_err(|fault| faults::body(call, &fault))?;
    let change = VpcChange {
        name: checked(call, "name", body.vpc.name, |name| is_name(name, 1))?,
        description: checked(call, "description", body.vpc.description, is_description)?,
        ..VpcChange::default()
    };
    write(call, body.dry_run, move |tx, cx| {
        vpc::update(tx, cx, &id, change.clone())
    })
}

/// `DELETE /v3/{project_id}/vpc/vpcs/{vpc_id}`
pub fn delete(call: &Call<'_>) -> Result<Reply, Refusal> {
    let id = call.param("vpc_id").to_owned();
    call.write(move |tx, cx| vpc::delete(tx, cx, &id))
        .map_err(|fault| refuse(call, fault))?;
    Ok(Reply::empty(call.success))
}

/// `PUT /v3/{project_id}/vpc/vpcs/{vpc_id}/add-extend-cidr`
pub fn extend(call: &Call<'_>) -> Result<Reply, Refusal> {
    let id = call.param("vpc_id").to_owned();
    let body: Body<BlocksWire> = call.body().map_err(|fault| faults::body(call, &fault))?;
    let blocks = blocks(call, &body.vpc)?;
    let kept = |cidr: &&Cidr| {
        let ranges = KEPT.iter().filter_map(|range| range.parse::<Cidr>().ok());
        ranges.into_iter().any(|range| range.overlaps(**cidr))
    };
    if let Some(cidr) = blocks.iter().find(kept) {
        return Err(Refusal::new(errors::V3_9916).with([cidr.to_string()]));
    }
    write(call, body.dry_run, move |tx, cx| {
        vpc::extend(tx, cx, &id, &blocks)
    })
}

/// `PUT /v3/{project_id}/vpc/vpcs/{vpc_id}/remove-extend-cidr`
pub fn shrink(call: &Call<'_>) -> Result<Reply, Refusal> {
    let id = call.param("vpc_id").to_owned();
    let body: Body<BlocksWire> = call.body().map_err(|fault| faults::body(call, &fault))?;
    let blocks = blocks(call, &body.vpc)?;
    write(call, body.dry_run, move |tx, cx| {
        vpc::shrink(tx, cx, &id, &blocks)
    })
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
            let found =
                wire::filtered(
                    limit + 1,
                    page.marker.clone(),
                    wanted,
                    |after, limit| match filter.ids.as_slice() {
                        [] => tx.list::<Vpc>(&cx.caller.project, after, limit),
                        ids => wire::of_ids(tx, &cx.caller.project, ids, after, limit),
                    },
                )?;
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
        // A description may hold commas, which separate values elsewhere.
        let description = call.query.get("description").map(str::to_owned);
        Filter {
            ids: values(call, "id"),
            names: values(call, "name"),
            descriptions: values(call, "description")
                .into_iter()
                .chain(description)
                .collect(),
            blocks: values(call, "cidr"),
        }
    }

    fn wants(&self, vpc: &Vpc) -> bool {
        among(&self.ids, &vpc.head.id)
            && among(&self.names, &vpc.name)
            && among(&self.descriptions, &vpc.description)
            && among(&self.blocks, &block(vpc))
    }
}

/// Does or tries a rule, and answers the network.
fn write<F>(call: &Call<'_>, dry_run: Option<bool>, rule: F) -> Result<Reply, Refusal>
where
    F: Fn(&mut Tx<'_>, &mut Context<'_>) -> Result<Vpc, Fault> + Send + 'static,
{
    let shown = wire::attempt(call, dry_run, move |tx, cx| {
        let vpc = rule(tx, cx)?;
        counted(tx, vpc)
    });
    match shown.map_err(|fault| refuse(call, fault))? {
        Some(shown) => {
            let body = json!({"request_id": call.request.id, "vpc": render(&shown)});
            Ok(Reply::json(call.success, body))
        }
        None => Ok(wire::passed_dry_run(call)),
    }
}

fn checked(
    call: &Call<'_>,
    field: &'static str,
    value: Option<String>,
    rule: impl Fn(&str) -> bool,
) -> Result<Option<String>, Refusal> {
    match value {
        Some(text) if !rule(&text) => Err(invalid(call.group, field)),
        value => Ok(value),
    }
}

fn blocks(call: &Call<'_>, wire: &BlocksWire) -> Result<Vec<Cidr>, Refusal> {
    if wire.extend_cidrs.is_empty() {
        return Err(invalid(call.group, "extend_cidrs"));
    }
    let parsed = wire.extend_cidrs.iter().map(|text| text.parse());
    let parsed: Result<Vec<Cidr>, _> = parsed.collect();
    parsed.map_err(|_| Refusal::new(errors::V3_9911))
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
