//! Lists of groups of one sort.

use serde_json::Value;
use vpcd_dialect::{Call, Refusal, Reply};
use vpcd_domain::port::Port;
use vpcd_domain::security_group::SecurityGroup;
use vpcd_domain::vpc::Vpc;
use vpcd_domain::{Fault, Tx, registration};

use super::{Sort, alias};
use crate::etag;
use crate::page::Page;

/// What a list is narrowed to; absent parts do not narrow it.
#[derive(Clone, Debug, Default)]
pub(super) struct Filter {
    /// Short ids.
    pub(super) ids: Vec<String>,
    /// The VPC.
    pub(super) vpc: Option<String>,
    /// The instance, or the interface, that the groups judge.
    pub(super) instance: Option<String>,
}

impl Sort {
    /// The page that a call asks for, with what it says of each group under `name`.
    pub(super) fn list(
        self,
        call: &Call<'_>,
        name: &'static str,
        filter: Filter,
        render: fn(&mut Tx<'_>, &SecurityGroup) -> Result<Value, Fault>,
    ) -> Result<Reply, Refusal> {
        let page = Page::of(call)?.among(match self {
            Sort::Regular => "g-",
            Sort::Enterprise => "esg-",
        })?;
        let body = call.read(move |tx, cx| {
            vpcd_domain::condition::backend_reads(tx, cx)?;
            let project = cx.caller.project.as_str();
            let few = filter.few(tx, project)?;
            let wanted = |group: &SecurityGroup| {
                let listed =
                    |all: &Vec<SecurityGroup>| all.iter().any(|it| it.head.id == group.head.id);
                self.is(group) && few.as_ref().is_none_or(listed)
            };
            let paged = page.take(tx, project, wanted, |tx, after, limit| match &few {
                Some(all) => Ok(following(all, after, limit)),
                None => tx.list_created(project, after, limit),
            })?;
            let rendered = paged.items.iter().map(|group| render(tx, group));
            let rendered = rendered.collect::<Result<Vec<Value>, Fault>>()?;
            let body = page.answer(name, &paged, rendered);
            Ok((body, paged.versions()))
        });
        let (body, versions) = body.map_err(|fault| self.refuse(fault))?;
        Ok(etag::alone(Reply::json(call.success, body), &versions))
    }
}

impl Filter {
    /// All groups that may be wanted, in the order of their creation, where the filter names few of them.
    fn few(&self, tx: &mut Tx<'_>, project: &str) -> Result<Option<Vec<SecurityGroup>>, Fault> {
        let vpc = match &self.vpc {
            Some(id) => Some(tx.by_alias::<Vpc>(project, id)?.head.id),
            None => None,
        };
        let mut few: Vec<SecurityGroup> = if !self.ids.is_empty() {
            let found = self.ids.iter().map(|id| known(tx.by_alias(project, id)));
            found
                .filter_map(Result::transpose)
                .collect::<Result<_, _>>()?
        } else if let Some(instance) = &self.instance {
            judges(tx, project, instance)?
        } else if let Some(vpc) = &vpc {
            tx.children(vpc)?
        } else {
            return Ok(None);
        };
        if let Some(instance) = &self.instance {
            let judging = judges(tx, project, instance)?;
            few.retain(|it| judging.iter().any(|one| one.head.id == it.head.id));
        }
        few.retain(|it| vpc.is_none() || it.network() == vpc.as_deref());
        few.retain(|it| self.ids.is_empty() || self.ids.iter().any(|id| id == alias(it)));
        few.sort_by(|a, b| (a.head.created, &a.head.id).cmp(&(b.head.created, &b.head.id)));
        few.dedup_by(|a, b| a.head.id == b.head.id);
        Ok(Some(few))
    }
}

/// The groups of the interfaces that an instance has, or of the interface with that short id.
fn judges(tx: &mut Tx<'_>, project: &str, instance: &str) -> Result<Vec<SecurityGroup>, Fault> {
    let server = known(registration::instance(tx, project, instance))?;
    let device = server.map_or_else(|| instance.to_owned(), |server| server.head.id);
    let mut ports: Vec<Port> = tx.found(project, "device", &device, None, usize::MAX)?;
    ports.extend(known(tx.by_alias(project, instance))?);
    let mut ids: Vec<String> = ports
        .into_iter()
        .flat_map(|it| it.security_groups)
        .collect();
    ids.sort_unstable();
    ids.dedup();
    ids.iter().map(|id| tx.get(project, id)).collect()
}

/// Nothing where an id names nothing.
fn known<T>(found: Result<T, Fault>) -> Result<Option<T>, Fault> {
    match found {
        Ok(it) => Ok(Some(it)),
        Err(Fault::NotFound { .. }) => Ok(None),
        Err(fault) => Err(fault),
    }
}

/// Up to `limit` of the ordered list after one of them.
fn following(
    all: &[SecurityGroup],
    after: Option<&SecurityGroup>,
    limit: usize,
) -> Vec<SecurityGroup> {
    let order = |it: &SecurityGroup| (it.head.created, it.head.id.clone());
    let first = after.map_or(0, |after| {
        all.partition_point(|it| order(it) <= order(after))
    });
    all[first..].iter().take(limit).cloned().collect()
}
