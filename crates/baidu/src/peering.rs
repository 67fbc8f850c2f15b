//! Peering connections: one record, seen from either end.

mod wire;

use serde_json::{Value, json};
use vpcd_dialect::{Call, Refusal, Reply};
use vpcd_domain::peering::{self, NewPeering, Peering, Rename};
use vpcd_domain::resource::Kind;
use vpcd_domain::vpc::Vpc;
use vpcd_domain::{Context, Fault, Tx, condition};

use crate::etag::{self, Expected};
use crate::faults::peering::{invalid, refuse};
use crate::page::Page;
use crate::vpc::alias;
use crate::wire::{absent, body};

use wire::{CreateWire, ProtectWire, RenewWire, ResizeWire, RoleWire, UpdateWire, View};

/// `POST /v1/peerconn`
pub fn create(call: &Call<'_>) -> Result<Reply, Refusal> {
    let wire: CreateWire = body(call)?;
    let peer_account = wire.peer_account_id.clone().filter(|id| !id.is_empty());
    let new = wire.parse(call.region)?;
    let body = call.write_once(move |tx, cx| {
        let vpc: Vpc = tx.by_alias(&cx.caller.project, &new.vpc)?;
        let account = peer_account.as_ref().unwrap_or(&cx.caller.account).clone();
        let peer = peering::peer(tx, &account, &new.peer_vpc)?;
        let new = NewPeering {
            vpc: vpc.head.id,
            peer_vpc: peer.head.id,
            peer_project: Some(peer.head.project),
            ..new.clone()
        };
        let it = peering::create(tx, cx, new)?;
        Ok(json!({"peerConnId": alias(&it)}))
    });
    Ok(Reply::json(call.success, body.map_err(refuse)?))
}

/// `GET /v1/peerconn`
pub fn list(call: &Call<'_>) -> Result<Reply, Refusal> {
    let page = Page::of(call).map_err(|_| invalid("maxKeys"))?;
    let vpc = call.query.get("vpcId").map(str::to_owned);
    let region = call.region.to_owned();
    let body = call.read(move |tx, cx| {
        condition::backend_reads(tx, cx)?;
        let vpc = match &vpc {
            Some(id) => Some(tx.by_alias::<Vpc>(&cx.caller.project, id)?.head.id),
            None => None,
        };
        let first = match page.marker() {
            Some(marker) => Some(start(tx, cx, marker)?),
            None => None,
        };
        let wanted = |it: &Peering| vpc.as_deref().is_none_or(|vpc| it.joins(vpc));
        let paged = page.follow(tx, first, wanted, |tx, after, limit| {
            let after = after.map(|it: &Peering| it.head.id.as_str());
            peering::list(tx, cx, vpc.as_deref(), after, limit)
        })?;
        let mut shown = Vec::with_capacity(paged.items.len());
        for it in &paged.items {
            let role = vpc.as_deref().map(|vpc| it.requester.vpc == vpc);
            shown.extend(View::of(cx, it, role).map(|view| view.render(tx, cx, &region)));
        }
        let shown = shown.into_iter().collect::<Result<Vec<_>, Fault>>()?;
        Ok(page.answer("peerConns", &paged, shown))
    });
    Ok(Reply::json(call.success, body.map_err(refuse)?))
}

/// `GET /v1/peerconn/{peerConnId}`
pub fn show(call: &Call<'_>) -> Result<Reply, Refusal> {
    let (id, role) = (id(call), wire::role(call.query.get("role"))?);
    let region = call.region.to_owned();
    let shown = call.read(move |tx, cx| {
        condition::backend_reads(tx, cx)?;
        let it = peering::named(tx, cx, &id)?;
        let view = View::of(cx, &it, role).ok_or_else(|| missing(&id))?;
        Ok((view.render(tx, cx, &region)?, etag::tag(it.head.version)))
    });
    let (shown, tag) = shown.map_err(refuse)?;
    Ok(Reply::json(call.success, shown).header("ETag", tag))
}

/// `PUT /v1/peerconn/{peerConnId}`
pub fn update(call: &Call<'_>) -> Result<Reply, Refusal> {
    let wire: UpdateWire = body(call)?;
    let change = Rename {
        label: wire.local_if_name.map(wire::label).transpose()?,
        description: wire::description(wire.description)?,
    };
    if change.label.is_none() && change.description.is_none() {
        return Err(invalid("body"));
    }
    let interface = wire.local_if_id;
    one(call, move |tx, cx, id| {
        peering::rename(tx, cx, id, &interface, change.clone())
    })
}

/// `PUT /v1/peerconn/{peerConnId}?accept`
pub fn accept(call: &Call<'_>) -> Result<Reply, Refusal> {
    one(call, |tx, cx, id| {
        peering::answer(tx, cx, id, true).map(drop)
    })
}

/// `PUT /v1/peerconn/{peerConnId}?reject`
pub fn reject(call: &Call<'_>) -> Result<Reply, Refusal> {
    one(call, |tx, cx, id| {
        peering::answer(tx, cx, id, false).map(drop)
    })
}

/// `PUT /v1/peerconn/{peerConnId}?resize`
pub fn resize(call: &Call<'_>) -> Result<Reply, Refusal> {
    let wire: ResizeWire = body(call)?;
    let bandwidth = wire::bandwidth("newBandwidthInMbps", wire.new_bandwidth_in_mbps)?;
    one(call, move |tx, cx, id| {
        peering::resize(tx, cx, id, bandwidth)
    })
}

/// `PUT /v1/peerconn/{peerConnId}?purchaseReserved`
pub fn renew(call: &Call<'_>) -> Result<Reply, Refusal> {
    let wire: RenewWire = body(call)?;
    let term = wire.term()?;
    one(call, move |tx, cx, id| peering::renew(tx, cx, id, term))
}

/// `PUT /v1/peerconn/{peerConnId}?refund`
pub fn refund(call: &Call<'_>) -> Result<Reply, Refusal> {
    one(call, peering::refund)
}

/// `PUT /v1/peerconn/{peerConnId}?open`
pub fn open_names(call: &Call<'_>) -> Result<Reply, Refusal> {
    names(call, true)
}

/// `PUT /v1/peerconn/{peerConnId}?close`
pub fn close_names(call: &Call<'_>) -> Result<Reply, Refusal> {
    names(call, false)
}

/// `PUT /v1/peerconn/{peerConnId}/deleteProtect`
pub fn protect(call: &Call<'_>) -> Result<Reply, Refusal> {
    let wire: ProtectWire = body(call)?;
    let on = wire.delete_protect.ok_or_else(|| absent("deleteProtect"))?;
    one(call, move |tx, cx, id| peering::protect(tx, cx, id, on))
}

/// `DELETE /v1/peerconn/{peerConnId}`
pub fn delete(call: &Call<'_>) -> Result<Reply, Refusal> {
    one(call, peering::delete)
}

/// The role is told by the query; one of the SDKs repeats it in the body.
fn names(call: &Call<'_>, on: bool) -> Result<Reply, Refusal> {
    let wire: RoleWire = body(call)?;
    let repeated = wire::role(wire.role.as_deref())?;
    let role = wire::role(call.query.get("role"))?.or(repeated);
    one(call, move |tx, cx, id| {
        let it = peering::get(tx, cx, id)?;
        let view = View::of(cx, &it, role);
        // Who is not that end is answered as one who may not.
        let requester = view.map_or(role.unwrap_or(true), |view| view.requester);
        peering::sync_names(tx, cx, id, requester, on)
    })
}

/// Does something with the peering that the path names, at most once for a client token.
fn one(
    call: &Call<'_>,
    rule: impl Fn(&mut Tx<'_>, &mut Context<'_>, &str) -> Result<(), Fault> + Send + 'static,
) -> Result<Reply, Refusal> {
    let (id, expected) = (id(call), Expected::of(call));
    call.write_once(move |tx, cx| {
        let it = peering::named(tx, cx, &id)?;
        expected.check(&it.head)?;
        rule(tx, cx, &it.head.id)?;
        Ok(Value::Null)
    })
    .map_err(refuse)?;
    Ok(Reply::empty(call.success))
}

fn start(tx: &mut Tx<'_>, cx: &Context<'_>, marker: &str) -> Result<Peering, Fault> {
    peering::named(tx, cx, marker).map_err(|fault| match fault {
        Fault::NotFound { .. } => Fault::invalid("marker", "names nothing"),
        fault => fault,
    })
}

fn id(call: &Call<'_>) -> String {
    call.param("peerConnId").to_owned()
}

fn missing(id: &str) -> Fault {
    Fault::NotFound {
        kind: Kind::Peering,
        id: id.to_owned(),
    }
}
