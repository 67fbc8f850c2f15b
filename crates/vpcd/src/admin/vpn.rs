//! What the operator asks about VPN connections.

use serde::Deserialize;
use serde_json::json;
use vpcd_dialect::Reply;
use vpcd_domain::vpn::diagnose::{self, Side};

use super::ask::Ask;
use super::ok;
use super::refused::Refused;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Question {
    connection: String,
    peer: Option<Side>,
}

/// What keeps the two ends of a connection from agreeing, and which field on which side to change.
pub(super) fn diagnose(ask: &Ask<'_>) -> Result<Reply, Refused> {
    let question: Question = ask.body()?;
    let report = ask.read(move |tx, cx| {
        diagnose::examine(tx, cx, &question.connection, question.peer.as_ref())
    })?;
    ok(json!(report))
}
