//! `vpcd vpn`: a doctor for connections.

use std::path::PathBuf;

use serde_json::{Value, json};

use super::call::object;
use super::{Failure, Options, pretty, read, table};

/// What can be done with VPNs.
#[derive(Debug, clap::Args)]
pub struct Vpn {
    #[command(subcommand)]
    verb: Verb,
}

#[derive(Debug, clap::Subcommand)]
enum Verb {
    /// What keeps the two ends of a connection from agreeing, and which field on which side to change
    Diagnose {
        /// The connection's id
        connection: String,
        /// A JSON file that tells the far end, in the words of connections; `-` is the standard input. Without it the
        /// far end is looked for among the gateways of this server
        #[arg(long, value_name = "FILE")]
        peer: Option<PathBuf>,
    },
}

impl Vpn {
    /// Asks the server and tells what it found.
    pub(super) fn run(self, options: &Options) -> Result<String, Failure> {
        let Verb::Diagnose { connection, peer } = self.verb;
        let peer = peer.map(|path| side(&path)).transpose()?;
        let body = object([("connection", json!(connection)), ("peer", json!(peer))]);
        let body = body.map(|body| body.to_string().into_bytes());
        let answer = options.exchange("POST", "vpn/diagnose", body.as_deref())?;
        Ok(match options.json {
            true => pretty(&answer),
            false => story(&answer),
        })
    }
}

fn side(path: &std::path::Path) -> Result<Value, Failure> {
    serde_json::from_slice(&read(path)?)
        .map_err(|error| Failure::File(format!("{}: {error}", path.display())))
}

fn story(answer: &Value) -> String {
    const COLUMNS: &[(&str, &str)] = &[
        ("SEVERITY", "severity"),
        ("FIELD", "field"),
        ("HERE", "here"),
        ("THERE", "there"),
        ("CHANGE", "side"),
        ("ADVICE", "advice"),
    ];
    let findings = answer["findings"].as_array().map_or(&[][..], Vec::as_slice);
    let peer = match (&answer["peer"]["connection"], answer["peer"].as_str()) {
        (Value::String(id), _) => format!("the far end is connection {id}"),
        (_, Some("told")) => "the far end is as it was told".to_owned(),
        _ => "nothing is known of the far end: tell it with --peer FILE".to_owned(),
    };
    let up = match answer["up"].as_bool() {
        Some(true) => "it answers",
        _ => "it does not answer",
    };
    let summary = table::clean(&format!("{peer}; {up}; {} findings", findings.len()));
    match findings.is_empty() {
        true => summary + "\n",
        false => summary + "\n" + &table::rows(COLUMNS, findings),
    }
}
