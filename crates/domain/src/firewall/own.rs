//! The policies that are made for a firewall and go with it.

use super::policy::{self, FirewallPolicy};
use super::{Direction, Firewall, policy_of};
use crate::context::Context;
use crate::fault::Fault;
use crate::resource::Head;
use crate::tx::Tx;

/// Removes a firewall with the policies that were made for it.
pub(super) fn discard(tx: &mut Tx<'_>, firewall: &Firewall) -> Result<(), Fault> {
    tx.remove(firewall)?;
    for mut policy in tx.children::<FirewallPolicy>(&firewall.head.id)? {
        // Another firewall may go by it by now.
        if tx.holders(&policy.head.id, 1)?.is_empty() {
            policy::discard(tx, &policy)?;
        } else {
            policy.head.parent = None;
            tx.store(&mut policy)?;
        }
    }
    Ok(())
}

/// The policy of a direction; one is made for the firewall when it has none.
pub(super) fn own_policy(
    tx: &mut Tx<'_>,
    cx: &mut Context<'_>,
    id: &str,
    direction: Direction,
) -> Result<FirewallPolicy, Fault> {
    let mut firewall: Firewall = tx.get(&cx.caller.project, id)?;
    if let Some(policy) = policy_of(tx, &firewall, direction)? {
        return Ok(policy);
    }
    let policy = FirewallPolicy {
        head: Head::new::<FirewallPolicy>(cx, Some(id)).settled(),
        name: String::new(),
        description: String::new(),
        audited: false,
        rules: Vec::new(),
    };
    tx.insert(&policy)?;
    match direction {
        Direction::Ingress => firewall.ingress = Some(policy.head.id.clone()),
        Direction::Egress => firewall.egress = Some(policy.head.id.clone()),
    }
    tx.change(cx, &mut firewall)?;
    Ok(policy)
}
