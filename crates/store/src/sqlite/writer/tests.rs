//! Groups put together by hand.

use std::sync::mpsc::Receiver;

use tempfile::TempDir;

use super::super::connect;
use super::*;
use crate::setting;

struct Fixture {
    state: State,
    _directory: TempDir,
}

type Reply = Receiver<Result<&'static str, Error>>;

fn fixture() -> Fixture {
    let directory = TempDir::new().unwrap();
    let options = Options::durable(directory.path());
    let mut connection = options.open_writer().unwrap();
    connect::migrate(&mut connection).unwrap();
    Fixture {
        state: State {
            connection: Some(connection),
            options,
            read_only: Arc::new(AtomicBool::new(false)),
            refusing: false,
        },
        _directory: directory,
    }
}

/// A job that sets `key` and then ends as told, with how often it ran as the value.
fn job(key: &'static str, end: fn() -> Result<(), Error>) -> (Box<dyn Job>, Reply) {
    let (reply, answer) = mpsc::sync_channel(1);
    let mut runs = 0;
    let f = move |tx: &mut dyn Tx| {
        runs += 1;
        setting::put(tx, key, &runs.to_string())?;
        end().map(|()| key)
    };
    let call = Call {
        f,
        result: None,
        panicked: false,
        reply,
    };
    (Box::new(call), answer)
}

fn fine() -> Result<(), Error> {
    Ok(())
}

impl Fixture {
    /// Has the group served like one that came out of the queue.
    fn serve(&mut self, group: Vec<Box<dyn Job>>) {
        let (queue, jobs) = mpsc::channel();
        for job in group {
            queue.send(job).unwrap();
        }
        drop(queue);
        self.state.serve(&jobs);
    }

    fn settings(&mut self) -> String {
        let connection = self.state.connection.as_ref().unwrap();
        let mut tx = SqliteTx::new(connection);
        let settings = setting::list(&mut tx, "").unwrap();
        let settings: Vec<String> = settings
            .into_iter()
            .map(|(key, value)| format!("{key}={value}"))
            .collect();
        settings.join(" ")
    }
}

#[test]
fn each_job_of_a_group_stands_alone() {
    let mut fixture = fixture();
    let (a, first) = job("a", fine);
    let (b, second) = job("b", || Err(Error::Unique));
    let (c, third) = job("c", || panic!("third"));
    let (d, fourth) = job("d", fine);
    fixture.serve(vec![a, b, c, d]);
    assert_eq!(first.recv().unwrap(), Ok("a"));
    assert_eq!(second.recv().unwrap(), Err(Error::Unique));
    let words = "a transaction panicked: third".to_owned();
    assert_eq!(third.recv().unwrap(), Err(Error::Corrupt(words)));
    assert_eq!(fourth.recv().unwrap(), Ok("d"));
    assert_eq!(fixture.settings(), "a=1 d=1");
}

#[test]
fn a_job_sees_its_predecessor_in_the_group() {
    let mut fixture = fixture();
    let (a, first) = job("a", fine);
    let (reply, second) = mpsc::sync_channel::<Result<Option<String>, Error>>(1);
    let look = Box::new(Call {
        f: |tx: &mut dyn Tx| setting::get(tx, "a"),
        result: None,
        panicked: false,
        reply,
    });
    fixture.serve(vec![a, look]);
    assert_eq!(first.recv().unwrap(), Ok("a"));
    assert_eq!(second.recv().unwrap(), Ok(Some("1".to_owned())));
}

#[test]
fn when_the_transaction_is_lost_its_neighbours_run_again_alone() {
    let mut fixture = fixture();
    let (a, first) = job("a", fine);
    // What SQLite does by itself when the disk is full in the middle of a statement.
    let (reply, second) = mpsc::sync_channel::<Result<u64, Error>>(1);
    let ends = Box::new(Call {
        f: |tx: &mut dyn Tx| tx.execute("-- end\nROLLBACK", &[]).and(Err(Error::Retry)),
        result: None,
        panicked: false,
        reply,
    });
    let (c, third) = job("c", || panic!("third"));
    let (d, fourth) = job("d", fine);
    fixture.serve(vec![a, ends, c, d]);
    assert_eq!(first.recv().unwrap(), Ok("a"));
    assert_eq!(second.recv().unwrap(), Err(Error::Retry));
    assert!(third.recv().unwrap().is_err());
    assert_eq!(fourth.recv().unwrap(), Ok("d"));
    // The first ran a second time; the last had not run before.
    assert_eq!(fixture.settings(), "a=2 d=1");
}

#[test]
fn when_the_commit_fails_nobody_is_told_otherwise() {
    let mut fixture = fixture();
    let (a, first) = job("a", fine);
    let (b, second) = job("b", || Err(Error::Unique));
    // A promise to the database that only the commit looks into.
    let (reply, third) = mpsc::sync_channel::<Result<u64, Error>>(1);
    let dangling = Box::new(Call {
        f: |tx: &mut dyn Tx| {
            tx.execute("-- defer\nPRAGMA defer_foreign_keys = ON", &[])?;
            let sql = "-- edge\nINSERT INTO edge (\"from\", role, \"to\") VALUES ('a', 'b', 'c')";
            tx.execute(sql, &[])
        },
        result: None,
        panicked: false,
        reply,
    });
    fixture.serve(vec![a, b, dangling]);
    assert_eq!(first.recv().unwrap(), Err(Error::ForeignKey));
    assert_eq!(second.recv().unwrap(), Err(Error::ForeignKey));
    assert_eq!(third.recv().unwrap(), Err(Error::ForeignKey));

    let (d, fourth) = job("d", fine);
    fixture.serve(vec![d]);
    assert_eq!(fourth.recv().unwrap(), Ok("d"));
    assert_eq!(fixture.settings(), "d=1");
}

#[test]
fn a_lost_connection_is_opened_again() {
    let mut fixture = fixture();
    fixture.state.connection = None;
    let (a, first) = job("a", fine);
    fixture.serve(vec![a]);
    assert_eq!(first.recv().unwrap(), Ok("a"));
    fixture.state.connection = None;
    fixture.state.read_only.store(true, Ordering::SeqCst);
    let (b, second) = job("b", fine);
    fixture.serve(vec![b]);
    assert_eq!(second.recv().unwrap(), Err(Error::ReadOnly));
    assert_eq!(fixture.settings(), "a=1");
}
