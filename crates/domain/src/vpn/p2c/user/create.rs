//! Creating users, one or many at once.

use std::collections::BTreeSet;
use std::net::Ipv4Addr;

use vpcd_store::claim;

use super::{User, addresses, free, names, users};
use crate::context::Context;
use crate::fault::Fault;
use crate::ipam;
use crate::quota;
use crate::resource::{Head, Kind};
use crate::tx::Tx;
use crate::vpn::p2c::gateway::Gateway;
use crate::vpn::p2c::server::{self, Auth, Server};
use crate::vpn::p2c::{Refusal, group, password, queue, roster};
use crate::vpn::{Secret, created, data_plane};

/// So many users make one target of the fabric: a change of one costs no more than that, however many there are.
const TOGETHER: u64 = 64;

/// The quota of users.
const QUOTA: &str = "vpn_user";

/// Names that are the server's own, whatever their case (VPN.1317).
const RESERVED: [&str; 5] = [
    "link",
    "cascade",
    "securenat",
    "localbridge",
    "administrator",
];

/// Names that begin so are the server's own too.
const RESERVED_PREFIX: &str = "l3sw_";

/// Validated input of [`create`] and [`create_many`].
#[derive(Clone, Debug)]
pub struct NewUser {
    /// Name.
    pub name: String,
    /// Its password, to be judged.
    pub password: Secret,
    /// The hash of its password; none when it was clear before that the user will be refused.
    pub hash: Option<Secret>,
    /// Who it is.
    pub description: String,
    /// The group that it is in.
    pub group: Option<InGroup>,
    /// The address that it always gets.
    pub address: Option<Ipv4Addr>,
}

/// How a new user's group is named.
#[derive(Clone, Debug)]
pub enum InGroup {
    /// By id.
    Id(String),
    /// By name.
    Name(String),
}

/// A user of a batch that cannot be created: which one, and why.
#[derive(Clone, Debug, PartialEq)]
pub struct Wrong {
    /// Its place in the batch.
    pub at: usize,
    /// Why.
    pub fault: Fault,
}

/// What a request for new users finds.
struct Place {
    server: Server,
    gateway: Gateway,
}

/// Creates a user.
pub fn create(
    tx: &mut Tx<'_>,
    cx: &mut Context<'_>,
    server: &str,
    new: NewUser,
) -> Result<User, Fault> {
    let place = place(tx, cx, server)?;
    let group = one(tx, cx, &place, &new)?;
    let target = target(&place, room(tx, cx, &place, 1)?);
    queue::enter(tx, &place.server, &target)?;
    add(tx, cx, &place.server, &target, new, group)
}

/// Creates users, all or none; what is wrong with single ones is the answer then.
pub fn create_many(
    tx: &mut Tx<'_>,
    cx: &mut Context<'_>,
    server: &str,
    new: Vec<NewUser>,
) -> Result<Vec<Wrong>, Fault> {
    let place = place(tx, cx, server)?;
    let groups = match many(tx, cx, &place, &new)? {
        Ok(groups) => groups,
        Err(wrong) => return Ok(wrong),
    };
    let there = room(tx, cx, &place, new.len())?;
    queue::enter(tx, &place.server, &target(&place, there))?;
    for ((new, group), at) in new.into_iter().zip(groups).zip(there..) {
        add(tx, cx, &place.server, &target(&place, at), new, group)?;
    }
    Ok(Vec::new())
}

/// Whether these users could be created now: what a caller asks before it takes the time for hashes.
pub fn judge(
    tx: &mut Tx<'_>,
    cx: &mut Context<'_>,
    server: &str,
    new: &[NewUser],
) -> Result<bool, Fault> {
    let place = place(tx, cx, server)?;
    room(tx, cx, &place, new.len())?;
    Ok(many(tx, cx, &place, new)?.is_ok())
}

fn place(tx: &mut Tx<'_>, cx: &Context<'_>, server: &str) -> Result<Place, Fault> {
    let (server, gateway) = server::ready(tx, cx, server)?;
    if server.auth != Auth::Password {
        return Err(Fault::invalid(
            "client_auth_type",
            "the server knows its clients by other means than passwords",
        ));
    }
    data_plane(tx, Some(&gateway.head.id), false)?;
    Ok(Place { server, gateway })
}

/// Judges a user in the order of VPN.1317, 1302, the password's rows, 1301; the answer is its group's id.
fn one(
    tx: &mut Tx<'_>,
    cx: &Context<'_>,
    place: &Place,
    new: &NewUser,
) -> Result<Option<String>, Fault> {
    let small = new.name.to_lowercase();
    if small.starts_with(RESERVED_PREFIX) || RESERVED.contains(&small.as_str()) {
        return Err(Refusal::NameReserved.into());
    }
    let server = &place.server.head.id;
    if claim::holder(tx.rows(), &names(server), &new.name)?.is_some() {
        return Err(Fault::NameTaken {
            kind: Kind::VpnUser,
            name: new.name.clone(),
        });
    }
    password::judge(tx, &new.name, &new.password)?;
    let group = match &new.group {
        Some(InGroup::Id(id)) => Some(roster::of::<group::Group>(tx, cx, server, id)?.head.id),
        Some(InGroup::Name(name)) => Some(group::named(tx, server, name)?),
        None => None,
    };
    if let Some(address) = new.address {
        free(tx, &place.server, &place.gateway, address)?;
    }
    Ok(group)
}

type Groups = Vec<Option<String>>;

fn many(
    tx: &mut Tx<'_>,
    cx: &Context<'_>,
    place: &Place,
    new: &[NewUser],
) -> Result<Result<Groups, Vec<Wrong>>, Fault> {
    if new.is_empty() {
        return Err(Refusal::NoUsers.into());
    }
    let (mut seen, mut given) = (BTreeSet::new(), BTreeSet::new());
    if let Some(twice) = new.iter().find(|it| !seen.insert(&it.name)) {
        let user = twice.name.clone();
        return Err(Refusal::UserTwice { user }.into());
    }
    let (mut groups, mut wrong) = (Vec::with_capacity(new.len()), Vec::new());
    for (at, it) in new.iter().enumerate() {
        match one(tx, cx, place, it) {
            Ok(_) if it.address.is_some_and(|address| !given.insert(address)) => {
                let fault = Fault::invalid("static_ip", "it is another user's of this request");
                wrong.push(Wrong { at, fault });
            }
            Ok(group) => groups.push(group),
            // The whole request fails with the store, not with a user.
            Err(fault @ Fault::Store(_)) => return Err(fault),
            Err(fault) => wrong.push(Wrong { at, fault }),
        }
    }
    Ok(match wrong.is_empty() {
        true => Ok(groups),
        false => Err(wrong),
    })
}

/// How many users the server has, if it has room for so many more (VPN.1307).
fn room(tx: &mut Tx<'_>, cx: &Context<'_>, place: &Place, more: usize) -> Result<u64, Fault> {
    let there = tx.count_children::<User>(&place.server.head.id)?;
    let limit = quota::limit(tx, cx, &cx.caller.project, QUOTA)?;
    let more = u64::try_from(more).unwrap_or(u64::MAX);
    match limit {
        Some(limit) if there.saturating_add(more) > limit => Err(Fault::QuotaExceeded {
            quota: QUOTA,
            limit,
        }),
        _ => Ok(there),
    }
}

/// The target of the user that is created when so many are there.
fn target(place: &Place, there: u64) -> String {
    format!("{}/users/{}", place.server.head.target, there / TOGETHER)
}

fn add(
    tx: &mut Tx<'_>,
    cx: &mut Context<'_>,
    server: &Server,
    target: &str,
    new: NewUser,
    group: Option<String>,
) -> Result<User, Fault> {
    // Only what was refused a moment ago comes without a hash.
    let hash = new.hash.ok_or(Fault::Stale)?;
    let mut head = Head::new::<User>(cx, Some(&server.head.id));
    head.target = target.to_owned();
    created::stamp::<User>(tx, &mut head)?;
    let (id, server) = (head.id.clone(), &server.head.id);
    let mut it = User {
        name: new.name,
        description: new.description,
        group: None,
        address: new.address,
        passwords: vec![password::keep(tx, cx, &id, &hash)?],
        head,
    };
    claim::take(tx.rows(), &names(server), &it.name, &id)?;
    if let Some(address) = it.address {
        claim::take(tx.rows(), &addresses(server), &ipam::key(address), &id)?;
    }
    roster::enter(tx, &users(server), &it.head)?;
    super::move_to(tx, &mut it, group)?;
    tx.insert(&it)?;
    Ok(it)
}
