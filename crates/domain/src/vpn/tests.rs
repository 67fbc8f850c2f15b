//! Rules of gateways and connections.

use vpcd_store::{claim, credential, dump};

use super::fixture::{
    PSK, choice, customer, gateway, network, new_connection, new_gateway, run, settle,
};
use crate::condition;
use crate::context::Context;
use crate::fault::{Fault, FlavorRule, RouteRefusal};
use crate::plan;
use crate::port::Port;
use crate::publicip::PublicIp;
use crate::state::State;
use crate::subnet::{self, Subnet};
use crate::tx::Tx;
use crate::vpc;
use crate::vpn::connection::{self, Connection, ConnectionChange, Role};
use crate::vpn::flavor::{self, Choice};
use crate::vpn::gateway::{self, Gateway, HaMode, Network, NewAttachment};
use crate::vpn::proposal::{Ike, IkeChange, Ipsec};
use crate::vpn::tunnel::{self, Tunnel, Wanted};

fn connect(
    tx: &mut Tx<'_>,
    cx: &mut Context<'_>,
    gateway: &Gateway,
    slot: usize,
    peer: &str,
) -> Result<Connection, Fault> {
    let customer = customer(tx, cx)?;
    let new = new_connection(gateway, slot, &customer, peer);
    Ok(connection::create(tx, cx, vec![new])?.remove(0))
}

fn free(tx: &mut Tx<'_>, subnet: &Subnet) -> u64 {
    subnet.space().free(tx).unwrap()
}

/// Everything that a gateway took is free again, whether its connections went before it or with it.
#[test]
fn a_gateway_gives_everything_back() {
    for connections_first in [true, false] {
        run(move |tx, cx| {
            let subnet = network(tx, cx)?;
            let before = free(tx, &subnet);
            let gateway = gateway(tx, cx, &subnet)?;
            assert_eq!(free(tx, &subnet), before - 4);
            let one = connect(tx, cx, &gateway, 0, "192.168.0.0/24")?;
            connect(tx, cx, &gateway, 1, "192.168.0.0/24")?;
            settle(tx, cx, &gateway)?;
            if connections_first {
                connection::delete(tx, cx, &one.head.id)?;
                settle(tx, cx, &gateway)?;
            }
            gateway::delete(tx, cx, &gateway.head.id)?;
            assert_eq!(
                tx.count::<Gateway>("project")?,
                1,
                "the fabric has not let go yet"
            );
            assert!(matches!(
                subnet::delete(tx, cx, None, &subnet.head.id),
                Err(Fault::InUse { .. })
            ));
            if connections_first {
                settle(tx, cx, &gateway)?;
            } else {
                gateway::gone(tx, cx, &gateway.head.id)?;
                connection::gone(tx, cx, &one.head.id)?;
            }
            assert_eq!(tx.count::<Gateway>("project")?, 0);
            assert_eq!(tx.count::<Connection>("project")?, 0);
            assert_eq!(tx.count::<PublicIp>("project")?, 0);
            assert_eq!(free(tx, &subnet), before);
            assert!(credential::of_owner(tx.rows(), &one.head.id)?.is_empty());
            let vpc = subnet.vpc();
            assert_eq!(claim::count(tx.rows(), &format!("route/{vpc}"))?, 0);
            subnet::delete(tx, cx, None, &subnet.head.id)?;
            vpc::delete(tx, cx, vpc)
        });
    }
}

#[test]
fn addresses_of_the_gateway_are_ports_of_its_subnet() {
    run(|tx, cx| {
        let subnet = network(tx, cx)?;
        let gateway = gateway(tx, cx, &subnet)?;
        let ports = tx.children::<Port>(&subnet.head.id)?;
        let mine = ports
            .iter()
            .filter(|port| port.device_id == gateway.head.id);
        assert_eq!(mine.count(), 4);
        let mut private = new_gateway(&subnet);
        private.network = Network::Private;
        private.public.clear();
        private.private = vec!["10.0.1.99".parse().unwrap(), "10.0.1.100".parse().unwrap()];
        let second = gateway::create(tx, cx, private)?;
        let keys = second.slots.iter().flatten().map(|slot| slot.key());
        assert_eq!(keys.collect::<Vec<_>>(), ["10.0.1.99", "10.0.1.100"]);
        let mut at_router = new_gateway(&subnet);
        at_router.attachment = NewAttachment::Router("router".to_owned());
        let before = free(tx, &subnet);
        gateway::create(tx, cx, at_router)?;
        assert_eq!(
            free(tx, &subnet),
            before,
            "a router without access subnet takes none"
        );
        Ok(())
    });
}

#[test]
fn a_key_is_sealed_and_in_no_document() {
    run(|tx, cx| {
        let subnet = network(tx, cx)?;
        let gateway = gateway(tx, cx, &subnet)?;
        let it = connect(tx, cx, &gateway, 0, "192.168.0.0/24")?;
        let keys = credential::of_owner(tx.rows(), &it.head.id)?;
        assert_eq!(keys.len(), 1);
        assert_eq!(
            cx.vault.open(&it.head.id, &keys[0].sealed).unwrap(),
            PSK.as_bytes()
        );
        assert!(!dump::export(tx.rows())?.to_string().contains(PSK));
        let plan = plan::target(tx, &gateway.head.target)?;
        let row = &plan.rows[&format!("vpn_connection/{}", it.head.id)];
        assert_eq!(row["key"], keys[0].id);
        assert!(!format!("{plan:?}").contains(PSK));
        settle(tx, cx, &gateway)?;
        let change = ConnectionChange {
            psk: Some(super::Secret::new("Second-Key-2".to_owned())),
            ..ConnectionChange::default()
        };
        let changed = connection::update(tx, cx, &it.head.id, change)?;
        let keys = credential::of_owner(tx.rows(), &it.head.id)?;
        assert_eq!(keys.len(), 1, "the old key is gone");
        assert_eq!(changed.key.as_ref(), Some(&keys[0].id));
        Ok(())
    });
}

#[test]
fn connections_of_one_gateway_share_routes_and_no_others() {
    run(|tx, cx| {
        let subnet = network(tx, cx)?;
        let (first, second) = (gateway(tx, cx, &subnet)?, gateway(tx, cx, &subnet)?);
        let one = connect(tx, cx, &first, 0, "192.168.0.0/24")?;
        let two = connect(tx, cx, &first, 1, "192.168.0.0/24")?;
        let refusal = |result: Result<Connection, Fault>| match result {
            Err(Fault::Route { refusal, .. }) => refusal,
            other => panic!("{other:?}"),
        };
        let taken = connect(tx, cx, &second, 0, "192.168.0.0/24");
        assert_eq!(refusal(taken), RouteRefusal::Taken);
        let local = connect(tx, cx, &second, 0, "10.0.1.128/25");
        assert_eq!(refusal(local), RouteRefusal::Local);
        connection::gone(tx, cx, &one.head.id)?;
        let taken = connect(tx, cx, &second, 0, "192.168.0.0/24");
        assert_eq!(
            refusal(taken),
            RouteRefusal::Taken,
            "the other one still needs it"
        );
        connection::gone(tx, cx, &two.head.id)?;
        connect(tx, cx, &second, 0, "192.168.0.0/24")?;
        condition::set(tx, "routes.limit", "*", Some(&1.into()))?;
        let full = connect(tx, cx, &first, 0, "192.168.1.0/24");
        assert_eq!(refusal(full), RouteRefusal::Quota);
        Ok(())
    });
}

#[test]
fn tunnels_are_hosts_of_one_block_and_never_shared() {
    run(|tx, _| {
        let mut take = |local: Option<&str>, peer: Option<&str>| {
            let parse = |text: Option<&str>| text.map(|text| text.parse().unwrap());
            let wanted = Wanted {
                local: parse(local),
                peer: parse(peer),
            };
            tunnel::take(tx, "g", "c", wanted)
        };
        let tunnel = |local: &str, peer: &str| Tunnel {
            local: local.parse().unwrap(),
            peer: peer.parse().unwrap(),
        };
        assert_eq!(take(None, None), Ok(tunnel("169.254.1.1", "169.254.1.2")));
        assert_eq!(
            take(Some("169.254.1.6"), None),
            Ok(tunnel("169.254.1.6", "169.254.1.5"))
        );
        assert_eq!(take(None, None), Ok(tunnel("169.254.1.9", "169.254.1.10")));
        assert_eq!(
            take(None, Some("169.254.70.1")),
            Ok(tunnel("169.254.70.2", "169.254.70.1"))
        );
        assert!(matches!(
            take(Some("169.254.70.1"), Some("169.254.70.2")),
            Err(Fault::AddressTaken { .. })
        ));
        for (local, peer) in [
            ("169.254.195.1", "169.254.195.2"),
            ("169.254.80.0", "169.254.80.1"),
            ("169.254.80.1", "169.254.80.1"),
            ("169.254.80.1", "169.254.80.6"),
            ("10.0.0.1", "10.0.0.2"),
        ] {
            let refused = take(Some(local), Some(peer));
            assert!(
                matches!(refused, Err(Fault::Invalid { .. })),
                "{local} {peer}"
            );
        }
        Ok(())
    });
}

#[test]
fn flavors_change_only_to_what_fits() {
    run(|tx, cx| {
        let subnet = network(tx, cx)?;
        let mut gateway = gateway(tx, cx, &subnet)?;
        assert_eq!(flavor::replacements(tx, &gateway)?, ["large"]);
        let mut rule =
            |gateway: &Gateway, target: &Choice| match flavor::replacement(tx, gateway, target) {
                Err(Fault::Flavor { rule, .. }) => Some(rule),
                Ok(_) => None,
                Err(fault) => panic!("{fault}"),
            };
        assert_eq!(rule(&gateway, &choice("large")), None);
        assert_eq!(
            rule(&gateway, &choice("medium")),
            Some(FlavorRule::NotOffered)
        );
        assert_eq!(
            rule(&gateway, &choice("absent")),
            Some(FlavorRule::NotOffered)
        );
        assert_eq!(
            rule(&gateway, &choice("small")),
            Some(FlavorRule::ConnectionGroup)
        );
        let loose = Choice {
            fixed_addresses: false,
            ..choice("large")
        };
        assert_eq!(rule(&gateway, &loose), Some(FlavorRule::FixedAddresses));
        gateway.network = Network::Private;
        assert_eq!(
            rule(&gateway, &choice("small")),
            Some(FlavorRule::NetworkType)
        );
        Ok(())
    });
}

#[test]
fn a_standby_address_is_the_slaves() {
    run(|tx, cx| {
        let subnet = network(tx, cx)?;
        let mut new = new_gateway(&subnet);
        new.ha_mode = HaMode::Standby;
        let standby = gateway::create(tx, cx, new)?;
        settle(tx, cx, &standby)?;
        assert_eq!(
            connect(tx, cx, &standby, 0, "192.168.0.0/24")?.role,
            Role::Master
        );
        assert_eq!(
            connect(tx, cx, &standby, 1, "192.168.0.0/24")?.role,
            Role::Slave
        );
        let customer = customer(tx, cx)?;
        let mut wrong = new_connection(&standby, 0, &customer, "192.168.0.0/24");
        wrong.role = Some(Role::Slave);
        let refused = connection::create(tx, cx, vec![wrong]);
        assert!(matches!(
            refused,
            Err(Fault::Invalid {
                field: "ha_role",
                ..
            })
        ));
        Ok(())
    });
}

#[test]
fn creations_at_one_instant_are_still_in_order() {
    run(|tx, cx| {
        let made: Vec<_> = (0..5).map(|_| customer(tx, cx)).collect::<Result<_, _>>()?;
        let listed =
            tx.created_after::<crate::vpn::customer_gateway::CustomerGateway>("project", None, 10)?;
        let ids = |list: &[crate::vpn::customer_gateway::CustomerGateway]| {
            list.iter().map(|it| it.head.id.clone()).collect::<Vec<_>>()
        };
        assert_eq!(ids(&listed), ids(&made));
        assert!(made.is_sorted_by(|a, b| a.head.created < b.head.created));
        Ok(())
    });
}

#[test]
fn a_connection_changes_only_when_it_and_its_gateway_are_settled() {
    run(|tx, cx| {
        let subnet = network(tx, cx)?;
        let gateway = gateway(tx, cx, &subnet)?;
        let it = connect(tx, cx, &gateway, 0, "192.168.0.0/24")?;
        let state = |result: Result<Connection, Fault>| match result {
            Err(Fault::WrongState { kind, state, .. }) => Some((kind.word(), state)),
            other => panic!("{other:?}"),
        };
        let update = |tx: &mut Tx<'_>, cx: &mut Context<'_>| {
            connection::update(tx, cx, &it.head.id, ConnectionChange::default())
        };
        let wanted = Some(("vpn_connection", State::Creating));
        assert_eq!(state(update(tx, cx)), wanted);
        settle(tx, cx, &gateway)?;
        update(tx, cx)?;
        let wanted = Some(("vpn_connection", State::Updating));
        assert_eq!(state(update(tx, cx)), wanted);
        settle(tx, cx, &gateway)?;
        gateway::update(tx, cx, &gateway.head.id, gateway::GatewayChange::default())?;
        let wanted = Some(("vpn_gateway", State::Updating));
        assert_eq!(state(update(tx, cx)), wanted);
        settle(tx, cx, &gateway)?;
        connection::delete(tx, cx, &it.head.id)?;
        let wanted = Some(("vpn_connection", State::Deleting));
        assert_eq!(state(update(tx, cx)), wanted);
        Ok(())
    });
}

#[test]
fn policies_keep_what_a_change_does_not_name() {
    let mut ike = Ike::default();
    let mut change = IkeChange {
        lifetime: Some(60),
        ..IkeChange::default()
    };
    change.local.kind = Some("fqdn".to_owned());
    change.local.value = Some("here".to_owned());
    ike.apply(change);
    assert_eq!((ike.lifetime, ike.version.as_str()), (60, "v2"));
    let mut back = IkeChange::default();
    back.local.kind = Some("ip".to_owned());
    ike.apply(back);
    assert_eq!(ike.local.value, None, "the name goes with the kind");
    assert!(ike.check(&Ipsec::default()).is_ok());
    ike.local.value = Some("here".to_owned());
    let refused = ike.check(&Ipsec::default());
    assert!(matches!(
        refused,
        Err(Fault::Invalid {
            field: "local_id",
            ..
        })
    ));
}
