//! Interfaces as this cloud shows them.

use std::collections::BTreeMap;

use serde_json::{Value, json};
use vpcd_domain::interface::Status;
use vpcd_domain::port::Port;
use vpcd_domain::publicip::PublicIp;
use vpcd_domain::registration::Registration;
use vpcd_domain::security_group::SecurityGroup;
use vpcd_domain::subnet::Subnet;
use vpcd_domain::vpc::Vpc;
use vpcd_domain::{Fault, Resource, Tx};

use crate::wire;

/// How interfaces of direct memory access are plugged in.
pub(super) const DIRECT: &str = "direct";

/// How the ids of enterprise groups begin.
const ENTERPRISE: &str = "esg-";

/// What several interfaces of one answer share is read once.
#[derive(Default)]
pub(super) struct View {
    /// Zone, short id and the VPC's short id of subnets.
    subnets: BTreeMap<String, (String, String, String)>,
    /// Short ids of groups and servers.
    names: BTreeMap<String, String>,
}

/// The word of an interface's status.
pub(super) fn status(port: &Port) -> &'static str {
    match port.status() {
        Status::Available => "available",
        Status::Attaching => "attaching",
        Status::InUse => "inuse",
        Status::Detaching => "detaching",
    }
}

/// Whether a list that asks for addresses wants the port: one is the end of an address, of several one is enough.
pub(super) fn has_address(port: &Port, wanted: &[String]) -> bool {
    let six = port.ipv6.iter().map(|address| address.to_string());
    let mut own = port
        .addresses()
        .map(|address| address.to_string())
        .chain(six);
    match wanted {
        [] => true,
        [end] => own.any(|address| address.ends_with(end.as_str())),
        several => own.any(|address| several.contains(&address)),
    }
}

impl View {
    pub(super) fn render(&mut self, tx: &mut Tx<'_>, port: &Port) -> Result<Value, Fault> {
        let (zone, subnet, vpc) = self.place(tx, port)?;
        let server = match port.device_id.as_str() {
            "" => String::new(),
            id => self.name::<Registration>(tx, id)?,
        };
        let (mut groups, mut enterprise) = (Vec::new(), Vec::new());
        for id in &port.security_groups {
            let name = self.name::<SecurityGroup>(tx, id)?;
            match name.starts_with(ENTERPRISE) {
                true => enterprise.push(name),
                false => groups.push(name),
            }
        }
        let mut addresses = Vec::new();
        for (at, address) in port.addresses().enumerate() {
            let public_ip = match port.public_ip_at(address) {
                Some(Some(id)) => tx.any::<PublicIp>(id)?.map(|it| it.address.to_string()),
                _ => None,
            };
            addresses.push(json!({
                "publicIpAddress": public_ip.unwrap_or_default(),
                "primary": at == 0,
                "privateIpAddress": address,
            }));
        }
        let sixes = port.ipv6.iter().map(
            |address| json!({"publicIpAddress": "", "primary": false, "privateIpAddress": address}),
        );
        let mode = if port.vnic_type == DIRECT {
            "highPerformance"
        } else {
            "standard"
        };
        Ok(json!({
            "eniId": port.head.alias,
            "name": port.name,
            "zoneName": zone,
            "description": port.description,
            "instanceId": server,
            "macAddress": port.mac,
            "vpcId": vpc,
            "subnetId": subnet,
            "status": status(port),
            "privateIpSet": addresses,
            "ipv6PrivateIpSet": sixes.collect::<Vec<_>>(),
            "securityGroupIds": groups,
            "enterpriseSecurityGroupIds": enterprise,
            "createdTime": wire::time(port.head.created),
            "tags": wire::rendered_tags(&port.tags),
            "networkInterfaceTrafficMode": mode,
        }))
    }

    fn place(&mut self, tx: &mut Tx<'_>, port: &Port) -> Result<(String, String, String), Fault> {
        if let Some(known) = self.subnets.get(port.subnet()) {
            return Ok(known.clone());
        }
        let Some(subnet) = tx.any::<Subnet>(port.subnet())? else {
            return Ok(Default::default());
        };
        let vpc = self.name::<Vpc>(tx, subnet.vpc())?;
        let place = (subnet.zone, subnet.head.alias.unwrap_or_default(), vpc);
        self.subnets.insert(port.subnet().to_owned(), place.clone());
        Ok(place)
    }

    /// The short id of a resource, or what it is known by without one.
    fn name<T: Resource>(&mut self, tx: &mut Tx<'_>, id: &str) -> Result<String, Fault> {
        if let Some(known) = self.names.get(id) {
            return Ok(known.clone());
        }
        let alias = tx.any::<T>(id)?.and_then(|it| it.head().alias.clone());
        let name = alias.unwrap_or_else(|| id.to_owned());
        self.names.insert(id.to_owned(), name.clone());
        Ok(name)
    }
}
