//! Tests of the subcommands against the operator's API of a cloud in memory.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};

use clap::Parser;
use serde_json::Value;
use vpcd_dialect::Request;

use super::{Command, Failure, Options, act};
use crate::admin;
use crate::cloud::Cloud;

#[derive(Parser)]
struct Line {
    #[command(subcommand)]
    command: Command,
}

/// A cloud whose operator's listener answers one connection after the other.
fn listen() -> Options {
    let cloud = Cloud::ephemeral_for_tests(3).unwrap();
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let admin = Some(format!("http://{}", listener.local_addr().unwrap()));
    let options = Options {
        admin,
        token: Some(cloud.admin_token.clone()),
        json: false,
    };
    std::thread::spawn(move || {
        for stream in listener.incoming() {
            answer(&cloud, stream.unwrap());
        }
    });
    options
}

fn answer(cloud: &Cloud, stream: TcpStream) {
    let mut input = BufReader::new(stream.try_clone().unwrap());
    let mut lines = Vec::new();
    loop {
        let mut line = String::new();
        input.read_line(&mut line).unwrap();
        match line.trim() {
            "" => break,
            line => lines.push(line.to_owned()),
        }
    }
    let mut words = lines[0].split(' ').map(str::to_owned);
    let (method, path) = (words.next().unwrap(), words.next().unwrap());
    let (path, query) = path.split_once('?').unwrap_or((&path, ""));
    let headers = lines[1..].iter().filter_map(|line| line.split_once(':'));
    let headers = headers.map(|(name, value)| (name.to_owned(), value.trim().to_owned()));
    let mut request = Request {
        id: "id".to_owned(),
        method,
        path: path.to_owned(),
        query: query.to_owned(),
        headers: headers.collect(),
        body: Vec::new(),
        peer: String::new(),
    };
    let length = request.header("content-length").unwrap().parse().unwrap();
    request.body = vec![0; length];
    input.read_exact(&mut request.body).unwrap();
    let reply = admin::serve(cloud, &request).reply;
    let body = reply.body.map(|body| body.to_string()).unwrap_or_default();
    let head = format!(
        "HTTP/1.1 {} X\r\nContent-Length: {}\r\n\r\n",
        reply.status,
        body.len()
    );
    let mut output = stream;
    output.write_all((head + &body).as_bytes()).unwrap();
}

fn run(options: &Options, words: &[&str]) -> Result<String, Failure> {
    let line = Line::try_parse_from([&["vpcd"], words].concat())
        .unwrap_or_else(|error| panic!("{words:?}: {error}"));
    act(line.command, options)
}

fn done(options: &Options, words: &[&str]) -> String {
    run(options, words).unwrap_or_else(|failure| panic!("{words:?}: {failure:?}"))
}

#[test]
fn every_noun_alone_shows_what_there_is() {
    let options = listen();
    for noun in [
        "accounts",
        "projects",
        "users",
        "keys",
        "conditions",
        "registrations",
        "pools",
        "ipv6-pool",
        "quotas",
        "zones",
        "flavors",
        "certificates",
        "vpn-sessions",
        "clock",
        "profile",
        "faults",
        "operations",
        "snapshots",
        "events",
        "targets",
    ] {
        let table = done(&options, &[noun]);
        assert!(
            !table.is_empty() && !table.starts_with('{'),
            "{noun}: {table}"
        );
        let json: Value = serde_json::from_str(&done(&options, &[noun, "--json"])).unwrap();
        assert!(json.is_object(), "{noun}");
    }
    assert!(
        done(&options, &["zones"])
            .starts_with("NAME     BORDER GROUP  FLAVORS\nvpcd-1a  center        -\n")
    );
}

#[test]
fn what_one_creates_one_can_use_and_delete() {
    let options = listen();
    for line in [
        "accounts create acme",
        "accounts show acme",
        "projects create second --account acme",
        "users create ann --account acme --role te_admin --password Passw0rd!x",
        "pools set 5_test 203.0.114.0/24 203.0.115.0/24",
        "pools delete 5_test",
        "ipv6-pool set 2001:db8:77::/48",
        "quotas set * vpc 7",
        "quotas set * subnet unlimited",
        "quotas delete * vpc",
        "flavors set Tiny --bandwidth 5 --connection-groups 1 --connections 1",
        "zones set az9 --flavor Tiny",
        "zones delete az9",
        "flavors delete Tiny",
        "conditions set iam unreachable",
        "conditions delete iam --scope *",
        "conditions set rate.limit 5",
        "clock freeze 2030-01-01T00:00:00Z",
        "clock step -60",
        "clock run",
        "clock speed 2.5",
        "clock set 2030-01-01T00:00:00Z",
        "clock reset",
        "profile set realistic --seed 3",
        "faults create huawei.create_vpc huawei/vpn/VPN.0001 --count 2",
        "faults delete",
        "snapshots create one",
        "snapshots restore one",
        "snapshots delete one",
        "accounts delete acme",
    ] {
        let words: Vec<&str> = line.split(' ').collect();
        assert!(done(&options, &words).ends_with('\n'), "{line}");
    }
    let events = done(&options, &["events", "list", "--limit", "1000"]);
    assert!(events.contains("admin.restore_snapshot"), "{events}");
}

#[test]
fn a_key_can_be_made_for_a_script_and_deleted() {
    let options = listen();
    let made = "keys create --account vpcd --cloud huawei --json";
    let made = done(&options, &made.split(' ').collect::<Vec<&str>>());
    let made: Value = serde_json::from_str(&made).unwrap();
    let key = made["access_key"].as_str().unwrap();
    assert!(done(&options, &["keys"]).contains(key));
    done(&options, &["keys", "delete", key]);
    assert!(!done(&options, &["keys"]).contains(key));
}

#[test]
fn an_exported_file_can_be_imported() {
    let options = listen();
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("state.json");
    let file = path.to_str().unwrap();
    assert!(done(&options, &["export", file]).contains("resources are in"));
    assert!(
        matches!(run(&options, &["export", file]), Err(Failure::File(_))),
        "it overwrites nothing"
    );
    assert!(done(&options, &["import", file]).contains("taken over"));
    assert!(done(&options, &["export"]).starts_with('{'));
    std::fs::write(&path, "{}").unwrap();
    assert!(matches!(
        run(&options, &["import", file]),
        Err(Failure::Refused(..))
    ));
}

/// The id of the project that a new server has.
fn first_project(options: &Options) -> String {
    let projects = done(options, &["projects", "--json"]);
    let projects: Value = serde_json::from_str(&projects).unwrap();
    projects["projects"][0]["id"].as_str().unwrap().to_owned()
}

#[test]
fn a_project_gets_one_default_network() {
    let options = listen();
    let project = first_project(&options);
    let give = ["projects", "default-network", &project];
    let network = done(&options, &give);
    assert!(network.contains("192.168.0.0/16"), "{network}");
    let again = run(&options, &give);
    assert!(matches!(again, Err(Failure::Refused(..))), "{again:?}");
}

#[test]
fn certificates_and_sessions_are_the_operators() {
    let options = listen();
    let project = first_project(&options);
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../../tests/sdk/certificates");
    let file = |name: &str| format!("{folder}/{name}");
    let (certificate, key) = (file("sign.pem"), file("sign.key"));
    let create = ["certificates", "create", &certificate, "--key", &key];
    let made = done(
        &options,
        &[&create[..], &["--project", &project, "--json"]].concat(),
    );
    assert!(!made.contains("PRIVATE KEY"), "{made}");
    let made: Value = serde_json::from_str(&made).unwrap();
    let id = made["id"].as_str().unwrap();
    let listed = done(&options, &["certificates"]);
    assert!(listed.contains(id) && listed.contains("normal"), "{listed}");
    done(&options, &["certificates", "delete", id]);
    let lost = run(&options, &["certificates", "delete", id]);
    assert!(matches!(lost, Err(Failure::Refused(..))), "{lost:?}");
    let open = ["vpn-sessions", "open", "none", "ann", "203.0.113.9"];
    for words in [&open[..], &["vpn-sessions", "close", "none"]] {
        let lost = run(&options, words);
        assert!(matches!(lost, Err(Failure::Refused(..))), "{lost:?}");
    }
}

#[test]
fn a_trace_tells_the_story_of_a_packet() {
    let options = listen();
    let told = done(&options, &["trace", "203.0.113.1", "203.0.113.2", "80"]);
    let lines: Vec<&str> = told.lines().collect();
    assert!(
        lines[0].starts_with("the packet does not pass: no_route destination=203.0.113.2"),
        "{told}"
    );
    assert!(lines[1].starts_with("HOP") && lines[2].starts_with("from_outside"));
    let lost = run(
        &options,
        &["trace", "--protocol", "icmp", "net/10.0.0.1", "10.0.0.2"],
    );
    assert!(matches!(lost, Err(Failure::Refused(..))), "{lost:?}");
    let recorded = done(
        &options,
        &["trace", "203.0.113.1", "203.0.113.2", "80", "--record"],
    );
    assert!(
        recorded.ends_with("flow logs have 0 more records\n"),
        "{recorded}"
    );
    let unknown = run(&options, &["flow-logs", "gone", "--after", "3"]);
    assert!(matches!(unknown, Err(Failure::Refused(..))), "{unknown:?}");
    let json = Options {
        json: true,
        ..options
    };
    let told = done(&json, &["trace", "203.0.113.1", "203.0.113.2", "80"]);
    let told: Value = serde_json::from_str(&told).unwrap();
    assert_eq!(told["passes"], false);
}

#[test]
fn failures_have_their_exit_codes() {
    let options = listen();
    let code = |options: &Options, words: &[&str]| run(options, words).unwrap_err().code();
    assert_eq!(code(&options, &["accounts", "delete", "none"]), 1);
    assert_eq!(
        code(
            &Options {
                token: Some("wrong".to_owned()),
                ..options.clone()
            },
            &["accounts"]
        ),
        1
    );
    assert_eq!(
        code(
            &Options {
                token: None,
                ..options.clone()
            },
            &["accounts"]
        ),
        2
    );
    assert_eq!(code(&options, &["quotas", "set", "*", "vpc", "many"]), 2);
    assert_eq!(code(&options, &["accounts", "--admin", "https://a"]), 2);
    let free = TcpListener::bind("127.0.0.1:0")
        .unwrap()
        .local_addr()
        .unwrap();
    assert_eq!(
        code(
            &options,
            &["accounts", "list", "--admin", &format!("http://{free}")]
        ),
        3
    );
}

#[test]
fn a_terminal_is_given_no_commands() {
    let options = listen();
    let Err(Failure::Refused(error, hint)) =
        run(&options, &["conditions", "set", "no\u{1b}[2J", "1"])
    else {
        panic!("accepted");
    };
    assert!(!super::table::clean(&Failure::Refused(error, hint).lines()).contains('\u{1b}'));
}
