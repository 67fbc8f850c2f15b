//! What the fabric shall hold for gateways of single clients. Secrets are named, never in it.

use serde_json::{Value, json};

use crate::fault::Fault;
use crate::publicip;
use crate::state::Lifecycle;
use crate::tx::Tx;
use crate::vpn::p2c::authority::Authority;
use crate::vpn::p2c::gateway::Gateway;
use crate::vpn::p2c::group::Group;
use crate::vpn::p2c::policy::AccessPolicy;
use crate::vpn::p2c::revocation::Revocations;
use crate::vpn::p2c::server::Server;
use crate::vpn::p2c::user::User;

/// The row of a gateway.
pub fn gateway(tx: &mut Tx<'_>, id: &str) -> Result<Option<Value>, Fault> {
    let gateway = tx.any::<Gateway>(id)?.filter(|it| !it.head.frozen);
    Ok(gateway.map(|it| {
        json!({
            "network": it.vpc(),
            "subnet": it.subnet,
            "address": it.slot.as_ref().map(|slot| slot.address),
            "ports": it.ports,
            "connections": it.connections,
            "zones": it.zones,
            "version": it.version,
        })
    }))
}

/// The row of a server; it goes when its gateway goes.
pub fn server(tx: &mut Tx<'_>, id: &str) -> Result<Option<Value>, Fault> {
    let Some(it) = tx.any::<Server>(id)?.filter(|it| !it.head.frozen) else {
        return Ok(None);
    };
    let gateway = tx.any::<Gateway>(it.gateway())?;
    let Some(gateway) = gateway.filter(|it| it.head.lifecycle != Lifecycle::Deleting) else {
        return Ok(None);
    };
    // Nobody reaches a server at an address that is stopped.
    let public = gateway.slot.and_then(|slot| slot.public_ip);
    if let Some(id) = public
        && publicip::is_stopped(tx, &id)?
    {
        return Ok(None);
    }
    let authorities: Vec<Authority> = tx.children(id)?;
    let revoked: Vec<Revocations> = tx.children(id)?;
    let pems: Vec<&String> = authorities.iter().map(|it| &it.certificate).collect();
    let lists: Vec<&String> = revoked.iter().map(|it| &it.list).collect();
    Ok(Some(json!({
        "gateway": it.gateway(),
        "clients": it.client_cidr,
        "local_subnets": it.local_subnets,
        "auth": it.auth,
        "tunnel": it.tunnel,
        "dns": it.dns,
        "certificate": it.certificate.certificate,
        "chain": it.certificate.authority,
        "key": it.certificate.key,
        "authorities": pems,
        "revoked": lists,
    })))
}

/// The row of a user.
pub fn user(it: &User) -> Value {
    json!({
        "server": it.server(),
        "name": it.name,
        "group": it.group,
        "address": it.address,
        "password": it.passwords.first(),
    })
}

/// The row of a group.
pub fn group(it: &Group) -> Value {
    json!({"server": it.server(), "name": it.name})
}

/// The row of a policy; without destinations it leads to all that is behind the server.
pub fn policy(it: &AccessPolicy) -> Value {
    json!({
        "server": it.server(),
        "group": it.group,
        "destinations": (!it.builtin).then_some(&it.destinations),
    })
}
