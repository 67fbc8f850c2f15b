//! The DHCP options of a VPC: its name servers.

use std::net::Ipv4Addr;

use serde::Deserialize;
use serde_json::json;
use vpcd_dialect::{Call, Refusal, Reply};
use vpcd_domain::condition;
use vpcd_domain::vpc::{Vpc, dhcp};

use super::{alias, change};
use crate::faults::{invalid, refuse};
use crate::wire;

/// Most name servers of one VPC.
const MOST: usize = 4;

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct OptionsWire {
    domain_name_servers: String,
}

/// `POST /v1/vpc/{vpcId}/dhcp`
pub fn create(call: &Call<'_>) -> Result<Reply, Refusal> {
    let servers = servers(call)?;
    if servers.is_empty() {
        return Err(invalid("domainNameServers"));
    }
    change(call, "vpcId", move |tx, cx, vpc: Vpc| {
        dhcp::create(tx, cx, vpc, servers.clone())
    })
}

/// `PUT /v1/vpc/{vpcId}/dhcp`: without servers the options go.
pub fn update(call: &Call<'_>) -> Result<Reply, Refusal> {
    let servers = servers(call)?;
    change(call, "vpcId", move |tx, cx, vpc: Vpc| {
        dhcp::update(tx, cx, vpc, servers.clone())
    })
}

/// `GET /v1/vpc/{vpcId}/dhcp`
pub fn show(call: &Call<'_>) -> Result<Reply, Refusal> {
    let id = call.param("vpcId").to_owned();
    let body = call.read(move |tx, cx| {
        condition::backend_reads(tx, cx)?;
        let vpc: Vpc = tx.by_alias(&cx.caller.project, &id)?;
        let servers: Vec<String> = vpc.name_servers.iter().map(Ipv4Addr::to_string).collect();
        let options = json!({"domainName": "", "domainNameServers": servers.join(",")});
        Ok(json!({"vpcId": alias(&vpc), "dhcpOptions": options}))
    });
    Ok(Reply::json(call.success, body.map_err(refuse)?))
}

fn servers(call: &Call<'_>) -> Result<Vec<Ipv4Addr>, Refusal> {
    let wire: OptionsWire = wire::body(call)?;
    let texts = wire.domain_name_servers.split(',').map(str::trim);
    let servers: Result<Vec<Ipv4Addr>, _> =
        texts.filter(|it| !it.is_empty()).map(str::parse).collect();
    let servers = servers.map_err(|_| invalid("domainNameServers"))?;
    match servers.len() <= MOST {
        true => Ok(servers),
        false => Err(invalid("domainNameServers")),
    }
}
