//! What ports cost does not grow with how many there are: the same statements read the same rows at both sizes.

use vpcd_store::{Error, Record, Tx as Rows, Value};

use super::list::{self, Filter};
use crate::context::Context;
use crate::derived;
use crate::fault::{Fault, Holder};
use crate::lifecycle::Profile;
use crate::port::{self, NewPort, Port, PortChange};
use crate::subnet::{self, NewSubnet, Subnet};
use crate::tx::Tx;
use crate::vpc::{self, NewVpc};
use crate::vpn::fixture::run;

/// Passes everything on, and counts statements and the rows that they answer or change.
struct Counter<'t> {
    rows: &'t mut dyn Rows,
    statements: u64,
    touched: u64,
}

impl Rows for Counter<'_> {
    fn execute(&mut self, sql: &'static str, params: &[Value<'_>]) -> Result<u64, Error> {
        let changed = self.rows.execute(sql, params)?;
        self.statements += 1;
        self.touched += changed;
        Ok(changed)
    }

    fn query(
        &mut self,
        sql: &'static str,
        params: &[Value<'_>],
        each: &mut dyn FnMut(&dyn Record) -> Result<(), Error>,
    ) -> Result<(), Error> {
        self.statements += 1;
        let touched = &mut self.touched;
        self.rows.query(sql, params, &mut |record| {
            *touched += 1;
            each(record)
        })
    }
}

/// What the work costs: statements, and rows that they touch.
fn cost<T>(
    tx: &mut Tx<'_>,
    work: impl FnOnce(&mut Tx<'_>) -> Result<T, Fault>,
) -> Result<(u64, u64, T), Fault> {
    let mut counter = Counter {
        rows: tx.rows(),
        statements: 0,
        touched: 0,
    };
    let done = work(&mut Tx::new(&mut counter, true, Profile::default()))?;
    Ok((counter.statements, counter.touched, done))
}

/// A network with a subnet of 64k addresses.
fn large(tx: &mut Tx<'_>, cx: &mut Context<'_>) -> Result<Subnet, Fault> {
    let vpc = vpc::create(tx, cx, NewVpc::default())?;
    let new = NewSubnet {
        vpc: vpc.head.id,
        name: "large".to_owned(),
        description: String::new(),
        cidr: "10.1.0.0/16".parse().unwrap(),
        gateway: None,
        dhcp: true,
        dns: Vec::new(),
        dhcp_options: Vec::new(),
        zone: String::new(),
        purpose: String::new(),
        ipv6: false,
        tags: Vec::new(),
    };
    subnet::create(tx, cx, new)
}

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

#[derive(Debug, PartialEq)]
struct Spent {
    what: &'static str,
    cost: (u64, u64),
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
        let subnet = large(tx, cx)?;
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
        let subnet = large(tx, cx)?;
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
