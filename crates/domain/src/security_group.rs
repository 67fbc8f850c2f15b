//! Security groups: so far the default one of each project.

use serde::{Deserialize, Serialize};
use vpcd_store::claim;

use crate::context::Context;
use crate::fault::Fault;
use crate::resource::{Head, Kind, Resource};
use crate::tx::Tx;

/// A set of rules that judges packets of ports.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct SecurityGroup {
    /// Head; no parent.
    pub head: Head,
    /// Name.
    pub name: String,
}

impl Resource for SecurityGroup {
    const KIND: Kind = Kind::SecurityGroup;

    fn head(&self) -> &Head {
        &self.head
    }

    fn head_mut(&mut self) -> &mut Head {
        &mut self.head
    }

    fn counted(&self) -> bool {
        true
    }
}

/// The project's default group, created when it is first needed.
pub fn default_of(tx: &mut Tx<'_>, cx: &mut Context<'_>) -> Result<SecurityGroup, Fault> {
    let project = cx.caller.project.clone();
    let space = format!("default-group/{project}");
    if let Some(id) = claim::holder(tx.rows(), &space, "default")? {
        return tx.get(&project, &id);
    }
    let group = SecurityGroup {
        head: Head::new::<SecurityGroup>(cx, None).settled(),
        name: "default".to_owned(),
    };
    tx.insert(&group)?;
    claim::take(tx.rows(), &space, "default", &group.head.id)?;
    Ok(group)
}

/// The ids, when each names a group of the caller's project.
pub fn all_exist(
    tx: &mut Tx<'_>,
    cx: &Context<'_>,
    ids: Vec<String>,
) -> Result<Vec<String>, Fault> {
    for id in &ids {
        tx.get::<SecurityGroup>(&cx.caller.project, id)?;
    }
    Ok(ids)
}
