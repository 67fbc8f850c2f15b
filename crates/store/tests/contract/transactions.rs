//! What a transaction promises.

use std::sync::Barrier;
use std::sync::mpsc;
use std::thread;

use vpcd_store::Error;
use vpcd_store::Failure;
use vpcd_store::Tx;
use vpcd_store::Value;
use vpcd_store::resource;
use vpcd_store::setting;

use crate::base::Database;
use crate::base::exists;
use crate::base::insert;
use crate::base::row;

/// A caller's own refusal beside the store's errors.
#[derive(Debug, PartialEq)]
enum Refusal {
    Mine(usize),
    Store(Error),
}

impl From<Error> for Refusal {
    fn from(error: Error) -> Self {
        Self::Store(error)
    }
}

impl Failure for Refusal {
    fn store_error(&self) -> Option<&Error> {
        match self {
            Self::Mine(_) => None,
            Self::Store(error) => Some(error),
        }
    }
}

pub fn a_failure_rolls_back_its_own_work_only(database: &Database) {
    const CALLS: usize = 48;
    let store = &database.store;
    let barrier = Barrier::new(CALLS);
    let results: Vec<Result<usize, Refusal>> = thread::scope(|scope| {
        let calls: Vec<_> = (0..CALLS)
            .map(|call| {
                let barrier = &barrier;
                scope.spawn(move || {
                    barrier.wait();
                    store.write("mixed", move |tx| {
                        resource::insert(tx, &row("vpc", &format!("{call:02}")))?;
                        match call % 3 {
                            0 => Ok(call),
                            1 => Err(Refusal::Mine(call)),
                            _ => panic!("call {call}"),
                        }
                    })
                })
            })
            .collect();
        calls.into_iter().map(|call| call.join().unwrap()).collect()
    });
    for (call, result) in results.into_iter().enumerate() {
        match call % 3 {
            0 => assert_eq!(result, Ok(call)),
            1 => assert_eq!(result, Err(Refusal::Mine(call))),
            _ => assert!(matches!(result, Err(Refusal::Store(Error::Corrupt(_))))),
        }
        let kept = exists(store, "vpc", &format!("{call:02}"));
        assert_eq!(kept, call % 3 == 0, "call {call}");
    }
}

pub fn a_panic_is_an_answer(database: &Database) {
    let store = &database.store;
    let wrote: Result<(), Error> = store.write("panics", |tx| {
        resource::insert(tx, &row("vpc", "a"))?;
        panic!("in a write")
    });
    let words = "a transaction panicked: in a write".to_owned();
    assert_eq!(wrote, Err(Error::Corrupt(words)));
    // More often than there are connections.
    for turn in 0..20 {
        let read: Result<(), Error> = store.read("panics", |tx| {
            resource::get(tx, "vpc", "a")?;
            panic!("in read {turn}")
        });
        let words = format!("a transaction panicked: in read {turn}");
        assert_eq!(read, Err(Error::Corrupt(words)));
    }
    assert!(!exists(store, "vpc", "a"));
    insert(store, &[row("vpc", "a")]);
    assert!(exists(store, "vpc", "a"));
}

const RAW: &str = "-- raw\nINSERT INTO setting (key, value) VALUES ($1, $2)";

pub fn a_swallowed_error_does_not_commit(database: &Database) {
    let store = &database.store;
    let result: Result<(), Error> = store.write("swallow", |tx| {
        setting::put(tx, "a", "1")?;
        let twice = tx.execute(RAW, &["a".into(), "2".into()]);
        assert_eq!(twice, Err(Error::Unique));
        // From here on there is only this error, on both databases.
        assert_eq!(setting::get(tx, "a"), Err(Error::Unique));
        Ok(())
    });
    assert_eq!(result, Err(Error::Unique));
    let kept = store.read("get", |tx| setting::get(tx, "a"));
    assert_eq!(kept, Ok(None));
}

pub fn a_refusal_leaves_the_transaction_usable(database: &Database) {
    let store = &database.store;
    insert(store, &[row("vpc", "a")]);
    store
        .write("refusals", |tx| {
            assert_eq!(resource::insert(tx, &row("vpc", "a")), Err(Error::Unique));
            resource::insert(tx, &row("subnet", "s"))?;
            vpcd_store::edge::put(tx, "s", "vpc", "a")?;
            let used = resource::delete(tx, "vpc", "a");
            assert_eq!(used, Err(Error::ForeignKey));
            let absent = vpcd_store::edge::put(tx, "s", "vpc", "absent");
            assert_eq!(absent, Err(Error::ForeignKey));
            // An error of the row's reader is not one of the database.
            let sql = "-- one\nSELECT number FROM migration";
            let read = tx.query(sql, &[], &mut |_| Err(Error::Retry));
            assert_eq!(read, Err(Error::Retry));
            setting::put(tx, "done", "yes")
        })
        .unwrap();
    let done = store.read("get", |tx| setting::get(tx, "done"));
    assert_eq!(done, Ok(Some("yes".to_owned())));
}

pub fn a_snapshot_stands_still(database: &Database) {
    let store = &database.store;
    insert(store, &[row("vpc", "a")]);
    let (go, begun) = mpsc::channel();
    let (written, done) = mpsc::channel();
    thread::scope(|scope| {
        scope.spawn(move || {
            begun.recv().unwrap();
            insert(store, &[row("vpc", "b")]);
            written.send(()).unwrap();
        });
        let counts = store.read("snapshot", move |tx| {
            let before = resource::count(tx, "vpc", "project")?;
            go.send(()).unwrap();
            done.recv().unwrap();
            Ok::<_, Error>((before, resource::count(tx, "vpc", "project")?))
        });
        assert_eq!(counts, Ok((1, 1)));
    });
    let count = store.read("count", |tx| resource::count(tx, "vpc", "project"));
    assert_eq!(count, Ok(2));
}

pub fn a_reader_cannot_write(database: &Database) {
    let store = &database.store;
    let wrote = store.read("read", |tx| setting::put(tx, "a", "1"));
    assert_eq!(wrote, Err(Error::ReadOnly));
    let kept = store.read("get", |tx| setting::get(tx, "a"));
    assert_eq!(kept, Ok(None));
}

pub fn the_read_only_switch_refuses_and_recovers(database: &Database) {
    let store = &database.store;
    insert(store, &[row("vpc", "a")]);
    store.set_read_only(true);
    let wrote = store.write("write", |tx| setting::put(tx, "a", "1"));
    assert_eq!(wrote, Err(Error::ReadOnly));
    // A transaction that comes to no statement that writes gets its own answer.
    let refused: Result<(), Refusal> = store.write("refuse", |tx| {
        resource::get(tx, "vpc", "a")?;
        Err(Refusal::Mine(1))
    });
    assert_eq!(refused, Err(Refusal::Mine(1)));
    assert!(exists(store, "vpc", "a"));
    assert_eq!(store.check(), Ok(()));

    // Every clone has the same switch, and none of a whole crowd gets through.
    thread::scope(|scope| {
        for _ in 0..16 {
            scope.spawn(|| {
                let wrote = store.clone().write("w", |tx| setting::put(tx, "a", "1"));
                assert_eq!(wrote, Err(Error::ReadOnly));
            });
        }
    });
    store.set_read_only(false);
    let wrote = store.write("write", |tx| setting::put(tx, "a", "2"));
    assert_eq!(wrote, Ok(()));
    let kept = store.read("get", |tx| setting::get(tx, "a"));
    assert_eq!(kept, Ok(Some("2".to_owned())));
}

pub fn several_values_come_in_the_order_asked_for(database: &Database) {
    let store = &database.store;
    let put = |tx: &mut dyn Tx| {
        setting::put(tx, "a", "1")?;
        setting::put(tx, "b", "2")
    };
    assert_eq!(store.write("put", put), Ok(()));
    let found = store.read("several", |tx| setting::several(tx, ["b", "none", "a"]));
    assert_eq!(
        found,
        Ok([Some("2".to_owned()), None, Some("1".to_owned())])
    );
    let found = store.read("several", |tx| setting::several(tx, ["none"]));
    assert_eq!(found, Ok([None]));
}

pub fn parameters_are_vetted(database: &Database) {
    let store = &database.store;
    let corrupt = |f: fn(&mut dyn Tx) -> Result<(), Error>| {
        let result = store.write("vet", f);
        assert!(matches!(result, Err(Error::Corrupt(_))), "{result:?}");
    };
    corrupt(|tx| setting::put(tx, "a\0b", "1"));
    corrupt(|tx| tx.execute(RAW, &["a".into()]).map(drop));
    corrupt(|tx| tx.execute("-- typo\nSELEC 1", &[]).map(drop));
    corrupt(|tx| tx.execute(RAW, &["a".into(), Value::Null]).map(drop));
    corrupt(|tx| {
        setting::put(tx, "a", "1")?;
        let sql = "-- int\nSELECT value FROM setting WHERE key = $1";
        tx.query(sql, &["a".into()], &mut |record| record.int(0).map(drop))
    });
    corrupt(|tx| {
        let sql = "-- text\nSELECT number FROM migration";
        tx.query(sql, &[], &mut |record| record.text(0).map(drop))
    });
    corrupt(|tx| {
        let sql = "-- column\nSELECT number FROM migration";
        tx.query(sql, &[], &mut |record| record.int(1).map(drop))
    });
    let kept = store.read("get", |tx| setting::list(tx, ""));
    assert_eq!(kept, Ok(vec![]));
}

#[test]
fn parameters_are_numbered_as_they_appear() {
    let store = vpcd_store::Store::ephemeral().unwrap();
    let swapped = store.write("swapped", |tx| {
        let sql = "-- swapped\nINSERT INTO setting (value, key) VALUES ($2, $1)";
        tx.execute(sql, &["key".into(), "value".into()])
    });
    assert!(matches!(swapped, Err(Error::Corrupt(_))), "{swapped:?}");
}

pub fn names_are_counted(database: &Database) {
    let store = &database.store;
    for turn in 0..3 {
        let result = store.write("counted", move |tx| {
            resource::insert(tx, &row("vpc", &turn.to_string()))?;
            if turn == 2 {
                return Err(Refusal::Mine(turn));
            }
            Ok(())
        });
        assert_eq!(result.is_err(), turn == 2);
    }
    let failed = store.write("counted", |_| Err::<(), _>(Error::Unique));
    assert_eq!(failed, Err(Error::Unique));
    let stats = store.stats();
    let stat = stats.iter().find(|stat| stat.name == "counted").unwrap();
    // A caller's refusal is an answer, not a failure.
    assert_eq!((stat.count, stat.failures, stat.retries), (4, 1, 0));
    assert!(stat.total_micros > 0);
}

pub fn a_second_store_sees_the_same(database: &Database) {
    insert(&database.store, &[row("vpc", "a")]);
    let second = database.reopen();
    assert!(exists(&second, "vpc", "a"));
    insert(&second, &[row("vpc", "b")]);
    assert!(exists(&database.store, "vpc", "b"));
    // A reference to a store survives the thread and the store that it came from.
    let clone = second.clone();
    drop(second);
    thread::spawn(move || insert(&clone, &[row("vpc", "c")]))
        .join()
        .unwrap();
    assert!(exists(&database.store, "vpc", "c"));
}

pub fn readiness_really_writes(database: &Database) {
    let store = &database.store;
    let checks = || {
        let mut checks = 0;
        store
            .read("checks", |tx| {
                let sql = "-- checks\nSELECT checks FROM migration WHERE number = 1";
                tx.query(sql, &[], &mut |record| {
                    checks = record.int(0)?;
                    Ok(())
                })
            })
            .unwrap();
        checks
    };
    assert_eq!(store.check(), Ok(()));
    assert_eq!(checks(), 1);
    store.set_read_only(true);
    assert_eq!(store.check(), Ok(()));
    assert_eq!(checks(), 1);
}
