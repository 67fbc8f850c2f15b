//! Route tables, v1.

use std::net::IpAddr;

use serde::Deserialize;
use serde_json::{Value, json};
use vpcd_dialect::{Call, Refusal, Reply};
use vpcd_domain::route_table::{
    self, Line, NewRoute, NewTable, RouteTable, TableChange, Via, View,
};
use vpcd_domain::subnet::Subnet;
use vpcd_domain::{Fault, Tx, condition};
use vpcd_net::Prefix;

use crate::faults::{self, invalid, refuse};
use crate::generated::limits;
use crate::wire::{self, is_description, is_name, is_uuid, time_v1};

/// Types of next hops in the words of the wire.
const TYPES: [(&str, Via); 12] = [
    ("ecs", Via::Instance),
    ("eni", Via::Port),
    ("vip", Via::Address),
    ("nat", Via::Nat),
    ("peering", Via::Peering),
    ("vpn", Via::Vpn),
    ("dc", Via::Line),
    ("cc", Via::Region),
    ("egw", Via::Endpoint),
    ("er", Via::Router),
    ("subeni", Via::SubInterface),
    ("igw", Via::Internet),
];

#[derive(Deserialize)]
struct Body<T> {
    routetable: T,
}

#[derive(Deserialize)]
struct RouteWire {
    #[serde(rename = "type")]
    via: Option<String>,
    destination: String,
    nexthop: Option<String>,
    description: Option<String>,
}

#[derive(Deserialize)]
struct CreateWire {
    vpc_id: String,
    name: Option<String>,
    description: Option<String>,
    routes: Option<Vec<RouteWire>>,
}

#[derive(Deserialize)]
struct UpdateWire {
    name: Option<String>,
    description: Option<String>,
    routes: Option<ChangesWire>,
}

#[derive(Deserialize)]
struct ChangesWire {
    add: Option<Vec<RouteWire>>,
    #[serde(rename = "mod")]
    modify: Option<Vec<RouteWire>>,
    del: Option<Vec<RouteWire>>,
}

#[derive(Deserialize)]
struct ActionWire {
    subnets: SubnetsWire,
}

#[derive(Deserialize)]
struct SubnetsWire {
    associate: Option<Vec<String>>,
    disassociate: Option<Vec<String>>,
}

/// `POST /v1/{project_id}/routetables`
pub fn create(call: &Call<'_>) -> Result<Reply, Refusal> {
    let wire: CreateWire = body(call)?;
    if !is_uuid(&wire.vpc_id) {
        return Err(invalid(call.group, "vpc_id"));
    }
    let wanted = wire.routes.unwrap_or_default();
    if wanted.len() as u64 > limits::ROUTETABLE_ROUTES_PER_CREATE {
        return Err(invalid(call.group, "routes"));
    }
    let new = NewTable {
        vpc: wire.vpc_id,
        name: name(call, wire.name)?.unwrap_or_default(),
        description: description(call, wire.description)?.unwrap_or_default(),
        routes: routes(call, Some(wanted))?,
    };
    let view = call
        .write(move |tx, cx| {
            let table = route_table::create(tx, cx, new.clone())?;
            route_table::view(tx, table)
        })
        .map_err(|fault| refuse(call, fault))?;
    Ok(one(call, &view))
}

/// `GET /v1/{project_id}/routetables/{routetable_id}`
pub fn show(call: &Call<'_>) -> Result<Reply, Refusal> {
    let id = id(call)?;
    let view = call
        .read(move |tx, cx| {
            condition::backend_reads(tx, cx)?;
            let table = tx.get(&cx.caller.project, &id)?;
            route_table::view(tx, table)
        })
        .map_err(|fault| refuse(call, fault))?;
    Ok(one(call, &view))
}

/// `GET /v1/{project_id}/routetables`
pub fn list(call: &Call<'_>) -> Result<Reply, Refusal> {
    let page = wire::page(call).map_err(|field| invalid(call.group, field))?;
    let [only, vpc, subnet] = ["id", "vpc_id", "subnet_id"].map(|key| filter(call, key));
    let (only, vpc, subnet) = (only?, vpc?, subnet?);
    let tables = call
        .read(move |tx, cx| {
            condition::backend_reads(tx, cx)?;
            let project = cx.caller.project.clone();
            let of_subnet = match &subnet {
                Some(id) => Some(routing(tx, &project, id)?),
                None => None,
            };
            let wanted = |table: &RouteTable| {
                table.head.project == project
                    && only.as_deref().is_none_or(|id| id == table.head.id)
                    && vpc.as_deref().is_none_or(|id| id == table.vpc())
                    && of_subnet
                        .as_ref()
                        .is_none_or(|id| id.as_deref() == Some(table.head.id.as_str()))
            };
            let named = only.clone().or_else(|| of_subnet.clone().flatten());
            let found = match (named, &of_subnet) {
                (Some(id), _) => tx.find::<RouteTable>(&project, &id)?.into_iter().collect(),
                (None, Some(_)) => Vec::new(),
                (None, None) => {
                    wire::filtered(page.limit, page.marker.clone(), wanted, |after, limit| {
                        match &vpc {
                            Some(vpc) => tx.children_page(vpc, after, limit),
                            None => tx.list(&project, after, limit),
                        }
                    })?
                }
            };
            let found = found.into_iter().filter(wanted);
            found
                .map(|table| Ok((route_table::subnets(tx, &table)?, table)))
                .collect::<Result<Vec<_>, Fault>>()
        })
        .map_err(|fault| refuse(call, fault))?;
    let tables: Vec<Value> = tables
        .iter()
        .map(|(subnets, table)| head(table, subnets))
        .collect();
    Ok(Reply::json(call.success, json!({"routetables": tables})))
}

/// `PUT /v1/{project_id}/routetables/{routetable_id}`
pub fn update(call: &Call<'_>) -> Result<Reply, Refusal> {
    let id = id(call)?;
    let wire: UpdateWire = body(call)?;
    let (mut add, mut modify, mut remove) = (Vec::new(), Vec::new(), Vec::new());
    if let Some(changes) = wire.routes {
        add = routes(call, changes.add)?;
        modify = routes(call, changes.modify)?;
        for route in changes.del.unwrap_or_default() {
            remove.push(destination(call, &route)?);
        }
    }
    let change = TableChange {
        name: name(call, wire.name)?,
        description: description(call, wire.description)?,
        add,
        modify,
        remove,
    };
    let view = call
        .write(move |tx, cx| {
            let table = route_table::update(tx, cx, &id, change.clone())?;
            route_table::view(tx, table)
        })
        .map_err(|fault| refuse(call, fault))?;
    Ok(one(call, &view))
}

/// `DELETE /v1/{project_id}/routetables/{routetable_id}`
pub fn delete(call: &Call<'_>) -> Result<Reply, Refusal> {
    let id = id(call)?;
    call.write(move |tx, cx| route_table::delete(tx, cx, &id))
        .map_err(|fault| refuse(call, fault))?;
    Ok(Reply::empty(call.success))
}

/// `POST /v1/{project_id}/routetables/{routetable_id}/action`: both association and its end.
pub fn act(call: &Call<'_>) -> Result<Reply, Refusal> {
    let id = id(call)?;
    let ActionWire { subnets: wire } = body(call)?;
    let (associates, subnets) = match (wire.associate, wire.disassociate) {
        (Some(subnets), None) => (true, subnets),
        (None, Some(subnets)) => (false, subnets),
        _ => return Err(invalid(call.group, "subnets")),
    };
    let legal =
        !subnets.is_empty() && subnets.len() as u64 <= limits::ROUTETABLE_SUBNETS_PER_ASSOCIATE;
    if !legal || !subnets.iter().all(|id| is_uuid(id)) {
        return Err(invalid(call.group, "subnets"));
    }
    let view = call
        .write(move |tx, cx| {
            let table = match associates {
                true => route_table::associate(tx, cx, &id, &subnets)?,
                false => route_table::dissociate(tx, cx, &id, &subnets)?,
            };
            route_table::view(tx, table)
        })
        .map_err(|fault| refuse(call, fault))?;
    Ok(one(call, &view))
}

/// The id of the table that routes a subnet of the project.
fn routing(tx: &mut Tx<'_>, project: &str, subnet: &str) -> Result<Option<String>, Fault> {
    match tx.find::<Subnet>(project, subnet)? {
        Some(subnet) => Ok(Some(route_table::of_subnet(tx, &subnet)?.head.id)),
        None => Ok(None),
    }
}

fn body<T: for<'de> Deserialize<'de>>(call: &Call<'_>) -> Result<T, Refusal> {
    let body = call.body::<Body<T>>();
    body.map(|body| body.routetable)
        .map_err(|fault| faults::body(call, &fault))
}

fn id(call: &Call<'_>) -> Result<String, Refusal> {
    let id = call.param("routetable_id");
    match is_uuid(id) {
        true => Ok(id.to_owned()),
        false => Err(invalid(call.group, "routetable_id")),
    }
}

fn filter(call: &Call<'_>, key: &'static str) -> Result<Option<String>, Refusal> {
    match call.query.get(key) {
        Some(id) if !is_uuid(id) => Err(invalid(call.group, key)),
        id => Ok(id.map(str::to_owned)),
    }
}

fn name(call: &Call<'_>, name: Option<String>) -> Result<Option<String>, Refusal> {
    match name {
        Some(name) if !is_name(&name, 0) => Err(invalid(call.group, "name")),
        name => Ok(name),
    }
}

fn description(call: &Call<'_>, text: Option<String>) -> Result<Option<String>, Refusal> {
    match text {
        Some(text) if !is_description(&text) => Err(invalid(call.group, "description")),
        text => Ok(text),
    }
}

fn routes(call: &Call<'_>, wire: Option<Vec<RouteWire>>) -> Result<Vec<NewRoute>, Refusal> {
    let wire = wire.unwrap_or_default().into_iter();
    wire.map(|route| parse(call, route)).collect()
}

fn parse(call: &Call<'_>, wire: RouteWire) -> Result<NewRoute, Refusal> {
    let destination = destination(call, &wire)?;
    let word = wire.via.unwrap_or_default();
    let via = TYPES.iter().find(|(known, _)| *known == word);
    let (_, via) = *via.ok_or_else(|| invalid(call.group, "type"))?;
    let next_hop = wire.nexthop.unwrap_or_default();
    let legal = match via {
        Via::Address => next_hop.parse::<IpAddr>().is_ok(),
        _ => is_uuid(&next_hop),
    };
    if !legal {
        return Err(invalid(call.group, "nexthop"));
    }
    Ok(NewRoute {
        destination,
        via,
        next_hop,
        description: description(call, wire.description)?,
        strict: true,
        source: None,
        line: Line::Only,
    })
}

fn destination(call: &Call<'_>, wire: &RouteWire) -> Result<Prefix, Refusal> {
    let destination = Prefix::exact(&wire.destination);
    destination.map_err(|_| invalid(call.group, "destination"))
}

fn one(call: &Call<'_>, view: &View) -> Reply {
    let table = wire::merged(
        head(&view.table, &view.subnets),
        json!({"routes": rendered(view)}),
    );
    Reply::json(call.success, json!({"routetable": table}))
}

fn head(table: &RouteTable, subnets: &[String]) -> Value {
    let subnets: Vec<Value> = subnets.iter().map(|id| json!({"id": id})).collect();
    json!({
        "id": table.head.id,
        "name": table.name,
        "default": table.is_default,
        "subnets": subnets,
        "tenant_id": table.head.project,
        "vpc_id": table.vpc(),
        "description": table.description,
        "created_at": time_v1(table.head.created),
        "updated_at": time_v1(table.head.updated),
    })
}

/// The system's routes first, then what the connections of VPN gateways brought, then the tenant's.
fn rendered(view: &View) -> Vec<Value> {
    let route = |via: &str, destination: &Prefix, next_hop: &str, description: &str| json!({"type": via, "destination": destination, "nexthop": next_hop, "description": description});
    let local = view.local.iter().map(|to| route("local", to, "-", ""));
    let learned = view.learned.iter();
    let learned = learned.map(|(to, gateway)| route("vpn", to, gateway, ""));
    let own = view.table.routes.iter();
    let own = own.map(|it| {
        let next_hop = match it.via {
            Via::Local => "-",
            _ => it.next_hop.as_str(),
        };
        route(word(it.via), &it.destination, next_hop, &it.description)
    });
    local.chain(learned).chain(own).collect()
}

/// The word for a type of next hop, or for the one that is nearest to what only the other cloud writes.
fn word(via: Via) -> &'static str {
    let via = match via {
        Via::Ipv6Gateway => Via::Internet,
        via => via,
    };
    let mut types = TYPES.iter();
    types
        .find(|(_, known)| *known == via)
        .map_or("local", |(word, _)| word)
}
