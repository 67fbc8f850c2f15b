//! `vpcd serve`: options, start, the reconciler's loop, and the end.

use std::io::Write;
use std::net::SocketAddr;
use std::path::PathBuf;
use std::process::ExitCode;
use std::sync::Arc;
use std::time::Duration;

use jiff::Timestamp;
use tokio::signal::unix::{SignalKind, signal};
use tokio::sync::{Notify, watch};
use vpcd_domain::lifecycle::Profile;
use vpcd_domain::{identity, operator};
use vpcd_fabric::Simulated;
use vpcd_store::Store;

use crate::cloud::{Cloud, Setup, StartError};
use crate::front::{Front, Side};
use crate::http;
use crate::logging::{self, Format};
use crate::metrics::Metrics;
use crate::vault;

/// Options of `vpcd serve`.
#[derive(Clone, Debug, clap::Args)]
pub struct ServeArgs {
    /// Keep everything in this folder (SQLite)
    #[arg(long, value_name = "DIR", conflicts_with_all = ["ephemeral", "database"])]
    data: Option<PathBuf>,
    /// Keep nothing: a fresh cloud in a temporary folder
    #[arg(long, conflicts_with = "database")]
    ephemeral: bool,
    /// Keep everything in this PostgreSQL database
    #[arg(
        long,
        value_name = "URL",
        env = "VPCD_DATABASE",
        hide_env_values = true
    )]
    database: Option<String>,
    /// Address of the Huawei listener, with IAM
    #[arg(long, value_name = "ADDR", default_value = "127.0.0.1:8080")]
    huawei: SocketAddr,
    /// Address of the Baidu listener
    #[arg(long, value_name = "ADDR", default_value = "127.0.0.1:8081")]
    baidu: SocketAddr,
    /// Address of the operator's listener
    #[arg(long, value_name = "ADDR", default_value = "127.0.0.1:8082")]
    admin: SocketAddr,
    /// What carries packets
    #[arg(long, value_enum, default_value_t)]
    fabric: Fabric,
    /// How lifecycles pass where no fabric tells
    #[arg(long, value_enum)]
    profile: Option<ProfileName>,
    /// Write endpoints and keys as shell lines to this file once everything listens
    #[arg(long, value_name = "FILE")]
    env_file: Option<PathBuf>,
    /// Region that this server answers for
    #[arg(long, default_value = "vpcd-1")]
    region: String,
    /// File of the key that seals secrets; made when there is none
    #[arg(long, value_name = "FILE")]
    key_file: Option<PathBuf>,
    /// The operator's token; derived from the sealing key when absent or empty
    #[arg(long, env = "VPCD_ADMIN_TOKEN", hide_env_values = true)]
    admin_token: Option<String>,
    /// Do not print endpoints and keys
    #[arg(long)]
    quiet: bool,
    /// How log lines look
    #[arg(long, value_enum, default_value_t)]
    log_format: Format,
    /// Which log lines are written
    #[arg(long, env = "VPCD_LOG", default_value = "info")]
    log: String,
}

/// What carries packets.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, clap::ValueEnum)]
pub enum Fabric {
    /// Nothing does.
    #[default]
    None,
    /// OVN.
    Ovn,
}

/// How lifecycles pass.
#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
pub enum ProfileName {
    /// In no time.
    Instant,
    /// As long as they take in the real clouds.
    Realistic,
}

/// Runs the server until it is told to end.
pub fn run(args: ServeArgs) -> ExitCode {
    logging::start(args.log_format, &args.log);
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .worker_threads(2)
        .max_blocking_threads(64)
        .thread_keep_alive(Duration::from_secs(2))
        .thread_stack_size(1024 * 1024)
        .enable_all()
        .build();
    let ended = match runtime {
        Ok(runtime) => runtime.block_on(serve(args)),
        Err(error) => Err(StartError::Io("the runtime".to_owned(), error)),
    };
    match ended {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            tracing::error!(%error, "vpcd ends");
            ExitCode::FAILURE
        }
    }
}

async fn serve(args: ServeArgs) -> Result<(), StartError> {
    if args.fabric == Fabric::Ovn {
        return Err(StartError::Option(
            "this build carries no OVN driver yet; use --fabric none".to_owned(),
        ));
    }
    let listeners = [
        http::bind(args.huawei).await,
        http::bind(args.baidu).await,
        http::bind(args.admin).await,
    ];
    let work = Arc::new(Notify::new());
    let (setup, options) = (args.clone(), work.clone());
    let assembled = tokio::task::spawn_blocking(move || assemble(&setup, options)).await;
    let cloud = Arc::new(assembled.map_err(|error| StartError::Option(error.to_string()))??);
    let (stop, ended) = watch::channel(false);
    let metrics = Metrics::default();
    let mut addresses = Vec::new();
    let mut running = tokio::task::JoinSet::new();
    for (listener, (side, address)) in listeners.into_iter().zip(sides(&args)) {
        let listener = listener.map_err(|error| StartError::Io(address.to_string(), error))?;
        addresses.push(
            listener
                .local_addr()
                .map_err(|error| StartError::Io(address.to_string(), error))?,
        );
        let front = Front::new(cloud.clone(), metrics.clone(), side);
        running.spawn(http::listen(listener, front, ended.clone()));
    }
    running.spawn(reconcile(cloud.clone(), work, ended.clone()));
    running.spawn(tidy_up(cloud.clone(), ended));
    announce(&args, &cloud, &addresses)?;
    end_asked().await?;
    tracing::info!("draining");
    let _ = stop.send(true);
    while running.join_next().await.is_some() {}
    Ok(())
}

fn sides(args: &ServeArgs) -> [(Side, SocketAddr); 3] {
    [
        (Side::Huawei, args.huawei),
        (Side::Baidu, args.baidu),
        (Side::Admin, args.admin),
    ]
}

fn assemble(args: &ServeArgs, work: Arc<Notify>) -> Result<Cloud, StartError> {
    let folder = args.data.clone().unwrap_or_else(|| PathBuf::from("data"));
    let (store, beside) = match &args.database {
        Some(url) => (Store::postgres(url)?, home_key()),
        None if args.ephemeral => (Store::ephemeral()?, None),
        None => (Store::sqlite(&folder)?, Some(folder.join("vpcd.key"))),
    };
    let key = match args.key_file.clone().or(beside) {
        Some(path) => vault::load_or_create(&path)
            .map_err(|error| StartError::Io(path.display().to_string(), error))?,
        None if args.ephemeral => vault::entropy(),
        None => {
            return Err(StartError::Option(
                "a database needs --key-file FILE".to_owned(),
            ));
        }
    };
    if args.database.is_none() && !args.ephemeral {
        make_private(&folder);
    }
    let cloud = Cloud::assemble(Setup {
        store,
        real: Box::new(now),
        entropy: Arc::new(vault::entropy),
        key,
        // An empty variable leaves the token out: a listener that nobody can use is what nobody means.
        admin_token: args.admin_token.clone().filter(|it| !it.is_empty()),
        region: args.region.clone(),
        driver: Arc::new(Simulated::forgetful()),
        fabric_none: args.fabric == Fabric::None,
        wake: Box::new(move || work.notify_one()),
    })?;
    if let Some(profile) = args.profile {
        let seed = cloud.app.profile().seed;
        cloud.app.set_profile(Profile {
            realistic: profile == ProfileName::Realistic,
            seed,
        });
    }
    Ok(cloud)
}

/// What SQLite made is for its owner alone, also in a folder that others may enter.
fn make_private(folder: &std::path::Path) {
    use std::os::unix::fs::PermissionsExt;
    for name in ["vpcd.db", "vpcd.db-wal", "vpcd.db-shm"] {
        let _ = std::fs::set_permissions(folder.join(name), std::fs::Permissions::from_mode(0o600));
    }
}

/// The only place where real time enters.
#[expect(clippy::disallowed_methods, reason = "this is the clock's source")]
fn now() -> Timestamp {
    Timestamp::try_from(std::time::SystemTime::now()).unwrap_or_default()
}

/// Where the sealing key lives when the data do not live on this machine.
fn home_key() -> Option<PathBuf> {
    let state = std::env::var_os("XDG_STATE_HOME").map(PathBuf::from);
    let home = || std::env::var_os("HOME").map(|home| PathBuf::from(home).join(".local/state"));
    state
        .or_else(home)
        .map(|folder| folder.join("vpcd/vpcd.key"))
}

const LONGEST_WAIT: Duration = Duration::from_secs(5);

/// How long it takes in real time until the clock shows that moment, at most a few seconds: another server on the same
/// database may bring a nearer one. Whoever steps the clock wakes the reconciler.
fn real_wait(cloud: &Cloud, due: i64) -> Duration {
    let ahead = u64::try_from(due - cloud.app.now().as_microsecond()).unwrap_or(0);
    let real = Duration::from_micros(ahead).as_secs_f64() / cloud.clock.setting().speed;
    // A clock that stands still makes this infinite.
    Duration::try_from_secs_f64(real)
        .unwrap_or(LONGEST_WAIT)
        .clamp(Duration::from_millis(2), LONGEST_WAIT)
}

/// Works whenever woken, and when the next target is due.
async fn reconcile(cloud: Arc<Cloud>, work: Arc<Notify>, mut end: watch::Receiver<bool>) {
    loop {
        let busy = cloud.clone();
        let pause = tokio::task::spawn_blocking(move || {
            let ran = busy
                .reconciler
                .run()
                .and_then(|_| busy.reconciler.next_due());
            match ran {
                Ok(Some(due)) => Some(real_wait(&busy, due)),
                Ok(None) => None,
                Err(error) => {
                    tracing::warn!(%error, "the reconciler cannot work");
                    Some(Duration::from_secs(1))
                }
            }
        });
        let pause = pause.await.unwrap_or(Some(Duration::from_secs(1)));
        let wait = async {
            match pause {
                Some(pause) => tokio::time::sleep(pause).await,
                None => std::future::pending().await,
            }
        };
        tokio::select! {
            () = wait => {}
            () = work.notified() => {}
            _ = end.changed() => return,
        }
    }
}

/// Forgets what is of no use any more, now and then.
async fn tidy_up(cloud: Arc<Cloud>, mut end: watch::Receiver<bool>) {
    const EVERY: Duration = Duration::from_secs(600);
    const KEEP_EVENTS: i64 = 200_000;
    loop {
        tokio::select! {
            () = tokio::time::sleep(EVERY) => {}
            _ = end.changed() => return,
        }
        let busy = cloud.clone();
        let done = tokio::task::spawn_blocking(move || {
            let operator = identity::operator("", "tidy-up");
            busy.app
                .write("vpcd.tidy_up", &operator, &vpcd_huawei::POLICY, |tx, cx| {
                    operator::tidy_up(tx, cx, KEEP_EVENTS)
                })
        });
        if let Ok(Err(error)) = done.await {
            tracing::warn!(%error, "could not tidy up");
        }
    }
}

fn announce(args: &ServeArgs, cloud: &Cloud, addresses: &[SocketAddr]) -> Result<(), StartError> {
    let first = &cloud.bootstrap;
    let [huawei, baidu, admin] = addresses else {
        return Ok(());
    };
    if let Some(path) = &args.env_file {
        let lines = [
            ("HUAWEI_ENDPOINT", format!("http://{huawei}")),
            ("HUAWEI_AK", first.huawei_access_key.clone()),
            ("HUAWEI_SK", first.huawei_secret_key.clone()),
            ("HUAWEI_PROJECT_ID", first.project.clone()),
            ("HUAWEI_DOMAIN_ID", first.account.clone()),
            ("HUAWEI_REGION", cloud.region.clone()),
            ("BAIDU_ENDPOINT", format!("http://{baidu}")),
            ("BAIDU_AK", first.baidu_access_key.clone()),
            ("BAIDU_SK", first.baidu_secret_key.clone()),
            ("ADMIN_ENDPOINT", format!("http://{admin}")),
            ("ADMIN_TOKEN", cloud.admin_token.clone()),
        ];
        let text: String = lines
            .iter()
            .map(|(name, value)| format!("export VPCD_{name}={}\n", quoted(value)))
            .collect();
        write_private(path, &text)
            .map_err(|error| StartError::Io(path.display().to_string(), error))?;
    }
    if !args.quiet {
        let mut out = std::io::stdout().lock();
        // Nobody may be reading; that is no reason to stop.
        let _ = write!(
            out,
            "vpcd is ready\n\
             \n  Huawei    http://{huawei}   region {}   project {}   domain {}\
             \n            AK {}   SK {}\
             \n  Baidu     http://{baidu}\
             \n            AK {}   SK {}\
             \n  Operator  http://{admin}   token {}\n\n",
            cloud.region,
            first.project,
            first.account,
            first.huawei_access_key,
            first.huawei_secret_key,
            first.baidu_access_key,
            first.baidu_secret_key,
            cloud.admin_token,
        );
        let _ = out.flush();
    }
    Ok(())
}

/// A value as one word of a shell's line.
fn quoted(value: &str) -> String {
    let plain = |c: char| c.is_ascii_alphanumeric() || "-._:/".contains(c);
    match value.chars().all(plain) {
        true => value.to_owned(),
        false => format!("'{}'", value.replace('\'', r"'\''")),
    }
}

/// Whole or not at all: whoever waits for the file never reads half of it.
fn write_private(path: &std::path::Path, text: &str) -> std::io::Result<()> {
    use std::os::unix::fs::OpenOptionsExt;
    let temporary = path.with_extension("tmp");
    let _ = std::fs::remove_file(&temporary);
    let mut file = std::fs::OpenOptions::new()
        .write(true)
        .create_new(true)
        .mode(0o600)
        .open(&temporary)?;
    file.write_all(text.as_bytes())?;
    drop(file);
    std::fs::rename(&temporary, path)
}

async fn end_asked() -> Result<(), StartError> {
    let io = |error| StartError::Io("signals".to_owned(), error);
    let mut terminate = signal(SignalKind::terminate()).map_err(io)?;
    let mut interrupt = signal(SignalKind::interrupt()).map_err(io)?;
    tokio::select! {
        _ = terminate.recv() => {}
        _ = interrupt.recv() => {}
    }
    Ok(())
}
