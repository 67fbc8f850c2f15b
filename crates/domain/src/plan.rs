//! The plan: what the fabric shall hold for one target, as a pure function of one snapshot.

use std::collections::BTreeMap;

use serde_json::{Value, json};
use vpcd_store::resource;

use crate::address_group::AddressGroup;
use crate::bandwidth::Bandwidth;
use crate::fault::Fault;
use crate::internet_gateway;
use crate::port::Port;
use crate::publicip::PublicIp;
use crate::resource::Kind;
use crate::security_rule::SecurityRule;
use crate::state::Lifecycle;
use crate::subnet::Subnet;
use crate::tx::Tx;
use crate::vpc::Vpc;
use crate::vpn;

/// What the fabric shall hold for one target; every row has exactly one owning target.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Plan {
    /// Rows by name, such as `subnet/<id>`.
    pub rows: BTreeMap<String, Value>,
    /// Ids and generations of all resources of the target, planned or going.
    pub seen: Vec<(String, u64)>,
}

/// The plan for a target. What is being deleted is not in it: deletion falls out of the difference.
pub fn target(tx: &mut Tx<'_>, target: &str) -> Result<Plan, Fault> {
    let mut plan = Plan::default();
    for row in resource::of_target(tx.rows(), target, None, i64::MAX)? {
        plan.seen
            .push((row.id.clone(), u64::try_from(row.generation).unwrap_or(0)));
        if Lifecycle::from_word(&row.lifecycle) == Lifecycle::Deleting {
            continue;
        }
        if let Some(value) = planned(tx, &row)? {
            plan.rows.insert(format!("{}/{}", row.kind, row.id), value);
        }
    }
    Ok(plan)
}

fn planned(tx: &mut Tx<'_>, row: &resource::Row) -> Result<Option<Value>, Fault> {
    let is = |kind: Kind| row.kind == kind.word();
    if is(Kind::Vpc) {
        let vpc = tx.any::<Vpc>(&row.id)?;
        return Ok(vpc.map(|it| json!({"cidr": it.cidr, "secondary_cidrs": it.secondary_cidrs})));
    }
    if is(Kind::Subnet) {
        let subnet = tx.any::<Subnet>(&row.id)?;
        return Ok(subnet.map(
            |it| json!({"cidr": it.cidr, "gateway": it.gateway, "dhcp": it.dhcp, "dns": it.dns}),
        ));
    }
    if is(Kind::Port) {
        let port = tx.any::<Port>(&row.id)?;
        return Ok(
            port.map(|it| json!({"subnet": it.subnet(), "address": it.address, "mac": it.mac}))
        );
    }
    if is(Kind::PublicIp) {
        let address = tx.any::<PublicIp>(&row.id)?;
        let Some(it) = address.filter(|it| it.bound.is_some() && !it.head.frozen) else {
            return Ok(None);
        };
        let size = tx.any::<Bandwidth>(&it.bandwidth)?.map(|it| it.size);
        return Ok(Some(json!({
            "public": it.address, "ipv6": it.ipv6(), "bound": it.bound,
            "bandwidth": it.bandwidth, "mbits": size,
        })));
    }
    if is(Kind::InternetGateway) {
        return internet_gateway::planned(tx, &row.id);
    }
    if is(Kind::SecurityGroup) {
        return Ok(Some(json!({})));
    }
    if is(Kind::SecurityRule) {
        let rule = tx.any::<SecurityRule>(&row.id)?;
        return Ok(rule.filter(|it| it.enabled).map(|it| {
            json!({
                "direction": it.direction, "family": it.family, "protocol": it.protocol_number(),
                "ports": it.ports.normal(), "icmp": it.icmp, "remote": it.remote,
                "action": it.action, "priority": it.priority,
            })
        }));
    }
    if is(Kind::AddressGroup) {
        let group = tx.any::<AddressGroup>(&row.id)?;
        return Ok(group.map(|it| {
            let entries: Vec<&str> = it.entries.iter().map(|it| it.text.as_str()).collect();
            json!({"family": it.family, "entries": entries})
        }));
    }
    if is(Kind::VpnGateway) {
        return vpn::gateway::planned(tx, &row.id);
    }
    if is(Kind::VpnConnection) {
        return vpn::connection::planned(tx, &row.id);
    }
    Ok(None)
}
