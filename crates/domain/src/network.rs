//! Networks as the layer beneath shows them: a segment, bare, or with the subnet that stands for it.
//!
//! There is one model and no second truth: a segment with a subnet *is* that subnet, with its id. Only a segment that
//! has none yet is a row of its own; creating the subnet replaces that row, deleting the subnet brings it back.

use std::net::Ipv4Addr;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use vpcd_net::{Cidr, Family};

use crate::condition;
use crate::context::Context;
use crate::fault::{Fault, Holder};
use crate::quota;
use crate::resource::{Head, Kind, Resource};
use crate::subnet::{self, NewSubnet, Segment, Subnet, SubnetChange};
use crate::tx::{Tx, Way};

/// A segment that has no subnet.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Bare {
    /// Head; no parent.
    pub head: Head,
    /// Name, may be empty.
    pub name: String,
    /// Whether new ports are unguarded.
    pub unguarded: bool,
}

impl Resource for Bare {
    const KIND: Kind = Kind::Network;

    fn head(&self) -> &Head {
        &self.head
    }

    fn head_mut(&mut self) -> &mut Head {
        &mut self.head
    }

    fn counted(&self) -> bool {
        true
    }

    fn indexed(&self) -> Vec<(&'static str, String)> {
        vec![(NAME, self.name.clone())]
    }
}

/// The attribute by which segments of either sort are found.
pub(crate) const NAME: &str = "network";

/// A segment.
#[derive(Clone, Debug, PartialEq)]
pub enum Network {
    /// Without a subnet.
    Bare(Box<Bare>),
    /// With the subnet that stands for it.
    Held(Box<Subnet>),
}

/// Validated input of [`create`].
#[derive(Clone, Debug, Default)]
pub struct NewNetwork {
    /// Name.
    pub name: String,
    /// Whether new ports are unguarded.
    pub unguarded: bool,
}

/// Validated input of [`update`]; absent fields stay.
#[derive(Clone, Debug, Default)]
pub struct NetworkChange {
    /// New name.
    pub name: Option<String>,
    /// Whether new ports shall be unguarded.
    pub unguarded: Option<bool>,
}

/// Validated input of [`create_subnet`]: a subnet that is in no VPC yet.
#[derive(Clone, Debug)]
pub struct LooseSubnet {
    /// The segment.
    pub network: String,
    /// Name.
    pub name: String,
    /// Block.
    pub cidr: Cidr,
    /// Gateway; the first host address when absent.
    pub gateway: Option<Ipv4Addr>,
    /// Name servers.
    pub dns: Vec<Ipv4Addr>,
    /// Ranges to hand out; all when empty.
    pub pools: Vec<(Ipv4Addr, Ipv4Addr)>,
    /// Routes for DHCP to tell.
    pub host_routes: Vec<(Cidr, Ipv4Addr)>,
}

impl Network {
    /// Its head.
    pub fn head(&self) -> &Head {
        match self {
            Network::Bare(bare) => &bare.head,
            Network::Held(subnet) => &subnet.head,
        }
    }

    /// Its name.
    pub fn name(&self) -> &str {
        match self {
            Network::Bare(bare) => &bare.name,
            Network::Held(subnet) => subnet.segment.name.as_ref().unwrap_or(&subnet.name),
        }
    }

    /// Whether new ports are unguarded.
    pub fn unguarded(&self) -> bool {
        match self {
            Network::Bare(bare) => bare.unguarded,
            Network::Held(subnet) => subnet.segment.unguarded,
        }
    }

    /// When it was made.
    pub fn created(&self) -> Timestamp {
        match self {
            Network::Bare(bare) => bare.head.created,
            Network::Held(subnet) => subnet.segment.created.unwrap_or(subnet.head.created),
        }
    }

    /// Its subnet.
    pub fn subnet(&self) -> Option<&Subnet> {
        match self {
            Network::Bare(_) => None,
            Network::Held(subnet) => Some(subnet),
        }
    }
}

/// The segment of that id, or nothing.
pub fn find(tx: &mut Tx<'_>, project: &str, id: &str) -> Result<Option<Network>, Fault> {
    if let Some(subnet) = tx.find::<Subnet>(project, id)? {
        return Ok(Some(Network::Held(Box::new(subnet))));
    }
    let bare = tx.find::<Bare>(project, id)?;
    Ok(bare.map(|bare| Network::Bare(Box::new(bare))))
}

/// The segment of that id.
pub fn get(tx: &mut Tx<'_>, project: &str, id: &str) -> Result<Network, Fault> {
    find(tx, project, id)?.ok_or_else(|| missing(id))
}

/// Up to `limit` segments of a project along the way, in the order of their ids; with `name` those of that name.
pub fn walk(
    tx: &mut Tx<'_>,
    project: &str,
    name: Option<&str>,
    way: Way<'_>,
    limit: usize,
) -> Result<Vec<Network>, Fault> {
    let (bare, held) = match name {
        Some(name) => (
            tx.found_along::<Bare>(project, NAME, name, way, limit)?,
            tx.found_along::<Subnet>(project, NAME, name, way, limit)?,
        ),
        None => (
            tx.walk::<Bare>(project, None, way, limit)?,
            tx.walk::<Subnet>(project, None, way, limit)?,
        ),
    };
    let bare = bare.into_iter().map(|it| Network::Bare(Box::new(it)));
    let held = held.into_iter().map(|it| Network::Held(Box::new(it)));
    let mut all: Vec<Network> = bare.chain(held).collect();
    all.sort_by(|a, b| a.head().id.cmp(&b.head().id));
    if way.back {
        all.reverse();
    }
    all.truncate(limit);
    Ok(all)
}

/// Creates a bare segment. Each will be a subnet, so the quota of those limits both together.
pub fn create(tx: &mut Tx<'_>, cx: &mut Context<'_>, new: NewNetwork) -> Result<Network, Fault> {
    condition::standing(tx, cx, false)?;
    let project = cx.caller.project.clone();
    if let Some(limit) = quota::limit(tx, cx, &project, "subnet")?
        && tx.count::<Bare>(&project)? + tx.count::<Subnet>(&project)? >= limit
    {
        let quota = "network";
        return Err(Fault::QuotaExceeded { quota, limit });
    }
    condition::backend_writes(tx, cx)?;
    let bare = Bare {
        head: Head::new::<Bare>(cx, None).settled(),
        name: new.name,
        unguarded: new.unguarded,
    };
    tx.insert(&bare)?;
    Ok(Network::Bare(Box::new(bare)))
}

/// Changes a segment.
pub fn update(
    tx: &mut Tx<'_>,
    cx: &mut Context<'_>,
    id: &str,
    change: NetworkChange,
) -> Result<Network, Fault> {
    let mut network = get(tx, &cx.caller.project, id)?;
    condition::backend_writes(tx, cx)?;
    match &mut network {
        Network::Bare(bare) => {
            bare.name = change.name.unwrap_or_else(|| bare.name.clone());
            bare.unguarded = change.unguarded.unwrap_or(bare.unguarded);
            tx.update(cx, &mut **bare)?;
        }
        Network::Held(subnet) => {
            let segment = &mut subnet.segment;
            segment.name = change.name.or_else(|| segment.name.clone());
            segment.unguarded = change.unguarded.unwrap_or(segment.unguarded);
            tx.update(cx, &mut **subnet)?;
        }
    }
    Ok(network)
}

/// Deletes a segment, with its subnet when that is in no VPC and holds no tenant's port.
pub fn delete(tx: &mut Tx<'_>, cx: &mut Context<'_>, id: &str) -> Result<(), Fault> {
    let in_use = |by| Fault::InUse {
        kind: Kind::Network,
        id: id.to_owned(),
        by,
    };
    match get(tx, &cx.caller.project, id)? {
        Network::Bare(bare) => {
            condition::backend_writes(tx, cx)?;
            tx.remove(&*bare)
        }
        Network::Held(subnet) if subnet.head.parent.is_some() => Err(in_use(Holder::Network)),
        Network::Held(_) => subnet::delete(tx, cx, None, id).map_err(|fault| match fault {
            Fault::InUse { by, .. } => in_use(by),
            other => other,
        }),
    }
}

/// Creates the subnet of a segment; it is in no VPC until it is attached to one.
pub fn create_subnet(
    tx: &mut Tx<'_>,
    cx: &mut Context<'_>,
    new: LooseSubnet,
) -> Result<Subnet, Fault> {
    condition::standing(tx, cx, false)?;
    let bare = match get(tx, &cx.caller.project, &new.network)? {
        Network::Bare(bare) => bare,
        Network::Held(_) => {
            return Err(Fault::Unsuitable {
                kind: Kind::Network,
                id: new.network,
                reason: "a network has one subnet",
            });
        }
    };
    if new.cidr.prefix() > cx.policy.longest_subnet_prefix {
        return Err(Fault::invalid("cidr", "prefix is too long"));
    }
    subnet::refuse_pools(new.cidr, &new.pools)?;
    quota::take::<Subnet>(tx, cx, "subnet")?;
    condition::backend_writes(tx, cx)?;
    tx.remove(&*bare)?;
    let mut head = Head::new::<Subnet>(cx, None);
    head.id = bare.head.id;
    head.target = target(&head.id);
    let input = NewSubnet {
        vpc: String::new(),
        name: new.name,
        description: String::new(),
        cidr: new.cidr,
        gateway: new.gateway,
        dhcp: true,
        dns: new.dns,
        dhcp_options: Vec::new(),
        zone: String::new(),
        purpose: String::new(),
        ipv6: false,
        tags: Vec::new(),
    };
    let mut subnet = subnet::build(cx, head, input)?;
    subnet.pools = new.pools;
    subnet.host_routes = new.host_routes;
    subnet.segment = Segment {
        name: Some(bare.name),
        unguarded: bare.unguarded,
        created: Some(bare.head.created),
    };
    subnet::place(tx, cx, &subnet)?;
    Ok(subnet)
}

/// The subnet one of whose address layers has that id, and which one it is.
pub fn any_layer(tx: &mut Tx<'_>, project: &str, id: &str) -> Result<(Subnet, Family), Fault> {
    subnet::of_any_layer(tx, project, id)?.ok_or_else(|| Fault::NotFound {
        kind: Kind::Subnet,
        id: id.to_owned(),
    })
}

/// The subnet whose address layer of IPv4 has that id.
pub fn layer(tx: &mut Tx<'_>, project: &str, id: &str) -> Result<Subnet, Fault> {
    subnet::of_layer(tx, project, id)?.ok_or_else(|| Fault::NotFound {
        kind: Kind::Subnet,
        id: id.to_owned(),
    })
}

/// Changes a subnet that is named by its address layer.
pub fn update_subnet(
    tx: &mut Tx<'_>,
    cx: &mut Context<'_>,
    layer_id: &str,
    change: SubnetChange,
) -> Result<Subnet, Fault> {
    let mut before = layer(tx, &cx.caller.project, layer_id)?;
    if change.name.is_some() && before.segment.name.is_none() {
        // The two names part: the segment keeps the one that both had.
        before.segment.name = Some(before.name.clone());
        tx.update(cx, &mut before)?;
    }
    subnet::update(tx, cx, None, &before.head.id, change)
}

/// Deletes a subnet that is in no VPC; its segment stays, bare.
pub fn delete_subnet(tx: &mut Tx<'_>, cx: &mut Context<'_>, layer_id: &str) -> Result<(), Fault> {
    let subnet = layer(tx, &cx.caller.project, layer_id)?;
    let in_use = |by| Fault::InUse {
        kind: Kind::Subnet,
        id: layer_id.to_owned(),
        by,
    };
    if subnet.head.parent.is_some() {
        return Err(in_use(Holder::Network));
    }
    subnet::delete(tx, cx, None, &subnet.head.id).map_err(|fault| match fault {
        Fault::InUse { by, .. } => in_use(by),
        other => other,
    })?;
    let network = Network::Held(Box::new(subnet));
    let mut head = Head::new::<Bare>(cx, None).settled();
    head.id = network.head().id.clone();
    head.created = network.created();
    tx.insert(&Bare {
        head,
        name: network.name().to_owned(),
        unguarded: network.unguarded(),
    })
}

/// What the reconciler works on for a subnet that is in no VPC.
pub(crate) fn target(subnet: &str) -> String {
    format!("network/{subnet}")
}

fn missing(id: &str) -> Fault {
    Fault::NotFound {
        kind: Kind::Network,
        id: id.to_owned(),
    }
}
