//! The store of certificates that servers of gateways show. Private keys go in and never come out.

use serde::Deserialize;
use serde_json::{Value, json};
use vpcd_dialect::Reply;
use vpcd_domain::identity::Project;
use vpcd_domain::vpn::Secret;
use vpcd_domain::vpn::p2c::store::{self, NewCertificate, Standing, StoredCertificate};

use super::ask::Ask;
use super::refused::Refused;
use super::{created, gone, list};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Body {
    project: String,
    #[serde(default)]
    name: String,
    #[serde(default)]
    standing: Standing,
    certificate: String,
    #[serde(default)]
    chain: Option<String>,
    #[serde(default)]
    private_key: Option<String>,
}

pub(super) fn certificates(ask: &Ask<'_>) -> Result<Reply, Refused> {
    let all = ask.read(|tx, _| tx.everything::<StoredCertificate>(None, usize::MAX))?;
    list("certificates", all.iter().map(described).collect())
}

pub(super) fn create(ask: &Ask<'_>) -> Result<Reply, Refused> {
    let body: Body = ask.body()?;
    let key = match body.private_key {
        Some(key) if !key.contains("PRIVATE KEY-----") => {
            return Err(Refused::bad("private_key: it is not a key in PEM"));
        }
        key => key.map(Secret::new),
    };
    let project = body.project;
    let new = NewCertificate {
        name: body.name,
        standing: body.standing,
        certificate: body.certificate,
        chain: body.chain,
        key,
    };
    let owner = project.clone();
    created(ask.write_in(&project, move |tx, cx| {
        tx.get::<Project>("", &owner)?;
        Ok(described(&store::register(tx, cx, new.clone())?))
    })?)
}

pub(super) fn delete(ask: &Ask<'_>) -> Result<Reply, Refused> {
    let id = ask.param(0).to_owned();
    ask.write(move |tx, _| store::remove(tx, &id))?;
    gone()
}

fn described(it: &StoredCertificate) -> Value {
    json!({
        "id": it.head.id,
        "project": it.head.project,
        "name": it.name,
        "standing": it.standing,
        "subject": it.card.subject,
        "issuer": it.card.issuer,
        "serial_number": it.card.serial_number,
        "from": it.card.from,
        "until": it.card.until,
        "has_key": it.key.is_some(),
    })
}
