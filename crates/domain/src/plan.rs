//! The plan: what the fabric shall hold for one target, as a pure function of one snapshot.

pub(crate) mod of;
pub mod row;

use std::collections::BTreeMap;

use serde::Serialize;
use serde_json::Value;
use vpcd_store::{Error, resource};

use crate::bandwidth::Bandwidth;
use crate::fault::Fault;
use crate::firewall;
use crate::internet_gateway;
use crate::ipv6_gateway;
use crate::nat;
use crate::publicip::PublicIp;
use crate::resource::{Kind, Resource};
use crate::state::Lifecycle;
use crate::tx::{self, Tx};
use crate::vpn;

/// What the fabric shall hold for one target; every row has exactly one owning target.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Plan {
    /// Rows by name, such as `subnet/<id>`, in the shapes of [`row`].
    pub rows: BTreeMap<String, Value>,
    /// Ids and generations of all resources of the target, planned or going.
    pub seen: Vec<(String, u64)>,
}

/// The plan for a target. What is being deleted is not in it: deletion falls out of the difference.
pub fn target(tx: &mut Tx<'_>, target: &str) -> Result<Plan, Fault> {
    let mut plan = Plan::default();
    for stored in resource::of_target(tx.rows(), target, None, i64::MAX)? {
        let generation = u64::try_from(stored.generation).unwrap_or(0);
        plan.seen.push((stored.id.clone(), generation));
        if Lifecycle::from_word(&stored.lifecycle) == Lifecycle::Deleting {
            continue;
        }
        let name = format!("{}/{}", stored.kind, stored.id);
        if let Some(value) = planned(tx, stored)? {
            plan.rows.insert(name, value);
        }
    }
    Ok(plan)
}

fn planned(tx: &mut Tx<'_>, stored: resource::Row) -> Result<Option<Value>, Fault> {
    let is = |kind: Kind| stored.kind == kind.word();
    match () {
        () if is(Kind::Vpc) => row(stored, of::network),
        () if is(Kind::Subnet) => row(stored, of::subnet),
        () if is(Kind::Port) => row(stored, of::port),
        () if is(Kind::RouteTable) => row(stored, of::route_table),
        () if is(Kind::Peering) => row(stored, of::peering),
        () if is(Kind::SecurityGroup) => row(stored, of::security_group),
        () if is(Kind::SecurityRule) => row(stored, of::security_rule),
        () if is(Kind::AddressGroup) => row(stored, of::address_group),
        () if is(Kind::AddressBundle) => row(stored, of::address_bundle),
        () if is(Kind::PublicIp) => public_address(tx, stored),
        () if is(Kind::InternetGateway) => internet_gateway::planned(tx, &stored.id),
        () if is(Kind::Ipv6Gateway) => ipv6_gateway::planned(tx, &stored.id),
        () if is(Kind::NatGateway) => row(stored, nat::planned),
        () if is(Kind::SnatRule) => row(stored, nat::snat::planned),
        () if is(Kind::DnatRule) => row(stored, nat::dnat::planned),
        () if is(Kind::Firewall) => firewall::planned(tx, &stored.id),
        () if is(Kind::VpnGateway) => vpn::gateway::planned(tx, &stored.id),
        () if is(Kind::VpnMonitor) => vpn::monitor::planned(tx, &stored.id),
        () if is(Kind::VpnConnection) => vpn::connection::planned(tx, &stored.id),
        () if is(Kind::P2cGateway) => vpn::p2c::planned::gateway(tx, &stored.id),
        () if is(Kind::VpnServer) => vpn::p2c::planned::server(tx, &stored.id),
        () if is(Kind::VpnUser) => row(stored, |it| Some(vpn::p2c::planned::user(it))),
        () if is(Kind::VpnUserGroup) => row(stored, |it| Some(vpn::p2c::planned::group(it))),
        () if is(Kind::VpnAccessPolicy) => row(stored, |it| Some(vpn::p2c::planned::policy(it))),
        () => Ok(None),
    }
}

/// The row of a public address, with the size of its bandwidth: a change of that is a change for the fabric. One whose
/// bandwidth is stopped leads nowhere, as if it were stopped itself.
fn public_address(tx: &mut Tx<'_>, stored: resource::Row) -> Result<Option<Value>, Fault> {
    let it = tx::read::<PublicIp>(stored)?;
    let bandwidth = tx.any::<Bandwidth>(&it.bandwidth)?;
    let mut row = of::public_address(&it, bandwidth.as_ref().map(|it| it.size));
    if bandwidth.is_some_and(|it| it.head.is_stopped()) {
        row.bound = None;
    }
    value(row).map(Some)
}

/// The row of a resource that needs no other one for it.
fn row<T: Resource, R: Serialize>(
    stored: resource::Row,
    of: impl Fn(&T) -> Option<R>,
) -> Result<Option<Value>, Fault> {
    of(&tx::read::<T>(stored)?).map(value).transpose()
}

/// A row as plans hold it.
pub(crate) fn value(row: impl Serialize) -> Result<Value, Fault> {
    Ok(serde_json::to_value(row).map_err(|error| Error::Corrupt(error.to_string()))?)
}
