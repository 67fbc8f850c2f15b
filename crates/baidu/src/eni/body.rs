//! The body of a create.

use std::net::Ipv4Addr;

use serde::Deserialize;
use vpcd_dialect::{Call, Refusal};
use vpcd_domain::interface::{self, NewAddress, NewInterface};
use vpcd_domain::port::{NewPort, Port};
use vpcd_domain::subnet::Subnet;
use vpcd_domain::{Context, Fault, Tx, publicip};

use super::view::DIRECT;
use super::{address, group};
use crate::faults::invalid;
use crate::wire::{self, TagWire};

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct CreateWire {
    name: String,
    subnet_id: String,
    instance_id: Option<String>,
    security_group_ids: Option<Vec<String>>,
    enterprise_security_group_ids: Option<Vec<String>>,
    private_ip_set: Vec<PrivateIpWire>,
    ipv6_private_ip_set: Option<Vec<PrivateIpWire>>,
    description: Option<String>,
    tags: Option<Vec<TagWire>>,
    network_interface_traffic_mode: Option<String>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct PrivateIpWire {
    private_ip_address: Option<String>,
    public_ip_address: Option<String>,
    primary: Option<bool>,
}

/// A create, with short ids that are looked up inside the transaction.
#[derive(Clone)]
pub(super) struct Wanted {
    subnet: String,
    groups: Option<Vec<String>>,
    /// Whether these are enterprise groups.
    enterprise: bool,
    new: NewInterface,
    /// Public addresses in the order of the private ones, the first one's first.
    public: Vec<Option<Ipv4Addr>>,
}

pub(super) fn parse(call: &Call<'_>) -> Result<Wanted, Refusal> {
    let wire: CreateWire = wire::body(call)?;
    let some = |ids: Option<Vec<String>>| ids.filter(|ids| !ids.is_empty());
    let groups = some(wire.security_group_ids);
    let enterprise = some(wire.enterprise_security_group_ids);
    if groups.is_some() && enterprise.is_some() {
        return Err(invalid("enterpriseSecurityGroupIds"));
    }
    let (first, further): (Vec<_>, Vec<_>) = wire
        .private_ip_set
        .into_iter()
        .partition(|it| it.primary == Some(true));
    let [first] = first.as_slice() else {
        return Err(invalid("privateIpSet"));
    };
    let vnic_type = match wire.network_interface_traffic_mode.as_deref() {
        None | Some("" | "standard") => "",
        Some("highPerformance") => DIRECT,
        Some(_) => return Err(invalid("networkInterfaceTrafficMode")),
    };
    let mut public = vec![address::public(first.public_ip_address.as_deref())?];
    let mut addresses = Vec::with_capacity(further.len());
    for it in &further {
        public.push(address::public(it.public_ip_address.as_deref())?);
        addresses.push(NewAddress {
            subnet: None,
            pick: address::pick(it.private_ip_address.as_deref(), false)?,
        });
    }
    for it in wire.ipv6_private_ip_set.iter().flatten() {
        if it.primary == Some(true) {
            return Err(invalid("ipv6PrivateIpSet"));
        }
        addresses.push(NewAddress {
            subnet: None,
            pick: address::pick(it.private_ip_address.as_deref(), true)?,
        });
    }
    let new = NewInterface {
        port: NewPort {
            name: wire::title(wire.name, false)?,
            address: address::private(first.private_ip_address.as_deref())?,
            vnic_type: vnic_type.to_owned(),
            ..NewPort::default()
        },
        description: wire::description(wire.description)?.unwrap_or_default(),
        further: addresses,
        public: Vec::new(),
        server: wire.instance_id.filter(|id| !id.is_empty()),
        tags: wire::tags(wire.tags)?,
    };
    Ok(Wanted {
        subnet: wire.subnet_id,
        enterprise: enterprise.is_some(),
        groups: groups.or(enterprise),
        new,
        public,
    })
}

impl Wanted {
    pub(super) fn create(&self, tx: &mut Tx<'_>, cx: &mut Context<'_>) -> Result<Port, Fault> {
        let subnet: Subnet = tx.by_alias(&cx.caller.project, &self.subnet)?;
        let mut new = self.new.clone();
        new.port.subnet = subnet.head.id;
        new.port.security_groups = match &self.groups {
            Some(groups) => Some(group::ids(tx, cx, groups, self.enterprise)?),
            None => None,
        };
        for public in &self.public {
            let id = match public {
                Some(public) => Some(publicip::at(tx, cx, *public)?.head.id),
                None => None,
            };
            new.public.push(id);
        }
        interface::create(tx, cx, new)
    }
}
