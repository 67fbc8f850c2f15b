//! What lists of addresses and interfaces find costs the same however many others there are.

use super::search::{Doing, Keys, among, narrowed};
use super::{NewPublicIp, PublicIp, bind_free_at, create};
use crate::address_group::{self, NewAddressGroup};
use crate::bandwidth::NewBandwidth;
use crate::context::Context;
use crate::cost::{Spent, cost};
use crate::fault::Fault;
use crate::interface::{self, NewInterface};
use crate::operator;
use crate::pool::{self, Pool};
use crate::port::{NewPort, Port};
use crate::resource::Resource;
use crate::security_group::{self, NewSecurityGroup};
use crate::security_rule::{self, Direction, NewRule, Remote};
use crate::subnet::Subnet;
use crate::tx::Tx;
use crate::vpn::fixture;

fn address(tx: &mut Tx<'_>, cx: &mut Context<'_>, name: &str) -> Result<PublicIp, Fault> {
    let new = NewPublicIp {
        pool: "wide".to_owned(),
        address: None,
        alias: name.to_owned(),
        port: None,
        bandwidth: NewBandwidth::Dedicated {
            name: String::new(),
            size: 5,
            charge_mode: "traffic".to_owned(),
        },
        enterprise_project: "0".to_owned(),
    };
    create(tx, cx, new)
}

fn nic(
    tx: &mut Tx<'_>,
    cx: &mut Context<'_>,
    subnet: &Subnet,
    address: Option<&str>,
    groups: &[String],
) -> Result<Port, Fault> {
    let new = NewInterface {
        port: NewPort {
            subnet: subnet.head.id.clone(),
            address: address.and_then(|it| it.parse().ok()),
            security_groups: Some(groups.to_vec()),
            ..NewPort::default()
        },
        ..NewInterface::default()
    };
    interface::create(tx, cx, new)
}

/// A bound address and an interface for each that is free, both of no interest, and rules that nobody counts.
fn crowd(
    tx: &mut Tx<'_>,
    cx: &mut Context<'_>,
    subnet: &Subnet,
    (group, set): (&str, &str),
    numbers: std::ops::Range<u16>,
) -> Result<(), Fault> {
    for n in numbers {
        let name = format!("other {n}");
        let port = nic(tx, cx, subnet, None, &[group.to_owned()])?;
        let it = address(tx, cx, &name)?;
        bind_free_at(tx, cx, &it.head.id, &port.head.id, port.address)?;
        address(tx, cx, &name)?;
        let remote = Remote::AddressGroup(set.to_owned());
        let rule = NewRule {
            priority: n + 1,
            ..NewRule::allow(Direction::Ingress, vpcd_net::Family::V4, remote)
        };
        security_rule::create(tx, cx, group, rule)?;
    }
    Ok(())
}

fn ids<T: Resource>(found: &[T]) -> Vec<&str> {
    found.iter().map(|it| it.head().id.as_str()).collect()
}

/// The costs of the lists that name `mine`, and of the numbers that are shown beside a group and a set.
fn costs(
    tx: &mut Tx<'_>,
    cx: &Context<'_>,
    (mine, port): (&PublicIp, &Port),
    (group, set): (&str, &str),
) -> Result<Vec<Spent>, Fault> {
    let project = cx.caller.project.clone();
    let mut costs = Vec::new();
    let private = vec![port.address.to_string()];
    for (what, keys, limit) in [
        (
            "name",
            Keys {
                names: vec!["mine".to_owned()],
                ..Keys::default()
            },
            100,
        ),
        (
            "private address",
            Keys {
                private,
                ..Keys::default()
            },
            100,
        ),
        (
            "stopped",
            Keys {
                doing: vec![Doing::Stopped],
                ..Keys::default()
            },
            100,
        ),
    ] {
        let (a, b, found) = cost(tx, |tx| narrowed(tx, &project, &keys, None, limit))?;
        assert_eq!(ids(&found), [mine.head.id.as_str()], "{what}");
        costs.push(Spent { what, cost: (a, b) });
        let (a, b, found) = cost(tx, |tx| among(tx, cx, &keys))?;
        assert_eq!(found.map(|it| it.len()), Some(1), "{what}");
        costs.push(Spent { what, cost: (a, b) });
    }
    for (what, doing, many) in [
        ("a page of the free ones", Doing::Free, 20),
        ("a page of the bound ones", Doing::Bound, 20),
        ("those on their way", Doing::Pending, 0),
    ] {
        let keys = Keys {
            doing: vec![doing],
            ..Keys::default()
        };
        let (a, b, found) = cost(tx, |tx| narrowed(tx, &project, &keys, None, 20))?;
        assert_eq!(found.len(), many, "{what}");
        costs.push(Spent { what, cost: (a, b) });
    }
    let at = (port.head.target.as_str(), "255.250");
    let (a, b, found) = cost(tx, |tx| interface::ending(tx, &project, at, None, 20))?;
    assert_eq!(ids(&found), [port.head.id.as_str()]);
    let what = "the end of an address";
    costs.push(Spent { what, cost: (a, b) });
    let (a, b, judged) = cost(tx, |tx| security_group::judged(tx, group))?;
    assert!(judged > 20);
    let what = "ports of a group";
    costs.push(Spent { what, cost: (a, b) });
    let (a, b, naming) = cost(tx, |tx| security_rule::naming(tx, set))?;
    assert_eq!(naming, 1);
    let what = "groups that name a set";
    costs.push(Spent { what, cost: (a, b) });
    Ok(costs)
}

#[test]
fn addresses_are_found_at_the_same_cost_however_many_there_are() {
    fixture::run(|tx, cx| {
        let wide = Pool::new("wide", vec!["100.64.0.0/16".parse().unwrap()], "center");
        pool::define(tx, &wide)?;
        let subnet = fixture::wide(tx, cx)?;
        let group = security_group::create(tx, cx, NewSecurityGroup::default())?
            .head
            .id;
        let set = NewAddressGroup {
            name: "set".to_owned(),
            description: String::new(),
            family: vpcd_net::Family::V4,
            capacity: 20,
            entries: Vec::new(),
            enterprise_project: "0".to_owned(),
        };
        let set = address_group::create(tx, cx, set)?.head.id;
        crowd(tx, cx, &subnet, (&group, &set), 0..30)?;
        let port = nic(tx, cx, &subnet, Some("10.1.255.250"), &[])?;
        let mine = address(tx, cx, "mine")?;
        bind_free_at(tx, cx, &mine.head.id, &port.head.id, port.address)?;
        operator::set_condition(tx, cx, "frozen", &mine.head.id, Some(&true.into()))?;
        let few = costs(tx, cx, (&mine, &port), (&group, &set))?;
        crowd(tx, cx, &subnet, (&group, &set), 30..150)?;
        assert_eq!(costs(tx, cx, (&mine, &port), (&group, &set))?, few);
        Ok(())
    });
}
