//! What the operator asks about VPN connections.

use serde::Deserialize;
use serde_json::{Value, json};
use vpcd_dialect::Reply;
use vpcd_domain::identity::Project;
use vpcd_domain::vpn::classic::{self, Classic, NewClassic};
use vpcd_domain::vpn::diagnose::{self, Side};

use super::ask::Ask;
use super::refused::Refused;
use super::{created, gone, list, ok};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Question {
    connection: String,
    peer: Option<Side>,
}

/// What keeps the two ends of a connection from agreeing, and which field on which side to change. Words that nothing is
/// compared by are named: what an API shows of a connection can be told as it is, and a misspelt word is no agreement.
pub(super) fn diagnose(ask: &Ask<'_>) -> Result<Reply, Refused> {
    let question: Question = ask.body()?;
    let told: Value = ask.body()?;
    let report = ask.read(move |tx, cx| {
        diagnose::examine(tx, cx, &question.connection, question.peer.as_ref())
    })?;
    let mut report = json!(report);
    let strange = diagnose::passed_over(&told["peer"]);
    if !strange.is_empty() {
        report["passed_over"] = json!(strange);
    }
    ok(report)
}

/// Classic gateways, whoever owns them.
pub(super) fn classics(ask: &Ask<'_>) -> Result<Reply, Refused> {
    let all = ask.read(|tx, _| tx.everything::<Classic>(None, usize::MAX))?;
    list("classic_gateways", all.iter().map(described).collect())
}

/// Registers a classic gateway with its connections.
pub(super) fn register(ask: &Ask<'_>) -> Result<Reply, Refused> {
    let new: NewClassic = ask.body()?;
    let project = new.project.clone();
    let it = ask.write_in(&project, move |tx, cx| {
        tx.get::<Project>("", &new.project)?;
        classic::register(tx, cx, new.clone())
    })?;
    created(described(&it))
}

/// Takes a classic gateway out of the registry.
pub(super) fn forget(ask: &Ask<'_>) -> Result<Reply, Refused> {
    let id = ask.param(0).to_owned();
    ask.write(move |tx, _| classic::remove(tx, &id))?;
    gone()
}

fn described(it: &Classic) -> Value {
    json!({
        "id": it.head.id,
        "project": it.head.project,
        "name": it.name,
        "vpc": it.head.parent,
        "connections": it.connections.len(),
        "migrated": it.migrated,
    })
}
