//! Subnets, native: each has the id of the address layer of one of ours.

use std::net::Ipv4Addr;

use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use vpcd_dialect::decode::{integer, nullable};
use vpcd_dialect::{Call, Refusal, Reply};
use vpcd_domain::network::{self, LooseSubnet};
use vpcd_domain::subnet::{self, Subnet, SubnetChange};
use vpcd_domain::{Context, Fault, Tx, condition};
use vpcd_net::{Cidr, Family};

use super::wire::{self, Listing};
use crate::faults::neutron::invalid;
use crate::faults::{self, refuse};
use crate::wire::time_v1;

/// Most name servers of a subnet.
const SERVERS: usize = 5;
/// How ports of IPv6 get their addresses.
const MODE: &str = "dhcpv6-stateful";

#[derive(Deserialize)]
struct Body<T> {
    subnet: T,
}

#[derive(Deserialize, Serialize)]
struct PoolWire {
    start: Ipv4Addr,
    end: Ipv4Addr,
}

#[derive(Deserialize, Serialize)]
struct RouteWire {
    destination: Cidr,
    nexthop: Ipv4Addr,
}

#[derive(Deserialize)]
struct CreateWire {
    network_id: String,
    cidr: Cidr,
    name: Option<String>,
    #[serde(default, deserialize_with = "nullable")]
    gateway_ip: Option<Option<Ipv4Addr>>,
    #[serde(default, deserialize_with = "integer")]
    ip_version: Option<i64>,
    ipv6_address_mode: Option<String>,
    ipv6_ra_mode: Option<String>,
    #[serde(flatten)]
    served: ServedWire,
}

#[derive(Deserialize)]
struct UpdateWire {
    name: Option<String>,
    #[serde(flatten)]
    served: ServedWire,
}

/// What create and update share.
#[derive(Deserialize)]
struct ServedWire {
    allocation_pools: Option<Vec<PoolWire>>,
    dns_nameservers: Option<Vec<Ipv4Addr>>,
    host_routes: Option<Vec<RouteWire>>,
    enable_dhcp: Option<bool>,
}

/// `POST /v2.0/subnets`
pub fn create(call: &Call<'_>) -> Result<Reply, Refusal> {
    let Body { subnet: wire } = call
        .body::<Body<CreateWire>>()
        .map_err(|fault| faults::body(call, &fault))?;
    let new = parse(wire)?;
    let made = call
        .write(move |tx, cx| network::create_subnet(tx, cx, new.clone()))
        .map_err(|fault| refuse(call, fault))?;
    Ok(wire::one(call, "subnet", render(&made)))
}

/// `GET /v2.0/subnets/{subnet_id}`
pub fn show(call: &Call<'_>) -> Result<Reply, Refusal> {
    let id = call.param("subnet_id").to_owned();
    let found = call
        .read(move |tx, cx| {
            condition::backend_reads(tx, cx)?;
            network::any_layer(tx, &cx.caller.project, &id)
        })
        .map_err(|fault| refuse(call, fault))?;
    Ok(wire::one(call, "subnet", layer(&found)))
}

/// `GET /v2.0/subnets`
pub fn list(call: &Call<'_>) -> Result<Reply, Refusal> {
    let listing = Listing::of(call)?;
    let network = listing.only("network_id").map(str::to_owned);
    wire::list(call, "subnets", &listing, find, |tx, cx, way, limit| {
        let project = &cx.caller.project;
        if let Some(network) = &network {
            let held = tx.find::<Subnet>(project, network)?;
            let layers = subnet::layers_of(held.into_iter().collect(), way);
            return Ok(layers.iter().take(limit).map(layer).collect());
        }
        let page = match listing.only("name") {
            Some(name) => subnet::layers_named(tx, project, name, way)?,
            None => subnet::layers(tx, project, way, limit)?,
        };
        Ok(page.iter().map(layer).collect())
    })
}

/// `PUT /v2.0/subnets/{subnet_id}`
pub fn update(call: &Call<'_>) -> Result<Reply, Refusal> {
    let id = call.param("subnet_id").to_owned();
    let Body { subnet: wire } = call
        .body::<Body<UpdateWire>>()
        .map_err(|fault| faults::body(call, &fault))?;
    wire::always("enable_dhcp", wire.served.enable_dhcp)?;
    let change = SubnetChange {
        name: wire.name.map(wire::name).transpose()?,
        dns: wire.served.dns_nameservers.map(servers).transpose()?,
        host_routes: wire.served.host_routes.map(routes).transpose()?,
        pools: wire.served.allocation_pools.map(pools),
        ..SubnetChange::default()
    };
    let changed = call
        .write(move |tx, cx| network::update_subnet(tx, cx, &id, change.clone()))
        .map_err(|fault| refuse(call, fault))?;
    Ok(wire::one(call, "subnet", render(&changed)))
}

/// `DELETE /v2.0/subnets/{subnet_id}`
pub fn delete(call: &Call<'_>) -> Result<Reply, Refusal> {
    let id = call.param("subnet_id").to_owned();
    call.write(move |tx, cx| network::delete_subnet(tx, cx, &id))
        .map_err(|fault| refuse(call, fault))?;
    Ok(Reply::empty(call.success))
}

fn parse(wire: CreateWire) -> Result<LooseSubnet, Refusal> {
    wire::always("enable_dhcp", wire.served.enable_dhcp)?;
    if !matches!(wire.ip_version, None | Some(4)) {
        // The platform allots blocks of IPv6 to subnets that are switched to it.
        return Err(invalid("'ip_version' can only be 4"));
    }
    if wire.ipv6_address_mode.is_some() || wire.ipv6_ra_mode.is_some() {
        return Err(invalid("an IPv4 subnet has no IPv6 modes"));
    }
    let gateway = match wire.gateway_ip {
        None => None,
        Some(Some(gateway)) => Some(gateway),
        Some(None) => return Err(invalid("'gateway_ip' cannot be null")),
    };
    Ok(LooseSubnet {
        network: wire.network_id,
        name: wire::name(wire.name.unwrap_or_default())?,
        cidr: wire.cidr,
        gateway,
        dns: servers(wire.served.dns_nameservers.unwrap_or_default())?,
        pools: pools(wire.served.allocation_pools.unwrap_or_default()),
        host_routes: routes(wire.served.host_routes.unwrap_or_default())?,
    })
}

fn servers(mut wire: Vec<Ipv4Addr>) -> Result<Vec<Ipv4Addr>, Refusal> {
    let mut seen = Vec::new();
    wire.retain(|server| {
        let new = !seen.contains(server);
        seen.push(*server);
        new
    });
    match wire.len() <= SERVERS {
        true => Ok(wire),
        false => Err(invalid("'dns_nameservers' has more than 5 entries")),
    }
}

fn pools(wire: Vec<PoolWire>) -> Vec<(Ipv4Addr, Ipv4Addr)> {
    wire.into_iter()
        .map(|pool| (pool.start, pool.end))
        .collect()
}

fn routes(wire: Vec<RouteWire>) -> Result<Vec<(Cidr, Ipv4Addr)>, Refusal> {
    let routes: Vec<(Cidr, Ipv4Addr)> = wire
        .into_iter()
        .map(|route| (route.destination, route.nexthop))
        .collect();
    let twice = |at: usize| routes[..at].iter().any(|it| it.0 == routes[at].0);
    match (0..routes.len()).any(twice) {
        true => Err(invalid("'host_routes' has a destination twice")),
        false => Ok(routes),
    }
}

fn find(tx: &mut Tx<'_>, cx: &mut Context<'_>, id: &str) -> Result<Option<Value>, Fault> {
    let found = subnet::of_any_layer(tx, &cx.caller.project, id)?;
    Ok(found.as_ref().map(layer))
}

/// One of the two address layers of a subnet.
fn layer((subnet, family): &(Subnet, Family)) -> Value {
    let mut item = render(subnet);
    let Some(six) = subnet.ipv6.as_ref().filter(|_| *family == Family::V6) else {
        return item;
    };
    // What the platform allots it hands out itself, all but the routers' addresses.
    let pool = json!({"start": six.cidr.with_host(2), "end": six.cidr.last()});
    item["id"] = json!(six.id);
    item["cidr"] = json!(six.cidr);
    item["ip_version"] = json!(6);
    item["gateway_ip"] = json!(six.gateway);
    item["allocation_pools"] = json!([pool]);
    item["dns_nameservers"] = json!([]);
    item["host_routes"] = json!([]);
    item["ipv6_address_mode"] = json!(MODE);
    item["ipv6_ra_mode"] = json!(MODE);
    item
}

fn render(subnet: &Subnet) -> Value {
    let pools: Vec<PoolWire> = subnet
        .ranges()
        .iter()
        .map(|range| PoolWire {
            start: range.first,
            end: range.last,
        })
        .collect();
    let routes: Vec<RouteWire> = subnet
        .host_routes
        .iter()
        .map(|(destination, nexthop)| RouteWire {
            destination: *destination,
            nexthop: *nexthop,
        })
        .collect();
    json!({
        "id": subnet.layer_id,
        "name": subnet.name,
        "network_id": subnet.head.id,
        "cidr": subnet.cidr,
        "ip_version": 4,
        "gateway_ip": subnet.gateway,
        "enable_dhcp": subnet.dhcp,
        "allocation_pools": pools,
        "dns_nameservers": subnet.dns,
        "host_routes": routes,
        "ipv6_address_mode": null,
        "ipv6_ra_mode": null,
        "subnetpool_id": null,
        "tenant_id": subnet.head.project,
        "project_id": subnet.head.project,
        "created_at": time_v1(subnet.head.created),
        "updated_at": time_v1(subnet.head.updated),
    })
}
