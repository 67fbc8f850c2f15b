//! Quotas: what they limit is tallied in the transaction that adds or removes it (decision 009).

use vpcd_store::tally;

use crate::address_bundle::AddressBundle;
use crate::address_group::AddressGroup;
use crate::bandwidth::Bandwidth;
use crate::cidr_reservation::CidrReservation;
use crate::context::Context;
use crate::fault::Fault;
use crate::firewall::Firewall;
use crate::flow_log::FlowLog;
use crate::ipv6;
use crate::nat::{DnatRule, NatGateway, SnatRule};
use crate::network::Bare;
use crate::peering::Peering;
use crate::pool;
use crate::port::Port;
use crate::publicip::PublicIp;
use crate::resource::Resource;
use crate::route_table::RouteTable;
use crate::security_group::SecurityGroup;
use crate::security_rule::SecurityRule;
use crate::sub_interface;
use crate::subnet::Subnet;
use crate::tx::Tx;
use crate::vpc::Vpc;
use crate::vpn::certificate::Certificate;
use crate::vpn::connection::Connection;
use crate::vpn::customer_gateway::CustomerGateway;
use crate::vpn::gateway::Gateway;
use crate::vpn::job::Job;
use crate::vpn::monitor::Monitor;
use crate::vpn::p2c;

/// The limit of a quota for a project: its own, else the operator's general one, else the policy's.
/// `None` means unlimited.
pub fn limit(
    tx: &mut Tx<'_>,
    cx: &Context<'_>,
    project: &str,
    name: &str,
) -> Result<Option<u64>, Fault> {
    for scope in [project, "*"] {
        if let Some(text) = tx.setting(&format!("quota/{scope}/{name}"))? {
            return Ok(text.parse().ok());
        }
    }
    Ok(cx
        .policy
        .quotas
        .iter()
        .find(|(known, _)| *known == name)
        .map(|(_, limit)| *limit))
}

/// Refuses when the project owns as many of the kind as it may.
pub fn take<T: Resource>(
    tx: &mut Tx<'_>,
    cx: &Context<'_>,
    name: &'static str,
) -> Result<(), Fault> {
    take_many::<T>(tx, cx, name, 1)
}

/// Refuses when `more` of the kind would exceed what the project may own.
pub fn take_many<T: Resource>(
    tx: &mut Tx<'_>,
    cx: &Context<'_>,
    name: &'static str,
    more: u64,
) -> Result<(), Fault> {
    let project = cx.caller.project.clone();
    let Some(limit) = limit(tx, cx, &project, name)? else {
        return Ok(());
    };
    match tx.count::<T>(&project)? + more > limit {
        true => Err(Fault::QuotaExceeded { quota: name, limit }),
        false => Ok(()),
    }
}

/// Refuses when `parent` holds as many of the kind as it may.
pub fn take_below<T: Resource>(
    tx: &mut Tx<'_>,
    cx: &Context<'_>,
    name: &'static str,
    parent: &str,
) -> Result<(), Fault> {
    let limit = limit(tx, cx, &cx.caller.project, name)?;
    match limit {
        Some(limit) if tx.count_children::<T>(parent)? >= limit => {
            Err(Fault::QuotaExceeded { quota: name, limit })
        }
        _ => Ok(()),
    }
}

/// Sets the limit of a project (or of all, with `*`); `None` lifts it.
pub fn set(tx: &mut Tx<'_>, project: &str, name: &str, limit: Option<u64>) -> Result<(), Fault> {
    let text = limit.map_or("unlimited".to_owned(), |n| n.to_string());
    tx.set_setting(&format!("quota/{project}/{name}"), Some(&text))
}

/// Counts everything anew: for an import from before there were tallies, and for tests that they hold.
pub fn recount(tx: &mut Tx<'_>) -> Result<(), Fault> {
    for (scope, kind, n) in tally::every(tx.rows())? {
        // What waits for the fabric is no record; the fabric counts it out.
        if kind != p2c::queue::WAITING {
            tally::add(tx.rows(), &scope, &kind, -n)?;
        }
    }
    recount_kind::<Vpc>(tx)?;
    recount_kind::<Subnet>(tx)?;
    recount_kind::<Bare>(tx)?;
    recount_kind::<RouteTable>(tx)?;
    recount_kind::<Peering>(tx)?;
    recount_kind::<CidrReservation>(tx)?;
    recount_kind::<SecurityGroup>(tx)?;
    recount_kind::<SecurityRule>(tx)?;
    recount_kind::<Port>(tx)?;
    recount_kind::<AddressGroup>(tx)?;
    recount_kind::<AddressBundle>(tx)?;
    recount_kind::<PublicIp>(tx)?;
    recount_kind::<Bandwidth>(tx)?;
    recount_kind::<NatGateway>(tx)?;
    recount_kind::<SnatRule>(tx)?;
    recount_kind::<DnatRule>(tx)?;
    recount_kind::<Job>(tx)?;
    recount_kind::<Monitor>(tx)?;
    recount_kind::<Certificate>(tx)?;
    recount_kind::<Firewall>(tx)?;
    sub_interface::recount(tx)?;
    recount_kind::<FlowLog>(tx)?;
    recount_kind::<Gateway>(tx)?;
    recount_kind::<CustomerGateway>(tx)?;
    recount_kind::<Connection>(tx)?;
    recount_kind::<p2c::gateway::Gateway>(tx)?;
    recount_kind::<p2c::server::Server>(tx)?;
    recount_kind::<p2c::authority::Authority>(tx)?;
    recount_kind::<p2c::revocation::Revocations>(tx)?;
    recount_kind::<p2c::session::Session>(tx)?;
    each::<p2c::user::User>(tx, |tx, user| {
        tx.tally(user, 1)?;
        let mut groups = user.group.iter();
        groups.try_for_each(|id| p2c::group::count_member(tx, id, 1))
    })?;
    recount_kind::<p2c::group::Group>(tx)?;
    recount_kind::<p2c::policy::AccessPolicy>(tx)?;
    for pool in pool::list(tx)? {
        pool.space().recount(tx)?;
    }
    ipv6::recount_pool(tx)?;
    each::<Vpc>(tx, ipv6::recount)?;
    each::<Subnet>(tx, |tx, subnet| subnet.space().recount(tx))
}

fn recount_kind<T: Resource>(tx: &mut Tx<'_>) -> Result<(), Fault> {
    each::<T>(tx, |tx, it| tx.tally(it, 1))
}

/// Visits every resource of a kind without holding them all at once.
pub(crate) fn each<T: Resource>(
    tx: &mut Tx<'_>,
    mut visit: impl FnMut(&mut Tx<'_>, &T) -> Result<(), Fault>,
) -> Result<(), Fault> {
    let mut after: Option<String> = None;
    loop {
        let page = tx.everything::<T>(after.as_deref(), 1000)?;
        let Some(last) = page.last() else {
            return Ok(());
        };
        after = Some(last.head().id.clone());
        for it in &page {
            visit(tx, it)?;
        }
    }
}
