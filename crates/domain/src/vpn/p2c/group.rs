//! Groups of a server's users: what policies admit.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use vpcd_store::{claim, tally};

use crate::context::Context;
use crate::fault::{Fault, Holder};
use crate::quota;
use crate::resource::{Head, Kind, Resource};
use crate::tx::Tx;
use crate::vpn::p2c::server::{self, Server};
use crate::vpn::p2c::user::{self, User};
use crate::vpn::p2c::{Refusal, policy, queue, roster};
use crate::vpn::{created, data_plane};

/// The name of the group that every server has from the start.
pub const DEFAULT: &str = "default";

/// What the tallies of members are called.
const MEMBER: &str = "member";

/// A group.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Group {
    /// Head; the parent is the server.
    pub head: Head,
    /// Name, one of its kind in the server.
    pub name: String,
    /// What it is for.
    pub description: String,
    /// Whether it came with the server.
    pub builtin: bool,
}

/// Validated input of [`create`].
#[derive(Clone, Debug)]
pub struct NewGroup {
    /// The server.
    pub server: String,
    /// Name.
    pub name: String,
    /// What it is for.
    pub description: String,
}

/// Validated input of [`update`]; absent fields stay.
#[derive(Clone, Debug, Default)]
pub struct GroupChange {
    /// New name.
    pub name: Option<String>,
    /// New description.
    pub description: Option<String>,
}

/// A group with how many users are in it.
#[derive(Clone, Debug)]
pub struct View {
    /// The group.
    pub group: Group,
    /// Users in it.
    pub members: u64,
}

impl Resource for Group {
    const KIND: Kind = Kind::VpnUserGroup;

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

impl Group {
    /// The server's id.
    pub fn server(&self) -> &str {
        self.head.parent.as_deref().unwrap_or_default()
    }
}

/// Creates a group.
pub fn create(tx: &mut Tx<'_>, cx: &mut Context<'_>, new: NewGroup) -> Result<Group, Fault> {
    let (server, _) = server::ready(tx, cx, &new.server)?;
    data_plane(tx, Some(server.gateway()), false)?;
    quota::take_below::<Group>(tx, cx, "vpn_user_group", &server.head.id)?;
    queue::enter(tx, &server, &target(&server))?;
    add(tx, cx, &server, new, false)
}

/// Creates the group and the policy that every server has from the start.
pub fn create_default(tx: &mut Tx<'_>, cx: &mut Context<'_>, server: &Server) -> Result<(), Fault> {
    let new = NewGroup {
        server: server.head.id.clone(),
        name: DEFAULT.to_owned(),
        description: String::new(),
    };
    let group = add(tx, cx, server, new, true)?;
    policy::create_default(tx, cx, server, &group)
}

fn add(
    tx: &mut Tx<'_>,
    cx: &mut Context<'_>,
    server: &Server,
    new: NewGroup,
    builtin: bool,
) -> Result<Group, Fault> {
    let mut head = Head::new::<Group>(cx, Some(&server.head.id));
    head.target = target(server);
    created::stamp::<Group>(tx, &mut head)?;
    let it = Group {
        name: new.name,
        description: new.description,
        builtin,
        head,
    };
    take_name(tx, &it)?;
    roster::enter(tx, &groups(&server.head.id), &it.head)?;
    tx.insert(&it)?;
    Ok(it)
}

/// The group of that id in that server.
pub fn show(tx: &mut Tx<'_>, cx: &mut Context<'_>, server: &str, id: &str) -> Result<View, Fault> {
    roster::show(tx, cx, server, id, view)
}

/// A page of the groups of a server, and how many there are.
pub fn list(
    tx: &mut Tx<'_>,
    cx: &mut Context<'_>,
    server: &str,
    after: Option<Timestamp>,
    limit: usize,
) -> Result<(Vec<View>, u64), Fault> {
    roster::list(tx, cx, (server, &groups(server)), (after, limit), view)
}

/// Changes a group.
pub fn update(
    tx: &mut Tx<'_>,
    cx: &mut Context<'_>,
    server: &str,
    id: &str,
    change: GroupChange,
) -> Result<View, Fault> {
    let (server, _) = server::ready(tx, cx, server)?;
    let mut it = roster::of::<Group>(tx, cx, &server.head.id, id)?;
    if it.builtin {
        return Err(Refusal::DefaultGroup.into());
    }
    data_plane(tx, Some(server.gateway()), false)?;
    if let Some(name) = change.name.filter(|name| *name != it.name) {
        let old = std::mem::replace(&mut it.name, name);
        take_name(tx, &it)?;
        claim::release(tx.rows(), &names(&server.head.id), &old)?;
    }
    if let Some(description) = change.description {
        it.description = description;
    }
    queue::enter(tx, &server, &it.head.target)?;
    tx.change(cx, &mut it)?;
    view(tx, it)
}

/// Deletes a group; who was in it is in none then.
pub fn delete(tx: &mut Tx<'_>, cx: &mut Context<'_>, server: &str, id: &str) -> Result<(), Fault> {
    let (server, _) = server::ready(tx, cx, server)?;
    let it = roster::of::<Group>(tx, cx, &server.head.id, id)?;
    if it.builtin {
        return Err(Refusal::DefaultGroup.into());
    }
    if !tx.holders(id, 1)?.is_empty() {
        return Err(Fault::InUse {
            kind: Kind::VpnUserGroup,
            id: id.to_owned(),
            by: Holder::Rule,
        });
    }
    data_plane(tx, Some(server.gateway()), false)?;
    queue::enter(tx, &server, &it.head.target)?;
    loop {
        let members: Vec<User> = roster::page(tx, &members(id), None, 256)?;
        if members.is_empty() {
            break;
        }
        for mut user in members {
            user::move_to(tx, &mut user, None)?;
            tx.change(cx, &mut user)?;
        }
    }
    tx.remove(&it)
}

/// A page of the users in a group, and how many there are.
pub fn users(
    tx: &mut Tx<'_>,
    cx: &mut Context<'_>,
    server: &str,
    id: &str,
    after: Option<Timestamp>,
    limit: usize,
) -> Result<(Vec<User>, u64), Fault> {
    let View { members: all, .. } = show(tx, cx, server, id)?;
    Ok((roster::page(tx, &members(id), after, limit)?, all))
}

/// Puts users into a group, all or none (VPN.1304).
pub fn add_users(
    tx: &mut Tx<'_>,
    cx: &mut Context<'_>,
    server: &str,
    id: &str,
    users: &[String],
) -> Result<(), Fault> {
    let inside = |user: &User| user.group.as_deref() == Some(id);
    each_user(tx, cx, server, id, users, |tx, cx, mut user| {
        if user.group.is_some() && !inside(&user) {
            return Err(Refusal::OtherGroup { user: user.head.id }.into());
        }
        user::move_to(tx, &mut user, Some(id.to_owned()))?;
        tx.change(cx, &mut user)
    })
}

/// Takes users out of a group, all or none (VPN.1305).
pub fn remove_users(
    tx: &mut Tx<'_>,
    cx: &mut Context<'_>,
    server: &str,
    id: &str,
    users: &[String],
) -> Result<(), Fault> {
    each_user(tx, cx, server, id, users, |tx, cx, mut user| {
        if user.group.as_deref() != Some(id) {
            return Err(Refusal::NoMember { user: user.head.id }.into());
        }
        user::move_to(tx, &mut user, None)?;
        tx.change(cx, &mut user)
    })
}

fn each_user(
    tx: &mut Tx<'_>,
    cx: &mut Context<'_>,
    server: &str,
    id: &str,
    users: &[String],
    step: impl Fn(&mut Tx<'_>, &mut Context<'_>, User) -> Result<(), Fault>,
) -> Result<(), Fault> {
    let (server, _) = server::ready(tx, cx, server)?;
    roster::of::<Group>(tx, cx, &server.head.id, id)?;
    user::distinct(users)?;
    data_plane(tx, Some(server.gateway()), false)?;
    for (at, user) in users.iter().enumerate() {
        let user = roster::of::<User>(tx, cx, &server.head.id, user)?;
        if at == 0 {
            queue::enter(tx, &server, &user.head.target)?;
        }
        step(tx, cx, user)?;
    }
    Ok(())
}

/// The group with what is derived.
pub fn view(tx: &mut Tx<'_>, group: Group) -> Result<View, Fault> {
    let members = tally::get(tx.rows(), &group.head.id, MEMBER)?;
    Ok(View {
        members: u64::try_from(members).unwrap_or(0),
        group,
    })
}

/// Counts a user in its group, or out of it.
pub(crate) fn count_member(tx: &mut Tx<'_>, group: &str, more: i64) -> Result<(), Fault> {
    Ok(tally::add(tx.rows(), group, MEMBER, more)?)
}

/// The id of the group of that name in that server.
pub(super) fn named(tx: &mut Tx<'_>, server: &str, name: &str) -> Result<String, Fault> {
    let id = claim::holder(tx.rows(), &names(server), name)?;
    id.ok_or_else(|| Fault::NotFound {
        kind: Kind::VpnUserGroup,
        id: name.to_owned(),
    })
}

/// The list of who is in a group.
pub(super) fn members(group: &str) -> String {
    format!("vpn_members/{group}")
}

fn take_name(tx: &mut Tx<'_>, it: &Group) -> Result<(), Fault> {
    match claim::take(tx.rows(), &names(it.server()), &it.name, &it.head.id)? {
        true => Ok(()),
        false => Err(Fault::NameTaken {
            kind: Kind::VpnUserGroup,
            name: it.name.clone(),
        }),
    }
}

fn names(server: &str) -> String {
    format!("vpn_group_name/{server}")
}

fn groups(server: &str) -> String {
    format!("vpn_groups/{server}")
}

/// Groups and policies are few and go to the fabric together.
pub(super) fn target(server: &Server) -> String {
    format!("{}/policies", server.head.target)
}
