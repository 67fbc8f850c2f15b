//! Durable creates per second, one caller against 32: what committing in groups is worth on this disk.
//!
//! `cargo bench -p vpcd-store`; the database lies in a temporary directory below the current one.

use std::error::Error;
use std::fs::File;
use std::io::Write;
use std::path::Path;
use std::thread;
use std::time::Duration;
use std::time::Instant;

use vpcd_store::Store;
use vpcd_store::claim;
use vpcd_store::dirty;
use vpcd_store::edge;
use vpcd_store::resource;
use vpcd_store::resource::Row;

const CROWD: usize = 32;
const TIME: Duration = Duration::from_secs(3);

fn main() -> Result<(), Box<dyn Error>> {
    let directory = tempfile::tempdir_in(".")?;
    println!("disk: one flush takes {:?}", flush(directory.path())?);
    compare(
        "SQLite, synchronous=FULL",
        &Store::sqlite(directory.path())?,
    )?;
    let started = Instant::now();
    Store::sqlite(directory.path())?
        .read("bench.open", |tx| resource::count(tx, "vpc", "project"))?;
    println!(
        "SQLite: open, first answer and close in {:?}",
        started.elapsed()
    );
    let started = Instant::now();
    drop(Store::ephemeral()?);
    println!("SQLite: an ephemeral store in {:?}", started.elapsed());
    match std::env::var("VPCD_TEST_POSTGRES") {
        Ok(url) => compare("PostgreSQL", &postgres(&url)?)?,
        Err(_) => println!("PostgreSQL: SKIPPED (VPCD_TEST_POSTGRES not set)"),
    }
    Ok(())
}

/// What a flush of one appended page costs here: the ratio is worth what this is.
fn flush(directory: &Path) -> std::io::Result<Duration> {
    const TIMES: u32 = 200;
    let mut file = File::create(directory.join("flush"))?;
    let started = Instant::now();
    for _ in 0..TIMES {
        file.write_all(&[0; 4096])?;
        file.sync_data()?;
    }
    Ok(started.elapsed() / TIMES)
}

/// A schema of its own, which stays: the database is a throwaway.
fn postgres(url: &str) -> Result<Store, Box<dyn Error>> {
    let name = format!("bench{}", std::process::id());
    postgres::Client::connect(url, postgres::NoTls)?
        .batch_execute(&format!("CREATE SCHEMA {name}"))?;
    let and = if url.contains('?') { '&' } else { '?' };
    Ok(Store::postgres(&format!(
        "{url}{and}options=-csearch_path%3D{name}"
    ))?)
}

fn compare(name: &str, store: &Store) -> Result<(), Box<dyn Error>> {
    store.write("bench.vpc", |tx| resource::insert(tx, &row("vpc", "v")))?;
    let alone = rate(store, 1);
    let crowd = rate(store, CROWD);
    println!(
        "{name}: {alone:.0} creates/s with 1 thread, {crowd:.0} with {CROWD}, ratio {:.1}",
        crowd / alone
    );
    for stat in store.stats() {
        println!("  {stat:?}");
    }
    Ok(())
}

/// Creates per second by so many threads.
fn rate(store: &Store, threads: usize) -> f64 {
    let started = Instant::now();
    let created: u32 = thread::scope(|scope| {
        let callers: Vec<_> = (0..threads)
            .map(|caller| scope.spawn(move || creates(store, threads, caller, started)))
            .collect();
        let created = callers.into_iter().map(|caller| caller.join());
        created.map(|created| created.unwrap_or(0)).sum()
    });
    f64::from(created) / started.elapsed().as_secs_f64()
}

/// What a subnet costs: a row, an edge, three claims and a mark.
fn creates(store: &Store, threads: usize, caller: usize, started: Instant) -> u32 {
    let mut created = 0;
    while started.elapsed() < TIME {
        let number = (u64::from(created) << 16) + ((threads << 8) + caller) as u64;
        // Spread like random ids, so that neighbours in time are not neighbours in the index.
        let id = format!("{:016x}", number.wrapping_mul(0x9e37_79b9_7f4a_7c15));
        let result: Result<(), vpcd_store::Error> = store.write("bench.create", move |tx| {
            resource::insert(tx, &row("subnet", &id))?;
            edge::put(tx, &id, "vpc", "v")?;
            for host in ["001", "253", "254"] {
                claim::take(tx, &id, host, &id)?;
            }
            dirty::mark(tx, &id, 1, 1)
        });
        if let Err(error) = result {
            println!("{error}");
            return 0;
        }
        created += 1;
    }
    created
}

fn row(kind: &str, id: &str) -> Row {
    Row {
        id: id.to_owned(),
        kind: kind.to_owned(),
        project: "project".to_owned(),
        parent: Some("v".to_owned()),
        target: "network/v".to_owned(),
        generation: 1,
        observed: 0,
        lifecycle: "active".to_owned(),
        created: 1,
        version: 1,
        doc: format!(
            r#"{{"name":"{id}","cidr":"10.0.0.0/24","dns":["100.125.1.250"],"description":""}}"#
        ),
    }
}
