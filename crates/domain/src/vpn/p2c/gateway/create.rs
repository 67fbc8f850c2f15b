//! Creating a gateway for single clients.

use crate::condition;
use crate::context::Context;
use crate::fault::Fault;
use crate::order::{self, Renewal, Term, Terms, Unit};
use crate::quota;
use crate::resource::{Head, Tag};
use crate::state::State;
use crate::subnet::Subnet;
use crate::tx::Tx;
use crate::vpc::Vpc;
use crate::vpn::address::{self, NewSlot, Slot};
use crate::vpn::flavor::{self, Choice, Flavor};
use crate::vpn::p2c::gateway::Gateway;
use crate::vpn::p2c::{Limits, Refusal};
use crate::vpn::{self, Name, created, data_plane};
use crate::{publicip, resource};

/// Addresses that a gateway takes from its subnet (VPN.0502).
const ADDRESSES: u64 = 4;

/// What a gateway is paid for in advance, where it is: the console's shortest term.
const MONTH: Term = Term {
    unit: Unit::Month,
    periods: 1,
    renews: Renewal::Alike(false),
};

/// Validated input of [`create`].
#[derive(Clone, Debug)]
pub struct NewGateway {
    /// Name.
    pub name: Name,
    /// Network.
    pub vpc: String,
    /// Subnet of it.
    pub subnet: String,
    /// Name of the flavor.
    pub flavor: String,
    /// Availability zones; chosen by the platform when empty.
    pub zones: Vec<String>,
    /// The public address: an existing one, or a new one with a bandwidth of its own.
    pub public: NewSlot,
    /// Most clients at a time.
    pub connections: u32,
    /// Enterprise project.
    pub enterprise_project: String,
    /// Labels.
    pub tags: Vec<Tag>,
}

/// Creates a gateway: its addresses are taken at once, the rest is the fabric's work.
pub fn create(
    tx: &mut Tx<'_>,
    cx: &mut Context<'_>,
    new: NewGateway,
    limits: &Limits,
) -> Result<Gateway, Fault> {
    condition::standing(tx, cx, false)?;
    condition::tags(tx, cx, &new.tags)?;
    let choice = Choice {
        name: new.flavor,
        fixed_addresses: true,
    };
    let flavor = flavor::choose(tx, &choice, false)?;
    let connections = super::fitting(new.connections, limits)?;
    inside(tx, cx, &new.vpc, &new.subnet)?;
    let zones = place(tx, &flavor, &new.zones)?;
    quota::take::<Gateway>(tx, cx, "p2c_vpn_gateway")?;
    let mut head = Head::new::<Gateway>(cx, Some(&new.vpc));
    head.target = format!("gateway/{}", head.id);
    let ports = address::room(tx, cx, &new.subnet, ADDRESSES, &[], &head.id)?;
    let slot = public(tx, cx, &flavor, &new.enterprise_project, new.public)?;
    let mut gateway = Gateway {
        name: new.name.text(cx),
        subnet: new.subnet,
        flavor: flavor.name,
        zones,
        slot: Some(slot.clone()),
        ports: ports.into_iter().map(|port| port.head.id).collect(),
        connections,
        version: vpn::version(tx, cx)?,
        log: None,
        enterprise_project: new.enterprise_project,
        charge: None,
        tags: new.tags,
        head,
    };
    data_plane(tx, None, false)?;
    if vpn::prepaid(tx, cx)? {
        gateway.charge = order::buy(tx, cx, &gateway.head.id, Terms::Prepaid(MONTH))?;
    }
    created::stamp::<Gateway>(tx, &mut gateway.head)?;
    tx.insert(&gateway)?;
    address::bind(tx, cx, &slot, &gateway.head.id)?;
    Ok(gateway)
}

/// The slot for an existing public address that suits (VPN.0551 to 0555, 0550).
pub fn existing(
    tx: &mut Tx<'_>,
    cx: &mut Context<'_>,
    flavor: &str,
    id: &str,
) -> Result<Slot, Fault> {
    let most = flavor::find(tx, flavor)?.map_or(0, |it| it.bandwidth);
    let slot = address::existing(tx, cx, id)?;
    let it = tx.get(&cx.caller.project, id)?;
    let (it, bandwidth) = publicip::with_bandwidth(tx, it)?;
    if bandwidth.shared {
        return Err(Refusal::SharedBandwidth { id: id.to_owned() }.into());
    }
    if it.border_group != "center" {
        return Err(Refusal::EdgeSite { id: id.to_owned() }.into());
    }
    match bandwidth.size <= most {
        true => Ok(slot),
        false => Err(Fault::BandwidthSize {
            size: i64::from(bandwidth.size),
        }),
    }
}

fn public(
    tx: &mut Tx<'_>,
    cx: &mut Context<'_>,
    flavor: &Flavor,
    enterprise_project: &str,
    new: NewSlot,
) -> Result<Slot, Fault> {
    if let NewSlot::Existing(id) = &new {
        return existing(tx, cx, &flavor.name, id);
    }
    // VPN.0561: there is no telling whether one more is allowed.
    let project = format!("project/{}", cx.caller.project);
    let unknown: Vec<String> =
        condition::read(tx, "quota.unknown", &[&project, "*"])?.unwrap_or_default();
    if unknown.iter().any(|name| name == "publicIp") {
        return Err(Refusal::QuotaUnknown.into());
    }
    let slots = address::obtain(tx, cx, flavor, enterprise_project, vec![new])?;
    slots
        .into_iter()
        .next()
        .ok_or_else(|| Refusal::NoAddress.into())
}

/// Network and subnet are there, and the one is in the other (VPN.0500, 0501, 0503).
fn inside(tx: &mut Tx<'_>, cx: &Context<'_>, vpc: &str, subnet: &str) -> Result<(), Fault> {
    let network: Vpc = tx.get(&cx.caller.project, vpc)?;
    network.must_be_active()?;
    let subnet: Subnet = tx.get(&cx.caller.project, subnet)?;
    match subnet.vpc() == vpc {
        true if subnet.head.state() != State::Failed => Ok(()),
        true => Err(Fault::NotFound {
            kind: resource::Kind::Subnet,
            id: subnet.head.id,
        }),
        false => Err(Refusal::OtherNetwork {
            subnet: subnet.head.id,
            vpc: vpc.to_owned(),
        }
        .into()),
    }
}

/// The zones of a new gateway: two where at least two offer the flavor (VPN.0514, 0515, 0505).
fn place(tx: &mut Tx<'_>, flavor: &Flavor, wanted: &[String]) -> Result<Vec<String>, Fault> {
    let offering: Vec<String> = flavor::zones(tx)?
        .into_iter()
        .filter(|zone| flavor::offers(zone, &flavor.name))
        .map(|zone| zone.name)
        .collect();
    let need = offering.len().min(2);
    let twice = |(at, name): (usize, &String)| wanted[..at].contains(name);
    if wanted.iter().enumerate().any(twice) {
        return Err(Refusal::ZoneTwice.into());
    }
    if !wanted.is_empty() && wanted.len() != need && need == 2 {
        return Err(Refusal::ZoneCount.into());
    }
    if let Some(name) = wanted.iter().find(|name| !offering.contains(name)) {
        let reason = format!("zone {name} does not offer flavor {}", flavor.name);
        return Err(Fault::invalid("availability_zone_ids", reason));
    }
    let mut roomy = Vec::new();
    for name in offering {
        let asked = wanted.is_empty() || wanted.contains(&name);
        if asked && !condition::switch(tx, "zone.full", &[&name, "*"], false)? {
            roomy.push(name);
        }
    }
    match wanted.is_empty() {
        _ if need == 0 || roomy.len() < need => Err(Refusal::NoRoom.into()),
        true => Ok(roomy.into_iter().take(need).collect()),
        false => Ok(wanted.to_vec()),
    }
}
