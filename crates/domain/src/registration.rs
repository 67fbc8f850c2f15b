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
    /// Availability zone of an instance.
    #[serde(default)]
    pub zone: String,
    /// Name.
    #[serde(default)]
    pub name: String,
    /// Flavor of an instance, such as `s3.large.2`.
    #[serde(default)]
    pub flavor: String,
}

impl Resource for Registration {
    const KIND: Kind = Kind::Registration;

    fn head(&self) -> &Head {
        &self.head
    }

    fn head_mut(&mut self) -> &mut Head {
        &mut self.head
    }
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
    let mut it = Registration {
        head: Head::new::<Registration>(cx, parent.as_deref()).settled(),
        service: new.service,
        name: new.name,
        port: None,
        flavor: new.flavor,
    };
    if let Some(subnet) = subnet
        && new.service.has_port()
    {
        let device_owner = new.service.device_owner(&new.zone);
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

/// Takes a thing out of the registry, with its port; public addresses that were bound to it are free again.
pub fn remove(tx: &mut Tx<'_>, cx: &Context<'_>, id: &str) -> Result<(), Fault> {
    let Some(it) = tx.any::<Registration>(id)? else {
        return Err(Fault::NotFound {
            kind: Kind::Registration,
            id: id.to_owned(),
        });
    };
    for held in std::iter::once(&it.head.id).chain(&it.port) {
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
        publicip::let_go(tx, cx, id)?;
        port::discard(tx, &port)?;
    }
    publicip::let_go(tx, cx, id)?;
    tx.remove(&it)
}
