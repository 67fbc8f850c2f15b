//! Resources and edges.

use vpcd_store::Error;
use vpcd_store::claim;
use vpcd_store::edge;
use vpcd_store::resource;
use vpcd_store::resource::Row;

use crate::base::Database;
use crate::base::exists;
use crate::base::ids;
use crate::base::insert;
use crate::base::part;
use crate::base::row;

pub fn rows_are_inserted_read_updated_deleted(database: &Database) {
    let store = &database.store;
    let vpc = row("vpc", "a");
    insert(store, std::slice::from_ref(&vpc));
    let get = |kind, id| store.read("get", |tx| resource::get(tx, kind, id)).unwrap();
    assert_eq!(get("vpc", "a"), Some(vpc.clone()));
    assert_eq!(get("subnet", "a"), None);
    assert_eq!(get("vpc", "b"), None);

    let again = part("subnet", "a", "b");
    let second = store.write("insert", move |tx| resource::insert(tx, &again));
    assert_eq!(second, Err(Error::Unique));

    let changed = Row {
        project: "other".to_owned(),
        parent: Some("p".to_owned()),
        target: "network/2".to_owned(),
        generation: i64::MAX,
        observed: i64::MIN,
        lifecycle: "error".to_owned(),
        created: 0,
        version: 2,
        doc: "{}".to_owned(),
        ..vpc.clone()
    };
    let update = changed.clone();
    assert_eq!(
        store.write("update", move |tx| resource::update(tx, &update)),
        Ok(true)
    );
    let created = vpc.created;
    assert_eq!(get("vpc", "a"), Some(Row { created, ..changed }));
    let absent = row("subnet", "a");
    assert_eq!(
        store.write("update", move |tx| resource::update(tx, &absent)),
        Ok(false)
    );

    let delete = |kind, id| store.write("delete", move |tx| resource::delete(tx, kind, id));
    assert_eq!(delete("subnet", "a"), Ok(false));
    assert_eq!(delete("vpc", "a"), Ok(true));
    assert_eq!(delete("vpc", "a"), Ok(false));
    assert_eq!(get("vpc", "a"), None);
}

pub fn pages_follow_id_and_creation(database: &Database) {
    let store = &database.store;
    // Created in the reverse order of their ids, "b" and "c" in the same microsecond.
    let rows: Vec<Row> = [("a", 9), ("b", 5), ("c", 5), ("d", 1)]
        .map(|(id, created)| Row {
            created,
            ..part("subnet", id, "v")
        })
        .into();
    insert(store, &rows);
    let stranger = Row {
        project: "stranger".to_owned(),
        parent: Some("w".to_owned()),
        target: "network/2".to_owned(),
        ..row("subnet", "bb")
    };
    insert(store, &[stranger, part("port", "cc", "v")]);
    store
        .read("pages", |tx| {
            let all = resource::list(tx, "subnet", "project", None, 100)?;
            assert_eq!(all, rows);
            let page = resource::list(tx, "subnet", "project", Some("a"), 2)?;
            assert_eq!(ids(&page), ["b", "c"]);
            let page = resource::list(tx, "subnet", "project", Some("c"), 2)?;
            assert_eq!(ids(&page), ["d"]);
            assert!(resource::list(tx, "subnet", "project", Some("d"), 2)?.is_empty());
            assert!(resource::list(tx, "subnet", "project", None, 0)?.is_empty());
            assert!(resource::list(tx, "subnet", "project", None, -1)?.is_empty());

            let created = resource::list_created(tx, "subnet", "project", None, 100)?;
            assert_eq!(ids(&created), ["d", "b", "c", "a"]);
            let page = resource::list_created(tx, "subnet", "project", Some((1, "d")), 1)?;
            assert_eq!(ids(&page), ["b"]);
            let page = resource::list_created(tx, "subnet", "project", Some((5, "b")), 9)?;
            assert_eq!(ids(&page), ["c", "a"]);

            let children = resource::children(tx, "subnet", "v", None, 3)?;
            assert_eq!(ids(&children), ["a", "b", "c"]);
            let children = resource::children(tx, "subnet", "v", Some("c"), 3)?;
            assert_eq!(ids(&children), ["d"]);

            let any = resource::any_kind(tx, "subnet", None, 3)?;
            assert_eq!(ids(&any), ["a", "b", "bb"]);
            let any = resource::any_kind(tx, "subnet", Some("bb"), 3)?;
            assert_eq!(ids(&any), ["c", "d"]);

            let target = resource::of_target(tx, "network/1", Some("b"), 9)?;
            assert_eq!(ids(&target), ["c", "cc", "d"]);
            Ok::<_, Error>(())
        })
        .unwrap();
}

pub fn text_is_ordered_by_its_bytes(database: &Database) {
    let store = &database.store;
    // A locale would say a A b B é; so would a database that folds case.
    let order = ["A", "B", "a", "a-b", "a_b", "ab", "b", "é", "☃", "𝄞"];
    let rows: Vec<Row> = order.iter().rev().map(|id| row("vpc", id)).collect();
    insert(store, &rows);
    let listed = store
        .read("list", |tx| resource::any_kind(tx, "vpc", None, 99))
        .unwrap();
    assert_eq!(ids(&listed), order);
}

pub fn counts_are_per_kind_and_project(database: &Database) {
    let store = &database.store;
    insert(
        store,
        &[
            row("vpc", "v"),
            part("subnet", "a", "v"),
            part("subnet", "b", "v"),
            part("subnet", "c", "w"),
        ],
    );
    store
        .read("count", |tx| {
            assert_eq!(resource::count(tx, "subnet", "project")?, 3);
            assert_eq!(resource::count(tx, "subnet", "stranger")?, 0);
            assert_eq!(resource::count_children(tx, "subnet", "v")?, 2);
            assert_eq!(resource::count_children(tx, "port", "v")?, 0);
            Ok::<_, Error>(())
        })
        .unwrap();
}

pub fn pending_and_settle_follow_the_generation(database: &Database) {
    let store = &database.store;
    insert(store, &[row("vpc", "b"), row("vpc", "a")]);
    let pending = || {
        let rows = store
            .read("pending", |tx| resource::pending(tx, "network/1"))
            .unwrap();
        ids(&rows).join(" ")
    };
    let settle = |id, generation| store.write("s", move |tx| resource::settle(tx, id, generation));
    assert_eq!(pending(), "a b");
    assert_eq!(settle("a", 1), Ok(true));
    assert_eq!(pending(), "b");
    // The intent moved on while the fabric was told about generation 1.
    let newer = Row {
        generation: 2,
        ..row("vpc", "b")
    };
    store
        .write("update", move |tx| resource::update(tx, &newer))
        .unwrap();
    assert_eq!(settle("b", 1), Ok(false));
    assert_eq!(pending(), "b");
    assert_eq!(settle("b", 2), Ok(true));
    assert_eq!(pending(), "");
    assert_eq!(settle("absent", 1), Ok(false));
}

pub fn edges_restrict_deletion(database: &Database) {
    let store = &database.store;
    insert(
        store,
        &[row("vpc", "v"), row("subnet", "s"), row("port", "p")],
    );
    store
        .write("edges", |tx| {
            edge::put(tx, "s", "vpc", "v")?;
            edge::put(tx, "p", "subnet", "s")?;
            edge::put(tx, "p", "subnet", "s")?;
            edge::put(tx, "p", "gateway", "s")?;
            // An edge to itself holds nothing back.
            edge::put(tx, "p", "self", "p")
        })
        .unwrap();
    let pair = |a: &str, b: &str| (a.to_owned(), b.to_owned());
    store
        .read("edges", |tx| {
            let from = [pair("gateway", "s"), pair("self", "p"), pair("subnet", "s")];
            assert_eq!(edge::from(tx, "p")?, from);
            let to = [pair("p", "gateway"), pair("p", "subnet")];
            assert_eq!(edge::to(tx, "s", 9)?, to);
            assert_eq!(edge::to(tx, "s", 1)?, to[..1]);
            Ok::<_, Error>(())
        })
        .unwrap();
    let delete = |kind, id| store.write("delete", move |tx| resource::delete(tx, kind, id));
    assert_eq!(delete("vpc", "v"), Err(Error::ForeignKey));
    assert_eq!(delete("subnet", "s"), Err(Error::ForeignKey));
    let remove = |role| store.write("remove", move |tx| edge::remove(tx, "p", role, "s"));
    assert_eq!(remove("gateway"), Ok(true));
    assert_eq!(remove("gateway"), Ok(false));
    assert_eq!(delete("subnet", "s"), Err(Error::ForeignKey));
    assert_eq!(delete("port", "p"), Ok(true));
    assert_eq!(delete("subnet", "s"), Ok(true));
    assert_eq!(delete("vpc", "v"), Ok(true));
}

pub fn edges_need_both_ends(database: &Database) {
    let store = &database.store;
    insert(store, &[row("vpc", "v")]);
    let put = |from, to| store.write("put", move |tx| edge::put(tx, from, "role", to));
    assert_eq!(put("v", "absent"), Err(Error::ForeignKey));
    assert_eq!(put("absent", "v"), Err(Error::ForeignKey));
    assert_eq!(put("v", "v"), Ok(()));
    store.write("clear", |tx| edge::clear(tx, "v")).unwrap();
    assert_eq!(store.read("from", |tx| edge::from(tx, "v")), Ok(vec![]));
    // The database itself holds the line too, against whoever forgets.
    let raw = store.write("raw", |tx| {
        let sql = "-- raw\nINSERT INTO edge (\"from\", role, \"to\") VALUES ($1, $2, $3)";
        tx.execute(sql, &["v".into(), "role".into(), "absent".into()])
    });
    assert_eq!(raw, Err(Error::ForeignKey));
    store
        .write("put", |tx| {
            resource::insert(tx, &row("subnet", "s"))?;
            edge::put(tx, "s", "vpc", "v")
        })
        .unwrap();
    let raw = store.write("raw", |tx| {
        tx.execute("-- raw\nDELETE FROM resource WHERE id = $1", &["v".into()])
    });
    assert_eq!(raw, Err(Error::ForeignKey));
    assert!(exists(store, "vpc", "v"));
}

pub fn deletion_takes_edges_and_claims_along(database: &Database) {
    let store = &database.store;
    insert(store, &[row("vpc", "v"), row("subnet", "s")]);
    store
        .write("hold", |tx| {
            edge::put(tx, "s", "vpc", "v")?;
            claim::take(tx, "name", "front", "s")?;
            claim::take(tx, "name", "back", "v")?;
            Ok::<_, Error>(())
        })
        .unwrap();
    // Refused, it keeps what it has.
    let refused = store.write("delete", |tx| resource::delete(tx, "vpc", "v"));
    assert_eq!(refused, Err(Error::ForeignKey));
    let deleted = store.write("delete", |tx| resource::delete(tx, "subnet", "s"));
    assert_eq!(deleted, Ok(true));
    store
        .read("after", |tx| {
            assert_eq!(edge::to(tx, "v", 9)?, []);
            assert_eq!(claim::holder(tx, "name", "front")?, None);
            assert_eq!(claim::holder(tx, "name", "back")?.as_deref(), Some("v"));
            Ok::<_, Error>(())
        })
        .unwrap();
}
