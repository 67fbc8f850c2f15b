//! Fault to row for point-to-cloud: what these gateways refuse has rows of its own, also where others share the cause.

use vpcd_dialect::{Call, Refusal, Row};
use vpcd_domain::vpn::p2c::{Flaw, Refusal as Cause, Weakness};
use vpcd_domain::{Fault, Kind, State};

use super::super::faults::{self, with};
use super::super::parse::invalid;
use crate::generated::errors as row;

/// The refusal for a fault of a point-to-cloud operation.
pub fn refuse(call: &Call<'_>, fault: Fault) -> Refusal {
    let detail = fault.to_string();
    let known = match &fault {
        Fault::NotFound { kind, id } => missing(*kind, id),
        Fault::WrongState { kind, id, state } => unstable(*kind, id, *state),
        Fault::AddressBound { id } => Some(with(row::VPN_0553, [id.as_str()])),
        // VPN.0552: a frozen bandwidth freezes its address.
        Fault::BandwidthState { address, .. } => Some(with(row::VPN_0552, [address.as_str()])),
        Fault::BandwidthSize { .. } => Some(row::VPN_0550.into()),
        Fault::PoolMissing { pool } => Some(with(row::VPN_0556, [pool.as_str()])),
        Fault::AddressesExhausted { space, .. } => Some(match space.strip_prefix("pool/") {
            Some(pool) => with(row::VPN_0557, [pool]),
            None => with(row::VPN_0502, [space.trim_start_matches("subnet/")]),
        }),
        Fault::QuotaExceeded { quota, .. } => match *quota {
            "p2c_vpn_gateway" => Some(row::VPN_0513.into()),
            "publicIp" => Some(row::VPN_0560.into()),
            "vpn_user_group" => Some(row::VPN_1306.into()),
            "vpn_user" => Some(row::VPN_1307.into()),
            "vpn_access_policy" => Some(row::VPN_1400.into()),
            _ => None,
        },
        Fault::NotReady { .. } => Some(row::VPN_0511.into()),
        Fault::NameTaken { kind, .. } => match kind {
            Kind::VpnUserGroup => Some(row::VPN_1300.into()),
            Kind::VpnUser => Some(row::VPN_1302.into()),
            _ => None,
        },
        Fault::InUse {
            kind: Kind::VpnUserGroup,
            ..
        } => Some(row::VPN_1313.into()),
        _ => None,
    };
    match known {
        Some(refusal) => refusal.because(detail),
        None => faults::refuse(call, fault),
    }
}

/// The refusal for what only these gateways refuse.
pub fn rendered(cause: Cause) -> Refusal {
    match cause {
        Cause::Certificate { name, flaw } => with(flawed(flaw), [name]),
        Cause::RevocationFormat { name } => with(row::VPN_0078, [name]),
        Cause::RevocationContent { name } => with(row::VPN_0079, [name]),
        Cause::RevocationDate { name } => with(row::VPN_0080, [name]),
        Cause::OtherNetwork { subnet, vpc } => with(row::VPN_0503, [subnet, vpc]),
        Cause::Connections => row::VPN_0504.into(),
        Cause::NoRoom => row::VPN_0505.into(),
        Cause::ZoneCount => row::VPN_0514.into(),
        Cause::ZoneTwice => row::VPN_0515.into(),
        Cause::HasAddress => row::VPN_0512.into(),
        Cause::NoAddress => row::VPN_1121.into(),
        Cause::SharedBandwidth { id } => with(row::VPN_0554, [id]),
        Cause::EdgeSite { id } => with(row::VPN_0555, [id]),
        Cause::QuotaUnknown => row::VPN_0561.into(),
        Cause::TooOld { feature } => with(row::VPN_0562, [feature]),
        Cause::NoLog => row::VPN_0004.into(),
        Cause::NoCertificate => row::VPN_1100.into(),
        Cause::NoAuthority => row::VPN_1101.into(),
        Cause::HasServer => row::VPN_1102.into(),
        Cause::BlockUnavailable { cidr } => with(row::VPN_1104, [cidr.to_string()]),
        Cause::LocalCount => row::VPN_1105.into(),
        Cause::LocalTwice { cidr } => with(row::VPN_1106, [cidr.to_string()]),
        Cause::LocalEmpty => row::VPN_1118.into(),
        Cause::ClientPrefix => row::VPN_1107.into(),
        Cause::ClientSize => row::VPN_1108.into(),
        Cause::ClientRoute { route } => with(row::VPN_1109, [route.to_string()]),
        Cause::ClientLocal { local } => with(row::VPN_1119, [local.to_string()]),
        Cause::CertificateState { id } => with(row::VPN_1110, [id]),
        Cause::Authorities => row::VPN_1111.into(),
        Cause::Leftover { kind } => left(kind),
        Cause::OrderOpen => row::VPN_1801.into(),
        Cause::Busy => row::VPN_0030.into(),
        Cause::DefaultGroup => row::VPN_1316.into(),
        Cause::DefaultPolicy => row::VPN_1406.into(),
        Cause::OtherGroup { user } => with(row::VPN_1304, [user]),
        Cause::NoMember { user } => with(row::VPN_1305, [user]),
        Cause::UserTwice { user } => with(row::VPN_1315, [user]),
        Cause::NoUsers => row::VPN_1318.into(),
        Cause::NameReserved => row::VPN_1317.into(),
        Cause::Password(weakness) => weak(weakness),
        Cause::DestinationCount => row::VPN_1402.into(),
        Cause::DestinationTwice { cidr } => with(row::VPN_1404, [cidr.to_string()]),
        Cause::DestinationUnavailable { cidr } => with(row::VPN_1405, [cidr.to_string()]),
    }
}

fn weak(weakness: Weakness) -> Refusal {
    match weakness {
        Weakness::Length | Weakness::Classes => row::VPN_1308.into(),
        Weakness::Name => row::VPN_1309.into(),
        Weakness::Characters => row::VPN_1310.into(),
        Weakness::Repeated => row::VPN_1311.into(),
        Weakness::Wrong => row::VPN_1312.into(),
        Weakness::Common => row::VPN_1314.into(),
    }
}

fn flawed(flaw: Flaw) -> &'static Row {
    match flaw {
        Flaw::Key => row::VPN_0070,
        Flaw::Signature => row::VPN_0071,
        Flaw::Expired => row::VPN_0072,
        Flaw::Early => row::VPN_0073,
        Flaw::Format => row::VPN_0074,
        Flaw::Content => row::VPN_0075,
        Flaw::NoAuthority => row::VPN_0076,
        Flaw::Duplicate => row::VPN_0077,
    }
}

fn left(kind: Kind) -> Refusal {
    match kind {
        Kind::VpnUser => row::VPN_1122.into(),
        Kind::VpnUserGroup => row::VPN_1123.into(),
        Kind::VpnAccessPolicy => row::VPN_1124.into(),
        Kind::ClientAuthority => row::VPN_1125.into(),
        kind => invalid(format!("{} are left", kind.word().replace('_', " "))),
    }
}

/// What these operations name by id has rows of its own; the rest is told by whether path or body names it.
fn missing(kind: Kind, id: &str) -> Option<Refusal> {
    Some(match kind {
        Kind::Vpc => with(row::VPN_0500, [id]),
        Kind::Subnet => with(row::VPN_0501, [id]),
        Kind::P2cGateway => row::VPN_0509.into(),
        Kind::PublicIp => with(row::VPN_0551, [id]),
        Kind::VpnSession => row::VPN_0563.into(),
        Kind::Certificate => with(row::VPN_1112, [id]),
        Kind::ClientAuthority => with(row::VPN_1115, [id]),
        Kind::VpnServer => row::VPN_1116.into(),
        Kind::VpnUserGroup => row::VPN_1301.into(),
        Kind::VpnUser => row::VPN_1303.into(),
        Kind::VpnAccessPolicy => row::VPN_1401.into(),
        Kind::ClientRevocation => with(row::VPN_1120, [id]),
        _ => return None,
    })
}

fn unstable(kind: Kind, id: &str, state: State) -> Option<Refusal> {
    Some(match (kind, state) {
        (Kind::P2cGateway, State::Creating) => row::VPN_0506.into(),
        (Kind::P2cGateway, State::Updating) => row::VPN_0507.into(),
        (Kind::P2cGateway | Kind::VpnServer, State::Deleting) => row::VPN_0508.into(),
        (Kind::P2cGateway, _) => row::VPN_0510.into(),
        (Kind::VpnServer, State::Creating) => row::VPN_1113.into(),
        (Kind::VpnServer, State::Updating) => row::VPN_1114.into(),
        (Kind::VpnServer, _) => row::VPN_1117.into(),
        (Kind::PublicIp, _) => with(row::VPN_0552, [id]),
        (Kind::Vpc | Kind::Subnet, _) => return missing(kind, id),
        _ => return None,
    })
}
