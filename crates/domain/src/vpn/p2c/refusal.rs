//! What only gateways for single clients refuse.

use vpcd_net::Cidr;

use crate::fault::Fault;
use crate::resource::Kind;
use crate::vpn::p2c::password::Weakness;

/// A refusal, with the data that words it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Refusal {
    /// Something is wrong with a certificate, by name.
    Certificate { name: String, flaw: Flaw },
    /// A list of revoked certificates is not one in PEM.
    RevocationFormat { name: String },
    /// A list of revoked certificates cannot be read, or no authority of the server signed it.
    RevocationContent { name: String },
    /// A list of revoked certificates is not yet or no longer the valid one.
    RevocationDate { name: String },
    /// The subnet is in another network.
    OtherNetwork { subnet: String, vpc: String },
    /// More connections than the flavor carries.
    Connections,
    /// No zone has room for the gateway.
    NoRoom,
    /// Two zones are needed.
    ZoneCount,
    /// A zone is named twice.
    ZoneTwice,
    /// The gateway has a public address already.
    HasAddress,
    /// The gateway has no public address.
    NoAddress,
    /// The public address shares its bandwidth with others.
    SharedBandwidth { id: String },
    /// The public address is announced at an edge site.
    EdgeSite { id: String },
    /// The quota service has no record of public addresses.
    QuotaUnknown,
    /// The gateway's version lacks a feature.
    TooOld { feature: &'static str },
    /// The gateway keeps no log.
    NoLog,
    /// A server needs a certificate.
    NoCertificate,
    /// A server that knows its clients by certificates needs an authority.
    NoAuthority,
    /// The gateway has a server already.
    HasServer,
    /// A block that no client or network can have.
    BlockUnavailable { cidr: Cidr },
    /// Too many blocks behind the server.
    LocalCount,
    /// A block behind the server is named twice.
    LocalTwice { cidr: Cidr },
    /// No block behind the server.
    LocalEmpty,
    /// The prefix of the clients' block.
    ClientPrefix,
    /// The clients' block has too few addresses for the gateway's connections.
    ClientSize,
    /// The clients' block overlaps a route of the network.
    ClientRoute { route: Cidr },
    /// The clients' block overlaps a block behind the server.
    ClientLocal { local: Cidr },
    /// The certificate of the store is of no use.
    CertificateState { id: String },
    /// The server has as many authorities as it may.
    Authorities,
    /// What the way of knowing clients needs is still there.
    Leftover { kind: Kind },
    /// An order for the gateway is in progress.
    OrderOpen,
    /// As many changes as may wait for the fabric are waiting.
    Busy,
    /// The group that came with the server stays as it is.
    DefaultGroup,
    /// The policy that came with the server stays as it is.
    DefaultPolicy,
    /// The user is in another group.
    OtherGroup { user: String },
    /// The user is not in the group.
    NoMember { user: String },
    /// A user is named twice.
    UserTwice { user: String },
    /// No user is named.
    NoUsers,
    /// The name is the server's own.
    NameReserved,
    /// The password is not to be had.
    Password(Weakness),
    /// Too many destinations of a policy.
    DestinationCount,
    /// A destination of a policy is named twice.
    DestinationTwice { cidr: Cidr },
    /// A destination that no policy can have.
    DestinationUnavailable { cidr: Cidr },
}

/// What is wrong with a certificate.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Flaw {
    /// Algorithm or size of its key.
    Key,
    /// Algorithm of its signature.
    Signature,
    /// It has expired.
    Expired,
    /// It does not count yet.
    Early,
    /// It is not one certificate in PEM.
    Format,
    /// It cannot be read, or its own signature is wrong.
    Content,
    /// It may not sign others.
    NoAuthority,
    /// It is there already.
    Duplicate,
}

impl Flaw {
    /// The refusal of the certificate of that name.
    pub fn of(self, name: &str) -> Fault {
        Fault::P2c(Refusal::Certificate {
            name: name.to_owned(),
            flaw: self,
        })
    }
}

impl From<Refusal> for Fault {
    fn from(refusal: Refusal) -> Fault {
        Fault::P2c(refusal)
    }
}
