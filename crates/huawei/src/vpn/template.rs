//! Policy templates of gateways for far ends without fixed addresses.

use serde::Deserialize;
use serde_json::{Value, json};
use vpcd_dialect::Refusal;
use vpcd_domain::vpn::template::{Template, TemplateChange};

use super::proposal::{Algorithms, Legal};

const LEGAL: Legal = Legal {
    authentication: &["sha2-256", "sha2-384", "sha2-512"],
    encryption: &[
        "aes-128",
        "aes-192",
        "aes-256",
        "aes-128-gcm-16",
        "aes-256-gcm-16",
    ],
    groups: &[
        "group14", "group15", "group16", "group19", "group20", "group21",
    ],
};

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
    #[serde(default, deserialize_with = "super::parse::integer")]
    lifetime_seconds: Option<i64>,
}

#[derive(Deserialize)]
struct IpsecWire {
    authentication_algorithm: Option<String>,
    encryption_algorithm: Option<String>,
    pfs: Option<String>,
    #[serde(default, deserialize_with = "super::parse::integer")]
    lifetime_seconds: Option<i64>,
}

/// What a template changes.
pub fn change(wire: TemplateWire) -> Result<TemplateChange, Refusal> {
    let ike = wire.ike_policy.map(|wire| Algorithms {
        authentication: wire.authentication_algorithm,
        encryption: wire.encryption_algorithm,
        group: wire.dh_group,
        lifetime: wire.lifetime_seconds,
    });
    let ipsec = wire.ipsec_policy.map(|wire| Algorithms {
        authentication: wire.authentication_algorithm,
        encryption: wire.encryption_algorithm,
        group: wire.pfs,
        lifetime: wire.lifetime_seconds,
    });
    let ike = ike.map(|it| it.ike(&LEGAL)).transpose()?;
    let ipsec = ipsec.map(|it| it.ipsec(&LEGAL)).transpose()?;
    Ok(TemplateChange {
        ike: ike.unwrap_or_default(),
        ipsec: ipsec.unwrap_or_default(),
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
