//! The edge of the server: limits, slow clients, rubbish, and a store that goes away.

mod support;

use std::io::{BufReader, Write};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use serde_json::json;
use support::{Server, connect, fresh_database, receive};

fn server(folder: &tempfile::TempDir) -> Server {
    Server::start(&["--ephemeral"], folder.path())
}

#[test]
fn what_is_too_large_gets_the_gateways_own_rows() {
    let folder = tempfile::tempdir().unwrap();
    let server = server(&folder);
    let mut client = server.client();
    let long = format!("/v1/{}", "a".repeat(9000));
    let got = client
        .send("HUAWEI", "GET", &long, &[("Host".into(), "x".into())], "")
        .unwrap();
    assert_eq!(
        (got.status, got.body["error_code"].as_str()),
        (414, Some("APIGW.0201")),
        "{got:?}"
    );
    let fat = ("X-Fat".to_owned(), "a".repeat(40_000));
    let got = client
        .send(
            "HUAWEI",
            "GET",
            "/v1/x",
            &[("Host".into(), "x".into()), fat],
            "",
        )
        .unwrap();
    assert_eq!(
        (got.status, got.body["error_code"].as_str()),
        (494, Some("APIGW.0201")),
        "{got:?}"
    );
    let body = "a".repeat(13 * 1024 * 1024);
    let got = server.client().send(
        "HUAWEI",
        "POST",
        "/v1/x/vpcs",
        &[("Host".into(), "x".into())],
        &body,
    );
    let got = got.expect("an answer, though the body was never read to its end");
    assert_eq!(
        (got.status, got.body["error_code"].as_str()),
        (413, Some("APIGW.0201")),
        "{got:?}"
    );
}

#[test]
fn rubbish_is_answered_or_cut_and_harms_nobody() {
    let folder = tempfile::tempdir().unwrap();
    let server = server(&folder);
    for side in ["HUAWEI", "BAIDU", "ADMIN"] {
        for rubbish in [
            "\0\0\0\0\r\n\r\n",
            "GET\r\n\r\n",
            "GET / HTTP/9.9\r\n\r\n",
            "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n",
        ] {
            let mut stream = connect(&server.address(side)).unwrap();
            stream.write_all(rubbish.as_bytes()).unwrap();
            let got = receive(&mut BufReader::new(stream), false);
            assert!(
                got.is_none_or(|got| got.status >= 400),
                "{side} {rubbish:?}"
            );
        }
    }
    let got = server.client().huawei("GET", "/v1/{p}/vpcs", None).unwrap();
    assert_eq!(got.status, 200, "{got:?}");
}

#[test]
fn a_client_that_never_ends_its_headers_is_cut() {
    let folder = tempfile::tempdir().unwrap();
    let server = server(&folder);
    let mut stream = connect(&server.address("HUAWEI")).unwrap();
    stream
        .set_read_timeout(Some(Duration::from_secs(40)))
        .unwrap();
    stream.write_all(b"GET / HTTP/1.1\r\nHost: x\r\n").unwrap();
    let start = Instant::now();
    let got = receive(&mut BufReader::new(stream), false);
    assert!(
        got.is_none_or(|got| got.status == 408),
        "cut or told to hurry"
    );
    assert!(
        start.elapsed() < Duration::from_secs(35),
        "it took {:?}",
        start.elapsed()
    );
}

#[test]
fn a_read_only_store_refuses_writes_answers_reads_and_recovers() {
    let folder = tempfile::tempdir().unwrap();
    let server = server(&folder);
    let mut client = server.client();
    let create = |name: &str| Some(json!({"vpc": {"name": name, "cidr": "10.0.0.0/8"}}));
    let vpc = client.huawei("POST", "/v1/{p}/vpcs", create("a")).unwrap();
    let path = format!("/v1/{{p}}/vpcs/{}", vpc.body["vpc"]["id"].as_str().unwrap());
    let read_only = |on: bool| Some(json!({"scope": "*", "value": on}));
    client
        .admin(
            "PUT",
            "/admin/v1/conditions/store.read_only",
            read_only(true),
        )
        .unwrap();
    let refused = client.huawei("DELETE", &path, None).unwrap();
    assert_eq!(
        (refused.status, refused.body["code"].as_str()),
        (500, Some("VPC.0111")),
        "{refused:?}"
    );
    assert_eq!(client.huawei("GET", &path, None).unwrap().status, 200);
    client
        .admin(
            "PUT",
            "/admin/v1/conditions/store.read_only",
            read_only(false),
        )
        .unwrap();
    assert_eq!(client.huawei("DELETE", &path, None).unwrap().status, 204);
}

/// `prlimit` gives the room back while the server runs, as somebody who deletes old files does.
#[test]
fn a_full_disk_refuses_writes_answers_reads_and_recovers_by_itself() {
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path().join("data");
    let server =
        Server::start_on_small_disk(&["--data", data.to_str().unwrap()], folder.path(), 1500);
    let mut client = server.client();
    client
        .admin(
            "PUT",
            "/admin/v1/quotas/*/vpc",
            Some(json!({"limit": 1_000_000})),
        )
        .unwrap();
    let mut create = |n: u32| {
        let body = json!({"vpc": {"name": format!("v{n}"), "cidr": "10.0.0.0/8", "description": "x".repeat(250)}});
        client.huawei("POST", "/v1/{p}/vpcs", Some(body)).unwrap()
    };
    let mut kept = Vec::new();
    let refused = (0..20_000).find_map(|n| {
        let got = create(n);
        if got.status == 200 {
            kept.push(got.body["vpc"]["id"].as_str().unwrap().to_owned());
        }
        (got.status != 200).then_some(got)
    });
    let refused = refused.expect("the disk fills up");
    assert_eq!(
        (refused.status, refused.body["error_code"].as_str()),
        (500, Some("APIGW.0601")),
        "{refused:?}"
    );
    let pid = server.child.id().to_string();
    let more = std::process::Command::new("prlimit")
        .args(["--fsize=unlimited", "--pid", &pid])
        .status();
    assert!(
        more.is_ok_and(|status| status.success()),
        "prlimit (util-linux) gives the room back"
    );
    assert_eq!(create(1_000_000).status, 200, "it recovers by itself");
    for id in &kept {
        let got = client
            .huawei("GET", &format!("/v1/{{p}}/vpcs/{id}"), None)
            .unwrap();
        assert_eq!(got.status, 200, "{id} was acknowledged");
    }
}

/// What a restart of the database does to its clients.
#[test]
fn lost_database_connections_are_made_anew() {
    let Some(url) = fresh_database("lost_connections") else {
        return;
    };
    let folder = tempfile::tempdir().unwrap();
    let key = folder.path().join("key");
    let server = Server::start(
        &["--database", &url, "--key-file", key.to_str().unwrap()],
        folder.path(),
    );
    let mut client = server.client();
    let mut database = postgres::Client::connect(&url, postgres::NoTls).unwrap();
    let mut answered = 0;
    for n in 0..12 {
        let cut = "-- cut\nSELECT pg_terminate_backend(pid) FROM pg_stat_activity \
                   WHERE pid <> pg_backend_pid() AND datname = current_database() AND application_name LIKE 'vpcd%'";
        let others = database.execute(cut, &[]).unwrap();
        assert!(n > 0 || others > 0, "the server has connections to lose");
        let got = client.huawei("GET", "/v1/{p}/vpcs", None).unwrap();
        // One answer may be the cloud's own 5xx; the next must not.
        let own = got.body["code"] == "VPC.0105" || got.body["error_code"] == "APIGW.0601";
        assert!(got.status == 200 || (got.status == 500 && own), "{got:?}");
        let again = client.huawei("GET", "/v1/{p}/vpcs", None).unwrap();
        answered += u32::from(again.status == 200);
    }
    assert!(answered >= 11, "only {answered} of 12");
}

/// A server that went on without its key would look healthy until the first secret is asked for.
#[test]
fn another_servers_key_is_refused_at_the_start() {
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path().join("data");
    let args = [
        "serve",
        "--quiet",
        "--huawei",
        "127.0.0.1:0",
        "--baidu",
        "127.0.0.1:0",
        "--admin",
        "127.0.0.1:0",
    ];
    Server::start(&["--data", data.to_str().unwrap()], folder.path()).terminate();
    std::fs::write(data.join("vpcd.key"), "ab".repeat(32)).unwrap();
    let out = std::process::Command::new(env!("CARGO_BIN_EXE_vpcd"))
        .args(args)
        .args(["--data", data.to_str().unwrap()])
        .output()
        .unwrap();
    assert!(!out.status.success());
    assert!(
        String::from_utf8_lossy(&out.stderr).contains("not the key that sealed"),
        "{out:?}"
    );
}

#[test]
fn secrets_stay_out_of_logs_errors_and_lists() {
    let folder = tempfile::tempdir().unwrap();
    let server = server(&folder);
    let mut client = server.client();
    client.huawei("GET", "/v1/{p}/vpcs", None).unwrap();
    client.baidu("GET", "/v1/vpc", None).unwrap();
    let secrets = ["HUAWEI_SK", "BAIDU_SK", "ADMIN_TOKEN"].map(|name| server.env[name].clone());
    let shown: Vec<String> = [
        "users",
        "accounts",
        "keys",
        "events",
        "conditions",
        "targets",
    ]
    .iter()
    .map(|what| {
        client
            .admin("GET", &format!("/admin/v1/{what}"), None)
            .unwrap()
            .body
            .to_string()
    })
    .chain([std::fs::read_to_string(folder.path().join("log")).unwrap_or_default()])
    .collect();
    for secret in &secrets {
        assert!(
            !shown.iter().any(|text| text.contains(secret)),
            "a secret is shown"
        );
    }
}

#[test]
fn the_env_file_gives_a_shell_what_was_told() {
    let folder = tempfile::tempdir().unwrap();
    // An empty variable is how scripts and units leave something out: no token means the derived one.
    let args = [
        "--ephemeral",
        "--region",
        "a $(id) b's",
        "--admin-token",
        "",
    ];
    drop(Server::start(&args, folder.path()));
    let script = r#". ./env && printf '%s|%s' "$VPCD_HUAWEI_REGION" "${#VPCD_ADMIN_TOKEN}""#;
    let told = Command::new("sh")
        .args(["-c", script])
        .current_dir(folder.path())
        .output()
        .unwrap();
    assert_eq!(String::from_utf8_lossy(&told.stdout), "a $(id) b's|40");
}

#[test]
fn what_could_not_be_printed_was_not_done() {
    let folder = tempfile::tempdir().unwrap();
    let server = server(&folder);
    let text = std::fs::read_to_string(folder.path().join("env")).unwrap();
    let token = text.lines().find_map(|it| it.split_once("ADMIN_TOKEN="));
    let export = || {
        let mut command = Command::new(env!("CARGO_BIN_EXE_vpcd"));
        command
            .arg("export")
            .env("VPCD_ADMIN_TOKEN", token.unwrap().1)
            .env(
                "VPCD_ADMIN_ENDPOINT",
                format!("http://{}", server.address("ADMIN")),
            );
        command
    };
    let full = std::fs::File::create("/dev/full").unwrap();
    let ended = export().stdout(full).output().unwrap();
    let said = String::from_utf8_lossy(&ended.stderr).into_owned();
    assert_eq!(
        ended.status.code(),
        Some(1),
        "a lost export is no success: {said}"
    );
    assert!(said.starts_with("error: "), "{said}");
    // Who closes the pipe has read enough.
    let mut child = export().stdout(Stdio::piped()).spawn().unwrap();
    drop(child.stdout.take());
    assert!(child.wait().unwrap().success());
}
