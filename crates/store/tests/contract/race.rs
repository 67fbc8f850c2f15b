//! Many callers after the same things: "read, decide in Rust, write" must be as good as a constraint.

use std::collections::BTreeSet;
use std::sync::Barrier;
use std::thread;

use vpcd_store::Error;
use vpcd_store::Failure;
use vpcd_store::Store;
use vpcd_store::claim;
use vpcd_store::resource;
use vpcd_store::resource::Row;

use crate::base::Database;
use crate::base::insert;
use crate::base::part;
use crate::base::row;

#[derive(Debug)]
enum Refusal {
    Taken,
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
            Self::Taken => None,
            Self::Store(error) => Some(error),
        }
    }
}

/// Runs `turn(thread)` on many threads at once: what was won, and how many refusals there were.
fn race<T: Send>(
    threads: usize,
    turn: impl Fn(usize) -> Vec<Result<T, Refusal>> + Sync,
) -> (Vec<T>, usize) {
    let barrier = Barrier::new(threads);
    let results: Vec<_> = thread::scope(|scope| {
        let racers: Vec<_> = (0..threads)
            .map(|racer| {
                let (barrier, turn) = (&barrier, &turn);
                scope.spawn(move || {
                    barrier.wait();
                    turn(racer)
                })
            })
            .collect();
        racers
            .into_iter()
            .flat_map(|racer| racer.join().unwrap())
            .collect()
    });
    let mut won = Vec::new();
    let mut refused = 0;
    for result in results {
        match result {
            Ok(prize) => won.push(prize),
            Err(Refusal::Taken) => refused += 1,
            Err(Refusal::Store(error)) => panic!("spurious: {error}"),
        }
    }
    (won, refused)
}

fn report(store: &Store, name: &str) {
    let stats = store.stats();
    let stat = stats.iter().find(|stat| stat.name == name).unwrap();
    println!("{stat:?}");
}

pub fn cidr_blocks_have_one_winner_each(database: &Database) {
    let store = &database.store;
    insert(store, &[row("vpc", "v")]);
    let create = |racer: usize, block: usize| {
        store.write("race.cidr", move |tx| {
            let cidr = format!("10.0.{block}.0/24");
            let siblings = resource::children(tx, "subnet", "v", None, 1000)?;
            if siblings.iter().any(|sibling| sibling.doc == cidr) {
                return Err(Refusal::Taken);
            }
            // Ids differ, so no key but the decision above keeps the blocks apart.
            let subnet = Row {
                doc: cidr.clone(),
                ..part("subnet", &format!("{racer}-{block}"), "v")
            };
            resource::insert(tx, &subnet)?;
            Ok(cidr)
        })
    };
    let (won, refused) = race(8, |racer| {
        (0..40).map(|block| create(racer, block)).collect()
    });
    report(store, "race.cidr");
    assert_eq!((won.len(), refused), (40, 280));
    assert_eq!(won.into_iter().collect::<BTreeSet<_>>().len(), 40);
    let count = store.read("count", |tx| resource::count_children(tx, "subnet", "v"));
    assert_eq!(count, Ok(40));
}

pub fn addresses_are_handed_out_once(database: &Database) {
    let store = &database.store;
    let take = |racer: usize| {
        store.write("race.address", move |tx| {
            let held = claim::list(tx, "ip/s", None, 1000)?;
            let held: BTreeSet<String> = held.into_iter().map(|claim| claim.key).collect();
            let mut free = (0..50).map(|host| format!("{host:03}"));
            let Some(address) = free.find(|address| !held.contains(address)) else {
                return Err(Refusal::Taken);
            };
            assert!(claim::take(tx, "ip/s", &address, &racer.to_string())?);
            Ok(address)
        })
    };
    let (won, refused) = race(64, |racer| vec![take(racer)]);
    report(store, "race.address");
    assert_eq!((won.len(), refused), (50, 14));
    assert_eq!(won.into_iter().collect::<BTreeSet<_>>().len(), 50);
    let count = store.read("count", |tx| claim::count(tx, "ip/s"));
    assert_eq!(count, Ok(50));
}

pub fn a_quota_is_never_exceeded(database: &Database) {
    const LIMIT: i64 = 25;
    let store = &database.store;
    let create = |racer: usize, turn: usize| {
        store.write("race.quota", move |tx| {
            if resource::count(tx, "vpc", "project")? >= LIMIT {
                return Err(Refusal::Taken);
            }
            resource::insert(tx, &row("vpc", &format!("{racer}-{turn}")))?;
            Ok(())
        })
    };
    let (won, refused) = race(16, |racer| (0..5).map(|turn| create(racer, turn)).collect());
    report(store, "race.quota");
    assert_eq!((won.len(), refused), (25, 55));
    let count = store.read("count", |tx| resource::count(tx, "vpc", "project"));
    assert_eq!(count, Ok(LIMIT));
}
