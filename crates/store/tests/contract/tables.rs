//! Claims, dirty targets, replay, credentials, events, settings.

use vpcd_store::Error;
use vpcd_store::claim;
use vpcd_store::claim::Claim;
use vpcd_store::credential;
use vpcd_store::credential::Credential;
use vpcd_store::dirty;
use vpcd_store::event;
use vpcd_store::event::Event;
use vpcd_store::replay;
use vpcd_store::replay::Entry;
use vpcd_store::setting;
use vpcd_store::tally;

use crate::base::Database;

fn held(space: &str, key: &str, owner: &str) -> Claim {
    Claim {
        space: space.to_owned(),
        key: key.to_owned(),
        owner: owner.to_owned(),
    }
}

pub fn claims_are_held_once(database: &Database) {
    database
        .store
        .write("claims", |tx| {
            assert!(claim::take(tx, "ip", "10", "a")?);
            assert!(!claim::take(tx, "ip", "10", "b")?);
            assert!(!claim::take(tx, "ip", "10", "a")?);
            assert!(claim::take(tx, "name", "10", "a")?);
            assert_eq!(claim::holder(tx, "ip", "10")?.as_deref(), Some("a"));
            assert_eq!(claim::holder(tx, "ip", "11")?, None);
            let of: Vec<_> = claim::of(tx, "a")?;
            let pair = |space: &str| (space.to_owned(), "10".to_owned());
            assert_eq!(of, [pair("ip"), pair("name")]);

            assert!(claim::set_owner(tx, "ip", "10", "b")?);
            assert!(!claim::set_owner(tx, "ip", "11", "b")?);
            assert_eq!(claim::of(tx, "a")?, [pair("name")]);
            assert!(claim::release(tx, "ip", "10")?);
            assert!(!claim::release(tx, "ip", "10")?);
            assert!(claim::take(tx, "ip", "10", "c")?);

            assert_eq!(claim::count(tx, "ip")?, 1);
            claim::clear(tx, "ip")?;
            assert_eq!(claim::count(tx, "ip")?, 0);
            assert_eq!(claim::count(tx, "name")?, 1);
            Ok::<_, Error>(())
        })
        .unwrap();
}

pub fn tallies_add_up_and_forget(database: &Database) {
    database
        .store
        .write("tallies", |tx| {
            for more in [2, -1, 3] {
                tally::add(tx, "p", "vpc", more)?;
            }
            tally::add(tx, "p", "subnet", 1)?;
            tally::add(tx, "q", "vpc", 7)?;
            assert_eq!(tally::get(tx, "p", "vpc")?, 4);
            assert_eq!(tally::get(tx, "r", "vpc")?, 0);
            tally::add(tx, "p", "vpc", -4)?;
            assert_eq!(tally::every(tx)?.len(), 2);
            tally::clear(tx, "p")?;
            let row = ("q".to_owned(), "vpc".to_owned(), 7);
            assert_eq!(tally::every(tx)?, [row]);
            Ok::<_, Error>(())
        })
        .unwrap();
}

pub fn claims_find_their_neighbours(database: &Database) {
    database
        .store
        .write("claims", |tx| {
            for key in ["", "10", "20", "30"] {
                assert!(claim::take(tx, "b", key, "o")?);
            }
            for space in ["a", "c"] {
                assert!(claim::take(tx, space, "25", "o")?);
            }
            let found = |key| Some(held("b", key, "o"));
            assert_eq!(claim::floor(tx, "b", "25")?, found("20"));
            assert_eq!(claim::floor(tx, "b", "20")?, found("20"));
            assert_eq!(claim::floor(tx, "b", "0")?, found(""));
            assert_eq!(claim::ceiling(tx, "b", "25")?, found("30"));
            assert_eq!(claim::ceiling(tx, "b", "30")?, found("30"));
            assert_eq!(claim::ceiling(tx, "b", "31")?, None);
            assert_eq!(claim::floor(tx, "c", "24")?, None);

            let keys = |claims: Vec<Claim>| {
                let keys: Vec<String> = claims.into_iter().map(|claim| claim.key).collect();
                keys.join(",")
            };
            assert_eq!(keys(claim::list(tx, "b", None, 2)?), ",10");
            assert_eq!(keys(claim::list(tx, "b", Some(""), 2)?), "10,20");
            assert_eq!(keys(claim::list(tx, "b", Some("20"), 2)?), "30");
            Ok::<_, Error>(())
        })
        .unwrap();
}

pub fn dirty_targets_come_when_due(database: &Database) {
    let mark = |target: &str, since, due| (target.to_owned(), since, due);
    database
        .store
        .write("dirty", move |tx| {
            assert_eq!(dirty::next_due(tx)?, None);
            dirty::mark(tx, "a", 1, 30)?;
            dirty::mark(tx, "b", 2, 10)?;
            dirty::mark(tx, "c", 3, 20)?;
            assert_eq!(dirty::next_due(tx)?, Some(10));
            assert_eq!(dirty::ready(tx, 9, 10)?, []);
            let ready = [mark("b", 2, 10), mark("c", 3, 20)];
            assert_eq!(dirty::ready(tx, 20, 10)?, ready);
            assert_eq!(dirty::ready(tx, 20, 1)?, ready[..1]);
            // The latest given due counts, later or earlier.
            dirty::mark(tx, "b", 5, 40)?;
            dirty::mark(tx, "a", 6, 5)?;
            assert_eq!(dirty::next_due(tx)?, Some(5));
            let all = [mark("a", 6, 5), mark("b", 5, 40), mark("c", 3, 20)];
            assert_eq!(dirty::list(tx, 10)?, all);
            assert_eq!(dirty::list(tx, 2)?, all[..2]);
            Ok::<_, Error>(())
        })
        .unwrap();
}

pub fn a_late_mark_survives_a_clear(database: &Database) {
    database
        .store
        .write("dirty", |tx| {
            dirty::mark(tx, "a", 7, 7)?;
            let seen = dirty::ready(tx, 7, 1)?[0].1;
            // A change in the same microsecond (the clock may be frozen), and one by a clock that went back.
            dirty::mark(tx, "a", 7, 7)?;
            assert!(!dirty::clear(tx, "a", seen)?);
            let seen = dirty::ready(tx, 7, 1)?[0].1;
            dirty::mark(tx, "a", 3, 7)?;
            assert!(!dirty::clear(tx, "a", seen)?);
            let seen = dirty::ready(tx, 7, 1)?[0].1;
            assert!(dirty::clear(tx, "a", seen)?);
            assert!(!dirty::clear(tx, "a", seen)?);
            Ok::<_, Error>(())
        })
        .unwrap();
}

pub fn replay_keeps_answers_until_they_expire(database: &Database) {
    let entry = |digest: &str, expires| Entry {
        digest: digest.to_owned(),
        status: 202,
        body: r#"{"id":"☃"}"#.to_owned(),
        expires,
    };
    database
        .store
        .write("replay", move |tx| {
            assert_eq!(replay::get(tx, "project", "t")?, None);
            replay::put(tx, "project", "t", &entry("one", 10))?;
            replay::put(tx, "project", "u", &entry("one", 10))?;
            replay::put(tx, "stranger", "t", &entry("two", 30))?;
            assert_eq!(replay::get(tx, "project", "t")?, Some(entry("one", 10)));
            replay::put(tx, "project", "t", &entry("three", 10))?;
            assert_eq!(replay::get(tx, "project", "t")?, Some(entry("three", 10)));
            replay::touch(tx, "project", "t", 20)?;
            replay::touch(tx, "project", "absent", 20)?;
            assert_eq!(replay::expire(tx, 9)?, 0);
            assert_eq!(replay::expire(tx, 10)?, 1);
            assert_eq!(replay::get(tx, "project", "u")?, None);
            assert_eq!(replay::get(tx, "project", "t")?, Some(entry("three", 20)));
            assert_eq!(replay::expire(tx, 100)?, 2);
            Ok::<_, Error>(())
        })
        .unwrap();
}

pub fn credentials_are_kept_sealed(database: &Database) {
    let credential = |id: &str, owner: &str| Credential {
        id: id.to_owned(),
        kind: "access_key".to_owned(),
        cloud: "huawei".to_owned(),
        owner: owner.to_owned(),
        sealed: (0..=255).collect(),
        created: 1,
    };
    let (b, a, x) = (
        credential("b", "user"),
        credential("a", "user"),
        credential("x", "stranger"),
    );
    database
        .store
        .write("credentials", move |tx| {
            for credential in [&b, &a, &x] {
                credential::insert(tx, credential)?;
            }
            assert_eq!(credential::insert(tx, &a), Err(Error::Unique));
            assert_eq!(credential::get(tx, "b")?.as_ref(), Some(&b));
            assert_eq!(credential::get(tx, "c")?, None);
            assert_eq!(credential::of_owner(tx, "user")?, [a.clone(), b.clone()]);
            assert!(credential::delete(tx, "a")?);
            assert!(!credential::delete(tx, "a")?);
            assert_eq!(credential::of_owner(tx, "user")?, std::slice::from_ref(&b));
            Ok::<_, Error>(())
        })
        .unwrap();
}

/// An event that changed `target`.
pub fn change(target: &str) -> Event {
    Event {
        seq: -1,
        at: 5,
        account: "account".to_owned(),
        project: "project".to_owned(),
        user: "user".to_owned(),
        request_id: "request".to_owned(),
        operation: "create_vpc".to_owned(),
        target: target.to_owned(),
        before: None,
        after: Some("{}".to_owned()),
    }
}

pub fn events_are_numbered_and_trimmed(database: &Database) {
    let store = &database.store;
    store
        .write("events", |tx| {
            for target in ["a", "b", "c", "d"] {
                event::append(tx, &change(target))?;
            }
            let all = event::list(tx, 0, 10)?;
            let first = Event {
                seq: all[0].seq,
                ..change("a")
            };
            assert_eq!(all[0], first);
            assert!(first.seq > 0);
            assert!(all.windows(2).all(|pair| pair[0].seq < pair[1].seq));
            assert_eq!(event::list(tx, all[1].seq, 1)?, all[2..3]);
            assert_eq!(event::trim(tx, 10)?, 0);
            assert_eq!(event::trim(tx, 3)?, 1);
            assert_eq!(event::list(tx, 0, 10)?, all[1..]);
            // A number is not given twice, not even when nothing is left.
            assert_eq!(event::trim(tx, 0)?, 3);
            event::append(tx, &change("e"))?;
            assert!(event::list(tx, 0, 10)?[0].seq > all[3].seq);
            Ok::<_, Error>(())
        })
        .unwrap();
}

pub fn settings_are_listed_by_prefix(database: &Database) {
    let pair = |key: &str, value: &str| (key.to_owned(), value.to_owned());
    database
        .store
        .write("settings", move |tx| {
            for key in ["pool/b", "pool/a", "pool0", "poo", "%", "pool_"] {
                setting::put(tx, key, "1")?;
            }
            setting::put(tx, "pool/a", "2")?;
            assert_eq!(setting::get(tx, "pool/a")?.as_deref(), Some("2"));
            assert_eq!(setting::get(tx, "pool/c")?, None);
            let pools = [pair("pool/a", "2"), pair("pool/b", "1")];
            assert_eq!(setting::list(tx, "pool/")?, pools);
            assert_eq!(setting::list(tx, "%")?, [pair("%", "1")]);
            assert_eq!(setting::list(tx, "pool_")?, [pair("pool_", "1")]);
            assert_eq!(setting::list(tx, "")?.len(), 6);
            assert!(setting::delete(tx, "poo")?);
            assert!(!setting::delete(tx, "poo")?);
            assert_eq!(setting::list(tx, "")?.len(), 5);
            Ok::<_, Error>(())
        })
        .unwrap();
}
