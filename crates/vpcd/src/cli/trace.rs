//! `vpcd trace`: would this packet pass, and what decides? `vpcd flow-logs`: what flow logs recorded of it.

use std::net::IpAddr;

use serde_json::{Value, json};

use super::call::{object, path};
use super::{Failure, Options, pretty, table};

/// A packet.
#[derive(Debug, clap::Args)]
pub struct Trace {
    /// Who sends it: the id of a port, an address, or NETWORK/ADDRESS
    from: String,
    /// Whom it is for, the same way
    to: String,
    /// Destination port
    port: Option<u16>,
    /// Such as tcp, udp, icmp, or a number
    #[arg(long, default_value = "tcp")]
    protocol: String,
    /// 6 for packets of IPv6 between ports that are named by their ids
    #[arg(long)]
    ip_version: Option<u8>,
    /// Source port
    #[arg(long)]
    source_port: Option<u16>,
    /// Type of an ICMP message; an echo request when absent
    #[arg(long)]
    icmp_type: Option<u8>,
    /// Its code
    #[arg(long)]
    icmp_code: Option<u8>,
    /// The address that the sending port claims to have
    #[arg(long)]
    claims: Option<IpAddr>,
    /// Only this project's ports
    #[arg(long)]
    project: Option<String>,
    /// Tell the flow logs of the ports that see it
    #[arg(long)]
    record: bool,
}

/// A page of what a flow log recorded.
#[derive(Debug, clap::Args)]
pub struct FlowLogs {
    /// Id of the flow log
    id: String,
    /// Number of the last record that is known
    #[arg(long)]
    after: Option<u64>,
    /// How many records
    #[arg(long, default_value_t = 100)]
    limit: u32,
}

impl FlowLogs {
    /// Asks the server and shows the records.
    pub(super) fn run(self, options: &Options) -> Result<String, Failure> {
        const COLUMNS: &[(&str, &str)] = &[
            ("NUMBER", "number"),
            ("TIME", "at"),
            ("PORT", "port"),
            ("SOURCE", "source"),
            ("PORT", "source_port"),
            ("DESTINATION", "destination"),
            ("PORT", "destination_port"),
            ("PROTOCOL", "protocol"),
            ("ACTION", "action"),
        ];
        let mut path = path(&["flow-logs", &self.id, "records"]);
        path += &format!("?limit={}", self.limit);
        if let Some(after) = self.after {
            path += &format!("&after={after}");
        }
        let answer = options.exchange("GET", &path, None)?;
        Ok(match options.json {
            true => pretty(&answer),
            false => {
                let records = answer["records"].as_array();
                table::rows(COLUMNS, records.map_or(&[][..], Vec::as_slice))
            }
        })
    }
}

impl Trace {
    /// Asks the server and tells the packet's story.
    pub(super) fn run(self, options: &Options) -> Result<String, Failure> {
        let mut from = end(&self.from);
        if let Some(address) = self.claims {
            from["address"] = json!(address);
        }
        let body = object([
            ("project", json!(self.project)),
            ("from", from),
            ("to", end(&self.to)),
            ("protocol", number_or_word(&self.protocol)),
            ("ip_version", json!(self.ip_version)),
            ("port", json!(self.port)),
            ("source_port", json!(self.source_port)),
            ("icmp_type", json!(self.icmp_type)),
            ("icmp_code", json!(self.icmp_code)),
            ("record", json!(self.record)),
        ]);
        let body = body.map(|body| body.to_string().into_bytes());
        let answer = options.exchange("POST", "trace", body.as_deref())?;
        Ok(match options.json {
            true => pretty(&answer),
            false => story(&answer),
        })
    }
}

/// A port by its id, an address, or an address in a network.
fn end(text: &str) -> Value {
    match text.split_once('/') {
        Some((network, address)) => json!({"network": network, "address": address}),
        None if text.parse::<IpAddr>().is_ok() => json!({"address": text}),
        None => json!({"port": text}),
    }
}

fn number_or_word(text: &str) -> Value {
    match text.parse::<u8>() {
        Ok(number) => json!(number),
        Err(_) => json!(text),
    }
}

fn story(answer: &Value) -> String {
    let mut text = summary("the packet", answer);
    text += &hops(answer);
    if answer["reply"].is_object() {
        text += "\n";
        text += &summary("its answer", &answer["reply"]);
        text += &hops(&answer["reply"]);
    }
    if let Some(recorded) = answer["recorded"].as_u64() {
        text += &format!("\nflow logs have {recorded} more records\n");
    }
    text
}

fn summary(what: &str, verdict: &Value) -> String {
    let passes = match verdict["passes"].as_bool() {
        Some(true) => "passes",
        _ => "does not pass",
    };
    let decided = table::clean(&sentence(&verdict["decided_by"]));
    format!("{what} {passes}: {decided}\n")
}

fn hops(verdict: &Value) -> String {
    let hops = verdict["path"].as_array().map_or(&[][..], Vec::as_slice);
    let rows: Vec<Value> = hops
        .iter()
        .map(|hop| json!({"hop": hop["kind"], "what": without_kind(hop)}))
        .collect();
    table::rows(&[("HOP", "hop"), ("WHAT", "what")], &rows)
}

fn sentence(hop: &Value) -> String {
    let kind = hop["kind"].as_str().unwrap_or_default();
    format!("{kind} {}", table::cell(&without_kind(hop)))
}

fn without_kind(hop: &Value) -> Value {
    let mut hop = hop.clone();
    if let Some(fields) = hop.as_object_mut() {
        fields.remove("kind");
    }
    hop
}
