//! The snapshot that a packet needs: the plans of what it may touch, never those of the whole store.

use std::collections::{BTreeMap, BTreeSet};
use std::net::IpAddr;

use crate::fault::Fault;
use crate::firewall;
use crate::ipam::Space;
use crate::nat::NatGateway;
use crate::plan::row::Bound;
use crate::plan::{self, Plan};
use crate::port::Port;
use crate::publicip::{Binding, PublicIp};
use crate::reach::packet::{Packet, Source, Target};
use crate::reach::snapshot::Snapshot;
use crate::route_table::Via;
use crate::security_rule::Remote;
use crate::subnet::{self, Subnet};
use crate::tx::Tx;
use crate::vpc::Vpc;
use crate::vpn::gateway::Gateway;

/// Public addresses that are read in one go.
const PAGE: usize = 1000;

impl Snapshot {
    /// What decides about the packet: the networks of both ends, those that their routes lead to across peerings,
    /// and the groups, firewalls, gateways and public addresses of all these.
    ///
    /// Members of security groups are known by the addresses that they have in these networks: no packet of the
    /// others can come from theirs.
    pub fn of(tx: &mut Tx<'_>, packet: &Packet) -> Result<Snapshot, Fault> {
        let mut load = Load::new(tx);
        match &packet.from {
            Source::Port { id, .. } => load.port(id)?,
            Source::Address(address) => load.public(*address)?,
        }
        match &packet.to {
            Target::Port(id) | Target::PortAt(id, _) => load.port(id)?,
            Target::Address(address) => load.public(*address)?,
        }
        load.addresses()?;
        Snapshot::from_plans(load.plans.values())
    }
}

/// The public address of that value, whoever owns it.
fn public_ip(tx: &mut Tx<'_>, address: IpAddr) -> Result<Option<PublicIp>, Fault> {
    let IpAddr::V4(address) = address else {
        return Ok(None);
    };
    match Space::shared("", "public").holder(tx, address)? {
        Some(id) => tx.any(&id),
        None => Ok(None),
    }
}

struct Load<'t, 'a> {
    tx: &'t mut Tx<'a>,
    plans: BTreeMap<String, Plan>,
    /// Whose public addresses may be bound to what was loaded.
    projects: BTreeSet<String>,
    /// Networks whose peers were loaded.
    expanded: BTreeSet<String>,
}

impl<'t, 'a> Load<'t, 'a> {
    fn new(tx: &'t mut Tx<'a>) -> Self {
        Load {
            tx,
            plans: BTreeMap::new(),
            projects: BTreeSet::new(),
            expanded: BTreeSet::new(),
        }
    }

    /// Plans a target; whether it was not before.
    fn target(&mut self, name: &str) -> Result<bool, Fault> {
        if self.plans.contains_key(name) {
            return Ok(false);
        }
        let plan = plan::target(self.tx, name)?;
        self.plans.insert(name.to_owned(), plan);
        Ok(true)
    }

    /// The rows of a target.
    fn rows(&mut self, name: &str) -> Result<Snapshot, Fault> {
        self.target(name)?;
        Snapshot::from_plans(self.plans.get(name))
    }

    fn port(&mut self, id: &str) -> Result<(), Fault> {
        let Some(port) = self.tx.any::<Port>(id)? else {
            return Ok(());
        };
        let Some(subnet) = self.tx.any::<Subnet>(port.subnet())? else {
            return Ok(());
        };
        if let Some(network) = &subnet.head.parent {
            return self.network(network, true);
        }
        // In no network, it is one by itself: nothing leads out of it.
        let rows = self.rows(&subnet.head.target)?;
        self.filters(&rows)
    }

    fn public(&mut self, address: IpAddr) -> Result<(), Fault> {
        if let IpAddr::V6(address) = address {
            let subnet = subnet::at6(self.tx, address)?;
            return match subnet.and_then(|it| it.head.parent) {
                Some(network) => self.network(&network, true),
                None => Ok(()),
            };
        }
        let Some(it) = public_ip(self.tx, address)? else {
            return Ok(());
        };
        self.target(&it.head.target)?;
        match &it.bound {
            Some(Binding::Port { id, .. }) => self.port(id),
            Some(Binding::NatGateway { id, .. }) => match self.tx.any::<NatGateway>(id)? {
                Some(gateway) => self.network(gateway.vpc(), true),
                None => Ok(()),
            },
            _ => Ok(()),
        }
    }

    /// A network with what decides in it; with `peers` those that its routes lead to, which others see only when they
    /// forward between their own.
    fn network(&mut self, id: &str, peers: bool) -> Result<(), Fault> {
        let Some(vpc) = self.tx.any::<Vpc>(id)? else {
            return Ok(());
        };
        let fresh = self.target(&vpc.head.target)?;
        let expand = (peers || vpc.relay) && self.expanded.insert(id.to_owned());
        if !fresh && !expand {
            return Ok(());
        }
        let rows = self.rows(&vpc.head.target)?;
        if fresh {
            self.projects.insert(vpc.head.project.clone());
            self.filters(&rows)?;
            for gateway in self.tx.children::<Gateway>(id)? {
                self.target(&gateway.head.target)?;
            }
            for gateway in self.tx.children::<NatGateway>(id)? {
                self.target(&gateway.head.target)?;
            }
        }
        for route in rows.tables.values().flat_map(|table| &table.routes) {
            if route.via != Via::Peering {
                continue;
            }
            let peering = self.rows(&format!("peering/{}", route.next_hop))?;
            let ends = peering.peerings.values().flat_map(|it| &it.networks);
            for other in ends.filter(|other| expand && *other != id) {
                self.network(other, false)?;
            }
        }
        Ok(())
    }

    /// The groups of the ports and the firewalls of the subnets, with the address groups that their rules name.
    fn filters(&mut self, rows: &Snapshot) -> Result<(), Fault> {
        let ports = rows.ports.values();
        let groups: BTreeSet<&String> = ports.flat_map(|port| &port.security_groups).collect();
        for group in groups {
            let found = self.rows(&format!("group/{group}"))?;
            self.address_groups(found.rules.values().map(|rule| &rule.remote))?;
        }
        for subnet in rows.subnets.keys() {
            let Some(firewall) = firewall::of_subnet(self.tx, subnet)? else {
                continue;
            };
            let found = self.rows(&firewall.head.target)?;
            let walls = found.firewalls.values();
            let rules = walls.flat_map(|it| it.ingress.iter().chain(&it.egress));
            self.address_groups(rules.flat_map(|rule| [&rule.source, &rule.destination]))?;
        }
        Ok(())
    }

    fn address_groups<'r>(
        &mut self,
        remotes: impl Iterator<Item = &'r Remote>,
    ) -> Result<(), Fault> {
        for remote in remotes {
            match remote {
                Remote::AddressGroup(id) => {
                    self.target(&format!("group/{id}"))?;
                }
                Remote::AddressBundle(id) => {
                    let bundle = self.rows(&format!("group/{id}"))?;
                    for group in bundle.address_bundles.values().flat_map(|it| &it.groups) {
                        self.target(&format!("group/{group}"))?;
                    }
                }
                Remote::Any | Remote::Prefix(_) | Remote::Group(_) => {}
            }
        }
        Ok(())
    }

    /// The public addresses of what was loaded. A project has few beside its ports, so its list is read.
    fn addresses(&mut self) -> Result<(), Fault> {
        let rows = Snapshot::from_plans(self.plans.values())?;
        for project in std::mem::take(&mut self.projects) {
            let mut after: Option<String> = None;
            loop {
                let page = self.tx.list::<PublicIp>(&project, after.as_deref(), PAGE)?;
                let Some(last) = page.last() else { break };
                after = Some(last.head.id.clone());
                for it in page.iter().filter(|it| rows.has_bound(it)) {
                    self.target(&it.head.target)?;
                }
            }
        }
        Ok(())
    }
}

impl Snapshot {
    /// Whether the address is bound to something here.
    fn has_bound(&self, it: &PublicIp) -> bool {
        match plan::of::public_address(it, None).bound {
            None => false,
            Some(Bound::Port(id)) => self.ports.contains_key(&id),
            Some(Bound::VpnGateway(id)) => self.gateways.contains_key(&id),
            Some(Bound::NatGateway(id)) => {
                self.nats.contains_key(&id) || self.ports.values().any(|port| port.device_id == id)
            }
        }
    }
}
