//! What ports are found by: their device and their hardware address.

use vpcd_net::Mac;
use vpcd_store::claim;

use super::Port;
use crate::context::Context;
use crate::fault::Fault;
use crate::tx::{Tx, Way};

/// Up to `limit` ports that a device uses, along the way.
pub fn of_device(
    tx: &mut Tx<'_>,
    project: &str,
    device: &str,
    way: Way<'_>,
    limit: usize,
) -> Result<Vec<Port>, Fault> {
    let limit = i64::try_from(limit).unwrap_or(i64::MAX);
    let space = space_of(project, device);
    let rows = match way.back {
        false => claim::list(tx.rows(), &space, way.from, limit)?,
        true => claim::list_back(tx.rows(), &space, way.from, limit)?,
    };
    rows.iter().map(|row| tx.get(project, &row.key)).collect()
}

/// The port of that hardware address.
pub fn of_mac(tx: &mut Tx<'_>, project: &str, mac: &str) -> Result<Option<Port>, Fault> {
    match claim::holder(tx.rows(), MACS, mac)? {
        Some(id) => tx.find(project, &id),
        None => Ok(None),
    }
}

/// The space in which hardware addresses are unique.
const MACS: &str = "mac";

fn space_of(project: &str, device: &str) -> String {
    format!("device/{project}/{device}")
}

/// Notes which device uses the port.
pub(super) fn device(tx: &mut Tx<'_>, port: &Port) -> Result<(), Fault> {
    if !port.device_id.is_empty() {
        let space = space_of(&port.head.project, &port.device_id);
        claim::take(tx.rows(), &space, &port.head.id, &port.head.id)?;
    }
    Ok(())
}

/// A hardware address that nothing else has: drawn ones meet long before all are used.
pub(super) fn mac(tx: &mut Tx<'_>, cx: &mut Context<'_>, id: &str) -> Result<String, Fault> {
    loop {
        let mac = Mac::from_serial(cx.ids.number()).to_string();
        if claim::take(tx.rows(), MACS, &mac, id)? {
            return Ok(mac);
        }
    }
}
