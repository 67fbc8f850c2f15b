//! Would this packet pass, and what decides?

use std::net::IpAddr;

use serde::Deserialize;
use serde_json::{Value, json};
use vpcd_dialect::Reply;
use vpcd_domain::flow_log::{self, FlowLog, FlowRecord};
use vpcd_domain::protocol;
use vpcd_domain::reach::{self, Endpoint, Flow, Question, Trace};
use vpcd_domain::{Fault, Kind};
use vpcd_net::Family;

use super::ask::Ask;
use super::ok;
use super::refused::Refused;

/// The source port of a packet whose sender says none: one of those that systems choose by themselves.
const SOURCE_PORT: u16 = 49_152;
/// Type and code of an echo request.
const ECHO: (u16, u16) = (8, 0);
const ECHO6: (u16, u16) = (128, 0);

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Packet {
    project: Option<String>,
    from: End,
    to: End,
    #[serde(default)]
    protocol: Option<Protocol>,
    ip_version: Option<u8>,
    port: Option<u16>,
    source_port: Option<u16>,
    icmp_type: Option<u8>,
    icmp_code: Option<u8>,
    #[serde(default)]
    record: bool,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct End {
    port: Option<String>,
    address: Option<IpAddr>,
    network: Option<String>,
}

#[derive(Deserialize)]
#[serde(untagged)]
enum Protocol {
    Number(u8),
    Word(String),
}

/// Records of one page, when the request does not say.
const PAGE: usize = 100;
const PAGE_MAX: usize = 1000;

/// Walks a packet, and its answer, through what is stored now; with `record` the flow logs hear of it.
pub(super) fn trace(ask: &Ask<'_>) -> Result<Reply, Refused> {
    let packet: Packet = ask.body()?;
    let record = packet.record;
    let question = question(packet)?;
    let trace = ask.read(move |tx, _| reach::trace(tx, &question))?;
    let mut body = shown(&trace);
    if record {
        // The walk reads whole networks: that is not done while everybody who writes waits.
        let recorded = ask.write(move |tx, cx| reach::record(tx, cx, &trace))?;
        body["recorded"] = json!(recorded);
    }
    ok(body)
}

/// A page of what a flow log recorded: what follows the record with the number `after`.
pub(super) fn records(ask: &Ask<'_>) -> Result<Reply, Refused> {
    let id = ask.param(0).to_owned();
    let after: Option<u64> = ask.number("after", 0, u64::MAX)?;
    let limit = ask.number("limit", 1, PAGE_MAX)?.unwrap_or(PAGE);
    let records = ask.read(move |tx, _| {
        let log = tx.any::<FlowLog>(&id)?.ok_or_else(|| Fault::NotFound {
            kind: Kind::FlowLog,
            id: id.clone(),
        })?;
        flow_log::records(tx, &log.head.id, after, limit)
    })?;
    let next = records.last().map(|(number, _)| *number).or(after);
    let rows: Vec<Value> = records.iter().map(record_json).collect();
    ok(json!({"records": rows, "next": next}))
}

fn record_json((number, record): &(u64, FlowRecord)) -> Value {
    let mut row = json!(record.flow);
    row["number"] = json!(number);
    row["port"] = json!(record.port);
    row
}

fn question(packet: Packet) -> Result<Question, Refused> {
    let family = family(&packet)?;
    let flow = flow(&packet, family)?;
    let end = |end: End| Endpoint {
        port: end.port,
        address: end.address,
        network: end.network,
    };
    Ok(Question {
        project: packet.project,
        from: end(packet.from),
        to: end(packet.to),
        flow,
        family: Some(family),
    })
}

/// The family that the request says, or that of the addresses that it names.
fn family(packet: &Packet) -> Result<Family, Refused> {
    let ends = [packet.from.address, packet.to.address];
    let mut named = ends.into_iter().flatten().map(Family::of);
    let said = match packet.ip_version {
        None => None,
        Some(4) => Some(Family::V4),
        Some(6) => Some(Family::V6),
        Some(_) => return Err(Refused::bad("ip_version: 4 or 6")),
    };
    let family = said.or_else(|| named.clone().next()).unwrap_or(Family::V4);
    match named.all(|it| it == family) {
        true => Ok(family),
        false => Err(Refused::bad("address: both ends are of one family")),
    }
}

fn flow(packet: &Packet, family: Family) -> Result<Flow, Refused> {
    let unknown =
        || Refused::bad("protocol: a word such as tcp, udp or icmp, or a number from 0 to 255");
    let number = match &packet.protocol {
        None => protocol::number("tcp", family),
        Some(Protocol::Number(number)) => Some(*number),
        Some(Protocol::Word(word)) => protocol::number(word, family),
    };
    let number = number.ok_or_else(unknown)?;
    match Flow::new(number, 0, 0) {
        Flow::Icmp { .. } | Flow::Icmp6 { .. }
            if packet.port.is_some() || packet.source_port.is_some() =>
        {
            Err(Refused::bad("port: icmp has none").hint("say icmp_type and icmp_code"))
        }
        asked @ (Flow::Icmp { .. } | Flow::Icmp6 { .. }) => {
            let echo = match asked {
                Flow::Icmp6 { .. } => ECHO6,
                _ => ECHO,
            };
            let kind = packet.icmp_type.map_or(echo.0, u16::from);
            Ok(Flow::new(
                number,
                kind,
                packet.icmp_code.map_or(echo.1, u16::from),
            ))
        }
        Flow::Tcp { .. } | Flow::Udp { .. } => {
            let port = packet.port.filter(|port| *port > 0);
            let port = port.ok_or_else(|| Refused::bad("port: a number from 1 to 65535"))?;
            Ok(Flow::new(
                number,
                packet.source_port.unwrap_or(SOURCE_PORT),
                port,
            ))
        }
        other => Ok(other),
    }
}

fn shown(trace: &Trace) -> Value {
    let mut body = json!(trace.verdict);
    body["reply"] = json!(trace.reply);
    body
}
