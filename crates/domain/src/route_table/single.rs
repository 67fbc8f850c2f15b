//! The routes to peerings that are known singly, by the ids that an API gives them.

use vpcd_store::claim;

use super::{Route, RouteTable, route};
use crate::condition;
use crate::context::Context;
use crate::fault::Fault;
use crate::resource::Kind;
use crate::tx::{After, Tx};

/// The single routes to peerings of a project, with their tables, by their ids.
pub fn to_peerings(
    tx: &mut Tx<'_>,
    project: &str,
    after: After<'_>,
    limit: usize,
) -> Result<Vec<(RouteTable, Route)>, Fault> {
    let limit = i64::try_from(limit).unwrap_or(i64::MAX);
    let claims = claim::list(tx.rows(), &route::filed(project), after, limit)?;
    let mut found = Vec::new();
    for claim in claims {
        found.extend(single(tx, project, &claim.key, &claim.owner)?);
    }
    Ok(found)
}

/// The single route to a peering of that id, with its table.
pub fn to_peering(tx: &mut Tx<'_>, project: &str, id: &str) -> Result<(RouteTable, Route), Fault> {
    let table = claim::holder(tx.rows(), &route::filed(project), id)?;
    let found = match table {
        Some(table) => single(tx, project, id, &table)?,
        None => None,
    };
    found.ok_or_else(|| Fault::NotFound {
        kind: Kind::RouteTable,
        id: id.to_owned(),
    })
}

/// Takes the single route to a peering of that id away, whatever else leads to where it does.
pub fn remove_to_peering(tx: &mut Tx<'_>, cx: &mut Context<'_>, id: &str) -> Result<(), Fault> {
    let (mut table, route) = to_peering(tx, &cx.caller.project, id)?;
    condition::backend_writes(tx, cx)?;
    let at = table.routes.iter().position(|it| it.id == route.id);
    if let Some(at) = at {
        route::remove_at(tx, &mut table, at)?;
    }
    tx.change(cx, &mut table)
}

fn single(
    tx: &mut Tx<'_>,
    project: &str,
    id: &str,
    table: &str,
) -> Result<Option<(RouteTable, Route)>, Fault> {
    let Some(table) = tx.find::<RouteTable>(project, table)? else {
        return Ok(None);
    };
    let route = table.routes.iter().find(|it| it.id == id).cloned();
    Ok(route.map(|route| (table, route)))
}
