//! Firewalls (network ACLs): ordered rules that judge what enters and leaves subnets.

use vpcd_store::claim;

use crate::fault::Fault;
use crate::tx::Tx;

/// Whether a rule of the project names exactly this address.
pub fn names_address(
    tx: &mut Tx<'_>,
    project: &str,
    address: std::net::Ipv4Addr,
) -> Result<bool, Fault> {
    // Several rules may name one address, so the key ends with the rule's id.
    let prefix = format!("{address}/");
    let next = claim::ceiling(tx.rows(), &address_space(project), &prefix)?;
    Ok(next.is_some_and(|claim| claim.key.starts_with(&prefix)))
}

fn address_space(project: &str) -> String {
    format!("firewall-address/{project}")
}
