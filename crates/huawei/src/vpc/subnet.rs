//! Subnets, v1.

use std::net::Ipv4Addr;

use serde::Deserialize;
use serde_json::{Value, json};
use vpcd_dialect::{Call, Refusal, Reply};
use vpcd_domain::subnet::{self, NewSubnet, Subnet, SubnetChange};
use vpcd_domain::{State, condition};

use crate::faults::{self, invalid, refuse};
use crate::generated::errors;
use crate::wire::{self, is_description, is_name, is_uuid, time_v1};

#[derive(Deserialize)]
struct Body<T> {
    subnet: T,
}

#[derive(Deserialize)]
struct OptionWire {
    opt_name: String,
    opt_value: Option<String>,
}

#[derive(Deserialize)]
struct CreateWire {
    name: Option<String>,
    description: Option<String>,
    cidr: Option<String>,
    vpc_id: Option<String>,
    gateway_ip: Option<String>,
    ipv6_enable: Option<bool>,
    dhcp_enable: Option<bool>,
    availability_zone: Option<String>,
    tags: Option<Vec<String>>,
    extra_dhcp_opts: Option<Vec<OptionWire>>,
    #[serde(flatten)]
    dns: DnsWire,
}

#[derive(Deserialize)]
struct UpdateWire {
    name: Option<String>,
    description: Option<String>,
    ipv6_enable: Option<bool>,
    dhcp_enable: Option<bool>,
    extra_dhcp_opts: Option<Vec<OptionWire>>,
    #[serde(flatten)]
    dns: DnsWire,
}

#[derive(Deserialize)]
struct DnsWire {
    primary_dns: Option<String>,
    secondary_dns: Option<String>,
    #[serde(rename = "dnsList")]
    list: Option<Vec<String>>,
}

/// `POST /v1/{project_id}/subnets`
pub fn create(call: &Call<'_>) -> Result<Reply, Refusal> {
    let Body { subnet: wire } = call
        .body::<Body<CreateWire>>()
        .map_err(|fault| faults::body(call, &fault))?;
    let new = parse(call, wire)?;
    let (subnet, free) = call
        .write(move |tx, cx| {
            let subnet = subnet::create(tx, cx, new.clone())?;
            let free = subnet.space().free(tx)?;
            Ok((subnet, free))
        })
        .map_err(|fault| refuse(call, fault))?;
    Ok(Reply::json(
        call.success,
        json!({"subnet": render(&subnet, free)}),
    ))
}

/// `GET /v1/{project_id}/subnets/{subnet_id}`
pub fn show(call: &Call<'_>) -> Result<Reply, Refusal> {
    let id = uuid(call, "subnet_id")?;
    let shown = call.read(move |tx, cx| {
        let subnet = subnet::show(tx, cx, &id)?;
        let free = subnet.space().free(tx)?;
        Ok((subnet, free))
    });
    let (subnet, free) = shown.map_err(|fault| refuse(call, fault))?;
    Ok(Reply::json(
        call.success,
        json!({"subnet": render(&subnet, free)}),
    ))
}

/// `GET /v1/{project_id}/subnets`
pub fn list(call: &Call<'_>) -> Result<Reply, Refusal> {
    let page = wire::page(call).map_err(|field| invalid(call.group, field))?;
    let vpc = call.query.get("vpc_id").map(str::to_owned);
    if vpc.as_deref().is_some_and(|vpc| !is_uuid(vpc)) {
        return Err(invalid(call.group, "vpc_id"));
    }
    let subnets = call
        .read(move |tx, cx| {
            condition::backend_reads(tx, cx)?;
            let (project, marker) = (&cx.caller.project, page.marker.as_deref());
            let subnets: Vec<Subnet> = match &vpc {
                Some(vpc) => tx.children_page(vpc, marker, page.limit)?,
                None => tx.list(project, marker, page.limit)?,
            };
            let mine = subnets
                .into_iter()
                .filter(|subnet| subnet.head.project == *project);
            mine.map(|subnet| Ok((subnet.space().free(tx)?, subnet)))
                .collect::<Result<Vec<_>, _>>()
        })
        .map_err(|fault| refuse(call, fault))?;
    let rendered: Vec<Value> = subnets
        .iter()
        .map(|(free, subnet)| render(subnet, *free))
        .collect();
    Ok(Reply::json(call.success, json!({"subnets": rendered})))
}

/// `PUT /v1/{project_id}/vpcs/{vpc_id}/subnets/{subnet_id}`
pub fn update(call: &Call<'_>) -> Result<Reply, Refusal> {
    let (vpc, id) = (uuid(call, "vpc_id")?, uuid(call, "subnet_id")?);
    let Body { subnet: wire } = call
        .body::<Body<UpdateWire>>()
        .map_err(|fault| faults::body(call, &fault))?;
    let name = wire
        .name
        .filter(|name| is_name(name, 1))
        .ok_or_else(|| invalid(call.group, "name"))?;
    if wire
        .description
        .as_deref()
        .is_some_and(|text| !is_description(text))
    {
        return Err(invalid(call.group, "description"));
    }
    let change = SubnetChange {
        name: Some(name),
        description: wire.description,
        dhcp: wire.dhcp_enable,
        dns: dns(call, wire.dns)?,
        dhcp_options: wire
            .extra_dhcp_opts
            .map(|options| dhcp_options(call, options))
            .transpose()?,
        ipv6: wire.ipv6_enable,
        ..SubnetChange::default()
    };
    let subnet = call
        .write(move |tx, cx| subnet::update(tx, cx, Some(&vpc), &id, change.clone()))
        .map_err(|fault| refuse(call, fault))?;
    let shown = json!({"id": subnet.head.id, "status": "ACTIVE"});
    Ok(Reply::json(call.success, json!({"subnet": shown})))
}

/// `DELETE /v1/{project_id}/vpcs/{vpc_id}/subnets/{subnet_id}`
pub fn delete(call: &Call<'_>) -> Result<Reply, Refusal> {
    let (vpc, id) = (uuid(call, "vpc_id")?, uuid(call, "subnet_id")?);
    call.write(move |tx, cx| subnet::delete(tx, cx, Some(&vpc), &id))
        .map_err(|fault| refuse(call, fault))?;
    Ok(Reply::empty(call.success))
}

/// The order of checks is VPC.0002, 0201, 0212; the domain goes on from there.
fn parse(call: &Call<'_>, wire: CreateWire) -> Result<NewSubnet, Refusal> {
    let zone = wire.availability_zone;
    if zone.as_deref().is_some_and(|zone| zone.trim().is_empty()) {
        return Err(Refusal::new(errors::COMMON_0002));
    }
    let wrong = |field: &str| invalid(call.group, field);
    let name = wire
        .name
        .filter(|name| is_name(name, 1))
        .ok_or_else(|| wrong("name"))?;
    let vpc = wire
        .vpc_id
        .filter(|vpc| is_uuid(vpc))
        .ok_or_else(|| wrong("vpc_id"))?;
    let description = wire.description.unwrap_or_default();
    if !is_description(&description) {
        return Err(wrong("description"));
    }
    let gateway: Ipv4Addr = wire
        .gateway_ip
        .and_then(|text| text.parse().ok())
        .ok_or_else(|| wrong("gateway_ip"))?;
    let dns = dns(call, wire.dns)?.unwrap_or_default();
    let dhcp_options = dhcp_options(call, wire.extra_dhcp_opts.unwrap_or_default())?;
    let tags = wire::starred_tags(&wire.tags.unwrap_or_default()).ok_or_else(|| wrong("tags"))?;
    let cidr = wire.cidr.and_then(|text| text.parse().ok());
    Ok(NewSubnet {
        vpc,
        name,
        description,
        cidr: cidr.ok_or_else(|| Refusal::new(errors::CREATE_SUBNET_0212))?,
        gateway: Some(gateway),
        dhcp: wire.dhcp_enable.unwrap_or(true),
        dns,
        dhcp_options,
        zone: zone.unwrap_or_default(),
        purpose: String::new(),
        ipv6: wire.ipv6_enable.unwrap_or(false),
        tags,
    })
}

/// The union of the three fields, at most five; `None` when the call names none of them.
fn dns(call: &Call<'_>, wire: DnsWire) -> Result<Option<Vec<Ipv4Addr>>, Refusal> {
    if wire.primary_dns.is_none() && wire.secondary_dns.is_none() && wire.list.is_none() {
        return Ok(None);
    }
    let mut servers = Vec::new();
    let named = wire
        .primary_dns
        .into_iter()
        .chain(wire.secondary_dns)
        .chain(wire.list.into_iter().flatten());
    for text in named.filter(|text| !text.is_empty()) {
        let server: Ipv4Addr = text.parse().map_err(|_| invalid(call.group, "dnsList"))?;
        if !servers.contains(&server) {
            servers.push(server);
        }
    }
    if servers.len() > 5 {
        return Err(invalid(call.group, "dnsList"));
    }
    Ok(Some(servers))
}

fn dhcp_options(
    call: &Call<'_>,
    wire: Vec<OptionWire>,
) -> Result<Vec<(String, Option<String>)>, Refusal> {
    let legal = |option: &OptionWire| match (option.opt_name.as_str(), option.opt_value.as_deref())
    {
        ("ntp" | "addresstime" | "ipv6_addresstime" | "domainname", None) => true,
        ("ntp", Some(text)) => {
            let servers: Vec<&str> = text.split(',').map(str::trim).collect();
            let distinct = servers
                .iter()
                .enumerate()
                .all(|(at, server)| !servers[..at].contains(server));
            servers.len() <= 4
                && distinct
                && servers
                    .iter()
                    .all(|server| server.parse::<Ipv4Addr>().is_ok())
        }
        ("addresstime" | "ipv6_addresstime", Some(text)) => {
            let hours = text
                .strip_suffix('h')
                .and_then(|hours| hours.parse::<u32>().ok());
            text == "-1" || hours.is_some_and(|hours| (1..=30_000).contains(&hours))
        }
        ("domainname", Some(text)) => !text.is_empty(),
        _ => false,
    };
    match wire.iter().all(legal) {
        true => Ok(wire
            .into_iter()
            .map(|option| (option.opt_name, option.opt_value))
            .collect()),
        false => Err(invalid(call.group, "extra_dhcp_opts")),
    }
}

fn uuid(call: &Call<'_>, name: &'static str) -> Result<String, Refusal> {
    let id = call.param(name);
    if is_uuid(id) {
        Ok(id.to_owned())
    } else {
        Err(invalid(call.group, name))
    }
}

fn render(subnet: &Subnet, free: u64) -> Value {
    let server = |at: usize| {
        subnet
            .dns
            .get(at)
            .map(ToString::to_string)
            .unwrap_or_default()
    };
    let options: Vec<Value> = subnet
        .dhcp_options
        .iter()
        .map(|(name, value)| json!({"opt_name": name, "opt_value": value}))
        .collect();
    let mut item = json!({
        "id": subnet.head.id,
        "name": subnet.name,
        "description": subnet.description,
        "cidr": subnet.cidr,
        "gateway_ip": subnet.gateway,
        "ipv6_enable": subnet.ipv6.is_some(),
        "dhcp_enable": subnet.dhcp,
        "primary_dns": server(0),
        "secondary_dns": server(1),
        "dnsList": subnet.dns,
        "availability_zone": subnet.zone,
        "vpc_id": subnet.vpc(),
        "status": status(subnet),
        "neutron_network_id": subnet.head.id,
        "neutron_subnet_id": subnet.layer_id,
        "extra_dhcp_opts": options,
        "tenant_id": subnet.head.project,
        "created_at": time_v1(subnet.head.created),
        "updated_at": time_v1(subnet.head.updated),
        "enable_network_address_usage_metrics": false,
        "available_ip_address_count": free,
    });
    // Absent where there is no IPv6.
    if let Some(six) = &subnet.ipv6 {
        item["cidr_v6"] = json!(six.cidr);
        item["gateway_ip_v6"] = json!(six.gateway);
        item["neutron_subnet_id_v6"] = json!(six.id);
    }
    item
}

/// UNKNOWN is also the word for one that is in no VPC.
fn status(subnet: &Subnet) -> &'static str {
    match subnet.head.state() {
        _ if subnet.head.parent.is_none() => "UNKNOWN",
        State::Creating => "UNKNOWN",
        State::Active | State::Updating => "ACTIVE",
        State::Deleting | State::Failed | State::Frozen => "ERROR",
    }
}
