//! The routing table of a gateway: the blocks behind it, and those behind the far ends.

use std::net::Ipv4Addr;

use vpcd_net::Prefix;

use crate::context::Context;
use crate::fault::Fault;
use crate::state::{Lifecycle, State};
use crate::tx::Tx;
use crate::vpn::connection::{self, Connection, Style};
use crate::vpn::gateway::Gateway;

/// A route of a gateway.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// Where packets want to go.
    pub destination: Prefix,
    /// Who forwards them; nobody for the blocks behind the gateway itself.
    pub next_hop: Option<Ipv4Addr>,
    /// The gateway's address that they leave from.
    pub interface: Option<Ipv4Addr>,
    /// Autonomous systems on the way.
    pub path: Vec<u32>,
    /// What the next hop belongs to.
    pub owner: Owner,
}

/// What a next hop belongs to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Owner {
    /// A connection, by id.
    Connection(String),
    /// The gateway itself, by id.
    Gateway(String),
    /// The router that it is attached to, by id.
    Router(String),
}

/// The routes of a gateway, in the order of their destinations. What ends tell each other is known only while the far
/// end answers.
pub fn table(tx: &mut Tx<'_>, cx: &Context<'_>, gateway: &str) -> Result<Vec<Entry>, Fault> {
    let gateway: Gateway = tx.get(&cx.caller.project, gateway)?;
    let owner = match gateway.router() {
        Some(router) => Owner::Router(router.to_owned()),
        None => Owner::Gateway(gateway.head.id.clone()),
    };
    let behind = gateway.local_subnets.iter().map(|block| Entry {
        destination: *block,
        next_hop: None,
        interface: None,
        path: Vec::new(),
        owner: owner.clone(),
    });
    let mut entries: Vec<Entry> = behind.collect();
    for it in tx.children::<Connection>(&gateway.head.id)? {
        let state = it.head.state();
        if it.head.lifecycle == Lifecycle::Deleting || state == State::Frozen {
            continue;
        }
        let view = connection::view(tx, it)?;
        let told = view.connection.style == Style::Bgp;
        if told && !(view.up && state == State::Active) {
            continue;
        }
        let it = &view.connection;
        entries.extend(it.peer_subnets.iter().map(|block| Entry {
            destination: *block,
            next_hop: Some(it.tunnel.peer),
            interface: view.local,
            path: view.peer_asn.filter(|_| told).into_iter().collect(),
            owner: Owner::Connection(it.head.id.clone()),
        }));
    }
    entries.sort_by_key(|it| (it.destination.to_string(), it.next_hop));
    Ok(entries)
}
