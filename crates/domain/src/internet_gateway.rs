//! Internet gateways: what joins a network to the global public addresses, one for each network.

use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use vpcd_net::{Family, Prefix};

use crate::condition;
use crate::context::Context;
use crate::fault::Fault;
use crate::port::{self, NewPort, Port};
use crate::resource::{Head, Kind, Resource};
use crate::route_table::{self, Line, NewRoute, TableChange, Via};
use crate::subnet::Subnet;
use crate::tx::Tx;
use crate::vpc::Vpc;

/// Owner word of the port that a gateway has in its subnet.
pub const PORT: &str = "network:internet_gateway";

/// The internet gateway of a network.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct InternetGateway {
    /// Head; the parent is the network.
    pub head: Head,
    /// Name, may be empty.
    pub name: String,
    /// The subnet that it takes an address from.
    pub subnet: Option<String>,
    /// Its port there.
    pub port: Option<String>,
    /// Whether it passes IPv6.
    pub ipv6: bool,
}

/// Validated input of [`create`].
#[derive(Clone, Debug, Default)]
pub struct NewInternetGateway {
    /// The network, by id.
    pub vpc: String,
    /// Name.
    pub name: String,
    /// The subnet that it takes an address from, by id.
    pub subnet: Option<String>,
    /// Whether it passes IPv6.
    pub ipv6: bool,
    /// Whether the network's default route shall lead to it.
    pub default_route: bool,
}

/// Validated input of [`update`]; absent fields stay.
#[derive(Clone, Debug, Default)]
pub struct InternetGatewayChange {
    /// New name.
    pub name: Option<String>,
    /// Whether it passes IPv6; it never stops to.
    pub ipv6: Option<bool>,
}

impl Resource for InternetGateway {
    const KIND: Kind = Kind::InternetGateway;

    fn head(&self) -> &Head {
        &self.head
    }

    fn head_mut(&mut self) -> &mut Head {
        &mut self.head
    }
}

impl InternetGateway {
    /// The network's id.
    pub fn vpc(&self) -> &str {
        self.head.parent.as_deref().unwrap_or_default()
    }
}

/// Creates the internet gateway of a network.
pub fn create(
    tx: &mut Tx<'_>,
    cx: &mut Context<'_>,
    new: NewInternetGateway,
) -> Result<InternetGateway, Fault> {
    condition::standing(tx, cx, true)?;
    let vpc: Vpc = tx.get(&cx.caller.project, &new.vpc)?;
    vpc.head.must_take_changes(cx, Kind::Vpc)?;
    if let Some(other) = tx
        .children_page::<InternetGateway>(&vpc.head.id, None, 1)?
        .first()
    {
        return Err(Fault::Duplicate {
            kind: Kind::InternetGateway,
            id: other.head.id.clone(),
        });
    }
    if new.ipv6 {
        condition::ipv6(tx, cx)?;
    }
    condition::backend_writes(tx, cx)?;
    let mut head = Head::new::<InternetGateway>(cx, Some(&vpc.head.id));
    head.target = vpc.head.target.clone();
    let port = match &new.subnet {
        Some(subnet) => Some(obtain_port(tx, cx, &vpc, subnet, &head.id)?),
        None => None,
    };
    let it = InternetGateway {
        head,
        name: new.name,
        subnet: new.subnet,
        port,
        ipv6: new.ipv6,
    };
    tx.insert(&it)?;
    if new.default_route {
        let table = route_table::default_of(tx, &vpc.head.id)?;
        let route = NewRoute {
            destination: Prefix::all(Family::V4),
            via: Via::Internet,
            next_hop: it.head.id.clone(),
            description: None,
            strict: true,
            source: None,
            line: Line::Only,
        };
        let change = TableChange {
            add: vec![route],
            ..TableChange::default()
        };
        route_table::update(tx, cx, &table.head.id, change)?;
    }
    Ok(it)
}

/// Changes an internet gateway.
pub fn update(
    tx: &mut Tx<'_>,
    cx: &mut Context<'_>,
    id: &str,
    change: InternetGatewayChange,
) -> Result<InternetGateway, Fault> {
    let mut it: InternetGateway = tx.get(&cx.caller.project, id)?;
    condition::backend_writes(tx, cx)?;
    if let Some(name) = change.name {
        it.name = name;
    }
    match change.ipv6 {
        Some(false) if it.ipv6 => {
            return Err(Fault::invalid("enable_ipv6", "it cannot be taken back"));
        }
        Some(true) if !it.ipv6 => {
            condition::ipv6(tx, cx)?;
            it.ipv6 = true;
            tx.change(cx, &mut it)?;
        }
        _ => tx.update(cx, &mut it)?,
    }
    Ok(it)
}

/// Deletes an internet gateway with its port and with the routes that lead to it.
pub fn delete(tx: &mut Tx<'_>, cx: &mut Context<'_>, id: &str) -> Result<(), Fault> {
    let it: InternetGateway = tx.get(&cx.caller.project, id)?;
    condition::backend_writes(tx, cx)?;
    if let Some(port) = &it.port
        && let Some(port) = tx.any::<Port>(port)?
    {
        port::discard(tx, &port)?;
    }
    route_table::forget(tx, cx, id)?;
    tx.remove(&it)
}

/// What the fabric shall hold for the gateway.
pub fn planned(tx: &mut Tx<'_>, id: &str) -> Result<Option<Value>, Fault> {
    let it = tx.any::<InternetGateway>(id)?;
    Ok(it.map(|it| json!({"port": it.port, "ipv6": it.ipv6})))
}

fn obtain_port(
    tx: &mut Tx<'_>,
    cx: &mut Context<'_>,
    vpc: &Vpc,
    subnet: &str,
    device: &str,
) -> Result<String, Fault> {
    let subnet: Subnet = tx.get(&cx.caller.project, subnet)?;
    if subnet.vpc() != vpc.head.id {
        return Err(Fault::WrongParent {
            kind: Kind::Subnet,
            id: subnet.head.id,
        });
    }
    let new = NewPort {
        subnet: subnet.head.id,
        device_owner: PORT.to_owned(),
        device_id: device.to_owned(),
        security_groups: Some(Vec::new()),
        ..NewPort::default()
    };
    Ok(port::create(tx, cx, new)?.head.id)
}
