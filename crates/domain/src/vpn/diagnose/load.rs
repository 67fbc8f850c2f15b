//! This end of a connection from the store, and the far one where it is here too.

use std::net::Ipv4Addr;

use vpcd_net::Prefix;
use vpcd_store::{claim, credential};

use super::{Peer, Report, Side, compare, surroundings};
use crate::context::Context;
use crate::fault::Fault;
use crate::ipam;
use crate::publicip::{Binding, PublicIp};
use crate::resource::Kind;
use crate::tx::Tx;
use crate::vpn::address;
use crate::vpn::connection::{self, Connection, Style};
use crate::vpn::diagnose::side::{IkeSide, IpsecSide};
use crate::vpn::gateway::Gateway;
use crate::vpn::proposal::{Ike, Ipsec};

/// Examines a connection, whoever owns it: for the operator only. Without a word about the far end it is looked for
/// among the gateways here.
pub fn examine(
    tx: &mut Tx<'_>,
    cx: &Context<'_>,
    id: &str,
    told: Option<&Side>,
) -> Result<Report, Fault> {
    let it = tx.any::<Connection>(id)?.ok_or_else(|| Fault::NotFound {
        kind: Kind::VpnConnection,
        id: id.to_owned(),
    })?;
    let view = connection::view(tx, it)?;
    let up = view.up;
    let here = side(tx, cx, view)?;
    let (peer, mut there) = match told {
        Some(told) => (Peer::Told, told.clone()),
        None => match opposite(tx, &here)? {
            Some(it) => {
                let id = it.head.id.clone();
                let view = connection::view(tx, it)?;
                (Peer::Connection(id), side(tx, cx, view)?)
            }
            None => (Peer::Unknown, Side::default()),
        },
    };
    if !matches!(peer, Peer::Connection(_)) {
        surroundings::around(tx, &here, &mut there)?;
    }
    Ok(Report {
        connection: id.to_owned(),
        up,
        peer,
        findings: compare(&here, &there),
    })
}

fn side(tx: &mut Tx<'_>, cx: &Context<'_>, view: connection::View) -> Result<Side, Fault> {
    let far = view.peer.parse().ok();
    let it = view.connection;
    let gateway = tx.any::<Gateway>(it.gateway())?;
    let key = match &it.key {
        Some(key) => credential::get(tx.rows(), key)?,
        None => None,
    };
    let psk = key.and_then(|key| cx.vault.open(&it.head.id, &key.sealed));
    let frozen = it.head.is_stopped()
        || gateway.as_ref().is_some_and(|it| it.head.is_stopped())
        || address::is_stopped(tx, &it)?;
    let (local, peer_subnets) = blocks(&it, gateway.as_ref());
    let mut troubles = surroundings::closed(tx, far, view.local, gateway.as_ref())?;
    if let Some(gateway) = &gateway {
        troubles.extend(surroundings::detours(tx, gateway, &it, &peer_subnets)?);
    }
    let own = view.local.map(|address| address.to_string());
    Ok(Side {
        address: view.local,
        peer_address: far,
        style: Some(word(it.style).to_owned()),
        local_subnets: local,
        peer_subnets: Some(peer_subnets),
        tunnel_local_address: Some(it.tunnel.local.to_string()),
        tunnel_peer_address: Some(it.tunnel.peer.to_string()),
        asn: gateway.map(|gateway| gateway.bgp_asn),
        peer_asn: view.peer_asn,
        psk: psk.and_then(|bytes| String::from_utf8(bytes).ok()),
        ikepolicy: ike(it.ike, own, view.peer),
        ipsecpolicy: ipsec(it.ipsec),
        open_ports: None,
        frozen,
        troubles,
    })
}

fn word(style: Style) -> &'static str {
    match style {
        Style::Policy => "policy",
        Style::Static => "static",
        Style::Bgp => "bgp",
    }
}

/// The blocks behind an end, where it knows them, and those that it looks for behind the other one.
fn blocks(it: &Connection, gateway: Option<&Gateway>) -> (Option<Vec<Prefix>>, Vec<Prefix>) {
    if it.style == Style::Policy {
        let sources = it.rules.iter().map(|rule| rule.source).collect();
        let destinations = it.rules.iter().flat_map(|rule| rule.destinations.clone());
        return (Some(sources), destinations.collect());
    }
    // What is behind a router is the router's to tell.
    let knowing = gateway.filter(|gateway| gateway.router().is_none());
    let local = knowing.map(|gateway| gateway.local_subnets.clone());
    (local, it.peer_subnets.clone())
}

/// An IKE policy; identifiers that were not given are the ends' own addresses.
fn ike(it: Ike, own: Option<String>, peer: String) -> IkeSide {
    IkeSide {
        ike_version: Some(it.version),
        phase1_negotiation_mode: Some(it.mode),
        authentication_algorithm: Some(it.authentication),
        encryption_algorithm: Some(it.encryption),
        dh_group: Some(it.dh_group),
        authentication_method: Some(it.method),
        lifetime_seconds: Some(it.lifetime),
        local_id: it.local.value.or(own),
        local_id_type: Some(it.local.kind),
        peer_id: it.peer.value.or(Some(peer)),
        peer_id_type: Some(it.peer.kind),
    }
}

fn ipsec(it: Ipsec) -> IpsecSide {
    IpsecSide {
        authentication_algorithm: Some(it.authentication),
        encryption_algorithm: Some(it.encryption),
        pfs: Some(it.pfs),
        lifetime_seconds: Some(it.lifetime),
        transform_protocol: Some(it.protocol),
        encapsulation_mode: Some(it.encapsulation),
    }
}

/// The connection at the far address that leads back, or else any one of the gateway there.
fn opposite(tx: &mut Tx<'_>, here: &Side) -> Result<Option<Connection>, Fault> {
    let Some(address) = here.peer_address else {
        return Ok(None);
    };
    let Some((gateway, slot)) = gateway_at(tx, address)? else {
        return Ok(None);
    };
    let mut nearest = None;
    for it in tx.children::<Connection>(&gateway)? {
        if it.gateway_ip != slot {
            continue;
        }
        let view = connection::view(tx, it)?;
        let back = view.peer.parse::<Ipv4Addr>().ok();
        let it = view.connection;
        if back.is_some() && back == here.address {
            return Ok(Some(it));
        }
        nearest.get_or_insert(it);
    }
    Ok(nearest)
}

/// The gateway that has the public address, and what its connections call it.
fn gateway_at(tx: &mut Tx<'_>, address: Ipv4Addr) -> Result<Option<(String, String)>, Fault> {
    let Some(id) = claim::holder(tx.rows(), "ip/public", &ipam::key(address))? else {
        return Ok(None);
    };
    let bound = tx.any::<PublicIp>(&id)?.and_then(|it| it.bound);
    Ok(match bound {
        Some(Binding::Gateway { id: gateway }) => Some((gateway, id)),
        _ => None,
    })
}
