//! Who is watched, and what is kept.

use std::net::Ipv4Addr;

use jiff::Timestamp;

use super::record::keep;
use super::*;
use crate::port::{self, NewPort};
use crate::vpn::fixture::{network, run};

fn log(watched: Watched, resource: &str, traffic: Traffic) -> NewFlowLog {
    NewFlowLog {
        name: String::new(),
        description: String::new(),
        watched,
        resource: resource.to_owned(),
        traffic,
        log_group: "group".to_owned(),
        log_topic: "topic".to_owned(),
        indexed: false,
    }
}

fn flow(number: u64, action: Action) -> Flow {
    Flow {
        at: Timestamp::from_second(1_767_225_600).unwrap(),
        source: Ipv4Addr::new(10, 0, 1, 2).into(),
        destination: Ipv4Addr::new(10, 0, 1, 3).into(),
        source_port: 40_000,
        destination_port: 443,
        protocol: 6,
        packets: number,
        bytes: 0,
        action,
    }
}

#[test]
fn a_port_is_watched_by_its_own_log_and_those_above_it() {
    run(|tx, cx| {
        let subnet = network(tx, cx)?;
        let new = NewPort {
            subnet: subnet.head.id.clone(),
            device_owner: "compute:az".to_owned(),
            ..NewPort::default()
        };
        let (mine, other) = (
            port::create(tx, cx, new.clone())?,
            port::create(tx, cx, new)?,
        );
        let own = create(tx, cx, log(Watched::Port, &mine.head.id, Traffic::All))?;
        let inner = create(
            tx,
            cx,
            log(Watched::Subnet, &subnet.head.id, Traffic::Accept),
        )?;
        let outer = create(tx, cx, log(Watched::Network, subnet.vpc(), Traffic::Reject))?;
        assert_eq!(
            covering(tx, &mine.head.id)?,
            [own.clone(), inner.clone(), outer.clone()]
        );
        assert_eq!(
            covering(tx, &other.head.id)?,
            [inner.clone(), outer.clone()]
        );

        for (log, taken) in [(&own, 2), (&inner, 1), (&outer, 1)] {
            for action in [Action::Accept, Action::Reject] {
                record(tx, cx, log, &mine.head.id, flow(1, action))?;
            }
            assert_eq!(records(tx, &log.head.id, None, 9)?.len(), taken);
        }
        let off = FlowLogChange {
            enabled: Some(false),
            ..FlowLogChange::default()
        };
        let off = update(tx, cx, &own.head.id, off)?;
        assert_eq!(record(tx, cx, &off, "port", flow(1, Action::Accept))?, None);
        delete(tx, cx, &own.head.id)?;
        assert!(records(tx, &own.head.id, None, 9)?.is_empty());
        assert_eq!(covering(tx, &mine.head.id)?, [inner, outer]);
        Ok(())
    });
}

#[test]
fn the_newest_records_are_kept() {
    run(|tx, cx| {
        let subnet = network(tx, cx)?;
        let log = create(tx, cx, log(Watched::Subnet, &subnet.head.id, Traffic::All))?;
        for number in 0..13 {
            keep(tx, cx, &log, "port", flow(number, Action::Accept), 8)?;
        }
        let oldest = records(tx, &log.head.id, None, 2)?;
        assert_eq!(oldest.iter().map(|it| it.0).collect::<Vec<_>>(), [5, 6]);
        let last = records(tx, &log.head.id, Some(11), 9)?;
        assert_eq!(last.len(), 1);
        assert_eq!(last[0].1.flow.packets, 12);
        delete(tx, cx, &log.head.id)?;
        let left: Vec<FlowRecord> = tx.list("project", None, 1)?;
        assert!(left.is_empty());
        Ok(())
    });
}
