//! What the fabric shall hold for gateways and connections. Secrets are named, never in it.

use serde_json::{Value, json};

use crate::fault::Fault;
use crate::tx::Tx;
use crate::vpn::connection::View;
use crate::vpn::flavor;
use crate::vpn::gateway::Gateway;

/// The row of a gateway.
pub fn gateway(tx: &mut Tx<'_>, it: &Gateway) -> Result<Value, Fault> {
    let flavor = flavor::find(tx, &it.flavor)?;
    let addresses: Vec<_> = it
        .slots
        .iter()
        .map(|slot| slot.as_ref().map(|slot| slot.address))
        .collect();
    Ok(json!({
        "attachment": it.attachment,
        "access": it.access,
        "local_subnets": it.local_subnets,
        "network": it.network,
        "addresses": addresses,
        "ports": it.ports,
        "ha_mode": it.ha_mode,
        "asn": it.bgp_asn,
        "zones": it.zones,
        "bandwidth": flavor.map(|flavor| flavor.bandwidth),
    }))
}

/// The row of a connection.
pub fn connection(view: &View) -> Value {
    let it = &view.connection;
    json!({
        "gateway": it.gateway(),
        "local": view.local,
        "peer": view.peer,
        "style": it.style,
        "role": it.role,
        "peer_subnets": it.peer_subnets,
        "rules": it.rules,
        "tunnel": it.tunnel,
        "link_detection": it.link_detection,
        "hub": it.hub,
        "ike": it.ike,
        "ipsec": it.ipsec,
        "peer_asn": view.peer_asn,
        "key": it.key,
        "resets": it.resets,
    })
}
