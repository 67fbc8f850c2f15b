//! A real server process, and a plain client that signs.
#![expect(dead_code, reason = "each suite uses its own part")]
#![expect(clippy::unwrap_used, reason = "a test that cannot go on panics")]

pub mod linear;

use std::collections::HashMap;
use std::io::{BufRead, BufReader, Write};
use std::net::TcpStream;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use serde_json::Value;
use vpcd_auth::{Signed, baidu, huawei};

/// A running server.
pub struct Server {
    /// The process.
    pub child: Child,
    /// The lines of its env file, by name without `VPCD_`.
    pub env: HashMap<String, String>,
}

/// An answer.
#[derive(Debug)]
pub struct Got {
    /// Status.
    pub status: u16,
    /// Head, as it came.
    pub head: String,
    /// Body as JSON; null when there is none.
    pub body: Value,
}

impl Server {
    /// Starts the binary with these arguments and waits until it listens.
    pub fn start(args: &[&str], folder: &Path) -> Server {
        Server::run(Command::new(env!("CARGO_BIN_EXE_vpcd")), args, folder)
    }

    /// The same with files that cannot grow beyond so many blocks of the shell's: what a full disk does to it.
    pub fn start_on_small_disk(args: &[&str], folder: &Path, blocks: u32) -> Server {
        let mut shell = Command::new("sh");
        // The signal would kill; ignored, it becomes an error of the write.
        let script = format!(r#"trap "" XFSZ; ulimit -S -f {blocks}; exec "$0" "$@""#);
        shell.args(["-c", &script, env!("CARGO_BIN_EXE_vpcd")]);
        Server::run(shell, args, folder)
    }

    fn run(mut command: Command, args: &[&str], folder: &Path) -> Server {
        let file = folder.join("env");
        let _ = std::fs::remove_file(&file);
        let log = std::fs::OpenOptions::new()
            .create(true)
            .append(true)
            .open(folder.join("log"))
            .unwrap();
        let out = std::fs::File::create(folder.join("out")).unwrap();
        let child = command
            .args([
                "serve",
                "--huawei",
                "127.0.0.1:0",
                "--baidu",
                "127.0.0.1:0",
                "--admin",
                "127.0.0.1:0",
            ])
            .args(["--quiet", "--env-file"])
            .arg(&file)
            .args(args)
            .env("VPCD_LOG", "warn")
            .stdout(Stdio::from(out))
            .stderr(log)
            .spawn()
            .unwrap();
        let mut server = Server {
            child,
            env: HashMap::new(),
        };
        let deadline = Instant::now() + Duration::from_secs(20);
        while !file.exists() {
            let ended = server.child.try_wait().unwrap();
            let log = || std::fs::read_to_string(folder.join("log")).unwrap_or_default();
            assert!(ended.is_none(), "the server ended: {ended:?}\n{}", log());
            assert!(
                Instant::now() < deadline,
                "the server does not come up\n{}",
                log()
            );
            pause(2);
        }
        let text = std::fs::read_to_string(&file).unwrap();
        for line in text.lines() {
            let (name, value) = line
                .trim_start_matches("export VPCD_")
                .split_once('=')
                .unwrap();
            server.env.insert(name.to_owned(), value.to_owned());
        }
        server
    }

    /// Host and port of an endpoint: `HUAWEI`, `BAIDU` or `ADMIN`.
    pub fn address(&self, side: &str) -> String {
        self.env[&format!("{side}_ENDPOINT")]
            .trim_start_matches("http://")
            .to_owned()
    }

    /// A client of this server.
    pub fn client(&self) -> Client {
        Client {
            env: self.env.clone(),
            connections: HashMap::new(),
            more: Vec::new(),
        }
    }

    /// SIGKILL, as the power does.
    pub fn kill(mut self) {
        self.child.kill().unwrap();
        self.child.wait().unwrap();
    }

    /// SIGTERM; the exit status.
    pub fn terminate(&mut self) -> std::process::ExitStatus {
        let pid = self.child.id().to_string();
        assert!(
            Command::new("kill")
                .args(["-TERM", &pid])
                .status()
                .unwrap()
                .success()
        );
        self.child.wait().unwrap()
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// Plays a suite with the arguments of a server that keeps everything in a folder of its own.
pub fn on_sqlite(play: fn(&[&str], &Path)) {
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path().join("data");
    play(&["--data", data.to_str().unwrap()], folder.path());
}

/// The same on a fresh database of PostgreSQL, where there is one.
pub fn on_postgres(what: &str, play: fn(&[&str], &Path)) {
    let Some(url) = fresh_database(what) else {
        return;
    };
    let folder = tempfile::tempdir().unwrap();
    let key = folder.path().join("key");
    play(
        &["--database", &url, "--key-file", key.to_str().unwrap()],
        folder.path(),
    );
}

/// A fresh database on the PostgreSQL of `VPCD_TEST_POSTGRES`, for one server with its own key; without the variable
/// nothing, said loudly.
pub fn fresh_database(what: &str) -> Option<String> {
    let Ok(url) = std::env::var("VPCD_TEST_POSTGRES") else {
        println!("SKIPPED: {what} on PostgreSQL (VPCD_TEST_POSTGRES not set)");
        return None;
    };
    let name = format!("{what}_{}", std::process::id());
    let mut client = postgres::Client::connect(&url, postgres::NoTls).unwrap();
    client
        .batch_execute(&format!("DROP DATABASE IF EXISTS {name}; "))
        .unwrap();
    client
        .batch_execute(&format!("CREATE DATABASE {name}"))
        .unwrap();
    let (server, _) = url.rsplit_once('/').unwrap();
    Some(format!("{server}/{name}"))
}

/// A client with one connection per listener.
pub struct Client {
    env: HashMap<String, String>,
    connections: HashMap<String, BufReader<TcpStream>>,
    /// Headers that every call of the Huawei dialect carries besides.
    pub more: Vec<(String, String)>,
}

impl Client {
    /// A signed call of the Huawei dialect; `None` when the connection broke.
    pub fn huawei(&mut self, method: &str, path: &str, body: Option<Value>) -> Option<Got> {
        let path = path.replace("{p}", &self.env["HUAWEI_PROJECT_ID"]);
        let text = body.map(|body| body.to_string()).unwrap_or_default();
        let now = now();
        let mut headers = vec![
            ("Host".to_owned(), self.host("HUAWEI")),
            (
                "X-Project-Id".to_owned(),
                self.env["HUAWEI_PROJECT_ID"].clone(),
            ),
            (
                "X-Sdk-Date".to_owned(),
                now.strftime("%Y%m%dT%H%M%SZ").to_string(),
            ),
        ];
        headers.extend(self.more.iter().cloned());
        let (raw_path, query) = path.split_once('?').unwrap_or((&path, ""));
        let signed = Signed {
            method,
            path: raw_path,
            query,
            headers: &headers,
            body: text.as_bytes(),
        };
        let line = huawei::sign(
            &signed,
            &self.env["HUAWEI_AK"],
            &self.env["HUAWEI_SK"],
            &["host", "x-sdk-date"],
        );
        headers.push(("Authorization".to_owned(), line));
        self.send("HUAWEI", method, &path, &headers, &text)
    }

    /// A signed call of the Baidu dialect.
    pub fn baidu(&mut self, method: &str, path: &str, body: Option<Value>) -> Option<Got> {
        let text = body.map(|body| body.to_string()).unwrap_or_default();
        let now = now();
        let mut headers = vec![
            ("Host".to_owned(), self.host("BAIDU")),
            (
                "x-bce-date".to_owned(),
                now.strftime("%Y-%m-%dT%H:%M:%SZ").to_string(),
            ),
        ];
        let (raw_path, query) = path.split_once('?').unwrap_or((path, ""));
        let signed = Signed {
            method,
            path: raw_path,
            query,
            headers: &headers,
            body: text.as_bytes(),
        };
        let (ak, sk) = (&self.env["BAIDU_AK"], &self.env["BAIDU_SK"]);
        let line = baidu::sign(&signed, ak, sk, now, 1800, &["host", "x-bce-date"]);
        headers.push(("Authorization".to_owned(), line));
        self.send("BAIDU", method, path, &headers, &text)
    }

    /// Closes its connections: a server closes what is idle for long.
    pub fn hang_up(&mut self) {
        self.connections.clear();
    }

    /// The project of its keys.
    pub fn project(&self) -> String {
        self.env["HUAWEI_PROJECT_ID"].clone()
    }

    /// A call of the operator.
    pub fn admin(&mut self, method: &str, path: &str, body: Option<Value>) -> Option<Got> {
        let token = format!("Bearer {}", self.env["ADMIN_TOKEN"]);
        let headers = [
            ("Host".to_owned(), self.host("ADMIN")),
            ("Authorization".to_owned(), token),
        ];
        let text = body.map(|body| body.to_string()).unwrap_or_default();
        self.send("ADMIN", method, path, &headers, &text)
    }

    /// Any call.
    pub fn send(
        &mut self,
        side: &str,
        method: &str,
        path: &str,
        headers: &[(String, String)],
        body: &str,
    ) -> Option<Got> {
        let mut text = format!(
            "{method} {path} HTTP/1.1\r\nContent-Length: {}\r\n",
            body.len()
        );
        for (name, value) in headers {
            text.push_str(&format!("{name}: {value}\r\n"));
        }
        text.push_str("\r\n");
        text.push_str(body);
        let mut connection = match self.connections.remove(side) {
            Some(connection) => connection,
            None => BufReader::new(connect(&self.host(side))?),
        };
        // A server may answer before it was told everything, and close: what it said is still to be read.
        let _ = connection.get_mut().write_all(text.as_bytes());
        let got = receive(&mut connection, method == "HEAD")?;
        if !got.head.to_ascii_lowercase().contains("connection: close") {
            self.connections.insert(side.to_owned(), connection);
        }
        Some(got)
    }

    fn host(&self, side: &str) -> String {
        self.env[&format!("{side}_ENDPOINT")]
            .trim_start_matches("http://")
            .to_owned()
    }
}

/// Reads one answer.
pub fn receive(connection: &mut impl BufRead, no_body: bool) -> Option<Got> {
    let mut head = String::new();
    loop {
        let mut line = String::new();
        if connection.read_line(&mut line).ok()? == 0 {
            return None;
        }
        if line == "\r\n" {
            break;
        }
        head.push_str(&line);
    }
    let status = head.split(' ').nth(1)?.parse().ok()?;
    let length = head.lines().find_map(|line| {
        let (name, value) = line.split_once(':')?;
        name.eq_ignore_ascii_case("content-length")
            .then(|| value.trim().parse::<usize>().ok())?
    });
    let mut body = vec![0; if no_body { 0 } else { length.unwrap_or(0) }];
    connection.read_exact(&mut body).ok()?;
    let body = if body.is_empty() {
        Value::Null
    } else {
        serde_json::from_slice(&body).unwrap_or(Value::Null)
    };
    Some(Got { status, head, body })
}

/// A connection with time-outs.
pub fn connect(address: &str) -> Option<TcpStream> {
    let stream = TcpStream::connect(address).ok()?;
    stream.set_nodelay(true).ok()?;
    stream
        .set_read_timeout(Some(Duration::from_secs(20)))
        .ok()?;
    Some(stream)
}

/// Waits; a test outside the server has no clock to inject.
#[expect(
    clippy::disallowed_methods,
    reason = "a test outside the server waits for it in real time"
)]
pub fn pause(millis: u64) {
    std::thread::sleep(Duration::from_millis(millis));
}

/// Real time, for signatures.
#[expect(
    clippy::disallowed_methods,
    reason = "a client outside the server signs with real time"
)]
pub fn now() -> jiff::Timestamp {
    std::time::SystemTime::now().try_into().unwrap()
}
