//! Availability zones for gateways, v5 and v5.1.

use serde_json::{Map, Value, json};
use vpcd_dialect::{Call, Refusal, Reply};
use vpcd_domain::condition;
use vpcd_domain::vpn::flavor::{self, Flavor, Zone};

use super::faults::refuse;
use super::parse::reply;
use crate::generated::limits;

/// Keys of the v5 answer and the flavors that they stand for.
const KEYS: [(&str, &str); 6] = [
    ("basic", "Basic"),
    ("professional1", "Professional1"),
    ("professional2", "Professional2"),
    ("Professional1-NonFixedIP", "Professional1-NonFixedIP"),
    ("Professional2-NonFixedIP", "Professional2-NonFixedIP"),
    ("gm", "GM"),
];

/// The flavors that a new installation has.
pub fn defaults() -> Vec<Flavor> {
    let flavor = |name: &str, bandwidth, groups, connections, large| Flavor {
        name: name.to_owned(),
        bandwidth: small(bandwidth),
        connection_groups: small(groups),
        connections: small(connections),
        private: large,
        router: large,
        fixed_addresses: !name.ends_with("-NonFixedIP"),
        certificates: false,
        ipv6: large && name.starts_with("Professional"),
    };
    let professional1 = (
        limits::VPN_FLAVOR_PROFESSIONAL1_BANDWIDTH,
        limits::VPN_FLAVOR_PROFESSIONAL1_CONNECTION_GROUPS,
        limits::VPN_FLAVOR_PROFESSIONAL1_CONNECTIONS,
    );
    let professional2 = (
        limits::VPN_FLAVOR_PROFESSIONAL2_BANDWIDTH,
        limits::VPN_FLAVOR_PROFESSIONAL2_CONNECTION_GROUPS,
        limits::VPN_FLAVOR_PROFESSIONAL2_CONNECTIONS,
    );
    let of = |name, (bandwidth, groups, connections), large| {
        flavor(name, bandwidth, groups, connections, large)
    };
    vec![
        flavor(
            "Basic",
            limits::VPN_FLAVOR_BASIC_BANDWIDTH,
            limits::VPN_FLAVOR_BASIC_CONNECTION_GROUPS,
            limits::VPN_FLAVOR_BASIC_CONNECTIONS,
            false,
        ),
        of("Professional1", professional1, true),
        of("Professional2", professional2, true),
        of("Professional1-NonFixedIP", professional1, false),
        of("Professional2-NonFixedIP", professional2, false),
        Flavor {
            private: true,
            certificates: true,
            ..of("GM", professional1, false)
        },
    ]
}

/// `GET /v5/{project_id}/vpn-gateways/availability-zones`
pub fn list(call: &Call<'_>) -> Result<Reply, Refusal> {
    let offer = offer(call)?;
    let mut shown = Map::new();
    for (key, name) in KEYS {
        let flavor = offer.flavors.iter().find(|flavor| flavor.name == name);
        let zones: Vec<&str> = match flavor {
            Some(flavor) => {
                let offering = offer
                    .zones
                    .iter()
                    .filter(|zone| flavor::offers(zone, &flavor.name));
                offering.map(|zone| zone.name.as_str()).collect()
            }
            None => Vec::new(),
        };
        let at_router = if flavor.is_some_and(|flavor| offer.routers && flavor.router) {
            zones.clone()
        } else {
            Vec::new()
        };
        shown.insert(key.to_owned(), json!({"vpc": zones, "er": at_router}));
    }
    Ok(reply(call, json!({"availability_zones": shown})))
}

/// `GET /v5.1/{project_id}/vpn-gateways/availability-zones`
pub fn list_extended(call: &Call<'_>) -> Result<Reply, Refusal> {
    let offer = offer(call)?;
    let specs = |zone: &Zone| -> Vec<Value> {
        let offered = offer
            .flavors
            .iter()
            .filter(|flavor| flavor::offers(zone, &flavor.name));
        let spec = |flavor: &Flavor, attachment: &str, version: &str| json!({"flavor": flavor.name, "attachment_type": attachment, "ip_version": version});
        offered
            .flat_map(|flavor| {
                let at_router = (offer.routers && flavor.router).then_some("er");
                let attachments = std::iter::once("vpc").chain(at_router);
                attachments.flat_map(move |attachment| {
                    let six = flavor.ipv6.then(|| spec(flavor, attachment, "ipv6"));
                    std::iter::once(spec(flavor, attachment, "ipv4")).chain(six)
                })
            })
            .collect()
    };
    let shown: Vec<Value> = offer
        .zones
        .iter()
        .map(|zone| {
            json!({"name": zone.name, "public_border_group": zone.border_group, "available_specs": specs(zone)})
        })
        .collect();
    Ok(reply(call, json!({"availability_zones": shown})))
}

struct Offer {
    zones: Vec<Zone>,
    flavors: Vec<Flavor>,
    routers: bool,
}

fn offer(call: &Call<'_>) -> Result<Offer, Refusal> {
    call.read(|tx, cx| {
        let project = format!("project/{}", cx.caller.project);
        Ok(Offer {
            zones: flavor::zones(tx)?,
            flavors: flavor::all(tx)?,
            routers: condition::switch(tx, "feature.enterprise_router", &[&project, "*"], true)?,
        })
    })
    .map_err(|fault| refuse(call, fault))
}

fn small(limit: u64) -> u32 {
    u32::try_from(limit).unwrap_or(u32::MAX)
}
