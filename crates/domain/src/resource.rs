//! What every resource has: a head, outgoing edges, claims on scarce names and addresses.

use jiff::Timestamp;
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};

use crate::context::Context;
use crate::fault::Fault;
use crate::order::Prepaid;
use crate::state::{Lifecycle, State};

/// The kinds of resources.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    Account,
    Project,
    User,
    Vpc,
    Subnet,
    RouteTable,
    SecurityGroup,
    Port,
    PublicIp,
    Bandwidth,
    Network,
    SecurityRule,
    AddressGroup,
    AddressBundle,
    Peering,
    Firewall,
    FirewallPolicy,
    FirewallRule,
    CidrReservation,
    SubInterface,
    MirrorFilter,
    MirrorRule,
    MirrorSession,
    FlowLog,
    FlowRecord,
    SubnetPool,
    Job,
    InternetGateway,
    Ipv6Gateway,
    VpnJob,
    VpnMonitor,
    VpnCertificate,
    ClassicGateway,
    VpnGateway,
    CustomerGateway,
    VpnConnection,
    P2cGateway,
    VpnServer,
    ClientAuthority,
    ClientRevocation,
    VpnSession,
    VpnUser,
    VpnUserGroup,
    VpnAccessPolicy,
    Certificate,
    Registration,
    NatGateway,
    SnatRule,
    DnatRule,
    Order,
}

impl Kind {
    /// All of them.
    pub const ALL: [Kind; 50] = [
        Kind::Account,
        Kind::Project,
        Kind::User,
        Kind::Vpc,
        Kind::Subnet,
        Kind::RouteTable,
        Kind::SecurityGroup,
        Kind::Port,
        Kind::PublicIp,
        Kind::Bandwidth,
        Kind::Network,
        Kind::SecurityRule,
        Kind::AddressGroup,
        Kind::AddressBundle,
        Kind::Peering,
        Kind::Firewall,
        Kind::FirewallPolicy,
        Kind::FirewallRule,
        Kind::CidrReservation,
        Kind::SubInterface,
        Kind::MirrorFilter,
        Kind::MirrorRule,
        Kind::MirrorSession,
        Kind::FlowLog,
        Kind::FlowRecord,
        Kind::SubnetPool,
        Kind::Job,
        Kind::InternetGateway,
        Kind::Ipv6Gateway,
        Kind::VpnJob,
        Kind::VpnMonitor,
        Kind::VpnCertificate,
        Kind::ClassicGateway,
        Kind::VpnGateway,
        Kind::CustomerGateway,
        Kind::VpnConnection,
        Kind::P2cGateway,
        Kind::VpnServer,
        Kind::ClientAuthority,
        Kind::ClientRevocation,
        Kind::VpnSession,
        Kind::VpnUser,
        Kind::VpnUserGroup,
        Kind::VpnAccessPolicy,
        Kind::Certificate,
        Kind::Registration,
        Kind::NatGateway,
        Kind::SnatRule,
        Kind::DnatRule,
        Kind::Order,
    ];

    /// The word in the store, in metrics and in audit events.
    pub fn word(self) -> &'static str {
        match self {
            Kind::Account => "account",
            Kind::Project => "project",
            Kind::User => "user",
            Kind::Vpc => "vpc",
            Kind::Subnet => "subnet",
            Kind::RouteTable => "route_table",
            Kind::SecurityGroup => "security_group",
            Kind::Port => "port",
            Kind::PublicIp => "public_ip",
            Kind::Bandwidth => "bandwidth",
            Kind::Network => "network",
            Kind::SecurityRule => "security_rule",
            Kind::AddressGroup => "address_group",
            Kind::AddressBundle => "address_bundle",
            Kind::Peering => "peering",
            Kind::Firewall => "firewall",
            Kind::FirewallPolicy => "firewall_policy",
            Kind::FirewallRule => "firewall_rule",
            Kind::CidrReservation => "cidr_reservation",
            Kind::SubInterface => "sub_interface",
            Kind::MirrorFilter => "mirror_filter",
            Kind::MirrorRule => "mirror_rule",
            Kind::MirrorSession => "mirror_session",
            Kind::FlowLog => "flow_log",
            Kind::FlowRecord => "flow_record",
            Kind::SubnetPool => "subnet_pool",
            Kind::Job => "job",
            Kind::InternetGateway => "internet_gateway",
            Kind::Ipv6Gateway => "ipv6_gateway",
            Kind::VpnJob => "vpn_job",
            Kind::VpnMonitor => "vpn_monitor",
            Kind::VpnCertificate => "vpn_certificate",
            Kind::ClassicGateway => "classic_gateway",
            Kind::VpnGateway => "vpn_gateway",
            Kind::CustomerGateway => "customer_gateway",
            Kind::VpnConnection => "vpn_connection",
            Kind::P2cGateway => "p2c_gateway",
            Kind::VpnServer => "vpn_server",
            Kind::ClientAuthority => "client_authority",
            Kind::ClientRevocation => "client_revocation",
            Kind::VpnSession => "vpn_session",
            Kind::VpnUser => "vpn_user",
            Kind::VpnUserGroup => "vpn_user_group",
            Kind::VpnAccessPolicy => "vpn_access_policy",
            Kind::Certificate => "certificate",
            Kind::Registration => "registration",
            Kind::NatGateway => "nat_gateway",
            Kind::SnatRule => "snat_rule",
            Kind::DnatRule => "dnat_rule",
            Kind::Order => "order",
        }
    }
}

/// The common head of all resources.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Head {
    /// UUID, unique over all kinds.
    pub id: String,
    /// Second id for a cloud whose ids are short, such as `vpc-2pa2x0bjt26i`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub alias: Option<String>,
    /// Owning project; empty for accounts and what lies above projects.
    pub project: String,
    /// Containing resource.
    pub parent: Option<String>,
    /// What the reconciler works on as one, such as `network/<vpc id>`; empty when there is nothing to converge.
    pub target: String,
    /// Counts what was asked for, from 1.
    pub generation: u64,
    /// The generation that the fabric bears out; 0 before the first.
    pub observed: u64,
    /// What the owner wants.
    pub lifecycle: Lifecycle,
    /// Stopped by the operator (arrears, abuse).
    #[serde(default)]
    pub frozen: bool,
    /// Stopped because the time that was paid for in advance is over.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub lapsed: bool,
    /// The generation in which it was last set going again; 0 before the first.
    #[serde(default, skip_serializing_if = "is_none")]
    pub resumed: u64,
    /// Counts every stored change, from 1; the ETag.
    pub version: u64,
    /// When it was created.
    pub created: Timestamp,
    /// When its owner last changed it.
    pub updated: Timestamp,
}

impl Head {
    /// The head of a new resource of `kind`, live and not yet observed.
    pub fn new<T: Resource>(cx: &mut Context<'_>, parent: Option<&str>) -> Head {
        let id = cx.ids.uuid();
        Head {
            alias: T::ALIAS.map(|prefix| cx.ids.short(prefix)),
            project: cx.caller.project.clone(),
            parent: parent.map(str::to_owned),
            target: String::new(),
            generation: 1,
            observed: 0,
            lifecycle: Lifecycle::Live,
            frozen: false,
            lapsed: false,
            resumed: 0,
            version: 1,
            created: cx.now,
            updated: cx.now,
            id,
        }
    }

    /// The state a client is shown.
    pub fn state(&self) -> State {
        match State::of(self.lifecycle, self.generation, self.observed) {
            State::Active if self.is_stopped() => State::Frozen,
            state => state,
        }
    }

    /// Whether it is stopped: the operator froze it, or the time that was paid for is over.
    pub fn is_stopped(&self) -> bool {
        self.frozen || self.lapsed
    }

    /// Whether it was set going again and is not there yet.
    pub fn is_resuming(&self) -> bool {
        !self.is_stopped() && self.resumed > self.observed
    }

    /// What stops or goes again is something for the fabric to follow.
    pub(crate) fn turn(&mut self) {
        if self.target.is_empty() {
            return;
        }
        self.generation += 1;
        if !self.is_stopped() {
            self.resumed = self.generation;
        }
    }

    /// Whether it is on its way out.
    pub fn is_going(&self) -> bool {
        self.lifecycle == Lifecycle::Deleting
    }

    /// Refuses to change a network or subnet whose state forbids it.
    pub fn must_take_changes(&self, cx: &Context<'_>, kind: Kind) -> Result<(), Fault> {
        match self.state() {
            State::Active | State::Updating => Ok(()),
            State::Creating if !cx.policy.networks_have_states => Ok(()),
            state => Err(Fault::WrongState {
                kind,
                id: self.id.clone(),
                state,
            }),
        }
    }

    /// Nothing has to converge for this resource: it is as asked from the start.
    pub fn settled(mut self) -> Head {
        self.observed = self.generation;
        self
    }
}

/// What serde leaves out of a head.
#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde passes references")]
fn is_none(generation: &u64) -> bool {
    *generation == 0
}

/// Something that a resource counts in, beside the tallies of its own kind.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Counted {
    /// What is counted.
    pub word: &'static str,
    /// Where: the id of a project or of another resource.
    pub scope: String,
    /// Who counts once there, through however many resources; the resource itself when absent.
    pub by: Option<String>,
}

/// A thing that is stored: one row with a JSON document.
pub trait Resource: Serialize + DeserializeOwned + Clone + Send + 'static {
    /// Its kind.
    const KIND: Kind;
    /// Prefix of its short id, where a cloud has one.
    const ALIAS: Option<&'static str> = None;
    /// Its head.
    fn head(&self) -> &Head;
    /// Its head, to change.
    fn head_mut(&mut self) -> &mut Head;
    /// Whether quotas count it: there is a tally of its kind for its project and for its parent.
    fn counted(&self) -> bool {
        false
    }
    /// `(attribute, value)` by which lists find it without reading the others; an empty value finds nothing.
    fn indexed(&self) -> Vec<(&'static str, String)> {
        Vec::new()
    }
    /// `(attribute, scope, text)` by which lists find it by how a text begins, such as an address that is written from
    /// its end.
    fn spelled(&self) -> Vec<(&'static str, String, String)> {
        Vec::new()
    }
    /// What it counts in as it is now, at its project or at other resources.
    fn counted_at(&self) -> Vec<Counted> {
        Vec::new()
    }
    /// What pays for it in advance.
    fn charge(&self) -> Option<&Prepaid> {
        None
    }
    /// `(role, id)` of the resources it holds in use; they cannot be deleted while it exists.
    fn edges(&self) -> Vec<(&'static str, String)> {
        Vec::new()
    }
}

/// A label of a resource.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Tag {
    /// Key, unique within the resource.
    pub key: String,
    /// Value, may be empty.
    #[serde(default)]
    pub value: String,
}
