//! SQLite's own troubles: a full disk, a locked file, an odd order of drops.

use std::collections::BTreeSet;
use std::os::unix::fs::PermissionsExt;
use std::time::Duration;

use super::*;
use crate::resource;
use crate::resource::Row;
use crate::setting;

fn limited(dir: &Path, pages: u32) -> Sqlite {
    let mut options = Options::durable(dir);
    options.max_pages = Some(pages);
    Sqlite::start(options, None).unwrap()
}

fn big(id: &str, bytes: usize) -> Row {
    Row {
        id: id.to_owned(),
        kind: "vpc".to_owned(),
        project: "project".to_owned(),
        parent: None,
        target: "network/1".to_owned(),
        generation: 1,
        observed: 0,
        lifecycle: "active".to_owned(),
        created: 0,
        version: 1,
        doc: "x".repeat(bytes),
    }
}

fn put(sqlite: &Sqlite, id: String, bytes: usize) -> Result<(), Error> {
    sqlite.write(move |tx| resource::insert(tx, &big(&id, bytes)))
}

fn ids(sqlite: &Sqlite) -> BTreeSet<String> {
    let rows = sqlite.read(|tx| resource::any_kind(tx, "vpc", None, i64::MAX));
    let rows: Result<Vec<Row>, Error> = rows;
    rows.unwrap().into_iter().map(|row| row.id).collect()
}

#[test]
fn a_full_disk_is_unavailable_until_there_is_room() {
    let dir = TempDir::new().unwrap();
    let sqlite = limited(dir.path(), 100);
    let mut kept = BTreeSet::new();
    let refused = loop {
        let id = format!("{:04}", kept.len());
        match put(&sqlite, id.clone(), 8000) {
            Ok(()) => kept.insert(id),
            Err(error) => break error,
        };
    };
    assert!(
        matches!(&refused, Error::Unavailable(words) if words.contains("full")),
        "{refused:?}"
    );
    assert!(kept.len() > 10);
    assert_eq!(ids(&sqlite), kept);
    // Twice, because the writer opens the file again after the first time.
    assert_eq!(put(&sqlite, "more".to_owned(), 8000), Err(refused));
    for _ in 0..5 {
        let id = kept.pop_first().unwrap();
        let deleted: Result<bool, Error> = sqlite.write(move |tx| resource::delete(tx, "vpc", &id));
        assert_eq!(deleted, Ok(true));
    }
    assert_eq!(put(&sqlite, "after".to_owned(), 8000), Ok(()));
    kept.insert("after".to_owned());
    assert_eq!(ids(&sqlite), kept);
}

#[test]
fn one_that_fills_the_disk_takes_no_other_along() {
    let dir = TempDir::new().unwrap();
    let sqlite = limited(dir.path(), 200);
    let (small, huge) = std::thread::scope(|scope| {
        let sqlite = &sqlite;
        let calls: Vec<_> = (0..32)
            .map(|call| {
                let huge = call % 8 == 3;
                let bytes = if huge { 4_000_000 } else { 100 };
                let call = scope.spawn(move || put(sqlite, format!("{call}"), bytes));
                (huge, call)
            })
            .collect();
        let results = calls
            .into_iter()
            .map(|(huge, call)| (huge, call.join().unwrap()));
        results.partition::<Vec<_>, _>(|(huge, _)| !*huge)
    });
    assert!(small.iter().all(|(_, result)| *result == Ok(())));
    let unavailable = |result: &_| matches!(result, Err(Error::Unavailable(_)));
    assert!(huge.iter().all(|(_, result)| unavailable(result)));
    assert_eq!(ids(&sqlite).len(), small.len());
}

#[test]
fn a_file_that_another_process_holds_is_unavailable() {
    let dir = TempDir::new().unwrap();
    let mut options = Options::durable(dir.path());
    options.busy = Duration::from_millis(20);
    let other = options.open_writer().unwrap();
    let sqlite = Sqlite::start(options, None).unwrap();
    other.execute_batch("BEGIN IMMEDIATE").unwrap();
    let refused = put(&sqlite, "a".to_owned(), 1);
    assert!(matches!(refused, Err(Error::Unavailable(_))), "{refused:?}");
    assert!(ids(&sqlite).is_empty());
    other.execute_batch("ROLLBACK").unwrap();
    assert_eq!(put(&sqlite, "a".to_owned(), 1), Ok(()));
}

#[test]
fn commits_are_flushed_unless_ephemeral() {
    let dir = TempDir::new().unwrap();
    let asked = |options: Options, pragma: &str| -> String {
        let connection = options.open_writer().unwrap();
        let sql = format!("-- asked\nSELECT CAST({pragma} AS TEXT) FROM pragma_{pragma}");
        connection.query_row(&sql, [], |row| row.get(0)).unwrap()
    };
    let durable = || Options::durable(dir.path());
    assert_eq!(asked(durable(), "journal_mode"), "wal");
    assert_eq!(asked(durable(), "synchronous"), "2");
    assert_eq!(asked(durable(), "foreign_keys"), "1");
    assert_eq!(asked(Options::ephemeral(dir.path()), "synchronous"), "0");
}

#[test]
fn a_file_of_a_newer_program_or_of_none_is_refused() {
    let dir = TempDir::new().unwrap();
    drop(Sqlite::open(dir.path()).unwrap());
    let connection = Options::durable(dir.path()).open_writer().unwrap();
    connection
        .execute("-- newer\nINSERT INTO migration VALUES (99, 0)", [])
        .unwrap();
    drop(connection);
    let refused = Sqlite::open(dir.path()).map(drop);
    let newest = crate::migrate::NEWEST;
    let words = format!("the database has schema 99, this program knows schemas up to {newest}");
    assert_eq!(refused, Err(Error::Corrupt(words)));

    fs::write(dir.path().join("vpcd.db"), "no database".repeat(100)).unwrap();
    let refused = Sqlite::open(dir.path()).map(drop);
    assert!(matches!(refused, Err(Error::Corrupt(_))), "{refused:?}");

    let refused = Sqlite::open(&dir.path().join("vpcd.db")).map(drop);
    assert!(matches!(refused, Err(Error::Unavailable(_))), "{refused:?}");
}

#[test]
fn a_database_of_before_the_tallies_is_counted() {
    let dir = TempDir::new().unwrap();
    drop(Sqlite::open(dir.path()).unwrap());
    let connection = Options::durable(dir.path()).open_writer().unwrap();
    let mut old = "-- old\nDROP TABLE tally; DELETE FROM migration WHERE number = 2;".to_owned();
    for (id, kind, parent) in [
        ("v", "vpc", "NULL"),
        ("s", "subnet", "'v'"),
        ("t", "port", "'s'"),
    ] {
        old += &format!(
            "-- old\nINSERT INTO resource VALUES ('{id}', '{kind}', 'p', {parent}, '', 1, 1, 'live', 1, 1, '{{}}');"
        );
    }
    connection.execute_batch(&old).unwrap();
    drop(connection);
    let sqlite = Sqlite::open(dir.path()).unwrap();
    let row = |scope: &str, kind: &str| (scope.to_owned(), kind.to_owned(), 1);
    let counted = sqlite.read(|tx| crate::tally::every(tx));
    assert_eq!(
        counted,
        Ok(vec![
            row("p", "subnet"),
            row("p", "vpc"),
            row("v", "subnet")
        ])
    );
}

#[test]
fn a_new_directory_is_its_owner_s_alone() {
    let dir = TempDir::new().unwrap();
    let deep = dir.path().join("a/b/c");
    drop(Sqlite::open(&deep).unwrap());
    let mode = fs::metadata(&deep).unwrap().permissions().mode();
    assert_eq!(mode & 0o777, 0o700);
    // And an old one is taken as it is.
    let sqlite = Sqlite::open(&deep).unwrap();
    assert_eq!(put(&sqlite, "a".to_owned(), 1), Ok(()));
}

#[test]
fn an_ephemeral_database_leaves_nothing() {
    let sqlite = Sqlite::ephemeral().unwrap();
    let path = sqlite._directory.as_ref().unwrap().path().to_owned();
    put(&sqlite, "a".to_owned(), 1).unwrap();
    assert!(path.join("vpcd.db").exists());
    drop(sqlite);
    assert!(!path.exists());
}

#[test]
fn a_write_inside_a_write_is_refused() {
    let sqlite = Arc::new(Sqlite::ephemeral().unwrap());
    let inner = Arc::clone(&sqlite);
    let nested: Result<(), Error> =
        sqlite.write(move |_| inner.write(|tx| setting::put(tx, "a", "1")));
    let words = "a write inside a write".to_owned();
    assert_eq!(nested, Err(Error::Corrupt(words)));
}

#[test]
fn the_writer_may_be_the_last_to_let_go() {
    for _ in 0..50 {
        let sqlite = Arc::new(Sqlite::ephemeral().unwrap());
        let captured = Arc::clone(&sqlite);
        let wrote: Result<bool, Error> = sqlite.write(move |_| Ok(captured.read_only()));
        assert_eq!(wrote, Ok(false));
    }
}
