//! All that decides about packets, as plain values.

use std::collections::{BTreeMap, BTreeSet};
use std::net::IpAddr;

use serde::de::DeserializeOwned;
use serde_json::Value;
use vpcd_net::Span;
use vpcd_store::Error;

use crate::fault::Fault;
use crate::plan::Plan;
use crate::plan::row::{
    AddressBundle, AddressGroup, Bound, DnatRule, Firewall, Ipv6Gateway, NatGateway, Network,
    Peering, Port, PublicAddress, RouteTable, SecurityGroup, SecurityRule, SnatRule, Subnet,
    VpnConnection, VpnGateway,
};
use crate::resource::Kind;

/// Blocks of all addresses of a family.
const EVERY: [&str; 2] = ["0.0.0.0/0", "::/0"];

/// All that decides about packets, of the targets whose plans it was made of; each by id.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Snapshot {
    pub(super) networks: BTreeMap<String, Network>,
    pub(super) subnets: BTreeMap<String, Subnet>,
    pub(super) ports: BTreeMap<String, Port>,
    pub(super) tables: BTreeMap<String, RouteTable>,
    pub(super) peerings: BTreeMap<String, Peering>,
    pub(super) groups: BTreeMap<String, SecurityGroup>,
    pub(super) rules: BTreeMap<String, SecurityRule>,
    pub(super) address_groups: BTreeMap<String, AddressGroup>,
    pub(super) address_bundles: BTreeMap<String, AddressBundle>,
    pub(super) firewalls: BTreeMap<String, Firewall>,
    pub(super) addresses: BTreeMap<String, PublicAddress>,
    pub(super) gateways: BTreeMap<String, VpnGateway>,
    pub(super) connections: BTreeMap<String, VpnConnection>,
    pub(super) ipv6_gateways: BTreeMap<String, Ipv6Gateway>,
    pub(super) nats: BTreeMap<String, NatGateway>,
    pub(super) snat: BTreeMap<String, SnatRule>,
    pub(super) dnat: BTreeMap<String, DnatRule>,
    // What follows is read off the rows above.
    by_group: BTreeMap<String, BTreeSet<String>>,
    members: BTreeMap<String, Vec<Span>>,
    by_network: BTreeMap<String, BTreeSet<String>>,
    holders: BTreeMap<(String, IpAddr), String>,
    public: BTreeMap<IpAddr, String>,
    bound: BTreeMap<String, String>,
    bound_further: BTreeMap<(String, IpAddr), String>,
}

impl Snapshot {
    /// The snapshot that these plans describe; rows of kinds that carry no packets are passed over.
    pub fn from_plans<'a>(plans: impl IntoIterator<Item = &'a Plan>) -> Result<Snapshot, Fault> {
        let mut it = Snapshot::default();
        for (name, value) in plans.into_iter().flat_map(|plan| &plan.rows) {
            it.take(name, value)
                .map_err(|error| Error::Corrupt(format!("{name}: {error}")))?;
        }
        it.index();
        Ok(it)
    }

    fn take(&mut self, name: &str, value: &Value) -> Result<(), serde_json::Error> {
        let Some((kind, id)) = name.split_once('/') else {
            return Ok(());
        };
        let is = |wanted: Kind| kind == wanted.word();
        match () {
            () if is(Kind::Vpc) => put(&mut self.networks, id, value),
            () if is(Kind::Subnet) => put(&mut self.subnets, id, value),
            () if is(Kind::Port) => put(&mut self.ports, id, value),
            () if is(Kind::RouteTable) => put(&mut self.tables, id, value),
            () if is(Kind::Peering) => put(&mut self.peerings, id, value),
            () if is(Kind::SecurityGroup) => put(&mut self.groups, id, value),
            () if is(Kind::SecurityRule) => put(&mut self.rules, id, value),
            () if is(Kind::AddressGroup) => put(&mut self.address_groups, id, value),
            () if is(Kind::AddressBundle) => put(&mut self.address_bundles, id, value),
            () if is(Kind::Firewall) => put(&mut self.firewalls, id, value),
            () if is(Kind::PublicIp) => put(&mut self.addresses, id, value),
            () if is(Kind::VpnGateway) => put(&mut self.gateways, id, value),
            () if is(Kind::VpnConnection) => put(&mut self.connections, id, value),
            () if is(Kind::Ipv6Gateway) => put(&mut self.ipv6_gateways, id, value),
            () if is(Kind::NatGateway) => put(&mut self.nats, id, value),
            () if is(Kind::SnatRule) => put(&mut self.snat, id, value),
            () if is(Kind::DnatRule) => put(&mut self.dnat, id, value),
            () => Ok(()),
        }
    }

    fn index(&mut self) {
        for (id, rule) in &self.rules {
            let of = self.by_group.entry(rule.group.clone()).or_default();
            of.insert(id.clone());
        }
        for (id, subnet) in &self.subnets {
            let of = self.by_network.entry(home(id, subnet).to_owned());
            of.or_default().insert(id.clone());
        }
        let every: Vec<Span> = EVERY.iter().filter_map(|it| it.parse().ok()).collect();
        for (id, port) in &self.ports {
            for group in &port.security_groups {
                let members = self.members.entry(group.clone()).or_default();
                members.extend(port.addresses().map(Span::from));
                // A port that may claim every address is no reason to let everybody in.
                members.extend(port.allowed.iter().filter(|span| !every.contains(span)));
            }
            if let Some(subnet) = self.subnets.get(&port.subnet) {
                let network = home(&port.subnet, subnet).to_owned();
                for address in port.addresses() {
                    self.holders.insert((network.clone(), address), id.clone());
                }
            }
        }
        for (id, address) in &self.addresses {
            self.public.insert(address.public.into(), id.clone());
            if let (Some(Bound::Port(to)), Some(private)) = (&address.bound, address.private)
                && let Some(port) = self.ports.get(to)
                && port.further.contains(&private)
            {
                let at = (to.clone(), private.into());
                self.bound_further.insert(at, id.clone());
                continue;
            }
            if let Some(Bound::Port(to) | Bound::NatGateway(to) | Bound::VpnGateway(to)) =
                &address.bound
            {
                self.bound.entry(to.clone()).or_insert(id.clone());
            }
        }
    }

    /// The network of a port.
    pub(super) fn network_of(&self, port: &Port) -> Option<&str> {
        let (id, subnet) = self.subnets.get_key_value(&port.subnet)?;
        Some(home(id, subnet))
    }

    /// The subnet of a network that has the address, with its id.
    pub(super) fn subnet_with(&self, network: &str, address: IpAddr) -> Option<&str> {
        let ids = self.by_network.get(network)?;
        ids.iter()
            .map(String::as_str)
            .find(|id| self.subnets.get(*id).is_some_and(|it| it.has(address)))
    }

    /// The network and the subnet of it that have an address of IPv6, which no two networks share.
    pub(super) fn anywhere(&self, address: IpAddr) -> Option<(&str, &str)> {
        let mut subnets = self.subnets.iter().filter(|_| address.is_ipv6());
        let (id, subnet) = subnets.find(|(_, it)| it.has(address))?;
        Some((home(id, subnet), id))
    }

    /// The IPv6 gateway of a network, with its id.
    pub(super) fn ipv6_gateway_of(&self, network: &str) -> Option<(&String, &Ipv6Gateway)> {
        let mut gateways = self.ipv6_gateways.iter();
        gateways.find(|(_, it)| it.network == network)
    }

    /// The port of an address in the network, virtual or not.
    pub(super) fn port_at(&self, network: &str, address: IpAddr) -> Option<&str> {
        let id = self.holders.get(&(network.to_owned(), address))?;
        Some(id)
    }

    /// Who answers for the address in the network: its port, or for a virtual one the first that may claim it.
    pub(super) fn holder(&self, network: &str, address: IpAddr) -> Option<&str> {
        let id = self.port_at(network, address)?;
        if !self.ports.get(id)?.is_virtual {
            return Some(id);
        }
        let claims = |port: &Port| {
            !port.is_virtual
                && self.network_of(port) == Some(network)
                && port.allowed.contains(&Span::from(address))
        };
        let mut ports = self.ports.iter();
        ports
            .find(|(_, port)| claims(port))
            .map(|(id, _)| id.as_str())
    }

    /// The table that the subnet's packets go by, with its id.
    pub(super) fn table_of(&self, subnet: &str) -> Option<(&String, &RouteTable)> {
        let subnet = self.subnets.get(subnet)?;
        match &subnet.route_table {
            Some(id) => self.tables.get_key_value(id),
            None => self.default_table(subnet.network.as_deref()?),
        }
    }

    /// The table that came with the network, with its id.
    pub(super) fn default_table(&self, network: &str) -> Option<(&String, &RouteTable)> {
        let mut tables = self.tables.iter();
        tables.find(|(_, it)| it.is_default && it.network == network)
    }

    /// The rules of a security group, with their ids.
    pub(super) fn rules_of(&self, group: &str) -> impl Iterator<Item = (&String, &SecurityRule)> {
        let ids = self.by_group.get(group).into_iter().flatten();
        ids.filter_map(|id| self.rules.get_key_value(id))
    }

    /// The firewall that protects a subnet, with its id.
    pub(super) fn firewall_of(&self, subnet: &str) -> Option<(&String, &Firewall)> {
        let mut firewalls = self.firewalls.iter();
        firewalls.find(|(_, it)| it.subnets.iter().any(|id| id == subnet))
    }

    /// Whether an address belongs to a port of a security group.
    pub(super) fn is_member(&self, group: &str, address: IpAddr) -> bool {
        let spans = self.members.get(group);
        spans.is_some_and(|spans| spans.iter().any(|span| span.has(address)))
    }

    /// The public address of that value, with its id.
    pub(super) fn public(&self, address: IpAddr) -> Option<(&String, &PublicAddress)> {
        self.addresses.get_key_value(self.public.get(&address)?)
    }

    /// The public address bound to a port or gateway, with its id.
    pub(super) fn bound_to(&self, id: &str) -> Option<(&String, &PublicAddress)> {
        self.addresses.get_key_value(self.bound.get(id)?)
    }

    /// The public address that a port sends as from one of its addresses, by id.
    pub(super) fn bound_at(&self, port: &str, address: IpAddr) -> Option<&str> {
        let further = self.ports.get(port).is_some_and(
            |port| matches!(address, IpAddr::V4(address) if port.further.contains(&address)),
        );
        let id = match further {
            true => self.bound_further.get(&(port.to_owned(), address))?,
            false => self.bound_to(port)?.0,
        };
        Some(id)
    }

    /// The address of a port that a public one is bound to.
    pub(super) fn private_of(&self, public: IpAddr) -> Option<IpAddr> {
        let (_, address) = self.public(public)?;
        let port = matches!(address.bound, Some(Bound::Port(_)));
        address.private.filter(|_| port).map(IpAddr::V4)
    }

    /// The VPN gateways of a network, with their ids.
    pub(super) fn gateways_of(
        &self,
        network: &str,
    ) -> impl Iterator<Item = (&String, &VpnGateway)> {
        let of = move |it: &VpnGateway| it.network() == Some(network);
        self.gateways.iter().filter(move |(_, it)| of(it))
    }
}

/// The network of a subnet; one that is in none is a network by itself.
fn home<'a>(id: &'a str, subnet: &'a Subnet) -> &'a str {
    subnet.network.as_deref().unwrap_or(id)
}

fn put<T: DeserializeOwned>(
    rows: &mut BTreeMap<String, T>,
    id: &str,
    value: &Value,
) -> Result<(), serde_json::Error> {
    rows.insert(id.to_owned(), T::deserialize(value)?);
    Ok(())
}
