//! Export and import.

use serde_json::Value as Json;
use serde_json::json;
use vpcd_store::Error;
use vpcd_store::Store;
use vpcd_store::claim;
use vpcd_store::credential;
use vpcd_store::credential::Credential;
use vpcd_store::dirty;
use vpcd_store::dump;
use vpcd_store::edge;
use vpcd_store::event;
use vpcd_store::replay;
use vpcd_store::replay::Entry;
use vpcd_store::resource;
use vpcd_store::setting;

use crate::base::Database;
use crate::base::exists;
use crate::base::part;
use crate::base::row;
use crate::tables::change;

fn fill(store: &Store) {
    let credential = Credential {
        id: "key".to_owned(),
        kind: "access_key".to_owned(),
        cloud: "baidu".to_owned(),
        owner: "user".to_owned(),
        sealed: vec![0, 255, 1],
        created: 3,
    };
    let entry = Entry {
        digest: "digest".to_owned(),
        status: 200,
        body: "{}".to_owned(),
        expires: 99,
    };
    store
        .write("fill", move |tx| {
            resource::insert(tx, &row("vpc", "v"))?;
            // Before its target in the order of ids: edges have to wait for all resources.
            resource::insert(tx, &part("subnet", "a", "v"))?;
            edge::put(tx, "a", "vpc", "v")?;
            claim::take(tx, "ip/a", "10.0.0.1", "a")?;
            dirty::mark(tx, "network/1", 7, 8)?;
            dirty::mark(tx, "network/1", 7, 8)?;
            replay::put(tx, "project", "token", &entry)?;
            credential::insert(tx, &credential)?;
            for target in ["a", "b", "c"] {
                event::append(tx, &change(target))?;
            }
            event::trim(tx, 2)?;
            setting::put(tx, "clock", "frozen")
        })
        .unwrap();
}

fn export(store: &Store) -> Json {
    store.read("export", dump::export).unwrap()
}

fn import(store: &Store, dump: &Json) -> Result<(), Error> {
    let dump = dump.clone();
    store.write("import", move |tx| dump::import(tx, &dump))
}

pub fn an_export_comes_back_the_same(database: &Database) {
    let store = &database.store;
    fill(store);
    let whole = export(store);
    assert_eq!(whole["format"], json!(1));
    assert_eq!(whole["edge"], json!([["a", "vpc", "v"]]));
    assert_eq!(whole["event"].as_array().unwrap().len(), 2);

    // Into the other database.
    let other = Store::ephemeral().unwrap();
    import(&other, &whole).unwrap();
    assert_eq!(export(&other), whole);

    // Over later changes in the same one.
    store
        .write("change", |tx| {
            resource::insert(tx, &row("vpc", "w"))?;
            setting::put(tx, "clock", "running")
        })
        .unwrap();
    assert_ne!(export(store), whole);
    import(store, &whole).unwrap();
    assert_eq!(export(store), whole);

    // Into an empty one whose own counters are behind.
    let last = whole["event"][1]["seq"].as_i64().unwrap() + 1000;
    let mut ahead = whole.clone();
    ahead["event"][1]["seq"] = json!(last);
    import(store, &ahead).unwrap();
    let events = store
        .write("append", |tx| {
            event::append(tx, &change("d"))?;
            event::list(tx, 0, 10)
        })
        .unwrap();
    assert!(events[2].seq > last);
}

pub fn an_unknown_export_changes_nothing(database: &Database) {
    let store = &database.store;
    fill(store);
    let whole = export(store);
    let with = |key: &str, value: Json| {
        let mut dump = whole.clone();
        dump[key] = value;
        dump
    };
    for unknown in [
        json!(null),
        json!({}),
        with("format", json!(2)),
        with("format", json!("1")),
        with("surprise", json!([])),
        with("resource", json!([{"id": "v"}])),
    ] {
        let refused = import(store, &unknown);
        assert!(matches!(refused, Err(Error::Corrupt(_))), "{unknown}");
    }
    // Found out halfway: the edge's target is not in it, a claim is in it twice.
    let dangling = with("edge", json!([["a", "vpc", "absent"]]));
    assert_eq!(import(store, &dangling), Err(Error::ForeignKey));
    let claim = &whole["claim"][0];
    let double = with("claim", json!([claim, claim]));
    assert_eq!(import(store, &double), Err(Error::Unique));
    assert_eq!(export(store), whole);
    assert!(exists(store, "vpc", "v"));
}
