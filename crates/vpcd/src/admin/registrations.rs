//! The registry of what neighbouring services own.

use serde_json::{Value, json};
use vpcd_dialect::Reply;
use vpcd_domain::identity::Project;
use vpcd_domain::port::Port;
use vpcd_domain::registration::{self, MachineChange, NewRegistration, Registration};
use vpcd_domain::{Fault, Tx};

use super::ask::Ask;
use super::refused::Refused;
use super::{created, gone, list};

/// The fields of a new registration: the domain's type takes unknown ones silently.
const FIELDS: [&str; 11] = [
    "service", "project", "vpc", "subnet", "zone", "name", "flavor", "memory", "cores", "power",
    "host",
];

pub(super) fn registrations(ask: &Ask<'_>) -> Result<Reply, Refused> {
    let rows = ask.read(|tx, _| {
        let all = tx.everything::<Registration>(None, usize::MAX)?;
        all.iter()
            .map(|it| described(tx, it))
            .collect::<Result<Vec<Value>, Fault>>()
    })?;
    list("registrations", rows)
}

pub(super) fn create(ask: &Ask<'_>) -> Result<Reply, Refused> {
    let raw: serde_json::Map<String, Value> = ask.body()?;
    if let Some(unknown) = raw.keys().find(|key| !FIELDS.contains(&key.as_str())) {
        return Err(Refused::bad(format!("unknown field {unknown:?}"))
            .hint(format!("known are {}", FIELDS.join(", "))));
    }
    let new: NewRegistration = ask.body()?;
    let project = new.project.clone();
    created(ask.write_in(&project, move |tx, cx| {
        tx.get::<Project>("", &new.project)?;
        let it = registration::create(tx, cx, new.clone())?;
        described(tx, &it)
    })?)
}

/// Tells what an instance has become: switched off, grown.
pub(super) fn update(ask: &Ask<'_>) -> Result<Reply, Refused> {
    let (id, change): (String, MachineChange) = (ask.param(0).to_owned(), ask.body()?);
    Ok(Reply::json(
        200,
        ask.write(move |tx, cx| {
            let it = registration::update(tx, cx, &id, &change)?;
            described(tx, &it)
        })?,
    ))
}

pub(super) fn delete(ask: &Ask<'_>) -> Result<Reply, Refused> {
    let id = ask.param(0).to_owned();
    ask.write(move |tx, cx| registration::remove(tx, cx, &id))?;
    gone()
}

/// A registration with the address of its port.
fn described(tx: &mut Tx<'_>, it: &Registration) -> Result<Value, Fault> {
    let port = match &it.port {
        Some(id) => tx.any::<Port>(id)?,
        None => None,
    };
    let address = port.map(|port| port.address);
    Ok(json!({
        "id": it.head.id,
        "alias": it.head.alias,
        "project": it.head.project,
        "service": it.service,
        "name": it.name,
        "parent": it.head.parent,
        "port": it.port,
        "address": address,
        "flavor": it.flavor,
        "zone": it.machine.zone,
        "memory": it.machine.memory,
        "cores": it.machine.cores,
        "power": it.machine.power,
        "host": it.machine.host,
    }))
}
