//! The operator's subcommands: each becomes one request to a running server, or is answered offline.

mod call;
mod client;
mod completion;
mod explain;
mod identity;
mod inventory;
mod outside;
mod sessions;
mod state;
mod table;
#[cfg(test)]
mod tests;
mod trace;
mod vpn;

use std::fs;
use std::io::{self, Read, Write};
use std::path::Path;
use std::process::ExitCode;

use serde_json::Value;

use call::{Call, Verb};
use client::Server;

use crate::serve::ServeArgs;

/// Where the operator's listener of `vpcd serve` is unless it is told otherwise.
const LISTENER: &str = "http://127.0.0.1:8082";

/// Your own virtual-network cloud: Huawei Cloud / Open Telekom Cloud and Baidu AI Cloud APIs in one binary
#[derive(clap::Parser)]
#[command(name = "vpcd", version, about, disable_help_subcommand = true)]
pub struct Program {
    /// Options that stand before the command.
    #[command(flatten)]
    pub options: Options,
    /// What to do.
    #[command(subcommand)]
    pub command: Commands,
}

/// The server, or a command that talks to it.
#[derive(clap::Subcommand)]
pub enum Commands {
    /// Run the server
    Serve(Box<ServeArgs>),
    /// What the operator says.
    #[command(flatten)]
    Operator(Command),
}

/// Options of every operator's command that stand before it.
#[derive(Clone, Debug, Default, clap::Args)]
pub struct Options {
    /// Address of the operator's listener
    #[arg(long, value_name = "URL", env = "VPCD_ADMIN_ENDPOINT")]
    admin: Option<String>,
    /// The operator's token
    #[arg(
        long,
        value_name = "TOKEN",
        env = "VPCD_ADMIN_TOKEN",
        hide_env_values = true
    )]
    token: Option<String>,
    /// Print the server's JSON instead of tables
    #[arg(long)]
    json: bool,
}

/// The same options behind a command. They are not global from the top: `vpcd serve` has an `--admin` of its own.
#[derive(Clone, Debug, Default, clap::Args)]
struct Here {
    /// Address of the operator's listener
    #[arg(long, global = true, value_name = "URL")]
    admin: Option<String>,
    /// The operator's token
    #[arg(long, global = true, value_name = "TOKEN")]
    token: Option<String>,
    /// Print the server's JSON instead of tables
    #[arg(long, global = true)]
    json: bool,
}

/// What stands after a noun: a verb, or none to see what there is.
#[derive(Debug, clap::Args)]
pub struct Noun<V: clap::Subcommand> {
    #[command(flatten)]
    here: Here,
    #[command(subcommand)]
    verb: Option<V>,
}

/// The same for a command without verbs.
#[derive(Debug, clap::Args)]
pub struct Plain<A: clap::Args> {
    #[command(flatten)]
    here: Here,
    #[command(flatten)]
    args: A,
}

/// An operator's command.
#[derive(Debug, clap::Subcommand)]
pub enum Command {
    /// Accounts: Huawei domains, Baidu accounts
    Accounts(Noun<identity::Accounts>),
    /// Projects, which own resources
    Projects(Noun<identity::Projects>),
    /// Users, who hold passwords and keys
    Users(Noun<identity::Users>),
    /// Access keys of either cloud
    Keys(Noun<identity::Keys>),
    /// Conditions of the world outside, which provoke documented errors
    Conditions(Noun<outside::Conditions>),
    /// Things of neighbouring services: instances, load balancers, NAT gateways ...
    Registrations(Box<Noun<inventory::Registrations>>),
    /// Pools of public addresses
    Pools(Noun<inventory::Pools>),
    /// The pool that networks get their IPv6 from
    Ipv6Pool(Noun<inventory::Ipv6Pool>),
    /// Quotas
    Quotas(Noun<inventory::Quotas>),
    /// Availability zones
    Zones(Noun<inventory::Zones>),
    /// VPN gateway flavors
    Flavors(Noun<inventory::Flavors>),
    /// Certificates that servers of VPN gateways show
    Certificates(Noun<sessions::Certificates>),
    /// Clients that are connected to VPN gateways
    VpnSessions(Noun<sessions::VpnSessions>),
    /// The clock that the server goes by
    Clock(Noun<outside::Clock>),
    /// How long lifecycles take
    Profile(Noun<outside::Profile>),
    /// Planned faults: the next calls of an operation answer a row of the catalogue
    Faults(Noun<outside::Faults>),
    /// Operations that the server answers
    Operations(Noun<outside::Operations>),
    /// Write the whole state to a file
    Export(Plain<state::Export>),
    /// Replace the whole state by that of a file
    Import(Plain<state::Import>),
    /// Named states to return to
    Snapshots(Noun<state::Snapshots>),
    /// The audit trail: who changed what
    Events(Noun<state::Events>),
    /// What the reconciler still has to do
    Targets(Noun<state::Targets>),
    /// Would a packet pass, and which rule or route decides
    Trace(Box<Plain<trace::Trace>>),
    /// A doctor for VPN connections
    Vpn(Plain<vpn::Vpn>),
    /// What a flow log recorded of traced packets
    FlowLogs(Plain<trace::FlowLogs>),
    /// Explain an error code: status, message, what raises it, what to do; needs no server
    Errors(Plain<explain::Errors>),
    /// Print the completion script of a shell
    Completion(completion::Completion),
}

/// Why a command ends without success.
#[derive(Debug, PartialEq)]
enum Failure {
    /// The server said no: error and hint.
    Refused(String, Option<String>),
    /// The command cannot be meant so.
    Usage(String),
    /// No sensible answer from the server.
    Unreachable(String),
    /// A file of this machine.
    File(String),
    /// The command did what it should, and what it was to look for is there: its report.
    Found(String),
}

impl Failure {
    fn code(&self) -> u8 {
        match self {
            Failure::Refused(..) | Failure::File(_) => 1,
            Failure::Usage(_) => 2,
            Failure::Unreachable(_) => 3,
            Failure::Found(_) => 4,
        }
    }

    fn lines(&self) -> String {
        match self {
            Failure::Refused(error, None) => format!("error: {error}"),
            Failure::Refused(error, Some(hint)) => format!("error: {error}\nhint: {hint}"),
            Failure::Usage(error) | Failure::Unreachable(error) | Failure::File(error) => {
                format!("error: {error}")
            }
            Failure::Found(report) => report.clone(),
        }
    }
}

/// Runs a command: 0 when it is done, 1 when it was refused, 2 when it cannot be meant so, 3 without a server, 4 when
/// the doctor found an error.
pub fn run(command: Command, options: &Options) -> ExitCode {
    let mut out = io::stdout().lock();
    let ended = match act(command, options) {
        Ok(text) => print(&mut out, &text),
        // What was found is no success, however well it is printed.
        Err(failure @ Failure::Found(_)) => print(&mut out, &failure.lines()).and(Err(failure)),
        Err(failure) => Err(failure),
    };
    let Err(failure) = ended else {
        return ExitCode::SUCCESS;
    };
    if !matches!(failure, Failure::Found(_)) {
        let _ = writeln!(io::stderr().lock(), "{}", table::clean(&failure.lines()));
    }
    ExitCode::from(failure.code())
}

/// Prints what a command has to say: an export that did not arrive must not count as one.
fn print(out: &mut impl Write, text: &str) -> Result<(), Failure> {
    match out.write_all(text.as_bytes()).and_then(|()| out.flush()) {
        // Whoever closed the pipe has read enough.
        Err(error) if error.kind() == io::ErrorKind::BrokenPipe => Ok(()),
        Err(error) => Err(Failure::File(format!("standard output: {error}"))),
        Ok(()) => Ok(()),
    }
}

/// Does what the command says and returns what to print.
fn act(command: Command, options: &Options) -> Result<String, Failure> {
    match command {
        Command::Accounts(noun) => ask(noun, options),
        Command::Projects(noun) => ask(noun, options),
        Command::Users(noun) => ask(noun, options),
        Command::Keys(noun) => ask(noun, options),
        Command::Conditions(noun) => ask(noun, options),
        Command::Registrations(noun) => ask(*noun, options),
        Command::Pools(noun) => ask(noun, options),
        Command::Ipv6Pool(noun) => ask(noun, options),
        Command::Quotas(noun) => ask(noun, options),
        Command::Zones(noun) => ask(noun, options),
        Command::Flavors(noun) => ask(noun, options),
        Command::Certificates(noun) => ask(noun, options),
        Command::VpnSessions(noun) => ask(noun, options),
        Command::Clock(noun) => ask(noun, options),
        Command::Profile(noun) => ask(noun, options),
        Command::Faults(noun) => ask(noun, options),
        Command::Operations(noun) => ask(noun, options),
        Command::Snapshots(noun) => ask(noun, options),
        Command::Events(noun) => ask(noun, options),
        Command::Targets(noun) => ask(noun, options),
        Command::Export(plain) => plain.args.run(&Options::merged(options, plain.here)),
        Command::Import(plain) => plain.args.run(&Options::merged(options, plain.here)),
        Command::Trace(plain) => plain.args.run(&Options::merged(options, plain.here)),
        Command::Vpn(plain) => plain.args.run(&Options::merged(options, plain.here)),
        Command::FlowLogs(plain) => plain.args.run(&Options::merged(options, plain.here)),
        Command::Errors(plain) => plain.args.run(options.json || plain.here.json),
        Command::Completion(completion) => Ok(completion.script()),
    }
}

fn ask<V: clap::Subcommand + Verb>(noun: Noun<V>, options: &Options) -> Result<String, Failure> {
    let options = Options::merged(options, noun.here);
    let call = noun.verb.unwrap_or_default().call()?;
    let answer = options.send(&call)?;
    Ok(match options.json {
        true => pretty(&answer),
        false => call.show.text(&answer),
    })
}

impl Options {
    /// What stands behind the command wins.
    fn merged(options: &Options, here: Here) -> Options {
        Options {
            admin: here.admin.or_else(|| options.admin.clone()),
            token: here.token.or_else(|| options.token.clone()),
            json: here.json || options.json,
        }
    }

    /// Sends a call; an empty answer is `null`.
    fn send(&self, call: &Call) -> Result<Value, Failure> {
        let body = call.body.as_ref().map(|body| body.to_string().into_bytes());
        self.exchange(call.method, &call.path, body.as_deref())
    }

    fn exchange(&self, method: &str, path: &str, body: Option<&[u8]>) -> Result<Value, Failure> {
        let server = Server::parse(self.admin.as_deref().unwrap_or(LISTENER))?;
        let Some(token) = self.token.as_deref().filter(|token| !token.is_empty()) else {
            let how = "the operator's token is missing: --token, or VPCD_ADMIN_TOKEN from the server's env file";
            return Err(Failure::Usage(how.to_owned()));
        };
        let answer = server.exchange(method, &format!("/admin/v1/{path}"), token, body)?;
        let value = match answer.body.is_empty() {
            true => Value::Null,
            false => serde_json::from_slice(&answer.body).map_err(|error| {
                Failure::Unreachable(format!(
                    "{server} answered {} without JSON: {error}",
                    answer.status
                ))
            })?,
        };
        if (200..300).contains(&answer.status) {
            return Ok(value);
        }
        let error = value["error"]
            .as_str()
            .map_or_else(|| format!("status {}", answer.status), str::to_owned);
        Err(Failure::Refused(
            error,
            value["hint"].as_str().map(str::to_owned),
        ))
    }
}

/// JSON for people and programs; nothing for nothing.
fn pretty(value: &Value) -> String {
    match value {
        Value::Null => String::new(),
        value => format!("{value:#}\n"),
    }
}

/// Reads a file, or the standard input for `-`.
fn read(path: &Path) -> Result<Vec<u8>, Failure> {
    let mut bytes = Vec::new();
    let read = match path == Path::new("-") {
        true => io::stdin().lock().read_to_end(&mut bytes).map(drop),
        false => fs::read(path).map(|all| bytes = all),
    };
    read.map(|()| bytes)
        .map_err(|error| Failure::File(format!("{}: {error}", path.display())))
}
