//! Everything that can go wrong in the domain, as data: no codes, no prose, no HTTP.
//!
//! Each cloud answers every variant in one exhaustive match, so a new variant does not compile until both do.

use std::net::IpAddr;

use vpcd_net::{Cidr, Prefix};
use vpcd_store::{Error, Failure};

use crate::condition::{Backend, Standing};
use crate::resource::Kind;
use crate::state::State;

/// A refusal of the domain, with the data that words it.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
#[error("{self:?}")]
pub enum Fault {
    /// The store failed: disk, connection, read-only mode.
    Store(Error),
    /// The network backend behind the API did not do its part.
    Backend(Backend),
    /// A neighbouring service that must be asked did not answer.
    Neighbour { service: &'static str },
    /// The account may not do this at present.
    Standing(Standing),
    /// No such resource for this caller.
    NotFound { kind: Kind, id: String },
    /// A value that breaks a rule of meaning.
    Invalid { field: &'static str, reason: String },
    /// A field that is legal, but not for this variant of the resource.
    Unsupported { field: &'static str },
    /// Another resource has that name.
    NameTaken { kind: Kind, name: String },
    /// The same thing exists already, under that id.
    Duplicate { kind: Kind, id: String },
    /// The resource exists, but cannot be used for this.
    Unsuitable {
        kind: Kind,
        id: String,
        reason: &'static str,
    },
    /// The project may own no more of these.
    QuotaExceeded { quota: &'static str, limit: u64 },
    /// The child's block is not inside its parent's.
    CidrOutsideParent { child: Prefix },
    /// The block overlaps a sibling's.
    CidrOverlap { mine: Prefix, theirs: Prefix },
    /// The new block would leave a child outside.
    CidrDropsChild { cidr: Cidr, child: Cidr },
    /// The network has no such block to give up.
    CidrAbsent { cidr: Cidr },
    /// The resource exists, but not below that parent.
    WrongParent { kind: Kind, id: String },
    /// The resource's state forbids the operation.
    WrongState {
        kind: Kind,
        id: String,
        state: State,
    },
    /// Something holds the resource in use.
    InUse { kind: Kind, id: String, by: Holder },
    /// The address is not inside the space it was asked from.
    AddressOutside { address: IpAddr, space: String },
    /// The address is kept by the platform.
    AddressReserved { address: IpAddr },
    /// The address is held by something else.
    AddressTaken { address: IpAddr },
    /// The space has fewer free addresses than needed.
    AddressesExhausted { space: String, free: u64, need: u64 },
    /// The pool that the address came from is gone from the configuration.
    PoolMissing { pool: String },
    /// The public address is bound already.
    AddressBound { id: String },
    /// The port has a public address already.
    PortBound { id: String },
    /// Both the public address and the port are bound, to others.
    BothBound { address: String, port: String },
    /// A bandwidth whose state forbids its use.
    BandwidthState { address: String, state: State },
    /// A bandwidth size outside what the flavor carries, in Mbit/s.
    BandwidthSize { size: i64 },
    /// A tag value that the organisation's policy does not list.
    TagDenied { key: String },
    /// A feature that the operator has switched off in this region.
    FeatureOff { feature: &'static str },
    /// The data plane of this gateway has not reported ready.
    NotReady { id: String },
    /// The data plane did not answer inside its deadline.
    Deadline,
    /// A flavor change that the contract forbids.
    Flavor {
        rule: FlavorRule,
        current: String,
        target: String,
        detail: String,
    },
    /// A route that cannot be written, and why.
    Route {
        refusal: RouteRefusal,
        destination: Prefix,
    },
    /// A rule of interfaces.
    Interface(crate::interface::Refusal),
    /// What is ordered for the resource cannot be, or what was forbids this.
    Order {
        refusal: crate::order::Refusal,
        id: String,
    },
    /// What a peering cannot do, and why.
    Peering {
        refusal: crate::peering::Refusal,
        id: String,
    },
    /// A rule of NAT gateways.
    Nat(crate::nat::Refusal),
    /// A rule of gateways for single clients.
    P2c(crate::vpn::p2c::Refusal),
    /// The stored version is not the one the caller expects.
    Stale,
    /// A token of the caller was used before for another request.
    TokenReused,
}

/// What keeps a resource from being deleted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Holder {
    /// Subnets of a network.
    Subnet,
    /// A private or virtual address.
    PrivateIp,
    /// A server, NAT gateway, endpoint or other service.
    Service,
    /// A load balancer.
    LoadBalancer,
    /// A route whose next hop is inside.
    Route,
    /// A peering, route table, gateway of the network itself.
    Network,
    /// A firewall (network ACL).
    Firewall,
    /// A security group other than the default one.
    SecurityGroup,
    /// A public address.
    PublicIp,
    /// A port.
    Port,
    /// A rule of a security group or a firewall.
    Rule,
    /// A peering.
    Peering,
    /// A route table.
    RouteTable,
    /// A supplementary network interface.
    SubInterface,
    /// A traffic mirror.
    Mirror,
    /// A VPN gateway.
    VpnGateway,
    /// A VPN connection.
    VpnConnection,
}

/// Why a flavor cannot be changed to another.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FlavorRule {
    /// The network type does not allow the target.
    NetworkType,
    /// Flavors without fixed addresses need a prepaid gateway.
    FixedAddresses,
    /// The connection allowance differs.
    ConnectionGroup,
    /// The target is not among the flavors this gateway can take.
    NotOffered,
}

/// Why a route cannot be written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RouteRefusal {
    /// It equals or overlaps a local or system route.
    Local,
    /// Another next hop has that destination.
    Taken,
    /// The route table is full.
    Quota,
    /// Its next hop is not there, or not in this network.
    NextHop,
    /// No route leads there.
    Missing,
}

impl From<Error> for Fault {
    fn from(error: Error) -> Self {
        Fault::Store(error)
    }
}

impl Failure for Fault {
    fn store_error(&self) -> Option<&Error> {
        match self {
            Fault::Store(error) => Some(error),
            _ => None,
        }
    }
}

impl Fault {
    /// A value that breaks a rule, with the words for the caller.
    pub fn invalid(field: &'static str, reason: impl Into<String>) -> Fault {
        Fault::Invalid {
            field,
            reason: reason.into(),
        }
    }
}
