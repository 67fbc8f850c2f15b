//! The older routes, v2.0: the routes of a network's default table that lead to peerings, one by one.

use serde::Deserialize;
use serde_json::{Value, json};
use vpcd_dialect::{Call, Refusal, Reply};
use vpcd_domain::route_table::{self, Line, NewRoute, Route, RouteTable, TableChange, Via};
use vpcd_domain::vpc::Vpc;
use vpcd_domain::{Context, Fault, Tx, condition};
use vpcd_net::Prefix;

use crate::faults::{self, invalid, refuse};
use crate::wire::{self, is_uuid};

/// A route with the table that holds it.
type Shown = (RouteTable, Route);

#[derive(Deserialize)]
struct Body {
    route: CreateWire,
}

#[derive(Deserialize)]
struct CreateWire {
    destination: String,
    nexthop: String,
    #[serde(rename = "type")]
    via: String,
    vpc_id: String,
}

/// `POST /v2.0/vpc/routes`
pub fn create(call: &Call<'_>) -> Result<Reply, Refusal> {
    let Body { route: wire } = call.body().map_err(|fault| faults::body(call, &fault))?;
    let wrong = |field: &str| invalid(call.group, field);
    if wire.via != "peering" {
        return Err(wrong("type"));
    }
    for (id, field) in [(&wire.nexthop, "nexthop"), (&wire.vpc_id, "vpc_id")] {
        if !is_uuid(id) {
            return Err(wrong(field));
        }
    }
    let destination = Prefix::exact(&wire.destination).map_err(|_| wrong("destination"))?;
    let new = NewRoute {
        destination,
        via: Via::Peering,
        next_hop: wire.nexthop,
        description: None,
        strict: true,
        source: None,
        line: Line::Only,
    };
    let vpc = wire.vpc_id;
    let table = call
        .write(move |tx, cx| {
            let vpc: Vpc = tx.get(&cx.caller.project, &vpc)?;
            let table = route_table::default_of(tx, &vpc.head.id)?;
            let change = TableChange {
                add: vec![new.clone()],
                ..TableChange::default()
            };
            route_table::update(tx, cx, &table.head.id, change)
        })
        .map_err(|fault| refuse(call, fault))?;
    // The one that was written last: others may lead there for certain senders.
    let route = table
        .routes
        .iter()
        .rfind(|it| it.destination == destination);
    let rendered = route.map(|route| render(&table, route));
    Ok(Reply::json(call.success, json!({"route": rendered})))
}

/// `GET /v2.0/vpc/routes/{route_id}`
pub fn show(call: &Call<'_>) -> Result<Reply, Refusal> {
    let id = call.param("route_id").to_owned();
    let (table, route) = call
        .read(move |tx, cx| {
            condition::backend_reads(tx, cx)?;
            route_table::to_peering(tx, &cx.caller.project, &id)
        })
        .map_err(|fault| refuse(call, fault))?;
    let body = json!({"route": render(&table, &route)});
    Ok(Reply::json(call.success, body))
}

/// `GET /v2.0/vpc/routes`
pub fn list(call: &Call<'_>) -> Result<Reply, Refusal> {
    let page = wire::page(call).map_err(|field| invalid(call.group, field))?;
    let filter = Filter::of(call);
    let (limit, marker) = (page.limit, page.marker.clone());
    let mut shown = call
        .read(move |tx, cx| {
            condition::backend_reads(tx, cx)?;
            filter.found(tx, cx, marker.clone(), limit + 1)
        })
        .map_err(|fault| refuse(call, fault))?;
    let more = shown.len() > limit;
    shown.truncate(limit);
    let ids = shown.iter().map(|(_, route)| route.id.as_str());
    let links = wire::page_links(call, ids, more);
    let routes: Vec<Value> = shown
        .iter()
        .map(|(table, route)| render(table, route))
        .collect();
    let mut body = json!({"routes": routes});
    if let Some(links) = links {
        body["routes_links"] = links;
    }
    Ok(Reply::json(call.success, body))
}

/// `DELETE /v2.0/vpc/routes/{route_id}`
pub fn delete(call: &Call<'_>) -> Result<Reply, Refusal> {
    let id = call.param("route_id").to_owned();
    call.write(move |tx, cx| route_table::remove_to_peering(tx, cx, &id))
        .map_err(|fault| refuse(call, fault))?;
    Ok(Reply::empty(call.success))
}

/// The filters of a list.
struct Filter {
    id: Option<String>,
    via: Option<String>,
    vpc: Option<String>,
    destination: Option<String>,
    project: Option<String>,
}

impl Filter {
    fn of(call: &Call<'_>) -> Filter {
        let text = |key| call.query.get(key).map(str::to_owned);
        Filter {
            id: text("id"),
            via: text("type"),
            vpc: text("vpc_id"),
            destination: text("destination"),
            project: text("tenant_id"),
        }
    }

    fn wants(&self, (table, route): &Shown) -> bool {
        let same = |wanted: &Option<String>, value: &str| {
            wanted.as_deref().is_none_or(|wanted| wanted == value)
        };
        same(&self.id, &route.id)
            && same(&self.via, "peering")
            && same(&self.vpc, table.vpc())
            && same(&self.destination, &route.destination.to_string())
            && same(&self.project, &table.head.project)
    }

    /// Up to `limit` routes after the marker, read from where a filter points.
    fn found(
        &self,
        tx: &mut Tx<'_>,
        cx: &Context<'_>,
        mut after: Option<String>,
        limit: usize,
    ) -> Result<Vec<Shown>, Fault> {
        let project = &cx.caller.project;
        if let Some(vpc) = &self.vpc {
            return self.of_network(tx, project, vpc, after, limit);
        }
        let mut found = Vec::new();
        while found.len() < limit {
            let ask = (limit - found.len()).max(64);
            let page = route_table::to_peerings(tx, project, after.as_deref(), ask)?;
            let short = page.len() < ask;
            after = page.last().map(|(_, route)| route.id.clone());
            found.extend(page.into_iter().filter(|shown| self.wants(shown)));
            if short {
                break;
            }
        }
        found.truncate(limit);
        Ok(found)
    }

    fn of_network(
        &self,
        tx: &mut Tx<'_>,
        project: &str,
        vpc: &str,
        after: Option<String>,
        limit: usize,
    ) -> Result<Vec<Shown>, Fault> {
        if tx.find::<Vpc>(project, vpc)?.is_none() {
            return Ok(Vec::new());
        }
        let table = route_table::default_of(tx, vpc)?;
        let routes = table.routes.iter().filter(|it| it.via == Via::Peering);
        let mut routes: Vec<Route> = routes.cloned().collect();
        routes.sort_by(|a, b| a.id.cmp(&b.id));
        let shown = routes.into_iter().map(|route| (table.clone(), route));
        Ok(shown
            .filter(|(_, route)| after.as_ref().is_none_or(|after| route.id > *after))
            .filter(|shown| self.wants(shown))
            .take(limit)
            .collect())
    }
}

fn render(table: &RouteTable, route: &Route) -> Value {
    json!({
        "id": route.id,
        "type": "peering",
        "destination": route.destination,
        "nexthop": route.next_hop,
        "vpc_id": table.vpc(),
        "tenant_id": table.head.project,
    })
}
