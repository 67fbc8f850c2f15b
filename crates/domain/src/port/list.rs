//! Lists of ports.

use crate::fault::Fault;
use crate::index::{self, Narrow, PARENT};
use crate::port::Port;
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
        let mut six = port.ipv6.iter().map(ToString::to_string);
        among(&self.ids, &port.head.id)
            && among(&self.subnets, port.subnet())
            && among(&self.names, &port.name)
            && among(&self.macs, &port.mac)
            && (among(&self.addresses, &port.address.to_string())
                || six.any(|it| among(&self.addresses, &it)))
            && among(&self.devices, &port.device_id)
            && among(&self.owners, &port.device_owner)
            && (self.groups.is_empty() || self.groups.iter().any(grouped))
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
    let narrow = Narrow {
        ids: &filter.ids,
        by: &[
            ("mac", &filter.macs),
            ("address", &filter.addresses),
            ("device", &filter.devices),
            ("name", &filter.names),
            ("group", &filter.groups),
            (PARENT, &filter.subnets),
            ("owner", &filter.owners),
        ],
    };
    let wanted = |port: &Port| filter.wants(port) && also(port);
    index::page(tx, project, narrow, wanted, after, limit)
}
