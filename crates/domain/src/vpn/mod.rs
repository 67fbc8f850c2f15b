//! VPN gateways, the customers' gateways at the far end, and the connections between them.

pub mod address;
pub mod bgp;
pub mod certificate;
pub mod classic;
pub mod connection;
pub mod created;
pub mod customer_gateway;
pub mod diagnose;
pub mod flavor;
pub mod gateway;
pub mod job;
pub mod journal;
pub mod monitor;
pub mod p2c;
pub mod planned;
pub mod proposal;
pub mod route;
pub mod routing;
pub mod sa;
mod sm2_signature;
pub mod template;
pub mod tunnel;
pub mod x509;

use std::fmt;

use crate::condition;
use crate::context::Context;
use crate::fault::Fault;
use crate::tx::Tx;

/// The name of something new.
#[derive(Clone, Debug)]
pub enum Name {
    /// What the caller calls it.
    Given(String),
    /// A form, in which hex digits take the place of the X at its end.
    MadeUp(&'static str),
}

impl Name {
    fn text(self, cx: &mut Context<'_>) -> String {
        match self {
            Name::Given(name) => name,
            Name::MadeUp(form) => {
                let prefix = form.trim_end_matches('X');
                let digits = cx.ids.text(form.len() - prefix.len(), b"0123456789abcdef");
                format!("{prefix}{digits}")
            }
        }
    }
}

/// A secret on its way into the vault; it is never printed.
#[derive(Clone)]
pub struct Secret(String);

impl Secret {
    /// Wraps a secret.
    pub fn new(text: String) -> Secret {
        Secret(text)
    }

    /// Asks something about the text.
    pub fn shown<T>(&self, question: impl FnOnce(&str) -> T) -> T {
        question(&self.0)
    }

    fn bytes(&self) -> &[u8] {
        self.0.as_bytes()
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Secret")
    }
}

/// Refuses what the worker behind a gateway would not answer (VPN.0014), or with `ready` what it cannot do before it
/// has reported (VPN.0017). A gateway that is being created has no worker of its own yet.
fn data_plane(tx: &mut Tx<'_>, gateway: Option<&str>, ready: bool) -> Result<(), Fault> {
    let scopes: Vec<&str> = gateway.into_iter().chain(["*"]).collect();
    let state: Option<String> = condition::read(tx, "data_plane", &scopes)?;
    match state.as_deref() {
        Some("silent") => Err(Fault::Deadline),
        Some("not_ready") if ready => Err(Fault::NotReady {
            id: gateway.unwrap_or_default().to_owned(),
        }),
        _ => Ok(()),
    }
}

/// The release of the software that the operator lets new gateways have.
fn version(tx: &mut Tx<'_>, cx: &Context<'_>) -> Result<u32, Fault> {
    let project = format!("project/{}", cx.caller.project);
    let word: Option<String> = condition::read(tx, "gateway.version", &[&project, "*"])?;
    Ok(word
        .and_then(|word| word.parse().ok())
        .unwrap_or(gateway::NEWEST))
}

/// Whether the caller's gateways are paid in advance.
fn prepaid(tx: &mut Tx<'_>, cx: &Context<'_>) -> Result<bool, Fault> {
    let project = format!("project/{}", cx.caller.project);
    condition::switch(tx, "gateway.prepaid", &[&project, "*"], false)
}

#[cfg(test)]
pub(crate) mod fixture;
#[cfg(test)]
mod tests;
