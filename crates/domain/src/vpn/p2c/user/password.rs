//! Changing a user's password.

use super::User;
use crate::context::Context;
use crate::fault::Fault;
use crate::tx::Tx;
use crate::vpn::p2c::{password, queue, roster, server};
use crate::vpn::{Secret, data_plane};

/// A user whose password is about to change, with the hashes of the last ones.
#[derive(Clone, Debug)]
pub struct Known {
    /// The user.
    pub user: User,
    /// The hashes of the last passwords, the present one first.
    pub hashes: Vec<Secret>,
}

/// The user with its last passwords, if it can have this new one as far as rules go.
pub fn known(
    tx: &mut Tx<'_>,
    cx: &mut Context<'_>,
    server: &str,
    id: &str,
    new: &Secret,
) -> Result<Known, Fault> {
    let (server, _) = server::ready(tx, cx, server)?;
    let user = roster::of::<User>(tx, cx, &server.head.id, id)?;
    password::judge(tx, &user.name, new)?;
    Ok(Known {
        hashes: password::hashes(tx, cx, &user.passwords)?,
        user,
    })
}

/// Gives the user a new password, if its last ones are still those that were `seen`.
pub fn set_password(
    tx: &mut Tx<'_>,
    cx: &mut Context<'_>,
    seen: &User,
    hash: &Secret,
) -> Result<(), Fault> {
    let (server, _) = server::ready(tx, cx, seen.server())?;
    let mut it = roster::of::<User>(tx, cx, &server.head.id, &seen.head.id)?;
    if it.passwords != seen.passwords {
        return Err(Fault::Stale);
    }
    data_plane(tx, Some(server.gateway()), false)?;
    queue::enter(tx, &server, &it.head.target)?;
    let id = password::keep(tx, cx, &it.head.id, hash)?;
    it.passwords.insert(0, id);
    let old = it.passwords.len().min(password::REMEMBERED);
    password::forget(tx, &it.passwords.split_off(old))?;
    tx.change(cx, &mut it)
}
