//! The packet function over what is stored: the loading, and that plans hold all it needs.

use vpcd_net::Cidr;

use super::*;
use crate::bandwidth::NewBandwidth;
use crate::context::Context;
use crate::fault::Fault;
use crate::firewall::{self, NewFirewall};
use crate::lifecycle;
use crate::nat::dnat::{DnatInput, Protocol};
use crate::nat::snat::NewSnatRule;
use crate::nat::{self, NewNatGateway, Side, Size, Timeouts};
use crate::order::Terms;
use crate::peering::{self, NewPeering};
use crate::plan;
use crate::port::{self, NewPort, Port as StoredPort};
use crate::publicip::{self, Instance, InstanceKind, NewPublicIp};
use crate::registration::{self, NewRegistration, Service};
use crate::resource::Kind;
use crate::route_table::{self, Line, NewRoute, TableChange, Via};
use crate::security_group;
use crate::subnet::{self, NewSubnet, Subnet as StoredSubnet};
use crate::tx::Tx;
use crate::vpc::{self, NewVpc};
use crate::vpn::fixture;

fn subnet_of(tx: &mut Tx<'_>, cx: &mut Context<'_>, cidr: &str) -> Result<StoredSubnet, Fault> {
    let vpc = vpc::create(tx, cx, NewVpc::default())?;
    let new = NewSubnet {
        vpc: vpc.head.id,
        name: String::new(),
        description: String::new(),
        cidr: cidr.parse().unwrap(),
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

fn server(
    tx: &mut Tx<'_>,
    cx: &mut Context<'_>,
    subnet: &StoredSubnet,
) -> Result<StoredPort, Fault> {
    let new = NewPort {
        subnet: subnet.head.id.clone(),
        device_owner: "compute:a".to_owned(),
        ..NewPort::default()
    };
    port::create(tx, cx, new)
}

fn lead(
    tx: &mut Tx<'_>,
    cx: &mut Context<'_>,
    vpc: &str,
    destination: &str,
    via: Via,
    next_hop: &str,
) -> Result<(), Fault> {
    let table = route_table::default_of(tx, vpc)?;
    let route = NewRoute {
        destination: destination.parse().unwrap(),
        via,
        next_hop: next_hop.to_owned(),
        description: None,
        strict: false,
        source: None,
        line: Line::Only,
    };
    let change = TableChange {
        add: vec![route],
        ..TableChange::default()
    };
    route_table::update(tx, cx, &table.head.id, change).map(drop)
}

fn between(from: &StoredPort, to: &StoredPort) -> Question {
    let end = |port: &StoredPort| Endpoint {
        port: Some(port.head.id.clone()),
        ..Endpoint::default()
    };
    Question {
        project: Some("project".to_owned()),
        from: end(from),
        to: end(to),
        flow: Flow::new(6, 40_000, 80),
        family: None,
    }
}

fn to_address(from: &StoredPort, to: &str) -> Question {
    Question {
        to: Endpoint {
            address: Some(ip(to)),
            ..Endpoint::default()
        },
        ..between(from, from)
    }
}

#[test]
fn members_of_the_default_group_reach_each_other_and_nobody_else_reaches_them() {
    fixture::run(|tx, cx| {
        let subnet = subnet_of(tx, cx, "10.0.0.0/24")?;
        let (a, b) = (server(tx, cx, &subnet)?, server(tx, cx, &subnet)?);
        let found = trace(tx, &between(&a, &b))?;
        assert!(found.verdict.passes, "{found:#?}");
        assert!(found.reply.unwrap().passes);
        let group = security_group::default_of(tx, cx)?;
        let other = security_group::NewSecurityGroup {
            name: "other".to_owned(),
            ..Default::default()
        };
        let other = security_group::create(tx, cx, other)?;
        assert_ne!(group.head.id, other.head.id);
        let new = NewPort {
            subnet: subnet.head.id.clone(),
            security_groups: Some(vec![other.head.id]),
            ..NewPort::default()
        };
        let stranger = port::create(tx, cx, new)?;
        let found = trace(tx, &between(&stranger, &a))?;
        let refused = Hop::NoSecurityRule {
            port: a.head.id.clone(),
            direction: Direction::Ingress,
        };
        assert_eq!((found.verdict.decided_by, found.reply), (refused, None));
        let seen: Vec<bool> = found.verdict.seen.iter().map(|it| it.accepted).collect();
        assert_eq!(seen, [true, false]);
        Ok(())
    });
}

#[test]
fn a_firewall_of_the_subnet_counts_from_the_moment_it_is_bound() {
    fixture::run(|tx, cx| {
        let (near, far) = (subnet_of(tx, cx, "10.0.0.0/24")?, "10.0.0.0/24");
        let a = server(tx, cx, &near)?;
        let out = to_address(&a, "100.125.1.1");
        assert!(trace(tx, &out)?.verdict.passes);
        let new = NewFirewall {
            name: String::new(),
            description: String::new(),
            enterprise_project: String::new(),
            tags: Vec::new(),
            enabled: true,
            ingress: None,
            egress: None,
            ports: Vec::new(),
        };
        let wall = firewall::create(tx, cx, new)?;
        firewall::associate(tx, cx, &wall.head.id, vec![near.head.id.clone()])?;
        assert!(trace(tx, &out)?.verdict.passes, "a preset");
        let found = trace(tx, &to_address(&a, "192.0.2.1"))?.verdict;
        assert!(
            matches!(found.decided_by, Hop::NoFirewallRule { .. }),
            "{far}"
        );
        Ok(())
    });
}

#[test]
fn peered_networks_are_loaded_and_routes_of_both_decide() {
    fixture::run(|tx, cx| {
        let (near, far) = (
            subnet_of(tx, cx, "10.0.0.0/24")?,
            subnet_of(tx, cx, "10.1.0.0/24")?,
        );
        let (a, b) = (server(tx, cx, &near)?, server(tx, cx, &far)?);
        let new = NewPeering {
            name: "p".to_owned(),
            description: String::new(),
            vpc: near.vpc().to_owned(),
            peer_vpc: far.vpc().to_owned(),
            peer_project: None,
            ..NewPeering::default()
        };
        let id = peering::create(tx, cx, new)?.head.id;
        let question = between(&a, &b);
        let lost = trace(tx, &question)?.verdict;
        assert!(matches!(lost.decided_by, Hop::NoRoute { .. }));
        lead(tx, cx, near.vpc(), "10.1.0.0/16", Via::Peering, &id)?;
        let found = trace(tx, &question)?;
        assert!(found.verdict.passes, "{found:#?}");
        assert!(!found.reply.unwrap().passes, "no route back yet");
        lead(tx, cx, far.vpc(), "10.0.0.0/16", Via::Peering, &id)?;
        let found = trace(tx, &question)?;
        assert!(found.reply.is_some_and(|it| it.passes));
        // The receiver is found by its address in its network too.
        let named = Question {
            to: Endpoint {
                port: None,
                address: Some(b.address.into()),
                network: Some(far.vpc().to_owned()),
            },
            ..question
        };
        assert_eq!(trace(tx, &named)?.verdict, found.verdict);
        Ok(())
    });
}

#[test]
fn public_addresses_and_nat_gateways_lead_out() {
    fixture::run(|tx, cx| {
        let subnet = subnet_of(tx, cx, "10.0.0.0/24")?;
        let (a, b) = (server(tx, cx, &subnet)?, server(tx, cx, &subnet)?);
        let new = NewPublicIp {
            pool: "pool".to_owned(),
            address: None,
            alias: String::new(),
            port: Some(a.head.id.clone()),
            bandwidth: NewBandwidth::Dedicated {
                name: String::new(),
                size: 5,
                charge_mode: "traffic".to_owned(),
            },
            enterprise_project: String::new(),
        };
        let address = publicip::create(tx, cx, new)?;
        let out = trace(tx, &to_address(&a, "203.0.113.5"))?;
        assert_eq!(out.verdict.end, End::Internet);
        assert!(out.reply.is_some_and(|it| it.passes));
        let public = address.address.to_string();
        let into = Question {
            from: Endpoint {
                address: Some(ip("203.0.113.5")),
                ..Endpoint::default()
            },
            ..to_address(&a, &public)
        };
        let found = trace(tx, &into)?.verdict;
        assert!(matches!(found.decided_by, Hop::NoSecurityRule { .. }));
        let hairpin = trace(tx, &to_address(&b, &public))?.verdict;
        assert!(matches!(hairpin.decided_by, Hop::NoRoute { .. }));
        // A gateway without an address of its own leads nowhere.
        let new = NewRegistration {
            service: Service::NatGateway,
            project: "project".to_owned(),
            vpc: None,
            subnet: Some(subnet.head.id.clone()),
            machine: Default::default(),
            name: String::new(),
            flavor: String::new(),
        };
        let nat = registration::create(tx, cx, new)?;
        lead(tx, cx, subnet.vpc(), "0.0.0.0/0", Via::Nat, &nat.head.id)?;
        let dark = trace(tx, &to_address(&b, "203.0.113.5"))?.verdict;
        assert!(matches!(dark.decided_by, Hop::Blackhole { .. }));
        publicip::unbind(tx, cx, &address.head.id)?;
        let gateway = Instance {
            kind: InstanceKind::NatGateway,
            id: nat.head.id,
        };
        publicip::associate(tx, cx, &address.head.id, &gateway)?;
        let out = trace(tx, &to_address(&b, "203.0.113.5"))?;
        assert_eq!(out.verdict.end, End::Internet);
        assert!(matches!(out.verdict.decided_by, Hop::Route { .. }));
        assert!(out.reply.is_some_and(|it| it.passes));
        Ok(())
    });
}

/// The fabric follows.
fn settle(tx: &mut Tx<'_>, cx: &mut Context<'_>, target: &str) -> Result<(), Fault> {
    let plan = plan::target(tx, target)?;
    lifecycle::settled(tx, cx, target, &plan.seen)
}

#[test]
fn rules_of_a_nat_gateway_decide_both_ways() {
    fixture::run(|tx, cx| {
        let subnet = subnet_of(tx, cx, "10.0.0.0/24")?;
        let (a, b) = (server(tx, cx, &subnet)?, server(tx, cx, &subnet)?);
        let new = NewPublicIp {
            pool: "pool".to_owned(),
            address: None,
            alias: String::new(),
            port: None,
            bandwidth: NewBandwidth::Dedicated {
                name: String::new(),
                size: 5,
                charge_mode: "traffic".to_owned(),
            },
            enterprise_project: String::new(),
        };
        let public = publicip::create(tx, cx, new)?.address;
        let new = NewNatGateway {
            vpc: subnet.vpc().to_owned(),
            name: String::new(),
            size: Size::Units(1),
            addresses: vec![(Side::Both, vec![public])],
            timeouts: Timeouts::default(),
            protected: false,
            terms: Terms::Postpaid,
            tags: Vec::new(),
        };
        let gateway = nat::create(tx, cx, new)?.head;
        settle(tx, cx, &gateway.target)?;
        lead(tx, cx, subnet.vpc(), "0.0.0.0/0", Via::Nat, &gateway.id)?;
        let out = NewSnatRule {
            name: String::new(),
            source: (Cidr::new(a.address, 32).unwrap(), true),
            addresses: vec![public],
        };
        let rule = nat::snat::create(tx, cx, &gateway.id, out)?;
        let found = trace(tx, &to_address(&a, "203.0.113.5"))?;
        assert_eq!(found.verdict.end, End::Internet);
        let decided = Hop::NatRule {
            gateway: gateway.id.clone(),
            rule: rule.head.id.clone(),
        };
        assert_eq!(found.verdict.decided_by, decided);
        assert!(found.reply.is_some_and(|it| it.passes));
        let dark = trace(tx, &to_address(&b, "203.0.113.5"))?.verdict;
        assert!(matches!(dark.decided_by, Hop::Blackhole { .. }));
        let input = DnatInput {
            address: Some(public),
            private: Some(b.address),
            protocol: Some(Protocol::All),
            ..DnatInput::default()
        };
        nat::dnat::create(tx, cx, &gateway.id, input)?;
        let into = Question {
            from: Endpoint {
                address: Some(ip("203.0.113.5")),
                ..Endpoint::default()
            },
            ..to_address(&a, &public.to_string())
        };
        // The group of the far end still has its say.
        let found = trace(tx, &into)?.verdict;
        assert!(
            found
                .path
                .iter()
                .any(|hop| matches!(hop, Hop::NatRule { .. }))
        );
        assert!(matches!(found.decided_by, Hop::NoSecurityRule { .. }));
        let refused = nat::delete(tx, cx, &gateway.id);
        assert!(matches!(refused, Err(Fault::InUse { .. })), "{refused:?}");
        Ok(())
    });
}

#[test]
fn other_projects_and_ports_that_are_not_there_are_not_found() {
    fixture::run(|tx, cx| {
        let subnet = subnet_of(tx, cx, "10.0.0.0/24")?;
        let a = server(tx, cx, &subnet)?;
        let foreign = Question {
            project: Some("another".to_owned()),
            ..between(&a, &a)
        };
        let missing = |kind, id: &str| Fault::NotFound {
            kind,
            id: id.to_owned(),
        };
        assert_eq!(trace(tx, &foreign), Err(missing(Kind::Port, &a.head.id)));
        let end = |address: &str, network: &str| Question {
            to: Endpoint {
                port: None,
                address: Some(ip(address)),
                network: Some(network.to_owned()),
            },
            ..between(&a, &a)
        };
        assert_eq!(
            trace(tx, &end("10.0.0.77", subnet.vpc())),
            Err(missing(Kind::Port, "10.0.0.77"))
        );
        assert!(trace(tx, &end("10.0.0.77", "nowhere")).is_err());
        let nobody = Question {
            from: Endpoint::default(),
            ..between(&a, &a)
        };
        assert!(matches!(trace(tx, &nobody), Err(Fault::Invalid { .. })));
        Ok(())
    });
}

#[test]
fn every_row_of_a_plan_can_be_read_back() {
    fixture::run(|tx, cx| {
        let subnet = subnet_of(tx, cx, "10.0.0.0/24")?;
        server(tx, cx, &subnet)?;
        let group = security_group::default_of(tx, cx)?;
        for target in [format!("network/{}", subnet.vpc()), group.head.target] {
            let plan = plan::target(tx, &target)?;
            assert!(!plan.rows.is_empty(), "{target}");
            assert_eq!(plan.rows.len(), plan.seen.len(), "{target}");
            Snapshot::from_plans([&plan])?;
        }
        Ok(())
    });
}

#[test]
fn a_connection_leads_to_its_far_end_and_back() {
    fixture::run(|tx, cx| {
        let subnet = fixture::network(tx, cx)?;
        let (gateway, made) = fixture::connected(tx, cx, &subnet, "172.16.0.0/16")?;
        let a = server(tx, cx, &subnet)?;
        let out = trace(tx, &to_address(&a, "172.16.0.5"))?;
        let end = End::FarEnd {
            connection: made.head.id.clone(),
        };
        assert_eq!(out.verdict.end, end, "{out:#?}");
        assert!(out.reply.is_some_and(|it| it.passes));
        // The address of the gateway is the gateway's own.
        let slot = gateway.slots[0].as_ref().unwrap();
        let knock = Question {
            from: Endpoint {
                address: Some(ip("198.51.100.7")),
                ..Endpoint::default()
            },
            ..to_address(&a, &slot.address.to_string())
        };
        let end = End::Gateway {
            gateway: gateway.head.id,
        };
        assert_eq!(trace(tx, &knock)?.verdict.end, end);
        Ok(())
    });
}
