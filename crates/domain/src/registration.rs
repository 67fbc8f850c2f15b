//! The registry of things that neighbouring services own: instances, load balancers, NAT gateways.
//!
//! The operator registers them; with a subnet they get a port there, so that addresses, public addresses and refused
//! deletes behave as they do beside a real neighbour.

use serde::{Deserialize, Serialize};

use crate::context::Context;
use crate::fault::Fault;
use crate::port::{self, NewPort, Port};
use crate::publicip;
use crate::resource::{Head, Kind, Resource};
use crate::subnet::Subnet;
use crate::tx::Tx;
use crate::vpc::Vpc;

/// A neighbouring service.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Service {
    /// A server.
    Instance,
    /// A load balancer.
    LoadBalancer,
    /// A NAT gateway.
    NatGateway,
    /// An endpoint of a managed service.
    Endpoint,
}

impl Service {
    /// Owner word of its ports.
    fn device_owner(self, zone: &str) -> String {
        match self {
            Service::Instance => format!("compute:{zone}"),
            Service::LoadBalancer => "neutron:LOADBALANCERV3".to_owned(),
            Service::NatGateway => "network:nat_gateway".to_owned(),
            Service::Endpoint => "network:endpoint_interface".to_owned(),
        }
    }

    fn has_port(self) -> bool {
        matches!(
            self,
            Service::Instance | Service::LoadBalancer | Service::NatGateway | Service::Endpoint
        )
    }
}

/// What an instance is doing.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Power {
    /// It runs.
    #[default]
    Running,
    /// It is switched off.
    Stopped,
    /// It is on its way to either.
    Changing,
    /// It is broken.
    Failed,
}

/// What is known of an instance besides its name.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Machine {
    /// Availability zone; that of its subnet when empty.
    #[serde(default)]
    pub zone: String,
    /// Memory in GiB.
    #[serde(default)]
    pub memory: Option<u32>,
    /// Cores.
    #[serde(default)]
    pub cores: Option<u32>,
    /// What it is doing.
    #[serde(default)]
    pub power: Power,
    /// The host that it runs on, where the operator tells.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub host: Option<Host>,
}

/// A host of instances, and where it stands.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Host {
    /// Its id.
    pub id: String,
    /// Its address.
    #[serde(default)]
    pub address: String,
    /// The cluster that it is in.
    #[serde(default)]
    pub cluster: String,
    /// The part of the cluster.
    #[serde(default)]
    pub pod: String,
    /// The switch that it is plugged into.
    #[serde(default)]
    pub switch: String,
}

/// A registered thing.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Registration {
    /// Head; the parent is the subnet, else the network, else nothing.
    pub head: Head,
    /// Whose thing it is.
    pub service: Service,
    /// Name.
    #[serde(default)]
    pub name: String,
    /// Its port, when it lives in a subnet.
    #[serde(default)]
    pub port: Option<String>,
    /// Flavor of an instance, such as `s3.large.2`.
    #[serde(default)]
    pub flavor: String,
    /// What else is known of an instance.
    #[serde(default)]
    pub machine: Machine,
}

/// What the operator registers.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct NewRegistration {
    /// Whose thing it is.
    pub service: Service,
    /// Owning project.
    pub project: String,
    /// Network it belongs to, by UUID or short id.
    #[serde(default)]
    pub vpc: Option<String>,
    /// Subnet it lives in, by UUID or short id.
    #[serde(default)]
    pub subnet: Option<String>,
    /// What else is known of an instance.
    #[serde(flatten)]
    pub machine: Machine,
    /// Name.
    #[serde(default)]
    pub name: String,
    /// Flavor of an instance, such as `s3.large.2`.
    #[serde(default)]
    pub flavor: String,
}

/// What changes of an instance.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct MachineChange {
    /// Memory in GiB.
    pub memory: Option<u32>,
    /// Cores.
    pub cores: Option<u32>,
    /// What it is doing.
    pub power: Option<Power>,
}

impl Resource for Registration {
    const KIND: Kind = Kind::Registration;

    fn head(&self) -> &Head {
        &self.head
    }

    fn head_mut(&mut self) -> &mut Head {
        &mut self.head
    }

    fn indexed(&self) -> Vec<(&'static str, String)> {
        let host = self.machine.host.iter();
        host.flat_map(|it| [(HOST, it.id.clone()), (HOST_AT, it.address.clone())])
            .collect()
    }
}

/// The attributes by which the instances of a host are found: its id, and its address.
const HOST: &str = "host";
const HOST_AT: &str = "host_address";

/// The host with that address, or with that id, if an instance of the project runs on it.
pub fn host(
    tx: &mut Tx<'_>,
    project: &str,
    address: Option<&str>,
    id: Option<&str>,
) -> Result<Option<Host>, Fault> {
    let (attribute, value) = match (address, id) {
        (Some(address), _) => (HOST_AT, address),
        (None, id) => (HOST, id.unwrap_or_default()),
    };
    let found: Vec<Registration> = tx.found(project, attribute, value, None, 1)?;
    Ok(found.into_iter().next().and_then(|it| it.machine.host))
}

/// Prefix of the short ids of a service's things, where they have any.
pub(crate) fn alias(service: Service) -> Option<&'static str> {
    (service == Service::Instance).then_some("i-")
}

/// Registers a thing; the caller acts for `new.project`.
pub fn create(
    tx: &mut Tx<'_>,
    cx: &mut Context<'_>,
    new: NewRegistration,
) -> Result<Registration, Fault> {
    let vpc = known::<Vpc>(tx, &new.project, new.vpc.as_deref())?;
    let subnet = known::<Subnet>(tx, &new.project, new.subnet.as_deref())?;
    let parent = subnet.clone().or(vpc);
    let mut head = Head::new::<Registration>(cx, parent.as_deref()).settled();
    head.alias = alias(new.service).map(|prefix| cx.ids.short(prefix));
    let mut machine = new.machine;
    if let Some(subnet) = &subnet
        && machine.zone.is_empty()
    {
        machine.zone = tx.get::<Subnet>(&new.project, subnet)?.zone;
    }
    let mut it = Registration {
        head,
        service: new.service,
        name: new.name,
        port: None,
        flavor: new.flavor,
        machine,
    };
    if let Some(subnet) = subnet
        && new.service.has_port()
    {
        let device_owner = new.service.device_owner(&it.machine.zone);
        let device_id = it.head.id.clone();
        let port = port::create(
            tx,
            cx,
            NewPort {
                subnet,
                device_owner,
                device_id,
                ..NewPort::default()
            },
        )?;
        it.port = Some(port.head.id);
    }
    tx.insert(&it)?;
    Ok(it)
}

impl Registration {
    /// The network that it is in, by id.
    pub fn network(&self, tx: &mut Tx<'_>) -> Result<Option<String>, Fault> {
        let Some(parent) = &self.head.parent else {
            return Ok(None);
        };
        Ok(match tx.any::<Subnet>(parent)? {
            Some(subnet) => subnet.head.parent,
            None => Some(parent.clone()),
        })
    }
}

/// The UUID of a resource that is named by it or by its short id.
fn known<T: Resource>(
    tx: &mut Tx<'_>,
    project: &str,
    id: Option<&str>,
) -> Result<Option<String>, Fault> {
    let Some(id) = id else { return Ok(None) };
    let it = match tx.find::<T>(project, id)? {
        Some(it) => it,
        None => tx.by_alias(project, id)?,
    };
    Ok(Some(it.head().id.clone()))
}

/// Changes what is known of an instance; what is absent stays.
pub fn update(
    tx: &mut Tx<'_>,
    cx: &Context<'_>,
    id: &str,
    change: &MachineChange,
) -> Result<Registration, Fault> {
    let mut it = tx
        .any::<Registration>(id)?
        .filter(|it| it.service == Service::Instance)
        .ok_or_else(|| Fault::NotFound {
            kind: Kind::Registration,
            id: id.to_owned(),
        })?;
    it.machine.memory = change.memory.or(it.machine.memory);
    it.machine.cores = change.cores.or(it.machine.cores);
    it.machine.power = change.power.unwrap_or(it.machine.power);
    tx.update(cx, &mut it)?;
    Ok(it)
}

/// The instance that is named by its UUID or its short id.
pub fn instance(tx: &mut Tx<'_>, project: &str, id: &str) -> Result<Registration, Fault> {
    let missing = || Fault::NotFound {
        kind: Kind::Registration,
        id: id.to_owned(),
    };
    let known = known::<Registration>(tx, project, Some(id))?.ok_or_else(missing)?;
    let it: Registration = tx.get(project, &known)?;
    match it.service {
        Service::Instance => Ok(it),
        _ => Err(missing()),
    }
}

/// Takes a thing out of the registry, with its port; public addresses that were bound to it are free again.
pub fn remove(tx: &mut Tx<'_>, cx: &Context<'_>, id: &str) -> Result<(), Fault> {
    let Some(it) = tx.any::<Registration>(id)? else {
        return Err(Fault::NotFound {
            kind: Kind::Registration,
            id: id.to_owned(),
        });
    };
    for held in std::iter::once(&it.head.id).chain(&it.port) {
        // Its public addresses are free again; whatever else uses it keeps it.
        publicip::let_go(tx, cx, held)?;
        if let Some(by) = port::holder(tx, held)? {
            return Err(Fault::InUse {
                kind: Kind::Registration,
                id: id.to_owned(),
                by,
            });
        }
    }
    if let Some(id) = &it.port
        && let Some(port) = tx.any::<Port>(id)?
    {
        port::discard(tx, &port)?;
    }
    tx.remove(&it)
}
