//! What flow logs recorded: numbered in the order in which it came, the newest kept.

use std::net::IpAddr;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use vpcd_store::{claim, resource};

use super::FlowLog;
use crate::context::Context;
use crate::fault::Fault;
use crate::resource::{Head, Kind, Resource};
use crate::tx::Tx;

/// How a flow ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Action {
    /// It was let through.
    Accept,
    /// It was not.
    Reject,
}

/// One flow that a flow log recorded.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct FlowRecord {
    /// Head; the parent is the flow log.
    pub head: Head,
    /// The port at which it was seen.
    pub port: String,
    /// The flow.
    pub flow: Flow,
}

/// A flow of packets and its end.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Flow {
    /// When it was seen.
    pub at: Timestamp,
    /// Where it came from.
    pub source: IpAddr,
    /// Where it went.
    pub destination: IpAddr,
    /// Source port, 0 where the protocol has none.
    pub source_port: u16,
    /// Destination port, 0 where the protocol has none.
    pub destination_port: u16,
    /// Number of the protocol: 6 for TCP, 17 for UDP, 1 for ICMP.
    pub protocol: u8,
    /// Packets.
    pub packets: u64,
    /// Bytes.
    pub bytes: u64,
    /// How it ended.
    pub action: Action,
}

/// Records that a flow log keeps: the newest ones.
pub const KEPT: u64 = 10_000;

impl Resource for FlowRecord {
    const KIND: Kind = Kind::FlowRecord;

    fn head(&self) -> &Head {
        &self.head
    }

    fn head_mut(&mut self) -> &mut Head {
        &mut self.head
    }
}

/// Records a flow seen at a port, unless the log is off or does not take flows that ended so. The oldest record goes
/// when there are more than [`KEPT`].
pub fn record(
    tx: &mut Tx<'_>,
    cx: &mut Context<'_>,
    log: &FlowLog,
    port: &str,
    flow: Flow,
) -> Result<Option<FlowRecord>, Fault> {
    keep(tx, cx, log, port, flow, KEPT)
}

/// [`record`] with the number of records that stay.
pub(super) fn keep(
    tx: &mut Tx<'_>,
    cx: &mut Context<'_>,
    log: &FlowLog,
    port: &str,
    flow: Flow,
    kept: u64,
) -> Result<Option<FlowRecord>, Fault> {
    if !log.enabled || !log.traffic.takes(flow.action) {
        return Ok(None);
    }
    let mut head = Head::new::<FlowRecord>(cx, Some(&log.head.id)).settled();
    head.project.clone_from(&log.head.project);
    let record = FlowRecord {
        head,
        port: port.to_owned(),
        flow,
    };
    let records = space(&log.head.id);
    let newest = claim::floor(tx.rows(), &records, LAST)?;
    let number = newest.map_or(0, |row| numbered(&row.key) + 1);
    claim::take(tx.rows(), &records, &key(number), &record.head.id)?;
    tx.insert(&record)?;
    // Records go one by one as they came, so what is too old is at most one.
    if let Some(gone) = number.checked_sub(kept)
        && let Some(id) = claim::holder(tx.rows(), &records, &key(gone))?
        && let Some(old) = tx.any::<FlowRecord>(&id)?
    {
        tx.remove(&old)?;
    }
    Ok(Some(record))
}

/// Up to `limit` records of a flow log with their numbers, the oldest first, those after the given number.
pub fn records(
    tx: &mut Tx<'_>,
    log: &str,
    after: Option<u64>,
    limit: usize,
) -> Result<Vec<(u64, FlowRecord)>, Fault> {
    let after = after.map(key);
    let limit = i64::try_from(limit).unwrap_or(i64::MAX);
    let rows = claim::list(tx.rows(), &space(log), after.as_deref(), limit)?;
    let mut records = Vec::new();
    for row in rows {
        if let Some(record) = tx.any::<FlowRecord>(&row.owner)? {
            records.push((numbered(&row.key), record));
        }
    }
    Ok(records)
}

/// Forgets what a flow log recorded.
pub(super) fn clear(tx: &mut Tx<'_>, log: &str) -> Result<(), Fault> {
    claim::clear(tx.rows(), &space(log))?;
    resource::delete_parts(tx.rows(), Kind::FlowRecord.word(), log)?;
    Ok(())
}

fn space(log: &str) -> String {
    format!("flow_record/{log}")
}

const LAST: &str = "ffffffffffffffff";

fn key(number: u64) -> String {
    format!("{number:016x}")
}

fn numbered(key: &str) -> u64 {
    u64::from_str_radix(key, 16).unwrap_or(0)
}
