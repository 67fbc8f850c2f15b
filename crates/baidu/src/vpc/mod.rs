//! The VPC service: networks, their subnets, the addresses in use.

pub mod address;
pub mod dhcp;
pub mod ip_reserve;
pub mod subnet;
pub mod topology;
#[expect(
    clippy::module_inception,
    reason = "the service VPC has a resource VPC"
)]
pub mod vpc;

use serde_json::Value;
use vpcd_dialect::{Call, Refusal, Reply};
use vpcd_domain::{Context, Fault, Resource, Tx};

use crate::etag::Expected;
use crate::faults::refuse;

/// Changes the resource that the path parameter names, at most once for a client token; there is nothing to answer.
pub(crate) fn change<T: Resource>(
    call: &Call<'_>,
    parameter: &str,
    rule: impl Fn(&mut Tx<'_>, &mut Context<'_>, T) -> Result<(), Fault> + Send + 'static,
) -> Result<Reply, Refusal> {
    let (alias, expected) = (call.param(parameter).to_owned(), Expected::of(call));
    call.write_once(move |tx, cx| {
        let it: T = tx.by_alias(&cx.caller.project, &alias)?;
        expected.check(it.head())?;
        rule(tx, cx, it)?;
        Ok(Value::Null)
    })
    .map_err(refuse)?;
    Ok(Reply::empty(call.success))
}

/// What keeps a network or a subnet from changing denies the change: only what shall go needs a release of the rest.
pub(crate) fn kept(fault: Fault) -> Fault {
    match fault {
        Fault::InUse { kind, id, .. } => Fault::Unsuitable {
            kind,
            id,
            reason: "something in it needs what it has",
        },
        other => other,
    }
}

/// The short id of a resource.
pub(crate) fn alias(it: &impl Resource) -> &str {
    it.head().alias.as_deref().unwrap_or_default()
}
