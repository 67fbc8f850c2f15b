//! Short ids of what was stored before its kind had any, and the claims by which short ids are found.

use vpcd_store::{claim, resource};

use crate::address_bundle::AddressBundle;
use crate::address_group::AddressGroup;
use crate::cidr_reservation::CidrReservation;
use crate::context::Context;
use crate::fault::Fault;
use crate::firewall::rule::FirewallRule;
use crate::interface;
use crate::ipv6_gateway::Ipv6Gateway;
use crate::nat::{DnatRule, NatGateway, SnatRule};
use crate::peering::{self, Peering};
use crate::port::Port;
use crate::publicip::PublicIp;
use crate::quota;
use crate::registration::{self, Registration};
use crate::resource::Resource;
use crate::route_table::{self, RouteTable, route};
use crate::security_group::{self, SecurityGroup};
use crate::security_rule::{self, SecurityRule};
use crate::subnet::Subnet;
use crate::tx::{self, Tx};
use crate::vpc::Vpc;

/// Gives a short id to everything whose kind has one.
pub(super) fn complete(tx: &mut Tx<'_>, cx: &mut Context<'_>) -> Result<(), Fault> {
    of_kind::<Vpc>(tx, cx)?;
    of_kind::<Subnet>(tx, cx)?;
    of_kind::<RouteTable>(tx, cx)?;
    of_kind::<AddressGroup>(tx, cx)?;
    of_kind::<AddressBundle>(tx, cx)?;
    of_kind::<CidrReservation>(tx, cx)?;
    of_kind::<FirewallRule>(tx, cx)?;
    of_kind::<Peering>(tx, cx)?;
    of_kind::<PublicIp>(tx, cx)?;
    of_kind::<NatGateway>(tx, cx)?;
    of_kind::<SnatRule>(tx, cx)?;
    of_kind::<DnatRule>(tx, cx)?;
    of_kind::<Ipv6Gateway>(tx, cx)?;
    // Groups of networks are as old as short ids: what has none belongs to a whole project.
    each::<SecurityGroup>(tx, cx, |_| Some(security_group::PROJECT_ALIAS))?;
    each::<SecurityRule>(tx, cx, |_| Some(security_rule::PROJECT_ALIAS))?;
    each::<Port>(tx, cx, |port| interface::alias(&port.device_owner))?;
    each::<Registration>(tx, cx, |it| registration::alias(it.service))?;
    quota::each::<RouteTable>(tx, |tx, table| routes(tx, cx, table.clone()))?;
    quota::each::<Peering>(tx, |tx, it| ends(tx, cx, it.clone()))
}

fn of_kind<T: Resource>(tx: &mut Tx<'_>, cx: &mut Context<'_>) -> Result<(), Fault> {
    each::<T>(tx, cx, |_| T::ALIAS)
}

fn each<T: Resource>(
    tx: &mut Tx<'_>,
    cx: &mut Context<'_>,
    prefix: impl Fn(&T) -> Option<&'static str>,
) -> Result<(), Fault> {
    quota::each::<T>(tx, |tx, it| {
        let head = it.head();
        if let Some(alias) = &head.alias {
            return claimed(tx, alias, &head.id);
        }
        let Some(prefix) = prefix(it) else {
            return Ok(());
        };
        let mut it = it.clone();
        let alias = cx.ids.short(prefix);
        claimed(tx, &alias, &it.head().id)?;
        it.head_mut().alias = Some(alias);
        keep(tx, &it)
    })
}

/// The routes of a table, which are parts of it, and what has to stay for them.
fn routes(tx: &mut Tx<'_>, cx: &mut Context<'_>, mut table: RouteTable) -> Result<(), Fault> {
    let mut changed = route_table::keep(tx, &mut table)?;
    for route in &mut table.routes {
        changed |= route.alias.is_none();
        let alias = route
            .alias
            .get_or_insert_with(|| cx.ids.short(route::ALIAS));
        claimed(tx, alias, &table.head.id)?;
    }
    match changed {
        true => keep(tx, &table),
        false => Ok(()),
    }
}

/// The interfaces of a peering, and the accounts that it joins.
fn ends(tx: &mut Tx<'_>, cx: &mut Context<'_>, mut it: Peering) -> Result<(), Fault> {
    let before = it.clone();
    for side in [&mut it.requester, &mut it.accepter] {
        if side.account.is_empty() {
            side.account = peering::account_of(tx, &side.project)?;
        }
        let interface = side
            .interface
            .get_or_insert_with(|| cx.ids.short(peering::INTERFACE));
        claimed(tx, interface, &before.head.id)?;
    }
    match it == before {
        true => Ok(()),
        false => keep(tx, &it),
    }
}

fn claimed(tx: &mut Tx<'_>, alias: &str, id: &str) -> Result<(), Fault> {
    claim::take(tx.rows(), "alias", alias, id)?;
    Ok(())
}

/// Stores what was added to a resource. Nobody asked for it: its version stays, the audit says nothing, and the fabric
/// sees none of it.
fn keep<T: Resource>(tx: &mut Tx<'_>, it: &T) -> Result<(), Fault> {
    resource::update(tx.rows(), &tx::write(it)?)?;
    Ok(())
}
