//! Creating connections.

use vpcd_net::Prefix;

use crate::condition;
use crate::context::Context;
use crate::fault::Fault;
use crate::resource::{Head, Tag};
use crate::tx::Tx;
use crate::vpn::connection::{Connection, Role, Rule, Style, rules};
use crate::vpn::customer_gateway::{CustomerGateway, Identity};
use crate::vpn::gateway::Gateway;
use crate::vpn::proposal::{ENVELOPE, Ike, IkeChange, Ipsec, IpsecChange};
use crate::vpn::tunnel::{self, Wanted};
use crate::vpn::{Name, Secret, created, data_plane, journal, monitor, route};

/// Validated input of [`create`].
#[derive(Clone, Debug)]
pub struct NewConnection {
    /// The gateway.
    pub gateway: String,
    /// Its address, as its slot calls it.
    pub gateway_ip: String,
    /// The customer gateway.
    pub customer_gateway: String,
    /// Name.
    pub name: Name,
    /// How traffic finds the tunnel.
    pub style: Style,
    /// Blocks at the far end.
    pub peer_subnets: Vec<Prefix>,
    /// Addresses inside the tunnel.
    pub tunnel: Wanted,
    /// Whether the tunnel is probed.
    pub link_detection: bool,
    /// Whether routes of one far end are told to the others.
    pub hub: bool,
    /// What may pass.
    pub rules: Vec<Rule>,
    /// IKE policy, where it is not the default.
    pub ike: IkeChange,
    /// IPsec policy, where it is not the default.
    pub ipsec: IpsecChange,
    /// Whether it gets a monitor.
    pub monitored: bool,
    /// Role; the address's natural one when absent.
    pub role: Option<Role>,
    /// Pre-shared key.
    pub psk: Option<Secret>,
    /// Labels.
    pub tags: Vec<Tag>,
}

/// Creates connections, all or none.
pub fn create(
    tx: &mut Tx<'_>,
    cx: &mut Context<'_>,
    new: Vec<NewConnection>,
) -> Result<Vec<Connection>, Fault> {
    condition::standing(tx, cx, false)?;
    new.into_iter().map(|new| add(tx, cx, new)).collect()
}

fn add(tx: &mut Tx<'_>, cx: &mut Context<'_>, new: NewConnection) -> Result<Connection, Fault> {
    let gateway: Gateway = tx.get(&cx.caller.project, &new.gateway)?;
    gateway.must_be_active()?;
    data_plane(tx, Some(&gateway.head.id), true)?;
    onto(tx, cx, &gateway, new)
}

/// Adds a connection to a gateway, which may still be on its way.
pub(in crate::vpn) fn onto(
    tx: &mut Tx<'_>,
    cx: &mut Context<'_>,
    gateway: &Gateway,
    new: NewConnection,
) -> Result<Connection, Fault> {
    condition::tags(tx, cx, &new.tags)?;
    if new.link_detection && new.style != Style::Static {
        return Err(Fault::Unsupported {
            field: "enable_nqa",
        });
    }
    if new.hub && new.style != Style::Bgp {
        return Err(Fault::Unsupported {
            field: "enable_hub",
        });
    }
    let mut slots = gateway.slots.iter().map(Option::as_ref);
    let Some(slot) = slots.position(|slot| slot.is_some_and(|it| it.key() == new.gateway_ip))
    else {
        return Err(Fault::invalid("vgw_ip", "not an address of the gateway"));
    };
    let role = rules::role(gateway.ha_mode, slot, new.role)?;
    let peer: CustomerGateway = tx.get(&cx.caller.project, &new.customer_gateway)?;
    rules::room(tx, cx, gateway, &new.customer_gateway)?;
    let mut ike = Ike::default();
    if let Identity::Name(_) = peer.identity {
        ike.peer.kind = "fqdn".to_owned();
        ike.peer.value = Some(peer.identity.text());
    }
    // A customer gateway with a certificate proves by it who it is, unless the caller says otherwise.
    if peer.certificate.is_some() {
        ike.method = ENVELOPE.to_owned();
    }
    ike.apply(new.ike);
    let mut ipsec = Ipsec::default();
    ipsec.apply(new.ipsec);
    let mut head = Head::new::<Connection>(cx, Some(&gateway.head.id));
    head.target = gateway.head.target.clone();
    let tunnel = tunnel::take(tx, &gateway.head.id, &head.id, new.tunnel)?;
    let mut it = Connection {
        name: new.name.text(cx),
        gateway_ip: new.gateway_ip,
        customer_gateway: new.customer_gateway,
        style: new.style,
        peer_subnets: new.peer_subnets,
        tunnel,
        link_detection: new.link_detection,
        hub: new.hub,
        rules: new.rules,
        ike,
        ipsec,
        role,
        key: None,
        resets: 0,
        enterprise_project: gateway.enterprise_project.clone(),
        tags: new.tags,
        head,
    };
    rules::check(&it, gateway, &peer)?;
    rules::proof(tx, &it, gateway, &peer)?;
    match new.psk {
        Some(psk) => it.key = Some(rules::keep_key(tx, cx, &it.head.id, &psk)?),
        None if it.ike.method == "pre-share" => {
            return Err(Fault::invalid("psk", "a pre-shared key is needed"));
        }
        None => {}
    }
    rules::take_pair(tx, gateway, &it, &peer)?;
    route::take(tx, gateway, &it.peer_subnets)?;
    created::stamp::<Connection>(tx, &mut it.head)?;
    tx.insert(&it)?;
    let line = format!("initiating IKE_SA to {}", peer.identity.text());
    journal::write(tx, &it.head.id, cx.now, [line])?;
    if new.monitored {
        monitor::add(tx, cx, it.clone())?;
    }
    Ok(it)
}
