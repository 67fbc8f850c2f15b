//! A small region for tests: one network, a pool, two zones, three flavors.

use jiff::Timestamp;
use vpcd_store::Store;

use crate::context::{Caller, Context, Ids, Policy, Role, Vault};
use crate::fault::Fault;
use crate::lifecycle::{self, Profile};
use crate::operator::{self, Flavor, Zone};
use crate::plan;
use crate::pool::{self, Pool};
use crate::subnet::{self, NewSubnet, Subnet};
use crate::tx::Tx;
use crate::vpc::{self, NewVpc};
use crate::vpn::address::NewSlot;
use crate::vpn::connection::{self, Connection, NewConnection, Style};
use crate::vpn::customer_gateway::{self, CustomerGateway, Identity, NewCustomerGateway};
use crate::vpn::flavor::Choice;
use crate::vpn::gateway::{self, Gateway, HaMode, Network, NewAttachment, NewGateway};
use crate::vpn::proposal::{IkeChange, IpsecChange};
use crate::vpn::tunnel::Wanted;
use crate::vpn::{Name, Secret};

static POLICY: Policy = Policy {
    unique_network_names: false,
    networks_have_states: true,
    subnet_quota_per_network: false,
    ipv6_by_network: false,
    prepaid_stays: false,
    longest_subnet_prefix: 28,
    reserved_tail: 3,
    routes_beside_network: false,
    peering_patience: None,
    peering_of_requester: false,
    groups_of_networks: false,
    default_network_stays: false,
    rules_differ_by_text: false,
    last_network_goes_last: true,
    quotas: &[],
};

/// The key that every connection of these tests has.
pub const PSK: &str = "Fixture-Key-1";

/// Turns every byte over: enough to tell sealed from plain.
struct Turning;

impl Vault for Turning {
    fn seal(&self, of: &str, plain: &[u8]) -> Vec<u8> {
        [
            of.as_bytes(),
            &plain.iter().map(|byte| !byte).collect::<Vec<_>>(),
        ]
        .concat()
    }

    fn open(&self, of: &str, sealed: &[u8]) -> Option<Vec<u8>> {
        let sealed = sealed.strip_prefix(of.as_bytes())?;
        Some(sealed.iter().map(|byte| !byte).collect())
    }
}

/// Runs a test in one transaction over an empty store with the region in it.
pub fn run(test: impl Fn(&mut Tx<'_>, &mut Context<'_>) -> Result<(), Fault> + Send + 'static) {
    let store = Store::ephemeral().unwrap();
    let result: Result<(), Fault> = store.write("test", move |rows| {
        let caller = Caller {
            account: "account".to_owned(),
            project: "project".to_owned(),
            user: "user".to_owned(),
            credential: String::new(),
            role: Role::Admin,
            request_id: String::new(),
        };
        let mut cx = Context {
            caller: &caller,
            now: Timestamp::from_second(1_767_225_600).unwrap(),
            ids: Ids::new([1; 32]),
            policy: &POLICY,
            vault: &Turning,
        };
        let mut tx = Tx::new(rows, true, Profile::default());
        region(&mut tx)?;
        test(&mut tx, &mut cx)
    });
    result.unwrap();
}

fn region(tx: &mut Tx<'_>) -> Result<(), Fault> {
    let pool = Pool::new("pool", vec!["198.18.0.0/24".parse().unwrap()], "center");
    pool::define(tx, &pool)?;
    for name in ["a", "b"] {
        let zone = Zone {
            name: name.to_owned(),
            border_group: "center".to_owned(),
            flavors: None,
        };
        operator::set(tx, &format!("zone/{name}"), &zone)?;
    }
    for (name, bandwidth, groups, large) in [
        ("small", 100, 10, false),
        ("medium", 300, 100, true),
        ("large", 1000, 100, true),
    ] {
        let flavor = Flavor {
            name: name.to_owned(),
            bandwidth,
            connection_groups: groups,
            connections: 2 * groups,
            private: large,
            router: large,
            fixed_addresses: true,
            certificates: false,
            ipv6: false,
        };
        operator::set(tx, &format!("flavor/{name}"), &flavor)?;
    }
    Ok(())
}

/// A network with one subnet, 10.0.1.0/24.
pub fn network(tx: &mut Tx<'_>, cx: &mut Context<'_>) -> Result<Subnet, Fault> {
    with_subnet(tx, cx, "10.0.1.0/24")
}

/// A network with a subnet of 64k addresses, 10.1.0.0/16.
pub fn wide(tx: &mut Tx<'_>, cx: &mut Context<'_>) -> Result<Subnet, Fault> {
    with_subnet(tx, cx, "10.1.0.0/16")
}

fn with_subnet(tx: &mut Tx<'_>, cx: &mut Context<'_>, cidr: &str) -> Result<Subnet, Fault> {
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

/// What a gateway of flavor `medium` in the subnet is made of.
pub fn new_gateway(subnet: &Subnet) -> NewGateway {
    let slot = NewSlot::Dedicated {
        pool: "pool".to_owned(),
        name: Name::MadeUp("b-XXXX"),
        size: 5,
        charge_mode: "traffic".to_owned(),
    };
    NewGateway {
        name: Name::MadeUp("g-XXXX"),
        attachment: NewAttachment::Vpc {
            vpc: subnet.vpc().to_owned(),
            subnet: subnet.head.id.clone(),
            local_subnets: vec![subnet.cidr.into()],
        },
        access: None,
        carries: vpcd_net::Family::V4,
        network: Network::Public,
        flavor: choice("medium"),
        ha_mode: HaMode::Both,
        bgp_asn: 64_512,
        zones: Vec::new(),
        public: vec![slot.clone(), slot],
        private: Vec::new(),
        enterprise_project: "0".to_owned(),
        tags: Vec::new(),
    }
}

/// A flavor by name.
pub fn choice(name: &str) -> Choice {
    Choice {
        name: name.to_owned(),
        fixed_addresses: true,
    }
}

/// An active gateway in the subnet.
pub fn gateway(tx: &mut Tx<'_>, cx: &mut Context<'_>, subnet: &Subnet) -> Result<Gateway, Fault> {
    let gateway = gateway::create(tx, cx, new_gateway(subnet))?;
    settle(tx, cx, &gateway)?;
    tx.get("project", &gateway.head.id)
}

/// Another customer gateway.
pub fn customer(tx: &mut Tx<'_>, cx: &mut Context<'_>) -> Result<CustomerGateway, Fault> {
    let new = NewCustomerGateway {
        name: Name::MadeUp("c-XXXX"),
        identity: Identity::Address("198.51.100.7".parse().unwrap()),
        bgp_asn: Some(65_000),
        certificate: None,
        tags: Vec::new(),
    };
    customer_gateway::create(tx, cx, new)
}

/// A gateway in a subnet, and a connection of it to a far end with that block.
pub fn connected(
    tx: &mut Tx<'_>,
    cx: &mut Context<'_>,
    subnet: &Subnet,
    peer: &str,
) -> Result<(Gateway, Connection), Fault> {
    let gateway = gateway(tx, cx, subnet)?;
    let customer = customer(tx, cx)?;
    let new = new_connection(&gateway, 0, &customer, peer);
    let mut made = connection::create(tx, cx, vec![new])?;
    Ok((gateway, made.remove(0)))
}

/// What a connection on one of the gateway's slots is made of.
pub fn new_connection(
    gateway: &Gateway,
    slot: usize,
    customer: &CustomerGateway,
    peer: &str,
) -> NewConnection {
    NewConnection {
        gateway: gateway.head.id.clone(),
        gateway_ip: gateway.slots[slot].as_ref().unwrap().key(),
        customer_gateway: customer.head.id.clone(),
        name: Name::MadeUp("v-XXXX"),
        style: Style::Static,
        peer_subnets: vec![peer.parse().unwrap()],
        tunnel: Wanted::default(),
        link_detection: false,
        hub: false,
        rules: Vec::new(),
        ike: IkeChange::default(),
        ipsec: IpsecChange::default(),
        monitored: false,
        role: None,
        psk: Some(Secret::new(PSK.to_owned())),
        tags: Vec::new(),
    }
}

/// The fabric has done what is planned for the gateway's target.
pub fn settle(tx: &mut Tx<'_>, cx: &mut Context<'_>, gateway: &Gateway) -> Result<(), Fault> {
    let target = &gateway.head.target;
    let plan = plan::target(tx, target)?;
    lifecycle::settled(tx, cx, target, &plan.seen)
}
