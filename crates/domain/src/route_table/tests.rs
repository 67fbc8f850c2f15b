//! Routes that tenants and gateways share, what they hold, and which table routes which subnet.

use std::net::Ipv4Addr;

use vpcd_net::Prefix;

use super::*;
use crate::context::{Caller, Ids};
use crate::fault::RouteRefusal;
use crate::peering::{self, NewPeering, Peering};
use crate::port::{self, NewPort};
use crate::registration::{self, NewRegistration, Service};
use crate::subnet;
use crate::vpc::{self, NewVpc};
use crate::vpn::connection;
use crate::vpn::fixture::{connected, customer, gateway, network, new_connection, run, settle};

fn block(text: &str) -> Prefix {
    text.parse().unwrap()
}

fn to_hop(destination: &str, via: Via, next_hop: &str) -> TableChange {
    let route = NewRoute {
        destination: block(destination),
        via,
        next_hop: next_hop.to_owned(),
        description: None,
        strict: true,
        source: None,
        line: Line::Only,
    };
    TableChange {
        add: vec![route],
        ..TableChange::default()
    }
}

fn refusal<T: std::fmt::Debug>(result: Result<T, Fault>) -> RouteRefusal {
    match result {
        Err(Fault::Route { refusal, .. }) => refusal,
        other => panic!("{other:?}"),
    }
}

#[test]
fn gateways_and_tenants_share_the_destinations_of_the_default_table() {
    run(|tx, cx| {
        let subnet = network(tx, cx)?;
        let gateway = gateway(tx, cx, &subnet)?;
        let connection = |tx: &mut Tx<'_>, cx: &mut Context<'_>, slot, peer: &str| {
            let customer = customer(tx, cx)?;
            let new = new_connection(&gateway, slot, &customer, peer);
            connection::create(tx, cx, vec![new])
        };
        let table = default_of(tx, subnet.vpc())?.head.id;
        update(tx, cx, &table, to_hop("192.168.0.0/24", Via::Router, "any"))?;
        let taken = connection(tx, cx, 0, "192.168.0.0/24");
        assert_eq!(refusal(taken), RouteRefusal::Taken);
        connection(tx, cx, 0, "192.168.1.0/24")?;
        settle(tx, cx, &gateway)?;
        let again = update(tx, cx, &table, to_hop("192.168.1.0/24", Via::Router, "any"));
        assert_eq!(refusal(again), RouteRefusal::Taken);
        let table = default_of(tx, subnet.vpc())?;
        let view = view(tx, table)?;
        let learned = vec![(block("192.168.1.0/24"), gateway.head.id.clone())];
        assert_eq!(view.learned, learned);
        let change = TableChange {
            remove: vec![block("192.168.0.0/24")],
            ..TableChange::default()
        };
        update(tx, cx, &view.table.head.id, change)?;
        connection(tx, cx, 1, "192.168.0.0/24").map(drop)
    });
}

#[test]
fn what_a_route_leads_to_stays_until_the_route_goes() {
    run(|tx, cx| {
        let home = network(tx, cx)?;
        let port = port::create(
            tx,
            cx,
            NewPort {
                subnet: home.head.id.clone(),
                ..NewPort::default()
            },
        )?;
        let table = default_of(tx, home.vpc())?.head.id;
        update(
            tx,
            cx,
            &table,
            to_hop("0.0.0.0/0", Via::Port, &port.head.id),
        )?;
        let address = port.address.to_string();
        update(tx, cx, &table, to_hop("23.0.0.0/8", Via::Address, &address))?;
        for route in ["0.0.0.0/0", "23.0.0.0/8"] {
            let held = port::delete(tx, cx, &port.head.id);
            assert!(
                matches!(
                    held,
                    Err(Fault::InUse {
                        by: Holder::Route,
                        ..
                    })
                ),
                "{held:?}"
            );
            let change = TableChange {
                remove: vec![block(route)],
                ..TableChange::default()
            };
            update(tx, cx, &table, change)?;
        }
        port::delete(tx, cx, &port.head.id)?;
        let bare: Ipv4Addr = "10.0.1.77".parse().unwrap();
        set_extra(tx, cx, home.vpc(), &[("0.0.0.0/0".parse().unwrap(), bare)])?;
        let held = subnet::delete(tx, cx, None, &home.head.id);
        assert!(matches!(
            held,
            Err(Fault::InUse {
                by: Holder::Route,
                ..
            })
        ));
        set_extra(tx, cx, home.vpc(), &[])?;
        subnet::delete(tx, cx, None, &home.head.id)
    });
}

#[test]
fn a_table_of_its_own_routes_a_subnet_until_it_is_taken_away() {
    run(|tx, cx| {
        let home = network(tx, cx)?;
        let new = NewTable {
            vpc: home.vpc().to_owned(),
            ..NewTable::default()
        };
        let own = create(tx, cx, new)?;
        let ids = [home.head.id.clone()];
        associate(tx, cx, &own.head.id, &ids)?;
        let now: Subnet = tx.get("project", &home.head.id)?;
        assert_eq!(of_subnet(tx, &now)?.head.id, own.head.id);
        assert_eq!(subnets(tx, &own)?, ids);
        let default = default_of(tx, home.vpc())?;
        assert!(subnets(tx, &default)?.is_empty());
        assert!(delete(tx, cx, &own.head.id).is_err());
        associate(tx, cx, &default.head.id, &ids)?;
        assert_eq!(subnets(tx, &default)?, ids);
        assert!(dissociate(tx, cx, &own.head.id, &ids).is_err());
        delete(tx, cx, &own.head.id)
    });
}

#[test]
fn a_peering_carries_routes_only_while_both_sides_want_it() {
    run(|tx, cx| {
        let home = network(tx, cx)?;
        let stranger = Caller {
            project: "theirs".to_owned(),
            ..cx.caller.clone()
        };
        let mut there = Context {
            caller: &stranger,
            now: cx.now,
            ids: Ids::new([2; 32]),
            policy: cx.policy,
            vault: cx.vault,
        };
        let peer = vpc::create(tx, &mut there, NewVpc::default())?;
        let ask = NewPeering {
            name: "p".to_owned(),
            description: String::new(),
            vpc: home.vpc().to_owned(),
            peer_vpc: peer.head.id.clone(),
            peer_project: Some("theirs".to_owned()),
            ..NewPeering::default()
        };
        let it: Peering = peering::create(tx, cx, ask.clone())?;
        let table = default_of(tx, home.vpc())?.head.id;
        let change = to_hop("172.16.0.0/12", Via::Peering, &it.head.id);
        let early = update(tx, cx, &table, change.clone());
        assert_eq!(refusal(early), RouteRefusal::NextHop);
        assert!(peering::answer(tx, cx, &it.head.id, true).is_err());
        peering::answer(tx, &mut there, &it.head.id, true)?;
        update(tx, cx, &table, change)?;
        assert!(vpc::delete(tx, &mut there, &peer.head.id).is_err());
        peering::delete(tx, &mut there, &it.head.id)?;
        assert!(peering::of_vpc(tx, home.vpc())?.is_empty());
        vpc::delete(tx, &mut there, &peer.head.id)
    });
}

#[test]
fn routes_to_a_gateway_of_vpns_go_with_it() {
    run(|tx, cx| {
        let subnet = network(tx, cx)?;
        let (gateway, made) = connected(tx, cx, &subnet, "192.168.1.0/24")?;
        settle(tx, cx, &gateway)?;
        let table = default_of(tx, subnet.vpc())?.head.id;
        let hops = [&gateway.head.id, &made.head.id];
        for (to, hop) in ["172.16.0.0/16", "2001:db8:ff00::/40"].iter().zip(hops) {
            update(tx, cx, &table, to_hop(to, Via::Vpn, hop))?;
        }
        update(
            tx,
            cx,
            &table,
            to_hop("172.17.0.0/16", Via::Vpn, "of a kind not modelled"),
        )?;
        crate::vpn::gateway::delete(tx, cx, &gateway.head.id)?;
        let late = to_hop("172.18.0.0/16", Via::Vpn, &gateway.head.id);
        assert_eq!(refusal(update(tx, cx, &table, late)), RouteRefusal::NextHop);
        assert_eq!(default_of(tx, subnet.vpc())?.routes.len(), 3);
        crate::vpn::gateway::gone(tx, cx, &gateway.head.id)?;
        let left = default_of(tx, subnet.vpc())?.routes;
        assert_eq!(left.len(), 1, "{left:?}");
        // What was taken is free again.
        update(tx, cx, &table, to_hop("172.16.0.0/16", Via::Line, "any")).map(drop)
    });
}

#[test]
fn a_server_stays_registered_while_a_route_leads_to_it() {
    run(|tx, cx| {
        let home = network(tx, cx)?;
        let new = |subnet: Option<String>, vpc: Option<String>| NewRegistration {
            service: Service::Instance,
            project: "project".to_owned(),
            vpc,
            subnet,
            machine: registration::Machine::default(),
            name: String::new(),
            flavor: String::new(),
        };
        let inside = registration::create(tx, cx, new(Some(home.head.id.clone()), None))?;
        let bare = registration::create(tx, cx, new(None, Some(home.vpc().to_owned())))?;
        let table = default_of(tx, home.vpc())?.head.id;
        for (to, server) in [("172.16.0.0/16", &inside), ("172.17.0.0/16", &bare)] {
            update(tx, cx, &table, to_hop(to, Via::Instance, &server.head.id))?;
            let held = registration::remove(tx, cx, &server.head.id);
            let by_route = matches!(
                held,
                Err(Fault::InUse {
                    by: Holder::Route,
                    ..
                })
            );
            assert!(by_route, "{held:?}");
            let change = TableChange {
                remove: vec![block(to)],
                ..TableChange::default()
            };
            update(tx, cx, &table, change)?;
            registration::remove(tx, cx, &server.head.id)?;
        }
        Ok(())
    });
}
