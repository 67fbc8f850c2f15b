//! Firewalls (network ACLs), v3: a firewall with its own lists of rules and its subnets.

use serde::Deserialize;
use serde_json::{Value, json};
use vpcd_dialect::{Call, Refusal, Reply, decode};
use vpcd_domain::firewall::policy::Spot;
use vpcd_domain::firewall::{self, Direction, Firewall, FirewallChange, NewFirewall};
use vpcd_domain::{Fault, Tx, condition};

use super::firewall_rule::{self, RuleId, RuleWire};
use crate::faults::{self, invalid, refuse};
use crate::wire::{self, TagWire, is_description, is_name, is_uuid, time_v1};

#[derive(Deserialize)]
struct Body<T> {
    firewall: T,
    dry_run: Option<bool>,
}

#[derive(Deserialize)]
struct CreateWire {
    name: Option<String>,
    description: Option<String>,
    enterprise_project_id: Option<String>,
    tags: Option<Vec<TagWire>>,
    admin_state_up: Option<bool>,
    r#type: Option<String>,
}

#[derive(Deserialize)]
struct UpdateWire {
    name: Option<String>,
    description: Option<String>,
    admin_state_up: Option<bool>,
}

/// Rules of both directions.
#[derive(Deserialize)]
struct Lists<T> {
    ingress_rules: Option<Vec<T>>,
    egress_rules: Option<Vec<T>>,
    insert_after_rule: Option<String>,
}

#[derive(Deserialize)]
struct SubnetsBody {
    subnets: Vec<SubnetWire>,
    dry_run: Option<bool>,
}

#[derive(Deserialize)]
struct SubnetWire {
    virsubnet_id: String,
}

/// `POST /v3/{project_id}/vpc/firewalls`
pub fn create(call: &Call<'_>) -> Result<Reply, Refusal> {
    let Body {
        firewall: wire,
        dry_run,
    } = body::<Body<CreateWire>>(call)?;
    let new = parse(call, wire)?;
    answer(call, dry_run, move |tx, cx| {
        firewall::create(tx, cx, new.clone())
    })
}

/// `GET /v3/{project_id}/vpc/firewalls/{firewall_id}`
pub fn show(call: &Call<'_>) -> Result<Reply, Refusal> {
    let id = id(call)?;
    let shown = call.read(move |tx, cx| {
        condition::backend_reads(tx, cx)?;
        let firewall = tx.get::<Firewall>(&cx.caller.project, &id)?;
        render_whole(tx, &firewall)
    });
    let shown = shown.map_err(|fault| refuse(call, fault))?;
    let body = json!({"request_id": call.request.id, "firewall": shown});
    Ok(Reply::json(call.success, body))
}

/// `GET /v3/{project_id}/vpc/firewalls`
pub fn list(call: &Call<'_>) -> Result<Reply, Refusal> {
    let page = wire::page(call).map_err(|field| invalid(call.group, field))?;
    let filter = Filter::of(call)?;
    let limit = page.limit;
    let mut found = call
        .read(move |tx, cx| {
            condition::backend_reads(tx, cx)?;
            let wanted = |it: &Firewall| filter.wants(it);
            // One more than the page holds tells whether there is a next one.
            wire::filtered(
                limit + 1,
                page.marker.clone(),
                wanted,
                |after, limit| match filter.ids.as_slice() {
                    [] => tx.list::<Firewall>(&cx.caller.project, after, limit),
                    ids => wire::of_ids(tx, &cx.caller.project, ids, after, limit),
                },
            )
        })
        .map_err(|fault| refuse(call, fault))?;
    let more = found.len() > limit;
    found.truncate(limit);
    let info = wire::page_info(found.iter().map(|it| it.head.id.as_str()), more);
    let firewalls: Vec<Value> = found.iter().map(render).collect();
    let body = json!({"request_id": call.request.id, "firewalls": firewalls, "page_info": info});
    Ok(Reply::json(call.success, body))
}

/// `PUT /v3/{project_id}/vpc/firewalls/{firewall_id}`
pub fn update(call: &Call<'_>) -> Result<Reply, Refusal> {
    let id = id(call)?;
    let Body {
        firewall: wire,
        dry_run,
    } = body::<Body<UpdateWire>>(call)?;
    let change = FirewallChange {
        name: legal(call, "name", wire.name, |name| is_name(name, 0))?,
        description: legal(call, "description", wire.description, is_description)?,
        enabled: wire.admin_state_up,
        ..FirewallChange::default()
    };
    answer(call, dry_run, move |tx, cx| {
        firewall::update(tx, cx, &id, change.clone())
    })
}

/// `DELETE /v3/{project_id}/vpc/firewalls/{firewall_id}`
pub fn delete(call: &Call<'_>) -> Result<Reply, Refusal> {
    let id = id(call)?;
    call.write(move |tx, cx| firewall::delete(tx, cx, &id))
        .map_err(|fault| refuse(call, fault))?;
    Ok(Reply::empty(call.success))
}

/// `PUT /v3/{project_id}/vpc/firewalls/{firewall_id}/insert-rules`
pub fn insert_rules(call: &Call<'_>) -> Result<Reply, Refusal> {
    let id = id(call)?;
    let Body {
        firewall: mut wire,
        dry_run,
    } = body::<Body<Lists<RuleWire>>>(call)?;
    let after = wire.insert_after_rule.take();
    let lists = both(call, wire)?;
    let spot = match after.filter(|rule| !rule.is_empty()) {
        // The place is in one of the lists, so only that one can grow there.
        Some(rule) if is_uuid(&rule) && lists.len() == 1 => Spot::After(rule),
        Some(_) => return Err(invalid(call.group, "insert_after_rule")),
        None => Spot::First,
    };
    let rules = each(lists, |wire| firewall_rule::new(call, wire))?;
    answer(call, dry_run, move |tx, cx| {
        firewall::insert_rules(tx, cx, &id, rules.clone(), &spot)
    })
}

/// `PUT /v3/{project_id}/vpc/firewalls/{firewall_id}/update-rules`
pub fn update_rules(call: &Call<'_>) -> Result<Reply, Refusal> {
    let id = id(call)?;
    let Body {
        firewall: wire,
        dry_run,
    } = body::<Body<Lists<RuleWire>>>(call)?;
    let rules = each(both(call, wire)?, |wire| firewall_rule::change(call, wire))?;
    answer(call, dry_run, move |tx, cx| {
        firewall::update_rules(tx, cx, &id, rules.clone())
    })
}

/// `PUT /v3/{project_id}/vpc/firewalls/{firewall_id}/remove-rules`
pub fn remove_rules(call: &Call<'_>) -> Result<Reply, Refusal> {
    let id = id(call)?;
    let Body {
        firewall: wire,
        dry_run,
    } = body::<Body<Lists<RuleId>>>(call)?;
    let rules = each(both(call, wire)?, |wire| match is_uuid(&wire.id) {
        true => Ok(wire.id),
        false => Err(invalid(call.group, "id")),
    })?;
    answer(call, dry_run, move |tx, cx| {
        firewall::remove_rules(tx, cx, &id, rules.clone())
    })
}

/// `PUT /v3/{project_id}/vpc/firewalls/{firewall_id}/associate-subnets`
pub fn associate(call: &Call<'_>) -> Result<Reply, Refusal> {
    let id = id(call)?;
    let (subnets, dry_run) = subnets(call)?;
    answer(call, dry_run, move |tx, cx| {
        firewall::associate(tx, cx, &id, subnets.clone())
    })
}

/// `PUT /v3/{project_id}/vpc/firewalls/{firewall_id}/disassociate-subnets`
pub fn disassociate(call: &Call<'_>) -> Result<Reply, Refusal> {
    let id = id(call)?;
    let (subnets, dry_run) = subnets(call)?;
    answer(call, dry_run, move |tx, cx| {
        firewall::disassociate(tx, cx, &id, &subnets)
    })
}

struct Filter {
    ids: Vec<String>,
    names: Vec<String>,
    status: Option<String>,
    enabled: Option<bool>,
    projects: Vec<String>,
}

impl Filter {
    fn of(call: &Call<'_>) -> Result<Filter, Refusal> {
        let mut projects = wire::values(call, "enterprise_project_id");
        if projects.iter().any(|id| id == "all_granted_eps") {
            projects.clear();
        }
        if !projects.iter().all(|id| wire::is_enterprise_project(id)) {
            return Err(invalid(call.group, "enterprise_project_id"));
        }
        let enabled = match call.query.get("admin_state_up") {
            None => None,
            Some("true") => Some(true),
            Some("false") => Some(false),
            Some(_) => return Err(invalid(call.group, "admin_state_up")),
        };
        Ok(Filter {
            ids: wire::values(call, "id"),
            names: wire::values(call, "name"),
            status: call.query.get("status").map(str::to_owned),
            enabled,
            projects,
        })
    }

    fn wants(&self, it: &Firewall) -> bool {
        wire::among(&self.ids, &it.head.id)
            && wire::among(&self.names, &it.name)
            && wire::among(&self.projects, &it.enterprise_project)
            && self.status.as_deref().is_none_or(|word| word == status(it))
            && self.enabled.is_none_or(|enabled| enabled == it.enabled)
    }
}

/// The firewall that a rule leaves behind, with its rules; or that the request could be done, when only that was asked.
fn answer<F>(call: &Call<'_>, dry_run: Option<bool>, rule: F) -> Result<Reply, Refusal>
where
    F: Fn(&mut Tx<'_>, &mut vpcd_domain::Context<'_>) -> Result<Firewall, Fault> + Send + 'static,
{
    wire::done_or_tried(call, dry_run, "firewall", move |tx, cx| {
        let firewall = rule(tx, cx)?;
        render_whole(tx, &firewall)
    })
}

fn parse(call: &Call<'_>, wire: CreateWire) -> Result<NewFirewall, Refusal> {
    let wrong = |field: &str| invalid(call.group, field);
    if wire.r#type.is_some_and(|it| it != "normal") {
        return Err(wrong("type"));
    }
    let project = wire.enterprise_project_id.unwrap_or("0".to_owned());
    if !wire::is_enterprise_project(&project) {
        return Err(wrong("enterprise_project_id"));
    }
    let name = legal(call, "name", wire.name, |name| is_name(name, 0))?;
    let description = legal(call, "description", wire.description, is_description)?;
    Ok(NewFirewall {
        name: name.ok_or_else(|| wrong("name"))?,
        description: description.unwrap_or_default(),
        enterprise_project: project,
        tags: super::tag_v3::parse(wire.tags.unwrap_or_default()).map_err(|_| wrong("tags"))?,
        enabled: wire.admin_state_up.unwrap_or(true),
        ingress: None,
        egress: None,
        ports: Vec::new(),
    })
}

fn legal(
    call: &Call<'_>,
    field: &str,
    text: Option<String>,
    is_legal: impl Fn(&str) -> bool,
) -> Result<Option<String>, Refusal> {
    match text {
        Some(text) if !is_legal(&text) => Err(invalid(call.group, field)),
        text => Ok(text),
    }
}

/// The lists of the directions that are not empty, at least one.
fn both<T>(call: &Call<'_>, wire: Lists<T>) -> Result<Vec<(Direction, Vec<T>)>, Refusal> {
    let lists: Vec<_> = [
        (Direction::Ingress, wire.ingress_rules),
        (Direction::Egress, wire.egress_rules),
    ]
    .into_iter()
    .map(|(direction, rules)| (direction, rules.unwrap_or_default()))
    .filter(|(_, rules)| !rules.is_empty())
    .collect();
    match lists.is_empty() {
        true => Err(invalid(call.group, "firewall")),
        false => Ok(lists),
    }
}

fn each<T, U>(
    lists: Vec<(Direction, Vec<T>)>,
    parse: impl Fn(T) -> Result<U, Refusal>,
) -> Result<Vec<(Direction, Vec<U>)>, Refusal> {
    lists
        .into_iter()
        .map(|(direction, rules)| {
            let rules = rules.into_iter().map(&parse);
            Ok((direction, rules.collect::<Result<_, _>>()?))
        })
        .collect()
}

fn subnets(call: &Call<'_>) -> Result<(Vec<String>, Option<bool>), Refusal> {
    let SubnetsBody { subnets, dry_run } = body(call)?;
    let ids: Vec<String> = subnets.into_iter().map(|it| it.virsubnet_id).collect();
    match !ids.is_empty() && ids.iter().all(|id| is_uuid(id)) {
        true => Ok((ids, dry_run)),
        false => Err(invalid(call.group, "subnets")),
    }
}

fn body<T: serde::de::DeserializeOwned>(call: &Call<'_>) -> Result<T, Refusal> {
    call.body()
        .map_err(|fault: decode::BodyFault| faults::body(call, &fault))
}

fn id(call: &Call<'_>) -> Result<String, Refusal> {
    let id = call.param("firewall_id");
    if is_uuid(id) {
        Ok(id.to_owned())
    } else {
        Err(invalid(call.group, "firewall_id"))
    }
}

fn render(it: &Firewall) -> Value {
    let subnets = it.subnets.iter();
    let associations: Vec<Value> = subnets.map(|id| json!({"virsubnet_id": id})).collect();
    json!({
        "id": it.head.id,
        "name": it.name,
        "description": it.description,
        "project_id": it.head.project,
        "created_at": time_v1(it.head.created),
        "updated_at": time_v1(it.head.updated),
        "admin_state_up": it.enabled,
        "status": status(it),
        "enterprise_project_id": it.enterprise_project,
        "tags": it.tags,
        "associations": associations,
        "type": "normal",
    })
}

fn render_whole(tx: &mut Tx<'_>, it: &Firewall) -> Result<Value, Fault> {
    let mut whole = render(it);
    for (name, direction) in [
        ("ingress_rules", Direction::Ingress),
        ("egress_rules", Direction::Egress),
    ] {
        let rules = firewall::rules(tx, it, direction)?;
        whole[name] = rules.iter().map(firewall_rule::render).collect();
    }
    Ok(whole)
}

fn status(it: &Firewall) -> &'static str {
    if it.is_active() { "ACTIVE" } else { "INACTIVE" }
}
