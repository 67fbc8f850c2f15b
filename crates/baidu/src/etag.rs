//! Optimistic locking: the version of a resource as an ETag, and the If-Match that a change may carry.
//!
//! Only the error table of the contract mentions If-Match (row `baidu/global/PreconditionFailed`); detail reads, and
//! pages of one, answer the tag that makes it usable.

use vpcd_dialect::{Call, Reply};
use vpcd_domain::{Fault, Head};

/// The versions that a caller is ready to change, as the If-Match header lists them.
#[derive(Clone, Debug, Default)]
pub struct Expected(Option<String>);

impl Expected {
    /// What the call expects; without the header, anything.
    pub fn of(call: &Call<'_>) -> Expected {
        Expected(call.request.header("if-match").map(str::to_owned))
    }

    /// Refuses a resource of another version; ask inside the transaction that changes it.
    pub fn check(&self, head: &Head) -> Result<(), Fault> {
        match &self.0 {
            Some(list) if !lists(list, &tag(head.version)) => Err(Fault::Stale),
            _ => Ok(()),
        }
    }
}

/// The ETag of a version.
pub fn tag(version: u64) -> String {
    format!("\"{version}\"")
}

/// The reply to a list, with the version of its item where that is the only one: what no detail shows has it from a page
/// of one.
pub fn alone(reply: Reply, versions: &[u64]) -> Reply {
    match versions {
        [version] => reply.header("ETag", tag(*version)),
        _ => reply,
    }
}

fn lists(list: &str, tag: &str) -> bool {
    list.split(',')
        .map(str::trim)
        .any(|one| one == "*" || one == tag)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_list_matches_by_strong_comparison() {
        for list in ["\"7\"", "*", " * ", "\"1\", \"7\"", "\"7\",\"8\""] {
            assert!(lists(list, &tag(7)), "{list}");
        }
        for list in ["", "7", "W/\"7\"", "\"77\"", "\"1\",\"2\""] {
            assert!(!lists(list, &tag(7)), "{list}");
        }
    }
}
