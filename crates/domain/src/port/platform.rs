//! The platform's own ports: the gateway's, by which a network reaches into a subnet, and DHCP's.

use std::net::{Ipv4Addr, Ipv6Addr};

use vpcd_store::claim;

use super::{DHCP, GATEWAYS, Port, ROUTER, discard, unused_mac};
use crate::context::Context;
use crate::fault::Fault;
use crate::resource::Head;
use crate::subnet::Subnet;
use crate::tx::Tx;

/// The ports that come with a subnet: the gateway's, once it is in a network, and, where the platform keeps an
/// address for it, DHCP's.
pub fn create_system(tx: &mut Tx<'_>, cx: &mut Context<'_>, subnet: &Subnet) -> Result<(), Fault> {
    if subnet.head.parent.is_some() {
        create_gateway(tx, cx, subnet)?;
    }
    let dhcp = subnet
        .cidr
        .nth_back(1)
        .filter(|address| *address != subnet.gateway && subnet.reserved.contains(address));
    match dhcp {
        Some(address) => platforms(tx, cx, subnet, DHCP, address).map(drop),
        None => Ok(()),
    }
}

/// The port by which a subnet's network reaches into it.
pub fn create_gateway(
    tx: &mut Tx<'_>,
    cx: &mut Context<'_>,
    subnet: &Subnet,
) -> Result<Port, Fault> {
    platforms(tx, cx, subnet, ROUTER, subnet.gateway)
}

/// Makes a tenant's port the one by which the network reaches into its subnet.
pub fn make_gateway(
    tx: &mut Tx<'_>,
    cx: &Context<'_>,
    port: &mut Port,
    vpc: &str,
) -> Result<(), Fault> {
    port.device_owner = ROUTER.to_owned();
    port.device_id = vpc.to_owned();
    port.security_groups.clear();
    tx.change(cx, port)?;
    claim::take(tx.rows(), GATEWAYS, port.subnet(), &port.head.id)?;
    Ok(())
}

/// Removes a platform's port; an address of the tenants' that it had is free again.
pub fn discard_platforms(tx: &mut Tx<'_>, subnet: &Subnet, port: &Port) -> Result<(), Fault> {
    match subnet.reserved.contains(&port.address) {
        true => tx.remove(port),
        false => discard(tx, port),
    }
}

/// Gives the port of a subnet's gateway the address that the subnet's IPv6 has for it, or takes it away.
pub fn follow_gateway(tx: &mut Tx<'_>, cx: &Context<'_>, subnet: &Subnet) -> Result<(), Fault> {
    let Some(id) = super::gateway_of(tx, &subnet.head.id)? else {
        return Ok(());
    };
    let Some(mut port) = tx.any::<Port>(&id)? else {
        return Ok(());
    };
    port.ipv6 = gateway6(subnet, ROUTER);
    tx.change(cx, &mut port)
}

/// The gateway's address of IPv6; the platform keeps it in every subnet, so it is not claimed.
fn gateway6(subnet: &Subnet, owner: &str) -> Vec<Ipv6Addr> {
    let layer = subnet.ipv6.iter().filter(|_| owner == ROUTER);
    layer.map(|it| it.gateway).collect()
}

fn platforms(
    tx: &mut Tx<'_>,
    cx: &mut Context<'_>,
    subnet: &Subnet,
    owner: &str,
    address: Ipv4Addr,
) -> Result<Port, Fault> {
    let mut head = Head::new::<Port>(cx, Some(&subnet.head.id));
    head.target = subnet.head.target.clone();
    let device = (owner == ROUTER).then(|| subnet.vpc().to_owned());
    let port = Port {
        mac: unused_mac(tx, cx, &head.project)?,
        head,
        name: String::new(),
        address,
        ipv6: gateway6(subnet, owner),
        ipv6_first: false,
        device_owner: owner.to_owned(),
        device_id: device.unwrap_or_default(),
        security_groups: Vec::new(),
        allowed_pairs: Vec::new(),
        dhcp_options: Vec::new(),
        public_ip: None,
        unguarded: false,
        vnic_type: String::new(),
        profile: None,
        description: String::new(),
        tags: Vec::new(),
        carried: None,
        further: Vec::new(),
        moved: 0,
    };
    tx.insert(&port)?;
    if owner == ROUTER {
        claim::take(tx.rows(), GATEWAYS, &subnet.head.id, &port.head.id)?;
    }
    Ok(port)
}
