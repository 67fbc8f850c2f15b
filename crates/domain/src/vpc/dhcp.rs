//! What the DHCP of a whole network hands out: name servers, in every subnet that there is or will be.

use std::net::Ipv4Addr;

use super::Vpc;
use crate::condition;
use crate::context::Context;
use crate::fault::Fault;
use crate::resource::Kind;
use crate::subnet::Subnet;
use crate::tx::Tx;

/// Gives a network name servers of its own; it has none yet.
pub fn create(
    tx: &mut Tx<'_>,
    cx: &mut Context<'_>,
    vpc: Vpc,
    servers: Vec<Ipv4Addr>,
) -> Result<(), Fault> {
    if !vpc.name_servers.is_empty() {
        return Err(Fault::Duplicate {
            kind: Kind::Vpc,
            id: vpc.head.id,
        });
    }
    set(tx, cx, vpc, servers)
}

/// Changes the name servers of a network that has some; with none it has no longer any of its own.
pub fn update(
    tx: &mut Tx<'_>,
    cx: &mut Context<'_>,
    vpc: Vpc,
    servers: Vec<Ipv4Addr>,
) -> Result<(), Fault> {
    if vpc.name_servers.is_empty() {
        return Err(Fault::NotFound {
            kind: Kind::Vpc,
            id: vpc.head.id,
        });
    }
    set(tx, cx, vpc, servers)
}

fn set(
    tx: &mut Tx<'_>,
    cx: &mut Context<'_>,
    mut vpc: Vpc,
    servers: Vec<Ipv4Addr>,
) -> Result<(), Fault> {
    condition::backend_writes(tx, cx)?;
    for mut subnet in tx.children::<Subnet>(&vpc.head.id)? {
        // What somebody gave a subnet alone stays.
        if subnet.dns == vpc.name_servers {
            subnet.dns.clone_from(&servers);
            tx.change(cx, &mut subnet)?;
        }
    }
    vpc.name_servers = servers;
    tx.update(cx, &mut vpc)
}
