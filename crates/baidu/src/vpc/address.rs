//! The addresses in use inside a VPC: by address, and by the product that uses them.

use std::net::Ipv4Addr;

use serde_json::{Value, json};
use vpcd_dialect::{Call, Refusal, Reply};
use vpcd_domain::port::{self, Port};
use vpcd_domain::subnet::Subnet;
use vpcd_domain::vpc::Vpc;
use vpcd_domain::{Fault, Kind, Tx, condition, interface};
use vpcd_net::Range;

use crate::faults::{invalid, refuse};
use crate::generated::limits::{
    PAGE_RESOURCE_IP_SIZE_DEFAULT, PAGE_RESOURCE_IP_SIZE_MAX, VPC_PRIVATE_IP_QUERY_MAX,
};
use crate::page;
use crate::wire;

/// Owner words of ports by how they begin, and the product that they stand for; other ports are interfaces.
const PRODUCTS: [(&str, &str); 6] = [
    ("compute:", "bcc"),
    ("neutron:LOADBALANCER", "blb"),
    ("network:nat", "nat"),
    ("network:vpn", "vpn"),
    ("network:endpoint", "snic"),
    (port::VIRTUAL, "havip"),
];

/// `GET /v1/vpc/{vpcId}/privateIpAddressInfo`
pub fn private_ips(call: &Call<'_>) -> Result<Reply, Refusal> {
    let (id, asked) = (call.param("vpcId").to_owned(), asked(call)?);
    let found = call.read(move |tx, cx| {
        condition::backend_reads(tx, cx)?;
        let vpc: Vpc = tx.by_alias(&cx.caller.project, &id)?;
        let subnets = tx.children::<Subnet>(&vpc.head.id)?;
        let mut found = Vec::new();
        for address in &asked {
            let Some(subnet) = subnets.iter().find(|subnet| subnet.cidr.has(*address)) else {
                continue;
            };
            if let Some(port) = user(tx, subnet, *address)? {
                found.push(render(subnet, *address, &port));
            }
        }
        Ok(found)
    });
    let found = found.map_err(refuse)?;
    Ok(Reply::json(
        call.success,
        json!({"vpcPrivateIpAddresses": found}),
    ))
}

/// `GET /v1/vpc/resourceIp`
pub fn resource_ips(call: &Call<'_>) -> Result<Reply, Refusal> {
    let text = |key: &str| call.query.get(key).map(str::to_owned);
    let vpc = text("vpcId").ok_or_else(|| invalid("vpcId"))?;
    let (subnet, product) = (text("subnetId"), text("resourceType"));
    let number = page::number(&call.query, "pageNo", 1..=u64::from(u32::MAX), 1)?;
    let sizes = 1..=PAGE_RESOURCE_IP_SIZE_MAX;
    let size = page::number(
        &call.query,
        "pageSize",
        sizes,
        PAGE_RESOURCE_IP_SIZE_DEFAULT,
    )?;
    let used = call.read(move |tx, cx| {
        condition::backend_reads(tx, cx)?;
        let vpc: Vpc = tx.by_alias(&cx.caller.project, &vpc)?;
        let subnets = match &subnet {
            Some(id) => vec![inside(tx.by_alias(&cx.caller.project, id)?, &vpc)?],
            None => tx.children(&vpc.head.id)?,
        };
        let mut used: Vec<(Ipv4Addr, &str)> = Vec::new();
        for subnet in &subnets {
            let ports = tx.children::<Port>(&subnet.head.id)?;
            let tenants = ports.iter().filter(|port| !port.is_system());
            for port in tenants {
                let own = port.addresses_of(&subnet.head.id);
                used.extend(own.map(|address| (address, product_of(port))));
            }
            for port in interface::of_elsewhere(tx, &subnet.head.id)? {
                let own = port.addresses_of(&subnet.head.id);
                used.extend(own.map(|address| (address, product_of(&port))));
            }
        }
        used.retain(|(_, of)| product.as_deref().is_none_or(|product| product == *of));
        used.sort_unstable();
        Ok(used)
    });
    let used = used.map_err(refuse)?;
    let page = used
        .iter()
        .skip((number - 1).saturating_mul(size))
        .take(size);
    let result: Vec<Value> = page
        .map(|(ip, product)| json!({"ip": ip, "resourceType": product}))
        .collect();
    let body = json!({
        "result": result,
        "pageNo": number,
        "pageSize": size,
        "totalCount": used.len(),
    });
    Ok(Reply::json(call.success, body))
}

/// The addresses of the question: a range, which wins, or a list; at most a hundred.
fn asked(call: &Call<'_>) -> Result<Vec<Ipv4Addr>, Refusal> {
    if let Some(range) = call.query.get("privateIpRange") {
        return range_of(range).ok_or_else(|| invalid("privateIpRange"));
    }
    let wrong = || invalid("privateIpAddresses");
    let texts = call.query.all("privateIpAddresses");
    if texts.is_empty() || texts.len() as u64 > VPC_PRIVATE_IP_QUERY_MAX {
        return Err(wrong());
    }
    let mut asked: Vec<Ipv4Addr> = Vec::new();
    for text in texts {
        let address = text.trim().parse().map_err(|_| wrong())?;
        if !asked.contains(&address) {
            asked.push(address);
        }
    }
    Ok(asked)
}

fn range_of(text: &str) -> Option<Vec<Ipv4Addr>> {
    let (first, last) = text.split_once('-')?;
    let (first, last): (Ipv4Addr, Ipv4Addr) =
        (first.trim().parse().ok()?, last.trim().parse().ok()?);
    let few = first <= last && Range::new(first, last).size() <= VPC_PRIVATE_IP_QUERY_MAX;
    few.then(|| {
        (u32::from(first)..=u32::from(last))
            .map(Ipv4Addr::from)
            .collect()
    })
}

/// The port that uses an address; what the platform keeps for itself is nobody's.
fn user(tx: &mut Tx<'_>, subnet: &Subnet, address: Ipv4Addr) -> Result<Option<Port>, Fault> {
    match subnet.space().holder(tx, address)? {
        Some(owner) => tx.find(&subnet.head.project, &owner),
        None => Ok(None),
    }
}

fn inside(subnet: Subnet, vpc: &Vpc) -> Result<Subnet, Fault> {
    match subnet.vpc() == vpc.head.id {
        true => Ok(subnet),
        false => Err(Fault::WrongParent {
            kind: Kind::Subnet,
            id: subnet.head.id,
        }),
    }
}

fn product_of(port: &Port) -> &'static str {
    if port.is_interface() {
        return "enic";
    }
    let known = PRODUCTS
        .iter()
        .find(|(word, _)| port.device_owner.starts_with(word));
    known.map_or("enic", |(_, product)| product)
}

fn render(subnet: &Subnet, address: Ipv4Addr, port: &Port) -> Value {
    json!({
        "privateIpAddress": address,
        "cidr": subnet.cidr,
        // The documented example writes this one in capitals, and the other operation's in small letters.
        "privateIpAddressType": product_of(port).to_ascii_uppercase(),
        "createdTime": wire::time(port.head.created),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ranges_have_an_order_and_an_end() {
        assert_eq!(range_of("10.0.0.255-10.0.1.1").unwrap().len(), 3);
        assert_eq!(range_of("10.0.0.1-10.0.0.100").unwrap().len(), 100);
        for illegal in [
            "10.0.0.1",
            "10.0.0.2-10.0.0.1",
            "10.0.0.1-10.0.0.101",
            "a-b",
            "0.0.0.0-255.255.255.255",
        ] {
            assert!(range_of(illegal).is_none(), "{illegal}");
        }
    }
}
