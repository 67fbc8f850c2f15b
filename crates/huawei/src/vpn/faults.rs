//! Fault to row for the VPN service. Its rows mean the same in every operation, but for the few that ask which it is.

use vpcd_dialect::{Call, Refusal, Row};
use vpcd_domain::fault::{FlavorRule, Holder, RouteRefusal};
use vpcd_domain::store::Error;
use vpcd_domain::vpn::journal;
use vpcd_domain::{Fault, Kind, State};
use vpcd_net::Prefix;

use super::p2c;
use super::parse::invalid;
use crate::generated::errors as row;

/// The refusal for a fault of a VPN operation.
pub fn refuse(call: &Call<'_>, fault: Fault) -> Refusal {
    let detail = fault.to_string();
    rendered(call, fault).because(detail)
}

fn rendered(call: &Call<'_>, fault: Fault) -> Refusal {
    match fault {
        Fault::Store(error) => with(row::VPN_0002, [stored(&error)]),
        Fault::Backend(_) => with(row::VPN_0002, ["the network service does not answer"]),
        Fault::Neighbour { service } => with(row::VPN_0002, [format!("{service} does not answer")]),
        Fault::Standing(_) => with(row::VPN_0007, [call.caller.user.as_str(), call.action]),
        Fault::NotFound { kind, id } => missing(call, kind, &id),
        Fault::Invalid { field, reason } => wrong(field, &reason),
        Fault::Unsupported { field } => with(row::VPN_0013, [field]),
        Fault::NameTaken { name, .. } => invalid(format!("the name {name} is in use")),
        Fault::QuotaExceeded { quota, limit } => exceeded(quota, limit),
        Fault::CidrOutsideParent { child } => invalid(format!("{child} is outside the network")),
        Fault::CidrAbsent { cidr } | Fault::CidrDropsChild { cidr, .. } => {
            invalid(format!("{cidr} is outside the network"))
        }
        Fault::CidrOverlap { mine, theirs } => invalid(format!("{mine} overlaps {theirs}")),
        Fault::WrongParent { kind, id } => says(kind, &id, "is in another VPC"),
        Fault::Duplicate {
            kind: Kind::VpnMonitor,
            id,
        } => with(row::VPN_0381, [id]),
        Fault::Unsuitable {
            kind: Kind::VpnConnection,
            reason,
            ..
        } if journal::is_too_old(reason) => row::VPN_0304.into(),
        Fault::Unsuitable {
            kind: Kind::VpnConnection,
            reason,
            ..
        } if journal::is_template(reason) => row::VPN_0305.into(),
        Fault::Duplicate { kind, id } => says(kind, &id, "exists already"),
        Fault::Unsuitable { kind, id, reason } => says(kind, &id, reason),
        Fault::WrongState { kind, id, state } => unstable(call, kind, &id, state),
        Fault::InUse {
            kind,
            id,
            by: Holder::VpnConnection,
        } => says(kind, &id, "has connection"),
        Fault::InUse { kind, id, .. } => says(kind, &id, "is in use"),
        Fault::AddressOutside { address, space } => {
            with(row::VPN_0104, [address.to_string(), space])
        }
        Fault::AddressReserved { address } => with(row::VPN_0110, [address.to_string()]),
        Fault::AddressTaken { address } if creates_gateway(call) => {
            with(row::VPN_0111, [address.to_string()])
        }
        Fault::AddressTaken { address } => with(row::VPN_0012, [address.to_string()]),
        Fault::AddressesExhausted { space, free, need } => exhausted(&space, free, need),
        Fault::PoolMissing { pool } => invalid(format!("there are no EIPs of type {pool}")),
        Fault::AddressBound { id } => with(row::VPN_0112, [id]),
        Fault::PortBound { id } | Fault::BothBound { port: id, .. } => {
            says(Kind::Port, &id, "has an EIP")
        }
        Fault::BandwidthState { address, state } => {
            with(row::VPN_0102, [address.as_str(), public_state(state)])
        }
        Fault::BandwidthSize { size } => with(row::VPN_0101, [size.to_string()]),
        Fault::TagDenied { key } => with(row::VPN_0015, [key]),
        Fault::FeatureOff { .. } => row::VPN_0018.into(),
        Fault::NotReady { .. } => row::VPN_0017.into(),
        Fault::Deadline => row::VPN_0014.into(),
        Fault::Flavor {
            rule,
            current,
            target,
            detail,
        } => flavor(call, rule, current, target, detail),
        Fault::Route {
            refusal,
            destination,
        } => route(refusal, destination),
        Fault::Peering { refusal, id } => invalid(format!("{id}: {refusal:?}")),
        Fault::Interface(_) => invalid("the interface does not take this".to_owned()),
        Fault::Nat(_) => invalid("the NAT gateway refuses"),
        Fault::Order { refusal, id } => invalid(format!("{id}: {}", refusal.reason())),
        Fault::P2c(refusal) => p2c::faults::rendered(refusal),
        Fault::Stale => invalid("the resource has changed since"),
        Fault::TokenReused => row::VPN_0031.into(),
    }
}

pub(super) fn with(
    row: &'static Row,
    args: impl IntoIterator<Item = impl Into<String>>,
) -> Refusal {
    Refusal::new(row).with(args)
}

/// VPN.0001 about a resource.
fn says(kind: Kind, id: &str, what: &str) -> Refusal {
    invalid(format!("{} {id} {what}", kind.word().replace('_', " ")))
}

/// A value that breaks a rule; identifiers of the kind `ip` that are none have the code of customer gateways.
fn wrong(field: &str, reason: &str) -> Refusal {
    match field {
        "local_id" | "peer_id" => row::VPN_0203.into(),
        _ => invalid(format!("{field}: {reason}")),
    }
}

fn exceeded(quota: &str, limit: u64) -> Refusal {
    match quota {
        "vpn_gateway" => row::VPN_0513.into(),
        "tags" => invalid(format!("a resource has at most {limit} tags")),
        _ => invalid(format!("the quota {quota} of {limit} is used up")),
    }
}

fn route(refusal: RouteRefusal, destination: Prefix) -> Refusal {
    let (row, reason) = match refusal {
        RouteRefusal::Local => (row::VPN_0218, "is a local route"),
        RouteRefusal::Taken => (row::VPN_0219, "has another next hop"),
        RouteRefusal::Quota => (row::VPN_0220, "exceeds the quota of routes"),
        RouteRefusal::NextHop | RouteRefusal::Missing => (row::VPN_0219, "has no next hop"),
    };
    with(row, [format!("destination {destination} {reason}")])
}

/// The short cause of a failure of the store.
fn stored(error: &Error) -> &'static str {
    match error {
        Error::ReadOnly => "the database is read-only",
        Error::Unavailable(_) => "the database is unavailable",
        Error::Retry => "the database is busy",
        Error::Unique | Error::ForeignKey | Error::Corrupt(_) => "the database is inconsistent",
    }
}

/// Gateways have a code of their own; for the rest it matters whether the path or the body names it.
fn missing(call: &Call<'_>, kind: Kind, id: &str) -> Refusal {
    let in_path = call.params.iter().any(|(_, value)| value == id);
    match kind {
        Kind::VpnGateway => row::VPN_0509.into(),
        // A gateway without a certificate is not there for whoever asks for that.
        Kind::VpnCertificate => row::VPN_0004.into(),
        _ if in_path => row::VPN_0004.into(),
        _ => says(kind, id, "is not found"),
    }
}

fn exhausted(space: &str, free: u64, need: u64) -> Refusal {
    if let Some(pool) = space.strip_prefix("pool/") {
        return invalid(format!("EIPs of the type {pool} have been sold out"));
    }
    if space.starts_with("tunnel/") {
        return invalid("no tunnel address is left on the gateway");
    }
    let subnet = space.trim_start_matches("subnet/");
    with(
        row::VPN_0285,
        [subnet.to_owned(), free.to_string(), need.to_string()],
    )
}

/// A gateway that is the operation's own subject has codes of its own; a connection's gateway is not ready.
fn unstable(call: &Call<'_>, kind: Kind, id: &str, state: State) -> Refusal {
    let subject = (call.name.contains("_vgw") && !call.name.contains("certificate"))
        || call.name == "huawei.upgrade_vpn_gateway";
    match (kind, state) {
        (Kind::VpnGateway, State::Creating) if subject => row::VPN_0506.into(),
        (Kind::VpnGateway, State::Updating) if subject => row::VPN_0507.into(),
        (Kind::VpnGateway, State::Deleting) if subject => row::VPN_0508.into(),
        (Kind::VpnGateway, _) => row::VPN_0016.into(),
        (Kind::VpnConnection, State::Deleting) => with(row::VPN_0009, [id]),
        (Kind::VpnConnection, State::Updating) => row::VPN_0306.into(),
        (Kind::VpnConnection, State::Frozen) => {
            let verb = call
                .name
                .trim_start_matches("huawei.")
                .split('_')
                .next()
                .unwrap_or_default();
            invalid(format!("ILLEGAL not allowed {verb} vpnConnection"))
        }
        (Kind::VpnConnection, _) => row::VPN_0017.into(),
        (Kind::PublicIp, state) => with(row::VPN_0103, [id, public_state(state)]),
        (kind, _) => says(kind, id, "is not ready"),
    }
}

fn flavor(
    call: &Call<'_>,
    rule: FlavorRule,
    current: String,
    target: String,
    detail: String,
) -> Refusal {
    match rule {
        FlavorRule::FixedAddresses => row::VPN_0516.into(),
        FlavorRule::NetworkType => with(row::VPN_0105, [current, target, detail]),
        FlavorRule::ConnectionGroup => with(row::VPN_0517, [target, current]),
        FlavorRule::NotOffered if creates_gateway(call) => {
            invalid(format!("flavor {target}: {detail}"))
        }
        FlavorRule::NotOffered => with(row::VPN_0518, [target, detail]),
    }
}

fn creates_gateway(call: &Call<'_>) -> bool {
    call.name == "huawei.create_vgw"
}

/// States of public addresses and bandwidths as the EIP service spells them.
fn public_state(state: State) -> &'static str {
    match state {
        State::Creating => "PENDING_CREATE",
        State::Updating => "PENDING_UPDATE",
        State::Deleting => "PENDING_DELETE",
        State::Active => "NORMAL",
        State::Failed => "ERROR",
        State::Frozen => "FREEZED",
    }
}
