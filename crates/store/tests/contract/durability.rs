//! What was acknowledged is there after the process was killed, or its disk failed.

use std::collections::BTreeSet;
use std::io::BufRead;
use std::io::BufReader;
use std::io::Write;
use std::process::Child;
use std::process::Command;
use std::process::Stdio;
use std::thread;

use tempfile::TempDir;
use vpcd_store::Error;
use vpcd_store::Store;
use vpcd_store::resource;

use crate::base::Schema;
use crate::base::row;

/// Where the child writes: a directory, or a postgres:// address. Without it `child` is no child.
const PLACE: &str = "VPCD_TEST_CHILD_PLACE";
/// What the ids of this child begin with.
const ROUND: &str = "VPCD_TEST_CHILD_ROUND";
const THREADS: usize = 4;

fn open(place: &str) -> Store {
    if place.contains("://") {
        return Store::postgres(place).unwrap();
    }
    Store::sqlite(place.as_ref()).unwrap()
}

/// Not a test of its own: what the others start in a second process.
#[test]
fn child() {
    let (Ok(place), Ok(round)) = (std::env::var(PLACE), std::env::var(ROUND)) else {
        return;
    };
    let store = open(&place);
    thread::scope(|scope| {
        for thread in 0..THREADS {
            let (store, round) = (&store, &round);
            scope.spawn(move || write(store, &format!("{round}-{thread}")));
        }
    });
}

/// Writes and says so until the process ends, or the disk has refused ten times in a row.
fn write(store: &Store, prefix: &str) {
    let mut refused = 0;
    for number in 0.. {
        let id = format!("{prefix}-{number}");
        let vpc = row("vpc", &id);
        let line = match store.write("child", move |tx| resource::insert(tx, &vpc)) {
            Ok(()) => {
                refused = 0;
                format!("ACK {id}\n")
            }
            Err(error) => {
                refused += 1;
                assert!(matches!(error, Error::Unavailable(_)), "{error}");
                format!("NAK {id}\n")
            }
        };
        std::io::stdout().write_all(line.as_bytes()).unwrap();
        if refused == 10 {
            return;
        }
    }
}

fn start(mut command: Command, place: &str, round: usize) -> Child {
    command
        .args(["--exact", "durability::child", "--nocapture"])
        .env(PLACE, place)
        .env(ROUND, round.to_string())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap()
}

/// Kills three children in the middle of their work, each after it has acknowledged some hundred rows.
fn kill_and_reopen(place: &str) {
    let mut acknowledged = BTreeSet::new();
    for round in 0..3 {
        let command = Command::new(std::env::current_exe().unwrap());
        let mut child = start(command, place, round);
        let lines = BufReader::new(child.stdout.take().unwrap()).lines();
        let mut seen = 0;
        for line in lines.map_while(Result::ok) {
            if let Some(id) = line.strip_prefix("ACK ") {
                acknowledged.insert(id.to_owned());
                seen += 1;
            }
            if seen == 100 + 37 * round {
                // SIGKILL; what is still in the pipe was acknowledged too.
                child.kill().unwrap();
            }
        }
        assert!(!child.wait().unwrap().success());
        let store = open(place);
        assert_eq!(missing(&store, acknowledged.clone()), BTreeSet::new());
        assert_eq!(store.check(), Ok(()));
    }
    assert!(acknowledged.len() >= 411, "{}", acknowledged.len());
}

fn missing(store: &Store, mut acknowledged: BTreeSet<String>) -> BTreeSet<String> {
    let rows: Result<_, Error> =
        store.read("all", |tx| resource::any_kind(tx, "vpc", None, i64::MAX));
    for row in rows.unwrap() {
        acknowledged.remove(&row.id);
    }
    acknowledged
}

#[test]
fn sqlite_keeps_what_it_acknowledged_before_a_kill() {
    let directory = TempDir::new().unwrap();
    kill_and_reopen(directory.path().to_str().unwrap());
}

#[test]
fn postgres_keeps_what_it_acknowledged_before_a_kill() {
    if let Some(schema) = Schema::create("durability_kill") {
        kill_and_reopen(&schema.url);
    }
}

/// The shell bounds every file of the child, so that writes begin to fail in the log and in the database,
/// in statements and in commits.
#[test]
fn sqlite_recovers_from_failed_writes_without_losing_rows() {
    let directory = TempDir::new().unwrap();
    let place = directory.path().to_str().unwrap();
    drop(open(place));
    let mut shell = Command::new("sh");
    // In units of 512 or 1024 bytes. The signal would kill; ignored, it becomes an error of the write.
    let script = r#"trap "" XFSZ; ulimit -f 600; exec "$0" "$@""#;
    shell
        .args(["-c", script])
        .arg(std::env::current_exe().unwrap());
    let mut child = start(shell, place, 0);
    let mut acknowledged = BTreeSet::new();
    let (mut refused, mut after) = (0, 0);
    let lines = BufReader::new(child.stdout.take().unwrap()).lines();
    for line in lines.map_while(Result::ok) {
        if let Some(id) = line.strip_prefix("ACK ") {
            acknowledged.insert(id.to_owned());
            after += usize::from(refused > 0);
        }
        refused += usize::from(line.starts_with("NAK "));
    }
    assert!(child.wait().unwrap().success());
    assert!(refused >= 10 * THREADS, "{refused}");
    // The log was what failed first; opening the file again emptied it.
    assert!(after > 0);
    let store = open(place);
    assert_eq!(missing(&store, acknowledged), BTreeSet::new());
    assert_eq!(store.check(), Ok(()));
}
