//! Address groups, v3.

use serde::Deserialize;
use serde_json::{Value, json};
use vpcd_dialect::{Call, Refusal, Reply};
use vpcd_domain::address_group::{self, AddressGroup, AddressGroupChange, Entry, NewAddressGroup};
use vpcd_domain::security_group::SecurityGroup;
use vpcd_domain::{Context, Fault, Tx, condition};
use vpcd_net::Family;

use crate::faults::{self, invalid, refuse};
use crate::wire::{
    self, Page, among, is_description, is_enterprise_project, is_name, time_z, values,
};

/// Most entries of a group, and as many as it has room for when nobody says otherwise.
const CAPACITY: u32 = 20;

#[derive(Deserialize)]
struct Body {
    address_group: GroupWire,
    dry_run: Option<bool>,
}

#[derive(Deserialize)]
struct GroupWire {
    name: Option<String>,
    description: Option<String>,
    #[serde(default, deserialize_with = "vpcd_dialect::decode::integer")]
    ip_version: Option<i64>,
    ip_set: Option<Vec<String>>,
    #[serde(default, deserialize_with = "vpcd_dialect::decode::integer")]
    max_capacity: Option<i64>,
    enterprise_project_id: Option<String>,
    ip_extra_set: Option<Vec<ExtraWire>>,
}

#[derive(Deserialize)]
struct ExtraWire {
    ip: String,
    remarks: Option<String>,
}

/// `POST /v3/{project_id}/vpc/address-groups`
pub fn create(call: &Call<'_>) -> Result<Reply, Refusal> {
    let body = call
        .body::<Body>()
        .map_err(|fault| faults::body(call, &fault))?;
    let new = parse(body.address_group).map_err(|field| invalid(call.group, field))?;
    let group = wire::attempt(call, body.dry_run, move |tx, cx| {
        address_group::create(tx, cx, new.clone())
    })
    .map_err(|fault| refuse(call, fault))?;
    Ok(answer(call, group.as_ref()))
}

/// `GET /v3/{project_id}/vpc/address-groups/{address_group_id}`
pub fn show(call: &Call<'_>) -> Result<Reply, Refusal> {
    let id = id(call);
    let group = call
        .read(move |tx, cx| address_group::show(tx, cx, &id))
        .map_err(|fault| refuse(call, fault))?;
    Ok(answer(call, Some(&group)))
}

/// `GET /v3/{project_id}/vpc/address-groups`
pub fn list(call: &Call<'_>) -> Result<Reply, Refusal> {
    let ask = Ask::of(call).map_err(|field| invalid(call.group, field))?;
    let limit = ask.page.limit;
    let mut groups = call
        .read(move |tx, cx| ask.groups(tx, cx))
        .map_err(|fault| refuse(call, fault))?;
    let info = cut(&mut groups, limit);
    let groups: Vec<Value> = groups.iter().map(render).collect();
    let body = json!({"request_id": call.request.id, "address_groups": groups, "page_info": info});
    Ok(Reply::json(call.success, body))
}

/// `PUT /v3/{project_id}/vpc/address-groups/{address_group_id}`
pub fn update(call: &Call<'_>) -> Result<Reply, Refusal> {
    let id = id(call);
    let body = call
        .body::<Body>()
        .map_err(|fault| faults::body(call, &fault))?;
    let change = change(body.address_group).map_err(|field| invalid(call.group, field))?;
    let group = wire::attempt(call, body.dry_run, move |tx, cx| {
        address_group::update(tx, cx, &id, change.clone())
    })
    .map_err(|fault| refuse(call, fault))?;
    Ok(answer(call, group.as_ref()))
}

/// `DELETE /v3/{project_id}/vpc/address-groups/{address_group_id}`
pub fn delete(call: &Call<'_>) -> Result<Reply, Refusal> {
    let id = id(call);
    call.write(move |tx, cx| address_group::delete(tx, cx, &id))
        .map_err(|fault| refuse(call, fault))?;
    Ok(Reply::empty(call.success))
}

/// `DELETE /v3/{project_id}/vpc/address-groups/{address_group_id}/force`
pub fn delete_with_rules(call: &Call<'_>) -> Result<Reply, Refusal> {
    let id = id(call);
    call.write(move |tx, cx| address_group::delete_with_rules(tx, cx, &id))
        .map_err(|fault| refuse(call, fault))?;
    Ok(Reply::empty(call.success))
}

/// `GET /v3/{project_id}/vpc/list-address-groups-dependency`
pub fn dependency(call: &Call<'_>) -> Result<Reply, Refusal> {
    let ask = Ask::of(call).map_err(|field| invalid(call.group, field))?;
    let limit = ask.page.limit;
    let (info, groups) = call
        .read(move |tx, cx| {
            let mut groups = ask.groups(tx, cx)?;
            let info = cut(&mut groups, limit);
            let groups = groups.iter();
            let shown = groups
                .map(|group| {
                    let used_by = used_by(tx, group)?;
                    Ok(json!({
                        "id": group.head.id,
                        "enterprise_project_id": group.enterprise_project,
                        "dependency": used_by,
                    }))
                })
                .collect::<Result<Vec<Value>, Fault>>()?;
            Ok((info, shown))
        })
        .map_err(|fault| refuse(call, fault))?;
    let body = json!({"request_id": call.request.id, "address_groups": groups, "page_info": info});
    Ok(Reply::json(call.success, body))
}

/// The security groups with a rule that names an address group.
fn used_by(tx: &mut Tx<'_>, group: &AddressGroup) -> Result<Vec<Value>, Fault> {
    let mut used_by = Vec::new();
    for id in address_group::security_groups(tx, &group.head.id)? {
        let user: SecurityGroup = tx.get(&group.head.project, &id)?;
        used_by.push(json!({"type": "sg", "instance_id": id, "instance_name": user.name}));
    }
    Ok(used_by)
}

/// What a list asks for.
struct Ask {
    page: Page,
    ids: Vec<String>,
    names: Vec<String>,
    descriptions: Vec<String>,
    family: Option<Family>,
    project: Option<String>,
}

impl Ask {
    fn of(call: &Call<'_>) -> Result<Ask, &'static str> {
        let version = call.query.get("ip_version").map(str::parse);
        let version = version.transpose().map_err(|_| "ip_version")?;
        // A description may hold commas, which separate values elsewhere.
        let description = call.query.get("description").map(str::to_owned);
        let descriptions = values(call, "description").into_iter();
        Ok(Ask {
            page: wire::page(call)?,
            ids: values(call, "id"),
            names: values(call, "name"),
            descriptions: descriptions.chain(description).collect(),
            family: version.map(family).transpose()?,
            project: wire::enterprise_project(call)?,
        })
    }

    /// The groups of the page and one more, when there is one.
    fn groups(&self, tx: &mut Tx<'_>, cx: &Context<'_>) -> Result<Vec<AddressGroup>, Fault> {
        condition::backend_reads(tx, cx)?;
        let of = &cx.caller.project;
        let wanted = |group: &AddressGroup| {
            let mine = &group.enterprise_project;
            self.project.as_ref().is_none_or(|project| mine == project)
                && self.family.is_none_or(|family| group.family == family)
                && among(&self.ids, &group.head.id)
                && among(&self.names, &group.name)
                && among(&self.descriptions, &group.description)
        };
        let marker = self.page.marker.clone();
        wire::filtered(self.page.limit + 1, marker, wanted, |after, limit| {
            match (self.ids.is_empty(), self.names.as_slice()) {
                (false, _) => wire::of_ids(tx, of, &self.ids, after, limit),
                (true, [name]) => address_group::named(tx, of, name, after, limit),
                (true, _) => tx.list(of, after, limit),
            }
        })
    }
}

/// Cuts the one too many off, and tells of it.
fn cut(groups: &mut Vec<AddressGroup>, limit: usize) -> Value {
    let more = groups.len() > limit;
    groups.truncate(limit);
    wire::page_info(groups.iter().map(|group| group.head.id.as_str()), more)
}

fn id(call: &Call<'_>) -> String {
    call.param("address_group_id").to_owned()
}

fn family(version: i64) -> Result<Family, &'static str> {
    match version {
        4 => Ok(Family::V4),
        6 => Ok(Family::V6),
        _ => Err("ip_version"),
    }
}

fn parse(wire: GroupWire) -> Result<NewAddressGroup, &'static str> {
    let name = wire.name.filter(|name| is_name(name, 1)).ok_or("name")?;
    let description = wire.description.unwrap_or_default();
    if !is_description(&description) {
        return Err("description");
    }
    let project = wire.enterprise_project_id.filter(|id| !id.is_empty());
    let project = project.unwrap_or_else(|| "0".to_owned());
    if !is_enterprise_project(&project) {
        return Err("enterprise_project_id");
    }
    Ok(NewAddressGroup {
        name,
        description,
        family: family(wire.ip_version.ok_or("ip_version")?)?,
        capacity: capacity(wire.max_capacity)?.unwrap_or(CAPACITY),
        entries: entries(wire.ip_set, wire.ip_extra_set)?.unwrap_or_default(),
        enterprise_project: project,
    })
}

fn change(wire: GroupWire) -> Result<AddressGroupChange, &'static str> {
    if wire.name.as_deref().is_some_and(|name| !is_name(name, 1)) {
        return Err("name");
    }
    if wire
        .description
        .as_deref()
        .is_some_and(|it| !is_description(it))
    {
        return Err("description");
    }
    Ok(AddressGroupChange {
        name: wire.name,
        description: wire.description,
        capacity: capacity(wire.max_capacity)?,
        entries: entries(wire.ip_set, wire.ip_extra_set)?,
    })
}

fn capacity(wire: Option<i64>) -> Result<Option<u32>, &'static str> {
    let number = |n: i64| u32::try_from(n).ok().filter(|n| *n <= CAPACITY);
    wire.map(|n| number(n).ok_or("max_capacity")).transpose()
}

/// Entries come with remarks or without, not both at once.
fn entries(
    plain: Option<Vec<String>>,
    extra: Option<Vec<ExtraWire>>,
) -> Result<Option<Vec<Entry>>, &'static str> {
    let filled = |count: Option<usize>| count.is_some_and(|count| count > 0);
    if filled(plain.as_ref().map(Vec::len)) && filled(extra.as_ref().map(Vec::len)) {
        return Err("ip_extra_set");
    }
    let entry = |text: String, remarks: String| match is_description(&remarks) {
        true => Ok(Entry {
            text: text.trim().to_owned(),
            remarks,
        }),
        false => Err("remarks"),
    };
    match (plain, extra) {
        (plain, Some(extra)) if !extra.is_empty() || plain.is_none() => {
            let entries = extra.into_iter();
            let entries = entries.map(|it| entry(it.ip, it.remarks.unwrap_or_default()));
            entries.collect::<Result<_, _>>().map(Some)
        }
        (Some(plain), _) => {
            let entries = plain.into_iter().map(|ip| entry(ip, String::new()));
            entries.collect::<Result<_, _>>().map(Some)
        }
        (None, _) => Ok(None),
    }
}

fn answer(call: &Call<'_>, group: Option<&AddressGroup>) -> Reply {
    match group {
        Some(group) => {
            let body = json!({"request_id": call.request.id, "address_group": render(group)});
            Reply::json(call.success, body)
        }
        None => wire::passed_dry_run(call),
    }
}

fn render(group: &AddressGroup) -> Value {
    let plain: Vec<&str> = group.entries.iter().map(|it| it.text.as_str()).collect();
    let extra: Vec<Value> = group
        .entries
        .iter()
        .map(|it| json!({"ip": it.text, "remarks": it.remarks}))
        .collect();
    json!({
        "id": group.head.id,
        "name": group.name,
        "description": group.description,
        "max_capacity": group.capacity,
        "ip_set": plain,
        "ip_version": group.family.version(),
        "created_at": time_z(group.head.created),
        "updated_at": time_z(group.head.updated),
        "tenant_id": group.head.project,
        "enterprise_project_id": group.enterprise_project,
        "tags": group.tags,
        "status": "NORMAL",
        "status_message": "",
        "ip_extra_set": extra,
    })
}
