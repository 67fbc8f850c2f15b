//! Classic VPN gateways, of the service before this one: the operator registers them, their owners migrate them.

use std::net::Ipv4Addr;

use serde::{Deserialize, Serialize};
use vpcd_net::{Cidr, Family, Prefix};
use vpcd_store::credential::{self, Credential};

use crate::context::Context;
use crate::fault::Fault;
use crate::publicip::{self, PublicIp};
use crate::resource::{Head, Kind, Resource};
use crate::subnet::Subnet;
use crate::tx::Tx;
use crate::vpc::Vpc;
use crate::vpn::address::NewSlot;
use crate::vpn::connection::{self, Connection, NewConnection, Style};
use crate::vpn::customer_gateway::{self, CustomerGateway, Identity, NewCustomerGateway};
use crate::vpn::flavor::Choice;
use crate::vpn::gateway::{self, Gateway, HaMode, Network, NewAttachment, NewGateway};
use crate::vpn::proposal::{IkeChange, IpsecChange};
use crate::vpn::tunnel::Wanted;
use crate::vpn::{Name, Secret, created};

/// What today's gateways can be told of the words that classic ones knew.
const ENCRYPTION: [&str; 4] = ["3des", "aes-128", "aes-192", "aes-256"];
const AUTHENTICATION: [&str; 5] = ["sha1", "md5", "sha2-256", "sha2-384", "sha2-512"];
const GROUPS: [&str; 9] = [
    "group1", "group2", "group5", "group14", "group15", "group16", "group19", "group20", "group21",
];

/// A classic gateway.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Classic {
    /// Head; the parent is the network. There is nothing to converge.
    pub head: Head,
    /// Name.
    pub name: String,
    /// Subnet that its successor attaches in.
    pub subnet: String,
    /// Blocks behind it.
    pub local_subnets: Vec<Cidr>,
    /// Its connections.
    pub connections: Vec<ClassicConnection>,
    /// The gateway that it has become.
    pub migrated: Option<String>,
}

/// A connection of a classic gateway.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ClassicConnection {
    /// What was agreed, but for the key.
    pub terms: Terms,
    /// The sealed key, by credential id.
    pub key: String,
}

/// What the ends of a classic connection agreed on.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Terms {
    /// Name.
    pub name: String,
    /// The far end.
    pub peer_address: Ipv4Addr,
    /// Blocks behind it.
    pub peer_subnets: Vec<Cidr>,
    /// IKE version.
    #[serde(default)]
    pub ike_version: Option<String>,
    /// Encryption algorithm of both phases.
    #[serde(default)]
    pub encryption_algorithm: Option<String>,
    /// Integrity algorithm of both phases.
    #[serde(default)]
    pub authentication_algorithm: Option<String>,
    /// Group of both phases.
    #[serde(default)]
    pub dh_group: Option<String>,
    /// Transform; `esp` when absent.
    #[serde(default)]
    pub transform_protocol: Option<String>,
}

/// What the operator registers.
#[derive(Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct NewClassic {
    /// Owning project.
    pub project: String,
    /// Name.
    pub name: String,
    /// Network.
    pub vpc: String,
    /// Subnet that its successor attaches in.
    pub subnet: String,
    /// Blocks behind it.
    pub local_subnets: Vec<Cidr>,
    /// Its connections.
    #[serde(default)]
    pub connections: Vec<NewClassicConnection>,
}

/// A connection that the operator registers.
#[derive(Clone, Deserialize)]
pub struct NewClassicConnection {
    /// What was agreed.
    #[serde(flatten)]
    pub terms: Terms,
    /// Pre-shared key.
    pub psk: String,
}

/// How a classic gateway is migrated.
#[derive(Clone, Debug)]
pub struct Migration {
    /// Name of the successor; the same when absent.
    pub name: Option<String>,
    /// Its flavor.
    pub flavor: Choice,
    /// Its two public addresses, by id: they exist, are free, and have bandwidths of their own.
    pub public: [String; 2],
}

/// What a classic gateway has become.
#[derive(Clone, Debug)]
pub struct Migrated {
    /// The gateway.
    pub gateway: Gateway,
    /// The far ends.
    pub customers: Vec<CustomerGateway>,
    /// The connections, on the first address.
    pub connections: Vec<Connection>,
}

impl Resource for Classic {
    const KIND: Kind = Kind::ClassicGateway;

    fn head(&self) -> &Head {
        &self.head
    }

    fn head_mut(&mut self) -> &mut Head {
        &mut self.head
    }
}

/// Registers a classic gateway; the caller acts for `new.project`.
pub fn register(tx: &mut Tx<'_>, cx: &mut Context<'_>, new: NewClassic) -> Result<Classic, Fault> {
    tx.get::<Vpc>(&new.project, &new.vpc)?;
    let subnet: Subnet = tx.get(&new.project, &new.subnet)?;
    if subnet.vpc() != new.vpc {
        return Err(Fault::WrongParent {
            kind: Kind::Subnet,
            id: new.subnet,
        });
    }
    let mut head = Head::new::<Classic>(cx, Some(&new.vpc)).settled();
    created::stamp::<Classic>(tx, &mut head)?;
    let mut connections = Vec::new();
    for connection in new.connections {
        let credential = Credential {
            id: cx.ids.uuid(),
            kind: "psk".to_owned(),
            cloud: String::new(),
            owner: head.id.clone(),
            sealed: cx.vault.seal(&head.id, connection.psk.as_bytes()),
            created: cx.now.as_microsecond(),
        };
        credential::insert(tx.rows(), &credential)?;
        connections.push(ClassicConnection {
            terms: connection.terms,
            key: credential.id,
        });
    }
    let it = Classic {
        head,
        name: new.name,
        subnet: new.subnet,
        local_subnets: new.local_subnets,
        connections,
        migrated: None,
    };
    tx.insert(&it)?;
    Ok(it)
}

/// Takes a classic gateway out of the registry, with its keys.
pub fn remove(tx: &mut Tx<'_>, id: &str) -> Result<(), Fault> {
    let it = tx.any::<Classic>(id)?.ok_or_else(|| Fault::NotFound {
        kind: Kind::ClassicGateway,
        id: id.to_owned(),
    })?;
    for connection in &it.connections {
        credential::delete(tx.rows(), &connection.key)?;
    }
    tx.remove(&it)
}

/// Makes a gateway with customer gateways and connections of a classic one: all or nothing.
pub fn migrate(
    tx: &mut Tx<'_>,
    cx: &mut Context<'_>,
    id: &str,
    how: Migration,
) -> Result<Migrated, Fault> {
    let mut it: Classic = tx.get(&cx.caller.project, id)?;
    if it.migrated.is_some() {
        return Err(unsuitable(Kind::ClassicGateway, id, "has been migrated"));
    }
    for connection in &it.connections {
        expressible(&connection.terms)?;
    }
    for address in &how.public {
        dedicated(tx, cx, address)?;
    }
    let new = NewGateway {
        name: Name::Given(how.name.unwrap_or_else(|| it.name.clone())),
        attachment: NewAttachment::Vpc {
            vpc: it.head.parent.clone().unwrap_or_default(),
            subnet: it.subnet.clone(),
            local_subnets: prefixes(&it.local_subnets),
        },
        access: None,
        carries: Family::V4,
        network: Network::Public,
        flavor: how.flavor,
        ha_mode: HaMode::Both,
        bgp_asn: 64_512,
        zones: Vec::new(),
        public: how.public.into_iter().map(NewSlot::Existing).collect(),
        private: Vec::new(),
        enterprise_project: "0".to_owned(),
        tags: Vec::new(),
    };
    let gateway = gateway::create(tx, cx, new)?;
    let (mut customers, mut connections) = (Vec::new(), Vec::new());
    for old in &it.connections {
        let customer = customer(tx, cx, &old.terms, &mut customers)?;
        let key = credential::get(tx.rows(), &old.key)?;
        let psk = key.and_then(|key| cx.vault.open(id, &key.sealed));
        let psk = psk.and_then(|bytes| String::from_utf8(bytes).ok());
        let new = successor(&gateway, &customer, &old.terms, psk.map(Secret::new));
        connections.push(connection::onto(tx, cx, &gateway, new)?);
        credential::delete(tx.rows(), &old.key)?;
    }
    it.migrated = Some(gateway.head.id.clone());
    tx.update(cx, &mut it)?;
    Ok(Migrated {
        gateway,
        customers,
        connections,
    })
}

/// The customer gateway for a far end; several connections to one share it.
fn customer(
    tx: &mut Tx<'_>,
    cx: &mut Context<'_>,
    terms: &Terms,
    made: &mut Vec<CustomerGateway>,
) -> Result<String, Fault> {
    let same = |it: &&CustomerGateway| it.identity.address() == Some(terms.peer_address);
    if let Some(it) = made.iter().find(same) {
        return Ok(it.head.id.clone());
    }
    let new = NewCustomerGateway {
        name: Name::Given(terms.name.clone()),
        identity: Identity::Address(terms.peer_address),
        bgp_asn: None,
        certificate: None,
        tags: Vec::new(),
    };
    let it = customer_gateway::create(tx, cx, new)?;
    let id = it.head.id.clone();
    made.push(it);
    Ok(id)
}

fn successor(
    gateway: &Gateway,
    customer: &str,
    terms: &Terms,
    psk: Option<Secret>,
) -> NewConnection {
    let slot = gateway.slots[0].as_ref();
    NewConnection {
        gateway: gateway.head.id.clone(),
        gateway_ip: slot.map(|slot| slot.key()).unwrap_or_default(),
        customer_gateway: customer.to_owned(),
        name: Name::Given(terms.name.clone()),
        style: Style::Static,
        peer_subnets: prefixes(&terms.peer_subnets),
        tunnel: Wanted::default(),
        link_detection: false,
        hub: false,
        rules: Vec::new(),
        ike: IkeChange {
            version: terms.ike_version.clone(),
            encryption: terms.encryption_algorithm.clone(),
            authentication: terms.authentication_algorithm.clone(),
            dh_group: terms.dh_group.clone(),
            ..IkeChange::default()
        },
        ipsec: IpsecChange {
            encryption: terms.encryption_algorithm.clone(),
            authentication: terms.authentication_algorithm.clone(),
            pfs: terms.dh_group.clone(),
            ..IpsecChange::default()
        },
        monitored: false,
        role: None,
        psk,
        tags: Vec::new(),
    }
}

fn prefixes(blocks: &[Cidr]) -> Vec<Prefix> {
    blocks.iter().copied().map(Prefix::from).collect()
}

/// Refuses what today's connections have no words for (VPN.0801).
fn expressible(terms: &Terms) -> Result<(), Fault> {
    let known = |word: &Option<String>, words: &[&str]| {
        word.as_deref().is_none_or(|word| words.contains(&word))
    };
    let reason = match () {
        () if !known(&terms.transform_protocol, &["esp"]) => "has a transform other than esp",
        () if !known(&terms.encryption_algorithm, &ENCRYPTION) => {
            "has an encryption algorithm of the past"
        }
        () if !known(&terms.authentication_algorithm, &AUTHENTICATION) => {
            "has an authentication algorithm of the past"
        }
        () if !known(&terms.dh_group, &GROUPS) => "has a group of the past",
        () if !known(&terms.ike_version, &["v1", "v2"]) => "has an unknown version of IKE",
        () => return Ok(()),
    };
    Err(unsuitable(Kind::VpnConnection, &terms.name, reason))
}

/// Refuses an address that shares its bandwidth (VPN.0802).
fn dedicated(tx: &mut Tx<'_>, cx: &Context<'_>, id: &str) -> Result<(), Fault> {
    let it: PublicIp = tx.get(&cx.caller.project, id)?;
    match publicip::with_bandwidth(tx, it)?.1.shared {
        true => Err(unsuitable(Kind::PublicIp, id, "shares its bandwidth")),
        false => Ok(()),
    }
}

fn unsuitable(kind: Kind, id: &str, reason: &'static str) -> Fault {
    Fault::Unsuitable {
        kind,
        id: id.to_owned(),
        reason,
    }
}
