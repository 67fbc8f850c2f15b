//! What the fabric is told of firewalls.

use serde_json::{Value, json};

use super::rule::FirewallRule;
use super::{Direction, Firewall, rules};
use crate::fault::Fault;
use crate::tx::Tx;

/// What the fabric holds for a firewall: its rules, whichever policies they are in.
pub fn planned(tx: &mut Tx<'_>, id: &str) -> Result<Option<Value>, Fault> {
    let Some(it) = tx.any::<Firewall>(id)? else {
        return Ok(None);
    };
    let mut lists = [Direction::Ingress, Direction::Egress].map(|_| Vec::new());
    for (list, direction) in lists
        .iter_mut()
        .zip([Direction::Ingress, Direction::Egress])
    {
        *list = rules(tx, &it, direction)?
            .iter()
            .map(planned_rule)
            .collect();
    }
    let [ingress, egress] = lists;
    Ok(Some(json!({
        "enabled": it.enabled, "subnets": it.subnets, "ingress": ingress, "egress": egress,
    })))
}

fn planned_rule(rule: &FirewallRule) -> Value {
    json!({
        "id": rule.head.id,
        "enabled": rule.enabled,
        "allow": rule.allow,
        "family": rule.family,
        "protocol": rule.protocol_number(),
        "source": rule.source,
        "destination": rule.destination,
        "source_port": rule.source_port,
        "destination_port": rule.destination_port,
    })
}
