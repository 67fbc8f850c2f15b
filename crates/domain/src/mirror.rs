//! Traffic mirrors: which packets of which ports are copied, and to whom.
//!
//! A filter has ordered rules; a session copies what a filter picks from its sources to its target.

use serde::{Deserialize, Serialize};

use crate::condition;
use crate::context::Context;
use crate::fault::{Fault, Holder};
use crate::resource::{Head, Kind, Resource};
use crate::tx::Tx;

pub mod rule;
pub mod session;

pub use rule::MirrorRule;
pub use session::MirrorSession;

/// A set of rules that picks packets.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct MirrorFilter {
    /// Head; no parent.
    pub head: Head,
    /// Name.
    pub name: String,
    /// Free text.
    pub description: String,
}

impl Resource for MirrorFilter {
    const KIND: Kind = Kind::MirrorFilter;

    fn head(&self) -> &Head {
        &self.head
    }

    fn head_mut(&mut self) -> &mut Head {
        &mut self.head
    }

    fn indexed(&self) -> Vec<(&'static str, String)> {
        vec![("name", self.name.clone())]
    }
}

/// Creates a filter without rules.
pub fn create(
    tx: &mut Tx<'_>,
    cx: &mut Context<'_>,
    name: String,
    description: String,
) -> Result<MirrorFilter, Fault> {
    condition::standing(tx, cx, false)?;
    condition::backend_writes(tx, cx)?;
    let filter = MirrorFilter {
        head: Head::new::<MirrorFilter>(cx, None).settled(),
        name,
        description,
    };
    tx.insert(&filter)?;
    Ok(filter)
}

/// Renames or describes a filter; what is absent stays.
pub fn update(
    tx: &mut Tx<'_>,
    cx: &mut Context<'_>,
    id: &str,
    name: Option<String>,
    description: Option<String>,
) -> Result<MirrorFilter, Fault> {
    let mut filter: MirrorFilter = tx.get(&cx.caller.project, id)?;
    condition::backend_writes(tx, cx)?;
    if let Some(name) = name {
        filter.name = name;
    }
    if let Some(description) = description {
        filter.description = description;
    }
    tx.update(cx, &mut filter)?;
    Ok(filter)
}

/// Deletes a filter that no session uses, with its rules.
pub fn delete(tx: &mut Tx<'_>, cx: &mut Context<'_>, id: &str) -> Result<(), Fault> {
    let filter: MirrorFilter = tx.get(&cx.caller.project, id)?;
    if !tx.holders(id, 1)?.is_empty() {
        return Err(Fault::InUse {
            kind: Kind::MirrorFilter,
            id: id.to_owned(),
            by: Holder::Mirror,
        });
    }
    condition::backend_writes(tx, cx)?;
    for rule in tx.children::<MirrorRule>(id)? {
        tx.remove(&rule)?;
    }
    tx.remove(&filter)
}
