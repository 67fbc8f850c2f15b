//! Passwords of users: hashes are made and compared here, outside transactions, because they take long on purpose.

use std::num::NonZero;
use std::thread;

use serde::Deserialize;
use serde_json::json;
use vpcd_dialect::{Call, Refusal, Reply};
use vpcd_domain::Fault;
use vpcd_domain::identity::{hash_password, verify_password};
use vpcd_domain::vpn::Secret;
use vpcd_domain::vpn::p2c::user::{self, Known, NewUser};
use vpcd_domain::vpn::p2c::{Refusal as Cause, Weakness};

use super::super::faults::refuse;
use super::ids;
use crate::vpn::parse::{self, needed, reply};

/// How often a change starts again because another one of the same user came first.
const TRIES: usize = 3;

#[derive(Deserialize)]
struct Wire {
    old_password: Option<String>,
    new_password: Option<String>,
}

/// `PUT /v5/{project_id}/p2c-vpn-gateways/vpn-servers/{vpn_server_id}/users/{user_id}/password`
pub fn change_password(call: &Call<'_>) -> Result<Reply, Refusal> {
    let wire = parse::body::<Wire>(call)?;
    let old = wire.old_password.ok_or_else(|| needed("old_password"))?;
    change(call, Some(&old), wire.new_password)
}

/// `POST /v5/{project_id}/p2c-vpn-gateways/vpn-servers/{vpn_server_id}/users/{user_id}/reset-password`
pub fn reset_password(call: &Call<'_>) -> Result<Reply, Refusal> {
    let wire = parse::body::<Wire>(call)?;
    change(call, None, wire.new_password)
}

fn change(call: &Call<'_>, old: Option<&str>, new: Option<String>) -> Result<Reply, Refusal> {
    let new = new.ok_or_else(|| needed("new_password"))?;
    let mut ended = Err(Fault::Stale);
    for _ in 0..TRIES {
        ended = attempt(call, old, &new);
        if ended != Err(Fault::Stale) {
            break;
        }
    }
    ended.map_err(|fault| refuse(call, fault))?;
    Ok(reply(call, json!({})))
}

fn attempt(call: &Call<'_>, old: Option<&str>, new: &str) -> Result<(), Fault> {
    let (server, id) = ids(call);
    let secret = Secret::new(new.to_owned());
    let Known { user, hashes } =
        call.read(move |tx, cx| user::known(tx, cx, &server, &id, &secret))?;
    let is = |password: &str, hash: &Secret| hash.shown(|hash| verify_password(password, hash));
    let refused = |weakness| Err(Fault::P2c(Cause::Password(weakness)));
    if let Some(old) = old
        && !hashes.first().is_some_and(|hash| is(old, hash))
    {
        return refused(Weakness::Wrong);
    }
    if hashes.iter().any(|hash| is(new, hash)) {
        return refused(Weakness::Repeated);
    }
    let Some(hash) = hash_password(new, &call.app.ids().bytes()) else {
        return refused(Weakness::Characters);
    };
    let hash = Secret::new(hash);
    call.write(move |tx, cx| user::set_password(tx, cx, &user, &hash))
}

/// Makes the hashes of new users' passwords, on all processors, if the users can be created as far as one can tell.
pub fn hash(call: &Call<'_>, server: &str, new: &mut [NewUser], plain: &[String]) {
    let (server, asked) = (server.to_owned(), new.to_vec());
    let judged = call.read(move |tx, cx| user::judge(tx, cx, &server, &asked));
    if judged != Ok(true) {
        return;
    }
    let mut ids = call.app.ids();
    let salts: Vec<[u8; 32]> = plain.iter().map(|_| ids.bytes()).collect();
    let share = new.len().div_ceil(processors()).max(1);
    thread::scope(|scope| {
        let shares = new.chunks_mut(share).zip(plain.chunks(share));
        for ((new, plain), salts) in shares.zip(salts.chunks(share)) {
            scope.spawn(move || fill(new, plain, salts));
        }
    });
}

fn fill(new: &mut [NewUser], plain: &[String], salts: &[[u8; 32]]) {
    for ((new, plain), salt) in new.iter_mut().zip(plain).zip(salts) {
        new.hash = hash_password(plain, salt).map(Secret::new);
    }
}

fn processors() -> usize {
    thread::available_parallelism().map_or(1, NonZero::get)
}
