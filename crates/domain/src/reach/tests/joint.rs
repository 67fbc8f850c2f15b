//! Groups whose rules are judged together, and what narrows a rule beyond its far end.

use super::*;
use crate::plan::row::{AddressBundle, AddressGroup};

/// Two groups on the receiver: the first lets everything in late, the second denies port 22 early.
fn two(joint: bool) -> World {
    let late = SecurityRule {
        priority: 1000,
        ..allow("a", Direction::Ingress)
    };
    let early = SecurityRule {
        action: Action::Deny,
        priority: 1,
        protocol: Some(6),
        ports: "22".parse().unwrap(),
        ..allow("z", Direction::Ingress)
    };
    let group = |id: &str| SecurityGroup {
        name: id.to_owned(),
        joint,
    };
    pair()
        .group("a", vec![late])
        .group("z", vec![early])
        .put("security_group/a", &group("a"))
        .put("security_group/z", &group("z"))
        .port("t", "b", "10.0.1.2", &["a", "z"])
}

fn decided(world: &World, packet: &Packet) -> (String, Action) {
    match world.judge(packet).decided_by {
        Hop::SecurityRule { rule, action, .. } => (rule, action),
        other => panic!("{other:?}"),
    }
}

#[test]
fn joint_groups_are_one_list_by_priority_and_others_are_asked_in_turn() {
    let packet = tcp("a", "10.0.1.2", 22);
    assert_eq!(decided(&two(true), &packet), ("z-0".into(), Action::Deny));
    assert_eq!(decided(&two(false), &packet), ("a-0".into(), Action::Allow));
    let other = tcp("a", "10.0.1.2", 23);
    assert_eq!(decided(&two(true), &other), ("a-0".into(), Action::Allow));
}

#[test]
fn a_rule_may_be_about_one_address_of_the_port_and_about_source_ports() {
    let only = |rule: SecurityRule| {
        let out = allow("g", Direction::Egress);
        pair().group("g", vec![rule, out])
    };
    let about = |address: &str| SecurityRule {
        local: Some(address.parse().unwrap()),
        ..allow("g", Direction::Ingress)
    };
    let packet = tcp("a", "10.0.1.2", 80);
    only(about("10.0.1.2")).must_pass(&packet);
    only(about("10.0.1.3")).refusal(&packet);
    let from = |ports: &str| SecurityRule {
        protocol: Some(6),
        source_ports: ports.parse().unwrap(),
        ..allow("g", Direction::Ingress)
    };
    only(from("40000")).must_pass(&packet);
    only(from("1-1024")).refusal(&packet);
}

#[test]
fn a_bundle_has_the_addresses_of_all_its_groups() {
    let list = |span: &str| AddressGroup {
        family: Family::V4,
        spans: vec![span.parse().unwrap()],
    };
    let bundle = AddressBundle {
        groups: vec!["far".to_owned(), "near".to_owned()],
    };
    let only = SecurityRule {
        remote: Remote::AddressBundle("all".to_owned()),
        ..allow("g", Direction::Ingress)
    };
    let world = pair()
        .put("address_group/far", &list("192.168.0.0/16"))
        .put("address_bundle/all", &bundle)
        .group("g", vec![only, allow("g", Direction::Egress)]);
    let packet = tcp("a", "10.0.1.2", 80);
    world.refusal(&packet);
    world
        .put("address_group/near", &list("10.0.0.0/24"))
        .must_pass(&packet);
}
