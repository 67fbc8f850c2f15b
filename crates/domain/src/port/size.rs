//! What ports cost does not grow with how many there are: the same statements read the same rows at both sizes.

use super::list::{self, Filter};
use crate::context::Context;
use crate::cost::{Spent, cost};
use crate::derived;
use crate::fault::{Fault, Holder};
use crate::port::{self, NewPort, Port, PortChange};
use crate::subnet::{self, Subnet};
use crate::tx::Tx;
use crate::vpn::fixture::{self, run};

fn new(subnet: &Subnet, name: &str) -> NewPort {
    NewPort {
        subnet: subnet.head.id.clone(),
        name: name.to_owned(),
        device_owner: "compute:az".to_owned(),
        device_id: format!("device of {name}"),
        ..NewPort::default()
    }
}

/// Every second address is given back, so that the free ones lie in as many ranges as can be.
fn fill(tx: &mut Tx<'_>, cx: &mut Context<'_>, subnet: &Subnet, n: usize) -> Result<(), Fault> {
    let mut made = Vec::new();
    for at in 0..n {
        made.push(port::create(tx, cx, new(subnet, &format!("port {at}")))?);
    }
    for port in made.iter().step_by(2) {
        port::discard(tx, port)?;
    }
    Ok(())
}

/// The costs of everything that is done with ports beside those that are there.
fn costs(tx: &mut Tx<'_>, cx: &mut Context<'_>, subnet: &Subnet) -> Result<Vec<Spent>, Fault> {
    let project = subnet.head.project.clone();
    let mut costs = Vec::new();
    let mut spent = |what, cost: (u64, u64)| costs.push(Spent { what, cost });
    let (a, b, port) = cost(tx, |tx| port::create(tx, cx, new(subnet, "mine")))?;
    spent("create", (a, b));
    let chosen = NewPort {
        address: "10.1.200.7".parse().ok(),
        ..new(subnet, "chosen")
    };
    let (a, b, other) = cost(tx, |tx| port::create(tx, cx, chosen))?;
    spent("create with an address", (a, b));
    for (what, filter) in filters(&port) {
        let limit = if what == "subnet" { 10 } else { 64 };
        let (a, b, found) = cost(tx, |tx| {
            list::page(tx, &project, &filter, |_| true, None, limit)
        })?;
        assert!(
            what == "subnet" || ids(&found) == ids(std::slice::from_ref(&port)),
            "{what}"
        );
        spent(what, (a, b));
    }
    let (a, b, _) = cost(tx, |tx| subnet.space().free(tx))?;
    spent("count the free addresses", (a, b));
    let change = PortChange {
        name: Some("renamed".to_owned()),
        ..PortChange::default()
    };
    let (a, b, _) = cost(tx, |tx| port::update(tx, cx, &port.head.id, change))?;
    spent("update", (a, b));
    let (a, b, refused) = cost(tx, |tx| Ok(subnet::delete(tx, cx, None, &subnet.head.id)))?;
    assert!(matches!(refused, Err(Fault::InUse { by, .. }) if by == Holder::Service));
    spent("refuse to delete the subnet", (a, b));
    for port in [&port, &other] {
        let (a, b, ()) = cost(tx, |tx| port::discard(tx, port))?;
        spent("delete", (a, b));
    }
    Ok(costs)
}

fn ids(ports: &[Port]) -> Vec<&str> {
    ports.iter().map(|port| port.head.id.as_str()).collect()
}

fn filters(port: &Port) -> [(&'static str, Filter); 6] {
    let only = |text: &str| vec![text.to_owned()];
    let none = Filter::default;
    [
        (
            "id",
            Filter {
                ids: only(&port.head.id),
                ..none()
            },
        ),
        (
            "name",
            Filter {
                names: only(&port.name),
                ..none()
            },
        ),
        (
            "mac",
            Filter {
                macs: only(&port.mac),
                ..none()
            },
        ),
        (
            "address",
            Filter {
                addresses: only(&port.address.to_string()),
                ..none()
            },
        ),
        (
            "device",
            Filter {
                devices: only(&port.device_id),
                ..none()
            },
        ),
        (
            "subnet",
            Filter {
                subnets: only(port.subnet()),
                ..none()
            },
        ),
    ]
}

#[test]
fn ports_cost_the_same_however_many_there_are() {
    run(|tx, cx| {
        let subnet = fixture::wide(tx, cx)?;
        fill(tx, cx, &subnet, 100)?;
        let few = costs(tx, cx, &subnet)?;
        fill(tx, cx, &subnet, 900)?;
        let many = costs(tx, cx, &subnet)?;
        assert_eq!(few, many);
        Ok(())
    });
}

/// No two ports of a project have a hardware address, and what is derived can be derived anew.
#[test]
fn ports_are_told_apart_and_found_again() {
    run(|tx, cx| {
        let subnet = fixture::wide(tx, cx)?;
        fill(tx, cx, &subnet, 300)?;
        let project = subnet.head.project.clone();
        let mut macs: Vec<String> = tx
            .children::<Port>(&subnet.head.id)?
            .into_iter()
            .map(|port| port.mac)
            .collect();
        let all = macs.len();
        macs.sort_unstable();
        macs.dedup();
        assert_eq!(macs.len(), all);

        let free = subnet.space().free(tx)?;
        let port = port::create(tx, cx, new(&subnet, "mine"))?;
        for (attribute, value) in crate::Resource::indexed(&port) {
            let space = format!("index/port/{project}/{attribute}/{value}");
            vpcd_store::claim::clear(tx.rows(), &space)?;
        }
        let by_name = |tx: &mut Tx<'_>| tx.found::<Port>(&project, "name", "mine", None, 2);
        assert!(by_name(tx)?.is_empty());
        derived::complete(tx, cx)?;
        assert_eq!(ids(&by_name(tx)?), ids(&[port]));
        assert_eq!(subnet.space().free(tx)?, free - 1);
        Ok(())
    });
}
