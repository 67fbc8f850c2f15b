//! The typed transaction: resources in and out of rows, and the audit of what was touched.

use serde_json::Value;
use vpcd_store::{Error, Tx as Rows, claim, dirty, edge, resource};

use crate::context::Context;
use crate::fault::Fault;
use crate::lifecycle::Profile;
use crate::resource::{Head, Resource};
use crate::state::Lifecycle;

mod counts;
mod lists;
mod settings;

pub use lists::{After, Way};

/// One change, for the audit.
#[derive(Clone, Debug)]
pub struct Change {
    /// Resource id.
    pub target: String,
    /// Project of the resource.
    pub project: String,
    /// Its document before; `None` when it was created.
    pub before: Option<String>,
    /// Its document after; `None` when it was deleted.
    pub after: Option<String>,
}

/// A transaction over typed resources.
pub struct Tx<'a> {
    rows: &'a mut dyn Rows,
    settle_networks: bool,
    profile: Profile,
    settings: settings::Memo,
    /// What was changed so far.
    pub changes: Vec<Change>,
    /// Targets that became dirty and wait for the reconciler.
    pub woken: bool,
}

impl<'a> Tx<'a> {
    /// Wraps a store transaction. With `settle_networks` a network is as asked the moment it is stored, because no
    /// fabric has to carry it.
    pub fn new(rows: &'a mut dyn Rows, settle_networks: bool, profile: Profile) -> Self {
        Tx {
            rows,
            settle_networks,
            profile,
            settings: settings::Memo::default(),
            changes: Vec::new(),
            woken: false,
        }
    }

    /// The rows beneath, for the tables of the domain itself (settings, claims, credentials).
    pub fn rows(&mut self) -> &mut dyn Rows {
        self.rows
    }

    /// The resource of this project, or nothing.
    pub fn find<T: Resource>(&mut self, project: &str, id: &str) -> Result<Option<T>, Fault> {
        match self.any::<T>(id)? {
            Some(it) if it.head().project == project => Ok(Some(it)),
            _ => Ok(None),
        }
    }

    /// The resource of this project; another project's is not found either.
    pub fn get<T: Resource>(&mut self, project: &str, id: &str) -> Result<T, Fault> {
        self.find(project, id)?.ok_or_else(|| Fault::NotFound {
            kind: T::KIND,
            id: id.to_owned(),
        })
    }

    /// The resource whichever project owns it: for the reconciler and the operator only.
    pub fn any<T: Resource>(&mut self, id: &str) -> Result<Option<T>, Fault> {
        resource::get(self.rows, T::KIND.word(), id)?
            .map(read::<T>)
            .transpose()
    }

    /// The resource with this short id.
    pub fn by_alias<T: Resource>(&mut self, project: &str, alias: &str) -> Result<T, Fault> {
        let found = self.with_alias::<T>(project, alias)?;
        found
            .filter(|it| it.head().alias.as_deref() == Some(alias))
            .ok_or_else(|| Fault::NotFound {
                kind: T::KIND,
                id: alias.to_owned(),
            })
    }

    /// The resource that has this short id or a part with it, as a route table has routes.
    pub(crate) fn with_alias<T: Resource>(
        &mut self,
        project: &str,
        alias: &str,
    ) -> Result<Option<T>, Fault> {
        let row = resource::holding(self.rows, T::KIND.word(), "alias", alias)?;
        row.filter(|row| row.project == project)
            .map(read::<T>)
            .transpose()
    }

    /// The short id of a resource, without reading the resource.
    pub fn alias_of(&mut self, id: &str) -> Result<Option<String>, Fault> {
        Ok(claim::held(self.rows, id, "alias")?)
    }

    /// Whether anything of the kind is below the parent.
    pub fn has_children<T: Resource>(&mut self, parent: &str) -> Result<bool, Fault> {
        Ok(!resource::children(self.rows, T::KIND.word(), parent, None, 1)?.is_empty())
    }

    /// Stores a new resource with its edges, its short id and what it is found by.
    pub fn insert<T: Resource>(&mut self, it: &T) -> Result<(), Fault> {
        let row = self.row(it)?;
        resource::insert(self.rows, &row)?;
        for (role, to) in it.edges() {
            edge::put(self.rows, &row.id, role, &to)?;
        }
        if let Some(alias) = &it.head().alias {
            claim::take(self.rows, "alias", alias, &row.id)?;
        }
        self.index(None, it)?;
        self.watch(None, it)?;
        self.tally(it, 1)?;
        self.note(it.head(), None, Some(row.doc));
        self.mark_dirty(it.head())
    }

    /// Stores a change that the fabric does not see, such as a new name.
    pub fn update<T: Resource>(&mut self, cx: &Context<'_>, it: &mut T) -> Result<(), Fault> {
        it.head_mut().updated = cx.now;
        self.store(it)
    }

    /// Stores a change that the fabric must follow.
    pub fn change<T: Resource>(&mut self, cx: &Context<'_>, it: &mut T) -> Result<(), Fault> {
        it.head_mut().generation += 1;
        self.follow(cx, it)
    }

    /// Stores a change that the fabric must follow while the owner's next word need not wait for it.
    pub fn follow<T: Resource>(&mut self, cx: &Context<'_>, it: &mut T) -> Result<(), Fault> {
        self.update(cx, it)?;
        let head = it.head().clone();
        self.mark_dirty(&head)
    }

    /// Stores what the fabric reported; not the owner's doing, so `updated` stays.
    pub fn store<T: Resource>(&mut self, it: &mut T) -> Result<(), Fault> {
        it.head_mut().version += 1;
        let missing = || Fault::NotFound {
            kind: T::KIND,
            id: it.head().id.clone(),
        };
        let before = resource::get(self.rows, T::KIND.word(), &it.head().id)?;
        let before = before.ok_or_else(missing)?;
        let (doc, old) = (before.doc.clone(), read::<T>(before)?);
        let resumes = it.head().lapsed && it.charge() != old.charge();
        if resumes {
            // Who pays anew has it work again.
            it.head_mut().lapsed = false;
            it.head_mut().turn();
        }
        let row = self.row(it)?;
        self.recount(&old, it)?;
        resource::update(self.rows, &row)?;
        edge::clear(self.rows, &row.id)?;
        for (role, to) in it.edges() {
            edge::put(self.rows, &row.id, role, &to)?;
        }
        self.index(Some(&old), it)?;
        self.watch(Some(&old), it)?;
        self.note(it.head(), Some(doc), Some(row.doc));
        match resumes {
            true => self.mark_dirty(&it.head().clone()),
            false => Ok(()),
        }
    }

    /// Starts a deletion that the fabric has to follow before the record goes.
    pub fn begin_delete<T: Resource>(&mut self, cx: &Context<'_>, it: &mut T) -> Result<(), Fault> {
        it.head_mut().lifecycle = Lifecycle::Deleting;
        self.change(cx, it)
    }

    /// Removes the record with its edges and claims.
    pub fn remove<T: Resource>(&mut self, it: &T) -> Result<(), Fault> {
        let head = it.head();
        if !resource::delete(self.rows, T::KIND.word(), &head.id)? {
            return Err(Fault::NotFound {
                kind: T::KIND,
                id: head.id.clone(),
            });
        }
        self.tally(it, -1)?;
        let before = self.row(it)?.doc;
        self.note(head, Some(before), None);
        self.mark_dirty(head)
    }

    /// Removes all records of a kind below a parent, with their edges and claims; nobody may point at one of them.
    pub fn remove_children<T: Resource>(&mut self, parent: &str) -> Result<(), Fault> {
        let all = self.children::<T>(parent)?;
        if all.is_empty() {
            return Ok(());
        }
        resource::delete_parts(self.rows, T::KIND.word(), parent)?;
        self.count_out(&all)?;
        for it in &all {
            let before = self.row(it)?.doc;
            self.note(it.head(), Some(before), None);
            self.mark_dirty(it.head())?;
        }
        Ok(())
    }

    /// Who points at this resource: `(from, role)`, at most `limit`.
    pub fn holders(&mut self, id: &str, limit: usize) -> Result<Vec<(String, String)>, Fault> {
        Ok(edge::to(self.rows, id, count(limit))?)
    }

    /// Tells the reconciler that this resource's target is no longer as asked.
    pub fn mark_dirty(&mut self, head: &Head) -> Result<(), Fault> {
        if head.target.is_empty() {
            return Ok(());
        }
        if self.settles_at_once(&head.target) {
            return Ok(());
        }
        self.woken = true;
        let since = head.updated.as_microsecond();
        let due = since + self.profile.delay_micros(&head.target, since);
        Ok(dirty::mark(self.rows, &head.target, since, due)?)
    }

    /// Gateways always converge through the reconciler: every client polls them.
    fn settles_at_once(&self, target: &str) -> bool {
        self.settle_networks && !target.starts_with("gateway/")
    }

    /// The row of a resource. What settles at once is stored as observed, while the value in hand keeps the state
    /// of before: the answer to a create shows the transitional word, the next read the stable one.
    fn row<T: Resource>(&self, it: &T) -> Result<resource::Row, Fault> {
        let mut row = write(it)?;
        if self.settles_at_once(&row.target) {
            row.observed = row.generation;
        }
        Ok(row)
    }

    fn note(&mut self, head: &Head, before: Option<String>, after: Option<String>) {
        self.changes.push(Change {
            target: head.id.clone(),
            project: head.project.clone(),
            before,
            after,
        });
    }
}

/// The row of a resource as it is.
pub(crate) fn write<T: Resource>(it: &T) -> Result<resource::Row, Fault> {
    let head = it.head();
    let doc = serde_json::to_string(it).map_err(|e| Error::Corrupt(e.to_string()))?;
    Ok(resource::Row {
        id: head.id.clone(),
        kind: T::KIND.word().to_owned(),
        project: head.project.clone(),
        parent: head.parent.clone(),
        target: head.target.clone(),
        generation: signed(head.generation),
        observed: signed(head.observed),
        lifecycle: head.lifecycle.word().to_owned(),
        created: head.created.as_microsecond(),
        version: signed(head.version),
        doc,
    })
}

fn corrupt(id: &str, error: &serde_json::Error) -> Error {
    Error::Corrupt(format!("{id}: {error}"))
}

/// The columns win over the document: the reconciler settles a row without rewriting its document.
pub(crate) fn read<T: Resource>(row: resource::Row) -> Result<T, Fault> {
    let mut it: T = serde_json::from_str(&row.doc).map_err(|e| corrupt(&row.id, &e))?;
    let head = it.head_mut();
    head.generation = unsigned(row.generation);
    head.observed = unsigned(row.observed);
    head.lifecycle = Lifecycle::from_word(&row.lifecycle);
    head.version = unsigned(row.version);
    Ok(it)
}

/// The kind's word and document of any row, for the audit and export views.
pub fn document(row: &resource::Row) -> Result<(String, Value), Fault> {
    let value = serde_json::from_str(&row.doc).map_err(|e| Error::Corrupt(e.to_string()))?;
    Ok((row.kind.clone(), value))
}

fn signed(n: u64) -> i64 {
    i64::try_from(n).unwrap_or(i64::MAX)
}

pub(crate) fn unsigned(n: i64) -> u64 {
    u64::try_from(n).unwrap_or(0)
}

fn count(limit: usize) -> i64 {
    i64::try_from(limit).unwrap_or(i64::MAX)
}
