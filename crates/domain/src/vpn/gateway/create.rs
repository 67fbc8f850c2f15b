//! Creating a gateway.

use std::net::Ipv4Addr;

use vpcd_net::{Family, Prefix};

use crate::condition;
use crate::context::Context;
use crate::fault::Fault;
use crate::quota;
use crate::resource::{Head, Kind, Tag};
use crate::subnet::Subnet;
use crate::tx::Tx;
use crate::vpc::Vpc;
use crate::vpn::address::{self, NewSlot, Slot};
use crate::vpn::flavor::{self, Choice, Flavor};
use crate::vpn::gateway::{Access, Attachment, Gateway, HaMode, Network};
use crate::vpn::template::Template;
use crate::vpn::{self, Name, created, data_plane};

/// Where a new gateway attaches.
#[derive(Clone, Debug)]
pub enum NewAttachment {
    /// To a VPC, in one of its subnets.
    Vpc {
        /// The VPC.
        vpc: String,
        /// Subnet of it.
        subnet: String,
        /// Blocks behind the gateway.
        local_subnets: Vec<Prefix>,
    },
    /// To an enterprise router, by id.
    Router(String),
}

/// Validated input of [`create`].
#[derive(Clone, Debug)]
pub struct NewGateway {
    /// Name.
    pub name: Name,
    /// Where it attaches.
    pub attachment: NewAttachment,
    /// Where it reaches the far end from; the attachment's own place when absent.
    pub access: Option<Access>,
    /// What it carries.
    pub carries: Family,
    /// Where the far ends are.
    pub network: Network,
    /// Flavor.
    pub flavor: Choice,
    /// How the two addresses share the work.
    pub ha_mode: HaMode,
    /// Autonomous system.
    pub bgp_asn: u32,
    /// Availability zones; chosen by the platform when empty.
    pub zones: Vec<String>,
    /// Public addresses, first and second.
    pub public: Vec<NewSlot>,
    /// Wanted private addresses, none or two.
    pub private: Vec<Ipv4Addr>,
    /// Enterprise project.
    pub enterprise_project: String,
    /// Labels.
    pub tags: Vec<Tag>,
}

/// Creates a gateway: its addresses are taken at once, the rest is the fabric's work.
pub fn create(tx: &mut Tx<'_>, cx: &mut Context<'_>, new: NewGateway) -> Result<Gateway, Fault> {
    condition::standing(tx, cx, false)?;
    if matches!(new.attachment, NewAttachment::Router(_)) {
        routers(tx, cx)?;
    }
    condition::tags(tx, cx, &new.tags)?;
    let prepaid = vpn::prepaid(tx, cx)?;
    let flavor = flavor::choose(tx, &new.flavor, prepaid)?;
    if new.carries == Family::V6 && !flavor.ipv6 {
        let reason = format!("gateways of flavor {} carry IPv4 only", flavor.name);
        return Err(Fault::invalid("ip_version", reason));
    }
    address::suit(new.network, &new.public, &new.private)?;
    let (attachment, local_subnets) = attach(tx, cx, &flavor, new.attachment)?;
    let access = access(tx, cx, &attachment, new.access)?;
    if new.network == Network::Private && (!flavor.private || access.is_none()) {
        let reason = "a private gateway needs access_subnet_id and a flavor for private networks";
        return Err(Fault::invalid("network_type", reason));
    }
    let (zones, border_group) = flavor::place(tx, &flavor, &new.zones)?;
    quota::take::<Gateway>(tx, cx, "vpn_gateway")?;
    let vpc = match &attachment {
        Attachment::Vpc { vpc, .. } => Some(vpc.clone()),
        Attachment::Router { .. } => None,
    };
    let mut head = Head::new::<Gateway>(cx, vpc.as_deref());
    head.target = format!("gateway/{}", head.id);
    let mut gateway = Gateway {
        name: new.name.text(cx),
        attachment,
        access,
        carries: new.carries,
        local_subnets,
        network: new.network,
        flavor: flavor.name.clone(),
        ha_mode: new.ha_mode,
        bgp_asn: new.bgp_asn,
        zones,
        border_group,
        slots: [None, None],
        ports: Vec::new(),
        enterprise_project: new.enterprise_project,
        version: vpn::version(tx, cx)?,
        prepaid,
        template: (!flavor.fixed_addresses).then(Template::default),
        tags: new.tags,
        head,
    };
    let fields = ["local_subnets", "local_subnets_v6"];
    gateway.must_carry(&gateway.local_subnets, fields)?;
    let private = address::take(tx, cx, &mut gateway, &new.private)?;
    let project = gateway.enterprise_project.clone();
    gateway.slots = match gateway.network {
        Network::Public => pair(address::obtain(tx, cx, &flavor, &project, new.public)?),
        Network::Private => pair(private.into_iter().map(|address| Slot {
            address,
            public_ip: None,
            own: false,
        })),
    };
    data_plane(tx, None, false)?;
    created::stamp::<Gateway>(tx, &mut gateway.head)?;
    tx.insert(&gateway)?;
    for slot in gateway.slots.iter().flatten() {
        address::bind(tx, cx, slot, &gateway.head.id)?;
    }
    Ok(gateway)
}

/// Refuses routers in a region that has none (VPN.0018).
fn routers(tx: &mut Tx<'_>, cx: &Context<'_>) -> Result<(), Fault> {
    let project = format!("project/{}", cx.caller.project);
    let name = "feature.enterprise_router";
    match condition::switch(tx, name, &[&project, "*"], true)? {
        true => Ok(()),
        false => Err(Fault::FeatureOff {
            feature: "enterprise_router",
        }),
    }
}

fn attach(
    tx: &mut Tx<'_>,
    cx: &mut Context<'_>,
    flavor: &Flavor,
    new: NewAttachment,
) -> Result<(Attachment, Vec<Prefix>), Fault> {
    match new {
        NewAttachment::Router(_) if !flavor.router => Err(Fault::invalid(
            "flavor",
            format!("{} cannot attach to an enterprise router", flavor.name),
        )),
        NewAttachment::Router(id) => {
            let attachment = cx.ids.uuid();
            Ok((Attachment::Router { id, attachment }, Vec::new()))
        }
        NewAttachment::Vpc {
            vpc,
            subnet,
            local_subnets,
        } => {
            inside(tx, cx, &vpc, &subnet)?;
            Ok((Attachment::Vpc { vpc, subnet }, local_subnets))
        }
    }
}

/// Where the gateway reaches the far end from: where it was told to, else where it attaches.
fn access(
    tx: &mut Tx<'_>,
    cx: &Context<'_>,
    attachment: &Attachment,
    wanted: Option<Access>,
) -> Result<Option<Access>, Fault> {
    match (wanted, attachment) {
        (Some(access), _) => {
            inside(tx, cx, &access.vpc, &access.subnet)?;
            Ok(Some(access))
        }
        (None, Attachment::Vpc { vpc, subnet }) => Ok(Some(Access {
            vpc: vpc.clone(),
            subnet: subnet.clone(),
        })),
        (None, Attachment::Router { .. }) => Ok(None),
    }
}

fn inside(tx: &mut Tx<'_>, cx: &Context<'_>, vpc: &str, subnet: &str) -> Result<(), Fault> {
    tx.get::<Vpc>(&cx.caller.project, vpc)?.must_be_active()?;
    let subnet: Subnet = tx.get(&cx.caller.project, subnet)?;
    match subnet.vpc() == vpc {
        true => Ok(()),
        false => Err(Fault::WrongParent {
            kind: Kind::Subnet,
            id: subnet.head.id,
        }),
    }
}

fn pair(slots: impl IntoIterator<Item = Slot>) -> [Option<Slot>; 2] {
    let mut slots = slots.into_iter();
    [slots.next(), slots.next()]
}
