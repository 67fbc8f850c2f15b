//! Idempotency tokens: the same token with the same request answers the same, with another request is a fault.
//!
//! An answer is recorded with its effect in one transaction, and only when it was a success: clients repeat a token
//! after a failure and expect a fresh try.

use sha2::{Digest, Sha256};
use vpcd_domain::store::replay::{self, Entry};
use vpcd_domain::{Context, Fault, Tx};

use crate::query::Query;
use crate::request::Request;

/// How long a token is kept after it was last seen.
const KEPT_MICROS: i64 = 24 * 3600 * 1_000_000;

/// A token of a caller, and what it was sent with.
#[derive(Clone, Debug)]
pub struct Token {
    scope: String,
    token: String,
    digest: String,
}

impl Token {
    /// The token of a request; `key` is the query key that carries it, if it is not a header.
    pub fn new(account: &str, token: &str, request: &Request, query: &Query, key: &str) -> Token {
        let mut hash = Sha256::new();
        for part in [request.method.as_str(), request.path.as_str()] {
            hash.update(part);
            hash.update([0]);
        }
        for (name, value) in query.sorted_without(key) {
            hash.update(name);
            hash.update([1]);
            hash.update(value);
            hash.update([2]);
        }
        hash.update(&request.body);
        let digest = hash.finalize().iter().map(|b| format!("{b:02x}")).collect();
        Token {
            scope: account.to_owned(),
            token: token.to_owned(),
            digest,
        }
    }

    /// The recorded answer to this token, if it was sent before with the same request.
    pub fn recall(&self, tx: &mut Tx<'_>, cx: &Context<'_>) -> Result<Option<String>, Fault> {
        let now = cx.now.as_microsecond();
        let Some(entry) =
            replay::get(tx.rows(), &self.scope, &self.token)?.filter(|entry| entry.expires > now)
        else {
            return Ok(None);
        };
        if entry.digest != self.digest {
            return Err(Fault::TokenReused);
        }
        replay::touch(tx.rows(), &self.scope, &self.token, now + KEPT_MICROS)?;
        Ok(Some(entry.body))
    }

    /// Records the answer.
    pub fn record(&self, tx: &mut Tx<'_>, cx: &Context<'_>, body: String) -> Result<(), Fault> {
        let expires = cx.now.as_microsecond() + KEPT_MICROS;
        let entry = Entry {
            digest: self.digest.clone(),
            status: 200,
            body,
            expires,
        };
        Ok(replay::put(tx.rows(), &self.scope, &self.token, &entry)?)
    }
}
