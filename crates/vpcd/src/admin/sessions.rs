//! Clients that are connected to gateways, where no fabric brings any.

use std::net::Ipv4Addr;

use serde::Deserialize;
use serde_json::{Value, json};
use vpcd_dialect::Reply;
use vpcd_domain::vpn::p2c::session::{self, NewSession, Session, Traffic};

use super::ask::Ask;
use super::refused::Refused;
use super::{created, gone, list};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Body {
    gateway: String,
    user: String,
    client_ip: Ipv4Addr,
    #[serde(default)]
    virtual_ip: Option<Ipv4Addr>,
    #[serde(default)]
    traffic: Traffic,
}

pub(super) fn sessions(ask: &Ask<'_>) -> Result<Reply, Refused> {
    let all = ask.read(|tx, _| tx.everything::<Session>(None, usize::MAX))?;
    list("vpn-sessions", all.iter().map(described).collect())
}

pub(super) fn open(ask: &Ask<'_>) -> Result<Reply, Refused> {
    let body: Body = ask.body()?;
    let new = NewSession {
        gateway: body.gateway,
        user: body.user,
        client: body.client_ip,
        address: body.virtual_ip,
        traffic: body.traffic,
    };
    created(ask.write(move |tx, cx| Ok(described(&session::open(tx, cx, new.clone())?)))?)
}

pub(super) fn close(ask: &Ask<'_>) -> Result<Reply, Refused> {
    let id = ask.param(0).to_owned();
    ask.write(move |tx, _| session::close(tx, &id))?;
    gone()
}

fn described(it: &Session) -> Value {
    json!({
        "id": it.head.id,
        "project": it.head.project,
        "gateway": it.gateway(),
        "user": it.user,
        "client_ip": it.client,
        "virtual_ip": it.address,
        "since": it.head.created,
        "traffic": it.traffic,
    })
}
