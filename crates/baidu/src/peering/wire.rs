//! Peering connections on the wire: what is asked, and what an end of one shows.

use serde::Deserialize;
use serde_json::{Value, json};
use vpcd_dialect::Refusal;
use vpcd_domain::order::{Term, Terms};
use vpcd_domain::peering::{NewPeering, Peering, Side, Status};
use vpcd_domain::vpc::Vpc;
use vpcd_domain::{Context, Fault, Resource, State, Tx};

use crate::billing::BillingWire;
use crate::faults::peering::invalid;
use crate::generated::limits;
use crate::input::{integer, switch};
use crate::wire::{self, TagWire, absent};

/// Roles in the words of the wire: who asked, and who was asked.
const ROLES: [&str; 2] = ["initiator", "acceptor"];
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct CreateWire {
    #[serde(default, deserialize_with = "integer")]
    bandwidth_in_mbps: Option<i64>,
    description: Option<String>,
    local_if_name: Option<String>,
    local_vpc_id: String,
    pub(super) peer_account_id: Option<String>,
    peer_vpc_id: String,
    peer_region: String,
    peer_if_name: Option<String>,
    billing: BillingWire,
    tags: Option<Vec<TagWire>>,
    #[serde(rename = "resourceGroupId")]
    _resource_group: Option<String>,
    #[serde(default, deserialize_with = "switch")]
    delete_protect: Option<bool>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct UpdateWire {
    pub(super) local_if_id: String,
    pub(super) description: Option<String>,
    pub(super) local_if_name: Option<String>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct ResizeWire {
    #[serde(default, deserialize_with = "integer")]
    pub(super) new_bandwidth_in_mbps: Option<i64>,
}

#[derive(Deserialize)]
pub(super) struct RenewWire {
    billing: Option<BillingWire>,
}

#[derive(Deserialize)]
pub(super) struct RoleWire {
    pub(super) role: Option<String>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct ProtectWire {
    #[serde(deserialize_with = "switch")]
    pub(super) delete_protect: Option<bool>,
}

impl CreateWire {
    /// The values of a create; the networks are found later, by their short ids.
    pub(super) fn parse(self, region: &str) -> Result<NewPeering, Refusal> {
        let terms = self.billing.terms().map_err(|_| invalid("billing"))?;
        if self.peer_region.trim().is_empty() {
            return Err(invalid("peerRegion"));
        }
        // Inside one region nothing is paid in advance.
        if terms != Terms::Postpaid && self.peer_region == region {
            return Err(invalid("paymentTiming"));
        }
        let named = |text: Option<String>| {
            let given = text.filter(|text| !text.is_empty());
            given.map_or(Ok(String::new()), label)
        };
        let own = named(self.local_if_name)?;
        Ok(NewPeering {
            name: own.clone(),
            description: description(self.description)?.unwrap_or_default(),
            vpc: self.local_vpc_id,
            peer_vpc: self.peer_vpc_id,
            peer_project: None,
            labels: [own, named(self.peer_if_name)?],
            regions: [region.to_owned(), self.peer_region],
            bandwidth: Some(bandwidth("bandwidthInMbps", self.bandwidth_in_mbps)?),
            protected: self.delete_protect.unwrap_or(false),
            terms,
            tags: wire::tags(self.tags).map_err(|_| invalid("tags"))?,
        })
    }
}

impl RenewWire {
    /// For how long it is renewed.
    pub(super) fn term(&self) -> Result<Term, Refusal> {
        let billing = self.billing.as_ref().ok_or_else(|| absent("billing"))?;
        billing.term().map_err(|_| invalid("billing"))
    }
}

/// Mbit/s.
pub(super) fn bandwidth(field: &'static str, size: Option<i64>) -> Result<u32, Refusal> {
    let size = size.ok_or_else(|| absent(field))?;
    u64::try_from(size)
        .ok()
        .filter(|size| (1..=limits::PEERING_BANDWIDTH_MAX).contains(size))
        .and_then(|size| u32::try_from(size).ok())
        .ok_or_else(|| invalid(field))
}

/// A name of an interface.
pub(super) fn label(text: String) -> Result<String, Refusal> {
    let length = text.chars().count() as u64;
    let legal = |c: char| c.is_alphanumeric() || "-_ /.".contains(c);
    match (1..=limits::NAME_MAX).contains(&length) && text.chars().all(legal) {
        true => Ok(text),
        false => Err(invalid("localIfName")),
    }
}

/// A description, when there is one.
pub(super) fn description(text: Option<String>) -> Result<Option<String>, Refusal> {
    wire::description(text).map_err(|_| invalid("description"))
}

/// Whether a role is that of who asked, when one is told.
pub(super) fn role(word: Option<&str>) -> Result<Option<bool>, Refusal> {
    match word {
        None | Some("") => Ok(None),
        Some(word) if word == ROLES[0] => Ok(Some(true)),
        Some(word) if word == ROLES[1] => Ok(Some(false)),
        Some(_) => Err(invalid("role")),
    }
}

/// A peering as one of its ends sees it.
pub(super) struct View<'a> {
    it: &'a Peering,
    /// Whether that end asked for it.
    pub(super) requester: bool,
}

impl<'a> View<'a> {
    /// The view of the end of that role, or of the caller's own; nothing when the caller is not that end.
    pub(super) fn of(
        cx: &Context<'_>,
        it: &'a Peering,
        requester: Option<bool>,
    ) -> Option<View<'a>> {
        let project = cx.caller.project.as_str();
        let requester = requester.unwrap_or(it.requester.project == project);
        let view = View { it, requester };
        (view.ends().0.project == project).then_some(view)
    }

    /// This end and the other one.
    fn ends(&self) -> (&'a Side, &'a Side) {
        match self.requester {
            true => (&self.it.requester, &self.it.accepter),
            false => (&self.it.accepter, &self.it.requester),
        }
    }

    /// On the wire.
    pub(super) fn render(
        &self,
        tx: &mut Tx<'_>,
        cx: &Context<'_>,
        region: &str,
    ) -> Result<Value, Fault> {
        let (it, (near, far)) = (self.it, self.ends());
        let region = |side: &Side| match side.region.is_empty() {
            true => region.to_owned(),
            false => side.region.clone(),
        };
        // The other cloud names the peering, not its interfaces.
        let name = match (near.label.is_empty(), self.requester) {
            (true, true) => &it.name,
            _ => &near.label,
        };
        // Labels are their owner's words.
        let tags = match near.project == it.head.project {
            true => wire::rendered_tags(&it.tags),
            false => Vec::new(),
        };
        let expires = it.charge.as_ref().map(|charge| charge.end(cx.now));
        Ok(json!({
            "peerConnId": it.head.alias,
            "role": ROLES[usize::from(!self.requester)],
            "status": status(it),
            "bandwidthInMbps": it.bandwidth.map_or(limits::PEERING_BANDWIDTH_MAX, u64::from),
            "description": near.remark.as_ref().unwrap_or(&it.description),
            "localIfId": near.interface,
            "localIfName": name,
            "localVpcId": short::<Vpc>(tx, &near.vpc)?,
            "localRegion": region(near),
            "peerVpcId": short::<Vpc>(tx, &far.vpc)?,
            "peerRegion": region(far),
            "peerAccountId": far.account,
            "paymentTiming": if it.charge.is_some() { "Prepaid" } else { "Postpaid" },
            "dnsStatus": names(it, near),
            "createdTime": wire::time(it.head.created),
            "expiredTime": expires.map(wire::time).unwrap_or_default(),
            "tags": tags,
            "deleteProtect": it.protected,
        }))
    }
}

fn status(it: &Peering) -> &'static str {
    match it.status {
        Status::Pending => "consulting",
        Status::Rejected | Status::Lapsed => "consult_failed",
        Status::Active => match it.head.state() {
            State::Creating => "creating",
            State::Active => "active",
            State::Updating if it.head.is_stopped() => "stopping",
            State::Updating if it.head.is_resuming() => "starting",
            State::Updating => "updating",
            State::Frozen if it.head.lapsed => "expired",
            State::Deleting => "deleting",
            State::Frozen => "down",
            State::Failed => "error",
        },
    }
}

fn names(it: &Peering, side: &Side) -> &'static str {
    match (side.names, side.is_busy(it.head.observed)) {
        (true, false) => "open",
        (true, true) => "syncing",
        (false, false) => "close",
        (false, true) => "closing",
    }
}

/// The short id of a resource.
fn short<T: Resource>(tx: &mut Tx<'_>, id: &str) -> Result<String, Fault> {
    let it = tx.any::<T>(id)?;
    Ok(it
        .and_then(|it| it.head().alias.clone())
        .unwrap_or_default())
}
