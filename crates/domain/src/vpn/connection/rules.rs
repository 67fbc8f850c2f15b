//! Rules that new and changed connections share, and where their keys are kept.

use std::net::Ipv4Addr;

use vpcd_net::Family;
use vpcd_store::credential::{self, Credential};

use crate::context::Context;
use crate::fault::Fault;
use crate::quota;
use crate::tx::Tx;
use crate::vpn::connection::{Connection, Role, Rule, Style};
use crate::vpn::customer_gateway::CustomerGateway;
use crate::vpn::gateway::{Gateway, HaMode};
use crate::vpn::proposal::ENVELOPE;
use crate::vpn::{Secret, flavor, tunnel};

/// What the rules are called where they are of IPv4, and of IPv6.
const RULES: [&str; 2] = ["policy_rules", "policy_rules_v6"];

/// Refuses what does not go together, for new and changed connections alike.
pub fn check(it: &Connection, gateway: &Gateway, peer: &CustomerGateway) -> Result<(), Fault> {
    let ends = it.rules.iter().flat_map(Rule::blocks);
    gateway.must_carry(&it.peer_subnets, ["peer_subnets", "peer_subnets_v6"])?;
    gateway.must_carry(ends, RULES)?;
    if it.style != Style::Policy && !it.rules.is_empty() {
        let [four, six] = RULES;
        return Err(Fault::Unsupported {
            field: if gateway.carries == Family::V4 {
                four
            } else {
                six
            },
        });
    }
    if it.style == Style::Policy && it.rules.is_empty() {
        return Err(Fault::invalid("policy_rules", "a policy needs rules"));
    }
    let told = gateway.router().is_some() && it.style != Style::Static;
    if it.peer_subnets.is_empty() && !told {
        let reason = "the blocks at the far end are needed";
        return Err(Fault::invalid("peer_subnets", reason));
    }
    if it.style == Style::Bgp && peer.bgp_asn.is_none_or(|asn| asn == gateway.bgp_asn) {
        let reason = "BGP needs a customer gateway with an autonomous system of its own";
        return Err(Fault::invalid("cgw_id", reason));
    }
    it.ike.check(&it.ipsec)
}

/// Refuses certificates where the flavor of the gateway has none (VPN.0013), and a proof by them without them.
pub fn proof(
    tx: &mut Tx<'_>,
    it: &Connection,
    gateway: &Gateway,
    peer: &CustomerGateway,
) -> Result<(), Fault> {
    let by_certificate = it.ike.method == ENVELOPE;
    if !by_certificate && peer.certificate.is_none() {
        return Ok(());
    }
    if !flavor::find(tx, &gateway.flavor)?.is_some_and(|flavor| flavor.certificates) {
        return Err(Fault::Unsupported {
            field: match by_certificate && peer.certificate.is_none() {
                true => "authentication_method",
                false => "ca_certificate",
            },
        });
    }
    match by_certificate && peer.certificate.is_none() {
        true => Err(Fault::invalid(
            "cgw_id",
            "the customer gateway has no ca_certificate",
        )),
        false => Ok(()),
    }
}

/// VPN.0012: one connection between an address of a gateway and a customer gateway.
pub fn take_pair(
    tx: &mut Tx<'_>,
    gateway: &Gateway,
    it: &Connection,
    peer: &CustomerGateway,
) -> Result<(), Fault> {
    let pair = (it.gateway_ip.as_str(), it.customer_gateway.as_str());
    if tunnel::take_pair(tx, it.gateway(), pair, &it.head.id)? {
        return Ok(());
    }
    let mut slots = gateway.slots.iter().flatten();
    let mine = slots.find(|slot| slot.key() == it.gateway_ip);
    Err(Fault::AddressTaken {
        address: peer
            .identity
            .address()
            .or(mine.map(|slot| slot.address))
            .unwrap_or(Ipv4Addr::UNSPECIFIED)
            .into(),
    })
}

/// Refuses one more connection than project and flavor carry.
pub fn room(
    tx: &mut Tx<'_>,
    cx: &Context<'_>,
    gateway: &Gateway,
    customer: &str,
) -> Result<(), Fault> {
    quota::take::<Connection>(tx, cx, "vpn_connection")?;
    let Some(flavor) = flavor::find(tx, &gateway.flavor)? else {
        return Ok(());
    };
    let present = tx.count_children::<Connection>(&gateway.head.id)?;
    if present >= u64::from(flavor.connections) {
        return Err(Fault::QuotaExceeded {
            quota: "connections of the gateway",
            limit: u64::from(flavor.connections),
        });
    }
    group_room(tx, gateway, customer, None)
}

/// Refuses one more connection group (customers that the gateway talks to) than its flavor carries; the connection
/// that moves to the customer, if one does, is not counted where it was.
pub fn group_room(
    tx: &mut Tx<'_>,
    gateway: &Gateway,
    customer: &str,
    moving: Option<&str>,
) -> Result<(), Fault> {
    let Some(flavor) = flavor::find(tx, &gateway.flavor)? else {
        return Ok(());
    };
    let present = tx.children::<Connection>(&gateway.head.id)?;
    let groups: std::collections::BTreeSet<&str> = present
        .iter()
        .filter(|it| moving != Some(it.head.id.as_str()))
        .map(|it| it.customer_gateway.as_str())
        .collect();
    let limit = flavor.connection_groups;
    let full = groups.len() as u64 >= u64::from(limit);
    match !groups.contains(customer) && full {
        true => Err(Fault::QuotaExceeded {
            quota: "connection groups of the gateway",
            limit: u64::from(limit),
        }),
        false => Ok(()),
    }
}

/// With a standby the first address is the master's and the second the slave's; with both at work, all are masters,
/// though the second may be called a slave.
pub fn role(mode: HaMode, slot: usize, wanted: Option<Role>) -> Result<Role, Fault> {
    let natural = match (mode, slot) {
        (HaMode::Standby, 1) => Role::Slave,
        _ => Role::Master,
    };
    match wanted {
        None => Ok(natural),
        Some(role) if role == natural => Ok(role),
        Some(Role::Slave) if mode == HaMode::Both && slot == 1 => Ok(Role::Slave),
        Some(_) => Err(Fault::invalid(
            "ha_role",
            "does not fit the gateway's ha_mode and vgw_ip",
        )),
    }
}

/// Seals a key and keeps it apart from the document; the answer is the id of the credential.
pub fn keep_key(
    tx: &mut Tx<'_>,
    cx: &mut Context<'_>,
    connection: &str,
    psk: &Secret,
) -> Result<String, Fault> {
    let credential = Credential {
        id: cx.ids.uuid(),
        kind: "psk".to_owned(),
        cloud: String::new(),
        owner: connection.to_owned(),
        sealed: cx.vault.seal(connection, psk.bytes()),
        created: cx.now.as_microsecond(),
    };
    credential::insert(tx.rows(), &credential)?;
    Ok(credential.id)
}

pub fn forget_key(tx: &mut Tx<'_>, it: &mut Connection) -> Result<(), Fault> {
    if let Some(id) = it.key.take() {
        credential::delete(tx.rows(), &id)?;
    }
    Ok(())
}
