//! VPN gateways.

mod create;

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};
use serde_json::Value;
use vpcd_net::{Family as IpFamily, Prefix};

use crate::bandwidth::Bandwidth;
use crate::context::Context;
use crate::fault::Fault;
use crate::publicip::PublicIp;
use crate::resource::{Head, Kind, Resource, Tag};
use crate::state::{Lifecycle, State};
use crate::tx::Tx;
use crate::vpn::address::{self, Slot};
use crate::vpn::connection::{self, Connection};
use crate::vpn::flavor::{self, Choice, Flavor};
use crate::vpn::job::{self, Action, Family, Job};
use crate::vpn::template::{Template, TemplateChange};
use crate::vpn::{certificate, data_plane, planned};

pub use create::{NewAttachment, NewGateway, create};

/// A VPN gateway.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Gateway {
    /// Head; the parent is the network, when the gateway is attached to one.
    pub head: Head,
    /// Name.
    pub name: String,
    /// Whose networks it serves.
    pub attachment: Attachment,
    /// Where it reaches the far end from; a gateway at a router may do without.
    pub access: Option<Access>,
    /// What it carries.
    #[serde(default = "v4")]
    pub carries: IpFamily,
    /// Blocks behind it, of that family; empty at a router, which knows them itself.
    pub local_subnets: Vec<Prefix>,
    /// Whether its two addresses are public.
    pub network: Network,
    /// Name of its flavor.
    pub flavor: String,
    /// How the two addresses share the work.
    pub ha_mode: HaMode,
    /// Autonomous system.
    pub bgp_asn: u32,
    /// Availability zones.
    pub zones: Vec<String>,
    /// Where its public addresses are announced.
    pub border_group: String,
    /// The addresses that connections end at; a slot may be empty for a while.
    pub slots: [Option<Slot>; 2],
    /// Its ports in the subnets.
    pub ports: Vec<String>,
    /// Enterprise project.
    pub enterprise_project: String,
    /// Release of the software that it runs; those of the first keep no logs of connections.
    #[serde(default = "newest")]
    pub version: u32,
    /// Whether it is paid in advance.
    #[serde(default)]
    pub prepaid: bool,
    /// The policies of all its connections, where the far ends have no fixed addresses.
    #[serde(default)]
    pub template: Option<Template>,
    /// Labels.
    pub tags: Vec<Tag>,
}

/// The newest release of the software of gateways.
pub const NEWEST: u32 = 2;

fn v4() -> IpFamily {
    IpFamily::V4
}

fn newest() -> u32 {
    NEWEST
}

/// Whose networks a gateway serves.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Attachment {
    /// Those of one VPC.
    Vpc {
        /// The VPC.
        vpc: String,
        /// Where its packets enter the VPC.
        subnet: String,
    },
    /// Those of an enterprise router.
    Router {
        /// The router.
        id: String,
        /// The gateway's place at it.
        attachment: String,
    },
}

/// Where a gateway reaches the far end from.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Access {
    /// Network.
    pub vpc: String,
    /// Subnet of it.
    pub subnet: String,
}

/// Where the far ends of a gateway are.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Network {
    /// Somewhere in the Internet.
    Public,
    /// In private networks.
    Private,
}

/// How the two addresses of a gateway share the work.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum HaMode {
    /// Both carry traffic.
    Both,
    /// The second takes over from the first.
    Standby,
}

/// Validated input of [`update`]; absent fields stay.
#[derive(Clone, Debug, Default)]
pub struct GatewayChange {
    /// New name.
    pub name: Option<String>,
    /// New blocks behind it.
    pub local_subnets: Option<Vec<Prefix>>,
    /// Existing public addresses for empty slots, by id.
    pub public: [Option<String>; 2],
    /// Changes to the policies of all its connections.
    pub template: Option<TemplateChange>,
}

/// A gateway with what is derived for those who look at it.
#[derive(Clone, Debug)]
pub struct View {
    /// The gateway.
    pub gateway: Gateway,
    /// Its flavor, unless the operator removed it.
    pub flavor: Option<Flavor>,
    /// Connections that it has.
    pub used_connections: usize,
    /// Customer gateways that it is connected with.
    pub used_groups: usize,
    /// Public addresses of its slots, with their bandwidths.
    pub public: [Option<(PublicIp, Bandwidth)>; 2],
    /// Flavors that it could change to.
    pub replacements: Vec<String>,
    /// Its certificate.
    pub certificate: Option<String>,
}

impl Resource for Gateway {
    const KIND: Kind = Kind::VpnGateway;

    fn head(&self) -> &Head {
        &self.head
    }

    fn head_mut(&mut self) -> &mut Head {
        &mut self.head
    }

    fn counted(&self) -> bool {
        true
    }

    fn edges(&self) -> Vec<(&'static str, String)> {
        let mut edges = Vec::new();
        if let Attachment::Vpc { vpc, subnet } = &self.attachment {
            edges.push(("attached_to", vpc.clone()));
            edges.push(("connects_in", subnet.clone()));
        }
        if let Some(access) = &self.access {
            edges.push(("access_through", access.vpc.clone()));
            edges.push(("access_in", access.subnet.clone()));
        }
        edges
    }
}

impl Gateway {
    /// The VPC that it is attached to.
    pub fn vpc(&self) -> Option<&str> {
        match &self.attachment {
            Attachment::Vpc { vpc, .. } => Some(vpc),
            Attachment::Router { .. } => None,
        }
    }

    /// The router that it is attached to.
    pub fn router(&self) -> Option<&str> {
        match &self.attachment {
            Attachment::Router { id, .. } => Some(id),
            Attachment::Vpc { .. } => None,
        }
    }

    /// Refuses anything but an active gateway.
    pub fn must_be_active(&self) -> Result<(), Fault> {
        match self.head.state() {
            State::Active => Ok(()),
            state => Err(self.wrong(state)),
        }
    }

    /// Refuses blocks of the family that it does not carry (VPN.0013); the fields are those of IPv4 and of IPv6.
    pub fn must_carry<'a>(
        &self,
        blocks: impl IntoIterator<Item = &'a Prefix>,
        [four, six]: [&'static str; 2],
    ) -> Result<(), Fault> {
        let mut strays = blocks.into_iter().filter(|it| it.family() != self.carries);
        match strays.next().map(|it| it.family()) {
            None => Ok(()),
            Some(IpFamily::V4) => Err(Fault::Unsupported { field: four }),
            Some(IpFamily::V6) => Err(Fault::Unsupported { field: six }),
        }
    }

    fn wrong(&self, state: State) -> Fault {
        Fault::WrongState {
            kind: Kind::VpnGateway,
            id: self.head.id.clone(),
            state,
        }
    }
}

/// Changes a gateway.
pub fn update(
    tx: &mut Tx<'_>,
    cx: &mut Context<'_>,
    id: &str,
    change: GatewayChange,
) -> Result<Gateway, Fault> {
    let mut gateway: Gateway = tx.get(&cx.caller.project, id)?;
    gateway.must_be_active()?;
    if let Some(name) = change.name {
        gateway.name = name;
    }
    if let Some(subnets) = change.local_subnets {
        if gateway.router().is_some() {
            return Err(Fault::Unsupported {
                field: "local_subnets",
            });
        }
        gateway.must_carry(&subnets, ["local_subnets", "local_subnets_v6"])?;
        gateway.local_subnets = subnets;
    }
    if let Some(change) = change.template {
        // VPN.0013: templates belong to flavors without fixed addresses.
        let Some(template) = &mut gateway.template else {
            return Err(Fault::Unsupported {
                field: "policy_template",
            });
        };
        template.apply(change);
    }
    let mut bound = Vec::new();
    for (at, (wanted, field)) in change
        .public
        .iter()
        .zip(["eip_id_1", "eip_id_2"])
        .enumerate()
    {
        let Some(wanted) = wanted else { continue };
        if gateway.network == Network::Private {
            return Err(Fault::Unsupported { field });
        }
        match &gateway.slots[at] {
            Some(slot) if slot.key() == *wanted => {}
            Some(_) => {
                let reason = "unbind the present address of the gateway first";
                return Err(Fault::invalid(field, reason));
            }
            None => {
                let slot = address::existing(tx, cx, wanted)?;
                if bound.contains(&slot) {
                    return Err(Fault::AddressBound { id: slot.key() });
                }
                gateway.slots[at] = Some(slot.clone());
                bound.push(slot);
            }
        }
    }
    data_plane(tx, Some(id), false)?;
    tx.change(cx, &mut gateway)?;
    for slot in &bound {
        address::bind(tx, cx, slot, id)?;
    }
    Ok(gateway)
}

/// Changes the flavor of a gateway.
pub fn update_specification(
    tx: &mut Tx<'_>,
    cx: &mut Context<'_>,
    id: &str,
    target: &Choice,
) -> Result<Gateway, Fault> {
    let mut gateway: Gateway = tx.get(&cx.caller.project, id)?;
    gateway.must_be_active()?;
    let flavor = flavor::replacement(tx, &gateway, target)?;
    data_plane(tx, Some(id), false)?;
    gateway.flavor = flavor.name;
    tx.change(cx, &mut gateway)?;
    Ok(gateway)
}

/// Upgrades an active gateway, stays with that, or goes back.
pub fn upgrade(
    tx: &mut Tx<'_>,
    cx: &mut Context<'_>,
    id: &str,
    action: Action,
) -> Result<Job, Fault> {
    let mut gateway: Gateway = tx.get(&cx.caller.project, id)?;
    gateway.must_be_active()?;
    data_plane(tx, Some(id), false)?;
    let job = job::act(tx, cx, Family::Site, &gateway.head, action)?;
    if action == Action::Finish {
        gateway.version = NEWEST;
        tx.update(cx, &mut gateway)?;
    }
    Ok(job)
}

/// Starts the deletion of a gateway and of its connections.
pub fn delete(tx: &mut Tx<'_>, cx: &mut Context<'_>, id: &str) -> Result<(), Fault> {
    let mut gateway: Gateway = tx.get(&cx.caller.project, id)?;
    match gateway.head.state() {
        State::Active | State::Frozen | State::Failed => {}
        state => return Err(gateway.wrong(state)),
    }
    data_plane(tx, Some(id), false)?;
    for mut connection in tx.children::<Connection>(id)? {
        if connection.head.lifecycle != Lifecycle::Deleting {
            tx.begin_delete(cx, &mut connection)?;
        }
    }
    tx.begin_delete(cx, &mut gateway)
}

/// The gateway with what is derived.
pub fn view(tx: &mut Tx<'_>, gateway: Gateway) -> Result<View, Fault> {
    let connections = tx.children::<Connection>(&gateway.head.id)?;
    let groups: BTreeSet<&str> = connections
        .iter()
        .map(|connection| connection.customer_gateway.as_str())
        .collect();
    let public = [
        address::shown(tx, gateway.slots[0].as_ref())?,
        address::shown(tx, gateway.slots[1].as_ref())?,
    ];
    Ok(View {
        used_connections: connections.len(),
        used_groups: groups.len(),
        flavor: flavor::find(tx, &gateway.flavor)?,
        replacements: flavor::replacements(tx, &gateway)?,
        certificate: certificate::of(tx, &gateway.head.id)?.map(|it| it.head.id),
        public,
        gateway,
    })
}

/// What the fabric shall hold for the gateway.
pub fn planned(tx: &mut Tx<'_>, id: &str) -> Result<Option<Value>, Fault> {
    let gateway = tx.any::<Gateway>(id)?.filter(|it| !it.head.frozen);
    gateway.map(|it| planned::gateway(tx, &it)).transpose()
}

/// The fabric has let go of the gateway. Its connections, which have gone with it, may still be on record.
pub fn gone(tx: &mut Tx<'_>, cx: &mut Context<'_>, id: &str) -> Result<(), Fault> {
    let Some(gateway) = tx.any::<Gateway>(id)? else {
        return Ok(());
    };
    for connection in tx.children::<Connection>(id)? {
        connection::gone(tx, cx, &connection.head.id)?;
    }
    job::forget(tx, id)?;
    certificate::forget(tx, id)?;
    address::release(tx, cx, &gateway)?;
    crate::route_table::forget(tx, cx, id)?;
    tx.remove(&gateway)
}
