//! Address bundles: named sets of address groups that rules refer to as one.

use serde::{Deserialize, Serialize};
use vpcd_net::Family;

use crate::address_group::AddressGroup;
use crate::condition;
use crate::context::Context;
use crate::fault::{Fault, Holder};
use crate::quota;
use crate::resource::{Head, Kind, Resource};
use crate::tx::Tx;

/// A named set of address groups.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct AddressBundle {
    /// Head; no parent.
    pub head: Head,
    /// Name.
    pub name: String,
    /// Free text.
    pub description: String,
    /// Which addresses.
    pub family: Family,
    /// Its address groups, in the order in which they were given.
    pub groups: Vec<String>,
}

/// Validated input of [`create`].
#[derive(Clone, Debug)]
pub struct NewAddressBundle {
    /// Name.
    pub name: String,
    /// Free text.
    pub description: String,
    /// Which addresses.
    pub family: Family,
    /// Address groups, by their ids.
    pub groups: Vec<String>,
}

/// Validated input of [`update`]; absent fields stay.
#[derive(Clone, Debug, Default)]
pub struct AddressBundleChange {
    /// New name.
    pub name: Option<String>,
    /// New description.
    pub description: Option<String>,
}

/// What a bundle is to its address groups.
const ROLE: &str = "bundles";

impl Resource for AddressBundle {
    const KIND: Kind = Kind::AddressBundle;
    const ALIAS: Option<&'static str> = Some("ipg-");

    fn head(&self) -> &Head {
        &self.head
    }

    fn head_mut(&mut self) -> &mut Head {
        &mut self.head
    }

    fn counted(&self) -> bool {
        true
    }

    fn edges(&self) -> Vec<(&'static str, String)> {
        self.groups.iter().map(|id| (ROLE, id.clone())).collect()
    }
}

/// Creates a bundle of address groups of its family.
pub fn create(
    tx: &mut Tx<'_>,
    cx: &mut Context<'_>,
    new: NewAddressBundle,
) -> Result<AddressBundle, Fault> {
    condition::standing(tx, cx, false)?;
    let groups = joined(tx, cx, new.family, Vec::new(), new.groups)?;
    quota::take::<AddressBundle>(tx, cx, "address_bundle")?;
    condition::backend_writes(tx, cx)?;
    let mut head = Head::new::<AddressBundle>(cx, None);
    head.target = format!("group/{}", head.id);
    let bundle = AddressBundle {
        head,
        name: new.name,
        description: new.description,
        family: new.family,
        groups,
    };
    tx.insert(&bundle)?;
    Ok(bundle)
}

/// Changes name and description.
pub fn update(
    tx: &mut Tx<'_>,
    cx: &mut Context<'_>,
    id: &str,
    change: AddressBundleChange,
) -> Result<AddressBundle, Fault> {
    let mut bundle: AddressBundle = tx.get(&cx.caller.project, id)?;
    condition::backend_writes(tx, cx)?;
    if let Some(name) = change.name {
        bundle.name = name;
    }
    if let Some(description) = change.description {
        bundle.description = description;
    }
    tx.update(cx, &mut bundle)?;
    Ok(bundle)
}

/// Adds address groups to a bundle; it has none of them yet.
pub fn extend(
    tx: &mut Tx<'_>,
    cx: &mut Context<'_>,
    id: &str,
    more: Vec<String>,
) -> Result<AddressBundle, Fault> {
    let mut bundle: AddressBundle = tx.get(&cx.caller.project, id)?;
    bundle.groups = joined(tx, cx, bundle.family, bundle.groups, more)?;
    condition::backend_writes(tx, cx)?;
    tx.change(cx, &mut bundle)?;
    Ok(bundle)
}

/// Takes address groups out of a bundle, which has each of them.
pub fn shrink(
    tx: &mut Tx<'_>,
    cx: &mut Context<'_>,
    id: &str,
    less: &[String],
) -> Result<AddressBundle, Fault> {
    let mut bundle: AddressBundle = tx.get(&cx.caller.project, id)?;
    for gone in less {
        let at = bundle.groups.iter().position(|group| group == gone);
        bundle.groups.remove(at.ok_or_else(|| Fault::NotFound {
            kind: Kind::AddressGroup,
            id: gone.clone(),
        })?);
    }
    condition::backend_writes(tx, cx)?;
    tx.change(cx, &mut bundle)?;
    Ok(bundle)
}

/// Deletes a bundle that no rule names.
pub fn delete(tx: &mut Tx<'_>, cx: &mut Context<'_>, id: &str) -> Result<(), Fault> {
    let bundle: AddressBundle = tx.get(&cx.caller.project, id)?;
    if !tx.holders(id, 1)?.is_empty() {
        return Err(Fault::InUse {
            kind: Kind::AddressBundle,
            id: id.to_owned(),
            by: Holder::Rule,
        });
    }
    condition::backend_writes(tx, cx)?;
    tx.remove(&bundle)
}

/// The address groups with more of them, each of which exists, is of the family, and comes once.
fn joined(
    tx: &mut Tx<'_>,
    cx: &Context<'_>,
    family: Family,
    mut groups: Vec<String>,
    more: Vec<String>,
) -> Result<Vec<String>, Fault> {
    for id in more {
        let group: AddressGroup = tx.get(&cx.caller.project, &id)?;
        if group.family != family {
            return Err(Fault::Unsuitable {
                kind: Kind::AddressGroup,
                id,
                reason: "it is of the other family",
            });
        }
        if groups.contains(&id) {
            return Err(Fault::Duplicate {
                kind: Kind::AddressGroup,
                id,
            });
        }
        groups.push(id);
    }
    Ok(groups)
}
