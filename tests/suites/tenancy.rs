//! Walks every served operation of both clouds with another tenant's credentials.
//!
//! Naming somebody else's resource must be answered exactly as naming one that never was, nothing of it may show in
//! any list, and none of it may have changed afterwards.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on panics")]

use std::collections::BTreeMap;

use serde::Deserialize;
use serde_json::Value;
use vpcd::cloud::Cloud;
use vpcd_tests::pattern::{Names, fill};
use vpcd_tests::world::{Actor, Ask, Side, World};

/// Types of VPN resources that carry tags, with the name of the id that goes with each.
const TAGGED: [(&str, &str); 4] = [
    ("vpn-gateway", "{vgw_id}"),
    ("customer-gateway", "{customer_gateway_id}"),
    ("vpn-connection", "{vpn_connection_id}"),
    ("p2c-vpn-gateways", "{p2c_vgw_id}"),
];

/// Ids of one tenant's resources by the name that paths and bodies use.
type Ids = Names;

fn world() -> World {
    World::new(Cloud::ephemeral_for_tests(42).unwrap())
}

fn call(
    world: &mut World,
    side: Side,
    actor: &Actor,
    method: &str,
    path: &str,
    body: &Value,
) -> (u16, Value) {
    let text = if body.is_null() {
        String::new()
    } else {
        body.to_string()
    };
    let ask = Ask {
        method: method.into(),
        path: path.into(),
        body: text,
        ..Ask::default()
    };
    let reply = world.send(side, Some(actor), &ask);
    world.settle();
    (reply.status, reply.body.unwrap_or(Value::Null))
}

/// What the walk knows of one part of the contract: `tests/tenancy/*.json`, read in the order of their names.
#[derive(Default, Deserialize)]
#[serde(default)]
struct Knowledge {
    /// Requests that make one of everything.
    make: Vec<Make>,
    /// Values of the right form that name nothing, where a UUID is not of the right form.
    nothing: BTreeMap<String, String>,
    /// Path parameters that mean another id in this operation.
    params: BTreeMap<String, BTreeMap<String, String>>,
    /// Bodies that name whatever the operation can name; an operation that is not listed takes none.
    bodies: BTreeMap<String, Value>,
}

/// One request of the preparation, with the ids that its answer tells.
#[derive(Deserialize)]
struct Make {
    /// Method and path.
    request: String,
    /// Whether it goes to the Baidu listener.
    #[serde(default)]
    baidu: bool,
    /// Whether it is the operator's, who makes what no tenant can.
    #[serde(default)]
    admin: bool,
    /// Body; `null` for none.
    #[serde(default)]
    body: Value,
    /// Names of ids with the place in the answer.
    #[serde(default)]
    ids: BTreeMap<String, String>,
    /// Values that are known without the answer.
    #[serde(default)]
    known: BTreeMap<String, String>,
}

fn knowledge() -> Knowledge {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/tenancy");
    let mut files: Vec<_> = std::fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .collect();
    files.sort();
    let mut all = Knowledge::default();
    for file in files {
        let text = std::fs::read_to_string(&file).unwrap();
        let part: Knowledge = serde_json::from_str(&text)
            .unwrap_or_else(|error| panic!("{}: {error}", file.display()));
        all.make.extend(part.make);
        all.nothing.extend(part.nothing);
        all.params.extend(part.params);
        all.bodies.extend(part.bodies);
    }
    all
}

/// One of everything.
fn populate(world: &mut World, actor: &Actor, knowledge: &Knowledge) -> Ids {
    let mut ids = Ids::new();
    for make in &knowledge.make {
        let (method, path) = make.request.split_once(' ').unwrap();
        let path = filled(path, &actor.project, &ids);
        let body = filled(&make.body.to_string(), &actor.project, &ids);
        let body: Value = serde_json::from_str(&body).unwrap();
        let answer = if make.admin {
            world.admin(method, &path, body)
        } else {
            let side = if make.baidu {
                Side::Baidu
            } else {
                Side::Huawei
            };
            let (status, answer) = call(world, side, actor, method, &path, &body);
            assert!(status < 300, "{}: {status} {answer}", make.request);
            answer
        };
        for (name, place) in &make.ids {
            let id = answer.pointer(place).and_then(Value::as_str);
            let id = id.unwrap_or_else(|| panic!("{}: no {place} in {answer}", make.request));
            ids.insert(name.clone(), id.to_owned());
        }
        ids.extend(make.known.clone());
    }
    ids
}

/// A body with the ids in their places.
fn named(body: &Value, ids: &Ids) -> Value {
    serde_json::from_str(&fill(&body.to_string(), ids)).unwrap()
}

/// The paths of an operation: one for each type, where the type is in the path.
fn paths(path: &str) -> Vec<String> {
    if !path.contains("{resource_type}") {
        return vec![path.to_owned()];
    }
    let typed = path.split_once("{resource_type}").unwrap_or_default();
    let of = |(kind, id)| format!("{}{kind}{}", typed.0, typed.1.replace("{resource_id}", id));
    TAGGED.map(of).to_vec()
}

/// Ids of the right form that name nothing.
fn nothing(of: &Ids, knowledge: &Knowledge) -> Ids {
    of.keys()
        .map(|name| {
            let usual = "11111111-2222-4333-8444-555555555555".to_owned();
            let id = knowledge.nothing.get(name).cloned().unwrap_or(usual);
            (name.clone(), id)
        })
        .collect()
}

/// An answer with every id and request id taken out.
fn anonymous(status: u16, body: &Value, ids: &Ids) -> String {
    let mut text = format!("{status} {body}");
    for id in ids.values() {
        text = text.replace(id.as_str(), "ID");
    }
    let request_ids = text.find("00000000-0000-4000-8000-");
    request_ids.map_or(text.clone(), |at| {
        text.replace(&text[at..at + 36], "REQUEST")
    })
}

fn filled(path: &str, project: &str, ids: &Ids) -> String {
    let mut names = ids.clone();
    names.insert("project_id".to_owned(), project.to_owned());
    fill(path, &names)
}

/// The rows of all tables of an export, as text.
fn rows(dump: &Value, lines: &mut Vec<String>) {
    match dump {
        Value::Array(table) => lines.extend(table.iter().map(Value::to_string)),
        Value::Object(tables) => tables.values().for_each(|table| rows(table, lines)),
        _ => {}
    }
}

/// Everything the operator can see of a project, without what time alone changes.
fn everything(world: &mut World, actor: &Actor) -> String {
    let dump = world.admin("GET", "/admin/v1/export", Value::Null);
    let mut lines = Vec::new();
    rows(&dump, &mut lines);
    lines.retain(|row| row.contains(&actor.project));
    assert!(!lines.is_empty());
    // The audit tells who asked, which is not a change.
    lines.retain(|row| !row.contains("\"operation\""));
    lines.join("\n")
}

#[test]
fn another_tenants_resources_are_as_if_they_were_not_there() {
    let mut world = world();
    let (me, other) = (world.me.clone(), world.other.clone());
    let knowledge = knowledge();
    let mine = populate(&mut world, &me, &knowledge);
    let none = nothing(&mine, &knowledge);
    let before = everything(&mut world, &me);
    let mut walked = 0;
    let huawei = vpcd_huawei::generated::operations::OPERATIONS.iter();
    let baidu = vpcd_baidu::generated::operations::OPERATIONS.iter();
    let table = huawei
        .map(|op| {
            (
                Side::Huawei,
                op.name,
                op.method,
                op.path,
                op.flag,
                op.service,
            )
        })
        .chain(baidu.map(|op| {
            (
                Side::Baidu,
                op.name,
                op.method,
                op.path,
                op.flag,
                op.service,
            )
        }));
    for (side, name, method, path, flag, service) in table {
        if service == "iam" {
            continue;
        }
        let ways = paths(path);
        let ways = ways
            .iter()
            .flat_map(|path| [(path, &other.project), (path, &me.project)]);
        for (path, project) in ways {
            let answers = [&mine, &none].map(|ids| {
                let mut meant = ids.clone();
                for (param, id) in knowledge.params.get(name).into_iter().flatten() {
                    meant.insert(param.clone(), fill(id, ids));
                }
                let body = knowledge.bodies.get(name);
                let body = body.map_or(Value::Null, |body| named(body, ids));
                let mut path = filled(path, project, &meant);
                assert!(
                    !path.contains('{'),
                    "{name}: the walk knows no id for {path}"
                );
                path.push_str(&flag.map(|flag| format!("?{flag}")).unwrap_or_default());
                let (status, answer) = call(&mut world, side, &other, method, &path, &body);
                for (kind, id) in &mine {
                    let echoed =
                        path.contains(id.as_str()) || body.to_string().contains(id.as_str());
                    assert!(
                        echoed || !answer.to_string().contains(id.as_str()),
                        "{name} shows {kind}: {answer}"
                    );
                }
                (status, anonymous(status, &answer, ids))
            });
            assert_eq!(
                answers[0].1, answers[1].1,
                "{name} tells another tenant's resource from nothing"
            );
            let names_something = path.replace("{project_id}", "").contains('{');
            assert!(
                !names_something || answers[0].0 >= 400,
                "{name} succeeded on what is not the caller's"
            );
            walked += 1;
        }
    }
    assert!(walked > 160, "only {walked} calls were made");
    assert_eq!(
        everything(&mut world, &me),
        before,
        "another tenant changed something"
    );
}

#[test]
fn tokens_do_not_reach_into_other_accounts() {
    let mut world = world();
    let (me, other) = (world.me.clone(), world.other.clone());
    let path = format!("/v3/projects/{}", me.project);
    let (status, _) = call(&mut world, Side::Huawei, &other, "GET", &path, &Value::Null);
    assert!(status == 403 || status == 404, "{status}");
    let (_, list) = call(
        &mut world,
        Side::Huawei,
        &other,
        "GET",
        "/v3/projects",
        &Value::Null,
    );
    assert!(list.to_string().contains(&other.project) && !list.to_string().contains(&me.project));
    let (_, list) = call(
        &mut world,
        Side::Huawei,
        &other,
        "GET",
        "/v3/auth/domains",
        &Value::Null,
    );
    assert!(!list.to_string().contains(&me.account));
}
