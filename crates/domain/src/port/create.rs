//! New ports, and where their addresses come from.

use std::net::Ipv4Addr;

use serde_json::Value;
use vpcd_net::Mac;

use super::{Port, Six, refuse_judged, six};
use crate::condition;
use crate::context::Context;
use crate::fault::Fault;
use crate::interface;
use crate::resource::Head;
use crate::security_group;
use crate::subnet::Subnet;
use crate::tx::Tx;

/// Validated input of [`create`].
#[derive(Clone, Debug, Default)]
pub struct NewPort {
    /// The subnet, by UUID.
    pub subnet: String,
    /// Name.
    pub name: String,
    /// Address; any free one when absent.
    pub address: Option<Ipv4Addr>,
    /// Which addresses of IPv6.
    pub ipv6: Six,
    /// Whether it is made for IPv6.
    pub ipv6_first: bool,
    /// What it is for.
    pub device_owner: String,
    /// The device that uses it.
    pub device_id: String,
    /// Security groups; the project's default one when absent.
    pub security_groups: Option<Vec<String>>,
    /// Further addresses that may leave it.
    pub allowed_pairs: Vec<(String, Option<String>)>,
    /// Further DHCP options.
    pub dhcp_options: Vec<(String, Option<String>)>,
    /// Whether nothing judges it; as its network has it when absent.
    pub unguarded: Option<bool>,
    /// How it is plugged in.
    pub vnic_type: String,
    /// What its device keeps with it.
    pub profile: Option<Value>,
}

/// Creates a port with one address of the subnet.
pub fn create(tx: &mut Tx<'_>, cx: &mut Context<'_>, new: NewPort) -> Result<Port, Fault> {
    condition::standing(tx, cx, false)?;
    let subnet: Subnet = tx.get(&cx.caller.project, &new.subnet)?;
    condition::backend_writes(tx, cx)?;
    let unguarded = new.unguarded.unwrap_or(subnet.segment.unguarded);
    let groups = match new.security_groups {
        Some(groups) => security_group::all_fit(tx, cx, &subnet.head.id, groups)?,
        None if unguarded => Vec::new(),
        None => {
            let network = subnet.head.parent.as_deref();
            vec![security_group::default_for(tx, cx, network)?.head.id]
        }
    };
    refuse_judged(unguarded, &groups)?;
    let mut head = Head::new::<Port>(cx, Some(&subnet.head.id));
    head.target = subnet.head.target.clone();
    head.alias = interface::alias(&new.device_owner).map(|prefix| cx.ids.short(prefix));
    let address = assign(tx, &subnet, new.address, &head.id)?;
    let ipv6 = six::assign(tx, cx, &subnet, &new.ipv6, &head.id)?;
    let mac = unused_mac(tx, cx, &head.project)?;
    let port = Port {
        head,
        name: new.name,
        address,
        ipv6,
        ipv6_first: new.ipv6_first,
        mac,
        device_owner: new.device_owner,
        device_id: new.device_id,
        security_groups: groups,
        allowed_pairs: new.allowed_pairs,
        dhcp_options: new.dhcp_options,
        public_ip: None,
        description: String::new(),
        tags: Vec::new(),
        carried: None,
        unguarded,
        vnic_type: new.vnic_type,
        profile: new.profile,
        further: Vec::new(),
        moved: 0,
    };
    tx.insert(&port)?;
    Ok(port)
}

/// Takes an address of the subnet for `owner`: this one, or any that is free.
pub(crate) fn assign(
    tx: &mut Tx<'_>,
    subnet: &Subnet,
    wanted: Option<Ipv4Addr>,
    owner: &str,
) -> Result<Ipv4Addr, Fault> {
    let space = subnet.space();
    let Some(wanted) = wanted else {
        return space.take_any(tx, owner);
    };
    if !subnet.cidr.has(wanted) {
        return Err(Fault::AddressOutside {
            address: wanted.into(),
            space: subnet.head.id.clone(),
        });
    }
    if !subnet.hands_out(wanted) {
        return Err(Fault::AddressReserved {
            address: wanted.into(),
        });
    }
    space.take(tx, wanted, owner)?;
    Ok(wanted)
}

/// A hardware address that no port of the project has.
pub(super) fn unused_mac(
    tx: &mut Tx<'_>,
    cx: &mut Context<'_>,
    project: &str,
) -> Result<String, Fault> {
    loop {
        let mac = Mac::from_serial(cx.ids.number()).to_string();
        if tx.found::<Port>(project, "mac", &mac, None, 1)?.is_empty() {
            return Ok(mac);
        }
    }
}
