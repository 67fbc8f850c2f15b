//! Start-up to the first answered request with an existing small database, and idle resident memory. Printed, never
//! asserted: run it on a quiet machine with `cargo bench -p vpcd --bench startup`.

#![expect(clippy::expect_used, reason = "a benchmark that cannot go on panics")]

#[path = "../tests/support/mod.rs"]
mod support;

use std::io::{BufReader, Write};
use std::net::{TcpListener, TcpStream};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use serde_json::json;
use support::{Server, pause, receive};

const RUNS: usize = 20;

fn main() {
    let folder = std::env::temp_dir().join(format!("vpcd-startup-{}", std::process::id()));
    let data = folder.join("data");
    std::fs::create_dir_all(&data).expect("a temporary folder");
    seed(&folder, &data);
    let mut times: Vec<Duration> = Vec::new();
    for _ in 0..RUNS {
        let (mut child, took) = start(&data);
        times.push(took);
        stop(&mut child);
    }
    times.sort();
    let (mut child, _) = start(&data);
    pause(3000);
    let memory = resident_kib(child.id());
    stop(&mut child);
    println!(
        "start-up to the first answered request: median {:.1} ms, best {:.1} ms, worst {:.1} ms over {RUNS} runs",
        millis(times[RUNS / 2]),
        millis(times[0]),
        millis(times[RUNS - 1])
    );
    println!("idle resident memory: {:.1} MiB", memory as f64 / 1024.0);
    let _ = std::fs::remove_dir_all(&folder);
}

/// A small database: five networks, ten subnets.
fn seed(folder: &Path, data: &Path) {
    let mut server = Server::start(&["--data", &data.display().to_string()], folder);
    let mut client = server.client();
    for n in 0..5 {
        let body = json!({"vpc": {"name": format!("v{n}"), "cidr": "10.0.0.0/8"}});
        let made = client
            .huawei("POST", "/v1/{p}/vpcs", Some(body))
            .expect("an answer");
        for m in 0..2 {
            let subnet = json!({"subnet": {"name": "s", "cidr": format!("10.{m}.0.0/16"),
                "gateway_ip": format!("10.{m}.0.1"), "vpc_id": made.body["vpc"]["id"]}});
            client
                .huawei("POST", "/v1/{p}/subnets", Some(subnet))
                .expect("an answer");
        }
    }
    server.terminate();
}

#[expect(
    clippy::zombie_processes,
    reason = "a benchmark that panics takes its children along"
)]
fn start(data: &Path) -> (Child, Duration) {
    let free = || {
        TcpListener::bind("127.0.0.1:0")
            .and_then(|it| it.local_addr())
            .expect("a free port")
            .to_string()
    };
    let (huawei, baidu, admin) = (free(), free(), free());
    let begin = Instant::now();
    let child = Command::new(env!("CARGO_BIN_EXE_vpcd"))
        .args([
            "serve", "--quiet", "--huawei", &huawei, "--baidu", &baidu, "--admin", &admin, "--data",
        ])
        .arg(data)
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .expect("the server starts");
    loop {
        assert!(
            begin.elapsed() < Duration::from_secs(20),
            "the server does not answer"
        );
        if let Ok(mut stream) = TcpStream::connect(&huawei) {
            let asked = stream.write_all(b"GET / HTTP/1.1\r\nHost: x\r\n\r\n");
            if asked.is_ok() && receive(&mut BufReader::new(stream), false).is_some() {
                return (child, begin.elapsed());
            }
        }
        std::thread::yield_now();
    }
}

fn stop(child: &mut Child) {
    let _ = child.kill();
    let _ = child.wait();
}

fn resident_kib(pid: u32) -> u64 {
    let status = std::fs::read_to_string(format!("/proc/{pid}/status")).unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:"));
    line.and_then(|line| line.split_whitespace().next())
        .and_then(|text| text.parse().ok())
        .unwrap_or(0)
}

fn millis(time: Duration) -> f64 {
    time.as_secs_f64() * 1000.0
}
