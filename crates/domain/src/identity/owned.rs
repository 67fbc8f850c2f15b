//! What keeps an account.

use vpcd_store::resource;

use super::projects;
use crate::fault::Fault;
use crate::resource::Kind;
use crate::security_group;
use crate::tx::Tx;

/// What an account's hold on a kind of resource is.
enum Hold {
    /// It keeps the account.
    Keeps,
    /// It keeps the account, but for the one that comes with a project.
    KeepsAllButDefault,
    /// It goes with what it is a part of, or with the account.
    Goes,
}

fn hold(kind: Kind) -> Hold {
    match kind {
        Kind::Account | Kind::Project | Kind::User | Kind::Job => Hold::Goes,
        Kind::RouteTable | Kind::SecurityRule | Kind::MirrorRule | Kind::FlowRecord => Hold::Goes,
        Kind::VpnJob | Kind::VpnMonitor | Kind::VpnCertificate | Kind::VpnSession => Hold::Goes,
        Kind::VpnServer | Kind::ClientAuthority | Kind::ClientRevocation => Hold::Goes,
        // Orders go with what they are for, rules with their gateway.
        Kind::Order | Kind::SnatRule | Kind::DnatRule => Hold::Goes,
        Kind::VpnUser | Kind::VpnUserGroup | Kind::VpnAccessPolicy => Hold::Goes,
        Kind::SecurityGroup => Hold::KeepsAllButDefault,
        Kind::Vpc
        | Kind::Subnet
        | Kind::Port
        | Kind::PublicIp
        | Kind::Bandwidth
        | Kind::Network
        | Kind::AddressGroup
        | Kind::AddressBundle
        | Kind::Peering
        | Kind::Firewall
        | Kind::FirewallPolicy
        | Kind::FirewallRule
        | Kind::CidrReservation
        | Kind::SubInterface
        | Kind::MirrorFilter
        | Kind::MirrorSession
        | Kind::FlowLog
        | Kind::SubnetPool
        | Kind::InternetGateway
        | Kind::Ipv6Gateway
        | Kind::NatGateway
        | Kind::VpnGateway
        | Kind::CustomerGateway
        | Kind::VpnConnection
        | Kind::P2cGateway
        | Kind::ClassicGateway
        | Kind::Certificate
        | Kind::Registration => Hold::Keeps,
    }
}

/// What the projects of an account own, by kind; nothing of it makes itself.
pub fn owned(tx: &mut Tx<'_>, account: &str) -> Result<Vec<(Kind, i64)>, Fault> {
    let projects = projects(tx, account)?;
    let mut owned = Vec::new();
    for kind in Kind::ALL {
        let hold = hold(kind);
        if matches!(hold, Hold::Goes) {
            continue;
        }
        let mut count = 0;
        for project in &projects {
            let id = &project.head.id;
            count += resource::count(tx.rows(), kind.word(), id)?;
            if matches!(hold, Hold::KeepsAllButDefault) {
                count -= i64::from(security_group::default_id(tx, id)?.is_some());
            }
        }
        if count > 0 {
            owned.push((kind, count));
        }
    }
    Ok(owned)
}
