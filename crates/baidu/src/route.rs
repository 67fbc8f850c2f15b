//! Route tables and their rules.

use std::net::IpAddr;

use serde::Deserialize;
use serde_json::{Value, json};
use vpcd_dialect::{Call, Refusal, Reply};
use vpcd_domain::route_table::{self, Line, NewRoute, Route, RouteTable, Via, rule};
use vpcd_domain::subnet::Subnet;
use vpcd_domain::vpc::Vpc;
use vpcd_domain::{Context, Fault, Kind, Tx, condition};
use vpcd_net::{Family, Prefix};

use crate::etag::{self, Expected};
use crate::faults::{invalid, refuse};
use crate::input::word;
use crate::page::Page;
use crate::vpc::alias;
use crate::wire;

/// Types of next hops in the words of the wire.
const TYPES: [(&str, Via); 9] = [
    ("custom", Via::Instance),
    ("vpn", Via::Vpn),
    ("nat", Via::Nat),
    ("dcGateway", Via::Line),
    ("peerConn", Via::Peering),
    ("enic", Via::Port),
    ("havip", Via::Address),
    ("ipv6gateway", Via::Ipv6Gateway),
    (LOCAL, Via::Local),
];

/// The type of what the network itself routes, and of rules that leave packets to it.
const LOCAL: &str = "defaultGateway";

/// Types of lines in the words of the wire.
const PATHS: [(&str, Line); 4] = [
    ("normal", Line::Only),
    ("ecmp", Line::Shared),
    ("ha:active", Line::Active),
    ("ha:standby", Line::Standby),
];

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct CreateWire {
    route_table_id: String,
    source_address: String,
    destination_address: String,
    nexthop_id: Option<String>,
    nexthop_type: Option<String>,
    next_hop_list: Option<Vec<HopWire>>,
    #[serde(default, deserialize_with = "word")]
    ip_version: Option<String>,
    description: Option<String>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct HopWire {
    nexthop_id: String,
    nexthop_type: String,
    path_type: Option<String>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct UpdateWire {
    // One of the SDKs repeats what the path says.
    #[serde(rename = "routeRuleId")]
    _id: Option<String>,
    source_address: Option<String>,
    destination_address: Option<String>,
    nexthop_id: Option<String>,
    description: Option<String>,
}

/// `POST /v1/route/rule`
pub fn create(call: &Call<'_>) -> Result<Reply, Refusal> {
    let wire: CreateWire = wire::body(call)?;
    let (id, several) = (wire.route_table_id.clone(), wire.next_hop_list.is_some());
    let rules = parse(wire)?;
    let several = several && rules.len() > 1;
    let body = call.write_once(move |tx, cx| {
        let table = table(tx, cx, &id)?;
        let made = rule::create(tx, cx, table, rules.clone())?;
        let ids: Vec<&str> = made.iter().filter_map(|it| it.alias.as_deref()).collect();
        Ok(match several {
            true => json!({"routeRuleIds": ids}),
            false => json!({"routeRuleId": ids.first()}),
        })
    });
    Ok(Reply::json(call.success, body.map_err(refuse)?))
}

/// `GET /v1/route`
pub fn show(call: &Call<'_>) -> Result<Reply, Refusal> {
    let asked = Asked::of(call)?;
    let shown = call.read(move |tx, cx| {
        condition::backend_reads(tx, cx)?;
        let (vpc, table) = asked.find(tx, cx)?;
        let rules = rules(tx, &vpc, &table)?;
        let body = json!({
            "name": table.name,
            "routeTableId": alias(&table),
            "vpcId": alias(&vpc),
            "routeRules": rules.into_iter().map(|(_, rule)| rule).collect::<Vec<_>>(),
        });
        Ok((body, etag::tag(table.head.version)))
    });
    let (body, tag) = shown.map_err(refuse)?;
    Ok(Reply::json(call.success, body).header("ETag", tag))
}

/// `GET /v1/route/rule`
pub fn list(call: &Call<'_>) -> Result<Reply, Refusal> {
    let (page, asked) = (Page::of(call)?, Asked::of(call)?);
    let all = call.read(move |tx, cx| {
        condition::backend_reads(tx, cx)?;
        let (vpc, table) = asked.find(tx, cx)?;
        rules(tx, &vpc, &table)
    });
    let all = all.map_err(refuse)?;
    let (shown, next) = page.cut(&all, |(id, _)| id)?;
    let first = shown.first().map(|(id, _)| id.as_str());
    let rules = shown.iter().map(|(_, rule)| rule.clone()).collect();
    Ok(Reply::json(
        call.success,
        page.listed("routeRules", first, next, rules),
    ))
}

/// `PUT /v1/route/rule/{routeRuleId}`: without a body the switch, since one of the SDKs drops the key that asks for it.
pub fn update(call: &Call<'_>) -> Result<Reply, Refusal> {
    if call.request.body.is_empty() {
        return switch(call);
    }
    let wire: UpdateWire = wire::body(call)?;
    let given = |text: Option<String>| text.filter(|text| !text.is_empty());
    let change = rule::RuleChange {
        source: given(wire.source_address)
            .map(|text| source(&text))
            .transpose()?,
        destination: given(wire.destination_address)
            .map(|text| block("destinationAddress", &text))
            .transpose()?,
        next_hop: given(wire.nexthop_id),
        description: wire::description(wire.description)?,
    };
    let nothing = change.source.is_none()
        && change.destination.is_none()
        && change.next_hop.is_none()
        && change.description.is_none();
    if nothing {
        return Err(invalid("body"));
    }
    one(call, move |tx, cx, id| {
        rule::update(tx, cx, id, change.clone())
    })
}

/// `DELETE /v1/route/rule/{routeRuleId}`
pub fn delete(call: &Call<'_>) -> Result<Reply, Refusal> {
    one(call, rule::delete)
}

/// `PUT /v1/route/rule/{routeRuleId}?switchRouteHA`
pub fn switch(call: &Call<'_>) -> Result<Reply, Refusal> {
    one(call, rule::switch)
}

/// What is asked for: the table of a VPC, or one by its id.
enum Asked {
    OfVpc(String),
    Table(String),
}

impl Asked {
    fn of(call: &Call<'_>) -> Result<Asked, Refusal> {
        let text = |key: &str| call.query.get(key).map(str::to_owned);
        match (text("vpcId"), text("routeTableId")) {
            (Some(vpc), None) => Ok(Asked::OfVpc(vpc)),
            (None, Some(table)) => Ok(Asked::Table(table)),
            _ => Err(invalid("vpcId")),
        }
    }

    fn find(&self, tx: &mut Tx<'_>, cx: &Context<'_>) -> Result<(Vpc, RouteTable), Fault> {
        let project = &cx.caller.project;
        match self {
            Asked::OfVpc(id) => {
                let vpc: Vpc = tx.by_alias(project, id)?;
                let table = route_table::default_of(tx, &vpc.head.id)?;
                Ok((vpc, table))
            }
            Asked::Table(id) => {
                let table = table(tx, cx, id)?;
                Ok((tx.get(project, table.vpc())?, table))
            }
        }
    }
}

/// Does something with the rule that the path names. What the platform routes is nobody's to change.
fn one(
    call: &Call<'_>,
    rule: impl Fn(&mut Tx<'_>, &mut Context<'_>, &str) -> Result<(), Fault> + Send + 'static,
) -> Result<Reply, Refusal> {
    let (id, expected) = (call.param("routeRuleId").to_owned(), Expected::of(call));
    call.write_once(move |tx, cx| {
        if let Some(of) = platforms(&id) {
            table(tx, cx, &of)?;
            return Err(Fault::Unsuitable {
                kind: Kind::RouteTable,
                id: id.clone(),
                reason: "the platform's own",
            });
        }
        let (table, _) = rule::find(tx, cx, &id)?;
        expected.check(&table.head)?;
        rule(tx, cx, &id)?;
        Ok(Value::Null)
    })
    .map_err(refuse)?;
    Ok(Reply::empty(call.success))
}

/// A table by its own short id; those of its rules lead to it too, but do not name it.
fn table(tx: &mut Tx<'_>, cx: &Context<'_>, id: &str) -> Result<RouteTable, Fault> {
    let table: RouteTable = tx.by_alias(&cx.caller.project, id)?;
    match alias(&table) == id {
        true => Ok(table),
        false => Err(Fault::NotFound {
            kind: Kind::RouteTable,
            id: id.to_owned(),
        }),
    }
}

fn parse(wire: CreateWire) -> Result<Vec<NewRoute>, Refusal> {
    let source = block("sourceAddress", &wire.source_address)?;
    let destination = block("destinationAddress", &wire.destination_address)?;
    let family = destination.family();
    // Whoever does not tell the version means that of the addresses: Terraform never tells it.
    if source.family() != family
        || version(wire.ip_version.as_deref())?.is_some_and(|told| told != family)
    {
        return Err(invalid("ipVersion"));
    }
    let source = (source.length() > 0).then_some(source);
    let description = wire::description(wire.description)?;
    let rule = |via: Via, next_hop: String, line: Line| NewRoute {
        source,
        destination,
        via,
        next_hop,
        description: description.clone(),
        strict: true,
        line,
    };
    let Some(hops) = wire.next_hop_list.filter(|hops| !hops.is_empty()) else {
        let via = via(&wire.nexthop_type.unwrap_or_default())?;
        let next_hop = wire.nexthop_id.filter(|id| !id.is_empty());
        let next_hop = match via {
            Via::Local => String::new(),
            _ => next_hop.ok_or_else(|| invalid("nexthopId"))?,
        };
        return Ok(vec![rule(via, next_hop, Line::Only)]);
    };
    let mut rules = Vec::with_capacity(hops.len());
    for hop in hops {
        let word = hop.path_type.as_deref().unwrap_or(PATHS[0].0);
        let path = PATHS.iter().find(|(known, _)| *known == word);
        let (_, line) = path.ok_or_else(|| invalid("pathType"))?;
        rules.push(rule(via(&hop.nexthop_type)?, hop.nexthop_id, *line));
    }
    let count = |line| rules.iter().filter(|rule| rule.line == line).count();
    let all = rules.len();
    let legal = match all {
        1 => count(Line::Only) == 1,
        // One in use and one in reserve, or several that share.
        _ => {
            count(Line::Shared) == all
                || (all == 2 && count(Line::Active) == 1 && count(Line::Standby) == 1)
        }
    };
    match legal {
        true => Ok(rules),
        false => Err(invalid("nextHopList")),
    }
}

fn via(word: &str) -> Result<Via, Refusal> {
    let known = TYPES.iter().find(|(known, _)| *known == word);
    known
        .map(|(_, via)| *via)
        .ok_or_else(|| invalid("nexthopType"))
}

/// A block of either family.
fn block(field: &'static str, text: &str) -> Result<Prefix, Refusal> {
    Prefix::exact(text).map_err(|_| invalid(field))
}

/// Where packets must come from; nothing where they may come from anywhere.
fn source(text: &str) -> Result<Option<Prefix>, Refusal> {
    let source = block("sourceAddress", text)?;
    Ok((source.length() > 0).then_some(source))
}

/// The version of IP that a client told, as text or as a number.
fn version(told: Option<&str>) -> Result<Option<Family>, Refusal> {
    match told.unwrap_or_default().to_ascii_lowercase().as_str() {
        "" => Ok(None),
        "4" | "ipv4" => Ok(Some(Family::V4)),
        "6" | "ipv6" => Ok(Some(Family::V6)),
        _ => Err(invalid("ipVersion")),
    }
}

/// The rules of a table with their ids: what the platform routes, what VPN connections brought, what tenants wrote.
fn rules(tx: &mut Tx<'_>, vpc: &Vpc, table: &RouteTable) -> Result<Vec<(String, Value)>, Fault> {
    let mut local: Vec<Prefix> = vpc.blocks().collect();
    if vpc.cidr.is_none() {
        // A network of the other cloud may do without blocks of its own.
        let subnets = tx.children::<Subnet>(&vpc.head.id)?;
        local.extend(subnets.iter().map(|subnet| Prefix::from(subnet.cidr)));
    }
    let mut rules = Vec::new();
    for block in local {
        rules.push(platform(table, block, LOCAL, ""));
    }
    for (block, gateway) in route_table::learned(tx, table)? {
        rules.push(platform(table, block, "vpn", &gateway));
    }
    for route in &table.routes {
        let next_hop = rule::name_of(tx, table, route)?;
        let id = route.alias.clone().unwrap_or_default();
        rules.push((id, render(table, route, &next_hop)));
    }
    Ok(rules)
}

/// A rule that nobody wrote. Its id tells the table and the destination, so that it stays what it is.
fn platform(table: &RouteTable, block: Prefix, word: &str, next_hop: &str) -> (String, Value) {
    let suffix = alias(table).trim_start_matches("rt-");
    let base = match block.base() {
        IpAddr::V4(base) => format!("{:08x}", u32::from(base)),
        IpAddr::V6(base) => format!("{:032x}", u128::from(base)),
    };
    let id = format!("rr-{suffix}{base}{:02x}", block.length());
    let rule = json!({
        "routeRuleId": id,
        "routeTableId": alias(table),
        "sourceAddress": Prefix::all(block.family()),
        "destinationAddress": block,
        "nexthopId": next_hop,
        "nexthopType": word,
        "description": "",
        "pathType": PATHS[0].0,
    });
    (id, rule)
}

/// How long the ids of rules are that nobody wrote, without what all ids begin with: of IPv4, of IPv6.
const PLATFORMS: [usize; 2] = [22, 46];

/// The table whose rule an id is that nobody wrote.
fn platforms(id: &str) -> Option<String> {
    let suffix = id.strip_prefix("rr-");
    let suffix = suffix.filter(|it| PLATFORMS.contains(&it.len()))?;
    Some(format!("rt-{}", suffix.get(..12)?))
}

fn render(table: &RouteTable, route: &Route, next_hop: &str) -> Value {
    let anywhere = Prefix::all(route.destination.family());
    // What only the other cloud knows is a next hop of a tenant's own here.
    let known = TYPES.iter().find(|(_, via)| *via == route.via);
    let path = PATHS.iter().find(|(_, line)| *line == route.line);
    json!({
        "routeRuleId": route.alias,
        "routeTableId": alias(table),
        "sourceAddress": route.source.unwrap_or(anywhere),
        "destinationAddress": route.destination,
        "nexthopId": next_hop,
        "nexthopType": known.map_or(TYPES[0].0, |(word, _)| *word),
        "description": route.description,
        "pathType": path.map_or(PATHS[0].0, |(word, _)| *word),
    })
}
