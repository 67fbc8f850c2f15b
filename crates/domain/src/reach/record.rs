//! What flow logs hear of a trace.

use crate::context::Context;
use crate::fault::Fault;
use crate::flow_log::{self, Action};
use crate::reach::packet::Flow;
use crate::reach::trace::Trace;
use crate::reach::verdict::Verdict;
use crate::tx::Tx;

/// Lengths of headers, in bytes: what the smallest packet of each protocol has.
const IP_HEADER: u64 = 20;
const IPV6_HEADER: u64 = 40;
const TCP_HEADER: u64 = 20;
const SHORT_HEADER: u64 = 8;

/// Tells the flow logs of each port that saw the packet or its answer; how many records that made.
pub fn record(tx: &mut Tx<'_>, cx: &mut Context<'_>, trace: &Trace) -> Result<usize, Fault> {
    let flow = trace.packet.flow;
    let there = tell(tx, cx, &trace.verdict, flow)?;
    let back = match &trace.reply {
        Some(reply) => tell(tx, cx, reply, flow.reply())?,
        None => 0,
    };
    Ok(there + back)
}

fn tell(
    tx: &mut Tx<'_>,
    cx: &mut Context<'_>,
    verdict: &Verdict,
    flow: Flow,
) -> Result<usize, Fault> {
    let (source_port, destination_port) = flow.ports().unwrap_or_default();
    let mut records = 0;
    for sighting in &verdict.seen {
        let seen = flow_log::Flow {
            at: cx.now,
            source: sighting.source,
            destination: sighting.destination,
            source_port,
            destination_port,
            protocol: flow.protocol(),
            packets: 1,
            bytes: length(flow, sighting.destination.is_ipv6()),
            action: match sighting.accepted {
                true => Action::Accept,
                false => Action::Reject,
            },
        };
        for log in flow_log::covering(tx, &sighting.port)? {
            let made = flow_log::record(tx, cx, &log, &sighting.port, seen.clone())?;
            records += usize::from(made.is_some());
        }
    }
    Ok(records)
}

fn length(flow: Flow, six: bool) -> u64 {
    let header = if six { IPV6_HEADER } else { IP_HEADER };
    header
        + match flow {
            Flow::Tcp { .. } => TCP_HEADER,
            Flow::Udp { .. } | Flow::Icmp { .. } | Flow::Icmp6 { .. } => SHORT_HEADER,
            Flow::Other(_) => 0,
        }
}
