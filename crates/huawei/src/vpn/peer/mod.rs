//! Configurations for the devices at the far ends of connections, as their users can paste them.

mod cisco;
mod fortinet;
mod juniper;
mod strongswan;
mod vrp;

use std::net::Ipv4Addr;

use serde::Deserialize;
use serde_json::{Value, json};
use vpcd_dialect::{Call, Refusal, Reply};
use vpcd_domain::vpn::connection::{self, Style, View};
use vpcd_domain::vpn::gateway::Gateway;
use vpcd_domain::vpn::proposal::{Identifier, Ike, Ipsec};
use vpcd_net::{Family, Prefix};

use super::faults::refuse;
use super::parse::{self, invalid, needed, reply};

/// What stands for the key, which is never told.
const KEY: &str = "<PRE-SHARED-KEY>";
/// What stands for an address that this side does not know.
const OWN_ADDRESS: &str = "<YOUR-PUBLIC-ADDRESS>";

/// A device that configurations are written for.
struct Device {
    vendor: &'static str,
    kind: &'static str,
    model: &'static str,
    version: &'static str,
    /// Whether its configuration can be for IPv6 too.
    six: bool,
    write: fn(&Facts) -> String,
}

const DEVICES: [Device; 6] = [
    device("Huawei", "Router", "AR600", "V300R021", vrp::router),
    device("Huawei", "Firewall", "USG6000E", "V600R007", vrp::firewall),
    device("Cisco", "Router", "ISR4000", "IOS XE 17", cisco::router),
    device(
        "Fortinet",
        "Firewall",
        "FortiGate",
        "FortiOS 7.2",
        fortinet::firewall,
    ),
    device("Juniper", "Firewall", "SRX", "Junos 21", juniper::firewall),
    Device {
        six: true,
        ..device("strongSwan", "Linux", "swanctl", "5.9", strongswan::swanctl)
    },
];

const fn device(
    vendor: &'static str,
    kind: &'static str,
    model: &'static str,
    version: &'static str,
    write: fn(&Facts) -> String,
) -> Device {
    Device {
        vendor,
        kind,
        model,
        version,
        six: false,
        write,
    }
}

/// What a device must know, from where it stands.
struct Facts {
    name: String,
    /// Its address, or what stands for it.
    own: String,
    /// The gateway's address.
    gateway: Ipv4Addr,
    own_id: Identifier,
    gateway_id: Identifier,
    /// Its address inside the tunnel, and the gateway's.
    tunnel: (Ipv4Addr, Ipv4Addr),
    /// What may pass, from its side to the gateway's.
    selectors: Vec<(Prefix, Prefix)>,
    /// Blocks behind the gateway.
    remote: Vec<Prefix>,
    /// What the tunnel carries.
    carries: Family,
    /// Whether traffic finds the tunnel by selectors; else by routes.
    by_policy: bool,
    /// Its autonomous system and the gateway's, where they tell each other routes.
    asns: Option<(u32, u32)>,
    ike: Ike,
    ipsec: Ipsec,
}

#[derive(Deserialize)]
struct ExportWire {
    vendor: Option<String>,
    #[serde(rename = "type")]
    kind: Option<String>,
    model: Option<String>,
    version: Option<String>,
}

/// `GET /v5/{project_id}/peer-configuration/supported-devices`
pub fn devices(call: &Call<'_>) -> Result<Reply, Refusal> {
    let shown: Vec<Value> = DEVICES
        .iter()
        .map(|it| {
            json!({
                "vendor": it.vendor,
                // The SDK reads a platform where the documents and other clients read type and model.
                "platform": format!("{} {}", it.kind, it.model),
                "type": it.kind,
                "model": it.model,
                "version": it.version,
            })
        })
        .collect();
    Ok(reply(call, json!({"supported_devices": shown})))
}

/// `POST /v5/{project_id}/vpn-connection/{vpn_connection_id}/peer-configuration/export`
pub fn export(call: &Call<'_>) -> Result<Reply, Refusal> {
    let id = call.param("vpn_connection_id").to_owned();
    let wire: ExportWire = parse::body(call)?;
    let wanted = [
        wire.vendor.ok_or_else(|| needed("vendor"))?,
        wire.kind.ok_or_else(|| needed("type"))?,
        wire.model.ok_or_else(|| needed("model"))?,
        wire.version.ok_or_else(|| needed("version"))?,
    ];
    let same = |it: &&Device| {
        let words = [it.vendor, it.kind, it.model, it.version];
        words
            .iter()
            .zip(&wanted)
            .all(|(known, word)| known.eq_ignore_ascii_case(word))
    };
    let device = DEVICES
        .iter()
        .find(same)
        .ok_or_else(|| invalid("no such device; supported-devices lists those that there are"))?;
    let (view, gateway) = call
        .read(move |tx, cx| connection::for_peer(tx, cx, &id))
        .map_err(|fault| refuse(call, fault))?;
    let facts = facts(view, &gateway)?;
    if facts.carries == Family::V6 && !device.six {
        let only = format!(
            "the configuration of {} {} is for IPv4 only",
            device.vendor, device.model
        );
        return Err(invalid(only));
    }
    Ok(reply(call, json!({"peer_config": (device.write)(&facts)})))
}

fn facts(view: View, gateway: &Gateway) -> Result<Facts, Refusal> {
    let it = view.connection;
    let Some(address) = view.local else {
        return Err(invalid("the gateway has no address at present"));
    };
    let own = match view.peer.parse::<Ipv4Addr>() {
        Ok(address) => address.to_string(),
        Err(_) => OWN_ADDRESS.to_owned(),
    };
    let named = |id: &Identifier, address: &str| Identifier {
        kind: id.kind.clone(),
        value: id.value.clone().or_else(|| Some(address.to_owned())),
    };
    let by_policy = it.style == Style::Policy;
    let selectors = match by_policy {
        true => it
            .rules
            .iter()
            .flat_map(|rule| rule.destinations.iter().map(|to| (*to, rule.source)))
            .collect(),
        false => Vec::new(),
    };
    let remote = match by_policy {
        true => it.rules.iter().map(|rule| rule.source).collect(),
        false => gateway.local_subnets.clone(),
    };
    let asns = view.peer_asn.filter(|_| it.style == Style::Bgp);
    Ok(Facts {
        own_id: named(&it.ike.peer, &view.peer),
        gateway_id: named(&it.ike.local, &address.to_string()),
        name: it
            .name
            .chars()
            .map(|c| if c.is_ascii_alphanumeric() { c } else { '-' })
            .collect(),
        own,
        gateway: address,
        tunnel: (it.tunnel.peer, it.tunnel.local),
        selectors,
        remote,
        carries: view.carries,
        by_policy,
        asns: asns.map(|own| (own, gateway.bgp_asn)),
        ike: it.ike,
        ipsec: it.ipsec,
    })
}

impl Facts {
    /// An identifier as a text.
    fn id(id: &Identifier) -> &str {
        id.value.as_deref().unwrap_or("0.0.0.0")
    }

    fn is_v1(&self) -> bool {
        self.ike.version == "v1"
    }
}

/// The number of a group such as `group15`.
fn group(word: &str) -> &str {
    word.trim_start_matches("group")
}

/// The group of new keys, unless there is none.
fn pfs(ipsec: &Ipsec) -> Option<&str> {
    match ipsec.pfs.as_str() {
        "disable" => None,
        word => Some(group(word)),
    }
}

/// Whether the algorithm encrypts and authenticates at once.
fn combined(encryption: &str) -> bool {
    encryption.contains("-gcm-")
}

/// The bits of the key of `aes-256`, `aes-128-gcm-16` and the like.
fn bits(encryption: &str) -> &str {
    encryption.split('-').nth(1).unwrap_or("128")
}

/// The hash of `sha2-256` and the like, without the family: `256`, or the word itself.
fn hash(authentication: &str) -> &str {
    authentication.trim_start_matches("sha2-")
}

/// A block of IPv4 as address and mask.
fn masked(block: Prefix) -> (Ipv4Addr, Ipv4Addr) {
    let base = block.v4().map_or(Ipv4Addr::UNSPECIFIED, |it| it.base());
    let mask = u32::MAX
        .checked_shl(32_u32.saturating_sub(block.length().into()))
        .unwrap_or(0);
    (base, Ipv4Addr::from(mask))
}

/// A block of IPv4 as address and the inverse of its mask.
fn wild(block: Prefix) -> (Ipv4Addr, Ipv4Addr) {
    let (network, mask) = masked(block);
    (network, Ipv4Addr::from(!u32::from(mask)))
}

/// One line for each item.
fn lines<T>(items: impl IntoIterator<Item = T>, line: impl Fn(T) -> String) -> String {
    items.into_iter().map(|item| line(item) + "\n").collect()
}
