//! What only a server can do: go away, come back, be set up differently.

use std::sync::mpsc;
use std::thread;

use vpcd_store::Error;
use vpcd_store::Store;
use vpcd_store::setting;

use crate::base::Schema;

/// Ends every connection of the schema's stores; with how many there were.
fn terminate(schema: &Schema) -> i64 {
    let sql = "SELECT count(pg_terminate_backend(pid, 5000)) FROM pg_stat_activity WHERE application_name = $1";
    let row = schema.client().query_one(sql, &[&schema.name]).unwrap();
    row.get(0)
}

#[test]
fn idle_connections_are_replaced_unnoticed() {
    let Some(schema) = Schema::create("idle_connections") else {
        return;
    };
    let store = Store::postgres(&schema.url).unwrap();
    // One inside the other, so that the pool has more than one to lose.
    let held = store.read("hold", |tx| {
        setting::get(tx, "a")?;
        store.write("put", |tx| setting::put(tx, "a", "1"))
    });
    assert_eq!(held, Ok(()));
    assert_eq!(terminate(&schema), 2);
    assert_eq!(store.write("put", |tx| setting::put(tx, "a", "2")), Ok(()));
    assert!(terminate(&schema) >= 1);
    let read = store.read("get", |tx| setting::get(tx, "a"));
    assert_eq!(read, Ok(Some("2".to_owned())));
}

#[test]
fn a_connection_lost_in_a_transaction_is_unavailable_once() {
    let Some(schema) = Schema::create("lost_connection") else {
        return;
    };
    let store = Store::postgres(&schema.url).unwrap();
    let (go, begun) = mpsc::channel();
    let (killed, done) = mpsc::channel();
    thread::scope(|scope| {
        let schema = &schema;
        scope.spawn(move || {
            begun.recv().unwrap();
            assert_eq!(terminate(schema), 1);
            killed.send(()).unwrap();
        });
        let wrote = store.write("lost", move |tx| {
            setting::put(tx, "a", "1")?;
            go.send(()).unwrap();
            done.recv().unwrap();
            setting::put(tx, "b", "1")
        });
        assert!(matches!(wrote, Err(Error::Unavailable(_))), "{wrote:?}");
    });
    let kept = store.read("get", |tx| setting::list(tx, ""));
    assert_eq!(kept, Ok(vec![]));
    assert_eq!(store.write("put", |tx| setting::put(tx, "a", "1")), Ok(()));
    assert_eq!(store.check(), Ok(()));
}

#[test]
fn a_server_that_is_not_there_is_unavailable() {
    // Port 1 answers nobody.
    for url in [
        "postgres://vpcd@127.0.0.1:1/vpcd",
        "postgres://vpcd@127.0.0.1:99999/vpcd",
        "not an address",
    ] {
        let opened = Store::postgres(url).map(drop);
        assert!(matches!(opened, Err(Error::Unavailable(_))), "{opened:?}");
    }
}

#[test]
fn durability_is_at_least_on() {
    let Some(schema) = Schema::create("durability") else {
        return;
    };
    for (given, expected) in [
        ("off", "on"),
        ("local", "on"),
        ("on", "on"),
        ("remote_apply", "remote_apply"),
    ] {
        let url = format!("{}%20-csynchronous_commit%3D{given}", schema.url);
        let mut actual = String::new();
        Store::postgres(&url)
            .unwrap()
            .read("setting", |tx| {
                let sql = "-- setting\nSELECT current_setting('synchronous_commit')";
                tx.query(sql, &[], &mut |record| {
                    actual = record.text(0)?;
                    Ok(())
                })
            })
            .unwrap();
        assert_eq!(actual, expected);
    }
}

#[test]
fn a_server_set_to_read_only_stays_so() {
    let Some(schema) = Schema::create("server_read_only") else {
        return;
    };
    drop(Store::postgres(&schema.url).unwrap());
    let url = format!("{}%20-cdefault_transaction_read_only%3Don", schema.url);
    let store = Store::postgres(&url).unwrap();
    let wrote = store.write("put", |tx| setting::put(tx, "a", "1"));
    assert_eq!(wrote, Err(Error::ReadOnly));
    assert_eq!(store.check(), Err(Error::ReadOnly));
}

#[test]
fn several_processes_may_start_at_once() {
    let Some(schema) = Schema::create("starting") else {
        return;
    };
    thread::scope(|scope| {
        for _ in 0..6 {
            scope.spawn(|| Store::postgres(&schema.url).unwrap().check().unwrap());
        }
    });
}

/// The server's own conditions, raised by name.
const RAISE: [(&str, &str); 5] = [
    (
        "disk_full",
        "-- raise\nDO $$ BEGIN RAISE EXCEPTION 'x' USING ERRCODE = '53100'; END $$",
    ),
    (
        "shutdown",
        "-- raise\nDO $$ BEGIN RAISE EXCEPTION 'x' USING ERRCODE = '57P01'; END $$",
    ),
    (
        "io_error",
        "-- raise\nDO $$ BEGIN RAISE EXCEPTION 'x' USING ERRCODE = '58030'; END $$",
    ),
    (
        "lock_timeout",
        "-- raise\nDO $$ BEGIN RAISE EXCEPTION 'x' USING ERRCODE = '55P03'; END $$",
    ),
    (
        "read_only",
        "-- raise\nDO $$ BEGIN RAISE EXCEPTION 'x' USING ERRCODE = '25006'; END $$",
    ),
];

#[test]
fn conditions_of_the_server_have_their_words() {
    let Some(schema) = Schema::create("conditions") else {
        return;
    };
    let store = Store::postgres(&schema.url).unwrap();
    for (name, sql) in RAISE {
        let raised = store.write("raise", move |tx| tx.execute(sql, &[]));
        match name {
            "read_only" => assert_eq!(raised, Err(Error::ReadOnly)),
            _ => assert!(
                matches!(raised, Err(Error::Unavailable(_))),
                "{name}: {raised:?}"
            ),
        }
        assert_eq!(store.write("put", |tx| setting::put(tx, "a", "1")), Ok(()));
    }
}

const RAISE_RETRY: &str =
    "-- raise\nDO $$ BEGIN RAISE EXCEPTION 'x' USING ERRCODE = '40001'; END $$";

#[test]
fn retries_come_to_an_end() {
    let Some(schema) = Schema::create("retries") else {
        return;
    };
    let store = Store::postgres(&schema.url).unwrap();
    for (sql, name) in [
        (RAISE_RETRY, "serialization"),
        (
            "-- raise\nDO $$ BEGIN RAISE EXCEPTION 'x' USING ERRCODE = '40P01'; END $$",
            "deadlock",
        ),
    ] {
        // Swallowed by the closure, it still is a transaction that has to run again.
        let mut runs = 0;
        let recovered = store.write(name, move |tx| {
            runs += 1;
            if runs < 4 {
                drop(tx.execute(sql, &[]));
            }
            Ok::<_, Error>(runs)
        });
        assert_eq!(recovered, Ok(4));
    }
    let lost = store.write("lost", move |tx| tx.execute(RAISE_RETRY, &[]));
    assert_eq!(lost, Err(Error::Retry));
    let stats = store.stats();
    let count = |name| {
        let stat = stats.iter().find(|stat| stat.name == name).unwrap();
        (stat.count, stat.retries, stat.failures)
    };
    assert_eq!(count("serialization"), (1, 3, 0));
    assert_eq!(count("deadlock"), (1, 3, 0));
    assert_eq!(count("lost"), (1, 50, 1));
}
