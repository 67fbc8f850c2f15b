//! Lists of ports: each filter that names few finds them by an index, so that no list reads the ports it does not show.

use crate::fault::Fault;
use crate::port::Port;
use crate::resource::Resource;
use crate::tx::{After, Tx};

/// What a list of ports wants; what is empty does not narrow it, and of several values one is enough.
#[derive(Clone, Debug, Default)]
pub struct Filter {
    /// Ids.
    pub ids: Vec<String>,
    /// Subnets, by id.
    pub subnets: Vec<String>,
    /// Names.
    pub names: Vec<String>,
    /// Hardware addresses.
    pub macs: Vec<String>,
    /// Addresses.
    pub addresses: Vec<String>,
    /// Ids of devices.
    pub devices: Vec<String>,
    /// What ports are for.
    pub owners: Vec<String>,
    /// Security groups, by id.
    pub groups: Vec<String>,
}

impl Filter {
    /// Whether a port is wanted.
    pub fn wants(&self, port: &Port) -> bool {
        let among = |wanted: &[String], value: &str| {
            wanted.is_empty() || wanted.iter().any(|it| it == value)
        };
        let grouped = |group: &String| port.security_groups.contains(group);
        among(&self.ids, &port.head.id)
            && among(&self.subnets, port.subnet())
            && among(&self.names, &port.name)
            && among(&self.macs, &port.mac)
            && among(&self.addresses, &port.address.to_string())
            && among(&self.devices, &port.device_id)
            && among(&self.owners, &port.device_owner)
            && (self.groups.is_empty() || self.groups.iter().any(grouped))
    }

    /// The index that names the fewest ports, with its values.
    fn narrowest(&self) -> Option<(&'static str, &[String])> {
        [
            ("mac", &self.macs),
            ("address", &self.addresses),
            ("device", &self.devices),
            ("name", &self.names),
            ("group", &self.groups),
        ]
        .into_iter()
        .find(|(_, values)| !values.is_empty())
        .map(|(attribute, values)| (attribute, values.as_slice()))
    }
}

/// Up to `limit` wanted ports of a project in the order of their ids; `also` narrows the filter further.
pub fn page(
    tx: &mut Tx<'_>,
    project: &str,
    filter: &Filter,
    also: impl Fn(&Port) -> bool,
    after: After<'_>,
    limit: usize,
) -> Result<Vec<Port>, Fault> {
    let mut found = Vec::new();
    let mut after = after.map(str::to_owned);
    while found.len() < limit {
        // At least a few at once, so that a rare match does not cost a statement for each port.
        let ask = (limit - found.len()).max(64);
        let ports = candidates(tx, project, filter, after.as_deref(), ask)?;
        let Some(last) = ports.last() else { break };
        after = Some(last.head.id.clone());
        let short = ports.len() < ask;
        let mine = ports.into_iter().filter(|it| it.head.project == project);
        found.extend(mine.filter(|port| filter.wants(port) && also(port)));
        if short {
            break;
        }
    }
    found.truncate(limit);
    Ok(found)
}

/// Up to `limit` ports, the wanted ones among them, in the order of their ids.
fn candidates(
    tx: &mut Tx<'_>,
    project: &str,
    filter: &Filter,
    after: After<'_>,
    limit: usize,
) -> Result<Vec<Port>, Fault> {
    if !filter.ids.is_empty() {
        let named = filter.ids.iter().filter(|id| Some(id.as_str()) > after);
        let found = named.map(|id| tx.find(project, id));
        let found: Vec<Port> = found
            .filter_map(Result::transpose)
            .collect::<Result<_, _>>()?;
        return Ok(merged(found, limit));
    }
    let mut found = Vec::new();
    if let Some((attribute, values)) = filter.narrowest() {
        for value in values {
            found.extend(tx.found::<Port>(project, attribute, value, after, limit)?);
        }
    } else if !filter.subnets.is_empty() {
        for subnet in &filter.subnets {
            found.extend(tx.children_page::<Port>(subnet, after, limit)?);
        }
    } else if !filter.owners.is_empty() {
        for owner in &filter.owners {
            found.extend(tx.found::<Port>(project, "owner", owner, after, limit)?);
        }
    } else {
        return tx.list(project, after, limit);
    }
    Ok(merged(found, limit))
}

/// The first `limit` of several pages together.
fn merged<T: Resource>(mut items: Vec<T>, limit: usize) -> Vec<T> {
    items.sort_by(|a, b| a.head().id.cmp(&b.head().id));
    items.dedup_by(|a, b| a.head().id == b.head().id);
    items.truncate(limit);
    items
}
