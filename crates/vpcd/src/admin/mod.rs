//! The operator's API: everything below `/admin/v1`, on a listener and with a token of its own.
//!
//! One table says which function answers which method and path; the files beside this one hold them by noun.

mod ask;
mod catalogue;
mod certificates;
mod conditions;
mod events;
mod identity;
mod inventory;
mod refused;
mod registrations;
mod route;
mod sessions;
mod state;
mod switches;
#[cfg(test)]
mod tests;
mod time;
mod trace;
mod vpn;

pub(crate) use catalogue::{explained, rows};
pub use switches::restore;

use serde_json::{Value, json};
use vpcd_dialect::{Answer, Query, Reply, Request};

use crate::cloud::Cloud;
use ask::Ask;
use refused::Refused;
use route::Found;

/// Largest body of a request, in bytes; only an import may be larger.
const BODY_MAX: usize = 1024 * 1024;
/// That one.
const IMPORT: &str = "admin.import";

/// Answers a request of the operator; whoever does not hold the token learns nothing, not even what exists.
pub fn serve(cloud: &Cloud, request: &Request) -> Answer {
    let (operation, outcome) = match authorized(cloud, request) {
        Ok(()) => dispatch(cloud, request),
        Err(refused) => ("admin.unauthorized", Err(refused)),
    };
    match outcome {
        Ok(reply) => Answer {
            reply,
            operation,
            row: None,
            detail: None,
        },
        Err(refused) => Answer {
            detail: Some(refused.error.clone()),
            reply: refused.reply(),
            operation,
            row: None,
        },
    }
}

/// Whether the request shows the operator's token.
pub fn knows(cloud: &Cloud, request: &Request) -> bool {
    authorized(cloud, request).is_ok()
}

fn authorized(cloud: &Cloud, request: &Request) -> Result<(), Refused> {
    let token = request
        .header("authorization")
        .and_then(|line| line.split_once(' '));
    let token = token
        .filter(|(scheme, _)| scheme.eq_ignore_ascii_case("bearer"))
        .map(|(_, token)| token.trim());
    match token {
        // An empty token would let everybody in, so it lets nobody in.
        Some(token) if !cloud.admin_token.is_empty() && vpcd_auth::same(token, &cloud.admin_token) => Ok(()),
        _ => Err(Refused::new(401, "the operator's token is missing or wrong")
            .hint("send Authorization: Bearer TOKEN; the server writes its token to the env file as VPCD_ADMIN_TOKEN")
            .header("WWW-Authenticate", "Bearer".to_owned())),
    }
}

fn dispatch(cloud: &Cloud, request: &Request) -> (&'static str, Result<Reply, Refused>) {
    const UNKNOWN: &str = "admin.unknown";
    let (route, params) = match route::find(&request.method, &request.path) {
        Found::Route(route, params) => (route, params),
        Found::WrongMethod(allowed) => {
            let error = format!(
                "{} is not one of the methods of {}",
                request.method, request.path
            );
            return (
                UNKNOWN,
                Err(Refused::new(405, error).header("Allow", allowed)),
            );
        }
        Found::Nothing => {
            let hint = "paths begin with /admin/v1/, such as /admin/v1/accounts";
            return (
                UNKNOWN,
                Err(Refused::new(404, format!("nothing lives at {}", request.path)).hint(hint)),
            );
        }
    };
    let outcome = match Query::parse(&request.query, true) {
        None => Err(Refused::new(400, "the query is not UTF-8")),
        Some(query) => check(route, &query, request).and_then(|()| {
            (route.handler)(&Ask {
                cloud,
                request,
                operation: route.operation,
                params,
                query,
            })
        }),
    };
    (route.operation, outcome)
}

/// Refuses what the route does not take before anything is done.
fn check(route: &route::Route, query: &Query, request: &Request) -> Result<(), Refused> {
    if request.body.len() > BODY_MAX && route.operation != IMPORT {
        return Err(Refused::new(
            413,
            format!("the body is larger than {BODY_MAX} bytes"),
        ));
    }
    match query
        .sorted_without("")
        .into_iter()
        .find(|(key, _)| !route.query.contains(key))
    {
        Some((key, _)) => Err(
            Refused::new(400, format!("unknown query key {key:?}")).hint(match route.query {
                [] => "this path takes none".to_owned(),
                known => format!("this path takes {}", known.join(", ")),
            }),
        ),
        None => Ok(()),
    }
}

fn ok(body: Value) -> Result<Reply, Refused> {
    Ok(Reply::json(200, body))
}

fn created(body: Value) -> Result<Reply, Refused> {
    Ok(Reply::json(201, body))
}

fn gone() -> Result<Reply, Refused> {
    Ok(Reply::empty(204))
}

/// A list under its name.
fn list(name: &str, rows: Vec<Value>) -> Result<Reply, Refused> {
    ok(json!({ name: rows }))
}
