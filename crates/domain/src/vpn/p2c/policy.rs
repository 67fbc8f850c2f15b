//! Access policies: where the users of a group get through to.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use vpcd_net::Cidr;

use crate::context::Context;
use crate::fault::Fault;
use crate::quota;
use crate::resource::{Head, Kind, Resource};
use crate::tx::Tx;
use crate::vpn::p2c::group::{self, Group};
use crate::vpn::p2c::server::{self, NOBODYS, Server};
use crate::vpn::p2c::{Limits, Refusal, queue, roster};
use crate::vpn::{created, data_plane};

/// An access policy.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct AccessPolicy {
    /// Head; the parent is the server.
    pub head: Head,
    /// Name.
    pub name: String,
    /// What it is for.
    pub description: String,
    /// The group that it admits.
    pub group: String,
    /// Where to; the one that came with the server leads to all that is behind the server.
    pub destinations: Vec<Cidr>,
    /// Whether it came with the server.
    pub builtin: bool,
}

/// Validated input of [`create`].
#[derive(Clone, Debug)]
pub struct NewPolicy {
    /// The server.
    pub server: String,
    /// Name.
    pub name: String,
    /// What it is for.
    pub description: String,
    /// The group that it admits.
    pub group: String,
    /// Where to.
    pub destinations: Vec<Cidr>,
}

/// Validated input of [`update`]; absent fields stay.
#[derive(Clone, Debug, Default)]
pub struct PolicyChange {
    /// New name.
    pub name: Option<String>,
    /// New description.
    pub description: Option<String>,
    /// Another group.
    pub group: Option<String>,
    /// New destinations.
    pub destinations: Option<Vec<Cidr>>,
}

/// A policy with what is derived for those who look at it.
#[derive(Clone, Debug)]
pub struct View {
    /// The policy.
    pub policy: AccessPolicy,
    /// Name of its group.
    pub group: String,
    /// Where it leads.
    pub destinations: Vec<Cidr>,
}

impl Resource for AccessPolicy {
    const KIND: Kind = Kind::VpnAccessPolicy;

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
        vec![("admits", self.group.clone())]
    }
}

impl AccessPolicy {
    /// The server's id.
    pub fn server(&self) -> &str {
        self.head.parent.as_deref().unwrap_or_default()
    }
}

/// Creates a policy.
pub fn create(
    tx: &mut Tx<'_>,
    cx: &mut Context<'_>,
    new: NewPolicy,
    limits: &Limits,
) -> Result<AccessPolicy, Fault> {
    let (server, _) = server::ready(tx, cx, &new.server)?;
    judge(&server, &new.destinations, limits)?;
    roster::of::<Group>(tx, cx, &server.head.id, &new.group)?;
    data_plane(tx, Some(server.gateway()), false)?;
    quota::take_below::<AccessPolicy>(tx, cx, "vpn_access_policy", &server.head.id)?;
    queue::enter(tx, &server, &group::target(&server))?;
    add(tx, cx, &server, new, false)
}

/// Creates the policy that lets the users of the first group through to all that is behind the server.
pub(super) fn create_default(
    tx: &mut Tx<'_>,
    cx: &mut Context<'_>,
    server: &Server,
    group: &Group,
) -> Result<(), Fault> {
    let new = NewPolicy {
        server: server.head.id.clone(),
        name: group::DEFAULT.to_owned(),
        description: String::new(),
        group: group.head.id.clone(),
        destinations: Vec::new(),
    };
    add(tx, cx, server, new, true).map(drop)
}

fn add(
    tx: &mut Tx<'_>,
    cx: &mut Context<'_>,
    server: &Server,
    new: NewPolicy,
    builtin: bool,
) -> Result<AccessPolicy, Fault> {
    let mut head = Head::new::<AccessPolicy>(cx, Some(&server.head.id));
    head.target = group::target(server);
    created::stamp::<AccessPolicy>(tx, &mut head)?;
    let it = AccessPolicy {
        name: new.name,
        description: new.description,
        group: new.group,
        destinations: new.destinations,
        builtin,
        head,
    };
    roster::enter(tx, &policies(&server.head.id), &it.head)?;
    tx.insert(&it)?;
    Ok(it)
}

/// The policy of that id in that server.
pub fn show(tx: &mut Tx<'_>, cx: &mut Context<'_>, server: &str, id: &str) -> Result<View, Fault> {
    let server: Server = tx.get(&cx.caller.project, server)?;
    let policy = roster::of(tx, cx, &server.head.id, id)?;
    view(tx, &server, policy)
}

/// A page of the policies of a server, and how many there are.
pub fn list(
    tx: &mut Tx<'_>,
    cx: &mut Context<'_>,
    server: &str,
    after: Option<Timestamp>,
    limit: usize,
) -> Result<(Vec<View>, u64), Fault> {
    let server: Server = tx.get(&cx.caller.project, server)?;
    let id = &server.head.id;
    let page: Vec<AccessPolicy> = roster::page(tx, &policies(id), after, limit)?;
    let views = page.into_iter().map(|it| view(tx, &server, it));
    let views: Result<Vec<View>, Fault> = views.collect();
    Ok((views?, tx.count_children::<AccessPolicy>(id)?))
}

/// Changes a policy.
pub fn update(
    tx: &mut Tx<'_>,
    cx: &mut Context<'_>,
    server: &str,
    id: &str,
    change: PolicyChange,
    limits: &Limits,
) -> Result<View, Fault> {
    let (server, _) = server::ready(tx, cx, server)?;
    let mut it = own(tx, cx, &server, id)?;
    if let Some(name) = change.name {
        it.name = name;
    }
    if let Some(description) = change.description {
        it.description = description;
    }
    if let Some(destinations) = change.destinations {
        judge(&server, &destinations, limits)?;
        it.destinations = destinations;
    }
    if let Some(id) = change.group {
        it.group = roster::of::<Group>(tx, cx, &server.head.id, &id)?.head.id;
    }
    data_plane(tx, Some(server.gateway()), false)?;
    queue::enter(tx, &server, &it.head.target)?;
    tx.change(cx, &mut it)?;
    view(tx, &server, it)
}

/// Deletes a policy.
pub fn delete(tx: &mut Tx<'_>, cx: &mut Context<'_>, server: &str, id: &str) -> Result<(), Fault> {
    let (server, _) = server::ready(tx, cx, server)?;
    let it = own(tx, cx, &server, id)?;
    data_plane(tx, Some(server.gateway()), false)?;
    queue::enter(tx, &server, &it.head.target)?;
    tx.remove(&it)
}

/// Judges destinations in the order of VPN.1402, 1404, 1405.
fn judge(server: &Server, destinations: &[Cidr], limits: &Limits) -> Result<(), Fault> {
    if destinations.len() > limits.destinations {
        return Err(Refusal::DestinationCount.into());
    }
    for (at, cidr) in destinations.iter().enumerate() {
        if destinations[..at].contains(cidr) {
            return Err(Refusal::DestinationTwice { cidr: *cidr }.into());
        }
    }
    let is_nobodys = |cidr: &Cidr| {
        let mut blocks = NOBODYS.iter().filter_map(|text| text.parse::<Cidr>().ok());
        blocks.any(|block| block.overlaps(*cidr))
    };
    // The way to everywhere is a destination, though it overlaps them all.
    let denied =
        |cidr: &&Cidr| cidr.prefix() > 0 && (is_nobodys(cidr) || cidr.overlaps(server.client_cidr));
    match destinations.iter().find(denied) {
        Some(cidr) => Err(Refusal::DestinationUnavailable { cidr: *cidr }.into()),
        None => Ok(()),
    }
}

fn view(tx: &mut Tx<'_>, server: &Server, policy: AccessPolicy) -> Result<View, Fault> {
    let group = tx.any::<Group>(&policy.group)?;
    Ok(View {
        group: group.map(|it| it.name).unwrap_or_default(),
        destinations: match policy.builtin {
            true => server.local_subnets.clone(),
            false => policy.destinations.clone(),
        },
        policy,
    })
}

/// The policy of that id, unless it came with the server (VPN.1406).
fn own(
    tx: &mut Tx<'_>,
    cx: &Context<'_>,
    server: &Server,
    id: &str,
) -> Result<AccessPolicy, Fault> {
    let it = roster::of::<AccessPolicy>(tx, cx, &server.head.id, id)?;
    match it.builtin {
        true => Err(Refusal::DefaultPolicy.into()),
        false => Ok(it),
    }
}

fn policies(server: &str) -> String {
    format!("vpn_policies/{server}")
}
