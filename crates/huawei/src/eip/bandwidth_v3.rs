//! Bandwidths, v3.

use serde_json::{Value, json};
use vpcd_dialect::{Call, Refusal, Reply};
use vpcd_domain::bandwidth::{self, Bandwidth};
use vpcd_domain::pool::stable_id;
use vpcd_domain::{Fault, State, Tx, condition};

use super::bandwidth::{billing, share_type};
use super::bandwidth_rule;
use super::selection::{Filter, How, Rules, Selection, filter, is};
use crate::faults::refuse;
use crate::generated::limits;
use crate::wire::{merged, time_z};

static RULES: Rules = Rules {
    filters: FILTERS,
    sort_keys: &["id"],
    hidden: &[],
};

const FILTERS: &[Filter] = &[
    is("id"),
    is("bandwidth_type"),
    is("name"),
    filter("name_like", "name", How::Like),
    is("tenant_id"),
    is("ingress_size"),
    is("admin_state"),
    filter("billing_info", "billinginfo", How::Is),
    is("tags"),
    filter(
        "enable_bandwidth_rules",
        "enable_bandwidth_rules",
        How::OneOf(&["true", "false"]),
    ),
    is("rule_quota"),
    is("public_border_group"),
    filter(
        "charge_mode",
        "charge_mode",
        How::OneOf(&["bandwidth", "traffic", "95peak_plus"]),
    ),
    is("size"),
    filter("type", "type", How::OneOf(&["WHOLE", "PER"])),
];

static LIMITS: Rules = Rules {
    filters: &[is("charge_mode")],
    sort_keys: &["id"],
    hidden: &[],
};

/// `GET /v3/{project_id}/eip/bandwidths`
pub fn list(call: &Call<'_>) -> Result<Reply, Refusal> {
    listed(call, "project_id")
}

/// `GET /v3/{project_id}/eip-bandwidths`: the same under the older name of the project.
pub fn list_eip(call: &Call<'_>) -> Result<Reply, Refusal> {
    listed(call, "tenant_id")
}

/// `GET /v3/{project_id}/eip/eip-bandwidth-limits`
pub fn limits(call: &Call<'_>) -> Result<Reply, Refusal> {
    let selection = Selection::of(call, &LIMITS)?;
    let reverse = match call.query.get("page_reverse") {
        None | Some("false" | "False") => false,
        Some("true" | "True") => true,
        Some(_) => return Err(crate::faults::invalid(call.group, "page_reverse")),
    };
    let modes = [
        ("bandwidth", limits::BANDWIDTH_SIZE_MIN),
        ("traffic", limits::BANDWIDTH_SIZE_MIN),
        ("95peak_plus", limits::BANDWIDTH_SHARED_SIZE_MIN),
    ];
    let shown = modes.map(|(mode, least)| {
        json!({
            "id": stable_id("bandwidth-limit", mode),
            "charge_mode": mode,
            "min_size": least,
            "max_size": limits::BANDWIDTH_SIZE_MAX,
            "ext_limit": {
                "min_ingress_size": least,
                "max_ingress_size": limits::BANDWIDTH_SIZE_MAX,
                "ratio_95peak": if mode == "95peak_plus" { Some(PEAK_RATIO) } else { None },
            },
        })
    });
    let mut listed = selection
        .out_of(shown)
        .map_err(|fault| refuse(call, fault))?;
    if reverse {
        listed.items.reverse();
    }
    Ok(listed.reply(call, "eip_bandwidth_limits"))
}

/// Least share of a bandwidth billed by its peaks that is billed in any case, in percent.
const PEAK_RATIO: u32 = 20;

fn listed(call: &Call<'_>, project: &'static str) -> Result<Reply, Refusal> {
    let selection = Selection::of(call, &RULES)?;
    let (ids, region) = (selection.wanted("id"), call.region);
    let listed = call
        .read(move |tx, cx| {
            condition::backend_reads(tx, cx)?;
            let mut keyed = Vec::new();
            for id in &ids {
                keyed.extend(tx.find::<Bandwidth>(&cx.caller.project, id)?);
            }
            let keyed = (!ids.is_empty()).then_some(keyed);
            selection.of_kind(tx, cx, keyed, |tx, it| render(tx, &it, region, project))
        })
        .map_err(|fault| refuse(call, fault))?;
    Ok(listed.reply(call, "eip_bandwidths"))
}

fn render(tx: &mut Tx<'_>, it: &Bandwidth, region: &str, project: &str) -> Result<Value, Fault> {
    let addresses = bandwidth::addresses(tx, it)?;
    let frozen = it.head.state() == State::Frozen;
    let peaks = (it.charge_mode == "95peak_plus").then_some(PEAK_RATIO);
    let shown = json!({
        "id": it.head.id,
        "name": it.name,
        "size": it.size,
        "ingress_size": it.size,
        "ratio_95peak_plus": peaks,
        "bandwidth_type": if it.shared { "share" } else { "bgp" },
        "type": share_type(it),
        "charge_mode": it.charge_mode,
        "admin_state": if frozen { "freezed" } else { "normal" },
        "billinginfo": billing(region, it),
        "publicip_info": addresses.iter().map(bandwidth_rule::address).collect::<Vec<_>>(),
        "public_border_group": it.border_group,
        "tags": [],
        "created_at": time_z(it.head.created),
        "updated_at": time_z(it.head.updated),
        project: it.head.project,
    });
    Ok(merged(shown, bandwidth_rule::of(it, &addresses)))
}
