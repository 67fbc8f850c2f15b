//! Lists of resources: of a project, below a parent, or all, by their ids or as they were created.

use jiff::Timestamp;
use vpcd_store::resource;

use super::{Tx, count, read};
use crate::fault::Fault;
use crate::resource::Resource;

/// A page boundary: list what comes after this.
pub type After<'a> = Option<&'a str>;

/// A way through a list in the order of ids: from here (or from the near end) on, forth or back.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Way<'a> {
    /// The id beside which it starts.
    pub from: Option<&'a str>,
    /// Whether it leads towards lower ids.
    pub back: bool,
}

impl Way<'_> {
    /// Whether an id lies on it.
    pub fn leads_to(self, id: &str) -> bool {
        match self.from {
            Some(from) if self.back => id < from,
            Some(from) => id > from,
            None => true,
        }
    }
}

impl Tx<'_> {
    /// Up to `limit` resources of a project in the order of their ids.
    pub fn list<T: Resource>(
        &mut self,
        project: &str,
        after: After<'_>,
        limit: usize,
    ) -> Result<Vec<T>, Fault> {
        resource::list(self.rows, T::KIND.word(), project, after, count(limit))?
            .into_iter()
            .map(read::<T>)
            .collect()
    }

    /// Up to `limit` resources of a project in the order of their creation, after the given one.
    pub fn list_created<T: Resource>(
        &mut self,
        project: &str,
        after: Option<&T>,
        limit: usize,
    ) -> Result<Vec<T>, Fault> {
        let after = after.map(|it| (it.head().created.as_microsecond(), it.head().id.as_str()));
        let rows = resource::list_created(self.rows, T::KIND.word(), project, after, count(limit))?;
        rows.into_iter().map(read::<T>).collect()
    }

    /// Up to `limit` resources of a project in the order of their creation, those created after that time.
    pub fn created_after<T: Resource>(
        &mut self,
        project: &str,
        after: Option<Timestamp>,
        limit: usize,
    ) -> Result<Vec<T>, Fault> {
        let after = after.map(|at| (at.as_microsecond().saturating_add(1), ""));
        let rows = resource::list_created(self.rows, T::KIND.word(), project, after, count(limit))?;
        rows.into_iter().map(read::<T>).collect()
    }

    /// Up to `limit` resources below a parent in the order of their ids.
    pub fn children_page<T: Resource>(
        &mut self,
        parent: &str,
        after: After<'_>,
        limit: usize,
    ) -> Result<Vec<T>, Fault> {
        let rows = resource::children(self.rows, T::KIND.word(), parent, after, count(limit))?;
        rows.into_iter().map(read::<T>).collect()
    }

    /// Up to `limit` resources of a project, or with `parent` of those below it, along the way.
    pub fn walk<T: Resource>(
        &mut self,
        project: &str,
        parent: Option<&str>,
        way: Way<'_>,
        limit: usize,
    ) -> Result<Vec<T>, Fault> {
        let (kind, limit) = (T::KIND.word(), count(limit));
        let rows = match (parent, way.back) {
            (None, false) => resource::list(self.rows, kind, project, way.from, limit)?,
            (None, true) => resource::list_back(self.rows, kind, project, way.from, limit)?,
            (Some(parent), false) => resource::children(self.rows, kind, parent, way.from, limit)?,
            (Some(parent), true) => {
                resource::children_back(self.rows, kind, parent, way.from, limit)?
            }
        };
        rows.into_iter().map(read::<T>).collect()
    }

    /// All resources below a parent.
    pub fn children<T: Resource>(&mut self, parent: &str) -> Result<Vec<T>, Fault> {
        self.children_page(parent, None, usize::MAX)
    }

    /// Every resource of the kind, whoever owns it: for the operator and for bootstrap.
    pub fn everything<T: Resource>(
        &mut self,
        after: After<'_>,
        limit: usize,
    ) -> Result<Vec<T>, Fault> {
        resource::any_kind(self.rows, T::KIND.word(), after, count(limit))?
            .into_iter()
            .map(read::<T>)
            .collect()
    }
}
