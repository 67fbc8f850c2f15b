//! Policy templates of gateways for far ends without fixed addresses.

use serde::Deserialize;
use serde_json::{Value, json};
use vpcd_dialect::Refusal;
use vpcd_domain::vpn::proposal::{IkeChange, IpsecChange};
use vpcd_domain::vpn::template::{Template, TemplateChange};

use super::parse::{number, word};
use crate::generated::limits;

const AUTHENTICATION: &[&str] = &["sha2-256", "sha2-384", "sha2-512"];
const ENCRYPTION: &[&str] = &[
    "aes-128",
    "aes-192",
    "aes-256",
    "aes-128-gcm-16",
    "aes-256-gcm-16",
];
/// The groups, and what stands for none where a new key needs no exchange.
const GROUPS: &[&str] = &[
    "group14", "group15", "group16", "group19", "group20", "group21", "disable",
];

/// A template; absent fields stay.
#[derive(Deserialize)]
pub struct TemplateWire {
    ike_policy: Option<IkeWire>,
    ipsec_policy: Option<IpsecWire>,
}

#[derive(Deserialize)]
struct IkeWire {
    authentication_algorithm: Option<String>,
    encryption_algorithm: Option<String>,
    dh_group: Option<String>,
    #[serde(default, deserialize_with = "vpcd_dialect::decode::integer")]
    lifetime_seconds: Option<i64>,
}

#[derive(Deserialize)]
struct IpsecWire {
    authentication_algorithm: Option<String>,
    encryption_algorithm: Option<String>,
    pfs: Option<String>,
    #[serde(default, deserialize_with = "vpcd_dialect::decode::integer")]
    lifetime_seconds: Option<i64>,
}

/// What a template changes.
pub fn change(wire: TemplateWire) -> Result<TemplateChange, Refusal> {
    Ok(TemplateChange {
        ike: wire.ike_policy.map(ike).transpose()?.unwrap_or_default(),
        ipsec: wire
            .ipsec_policy
            .map(ipsec)
            .transpose()?
            .unwrap_or_default(),
    })
}

fn ike(wire: IkeWire) -> Result<IkeChange, Refusal> {
    let (least, most) = (limits::VPN_IKE_LIFETIME_MIN, limits::VPN_IKE_LIFETIME_MAX);
    let groups = &GROUPS[..GROUPS.len() - 1];
    Ok(IkeChange {
        authentication: word(
            "authentication_algorithm",
            wire.authentication_algorithm,
            AUTHENTICATION,
        )?,
        encryption: word(
            "encryption_algorithm",
            wire.encryption_algorithm,
            ENCRYPTION,
        )?,
        dh_group: word("dh_group", wire.dh_group, groups)?,
        lifetime: number("lifetime_seconds", wire.lifetime_seconds, least, most)?,
        ..IkeChange::default()
    })
}

fn ipsec(wire: IpsecWire) -> Result<IpsecChange, Refusal> {
    let (least, most) = (
        limits::VPN_IPSEC_LIFETIME_MIN,
        limits::VPN_IPSEC_LIFETIME_MAX,
    );
    Ok(IpsecChange {
        authentication: word(
            "authentication_algorithm",
            wire.authentication_algorithm,
            AUTHENTICATION,
        )?,
        encryption: word(
            "encryption_algorithm",
            wire.encryption_algorithm,
            ENCRYPTION,
        )?,
        pfs: word("pfs", wire.pfs, GROUPS)?,
        lifetime: number("lifetime_seconds", wire.lifetime_seconds, least, most)?,
        ..IpsecChange::default()
    })
}

/// The template as gateways show it.
pub fn render(it: &Template) -> Value {
    json!({
        "ike_policy": {
            "authentication_algorithm": it.ike_authentication,
            "encryption_algorithm": it.ike_encryption,
            "dh_group": it.dh_group,
            "lifetime_seconds": it.ike_lifetime,
        },
        "ipsec_policy": {
            "authentication_algorithm": it.ipsec_authentication,
            "encryption_algorithm": it.ipsec_encryption,
            "pfs": it.pfs,
            "lifetime_seconds": it.ipsec_lifetime,
        },
    })
}
