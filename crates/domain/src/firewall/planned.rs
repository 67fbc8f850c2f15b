//! What the fabric is told of firewalls.

use serde_json::Value;

use super::{Direction, Firewall, rules};
use crate::fault::Fault;
use crate::plan::{self, of, row};
use crate::tx::Tx;

/// What the fabric holds for a firewall: its rules, whichever policies they are in.
pub fn planned(tx: &mut Tx<'_>, id: &str) -> Result<Option<Value>, Fault> {
    let Some(it) = tx.any::<Firewall>(id)? else {
        return Ok(None);
    };
    let mut row = row::Firewall {
        subnets: it.subnets.clone(),
        ingress: Vec::new(),
        egress: Vec::new(),
    };
    // Switched off, it drops everything: no rule of it counts.
    if it.enabled {
        let ingress = rules(tx, &it, Direction::Ingress)?;
        row.ingress = ingress.iter().filter_map(of::firewall_rule).collect();
        let egress = rules(tx, &it, Direction::Egress)?;
        row.egress = egress.iter().filter_map(of::firewall_rule).collect();
    }
    plan::value(row).map(Some)
}
