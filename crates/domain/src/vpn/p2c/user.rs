//! Users of a server: who may dial in with a password.

mod create;
mod password;

use std::collections::BTreeSet;
use std::net::Ipv4Addr;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use vpcd_net::Cidr;
use vpcd_store::claim;

use crate::context::Context;
use crate::fault::Fault;
use crate::ipam;
use crate::resource::{Head, Kind, Resource};
use crate::tx::Tx;
use crate::vpn::data_plane;
use crate::vpn::p2c::gateway::Gateway;
use crate::vpn::p2c::group::{self, Group};
use crate::vpn::p2c::password::forget;
use crate::vpn::p2c::server::{self, Server};
use crate::vpn::p2c::{Refusal, place, queue, roster, session};

pub use create::{InGroup, NewUser, Wrong, create, create_many, judge};
pub use password::{Known, known, set_password};

/// A user.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct User {
    /// Head; the parent is the server.
    pub head: Head,
    /// Name, one of its kind in the server.
    pub name: String,
    /// Who it is.
    pub description: String,
    /// The group that it is in.
    pub group: Option<String>,
    /// The address that it always gets.
    pub address: Option<Ipv4Addr>,
    /// The hashes of its last passwords, by credential id; the present one first.
    pub passwords: Vec<String>,
}

/// Validated input of [`update`]; absent fields stay.
#[derive(Clone, Debug, Default)]
pub struct UserChange {
    /// New description.
    pub description: Option<String>,
    /// Another group, or none.
    pub group: Option<Option<String>>,
    /// Another address of its own, or none.
    pub address: Option<Option<Ipv4Addr>>,
}

/// A user with the name of its group.
#[derive(Clone, Debug)]
pub struct View {
    /// The user.
    pub user: User,
    /// Name of its group.
    pub group: Option<String>,
}

impl Resource for User {
    const KIND: Kind = Kind::VpnUser;

    fn head(&self) -> &Head {
        &self.head
    }

    fn head_mut(&mut self) -> &mut Head {
        &mut self.head
    }

    fn counted(&self) -> bool {
        true
    }
}

impl User {
    /// The server's id.
    pub fn server(&self) -> &str {
        self.head.parent.as_deref().unwrap_or_default()
    }
}

/// The user of that id in that server.
pub fn show(tx: &mut Tx<'_>, cx: &mut Context<'_>, server: &str, id: &str) -> Result<View, Fault> {
    roster::show(tx, cx, server, id, view)
}

/// A page of the users of a server, and how many there are.
pub fn list(
    tx: &mut Tx<'_>,
    cx: &mut Context<'_>,
    server: &str,
    after: Option<Timestamp>,
    limit: usize,
) -> Result<(Vec<View>, u64), Fault> {
    roster::list(tx, cx, (server, &users(server)), (after, limit), view)
}

/// Changes a user.
pub fn update(
    tx: &mut Tx<'_>,
    cx: &mut Context<'_>,
    server: &str,
    id: &str,
    change: UserChange,
) -> Result<View, Fault> {
    let (server, gateway) = server::ready(tx, cx, server)?;
    let mut it = roster::of::<User>(tx, cx, &server.head.id, id)?;
    if let Some(description) = change.description {
        it.description = description;
    }
    if let Some(group) = change.group {
        if let Some(id) = &group {
            roster::of::<Group>(tx, cx, &server.head.id, id)?;
        }
        move_to(tx, &mut it, group)?;
    }
    if let Some(address) = change.address.filter(|address| *address != it.address) {
        if let Some(address) = address {
            free(tx, &server, &gateway, address)?;
            let key = ipam::key(address);
            claim::take(tx.rows(), &addresses(&server.head.id), &key, id)?;
        }
        leave_address(tx, &it)?;
        it.address = address;
    }
    data_plane(tx, Some(server.gateway()), false)?;
    queue::enter(tx, &server, &it.head.target)?;
    tx.change(cx, &mut it)?;
    view(tx, it)
}

/// Deletes users, all or none.
pub fn delete(
    tx: &mut Tx<'_>,
    cx: &mut Context<'_>,
    server: &str,
    ids: &[String],
) -> Result<(), Fault> {
    let (server, _) = server::ready(tx, cx, server)?;
    distinct(ids)?;
    data_plane(tx, Some(server.gateway()), false)?;
    for (at, id) in ids.iter().enumerate() {
        let it = roster::of::<User>(tx, cx, &server.head.id, id)?;
        if at == 0 {
            queue::enter(tx, &server, &it.head.target)?;
        }
        session::end(tx, server.gateway(), &it.name)?;
        discard(tx, it)?;
    }
    Ok(())
}

/// Removes a user with its passwords and its place in its group.
pub fn discard(tx: &mut Tx<'_>, mut it: User) -> Result<(), Fault> {
    move_to(tx, &mut it, None)?;
    forget(tx, &it.passwords)?;
    tx.remove(&it)
}

/// Refuses no users at all (VPN.1318) and one of them twice (VPN.1315).
pub(super) fn distinct(users: &[String]) -> Result<(), Fault> {
    if users.is_empty() {
        return Err(Refusal::NoUsers.into());
    }
    let mut seen = BTreeSet::new();
    match users.iter().find(|user| !seen.insert(*user)) {
        Some(user) => Err(Refusal::UserTwice { user: user.clone() }.into()),
        None => Ok(()),
    }
}

/// Moves a user to another group, or to none; the caller stores it.
pub(super) fn move_to(tx: &mut Tx<'_>, it: &mut User, group: Option<String>) -> Result<(), Fault> {
    if it.group == group {
        return Ok(());
    }
    if let Some(old) = &it.group {
        roster::leave(tx, &group::members(old), &it.head)?;
        group::count_member(tx, old, -1)?;
    }
    if let Some(new) = &group {
        roster::enter(tx, &group::members(new), &it.head)?;
        group::count_member(tx, new, 1)?;
    }
    it.group = group;
    Ok(())
}

fn view(tx: &mut Tx<'_>, user: User) -> Result<View, Fault> {
    let group = match &user.group {
        Some(id) => tx.any::<Group>(id)?.map(|it| it.name),
        None => None,
    };
    Ok(View { user, group })
}

/// Whether a user can have an address of its own: the first host of a block of four that is not the server's own.
fn free(
    tx: &mut Tx<'_>,
    server: &Server,
    gateway: &Gateway,
    address: Ipv4Addr,
) -> Result<(), Fault> {
    gateway.must_know("static_ip")?;
    let clients = server.client_cidr;
    if !clients.has(address) {
        return Err(Fault::invalid(
            "static_ip",
            format!("{address} is outside {clients}"),
        ));
    }
    if !place::is_clients(clients, address) {
        let reason = format!("{address} is not the first host of a /30 that clients get");
        return Err(Fault::invalid("static_ip", reason));
    }
    let key = ipam::key(address);
    match claim::holder(tx.rows(), &addresses(&server.head.id), &key)? {
        Some(_) => {
            let reason = format!("{address} is another user's");
            Err(Fault::invalid("static_ip", reason))
        }
        None => Ok(()),
    }
}

/// An address of a user of the server that clients of the block cannot have.
pub(super) fn stray(
    tx: &mut Tx<'_>,
    server: &Server,
    clients: Cidr,
) -> Result<Option<Ipv4Addr>, Fault> {
    place::stray(tx, &addresses(&server.head.id), clients)
}

/// The user of that name in a server.
pub(super) fn by_name(tx: &mut Tx<'_>, server: &str, name: &str) -> Result<Option<User>, Fault> {
    match claim::holder(tx.rows(), &names(server), name)? {
        Some(id) => tx.any(&id),
        None => Ok(None),
    }
}

/// Whether the address is another user's of the server.
pub(super) fn is_anothers(
    tx: &mut Tx<'_>,
    server: &str,
    address: Ipv4Addr,
    user: Option<&User>,
) -> Result<bool, Fault> {
    let holder = claim::holder(tx.rows(), &addresses(server), &ipam::key(address))?;
    Ok(holder.is_some_and(|id| user.is_none_or(|user| user.head.id != id)))
}

fn leave_address(tx: &mut Tx<'_>, it: &User) -> Result<(), Fault> {
    if let Some(address) = it.address {
        claim::release(tx.rows(), &addresses(it.server()), &ipam::key(address))?;
    }
    Ok(())
}

fn users(server: &str) -> String {
    format!("vpn_users/{server}")
}

fn names(server: &str) -> String {
    format!("vpn_user_name/{server}")
}

fn addresses(server: &str) -> String {
    format!("vpn_user_address/{server}")
}
